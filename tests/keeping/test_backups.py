"""Backups: when they are made, that they are whole, and that making them keeps nobody from studying."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from factories import TODAY, make_moment
from kept import fill, log_of

from trainer.collection.keeping import daily
from trainer.config import Places
from trainer.core.keeping import Kind
from trainer.errors import DataError, NotSavedError
from trainer.storage import backups
from trainer.storage.backups import back_up, copy, facts, found, is_due
from trainer.storage.store import Store

NOW = datetime(2024, 6, 13, 21, 30, 5)
CARD = "deck0/note0/card"


@pytest.fixture
def progress(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "progress.db"
    fill(path, count=40)
    return path


def names(progress: Path) -> list[str]:
    return [backup.path.name for backup in found(progress)]


def in_folder(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mark(progress: Path, *, minutes: int = 0) -> None:
    with closing(Store(progress)) as store:
        store.append_mark("flag", CARD, moment=make_moment(TODAY + timedelta(days=30), minutes=minutes))


def test_a_backup_has_the_same_log_and_is_for_its_owner_only(progress: Path) -> None:
    made = back_up(progress, "by-hand", day=TODAY, now=NOW)
    assert made is not None
    assert made == progress.parent / "backups" / "progress-2024-06-13-213005-by-hand.db"
    assert log_of(made) == log_of(progress)
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    assert facts(made).entries == len(log_of(progress))
    assert in_folder(made.parent) == [made.name]


def test_one_of_the_day_is_due_once_something_was_answered_since_the_last(progress: Path) -> None:
    assert is_due(progress, TODAY)
    assert back_up(progress, "daily", day=TODAY, now=NOW)
    assert not is_due(progress, TODAY)
    mark(progress)
    assert not is_due(progress, TODAY)
    tomorrow = TODAY + timedelta(days=1)
    assert is_due(progress, tomorrow)
    back_up(progress, "daily", day=tomorrow, now=NOW)
    assert not is_due(progress, TODAY + timedelta(days=2))


def test_a_second_session_makes_no_second_one_of_the_day(progress: Path) -> None:
    assert back_up(progress, "daily", day=TODAY, now=NOW) is not None
    assert back_up(progress, "daily", day=TODAY, now=NOW) is None
    assert names(progress) == ["progress-2024-06-13.db"]


def test_two_of_one_second_have_two_names(progress: Path) -> None:
    made = {back_up(progress, "by-hand", day=TODAY, now=NOW) for _ in range(3)}
    assert len(made) == 3
    assert len(found(progress)) == 3


def test_old_ones_are_thinned_out_and_other_files_are_left(progress: Path) -> None:
    folder = progress.parent / "backups"
    folder.mkdir()
    (folder / "holiday.jpg").write_bytes(b"mine")
    for number in range(40):
        back_up(progress, "daily", day=TODAY + timedelta(days=number), now=NOW)
    assert len(found(progress)) < 15
    assert (folder / "holiday.jpg").read_bytes() == b"mine"


def test_one_that_is_about_to_be_restored_is_not_thinned_out(progress: Path) -> None:
    kind: Kind = "before-restore"
    first = back_up(progress, kind, day=TODAY, now=NOW)
    for second in range(1, 5):
        back_up(progress, kind, day=TODAY, now=NOW + timedelta(seconds=second), sparing=first)
    assert first is not None and first.exists()
    back_up(progress, kind, day=TODAY, now=NOW + timedelta(seconds=9))
    assert not first.exists()


def test_a_damaged_file_is_not_backed_up_and_nothing_is_thinned_out(progress: Path) -> None:
    for number in range(9):
        back_up(progress, "daily", day=TODAY + timedelta(days=number), now=NOW)
    before = names(progress)
    data = bytearray(progress.read_bytes())
    for page in range(4, len(data) // 4096):
        data[4096 * page : 4096 * page + 8] = b"damaged!"
    progress.write_bytes(data)
    with pytest.raises(DataError, match="damaged"):
        back_up(progress, "daily", day=TODAY + timedelta(days=20), now=NOW)
    assert names(progress) == before
    assert in_folder(progress.parent / "backups") == sorted(before)


def test_a_folder_that_cannot_be_made_is_told(progress: Path) -> None:
    (progress.parent / "backups").write_text("a file")
    with pytest.raises(NotSavedError, match="backups"):
        back_up(progress, "daily", day=TODAY, now=NOW)


def test_answers_are_saved_while_a_backup_is_made(
    progress: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(backups, "_PAGES", 1)
    written = 0
    with closing(Store(progress)) as store:
        store.connection.execute("PRAGMA busy_timeout = 0")

        def answer(done: int, total: int) -> None:
            nonlocal written
            if written < 3:
                written += 1
                store.append_mark("flag", CARD, moment=make_moment(minutes=written))

        copy(progress, tmp_path / "copy.db", advance=answer)
    assert written == 3
    assert log_of(tmp_path / "copy.db") == log_of(progress)


@pytest.mark.parametrize("patient", [True, False])
def test_a_copy_ends_though_others_write_all_the_time(
    progress: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, patient: bool
) -> None:
    monkeypatch.setattr(backups, "_PAGES", 1)
    count = 0
    with closing(Store(progress)) as store:

        def answer(done: int, total: int) -> None:
            nonlocal count
            count += 1
            assert count < 2_000
            if done < total:
                store.append_mark("flag", CARD, moment=make_moment(minutes=count))

        if patient:
            copy(progress, tmp_path / "copy.db", advance=answer)
            assert log_of(tmp_path / "copy.db") == log_of(progress)
        else:
            with pytest.raises(NotSavedError, match="written to all the time"):
                copy(progress, tmp_path / "copy.db", patient=False, advance=answer)
            assert not (tmp_path / "copy.db").exists()
            assert list(tmp_path.glob(".*.part*")) == []


def test_a_write_that_was_cut_off_is_taken_back_before_the_copy(progress: Path, tmp_path: Path) -> None:
    entries = log_of(progress)
    kill_in_the_middle_of_a_write(progress)
    assert progress.with_name("progress.db-journal").stat().st_size
    copy(progress, tmp_path / "copy.db")
    assert log_of(tmp_path / "copy.db") == entries


def kill_in_the_middle_of_a_write(progress: Path) -> None:
    """Leave a hot journal: a process dies with a part of its changes in the file."""
    code = f"""if True:
        import os, sqlite3
        file = sqlite3.connect({str(progress)!r}, isolation_level=None)
        file.execute("PRAGMA journal_mode = TRUNCATE")
        file.execute("PRAGMA cache_size = 2")
        file.execute("PRAGMA cache_spill = 1")
        file.execute("BEGIN IMMEDIATE")
        file.execute("UPDATE log SET moved_to = 'x' || hex(zeroblob(400))")
        file.execute("DELETE FROM memory")
        os.kill(os.getpid(), 9)
    """
    subprocess.run([sys.executable, "-c", code], check=False, timeout=60)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounting is for root")
@pytest.mark.skipif(shutil.which("mount") is None, reason="nothing to mount with")
def test_a_full_disk_leaves_no_half_a_backup(progress: Path, tmp_path: Path) -> None:
    folder = progress.parent / "backups"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=40k", "none", str(folder)], check=False, timeout=30
    )
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        with pytest.raises(NotSavedError, match="disk"):
            back_up(progress, "daily", day=TODAY, now=NOW)
        assert in_folder(folder) == []
    finally:
        subprocess.run(["umount", str(folder)], check=True, timeout=30)


def test_two_sessions_at_once_make_one_of_the_day(progress: Path) -> None:
    made: list[Path | None] = []

    def make() -> None:
        made.append(back_up(progress, "daily", day=TODAY, now=NOW))

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len([path for path in made if path]) == 1
    assert in_folder(progress.parent / "backups") == ["progress-2024-06-13.db"]


def test_a_linked_progress_file_is_backed_up_beside_the_link(progress: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "progress.db"
    link.parent.mkdir()
    link.symlink_to(progress)
    made = back_up(link, "by-hand", day=TODAY, now=NOW)
    assert made is not None and made.parent == link.parent / "backups"
    assert log_of(made) == log_of(progress)


def test_what_is_no_backup_cannot_be_looked_at(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="not there"):
        facts(tmp_path / "progress-2024-06-13.db")
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as file:
        file.execute("CREATE TABLE things (a)")
    with pytest.raises(DataError, match="not a progress file"):
        facts(other)


def test_none_is_made_unasked_where_it_would_leave_little_room(
    progress: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert backups.has_room(progress)
    usage = shutil.disk_usage(progress)._replace(free=2 * progress.stat().st_size)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    assert not backups.has_room(progress)
    places = Places(progress, progress.with_name("config.toml"), ())
    assert "too little room" in daily(places, TODAY)
    assert found(progress) == []
