"""`trainer doctor`: what it finds, that it writes nothing unasked, and what it tells others."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from command_line import Trainer
from kept import log_of
from two_capitals import make_newer, spoil


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


def test_a_write_that_was_cut_off_is_told_and_left_to_the_next_start(
    trainer: Trainer, progress: Path
) -> None:
    entries = log_of(progress)
    code = f"""if True:
        import os, sqlite3
        file = sqlite3.connect({str(progress)!r}, isolation_level=None)
        file.execute("PRAGMA journal_mode = TRUNCATE")
        file.execute("PRAGMA cache_size = 1")
        file.execute("BEGIN IMMEDIATE")
        file.execute("CREATE TABLE more AS SELECT zeroblob(90000) AS b FROM card")
        file.execute("DELETE FROM memory")
        os.kill(os.getpid(), {int(signal.SIGKILL)})
    """
    subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    before = progress.read_bytes(), progress.with_name("progress.db-journal").read_bytes()
    assert before[1]
    told = trainer("doctor")
    assert told.code == 0, told.out
    assert "! progress file: a write was cut off; the next start takes it back" in told.out
    assert (progress.read_bytes(), progress.with_name("progress.db-journal").read_bytes()) == before
    assert trainer("due").code == 0
    assert "a write was cut off" not in trainer("doctor").out
    assert log_of(progress) == entries


def test_a_lost_file_with_backups_is_told(trainer: Trainer, progress: Path) -> None:
    progress.unlink()
    assert (
        "! progress file: No answers here, but backups hold 1 review: trainer restore"
        in trainer("doctor").out
    )


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
