"""A table of cards, however many: only the rows that are seen are made and painted."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import NamedTuple

from textual.content import Content
from textual.events import Click
from textual.style import Style

from trainer.core.catalogue import ASKED, Column, Row, due_in_words
from trainer.core.listing import Listing
from trainer.core.visible import one_line
from trainer.tui.messages import CardMarked, CardTicked, ColumnPressed
from trainer.tui.widgets.marked_lines import MarkedLines

_SIGNS = 4
_MOST_SHOWN = 400
_LEAST_QUESTION = 40
_MORE_QUESTION = 64
_TABLE_WITHOUT_HEADING = 4


class _Kind(NamedTuple):
    """A column beside the question; numbers stand to the right."""

    name: Column
    heading: str
    width: int
    numeric: bool = False


_ANSWER = _Kind("", "Answer", 26)
_BY_WEIGHT = (
    _Kind("state", "State", 12),
    _Kind("due", "Due", 10, numeric=True),
    _Kind("known", "Known", 8, numeric=True),
    _Kind("deck", "Deck", 20),
    _Kind("lapses", "Lapses", 9, numeric=True),
    _Kind("type", "Type", 12),
    _ANSWER,
)
"""Columns beside the question; where room is short, the last go first."""

_IN_ORDER = ("Answer", "Deck", "Type", "State", "Due", "Known", "Lapses")


class CardTable(MarkedLines, can_focus=True):
    """A heading and a line a card; one card is marked, some may be selected."""

    DEFAULT_CSS = """
    CardTable { height: 1fr; min-height: 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._listing = Listing()
        self._places: Sequence[int] = ()
        self._selected: Container[str] = ()

    # What it shows

    def show(self, listing: Listing, places: Sequence[int], *, at: int = 0) -> None:
        """Show the cards at those places of a listing, and mark one of them."""
        self._listing, self._places = listing, places
        self.go_to(at)

    def select(self, cards: Container[str]) -> None:
        """Show those cards as selected."""
        self._selected = cards
        self._draw()

    @property
    def row(self) -> Row | None:
        """The marked card."""
        return self._row(self.at)

    @property
    def page(self) -> int:
        """How many cards are seen at once."""
        return max(1, self.size.height - self._heading_lines - 1)

    def go_to(self, at: int) -> None:
        """Mark another card, and bring it into sight."""
        self._mark(at)
        self.post_message(CardMarked())

    # What is on screen

    @property
    def _heading_lines(self) -> int:
        return int(self.size.height > _TABLE_WITHOUT_HEADING)

    @property
    def _count(self) -> int:
        return len(self._places)

    @property
    def _height(self) -> int:
        return max(1, self.size.height - self._heading_lines)

    def _row(self, index: int) -> Row | None:
        return self._listing.rows[self._places[index]] if 0 <= index < len(self._places) else None

    def _draw(self) -> None:
        width, height = self.size.width, self._height
        if not width:
            return
        columns, room = _columns(width - _SIGNS - 1)
        lines = [self._heading(columns, room)] * self._heading_lines
        thumb = self._thumb(height)
        for y in range(min(height, len(self._places) - self._first)):
            index = self._first + y
            line = self._line(index, columns, room)
            bar = Content.styled("▐" if thumb[0] <= y < thumb[1] else " ", "$rule")
            lines.append(line.stylize(Style.from_meta({"card": index})) + bar)
        self.paint(lines)

    def _thumb(self, height: int) -> tuple[int, int]:
        """Where the thumb of the scroll bar begins and ends; nowhere if all fits."""
        count = len(self._places)
        if count <= height:
            return (0, 0)
        length = max(1, height * height // count)
        start = (height - length) * self._first // (count - height)
        return start, start + length

    def _heading(self, columns: Sequence[_Kind], room: int) -> Content:
        listing = self._listing
        arrow = " ▼" if listing.reverse else " ▲"

        def titled(title: str, name: Column, width: int, *, numeric: bool = False) -> Content:
            title += arrow if name and name == listing.column else ""
            text = title.rjust(width) if numeric else title.ljust(width)
            return Content.styled(text, "$muted").stylize(Style.from_meta({"column": name}))

        parts = [titled("Question", "question", room)]
        parts += [titled(kind.heading, kind.name, kind.width, numeric=kind.numeric) for kind in columns]
        return Content(" " * _SIGNS) + Content("").join(parts)

    def _line(self, index: int, columns: Sequence[_Kind], room: int) -> Content:
        row = self._row(index)
        assert row is not None
        marked = index == self.at
        signs = ("›" if marked else " ") + ("●" if row.id in self._selected else " ")
        cells = [_cut(row.question, room - 2), Content("  ")]
        for kind in columns:
            text = self._cell(row, kind)
            cells.append(
                Content(text.rjust(kind.width))
                if kind.numeric
                else _cut(text, kind.width - 2) + Content("  ")
            )
        line = Content.assemble(signs, ("⚑ " if row.flagged else "  ", "$accent"), *cells)
        if row.state not in ASKED:
            line = line.stylize("$muted")
        if marked:
            line = line.stylize("bold $foreground on $panel" if self.has_focus else "bold $foreground")
        return line

    def _cell(self, row: Row, kind: _Kind) -> str:
        match kind.name:
            case "state":
                return row.state
            case "due":
                return due_in_words(row, self._listing.day)
            case "known":
                share = self._listing.known.of(row)
                return "" if share is None else f"{round(100 * share)} %"
            case "lapses":
                return str(row.lapses or "")
            case "deck":
                return self._listing.titles.get(row.deck, row.deck)
            case "type":
                return row.type
        return row.answer

    # The mouse

    def on_click(self, event: Click) -> None:
        """A press marks a card, one on the signs selects it, two open it; one on a heading sorts."""
        meta = event.style.meta
        if "column" in meta:
            self.post_message(ColumnPressed(meta["column"]))
        elif event.x >= self.size.width - 1:
            self._first = len(self._places) * (event.y - self._heading_lines) // self._height
            self._scroll(0)
        elif "card" in meta:
            self.go_to(meta["card"])
            if event.x < _SIGNS:
                self.post_message(CardTicked())
            elif event.chain > 1:
                self.post_message(CardMarked(opened=True))


def _columns(width: int) -> tuple[list[_Kind], int]:
    """The columns that fit beside the question, in their order, and the width of the question."""
    room = width
    fitting: list[_Kind] = []
    for kind in _BY_WEIGHT:
        least = _MORE_QUESTION if kind is _ANSWER else min(_LEAST_QUESTION, width * 5 // 9)
        if room - kind.width < least:
            break
        fitting.append(kind)
        room -= kind.width
    return sorted(fitting, key=lambda kind: _IN_ORDER.index(kind.heading)), room


def _cut(text: str, width: int) -> Content:
    """A text on one line, filled up to `width` cells or cut there."""
    return Content(one_line(text[:_MOST_SHOWN])).truncate(max(1, width), ellipsis=True, pad=True)
