"""Packages for Anki, against Anki itself: the same collection of 20,000 notes and 100,000 reviews.

Anki runs in this process, through its package `anki`, and works in its own code in Rust.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from trainer.collection import Collection
from trainer.collection.export_anki import export_package
from trainer.collection.importing_anki import WallClock, bring, prepare
from trainer.config import Config, Places
from trainer.core.day import Moment
from trainer.core.fsrs6 import Model
from trainer.core.review import Rating
from trainer.core.scheduling import MemoryState
from trainer.core.session import Selection
from trainer.formats.anki.reading import read

NOTES = 20_000
REVIEWS = 100_000
EACH = REVIEWS // NOTES
_EXPORT_LIMIT = 1.0
_READ_LIMIT, _IMPORT_LIMIT = 2.0, 20.0

Row = tuple[str, float, float, float]


def rows(folder: Path, rounds: int) -> list[Row]:
    """Writing the package, against Anki's own export of what it has imported from it."""
    collection = made(folder)
    package = folder / "ours.apkg"
    ours = _timed(lambda: export_package(collection, Selection(), package, progress=True, over=True), rounds)
    anki = anki_with(package, folder / "anki")
    theirs = min(
        _timed(lambda: anki_export(anki, folder / "theirs.apkg", legacy=True), rounds),
        _timed(lambda: anki_export(anki, folder / "theirs.apkg", legacy=False), rounds),
    )
    collection.close()
    anki.close()
    written = ("write .apkg / Anki's own export", ours, theirs, _EXPORT_LIMIT)
    return [written, *_read_rows(folder, folder / "theirs.apkg", rounds)]


def _read_rows(folder: Path, package: Path, rounds: int) -> list[Row]:
    """Reading a package of Anki's into notes and histories, and all of the import, against Anki's import."""
    clock = WallClock(Config().rollover_hour)
    counted = count()
    reading = _timed(lambda: read(package, day_of=clock.day, model=Model()), rounds)
    ours = _timed(lambda: _import(package, folder / f"ours-{next(counted)}"), rounds)
    theirs = _timed(lambda: anki_with(package, folder / f"anki-{next(counted)}").close(), rounds)
    return [
        ("read .apkg / Anki's import", reading, theirs, _READ_LIMIT),
        ("import .apkg, deck and log / Anki's import", ours, theirs, _IMPORT_LIMIT),
    ]


def _import(package: Path, folder: Path) -> None:
    """All of an import into an empty trainer: the deck file, checked, and the log."""
    (folder / "decks").mkdir(parents=True)
    places = Places(folder / "progress.db", folder / "config.toml", (folder / "decks",))
    collection = Collection(places, Config())
    bring(prepare(package, places, Config()), collection)
    collection.close()


def made(folder: Path) -> Collection:
    """A collection with the notes and the reviews, its deck in the index as on any day but the first."""
    decks = folder / "decks"
    decks.mkdir()
    (decks / "sources.yaml").write_text(_SOURCES, encoding="utf-8")
    (decks / "history.yaml").write_text(_HEAD + "".join(map(_note, range(NOTES))), encoding="utf-8")
    collection = Collection(Places(folder / "progress.db", folder / "config.toml", (decks,)), Config())
    _study(collection)
    return collection


def anki_with(package: Path, folder: Path) -> Any:
    """A collection of Anki into which a package was imported, progress and presets included."""
    from anki.collection import Collection as Anki
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    folder.mkdir()
    anki = Anki(str(folder / "collection.anki2"))
    options = ImportAnkiPackageOptions(merge_notetypes=True, with_scheduling=True, with_deck_configs=True)
    anki.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options))
    return anki


def anki_export(anki: Any, path: Path, *, legacy: bool) -> None:
    """Anki's own export of all, in the format that any Anki since 2.1 reads, or in that of today."""
    from anki.collection import ExportAnkiPackageOptions

    options = ExportAnkiPackageOptions(
        with_scheduling=True, with_deck_configs=True, with_media=False, legacy=legacy
    )
    anki.export_anki_package(out_path=str(path), options=options, limit=None)


def _timed(work: Callable[[], object], rounds: int) -> float:
    """The median of several runs, in seconds."""
    times: list[float] = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def _study(collection: Collection) -> None:
    """Let each card have been answered a few times, and write the log in the order of time."""
    draw = random.Random(20_000)
    today = collection.now().day
    answers: list[tuple[Moment, str, Rating]] = []
    states: dict[str, MemoryState] = {}
    for number in range(NOTES):
        card, state = f"history/n{number}/card", None
        day = today - timedelta(days=draw.randrange(300, 700))
        for _ in range(EACH):
            at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp() * 1000
            moment = Moment(round(at) + draw.randrange(20_000_000), 0, day)
            rating = draw.choice(
                (Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.GOOD, Rating.GOOD, Rating.EASY)
            )
            state = collection.scheduler.after(state, rating, card=card, moment=moment)
            answers.append((moment, card, rating))
            day = min(today, max(state.due_day, day + timedelta(days=1)))
        assert state is not None
        states[card] = state
    with collection.store.transaction():
        for moment, card, rating in sorted(answers):
            told: dict[str, Any] = {
                "score": float(rating > 1),
                "response": "",
                "mode": "study",
                "answer": "It.",
            }
            collection.store.append(moment, "review", card, rating=int(rating), milliseconds=4_200, **told)
        for card, state in states.items():
            collection.store.put_memory(card, state)


def _note(number: int) -> str:
    return (
        f"  - id: n{number}\n"
        f"    question: Which decision number {number} was taken that week, by the report on the meeting?\n"
        f"    answer: The one that is told in paragraph {number % 40 + 1}, number {number}\n"
        f"    tags: t{number % 50}\n"
        f"    source: report-{number % 100}#{number % 40 + 1}\n"
    )


_HEAD = "title: History\nnotes:\n"
_SOURCES = "".join(
    f"report-{number}:\n  title: The report of week {number}\n  publisher: The observer\n"
    f"  published: 2024-06-13\n  url: https://example.org/{number}\n"
    for number in range(100)
)
