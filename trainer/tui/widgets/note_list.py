"""The notes of a deck, one a line: what each asks, its type, its cards, and whether something is wrong."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.style import Style

from trainer.collection.drafts import NoteRow
from trainer.core.visible import one_line
from trainer.core.wording import plural
from trainer.tui.keys import InTurn
from trainer.tui.widgets.lines import indent, wrap
from trainer.tui.widgets.marked_lines import MarkedLines

_SIGNS = 4
_TYPE = 11
_CARDS = 9
_NARROW, _WIDE = 36, 68
_MOST_SHOWN = 300


class NoteList(MarkedLines, InTurn, can_focus=True):
    """A heading and a line a note; one is marked, those that cite a paragraph have a `¶`."""

    DEFAULT_CSS = """
    NoteList { height: 1fr; min-height: 2; }
    """

    class Marked(Message):
        """Another note is marked; `opened` if it is to be edited."""

        def __init__(self, *, opened: bool = False) -> None:
            super().__init__()
            self.opened = opened

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[NoteRow] = ()
        self._citing: Collection[int] = frozenset()
        self._title = self._beside = self._why_none = ""

    def show(self, rows: Sequence[NoteRow], *, title: str, beside: str, why_none: str) -> None:
        """Show the notes of a deck."""
        self._rows = rows
        self._title, self._beside, self._why_none = one_line(title), one_line(beside), why_none
        self.at = max(0, min(self.at, len(rows) - 1))
        self._scroll(0)

    def cite(self, places: Collection[int]) -> None:
        """Show those notes as citing the paragraph that is read."""
        if places != self._citing:
            self._citing = places
            self._draw()

    @property
    def row(self) -> NoteRow | None:
        """The marked note."""
        return self._rows[self.at] if self._rows else None

    @property
    def page(self) -> int:
        """How many notes are seen at once."""
        return max(1, self._height - 1)

    def go_to(self, at: int) -> None:
        """Mark another note, and bring it into sight."""
        self._mark(at)
        self.post_message(self.Marked())

    # What is on screen

    @property
    def _count(self) -> int:
        return len(self._rows)

    @property
    def _height(self) -> int:
        return max(1, self.size.height - 1)

    def _draw(self) -> None:
        width = self.size.width
        if not width:
            return
        lines = [self._heading(width)]
        if not self._rows:
            lines += indent(wrap(Content.styled(self._why_none, "$muted"), width - 2), 1)
        for at in range(self._first, min(self._first + self._height, len(self._rows))):
            lines.append(self._line(at, width - 1).stylize(Style.from_meta({"note": at})))
        self.paint(lines)

    def _heading(self, width: int) -> Content:
        beside = Content.styled(self._beside, "$muted")
        room = max(1, width - beside.cell_length - 4)
        title = Content.styled(self._title, "bold").truncate(room, ellipsis=True, pad=True)
        return (Content(" ") + title + "  " + beside).truncate(width)

    def _line(self, at: int, width: int) -> Content:
        row = self._rows[at]
        marked = at == self.at
        signs = Content.assemble(
            "›" if marked else " ", ("¶ " if at in self._citing else "  ", "$accent"), " "
        )
        problem = next((each for each in row.problems if each.severity == "error"), None) or next(
            iter(row.problems), None
        )
        count = f"{plural(len(row.cards), 'card'):>{_CARDS}}" if width >= _WIDE else f"{len(row.cards):>3}"
        told = Content(f" {one_line(row.type):{_TYPE}}{count}" if width >= _NARROW else count)
        told = told.stylize("$muted")
        room = width - _SIGNS - told.cell_length - 3
        name = one_line((row.label or row.id or "(says nothing yet)")[:_MOST_SHOWN])
        if problem is None:
            end = Content.styled(" ✓", "$text-success")
        else:
            is_error = problem.severity == "error"
            end = Content.styled(" !", "bold $text-error" if is_error else "$text-warning")
        label = Content(name).truncate(max(1, room), ellipsis=True, pad=True)
        line = signs + label + told + end
        if marked:
            line = line.stylize("bold $foreground on $panel" if self.has_focus else "bold $foreground")
        return line

    # The mouse

    def on_click(self, event: Click) -> None:
        """A press marks a note, two open it."""
        at = event.style.meta.get("note")
        if at is not None:
            self.go_to(at)
            if event.chain > 1:
                self.post_message(self.Marked(opened=True))
