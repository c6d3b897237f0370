"""Restoring by name: which backup is meant, what is said of one that is none, what is never taken away."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from command_line import Trainer
from kept import SCHEDULER, fill, log_of
from two_capitals import ARMENIA, BELARUS, answer, reviews

from trainer.cli.main import run
from trainer.collection import Collection
from trainer.collection.keeping import look_at, restore
from trainer.config import Config, Places
from trainer.errors import ChangedElsewhereError
from trainer.storage.merging import is_sound
from trainer.storage.restoring import add
from trainer.storage.store import Store


def test_a_file_that_is_no_backup_is_not_called_the_progress_file(
    trainer: Trainer, data: Path, tmp_path: Path
) -> None:
    before = (data / "progress.db").read_bytes()
    (tmp_path / "passwd").write_text("root:x:0:0:root\n" * 300)
    (made,) = (data / "backups").iterdir()
    made.write_bytes(b"\xff" * 5000)
    for named in (str(tmp_path / "passwd"), made.name):
        told = trainer("restore", named)
        assert told.code == 1
        assert "cannot be restored: it is damaged, or no backup" in told.err
        assert "`trainer backup --list`" in told.err and "salvage" not in told.err
    assert (data / "progress.db").read_bytes() == before


def test_the_newest_is_one_of_the_day_or_by_hand_so_a_restore_is_not_undone_by_it(
    trainer: Trainer, data: Path
) -> None:
    made = Path(trainer("backup", "--json").data["file"])
    day = trainer("backup", "--list", "--json").data[0]["study_day"]
    by_hand = str(made.rename(made.with_name(f"progress-{day}-000000-by-hand.db")))
    answer(trainer, BELARUS)
    assert trainer("restore", "newest", "--replace", "--yes").code == 0
    assert reviews(trainer) == {ARMENIA}
    for named in ("newest", day):
        assert trainer("restore", named, "--json").data["backup"] == by_hand


def test_of_an_unreadable_newest_backup_the_next_is_named(trainer: Trainer, data: Path) -> None:
    (daily,) = (data / "backups").iterdir()
    made = trainer("backup", "--json").data["file"]
    Path(made).write_bytes(b"")
    told = trainer("restore", "newest")
    assert told.code == 2
    assert f"`trainer restore {daily.name}`" in told.err


def test_where_there_are_no_backups_that_is_said(trainer: Trainer, data: Path) -> None:
    for path in (data / "backups").iterdir():
        path.unlink()
    assert "there are no backups yet" in trainer("restore", "newest").err


def test_a_link_that_leads_nowhere_hides_no_backup(trainer: Trainer, data: Path) -> None:
    loop = data / "backups" / "progress-2024-06-13.db"
    loop.symlink_to(loop)
    assert len(trainer("backup", "--list", "--json").data) == 1


@pytest.mark.parametrize("options", [["--replace"], ["--dry-run"], ["--yes"]])
def test_options_without_a_backup_are_wrong_usage(trainer: Trainer, options: list[str]) -> None:
    told = trainer("restore", *options)
    assert (told.code, told.out) == (2, "")


def test_what_stays_is_not_told_as_gone(trainer: Trainer) -> None:
    made = trainer("backup", "--json").data["file"]
    answer(trainer, BELARUS)
    told = trainer("restore", made, "--json").data
    assert told["gone"] == [] and [part["reviews"] for part in told["stays"]] == [1]
    told = trainer("restore", made, "--replace", "--json")
    assert told.code == 2
    assert told.data["stays"] == [] and [part["reviews"] for part in told.data["gone"]] == [1]


def test_going_back_takes_no_more_than_was_shown(trainer: Trainer, data: Path, tmp_path: Path) -> None:
    made = Path(trainer("backup", "--json").data["file"])
    places = Places(data / "progress.db", data / "config.toml", (tmp_path / "decks",))
    seen = look_at(places, made)
    answer(trainer, BELARUS)
    before = log_of(places.progress)
    with closing(Collection(places, Config())) as collection:
        with pytest.raises(ChangedElsewhereError, match="nothing was changed"):
            restore(collection, made, seen=seen, exactly=True)
        assert log_of(places.progress) == before
        restore(collection, made, seen=look_at(places, made), exactly=True)
    assert log_of(places.progress) == before[:1]


class Keyboard:
    """A terminal at which something is done whenever a line is awaited."""

    def __init__(self, *done: Callable[[], object]) -> None:
        self._done = list(done)

    def isatty(self) -> bool:
        return True

    def readline(self) -> str:
        self._done.pop(0)()
        return "y\n"


def test_an_answer_given_while_the_question_is_open_is_shown_before_it_is_taken_away(
    trainer: Trainer, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = trainer("backup", "--json").data["file"]
    fill(data / "progress.db", count=5)

    def answered() -> None:
        fill(data / "progress.db", count=4, seed=3, day=1)

    monkeypatch.setattr("sys.stdin", Keyboard(answered, lambda: None))
    assert run(["restore", made, "--replace"]) == 0
    told = capsys.readouterr()
    assert "another session has answered in the meantime; nothing was changed; look again:" in told.err
    assert told.out.count("Would be gone:") == 2
    assert len(log_of(data / "progress.db")) == 1


def test_a_question_broken_off_ends_its_line(
    trainer: Trainer, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = trainer("backup", "--json").data["file"]
    answer(trainer, BELARUS)

    def broken_off() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", Keyboard(broken_off))
    assert run(["restore", made, "--replace"]) == 130
    assert capsys.readouterr().err.endswith("[y/N]: \n")


def test_an_empty_backup_has_no_size(trainer: Trainer, data: Path) -> None:
    (data / "backups" / "progress-2024-06-13.db").write_bytes(b"")
    assert "  0 kB  cannot be read" in trainer("backup", "--list").out


def test_a_changed_entry_of_a_backup_is_left_out_of_an_empty_log_too(tmp_path: Path) -> None:
    backup, progress = tmp_path / "backup.db", tmp_path / "data" / "progress.db"
    fill(backup, count=20)
    entries = log_of(backup)
    with closing(sqlite3.connect(backup, isolation_level=None)) as file:
        file.execute("DROP TRIGGER log_is_never_changed")
        file.execute("UPDATE log SET at = at + 1 WHERE seq = 3")
    with closing(Store(progress)) as store:
        merged = add(store, backup, replay=SCHEDULER.replay)
    assert (merged.added, len(merged.refused)) == (len(entries) - 1, 1)
    assert all(map(is_sound, log_of(progress)))


def test_a_backup_of_changed_entries_says_so(trainer: Trainer, data: Path) -> None:
    with closing(sqlite3.connect(data / "progress.db", isolation_level=None)) as file:
        file.execute("DROP TRIGGER log_is_never_changed")
        file.execute("UPDATE log SET rating = 1")
    told = trainer("backup")
    assert told.code == 0
    assert "the log has 1 entry that is not as written" in told.err


def test_lost_answers_that_backups_have_are_told_wherever_one_begins(trainer: Trainer, data: Path) -> None:
    said = "No answers here, but backups hold 1 review: trainer restore"
    (data / "progress.db").unlink()
    for command in (["due"], ["study", "--plain"], ["doctor"]):
        told = trainer(*command, piped="")
        assert said in told.err + told.out, command
    (data / "progress.db").write_bytes(b"")
    assert said in trainer("due").err
    assert trainer("restore", "newest", "--yes").code == 0
    assert "No answers" not in trainer("due").err
