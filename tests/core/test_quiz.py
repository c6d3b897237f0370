from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b

import pytest
from factories import make_card, make_moment
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.deck import Card
from trainer.core.grading import RatingRules, Verdict, VerdictKind
from trainer.core.prompt import Choose, Reveal, Text, TypeIn
from trainer.core.quiz import (
    Answer,
    Question,
    Quiz,
    Request,
    Result,
    draw,
    marked,
    outcome_of,
    self_judged,
)
from trainer.core.review import Rating
from trainer.core.scheduling import Scheduler

TYPED = TypeIn(expected=Text(answers=("Yerevan",)))
CHOICE = Choose(answers=("Yerevan",), distractors=("Minsk", "Baku"), draw=2)


def card(note: str, *, key: str = "card", kind: str = "typed", deck: str = "deck") -> Card:
    made = make_card(note, key=key, deck=deck, form=Reveal(answer="x") if kind == "basic" else TYPED)
    return replace(made, type=kind, also=(CHOICE,) if kind == "typed" else ())


CARDS = [card(f"n{number}") for number in range(30)]


def quiz_of(*cards: Card, request: Request | None = None, **parts: object) -> Quiz:
    quiz = Quiz(
        id=b"quiz",
        request=request or Request(feedback="end"),
        questions=tuple(Question(card=each) for each in cards),
        answers={},
    )
    return replace(quiz, **parts)  # type: ignore[arg-type]


def verdict(score: float | None) -> Verdict:
    kind: VerdictKind = (
        "unknown" if score is None else "right" if score == 1 else "partial" if score else "wrong"
    )
    return Verdict(
        kind=kind,
        score=score,
        reason="",
        suggested=Rating.GOOD if score else Rating.AGAIN,
    )


# Drawing


def drawn(cards: Sequence[Card], request: Request) -> tuple[Question, ...]:
    known = {card.id: card for card in cards}
    candidates = [(card.id, f"{card.deck}/{card.note}") for card in cards]
    return draw(candidates, request, find=known.__getitem__)


def drawn_plainly(cards: Sequence[Card], request: Request) -> tuple[Question, ...]:
    """Every card put in order, and of those that can be asked the first ones: siblings after the others."""

    def rank(*parts: str) -> bytes:
        text = "\n".join((request.seed, *parts))
        return blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest()

    first: dict[str, Question] = {}
    siblings: list[Question] = []
    for each in sorted(cards, key=lambda card: rank(card.id)):
        forms = (each.prompt.form, *each.also)
        ways = [way for way, form in enumerate(forms) if request.types or not isinstance(form, Reveal)]
        if ways and (not request.types or each.type in request.types):
            question = Question(card=each, way=min(ways, key=lambda way: rank(each.id, str(way))))
            if first.setdefault(f"{each.deck}/{each.note}", question) is not question:
                siblings.append(question)
    return (*first.values(), *siblings)[: request.count]


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcd"), st.sampled_from("123"), st.sampled_from(("typed", "basic", "date"))
        ),
        unique_by=lambda made: made[:2],
    ),
    st.sampled_from(((), ("typed",), ("basic",), ("basic", "date"))),
    st.integers(0, 14),
    st.text(max_size=5),
)
def test_what_is_drawn_card_by_card_is_what_all_cards_in_order_give(
    made: list[tuple[str, str, str]], types: tuple[str, ...], count: int, seed: str
) -> None:
    cards = [card(note, key=key, kind=kind) for note, key, kind in made]
    request = Request(count=count, seed=seed, types=types)
    assert drawn(cards, request) == drawn_plainly(cards, request)


def test_the_choice_of_a_seed_is_the_same_for_ever() -> None:
    questions = drawn(CARDS, Request(seed="7", count=6))
    assert [(question.card.note, question.way) for question in questions] == [
        ("n6", 0),
        ("n18", 1),
        ("n20", 1),
        ("n8", 0),
        ("n23", 0),
        ("n27", 1),
    ]


