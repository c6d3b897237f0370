"""Several sessions on one collection at once: no answer is lost or doubled, each sees what the others do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from desk import Clock
from doing import NAMED, UNKNOWN, Doing, places_in, write_decks, write_nameless
from implied import faults, ids_over

from trainer.collection import Collection
from trainer.config import Config
from trainer.core.review import Rating
from trainer.core.session import Selection, Session

ANSWERING = Path(__file__).parents[1] / "answering.py"
FIRST, SECOND, THIRD, FOURTH = (f"{note}/card" for note in NAMED)


def test_processes_that_answer_at_once_lose_and_double_nothing(
    tmp_path: Path, trials: Callable[[int], int]
) -> None:
    """The long run: `--trials 2000`, by eight processes."""
    write_decks(tmp_path / "decks")
    Doing(tmp_path, 1).collection.close()
    count = 8 if trials(0) else 3
    each = trials(24) // count
    command = [sys.executable, str(ANSWERING), str(tmp_path), str(each)]
    saved, waits = answered_at_once(command, count=count)
    with closing(Collection(places_in(tmp_path), Config())) as collection:
        ids = [id.hex() for id in ids_over(collection.store.connection)]
        assert len(saved) == count * each
        assert sorted(saved) == sorted(ids)
        assert faults(collection.store.connection, collection.scheduler) == []
    waits.sort()
    print(count, "processes,", len(saved), "answers; slowest of 100:", waits[len(waits) * 99 // 100], "ms")


def answered_at_once(command: list[str], *, count: int) -> tuple[list[str], list[float]]:
    """What processes that run together have saved, and the milliseconds that each answer took."""
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(count)]
    try:
        told = [process.communicate(timeout=1_000)[0] for process in processes]
    finally:
        for process in processes:
            with suppress(ProcessLookupError):
                process.kill()
            process.wait(timeout=30)
    assert [process.returncode for process in processes] == [0] * count
    lines = [line.split() for each in told for line in each.splitlines()]
    return [id for id, _ in lines], [float(spent) for _, spent in lines]


class Two:
    """Two sessions over the same four cards, each by its own connection, at the same clock."""

    def __init__(self, folder: Path) -> None:
        write_decks(folder / "decks")
        (folder / "decks" / "nameless.yaml").unlink()
        self.folder, self.clock = folder, Clock()
        self.here, self.there = self.open(), self.open()

    def open(self) -> Collection:
        return Collection(places_in(self.folder), Config(), clock=self.clock)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    two = Two(tmp_path)
    yield two
    two.here.close()
    two.there.close()


def rate(collection: Collection, session: Session, rating: Rating = Rating.EASY) -> Session:
    return collection.rate(session, rating, verdict=UNKNOWN, response="", milliseconds=1000)


def test_what_was_answered_in_another_session_is_not_asked_again(two: Two) -> None:
    here, there = two.here.start(Selection()), two.there.start(Selection())
    there = rate(two.there, rate(two.there, there))
    assert there.front == THIRD
    here = rate(two.here, here)  # The card that was on screen: it was answered twice, and both count.
    assert (here.front, here.total) == (THIRD, 3)
    assert len(two.here.store.reviews(FIRST)) == 2
    here = rate(two.here, here)
    there = rate(two.there, rate(two.there, there))
    assert there.front is None
    assert rate(two.here, here).front is None
    assert faults(two.here.store.connection, two.here.scheduler) == []


def test_what_was_set_aside_in_another_session_is_not_asked(two: Two) -> None:
    here = two.here.start(Selection())
    two.there.browsing.mark("suspend", [SECOND])
    two.there.browsing.mark("bury", [THIRD])
    assert rate(two.here, here).front == FOURTH
    assert two.here.bury(here).front == FOURTH


def test_a_card_begun_in_another_session_comes_as_it_stands(two: Two) -> None:
    here, there = two.here.start(Selection()), two.there.start(Selection(cards=(SECOND,)))
    rate(two.there, there, Rating.AGAIN)
    here = rate(two.here, here)
    assert here.front == THIRD and [card for _, card in here.learning] == [SECOND]
    two.clock.forward(minutes=2)
    here = rate(two.here, here)
    assert here.front == SECOND and here.state == two.there.store.memory([SECOND])[SECOND]


def test_undo_takes_back_what_this_session_did_whatever_others_do(two: Two) -> None:
    here, there = two.here.start(Selection()), two.there.start(Selection())
    here = rate(two.here, here)
    there = rate(two.there, rate(two.there, there))
    here, entry = two.here.undo(here)
    assert here.front == FIRST and entry is not None and entry.card == FIRST
    assert [len(two.here.store.reviews(card)) for card in (FIRST, SECOND)] == [1, 1]
    assert rate(two.here, here).front == THIRD


def test_a_deck_edited_and_read_by_another_session_does_not_stop_this_one(two: Two) -> None:
    here = two.here.start(Selection())
    deck = two.folder / "decks" / "named.yaml"
    deck.write_text(deck.read_text().replace("Which is named/two?", "Which is it?"), encoding="utf-8")
    two.there.reload()
    write_nameless(two.folder / "decks", ("Is it?",))
    two.open().close()
    for _ in NAMED:
        assert here.card is not None
        here = rate(two.here, here)
    assert here.card is None


def test_a_test_in_one_session_and_studying_in_another_lose_nothing(two: Two) -> None:
    from trainer.core.quiz import Request

    quiz = two.here.quizzes.begin(Request(types=("basic",), credit=True))
    there = two.there.start(Selection())
    while there.card is not None:
        there = rate(two.there, there)
        quiz = two.here.quizzes.answer(quiz, "3", milliseconds=500, used=quiz.used + 500)
    two.here.quizzes.hand_in(quiz)
    assert [len(two.here.store.reviews(f"{note}/card")) for note in NAMED] == [2] * len(NAMED)
    assert faults(two.here.store.connection, two.here.scheduler) == []
