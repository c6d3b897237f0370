"""All but the log is a cache: emptied, it is made again from log and decks, and every screen is the same."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from command_line import Trainer
from desk import NAMES, SOURCES, a_second_each, text_of
from doing import Doing, places_in, write_decks
from implied import faults_of
from textual.pilot import Pilot

from trainer.collection import Collection
from trainer.config import Config
from trainer.core.session import Selection
from trainer.storage.entries import LATER, LOGGED
from trainer.storage.migrations import made_empty
from trainer.tui.app import TrainerApp
from trainer.tui.screens.stats_pages import PAGES

KEPT = {"log", "meta"}
"""The truth: what was done, and by which device. That is found nowhere else."""

MADE_AT_THE_START = (
    *("deck_file", "card", "note", "facet", "event", "answer", "spelling"),  # From the deck files.
    *("fresh", "seen"),  # From these and from what is known.
    "memory",  # From the log, once `meta` does not say any more under which settings it was made.
)
MADE_BY_REPAIR = ("marks",)
"""What every act keeps up to date, and `doctor --repair` makes anew from the log."""

DERIVED_COLUMNS = {"moved_to", "owner"}
"""Of the log: the last of the moves of an entry, made anew by `doctor --repair`; and what follows from it."""

NOTED = {"device": "kept", "scheduling": "derived"}
"""What stands in `meta`: which device writes, and by which settings memory states were made."""

SIZE = (110, 40)
SITTINGS = {"study": Selection(new=99), "cram": Selection(decks=("named", "nameless"), cram=True)}
EVENTS = """\
title: What happened
notes:
  - {id: war, type: event, what: A war breaks out, when: "2020", source: report#1}
  - {id: recall, type: event, what: Armenia recalls its ambassador, who: Armenia, did: recalled,
     whom: the ambassador in Minsk, when: 2024-06-13, why: Over arms., skip: who, source: report#2}
  - {id: talk, type: event, what: Two of them talk, who: [Armenia, Russia], when: 2024-07-02, source: report}
"""


def used(folder: Path, seed: int, *, acts: int) -> datetime:
    """Use a collection in whatever way for some weeks; when that ends."""
    write_decks(folder / "decks")
    for name, text in (("events", EVENTS), ("sources", SOURCES), ("names", NAMES)):
        (folder / "decks" / f"{name}.yaml").write_text(text, encoding="utf-8")
    doing = Doing(folder, seed)
    for _ in range(acts):
        doing.act()
    for act in (doing.quiz, doing.set_aside, doing.flag, doing.move, doing.forget, doing.answer):
        doing.wait(7)
        act()
    doing.collection.close()
    return doing.time + timedelta(minutes=5)


@asynccontextmanager
async def opened(
    folder: Path, now: datetime, *, study: Selection | None = None
) -> AsyncIterator[Pilot[None]]:
    """The interface over a collection that is opened anew, at Home or before the first card of a sitting."""
    collection = Collection(places_in(folder), Config(), clock=lambda: now)
    session = None if study is None else collection.start(study)
    app = TrainerApp(collection, session=session, monotonic=a_second_each(), pause=0)
    async with app.run_test(size=SIZE) as pilot:
        yield pilot
        await pilot.app.workers.wait_for_complete()
    collection.close()


async def seen(pilot: Pilot[None], *keys: str) -> str:
    """The screen after some keys, once everything is read and drawn."""
    await pilot.press(*keys)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    assert isinstance(pilot.app, TrainerApp)
    return text_of(pilot.app)


async def screens(folder: Path, now: datetime) -> dict[str, str]:
    """What Home, browse, timeline, statistics, the choice of a test and studying show."""
    shown: dict[str, str] = {}
    async with opened(folder, now) as pilot:
        shown["home"] = await seen(pilot)
        shown["browse"] = await seen(pilot, "slash", "enter")
        for number in range(1, 20):
            shown[f"browse, card {number}"] = await seen(pilot, "down")
        await seen(pilot, "escape")
        shown["timeline"] = await seen(pilot, "t")
        shown["timeline, event"] = await seen(pilot, "enter")
        await seen(pilot, "escape", "escape")
        await seen(pilot, "s")
        for number, page in enumerate(PAGES, start=1):
            shown[f"statistics, {page.name}"] = await seen(pilot, str(number % 10))
        await seen(pilot, "escape")
        shown["test"] = await seen(pilot, "z")
    for called, wanted in SITTINGS.items():
        async with opened(folder, now, study=wanted) as pilot:
            shown[called] = await seen(pilot)
            if "space understood" not in shown[called]:  # That would be noted in the log.
                shown[f"{called}, answer"] = await seen(pilot, "space")
    return shown


def empty(path: Path, *tables: str) -> None:
    """Empty tables of a progress file; whoever empties memory states forgets what they were made by."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("BEGIN")
        for table in tables:
            file.execute(f"DELETE FROM {table}")
        if "memory" in tables:
            for key in (key for key, kind in NOTED.items() if kind == "derived"):
                file.execute("DELETE FROM meta WHERE key = ?", (key,))
        if set(MADE_BY_REPAIR) & set(tables):
            file.execute("UPDATE log SET moved_to = NULL")
        file.execute("COMMIT")


def log_of(path: Path) -> list[tuple[object, ...]]:
    """The log without what is cached in it, and what else is kept."""
    with closing(sqlite3.connect(path)) as file:
        return [
            *file.execute(f"SELECT seq, {LOGGED}, {LATER}, hash FROM log ORDER BY seq"),
            *file.execute("SELECT * FROM meta WHERE key = 'device'"),
        ]


def test_of_every_table_and_column_it_is_known_what_it_follows_from(tmp_path: Path) -> None:
    used(tmp_path, 1, acts=5)
    with made_empty() as made:
        tables = {
            name
            for (name,) in made.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("sqlite_")
        }
        columns = {row[1] for row in made.execute("PRAGMA table_xinfo(log)")}
    assert tables == KEPT | {*MADE_AT_THE_START, *MADE_BY_REPAIR}, "what does a new table follow from?"
    assert columns - {"seq", "hash", *LOGGED.split(", "), *LATER.split(", ")} == DERIVED_COLUMNS
    with closing(sqlite3.connect(tmp_path / "progress.db")) as file:
        assert {key for (key,) in file.execute("SELECT key FROM meta")} == NOTED.keys()


async def test_what_a_start_makes_again_is_as_it_was_on_every_screen(
    tmp_path: Path, trials: Callable[[int], int]
) -> None:
    """The long run: `--trials 100`, each after other acts."""
    for seed in range(trials(1)):
        folder = tmp_path / str(seed)
        now = used(folder, seed, acts=40)
        log = log_of(folder / "progress.db")
        before = await screens(folder, now)
        assert_full(before)
        empty(folder / "progress.db", *MADE_AT_THE_START)
        assert await screens(folder, now) == before
        assert log_of(folder / "progress.db") == log
        assert faults_of(folder / "progress.db") == []


async def test_all_of_it_emptied_is_told_and_repaired_and_every_screen_is_as_it_was(
    tmp_path: Path,
    trials: Callable[[int], int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for seed in range(10, 10 + trials(1)):
        folder = tmp_path / str(seed)
        now = used(folder, seed, acts=40)
        path = folder / "progress.db"
        log = log_of(path)
        before = await screens(folder, now)
        assert log_of(path) == log
        empty(path, *MADE_AT_THE_START, *MADE_BY_REPAIR)
        assert await screens(folder, now) != before
        commands = Trainer.over(folder, folder / "decks", monkeypatch, capsys)
        assert commands("doctor").code == 1
        assert commands("doctor", "--repair").code == 0
        assert await screens(folder, now) == before
        assert log_of(path) == log
        assert faults_of(path) == []


def assert_full(shown: dict[str, str]) -> None:
    """The screens show what was asked for: the comparison is not one of empty pages."""
    expected = {
        "home": "Named",
        "browse": "Nameless",
        "timeline": "A war breaks out",
        "timeline, event": "Cards",
        "test": "questions",
    }
    assert {name for name, text in expected.items() if text not in shown[name]} == set()
    assert any("History" in text for name, text in shown.items() if name.startswith("browse, card"))
    sittings = [text for name, text in shown.items() if name.startswith(tuple(SITTINGS))]
    assert any(each in text for text in sittings for each in ("1 Again", "space understood", "is due now"))
