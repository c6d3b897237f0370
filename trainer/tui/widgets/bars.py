"""The lines at the top and the bottom of a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual.binding import Binding
from textual.content import Content
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from trainer.core.progress import bar
from trainer.core.visible import one_line
from trainer.tui.widgets.lines import Lines, indent

_KEPT = 2
"""Hints that give way last: the way out, and help."""
_HINT_LINES = 2


class TopBar(Lines):
    """What this is on the left, where we stand on the right, and a rule; the left gives way."""

    DEFAULT_CSS = """
    TopBar { dock: top; height: 2; }
    """

    _left = ""
    _right: tuple[str | Content, ...] = ()

    def show(self, left: str, *right: str | Content) -> None:
        """Show `left`, and of the parts of `right` that are not empty as many as fit, the first of them."""
        self._left, self._right = one_line(left), tuple(filter(None, right))
        self._draw()

    def on_resize(self, event: Resize) -> None:
        """What fits depends on the width."""
        self._draw()

    def _draw(self) -> None:
        width = max(0, self.size.width - 2)
        left, right = Content.styled(self._left, "bold"), Content("")
        parts = [Content.styled(part, "$muted") if isinstance(part, str) else part for part in self._right]
        for count in range(len(parts), 0, -1):
            right = Content("  ").join(parts[:count])
            if right.cell_length + min(left.cell_length, 24) + 2 <= width:
                break
        room = max(0, width - right.cell_length - 2)
        left = left.truncate(room, ellipsis=True) if left.cell_length > room else left
        gap = " " * max(1, width - left.cell_length - right.cell_length)
        rule = Content.styled("─" * self.size.width, "$rule")
        self.paint([*indent([Content.assemble(left, gap, right)], 1), rule])


class KeyHints(Lines):
    """The keys that do something now, from the live bindings; a click does it too.

    Where not all have room, help is called `more`, if that is given.
    """

    DEFAULT_CSS = """
    KeyHints { dock: bottom; height: auto; }
    """

    def __init__(self, *, more: str = "") -> None:
        super().__init__()
        self._more = more

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self._follow())

    def on_resize(self, event: Resize) -> None:
        """What fits depends on the width."""
        self._draw()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the hints need, two at most, or as the style allows."""
        return max(1, len(self._hints(width - 2)))

    @property
    def _most(self) -> int:
        allowed = self.styles.max_height
        return _HINT_LINES if allowed is None else min(_HINT_LINES, int(allowed.value))

    def _follow(self) -> None:
        self.refresh(layout=True)
        self._draw()

    def _draw(self) -> None:
        self.paint(indent(self._hints(self.size.width - 2), 1))

    def _hints(self, width: int) -> list[Content]:
        return hint_lines(self.screen, width, at_most=self._most, more=self._more)


class Banner(Widget):
    """A line that must not be missed: something was not done."""

    DEFAULT_CSS = """
    Banner { display: none; height: auto; padding: 0 1; background: $error; color: $background; }
    """

    _text = ""

    def show(self, text: str) -> None:
        """Show the line, or take it away when it is empty."""
        self._text = text
        self.display = bool(text)
        self.refresh(layout=True)

    def render(self) -> Content:
        """The line."""
        return Content(one_line(self._text))


def hint_lines(screen: Screen[object], width: int, *, at_most: int, more: str = "") -> list[Content]:
    """The screen's live keys and what they do, as it lists them.

    Where not all fit, help does, called `more` if that is given, and the last that the screen lists: the way
    out.
    """
    shown: dict[str, Binding] = {}
    for active in screen.active_bindings.values():
        if active.binding.show and active.enabled:
            shown.setdefault(active.binding.action, active.binding)
    order = [binding.action for binding in type(screen).BINDINGS if isinstance(binding, Binding)]

    def place(binding: Binding) -> tuple[bool, int]:
        own = order.index(binding.action) if binding.action in order else -1
        return binding.action == "help", own

    hints = [_hint(screen, binding) for binding in sorted(shown.values(), key=place)]
    lines = _filled(hints, width)
    helps = next((binding for binding in shown.values() if binding.action == "help"), None)
    if more and helps is not None and len(lines) > at_most:
        hints[-1] = _hint(screen, replace(helps, description=more))
    while len(lines) > at_most and len(hints) > 1:
        del hints[-3 if len(hints) > _KEPT else -2]
        lines = _filled(hints, width)
    return lines[:at_most]


def _hint(screen: Screen[object], binding: Binding) -> Content:
    action = binding.action if "." in binding.action else f"screen.{binding.action}"
    key = screen.app.get_key_display(binding)
    hint = Content.assemble((key, "bold $foreground"), (f" {binding.description}", "$muted"))
    return hint.stylize(Style.from_meta({"@click": action}))


def _filled(hints: Sequence[Content], width: int) -> list[Content]:
    """The hints in lines of at most `width` cells."""
    lines: list[Content] = []
    for hint in hints:
        longer = Content("   ").join([lines[-1], hint]) if lines else hint
        if lines and longer.cell_length <= width:
            lines[-1] = longer
        else:
            lines.append(hint)
    return lines


def progress_bar(share: float, width: int) -> Content:
    """A bar of `width` cells, filled by half cells; `share` from 0 to 1. Readable without colour."""
    drawn = bar(share, width)
    rest = drawn.find("─") if "─" in drawn else width
    return Content.assemble((drawn[:rest], "$accent"), (drawn[rest:], "$muted"))
