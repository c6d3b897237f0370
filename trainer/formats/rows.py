"""Rows of cells, each with its line: what tables in text have in common."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import NamedTuple

from trainer.formats.model import refuse_too_many

_MAX_FIELD = 64_000_000
_MAX_FRESH_STARTS = 100
"""Quotes that are never closed after which reading begins anew; each costs the rest of the file once."""

TAB = "\t"
_MESSAGES = {
    "unexpected end of data": "the quotes that open here are never closed",
    "expected after": "text follows the closing quotes of a cell",
}


class Row(NamedTuple):
    """A row: its first line, its cells, and what is wrong with it, if anything."""

    line: int
    cells: list[str]
    text: str
    fault: str = ""


def rows(text: str, delimiter: str, *, first_line: int = 1) -> Iterator[Row]:
    """The rows of a text that are not blank; cells in quotes may hold delimiters and line breaks.

    A row whose quotes make no sense has a fault; where tabs separate, its quotes are taken as text. Raises
    UnreadableError for too many rows.
    """
    # It only bounds what csv keeps in memory; texts that are too long are told later, as the cells they are.
    csv.field_size_limit(_MAX_FIELD)
    lines = list(StringIO(text, newline=""))
    start, fresh_starts, read = 0, 0, 0
    while start < len(lines):
        reader = csv.reader(_from(lines, start), delimiter=delimiter, strict=True)
        begun = start
        while True:
            before = begun + reader.line_num
            try:
                cells = next(reader, None)
            except csv.Error as error:
                after = begun + reader.line_num
                fault, start = _fault(str(error)), after
                never_closed = fault == _MESSAGES["unexpected end of data"]
                fresh_starts += never_closed
                if fresh_starts <= _MAX_FRESH_STARTS and (never_closed or delimiter == TAB):
                    start = before + 1
                read += 1
                yield _odd(lines[before:start], before + first_line, delimiter, fault)
                break
            if cells is None:
                return
            if any(cell.strip() for cell in cells):
                read += 1
                refuse_too_many(read, before + first_line)
                after = begun + reader.line_num
                yield Row(before + first_line, cells, _shown(lines[before:after]))


def _from(lines: list[str], start: int) -> Iterator[str]:
    for index in range(start, len(lines)):
        yield lines[index]


def _odd(lines: list[str], line: int, delimiter: str, fault: str) -> Row:
    text = _shown(lines)
    if delimiter == TAB and len(lines) == 1:
        return Row(line, text.split(TAB), text)
    return Row(line, [], text, fault)


def _shown(lines: list[str]) -> str:
    return "".join(lines).rstrip("\r\n")


def _fault(message: str) -> str:
    return next((said for words, said in _MESSAGES.items() if words in message), message)
