"""Tables as JSON: a list of objects, one on a line, in ASCII and without loss."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from trainer.formats.written import Column, Row, TableFormat, objects


def write(columns: Sequence[Column], rows: Iterable[Row], stream: TextIO) -> None:
    """Write a table; what is not there is null."""
    begun = "[\n"
    for line in objects(columns, rows):
        stream.write(begun + line)
        begun = ",\n"
    stream.write("[]\n" if begun == "[\n" else "\n]\n")


TABLE = TableFormat(name="json", what="JSON", suffixes=(".json",), write=write)
