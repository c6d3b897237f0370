"""What is handed out: reviews, cards, what falls due, decks and a report, each in the formats it has.

Everything is written to a stream, piece by piece; `whole` makes files of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from trainer.core.progress import Advance, unseen
from trainer.errors import UsageError
from trainer.formats import written

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.config import Places
    from trainer.core.session import Selection
    from trainer.core.statistics import Statistics
    from trainer.formats.written import Column, Row

__all__ = [
    "PACKAGE",
    "Handed",
    "Write",
    "cards",
    "deck",
    "due",
    "format_of",
    "formats",
    "package",
    "refuse_own",
    "report",
    "reviews",
]

PACKAGE = "apkg"
_CALENDAR, _PAGE = "ics", "html"
_REST = {_CALENDAR: (".ics",), _PAGE: (".html", ".htm"), PACKAGE: (".apkg",)}


class Handed(NamedTuple):
    """How many of what were written, and what was left out, a line each for a person."""

    number: int
    things: str
    left_out: Sequence[str] = ()


Write = Callable[[str, TextIO, Advance], Handed]
"""Writes in the format of that name to a stream."""


def formats(kind: str) -> Mapping[str, Sequence[str]]:
    """The formats that a kind of export has, the usual one first, each with what file names end in."""
    if kind == "report":
        return {_PAGE: _REST[_PAGE]}
    if kind == "deck":
        decks = {name: each.suffixes for name, each in written.decks().items()}
        return {"json": decks["json"]} | decks | {PACKAGE: _REST[PACKAGE]}
    tables = {name: each.suffixes for name, each in written.tables().items()}
    return {_CALENDAR: _REST[_CALENDAR]} | tables if kind == "due" else tables


def refuse_own(file: Path, places: Places) -> None:
    """Raise UsageError if that file would take the place of progress, a backup, settings or a deck."""
    from trainer.core.keeping import FOLDER

    target = Path(os.path.realpath(file))
    kept = (places.progress, places.progress.with_name(f"{places.progress.name}-journal"), places.settings)
    own = [path for path in kept if path.exists()]
    if target in (Path(os.path.realpath(path)) for path in kept) or (
        target.exists() and any(target.samefile(path) for path in own)
    ):
        raise UsageError(f"{file} is a file of the program's own: nothing else replaces it")
    folder = Path(os.path.realpath(places.progress.parent))
    if target.is_relative_to(folder / FOLDER) or target.is_relative_to(os.path.realpath(folder / FOLDER)):
        raise UsageError(f"{file} is in the folder of the program's own backups", hint="name another place")
    if target.parent == folder and target.name.startswith(f"{places.progress.name}."):
        raise UsageError(f"{file} is named as a damaged file that is kept", hint="name another file")
    if target.suffix.lower() in (".yaml", ".yml"):
        told = f"{file} would be a deck file: nothing else is written there"
        raise UsageError(told, hint="name another file")


def format_of(kind: str, *, named: str = "", file: Path | None = None) -> str:
    """The format to write in: as it is named, else as the name of the file ends, else the usual one.

    Raises UsageError, with the formats that there are.
    """
    there = formats(kind)
    suffix = file.suffix.lower() if file else ""
    if named and named not in there:
        hint = f"there are {', '.join(there)}" if len(there) > 1 else f"there is {next(iter(there))}"
        raise UsageError(f"--format {named}: {kind} cannot be written so", hint=hint)
    told = [name for name, suffixes in there.items() if suffix in suffixes]
    if named or told:
        return named or told[0]
    if file is None or len(there) == 1:
        return next(iter(there))
    hint = f"--format says it: {', '.join(there)}"
    raise UsageError(f"{file}: its name does not tell which format to write", hint=hint)


def reviews(
    collection: Collection, selection: Selection, *, since: date | None = None, until: date | None = None
) -> Write:
    """A row for each review that stands, in the order of the log."""

    def write(name: str, stream: TextIO, advance: Advance) -> Handed:
        from trainer.collection.export_reviews import COLUMNS, reviews

        rows = reviews(collection, selection, since=since, until=until, advance=advance)
        return _table(name, stream, COLUMNS, rows, "review")

    return write


def cards(collection: Collection, selection: Selection) -> Write:
    """A row for each card, in the order of the decks."""

    def write(name: str, stream: TextIO, advance: Advance) -> Handed:
        from trainer.collection.export_cards import COLUMNS, cards

        return _table(name, stream, COLUMNS, cards(collection, selection, advance=advance), "card")

    return write


def due(collection: Collection, selection: Selection, *, days: int) -> Write:
    """What falls due on each of the coming days: a calendar, or a row for each day and deck."""

    def write(name: str, stream: TextIO, advance: Advance) -> Handed:
        from trainer.collection.export_due import COLUMNS, calendar_id, due_cards, due_rows

        found = due_cards(collection, selection, days=days)
        if name != _CALENDAR:
            return _table(name, stream, COLUMNS, due_rows(found), "row")
        from trainer.formats import calendar

        loads = [calendar.Load(each.day, each.title, each.cards, each.overdue) for each in found]
        called = calendar_id(collection, selection)
        calendar.write(loads, stream, calendar=called, at=collection.now().at)
        return Handed(len({load.day for load in loads}), "day")

    return write


def report(
    collection: Collection,
    selection: Selection,
    *,
    since: date | None = None,
    until: date | None = None,
    learner: str = "",
    statistics: Statistics | None = None,
) -> Write:
    """All statistics as a page for whoever teaches the learner.

    Where `statistics` of these cards and days were read before, the page may be written in any thread.
    """
    titles = {deck.deck: deck.title for deck in collection.decks}
    sources = collection.browsing.source_titles()
    heading, now = _heading(collection, selection), collection.now()

    def write(name: str, stream: TextIO, advance: Advance) -> Handed:
        from trainer.collection.statistics import statistics_of
        from trainer.formats.html_report import write_report

        read = statistics
        if read is None:
            read = statistics_of(collection, selection, since=since, until=until, advance=advance)
        write_report(
            read,
            titles=titles,
            sources=sources,
            heading=heading,
            learner=learner,
            now=now,
            stream=stream,
        )
        return Handed(read.total.answers, "answer")

    return write


def deck(collection: Collection, selection: Selection) -> Write:
    """The notes of decks in a format that others read; `package` writes them for Anki."""

    def write(name: str, stream: TextIO, advance: Advance) -> Handed:
        from trainer.collection.export_decks import written_deck

        made = written_deck(collection, selection, advance=advance)
        left_out = written.decks()[name].write(made, stream)
        return Handed(len(made.notes) - len(left_out), "note", left_out)

    return write


def package(
    collection: Collection,
    selection: Selection,
    path: Path,
    *,
    progress: bool = False,
    over: bool = False,
    advance: Advance = unseen,
) -> Handed:
    """Write decks as a package for Anki; with `progress`, also how well the cards are known."""
    from trainer.collection.export_anki import export_package

    made = export_package(collection, selection, path, progress=progress, over=over, advance=advance)
    return Handed(made.notes, "note", made.degraded)


def _table(name: str, stream: TextIO, columns: Sequence[Column], rows: Iterable[Row], thing: str) -> Handed:
    number = count()
    counted = (row for row, _ in zip(rows, number, strict=False))
    written.tables()[name].write(columns, counted, stream)
    return Handed(next(number), thing)


def _heading(collection: Collection, selection: Selection) -> str:
    """What a report is about, in words."""
    meant = collection.finding.meant(selection)
    titles = {deck.deck: deck.title for deck in collection.decks}
    decks = ", ".join(titles[name] for name in meant.decks) or "All decks"
    return f"{decks}: cards {meant.in_words}" if meant.filters else decks
