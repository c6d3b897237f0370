"""What became of a file of another program, for tests of the formats."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.core.form import Value
from trainer.formats.model import Imported


def texts(value: Value) -> list[str]:
    """Every text of a value."""
    if isinstance(value, str):
        return [value]
    parts: list[Value] = [*value.keys(), *value.values()] if isinstance(value, Mapping) else [*value]
    return [text for part in parts for text in texts(part)]


def everything(imported: Imported) -> str:
    """All that became of a file, in one text."""
    notes = [text for note in imported.notes for text in texts(dict(note.fields))]
    left_out = [left.text for left in imported.left_out]
    return "\n".join((imported.title, imported.description, *imported.tags, *notes, *left_out))
