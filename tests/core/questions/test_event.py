from __future__ import annotations

import pytest
from factories import make_name
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.names import Names
from trainer.core.normalise import normalise
from trainer.core.prompt import Arrange, Choose, Date, Items, Reveal, Text, TypeIn
from trainer.core.question import Draft, Happening
from trainer.core.questions.event import Event

NAMES = Names(
    [
        make_name("Armenia", kind="country"),
        make_name("Belarus", "Byelarus", kind="country"),
        make_name("Russia", kind="country"),
        make_name("Kazakhstan", kind="country"),
        make_name("Minsk", kind="city"),
        make_name("Yerevan", kind="city"),
        make_name("Baku", kind="city"),
        make_name("Nikol Pashinyan", "Pashinyan", kind="person"),
        make_name("Alexander Lukashenko", "Lukashenko", kind="person"),
        make_name("Ilham Aliyev", kind="person"),
        make_name("Anatoly Glaz", kind="blogger"),
    ]
)
RECALL = Event(
    what="Armenia recalls its ambassador from Belarus",
    who="Armenia",
    did="recalled",
    whom="its ambassador in Minsk",
    when="2024-06-13",
    why="Belarus had been arming Azerbaijan",
    source="recall#2",
)
REPLY = Event(
    who="Belarus", did="recalled", whom="its ambassador in Yerevan", answers="recall", source="recall#5"
)


def drafts(note: Event) -> dict[str, Draft]:
    assert [fault for fault in note.faults(NAMES) if fault.severity == "error"] == []
    return {draft.key: draft for draft in note.drafts(NAMES)}


def questions(note: Event) -> dict[str, str]:
    return {key: draft.prompt.question for key, draft in drafts(note).items()}


def across(**notes: Event) -> dict[tuple[str, str], Draft]:
    assert [fault for _, fault in Event.faults_across(notes) if fault.severity == "error"] == []
    return {(name, draft.key): draft for name, draft in Event.drafts_across(notes, NAMES)}


def messages(note: Event) -> list[str]:
    return [fault.message for fault in note.faults(NAMES) if fault.severity == "error"]


# The questions


def test_each_role_that_is_given_is_asked_with_the_others_around_it() -> None:
    assert questions(RECALL) == {
        "what": "What did Armenia do on 13 June 2024?",
        "who": "Which country recalled its ambassador in Minsk on 13 June 2024?",
        "whom": "Whom did Armenia recall on 13 June 2024?",
        "when": "On which day did Armenia recall its ambassador in Minsk?",
        "why": "Why did Armenia recall its ambassador in Minsk?",
    }
    assert [draft.aspect for draft in drafts(RECALL).values()] == ["what", "who", "whom", "when", "why"]


@pytest.mark.parametrize(
    ("note", "role", "question"),
    [
        (
            Event(who="Nikol Pashinyan", did="met", whom="Ilham Aliyev", where="Yerevan"),
            "who",
            "Who met Ilham Aliyev in Yerevan?",
        ),
        (
            Event(who="Nikol Pashinyan", did="met", whom="Ilham Aliyev", where="Yerevan"),
            "whom",
            "Whom did Nikol Pashinyan meet in Yerevan?",
        ),
        (
            Event(who="Nikol Pashinyan", did="met", whom="Ilham Aliyev", where="Yerevan"),
            "where",
            "In which city did Nikol Pashinyan meet Ilham Aliyev?",
        ),
        (
            Event(who="the bloc", did="met", where="at a lake", when="2018-11"),
            "where",
            "Where did the bloc meet in November 2018?",
        ),
        (
            Event(who="the bloc", did="met", where="at a lake", when="2018-11"),
            "when",
            "In which month did the bloc meet at a lake?",
        ),
        (
            Event(who="the bloc", did="met", where="at a lake", when="2018-11"),
            "what",
            "What did the bloc do at a lake in November 2018?",
        ),
        (
            Event(who=("Armenia", "Russia"), did="signed", whom="the treaty", when="1992"),
            "who",
            "Which countries signed the treaty in 1992?",
        ),
        (
            Event(who=("Armenia", "Russia"), did="signed", whom="the treaty", when="1992"),
            "whom",
            "What did Armenia and Russia sign in 1992?",
        ),
        (
            Event(who=("Armenia", "Russia"), did="signed", whom="the treaty", when="1992"),
            "when",
            "In which year did Armenia and Russia sign the treaty?",
        ),
        (Event(who=("Nikol Pashinyan", "Armenia"), did="left", when="1992"), "who", "Who left in 1992?"),
        (Event(who="Glaz", did="was charged", when="2018"), "when", "In which year was Glaz charged?"),
        (
            Event(who="Russia", did="gave", whom=("Armenia", "Belarus"), when="2018"),
            "whom",
            "Which countries did Russia give in 2018?",
        ),
        (
            Event(who="Russia", did="invited", whom=("Nikol Pashinyan", "Armenia"), when="2018"),
            "whom",
            "What did Russia invite in 2018?",
        ),
        (Event(what="A war ends", when="2020", where="Minsk"), "what", "What happened in Minsk in 2020?"),
        (
            Event(what="A war ends", when="2020", where="Minsk"),
            "when",
            "In which year was this: “A war ends”?",
        ),
        (
            Event(what="A war ends", where="Minsk", why="peace"),
            "where",
            "In which city was this: “A war ends”?",
        ),
        (Event(what="A war ends", why="peace"), "why", "Why did it come to this: “A war ends”?"),
        (Event(what="A war ends", who="Russia"), "who", "Which country was it: “A war ends”?"),
        (
            Event(who="Russia", did="qwert", whom="Armenia", when="2018"),
            "whom",
            "Russia qwert which country in 2018?",
        ),
        (
            Event(who="Russia", did="left", when="2018", according_to="Minsk"),
            "when",
            "In which year did Russia leave, according to Minsk?",
        ),
        (
            Event(who="Russia", did="left", when="2018", according_to="Russia"),
            "who",
            "Which country left in 2018?",
        ),
    ],
)
def test_the_question_follows_the_role_and_its_answer(note: Event, role: str, question: str) -> None:
    assert questions(note)[role] == question


