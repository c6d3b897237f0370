from __future__ import annotations

from collections.abc import Callable

import pytest

from trainer.core.deck import Name, Problem, Source
from trainer.core.question import Note
from trainer.core.questions import TYPES
from trainer.core.questions.basic import Basic
from trainer.core.questions.choice import Choice
from trainer.core.questions.list_ import List
from trainer.core.questions.match import Match
from trainer.core.questions.order import Order
from trainer.core.questions.true_false import TrueFalse
from trainer.core.questions.typed import Typed
from trainer.deckfiles.folder import File
from trainer.deckfiles.model import Head, read_head, read_name, read_note, read_root, read_source
from trainer.deckfiles.nodes import Table
from trainer.deckfiles.report import Report


def parsed(content: str) -> tuple[Table, Report]:
    report = Report("deck.yaml")
    root = read_root(File("deck.yaml", content.encode()), report, what="the deck")
    assert root is not None
    return root, report


def note_of(content: str) -> tuple[Note | None, tuple[Problem, ...]]:
    root, report = parsed(content)
    return read_note(root, report), report.problems


def only_problem(content: str) -> Problem:
    note, problems = note_of(content)
    assert note is None
    assert len(problems) == 1
    return problems[0]


def place(problem: Problem) -> tuple[int, int]:
    return problem.span.line, problem.span.column


# Notes


def test_a_note_without_a_type_is_basic() -> None:
    note, problems = note_of("question: Q?\nanswer: A\n")
    assert note == Basic(question="Q?", answer="A")
    assert not problems


def test_one_text_and_a_list_of_texts_are_both_accepted_where_either_may_stand() -> None:
    one, _ = note_of("type: typed\nquestion: Q?\nanswer: A\ntags: x\n")
    two, _ = note_of("type: typed\nquestion: Q?\nanswer: [A, '6']\ntags: [x, y]\n")
    assert one == Typed(question="Q?", answer="A", tags="x")
    assert two == Typed(question="Q?", answer=("A", "6"), tags=("x", "y"))


def test_values_are_plain_text_without_the_line_break_of_a_block() -> None:
    note, _ = note_of("question: |\n  Q?\n  R?\nanswer: >-\n  A\n")
    assert isinstance(note, Basic)
    assert note.question == "Q?\nR?"
    assert type(note.question) is str


@pytest.mark.parametrize("written", ["no", "010", "12:30", "2024-06-13", "1.10", "~", "null"])
def test_an_answer_that_looks_like_something_else_stays_text(written: str) -> None:
    note, problems = note_of(f"question: Q?\nanswer: {written}\n")
    assert not problems
    assert note == Basic(question="Q?", answer=written)


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_every_type_refuses_unknown_keys_and_takes_the_common_ones(kind: str) -> None:
    common = "id: a\nhint: h\nexplanation: e\nas_of: 2024\nquote: q\nspeaker: s\nsource: x#1\ntags: t\n"
    _, problems = note_of(f"type: {kind}\nbogus: 1\n{common}")
    unknown = [problem for problem in problems if problem.code == "unknown-key"]
    assert [(problem.message, *place(problem)) for problem in unknown] == [("unknown key 'bogus'", 2, 1)]
    needed = {"missing-key"} if kind != "event" else set()
    assert {problem.code for problem in problems} == {"unknown-key"} | needed


def test_an_unknown_key_is_shown_at_the_key_with_the_word_that_was_meant() -> None:
    _, problems = note_of("question: Q?\nanwser: A\n")
    assert [(problem.code, *place(problem), problem.hint) for problem in problems] == [
        ("missing-key", 1, 1, ""),
        ("unknown-key", 2, 1, "did you mean 'answer'?"),
    ]


def test_an_unknown_key_unlike_any_other_names_those_there_are() -> None:
    _, problems = note_of("question: Q?\nanswer: A\nzzz: 1\n")
    assert "question, answer, id" in problems[0].hint


def test_a_missing_key_is_shown_where_the_note_begins() -> None:
    problem = only_problem("\n\nquestion: Q?\n")
    assert (problem.code, *place(problem)) == ("missing-key", 3, 1)
    assert problem.message == "a note of type basic needs 'answer'"


