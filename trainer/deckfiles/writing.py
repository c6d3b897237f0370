"""Edits to the text of a YAML file that leave every other character as it was.

Each edit is a patch between two places that the parser gave. The outcome is read again and compared with what
was meant, so that a file which is written in a way nobody foresaw is refused, never damaged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from trainer.deckfiles.emit import deck_text, entry_lines, flow, inline, item_lines
from trainer.deckfiles.nodes import Items, Node, Table, Text, Value, compose, scalars
from trainer.deckfiles.report import Report
from trainer.deckfiles.shapes import plain
from trainer.errors import TrainerError

__all__ = ["Document", "UneditableError", "deck_text"]

_BOM = "\ufeff"
_MODELINE = re.compile(r"# yaml-language-server: *\$schema=")
_BLOCK = re.compile(r"[|>][-+0-9]*[ \t]")
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")


class UneditableError(TrainerError):
    """A file that cannot be edited here without harm; an editor can."""


class _Patch(NamedTuple):
    start: int
    end: int
    text: str


class Document:
    """The text of a YAML file. Every edit gives another document; this one stays.

    Raises UneditableError for what is no UTF-8, cannot be read as YAML, or is no mapping.
    """

    def __init__(self, content: bytes, *, path: str = "") -> None:
        self.content = content
        self._path = path
        text = content.decode("utf-8", "surrogateescape")
        self._bom = _BOM if text.startswith(_BOM) else ""
        self._text = text.removeprefix(_BOM)
        self._newline = "\r\n" if "\r\n" in self._text else "\n"
        report = Report(path)
        tree = compose(content, report)
        if report.errors:
            raise UneditableError(f"{report.problems[0]}", hint="mend that first")
        if not isinstance(tree.root, Table) or tree.root.end:
            raise UneditableError(f"{path}: this file is no mapping in lines", hint="edit it in an editor")
        self._root = tree.root
        notes = tree.root.get("notes")
        self.notes: Sequence[Node] = notes if isinstance(notes, Items) else ()
        """The notes as they stand in the file."""

    @property
    def head(self) -> dict[str, Value]:
        """The fields of the deck itself."""
        return {key: value for key, value in self._plain().items() if key != "notes"}

    def note(self, index: int) -> dict[str, Value]:
        """The fields of a note."""
        found = plain(self._table(index))
        assert isinstance(found, dict)
        return found

    def text_of(self, index: int) -> str:
        """A note as it is written, from its first field on."""
        table = self._table(index)
        return self._text[table.start : self._end(table)]

    def with_note(self, fields: Mapping[str, Value], *, after: int | None = None) -> Document:
        """Add a note, after the one at that index or as the last."""
        return self.with_notes([fields], after=after)

    def with_notes(self, added: Sequence[Mapping[str, Value]], *, after: int | None = None) -> Document:
        """Add notes, after the one at that index or as the last."""
        notes = self._root.get("notes")
        others = self.notes
        at = len(others) if after is None else after + 1
        return self._patched(
            self._added(added, notes, after=at - 1),
            {**self._plain(), "notes": [*map(plain, others[:at]), *added, *map(plain, others[at:])]},
        )

    def with_fields(self, index: int, fields: Mapping[str, Value]) -> Document:
        """Give a note these fields, in their order: what is the same as before stays as it is written."""
        return self.with_all({index: fields})

    def with_all(self, changed: Mapping[int, Mapping[str, Value]]) -> Document:
        """Give several notes other fields, as `with_fields`."""
        notes = [plain(note) for note in self.notes]
        patches: list[_Patch] = []
        for index, fields in changed.items():
            table = self._table(index)
            notes[index] = dict(fields)
            patches += [self._in_brackets(table, fields)] if table.end else self._changes(table, fields)
        return self._patched(patches, {**self._plain(), "notes": notes})

    def with_renamed(
        self, notes: Mapping[int, Mapping[str, str]], *, head: Mapping[str, str] | None = None
    ) -> Document:
        """Give fields of notes, or of the deck itself, other names: from those they have to others."""
        wanted = self._renamed(self._root, head or {})
        patches = self._names_of(self._root, head or {})
        listed = [plain(note) for note in self.notes]
        for index, names in notes.items():
            table = self._table(index)
            patches += self._names_of(table, names)
            listed[index] = self._renamed(table, names)
        return self._patched(patches, {**wanted, "notes": listed} if notes else wanted)

    def without_note(self, index: int) -> Document:
        """Take a note out; comments above it stay."""
        notes = [plain(note) for note in self.notes]
        del notes[index]
        given = self._root["notes"]
        if isinstance(given, Items) and given.end:
            raise UneditableError(f"{self._path}: the notes stand in brackets", hint="edit it in an editor")
        table = self._table(index)
        if not notes:
            key = self._root.key("notes")
            patch = _Patch(self._after_colon(key), self._end(given), " []")
        else:
            start = self._line_start(self._dash(table))
            end = self._next_line(self._end(table))
            if _is_blank(self._line_before(start)) and _is_blank(self._line_at(end)):
                end = self._next_line(end)
            elif end == len(self._text):  # The last one: no blank line is left at the end of the file.
                while _is_blank(self._line_before(start)):
                    start = self._line_start(start - 1)
            patch = _Patch(start, end, "")
        return self._patched([patch], {**self._plain(), "notes": notes})

    def with_entry(self, key: str, fields: Mapping[str, Value]) -> Document:
        """Add an entry to a file of sources or names, as the last."""
        end = self._line_end(self._end(self._root))
        spaced = bool(_BLANK_LINE.search(self._text[: self._end(self._root)])) or len(self._root) == 1
        lines = [*([""] * spaced), *entry_lines(key, fields, 0)]
        return self._patched([self._lines_after(end, lines)], {**self._plain(), key: fields})

    def with_modeline(self, line: str) -> Document:
        """Put the line that tells editors the schema at the top, in the place of the one that is there."""
        first = self._text[: self._line_end(0)].rstrip("\r")
        if first == line:
            return self
        patch = _Patch(0, len(first), line) if _MODELINE.match(first) else _Patch(0, 0, line + "\n")
        return self._patched([patch], self._plain())

    # Patches

    def _added(self, added: Sequence[Mapping[str, Value]], notes: Node | None, *, after: int) -> list[_Patch]:
        lines = _items(added, indent=2)
        if notes is None:
            return [self._lines_after(self._line_end(self._end(self._root)), ["notes:", *lines])]
        if isinstance(notes, Items) and notes:
            if not notes.end:
                return [self._added_to(notes, added, after=after)]
            end = self._end(notes[after])
            return [_Patch(end, end, "".join(f", {flow(fields)}" for fields in added))]
        start = self._after_colon(self._root.key("notes"))
        patch = self._lines_after(self._line_end(start), lines)
        if isinstance(notes, Items):  # `notes: []`, and perhaps a comment, which keeps its distance.
            return [_Patch(start, notes.end, " " * bool(self._rest(notes.end))), patch]
        if not isinstance(notes, Text) or not notes.missing:
            raise UneditableError(f"{self._path}: 'notes' is no list", hint="edit it in an editor")
        return [patch]

    def _added_to(self, notes: Items, added: Sequence[Mapping[str, Value]], *, after: int) -> _Patch:
        spaced = len(notes) < 2 or any(
            _BLANK_LINE.search(self._text[self._end(one) : self._dash(other)])
            for one, other in pairwise(notes)
        )
        indent = notes.column - 1
        near = notes[max(after, 0)]
        offset = near.column - notes.column if isinstance(near, Table) and not near.end else 2
        lines = _items(added, indent=indent, offset=max(offset, 2), spaced=spaced)
        if after < 0:
            start = self._line_start(self._dash(notes[0]))
            text = "\n".join([*lines, *([""] * spaced)]) + "\n"
            return _Patch(start, start, text)
        return self._lines_after(self._line_end(self._end(near)), [*([""] * spaced), *lines])

    def _names_of(self, table: Table, names: Mapping[str, str]) -> list[_Patch]:
        keys = ((table.key(old), new) for old, new in names.items())
        return [_Patch(key.start, key.end, new) for key, new in keys]

    def _renamed(self, table: Table, names: Mapping[str, str]) -> dict[str, Value]:
        return {names.get(key, key): plain(value) for key, value in table.items()}

    def _changes(self, table: Table, fields: Mapping[str, Value]) -> list[_Patch]:
        """What is to be replaced in a mapping in block style, from its beginning to its end."""
        if not fields.keys() & table.keys():
            raise UneditableError(f"{self._path}: nothing of this is kept", hint="add another note instead")
        indent = table.column - 1
        keys = list(table)
        first = table.key(keys[0]).start
        kept = next(place for place, key in enumerate(keys) if key in fields)
        patches = [_Patch(first, table.key(keys[kept]).start, "")] if kept else []
        for key in keys[kept:]:
            if key not in fields:
                start, end = self._line_start(table.key(key).start), self._end_of_entry(table, key)
                patches.append(_Patch(start, self._next_line(end), ""))
            elif plain(table[key]) != _normal(fields[key]):
                patches += self._changed_entry(table, key, fields[key])
        before: str | None = None
        for key, value in fields.items():
            if key in table:
                before = key
                continue
            lines = entry_lines(key, value, indent)
            if before is None:
                text = "\n".join(lines).lstrip(" ") + "\n" + " " * indent
                patches.append(_Patch(first, first, text))
            else:
                end = self._line_end(self._end_of_entry(table, before))
                patches.append(self._lines_after(end, lines))
        return patches

    def _changed_entry(self, table: Table, key: str, value: Value) -> list[_Patch]:
        """What is to be replaced where a field of a mapping in block style gets another value."""
        start, given = table.key(key).start, table[key]
        end = self._end_of_entry(table, key)
        if not self._has_comment(given, table.key(key).end, end):
            blocks = not self._rest(end)
            lines = entry_lines(key, value, table.column - 1, blocks=blocks)
            # Blanks that nobody sees would be part of a block.
            return [_Patch(start, self._line_end(end) if blocks else end, "\n".join(lines).lstrip(" "))]
        if (
            isinstance(given, Text)
            and isinstance(value, str)
            and not self._has_comment(given, given.start, end)
        ):
            return [_Patch(given.start, end, inline(value))]
        if isinstance(given, Items) and not given.end and value and not isinstance(value, str | Mapping):
            return self._changed_items(given, value)
        raise UneditableError(f"{self._path}: comments stand within {key!r}", hint="edit it in an editor")

    def _changed_items(self, items: Items, value: Sequence[Value]) -> list[_Patch]:
        """What is to be replaced in a list in block style: whole items, so that comments at others stay."""
        indent = items.column - 1
        patches: list[_Patch] = []
        before, now = [repr(plain(item)) for item in items], [repr(_normal(item)) for item in value]
        for _, old, old_end, new, new_end in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
            lines = [line for item in value[new:new_end] for line in item_lines(item, indent=indent)]
            if before[old:old_end] == now[new:new_end]:
                continue
            if old == old_end and old:
                patches.append(self._lines_after(self._line_end(self._end(items[old - 1])), lines))
                continue
            start = self._line_start(self._dash(items[old]))
            end = self._next_line(self._end(items[old_end - 1])) if old < old_end else start
            patches.append(_Patch(start, end, "".join(f"{line}\n" for line in lines)))
        return patches

    def _in_brackets(self, table: Table, fields: Mapping[str, Value]) -> _Patch:
        if self._has_comment(table, table.start, table.end):
            raise UneditableError(
                f"{self._path}: comments stand within the note", hint="edit it in an editor"
            )
        return _Patch(table.start, table.end, flow(fields))

    def _has_comment(self, node: Node, start: int, end: int) -> bool:
        """Whether there is a comment between two places, in or before a node, outside of its texts."""
        for text in sorted(scalars(node), key=lambda each: each.start):
            block = _BLOCK.match(self._text, text.start)
            if "#" in self._text[start : self._line_end(text.start) if block else max(start, text.start)]:
                return True
            start = max(start, text.end)
        return "#" in self._text[start:end]

    def _lines_after(self, end: int, lines: Sequence[str]) -> _Patch:
        """Lines put in after the line that ends there; a file without a last line break gets one."""
        text = "\n" + "\n".join(lines)
        return _Patch(end, end, text if end < len(self._text) else text + "\n")

    def _patched(self, patches: Sequence[_Patch], wanted: Mapping[str, object]) -> Document:
        parts: list[str] = []
        at = 0
        for start, end, new in sorted(patches, key=lambda patch: (patch.start, patch.end)):
            if start < at:
                raise UneditableError(
                    f"{self._path}: this is written too densely", hint="edit it in an editor"
                )
            parts += (self._text[at:start], new.replace("\n", self._newline))
            at = end
        text = "".join((self._bom, *parts, self._text[at:]))
        try:
            made = Document(text.encode("utf-8", "surrogateescape"), path=self._path)
        except UneditableError:
            made = None
        if made is None or made._plain() != _normal(wanted):
            message = f"{self._path}: this place is written in a way that cannot be edited here"
            raise UneditableError(message, hint="edit it in an editor")
        return made

    # Places

    def _plain(self) -> dict[str, Value]:
        found = plain(self._root)
        assert isinstance(found, dict)
        return found

    def _table(self, index: int) -> Table:
        table = self.notes[index]
        if not isinstance(table, Table):
            raise UneditableError(f"{self._path}: this note is no mapping", hint="edit it in an editor")
        return table

    def _end(self, node: Node) -> int:
        """The character after the last one of a node."""
        if isinstance(node, Text):
            return node.start + len(self._text[node.start : node.end].rstrip())
        if node.end or not node:
            return node.end or node.start
        if isinstance(node, Items):
            return self._end(node[-1])
        return self._end_of_entry(node, list(node)[-1])

    def _end_of_entry(self, table: Table, key: str) -> int:
        value = table[key]
        if isinstance(value, Text) and value.missing:
            return self._after_colon(table.key(key))
        return self._end(value)

    def _after_colon(self, key: Text) -> int:
        return self._text.index(":", key.end) + 1

    def _dash(self, item: Node) -> int:
        return self._text.rindex("-", 0, item.start)

    def _line_start(self, at: int) -> int:
        return self._text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        """The place of the line break after a place, its carriage return included; or the end of the file."""
        end = self._text.find("\n", at)
        if end < 0:
            return len(self._text)
        return end - (self._text[end - 1 : end] == "\r")

    def _next_line(self, at: int) -> int:
        return self._text.find("\n", at) + 1 or len(self._text)

    def _line_at(self, at: int) -> str | None:
        return self._text[at : self._line_end(at)] if at < len(self._text) else None

    def _line_before(self, at: int) -> str | None:
        return self._text[self._line_start(at - 1) : at] if at > 0 else None

    def _rest(self, at: int) -> str:
        """What follows on the line: a comment, or nothing."""
        return self._text[at : self._line_end(at)].strip()


def _items(
    added: Sequence[Mapping[str, Value]], *, indent: int, offset: int = 2, spaced: bool = True
) -> list[str]:
    """Notes as lines of a list, with a blank line between them if they are spaced."""
    lines: list[str] = []
    for fields in added:
        lines += [""] * (spaced and bool(lines))
        lines += item_lines(fields, indent=indent, offset=offset)
    return lines


def _is_blank(line: str | None) -> bool:
    return line is not None and not line.strip()


def _normal(value: object) -> object:
    """A value as reading gives it."""
    if isinstance(value, str):
        return value.rstrip("\n")
    if isinstance(value, Mapping):
        return {str(key): _normal(item) for key, item in value.items()}
    return [_normal(item) for item in value] if isinstance(value, Sequence) else value
