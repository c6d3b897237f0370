"""A few cards, a clock that stands still, the interface over them, and its screens as text."""

from __future__ import annotations

import asyncio
import io
import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from difflib import unified_diff
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from textual.pilot import Pilot

from trainer.collection import Collection
from trainer.config import Config, Places
from trainer.core.review import Review
from trainer.core.session import Selection
from trainer.tui.app import TrainerApp
from trainer.tui.screens.study import StudyScreen

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
FORMS = """\
title: Every form of answer
notes:
  - id: members
    type: choice
    question: Which of these were members in 2024?
    answer: [Belarus, Armenia]
    distractors: [Georgia, Moldova]
    source: report#1
  - id: armenia-member
    type: true-false
    statement: Azerbaijan is a member.
    answer: false
    correction: Azerbaijan is close to Moscow, but no member.
  - id: by-time
    type: order
    question: What happened, from first to last?
    items: [the first war, a war of six weeks, an offensive of 24 hours]
    source: report#1
  - id: offices
    type: match
    question: Who held which office?
    pairs:
      Maria Zakharova: spokesperson in Moscow
      Anatoly Glaz: spokesperson in Minsk
      Vladimir Karapetyan: ambassador in Kyiv
  - id: others
    type: list
    question: Which three others are members?
    answers: [Kazakhstan, Kyrgyzstan, Tajikistan]
  - id: price
    type: number
    question: What did it cost?
    answer: "598,000"
    unit: dollars
  - id: recalled
    type: date
    question: On which day was the ambassador recalled?
    answer: 2024-06-13
"""
WIDE, NARROW, TINY = (100, 30), (60, 15), (40, 12)
"""Sizes of a screen."""

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

    def ask(self, note: str) -> TrainerApp:
        """A sitting over one note of the deck that asks in every form."""
        self.write("forms", FORMS)
        return self.study(Selection(cards=(f"forms/{note}/card",)))

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


def study_of(app: TrainerApp) -> StudyScreen:
    assert isinstance(app.screen, StudyScreen)
    return app.screen


def front(app: TrainerApp) -> str | None:
    """The card that is asked."""
    return study_of(app).session.front


def review_of(app: TrainerApp, note: str) -> Review:
    """The only review of a note asked by `Desk.ask`."""
    (review,) = app.collection.store.reviews(f"forms/{note}/card")
    return review


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


async def seen(pilot: Pilot[None], text: str) -> str:
    """The screen, once a text is on it: what a thread has to say may come late."""
    assert isinstance(pilot.app, TrainerApp)
    async with asyncio.timeout(20):
        while text not in (shown := text_of(pilot.app)):
            await pilot.pause()
    return shown


def assert_clean(seen: str) -> None:
    """Nothing on a screen can steer a terminal or mislead the eye."""
    bad = {character for character in seen if ord(character) < 32 and character != "\n"}
    assert not bad | {
        character for character in seen if "\x7f" <= character <= "\x9f" or character == "\u202e"
    }


def assert_golden(app: TrainerApp, name: str) -> None:
    """Compare a screen with the one kept in `tui/golden/`; GOLDEN=new in the environment keeps it anew.

    How many lines are out of sight depends on the path of the test's folder, and does not count.
    """
    path = Path(__file__).parent / "tui" / "golden" / f"{name}.txt"
    seen = re.sub(r"▼ \d+ more", "▼ … more", text_of(app)) + "\n"
    if os.environ.get("GOLDEN") == "new":
        path.write_text(seen, encoding="utf-8")
    kept = path.read_text(encoding="utf-8")
    assert seen == kept, "\n".join(unified_diff(kept.splitlines(), seen.splitlines(), "kept", "seen", n=1))
