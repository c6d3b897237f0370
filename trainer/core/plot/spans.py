"""What a plot is made of: lines of spans, each a text and the role that it plays.

Roles are `plain`, `muted`, `accent`, `good`, `bad`, `strong` and `heat0` to `heat4`; who paints gives them
colours. Nothing is told by a role alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from trainer.core.cells import cells, fit

Span = tuple[str, str]
Line = tuple[Span, ...]

ROLES = (
    *("plain", "muted", "accent", "good", "bad", "strong"),
    *("heat0", "heat1", "heat2", "heat3", "heat4"),
)

NARROWEST = 24
"""Cells below which nothing is plotted."""

BLANK: Span = (" ", "plain")


def to_text(line: Line) -> str:
    """A line as text, without blanks at its end."""
    return "".join(text for text, _ in line).rstrip()


def joined(spans: Iterable[Span]) -> Line:
    """Spans as a line: neighbours of one role become one, empty ones go."""
    line: list[Span] = []
    for text, role in spans:
        if line and line[-1][1] == role:
            line[-1] = (line[-1][0] + text, role)
        elif text:
            line.append((text, role))
    return tuple(line)


def cut(line: Line, width: int) -> Line:
    """A line of at most `width` cells."""
    kept: list[Span] = []
    for text, role in line:
        kept.append((fit(text, width), role))
        width -= cells(text)
        if width <= 0:
            break
    return joined(kept)


def said(text: str, width: int, *, role: str = "muted") -> list[Line]:
    """A line that says something in place of a plot."""
    return [joined([(fit(text, width), role)])]


def refused(width: int, *, anything: bool) -> list[Line]:
    """What stands in place of a plot of nothing, or without room; empty where it can be drawn."""
    if width < NARROWEST:
        return said("too narrow", width)
    return [] if anything else said("Nothing yet.", width)
