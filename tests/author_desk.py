"""The author's desk over a deck and an article, and what is to be seen and done there."""

from __future__ import annotations

from pathlib import Path

from desk import Desk, a_second_each
from textual.events import Paste
from textual.pilot import Pilot

from trainer.collection.authoring import Bench
from trainer.tui.app import TrainerApp
from trainer.tui.screens.author import AuthorScreen

AuthorScreen.look_every = 3600.0  # Tests tell it when to look.

DESKTOP = (120, 35)
ARTICLE = """\
title: A report on two ambassadors

[1] Armenia recalled its ambassador on 13 June 2024. The envoy left Minsk.

[2] Belarus answered in kind. “A mistake,” said Anatoly Glaz in Minsk.

[3] There were 36 howitzers.
"""
DECK = """\
# The comment at the top stays.
title: Two ambassadors

notes:
  - id: who-first   # a comment
    type: typed
    question:   Who recalled its ambassador?
    answer: Armenia
    source: report#1

  - id: sides
    type: choice
    question: Which answered in kind?
    answer: Belarus
    distractors: [Russia, Ukraine]
    source: report#2
"""


def lay_out(desk: Desk, deck: str = DECK) -> Path:
    """Put an article and a deck on a desk; the path of the deck."""
    (desk.folder / "report.txt").write_text(ARTICLE, encoding="utf-8")
    desk.write("sources", "report:\n  title: A report\nother:\n  title: Another report\n")
    path = desk.folder / "decks" / "envoys.yaml"
    if deck:
        path.write_text(deck, encoding="utf-8")
    return path


def author(desk: Desk, *, deck: str = DECK, article: bool = True) -> TrainerApp:
    path = lay_out(desk, deck)
    collection = desk.collection()
    bench = Bench(collection, path, article=desk.folder / "report.txt" if article else None)
    AuthorScreen.draft_after = 0.0  # Nobody types here.
    return TrainerApp(collection, bench=bench, monotonic=a_second_each(), pause=0)


def screen_of(app: TrainerApp) -> AuthorScreen:
    (found,) = (screen for screen in app.screen_stack if isinstance(screen, AuthorScreen))
    return found


_LONG = 8
"""Characters that are put in at once rather than one by one, which takes a pilot long."""


async def keys(pilot: Pilot[None], *pressed: str) -> None:
    """Press keys, and wait until all that follows from them has been seen; what begins with `=` is typed."""
    for key in pressed:
        typed = key[1:] if key[:1] == "=" and key[1:] else ""
        if len(typed) > _LONG and (field := pilot.app.focused):
            field.post_message(Paste(typed))
            await pilot.pause()
        elif typed:
            await pilot.press(*("space" if character == " " else character for character in typed))
        else:
            await pilot.press(key)
    await settle(pilot)


async def settle(pilot: Pilot[None]) -> None:
    app = pilot.app
    assert isinstance(app, TrainerApp)
    await pilot.pause()
    for screen in app.screen_stack:
        if isinstance(screen, AuthorScreen):
            await screen.settled()
    await pilot.pause()


def typed_in(app: TrainerApp) -> dict[str, str]:
    """What the fields of the form hold, without those that hold nothing."""
    filling = screen_of(app).form.filling
    return {each.name: text for each in filling.fields if (text := filling.text(each.name))}
