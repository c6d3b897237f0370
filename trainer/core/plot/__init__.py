"""Plots for a terminal, as lines of spans: readable at 60 columns, and without colour.

Every plot takes the width that it may have, in cells, and no line is wider. Axes have units.
"""

from __future__ import annotations

from trainer.core.plot.across import Row, Stack, rows, shares, stacked
from trainer.core.plot.course import Point, Series, line, lines
from trainer.core.plot.scale import short
from trainer.core.plot.scatter import Bin, calibration
from trainer.core.plot.spans import ROLES, Line, Span, to_text
from trainer.core.plot.upright import Bar, bars, histogram
from trainer.core.plot.year import heat_map

__all__ = [
    "ROLES",
    "Bar",
    "Bin",
    "Line",
    "Point",
    "Row",
    "Series",
    "Span",
    "Stack",
    "bars",
    "calibration",
    "heat_map",
    "histogram",
    "line",
    "lines",
    "rows",
    "shares",
    "short",
    "stacked",
    "to_text",
]
