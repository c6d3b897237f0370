from __future__ import annotations

from inspect import cleandoc
from pathlib import Path

import pytest
from factories import make_name

import trainer.core.questions
from trainer.core.grading import grade
from trainer.core.names import Names
from trainer.core.options import options
from trainer.core.prompt import FORMS, Choose, Prompt, Reveal, TypeIn
from trainer.core.question import Draft, Fault, Note, many
from trainer.core.questions import TYPES
from trainer.core.questions.basic import Basic
from trainer.core.questions.choice import Choice
from trainer.core.questions.cloze import Cloze
from trainer.core.questions.reversed import Reversed
from trainer.core.questions.typed import Typed
from trainer.deckfiles.model import read_note
from trainer.deckfiles.nodes import Items, Table, compose
from trainer.deckfiles.report import Report

NO_NAMES = Names()
NAMES = Names(
    [
        make_name("Belarus", "Republic of Belarus", kind="country"),
        make_name("Kazakhstan", kind="country"),
        make_name("Armenia", kind="country"),
        make_name("Tajikistan", kind="country"),
        make_name("Minsk", "Miensk", kind="city"),
    ]
)


def messages(note: Note, names: Names = NO_NAMES) -> list[str]:
    return [fault.message for fault in note.faults(names)]


def only_draft(note: Note, names: Names = NO_NAMES) -> Draft:
    (draft,) = note.drafts(names)
    return draft


# What every question type keeps to


def example_of(kind: type[Note]) -> Note:
    """The note at the end of the docstring, which is the type's page in the manual."""
    lines = cleandoc(kind.__doc__ or "").splitlines()
    text = cleandoc("\n".join(line for line in lines if not line or line.startswith("    ")))
    report = Report("example.yaml")
    root = compose(text.encode(), report).root
    assert isinstance(root, Items)
    (table,) = root
    assert isinstance(table, Table)
    note = read_note(table, report)
    assert not report.problems
    assert note is not None
    return note


def test_every_file_in_the_folder_is_a_question_type() -> None:
    (folder,) = trainer.core.questions.__path__
    files = {path.stem for path in Path(folder).glob("*.py")} - {"__init__"}
    assert {*TYPES} == files
    assert all(kind.type == name for name, kind in TYPES.items())


@pytest.mark.parametrize("name", TYPES)
def test_the_manual_page_of_a_type_ends_with_a_note_of_that_type(name: str) -> None:
    note = example_of(TYPES[name])
    assert type(note) is TYPES[name]
    assert note.id
    assert note.source


@pytest.mark.parametrize("name", TYPES)
def test_the_example_of_a_type_makes_cards(name: str) -> None:
    note = example_of(TYPES[name])
    assert not list(note.faults(NO_NAMES))
    drafts = list(note.drafts(NO_NAMES))
    assert drafts
    assert len({draft.key for draft in drafts}) == len(drafts)
    for draft in drafts:
        assert draft.key.isalnum()
        assert isinstance(draft.prompt.form, FORMS)
        assert draft.prompt.question.strip()
        assert draft.prompt.form.answer.strip()
        assert grade(draft.prompt.form, draft.prompt.form.answer).kind in ("right", "unknown")
    assert drafts == list(note.drafts(NO_NAMES))
    assert len(drafts) == 1 or all(draft.aspect for draft in drafts)


def test_one_or_many_are_many() -> None:
    assert many("one") == ("one",)
    assert many(("one", "two")) == ("one", "two")
    assert many(()) == ()


# basic


def test_a_basic_note_reveals_its_answer() -> None:
    draft = only_draft(Basic(question="Why?", answer="Because."))
    assert draft == Draft(key="card", prompt=Prompt(question="Why?", form=Reveal(answer="Because.")))


# reversed


def test_a_reversed_note_asks_each_side_from_the_other() -> None:
    drafts = list(Reversed(front="TASS", back="an agency").drafts(NO_NAMES))
    assert [(draft.key, draft.aspect) for draft in drafts] == [("forward", "front"), ("backward", "back")]
    assert [draft.prompt for draft in drafts] == [
        Prompt(question="TASS", form=Reveal(answer="an agency")),
        Prompt(question="an agency", form=Reveal(answer="TASS")),
    ]


# typed


def test_a_typed_note_takes_any_answer_it_lists() -> None:
    draft = only_draft(Typed(question="When?", answer=("13 June", "June 13")))
    assert draft.prompt.form == TypeIn(answers=("13 June", "June 13"))
    single = only_draft(Typed(question="When?", answer="13 June"))
    assert single.prompt.form == TypeIn(answers=("13 June",))


def test_a_typed_note_takes_other_spellings_of_a_name() -> None:
    form = only_draft(Typed(question="Where?", answer="Minsk"), NAMES).prompt.form
    assert form == TypeIn(answers=("Minsk",), aliases=("Miensk",))
    assert grade(form, "miensk").kind == "right"


@pytest.mark.parametrize("answer", ["", " ", (), ("Minsk", "")])
def test_a_typed_note_needs_answers_that_can_be_typed(answer: str | tuple[str, ...]) -> None:
    assert messages(Typed(question="Where?", answer=answer)) == ["an answer is empty"]
    assert not messages(Typed(question="Where?", answer="Minsk"))


# choice


def test_a_choice_shows_all_the_distractors_it_lists() -> None:
    draft = only_draft(Choice(question="Who?", answer="A", distractors=("B", "C", "D", "E")))
    assert draft.prompt.form == Choose(answer="A", distractors=("B", "C", "D", "E"), draw=4)
    alone = only_draft(Choice(question="Who?", answer="A", distractors="B"))
    assert alone.prompt.form == Choose(answer="A", distractors=("B",), draw=1)


