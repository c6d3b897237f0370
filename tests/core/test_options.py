from __future__ import annotations

from collections import Counter

from factories import make_moment
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.options import occasion, offered, on_offer, options, right_sides
from trainer.core.prompt import Arrange, Choose, Pair, Reveal
from trainer.core.review import Rating
from trainer.core.scheduling import Scheduler

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


def test_options_that_name_their_order_keep_it() -> None:
    form = Choose(answers=("False",), distractors=("True",), draw=1, order=("True", "False"))
    assert {options(form, seed=str(seed)) for seed in range(20)} == {("True", "False")}


ITEMS = st.lists(st.sampled_from("abcdef"), min_size=2, max_size=9).map(tuple)


@given(ITEMS, st.text())
def test_items_are_never_offered_in_the_right_order_if_there_is_another(
    items: tuple[str, ...], seed: str
) -> None:
    shown = offered(Arrange(items=items), seed=seed)
    assert sorted(shown) == sorted(items)
    assert shown != items or len({*items}) == 1


@given(ITEMS, st.text())
def test_right_sides_are_never_offered_all_at_their_place(rights: tuple[str, ...], seed: str) -> None:
    form = Pair(pairs=tuple((str(index), right) for index, right in enumerate(rights)))
    shown = right_sides(form, seed=seed)
    assert sorted(shown) == sorted(rights)
    assert shown != rights or len({*rights}) == 1


def test_what_is_on_offer_depends_on_the_form() -> None:
    arranged, paired = Arrange(items=("a", "b", "c")), Pair(pairs=(("1", "a"), ("2", "b")))
    assert on_offer(FORM, seed="1") == options(FORM, seed="1")
    assert on_offer(arranged, seed="1") == offered(arranged, seed="1")
    assert on_offer(paired, seed="1") == right_sides(paired, seed="1") == ("b", "a")
    assert on_offer(Reveal(answer="a"), seed="1") == ()


def test_every_occasion_draws_anew() -> None:
    state = Scheduler().after(None, Rating.GOOD, card="card", moment=make_moment())
    seeds = [
        occasion("card", None),
        occasion("card", None, 1),
        occasion("card", state),
        occasion("other", None),
    ]
    assert len({*seeds}) == 4