@pytest.mark.parametrize(
    ("content", "line", "column", "message"),
    [
        ("question: Q?\nanswer: [a]\n", 2, 9, "'answer' must be text, not a list"),
        ("question: Q?\nanswer: {a: b}\n", 2, 9, "'answer' must be text, not a mapping"),
        (
            "type: typed\nquestion: Q?\nanswer:\n  - a\n  - [b]\n",
            5,
            5,
            "an item of 'answer' must be text, not a list",
        ),
        ("question: Q?\nanswer: A\ntags: {a: b}\n", 3, 7, "'tags' must be text or a list, not a mapping"),
        ("question: Q?\nanswer: A\ntags: {str: b}\n", 3, 7, "'tags' must be text or a list, not a mapping"),
        ("type: [basic]\nquestion: Q?\nanswer: A\n", 1, 7, "'type' must be text, not a list"),
    ],
)
def test_a_wrong_shape_is_shown_at_the_value(content: str, line: int, column: int, message: str) -> None:
    problem = only_problem(content)
    assert (problem.code, *place(problem), problem.message) == ("wrong-shape", line, column, message)


def test_all_problems_of_a_note_are_told_at_once() -> None:
    _, problems = note_of("type: choice\nanswer: [[x]]\ndistractor: y\nas_of: 2024-13\nid: a b\nhint:\n")
    assert {problem.code for problem in problems} == {
        "missing-key",
        "wrong-shape",
        "unknown-key",
        "bad-date",
        "bad-id",
        "no-value",
    }


def test_no_message_speaks_the_language_of_the_validator() -> None:
    _, problems = note_of(
        "type: choice\nanswer: [[x]]\ndistractors: [[y]]\ntags: {a: b}\nhint: [z]\nbogus: 1\n"
    )
    said = " ".join(str(problem) for problem in problems).lower()
    assert len(problems) == 6
    assert not any(
        word in said for word in ("input", "valid", "string", "tuple", "dict", "argument", "field")
    )


@pytest.mark.parametrize(
    ("content", "line", "column", "message"),
    [
        ("question: Q?\nanswer:\n", 2, 8, "'answer' has no value"),
        ("question: Q?\nanswer: A\nhint:\n", 3, 6, "'hint' has no value"),
        ("type: typed\nquestion: Q?\nanswer:\n  - a\n  -\n", 5, 4, "an item of 'answer' has no value"),
        ("question: Q?\nanswer: A\nas_of:\n", 3, 7, "'as_of' has no value"),
        ("question: Q?\nanswer: A\nid:\n", 3, 4, "'id' has no value"),
        ("question: Q?\nanswer: A\ntype:\n", 3, 6, "'type' has no value"),
    ],
)
def test_a_key_without_a_value_is_refused(content: str, line: int, column: int, message: str) -> None:
    problem = only_problem(content)
    assert (problem.code, *place(problem), problem.message) == ("no-value", line, column, message)


@pytest.mark.parametrize("blank", ["''", '" "', "|\n  \n"])
def test_a_needed_text_must_not_be_blank(blank: str) -> None:
    assert only_problem(f"answer: A\nquestion: {blank}\n").message == "'question' is empty"


def test_an_optional_text_may_be_empty() -> None:
    note, problems = note_of("question: Q?\nanswer: A\nhint: ''\n")
    assert note is not None
    assert not problems


def test_text_that_a_comment_swallowed_is_refused_only_once() -> None:
    root, report = parsed("question: Q?\nanswer: #1 in the world\n")
    assert read_note(root, report) is None or report.errors
    assert [problem.code for problem in report.problems] == ["cut-off"]


def test_an_unknown_type_is_shown_with_the_word_that_was_meant() -> None:
    problem = only_problem("question: Q?\ntype: choise\n")
    assert (problem.code, *place(problem)) == ("unknown-type", 2, 7)
    assert problem.hint == "did you mean 'choice'?"


def test_a_type_unlike_any_other_names_those_there_are() -> None:
    assert "basic, choice" in only_problem("type: zzzzz\n").hint


