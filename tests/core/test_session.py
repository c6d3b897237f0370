from __future__ import annotations

from dataclasses import replace

import pytest
from factories import PLAIN, RIGHT, TODAY, UNKNOWN, WRONG, make_card, make_moment, make_review, make_session
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.day import Moment
from trainer.core.grading import Verdict
from trainer.core.review import Rating
from trainer.core.scheduling import MemoryState, Scheduler, SchedulingSettings
from trainer.core.session import LEARN_AHEAD, Answered, Outcome, Selection, Session, tally


def judged(session: Session, rating: Rating, *, minutes: int = 0, verdict: Verdict = UNKNOWN) -> Outcome:
    return session.judge(
        rating, verdict=verdict, response="said", milliseconds=1500, moment=make_moment(minutes=minutes)
    )


def answer(session: Session, rating: Rating, *, minutes: int = 0) -> Session:
    return session.advance(judged(session, rating, minutes=minutes), entry=b"entry")


def remaining(session: Session) -> set[str]:
    front = set() if session.front is None else {session.front}
    return {*session.waiting, *(card for _, card in session.learning), *front}


steps = st.lists(
    st.tuples(st.sampled_from((*Rating, "aside", "flag", "unflag")), st.integers(0, 30)), max_size=25
)


@given(steps, st.integers(1, 5), st.booleans())
def test_every_card_is_either_finished_or_still_to_come(
    script: list[tuple[Rating | str, int]], count: int, cram: bool
) -> None:
    session, minutes = make_session(count, cram=cram), 0
    aside: set[str] = set()
    done: set[str] = set()
    chain = [session]
    for action, later in script:
        minutes += later
        if session.front is None:
            if session.next_learning is None:
                break
            assert session.next_learning > make_moment(minutes=minutes - later).at + LEARN_AHEAD
            session = session.with_next(session.next_learning)
            chain[-1] = session
            continue
        front = session.front
        if isinstance(action, Rating):
            outcome = judged(session, action, minutes=minutes)
            session = session.advance(outcome)
            comes_back = not outcome.review.passed if cram else bool(outcome.after and outcome.after.due_at)
            (done.discard if comes_back else done.add)(front)
            assert (front in remaining(session)) == comes_back
        elif action == "aside":
            if any(entry.card.id == front for entry in session.answered):
                done.add(front)
            else:
                aside.add(front)
            session = session.without_front(now=make_moment(minutes=minutes).at)
        else:
            session = session.with_flag(flagged=action == "flag")
            assert session.front == front
            assert (front in session.flagged) == (action == "flag")
        assert session.total == count - len(aside)
        assert session.finished == len(done)
        answered = {entry.card.id for entry in session.answered}
        assert session.asked == len((answered | {session.front}) - {None})
        assert remaining(session) | done == session.cards.keys() - aside
        chain.append(session)
    while session.previous is not None:
        chain.pop()
        session = session.previous
        assert session == chain[-1]
    assert len(chain) == 1


@given(st.integers(0, 6), st.lists(st.sampled_from(Rating), max_size=10), st.booleans())
def test_every_card_finishes_once_all_is_easy(count: int, ratings: list[Rating], cram: bool) -> None:
    session = make_session(count, cram=cram)
    for rating in ratings:
        if session.front is not None:
            session = answer(session, rating)
    for _ in range(count):
        if session.front is not None:
            session = answer(session, Rating.EASY, minutes=1)
    assert session.front is None
    assert session.card is None
    assert session.finished == session.total == count
    assert {entry.card.id for entry in session.answered} == session.cards.keys()


@given(st.sampled_from(Rating), st.booleans())
def test_judging_changes_nothing(rating: Rating, cram: bool) -> None:
    session = make_session(cram=cram)
    before = replace(session, memory=dict(session.memory), cards=dict(session.cards))
    outcome = judged(session, rating)
    assert session == before
    assert outcome == judged(session, rating)


@given(st.lists(st.sampled_from(Rating), min_size=1, max_size=8))
def test_what_is_recorded_is_what_the_preview_promised(ratings: list[Rating]) -> None:
    session = make_session(2)
    for minutes, rating in enumerate(ratings):
        if session.front is None:
            break
        card, moment = session.front, make_moment(minutes=minutes)
        promised, known = session.preview(moment)[rating], session.state
        outcome = judged(session, rating, minutes=minutes)
        assert (outcome.before, outcome.after) == (known, promised)
        session = session.advance(outcome)
        assert session.memory[card] == promised


