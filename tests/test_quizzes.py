"""Tests through the one door: begun, killed, resumed, handed in, overruled, compared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from desk import NAMES, SOURCES, Clock

from trainer.collection import Collection
from trainer.collection.statistics import statistics_of
from trainer.config import Config, Places
from trainer.core.quiz import Quiz, Request, Result
from trainer.core.review import Confidence, Rating
from trainer.core.session import Selection
from trainer.errors import ChangedElsewhereError, DecksError, NotSavedError

DECK = """\
title: Towns
notes:
  - {id: armenia, type: typed, question: The capital of Armenia?, answer: Yerevan, source: report#2}
  - {id: belarus, type: typed, question: The capital of Belarus?, answer: Minsk, source: report#3}
  - {id: russia, type: typed, question: The capital of Russia?, answer: Moscow, source: report#3}
  - {id: why, question: Why?, answer: Because., source: report}
"""
MORE = """\
title: More towns
notes:
  - {id: georgia, type: typed, question: The capital of Georgia?, answer: Tbilisi, source: report#4}
"""
RIGHT = {"armenia": "Yerevan", "belarus": "Minsk", "russia": "Moscow", "georgia": "Tbilisi"}
TOWNS = Request(decks=("towns",), seed="7", feedback="end")


class Room:
    """A folder with decks, a clock, and as many collections over it as a test opens."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.clock, self._stack = folder, Clock(), stack
        for name, text in (("towns", DECK), ("more", MORE), ("sources", SOURCES), ("names", NAMES)):
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        (self.folder / "decks").mkdir(exist_ok=True)
        (self.folder / "decks" / f"{name}.yaml").write_text(text, encoding="utf-8")

    def open(self) -> Collection:
        places = Places(self.folder / "progress.db", self.folder / "config.toml", (self.folder / "decks",))
        collection = Collection(places, Config(), clock=self.clock)
        self._stack.callback(collection.close)
        return collection


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with ExitStack() as stack:
        yield Room(tmp_path, stack)


def answer_all(collection: Collection, quiz: Quiz, **instead: str) -> Quiz:
    for index, question in enumerate(quiz.questions):
        said = {**RIGHT, **instead}[question.card.note]
        quiz = collection.quizzes.answer(quiz.moved(index), said, milliseconds=1000, used=1000 * (index + 1))
    return quiz


def taken(collection: Collection, request: Request = TOWNS, **instead: str) -> Result:
    return collection.quizzes.hand_in(answer_all(collection, collection.quizzes.begin(request), **instead))


def modes(collection: Collection) -> list[str]:
    return [
        mode for (mode,) in collection.store.connection.execute("SELECT mode FROM kept WHERE kind = 'review'")
    ]


def test_a_test_asks_the_decks_named_in_part_and_gives_points(room: Room) -> None:
    collection = room.open()
    result = taken(collection, Request(decks=("Towns",), seed="7"), russia="Kazan")
    assert (result.total.points, result.total.count) == (2.0, 3)
    assert [each.question.card.note for each in result.missed] == ["russia"]
    assert result.used == 3000
    assert result.request.decks == ("towns",)


def test_a_request_without_a_seed_is_given_one(room: Room) -> None:
    assert room.open().quizzes.begin(Request()).request.seed


def test_nothing_to_ask_is_said_and_nothing_is_begun(room: Room) -> None:
    collection = room.open()
    with pytest.raises(DecksError, match="nothing to ask"):
        collection.quizzes.begin(Request(cards=("none",)))
    with pytest.raises(DecksError, match="no card has such a tag"):
        collection.quizzes.begin(Request(tags=("none",)))
    with pytest.raises(DecksError, match="no such deck"):
        collection.quizzes.begin(Request(decks=("none",)))
    assert collection.quizzes.unfinished() is None


def test_suspended_cards_are_not_asked(room: Room) -> None:
    collection = room.open()
    session = collection.suspend(collection.start(Selection(decks=("towns",))))
    assert session.front != "towns/armenia/card"
    asked = {question.card.note for question in collection.quizzes.begin(TOWNS).questions}
    assert asked == {"belarus", "russia"}


def test_a_test_leaves_the_schedule_alone(room: Room) -> None:
    collection = room.open()
    before = collection.due()
    taken(collection)
    assert collection.due() == before
    assert collection.store.memory() == {}
    assert modes(collection) == ["quiz"] * 3


def test_with_credit_the_answers_count_as_reviews_but_not_what_was_left_open(room: Room) -> None:
    collection = room.open()
    quiz = collection.quizzes.begin(Request(decks=("towns",), seed="7", credit=True))
    quiz = collection.quizzes.answer(quiz, RIGHT[quiz.question.card.note], milliseconds=900, used=900)
    collection.quizzes.hand_in(quiz)
    (card,) = collection.store.memory()
    assert card == quiz.question.id
    assert sorted(modes(collection)) == ["quiz", "quiz", "study"]
    assert collection.standing.totals(collection.now().day).reviews == 1


def test_a_killed_test_resumes_where_it_was(room: Room) -> None:
    first = room.open()
    quiz = first.quizzes.begin(TOWNS)
    quiz = first.quizzes.answer(quiz.moved(1), "Minsk", milliseconds=700, used=900)
    quiz = first.quizzes.flag(quiz)
    again = room.open().quizzes.unfinished()
    assert again is not None
    assert (again.id, again.questions, again.answers, again.flagged, again.used) == (
        quiz.id,
        quiz.questions,
        quiz.answers,
        quiz.flagged,
        900,
    )
    assert again.at == 2, "the next open question is in front"


def test_the_last_answer_to_a_question_counts_and_a_flag_can_be_taken_away(room: Room) -> None:
    collection = room.open()
    quiz = collection.quizzes.begin(TOWNS)
    quiz = collection.quizzes.answer(quiz, "first", milliseconds=1, used=1)
    quiz = collection.quizzes.answer(quiz, "second", milliseconds=2, used=2)
    quiz = collection.quizzes.flag(collection.quizzes.flag(quiz))
    again = room.open().quizzes.unfinished()
    assert again is not None
    assert (again.response_to(quiz.question.id), again.flagged) == ("second", frozenset())


def test_the_time_of_a_test_that_was_left_is_kept(room: Room) -> None:
    collection = room.open()
    quiz = collection.quizzes.begin(TOWNS)
    paused = collection.quizzes.pause(quiz, used=4321)
    again = room.open().quizzes.unfinished()
    assert again is not None
    assert paused.used == again.used == 4321
    assert (again.at, again.open) == (0, (0, 1, 2)), "the first open question is in front"


def test_mostly_there_is_no_unfinished_test_and_none_is_found(room: Room) -> None:
    collection = room.open()
    assert collection.unfinished_quiz() is None
    quiz = collection.quizzes.begin(TOWNS)
    found = collection.unfinished_quiz()
    assert found is not None and found.id == quiz.id


def test_only_a_test_like_the_one_asked_for_is_resumed(room: Room) -> None:
    collection = room.open()
    quiz = collection.quizzes.begin(TOWNS)
    like = Request(decks=("towns",), feedback="end")
    assert (found := collection.quizzes.unfinished(like)) and found.id == quiz.id
    assert collection.quizzes.unfinished(Request(decks=("towns",), feedback="end", seed="8")) is None
    assert collection.quizzes.unfinished(Request(decks=("more",), feedback="end")) is None


def test_a_test_that_was_handed_in_or_dropped_is_over(room: Room) -> None:
    collection = room.open()
    quiz = answer_all(collection, collection.quizzes.begin(TOWNS))
    collection.quizzes.hand_in(quiz)
    other = room.open()
    with pytest.raises(ChangedElsewhereError):
        other.quizzes.hand_in(quiz)
    with pytest.raises(ChangedElsewhereError):
        other.quizzes.answer(quiz, "x", milliseconds=1, used=1)
    collection.quizzes.drop(collection.quizzes.begin(TOWNS))
    assert other.quizzes.unfinished() is None
    assert len(other.quizzes.scores()) == 1
    assert modes(other) == ["quiz"] * 3


def test_questions_whose_card_has_gone_are_left_out_on_resuming(room: Room) -> None:
    room.open().quizzes.begin(TOWNS)
    room.write("towns", DECK.replace("id: russia", "id: moscow"))
    again = room.open().quizzes.unfinished()
    assert again is not None
    assert {question.card.note for question in again.questions} == {"armenia", "belarus"}
    room.write("towns", "title: Towns\nnotes:\n  - {id: new, question: New?, answer: New.}\n")
    assert room.open().quizzes.unfinished() is None


def test_the_learner_has_the_last_word(room: Room) -> None:
    collection = room.open()
    result = taken(collection, Request(decks=("towns",), seed="7", credit=True), russia="Kazan")
    question = result.missed[0].question.id
    lapsed = collection.store.memory()[question]
    better = collection.quizzes.overrule(result, question, right=True)
    assert (better.total.points, better.missed) == (3.0, ())
    (review,) = collection.store.reviews(question)
    assert (review.rating, review.score, review.response) == (Rating.GOOD, 1.0, "Kazan")
    assert collection.store.memory()[question] != lapsed
    assert [score.points for score in collection.quizzes.scores()] == [3.0]
    back = collection.quizzes.overrule(better, question, right=False)
    assert back.total.points == 2.0
    assert collection.store.memory()[question].stability == lapsed.stability
    assert [score.points for score in collection.quizzes.scores()] == [2.0]


def test_results_are_compared_with_those_of_the_same_kind(room: Room) -> None:
    collection = room.open()
    assert collection.quizzes.record(TOWNS).best is None
    taken(collection, russia="Kazan")
    taken(collection)
    taken(collection, Request(decks=("more",)), georgia="Batumi")
    record = room.open().quizzes.record(TOWNS)
    assert list(record.shares) == pytest.approx([2 / 3, 1.0])
    assert record.best == 1.0
    last = collection.quizzes.begin(TOWNS)
    collection.quizzes.hand_in(last)
    assert collection.quizzes.record(TOWNS, without=last.id) == record
    assert [(score.decks, score.questions) for score in collection.quizzes.scores()] == [
        (("towns",), 3),
        (("towns",), 3),
        (("more",), 1),
        (("towns",), 3),
    ]


def test_undo_while_studying_does_not_reach_into_a_test(room: Room) -> None:
    collection = room.open()
    taken(collection, Request(decks=("towns",), seed="7", credit=True))
    _, entry = collection.undo(collection.start(Selection()))
    assert entry is None


def test_a_test_that_cannot_be_written_goes_on(room: Room) -> None:
    collection = room.open()
    quiz = answer_all(collection, collection.quizzes.begin(TOWNS))
    collection.store.connection.execute("PRAGMA query_only = ON")
    for write in (
        lambda: collection.quizzes.hand_in(quiz),
        lambda: collection.quizzes.answer(quiz, "x", milliseconds=1, used=1),
        lambda: collection.quizzes.flag(quiz),
    ):
        with pytest.raises(NotSavedError):
            write()
    collection.store.connection.execute("PRAGMA query_only = OFF")
    assert collection.quizzes.hand_in(quiz).total.points == 3.0


def test_handing_in_is_all_or_nothing(room: Room) -> None:
    collection = room.open()
    quiz = answer_all(collection, collection.quizzes.begin(TOWNS))
    collection.store.connection.execute(
        "CREATE TEMP TRIGGER no_end BEFORE INSERT ON main.log WHEN NEW.kind = 'quiz-end'"
        " BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    with pytest.raises(NotSavedError):
        collection.quizzes.hand_in(quiz)
    assert modes(collection) == []
    assert collection.quizzes.unfinished() is not None


def test_a_revealed_question_is_judged_by_the_learner(room: Room) -> None:
    collection = room.open()
    quiz = collection.quizzes.begin(Request(types=("basic",)))
    quiz = collection.quizzes.answer(quiz, "partly", milliseconds=1, used=1)
    result = collection.quizzes.hand_in(quiz)
    assert result.total.points == 0.5


def test_an_answer_of_another_card_is_no_misspelling(room: Room) -> None:
    collection = room.open()
    room.write("towns", DECK.replace("answer: Moscow", "answer: Yerevam"))
    collection = room.open()
    (card,) = collection.cards(["towns/armenia/card"])
    assert collection.grade(card, "Yerevan").kind == "right"
    assert collection.grade(card, "Yerevam").kind == "wrong"
    assert collection.grade(card, "Yerevab").kind == "near"


# Statistics


def test_scores_are_told_by_deck_and_type_and_tests_count(room: Room) -> None:
    collection = room.open()
    taken(collection, Request(seed="7"), russia="Kazan")
    stats = statistics_of(collection)
    assert (stats.total.answers, stats.total.score, stats.total.milliseconds) == (4, 3.0, 4000)
    assert {part.label: (part.answers, part.score) for part in stats.decks} == {
        "towns": (3, 2.0),
        "more": (1, 1.0),
    }
    assert [part.label for part in stats.types] == ["typed"]
    assert stats.best_run >= 1
    assert stats.streaks.current == 0, "a test that does not count is no study"
    assert [quiz.points for quiz in stats.quizzes] == [3.0]


def test_nothing_answered_is_no_score(room: Room) -> None:
    stats = statistics_of(room.open())
    assert (stats.total.answers, stats.decks, stats.types, stats.calibration, stats.quizzes) == (
        0,
        (),
        (),
        (),
        (),
    )


def test_confidence_is_kept_and_told_from_the_surest_on(room: Room) -> None:
    collection = room.open()
    session = collection.start(Selection(decks=("towns",)))
    for said, confidence in (("Yerevan", Confidence.SURE), ("Kazan", Confidence.GUESS)):
        assert session.card is not None
        verdict = collection.grade(session.card, said)
        session = collection.rate(
            session, verdict.suggested, verdict=verdict, response=said, milliseconds=1, confidence=confidence
        )
    assert [(part.label, part.percent) for part in statistics_of(collection).calibration] == [
        ("sure", 100),
        ("guess", 0),
    ]
    assert [review.confidence for review in collection.store.reviews("towns/armenia/card")] == [
        Confidence.SURE
    ]


def test_what_another_session_answered_counts_when_the_test_is_handed_in(room: Room) -> None:
    mine, other = room.open(), room.open()
    quiz = mine.quizzes.begin(TOWNS)
    answer_all(other, quiz)
    assert mine.quizzes.hand_in(quiz).total.points == 3.0


def test_points_are_of_the_questions_that_were_there(room: Room) -> None:
    room.open().quizzes.begin(TOWNS)
    room.write("towns", DECK.replace("id: russia", "id: moscow").replace("id: belarus", "id: minsk"))
    collection = room.open()
    quiz = collection.quizzes.unfinished()
    assert quiz is not None
    result = collection.quizzes.hand_in(answer_all(collection, quiz))
    collection.quizzes.overrule(result, quiz.questions[0].id, right=True)
    assert [(score.points, score.questions) for score in collection.quizzes.scores()] == [(1.0, 1)]


def test_a_test_over_a_deck_that_has_gone_can_be_handed_in(room: Room) -> None:
    collection = room.open()
    quiz = collection.quizzes.begin(Request(decks=("towns", "more"), seed="7"))
    (room.folder / "decks" / "more.yaml").unlink()
    collection = room.open()
    left = collection.quizzes.unfinished()
    assert left is not None and left.id == quiz.id
    assert collection.quizzes.record(left.request).best is None
    assert collection.quizzes.hand_in(left).total.count == 3


def test_halves_of_characters_are_no_answer_and_no_card(room: Room) -> None:
    collection = room.open()
    (card,) = collection.cards(["towns/armenia/card"])
    assert collection.grade(card, "\udcff").kind == "wrong"
    assert collection.cards(["\udcff"]) == []
