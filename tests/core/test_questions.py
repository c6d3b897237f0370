from __future__ import annotations

from dataclasses import fields
from inspect import cleandoc
from pathlib import Path

import pytest
from factories import make_name

import trainer.core.questions
from trainer.core.grading import grade
from trainer.core.names import Names
from trainer.core.normalise import normalise
from trainer.core.options import options
from trainer.core.prompt import FORMS, Choose, Items, Prompt, Reveal, Text, TypeIn
from trainer.core.question import Draft, Fault, Note, many
from trainer.core.questions import TYPES
from trainer.core.questions.basic import Basic
from trainer.core.questions.choice import Choice
from trainer.core.questions.cloze import Cloze
from trainer.core.questions.reversed import Reversed
from trainer.core.questions.typed import Typed
from trainer.deckfiles.model import read_note
from trainer.deckfiles.nodes import Items as ListNode
from trainer.deckfiles.nodes import Table, compose
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
    assert isinstance(root, ListNode)
    (table,) = root
    assert isinstance(table, Table)
    note = read_note(table, report)
    assert not report.problems
    assert note is not None
    return note


def test_every_file_in_the_folder_is_a_question_type() -> None:
    (folder,) = trainer.core.questions.__path__
    files = {path.stem for path in Path(folder).glob("*.py")} - {"__init__"}
    assert {*TYPES} == {name.rstrip("_").replace("_", "-") for name in files}
    assert all(kind.type == name for name, kind in TYPES.items())


@pytest.mark.parametrize("name", TYPES)
def test_the_manual_page_of_a_type_ends_with_a_note_of_that_type(name: str) -> None:
    note = example_of(TYPES[name])
    assert type(note) is TYPES[name]
    assert note.id
    assert note.cited()


@pytest.mark.parametrize("name", TYPES)
def test_the_example_of_a_type_makes_cards(name: str) -> None:
    note = example_of(TYPES[name])
    assert not list(note.faults(NO_NAMES))
    drafts = list(note.drafts(NO_NAMES))
    assert drafts
    assert len({draft.key for draft in drafts}) == len(drafts)
    for draft in drafts:
        assert draft.key.replace("-", "").isalnum()
        assert isinstance(draft.prompt.form, FORMS)
        assert draft.prompt.question.strip()
        assert draft.prompt.form.answer.strip()
        assert grade(draft.prompt.form, draft.prompt.form.answer).kind in ("right", "unknown")
    assert drafts == list(note.drafts(NO_NAMES))
    assert len(drafts) == 1 or all(draft.aspect for draft in drafts)


@pytest.mark.parametrize("name", TYPES)
def test_the_manual_page_of_a_type_says_what_each_of_its_fields_is(name: str) -> None:
    page = cleandoc(TYPES[name].__doc__ or "")
    own = {field.name for field in fields(TYPES[name])} - {field.name for field in fields(Note)}
    assert own
    assert {field for field in own if f"\n- `{field}`: " not in page} == set()


@pytest.mark.parametrize("name", TYPES)
def test_the_other_forms_of_an_example_are_choices_with_the_same_answer(name: str) -> None:
    for draft in example_of(TYPES[name]).drafts(NO_NAMES):
        for form in draft.also:
            assert isinstance(form, Choose)
            assert form.answers == (draft.prompt.form.answer,)
            assert len(options(form, seed="1")) == 1 + form.draw
            assert not {*map(normalise, form.distractors)} & {*map(normalise, form.answers)}


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
    assert draft.prompt.form == TypeIn(expected=Text(answers=("13 June", "June 13")))
    single = only_draft(Typed(question="When?", answer="13 June"))
    assert single.prompt.form == TypeIn(expected=Text(answers=("13 June",)))


def test_a_typed_note_takes_other_spellings_of_a_name() -> None:
    form = only_draft(Typed(question="Where?", answer="Minsk"), NAMES).prompt.form
    assert form == TypeIn(expected=Text(answers=("Minsk",), aliases=("Miensk",), name=True))
    assert grade(form, "miensk").kind == "right"


@pytest.mark.parametrize("answer", ["", " ", (), ("Minsk", "")])
def test_a_typed_note_needs_answers_that_can_be_typed(answer: str | tuple[str, ...]) -> None:
    assert messages(Typed(question="Where?", answer=answer)) == ["an answer is empty"]
    assert not messages(Typed(question="Where?", answer="Minsk"))


def choice_of(note: Note, names: Names = NAMES) -> Choose | None:
    """The choice in which a quiz may ask the only card of a note."""
    forms = only_draft(note, names).also
    assert len(forms) < 2
    assert all(isinstance(form, Choose) for form in forms)
    return next((form for form in forms if isinstance(form, Choose)), None)


