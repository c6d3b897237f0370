"""A collection of any size, drawn by a seed: decks, and the progress file of a learner who kept up with them.

    python -m bench make FOLDER [--cards N] [--decks M] [--reviews R] [--years Y] [--seed S]

FOLDER gets `decks` and `data`. The decks are the same for the same seed; so is the log, but for the random
ids of its entries, up to the day on which it is made: it ends the day before.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice, repeat
from pathlib import Path
from random import Random
from time import perf_counter
from typing import NamedTuple

from bench.made_decks import make_decks
from trainer.collection import Collection
from trainer.config import Config, Places
from trainer.core.collector import without_collector
from trainer.core.day import Moment
from trainer.core.review import Rating
from trainer.core.scheduling import MemoryState, Phase, Scheduler
from trainer.storage.entries import NewEntry, new_id
from trainer.storage.store import Store

_STUDIED = 0.9
"""Of the cards at most this share has been studied."""
_EACH = 8
"""Reviews that a studied card has on average, at least."""
_RATINGS = (*(Rating.AGAIN,), *(Rating.HARD,), *(Rating.GOOD,) * 7, *(Rating.EASY,))
_LONG = 90
"""Days of an interval that is as likely to be met as any longer one."""
_OFFSET = 60
_BEGIN = date(2000, 1, 1)
_MORNING = round(datetime(2000, 1, 1, 8, tzinfo=UTC).timestamp() * 1000)
_DAY = 86_400_000
_AT_ONCE = 20_000


class Size(NamedTuple):
    """How large a collection is to be."""

    cards: int = 100_000
    decks: int = 50
    reviews: int = 1_000_000
    years: float = 7
    seed: int = 6

    @property
    def days(self) -> int:
        """The years, in days."""
        return round(self.years * 365)


class Answer(NamedTuple):
    """An answer in the log to be; `at` in milliseconds since 1970, `card` its place among all cards."""

    at: int
    card: int
    rating: int
    milliseconds: int


def places_of(folder: Path) -> Places:
    """Where a collection that was made in a folder lives."""
    data = folder / "data"
    return Places(data / "progress.db", data / "config.toml", (folder / "decks",))


def make(folder: Path, size: Size) -> Places:
    """Make the decks, read them into the index, and write the log and the memory states that it implies."""
    make_decks(folder / "decks", cards=size.cards, decks=size.decks, seed=size.seed)
    where = places_of(folder)
    collection = Collection(where, Config())
    try:
        with without_collector():
            write_reviews(collection, size)
    finally:
        collection.close()
    return where


def write_reviews(collection: Collection, size: Size) -> None:
    """Write the log of somebody who has studied each day what came, up to the day before today."""
    cards = _cards(collection)
    draw = Random(f"reviews {size.seed}")
    most = min(round(len(cards) * _STUDIED), -(-size.reviews // _EACH))
    studied = draw.sample(range(len(cards)), most)
    today = collection.now().day
    answers: list[Answer] = []
    states: list[tuple[str, MemoryState]] = []
    for done, number in enumerate(studied):
        wanted = (size.reviews - len(answers)) / (most - done)
        own, state = _studied(collection.scheduler, (number, cards[number][0]), wanted, draw, size)
        days = draw.randint(1, max(1, min(state.interval, size.days - (state.last_day - _BEGIN).days)))
        shift = today - timedelta(days=days) - state.last_day
        answers += [each._replace(at=each.at + shift.days * _DAY) for each in own]
        states.append((cards[number][0], _later(state, shift)))
    answers.sort()
    _write(collection.store, answers, cards, states)


def _write(
    store: Store, answers: list[Answer], cards: list[tuple[str, str]], states: list[tuple[str, MemoryState]]
) -> None:
    entries = map(_entry, answers, repeat(cards))
    with store.transaction():
        while part := list(islice(entries, _AT_ONCE)):
            store.append_all(part)
        for card, state in states:
            store.put_memory(card, state)


def _entry(answer: Answer, cards: list[tuple[str, str]]) -> NewEntry:
    """An answer as the program logs it: right ones were typed as they are, wrong ones not at all."""
    card, text = cards[answer.card]
    right = answer.rating > Rating.AGAIN
    values = {
        "rating": answer.rating,
        "score": float(right),
        "response": text if right else "",
        "milliseconds": answer.milliseconds,
        "mode": "study",
        "answer": text,
    }
    day = _BEGIN + timedelta(days=(answer.at - _MORNING) // _DAY)
    return NewEntry(new_id(answer.at), Moment(answer.at, _OFFSET, day), "review", card, values)


def _cards(collection: Collection) -> list[tuple[str, str]]:
    """Id and answer of every card, in deck order."""
    query = "SELECT id, answer FROM card WHERE file = ? ORDER BY position"
    return [row for deck in collection.decks for row in collection.store.all(query, (deck.key,))]


def _studied(
    scheduler: Scheduler, card: tuple[int, str], wanted: float, draw: Random, size: Size
) -> tuple[list[Answer], MemoryState]:
    """The answers to a card, about `wanted` of them, and the memory state that they leave, past its steps.

    They begin on one day for all cards, and are shifted as a whole: the schedule knows only the days between.
    """
    number, name = card
    most = max(1, round(draw.gauss(wanted, wanted / 4)))
    day, state = _BEGIN, None
    made: list[Answer] = []
    while state is None or len(made) < most or not _is_likely(state, draw):
        at = _MORNING + (day - _BEGIN).days * _DAY + draw.randrange(36_000_000)
        if state is not None and state.due_at is not None:
            at = state.due_at + draw.randrange(60_000)
        elif state is not None and (day - _BEGIN).days >= size.days:
            break
        rating = draw.choice(_RATINGS)
        state = scheduler.after(state, rating, card=name, moment=Moment(at, _OFFSET, day))
        made.append(Answer(at, number, int(rating), draw.randrange(900, 30_000)))
        day = state.due_day
    assert state is not None
    return made, state


def _is_likely(state: MemoryState, draw: Random) -> bool:
    """Whether somebody who looks in on some day finds a card so: the more often, the longer it stays."""
    return state.phase is Phase.REVIEW and state.interval > draw.randrange(_LONG)


def _later(state: MemoryState, shift: timedelta) -> MemoryState:
    return state._replace(due_day=state.due_day + shift, last_day=state.last_day + shift)


def main(arguments: Sequence[str]) -> int:
    """Make what the command line asks for, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m bench make")
    parser.add_argument("folder", type=Path)
    usual = Size()
    for name in ("cards", "decks", "reviews", "seed"):
        parser.add_argument(f"--{name}", type=int, default=getattr(usual, name))
    parser.add_argument("--years", type=float, default=usual.years)
    given = vars(parser.parse_args(arguments))
    folder = given.pop("folder")
    begin = perf_counter()
    made = make(folder, Size(**given))
    store = Store(made.progress)
    cards, entries = (store.one(f"SELECT count(*) FROM {table}")[0] for table in ("card", "log"))
    (due,) = store.one("SELECT count(*) FROM memory WHERE due_day <= date('now')")
    store.close()
    sys.stdout.write(f"{cards:,} cards, {due:,} of them due, and {entries:,} reviews")
    sys.stdout.write(f" in {perf_counter() - begin:.0f} s: --data {folder}/data --decks {folder}/decks\n")
    return 0