def test_what_was_done_is_asked_only_where_a_place_or_date_says_which_deed() -> None:
    assert "what" not in questions(Event(who="Armenia", did="left", whom="the bloc"))
    assert "what" not in questions(Event(what="The war ends", why="peace"))


def test_the_place_is_left_out_where_it_tells_the_answer() -> None:
    note = Event(who="Russia", did="won", whom="the cup", where="the Russian capital", when="2018")
    assert questions(note)["who"] == "Which country won the cup in 2018?"
    person = Event(who="Nikol Pashinyan", did="met", whom="him", where="Pashinyan's village", when="2018")
    assert questions(person)["who"] == "Who met him in 2018?"


def test_own_wording_takes_the_place_of_the_made_one_and_keys_stay() -> None:
    note = Event(who="Armenia", did="left", when="2024", ask={"when": "When was it?"}, skip="who")
    assert questions(note) == {"what": "What did Armenia do in 2024?", "when": "When was it?"}
    assert questions(Event(who="Armenia", did="went away", when="2024")).keys() == {"what", "who", "when"}


# The forms


def test_a_name_is_typed_or_chosen_among_names_of_its_kind() -> None:
    draft = drafts(RECALL)["who"]
    assert draft.prompt.form == TypeIn(expected=Text(answers=("Armenia",), name=True))
    (choice,) = draft.also
    assert isinstance(choice, Choose)
    assert choice.answers == ("Armenia",)
    assert {*choice.distractors} == {"Russia", "Kazakhstan"}, "the event names Belarus"


def test_several_names_are_a_list_with_credit_for_each() -> None:
    note = Event(who=("Armenia", "Belarus"), did="left", when="2024")
    form = drafts(note)["who"].prompt.form
    expected = Items(
        items=(
            Text(answers=("Armenia",), name=True),
            Text(answers=("Belarus",), aliases=("Byelarus",), name=True),
        )
    )
    assert form == TypeIn(expected=expected)


def test_what_is_no_name_is_revealed() -> None:
    assert drafts(RECALL)["whom"].prompt.form == Reveal(answer="its ambassador in Minsk")
    both = Event(who=("Armenia", "the opposition"), did="left", when="2024")
    assert drafts(both)["who"].prompt.form == Reveal(answer="Armenia; the opposition")
    assert drafts(RECALL)["what"].prompt.form == Reveal(answer="Armenia recalls its ambassador from Belarus")


def test_a_date_is_typed_as_exactly_as_it_is_known_or_chosen() -> None:
    draft = drafts(RECALL)["when"]
    assert draft.prompt.form == TypeIn(expected=Date(value="2024-06-13"))
    assert isinstance(draft.also[0], Choose)
    written = Event(who="Armenia", did="left", when="June 2024", ask={"when": "In which month of 2024?"})
    form = drafts(written)["when"].prompt.form
    assert form == TypeIn(expected=Date(value="2024-06", implied="2024"))


def test_several_reasons_are_points_to_tick() -> None:
    why = Event(who="Armenia", did="left", why=("no help", "no trust"))
    assert drafts(why)["why"].prompt.form == Reveal(
        answer="no help; no trust", points=("no help", "no trust")
    )
    assert drafts(RECALL)["why"].prompt.form == Reveal(answer="Belarus had been arming Azerbaijan")


# Faults


