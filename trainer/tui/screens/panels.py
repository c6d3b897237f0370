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


class Panel(ModalScreen[None]):
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


def problems_panel(problems: Sequence[Problem]) -> Panel:
    """What is wrong in the deck files."""
    lines = [
        Content.assemble((f"{one_line(str(problem.span))}\n", "bold"), _explained(problem))
        for problem in problems
    ]
    return Panel("Problems in deck files", Content("\n\n").join(lines))


def _explained(problem: Problem) -> str:
    hint = f"\n  {one_line(problem.hint)}" if problem.hint else ""
    return f"  {problem.severity}: {one_line(problem.message)}{hint}"
