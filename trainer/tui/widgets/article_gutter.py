"""What stands beside a paragraph of an article: the mark, its number, and dots for the cards that cite it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.content import Content

from trainer.core.article import PARAGRAPH, Block

_LOW = 8
_NARROW = 40
_WIDE = 56
_MOST_DOTS = 5
_LONGEST_KIND = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Gutter:
    """How much room there is, and what is to be shown in it.

    With room to spare the dots stand beside the number, else below. Where there is little, a paragraph is
    folded into one line unless it is marked, and a digit takes the place of dots.
    """

    width: int = 0
    height: int = 0
    counts: Mapping[int, int]
    digits: int
    has_kinds: bool

    @property
    def is_small(self) -> bool:
        """Whether paragraphs are folded."""
        return self.height < _LOW or self.width < _NARROW

    @property
    def is_wide(self) -> bool:
        """Whether dots stand beside the number."""
        return self.width >= _WIDE

    @property
    def cells(self) -> int:
        """How wide it is."""
        if self.is_wide:
            return self.digits + 11
        if self.is_small:
            return self.digits + 5
        return max(self.digits + 2, _LONGEST_KIND if self.has_kinds else _MOST_DOTS) + 2

    def rows(self, block: Block) -> int:
        """How many rows it needs beside a block."""
        return len(self._told(block))

    def beside(self, block: Block, row: int, *, is_marked: bool) -> Content:
        """What stands before a row of a block, counted from the first that is seen."""
        told = self._told(block)
        room = self.cells - 1
        text = told[row][:room] if row < len(told) else ""
        sign = "›" if is_marked and not row else " "
        return Content(sign) + Content.styled(
            text.ljust(room), "bold $text-accent" if is_marked else "$muted"
        )

    def _told(self, block: Block) -> list[str]:
        count = self.counts.get(block.number, 0)
        if self.is_small and not self.is_wide:
            few = str(min(count, 9)) if count > 1 else ""
            if block.number:
                return [f"{block.number:>{self.digits}} {'●' if count else '○'}{few}"]
        if not block.number:
            return self._kind("" if block.kind == PARAGRAPH else block.kind)
        number = f"¶ {block.number}".ljust(self.digits + 2)
        return [f"{number} {dots(count)}"] if self.is_wide else [number, dots(count)]

    def _kind(self, kind: str) -> list[str]:
        """The kind of a block, in two parts where it is too long, or shortened where it is folded."""
        room = self.cells - 2
        if self.is_small and len(kind) > room:
            return [f"{kind[: room - 1]}."]
        return [kind] if len(kind) <= room else [f"{kind[: room - 2]}-", kind[room - 2 :]]


def dots(count: int) -> str:
    """`●●●` for three cards, `●×7` for seven, `○` for none."""
    if count > _MOST_DOTS:
        return f"●×{count}"
    return "●" * count or "○"