def test_of_many_cards_few_more_are_looked_for_than_are_drawn() -> None:
    known = {card.id: card for card in CARDS}
    asked: list[str] = []

    def find(wanted: str) -> Card | None:
        asked.append(wanted)
        return known[wanted] if len(asked) > 2 else None

    questions = draw([(card, card) for card in known], Request(seed="7", count=5), find=find)
    assert [question.id for question in questions] == asked[2:]
    assert len(asked) == 7


def test_the_same_seed_draws_the_same_test_whatever_the_order_of_the_cards() -> None:
    request = Request(seed="7", count=10)
    assert drawn(CARDS, request) == drawn(CARDS[::-1], request)
    assert drawn(CARDS, request) != drawn(CARDS, replace(request, seed="8"))


def test_a_test_mixes_the_forms_in_which_a_fact_can_be_asked() -> None:
    forms = {type(question.form) for question in drawn(CARDS, Request(seed="7"))}
    assert forms == {TypeIn, Choose}


@given(st.integers(1, 40), st.text(max_size=5))
def test_a_test_has_as_many_questions_as_asked_for_or_there_are(count: int, seed: str) -> None:
    questions = drawn(CARDS, Request(count=count, seed=seed))
    assert len({question.id for question in questions}) == len(questions) == min(count, len(CARDS))


def test_siblings_come_only_when_nothing_else_is_left() -> None:
    siblings = [card("same", key=str(key)) for key in range(5)]
    questions = drawn([*siblings, card("other")], Request(seed="3", count=2))
    assert {question.card.note for question in questions} == {"same", "other"}
    assert len(drawn([*siblings, card("other")], Request(count=20))) == 6


def test_what_is_only_revealed_is_asked_where_its_type_is_named() -> None:
    cards = [card("typed"), card("basic", kind="basic")]
    assert [question.card.type for question in drawn(cards, Request())] == ["typed"]
    assert [question.card.type for question in drawn(cards, Request(types=("basic",)))] == ["basic"]


def test_a_form_that_the_deck_has_no_more_gives_way_to_the_cards_own() -> None:
    assert Question(card=CARDS[0], way=1).form is CHOICE
    assert Question(card=replace(CARDS[0], also=()), way=1).form is TYPED


def test_results_compare_by_what_was_asked_for_not_by_how_many_or_which_seed() -> None:
    one = Request(decks=("a", "b"), types=("typed",), count=5, seed="1")
    assert one.kind == Request(decks=("b", "a"), types=("typed",), count=9, minutes=3).kind
    assert one.kind != replace(one, types=()).kind
    assert one.kind != replace(one, cards=("c",)).kind, "a test of what was missed is another test"


def test_a_request_selects_cards_as_studying_does() -> None:
    request = Request(decks=("a",), cards=("c",), tags=("t",), sources=("s",))
    chosen = request.selection
    assert (chosen.decks, chosen.cards, chosen.tags, chosen.sources) == (("a",), ("c",), ("t",), ("s",))


# Under way


def test_an_answer_may_be_changed_until_the_end() -> None:
    quiz = quiz_of(*CARDS[:3]).answered("Minsk", milliseconds=10, used=10)
    quiz = quiz.answered("Yerevan", milliseconds=30, used=40)
    assert (quiz.response, quiz.used) == ("Yerevan", 40)
    assert quiz.answers[CARDS[0].id] == Answer(response="Yerevan", milliseconds=30)
    assert not quiz.is_locked(CARDS[0].id)


def test_with_feedback_at_once_an_answer_stays() -> None:
    quiz = quiz_of(*CARDS[:2], request=Request(feedback="once")).answered("x", milliseconds=1, used=1)
    assert quiz.is_locked(CARDS[0].id) and not quiz.is_locked(CARDS[1].id)


def test_moving_ends_at_the_ends() -> None:
    quiz = quiz_of(*CARDS[:3])
    assert [quiz.moved(to).at for to in (-1, 0, 2, 3)] == [0, 0, 2, 2]


def test_the_next_open_question_comes_round_from_the_start() -> None:
    quiz = quiz_of(*CARDS[:3]).moved(1).answered("x", milliseconds=1, used=1)
    assert quiz.open == (0, 2)
    assert quiz.at_next_open().at == 2
    quiz = quiz.moved(2).answered("y", milliseconds=1, used=2)
    assert quiz.at_next_open().at == 0
    done = quiz.moved(0).answered("z", milliseconds=1, used=3)
    assert (done.open, done.at_next_open().at) == ((), 0)


