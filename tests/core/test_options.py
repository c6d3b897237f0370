from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from trainer.core.options import options
from trainer.core.prompt import Choose

words = st.lists(st.text(max_size=4), unique=True, min_size=2, max_size=9).map(tuple)


@given(words, st.integers(1, 8), st.text())
def test_the_answer_is_among_the_options_with_as_many_distractors_as_drawn(
    texts: tuple[str, ...], draw: int, seed: str
) -> None:
    form = Choose(answers=(texts[0],), distractors=texts[1:], draw=draw)
    shown = options(form, seed=seed)
    assert texts[0] in shown
    assert len(shown) == 1 + min(draw, len(texts) - 1)
    assert len({*shown}) == len(shown)
    assert {*shown} <= {*texts}
    assert shown == options(form, seed=seed)


FORM = Choose(answers=("A",), distractors=tuple("BCDEFG"), draw=3)
DRAWN = [options(FORM, seed=f"card\n{number}") for number in range(1000)]


def test_the_answer_stands_at_every_place_about_as_often() -> None:
    places = Counter(shown.index("A") for shown in DRAWN)
    assert {*places} == {0, 1, 2, 3}
    assert min(places.values()) > 190


def test_every_distractor_is_drawn_about_as_often() -> None:
    drawn = Counter(text for shown in DRAWN for text in shown if text != "A")
    assert {*drawn} == {*"BCDEFG"}
    assert min(drawn.values()) > 400


def test_odd_text_can_be_an_option() -> None:
    form = Choose(answers=("\ud800",), distractors=("",), draw=1)
    assert sorted(options(form, seed="\udfff")) == ["", "\ud800"]


def test_the_order_is_the_same_in_every_process() -> None:
    assert options(FORM, seed="1") == ("G", "E", "A", "B")