def test_a_quiz_asks_a_typed_note_with_the_distractors_it_lists() -> None:
    note = Typed(question="Who?", answer=("A", "B"), distractors=("C", "D", "E", "F"))
    assert not messages(note)
    assert choice_of(note) == Choose(answers=("A",), distractors=("C", "D", "E", "F"), draw=4)
    alone = Typed(question="Who?", answer="A", distractors="C")
    assert choice_of(alone) == Choose(answers=("A",), distractors=("C",), draw=1)


def test_a_quiz_asks_a_typed_name_among_others_of_its_kind_none_of_which_is_right() -> None:
    note = Typed(question="From where did Armenia call him home?", answer=("Republic of Belarus", "Russia"))
    assert choice_of(note) == Choose(
        answers=("Republic of Belarus",), distractors=("Kazakhstan", "Tajikistan"), draw=3
    )
    assert choice_of(Typed(question="Who?", answer=("Armenia", "Kazakhstan", "Belarus"))) is None
    assert choice_of(Typed(question="Where?", answer="Minsk")) is None
    assert choice_of(Typed(question="Where?", answer="somewhere")) is None


@pytest.mark.parametrize(
    ("distractors", "faults"),
    [
        (("Tomsk", "Omsk"), []),
        (("Tomsk", "MIENSK"), ["the distractor 'MIENSK' is the right answer"]),
        (("Tomsk", "tomsk."), ["the distractor 'tomsk.' is listed twice"]),
        (("Belarus", "Republic of Belarus"), ["the distractor 'Republic of Belarus' is listed twice"]),
        (("Tomsk", " "), ["a distractor is empty"]),
        (tuple("BCDEFGHI"), []),
        (tuple("BCDEFGHIJ"), ["more than 8 distractors"]),
    ],
)
def test_the_distractors_of_a_typed_note_are_wrong(distractors: tuple[str, ...], faults: list[str]) -> None:
    assert messages(Typed(question="Where?", answer="Minsk", distractors=distractors), NAMES) == faults


def test_a_surname_that_is_right_is_no_distractor() -> None:
    names = Names([make_name("Nikol Pashinyan", kind="person")])
    for note in (
        Typed(question="Who?", answer="Nikol Pashinyan", distractors="Pashinyan"),
        Choice(question="Who?", answer="Nikol Pashinyan", distractors="Pashinyan"),
    ):
        assert messages(note, names) == ["the distractor 'Pashinyan' is the right answer"]


# choice


def test_a_choice_shows_all_the_distractors_it_lists() -> None:
    draft = only_draft(Choice(question="Who?", answer="A", distractors=("B", "C", "D", "E")))
    assert draft.prompt.form == Choose(answers=("A",), distractors=("B", "C", "D", "E"), draw=4)
    alone = only_draft(Choice(question="Who?", answer="A", distractors="B"))
    assert alone.prompt.form == Choose(answers=("A",), distractors=("B",), draw=1)


def test_a_choice_without_distractors_draws_three_names_of_the_same_kind() -> None:
    note = Choice(question="Who recalled its ambassador?", answer="Belarus")
    assert not messages(note, NAMES)
    form = only_draft(note, NAMES).prompt.form
    assert form == Choose(answers=("Belarus",), distractors=("Kazakhstan", "Armenia", "Tajikistan"), draw=3)
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
        (
            "Minsk",
            ("Belarus", "Republic of Belarus"),
            ["the distractor 'Republic of Belarus' is listed twice"],
        ),
        ("", ("B", "C"), ["an answer is empty"]),
        ("A", ("B", " "), ["a distractor is empty"]),
        ("A", ("B; C", "two\nlines"), []),
        ("answer", tuple("BCDEFGHI"), []),
        ("answer", tuple("BCDEFGHIJ"), ["more than 9 options"]),
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


@pytest.mark.parametrize("answer", [("A",), ("A", "B")])
def test_a_list_of_answers_is_to_be_picked_as_a_whole(answer: tuple[str, ...]) -> None:
    note = Choice(question="Which?", answer=answer, distractors=("C", "D"))
    assert not messages(note)
    assert only_draft(note).prompt.form == Choose(
        answers=answer, distractors=("C", "D"), draw=2, several=True
    )


def test_no_answer_of_several_is_drawn_as_a_distractor_under_any_spelling() -> None:
    names = Names([*NAMES.entries, make_name("one; two", kind="country")])
    note = Choice(question="Which?", answer=("Republic of Belarus", "Kazakhstan"))
    assert not messages(note, names)
    form = only_draft(note, names).prompt.form
    assert form == Choose(
        answers=("Republic of Belarus", "Kazakhstan"),
        distractors=("Armenia", "Tajikistan"),
        draw=3,
        several=True,
    )


def test_options_that_are_drawn_leave_nine_in_all() -> None:
    names = Names([make_name(letter, kind="letter") for letter in "BCDEFGHIJKLM"])
    form = only_draft(Choice(question="Which?", answer=tuple("BCDEFGH")), names).prompt.form
    assert isinstance(form, Choose)
    assert len(options(form, seed="1")) == 9


