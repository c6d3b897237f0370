"""The decks, one a line, with what each asks for today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.geometry import Region, Size
from textual.style import Style
from textual.widget import Widget

from trainer.core.visible import one_line
from trainer.tui.messages import DeckPicked
from trainer.tui.widgets.bars import progress_bar
from trainer.tui.widgets.lines import wrap

if TYPE_CHECKING:
    from trainer.collection import DeckCounts

_NUMBERS = "  new  learning  due"
_KNOWN = 18


class DeckTable(VerticalScroll, can_focus=False):
    """A heading and a line a deck; one deck is marked. Numbers are never cut, names are."""

    DEFAULT_CSS = """
    DeckTable { height: 1fr; margin: 1 0; }
    DeckTable > _Lines { height: auto; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines = _Lines()

    def compose(self) -> ComposeResult:
        """The lines, as one widget."""
        yield self._lines

    def show(self, decks: Sequence[DeckCounts], *, why_none: str) -> None:
        """Show these decks; `why_none` is said if there is none."""
        self._lines.show(decks, why_none)

    def tell_known(self, known: Mapping[str, float]) -> None:
        """Say how well decks are known, from 0 to 1; of those left out it is not known yet."""
        self._lines.known = known
        self._lines.refresh()

    def mark_deck(self, deck: str) -> None:
        """Mark a deck by its id, if it is there."""
        for index, each in enumerate(self._lines.decks):
            if each.deck == deck:
                self._lines.mark(index)
                region = Region(0, index + 1, 1, 1)
                self.call_after_refresh(self.scroll_to_region, region, animate=False)

    @property
    def marked(self) -> str:
        """The id of the marked deck."""
        return self._lines.decks[self._lines.marked].deck

    def move(self, by: int) -> None:
        """Mark the next deck, or the one before."""
        self._mark((self._lines.marked + by) % len(self._lines.decks))

    def move_page(self, by: int) -> None:
        """Mark a deck as many lines on as are seen, or the last there is that way."""
        self._mark(self._lines.marked + by * max(1, self.size.height - 2))

    def move_to_end(self, by: int) -> None:
        """Mark the last deck, or with -1 the first."""
        self._mark(len(self._lines.decks) * by)

    def _mark(self, index: int) -> None:
        lines = self._lines
        lines.mark(max(0, min(index, len(lines.decks) - 1)))
        self.scroll_to_region(Region(0, lines.marked + 1, 1, 1), animate=False)


class _Lines(Widget):
    decks: Sequence[DeckCounts] = ()
    known: Mapping[str, float] = {}
    marked = 0
    why_none = ""

    def show(self, decks: Sequence[DeckCounts], why_none: str) -> None:
        self.decks, self.why_none = decks, why_none
        self.marked = min(self.marked, max(0, len(decks) - 1))
        self.refresh(layout=True)

    def mark(self, index: int) -> None:
        self.marked = index
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.decks) + 1 if self.decks else len(wrap(Content(self.why_none), max(1, width)))

    def render(self) -> Content:
        if not self.decks:
            return Content(self.why_none)
        width = self.content_size.width
        with_known = width >= 76
        room = max(8, width - 2 - len(_NUMBERS) - (_KNOWN if with_known else 0))
        room = min(room, max(len(deck.title) for deck in self.decks) + 4)
        heading = "  " + "Deck".ljust(room) + _NUMBERS + ("   known" if with_known else "")
        lines = [Content.styled(heading, "$muted")]
        lines += [
            self._line(index, deck, room, with_known=with_known) for index, deck in enumerate(self.decks)
        ]
        return Content("\n").join(lines)

    def on_click(self, event: Click) -> None:
        index = event.style.meta.get("deck")
        if index is None:
            return
        self.mark(index)
        self.post_message(DeckPicked(self.decks[index].deck))

    def _line(self, index: int, deck: DeckCounts, room: int, *, with_known: bool) -> Content:
        title = Content(one_line(deck.title)).truncate(room, ellipsis=True)
        title = title.pad_right(max(0, room - title.cell_length))
        numbers = f"{deck.new:>5}{deck.learning:>10}{deck.due:>5}"
        line = Content("› " if index == self.marked else "  ") + title + Content(numbers)
        if with_known:
            line += self._known(deck.deck)
        if index == self.marked:
            line = line.stylize("bold")
        return line.stylize(Style.from_meta({"deck": index}))

    def _known(self, deck: str) -> Content:
        share = self.known.get(deck)
        if share is None:
            return Content(f"   {'…':>15}")
        return Content.assemble("   ", progress_bar(share, 9), f"{round(100 * share):>4} %")
