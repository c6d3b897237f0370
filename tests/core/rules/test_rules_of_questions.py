"""Rules on how a note asks."""

from __future__ import annotations

import pytest
from crafted import found, note, places, seen

from trainer.core.question import Note
from trainer.core.questions.accounts import Says

# answer-in-question


@pytest.mark.parametrize(
    "of",
    [
        note(question="Why did Armenia leave the alliance?", answer="Armenia"),
        note("typed", question="Which country recalled Armenia's envoy?", answer="Armenia"),
        note("typed", question="Where did Lukashenka rule?", answer="Alexander Lukashenko"),
        note("number", question="How many of the 30 states signed?", answer="30"),
        note("number", question="How many, if 8 km is the distance?", answer="8", unit="km"),
        note("date", question="What happened on 13 June 2024?", answer="2024-06-13"),
        note("list", question="Who besides Armenia signed?", answers=("Armenia", "Belarus")),
        note("choice", question="Who leads Belarus?", answer="Belarus", distractors=("Russia",)),
    ],
)
def test_a_question_with_its_answer_in_it_is_found(of: Note) -> None:
    assert places("answer-in-question", of) == [("question",)]


@pytest.mark.parametrize(
    "of",
    [
        note("date", question="In which year did Armenia leave?", answer="2024"),
        note("typed", question="Was it before or after the recall?", answer="after"),
        note("typed", question="Was it after or before the recall?", answer="after"),
        note("typed", question="Who are the Armenians?", answer="Armenia"),
        note("number", question="How many came on 13 June?", answer="13"),
        note("number", question="How many came on June 13?", answer="13"),
        note("number", question="How many of 2 came?", answer="2"),
        note("number", question="How many of the 8 went?", answer="8", unit="km"),
        note("true-false", statement="True is what it says.", answer=True),
        note("choice", question="Is it Armenia, Belarus?", answer="Armenia", distractors=("Belarus",)),
        note("order", question="Put first and then second.", items=("first", "second")),
        note("match", question="Which is Ann, and which Bob?", pairs={"Ann": "x", "Bob": "y"}),
        note(
            "accounts",
            question="was it Ann?",
            accounts=(Says(source="s", says="no", by="Ann"), Says(source="t", says="oh", by="Bob")),
        ),
    ],
)
def test_answers_that_a_question_may_mention_are_not_found(of: Note) -> None:
    assert places("answer-in-question", of) == []


def test_which_card_tells_its_answer_is_said() -> None:
    of = note("reversed", front="the capital", back="Riga, the capital")
    (finding,) = found("answer-in-question", of)
    assert "for backward" in finding.message and finding.where == ("back",)


# yes-no-question


@pytest.mark.parametrize(
    ("of", "where"),
    [
        (note(question="Did Armenia leave?", answer="In 2024."), ("question",)),
        (note(question="It was late. Wasn’t it?", answer="Yes."), ("question",)),
        (note(question="Was Napoleon French?", answer="In a way."), ("question",)),
        (note(question="Was water scarce in the city?", answer="In a way."), ("question",)),
        (note(question="What of Armenia?", answer="No, it left."), ("answer",)),
    ],
)
def test_a_question_for_yes_or_no_is_found(of: Note, where: tuple[str, ...]) -> None:
    assert places("yes-no-question", of) == [where]


@pytest.mark.parametrize(
    "of",
    [
        note(question="Was it Armenia or Belarus?", answer="Armenia"),
        note(question="Can you name the capital?", answer="Yerevan."),
        note(question="What did it promise?", answer="No more weapons."),
        note("true-false", statement="Is it?", answer=True),
        note("choice", question="Which?", answer=("yes", "no"), distractors=("so",)),
        note("number", question="How many more?", answer="no more than 15"),
        note("list", question="Did they?", answers=("a", "b")),
        note("typed", question="Was bedeutet Hund?", answer="dog"),
    ],
)
def test_questions_for_more_than_yes_or_no_are_not_found(of: Note) -> None:
    assert places("yes-no-question", of) == []


# several-facts


@pytest.mark.parametrize(
    ("of", "where"),
    [
        (note(question="Who left, and when?", answer="Ann."), ("question",)),
        (note(question="When and where was it?", answer="Riga."), ("question",)),
        (note(question="Who left? Who stayed?", answer="Ann."), ("question",)),
        (note(question="What came of it?", answer="Armenia left. Belarus stayed on."), ("answer",)),
    ],
)
def test_two_questions_or_several_sentences_are_found(of: Note, where: tuple[str, ...]) -> None:
    assert places("several-facts", of) == [where]


@pytest.mark.parametrize(
    "of",
    [
        note(question="Which paper told how many would come, and when?", answer="Politico."),
        note(question="Whom did he ask “Who? Why?”", answer="Mr. Smith of St. Paul."),
        note(question="Armenia left. Where did it go?", answer="To J. R. Smith."),
        note("cloze", text="Who? {{Ann}}. Why?"),
        note("event", what="A rise", why=("One came. Two left.", "b"), skip="what"),
    ],
)
def test_one_question_with_one_answer_is_not_found(of: Note) -> None:
    assert places("several-facts", of) == []