def test_a_review_says_what_was_answered() -> None:
    session = make_session()
    outcome = judged(session, Rating.HARD, minutes=3)
    assert outcome.review == make_review(
        "deck/n0/card",
        Rating.HARD,
        moment=make_moment(minutes=3),
        response="said",
        milliseconds=1500,
        answer="Somebody.",
    )
    slower_clock = session.judge(
        Rating.GOOD, verdict=WRONG, response="", milliseconds=-5, moment=make_moment()
    )
    assert slower_clock.review.milliseconds == 0
    assert slower_clock.review.score == 1.0


def test_the_entry_in_the_log_is_remembered() -> None:
    session = make_session()
    assert session.entry is None
    assert answer(session, Rating.GOOD).entry == b"entry"
    assert session.without_front(now=0, entry=b"aside").entry == b"aside"
    assert session.with_flag(flagged=True, entry=b"flag").entry == b"flag"


def test_a_card_in_learning_comes_back_when_its_time_has_come() -> None:
    session = answer(make_session(3), Rating.AGAIN)
    assert (session.front, session.next_learning) == ("deck/n1/card", make_moment(minutes=1).at)
    too_soon = answer(session, Rating.EASY)
    assert too_soon.front == "deck/n2/card"
    in_time = answer(session, Rating.EASY, minutes=1)
    assert in_time.front == "deck/n0/card"
    assert in_time.waiting == ("deck/n2/card",)
    assert in_time.next_learning is None


def test_cards_in_learning_come_soonest_first() -> None:
    session = answer(answer(make_session(2), Rating.GOOD), Rating.AGAIN)
    assert session.front == "deck/n1/card"
    assert session.learning == ((make_moment(minutes=10).at, "deck/n0/card"),)


def test_a_card_in_learning_comes_at_most_twenty_minutes_early() -> None:
    base = make_session(1)
    later = make_moment().at + LEARN_AHEAD
    waiting = replace(base, front=None, learning=((later + 1, "deck/n0/card"),))
    assert waiting.with_next(make_moment().at).front is None
    assert waiting.with_next(make_moment().at).finished == 0
    assert waiting.with_next(make_moment().at + 1).front == "deck/n0/card"


def test_a_step_that_ends_on_a_later_study_day_does_not_keep_the_sitting_waiting() -> None:
    session = replace(make_session(1), scheduler=Scheduler(SchedulingSettings(learning_steps=(86_400,))))
    after = answer(session, Rating.AGAIN)
    assert (after.front, after.next_learning, after.finished) == (None, None, 1)


def test_judging_without_a_card_in_front_is_refused() -> None:
    empty = make_session(0)
    with pytest.raises(ValueError, match="no card"):
        judged(empty, Rating.GOOD)
    assert empty.preview(make_moment()) == {}
    assert empty.state is None
    assert empty.with_flag(flagged=True).flagged == frozenset()


def state_of(moment: Moment) -> MemoryState:
    return PLAIN.after(None, Rating.EASY, card="deck/n0/card", moment=moment)


def test_cramming_leaves_memory_alone() -> None:
    known = state_of(make_moment())
    session = make_session(2, cram=True).with_memory({"deck/n0/card": known})
    assert session.state == known
    assert session.preview(make_moment()) == {}
    outcome = judged(session, Rating.AGAIN)
    assert (outcome.before, outcome.after, outcome.review.mode) == (known, known, "cram")
    assert session.advance(outcome).memory == {"deck/n0/card": known}


def test_an_outcome_without_a_memory_state_leaves_memory_alone() -> None:
    session = make_session(1)
    review = judged(session, Rating.AGAIN).review
    over = session.advance(Outcome(review=review, before=None, after=None))
    assert (over.memory, over.front, over.finished) == ({}, None, 1)


def test_a_missed_card_comes_again_at_the_end_of_cramming() -> None:
    session = answer(make_session(3, cram=True), Rating.AGAIN)
    assert (session.front, session.waiting) == ("deck/n1/card", ("deck/n2/card", "deck/n0/card"))
    assert session.finished == 0


def test_memory_read_anew_is_what_the_next_answer_counts_on() -> None:
    known = state_of(make_moment())
    session = make_session(1).with_memory({"deck/n0/card": known})
    assert judged(session, Rating.GOOD).before == known


