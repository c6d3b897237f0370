"""A deck so large that reading it anew takes a while, edited from the screens."""

from __future__ import annotations

from desk import Desk, seen, study_of, text_of
from events import edits
from textual.events import Key

from trainer.core.session import Selection
from trainer.tui.editor import LARGE
from trainer.tui.screens.working import WorkPanel

NOTE = (
    "title: Large\nnotes:\n  - id: left\n    question: Who left at noon?\n    answer: The envoy of Gyumri\n"
)
MUCH = "# Much that nobody reads.\n" * (LARGE // 26 + 1)


async def test_a_large_deck_is_read_anew_beside_the_screen_while_no_key_gets_through(desk: Desk) -> None:
    desk.write("large", NOTE + MUCH)
    edits(desk, "at noon", "at dusk")
    app = desk.study(Selection(decks=("large",)))
    async with app.run_test(size=(100, 30)) as pilot:
        assert "Who left at noon?" in text_of(app)
        study_of(app).action_edit()
        assert isinstance(app.screen, WorkPanel)
        for key in ("enter", "3"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await seen(pilot, "Who left at dusk?")
        assert study_of(app).session.entry is None


async def test_while_a_small_deck_is_read_anew_there_is_nothing_to_wait_for(desk: Desk) -> None:
    desk.write("large", NOTE)
    edits(desk, "at noon", "at dusk")
    app = desk.study(Selection(decks=("large",)))
    async with app.run_test(size=(100, 30)):
        study_of(app).action_edit()
        assert not isinstance(app.screen, WorkPanel)
