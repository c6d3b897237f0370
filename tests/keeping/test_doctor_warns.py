"""The doctor where nothing can be saved or read: it says so in plain words, and what to do."""

from __future__ import annotations

import os
import sqlite3
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from command_line import Trainer
from two_capitals import answer


@pytest.fixture
def modes_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let modes count for root too, whom the system lets do everything."""
    shifts = {os.R_OK: 8, os.W_OK: 7, os.X_OK: 6}

    def by_mode(path: str, mode: int, **_: object) -> bool:
        try:
            found = Path(path).stat().st_mode
        except OSError:
            return False
        return all(found >> shifts[right] & 1 for right in shifts if mode & right)

    if os.geteuid() == 0:
        monkeypatch.setattr(os, "access", by_mode)


@pytest.fixture
def closed(data: Path) -> Iterator[Callable[[str, int], None]]:
    """Gives something in the data folder another mode, until the test ends."""
    before: dict[Path, int] = {}

    def close(name: str, mode: int) -> None:
        path = data / name
        before[path] = stat.S_IMODE(path.stat().st_mode)
        path.chmod(mode)

    yield close
    for path, mode in before.items():
        path.chmod(mode)


@pytest.mark.usefixtures("modes_hold")
@pytest.mark.parametrize(
    ("name", "mode", "found"),
    [
        ("progress.db", 0o444, "data folder"),
        (".", 0o555, "data folder"),
        ("backups", 0o555, "backups"),
        ("progress.db", 0o000, "progress file"),
    ],
)
def test_what_is_closed_to_the_user_is_wrong_with_the_command_that_opens_it(
    trainer: Trainer, closed: Callable[[str, int], None], name: str, mode: int, found: str
) -> None:
    closed(name, mode)
    told = trainer("doctor")
    assert told.code == 1
    assert f"✗ {found}: " in told.out and "`chmod u+r" in told.out


def test_a_file_in_the_place_of_the_backups_is_wrong(trainer: Trainer, data: Path) -> None:
    for path in (data / "backups").iterdir():
        path.unlink()
    (data / "backups").rmdir()
    (data / "backups").write_text("in the way")
    told = trainer("doctor")
    assert told.code == 1
    assert "is no folder: no backup can be made\n    move it away" in told.out


def test_without_room_nothing_is_well(trainer: Trainer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: _Usage(free=0))
    told = trainer("doctor")
    assert told.code == 1 and "✗ room: 0 MB are free: no answer can be saved" in told.out


class _Usage(NamedTuple):
    free: int


def make_a_folder(progress: Path) -> None:
    progress.unlink()
    progress.mkdir()


def spoil_the_format(progress: Path) -> None:
    data = bytearray(progress.read_bytes())
    data[44:48] = b"\xff" * 4
    progress.write_bytes(data)


@pytest.mark.parametrize(
    ("harm", "said"), [(make_a_folder, "is a folder, not a file"), (spoil_the_format, "file is damaged")]
)
def test_what_sqlite_says_is_said_in_plain_words(
    trainer: Trainer, data: Path, harm: Callable[[Path], None], said: str
) -> None:
    harm(data / "progress.db")
    for command in (["due"], ["doctor"], ["study", "--plain"]):
        told = trainer(*command)
        assert told.code == 1
        assert said in told.out + told.err, command
        assert "unsupported" not in told.out + told.err and "0 of 0" not in told.out


def test_after_a_file_was_saved_no_settings_are_said_to_have_changed(trainer: Trainer, data: Path) -> None:
    answer(trainer, "capitals/belarus/card")
    with closing(sqlite3.connect(data / "progress.db", isolation_level=None)) as file:
        file.execute("DROP TRIGGER log_is_never_changed")
        file.execute("UPDATE log SET rating = 1 WHERE seq = 2")
    assert trainer("restore", "--salvage", "--yes").code == 0
    told = trainer("doctor")
    assert told.code == 0
    assert "due days are computed anew at the next start\n" in told.out


def test_where_nothing_is_wrong_nothing_is_repaired(trainer: Trainer, data: Path) -> None:
    before = sorted(data.rglob("*"))
    told = trainer("doctor", "--repair")
    assert (told.code, told.err) == (0, "nothing to repair\n")
    assert sorted(data.rglob("*")) == before


def test_a_repair_makes_no_data_folder(trainer: Trainer, tmp_path: Path) -> None:
    assert trainer("--data", str(tmp_path / "none"), "doctor", "--repair").code == 0
    assert not (tmp_path / "none").exists()


def test_what_a_write_left_in_a_decks_folder_comes_with_a_word_what_to_do(
    trainer: Trainer, tmp_path: Path
) -> None:
    (tmp_path / "decks" / ".capitals.yaml.abcdefgh.part").write_bytes(b"")
    assert "delete those in decks folders yourself" in trainer("doctor").out


def test_a_bundle_does_not_name_the_tables_of_strangers(trainer: Trainer, data: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(data / "progress.db", isolation_level=None)) as file:
        file.execute("CREATE TABLE secretone (secretcolumn TEXT NOT NULL)")
        file.execute("CREATE INDEX secretindex ON secretone (secretcolumn)")
    place = tmp_path / "bundle.zip"
    assert trainer("doctor", "--bundle", str(place)).code == 1
    text = zipfile.ZipFile(place).read("report.json").decode()
    assert "secret" not in text
    assert "secret" in trainer("doctor").out


def test_a_folder_of_decks_that_cannot_be_read_is_told_once(
    trainer: Trainer, decks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (decks / "closed").mkdir()
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr("os.scandir", refuse)
    told = trainer("doctor")
    assert told.code == 1
    assert "✗ decks: 1 deck can be studied, 1 folder that cannot be read\n" in told.out
    assert told.out.count(f"{decks}/closed/") == 1
