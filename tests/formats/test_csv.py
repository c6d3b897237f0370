from __future__ import annotations

import csv
import io

import pytest
from carried import everything
from hypothesis import given
from hypothesis import strategies as st

from trainer.formats import FORMATS
from trainer.formats.model import Imported, Options, Value, tidy


def read(text: str, **columns: str) -> Imported:
    return FORMATS["csv"].read(text, Options(columns=columns))


def fields(text: str, kind: str = "basic") -> list[dict[str, Value]]:
    return [dict(note.fields) for note in FORMATS["csv"].read(text, Options(type=kind)).notes]


@pytest.mark.parametrize("header", ["Front,Back", "QUESTION,Answer", "term,definition", "q,a", "Back,Front"])
def test_headers_are_recognised_in_any_case_and_order(header: str) -> None:
    cells = dict(zip(header.split(","), ("one", "two"), strict=True))
    asked = cells.get("Front", "one")
    (note,) = fields(f"{header}\none,two\n")
    assert note == {"type": "basic", "question": asked, "answer": "two" if asked == "one" else "one"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("header", [True, False])
def test_the_delimiter_is_seen(delimiter: str, header: bool) -> None:
    rows = [["question", "answer"]] * header + [["Who, then?", "me; and you"], ["What?", "that"]]
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    assert [note["answer"] for note in fields(stream.getvalue())] == ["me; and you", "that"]


def test_without_a_header_the_first_two_columns_ask_and_answer_and_that_is_said() -> None:
    found = read("Haus,house\nHof,yard,extra\n")
    assert [dict(note.fields)["question"] for note in found.notes] == ["Haus", "Hof"]
    assert any("no header" in remark for remark in found.remarks)
    assert [(left.text, "1 cell" in left.reason) for left in found.left_out] == [("column 3", True)]


def test_a_column_that_is_no_field_is_left_out_once_with_its_cells_counted() -> None:
    found = read("question,answer,Page\na,b,1\nc,d,2\ne,f,\n")
    assert [(left.line, left.text) for left in found.left_out] == [(1, "Page")]
    assert "2 cells" in found.left_out[0].reason


def test_a_column_can_be_given_a_field() -> None:
    found = read("Sinn,Wort,Bemerkung\na,b,c\n", Wort="question", Sinn="answer", Bemerkung="explanation")
    assert dict(found.notes[0].fields) == {
        "type": "basic",
        "question": "b",
        "answer": "a",
        "explanation": "c",
    }
    assert found.left_out == ()


def test_cells_in_quotes_hold_line_breaks_and_quotes_and_lines_are_counted() -> None:
    found = read('question,answer\r\n"one\r\ntwo","say ""hi"""\r\nthree,four\r\n')
    assert [(note.line, note.fields["question"]) for note in found.notes] == [(2, "one\ntwo"), (4, "three")]
    assert found.notes[0].fields["answer"] == 'say "hi"'


def test_a_row_whose_quotes_make_no_sense_is_left_out_and_the_next_is_read() -> None:
    found = read('question,answer\n"a"b,c\nd,e\n')
    assert [(left.line, left.text) for left in found.left_out] == [(2, '"a"b,c')]
    assert [note.line for note in found.notes] == [3]


def test_quotes_that_are_never_closed_cost_one_line_only() -> None:
    found = read('question,answer\n"a,b\nc,d\ne,f\n')
    assert [(left.line, "never closed" in left.reason) for left in found.left_out] == [(2, True)]
    assert [note.line for note in found.notes] == [3, 4]


def test_where_tabs_separate_odd_quotes_are_text() -> None:
    (note,) = fields('question\tanswer\n"Yes" he said\tno\n')
    assert note["question"] == '"Yes" he said'


@pytest.mark.parametrize(
    ("cell", "meant"), [("'=1+1", "=1+1"), ("'-5", "-5"), ("'tis", "'tis"), ("''tis", "'tis"), ("=1", "=1")]
)
def test_the_apostrophe_that_guards_a_formula_is_taken_off(cell: str, meant: str) -> None:
    (note,) = fields(f"question,answer\nWhat?,{cell}\n")
    assert note["answer"] == meant


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("typed,Q,a|b,,", {"type": "typed", "question": "Q", "answer": ["a", "b"]}),
        ("basic,Q,a|b,,", {"type": "basic", "question": "Q", "answer": "a|b"}),
        ("list,Q,a|b,,", {"type": "list", "question": "Q", "answers": ["a", "b"]}),
        ("True/False,S,no,,", {"type": "true-false", "statement": "S", "answer": "no"}),
        ("reversed,F,B,,", {"type": "reversed", "front": "F", "back": "B"}),
        (
            "multiple choice,Q,a,b;c,",
            {"type": "choice", "question": "Q", "answer": "a", "distractors": ["b", "c"]},
        ),
        (",Q,a,b|c,", {"type": "choice", "question": "Q", "answer": "a", "distractors": ["b", "c"]}),
        (",Is {{it}} so?,,,", {"type": "cloze", "text": "Is {{it}} so?"}),
        (",Q,a,,x y", {"type": "basic", "question": "Q", "answer": "a", "tags": ["x", "y"]}),
        (",Q,a,,x y; z", {"type": "basic", "question": "Q", "answer": "a", "tags": ["x y", "z"]}),
    ],
)
def test_a_row_becomes_a_note_of_its_type(row: str, expected: dict[str, Value]) -> None:
    (note,) = fields(f"type,question,answer,distractors,tags\n{row}\n")
    assert note == expected


