"""A deck as CSV: a row a note, a column a field, as `import` reads it."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from typing import TextIO

from trainer.core.form import Value, ordered
from trainer.formats.cells import guarded, unguarded
from trainer.formats.columns import Cell, note_of
from trainer.formats.written import DeckFormat, WrittenDeck

_BETWEEN = " | "
_TAGS = "tags"
_TYPE = "type"
_PAIRED = " = "
_USUAL = "basic"


def write(deck: WrittenDeck, stream: TextIO) -> Sequence[str]:
    """Write the notes that a table can hold; the others, which it would change, are told.

    What the deck says of itself has no place but its tags, which each note gets.
    """
    rows: list[dict[str, str]] = []
    told: list[str] = []
    for number, note in enumerate(deck.notes, start=1):
        fields = {_TYPE: _USUAL} | dict(note.fields)
        given = fields.get(_TAGS, ())
        tags = [*deck.tags, *([given] if isinstance(given, str) else given)]
        if tags:
            fields[_TAGS] = list(dict.fromkeys(map(str, tags)))
        row = {name: guarded(_cell(name, value)) for name, value in fields.items()}
        lost = _lost(row, fields)
        if lost:
            name = fields.get("id", f"number {number}")
            told.append(f"note {name}: a table cannot hold its {', '.join(lost)}; it is left out")
        else:
            rows.append(row)
    names = list(ordered(dict.fromkeys(("id", _TYPE, *(name for row in rows for name in row)))))
    writer = csv.DictWriter(stream, names, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return told


def _cell(name: str, value: Value) -> str:
    """The value of a field in one cell."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return _BETWEEN.join(f"{left}{_PAIRED}{right}" for left, right in value.items())
    return (", " if name == _TAGS else _BETWEEN).join(map(str, value))


def _lost(row: Mapping[str, str], fields: Mapping[str, Value]) -> list[str]:
    """The fields of a note that would be read back as something else."""
    cells = [Cell(name, unguarded(text)) for name, text in row.items()]
    back = note_of(0, cells, kind=_USUAL, text="").fields
    return [name for name in {**fields, **back} if _plain(back.get(name)) != _plain(fields.get(name))]


def _plain(value: Value | None) -> object:
    """A value to be compared: a list of one text is that text."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    parts = [_plain(part) for part in value]
    return parts[0] if len(parts) == 1 else parts


DECK = DeckFormat(name="csv", what="CSV", suffixes=(".csv",), write=write)