def test_a_card_brought_to_the_front_sends_the_other_one_next() -> None:
    session = make_session(3)
    extra, known = make_card("extra"), state_of(make_moment())
    found = session.with_front(extra, known)
    assert (found.front, found.state, found.card) == ("deck/extra/card", known, extra)
    assert found.waiting == ("deck/n0/card", "deck/n1/card", "deck/n2/card")
    assert (found.total, found.finished) == (4, 0)


def test_a_card_that_waited_is_not_asked_twice_when_it_is_brought_to_the_front() -> None:
    session = make_session(3)
    found = session.with_front(session.cards["deck/n2/card"], None)
    assert (found.front, found.waiting, found.total) == (
        "deck/n2/card",
        ("deck/n0/card", "deck/n1/card"),
        3,
    )
    same = session.with_front(session.cards["deck/n0/card"], None)
    assert (same.front, same.waiting) == (session.front, session.waiting)


def test_a_card_in_learning_leaves_its_step_when_it_is_brought_to_the_front() -> None:
    session = answer(make_session(2), Rating.AGAIN)
    found = session.with_front(session.cards["deck/n0/card"], None)
    assert (found.front, found.learning, found.waiting) == ("deck/n0/card", (), ("deck/n1/card",))
    assert found.state is None


def test_a_finished_card_is_to_be_done_again_when_it_is_brought_to_the_front() -> None:
    over = answer(make_session(1), Rating.EASY)
    found = over.with_front(over.cards["deck/n0/card"], over.memory["deck/n0/card"])
    assert (over.finished, found.finished, found.total) == (1, 0, 1)


def test_a_selection_tells_what_its_cards_must_have() -> None:
    assert (Selection(cram=True).filters, Selection(decks=("a",)).in_words) == ({}, "")
    chosen = Selection(tags=("war", "peace"), sources=("report#2",), names=("Nikol Pashinyan",))
    assert chosen.in_words == "tagged war or peace, from report#2, about Nikol Pashinyan"
    assert list(chosen.filters) == ["tag", "source", "name"]


def test_a_card_that_is_asked_later_comes_after_all_that_waits() -> None:
    session = make_session(3)
    later = session.with_front_later(now=make_moment().at, entry=b"entry")
    assert (later.front, later.waiting) == ("deck/n1/card", ("deck/n2/card", "deck/n0/card"))
    assert (later.total, later.finished, later.answered) == (3, 0, ())
    assert (later.entry, later.previous) == (b"entry", session)


def test_a_card_that_is_asked_later_comes_after_one_in_learning() -> None:
    session = answer(make_session(2), Rating.AGAIN)
    later = session.with_front_later(now=make_moment().at)
    assert (session.front, later.front, later.waiting) == ("deck/n1/card", "deck/n0/card", ("deck/n1/card",))


def test_the_only_card_left_is_not_asked_later() -> None:
    session = make_session(1)
    later = session.with_front_later(now=make_moment().at)
    assert (later.front, later.waiting, later.previous) == (session.front, (), session)


def entry(note: str, score: float, rating: Rating, response: str = "") -> Answered:
    card = make_card(note)
    review = make_review(card.id, rating, score=score, response=response, milliseconds=2000)
    return Answered(card=card, review=review)


def test_the_tally_counts_runs_scores_and_what_was_missed() -> None:
    answered = (
        entry("a", 1.0, Rating.GOOD),
        entry("b", 1.0, Rating.HARD),
        entry("c", 0.0, Rating.AGAIN, "first"),
        entry("a", 1.0, Rating.EASY),
        entry("d", 0.5, Rating.GOOD),
        entry("c", 0.0, Rating.AGAIN, "second"),
        entry("c", 1.0, Rating.GOOD),
    )
    found = tally(answered)
    assert (found.reviews, found.cards, found.score, found.milliseconds) == (7, 4, 4.5, 14_000)
    assert found.best_run == 2
    assert found.percent == 64
    assert found.missed == (answered[2],)


def test_an_empty_sitting_has_a_tally_too() -> None:
    found = tally(())
    assert (found.reviews, found.best_run, found.percent, found.missed) == (0, 0, 0, ())


@pytest.mark.parametrize(
    ("verdict", "rating", "score"),
    [(RIGHT, Rating.AGAIN, 0.0), (RIGHT, Rating.HARD, 1.0), (WRONG, Rating.GOOD, 1.0)],
)
def test_the_score_that_is_kept_is_never_at_odds_with_the_rating(
    verdict: Verdict, rating: Rating, score: float
) -> None:
    assert judged(make_session(), rating, verdict=verdict).review.score == score
    assert make_moment().day == TODAY
