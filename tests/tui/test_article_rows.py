"""An article in rows: where text is broken, and where on the screen its characters are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.tui.widgets.article_rows import Galley, Shown, Spot, offset_at, rows_of

ANYTHING = st.text(
    st.sampled_from("ab -—亚の。，\u0301\u200d\ufe0f👩שלמا\u064e\t\n\r\u202e\x1b⟨⟩…") | st.characters(),
    max_size=60,
)
FAMILY = "👩\u200d👩\u200d👧"


def rows(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in rows_of(text, width)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two  three", 8, ["one two", "three"]),
        ("one twofour", 7, ["one", "twofour"]),
        ("abcdefgh ij", 4, ["abcd", "efgh", "ij"]),
        ("a six-nation bloc", 8, ["a six-", "nation", "bloc"]),
        ("in 2018-2022 it", 10, ["in", "2018-2022", "it"]),
        ("groups—backed by", 9, ["groups—", "backed by"]),
        ("at -five", 5, ["at", "-five"]),
        ("亚美尼亚。亚", 8, ["亚美尼", "亚。亚"]),
        ("he 亚美尼亚", 8, ["he 亚美", "尼亚"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
        ("", 5, [""]),
    ],
)
def test_rows_break_at_blanks_and_between_words(text: str, width: int, expected: list[str]) -> None:
    assert rows(text, width) == expected


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("abc", 2, 2),
        ("abc", 9, 3),
        ("亚美", 1, 0),
        ("亚美", 3, 1),
        ("e\u0301x", 1, 2),
        (FAMILY + "x", 2, len(FAMILY)),
        ("", 3, 0),
    ],
)
def test_characters_are_found_by_cells(text: str, cells: int, expected: int) -> None:
    assert offset_at(text, cells) == expected


@given(ANYTHING, st.integers(1, 12))
def test_rows_hold_all_but_blanks_and_fit(text: str, width: int) -> None:
    shown = Shown(text).text
    between = 0
    for start, end in rows_of(shown, width):
        assert not shown[between:start].strip(" ") and between <= start <= end
        assert offset_at(shown[start:end], width) == end - start or not offset_at(shown[start:end], width)
        between = end
    assert between == len(shown)


@given(ANYTHING)
def test_what_is_shown_leads_back_to_the_text(text: str) -> None:
    shown = Shown(text)
    places = [shown.place(place) for place in range(len(text) + 1)]
    assert places == sorted(places) and places[0] == 0 and places[-1] == len(shown.text)
    assert all(places[shown.original(place)] == place for place in places)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\u202eb", [0, 1, 7, 8]),
        ("\x1b[a", [0, 1, 2, 3]),
        ("a\r\nb\tc", [0, 1, 1, 2, 3, 4, 5]),
        ("⟨202E⟩\u202ea", [0, 1, 2, 3, 4, 5, 6, 12, 13]),
        ("\u2066a\u2069\u2069", [0, 1, 2, 3, 9]),
        ("a" + "\u0301" * 32 + "b", [*range(32), 34, 34, 35]),
    ],
)
def test_signs_take_the_room_that_they_take(text: str, expected: list[int]) -> None:
    shown = Shown(text)
    assert [shown.place(place) for place in range(len(text) + 1)] == expected


def test_going_through_the_rows_and_back_meets_each_of_them() -> None:
    galley = Galley(["one two three", "", "four"])
    galley.lay(5, least=lambda block: 2, gap=1, folded=False)
    every = [Spot(0, row) for row in range(4)] + [Spot(1, row) for row in range(3)]
    every += [Spot(2, row) for row in range(3)]
    assert galley.seen(Spot(0, 0), 99) == every
    for start, spot in enumerate(every):
        for end, other in enumerate(every):
            assert galley.moved(spot, end - start) == other
    assert galley.moved(Spot(0, 1), -9) == Spot(0, 0) and galley.moved(Spot(0, 1), 99) == Spot(2, 2)
    assert galley.end == Spot(2, 1)


def test_many_paragraphs_do_not_fill_the_memory() -> None:
    galley = Galley(["word " * 9] * 9_000)
    galley.lay(20, least=lambda block: 1, gap=1, folded=False)
    assert galley.moved(Spot(0, 0), 30_000) == Spot(7_500, 0)
    assert len(galley._rows) < 2_500 and len(galley._shown) < 2_500
