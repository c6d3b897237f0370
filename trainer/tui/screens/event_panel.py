"""An event in full, and its cards: how each stands, and a way to study them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from trainer.collection.timeline import CardStanding
from trainer.core.visible import one_line
from trainer.tui.screens.panels import Panel
from trainer.tui.widgets.event_labels import sign_of
from trainer.tui.widgets.lines import hang
from trainer.tui.widgets.sheet import Sheet, SheetLine

_STATE = 12


class EventPanel(Panel):
    """Tells the event and lists its cards; enter studies them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "study", "study", show=False),
        Binding("c", "cram", "cram", show=False),
        Binding("pageup", "scroll_page(-1)", "scroll a page up", show=False),
        Binding("pagedown", "scroll_page(1)", "scroll a page down", show=False),
    ]
    DEFAULT_CSS = """
    EventPanel > Sheet {
        width: 90%; max-width: 100; height: auto; max-height: 90%;
        border: round $accent; padding: 1 2; background: $surface;
    }
    EventPanel.-low > Sheet { padding: 0 1; }
    """

    def __init__(
        self,
        told: Callable[[int], Sequence[Content]],
        cards: Sequence[CardStanding],
        *,
        study: Callable[[bool], None],
    ) -> None:
        super().__init__("Event", Content.empty())
        self._told, self._cards, self._then = told, cards, study

    def compose(self) -> ComposeResult:
        """One sheet, whose border says what keys do."""
        sheet = Sheet()
        sheet.border_title = Content("Event")
        keys = "enter studies, c crams" if self._cards else "escape closes"
        sheet.border_subtitle = Content(keys)
        yield sheet

    def on_mount(self) -> None:
        """Show it."""
        self.query_one(Sheet).show(self._lines)

    def action_study(self) -> None:
        """Study the cards that are due, or if none is all of them, leaving the schedule alone."""
        self._study(cram=False)

    def action_cram(self) -> None:
        """Ask all of them, leaving the schedule alone."""
        if self._cards:
            self._study(cram=True)

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one(Sheet).scroll_by(by)

    def action_scroll_page(self, by: int) -> None:
        """Scroll by what is seen."""
        sheet = self.query_one(Sheet)
        sheet.scroll_by(by * max(1, sheet.scrollable_content_region.height - 1))

    def _study(self, *, cram: bool) -> None:
        self.dismiss()
        if self._cards:
            self.app.call_later(partial(self._then, cram))

    def _lines(self, width: int) -> list[SheetLine]:
        lines = [*self._told(width), Content.empty(), Content.styled("Cards", "$text-accent")]
        if not self._cards:
            lines.append(Content.styled("none: every role is skipped", "$muted"))
        for each in self._cards:
            sign = sign_of(each.known, 1)
            head = f"{sign.sign} {each.state:<{_STATE}}"
            rows = hang(head, Content(one_line(each.question)), width)
            rows[0] = rows[0].stylize(sign.style, 0, len(sign.sign)).stylize("$muted", 1, len(head))
            lines += rows
        return [SheetLine(line) for line in lines]
