"""An event in a few cells: its label, and a sign for how well it is known."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from textual.content import Content

from trainer.core.deck import Event
from trainer.core.visible import one_line
from trainer.core.wording import capital

_KNOWN = 0.75
_TELL_NOTHING = frozenset({"and", "for", "from", "the"})
NO_DATE = "no date"
LEGEND = "● known  ◐ partly  ○ new"


class Sign(NamedTuple):
    """A sign, readable without its colour."""

    sign: str
    style: str


def sign_of(known: float, cards: int) -> Sign:
    """How well an event is known; `known` runs from 0 to 1 and is the mean over its cards."""
    if not cards:
        return Sign("·", "$muted")
    if known >= _KNOWN:
        return Sign("●", "$text-success")
    return Sign("◐", "$text-warning") if known > 0 else Sign("○", "$muted")


def label_of(event: Event, most: int, *, lanes: Collection[str] | None = None) -> str:
    """What happened, in at most so many cells, without the actor in front where that is the name of its lane.

    `lanes` are the names of lanes that there are; None if every actor has one.
    """
    text = one_line(event.what)
    named = [one_line(actor) for actor in event.actors if actor.strip()]
    actors = [
        one_line(actor) for actor in event.actors if actor.strip() and (lanes is None or actor in lanes)
    ]
    if named and not actors:
        return cut(line_of(event), most).plain
    together = [" and ".join(actors)] if actors == named else []
    for name in (*together, *actors, *(actor.split()[-1] for actor in actors)):
        rest = text.removeprefix(f"{name} ")
        if rest != text and not rest.startswith("and "):
            text = rest
            break
    return cut(text, most).plain


def line_of(event: Event) -> str:
    """What happened, in one line that says who did it: a part of a name is enough."""
    text = one_line(event.what)
    words = _words(text)
    missing = [
        name
        for actor in event.actors
        if (name := one_line(actor)) not in text and words.isdisjoint(_words(name))
    ]
    return capital(f"{', '.join(missing)}: {text}" if missing else text)


def _words(text: str) -> set[str]:
    """The words that tell something of who is meant."""
    return {word for word in re.findall(r"\w{3,}", text.casefold()) if word not in _TELL_NOTHING}


def cut(text: str, most: int) -> Content:
    """A text cut to so many cells."""
    return Content(text).truncate(most, ellipsis=True)


@lru_cache(maxsize=4096)
def cells_of(text: str) -> Sequence[str]:
    """A text as cells: a wide character is followed by an empty cell.

    Where the width of the whole is not that of its characters, it stays in one piece.
    """
    cells: list[str] = []
    for character in text:
        width = Content(character).cell_length
        if width == 0 and cells:
            place = max(index for index, cell in enumerate(cells) if cell)
            cells[place] += character
        else:
            cells += [character, *[""] * (width - 1)]
    whole = Content(text).cell_length
    return cells if len(cells) == whole else [text, *[""] * (whole - 1)]
