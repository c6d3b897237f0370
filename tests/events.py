"""Events to test with, and an editor that changes the decks they are in."""

from __future__ import annotations

import shlex
import sys

from desk import Desk

from trainer.core.deck import Event, Span

_EDITOR = """\
import sys
from pathlib import Path

path, old, new = Path(sys.argv[-1]), *sys.argv[1:3]
(path.parent.parent / "edited").write_text(" ".join(sys.argv[1:]), encoding="utf-8")
path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
"""


def make_event(
    note: str, when: str = "", *actors: str, answers: str = "", deck: str = "deck", what: str = "It happens"
) -> Event:
    return Event(
        deck=deck,
        note=note,
        what=what,
        actors=actors,
        when=when,
        answers=answers,
        span=Span("deck.yaml", 3, 5),
    )


def editor(desk: Desk, old: str, new: str) -> str:
    """The command of an editor that puts a text in place of another, and leaves a file `edited`."""
    script = desk.folder / "editor.py"
    script.write_text(_EDITOR, encoding="utf-8")
    return shlex.join([sys.executable, str(script), old, new])


def edits(desk: Desk, old: str, new: str) -> None:
    """Make the editor of the desk one that puts a text in place of another."""
    desk.config = desk.config._replace(editor=editor(desk, old, new))
