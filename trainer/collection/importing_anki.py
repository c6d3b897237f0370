"""Packages of Anki brought in: decks as files, and what is known of their cards into the log, as one act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from trainer.collection.anki_decks import PreparedDeck, made, planned, recognised
from trainer.collection.settings import Change, Setting, change
from trainer.collection.starting import deck_id
from trainer.config import Config, Places
from trainer.core.carried import CardPast
from trainer.core.collector import without_collector
from trainer.core.day import Moment
from trainer.core.fsrs6 import PARAMETERS, Model, converted
from trainer.core.progress import Advance, parts, unseen
from trainer.core.wording import plural
from trainer.deckfiles import folder
from trainer.errors import NotSavedError
from trainer.formats.anki.reading import Offered, read
from trainer.formats.model import LeftOut

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.storage.carrying import Brought

_QUARTER = 900
_SHARES = (1, 3)
"""How long reading a package takes beside making decks of it."""
_FIRST_DAY = date(1970, 1, 1)
_CLOSE = 1e-4
_LEAST_RETENTION, _MOST_RETENTION = 0.7, 0.99


class Prepared(NamedTuple):
    """What would be brought in: decks, and by the ids of their cards what is known of those.

    `lost_media` notes lose media, of which `media` names some. `offered` are the package's settings of FSRS,
    where they are others than those in force.
    """

    decks: tuple[PreparedDeck, ...]
    pasts: Mapping[str, CardPast]
    left_out: tuple[LeftOut, ...]
    media: tuple[str, ...]
    lost_media: int
    remarks: tuple[str, ...]
    offered: Mapping[str, Setting]

    @property
    def notes(self) -> int:
        """How many notes would be written."""
        return sum(deck.notes for deck in self.decks if not deck.is_there)

    @property
    def reviews(self) -> int:
        """How many reviews are known."""
        return sum(len(past.reviews) for past in self.pasts.values())


class WallClock:
    """Moments of long ago, with the study day by the wall clock of then; quick, for whole logs."""

    def __init__(self, rollover_hour: int) -> None:
        self._rollover = rollover_hour * 3600
        self._offsets: dict[int, int] = {}
        self._days: dict[int, date] = {}

    def moment(self, at: int) -> Moment:
        """The moment of milliseconds since 1970."""
        seconds = at // 1000
        # Clocks are changed at quarters of an hour.
        offset = self._offsets.get(quarter := seconds // _QUARTER)
        if offset is None:
            offset = self._offsets[quarter] = _offset(quarter * _QUARTER)
        number = (seconds + offset - self._rollover) // 86_400
        day = self._days.get(number)
        if day is None:
            day = self._days[number] = _FIRST_DAY + timedelta(days=number)
        return Moment(at, round(offset / 60), day)

    def day(self, at: int) -> date:
        """The study day of milliseconds since 1970."""
        return self.moment(at).day


@without_collector()
def prepare(
    file: Path,
    places: Places,
    config: Config,
    *,
    deck: str = "",
    source: str = "",
    progress: bool = True,
    advance: Advance = unseen,
) -> Prepared:
    """Read a package; nothing is written. `deck` names its deck, or the folder for its decks.

    Without `progress`, what is known of the cards stays out. Raises UsageError and DecksError.
    """
    clock = WallClock(config.rollover_hour)
    for_reading, for_decks = parts(advance, _SHARES)
    package = read(file, day_of=clock.day, model=Model(config.parameters or PARAMETERS), advance=for_reading)
    known = {each.deck: each for each in folder.find(places.decks)}
    decks: list[PreparedDeck] = []
    pasts: dict[str, CardPast] = {}
    left_out = [*package.left_out]
    remarks: list[str] = []
    plans = planned(package.decks, places, name=deck, stem=file.stem)
    sizes = parts(for_decks, [len(taken.notes) for taken, _, _ in plans])
    for (taken, path, title), for_deck in zip(plans, sizes, strict=True):
        there = known.get(deck_id(path, places))
        if there is None and path.exists():
            there = folder.serving(path, places.decks)
        if there is not None:
            found = recognised(taken, there, title)
        else:
            found = made(taken, path, places, title, source=source, advance=for_deck)
            if not found.deck.notes:
                left_out += found.left_out
                continue
        decks.append(found.deck)
        left_out += found.left_out
        remarks += found.remarks
        if progress:
            for card, past in found.pasts(taken, package.pasts):
                pasts.setdefault(card, past)
    if package.edited:
        told = plural(package.edited, "note")
        remarks.append(f"{told} written here and edited in Anki since: the fields are those seen there")
    offered, doubts = _offer(package.offered, config)
    return Prepared(
        decks=tuple(decks),
        pasts=pasts,
        left_out=tuple(left_out),
        media=package.media,
        lost_media=package.lost_media,
        remarks=(*remarks, *doubts),
        offered=offered,
    )


def bring(
    prepared: Prepared, collection: Collection, *, settings: bool = False, advance: Advance = unseen
) -> Brought:
    """Write the decks, then bring histories in; with `settings`, take the settings of FSRS over as well.

    If it fails or is broken off, the files that were written are taken away again, and nothing is in the log.
    Raises NotSavedError and UsageError.
    """
    from trainer.storage.carrying import Carrying

    changed = _change(prepared, collection.places) if settings else None
    clock = WallClock(collection.config.rollover_hour)
    written = _Written()
    try:
        for deck in prepared.decks:
            if not deck.is_there:
                written.create(deck.path, deck.text)
        brought = Carrying(collection.store).bring(
            prepared.pasts, moment=collection.now(), when=clock.moment, advance=advance
        )
    except BaseException:
        written.take_away()
        raise
    if changed is not None:
        changed.write()
    return brought


def check_settings(prepared: Prepared, places: Places) -> None:
    """Raise UsageError if the settings offered could not be put into the settings file."""
    _change(prepared, places)


def _change(prepared: Prepared, places: Places) -> Change | None:
    return change(places.settings, prepared.offered) if prepared.offered else None


class _Written:
    """The files that were written, to be taken away again if it comes to nothing."""

    def __init__(self) -> None:
        self._files: list[tuple[Path, bytes]] = []
        self._folders: list[Path] = []

    def create(self, path: Path, text: str) -> None:
        """Write a new file, and the folders that it needs. Raises NotSavedError."""
        from trainer.deckfiles.saving import ChangedOutsideError, create

        new = [each for each in path.parents if not each.exists()]
        self._folders += reversed(new)
        self._files.append((path, text.encode()))
        try:
            create(path, text)
        except ChangedOutsideError:
            self._files.pop()  # It is somebody else's.
            raise

    def take_away(self) -> None:
        """Leave nothing of what was written."""
        from contextlib import suppress

        from trainer.deckfiles.saving import read, remove

        for path, content in self._files:
            with suppress(NotSavedError):
                if read(path) == content:
                    remove(path, holding=content)
        for each in reversed(self._folders):
            with suppress(OSError):
                each.rmdir()


def _offer(offered: Offered | None, config: Config) -> tuple[dict[str, Setting], list[str]]:
    """The settings of a package that are others than ours, and what is told of those that cannot be taken."""
    if offered is None:
        return {}, []
    found: dict[str, Setting] = {}
    doubts: list[str] = []
    theirs = converted(offered.parameters) if offered.parameters else PARAMETERS
    if not theirs:
        count_of = len(offered.parameters)
        doubts.append(
            f"its {count_of} FSRS parameters are left out: there are 21 of FSRS-6, or 19 or 17 before"
        )
    elif _differ(theirs, config.parameters or PARAMETERS):
        found["parameters"] = theirs
    if not offered.desired_retention:
        return found, doubts  # From before there was one.
    if not _LEAST_RETENTION <= offered.desired_retention <= _MOST_RETENTION:
        doubts.append(
            f"its desired retention of {offered.desired_retention:g} is left out: it goes from 0.7 to 0.99"
        )
    elif _differ((offered.desired_retention,), (config.desired_retention,)):
        found["desired_retention"] = offered.desired_retention
    return found, doubts


def _differ(some: Iterable[float], others: Iterable[float]) -> bool:
    """Whether numbers differ by more than Anki rounds them."""
    return any(abs(one - other) > _CLOSE for one, other in zip(some, others, strict=True))


def _offset(seconds: int) -> int:
    """Seconds east of UTC, by the wall clock of then."""
    offset = datetime.fromtimestamp(seconds, UTC).astimezone().utcoffset()
    return round(offset.total_seconds()) if offset is not None else 0