@pytest.mark.parametrize("answer", ["blue", "B", "b"])
def test_options_are_without_the_answer_which_a_letter_may_name(answer: str) -> None:
    (note,) = fields(f"question,option a,option b,option c,correct answer\nSky?,red,blue,green,{answer}\n")
    assert note == {"type": "choice", "question": "Sky?", "answer": "blue", "distractors": ["red", "green"]}


def test_pairs_are_read_in_several_ways() -> None:
    pairs = {"a": "b", "c": "d"}
    for written in ("a = b | c = d", "a->b;c->d", "a: b|c: d"):
        (note,) = fields(f"question,pairs\nQ,{written}\n")
        assert note == {"type": "match", "question": "Q", "pairs": pairs}


def test_the_type_asked_for_is_that_of_cards_with_two_sides_only() -> None:
    first, second = fields("question,answer,distractors\na,b,\nc,d,e\n", kind="typed")
    assert (first["type"], second["type"]) == ("typed", "choice")


def test_cells_beyond_the_header_are_told() -> None:
    found = read("question,answer\na,b,c\n")
    assert [(left.line, left.text) for left in found.left_out] == [(2, "c")]
    assert len(found.notes) == 1


CELLS = st.text("ab \t\n\r,;|\"'=x{}é", max_size=12)


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=8), delimiter=st.sampled_from(",;\t|"))
def test_every_row_that_is_not_blank_is_a_note_or_left_out(
    rows: list[tuple[str, str]], delimiter: str
) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(["question", "answer"])
    numbered = [(f"w{index}z{first}", second) for index, (first, second) in enumerate(rows)]
    writer.writerows(numbered)
    found = read(stream.getvalue())
    assert len(found.notes) == len(rows)
    told = everything(found)
    for first, _ in numbered:
        assert tidy(first) in told


@given(lines=st.lists(st.text('abc,"\t;', max_size=10), max_size=10))
def test_no_word_of_a_table_is_dropped(lines: list[str]) -> None:
    """Also where its quotes make no sense: each line has a word of its own."""
    text = "question,answer\n" + "".join(f"{line}w{index}z,x\n" for index, line in enumerate(lines))
    told = everything(read(text))
    unnamed = "".join(note.text for note in read(text).notes)
    assert [index for index in range(len(lines)) if f"w{index}z" not in told + unnamed] == []


def test_a_column_called_just_as_a_field_goes_before_one_that_only_means_it() -> None:
    (note,) = read("question,correct answer,answer\na,,b\n").notes
    assert dict(note.fields) == {"type": "basic", "question": "a", "answer": "b"}