def test_a_choice_without_distractors_draws_three_names_of_the_same_kind() -> None:
    note = Choice(question="Who recalled its ambassador?", answer="Belarus")
    assert not messages(note, NAMES)
    form = only_draft(note, NAMES).prompt.form
    assert form == Choose(answer="Belarus", distractors=("Kazakhstan", "Armenia", "Tajikistan"), draw=3)
    assert isinstance(form, Choose)
    assert len(options(form, seed="1")) == 4


def test_a_choice_never_draws_a_name_that_the_question_mentions() -> None:
    note = Choice(question="From where did Armenia recall its ambassador?", answer="Belarus")
    form = only_draft(note, NAMES).prompt.form
    assert isinstance(form, Choose)
    assert form.distractors == ("Kazakhstan", "Tajikistan")


@pytest.mark.parametrize(
    ("answer", "distractors", "faults"),
    [
        ("A", ("B", "b."), ["the distractor 'b.' is listed twice"]),
        ("Armenia", ("B", "ARMENIA"), ["the distractor 'ARMENIA' is the right answer"]),
        ("Minsk", ("B", "Miensk"), ["the distractor 'Miensk' is the right answer"]),
        ("", ("B", "C"), ["an option is empty"]),
        ("A", ("B", " "), ["an option is empty"]),
        ("answer", tuple("BCDEFGHI"), []),
        ("answer", tuple("BCDEFGHIJ"), ["more than 8 distractors"]),
        ("Minsk", (), ["nothing to choose from"]),
        ("Nobody", (), ["nothing to choose from"]),
        ("Belarus", (), []),
    ],
)
def test_the_options_of_a_choice_are_told_apart(
    answer: str, distractors: tuple[str, ...], faults: list[str]
) -> None:
    note = Choice(question="Which?", answer=answer, distractors=distractors)
    assert messages(note, NAMES) == faults
    assert all(fault.severity == "error" for fault in note.faults(NAMES))


# cloze


def clozes(text: str, names: Names = NO_NAMES) -> list[tuple[str, str, str]]:
    return [
        (draft.key, draft.prompt.question, draft.prompt.form.answer)
        for draft in Cloze(text=text).drafts(names)
    ]


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("{{Minsk}} lies there.", [("c1", "[…] lies there.", "Minsk")]),
        ("From {{a}} to {{b}}", [("c1", "From […] to b", "a"), ("c2", "From a to […]", "b")]),
        ("{{1::a}} and {{1::b}}", [("c1", "[…] and […]", "a, b")]),
        ("{{7::a}} {{3::b}}", [("c3", "a […]", "b"), ("c7", "[…] b", "a")]),
        ("{{8::a}} {{1::b}}", [("c1", "a […]", "b"), ("c8", "[…] b", "a")]),
        ("{{a}} {{1::b}} {{c}}", [("c1", "a […] c", "b"), ("c2", "[…] b c", "a"), ("c3", "a b […]", "c")]),
        ("{{1::a::hint}} {{b}}", [("c1", "[hint] b", "a"), ("c2", "a […]", "b")]),
        ("{{a::hint}}", [("c1", "[hint]", "a")]),
        ("{{a::}}", [("c1", "[…]", "a")]),
        ("{{x::y::z}}", [("c1", "[y::z]", "x")]),
        ("{{12:30}}", [("c1", "[…]", "12:30")]),
        ("{{two\nlines}}", [("c1", "[…]", "two\nlines")]),
        ("{{1::a}} {{1::b::of two}}, {{c}}", [("c1", "[…] [of two], c", "a, b"), ("c2", "a b, […]", "c")]),
    ],
)
def test_holes_become_cards(text: str, cards: list[tuple[str, str, str]]) -> None:
    assert clozes(text) == cards
    assert not messages(Cloze(text=text))


def test_a_numbered_hole_keeps_its_card_when_another_is_put_before_it() -> None:
    before, after = clozes("{{2::b}}"), clozes("{{new}} {{2::b}}")
    assert (before[0][0], before[0][2]) == (after[1][0], after[1][2]) == ("c2", "b")


def test_a_hole_that_is_a_name_takes_its_other_spellings() -> None:
    (draft,) = Cloze(text="Capital: {{Minsk}}").drafts(NAMES)
    assert draft.prompt.form == TypeIn(answers=("Minsk",), aliases=("Miensk",))
    assert draft.aspect == "hole 1"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("no hole", ["a cloze needs a hole"]),
        ("{{}}", ["a hole is empty"]),
        ("{{1:: ::hint}}", ["a hole is empty"]),
        ("{{a}} {{b", ["a hole is not closed, or not opened"]),
        ("{{a}} b}}", ["a hole is not closed, or not opened"]),
        ("{{a", ["a cloze needs a hole", "a hole is not closed, or not opened"]),
        ("{a} {{b}}", []),
    ],
)
def test_holes_are_closed_and_not_empty(text: str, faults: list[str]) -> None:
    assert messages(Cloze(text=text)) == faults


def test_a_fault_is_an_error_that_names_a_field_of_the_note() -> None:
    for note in (Cloze(text=""), Choice(question="", answer=""), Typed(question="", answer="")):
        for fault in note.faults(NO_NAMES):
            assert isinstance(fault, Fault)
            assert hasattr(note, fault.field)
