"""The lines at the top and the bottom of a screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from trainer.core.visible import one_line

_HINT_LINES = 2


class TopBar(Widget):
    """One line: what this is on the left, where we stand on the right; the left gives way."""

    DEFAULT_CSS = """
    TopBar { height: 2; padding: 0 1; border-bottom: solid $rule; }
    """

    _left = ""
    _right: tuple[str | Content, ...] = ()

    def show(self, left: str, *right: str | Content) -> None:
        """Show `left`, and as many of the parts of `right` as fit, the last ones first to go."""
        self._left = one_line(left)
        self._right = right
        self.refresh()

    def render(self) -> Content:
        """The line, as wide as the screen."""
        width = self.content_size.width
        left, right = Content(self._left), Content("")
        for count in range(len(self._right), 0, -1):
            right = Content("  ").join(
                Content.styled(part, "$muted") if isinstance(part, str) else part
                for part in self._right[:count]
            )
            if right.cell_length + min(left.cell_length, 24) + 2 <= width:
                break
        room = max(0, width - right.cell_length - 2)
        left = left.truncate(room, ellipsis=True) if left.cell_length > room else left
        gap = " " * max(1, width - left.cell_length - right.cell_length)
        return Content.assemble(left.stylize("bold"), gap, right)


class KeyHints(Widget):
    """The keys that do something now, from the live bindings; a click does it too."""

    DEFAULT_CSS = """
    KeyHints {
        height: auto; max-height: 2; padding: 0 1; color: $muted;
        link-style: none; link-color: $muted; link-background: $background;
        link-style-hover: bold; link-color-hover: $accent; link-background-hover: $background;
    }
    """

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh(layout=True))

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many lines as the hints need, two at most."""
        return max(1, len(self._lines(width)))

    def render(self) -> Content:
        """The hints that fit; the last one, help, always does."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        hints = self._hints()
        lines = _filled(hints, width)
        while len(lines) > _HINT_LINES and len(hints) > 1:
            del hints[-2]
            lines = _filled(hints, width)
        return lines

    def _hints(self) -> list[Content]:
        shown: dict[str, Binding] = {}
        for active in self.screen.active_bindings.values():
            if active.binding.show and active.enabled:
                shown.setdefault(active.binding.action, active.binding)
        help_last = sorted(shown.values(), key=lambda binding: binding.action == "help")
        return [self._hint(binding) for binding in help_last]

    def _hint(self, binding: Binding) -> Content:
        action = binding.action if "." in binding.action else f"screen.{binding.action}"
        hint = Content.assemble(
            (self.app.get_key_display(binding), "bold $foreground"), " ", binding.description
        )
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


class Banner(Widget):
    """A line that must not be missed: something was not saved."""

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


def progress_bar(share: float, width: int) -> Content:
    """A bar of `width` cells, filled by half cells; `share` from 0 to 1. Readable without colour."""
    halves = round(max(0.0, min(1.0, share)) * width * 2)
    full, half = divmod(halves, 2)
    rest = "─" * (width - full - half)
    return Content.assemble(("━" * full + "╸" * half, "$accent"), (rest, "$muted"))
