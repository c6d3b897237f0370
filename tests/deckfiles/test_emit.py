from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.deckfiles.emit import UnwritableError, deck_text, entry_lines, flow, refused, table_lines
from trainer.deckfiles.nodes import Table, compose
from trainer.deckfiles.report import Report
from trainer.deckfiles.shapes import plain

signs = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff") | st.sampled_from(
    "\n\t #:-?'\"\\[]{},&*!|>%@`~"
)
texts = st.text(signs, max_size=30) | st.lists(st.sampled_from(["a", "bc", "#", ":", "  ", "don't"])).map(
    " ".join
)
long_texts = st.lists(st.text(signs, min_size=1, max_size=9), min_size=20, max_size=40).map(" ".join)
keys = st.text(signs, min_size=1, max_size=12).filter(lambda key: key.strip() == key)
values = st.recursive(
    texts | long_texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)


def read(text: str) -> object:
    report = Report("x.yaml")
    tree = compose(text.encode(), report)
    assert not report.problems, (text, report.problems)
    assert isinstance(tree.root, Table)
    return plain(tree.root)


def as_read(value: object) -> object:
    """The line breaks at the end of a text are no part of it."""
    if isinstance(value, str):
        return value.rstrip("\n")
    if isinstance(value, Mapping):
        return {key: as_read(item) for key, item in value.items()}
    assert isinstance(value, list)
    return [as_read(item) for item in value]


@given(st.dictionaries(keys, values, min_size=1, max_size=4))
def test_whatever_is_written_is_read_back(table: dict[str, object]) -> None:
    assert read("\n".join(table_lines(table)) + "\n") == as_read(table)  # type: ignore[arg-type]


@given(keys, values)
def test_a_value_in_brackets_is_read_back(key: str, value: object) -> None:
    assert read(f"{flow(key)}: {flow(value)}\n") == {key: as_read(value)}  # type: ignore[arg-type]


@given(keys, texts | long_texts)
def test_a_comment_may_follow_what_is_written_without_blocks(key: str, text: str) -> None:
    lines = entry_lines(key, text, 0, blocks=False)
    assert read("\n".join(lines) + "   # as before\n") == {key: text.rstrip("\n")}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("2024-06-13", "when: 2024-06-13"),
        ("no", "when: no"),
        ("010", "when: 010"),
        ("-5 degrees", "when: -5 degrees"),
        ("a: b", 'when: "a: b"'),
        ("see #1", 'when: "see #1"'),
        ('he said "no": twice', "when: 'he said \"no\": twice'"),
        ('it\'s "so": twice', 'when: "it\'s \\"so\\": twice"'),
        ("", 'when: ""'),
        ("~", 'when: "~"'),
        (["a", "b, c"], 'when: [a, "b, c"]'),
        ([], "when: []"),
        ({}, "when: {}"),
        ({"a": "b"}, "when:\n  a: b"),
        ([["a", "b"], "c"], "when:\n  - [a, b]\n  - c"),
        ([{"a": "b", "c": "d"}], "when:\n  - a: b\n    c: d"),
        ("first\nsecond", "when: |-\n  first\n  second"),
    ],
)
def test_values_are_written_as_a_person_would(value: object, written: str) -> None:
    assert "\n".join(entry_lines("when", value, 0)) == written  # type: ignore[arg-type]


def test_long_text_is_folded_and_long_lists_stand_in_lines() -> None:
    text = entry_lines("answer", "word " * 30 + "end", 2)
    assert text[0] == "  answer: >-"
    assert all(line.startswith("    word") and len(line) <= 110 for line in text[1:])
    items = entry_lines("items", ["a long item of a list " * 2] * 3, 0)
    assert len(items) == 4


def test_a_deck_is_written_with_its_notes_apart() -> None:
    notes = [{"id": "a", "question": "b"}, {"id": "c", "answer": "d"}]
    assert deck_text({"title": "T", "tags": ["x", "2024"]}, notes, modeline="# m") == (
        "# m\ntitle: T\ntags: [x, 2024]\nnotes:\n  - id: a\n    question: b\n\n  - id: c\n    answer: d\n"
    )
    assert deck_text({"title": "T"}, []) == "title: T\nnotes: []\n"


def test_characters_that_no_file_may_hold_are_refused() -> None:
    assert refused("a\x1bb") == "the character U+001B must not stand in a file"
    assert refused("é😀\u200f") == ""
    with pytest.raises(UnwritableError, match=r"U\+0085"):
        entry_lines("a", "b\x85", 0)