@pytest.mark.parametrize(
    ("note", "message"),
    [
        (Event(who="Armenia"), "nothing is told: give what, or who and did"),
        (Event(what="A", whom="B"), "whom without did: say what was done"),
        (Event(what="A", when="yesterday"), "'yesterday' is not a date"),
        (Event(what="A", when="2024-02-30"), "'2024-02-30' is not in the calendar"),
        (Event(what="A", why=("b", "B.")), "the part 'B.' is given twice"),
        (Event(what="A", why=("b; c", "d")), "the part 'b; c' contains ';'"),
        (Event(what="A", why=tuple("bcdefghijk")), "more than 9 parts"),
        (Event(what="A", why=("",)), "why has an empty part"),
        (Event(what="A; b"), "the line 'A; b' contains ';'"),
        (Event(what="A\nb"), "the line 'A\\nb' has more than one line"),
        (Event(what="A", ask={"reply": "How?"}), "a wording for reply, but the event answers none"),
        (Event(what="A", ask={"whither": "How?"}), "there is no role 'whither'"),
        (Event(what="A", ask={"where": "How?"}), "a wording for where, but there is no where to ask for"),
        (Event(what="A", skip="order of it"), "there is no role 'order of it'"),
        (Event(what="Armenia leaves", who="Armenia"), "any question for who would tell its answer"),
        (
            Event(who="Armenia", did="left", whom="the Armenian army"),
            "any question for who would tell its answer",
        ),
        (
            Event(who="Pashinyan", did="left", ask={"who": "Who but Pashinyan?"}),
            "the question for who tells its answer",
        ),
        (
            Event(who="Armenia", did="left", when="2024", ask={"when": "Was it 2024?"}),
            "the question for when tells its answer",
        ),
        (Event(what="The war in Minsk ends", where="Minsk"), "any question for where would tell its answer"),
    ],
)
def test_faults_say_what_is_wrong(note: Event, message: str) -> None:
    assert message in messages(note)


def test_a_role_whose_question_would_tell_is_no_fault_once_it_is_skipped_or_worded() -> None:
    assert messages(Event(what="Armenia leaves", who="Armenia", when="2024", skip="who")) == []
    assert messages(Event(what="Armenia leaves", who="Armenia", ask={"who": "Which of them left?"})) == []


def test_a_wording_for_a_skipped_role_is_a_fault() -> None:
    note = Event(who="Armenia", did="left", when="2024", skip="when", ask={"when": "When?"})
    assert messages(note) == ["a wording for when, but there is no when to ask for"]


# Across events


def test_a_reply_is_asked_with_what_it_answered_and_cites_both() -> None:
    draft = across(recall=RECALL, reply=REPLY)["reply", "reply"]
    assert draft.prompt.question == (
        "How did Belarus answer when, on 13 June 2024, Armenia recalled its ambassador in Minsk?"
    )
    assert draft.prompt.form == Reveal(answer="Belarus recalled its ambassador in Yerevan")
    assert draft.source == ("recall#5", "recall#2")


@pytest.mark.parametrize(
    ("cause", "reply", "question"),
    [
        (
            Event(what="A war begins"),
            Event(who="Russia", did="left", answers="cause"),
            "How did Russia answer this: “A war begins”?",
        ),
        (
            Event(who="Russia", did="left"),
            Event(what="A war begins", answers="cause"),
            "What came in answer when Russia left?",
        ),
        (
            RECALL,
            Event(who="Russia", did="left", answers="cause", ask={"reply": "And Russia?"}),
            "And Russia?",
        ),
    ],
)
def test_a_reply_is_worded_by_what_is_known_of_both(cause: Event, reply: Event, question: str) -> None:
    assert across(cause=cause, reply=reply)["reply", "reply"].prompt.question == question


def test_a_reply_that_would_be_told_or_is_skipped_is_not_asked() -> None:
    skipped = Event(who="Russia", did="left", answers="cause", skip="reply")
    same = Event(who="Armenia", did="recalled", whom="its ambassador in Minsk", answers="cause")
    assert across(cause=RECALL, reply=skipped) == {}
    assert across(cause=RECALL, reply=same) == {}


def test_events_that_do_not_overlap_are_put_in_order_each_once() -> None:
    notes = {f"n{year}": Event(what=f"Event {year % 100}", when=str(year)) for year in range(1990, 2020)}
    found = across(**notes)
    ordered = [draft.prompt.form for (_, key), draft in found.items() if key == "order"]
    lines = [item for form in ordered if isinstance(form, Arrange) for item in form.items]
    assert len(ordered) > 3
    assert len({*lines}) == len(lines)
    assert lines == [note.what for note in notes.values() if note.what in lines]
    firsts = [draft.prompt.form for (_, key), draft in found.items() if key == "first"]
    assert len(firsts) >= len(ordered) - 1
    for form in firsts:
        assert isinstance(form, Choose)
        assert form.answers[0][-2:] != form.distractors[0][-2:]


