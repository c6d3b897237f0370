"""What holds on screen for every answer form."""

from __future__ import annotations

import json

import pytest
from desk import NARROW, TINY, WIDE, Desk, assert_clean, front, study_of, text_of
from textual.widgets import Input

from trainer.core.session import Selection
from trainer.tui.app import TrainerApp

NINE = ["it is this", *(f"option number {number} of them" for number in range(2, 10))]


def of_nine(desk: Desk) -> TrainerApp:
    """A choice of more options than a small screen can hold."""
    note = {
        "id": "one",
        "type": "choice",
        "question": "Which is it?",
        "answer": NINE[0],
        "distractors": NINE[1:],
    }
    desk.write("many", json.dumps({"title": "Many", "notes": [note]}))
    return desk.study(Selection(decks=("many",)))


@pytest.mark.parametrize("key", ["down", "up"])
async def test_the_marked_option_of_nine_is_in_sight_on_a_small_screen(desk: Desk, key: str) -> None:
    app = of_nine(desk)
    async with app.run_test(size=TINY) as pilot:
        seen = set()
        for _ in NINE:
            await pilot.press(key)
            (marked,) = (line for line in text_of(app).splitlines() if line.strip().startswith("›"))
            seen.add(marked.split(maxsplit=2)[2])
            assert "Which is it?" in text_of(app)
        assert seen == {*NINE}


async def test_scrolling_shows_options_that_do_not_fit(desk: Desk) -> None:
    app = of_nine(desk)
    async with app.run_test(size=TINY) as pilot:
        await pilot.pause()
        assert "  9  " not in text_of(app)
        await pilot.press(*["pagedown"] * 5)
        assert "  9  " in text_of(app)
        await pilot.press(*["pageup"] * 5)
        assert "  1  " in text_of(app)


NOTES = ["members", "armenia-member", "by-time", "offices", "others", "price", "recalled"]


@pytest.mark.parametrize("size", [WIDE, NARROW, TINY])
@pytest.mark.parametrize("note", NOTES)
async def test_every_hint_in_the_foot_is_of_an_action_that_is_there(
    desk: Desk, note: str, size: tuple[int, int]
) -> None:
    app = desk.ask(note)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for keys in ((), ("enter",), ("space", "enter"), ("t",)):
            await pilot.press(*keys)
            for active in app.screen.active_bindings.values():
                name = active.binding.action.partition("(")[0].rpartition(".")[2]
                if active.binding.show and active.node is not app:
                    assert hasattr(app.screen, f"action_{name}"), "a click on the hint asks the screen"
        assert "1 Again" in text_of(app) or note in ("members",)


@pytest.mark.parametrize("size", [(6, 3), (1, 1), (20, 5), (200, 50)])
@pytest.mark.parametrize("note", NOTES)
async def test_every_form_survives_every_size(desk: Desk, note: str, size: tuple[int, int]) -> None:
    app = desk.ask(note)
    async with app.run_test(size=size) as pilot:
        await pilot.press("down", "K", "1")
        await pilot.resize_terminal(3, 2)
        await pilot.press("up", "J", "space", "f2", "enter")
        await pilot.resize_terminal(*size)
        await pilot.press("enter")
        assert text_of(app) or size == (1, 1)


HOSTILE = ["[/]", "[@click=app.quit]press[/]", "\u202egnp.exe", "e" + "\u0301" * 60, "$accent {{braces}}"]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_shown_as_written_in_every_form(desk: Desk, text: str) -> None:
    quoted, other, third = (json.dumps(each) for each in (text, f"{text} 2", f"{text} 3"))
    notes = (
        f"{{id: a, type: order, question: {quoted}, items: [{quoted}, {other}, {third}]}}",
        f"{{id: b, type: match, question: {quoted}, pairs: [[{quoted}, {other}], [{other}, {third}]]}}",
        f"{{id: c, type: choice, question: {quoted}, answer: [{quoted}, {other}], distractors: {third}}}",
        f"{{id: d, type: list, question: {quoted}, answers: [{quoted}, {other}]}}",
        f"{{id: e, type: number, question: {quoted}, answer: 1, unit: {quoted}}}",
    )
    desk.write("hostile", f"title: {quoted}\nnotes:\n" + "".join(f"  - {note}\n" for note in notes))
    app = desk.study(Selection(decks=("hostile",)))
    async with app.run_test(size=WIDE) as pilot:
        for _ in notes:
            asked = front(app) or ""
            assert_clean(text_of(app))
            app.screen.query_one(Input).value = text
            await pilot.pause()
            assert_clean(text_of(app))
            await pilot.press(*[] if study_of(app).page.answer_line.is_open else ["space"], "enter")
            assert_clean(text_of(app))
            if study_of(app)._verdict is None:  # It was asked back.
                await pilot.press("enter")
                assert_clean(text_of(app))
            await pilot.press("4")
            assert len(app.collection.store.reviews(asked)) == 1