@pytest.mark.parametrize("written", ["2024", "2024-06", "2024-06-13", "2024-02-29", "0001-01-01", "'2024'"])
def test_a_date_may_be_a_year_a_month_or_a_day(written: str) -> None:
    _, problems = note_of(f"question: Q?\nanswer: A\nas_of: {written}\n")
    assert not problems


@pytest.mark.parametrize(
    "written",
    [
        "24",
        "2024-13",
        "2024-00",
        "2023-02-29",
        "2024-6-1",
        "0000",
        "June 2024",
        "2024-06-13T10:00",
        "٢٠٢٤",
        "''",
    ],
)
def test_what_is_no_date_of_the_calendar_is_refused(written: str) -> None:
    problem = only_problem(f"question: Q?\nanswer: A\nas_of: {written}\n")
    assert (problem.code, *place(problem)) == ("bad-date", 3, 8)


@pytest.mark.parametrize("name", ["a/b", "a b", "'a\u00a0b'", "''", "'\u202eab'"])
def test_an_id_with_a_slash_white_space_or_control_characters_is_refused(name: str) -> None:
    problem = only_problem(f"id: {name}\nquestion: Q?\nanswer: A\n")
    assert (problem.code, *place(problem)) == ("bad-id", 1, 5)


@pytest.mark.parametrize("name", ["a", "who-froze", "Ереван", "010", "~12ab", "a#b", "می\u200cخواهم"])
def test_an_id_may_be_in_any_script(name: str) -> None:
    note, problems = note_of(f"id: {name}\nquestion: Q?\nanswer: A\n")
    assert not problems
    assert note is not None
    assert note.id == name


def test_a_choice_keeps_its_distractors_in_order() -> None:
    note, _ = note_of("type: choice\nquestion: Q?\nanswer: A\ndistractors: [C, B]\n")
    assert note == Choice(question="Q?", answer="A", distractors=("C", "B"))


@pytest.mark.parametrize(
    ("content", "note"),
    [
        ("type: choice\nquestion: Q?\nanswer: [A]\n", Choice(question="Q?", answer=("A",))),
        ("type: list\nquestion: Q?\nanswers: [A, [B, C]]\n", List(question="Q?", answers=("A", ("B", "C")))),
        ("type: true-false\nstatement: S\nanswer: no\n", TrueFalse(statement="S", answer=False)),
        ("type: order\nquestion: Q?\nitems: [B, A]\n", Order(question="Q?", items=("B", "A"))),
        ("type: match\nquestion: Q?\npairs: {B: A}\n", Match(question="Q?", pairs={"B": "A"})),
        ("type: match\nquestion: Q?\npairs: [[B, A]]\n", Match(question="Q?", pairs=(("B", "A"),))),
    ],
)
def test_fields_of_many_parts_are_read_as_they_stand(content: str, note: Note) -> None:
    assert note_of(content) == (note, ())


@pytest.mark.parametrize(
    ("content", "line", "column", "message"),
    [
        (
            "type: true-false\nstatement: S\nanswer: maybe\n",
            3,
            9,
            "'answer' must be true or false, not 'maybe'",
        ),
        ("type: order\nquestion: Q?\nitems: A\n", 3, 8, "'items' must be a list, not 'A'"),
        ("type: list\nquestion: Q?\nanswers: A\n", 3, 10, "'answers' must be a list, not 'A'"),
        ("type: match\nquestion: Q?\npairs: A\n", 3, 8, "'pairs' must be a mapping or a list, not 'A'"),
        (
            "type: match\nquestion: Q?\npairs: [[A]]\n",
            3,
            9,
            "an item of 'pairs' must be a list of two, not a list of 1",
        ),
    ],
)
def test_a_field_of_many_parts_says_what_it_wants(content: str, line: int, column: int, message: str) -> None:
    problem = only_problem(content)
    assert (problem.code, *place(problem), problem.message) == ("wrong-shape", line, column, message)


def test_a_truth_that_is_empty_is_one_problem() -> None:
    assert only_problem("type: true-false\nstatement: S\nanswer: ' '\n").message == "'answer' is empty"


