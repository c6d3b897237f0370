"""The power is cut at any moment: what was acknowledged is there, whole, and nothing else is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from shutil import rmtree
from sqlite3 import DatabaseError

import pytest
from doing import Doing, write_decks
from implied import faults, logged
from power_cut import MODELS, CutDisk, promised, write_out
from recorded_disk import Call, Disk

from trainer.core.scheduling import Scheduler
from trainer.errors import DataError
from trainer.storage import connection as opening
from trainer.storage.store import Store

PROGRESS = "progress.db"
KEPT, LOST, DAMAGED = "kept", "lost", "damaged"
Found = Counter[tuple[str, str]]


def recorded(folder: Path, *, acts: int, seed: int = 1) -> list[Call]:
    """The calls of somebody who does so many things, from the making of the file to its closing."""
    write_decks(folder / "decks")
    disk = Disk()
    with disk.mounted():
        doing = Doing(folder, seed)
        for _ in range(acts):
            doing.act()
        doing.collection.close()
    return disk.calls


def cut_often(calls: Sequence[Call], *, times: int, folder: Path) -> Found:
    """Cut the power so many times, at moments all along; what was found under which model."""
    chance = Random(2)
    moments = sorted(chance.randrange(len(calls) + 1) for _ in range(times))
    disk, seen, found = CutDisk(), 0, Found()
    for number, moment in enumerate(moments):
        for call in calls[seen:moment]:
            disk.see(call)
        seen = moment
        model = MODELS[number % len(MODELS)]
        write_out(disk.left(model, chance), folder / "cut")
        found[model, after_a_cut(folder / "cut" / PROGRESS, *promised(calls, moment))] += 1
        rmtree(folder / "cut")
    return found


def after_a_cut(path: Path, before: list[bytes], after: list[bytes]) -> str:
    """What the program finds when it starts again: `kept` if a transaction is there whole or not at all."""
    try:
        store = Store(path)
    except (DataError, DatabaseError):
        return DAMAGED
    try:
        wrong = faults(store.connection, Scheduler())
        ids = [entry["id"] for entry in logged(store.connection)]
    except DatabaseError:
        return DAMAGED
    finally:
        store.close()
    if wrong:
        return DAMAGED
    return KEPT if ids in (before, after) else LOST


def test_a_power_cut_loses_nothing_that_was_acknowledged(
    tmp_path: Path, trials: Callable[[int], int]
) -> None:
    """The long run: `--trials 10000`."""
    calls = recorded(tmp_path, acts=60 if trials(0) else 12)
    assert sum(call.what == "done" for call in calls) > 10
    found = cut_often(calls, times=trials(150), folder=tmp_path)
    print(len(calls), "calls;", dict(found))
    assert {outcome for _, outcome in found} == {KEPT}
    assert {model for model, _ in found} == {*MODELS}


def test_a_cut_while_the_file_is_made_leaves_one_that_opens(tmp_path: Path) -> None:
    """With a first page that is empty still, and a journal that tells of no page."""
    calls, chance, found = recorded(tmp_path, acts=0), Random(3), Found()
    disk = CutDisk()
    for moment, call in enumerate(calls[:40]):
        for model in MODELS:
            write_out(disk.left(model, chance), tmp_path / "cut")
            found[model, after_a_cut(tmp_path / "cut" / PROGRESS, *promised(calls, moment))] += 1
            rmtree(tmp_path / "cut")
        disk.see(call)
    assert {outcome for _, outcome in found} == {KEPT}


@pytest.mark.parametrize(
    ("mode", "synchronous", "fails"),
    [("WAL", "NORMAL", LOST), ("DELETE", "FULL", LOST), ("TRUNCATE", "OFF", DAMAGED)],
)
def test_a_file_opened_less_carefully_is_seen_to_fail(
    mode: str,
    synchronous: str,
    fails: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    trials: Callable[[int], int],
) -> None:
    """So what these tests find is more than that nothing was written."""
    careless = (
        "PRAGMA busy_timeout = 10",
        # Without shared memory, which this disk does not have.
        f"PRAGMA locking_mode = {'EXCLUSIVE' if mode == 'WAL' else 'NORMAL'}",
        f"PRAGMA journal_mode = {mode}",
        f"PRAGMA synchronous = {synchronous}",
    )
    with monkeypatch.context() as patched:
        patched.setattr(opening, "_PRAGMAS", careless)
        calls = recorded(tmp_path, acts=12)
    found = cut_often(calls, times=trials(90), folder=tmp_path)
    print(mode, synchronous, dict(found))
    assert sum(count for (_, outcome), count in found.items() if outcome == fails) > 0
