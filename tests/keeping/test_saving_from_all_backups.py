"""A damaged file saved with what any backup has, told as it is, and only where there is something to save."""

from __future__ import annotations

import shlex
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from command_line import Trainer
from kept import log_of
from two_capitals import ARMENIA, BELARUS, answer, reviews, spoil

from trainer.storage.merging import is_sound
from trainer.storage.migrations import VERSION


@pytest.fixture
def trainer(trainer: Trainer) -> Trainer:
    """Runs command lines over a deck of two cards, both answered; no backup has both."""
    answer(trainer, BELARUS)
    return trainer


@pytest.fixture
def progress(data: Path, trainer: Trainer) -> Path:
    return data / "progress.db"


def change(progress: Path, seq: int) -> None:
    """Change an entry behind the program's back."""
    with closing(sqlite3.connect(progress, isolation_level=None)) as file:
        file.execute("DROP TRIGGER IF EXISTS log_is_never_changed")
        file.execute("UPDATE log SET rating = 1 WHERE seq = ?", (seq,))


def advised(text: str) -> list[list[str]]:
    """The command lines between backquotes, without the name of the program."""
    return [shlex.split(part)[1:] for part in text.split("`")[1::2] if part.startswith("trainer ")]


def test_an_entry_that_the_newest_backup_has_only_damaged_comes_from_an_older_one(
    trainer: Trainer, progress: Path
) -> None:
    whole = log_of(progress)
    change(progress, 1)
    trainer("doctor", "--repair")
    trainer("backup")
    told = trainer("restore", "--salvage", "--yes")
    assert told.code == 0
    assert "added from the backup" in told.out and "missing still" not in told.out
    assert log_of(progress) == whole


def test_what_no_backup_has_is_told(trainer: Trainer, progress: Path) -> None:
    change(progress, 2)
    told = trainer("restore", "--salvage", "--yes", "--json").data
    assert (told["entries"], told["lost"], told["added"], told["missing"]) == (1, 1, 0, 1)
    assert told["backups"] == []
    assert reviews(trainer) == {ARMENIA}


def test_a_whole_file_is_left_alone_and_that_is_said(trainer: Trainer, progress: Path) -> None:
    before = progress.read_bytes()
    told = trainer("restore", "--salvage", "--yes")
    assert told.code == 0
    assert "is whole: 2 entries; there is nothing to save" in told.out
    assert progress.read_bytes() == before
    assert [path.name for path in progress.parent.glob("*damaged*")] == []


def make_foreign(progress: Path) -> None:
    progress.unlink()
    with closing(sqlite3.connect(progress, isolation_level=None)) as file:
        file.execute("CREATE TABLE places (url TEXT)")


def make_newer_by_number(progress: Path) -> None:
    with closing(sqlite3.connect(progress, isolation_level=None)) as file:
        file.execute(f"PRAGMA user_version = {VERSION + 1}")


@pytest.mark.parametrize(
    ("harm", "said"),
    [(make_foreign, "is not a progress file of trainer"), (make_newer_by_number, "newer trainer")],
)
def test_a_file_of_another_program_and_one_of_a_newer_trainer_are_not_replaced(
    trainer: Trainer, progress: Path, harm: Callable[[Path], None], said: str
) -> None:
    harm(progress)
    before = progress.read_bytes()
    told = trainer("restore", "--salvage", "--yes")
    assert told.code == 1 and said in told.err
    assert progress.read_bytes() == before


def test_where_nothing_can_be_read_it_is_told_how_to_begin_anew(trainer: Trainer, progress: Path) -> None:
    shutil.rmtree(progress.parent / "backups")
    progress.write_bytes(b"\xff" * 9000)
    told = trainer("restore", "--salvage", "--yes")
    assert told.code == 1 and "nothing of it can be read" in told.err
    assert progress.read_bytes() == b"\xff" * 9000
    (command,) = [shlex.split(part) for part in told.err.split("`")[1::2]]
    assert command[0] == "mv"
    Path(command[1]).rename(command[2])
    answer(trainer, ARMENIA)
    assert trainer("doctor", "--json").data["well"]


def test_two_savings_in_one_second_both_keep_the_damaged_file(trainer: Trainer, progress: Path) -> None:
    for _ in range(2):
        change(progress, 1)
        assert trainer("restore", "--salvage", "--no-backup", "--yes").code == 0
        answer(trainer, ARMENIA)
    assert len(list(progress.parent.glob("*damaged*"))) == 2


def test_saving_as_json_prints_json_without_a_yes(trainer: Trainer, progress: Path) -> None:
    change(progress, 2)
    told = trainer("restore", "--salvage", "--json")
    assert (told.code, told.data["damaged_file"]) == (2, None)


def test_advice_repeats_the_options_that_say_where_the_data_are(
    trainer: Trainer, progress: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAINER_DATA", str(tmp_path / "another"))
    options = ["--data", str(progress.parent), "--decks", str(tmp_path / "decks")]
    spoil(progress)
    damaged = progress.read_bytes()
    for command in (["due"], ["doctor"], ["study", "--plain"]):
        told = trainer(*options, *command)
        assert [*options, "restore", "--salvage"] in advised(told.err + told.out), command
    (command,) = advised(trainer(*options, "due").err)
    assert trainer(*command, "--yes").code == 0
    (aside,) = progress.parent.glob("*damaged*")
    assert aside.read_bytes() == damaged
    assert not (tmp_path / "another").exists()


def test_a_wrong_settings_file_keeps_nothing_from_being_saved(trainer: Trainer, progress: Path) -> None:
    (progress.parent / "config.toml").write_text("new_per_day = lots\n")
    told = trainer("backup")
    assert told.code == 0 and "the usual settings are taken" in told.err
    whole = log_of(progress)
    progress.unlink()
    assert trainer("restore", "newest", "--yes").code == 0
    assert log_of(progress) == whole
    change(progress, 2)
    assert trainer("restore", "--salvage", "--yes").code == 0
    assert all(map(is_sound, log_of(progress)))


def test_decks_that_are_not_there_keep_nothing_from_being_looked_after(
    trainer: Trainer, progress: Path
) -> None:
    for command in (["backup"], ["restore", "newest"], ["doctor"]):
        told = trainer("--decks", "/nowhere", *command)
        assert told.code == int(command == ["doctor"])
        assert "/nowhere: no such decks folder" in told.err + told.out
    assert "✓ progress file" in trainer("--decks", "/nowhere", "doctor").out
