from __future__ import annotations

from pathlib import Path

import pytest
from factories import make_moment, make_outcome, make_review

from trainer.core.scheduling import Scheduler
from trainer.errors import NotSavedError
from trainer.storage.store import Store

CARD = "deck/n1/card"


def answer(store: Store) -> None:
    after = Scheduler().after(None, make_review().rating, card=CARD, moment=make_moment())
    store.append_review(make_outcome(make_review(CARD), None, after))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "progress.db"
    Store(path).close()
    return path


def test_a_look_in_place_sees_what_another_session_writes_and_keeps_it_from_nothing(path: Path) -> None:
    looking, writing = Store(path, in_place=True), Store(path)
    assert looking.memory() == {}
    answer(writing)
    assert list(looking.memory()) == [CARD]
    assert (looking.read_only, looking.is_copy) == (True, False)
    looking.close()
    writing.close()


def test_a_look_in_place_can_write_nothing(path: Path) -> None:
    looking = Store(path, in_place=True)
    before = path.read_bytes()
    with pytest.raises(NotSavedError):
        answer(looking)
    looking.close()
    assert path.read_bytes() == before


def test_where_there_is_something_to_bring_up_to_date_it_says_so(path: Path, tmp_path: Path) -> None:
    with pytest.raises(NotSavedError, match="no progress file"):
        Store(tmp_path / "none.db", in_place=True)
    older = Store(path)
    older.connection.execute("PRAGMA user_version = 5")
    older.close()
    with pytest.raises(NotSavedError, match="older"):
        Store(path, in_place=True)
