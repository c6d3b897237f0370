"""The disk is full, fails or cannot be written to, at any call: nothing counts as saved that is not."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from doing import UNKNOWN, Doing, places_in, write_decks
from failing_disk import REASONS, Failing, full, small_disk
from implied import faults, ids_over
from recorded_disk import Disk

from trainer.collection import Collection
from trainer.config import Config
from trainer.core.review import Rating
from trainer.core.session import Selection, Session
from trainer.errors import DataError, NotSavedError


@pytest.fixture
def failing() -> Failing:
    return Failing()


@pytest.fixture
def mounted(failing: Failing) -> Iterator[None]:
    with Disk(failing).mounted():
        yield


def answer(collection: Collection, session: Session) -> Session:
    return collection.rate(session, Rating.AGAIN, verdict=UNKNOWN, response="x", milliseconds=900)


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.usefixtures("mounted")
def test_at_whichever_call_the_disk_fails_the_answer_is_not_saved_and_can_be_given_again(
    tmp_path: Path, failing: Failing, reason: str, for_good: bool
) -> None:
    write_decks(tmp_path / "decks")
    code, told = REASONS[reason]
    with closing(Doing(tmp_path, 1).collection) as collection:
        connection = collection.store.connection
        session = collection.start(Selection(new=99))
        there_all_the_same = 0
        for calls in range(60):
            before = answers(connection)
            failing.after(calls, code, for_good=for_good)
            try:
                answer(collection, session)
                break
            except NotSavedError as error:
                assert told in str(error)
            failing.no_more()
            there_all_the_same += answers(connection) - before
            assert faults(connection, collection.scheduler) == []
            session = answer(collection, session)
            assert answers(connection) == before + 1
            assert faults(connection, collection.scheduler) == []
        assert 5 < calls < 59
        assert failing.failed == 0
        assert there_all_the_same <= 1  # Where the journal is emptied, but that is not on disk for sure.


def answers(connection: sqlite3.Connection) -> int:
    """How many answers stand."""
    (count,) = connection.execute("SELECT count(*) FROM kept WHERE kind = 'review'").fetchone()
    return int(count)


@pytest.mark.usefixtures("mounted")
def test_whatever_is_done_is_done_whole_or_not_at_all_when_the_disk_fails(
    tmp_path: Path, failing: Failing, trials: Callable[[int], int]
) -> None:
    """The long run: `--trials 5000`."""
    found = Counter[str]()
    write_decks(tmp_path / "decks")
    doing = Doing(tmp_path, 1)
    for trial in range(trials(60)):
        chance = Random(trial)
        code, _ = REASONS[chance.choice([*REASONS])]
        before = ids_over(doing.collection.store.connection)
        failing.after(round(60 * chance.random() ** 2), code, for_good=chance.random() < 0.5)
        acts: list[str] = []
        doing.said = acts.append
        try:
            doing.act()
            said = "done"
        except (NotSavedError, DataError) as error:
            said = type(error).__name__
        failing.no_more()
        if acts == ["restart"]:
            doing.collection.close()
            doing.collection = doing.open()
        connection = doing.collection.store.connection
        assert ids_over(connection)[: len(before)] == before, (trial, acts)
        assert faults(connection, doing.collection.scheduler) == [], (trial, acts)
        found[f"{said}, {'failed' if failing.failed else 'worked'}"] += 1
    doing.collection.close()
    print(dict(found))
    assert found["NotSavedError, failed"]


ANSWERING = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from doing import UNKNOWN, Doing
from trainer.core.review import Rating
from trainer.core.session import Selection
from trainer.errors import NotSavedError
doing = Doing(Path(sys.argv[2]), 1)
session = doing.collection.start(Selection(new=99))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))

def rate(session):
    return doing.collection.rate(session, Rating.AGAIN, verdict=UNKNOWN, response="x" * 99, milliseconds=1)

for number in range(2000):
    try:
        session = rate(session)
    except NotSavedError as error:
        print(number, error, flush=True)
        break
else:
    sys.exit("the disk never was full")
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
rate(session)
doing.collection.close()
"""


def answers_until_full(folder: Path, *, limit: int) -> None:
    """Answer until the disk is full, and once more when there is room: what was acknowledged is there."""
    command = [sys.executable, "-c", ANSWERING, str(Path(__file__).parents[1]), str(folder), str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    number, _, said = done.stdout.partition(" ")
    assert said.startswith("not saved: the disk")
    with closing(Collection(places_in(folder), Config())) as collection:
        assert len(ids_over(collection.store.connection)) == int(number) + 1
        assert faults(collection.store.connection, collection.scheduler) == []


def test_a_file_that_may_not_grow_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    write_decks(tmp_path / "decks")
    Doing(tmp_path, 1).collection.close()
    size = (tmp_path / "progress.db").stat().st_size
    answers_until_full(tmp_path, limit=size + 20_000)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "small") as place:
        yield place


def test_on_a_small_disk_that_is_full_the_answer_is_saved_once_there_is_room(small: Path) -> None:
    write_decks(small / "decks")
    with closing(Doing(small, 1).collection) as collection:
        session = answer(collection, collection.start(Selection(new=99)))
        before = ids_over(collection.store.connection)
        with full(small):
            for _ in range(3):
                with pytest.raises(NotSavedError, match="not saved: the disk"):
                    answer_long(collection, session)
                assert ids_over(collection.store.connection) == before
        answer_long(collection, session)
        assert len(ids_over(collection.store.connection)) == len(before) + 1
        assert faults(collection.store.connection, collection.scheduler) == []


def answer_long(collection: Collection, session: Session) -> Session:
    """An answer for which the file must grow."""
    return collection.rate(session, Rating.AGAIN, verdict=UNKNOWN, response="x" * 9_000, milliseconds=900)
