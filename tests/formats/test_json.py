from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.formats import FORMATS
from trainer.formats.model import Imported, Options, UnreadableError

DECK = """\
{"title": "A deck", "colour": 1, "tags": ["a", "b"], "description": "About it.",
 "notes": [
  {"question": "Who?", "answer": 5, "hint": null},
  {"type": "match", "question": "M", "pairs": {"a": "b"},
   "tags": ["x"]},
  {"type": "true-false", "statement": "s", "answer": true},
  {"question": "x", "question": "y"},
  7
 ]}
"""


def read(text: str) -> Imported:
    return FORMATS["json"].read(text, Options())


def test_a_deck_in_json_is_read_with_every_scalar_as_text() -> None:
    found = read(DECK)
    assert (found.title, found.description, found.tags) == ("A deck", "About it.", ("a", "b"))
    assert [(note.line, dict(note.fields)) for note in found.notes] == [
        (3, {"question": "Who?", "answer": "5"}),
        (4, {"type": "match", "question": "M", "pairs": {"a": "b"}, "tags": ["x"]}),
        (6, {"type": "true-false", "statement": "s", "answer": "true"}),
    ]


def test_what_is_no_note_or_no_field_of_a_deck_is_left_out_with_its_line() -> None:
    assert [(left.line, left.text) for left in read(DECK).left_out] == [
        (1, '"colour": 1'),
        (7, '{"question": "x", "question": "y"}'),
        (8, "7"),
    ]


def test_a_bare_list_is_a_deck_without_a_title() -> None:
    found = read('[{"question": "a", "answer": "b"}]')
    assert found.title == "" and len(found.notes) == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("{", 1),
        ('{"notes": [\n{"a": }\n]}', 2),
        ("[1,\n]", 2),
        ("[]\n[]", 2),
        ('"a"', 1),
        ("[" * 100_000, 1),
        ('{"a" 1}', 1),
    ],
)
def test_what_is_not_json_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(text)
    assert refused.value.line == line


def test_a_note_nested_too_deeply_is_left_out() -> None:
    found = read('{"notes": [{"question": ' + "[" * 50 + "]" * 50 + "}]}")
    assert (len(found.notes), len(found.left_out)) == (0, 1)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(notes=st.lists(VALUES, max_size=5), indent=st.sampled_from([None, 1]))
def test_every_item_is_a_note_or_left_out(notes: list[object], indent: int | None) -> None:
    found = read(json.dumps({"notes": notes}, indent=indent))
    assert len(found.notes) + len(found.left_out) == len(notes)
