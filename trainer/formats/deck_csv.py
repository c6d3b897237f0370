"""A deck as CSV: a row a note, a column a field, as `import` reads it."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from typing import TextIO

from trainer.core.form import Value, fields_of, ordered
from trainer.core.prompt import PAIRED
from trainer.core.questions import TYPES
from trainer.formats.cells import guarded, unguarded
from trainer.formats.columns import Cell, note_of
from trainer.formats.written import DeckFormat, WrittenDeck, texts

_BETWEEN = " | "
_TAGS = "tags"
_TYPE = "type"
_USUAL = "basic"
_CALLED = {"reversed": {"front": "question", "back": "answer"}}
"""Columns that are called otherwise, since their names mean others beside them."""


def write(deck: WrittenDeck, stream: TextIO) -> Sequence[str]:
    """Write the notes that a table can hold; the others, which it would change, are told.

    What the deck says of itself has no place but its tags, which each note gets.
    """
    rows: list[dict[str, str]] = []
    told: list[str] = []
    for number, note in enumerate(deck.notes, start=1):
        fields = {_TYPE: _USUAL} | dict(note.fields)
        tags = dict.fromkeys((*deck.tags, *texts(fields.get(_TAGS, ()))))
        fields |= {_TAGS: list(tags)} if tags else {}
        columns = _CALLED.get(str(fields[_TYPE]), {})
        row = {columns.get(name, name): guarded(_cell(name, value)) for name, value in fields.items()}
        if lost := _lost(row, fields):
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
        return _BETWEEN.join(f"{left}{PAIRED}{right}" for left, right in value.items())
    return (", " if name == _TAGS else _BETWEEN).join(map(str, value))


def _lost(row: Mapping[str, str], fields: Mapping[str, Value]) -> list[str]:
    """The fields of a note that would be read back as something else."""
    cells = [Cell(name, unguarded(text)) for name, text in row.items()]
    back = note_of(0, cells, kind=_USUAL, text="").fields
    kind = TYPES.get(str(fields[_TYPE]))
    one_or_many = {field.name for field in fields_of(kind) if field.kind == "lines"} if kind else set()

    def plain(given: Mapping[str, Value], name: str) -> object:
        value = given.get(name)
        alone = name in one_or_many and not isinstance(value, str | Mapping | None) and len(value) == 1
        return value[0] if alone and isinstance(value, Sequence) else value

    return [name for name in {**fields, **back} if plain(back, name) != plain(fields, name)]


DECK = DeckFormat(name="csv", what="CSV", suffixes=(".csv",), write=write)
