"""The table of speed at scale, at a size that says nothing: that it runs and has every row."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.made import Size, make
from bench.made_decks import make_decks
from bench.scale import main
from trainer.collection import Collection
from trainer.config import Config
from trainer.storage import fresh
from trainer.storage.entries import LATER, LOGGED, content_hash

SMALL = Size(cards=120, decks=3, reviews=600, years=3, seed=1)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is told by /proc")
def test_the_table_runs_and_has_every_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small = ["--cards", "60", "--decks", "2", "--reviews", "200", "--rounds", "1", "--answers", "3"]
    main([*small, "--growth", "60", "90", "--folder", str(tmp_path)])
    told = capsys.readouterr().out
    for row in (
        "first study card painted / bare app painted",
        "trainer due / python -c 'import sqlite3'",
        "memory while studying, MB / bare app, MB",
        "start, 90 cards / 60 cards",
        "answer, 90 cards / 60 cards",
        "Anki has 60 cards and",
        "answer, median / Anki's answerCard and getCard",
        "answer, 99th percentile / the same",
        "first load, 30 notes in 1 file / YAML events",
        "unchanged load, 30 notes in 1 file / import sqlite3",
        " reviews replayed / py-fsrs",
    ):
        assert row in told


def test_a_made_collection_is_one_that_the_program_could_have_written(tmp_path: Path) -> None:
    where = make(tmp_path, SMALL)
    collection = Collection(where, Config())
    store = collection.store
    assert collection.problems == ()
    assert len(collection.cards()) == SMALL.cards
    assert 600 <= store.one("SELECT count(*) FROM log")[0] < 800  # Cards in steps are answered once more.
    later = LATER.split(", ")
    for kept, *values in store.all(f"SELECT hash, {LATER}, {LOGGED} FROM log"):
        told = dict(zip(later, values, strict=False))
        assert content_hash(values[len(later) :], told) == kept
    days = store.all("SELECT date(at / 1000 + utc_offset * 60 - 4 * 3600, 'unixepoch'), study_day FROM log")
    assert all(at == day < collection.now().day.isoformat() for at, day in days)
    made = store.memory()
    store.rebuild(store.settings, collection.scheduler.replay)
    assert store.memory() == made != {}
    assert fresh.wrong(store.connection) == 0
    collection.close()


def test_the_same_seed_makes_the_same_decks(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        make_decks(tmp_path / name, cards=50, decks=2, seed=seed)
    first, same, other = (
        [path.read_bytes() for path in sorted((tmp_path / name).iterdir())] for name in "abc"
    )
    assert first == same != other
