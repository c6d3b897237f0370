"""Files damaged anywhere: the doctor finds every entry that was changed, and what is readable is saved.

The long run: `python -m pytest tests/keeping/test_damage.py --trials 2000 --timeout 0 -n 2`.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from kept import SCHEDULER, damage, fill, log_of, readable_rows

from trainer.collection.health import is_well, look_over
from trainer.config import Config, Places
from trainer.errors import DataError
from trainer.storage.salvage import salvage
from trainer.storage.store import Store

Trials = Callable[[int], int]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "progress.db"
    fill(path)
    return path


@pytest.fixture
def places(tmp_path: Path) -> Places:
    (tmp_path / "data").mkdir()
    return Places(tmp_path / "data" / "progress.db", tmp_path / "config.toml", ())


def cached(path: Path) -> list[object]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        memory = file.execute("SELECT * FROM memory ORDER BY card").fetchall()
        return [memory, file.execute("SELECT * FROM marks ORDER BY card").fetchall()]


def is_as_it_was(path: Path, sound: Path) -> bool:
    try:
        return log_of(path) == log_of(sound) and cached(path) == cached(sound)
    except (sqlite3.Error, UnicodeDecodeError):
        return False


def test_the_doctor_finds_every_change_of_a_log_and_of_what_follows_from_it(
    sound: Path, places: Places, trials: Trials
) -> None:
    changed = 0
    shutil.copy(sound, places.progress)
    with closing(Store(places.progress)) as store:
        store.rebuild(Config().scheduling_key, SCHEDULER.replay)
    whole = places.progress.with_name("whole.db")
    shutil.copy(places.progress, whole)
    assert is_well(look_over(places).checks)
    for seed in range(trials(40)):
        shutil.copy(whole, places.progress)
        before = places.progress.read_bytes()
        done = damage(places.progress, random.Random(seed))
        told = look_over(places)
        if places.progress.stat().st_size and not is_as_it_was(places.progress, whole):
            changed += 1
            assert not is_well(told.checks), f"seed {seed}: {done}"
        if places.progress.read_bytes() == before:
            assert is_well(told.checks)
    assert changed


def test_whatever_is_readable_is_saved_and_nothing_is_invented(
    sound: Path, places: Places, trials: Trials
) -> None:
    entries = set(log_of(sound))
    saved_at_all = 0
    for seed in range(trials(40)):
        shutil.copy(sound, places.progress)
        done = damage(places.progress, random.Random(seed))
        damaged = places.progress.read_bytes()
        readable = set(readable_rows(places.progress)) & entries
        aside = places.progress.with_name(f"damaged-{seed}")
        try:
            told = salvage(places.progress, backups=(), aside=aside)
        except DataError as error:
            assert "nothing of it can be read" in str(error) and not readable, f"seed {seed}: {done}"
            assert places.progress.read_bytes() == damaged and not aside.exists()
            continue
        saved = set(log_of(places.progress))
        assert readable <= saved <= entries, f"seed {seed}: {done}"
        assert told.whole == len(saved)
        assert aside.read_bytes() == damaged
        saved_at_all += len(saved)
        for path in (aside, places.progress):
            path.unlink()
    assert saved_at_all


def test_a_backup_gives_back_what_cannot_be_read(sound: Path, places: Places, trials: Trials) -> None:
    for seed in range(trials(8)):
        shutil.copy(sound, places.progress)
        damage(places.progress, random.Random(seed))
        aside = places.progress.with_name("aside")
        salvage(places.progress, backups=[sound], aside=aside)
        assert log_of(places.progress) == sorted(log_of(sound))
        aside.unlink()


def test_a_file_of_anything_else_gives_no_entry_and_no_fault(places: Places, trials: Trials) -> None:
    chance = random.Random(5)
    for _ in range(trials(10)):
        places.progress.write_bytes(chance.randbytes(chance.randrange(1, 20_000)))
        assert salvage(places.progress, backups=(), aside=None).whole == 0
        assert not is_well(look_over(places).checks)


def test_a_file_that_is_not_there_is_told(places: Places) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        salvage(places.progress, backups=(), aside=None)
