"""A deck as JSON, in the words of our YAML: what `import` reads back to the same notes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TextIO

from trainer.formats.written import DeckFormat, WrittenDeck


def write(deck: WrittenDeck, stream: TextIO) -> Sequence[str]:
    """Write a deck, a note on a line."""
    head = {"title": deck.title, "description": deck.description, "tags": list(deck.tags)}
    stream.write("{\n")
    for name, value in head.items():
        if value:
            stream.write(f"  {_json(name)}: {_json(value)},\n")
    stream.write('  "notes": [')
    for number, note in enumerate(deck.notes):
        stream.write(f"{',' * (number > 0)}\n    {_json(note.fields)}")
    stream.write("\n  ]\n}\n")
    return ()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


DECK = DeckFormat(name="json", what="a deck in JSON", suffixes=(".json",), write=write)
