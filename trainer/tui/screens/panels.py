"""Panels over a screen: its keys, the problems of the decks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.screen import ModalScreen
from textual.widgets import Static

from trainer.core.deck import Problem
from trainer.core.visible import one_line
from trainer.tui.messages import RowPressed
from trainer.tui.screens.base import Once
from trainer.tui.widgets.lines import wrap
from trainer.tui.widgets.sheet import Sheet, SheetLine


class Panel(Once, ModalScreen[None]):
    """A text to read over the screen; any of the usual keys closes it."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-wide")]  # noqa: RUF012 - declared so by Textual
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,space,question_mark,f1", "dismiss", "close", show=False),
        Binding("up,k", "scroll(-1)", "scroll up", show=False),
        Binding("down,j", "scroll(1)", "scroll down", show=False),
        Binding("pageup", "scroll(-10)", "scroll a page up", show=False),
        Binding("pagedown", "scroll(10)", "scroll a page down", show=False),
    ]

    def __init__(self, title: str, text: Content) -> None:
        super().__init__()
        self._title, self._text = title, text

    def compose(self) -> ComposeResult:
        """The title in the border, the text within."""
        with VerticalScroll(id="panel", can_focus=False) as panel:
            panel.border_title = Content(one_line(self._title))
            panel.border_subtitle = "escape closes"
            yield Static(self._text, markup=False)

    def on_click(self, event: Click) -> None:
        """A click closes the panel."""
        self.dismiss()

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one("#panel").scroll_relative(y=by, animate=False)


def keys_panel(groups: Iterable[tuple[str, Sequence[tuple[str, str]]]]) -> Panel:
    """Keys and what they do, group by group."""
    parts: list[Content] = []
    for heading, rows in groups:
        if rows:
            lines = [Content.styled(heading, "bold $text-accent")]
            lines += [Content.assemble((f"{keys:<18}", "bold"), " ", what) for keys, what in rows]
            parts.append(Content("\n").join(lines))
    return Panel("Keys", Content("\n\n").join(parts))


class ProblemsPanel(Panel):
    """What is wrong in the deck files; the marked problem is opened in the editor, and what is left stays."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "edit", tooltip="the marked problem, in your editor", id="edit"),
        Binding("enter", "edit", "edit", show=False),
        Binding("up,k", "move(-1)", "previous problem", show=False),
        Binding("down,j", "move(1)", "next problem", show=False),
    ]
    DEFAULT_CSS = """
    ProblemsPanel > Sheet {
        width: 90%; max-width: 100; height: auto; max-height: 90%;
        border: round $accent; padding: 1 2; background: $surface;
    }
    ProblemsPanel.-low > Sheet { padding: 0 1; }
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("Problems in deck files", Content.empty())
        self._problems = list(problems)
        self._at = 0

    def compose(self) -> ComposeResult:
        """One sheet, whose border says what keys do."""
        sheet = Sheet()
        sheet.border_title = Content(one_line(self._title))
        sheet.border_subtitle = Content("e edits, escape closes")
        yield sheet

    def on_mount(self) -> None:
        """Show it."""
        self._draw()

    def on_click(self, event: Click) -> None:
        """A press beside the problems closes the panel; on them it marks."""
        event.prevent_default()
        if not self.query_one(Sheet).region.contains(event.screen_x, event.screen_y):
            self.dismiss()

    def on_row_pressed(self, event: RowPressed) -> None:
        """A press marks a problem, and opens it if it is marked already."""
        if event.row == self._at:
            self.action_edit()
        else:
            self._at = event.row
            self._draw()

    def action_move(self, by: int) -> None:
        """Mark another problem."""
        self._at = max(0, min(self._at + by, len(self._problems) - 1))
        self._draw()

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one(Sheet).scroll_by(by)

    def action_edit(self) -> None:
        """Open the marked problem at its line."""
        self.trainer.edit(self._problems[self._at].span, self._edited)

    def _edited(self) -> None:
        """Show what is left; with nothing left, go."""
        self._problems = list(self.trainer.collection.problems)
        self._at = min(self._at, len(self._problems) - 1)
        if self._problems:
            self._draw()
            return
        self.app.clear_notifications()
        self.app.notify("No problem is left.", markup=False)
        self.dismiss()

    def _draw(self) -> None:
        self.query_one(Sheet).show(self._lines, marked=self._at)

    def _lines(self, width: int) -> list[SheetLine]:
        lines: list[SheetLine] = []
        for place, problem in enumerate(self._problems):
            lines += [SheetLine(Content(""))] * (place > 0)
            mark = "› " if place == self._at else "  "
            told = [Content.styled(one_line(str(problem.span)), "bold"), *map(Content, _explained(problem))]
            lines += (
                SheetLine(Content(mark if row == 0 else "  ") + line, place)
                for row, line in enumerate(part for each in told for part in wrap(each, width - 2))
            )
        return lines


def problems_panel(problems: Sequence[Problem]) -> ProblemsPanel:
    """What is wrong in the deck files."""
    return ProblemsPanel(problems)


def _explained(problem: Problem) -> list[str]:
    return [f"{problem.severity}: {one_line(problem.message)}", *filter(None, (one_line(problem.hint),))]
