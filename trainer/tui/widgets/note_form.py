"""A note as a form: a row a field, those that every note may have folded away until they are used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Click, DescendantFocus, Resize
from textual.message import Message
from textual.widgets import TextArea

from trainer.core.filling import Filling
from trainer.core.form import Field, fields_of
from trainer.core.questions import TYPES
from trainer.core.visible import one_line, visible
from trainer.core.wording import capital
from trainer.tui.widgets.lines import Lines, indent, wrap
from trainer.tui.widgets.note_field import HOW, Completions, FieldRow, FieldText, Noted, quoted

_ALWAYS = ("source", "id")
"""Fields of every note that are not folded away."""

_MOST_ROWS = max(len(fields_of(kind)) for kind in TYPES.values())
_KEPT = "this is written in a way that the form cannot show: edit it in your editor"


class NoteForm(Vertical):
    """The fields of one note; what is typed is read from `filling`."""

    DEFAULT_CSS = """
    NoteForm > VerticalScroll { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    """

    class Typed(Message):
        """Something was typed, by a key or by whatever else filled a field."""

        def __init__(self, *, by_key: bool) -> None:
            super().__init__()
            self.by_key = by_key

    class Folded(Message):
        """The line that folds the other fields away was pressed."""

    more_key = "f3"

    def __init__(self) -> None:
        super().__init__()
        self._head, self._about, self._more = _Head(), _About(), _More()
        self._pool = [FieldRow(self._leave) for _ in range(_MOST_ROWS)]
        self._filling = Filling()
        self._as_written: Mapping[str, str] = {}
        self._is_unfolded = False
        self.last = ""

    def compose(self) -> ComposeResult:
        """What note this is, its fields, and what the one in which one types is for."""
        yield self._head
        with VerticalScroll(can_focus=False):
            yield from self._pool
            yield self._more
        yield self._about

    # What is shown

    def show(
        self,
        filling: Filling,
        *,
        as_written: Mapping[str, str],
        completions: Mapping[str, Completions],
    ) -> None:
        """Show a note; `as_written` are the values that cannot be typed, `completions` are by field."""
        self._as_written, self._completions = as_written, completions
        self._is_unfolded = False
        self.last = ""
        self.change(filling)

    def change(self, filling: Filling) -> None:
        """Show the same note with something else in it, perhaps of another type."""
        self._filling = filling
        fields = _in_rows(filling.fields)
        for row, each in zip(self._pool, fields, strict=False):
            kept = each.name in filling.kept
            text = visible(self._as_written.get(each.name, "")) if kept else filling.text(each.name)
            completions = self._completions.get(each.name, self._completions[""])
            row.show(each, text, read_only=kept, completions=completions)
            row.tell([Noted("info", _KEPT)] if kept else ())
        for row in self._pool[len(fields) :]:
            row.field = None
        last = self.row(self.last)
        if last is None or last.field is None:
            self.last = ""
        else:
            self._about.show(last.field)
        self._fold()

    def entitle(self, title: str, beside: str) -> None:
        """Say which note this is."""
        self._head.show(title, beside)

    def propose(self, name: str) -> None:
        """Show the id that the note gets if none is typed."""
        row = self.row("id")
        if row is not None:
            row.input.placeholder = one_line(name)

    def tell(self, noted: Mapping[str, Sequence[Noted]]) -> None:
        """Say what is wrong, field by field."""
        for row in self._rows():
            assert row.field is not None
            name = row.field.name
            kept = [Noted("info", _KEPT)] if name in self._filling.kept else []
            row.tell([*kept, *noted.get(name, ())])
        self.reveal()

    def reveal(self) -> None:
        """Keep the line that is typed in within sight, whatever has moved it."""
        self.call_after_refresh(self._reveal)

    def toggle_more(self) -> None:
        """Show the fields that every note may have, or fold those that are empty away."""
        self._is_unfolded = not self._is_unfolded
        self._fold()
        if self._is_unfolded:
            added = [row for row in self._rows() if row.field and row.field.name not in _ALWAYS]
            first = next(
                (row for row in added if row.field and not row.field.own and not row.input.text), None
            )
            if first is not None:
                first.input.focus()
        elif not any(row.input.has_focus for row in self._rows()):
            self.focus_field()

    # What is typed

    @property
    def filling(self) -> Filling:
        """The note as it is typed."""
        filling = self._filling
        for row in self._rows():
            assert row.field is not None
            name = row.field.name
            if name not in filling.kept and row.input.text != filling.text(name):
                filling = filling.with_text(name, row.input.text)
        self._filling = filling
        return filling

    def row(self, name: str) -> FieldRow | None:
        """The row of a field, if the type has it."""
        return next((row for row in self._rows() if row.field and row.field.name == name), None)

    def focus_field(self, name: str = "") -> None:
        """Go to a field, else to the one that was typed in last, else to the first that needs something.

        A form that is being left has no rows any more.
        """
        rows = [row for row in self._rows() if row.display]
        if not rows:
            return
        empty = (row for row in rows if row.field and row.field.needed and not row.input.text)
        wanted = self.row(name) or self.row(self.last) or next(empty, rows[0])
        self.screen.set_focus(wanted.input)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Say what the field is for."""
        row = event.widget.parent
        if isinstance(row, FieldRow) and row.field is not None:
            self.last = row.field.name
            self._about.show(row.field)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Something was typed, or shown."""
        event.stop()
        row = event.text_area.parent
        self.post_message(self.Typed(by_key=isinstance(row, FieldRow) and row.input.has_focus))

    def go_on(self, step: int) -> None:
        """To the next field, or the one before; past the last, to the first."""
        rows = [row for row in self._rows() if row.display]
        at = next((place for place, row in enumerate(rows) if row.input.has_focus), None)
        if at is None:
            self.focus_field()
        else:
            self.screen.set_focus(rows[(at + step) % len(rows)].input)

    async def _leave(self, step: int, by_enter: bool) -> None:
        """As `go_on`, but enter in the last field saves."""
        rows = [row for row in self._rows() if row.display]
        if by_enter and rows and rows[-1].input.has_focus:
            await self.run_action("screen.save")
        else:
            self.go_on(step)

    # Inside

    def _reveal(self) -> None:
        box, typed_in = self.query_one(VerticalScroll), self.screen.focused
        if isinstance(typed_in, FieldText) and typed_in in box.walk_children(FieldText):
            y, seen = typed_in.cursor_screen_offset.y, box.region
            beyond = min(0, y - seen.y) or max(0, y - seen.bottom + 1)
            if seen.height and beyond:
                box.scroll_relative(y=beyond, animate=False)

    def _rows(self) -> Iterator[FieldRow]:
        return (row for row in self._pool if row.field is not None)

    def _fold(self) -> None:
        folded: list[str] = []
        for row in self._pool:
            each = row.field
            is_used = bool(each and (each.own or each.name in _ALWAYS or row.input.text))
            row.display = each is not None and (is_used or self._is_unfolded)
            if each is not None and not row.display:
                folded.append(each.name)
        self._more.show(folded, key=self.more_key, unfolded=self._is_unfolded)


class _Head(Lines):
    DEFAULT_CSS = """
    _Head { height: 1; }
    """

    _title = _beside = ""

    def show(self, title: str, beside: str) -> None:
        self._title, self._beside = one_line(title), one_line(beside)
        self._draw()

    def on_resize(self, event: Resize) -> None:
        self._draw()

    def _draw(self) -> None:
        line = Content.assemble((self._title, "bold"), "  ", (self._beside, "$muted"))
        self.paint([Content(" ") + line.truncate(max(1, self.size.width - 2), ellipsis=True)])


class _About(Lines):
    DEFAULT_CSS = """
    _About { height: 2; }
    """

    _text = ""

    def show(self, field: Field) -> None:
        how = HOW.get(field.kind, "")
        self._text = f"{how} {capital(quoted(field.about))}" if how else quoted(field.about)
        self._draw()

    def on_resize(self, event: Resize) -> None:
        self._draw()

    def _draw(self) -> None:
        height = max(1, self.size.height)
        lines = wrap(Content.styled(self._text, "$muted"), self.size.width - 2)
        if len(lines) > height:
            lines = [*lines[: height - 1], lines[height - 1] + Content.styled(" …", "$muted")]
        self.paint(indent(lines, 1))


class _More(Lines):
    DEFAULT_CSS = """
    _More { height: 1; }
    """

    _text = ""

    def show(self, folded: Sequence[str], *, key: str, unfolded: bool) -> None:
        names = ", ".join(name.replace("_", " ") for name in folded)
        self._text = f"▾ {key} fewer fields" if unfolded else f"▸ {key} more fields: {names}"
        self.display = unfolded or bool(folded)
        self._draw()

    def on_resize(self, event: Resize) -> None:
        self._draw()

    def on_click(self, event: Click) -> None:
        self.post_message(NoteForm.Folded())

    def _draw(self) -> None:
        line = Content.styled(self._text, "$muted")
        self.paint([line.truncate(max(1, self.size.width), ellipsis=True)])


def _in_rows(fields: Sequence[Field]) -> list[Field]:
    """Fields in the order in which they are filled in: its own, those needed first, then the common ones."""
    own = [each for each in fields if each.own]
    common = {each.name: each for each in fields if not each.own}
    needed, other = [each for each in own if each.needed], [each for each in own if not each.needed]
    rest = [each for name, each in common.items() if name not in _ALWAYS]
    return [*needed, *other, *(common[name] for name in _ALWAYS), *rest]
