"""How many cells of a terminal a text takes, and texts cut and filled up to a number of them."""

from __future__ import annotations

import re
import unicodedata

_ELLIPSIS = "…"
_EMOJI_STYLE = "\ufe0f"
_JOINERS = re.compile("[\u200b-\u200f\u2060-\u206f\ufeff]")
_LATELY_WIDE = re.compile("[\u2630-\u2637\u268a-\u268f\u4dc0-\u4dff\U0001d300-\U0001d37f]")
"""Wide since Unicode 16."""


def cells(text: str) -> int:
    """The cells that a text on one line takes; never fewer than a terminal gives it.

    Wide characters count two (East Asian Width W and F, Unicode Annex 11), combining marks none.
    """
    return len(text) if text.isascii() else sum(map(_cells_of, text))


def fit(text: str, room: int) -> str:
    """A text cut to `room` cells, with `…` where something is missing."""
    if cells(text) <= room:
        return text
    kept, left = 0, room - 1
    while (left := left - _cells_of(text[kept])) >= 0:
        kept += 1
    return (text[:kept] + _ELLIPSIS) if room > 0 else ""


def padded(text: str, room: int, *, right: bool = False) -> str:
    """A text cut or filled up with blanks to `room` cells; at the `right`, they stand before it."""
    text = fit(text, room)
    blanks = " " * (room - cells(text))
    return blanks + text if right else text + blanks


def _cells_of(character: str) -> int:
    if character == _EMOJI_STYLE:
        return 1
    category = unicodedata.category(character)
    if category in ("Mn", "Me") or _JOINERS.match(character):
        return 0
    wide = unicodedata.east_asian_width(character) in ("W", "F") or _LATELY_WIDE.match(character)
    # Characters that are newer than this Python may be wide as well.
    return 2 if wide or (category == "Cn" and character > "\U00010000") else 1
