"""A large collection: how long until something is seen, and how much memory it takes to study."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from itertools import pairwise

from bench.rows import Row, bare_app, pair, run, start, trainer
from bench.terminal import Terminal
from trainer.collection import Collection
from trainer.config import Config, Places
from trainer.core.session import Selection

_SHOWN = 28
"""Characters of a question that stand on one line of the screen, whatever its width."""
_ANSWERED = 5
_PAUSE = 0.25
"""Seconds between keys: the trainer ignores a rating that comes before the answer can be read."""
_KEYS = {"Reveal": " ", "Choose": "1", "TypeIn": "\r", "Arrange": "\r", "Pair": "\r"}


def environment_of(where: Places) -> dict[str, str]:
    """What the trainer is told by, and what a terminal of today tells."""
    told = {
        "TRAINER_DATA": str(where.progress.parent),
        "TRAINER_DECKS": os.pathsep.join(map(str, where.decks)),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }
    environment = os.environ | told
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def asked_first(where: Places, cards: int) -> list[tuple[str, str]]:
    """The first cards of today: how their questions begin, and the keys that answer them."""
    collection = Collection(where, Config())
    try:
        session = collection.start(Selection())
        ids = [session.front or "", *session.waiting[: cards - 1]]
        found = [session.cards[card].prompt for card in ids]
    finally:
        collection.close()
    return [(prompt.question[:_SHOWN], _KEYS[type(prompt.form).__name__]) for prompt in found]


def rows(where: Places, rounds: int) -> list[Row]:
    """The start, `due`, and the memory that studying takes, each against what does nothing else."""
    environment = environment_of(where)
    asked = asked_first(where, _ANSWERED)
    return [
        pair(
            "first study card painted / bare app painted",
            1.3,
            rounds,
            lambda: start(trainer("study"), asked[0][0], environment),
            lambda: start(bare_app(), "number 0", environment),
        ),
        pair(
            "trainer due / python -c 'import sqlite3'",
            4.0,
            2 * rounds,
            lambda: run(trainer("due"), environment),
            lambda: run([sys.executable, "-c", "import sqlite3"], environment),
        ),
        pair(
            "memory while studying, MB / bare app, MB",
            1.5,
            max(1, rounds // 4),
            lambda: _studying(where, environment),
            lambda: _counting(environment),
        ),
    ]


def growth(name: str, limit: float, rounds: int, many: Places, few: Places) -> Row:
    """The start with a large collection and with a small one."""

    def launched(where: Places) -> Callable[[], float]:
        environment = environment_of(where)
        ((first, _),) = asked_first(where, 1)
        return lambda: start(trainer("study"), first, environment)

    return pair(name, limit, rounds, launched(many), launched(few))


def _studying(where: Places, environment: dict[str, str]) -> float:
    """Gigabytes that the trainer holds after some answers."""
    asked = asked_first(where, _ANSWERED)
    with Terminal(trainer("study"), environment) as terminal:
        terminal.wait_for(asked[0][0])
        for (_, keys), (coming, _) in pairwise(asked):
            time.sleep(_PAUSE)
            terminal.send(keys)
            terminal.wait_for("Easy")
            time.sleep(_PAUSE)
            terminal.send("4")
            terminal.wait_for(coming)
        return terminal.memory()


def _counting(environment: dict[str, str]) -> float:
    """Gigabytes that the bare app holds after as many keys."""
    with Terminal(bare_app(), environment) as terminal:
        terminal.wait_for("number 0")
        for number in range(1, _ANSWERED):
            terminal.send("4")
            terminal.wait_for(f"number {number}")
        return terminal.memory()
