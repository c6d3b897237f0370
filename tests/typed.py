"""The command line over a small folder of decks, with lines typed into it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from command_line import Told, Trainer
from desk import NAMES, SOURCES

from trainer.collection import Collection
from trainer.config import Config, places

TOWNS = """\
title: Towns
notes:
  - id: armenia
    type: typed
    question: The capital of Armenia?
    answer: Yerevan
    hint: It lies on the Hrazdan.
    explanation: Parliament sits there.
    quote: Our capital
    speaker: A guide
    as_of: 2024-06
    source: [report#2, report#3]
  - id: sent-home
    type: choice
    question: Whose ambassador went home?
    answer: Belarus
    distractors: [Russia, Azerbaijan, Ukraine]
    source: report#5
  - {id: why, question: Why was he recalled?, answer: Over arms., tags: [reasons]}
"""
PARTS = """\
title: Parts
notes:
  - {id: order, type: order, question: Put in order?, items: [first, second, third]}
  - {id: pairs, type: match, question: Which belongs to which?, pairs: [[a town, Minsk], [a river, Hrazdan]]}
  - {id: when, type: date, question: When was it?, answer: 2024-06-12}
  - {id: how-many, type: number, question: How many?, answer: 12, unit: towns}
  - {id: members, type: list, question: Which two?, answers: [Belarus, Armenia]}
"""


class Typed:
    """Runs command lines over a folder of its own."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.data, self._decks = folder / "data", folder / "decks"
        self._trainer = Trainer(monkeypatch, capsys)
        self._decks.mkdir()
        monkeypatch.setenv("TRAINER_DATA", str(self.data))
        monkeypatch.setenv("TRAINER_DECKS", str(self._decks))
        for name, text in (("towns", TOWNS), ("sources", SOURCES), ("names", NAMES)):
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        (self._decks / f"{name}.yaml").write_text(text, encoding="utf-8")

    def __call__(self, *arguments: str, lines: tuple[str, ...] = (), watched: bool = False) -> Told:
        """Run a command line, with those lines as its input and nothing after them.

        `watched` makes them seem to come from a terminal.
        """
        text = "".join(f"{line}\n" for line in lines)
        return self._trainer(*arguments, piped=text, typed=text if watched else None)

    def collection(self) -> Collection:
        return Collection(places(), Config())

    def log(self, columns: str = "*") -> list[tuple[Any, ...]]:
        """What is in the log, oldest first."""
        collection = self.collection()
        rows = collection.store.connection.execute(f"SELECT {columns} FROM log ORDER BY seq").fetchall()
        collection.close()
        return [tuple(row) for row in rows]
