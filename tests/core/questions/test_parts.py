"""`list`, `order` and `match`: answers of several parts."""

from __future__ import annotations

import pytest
from factories import make_name

from trainer.core.names import Names
from trainer.core.prompt import AnswerForm, Arrange, Items, Pair, Text, TypeIn
from trainer.core.question import Note
from trainer.core.questions.list_ import List
from trainer.core.questions.match import Match
from trainer.core.questions.order import Order

NAMES = Names([make_name("Minsk", "Miensk", kind="city"), make_name("Nikol Pashinyan", kind="person")])


def messages(note: Note) -> list[str]:
    assert all(fault.severity == "error" and hasattr(note, fault.field) for fault in note.faults(NAMES))
    return [fault.message for fault in note.faults(NAMES)]


def form_of(note: Note) -> AnswerForm:
    (draft,) = note.drafts(NAMES)
    assert draft.key == "card"
    assert draft.prompt.question == "Which?"
    return draft.prompt.form


# list


def test_a_list_takes_each_item_in_any_of_its_spellings() -> None:
    note = List(question="Which?", answers=("Minsk", ("a trade pact", "a pact on trade"), "1994"))
    assert not messages(note)
    assert form_of(note) == TypeIn(
        expected=Items(
            items=(
                Text(answers=("Minsk",), aliases=("Miensk",), name=True),
                Text(answers=("a trade pact", "a pact on trade")),
                Text(answers=("1994",)),
            )
        )
    )


@pytest.mark.parametrize(
    ("answers", "faults"),
    [
        ((), ["a list needs at least two answers"]),
        (("a",), ["a list needs at least two answers"]),
        (("a", "b"), []),
        (("a", ("b", "B")), []),
        (("a", " "), ["one item is empty"]),
        (("a", ()), ["one item is empty"]),
        (("a", ("b", "")), ["one item is empty"]),
        (("a", "b", "A."), ["the item 'A.' is given twice"]),
        (("a", ("b", "a")), ["the item 'b' is given twice"]),
        (("Minsk", "Miensk"), ["the item 'Miensk' is given twice"]),
        (("Nikol Pashinyan", "Pashinyan"), ["the item 'Pashinyan' is given twice"]),
        (("a;b", "c"), ["the item 'a;b' contains ';'"]),
        (("a", ("b", "c;")), ["the item 'c;' contains ';'"]),
        (("a\nb", "c"), ["the item 'a\\nb' has more than one line"]),
    ],
)
def test_the_items_of_a_list_are_told_apart(
    answers: tuple[str | tuple[str, ...], ...], faults: list[str]
) -> None:
    assert messages(List(question="Which?", answers=answers)) == faults


# order


def test_an_order_keeps_its_items_as_they_stand() -> None:
    note = Order(question="Which?", items=("b", "a", "c"))
    assert not messages(note)
    assert form_of(note) == Arrange(items=("b", "a", "c"))


@pytest.mark.parametrize(
    ("items", "faults"),
    [
        ((), ["there is nothing to put in order: fewer than two items"]),
        (("a",), ["there is nothing to put in order: fewer than two items"]),
        (("b", "c"), []),
        (tuple("BCDEFGHIJ"), []),
        (tuple("BCDEFGHIJK"), ["more than 9 items"]),
        (("a", ""), ["one item is empty"]),
        (("a", "b", "A"), ["the item 'A' is given twice"]),
        (("Minsk", "Miensk"), ["the item 'Miensk' is given twice"]),
        (("a; b", "c"), ["the item 'a; b' contains ';'"]),
        (("a\nb", "c"), ["the item 'a\\nb' has more than one line"]),
    ],
)
def test_the_items_of_an_order_are_told_apart(items: tuple[str, ...], faults: list[str]) -> None:
    assert messages(Order(question="Which?", items=items)) == faults


# match


def test_the_pairs_of_a_match_are_a_mapping_or_a_list() -> None:
    pairs = (("Armenia", "Yerevan"), ("Belarus", "Minsk"))
    for given in (dict(pairs), pairs):
        note = Match(question="Which?", pairs=given)
        assert not messages(note)
        assert form_of(note) == Pair(pairs=pairs)


@pytest.mark.parametrize(
    ("pairs", "faults"),
    [
        ((), ["there is nothing to match: fewer than two pairs"]),
        ((("a", "b"),), ["there is nothing to match: fewer than two pairs"]),
        (tuple((letter, letter * 2) for letter in "BCDEFGHIJ"), []),
        (tuple((letter, letter * 2) for letter in "BCDEFGHIJK"), ["more than 9 pairs"]),
        ((("a", "b"), ("A", "c")), ["the left side 'A' is given twice"]),
        ((("Minsk", "b"), ("Miensk", "c")), ["the left side 'Miensk' is given twice"]),
        ((("", "b"), ("a", "c")), ["one left side is empty"]),
        ((("a", "b"), ("c", " "), ("d", "e")), ["one right side is empty"]),
        ((("a", "b"), ("c", "b"), ("d", "e")), []),
        ((("a", "b"), ("c", "b")), ["all right sides are the same"]),
        ((("a", "b"), ("c", "B"), ("d", "e")), ["'B' and 'b' are the same right side"]),
        ((("a", "Minsk"), ("c", "Miensk"), ("d", "e")), ["'Miensk' and 'Minsk' are the same right side"]),
        ((("a;", "b"), ("c", "d;")), ["the left side 'a;' contains ';'", "the right side 'd;' contains ';'"]),
        ((("a\nb", "b"), ("c", "d")), ["the left side 'a\\nb' has more than one line"]),
        ((("a", "b"), ("c", "d\ne")), ["the right side 'd\\ne' has more than one line"]),
        ((("a = x", "b"), ("c", "d")), ["the side 'a = x' contains ' = '"]),
        ((("a =", "b"), ("c", "= d")), ["the side 'a =' contains ' = '", "the side '= d' contains ' = '"]),
        ((("a=b", "b"), ("c", "d")), []),
    ],
)
def test_the_pairs_of_a_match_are_told_apart(pairs: tuple[tuple[str, str], ...], faults: list[str]) -> None:
    assert messages(Match(question="Which?", pairs=pairs)) == faults
