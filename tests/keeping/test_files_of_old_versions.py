"""Progress files that old versions of the program wrote by being used: `old_versions/README.md`."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from command_line import Trainer
from implied import faults_of

from trainer.collection import Collection
from trainer.config import Config, Places
from trainer.core.session import Selection
from trainer.storage.connection import connect, connect_read_only
from trainer.storage.migrations import VERSION
from trainer.storage.restoring import add, check

KEPT = Path(__file__).with_name("old_versions")
VERSIONS = range(1, VERSION)
NEXT_EVENING = datetime(2026, 10, 29, 19, 0, tzinfo=ZoneInfo("Europe/Berlin"))
ADDED = {
    1: {"review", "suspend", "bury", "flag", "undo"},
    2: {"quiz", "quiz-answer", "quiz-flag", "quiz-pause", "quiz-end"},
    3: {"forget", "told"},
    4: {"move"},
    5: {"carried"},
}
"""The kinds of entries that came with each version."""

LOOKING = (
    ["due"],
    ["stats"],
    ["list"],
    ["browse", "--json"],
    ["doctor"],
    ["export", "reviews", "--format", "json"],
)

Entry = dict[str, Any]


class Old:
    """A file of an old version in a folder of its own, and what stands in it before anything opens it."""

    def __init__(self, version: int, folder: Path) -> None:
        self.version = version
        self.folder = folder
        self.data, self.decks = folder / "data", folder / "decks"
        self.data.mkdir(parents=True)
        shutil.copytree(KEPT / "decks", self.decks)
        self.path = self.data / "progress.db"
        shutil.copyfile(KEPT / f"version_{version}.db", self.path)
        self.log = log_of(self.path)

    @contextmanager
    def opened(self) -> Iterator[Collection]:
        """The collection, on the evening after the last that the file knows."""
        places = Places(self.path, self.data / "config.toml", (self.decks,))
        with closing(Collection(places, Config(), clock=lambda: NEXT_EVENING)) as collection:
            yield collection


@pytest.fixture(params=VERSIONS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Old:
    return Old(request.param, tmp_path)


@pytest.fixture
def commands(old: Old, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Trainer:
    return Trainer.over(old.data, old.decks, monkeypatch, capsys)


def log_of(path: Path) -> list[Entry]:
    """The log as plain SQL gives it, with the columns that the file has; nothing of ours reads it."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        file.row_factory = sqlite3.Row
        return [dict(row) for row in file.execute("SELECT * FROM log ORDER BY seq")]


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        return int(file.execute("PRAGMA user_version").fetchone()[0])


def same_entries(now: list[Entry], before: list[Entry]) -> bool:
    """Whether a log has those entries, each as it was, with nothing in the columns that came later."""
    return [{name: value for name, value in entry.items() if value is not None} for entry in now] == [
        {name: value for name, value in {**entry, "owner": owner(entry)}.items() if value is not None}
        for entry in before
    ]


def owner(entry: Entry) -> str:
    """To which card an entry belongs, where the file may be too old to say so."""
    return str(entry.get("moved_to") or entry["card"])


def wrong(path: Path) -> list[str]:
    """What is wrong with a file, but for the order of ids: old versions did not keep it within an act."""
    return [fault for fault in faults_of(path) if "the order of their ids" not in fault]


def reviews_that_stand(log: list[Entry]) -> int:
    undone = {entry["target"] for entry in log}
    return sum(entry["kind"] == "review" and entry["id"] not in undone for entry in log)


def is_as_it_was(old: Old) -> bool:
    """Whether nothing in the data folder has changed."""
    beside = [path.name for path in old.data.iterdir()]
    untouched = old.path.read_bytes() == (KEPT / f"version_{old.version}.db").read_bytes()
    return untouched and set(beside) <= {"progress.db", "backups"}


def test_every_version_has_its_file_with_all_that_it_could_write() -> None:
    assert ADDED.keys() == {*VERSIONS}
    known: set[str] = set()
    for version in VERSIONS:
        known |= ADDED[version]
        path = KEPT / f"version_{version}.db"
        assert version_of(path) == version
        log = log_of(path)
        assert {entry["kind"] for entry in log} == known
        assert {entry["rating"] for entry in log} == {None, 1, 2, 3, 4}
        assert {entry["mode"] for entry in log} >= {"study", "cram"}
        assert len({entry["utc_offset"] for entry in log}) == 2
        if version >= 2:
            assert {entry["confidence"] for entry in log} == {None, 1, 2}
        if version >= 4:
            assert {entry["mode"] for entry in log if entry["kind"] == "move"} == {"asked", "edited"}


def test_the_log_is_there_entry_by_entry_and_its_caches_are_a_replay(old: Old) -> None:
    connect(old.path).close()
    assert version_of(old.path) == VERSION
    assert same_entries(log_of(old.path), old.log)
    assert wrong(old.path) == []
    with old.opened():
        pass
    assert same_entries(log_of(old.path), old.log)
    assert wrong(old.path) == []


def test_a_backup_of_it_was_made_before(old: Old) -> None:
    connect(old.path).close()
    (backup,) = (old.data / "backups").iterdir()
    assert backup.name.endswith("-before-update.db")
    assert version_of(backup) == old.version
    assert log_of(backup) == old.log


def test_doctor_finds_nothing_wrong_before_and_after(old: Old, commands: Trainer) -> None:
    looked_at = ("progress file", "log", "what follows from it", "decks")
    for progress in ("note", "ok"):
        told = commands("doctor", "--json")
        found = {check["name"]: check["state"] for check in told.data["checks"]}
        assert told.code == 0, told.data["checks"]
        assert [found[name] for name in looked_at] == [progress, "ok", "ok", "ok"]
        with old.opened():
            pass


