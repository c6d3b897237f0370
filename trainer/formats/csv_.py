"""CSV and TSV: a row a card, with a header or without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice

from trainer.formats.cells import unguarded
from trainer.formats.columns import Cell, Column, columns_of, is_header, note_of, without_column
from trainer.formats.model import Format, Imported, LeftOut, NoteFields, Options
from trainer.formats.rows import TAB, Row, rows

_DELIMITERS = {TAB: "tabs", ";": "semicolons", ",": "commas", "|": "vertical bars"}
_LOOKED_AT = 100
_TWO = 2


def read(text: str, options: Options) -> Imported:
    """The notes of a table: columns are known by their names, else the first two are question and answer."""
    delimiter = _delimiter(text, options)
    found = rows(text, delimiter)
    first = next(found, None)
    if first is None:
        return Imported()
    remarks = [f"{_DELIMITERS[delimiter]} separate the columns"] if delimiter != "," else []
    if is_header(first.cells, options.columns):
        table = _Table(columns_of(first.cells, options.columns), first.line, options)
        left = [f"{column.name} = {column.field}" for column in table.columns if column.field]
        remarks.append(f"columns: {', '.join(left)}")
    else:
        table = _Table([Column(0, "", "question"), Column(1, "", "answer")], first.line, options)
        remarks.append("there is no header: the first column asks, the second answers")
        table.take(first)
    for row in found:
        table.take(row)
    left_out = (*table.left_out, *without_column(table.columns, table.unused, line=first.line))
    return Imported(notes=tuple(table.notes), left_out=left_out, remarks=tuple(remarks))


class _Table:
    """Takes rows one by one."""

    def __init__(self, columns: Sequence[Column], line: int, options: Options) -> None:
        self.columns = list(columns)
        self.notes: list[NoteFields] = []
        self.left_out: list[LeftOut] = []
        self.unused: Counter[int] = Counter()
        self._named = any(column.name for column in columns)
        self._type = options.type

    def take(self, row: Row) -> None:
        """Make a note of a row, or leave it out."""
        if row.fault:
            self.left_out.append(LeftOut(line=row.line, text=row.text, reason=row.fault))
            return
        while not self._named and len(self.columns) < len(row.cells):
            self.columns.append(Column(len(self.columns), "", ""))
        cells: list[Cell] = []
        for column, text in zip(self.columns, row.cells, strict=False):
            if column.field:
                cells.append(Cell(column.field, unguarded(text)))
            elif text.strip():
                self.unused[column.place] += 1
        beyond = [cell for cell in row.cells[len(self.columns) :] if cell.strip()]
        if beyond:
            reason = "the row has more cells than there are columns"
            self.left_out.append(LeftOut(line=row.line, text=" ".join(beyond), reason=reason))
        self.notes.append(note_of(row.line, cells, kind=self._type, text=row.text))


def _delimiter(text: str, options: Options) -> str:
    """What separates the cells: what gives a header, else leaves no quotes and rows of one length."""

    def fitness(delimiter: str) -> tuple[bool, float, float]:
        looked_at = list(islice(rows(text[:200_000], delimiter), _LOOKED_AT))
        lengths = [len(row.cells) for row in looked_at]
        if max(lengths, default=0) < _TWO:
            return False, 0, 0
        quoted = sum(any('"' in cell for cell in row.cells) or bool(row.fault) for row in looked_at)
        alike = sum(length == lengths[0] > 1 for length in lengths) / len(lengths)
        return is_header(looked_at[0].cells, options.columns), alike, -quoted / len(lengths)

    best = max(_DELIMITERS, key=fitness)
    return best if any(fitness(best)) else ","


def _recognises(text: str) -> int:
    looked_at = list(islice(rows(text, _delimiter(text, Options())), _LOOKED_AT))
    if not looked_at or len(looked_at[0].cells) < _TWO:
        return 0
    if is_header(looked_at[0].cells, {}):
        return 4
    if not text.endswith("\n"):  # The last may be cut.
        looked_at = looked_at[: max(1, len(looked_at) - 1)]
    return 1 if len({len(row.cells) for row in looked_at}) == 1 else 0


FORMAT = Format(
    name="csv", what="CSV and TSV", suffixes=(".csv", ".tsv", ".tab"), recognises=_recognises, read=read
)
