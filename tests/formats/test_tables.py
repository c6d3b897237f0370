"""Tables as they are written, and read by others."""

from __future__ import annotations

import csv
import json
import os
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.formats.cells import GUARDED, guarded, unguarded
from trainer.formats.csv_ import read
from trainer.formats.model import Options
from trainer.formats.written import Cell, Column, Row, tables

COLUMNS = (
    Column("id", "word"),
    Column("at", "moment"),
    Column("response", "text"),
    Column("score", "number"),
    Column("tags", "list"),
    Column("flagged", "truth"),
)
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("01", "2024-06-13T14:05:09.120+02:00", "Yerevan", 1.0, ("city", "-5"), 1),
    ("02", "2024-06-13T14:05:10.000-03:30", '=HYPERLINK("http://x")', 0.25, (), 0),
    ("03", None, "two\r\nlines, and “quotes” \x00", None, ("=a",), 0),
    ("04", None, "'", -3, ("ж",), 1),
)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def written(name: str, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...]) -> str:
    stream = StringIO(newline="")
    fresh: list[Row] = [list(row) for row in rows]
    tables()[name].write(columns, iter(fresh), stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["csv", "json", "jsonl"])
def test_a_table_is_written_as_it_was_before(name: str) -> None:
    path = Path(__file__).parent / "golden" / f"table.{name}"
    text = written(name, COLUMNS, ROWS)
    if os.environ.get("GOLDEN") == "new":
        path.write_bytes(text.encode())
    assert text.encode() == path.read_bytes()


def test_every_format_of_tables_is_found_by_being_there() -> None:
    assert sorted(tables()) == ["csv", "json", "jsonl"]


@given(st.lists(TEXT))
def test_a_cell_is_read_back_as_it_was_handed_out(texts: list[str]) -> None:
    columns = (Column("text", "text"), Column("more", "text"))
    text = written("csv", columns, tuple((each, "x") for each in texts))
    header, *rows = csv.reader(StringIO(text, newline=""), strict=True)
    assert header == ["text", "more"]
    assert [[unguarded(cell) for cell in row] for row in rows] == [[each, "x"] for each in texts]
    assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for row in rows for cell in row if cell)


@given(st.text())
def test_no_guarded_cell_begins_as_a_formula_does(text: str) -> None:
    cell = guarded(text)
    assert cell[:1] == "'" or cell[:1] not in GUARDED or not cell
    assert "\0" not in cell
    assert unguarded(cell) == text.replace("\0", "␀")


def test_numbers_of_the_program_are_no_formulas() -> None:
    rows = list(csv.reader(StringIO(written("csv", COLUMNS, ROWS), newline="")))
    assert rows[4][3] == "-3"


@given(st.lists(st.text()))
def test_json_loses_nothing(texts: list[str]) -> None:
    columns = (Column("text", "text"),)
    rows = tuple((each,) for each in texts)
    expected = [{"text": each} for each in texts]
    whole, lines = written("json", columns, rows), written("jsonl", columns, rows)
    assert json.loads(whole) == expected
    assert [json.loads(line) for line in lines.splitlines()] == expected
    assert whole.isascii()


def test_import_takes_the_guard_off_that_export_puts_on() -> None:
    columns = (Column("question", "text"), Column("answer", "text"))
    text = written("csv", columns, (("'=1+1?", "-2"), ("@home", "\ttab")))
    given_back = [dict(note.fields) for note in read(text, Options()).notes]
    assert [(note["question"], note["answer"]) for note in given_back] == [("'=1+1?", "-2"), ("@home", "tab")]
