"""Choosing, arranging and pairing, by key and by mouse, and what is told after the answer."""

from __future__ import annotations

import pytest
from desk import NARROW, TINY, WIDE, Desk, assert_golden, review_of, study_of, text_of
from textual.pilot import Pilot

from trainer.core.prompt import PAIRED, SEPARATOR
from trainer.core.session import Selection
from trainer.tui.app import TrainerApp

FIRST, SECOND, THIRD = "the first war", "a war of six weeks", "an offensive of 24 hours"
OFFICES = {
    "Maria Zakharova": "spokesperson in Moscow",
    "Anatoly Glaz": "spokesperson in Minsk",
    "Vladimir Karapetyan": "ambassador in Kyiv",
}


def row_of(app: TrainerApp, text: str) -> int:
    return next(row for row, line in enumerate(text_of(app).splitlines()) if text in line)


def place_of(app: TrainerApp, text: str) -> tuple[int, int]:
    """Where a text begins, in cells from the corner of the screen."""
    row = row_of(app, text)
    return text_of(app).splitlines()[row].index(text), row


def number_of(app: TrainerApp, text: str) -> str:
    """The number in front of a text."""
    return text_of(app).splitlines()[row_of(app, text)].partition(text)[0].split("[")[0].split()[-1]


def order_on(app: TrainerApp, *texts: str) -> list[str]:
    """Texts from top to bottom, as they stand on the screen."""
    return sorted(texts, key=lambda text: row_of(app, text))


async def put_in_order(app: TrainerApp, pilot: Pilot[None], *items: str) -> None:
    """Move items until they stand in this order, the mark at the first."""
    for place, item in enumerate(items):
        now = order_on(app, *items).index(item)
        await mark(app, pilot, item)
        await pilot.press(*["K"] * (now - place))


async def mark(app: TrainerApp, pilot: Pilot[None], text: str) -> None:
    for _ in range(9):
        if text_of(app).splitlines()[row_of(app, text)].lstrip().startswith("›"):
            return
        await pilot.press("down")
    raise AssertionError(f"{text} cannot be marked")


# Choose


async def test_ticked_options_are_the_response_in_the_order_shown(desk: Desk) -> None:
    app = desk.ask("members")
    async with app.run_test(size=WIDE) as pilot:
        shown = order_on(app, "Belarus", "Armenia")
        await pilot.press(number_of(app, shown[1]), number_of(app, "Georgia"), number_of(app, shown[0]))
        await mark(app, pilot, "Georgia")
        await pilot.press("space", "enter")
        assert "✓ right" in text_of(app)
        await pilot.press("space")
        review = review_of(app, "members")
        assert (review.response, review.score) == (SEPARATOR.join(shown), 1.0)


async def test_nothing_ticked_is_no_answer(desk: Desk) -> None:
    app = desk.ask("members")
    async with app.run_test(size=WIDE) as pilot:
        assert "enter answer" not in text_of(app)
        await pilot.press("space", "space", "enter")
        assert study_of(app)._verdict is None
        await pilot.press("space")
        assert "enter answer" in text_of(app)


async def test_after_ticking_each_option_says_what_it_was(desk: Desk) -> None:
    app = desk.ask("members")
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press(number_of(app, "Belarus"), number_of(app, "Georgia"), "enter")
        seen = text_of(app)
        for told in ("[x] Belarus  ✓ right, yours", "[ ] Armenia  ✓ right, missed", "[x] Georgia  ✗ yours"):
            assert told in seen
        assert_golden(app, "forms-several-answer-60x15")


async def test_a_click_ticks_and_the_hint_hands_in(desk: Desk) -> None:
    app = desk.ask("members")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.click(offset=place_of(app, "Belarus"))
        await pilot.click(offset=place_of(app, "Armenia"))
        await pilot.click(offset=place_of(app, "enter answer"))
        assert "✓ right" in text_of(app)


@pytest.mark.parametrize(("key", "told"), [("f", "f  False  ✓ right, yours"), ("t", "t  True  ✗ yours")])
async def test_letters_pick_true_or_false(desk: Desk, key: str, told: str) -> None:
    app = desk.ask("armenia-member")
    async with app.run_test(size=NARROW) as pilot:
        assert order_on(app, "True", "False") == ["True", "False"]
        await pilot.press(key)
        assert told in text_of(app)
        assert not app.collection.standing.flagged(), "the letter has answered, not flagged"
        await pilot.press("f")
        assert app.collection.standing.flagged() == {"forms/armenia-member/card"}


async def test_a_choice_of_two_others_is_not_picked_by_letter(desk: Desk) -> None:
    app = desk.study(Selection(cards=("capitals/sent-home/card",)))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("t")
        assert study_of(app)._verdict is None
        await pilot.press("f")
        assert app.collection.standing.flagged() == {"capitals/sent-home/card"}


# Arrange


@pytest.mark.parametrize("key", ["K", "shift+up", "alt+up"])
async def test_the_marked_item_is_moved_by_key(desk: Desk, key: str) -> None:
    app = desk.ask("by-time")
    async with app.run_test(size=NARROW) as pilot:
        before = order_on(app, FIRST, SECOND, THIRD)
        await pilot.press("down", key)
        assert order_on(app, FIRST, SECOND, THIRD) == [before[1], before[0], before[2]]
        await pilot.press(key)
        assert order_on(app, FIRST, SECOND, THIRD)[0] == before[1], "at the top it stays"


