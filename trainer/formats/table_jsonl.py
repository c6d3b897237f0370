"""Tables as JSON Lines: an object on each line, in ASCII and without loss."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from trainer.formats.written import Column, Row, TableFormat, objects


def write(columns: Sequence[Column], rows: Iterable[Row], stream: TextIO) -> None:
    """Write a table; what is not there is null."""
    for line in objects(columns, rows):
        stream.write(f"{line}\n")


TABLE = TableFormat(name="jsonl", what="JSON Lines", suffixes=(".jsonl", ".ndjson"), write=write)
