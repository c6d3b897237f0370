"""A deck of two cards for command lines, and what is done to the progress file beside them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from command_line import Trainer

from trainer.storage.migrations import VERSION

NOTES = """\
title: Capitals
notes:
  - id: armenia
    question: What is the capital of Armenia?
    answer: Yerevan
  - id: belarus
    question: What is the capital of Belarus?
    answer: Minsk
"""
ARMENIA, BELARUS = "capitals/armenia/card", "capitals/belarus/card"


def answer(trainer: Trainer, card: str) -> None:
    assert trainer("answer", card, "--response", "a secret response", "--rating", "good").code == 0


def reviews(trainer: Trainer) -> set[str]:
    return {row["card"] for row in trainer("export", "reviews", "--format", "json").data}


def spoil(progress: Path) -> None:
    data = bytearray(progress.read_bytes())
    for page in range(3, len(data) // 4096):
        data[4096 * page] = 0xEE
    progress.write_bytes(data)


def make_newer(progress: Path) -> None:
    with closing(sqlite3.connect(progress, isolation_level=None)) as file:
        file.execute("CREATE TABLE not_yet_invented (a)")
        file.execute(f"PRAGMA user_version = {VERSION + 1}")
