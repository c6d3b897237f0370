"""Collecting what is wrong with one file, in words for people."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import NamedTuple, Protocol

from trainer.core.deck import Problem, Span
from trainer.core.visible import one_line

MAX_PROBLEMS = 1_000
"""Problems kept of one file; a longer list helps nobody, and a hostile file could fill the memory with it."""

TOO_MANY = "too-many-problems"
"""The code of the last problem, where others are left out."""

MAX_SUGGESTIONS = 100
"""Looks for a similar word that one file may cause."""

MAX_SHOWN = 60
"""Characters of foreign text that a message quotes."""


class Located(Protocol):
    """Whatever knows its line and column, both from 1."""

    @property
    def line(self) -> int:
        """The line."""

    @property
    def column(self) -> int:
        """The column, in characters."""


class Place(NamedTuple):
    """A bare place, for what has no value of its own."""

    line: int
    column: int


START = Place(1, 1)


def breaks_in(text: str, start: int, end: int) -> int:
    """How many lines end between two characters, in any of the ways in which editors end them."""
    return text.count("\n", start, end) + text.count("\r", start, end) - text.count("\r\n", start, end)


def line_at(text: str, at: int, start: int = 0) -> int:
    """Where the line of a character begins, or 0 if none has ended since `start`."""
    return max(text.rfind("\n", start, at), text.rfind("\r", start, at)) + 1


def place_of(text: str, at: int) -> Place:
    """The place of a character."""
    return Place(breaks_in(text, 0, at) + 1, at - line_at(text, at) + 1)


class Report:
    """The problems of the file at `path`, in whatever order they are found."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.errors = 0
        self._problems: list[Problem] = []
        self._left_out = 0
        self._warnings = 0
        self._hides_errors = False
        self._settled: set[Place] = set()
        self._suggestions = 0

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems by line and column, with a last one that says how many were left out."""
        kept = sorted(self._problems, key=lambda problem: (problem.span.line, problem.span.column))
        if self._left_out:
            message = f"{self._left_out} more problems are not listed"
            severity = "error" if self._hides_errors else "warning"
            kept.append(Problem(span=kept[-1].span, severity=severity, code=TOO_MANY, message=message))
        return tuple(kept)

    def error(self, at: Located, code: str, message: str, *, hint: str = "") -> None:
        """Note what keeps the file from being used."""
        self._add(at, "error", code, message, hint)

    def warn(self, at: Located, code: str, message: str, *, hint: str = "") -> None:
        """Note what should be put right, but keeps nothing from working."""
        self._add(at, "warning", code, message, hint)

    def settle(self) -> None:
        """Let every place with a problem so far have no others: they would be mere consequences."""
        self._settled.update(Place(problem.span.line, problem.span.column) for problem in self._problems)

    def settle_at(self, at: Located) -> None:
        """Let this place have no other problems."""
        self._settled.add(Place(at.line, at.column))

    def did_you_mean(self, word: str, known: Collection[str]) -> str:
        """A hint with the known word that looks most like this one; empty if none does."""
        # Comparing takes the product of all the lengths: an adviser must not be the one who hangs.
        if len(word) > 200 or len(known) > 5_000 or self._suggestions == MAX_SUGGESTIONS:
            return ""
        self._suggestions += 1
        close = get_close_matches(word, known, n=1)
        return f"did you mean {quoted(close[0])}?" if close else ""

    def _add(self, at: Located, severity: str, code: str, message: str, hint: str) -> None:
        place = Place(at.line, at.column)
        if place in self._settled:
            return
        self.errors += severity == "error"
        if len(self._problems) == MAX_PROBLEMS:
            self._left_out += 1
            if severity != "error" or not self._without_a_warning():
                self._hides_errors |= severity == "error"
                return
        self._warnings += severity != "error"
        span = Span(self.path, place.line, place.column)
        self._problems.append(Problem(span=span, severity=severity, code=code, message=message, hint=hint))

    def _without_a_warning(self) -> bool:
        """Make room for an error; False if nothing but errors is kept."""
        if not self._warnings:  # There may be a million errors.
            return False
        self._warnings -= 1
        for place in reversed(range(len(self._problems))):
            if self._problems[place].severity != "error":
                del self._problems[place]
                return True
        return False


def quoted(text: str) -> str:
    """Foreign text in quotes, on one line, without anything that steers a terminal, and not too long."""
    return f"'{shortened(text, MAX_SHOWN)}'"


def shortened(text: str, limit: int) -> str:
    """Foreign text on one line of at most `limit` characters, without anything that steers a terminal."""
    # Cut before the gate as well: a field may have 60,000 characters.
    shown = one_line(text[: 4 * limit])
    if len(shown) <= limit and len(text) <= 4 * limit:
        return shown
    return shown[: limit - 1].rstrip() + "…"


def listed(words: Iterable[str], *, joined: str = "and") -> str:
    """Words as people list them: `a, b and c`."""
    given = list(words)
    return f" {joined} ".join(filter(None, (", ".join(given[:-1]), *given[-1:])))
