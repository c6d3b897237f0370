"""Restoring: what is missing comes back, or all is as it was; nothing is lost on the way."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from factories import TODAY, make_moment
from kept import SCHEDULER, SETTINGS, do_something, fill, log_of

from trainer.errors import DataError, NotSavedError
from trainer.storage.backups import copy
from trainer.storage.migrations import VERSION
from trainer.storage.restoring import add, check, compare, go_back
from trainer.storage.soundness import faults_of_file, wrong_caches
from trainer.storage.store import Store

CARD = "deck0/note0/card"


@pytest.fixture
def progress(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "progress.db"
    fill(path, count=60)
    return path


@pytest.fixture
def backup(progress: Path, tmp_path: Path) -> Path:
    path = tmp_path / "backup.db"
    copy(progress, path)
    return path


def go_on(progress: Path, *, count: int = 30, seed: int = 7) -> None:
    """Do more, in another session."""
    chance = random.Random(seed)
    with closing(Store(progress)) as store:
        for number in range(count):
            moment = make_moment(TODAY + timedelta(days=40), minutes=number)
            card = f"deck{chance.randrange(3)}/note{chance.randrange(25)}/card"
            do_something(store, chance, card, moment)


def restore(progress: Path, backup: Path, *, exactly: bool = False) -> None:
    with closing(Store(progress)) as store:
        if exactly:
            go_back(store, backup, replay=SCHEDULER.replay, before=lambda: None)
        else:
            add(store, backup, replay=SCHEDULER.replay)


def is_sound(progress: Path) -> bool:
    return faults_of_file(progress) == [] and not any(wrong_caches(progress, replay=SCHEDULER.replay))


def test_an_answer_given_while_a_backup_comes_into_an_empty_log_stays(backup: Path, tmp_path: Path) -> None:
    progress = tmp_path / "new" / "progress.db"
    with closing(Store(progress)) as here, closing(Store(progress)) as other:
        here.connection.execute("PRAGMA busy_timeout = 0")
        other.connection.execute("BEGIN IMMEDIATE")
        other.append(make_moment(TODAY), "flag", CARD, value=1)

        def answered(done: int, total: int) -> None:
            if other.connection.in_transaction:
                other.connection.execute("COMMIT")

        with pytest.raises(NotSavedError, match="another program"):
            add(here, backup, replay=SCHEDULER.replay, advance=answered)
        answered(0, 0)
        since = log_of(progress)
        assert len(since) == 1
        add(here, backup, replay=SCHEDULER.replay)
        other.append_mark("flag", CARD, moment=make_moment(TODAY), value=0)  # It is not locked any more.
        assert {*log_of(backup), *since} < set(log_of(progress))


def test_what_came_since_stays_when_what_is_missing_comes_back(progress: Path, backup: Path) -> None:
    go_on(progress)
    ours = log_of(progress)
    lost = progress.with_name("lost.db")
    shutil.copy(backup, lost)
    progress.unlink()
    fill(progress, count=20, seed=3, day=50)
    since = log_of(progress)
    restore(progress, backup)
    assert set(log_of(progress)) == {*log_of(backup), *since}
    assert is_sound(progress)
    assert len(ours) > len(log_of(backup))


def test_restoring_twice_is_restoring_once(progress: Path, backup: Path) -> None:
    go_on(progress)
    restore(progress, backup)
    once = log_of(progress)
    restore(progress, backup)
    assert log_of(progress) == once


def test_going_back_makes_the_log_what_it_was(progress: Path, backup: Path) -> None:
    then = log_of(progress)
    go_on(progress)
    restore(progress, backup, exactly=True)
    assert log_of(progress) == then
    assert is_sound(progress)
    with closing(Store(progress)) as store, closing(Store(backup)) as old:
        assert store.memory() == old.memory()
        assert store.device == old.device


def test_going_back_is_taken_back_by_the_backup_made_before(
    progress: Path, backup: Path, tmp_path: Path
) -> None:
    go_on(progress)
    now = log_of(progress)
    before = tmp_path / "before.db"
    with closing(Store(progress)) as store:
        go_back(store, backup, replay=SCHEDULER.replay, before=lambda: copy(progress, before))
    assert log_of(progress) != now
    restore(progress, before, exactly=True)
    assert log_of(progress) == now
    assert is_sound(progress)


def test_without_a_backup_of_how_it_was_nothing_is_changed(progress: Path, backup: Path) -> None:
    go_on(progress)
    now = log_of(progress)

    def fail() -> None:
        raise NotSavedError("the disk is full")

    with closing(Store(progress)) as store, pytest.raises(NotSavedError, match="full"):
        go_back(store, backup, replay=SCHEDULER.replay, before=fail)
    assert log_of(progress) == now
    assert is_sound(progress)


def test_a_missing_file_comes_back_whole_with_its_memory_states(progress: Path, backup: Path) -> None:
    with closing(Store(progress)) as store:
        memory, device = store.memory(), store.device
    progress.unlink()
    restore(progress, backup)
    assert log_of(progress) == log_of(backup)
    with closing(Store(progress)) as store:
        assert (store.memory(), store.device) == (memory, device)
        assert store.scheduling_settings() == SETTINGS


def test_another_session_goes_on_from_what_was_restored(progress: Path, backup: Path) -> None:
    with closing(Store(progress)) as other:
        go_on(progress)
        restore(progress, backup, exactly=True)
        other.append_mark("flag", CARD, moment=make_moment(TODAY + timedelta(days=60)))
        assert len(log_of(progress)) == len(log_of(backup)) + 1
    assert is_sound(progress)


def test_a_preview_tells_what_comes_back_and_what_would_go(progress: Path, backup: Path) -> None:
    moment = make_moment(TODAY + timedelta(days=70))
    with closing(Store(progress)) as store:
        store.append_mark("flag", CARD, moment=moment)
        store.append_mark("flag", "deck1/note1/card", moment=moment)
    before = progress.read_bytes(), backup.read_bytes()
    found = compare(progress, backup)
    assert (progress.read_bytes(), backup.read_bytes()) == before
    assert found.back == ()
    assert [(part.day, part.deck, part.marks, part.reviews) for part in found.gone] == [
        (moment.day, "deck0", 1, 0),
        (moment.day, "deck1", 1, 0),
    ]
    assert found.now.entries == found.then.entries + 2
    other_way = compare(backup, progress)
    assert (other_way.back, other_way.gone) == (found.gone, ())
    nothing = compare(progress.with_name("none.db"), backup)
    assert sum(part.reviews for part in nothing.back) == found.then.reviews > 0
    assert nothing.now.entries == 0


def spoilt(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for page in range(3, len(data) // 4096):
        data[4096 * page : 4096 * page + 8] = b"damaged!"
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute(f"PRAGMA user_version = {VERSION + 1}")


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("CREATE TABLE log (id)")


def armed(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("CREATE TRIGGER trap AFTER INSERT ON log BEGIN DELETE FROM marks; END")


def emptied(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("spoil", [spoilt, cut, newer, foreign, armed, emptied, Path.unlink])
def test_what_is_no_sound_backup_is_refused(
    progress: Path, backup: Path, spoil: Callable[[Path], object]
) -> None:
    spoil(backup)
    before = progress.read_bytes()
    with pytest.raises(DataError):
        check(backup)
    with pytest.raises(DataError):
        compare(progress, backup)
    assert progress.read_bytes() == before


def test_an_entry_that_was_changed_in_the_backup_does_not_come_back(progress: Path, backup: Path) -> None:
    entries = log_of(backup)
    with closing(sqlite3.connect(backup, isolation_level=None)) as file:
        file.execute("DROP TRIGGER log_is_never_changed")
        file.execute(
            "UPDATE log SET milliseconds = 7 WHERE seq = (SELECT min(seq) FROM log WHERE kind = 'review')"
        )
    progress.unlink()
    fill(progress, count=1, seed=9, day=90)
    with closing(Store(progress)) as store:
        merged = add(store, backup, replay=SCHEDULER.replay)
    assert len(merged.refused) == 1
    assert len(set(entries) & set(log_of(progress))) == len(entries) - 1


def test_a_kill_at_any_point_leaves_what_was_there_or_what_is_restored(
    progress: Path, backup: Path, trials: Callable[[int], int]
) -> None:
    go_on(progress)
    now, then = log_of(progress), log_of(backup)
    start = progress.with_name("start.db")
    shutil.copy(progress, start)
    code = f"""if True:
        import os, sys
        from pathlib import Path
        from trainer.core.scheduling import Scheduler
        from trainer.storage.restoring import go_back
        from trainer.storage.store import Store
        store = Store(Path({str(progress)!r}))
        left = int(sys.argv[1])
        def count():
            global left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), {int(signal.SIGKILL)})
        store.connection.execute("PRAGMA cache_size = 4")
        store.connection.set_progress_handler(count, 50)
        go_back(store, Path({str(backup)!r}), replay=Scheduler().replay, before=lambda: None)
    """
    chance = random.Random(4)
    seen = set()
    for _ in range(trials(6)):
        shutil.copy(start, progress)
        steps = str(int(10 ** chance.uniform(0, 4.3)))
        killed = subprocess.run([sys.executable, "-c", code, steps], check=False, timeout=60, env=os.environ)
        assert killed.returncode in (0, -signal.SIGKILL)
        with closing(Store(progress)):
            pass
        found = log_of(progress)
        assert found in (now, then)
        assert is_sound(progress)
        seen.add(killed.returncode)
    assert -signal.SIGKILL in seen
