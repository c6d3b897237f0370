"""Progress files of every version there was: brought up to date with a backup first, and nothing changes."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from hashlib import blake2b
from pathlib import Path

import pytest
from factories import TODAY, make_moment, make_outcome, make_review
from kept import SCHEDULER, SETTINGS, fill, log_of

from trainer.errors import NotSavedError
from trainer.storage import migrations
from trainer.storage.connection import connect, connect_read_only
from trainer.storage.entries import LATER, LOGGED
from trainer.storage.migrations import STEPS, VERSION, migrate
from trainer.storage.restoring import add, check, compare
from trainer.storage.soundness import faults_of_file, look_through, wrong_caches
from trainer.storage.store import Store

OLD = range(1, VERSION)
SINCE = {"confidence": 2, "quiz": 2, "answer": 3}
"""The version in which each column of the log came that the first one has not."""

KINDS_SINCE = {"quiz": 2, "quiz-answer": 2, "forget": 3, "told": 3, "move": 4, "carried": 5}
COLUMNS = [*LOGGED.split(", "), *LATER.split(", "), "hash"]


def make_old(path: Path, version: int, *, new: Path) -> None:
    """Make a file as that version made it, by its scripts, with those entries of a new one that it knew."""
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        migrate(old, to=version)
        assert old.execute("PRAGMA user_version").fetchone() == (version,)
        names = [name for name in COLUMNS if SINCE.get(name, 1) <= version]
        taken: set[bytes] = set()
        old.execute("BEGIN")
        for row in log_of(new):
            entry = dict(zip(COLUMNS, row, strict=True))
            is_known = KINDS_SINCE.get(entry["kind"], 1) <= version
            has_later = any(entry[name] is not None for name, since in SINCE.items() if since > version)
            if not is_known or has_later or (entry["target"] and entry["target"] not in taken):
                continue
            taken.add(entry["id"])
            marks = ", ".join("?" * len(names))
            old.execute(
                f"INSERT INTO log ({', '.join(names)}) VALUES ({marks})", [entry[name] for name in names]
            )
        old.execute("INSERT INTO meta VALUES ('device', ?)", (b"d" * 16,))
        old.execute("INSERT INTO meta VALUES ('scheduling', ?)", (SETTINGS,))
        old.execute("COMMIT")


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of today with entries of every kind, some without an answer kept, as old ones are."""
    path = tmp_path_factory.mktemp("new") / "progress.db"
    fill(path, count=80)
    with closing(Store(path)) as store:
        for number in range(30):
            card = f"deck/old{number % 7}/card"
            moment = make_moment(TODAY + timedelta(days=20 + number))
            before = store.memory([card]).get(card)
            review = make_review(card, moment=moment, response="said")
            after = SCHEDULER.after(before, review.rating, card=card, moment=moment)
            store.append_review(make_outcome(review, before, after))
            if number % 9 == 0:
                store.append_mark("suspend", card, moment=moment)
    return path


@pytest.fixture(params=OLD)
def old(request: pytest.FixtureRequest, tmp_path: Path, new: Path) -> Path:
    path = tmp_path / "data" / "progress.db"
    path.parent.mkdir()
    make_old(path, request.param, new=new)
    return path


def test_the_log_stays_and_what_follows_from_it_is_what_a_replay_gives(old: Path) -> None:
    entries = log_of(old)
    assert len(entries) > 20
    with closing(Store(old)) as store:
        store.rebuild(SETTINGS, SCHEDULER.replay)
        memory = store.memory()
        for card in {str(row[6]) for row in entries}:
            assert memory.get(card) == SCHEDULER.replay(store.history(card))
    assert log_of(old) == entries
    assert look_through(old).changed == ()
    assert faults_of_file(old) == []


def test_the_same_cards_are_due_on_the_same_days(old: Path) -> None:
    with closing(connect_read_only(old)) as file:
        before = file.execute("SELECT card, due_day FROM memory ORDER BY card").fetchall()
    with closing(sqlite3.connect(old, isolation_level=None)) as file:
        with_memory = [
            (
                f"deck/card{number}/x",
                3.5,
                5.0,
                2,
                0,
                str(TODAY + timedelta(days=number)),
                None,
                str(TODAY),
                1,
                0,
            )
            for number in range(5)
        ]
        file.executemany("INSERT INTO memory VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", with_memory)
    with closing(connect(old)) as file:
        after = file.execute("SELECT card, due_day FROM memory ORDER BY card").fetchall()
    assert after == sorted([*before, *((row[0], row[5]) for row in with_memory)])


