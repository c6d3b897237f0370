"""Tables as CSV (RFC 4180): UTF-8, commas, lines that end with CR LF, the names of the columns first.

Cells that a spreadsheet would take for a formula begin with an apostrophe (`cells.guarded`). Lines are put together
here, since most columns can hold nothing that needs quotes: the module `csv` looks at every sign of every cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TextIO

from trainer.formats.cells import guarded
from trainer.formats.written import Column, Row, TableFormat, joined

_ODD = re.compile(r"""[=+\-@\t\r']|.*?[,"\r\n\0]""", re.S)
"""What has to be guarded or put in quotes."""

_QUOTED = re.compile(r"""[,"\r\n]""")


def write(columns: Sequence[Column], rows: Iterable[Row], stream: TextIO) -> None:
    """Write a table of two columns or more; what is not there is an empty cell."""
    stream.write(",".join(column.name for column in columns) + "\r\n")
    lists = [place for place, column in enumerate(columns) if column.kind == "list"]
    truths = [place for place, column in enumerate(columns) if column.kind == "truth"]
    foreign = [place for place, column in enumerate(columns) if column.kind in ("text", "list")]
    odd = _ODD.match
    for row in rows:
        for place in lists:
            row[place] = joined(row[place])
        for place in truths:
            row[place] = "true" if row[place] else "false"
        for place in foreign:
            cell = row[place]
            if cell and odd(cell):  # type: ignore[call-overload] # A text, by its kind.
                row[place] = _safe(cell)  # type: ignore[arg-type]
        cells = ["" if cell is None else cell if cell.__class__ is str else repr(cell) for cell in row]
        stream.write(",".join(cells) + "\r\n")


def _safe(cell: str) -> str:
    cell = guarded(cell)
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell


TABLE = TableFormat(name="csv", what="CSV", suffixes=(".csv",), write=write)
