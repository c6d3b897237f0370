from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from trainer.core.cells import cells, fit, padded
from trainer.core.visible import one_line

TEXTS = st.text(max_size=30).map(one_line)


def test_wide_characters_take_two_cells_and_marks_none() -> None:
    assert [cells(text) for text in ("Minsk", "東京", "e\u0301", "❤\ufe0f", "a\u200db", "")] == [
        5,
        4,
        1,
        2,
        2,
        0,
    ]


def test_characters_that_are_newer_than_this_python_are_taken_for_wide() -> None:
    assert cells("\U0001faea") == 2
    assert cells("䷀") == 2


@given(TEXTS)
def test_a_text_takes_no_more_cells_than_are_counted(text: str) -> None:
    assert cell_len(text) <= cells(text)


@given(TEXTS, st.integers(0, 40))
def test_a_text_that_is_cut_keeps_within_its_room(text: str, room: int) -> None:
    assert cells(fit(text, room)) <= room
    assert cells(padded(text, room)) == cells(padded(text, room, right=True)) == room


def test_what_is_cut_tells_so() -> None:
    assert fit("Yerevan", 4) == "Yer…"
    assert fit("東京", 3) == "東…"
    assert fit("東京", 2) == "…"
    assert fit("Minsk", 5) == "Minsk"


def test_blanks_stand_behind_a_text_or_before_it() -> None:
    assert padded("12", 4) == "12  "
    assert padded("12", 4, right=True) == "  12"