# Deck files, sources, names


def test_a_deck_says_title_description_and_tags() -> None:
    root, report = parsed("title: T\ndescription: D\ntags: x\nnotes: [anything]\n")
    assert read_head(root, report) == Head(title="T", description="D", tags="x")
    assert not report.problems


def test_a_deck_needs_a_title_and_knows_no_other_keys() -> None:
    root, report = parsed("titel: T\nnote: []\n")
    assert read_head(root, report) is None
    assert {(problem.code, problem.hint) for problem in report.problems} == {
        ("missing-key", ""),
        ("unknown-key", "did you mean 'title'?"),
        ("unknown-key", "did you mean 'notes'?"),
    }


@pytest.mark.parametrize("content", ["- a\n", "just text\n", "'quoted'\n"])
def test_a_file_that_is_no_mapping_is_refused(content: str) -> None:
    report = Report("deck.yaml")
    assert read_root(File("deck.yaml", content.encode()), report, what="the deck") is None
    assert [(problem.code, *place(problem)) for problem in report.problems] == [("wrong-shape", 1, 1)]


def test_a_file_that_could_not_be_read_is_refused_at_its_start() -> None:
    report = Report("deck.yaml")
    assert read_root(File("deck.yaml", b"", "is not a regular file"), report, what="the deck") is None
    assert [str(problem) for problem in report.problems] == [
        "deck.yaml:1:1: error: the deck is not a regular file"
    ]


def source_of(content: str) -> tuple[Source | None, tuple[Problem, ...]]:
    root, report = parsed(content)
    [(key, node)] = root.items()
    return read_source(root.key(key), node, report), report.problems


def name_of(content: str) -> tuple[Name | None, tuple[Problem, ...]]:
    root, report = parsed(content)
    [(key, node)] = root.items()
    return read_name(root.key(key), node, report), report.problems


def test_a_source_has_the_fields_of_its_entry() -> None:
    source, problems = source_of(
        "a:\n  title: T\n  publisher: P\n  author: W\n  published: 2024-06\n  url: http://u.eu\n  file: F\n"
    )
    assert not problems
    assert source == Source(
        id="a", title="T", publisher="P", author="W", published="2024-06", url="http://u.eu", file="F"
    )


def test_a_name_has_one_alias_or_many() -> None:
    assert name_of("a:\n  name: N\n  kind: person\n  aliases: M\n")[0] == Name(
        id="a", name="N", kind="person", aliases=("M",)
    )
    assert name_of("a:\n  name: N\n  kind: person\n")[0] == Name(id="a", name="N", kind="person")


@pytest.mark.parametrize(
    ("read", "content", "code", "line", "column"),
    [
        (source_of, "a: T\n", "wrong-shape", 1, 4),
        (source_of, "a:\n", "no-value", 1, 3),
        (source_of, "a:\n  url: U\n", "missing-key", 2, 3),
        (source_of, "a:\n  title: T\n  published: yesterday\n", "bad-date", 3, 14),
        (source_of, "a:\n  title: T\n  date: 2024\n", "unknown-key", 3, 3),
        (source_of, "a#b:\n  title: T\n", "bad-id", 1, 1),
        (name_of, "a b:\n  name: N\n  kind: k\n", "bad-id", 1, 1),
        (name_of, "a:\n  name: N\n", "missing-key", 2, 3),
        (name_of, "a:\n  name: N\n  kind: k\n  alias: M\n", "unknown-key", 4, 3),
        (name_of, "a:\n  name: N\n  kind: k\n  aliases: [[M]]\n", "wrong-shape", 4, 13),
        (name_of, "a:\n  name: ''\n  kind: k\n", "no-value", 2, 9),
    ],
)
def test_an_entry_that_does_not_fit_is_refused_where_it_does_not(
    read: Callable[[str], tuple[object, tuple[Problem, ...]]], content: str, code: str, line: int, column: int
) -> None:
    entry, problems = read(content)
    assert entry is None
    assert [(problem.code, *place(problem)) for problem in problems] == [(code, line, column)]