def test_a_blank_answer_leaves_the_question_open() -> None:
    assert quiz_of(*CARDS[:2]).answered("  ", milliseconds=1, used=1).open == (0, 1)


def test_with_feedback_at_once_not_knowing_is_an_answer() -> None:
    quiz = quiz_of(*CARDS[:2], request=Request(feedback="once")).answered("", milliseconds=1, used=1)
    assert quiz.open == (1,)


def test_a_flag_is_set_and_taken_away() -> None:
    quiz = quiz_of(*CARDS[:2]).with_flag(flagged=True)
    assert quiz.flagged == {CARDS[0].id}
    assert quiz.with_flag(flagged=False).flagged == frozenset()


def test_the_options_of_a_question_are_drawn_by_the_seed_and_the_card() -> None:
    quiz = quiz_of(*CARDS[:2], request=Request(seed="7"))
    first, second = quiz.questions
    assert quiz.seed_of(first) != quiz.seed_of(second)
    assert quiz.seed_of(first) != quiz_of(*CARDS[:2], request=Request(seed="8")).seed_of(first)


def test_a_limit_is_in_minutes() -> None:
    assert (quiz_of(request=Request(minutes=3)).limit, quiz_of().limit) == (180_000, 0)


# Results


def result_of(*scores: float | None, decks: tuple[str, ...] = ("deck",)) -> Result:
    questions = [
        Question(card=card(f"n{index}", deck=decks[index % len(decks)])) for index in range(len(scores))
    ]
    answer = Answer(response="said", milliseconds=5)
    return Result(
        quiz=b"quiz",
        request=Request(),
        marked=tuple(
            marked(question, answer, verdict(score))
            for question, score in zip(questions, scores, strict=True)
        ),
        used=99,
    )


def test_a_result_counts_points_with_partial_credit() -> None:
    result = result_of(1.0, 0.5, 0.0, None)
    assert (result.total.points, result.total.count, result.total.percent) == (1.5, 4, 38)
    assert [each.question.card.note for each in result.missed] == ["n1", "n2", "n3"]


def test_a_result_of_nothing_is_nothing() -> None:
    assert (result_of().total.percent, result_of().missed) == (0, ())


def test_points_are_told_apart_by_any_label_and_a_card_may_have_several() -> None:
    result = result_of(1.0, 0.0, 0.5, decks=("a", "b"))
    assert [(part.label, part.points, part.count) for part in result.by(lambda each: [each.deck])] == [
        ("a", 1.5, 2),
        ("b", 0.0, 1),
    ]
    assert [part.count for part in result.by(lambda each: ["x", "y", "x"])] == [3, 3]


@pytest.mark.parametrize(("said", "score"), [("right", 1.0), ("partly", 0.5), ("wrong", 0.0), ("", 0.0)])
def test_a_revealed_answer_is_judged_by_the_learner(said: str, score: float) -> None:
    assert self_judged(said, RatingRules()).score == score


# What is recorded


def test_a_test_leaves_the_schedule_alone_unless_it_is_to_count() -> None:
    (only,) = result_of(1.0).marked
    scheduler, moment = Scheduler(), make_moment()
    left = outcome_of(only, credit=False, state=None, scheduler=scheduler, moment=moment)
    assert (left.review.mode, left.review.score, left.before, left.after) == ("quiz", 1.0, None, None)
    counted = outcome_of(only, credit=True, state=None, scheduler=scheduler, moment=moment)
    assert counted.review.mode == "study"
    assert counted.after == scheduler.after(None, Rating.GOOD, card=only.question.id, moment=moment)


def test_a_question_without_an_answer_never_counts_for_the_schedule() -> None:
    (only,) = result_of(0.0).marked
    skipped = replace(only, answer=Answer(response=" ", milliseconds=0))
    outcome = outcome_of(skipped, credit=True, state=None, scheduler=Scheduler(), moment=make_moment())
    assert (outcome.review.mode, outcome.after) == ("quiz", None)
