"""How well the decks are known is found out in parts: keys are taken between them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from desk import Desk, text_of

from trainer.core.review import Rating
from trainer.core.session import Selection
from trainer.tui.app import TrainerApp
from trainer.tui.screens.home import HomeScreen


class Held:
    """What is to come after the painting of an app waits for the test."""

    def __init__(self, app: TrainerApp, monkeypatch: pytest.MonkeyPatch) -> None:
        self.waiting: list[Callable[..., object]] = []
        monkeypatch.setattr(app, "after_painting", self._hold)

    def _hold(self, callback: Callable[..., object], *values: object) -> None:
        self.waiting.append(partial(callback, *values))

    def go_on(self) -> None:
        waiting, self.waiting = self.waiting, []
        for callback in waiting:
            callback()


def learn_one(desk: Desk) -> None:
    collection = desk.collection()
    session = collection.start(Selection(decks=("capitals",)))
    assert session.card is not None
    verdict = collection.grade(session.card, "")
    collection.rate(session, Rating.EASY, verdict=verdict, response="", milliseconds=900)
    collection.close()


def known_lines(app: TrainerApp) -> list[str]:
    lines = text_of(app).splitlines()
    return [line[-5:].strip() for line in lines if line.endswith(("%", "…"))]


async def test_decks_can_be_chosen_before_all_are_known(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("more", "title: More\nnotes:\n  - question: Which one?\n    answer: This one\n")
    learn_one(desk)
    app = desk.home()
    held = Held(app, monkeypatch)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        seen = [known_lines(app)]
        await pilot.press("down")
        assert "› More" in text_of(app)
        while held.waiting:
            held.go_on()
            await pilot.pause()
            seen.append(known_lines(app))
    app.collection.close()
    assert seen[0] == ["25 %", "…"]
    assert seen[-1] == ["25 %", "0 %"]


async def test_a_home_that_is_left_finds_out_nothing_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = desk.home()
    held = Held(app, monkeypatch)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        home = app.screen
        assert isinstance(home, HomeScreen)
        await pilot.press("a")
        assert not isinstance(app.screen, HomeScreen)
        held.go_on()
        assert not held.waiting
    app.collection.close()
