"""The page of a card: the question above, what belongs to the answer below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Click, MouseDown, MouseMove, MouseScrollDown, MouseScrollUp, MouseUp, Resize
from textual.strip import Strip

from trainer.tui.widgets.lines import Lines, indent, wrap
from trainer.tui.widgets.type_in import MOST_CELLS, AnswerLine

Block = Callable[[int], list[Content]]
"""Lines for a width in cells."""


class Hands(Protocol):
    """What a page tells of the mouse; `meta` is what the text under the pointer carries."""

    def pressed(self, meta: dict[str, object]) -> None:
        """Something was clicked."""

    def grabbed(self, meta: dict[str, object]) -> bool:
        """The button went down; True if what is there can be dragged."""

    def dragged(self, meta: dict[str, object]) -> None:
        """What was grabbed was drawn here."""


_LABEL = 10
_MAX_WIDTH = 96
_WHEEL = 3
_TINY = 8
_HEAD = 3
"""Lines kept for the question where there is room, so that most answers begin at the same place."""


class Page(Lines):
    """The question keeps its place while what is below scrolls; neither has a line that cannot be reached."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    Page { height: 1fr; }
    """

    def __init__(self, hands: Hands) -> None:
        super().__init__()
        self._hands = hands
        self._head: Block = lambda width: []
        self._body: Block = lambda width: []
        self._scrolled = 0
        self._furthest = 0
        self._seen = 1
        self._first = 0
        self._reads_head = True
        self._row: Callable[[], int] = lambda: 0
        self._drags = False
        self.answer_line = AnswerLine(self._part)

    def compose(self) -> ComposeResult:
        """The line to type into lies over the page, where the body begins."""
        yield self.answer_line

    def show(self, head: Block, body: Block, *, reads_head: bool, row: Callable[[], int] = lambda: 0) -> None:
        """Show a question and what is below it; `reads_head` says which of them scrolling moves.

        While the question is read, line `row` of what is below stays in sight.
        """
        self._head, self._body, self._reads_head, self._row = head, body, reads_head, row
        self._scrolled = self._first = 0
        self._draw()

    def redraw(self) -> None:
        """Show the same, as it is now."""
        self._draw()

    def scroll_by(self, lines: int) -> None:
        """Scroll the part that is read, or what is below a question that fits."""
        if self._reads_head and not self._furthest:
            self._first += lines
            self._draw(follows=False)
            return
        self._scrolled = max(0, min(self._scrolled + lines, self._furthest))
        self._draw()

    def scroll_pages(self, by: int) -> None:
        """Scroll by what is seen of the part that is read, so that no line is passed over."""
        self.scroll_by(by * max(1, self._seen - 1 if self._seen > 2 else self._seen))

    def on_resize(self, event: Resize) -> None:
        """Wrap to the new width."""
        self._draw()

    def on_click(self, event: Click) -> None:
        """Say what was clicked."""
        self._hands.pressed(event.style.meta)

    def on_mouse_down(self, event: MouseDown) -> None:
        """Take hold of what can be dragged."""
        self._drags = event.button == 1 and self._hands.grabbed(event.style.meta)
        if self._drags:
            self.capture_mouse()

    def on_mouse_move(self, event: MouseMove) -> None:
        """Drag it along."""
        if self._drags:
            self._hands.dragged(event.style.meta)

    def on_mouse_up(self, event: MouseUp) -> None:
        """Let go of it."""
        if self._drags:
            self._drags = False
            self.release_mouse()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel scrolls."""
        self.scroll_by(_WHEEL)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel scrolls."""
        self.scroll_by(-_WHEEL)

    def _draw(self, *, follows: bool = True) -> None:
        size = self.size
        margin = 4 if size.width >= 80 else 2 if size.width >= 30 else 0
        gap = [Content.empty()] if size.height >= 16 else []
        width = max(1, min(size.width - 2 * margin, _MAX_WIDTH))
        head, body = self._head(width), self._body(width)
        line = self.answer_line
        apart = [Content.empty()] if size.height >= _TINY else []
        room = max(1, size.height - len(gap) - len(apart))
        most = max(1, room - min(len(body), room - max(1, room * 2 // 5)))
        head = self._window(head, most, moves=self._reads_head)
        head += [Content.empty()] * (_HEAD - len(head)) * bool(gap)
        below = max(0, size.height - len(gap) - len(head) - len(apart))
        if not self._reads_head:
            body = self._window(body, below, moves=True)
        elif not line.is_open:
            body = self._around(body, below, follows=follows)
        top = [*gap, *indent(head, margin), *apart]
        line.lay(column=margin + 1, row=len(top) + 1, width=max(1, min(width, MOST_CELLS) - 2))
        self.paint([*top, *indent(body[:below], margin)])
        if not line.is_open:
            line.refresh()

    def _part(self, row: int, column: int, width: int) -> Strip:
        return self.render_line(row).crop(column, column + width)

    def _window(self, lines: list[Content], height: int, *, moves: bool) -> list[Content]:
        """The part of `lines` that fits, with a last line that says how many more there are."""
        if len(lines) <= height:
            if moves:
                self._scrolled = self._furthest = 0
            return lines
        shown = max(1, height - 1)
        if moves:
            self._seen = shown
            self._furthest = len(lines) - shown
            self._scrolled = min(self._scrolled, self._furthest)
        start = self._scrolled if moves else 0
        more = len(lines) - start - shown
        note = f"▼ {more} more" + ", page down" * moves if more else "▲ page up"
        if height == 1:
            return [lines[start] + Content.styled(" ▼", "$muted")]
        return [*lines[start : start + shown], Content.styled(note, "$muted")]

    def _around(self, lines: list[Content], height: int, *, follows: bool) -> list[Content]:
        """The part of `lines` that fits, with the row to be seen in it, and how many lines are not."""
        if len(lines) <= height:
            self._first = 0
            return lines
        shown = max(1, height - 1)
        if not self._furthest:
            self._seen = shown
        row = self._row()
        first = min(max(self._first, row - shown + 2), row) if follows else self._first
        self._first = max(0, min(first, len(lines) - shown))
        more = len(lines) - self._first - shown
        signs = [f"▲ {self._first}"] * bool(self._first) + [f"▼ {more}"] * bool(more)
        note = Content.styled(f"{'  '.join(signs)} more", "$muted")
        return [*lines[self._first : self._first + shown], *([note] if height > 1 else [])]


def text(content: Content) -> Block:
    """A text that wraps."""
    return lambda width: wrap(content, width)


def rows(labelled: Sequence[tuple[str, Content]]) -> Block:
    """Rows of a short label and a text that wraps beside it; one without a label stands apart."""

    def lay_out(width: int) -> list[Content]:
        lines: list[Content] = []
        for label, content in labelled:
            if not label:
                lines += [Content.empty()] * bool(lines) + wrap(content, width)
                continue
            head = Content.styled(label, "$muted")
            head = head.truncate(width // 2, ellipsis=True) if head.cell_length > width // 2 else head
            head = head.pad_right(max(0, _LABEL - head.cell_length))
            beside = head.cell_length
            for part in wrap(content, width - beside):
                lines.append(head + part)
                head = Content(" " * beside)
        return lines

    return lay_out


def stacked(*blocks: Block) -> Block:
    """Blocks below each other, a blank line between those that have lines."""

    def lay_out(width: int) -> list[Content]:
        lines: list[Content] = []
        for block in blocks:
            part = block(width)
            if lines and part:
                lines.append(Content.empty())
            lines += part
        return lines

    return lay_out