@pytest.mark.parametrize(
    ("answer", "distractors", "faults"),
    [
        ((), ("B",), ["no answer is given"]),
        (("A", " "), ("B",), ["one answer is empty"]),
        (("Minsk", "Miensk"), ("B",), ["the answer 'Miensk' is given twice"]),
        (("Minsk", "A"), ("Miensk",), ["the distractor 'Miensk' is the right answer"]),
        (("A; B", "C"), ("D",), ["the answer 'A; B' contains ';'"]),
        (("A", "C"), ("D", "E;"), ["the distractor 'E;' contains ';'"]),
        (
            ("A\nB", "C"),
            ("D\nE",),
            ["the answer 'A\\nB' has more than one line", "the distractor 'D\\nE' has more than one line"],
        ),
        (tuple("BCDEFGHI"), ("J",), []),
        (tuple("BCDEFGHI"), ("J", "K"), ["more than 9 options"]),
        (tuple("BCDEFGHIJ"), (), ["more than 9 options", "nothing to choose from"]),
        (("Armenia", "Belarus", "Kazakhstan", "Tajikistan"), (), ["nothing to choose from"]),
    ],
)
def test_options_of_which_several_are_right_are_told_apart(
    answer: tuple[str, ...], distractors: tuple[str, ...], faults: list[str]
) -> None:
    assert messages(Choice(question="Which?", answer=answer, distractors=distractors), NAMES) == faults


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
        ("{{1::a}} and {{1::b}}", [("c1", "[…] and […]", "a; b")]),
        ("{{1::a}} and {{1::A}}", [("c1", "[…] and […]", "a")]),
        ("{{7::a}} {{3::b}}", [("c3", "a […]", "b"), ("c7", "[…] b", "a")]),
        ("{{8::a}} {{1::b}}", [("c1", "a […]", "b"), ("c8", "[…] b", "a")]),
        ("{{a}} {{1::b}} {{c}}", [("c1", "a […] c", "b"), ("c2", "[…] b c", "a"), ("c3", "a b […]", "c")]),
        ("{{1::a::hint}} {{b}}", [("c1", "[hint] b", "a"), ("c2", "a […]", "b")]),
        ("{{a::hint}}", [("c1", "[hint]", "a")]),
        ("{{a::}}", [("c1", "[…]", "a")]),
        ("{{x::y::z}}", [("c1", "[y::z]", "x")]),
        ("{{12:30}}", [("c1", "[…]", "12:30")]),
        ("{{two\nlines}}", [("c1", "[…]", "two\nlines")]),
        ("{{1::a}} {{1::b::of two}}, {{c}}", [("c1", "[…] [of two], c", "a; b"), ("c2", "a b, […]", "c")]),
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
    assert draft.prompt.form == TypeIn(expected=Text(answers=("Minsk",), aliases=("Miensk",), name=True))
    assert draft.aspect == "hole 1"


def test_holes_of_one_number_are_several_answers_each_in_all_its_spellings() -> None:
    (draft,) = Cloze(text="From {{1::Minsk}} and {{1::two\nlines}} to {{1::Miensk}}").drafts(NAMES)
    items = (Text(answers=("Minsk",), aliases=("Miensk",), name=True), Text(answers=("two lines",)))
    assert draft.prompt.form == TypeIn(expected=Items(items=items))
    assert not draft.also


def test_a_quiz_asks_a_hole_that_is_a_name_among_others_that_the_text_does_not_mention() -> None:
    text = "{{Belarus}} and {{2::Armenia::not Kazakhstan}} are at odds."
    first, second = Cloze(text=text).drafts(NAMES)
    assert first.also == (Choose(answers=("Belarus",), distractors=("Kazakhstan", "Tajikistan"), draw=3),)
    assert not second.also, "Tajikistan alone is not enough"
    (alone,) = Cloze(text="{{Minsk}} lies there.").drafts(NAMES)
    assert not alone.also


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
        ("{{1::a; b}}", []),
        ("{{1::a; b}} {{1::c}}", ["the hole 'a; b' contains ';'"]),
        ("{{1::two\nlines}} {{1::c}}", []),
    ],
)
def test_holes_are_closed_and_not_empty(text: str, faults: list[str]) -> None:
    assert messages(Cloze(text=text)) == faults


def test_a_fault_is_an_error_that_names_a_field_of_the_note() -> None:
    for note in (Cloze(text=""), Choice(question="", answer=""), Typed(question="", answer="")):
        for fault in note.faults(NO_NAMES):
            assert isinstance(fault, Fault)
            assert hasattr(note, fault.field)


@pytest.mark.parametrize("name", TYPES)
def test_only_events_tell_what_happened_refer_to_each_other_and_make_cards_together(name: str) -> None:
    kind, note = TYPES[name], example_of(TYPES[name])
    assert (note.happening(NO_NAMES) is not None) == (name == "event")
    assert note.answering(lambda other: "the successor") == note
    notes = {"a": note}
    assert not [*kind.drafts_across(notes, NO_NAMES)]
    assert not [*kind.faults_across(notes)]
