"""Tables as CSV (RFC 4180): UTF-8, commas, lines that end with CR LF, the names of the columns first.

Cells that a spreadsheet would take for a formula begin with an apostrophe (`cells.guarded`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO, cast

from trainer.formats.cells import GUARDED, guarded
from trainer.formats.written import Column, Row, TableFormat, joined


def write(columns: Sequence[Column], rows: Iterable[Row], stream: TextIO) -> None:
    """Write a table; what is not there is an empty cell, and a list is joined by `; `."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    writer.writerows(_safe(columns, rows))


def _safe(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[Row]:
    """The rows with every cell as it may stand in a table."""
    lists = [place for place, column in enumerate(columns) if column.kind == "list"]
    truths = [place for place, column in enumerate(columns) if column.kind == "truth"]
    foreign = [place for place, column in enumerate(columns) if column.kind in ("text", "list")]
    for row in rows:
        for place in lists:
            row[place] = joined(row[place])
        for place in truths:
            row[place] = "true" if row[place] else "false"
        texts = cast("list[str | None]", row)
        for place in foreign:
            cell = texts[place]
            if cell and (cell[0] in GUARDED or "\0" in cell):
                texts[place] = guarded(cell)
        yield row


TABLE = TableFormat(name="csv", what="CSV", suffixes=(".csv",), write=write)
