"""Loading decks, and rebuilding all memory states from the log."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from os import environ
from pathlib import Path
from sys import executable

import fsrs
import yaml

from bench.made_decks import make_decks
from bench.rows import Row, pair, run, trainer
from trainer.collection import Collection
from trainer.config import Config, Places
from trainer.core.day import Moment
from trainer.core.review import Rating
from trainer.core.scheduling import Scheduler
from trainer.storage.store import Store

NOTES = 50_000
_CARDS_A_NOTE = 1.08
"""The cards that the notes of `made_decks` make."""
_FIRST, _UNCHANGED, _REBUILT = 4.0, 4.0, 1.2
_IN_ONE = 1_000
"""Notes in a file, where they are in many."""


Answers = dict[str, list[tuple[int, Moment]]]
"""How each card was rated, and when."""


def rows(where: Places, folder: Path, rounds: int, *, notes: int = NOTES) -> Iterator[Row]:
    """All of them: the decks are made in `folder`, the log is that of the collection `where`."""
    for decks in sorted({1, max(1, notes // _IN_ONE)}):
        made = folder / f"loading-{notes}-{decks}"
        if not made.is_dir():
            make_decks(made, cards=round(notes * _CARDS_A_NOTE), decks=decks, seed=6)
        yield first_load(made, folder, rounds)
        yield unchanged(made, folder, rounds)
    yield rebuilt(where)


def first_load(decks: Path, folder: Path, rounds: int) -> Row:
    """Reading decks into a new progress file against the events alone that libyaml makes of them."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(decks.glob("deck-*.yaml"))]
    ours = partial(_loaded, decks, folder, count())
    return pair(f"first load, {_told(decks)} / YAML events", _FIRST, rounds, ours, lambda: _parsed(texts))


def _loaded(decks: Path, folder: Path, numbers: count[int]) -> float:
    places = _places(decks, folder / f"first-{decks.name}-{next(numbers)}")
    begin = time.perf_counter()
    collection = Collection(places, Config())
    spent = time.perf_counter() - begin
    collection.close()
    places.progress.unlink()
    return spent


def _parsed(texts: list[str]) -> float:
    begin = time.perf_counter()
    for text in texts:
        for _ in yaml.parse(text, Loader=yaml.CSafeLoader):
            pass
    return time.perf_counter() - begin


def unchanged(decks: Path, folder: Path, rounds: int) -> Row:
    """The whole of `trainer due` over decks that were read before, against a start of Python with SQLite."""
    places = _places(decks, folder / f"again-{decks.name}")
    command = trainer("--decks", str(decks), "--data", str(places.progress.parent), "due")
    return pair(
        f"unchanged load, {_told(decks)} / import sqlite3",
        _UNCHANGED,
        rounds,
        lambda: run(command, dict(environ)),
        lambda: run([executable, "-c", "import sqlite3"], dict(environ)),
    )


def rebuilt(where: Places) -> Row:
    """All memory states anew from the log against py-fsrs alone, given the same reviews; each once.

    The progress file is left as a rebuild by the settings in force leaves it.
    """
    store = Store(where.progress)
    config = Config()
    begin = time.perf_counter()
    store.rebuild(config.scheduling_key, Scheduler(config.scheduling()).replay)
    ours = time.perf_counter() - begin
    answers = _answers(store)
    store.close()
    told = f"{sum(map(len, answers.values())):,} reviews replayed / py-fsrs"
    return told, ours, _by_py_fsrs(answers), _REBUILT


def _by_py_fsrs(answers: Answers) -> float:
    """Seconds for the same reviews: on study days, and within a day minutes apart, as steps need it."""
    given = [
        [
            (
                fsrs.Rating(rating),
                datetime.combine(at.day, datetime.min.time(), UTC) + timedelta(minutes=20 * each),
            )
            for each, (rating, at) in enumerate(own)
        ]
        for own in answers.values()
    ]
    scheduler = fsrs.Scheduler()
    begin = time.perf_counter()
    for own in given:
        card = fsrs.Card(card_id=1)
        for rating, at in own:
            card, _ = scheduler.review_card(card, rating, at)
    return time.perf_counter() - begin


def _answers(store: Store) -> Answers:
    found: Answers = {}
    query = (
        "SELECT card, rating, at, study_day FROM kept WHERE kind = 'review' AND mode = 'study' ORDER BY seq"
    )
    for card, rating, at, day in store.connection.execute(query):
        moment = Moment(at, 0, datetime.fromisoformat(day).date())
        found.setdefault(card, []).append((int(Rating(rating)), moment))
    return found


def _told(decks: Path) -> str:
    _, notes, files = decks.name.split("-")
    return f"{int(notes):,} notes in {files} file{'s' * (files != '1')}"


def _places(decks: Path, data: Path) -> Places:
    data.mkdir(parents=True, exist_ok=True)
    return Places(data / "progress.db", data / "config.toml", (decks,))