@pytest.mark.parametrize("key", ["J", "shift+down", "alt+down"])
async def test_the_marked_item_is_moved_down_to_the_end(desk: Desk, key: str) -> None:
    app = desk.ask("by-time")
    async with app.run_test(size=NARROW) as pilot:
        before = order_on(app, FIRST, SECOND, THIRD)
        await pilot.press(key, key, key)
        assert order_on(app, FIRST, SECOND, THIRD) == [before[1], before[2], before[0]]


async def test_the_order_handed_in_is_recorded(desk: Desk) -> None:
    app = desk.ask("by-time")
    async with app.run_test(size=WIDE) as pilot:
        await put_in_order(app, pilot, FIRST, SECOND, THIRD)
        await pilot.press("enter")
        assert "✓ right" in text_of(app)
        await pilot.press("3")
        review = review_of(app, "by-time")
        assert (review.response, review.score) == (SEPARATOR.join((FIRST, SECOND, THIRD)), 1.0)


async def test_an_item_is_dragged_to_its_place(desk: Desk) -> None:
    app = desk.ask("by-time")
    async with app.run_test(size=WIDE) as pilot:
        top, middle, bottom = order_on(app, FIRST, SECOND, THIRD)
        to = place_of(app, bottom)
        await pilot.mouse_down(offset=place_of(app, top))
        await pilot.hover(offset=place_of(app, middle))
        await pilot.hover(offset=to)
        await pilot.mouse_up(offset=to)
        assert order_on(app, FIRST, SECOND, THIRD) == [middle, bottom, top]
        await pilot.hover(offset=place_of(app, middle))
        assert order_on(app, FIRST, SECOND, THIRD) == [middle, bottom, top], "it was let go"


async def test_misplaced_items_are_told_beside_the_right_order(desk: Desk) -> None:
    app = desk.ask("by-time")
    async with app.run_test(size=WIDE) as pilot:
        await put_in_order(app, pilot, SECOND, FIRST, THIRD)
        await pilot.press("enter")
        seen = text_of(app)
        assert f"✗ 1  {SECOND}  ✗ belongs 2nd" in seen
        assert f"✓ 3  {THIRD}" in seen
        assert "partly right · 0.67" in seen
        assert_golden(app, "forms-order-answer-100x30")


async def test_where_it_is_narrow_the_right_order_tells_where_items_were_put(desk: Desk) -> None:
    app = desk.ask("by-time")
    async with app.run_test(size=TINY) as pilot:
        await put_in_order(app, pilot, SECOND, FIRST, THIRD)
        await pilot.press("enter")
        assert f"1  {FIRST}  ✗ yours 2nd" in text_of(app)
        assert_golden(app, "forms-order-answer-40x12")


# Pair


async def test_numbers_bring_right_sides_to_the_marked_line(desk: Desk) -> None:
    app = desk.ask("offices")
    async with app.run_test(size=NARROW) as pilot:
        for right in OFFICES.values():
            await pilot.press(number_of(app, right))
        assert_golden(app, "forms-match-question-60x15")
        await pilot.press("enter")
        assert "✓ Anatoly Glaz         spokesperson in Minsk" in text_of(app)
        await pilot.press("3")
        review = review_of(app, "offices")
        assert review.response == SEPARATOR.join(PAIRED.join(pair) for pair in OFFICES.items())
        assert review.score == 1.0


async def test_right_sides_change_places_by_key_and_by_dragging(desk: Desk) -> None:
    app = desk.ask("offices")
    async with app.run_test(size=NARROW) as pilot:
        top, middle, bottom = order_on(app, *OFFICES.values())
        await pilot.press("down", "K")
        assert order_on(app, *OFFICES.values()) == [middle, top, bottom]
        to = place_of(app, bottom)
        await pilot.mouse_down(offset=place_of(app, middle))
        await pilot.hover(offset=place_of(app, top))
        await pilot.hover(offset=to)
        await pilot.mouse_up(offset=to)
        assert order_on(app, *OFFICES.values()) == [bottom, top, middle]


async def test_after_matching_each_pair_says_what_was_right(desk: Desk) -> None:
    app = desk.ask("offices")
    async with app.run_test(size=WIDE) as pilot:
        for right in ("spokesperson in Minsk", "spokesperson in Moscow", "ambassador in Kyiv"):
            await pilot.press(number_of(app, right))
        await pilot.press("enter")
        seen = text_of(app)
        for told in ("spokesperson in Minsk  ✗ yours", "spokesperson in Moscow  ✓ right"):
            assert told in seen
        assert "✓ Vladimir Karapetyan  ambassador in Kyiv" in seen
        assert "partly right · 0.33" in seen
        assert_golden(app, "forms-match-answer-100x30")


@pytest.mark.parametrize("note", ["members", "armenia-member", "by-time", "offices"])
async def test_not_knowing_needs_one_key_and_earns_nothing(desk: Desk, note: str) -> None:
    app = desk.ask(note)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("0", "space")
        review = review_of(app, note)
        assert (review.score, review.response) == (0, "")
