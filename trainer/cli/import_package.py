"""`trainer import` of a package of Anki: what it would bring in, and bringing it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from trainer import config
from trainer.cli import asking
from trainer.cli.looking import open_collection
from trainer.cli.output import brief, say, say_json, warn
from trainer.cli.waiting import ended_by_signals, under_way
from trainer.core.visible import one_line, visible
from trainer.core.wording import plural

if TYPE_CHECKING:
    from trainer.collection.anki_decks import PreparedDeck
    from trainer.collection.importing_anki import Prepared
    from trainer.config import Places
    from trainer.formats.model import LeftOut
    from trainer.storage.carrying import Brought

_SHOWN_DECKS = 12
_SHOWN_REASONS = 12
_SHOWN_OF_EACH = 3
_SHOWN_MEDIA = 5
_SHOWN_OF_TEXT = 40


class Wanted(NamedTuple):
    """What is asked for: a name for the deck or the folder, a source for every note, and what is brought in.

    `settings` is None where it is to be asked.
    """

    deck: str
    source: str
    progress: bool
    settings: bool | None
    yes: bool
    dry_run: bool
    as_json: bool


def import_package(file: Path, places: Places, wanted: Wanted) -> int:
    """Show what a package would bring in, and bring it in if that is wanted; the exit code."""
    from trainer.collection.importing_anki import check_settings, prepare

    with under_way("Reading the package") as advance:
        prepared = prepare(
            file,
            places,
            config.load(places.settings),
            deck=wanted.deck,
            source=wanted.source,
            progress=wanted.progress,
            advance=advance,
        )
    if not wanted.as_json:
        _tell(prepared)
    if not prepared.notes and not prepared.pasts and not (wanted.settings and prepared.offered):
        if wanted.as_json:
            say_json(_as_json(prepared, None, settings=False))
        is_there = any(deck.notes for deck in prepared.decks)
        warn("there is nothing to bring in" + (": its notes are there" if is_there else ""))
        return 0 if is_there else 1
    if wanted.settings and prepared.offered:
        check_settings(prepared, places)
    brings = not wanted.dry_run and (wanted.yes or _agreed(prepared, as_json=wanted.as_json))
    settings = brings and bool(prepared.offered) and _takes_settings(wanted)
    brought = _bring(prepared, places, settings=settings) if brings else None
    if wanted.as_json:
        say_json(_as_json(prepared, brought, settings=settings))
    elif brought is not None:
        _tell_brought(prepared, brought, settings=settings)
    if brings or wanted.dry_run:
        return 0
    return asking.nothing_written(as_json=wanted.as_json)


def _bring(prepared: Prepared, places: Places, *, settings: bool) -> Brought:
    from trainer.collection.importing_anki import bring

    collection = open_collection(places)
    try:
        with ended_by_signals(), under_way("Bringing it in") as advance:
            return bring(prepared, collection, settings=settings, advance=advance)
    finally:
        collection.close()


def _agreed(prepared: Prepared, *, as_json: bool) -> bool:
    """Whether the user says yes; nobody is asked where nobody can answer."""
    if as_json or not asking.is_someone_there():
        return False
    new = sum(not deck.is_there for deck in prepared.decks)
    parts = [f"write {plural(new, 'deck')}"] * bool(new)
    parts += [f"bring in what is known of {plural(len(prepared.pasts), 'card')}"] * bool(prepared.pasts)
    return asking.agrees(f"{' and '.join(parts)}?", unless_said=False)


def _takes_settings(wanted: Wanted) -> bool:
    """Whether the settings of FSRS that the package has are taken over."""
    if wanted.settings is not None:
        return wanted.settings
    if wanted.as_json or not asking.is_someone_there():
        return False
    return asking.agrees("take over the settings of FSRS as well?", unless_said=False)


def _tell(prepared: Prepared) -> None:
    """Say what is left out, and show what would be brought in."""
    for line in _left_out(prepared.left_out):
        warn(line)
    if prepared.media:
        names = ", ".join(brief(name, _SHOWN_OF_TEXT) for name in prepared.media[:_SHOWN_MEDIA])
        more = ", …" if len(prepared.media) > _SHOWN_MEDIA else ""
        lost = f"; {plural(prepared.lost_media, 'note')} without them now" if prepared.lost_media else ""
        warn(f"media are not carried: {plural(len(prepared.media), 'file')} ({names}{more}){lost}")
    for remark in prepared.remarks:
        warn(one_line(remark))
    for line in _preview(prepared):
        say(line)


def _left_out(left_out: Sequence[LeftOut]) -> Iterator[str]:
    """What is left out, a line a reason."""
    reasons: dict[str, list[LeftOut]] = {}
    for left in left_out:
        reasons.setdefault(left.reason, []).append(left)
    for reason, some in list(reasons.items())[:_SHOWN_REASONS]:
        shown = ", ".join(f"“{brief(left.text, _SHOWN_OF_TEXT)}”" for left in some[:_SHOWN_OF_EACH])
        more = ", …" if len(some) > _SHOWN_OF_EACH else ""
        yield f"left out, {one_line(reason)}: {len(some):,} ({shown}{more})"
    if len(reasons) > _SHOWN_REASONS:
        rest = sum(map(len, list(reasons.values())[_SHOWN_REASONS:]))
        yield f"left out for other reasons: {rest:,}; --json lists all"


def _preview(prepared: Prepared) -> Iterator[str]:
    for deck in prepared.decks[:_SHOWN_DECKS]:
        yield _deck_line(deck)
    if len(prepared.decks) > _SHOWN_DECKS:
        yield f"… and {plural(len(prepared.decks) - _SHOWN_DECKS, 'more deck')}"
    if prepared.pasts:
        yield f"progress: {plural(len(prepared.pasts), 'card')}, {plural(prepared.reviews, 'review')}"
    for name, value in prepared.offered.items():
        numbers = value if isinstance(value, tuple) else (value,)
        yield f"FSRS: {name} = {', '.join(f'{number:g}' for number in numbers)}"
    yield ""
    first = next((deck for deck in prepared.decks if not deck.is_there and deck.notes), None)
    if first is not None:
        yield from visible(first.beginning).rstrip("\n").split("\n")
        yield ""


def _deck_line(deck: PreparedDeck) -> str:
    if deck.is_there:
        recognised = f"{plural(deck.notes, 'note')} of it recognised"
        return f"{one_line(deck.title)}: is there, and stays as it is; {recognised}"
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in deck.kinds.items())
    return f"{one_line(deck.title)}: {plural(deck.notes, 'note')} ({kinds}) to {one_line(str(deck.path))}"


def _tell_brought(prepared: Prepared, brought: Brought, *, settings: bool) -> None:
    written = [deck for deck in prepared.decks if not deck.is_there]
    if written:
        say(f"{plural(prepared.notes, 'note')} written, in {plural(len(written), 'deck')}")
    if brought.cards:
        known = f"; {plural(brought.known, 'card')} as they were here" if brought.known else ""
        what = f"{plural(brought.cards, 'card')} with {plural(brought.reviews, 'new review')}"
        say(f"brought in: {what}{known}; u at home takes the history back, decks stay")
    elif prepared.pasts:
        say(f"nothing new is known of {plural(brought.known, 'card')}")
    if settings:
        say("the settings of FSRS are those of the package now")


def _as_json(prepared: Prepared, brought: Brought | None, *, settings: bool) -> dict[str, Any]:
    return {
        "decks": [_deck_as_json(deck) for deck in prepared.decks],
        "notes": prepared.notes,
        "cards": len(prepared.pasts),
        "reviews": prepared.reviews,
        "left_out": [{"text": left.text, "reason": left.reason} for left in prepared.left_out],
        "media": list(prepared.media),
        "remarks": list(prepared.remarks),
        "settings": _settings_as_json(prepared.offered),
        "written": brought is not None,
        "brought": brought._asdict() if brought is not None else None,
        "settings_taken": settings,
    }


def _deck_as_json(deck: PreparedDeck) -> dict[str, Any]:
    return {
        "deck": deck.id,
        "path": str(deck.path),
        "title": deck.title,
        "notes": deck.notes,
        "is_there": deck.is_there,
    }


def _settings_as_json(offered: Mapping[str, float | tuple[float, ...]]) -> dict[str, Any]:
    return {name: [*value] if isinstance(value, tuple) else value for name, value in offered.items()}