# enumeration


@pytest.mark.parametrize(
    "of",
    [
        note(question="Who belongs to it?", answer="Armenia, Belarus and Russia."),
        note(question="Which two belong to it?", answer="Armenia and Belarus"),
        note("reversed", front="The members", back="- Armenia\n- Belarus\n- Russia"),
    ],
)
def test_a_list_as_one_answer_is_found(of: Note) -> None:
    assert len(places("enumeration", of)) == 1


@pytest.mark.parametrize(
    "of",
    [
        note(question="Who belongs to it?", answer="Armenia and Belarus"),
        note(question="Where?", answer="Minsk, Belarus, 2024"),
        note(question="Where?", answer="The court, in Minsk, Belarus"),
        note(question="Why?", answer="Because it was late, cold and dark."),
        note(
            question="What was it?", answer="A long and bitter war between two neighbours, peace, and trade."
        ),
        note("typed", question="Which two?", answer="Armenia and Belarus"),
    ],
)
def test_clauses_pairs_and_typed_answers_are_no_enumerations(of: Note) -> None:
    assert places("enumeration", of) == []


# long-answer


@pytest.mark.parametrize(
    "of",
    [
        note(answer="word " * 31),
        note("typed", answer="word " * 9),
        note("list", question="Who?", answers=("a", "word " * 9)),
    ],
)
def test_a_long_answer_is_found(of: Note) -> None:
    assert len(places("long-answer", of)) == 1


@pytest.mark.parametrize(
    "of",
    [
        note(answer="word " * 30),
        note("typed", answer=("short", "word " * 9)),
        note("event", what="A rise", why=("word " * 20, "word " * 20), skip="what"),
        note("number", question="How many?", answer="8"),
    ],
)
def test_an_answer_that_can_be_said_or_typed_is_not_found(of: Note) -> None:
    assert places("long-answer", of) == []


# vague-time


@pytest.mark.parametrize(
    ("of", "where"),
    [
        (note(question="Who recently left?"), ("question",)),
        (note(answer="A trade that is now free."), ("answer",)),
        (note("cloze", text="Three years ago {{Ann}} left."), ("text",)),
        (note("choice", question="Who?", answer="last week", distractors=("then",)), ("answer",)),
        (note("true-false", statement="It left last year.", answer=True), ("statement",)),
    ],
)
def test_words_of_time_without_a_date_are_found(of: Note, where: tuple[str, ...]) -> None:
    assert places("vague-time", of) == [where]


@pytest.mark.parametrize(
    "of",
    [
        note(question="Who recently left?", as_of="2024-06"),
        note("event", what="Ann is now queen", when="2024", skip="what"),
        note(question="Who had, in June 2024, recently left?"),
        note(question="Who said “it is now or never”?"),
        note(question="Who had by now left?"),
        note(question="What is a now-famous know-how?"),
        note(question="Who left the year before?", explanation="He is back now."),
        note("reversed", front="heute", back="today"),
        note("typed", question="What is German for ‘jetzt’?", answer="now"),
    ],
)
def test_words_of_time_with_a_date_are_not_found(of: Note) -> None:
    assert places("vague-time", of) == []


# unattributed-claim


@pytest.mark.parametrize(
    "of",
    [
        note(question="What did Belarus allegedly sell?"),
        note(question="What is Armenia believed to want?"),
        note("true-false", statement="It is said that Ann left.", answer=True),
    ],
)
def test_a_claim_of_nobody_is_found(of: Note) -> None:
    assert len(places("unattributed-claim", of)) == 1


@pytest.mark.parametrize(
    "of",
    [
        note(question="What did Belarus allegedly sell, according to Politico?"),
        note(question="What, in Ann's account, did Belarus reportedly sell?"),
        note(question="What did Belarus allegedly sell?", quote="Tanks", speaker="Ann"),
        note(question="What did Belarus sell?"),
    ],
)
def test_a_claim_of_somebody_is_not_found(of: Note) -> None:
    assert places("unattributed-claim", of) == []


# trivial-hole


def test_a_hole_that_hides_small_words_is_found() -> None:
    assert places(
        "trivial-hole", note("cloze", text="A note {{1::of}} protest to {{1::the}} {{2::state}}")
    ) == [("text",)]


def test_a_hole_that_hides_a_fact_is_not_found() -> None:
    assert places("trivial-hole", note("cloze", text="A note of {{the protest}} {{2::of}} {{2::Ann}}")) == []
    assert places("trivial-hole", note("typed", answer="the")) == []


def test_findings_of_one_note_do_not_depend_on_its_deck() -> None:
    of = note(question="Who recently left?")
    assert found("vague-time", seen(of, deck="a")) == found("vague-time", seen(of, deck="b"))
