"""The lines around the table of cards: what is searched for, what is filtered, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Resize
from textual.style import Style
from textual.widgets import Input

from trainer.core.visible import one_line, visible
from trainer.tui.widgets.lines import Lines, indent

_LONGEST = 24


class SearchLine(Input):
    """The words that are searched for."""

    DEFAULT_CSS = """
    SearchLine, SearchLine:focus {
        width: 1fr; height: 1; border: none; padding: 0 1; background: $surface;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down,up", "screen.to_cards", "to the cards", priority=True),
    ]

    def __init__(self, words: str) -> None:
        super().__init__(words, placeholder="type to search", select_on_focus=False)
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """What is typed or pasted, safe to show."""
        return visible(value)


class Count(Lines):
    """How many cards there are, to the right."""

    DEFAULT_CSS = """
    Count { width: 8; height: 1; }
    """

    _text = ""
    _width = 8

    def show(self, text: str) -> None:
        """Show another count; the line grows with it, and never shrinks, so that little moves."""
        self._text = text
        if len(text) >= self._width:
            self._width = len(text) + 2
            self.styles.width = self._width
        self._draw()

    def on_resize(self, event: Resize) -> None:
        """It stands to the right."""
        self._draw()

    def _draw(self) -> None:
        self.paint([Content.styled(f"{self._text} ".rjust(self.size.width), "$muted")])


class Chip(NamedTuple):
    """What cards are filtered or sorted by: a key, a word, and the value chosen, or else the usual one."""

    key: str
    word: str
    value: str
    action: str
    usual: str = "all"


class Chips(Lines):
    """The filters on a line; a press does what the key does. Where room is short, those not in use go."""

    DEFAULT_CSS = """
    Chips { height: 1; }
    """

    _chips: Sequence[Chip] = ()

    def show(self, chips: Sequence[Chip]) -> None:
        """Show how things are filtered and sorted."""
        self._chips = chips
        self._draw()

    def on_resize(self, event: Resize) -> None:
        """What fits depends on the width."""
        self._draw()

    def _draw(self) -> None:
        width = max(1, self.size.width - 2)
        chips = list(self._chips)
        line = _joined(chips, full=True)
        if line.cell_length > width:
            line = _joined(chips, full=False)
        while line.cell_length > width and len(chips) > 1:
            unused = [chip for chip in chips if not chip.value]
            chips.remove((unused or chips)[-1])
            line = _joined(chips, full=False)
        self.paint(indent([line], 1))


def _joined(chips: Sequence[Chip], *, full: bool) -> Content:
    return Content("   " if full else "  ").join(_chip(chip, full=full) for chip in chips)


def _chip(chip: Chip, *, full: bool) -> Content:
    value = Content(one_line(chip.value)).truncate(_LONGEST, ellipsis=True)
    told: list[str | Content | tuple[str, str]] = [(chip.key, "bold"), (f" {chip.word}", "$muted")]
    if chip.value:
        told += [(": ", "$muted"), value.stylize("$text-accent")]
    elif full:
        told.append((f": {chip.usual}", "$muted"))
    return Content.assemble(*told).stylize(Style.from_meta({"@click": f"screen.{chip.action}"}))


class Status(Lines):
    """A rule, on which stands what was done, or what was not."""

    DEFAULT_CSS = """
    Status { height: 1; }
    """

    _text = ""
    _is_warning = False

    def tell(self, text: str) -> None:
        """Say what was done, or is to be done."""
        self._say(text, is_warning=False)

    def warn(self, text: str) -> None:
        """Say what was not done."""
        self._say(text, is_warning=True)

    def on_resize(self, event: Resize) -> None:
        """The rule goes from edge to edge."""
        self._draw()

    def _say(self, text: str, *, is_warning: bool) -> None:
        if (text, is_warning) != (self._text, self._is_warning):
            self._text, self._is_warning = text, is_warning
            self._draw()

    def _draw(self) -> None:
        width, said = self.size.width, one_line(self._text)
        if self._is_warning:
            self.paint([Content.styled(f" {said} ".ljust(width), "bold $background on $error")])
        elif said:
            line = Content.styled(f" {said} ", "$accent").truncate(width, ellipsis=True)
            self.paint([line + Content.styled("─" * (width - line.cell_length), "$rule")])
        else:
            self.paint([Content.styled("─" * width, "$rule")])