@pytest.mark.parametrize("into", ["an empty log", "a log with entries"])
def test_it_can_be_restored_as_a_backup_and_comes_to_the_same(old: Old, tmp_path: Path, into: str) -> None:
    other = Old(old.version, tmp_path / "other")
    other.path.unlink()
    with other.opened() as collection:
        if into == "a log with entries":
            browsing = collection.browsing
            browsing.undo(browsing.mark("flag", ["rivers/why/card"]))
        entries = log_of(other.path)
        check(old.path)
        add(collection.store, old.path, replay=collection.scheduler.replay)
    with other.opened() as there, old.opened() as here:
        assert there.store.memory() == here.store.memory()
        assert there.quizzes.scores() == here.quizzes.scores()
        assert there.browsing.rows() == here.browsing.rows()
        left, same = there.unfinished_quiz(), here.unfinished_quiz()
        assert (left is None) == (same is None) == (old.version == 1)
        if left is not None and same is not None:
            assert (left.id, left.answers, left.flagged) == (same.id, same.answers, same.flagged)
            assert [question.id for question in left.questions] == [
                question.id for question in same.questions
            ]
    if not entries:
        assert same_entries(log_of(other.path), old.log)
        return
    in_order = sorted([*old.log, *entries], key=itemgetter("id"))
    numbered = [{**entry, "seq": place} for place, entry in enumerate(in_order, start=1)]
    assert same_entries(log_of(other.path), numbered)
    assert faults_of(other.path) == []


def test_the_test_that_was_left_is_taken_up_and_handed_in(old: Old) -> None:
    with old.opened() as collection:
        quiz = collection.unfinished_quiz()
        if old.version == 1:
            assert quiz is None
            return
        assert quiz is not None
        given = [entry for entry in old.log if entry["kind"] == "quiz-answer" and entry["quiz"] == quiz.id]
        assert {card: answer.response for card, answer in quiz.answers.items()} == {
            entry["card"]: entry["response"] for entry in given
        }
        assert (len(given), quiz.used, len(quiz.flagged)) == (2, 9_000, 1)
        assert (quiz.request.seed, quiz.request.minutes, quiz.request.feedback) == ("23", 10, "end")
        assert quiz.question.id not in quiz.answers
        result = collection.quizzes.hand_in(
            collection.quizzes.answer(quiz, "so", milliseconds=700, used=10_000)
        )
        assert {mark.question.id: mark.answer.response for mark in result.marked if mark.answer.response} == {
            **{entry["card"]: entry["response"] for entry in given},
            quiz.question.id: "so",
        }
        assert collection.unfinished_quiz() is None
        assert len(collection.quizzes.scores()) == 3
    assert same_entries(log_of(old.path)[: len(old.log)], old.log)
    assert wrong(old.path) == []


def test_what_was_done_last_can_be_taken_back(old: Old) -> None:
    last = old.log[-1]
    assert last["kind"] == "bury"
    with old.opened() as collection:
        _, taken_back = collection.undo(collection.start(Selection()))
        assert taken_back is not None
        assert taken_back.id == last["id"]
    assert log_of(old.path)[-1]["target"] == last["id"]
    assert wrong(old.path) == []


@pytest.mark.parametrize("arguments", LOOKING, ids=lambda arguments: arguments[0])
def test_where_it_cannot_be_brought_up_to_date_commands_look_at_it_and_change_nothing(
    old: Old, commands: Trainer, arguments: list[str]
) -> None:
    (old.data / "backups").write_text("in the way")
    looked = commands(*arguments)
    assert looked.code == 0 or arguments == ["doctor"]  # It tells of what is in the way.
    assert is_as_it_was(old)
    (old.data / "backups").unlink()
    connect(old.path).close()
    if arguments != ["doctor"]:
        assert commands(*arguments).out == looked.out
    if arguments[0] == "export":
        assert len(json.loads(looked.out)) == reviews_that_stand(old.log)


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Old]:
    """The files of the last old version on a file system that is mounted to be read only."""
    place = tmp_path / "mounted"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, timeout=30, check=False).returncode:
        pytest.skip("only root can mount something")
    try:
        made = Old(max(VERSIONS), place / "all")
        subprocess.run(["mount", "-o", "remount,ro", str(place)], timeout=30, check=True)
        yield made
    finally:
        subprocess.run(["umount", "-l", str(place)], timeout=30, check=False)


def test_on_a_read_only_file_system_commands_look_at_it(
    read_only: Old, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = Trainer.over(read_only.data, read_only.decks, monkeypatch, capsys)
    for arguments in LOOKING:
        told = commands(*arguments)
        assert told.code == 0 or arguments == ["doctor"], told
        assert told.out
    refused = commands("answer", "rivers/capital/card", "--response", "Yerevan")
    assert refused.code == 1
    assert re.search("not saved|cannot be saved|left as it is", refused.err)
    assert is_as_it_was(read_only)


def test_a_copy_in_memory_is_brought_up_to_date_and_the_file_is_not(old: Old) -> None:
    with closing(connect_read_only(old.path)) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (VERSION,)
        kept = [
            dict(zip(("id", "hash"), row, strict=True)) for row in copy.execute("SELECT id, hash FROM log")
        ]
    assert kept == [{"id": entry["id"], "hash": entry["hash"]} for entry in old.log]
    assert is_as_it_was(old)
