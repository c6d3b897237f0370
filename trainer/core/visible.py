"""The gate for foreign text: what could steer a terminal or mislead the eye becomes a visible sign.

Everything that comes from decks, file names or other programs passes here before a widget or a print.
Storage and exports keep the text as it is.
"""

from __future__ import annotations

import re
import unicodedata

MAX_MARKS = 30
"""Combining marks allowed in a row; a flood of them paints over neighbouring lines."""

_ISOLATES = "\u2066\u2067\u2068"
_POP_ISOLATE = "\u2069"
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_MARK_FLOOD = re.compile(rf"[^\x00-\u02ff]{{{MAX_MARKS + 1},}}")


def visible(text: str) -> str:
    """`text` with control characters, direction overrides and their like made visible.

    Line breaks and tabs stay; honest right-to-left text, joiners and balanced isolates stay.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    if _SUSPECT.search(text):
        balanced = _balanced_isolates(text)
        text = _SUSPECT.sub(lambda found: found[0] if found.start() in balanced else _sign(found[0]), text)
    return _without_mark_floods(text) if _MARK_FLOOD.search(text) else text


def one_line(text: str) -> str:
    """`text` made visible and put on one line."""
    return " ".join(visible(text).split())


def _sign(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return f"⟨{code:04X}⟩"


def _balanced_isolates(text: str) -> frozenset[int]:
    """Positions of isolate marks that are opened and closed on their own line."""
    kept: set[int] = set()
    opened: list[int] = []
    for position, character in enumerate(text):
        if character == "\n":
            opened.clear()
        elif character in _ISOLATES:
            opened.append(position)
        elif character == _POP_ISOLATE and opened:
            kept.update((opened.pop(), position))
    return frozenset(kept)


def _without_mark_floods(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        if category != "Cf":
            marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= MAX_MARKS:
            kept.append(character)
        elif marks == MAX_MARKS + 1:
            kept.append("⟨…⟩")
    return "".join(kept)
