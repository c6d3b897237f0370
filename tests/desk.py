"""A few cards, a clock that stands still, the interface over them, and its screens as text."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from trainer.collection import Collection
from trainer.config import Config, Places
from trainer.core.session import Selection
from trainer.tui.app import TrainerApp

DECK = """\
title: Capitals and recalls
description: For the tests.
notes:
  - id: capital
    type: typed
    question: What is the capital of Armenia?
    answer: Yerevan
    hint: It lies on the Hrazdan.
    explanation: Parliament sits there.
    source: [report#2, report#3]
  - id: sent-home
    type: choice
    question: Whose ambassador went home from Yerevan?
    answer: Belarus
    distractors: [Russia, Azerbaijan, Ukraine]
    source: report#5
  - id: why
    question: Why was the ambassador recalled?
    answer: Over arms sold to a neighbour.
  - id: gap
    type: cloze
    text: The ambassador left {{1::Minsk::city}} in June.
"""
SOURCES = """\
report:
  title: A report on two ambassadors
  publisher: The Daily Example
  published: 2024-06
"""
NAMES = """\
yerevan:
  name: Yerevan
  kind: place
  aliases: [Erevan]
"""


class Clock:
    """A local time that moves only when told to."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 21, 20, 0, tzinfo=ZoneInfo("Europe/Berlin"))

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **parts: float) -> None:
        self.time += timedelta(**parts)


class Desk:
    """One folder with decks and progress, opened as often as a test likes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Clock()
        self.config = Config()
        self.write("capitals", DECK)
        self.write("sources", SOURCES)
        self.write("names", NAMES)

    def write(self, name: str, text: str) -> None:
        (self.folder / "decks").mkdir(exist_ok=True)
        (self.folder / "decks" / f"{name}.yaml").write_text(text, encoding="utf-8")

    def collection(self) -> Collection:
        places = Places(self.folder / "progress.db", self.folder / "config.toml", (self.folder / "decks",))
        return Collection(places, self.config, clock=self.clock)

    def home(self) -> TrainerApp:
        return TrainerApp(self.collection(), monotonic=a_second_each(), pause=0)

    def study(self, selection: Selection | None = None) -> TrainerApp:
        collection = self.collection()
        return TrainerApp(
            collection, session=collection.start(selection or Selection()), monotonic=a_second_each(), pause=0
        )


def a_second_each() -> Callable[[], float]:
    """A stop-watch that shows a second more at each look."""
    seconds = count()
    return lambda: float(next(seconds))


def text_of(app: TrainerApp) -> str:
    """The screen as a grid of characters."""
    width, height = app.size
    console = Console(width=width, height=height, file=io.StringIO(), record=True, legacy_windows=False)
    console.print(app.screen._compositor.render_update(full=True))
    return "\n".join(line.rstrip() for line in console.export_text(styles=False).splitlines())


def assert_golden(app: TrainerApp, name: str) -> None:
    """Compare a screen with the one kept in `tui/golden/`; GOLDEN=new in the environment keeps it anew."""
    path = Path(__file__).parent / "tui" / "golden" / f"{name}.txt"
    seen = text_of(app) + "\n"
    if os.environ.get("GOLDEN") == "new":
        path.write_text(seen, encoding="utf-8")
    assert seen == path.read_text(encoding="utf-8")
