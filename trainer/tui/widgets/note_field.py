"""A field of a note: its name, a place to type, and below it what is wrong."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar, Literal, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Key, Paste, Resize
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea

from trainer.core.filling import MOST
from trainer.core.form import Field
from trainer.core.visible import one_line, visible
from trainer.tui.keys import InTurn
from trainer.tui.widgets.lines import Lines, hang

LABEL, NARROW_LABEL = 14, 9
_NARROW = 44
_MANY = ("list", "parts", "pairs", "table", "accounts")
_MANY_OF_ONE = ("distractors", "why")
"""Fields that take one or several, and mostly several."""

_PAIRED = ("pairs", "table", "accounts")
_LEAST_TYPED = 2
_MOST_WORDS = 5
HOW = {
    "lines": "Several: a line each.",
    "list": "A line each.",
    "parts": "A line each; spellings of one are joined by “|”.",
    "pairs": "A line each: left = right.",
    "table": "A line each: name = text.",
    "accounts": "A line each: article#2 = what it says = by whom; the last can be left out.",
}
"""How fields of a kind are typed."""

_CODE = re.compile(r"`([^`]*)`")
_AS_SHOWN = {"as_of": "as of", "superseded_by": "superseded by", "according_to": "according to"}


class Noted(NamedTuple):
    """What is said below a field; an `error` keeps the note from being saved."""

    severity: Literal["error", "warning", "info"]
    text: str


class Completions:
    """Texts of which one may go on what was typed."""

    def __init__(self, texts: Sequence[str] = ()) -> None:
        each_once = {text.casefold(): text for text in reversed(texts)}
        self._keys = sorted(each_once)
        self._texts = [each_once[key] for key in self._keys]

    def of(self, line: str) -> str:
        """What may follow a line; nothing, if no text begins with its last words."""
        words = line.casefold().split(" ")
        for count in range(min(_MOST_WORDS, len(words)), 0, -1):
            begun = " ".join(words[-count:])
            at = bisect_left(self._keys, begun)
            if len(begun) < _LEAST_TYPED or at == len(self._keys) or not self._keys[at].startswith(begun):
                continue
            return self._texts[at][len(begun) :] if len(self._keys[at]) == len(self._texts[at]) else ""
        return ""


class FieldText(TextArea, InTurn):
    """The place to type. Enter goes on; where several lines are meant, on an empty one.

    `leave` goes so many fields further, or back, and is told whether by enter.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+j,shift+enter,alt+enter", "new_line", "another line", show=False),
    ]
    DEFAULT_CSS = """
    FieldText, FieldText:focus {
        border: none; padding: 0 1; height: auto; max-height: 6; background: $surface;
        scrollbar-size-vertical: 1;
    }
    FieldText:focus { background: $panel; }
    FieldText.-read-only { color: $muted; }
    FieldText .text-area--placeholder { color: $muted; }
    FieldText .text-area--suggestion { color: $muted; text-style: italic; }
    """

    class TooMuch(Message):
        """More was pasted than a field takes."""

        def __init__(self, pasted: int) -> None:
            super().__init__()
            self.pasted = pasted

    def __init__(self, leave: Callable[[int, bool], Awaitable[None]]) -> None:
        super().__init__(compact=True, highlight_cursor_line=False)
        self.leave = leave
        self.cursor_blink = False
        self.completions = Completions()
        self.takes_many = False

    def fill(self, text: str) -> None:
        """Have a text in it, made visible, the cursor behind."""
        text = visible(text)
        if text != self.text:
            self.text = text
            self.move_cursor(self.document.end)

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Follow the cursor; without the focus it shows how it begins.

        A scroll bar that goes asks for it while the text is shorter already, the cursor still below its end.
        """
        if not self.has_focus:
            return Offset()
        try:
            self.wrapped_document.get_offsets(self.cursor_location[0])
        except ValueError:
            return Offset()
        return super().scroll_cursor_visible(center, animate)

    def render_line(self, y: int) -> Strip:
        """A line; one that has no room yet shows nothing, not even what may be typed there."""
        return super().render_line(y) if self.content_size.width else Strip.blank(self.size.width)

    def on_focus(self) -> None:
        """Go on where the cursor is."""
        self.call_after_refresh(self.scroll_cursor_visible)

    def on_blur(self) -> None:
        """Show how it begins."""
        self.scroll_home(animate=False)

    def take(self, text: str) -> None:
        """Put in what was pasted or chosen elsewhere, in place of what is selected."""
        start, end = self.selection
        words = visible(text.replace("\r\n", "\n").replace("\r", "\n")).replace("\t", " ")
        if not self.takes_many:
            words = " ".join(words.split("\n"))
        room = max(0, MOST - len(self.text) + len(self.selected_text))
        if len(words) > room:
            self.post_message(self.TooMuch(len(words)))
        self.replace(words[:room], start, end, maintain_selection_offset=False)

    def update_suggestion(self) -> None:
        """What may follow, at the end of a line."""
        row, column = self.cursor_location
        line = self.document.get_line(row)
        self.suggestion = visible(self.completions.of(line)) if column == len(line) and line else ""

    def action_new_line(self) -> None:
        """Begin another line."""
        if not self.read_only:
            self.insert("\n")

    def on_paste(self, event: Paste) -> None:
        """Take what is safe to show."""
        event.stop()
        event.prevent_default()
        if not self.read_only:
            self.take(event.text)

    async def on_key(self, event: Key) -> None:
        """Keys that lead to another field, at the edge of this one."""
        row, column = self.cursor_location
        last = self.document.line_count - 1
        step = 1
        match event.key:
            case "up" if self.navigator.is_first_wrapped_line(self.selection.end):
                step = -1
            case "down" if self.navigator.is_last_wrapped_line(self.selection.end):
                pass
            case "enter" if self.read_only or not self.takes_many:
                pass
            case "enter" if row == last and not self.document.get_line(row).strip():
                if row:
                    self.delete((row - 1, len(self.document.get_line(row - 1))), (row, column))
            case _:
                return
        event.stop()
        event.prevent_default()
        await self.leave(step, event.key == "enter")


class FieldRow(Lines):
    """The name of a field beside the place to type, and what is said about it below."""

    DEFAULT_CSS = """
    FieldRow { height: auto; layout: vertical; }
    """

    def __init__(self, leave: Callable[[int, bool], Awaitable[None]]) -> None:
        super().__init__()
        self.field: Field | None = None
        self.input = FieldText(leave)
        self._notes: Sequence[Noted] = ()

    def compose(self) -> ComposeResult:
        """The place to type."""
        yield self.input

    def show(self, field: Field, text: str, *, read_only: bool, completions: Completions) -> None:
        """Be the row of a field that holds a text."""
        self.field = field
        box = self.input
        box.takes_many = field.kind in _MANY or field.name in _MANY_OF_ONE
        box.completions = completions
        box.read_only = read_only
        box.placeholder = HOW[field.kind] if field.kind in _PAIRED else _first_sentence(field.about)
        box.fill(text)
        self.tell(())

    def tell(self, notes: Sequence[Noted]) -> None:
        """Say something below."""
        if tuple(notes) != tuple(self._notes):
            self._notes = tuple(notes)
        self._draw()

    def on_resize(self, event: Resize) -> None:
        """What is said wraps."""
        self._draw()

    def on_click(self, event: Click) -> None:
        """A press on the name goes to its field."""
        self.input.focus()

    def _draw(self) -> None:
        width = self.size.width
        if not width or self.field is None:
            return
        label_width = NARROW_LABEL if width < _NARROW else LABEL
        below = [line for note in self._notes for line in _noted(note, width - label_width)]
        margin = (0, 0, len(below), label_width)
        if tuple(self.input.styles.margin) != margin:
            self.input.styles.margin = margin
        name = _AS_SHOWN.get(self.field.name, self.field.name)
        style = "$foreground" if self.field.needed else "$muted"
        label = Content.styled(name, style).truncate(label_width - 1, ellipsis=True)
        between = [Content.empty()] * max(0, self.size.height - 1 - len(below))
        self.paint([label, *between, *(Content(" " * label_width) + line for line in below)])


def _noted(note: Noted, width: int) -> list[Content]:
    sign = {"error": "✗ ", "warning": "! ", "info": "  "}[note.severity]
    style = {"error": "$text-error", "warning": "$text-warning", "info": "$muted"}[note.severity]
    return [line.stylize(style) for line in hang(sign, Content(one_line(note.text)), width)]


def _first_sentence(about: str) -> str:
    """What a field is for, in short."""
    return quoted(about).partition(". ")[0].rstrip(".")


def quoted(about: str) -> str:
    """A text of the manual, with quotation marks around what is written so."""
    return _CODE.sub("“\\1”", about)