def test_a_backup_of_the_old_file_is_made_first(old: Path) -> None:
    entries = log_of(old)
    with closing(sqlite3.connect(old)) as file:
        version = file.execute("PRAGMA user_version").fetchone()
    connect(old).close()
    (backup,) = (old.parent / "backups").iterdir()
    assert backup.name.endswith("-before-update.db")
    with closing(sqlite3.connect(backup)) as file:
        assert file.execute("PRAGMA user_version").fetchone() == version
    assert log_of(backup) == entries
    connect(old).close()
    assert len(list((old.parent / "backups").iterdir())) == 1


def test_where_no_backup_can_be_made_the_file_stays_as_it_is_and_can_be_looked_at(old: Path) -> None:
    (old.parent / "backups").write_text("in the way")
    before = old.read_bytes()
    with pytest.raises(NotSavedError, match="is left as it is") as refused:
        connect(old)
    assert "make room" in refused.value.hint
    assert old.read_bytes() == before
    connect_read_only(old).close()


def test_an_old_backup_can_be_restored(old: Path, tmp_path: Path) -> None:
    entries = log_of(old)
    there = tmp_path / "there" / "progress.db"
    fill(there, count=10, seed=5, day=300)
    check(old)
    assert compare(there, old).back
    with closing(Store(there)) as store:
        add(store, old, replay=SCHEDULER.replay)
    assert set(entries) <= set(log_of(there))
    assert not any(wrong_caches(there, replay=SCHEDULER.replay))


def test_two_sessions_at_once_update_a_file_once(old: Path) -> None:
    code = """if True:
        import sys
        from pathlib import Path
        from trainer.storage.connection import connect
        connect(Path(sys.argv[1])).close()
    """
    running = [subprocess.Popen([sys.executable, "-c", code, str(old)]) for _ in range(2)]
    assert [each.wait(timeout=60) for each in running] == [0, 0]
    assert len(list((old.parent / "backups").iterdir())) == 1
    assert faults_of_file(old) == []


def test_a_kill_in_the_middle_leaves_the_old_file(
    tmp_path: Path, new: Path, trials: Callable[[int], int]
) -> None:
    path = tmp_path / "data" / "progress.db"
    path.parent.mkdir()
    make_old(path, 1, new=new)
    start = tmp_path / "start.db"
    shutil.copy(path, start)
    entries, chance = log_of(path), random.Random(3)
    code = f"""if True:
        import os, sqlite3, sys
        from pathlib import Path
        from trainer.storage import connection
        left = int(sys.argv[1])
        def count():
            global left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), {int(signal.SIGKILL)})
        before = connection._prepare
        def prepare(opened):
            before(opened)
            opened.execute("PRAGMA cache_size = 4")
            opened.set_progress_handler(count, 20)
        connection._prepare = prepare
        connection.connect(Path({str(path)!r})).close()
    """
    killed = 0
    for _ in range(trials(6)):
        shutil.copy(start, path)
        shutil.rmtree(path.parent / "backups", ignore_errors=True)
        steps = str(int(10 ** chance.uniform(0, 3)))
        done = subprocess.run([sys.executable, "-c", code, steps], check=False, timeout=60)
        assert done.returncode in (0, -signal.SIGKILL)
        killed += done.returncode != 0
        with closing(sqlite3.connect(path)) as file:
            (version,) = file.execute("PRAGMA user_version").fetchone()
        assert version == (1 if done.returncode else VERSION)
        assert log_of(path) == entries
        connect(path).close()
        assert log_of(path) == entries
        assert faults_of_file(path) == []
    assert killed


def test_what_was_released_is_not_rewritten() -> None:
    folder = Path(migrations.__file__).parent
    digests = {step: blake2b((folder / step).read_bytes(), digest_size=8).hexdigest() for step in STEPS[:5]}
    assert digests == {
        "schema_1.sql": "eab47f70ac76d90a",
        "schema_2.sql": "e4f44799463ff89e",
        "schema_3.sql": "d7d53198d0768996",
        "schema_4.sql": "d73d3f02ed0f84cc",
        "schema_5.sql": "39d5d19ceffa2a31",
    }