def test_of_two_events_it_is_asked_which_came_first() -> None:
    later = Event(what="Belarus answers", when="2024-06-14", source="b#1")
    draft = across(later=later, recall=RECALL)["recall", "first"]
    assert draft.prompt.question == "Which of the two came first?"
    assert draft.prompt.form == Choose(answers=(RECALL.what,), distractors=(later.what,), draw=1)
    assert draft.explanation == f"13 June 2024: {RECALL.what}\n14 June 2024: Belarus answers"
    assert draft.source == ("recall#2", "b#1")


@pytest.mark.parametrize(
    "other",
    [
        Event(what="Belarus answers", when="2024-06"),
        Event(what="Belarus answers"),
        Event(what="Belarus answers in 2025", when="2025"),
        Event(what="Belarus answers", when="2025", skip="order"),
        Event(what="Belarus answers", when="2025", according_to="Minsk"),
        Event(what="Armenia recalls its ambassador from Belarus!", when="2025"),
        Event(who="Belarus; the state", did="answered", when="2025"),
    ],
)
def test_what_cannot_be_compared_is_not(other: Event) -> None:
    assert across(recall=RECALL, other=other) == {}


def test_events_by_the_same_account_are_compared_by_that_account() -> None:
    one = Event(what="One", when="2024", according_to="RBC")
    other = Event(what="Other", when="2025", according_to="RBC")
    third = Event(what="Third", when="2026", according_to="RBC")
    first = across(one=one, other=other)["one", "first"]
    assert first.prompt.question == "Which of the two came first, according to RBC?"
    order = across(one=one, other=other, third=third)["one", "order"]
    assert order.prompt.question == "In which order did this happen, according to RBC, from first to last?"


@pytest.mark.parametrize(
    ("notes", "message", "severity"),
    [
        ({"a": Event(what="A", answers="c")}, "there is no event 'c' in this deck", "error"),
        ({"a": Event(what="A", answers="a")}, "events answer each other in a circle", "error"),
        (
            {"a": Event(what="A", answers="b"), "b": Event(what="B", answers="a")},
            "events answer each other in a circle",
            "error",
        ),
        (
            {"a": Event(what="A", when="2020", answers="b"), "b": Event(what="B", when="2021")},
            "the event is earlier than the one it answers",
            "warning",
        ),
    ],
)
def test_what_an_event_answers_must_be_an_earlier_one(
    notes: dict[str, Event], message: str, severity: str
) -> None:
    faults = [fault for _, fault in Event.faults_across(notes)]
    assert (message, severity) in [(fault.message, fault.severity) for fault in faults]


def test_what_was_superseded_is_answered_no_more_but_its_successor() -> None:
    assert REPLY.answering({"recall": "new"}.__getitem__).answers == "new"
    itself = {"a": Event(what="A", when="2020", answers="a")}
    assert {key for _, draft in Event.drafts_across(itself, NAMES) for key in [draft.key]} == set()


def test_a_chain_of_answers_is_no_fault() -> None:
    notes = {"a": Event(what="A"), "b": Event(what="B", answers="a"), "c": Event(what="C", answers="b")}
    assert [*Event.faults_across(notes)] == []


# The timeline


def test_the_timeline_has_full_names_and_dates() -> None:
    note = Event(
        who=("Pashinyan", "the opposition"), did="met", when="12 June 2024", why="peace", answers="a"
    )
    assert note.happening(NAMES) == Happening(
        what="Pashinyan and the opposition met",
        who=("Nikol Pashinyan", "the opposition"),
        when="2024-06-12",
        why=("peace",),
        answers="a",
    )


# Laws

THINGS = st.sampled_from(
    ["Armenia", "Byelarus", "Pashinyan", "the Armenian army", "Minsk", "its man in Minsk", "a bloc", ""]
)
NOTES = st.builds(
    Event,
    what=st.sampled_from(["", "Armenia leaves", "The war ends", "Lukashenko visits Minsk"]),
    who=THINGS,
    did=st.sampled_from(["", "left", "recalled", "was charged", "zzz"]),
    whom=THINGS,
    when=st.sampled_from(["", "2024", "2024-06", "2024-06-13"]),
    where=THINGS,
    why=st.sampled_from(["", "because Armenia left"]),
)


@given(NOTES)
def test_no_question_that_is_made_tells_its_answer(note: Event) -> None:
    if any(fault.severity == "error" for fault in note.faults(NAMES)):
        return
    for draft in note.drafts(NAMES):
        question = f" {normalise(draft.prompt.question)} "
        assert f" {normalise(draft.prompt.form.answer)} " not in question
        form = draft.prompt.form
        if isinstance(form, TypeIn) and isinstance(form.expected, Text):
            for spelling in (*form.expected.answers, *form.expected.aliases):
                assert f" {normalise(spelling)} " not in question
