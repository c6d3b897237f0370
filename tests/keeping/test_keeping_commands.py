"""`trainer backup` and `trainer restore`, and what is said where the progress file is not well."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from command_line import Trainer
from kept import log_of
from two_capitals import ARMENIA, BELARUS, answer, make_newer, reviews, spoil

# Backups


def test_the_first_answer_of_a_day_leaves_a_backup(trainer: Trainer, data: Path) -> None:
    (made,) = trainer("backup", "--list", "--json").data
    assert made["kind"] == "daily"
    assert (made["reviews"], made["fault"]) == (1, None)
    answer(trainer, BELARUS)
    assert len(trainer("backup", "--list", "--json").data) == 1


def test_a_backup_of_the_day_goes_without_what_the_decks_say(trainer: Trainer, progress: Path) -> None:
    due = trainer("due", "--json").data
    (made,) = trainer("backup", "--list", "--json").data
    with closing(sqlite3.connect(made["file"])) as file:
        assert file.execute("SELECT count(*) FROM card").fetchone() == (0,)
        assert file.execute("SELECT count(*) FROM memory").fetchone() == (1,)
    assert log_of(Path(made["file"])) == log_of(progress)
    progress.unlink()
    assert trainer("restore", "newest", "--yes").code == 0
    assert trainer("due", "--json").data == due
    assert trainer("doctor", "--json").data["well"]


def test_no_backup_is_made_where_the_settings_say_so(trainer: Trainer, data: Path) -> None:
    shutil.rmtree(data / "backups")
    (data / "config.toml").write_text("backups = false\n")
    answer(trainer, BELARUS)
    assert not (data / "backups").exists()
    assert trainer("backup").code == 0


def test_an_answer_counts_though_the_backup_of_the_day_fails(trainer: Trainer, data: Path) -> None:
    shutil.rmtree(data / "backups")
    (data / "backups").write_text("in the way")
    told = trainer("answer", BELARUS, "--rating", "good")
    assert told.code == 0
    assert told.err.startswith("today's backup was not made: ")
    assert told.err.count("\n") == 1
    assert reviews(trainer) == {ARMENIA, BELARUS}


def test_a_backup_by_hand_goes_where_it_is_asked_to(trainer: Trainer, tmp_path: Path, progress: Path) -> None:
    place = tmp_path / "mine.db"
    assert trainer("backup", str(place)).out.startswith(str(place))
    assert log_of(place) == log_of(progress)
    again = trainer("backup", str(place))
    assert (again.code, again.out) == (2, "")
    assert "is there already (--force replaces it)" in again.err
    assert trainer("backup", str(place), "--force").code == 0


def test_a_backup_never_takes_the_place_of_the_progress_file(trainer: Trainer, progress: Path) -> None:
    before = progress.read_bytes()
    told = trainer("backup", str(progress), "--force")
    assert told.code == 2
    assert progress.read_bytes() == before


def test_the_list_names_each_backup_and_what_it_holds(trainer: Trainer) -> None:
    trainer("backup")
    lines = trainer("backup", "--list").out.splitlines()
    assert len(lines) == 2
    assert all("1 review, up to " in line for line in lines)
    assert trainer("restore").out.splitlines() == lines


def test_without_anything_to_back_up_that_is_told(trainer: Trainer, progress: Path) -> None:
    progress.unlink()
    told = trainer("backup")
    assert told.code == 1
    assert "there is nothing to back up yet" in told.err


# Restoring


def test_a_lost_file_comes_back_and_what_came_since_stays(trainer: Trainer, progress: Path) -> None:
    progress.unlink()
    answer(trainer, BELARUS)
    shown = trainer("restore", "newest", "--dry-run")
    assert "Comes back:" in shown.out and "capitals  1 review" in shown.out
    assert reviews(trainer) == {BELARUS}
    done = trainer("restore", "newest", "--yes")
    assert done.code == 0
    assert reviews(trainer) == {ARMENIA, BELARUS}
    assert trainer("doctor", "--json").data["well"]


def test_going_back_needs_a_word_more_and_can_be_taken_back(trainer: Trainer, progress: Path) -> None:
    trainer("backup")
    name = trainer("backup", "--list", "--json").data[0]["file"]
    answer(trainer, BELARUS)
    stays = trainer("restore", name)
    assert "Nothing of it is missing." in stays.out
    assert "(--replace would take it away)" in stays.out
    done = trainer("restore", name, "--replace", "--yes")
    assert "Would be gone:" in done.out
    assert "restored: 0 entries brought back, gone: 1 review\n" in done.out
    assert reviews(trainer) == {ARMENIA}
    assert trainer("doctor", "--json").data["well"]
    (line,) = (line for line in done.out.splitlines() if "takes this back" in line)
    command = line.partition("`")[2].partition("`")[0].split()
    assert command[0] == "trainer"
    assert trainer(*command[1:], "--yes").code == 0
    assert reviews(trainer) == {ARMENIA, BELARUS}


def test_nothing_is_restored_unless_somebody_agrees(trainer: Trainer, progress: Path) -> None:
    name = trainer("backup", "--json").data["file"]
    answer(trainer, BELARUS)
    before = log_of(progress)
    for told in (
        trainer("restore", name, "--replace", typed="n\n"),
        trainer("restore", name, "--replace", typed="\n"),
        trainer("restore", name, "--replace", "--json"),
    ):
        assert "nothing was written" in told.err
        assert log_of(progress) == before
    assert trainer("restore", name, "--replace", typed="y\n").code == 0
    assert log_of(progress) != before


def test_restoring_as_json_tells_what_changes(trainer: Trainer, progress: Path) -> None:
    progress.unlink()
    told = trainer("restore", "newest", "--yes", "--json").data
    assert told["restored"] is True
    assert [(part["deck"], part["reviews"]) for part in told["back"]] == [("capitals", 1)]
    assert told["gone"] == []
    assert (told["now"]["reviews"], told["then"]["reviews"]) == (0, 1)


@pytest.mark.parametrize("named", ["yesterday", "1999-01-01", "x\x1b[2J"])
def test_a_backup_that_is_not_there_is_told(trainer: Trainer, named: str) -> None:
    told = trainer("restore", named)
    assert told.code == 1
    assert "there is no such backup (`trainer backup --list` names them)" in told.err


def test_a_damaged_file_is_saved_with_what_the_backup_has(trainer: Trainer, progress: Path) -> None:
    answer(trainer, BELARUS)
    whole = log_of(progress)
    spoil(progress)
    damaged = progress.read_bytes()
    for command in (["due"], ["study", "--plain"], ["list"], ["answer", ARMENIA, "--rating", "good"]):
        told = trainer(*command)
        assert told.code == 1
        assert told.err.count("\n") == 1
        assert "`trainer restore --salvage` saves what can be read" in told.err
    assert progress.read_bytes() == damaged
    looked = trainer("restore", "--salvage", "--dry-run")
    assert looked.out.startswith("can be read: ")
    assert progress.read_bytes() == damaged
    done = trainer("restore", "--salvage", "--yes")
    assert done.code == 0
    assert "the damaged file is " in done.out
    assert {*log_of(progress)} >= {whole[0]}
    kept = [path for path in progress.parent.iterdir() if ".damaged-" in path.name]
    assert [path.read_bytes() for path in kept] == [damaged]
    assert trainer("due").code == 0
    assert trainer("doctor", "--json").data["well"]


def test_saving_a_sound_file_keeps_all_of_it(trainer: Trainer, progress: Path) -> None:
    before = log_of(progress)
    told = trainer("restore", "--salvage", "--no-backup", "--yes", "--json").data
    assert (told["entries"], told["lost"], told["changed"]) == (len(before), 0, [])
    assert log_of(progress) == before


def test_the_journal_of_a_damaged_file_is_not_replayed_into_the_new_one(
    trainer: Trainer, progress: Path
) -> None:
    journal = progress.with_name("progress.db-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))
    spoil(progress)
    done = trainer("restore", "--salvage", "--yes")
    assert done.code == 0
    assert not journal.exists()
    assert any(path.name.endswith("-journal") for path in progress.parent.iterdir())


@pytest.mark.parametrize("options", [["--salvage", "newest"], ["--salvage", "--replace"], ["--no-backup"]])
def test_what_does_not_go_together_is_told(trainer: Trainer, options: list[str]) -> None:
    assert trainer("restore", *options).code == 2


# Files of a newer version


@pytest.mark.parametrize(
    "command",
    [
        *(
            ["due"],
            ["due", "--json"],
            ["list"],
            ["next"],
            ["stats"],
            ["timeline"],
            ["browse", "--json"],
            ["doctor"],
        ),
        *(["answer", ARMENIA, "--rating", "good"], ["study", "--plain"], ["quiz", "--plain"], ["backup"]),
        *(["restore", "newest", "--yes"], ["restore", "--salvage"], ["doctor", "--repair"]),
        *(["export", "reviews"], ["export", "cards"], ["coverage"], ["move", "a", "b"]),
    ],
    ids=" ".join,
)
def test_a_newer_file_is_refused_unchanged(trainer: Trainer, progress: Path, command: list[str]) -> None:
    make_newer(progress)
    before = progress.read_bytes(), sorted(progress.parent.iterdir())
    told = trainer(*command, piped="")
    assert told.code in (1, 2)
    assert "newer trainer" in told.err + told.out
    assert (progress.read_bytes(), sorted(progress.parent.iterdir())) == before
