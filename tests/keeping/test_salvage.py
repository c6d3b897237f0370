"""Saving a damaged file: which file is where afterwards, whoever has it open, whenever it is broken off."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from factories import TODAY, make_moment
from kept import SCHEDULER, fill, log_of

from trainer.errors import NotSavedError
from trainer.storage.backups import copy
from trainer.storage.pages import entries_of
from trainer.storage.restoring import go_back
from trainer.storage.salvage import salvage, sound
from trainer.storage.soundness import as_it_will_be, faults_of_file, wrong_caches
from trainer.storage.store import Store

CARD = "deck0/note0/card"


@pytest.fixture
def progress(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "progress.db"
    fill(path, count=50)
    return path


def spoil(path: Path, *, pages: int) -> None:
    """Write over the first pages of a file: its head, its tables, the trees above the log."""
    data = bytearray(path.read_bytes())
    data[: 4096 * pages] = b"\xff" * (4096 * pages)
    path.write_bytes(data)


def test_entries_are_found_without_the_head_of_the_file(progress: Path) -> None:
    entries = log_of(progress)
    spoil(progress, pages=1)
    found = [each.row for each in entries_of(progress) if each.is_whole]
    assert len(found) == len(set(found))
    assert set(found) == set(entries)


def test_what_follows_from_the_log_is_made_anew(progress: Path) -> None:
    with closing(Store(progress)) as store:
        memory, device = store.memory(), store.device
    spoil(progress, pages=1)
    salvage(progress, backups=(), aside=progress.with_name("aside"))
    with closing(Store(progress)) as store:
        assert store.device == device
        assert store.memory() == {}
        store.rebuild("anew", SCHEDULER.replay)
        assert store.memory() == memory
    assert faults_of_file(progress) == []
    assert not any(wrong_caches(progress, replay=SCHEDULER.replay))


def test_what_another_session_writes_meanwhile_is_not_left_behind(progress: Path) -> None:
    aside, entries = progress.with_name("aside"), log_of(progress)
    with closing(Store(progress)) as store:
        wrote: list[bytes] = []

        def write(done: int, total: int) -> None:
            if not wrote:
                wrote.append(store.append_mark("flag", CARD, moment=make_moment(TODAY)))

        with pytest.raises(NotSavedError, match="another session has written"):
            salvage(progress, backups=(), aside=aside, advance=write)
        assert wrote and not aside.exists()
        assert len(log_of(progress)) == len(entries) + 1
    salvage(progress, backups=(), aside=aside)
    assert len(log_of(progress)) == len(entries) + 1


def test_what_was_taken_away_by_going_back_does_not_rise_again(progress: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.db"
    copy(progress, backup)
    with closing(Store(progress)) as store:
        for number in range(300):
            moment = make_moment(TODAY + timedelta(days=40), minutes=number)
            store.append_mark("flag", f"deck/{number}/card", moment=moment)
        go_back(store, backup, replay=SCHEDULER.replay, before=lambda: None)
    assert {each.row for each in entries_of(progress)} == set(log_of(backup))


def test_what_free_pages_still_hold_is_no_entry(progress: Path) -> None:
    with closing(sqlite3.connect(progress, isolation_level=None)) as file:
        file.execute("PRAGMA secure_delete = OFF")
        file.execute("DROP TRIGGER log_is_never_cut")
        file.execute("DELETE FROM log WHERE seq > 5")
        assert file.execute("PRAGMA freelist_count").fetchone() > (0,)
    assert {each.row for each in entries_of(progress)} == set(log_of(progress))


def test_a_session_that_has_the_damaged_file_open_saves_nothing_into_it(progress: Path) -> None:
    aside = progress.with_name("aside")
    with closing(Store(progress)) as session:
        salvage(progress, backups=(), aside=aside)
        with pytest.raises(NotSavedError, match="start trainer again"):
            session.append_mark("flag", CARD, moment=make_moment(TODAY + timedelta(days=90)))
    assert log_of(aside) == log_of(progress)


def test_a_link_stays_a_link(progress: Path, tmp_path: Path) -> None:
    link = tmp_path / "linked" / "progress.db"
    link.parent.mkdir()
    link.symlink_to(progress)
    entries = log_of(progress)
    salvage(link, backups=(), aside=link.with_name("aside"))
    assert link.is_symlink()
    assert log_of(progress) == log_of(link.with_name("aside")) == entries


@pytest.mark.parametrize("moment", ["link", "replace"])
def test_a_kill_leaves_the_file_where_it_is(progress: Path, moment: str) -> None:
    before = progress.read_bytes()
    place = "os.link" if moment == "link" else "Path.replace"
    code = f"""if True:
        import os
        from pathlib import Path
        from trainer.storage.salvage import salvage
        {place} = lambda *given, **named: os.kill(os.getpid(), {int(signal.SIGKILL)})
        path = Path({str(progress)!r})
        salvage(path, backups=(), aside=path.with_name("aside"))
    """
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert progress.read_bytes() == before
    salvage(progress, backups=(), aside=progress.with_name("aside-2"))
    assert log_of(progress) == log_of(progress.with_name("aside-2"))


def test_a_name_that_is_taken_is_not_taken_again(progress: Path) -> None:
    before = progress.read_bytes()
    aside = progress.with_name("aside")
    aside.write_text("an earlier one")
    with pytest.raises(NotSavedError, match="aside"):
        salvage(progress, backups=(), aside=aside)
    assert (progress.read_bytes(), aside.read_text()) == (before, "an earlier one")
    assert sorted(path.name for path in progress.parent.iterdir()) == ["aside", "progress.db"]


def test_a_write_that_was_cut_off_is_no_entry(progress: Path) -> None:
    entries = log_of(progress)
    code = f"""if True:
        import os
        from pathlib import Path
        from factories import TODAY, make_moment
        from trainer.storage.store import Store
        store = Store(Path({str(progress)!r}))
        store.connection.execute("PRAGMA cache_size = 2")
        with store.transaction():
            for number in range(200):
                store.append(make_moment(TODAY), "flag", "deck/" + "x" * 500 + "/card", value=1)
            os.kill(os.getpid(), {int(signal.SIGKILL)})
    """
    tests = str(Path(__file__).parent.parent)
    subprocess.run([sys.executable, "-c", code], check=False, timeout=60, env={"PYTHONPATH": tests})
    assert {each.row for each in entries_of(progress)} > set(entries), "nothing was written before the kill"
    with as_it_will_be(progress) as path:
        assert path != progress
        assert log_of(path) == entries
    salvage(progress, backups=(), aside=progress.with_name("aside"))
    assert log_of(progress) == entries


def test_of_sound_backups_the_one_with_the_latest_entry_comes_first(progress: Path, tmp_path: Path) -> None:
    older, newer, broken = tmp_path / "b.db", tmp_path / "a.db", tmp_path / "c.db"
    older.write_bytes(progress.read_bytes())
    with closing(Store(progress)) as store:
        store.append_mark("flag", CARD, moment=make_moment(TODAY + timedelta(days=90)))
    newer.write_bytes(progress.read_bytes())
    broken.write_bytes(b"broken")
    assert sound([older, newer, broken, tmp_path / "none"]) == [newer, older]


@pytest.mark.parametrize("column", ["seq", "moved_to"])
def test_a_fault_in_what_no_hash_covers_hides_no_entry(progress: Path, column: str) -> None:
    entries = log_of(progress)
    data = bytearray(progress.read_bytes())
    for row in entries:
        at = data.find(row[0])
        while at >= 0 and b"\0\x2c\x2c" not in data[at - 25 : at]:
            at = data.find(row[0], at + 1)
        types = data.index(b"\0\x2c\x2c", at - 25)
        if column == "seq":
            data[types] = 8  # Zero, in place of none: SQLite looks at the row's number only.
        else:
            data[at - 1] = 0x80  # The last of the types goes on where the values begin.
    progress.write_bytes(data)
    assert {each.row for each in entries_of(progress) if each.is_whole} == set(entries)
