"""An article in rows: which part of which paragraph stands where. Only what is asked for is wrapped."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from trainer.core.passage import Stretch
from trainer.core.visible import visible

_ONE_CELL_EACH = re.compile(
    "[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0377\u0391-\u0482\u2010-\u2027\u2030-\u205e]*"
)
_BLANKS = str.maketrans("\n\t", "  ")
_WIDE_FROM = "\u2e80"
_NOT_FIRST = "。、，．！？；：」』）】〉》"
_JOINER = "\u200d"
_MOST_KEPT = 2_000


class Spot(NamedTuple):
    """A row of a block."""

    block: int
    row: int


class Shown:
    """A text as it is safe to show; `places` leads from each of its characters to that of what is shown."""

    __slots__ = ("places", "text")

    def __init__(self, text: str) -> None:
        shown = visible(text)
        self.places = None if shown == text else _places(text, shown)
        self.text = shown.translate(_BLANKS)

    def place(self, place: int) -> int:
        """Where a character of the text is shown."""
        return place if self.places is None else self.places[place]

    def original(self, place: int) -> int:
        """Which character of the text is shown there."""
        if self.places is None:
            return place
        return max(0, bisect_right(self.places, place) - 1)


def _places(text: str, shown: str) -> list[int]:
    """For each character, and the end, where what is shown of it begins.

    A sign never begins with the character that it stands for, so walking along both finds them.
    """
    places: list[int] = []
    at = 0
    for character in text:
        places.append(at)
        if shown.startswith(character, at):
            at += 1
        elif shown.startswith(sign := visible(character), at):
            at += len(sign)
        elif shown.startswith("⟨…⟩", at):
            at += len("⟨…⟩")
    return [*places, len(shown)]


def rows_of(text: str, width: int) -> Iterator[Stretch]:
    """A text in rows of at most `width` cells, broken at blanks and dashes where there are any."""
    start = 0
    while True:
        end = _fitting(text, start, width)
        if end >= len(text):
            yield Stretch(start, len(text))
            return
        cut = _break(text, start, end)
        yield Stretch(start, start + len(text[start:cut].rstrip(" ")))
        start = cut
        while text.startswith(" ", start):
            start += 1


def _fitting(text: str, start: int, width: int) -> int:
    """Where the part from `start` on that fits into so many cells ends; it has one character at least."""
    width = max(1, width)
    ahead = text[start : start + width + 1]
    if _ONE_CELL_EACH.fullmatch(ahead):
        return min(len(text), start + width)
    return max(start + 1, start + offset_at(text[start : start + 40 * width], width))


def _break(text: str, start: int, end: int) -> int:
    """Where the next row begins if what is from `start` to `end` fits."""
    if text[end] == " ":
        return end
    blank = text.rfind(" ", start, end) + 1
    dash = max(text.rfind("—", start, end), text.rfind("-", start, end)) + 1
    joins_words = start + 1 < dash and text[dash - 2].isalnum() and text[dash].isalpha()
    cut = max(blank, dash * joins_words)
    for place in range(end, max(cut, start), -1):
        if text[place - 1] >= _WIDE_FROM and text[place] not in _NOT_FIRST and cell_len(text[place]):
            return place
    return cut if cut > start else end


def offset_at(text: str, cells: int) -> int:
    """How many characters of a text fit into so many cells; marks stay with their letter."""
    if _ONE_CELL_EACH.fullmatch(text):
        return min(len(text), cells)
    used = start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or (cell_len(text[end]) and text[end - 1] != _JOINER):
            used += cell_len(text[start:end])
            if used > cells:
                return start
            start = end
    return len(text)


class Galley:
    """The blocks of an article in rows. `folded`: but for the marked block, only the first row of each."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.marked = 0
        self._width = 1
        self._least: Callable[[int], int] = lambda block: 1
        self._gap = 0
        self._folded = False
        self._shown: dict[int, Shown] = {}
        self._rows: dict[int, list[Stretch]] = {}

    def lay(self, width: int, *, least: Callable[[int], int], gap: int, folded: bool) -> None:
        """Lay it out anew: so many cells in a row, rows at least in each block, and rows between blocks."""
        if (width, folded) != (self._width, self._folded):
            self._rows.clear()
        self._width, self._least, self._gap, self._folded = width, least, gap, folded

    def shown(self, block: int) -> Shown:
        """The text of a block as it is shown."""
        if block not in self._shown:
            if len(self._shown) > _MOST_KEPT:
                self._shown.clear()
            self._shown[block] = Shown(self.texts[block])
        return self._shown[block]

    def rows(self, block: int) -> list[Stretch]:
        """The rows of a block, as stretches of what is shown of it."""
        is_open = block == self.marked or not self._folded
        rows = self._rows.get(block)
        if rows is None or (is_open and rows[-1].end < len(self.shown(block).text.rstrip())):
            if len(self._rows) > _MOST_KEPT:
                self._rows.clear()
            made = rows_of(self.shown(block).text, self._width)
            rows = self._rows[block] = list(made) if is_open else [next(made)]
        return rows if is_open else rows[:1]

    def height(self, block: int) -> int:
        """How many rows a block takes, with those between it and the next."""
        is_open = block == self.marked or not self._folded
        return max(len(self.rows(block)), self._least(block) if is_open else 1) + self._gap

    def last_of(self, block: int) -> Spot:
        """The last row of a block, without those between it and the next."""
        return Spot(block, self.height(block) - 1 - self._gap)

    @property
    def end(self) -> Spot:
        """The last row of all."""
        return self.last_of(len(self.texts) - 1)

    def moved(self, spot: Spot, by: int) -> Spot:
        """The row so many rows further on, or back; at either end the last there is."""
        block, row = spot.block, spot.row + by
        while row < 0 and block:
            block -= 1
            row += self.height(block)
        while row >= self.height(block) and block < len(self.texts) - 1:
            row -= self.height(block)
            block += 1
        return Spot(block, max(0, min(row, self.height(block) - 1)))

    def seen(self, top: Spot, height: int) -> list[Spot]:
        """The rows that are seen from `top` on."""
        block, row = top
        spots: list[Spot] = []
        while len(spots) < height and block < len(self.texts):
            if row >= self.height(block):
                block, row = block + 1, 0
                continue
            spots.append(Spot(block, row))
            row += 1
        return spots
