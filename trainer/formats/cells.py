"""Cells of tables that spreadsheets are to take for text, and not to run as formulas."""

from __future__ import annotations

GUARDED = "=+-@\t\r\n'＝＋－＠"
"""What a cell must not begin with: a formula, what some programs strip before they look, or the guard."""

_GUARD = "'"
_NUL_SHOWN = "␀"


def guarded(cell: str) -> str:
    """A cell with an apostrophe before what might be run; a NUL, which no table can hold, is made visible."""
    cell = cell.replace("\0", _NUL_SHOWN)
    return f"{_GUARD}{cell}" if cell[:1] in GUARDED and cell else cell


def unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if cell[:1] == _GUARD and cell[1:2] in GUARDED and len(cell) > 1 else cell
