"""`trainer backup`, `trainer restore` and `trainer doctor`, and what else says when the data are not well."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from command_line import Trainer
from kept import log_of

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


@pytest.fixture
def deck(decks: Path) -> Path:
    path = decks / "capitals.yaml"
    path.write_text(NOTES, encoding="utf-8")
    return path


@pytest.fixture
def trainer(trainer: Trainer, deck: Path) -> Trainer:
    """Runs command lines over the deck; one of its two cards was answered."""
    answer(trainer, ARMENIA)
    return trainer


@pytest.fixture
def progress(data: Path, trainer: Trainer) -> Path:
    return data / "progress.db"


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


# Backups


def test_the_first_answer_of_a_day_leaves_a_backup(trainer: Trainer, data: Path) -> None:
    (made,) = trainer("backup", "--list", "--json").data
    assert made["kind"] == "daily"
    assert (made["reviews"], made["fault"]) == (1, None)
    answer(trainer, BELARUS)
    assert len(trainer("backup", "--list", "--json").data) == 1


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


# The doctor


def checks(trainer: Trainer) -> dict[str, str]:
    return {each["name"]: each["state"] for each in trainer("doctor", "--json").data["checks"]}


def test_the_doctor_is_content_with_sound_data_and_writes_nothing(trainer: Trainer, data: Path) -> None:
    def everything() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in data.rglob("*") if path.is_file()}

    before = everything()
    told = trainer("doctor")
    assert told.code == 0
    assert told.out.count("✓") == len(told.out.splitlines())
    assert everything() == before


def change_an_entry(progress: Path, _: Path) -> None:
    with closing(sqlite3.connect(progress, isolation_level=None)) as file:
        file.execute("DROP TRIGGER log_is_never_changed")
        file.execute("UPDATE log SET rating = 1")


def forget_memory(progress: Path, _: Path) -> None:
    with closing(sqlite3.connect(progress, isolation_level=None)) as file:
        file.execute("UPDATE memory SET stability = 999")


def drop_a_trigger(progress: Path, _: Path) -> None:
    with closing(sqlite3.connect(progress, isolation_level=None)) as file:
        file.execute("DROP TRIGGER log_is_never_cut")


def spoil_the_file(progress: Path, _: Path) -> None:
    spoil(progress)


def write_other_things(progress: Path, _: Path) -> None:
    progress.write_text("these are my notes, not yours\n" * 200)


def make_it_newer(progress: Path, _: Path) -> None:
    make_newer(progress)


def spoil_settings(progress: Path, _: Path) -> None:
    (progress.parent / "config.toml").write_text("new_per_day = lots\n")


def set_something_unknown(progress: Path, _: Path) -> None:
    (progress.parent / "config.toml").write_text("colour = 'red'\n")


def spoil_a_backup(progress: Path, _: Path) -> None:
    (made,) = (progress.parent / "backups").iterdir()
    made.write_bytes(made.read_bytes()[:5000])


def spoil_a_deck(_: Path, deck: Path) -> None:
    deck.write_text("title: [", encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        (change_an_entry, "log"),
        (forget_memory, "what follows from it"),
        (drop_a_trigger, "progress file"),
        (spoil_the_file, "progress file"),
        (write_other_things, "progress file"),
        (make_it_newer, "progress file"),
        (spoil_settings, "settings"),
        (set_something_unknown, "settings"),
        (spoil_a_backup, "backups"),
        (spoil_a_deck, "decks"),
    ],
)
def test_the_doctor_tells_what_is_wrong_and_leaves_it_alone(
    trainer: Trainer, progress: Path, deck: Path, harm: Callable[[Path, Path], None], found: str
) -> None:
    harm(progress, deck)
    before = progress.read_bytes()
    told = trainer("doctor")
    assert told.code == 1
    assert f"✗ {found}: " in told.out
    assert checks(trainer)[found] == "wrong"
    assert progress.read_bytes() == before


def test_a_repair_makes_anew_what_follows_from_the_log_after_a_backup(
    trainer: Trainer, progress: Path
) -> None:
    due = trainer("due", "--json").data
    with closing(sqlite3.connect(progress, isolation_level=None)) as file:
        file.execute("UPDATE memory SET due_day = '1999-01-01'")
        file.execute("INSERT INTO marks VALUES ('a/b/c', 1, '', 1)")
    entries = log_of(progress)
    told = trainer("doctor", "--repair")
    assert told.code == 0
    assert "repaired: " in told.err and "-before-repair.db" in told.err
    assert log_of(progress) == entries
    assert trainer("due", "--json").data == due


def test_a_repair_removes_old_leftovers_of_killed_writes_and_no_others(
    trainer: Trainer, data: Path, deck: Path
) -> None:
    names = [".progress.db.abcdefgh.part", ".config.toml.abc_efg1.part", ".mine.part"]
    for path in [data / name for name in names] + [deck.parent / ".capitals.yaml.abcdefgh.part"]:
        path.write_bytes(b"")
        os.utime(path, (0, 0))
    (data / ".new.db.abcdefgh.part").write_bytes(b"")
    assert "! leftovers: 4 files" in trainer("doctor").out
    assert "leftovers removed: 2" in trainer("doctor", "--repair").err
    assert (data / ".mine.part").exists() and (data / ".new.db.abcdefgh.part").exists()
    assert (deck.parent / ".capitals.yaml.abcdefgh.part").exists()


def test_the_doctor_looks_at_nothing_without_a_fault(trainer: Trainer, progress: Path) -> None:
    shutil.rmtree(progress.parent)
    told = trainer("doctor")
    assert told.code == 0
    assert not progress.parent.exists()
    progress.parent.mkdir()
    progress.write_bytes(b"")
    assert trainer("doctor").code == 0
    assert progress.read_bytes() == b""


def test_a_lost_file_with_backups_is_told(trainer: Trainer, progress: Path) -> None:
    progress.unlink()
    assert "`trainer restore` lists the backups" in trainer("doctor").out


def test_a_bundle_tells_nothing_that_anybody_wrote(trainer: Trainer, progress: Path, tmp_path: Path) -> None:
    (progress.parent / "config.toml").write_text(
        f"editor = 'secret-editor'\narticles = '{tmp_path}'\n[keys]\nundo = 'f9'\n"
    )
    change_an_entry(progress, progress)
    place = tmp_path / "bundle.zip"
    told = trainer("doctor", "--bundle", str(place))
    assert told.code == 1
    with zipfile.ZipFile(place) as bundle:
        assert bundle.namelist() == ["report.json"]
        text = bundle.read("report.json").decode()
    assert told.out == f"{text}\n"
    report = json.loads(text)
    assert report["file"]["kinds"] == {"review": 1}
    assert report["settings"] == {"editor": "is set", "articles": "is set", "keys": ["undo"]}
    words = [
        "capital",
        "armenia",
        "yerevan",
        "minsk",
        "secret",
        "f9",
        str(tmp_path),
        tmp_path.name,
        "progress.db",
    ]
    assert [word for word in (*words, str(Path.home())) if word.casefold() in text.casefold()] == []


@pytest.mark.parametrize("harm", [spoil_the_file, make_it_newer, write_other_things, spoil_settings])
def test_a_bundle_is_made_whatever_state_things_are_in(
    trainer: Trainer, progress: Path, tmp_path: Path, deck: Path, harm: Callable[[Path, Path], None]
) -> None:
    harm(progress, deck)
    place = tmp_path / "bundle.zip"
    assert trainer("doctor", "--bundle", str(place)).code == 1
    assert "notes" not in zipfile.ZipFile(place).read("report.json").decode()


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
