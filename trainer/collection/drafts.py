"""What a note in the making comes to, and how the notes of a file are told apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from trainer.core.deck import Card, Problem
from trainer.core.form import filled
from trainer.deckfiles.nodes import Node, Table, Value
from trainer.deckfiles.writing import Document

_LABELS = ("question", "what", "statement", "front", "text")
_DONE = ("who", "did", "whom")


class FieldProblem(NamedTuple):
    """What is wrong with a note that is being written; `field` is empty where it is about the note."""

    field: str
    severity: str
    code: str
    message: str
    hint: str = ""


class Drafted(NamedTuple):
    """What a note would come to: its cards, as they will be asked, and what is wrong with it.

    `alone` tells that the rest of the deck has errors, so that the note was looked at without the others.
    """

    cards: tuple[Card, ...] = ()
    problems: tuple[FieldProblem, ...] = ()
    alone: bool = False

    @property
    def errors(self) -> tuple[FieldProblem, ...]:
        """What keeps the note from being saved."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


class NoteRow(NamedTuple):
    """A note of the deck as it stands on disk; `cited` are paragraphs as `article#4`."""

    place: int
    id: str
    type: str
    label: str
    line: int
    cited: tuple[str, ...]
    cards: tuple[Card, ...]
    problems: tuple[Problem, ...]


def is_in(problem: Problem, document: Document, index: int) -> bool:
    """Whether a problem stands within a note."""
    notes = document.notes
    before = notes[index + 1].line if index + 1 < len(notes) else None
    line = problem.span.line
    return notes[index].line <= line and (before is None or line < before)


def field_at(node: Node, problem: Problem) -> str:
    """The field of a note in which a problem stands; empty where it is at the note as a whole."""
    at = (problem.span.line, problem.span.column)
    if not isinstance(node, Table) or at == (node.line, node.column):
        return ""
    before = [key for key in node if (node.key(key).line, node.key(key).column) <= at]
    return before[-1] if before else ""


def label(fields: Mapping[str, object]) -> str:
    """What a note is recognised by in a list: what it asks, its holes filled, or what was done."""
    named = (fields.get(name) for name in _LABELS)
    asked = next((each for each in named if isinstance(each, str) and each), None)
    if asked is None:
        asked = " ".join(part for name in _DONE if isinstance(part := fields.get(name), str))
    return " ".join(filled(asked).split())


def cited_sources(fields: Mapping[str, Value]) -> set[str]:
    """The articles that a note cites, its accounts included."""
    accounts = fields.get("accounts", ())
    tables = [fields, *(each for each in accounts if isinstance(each, Mapping))]
    cited: set[str] = set()
    for table in tables:
        given = table.get("source", ())
        texts = [given] if isinstance(given, str) else given
        cited.update(text.partition("#")[0] for text in texts if isinstance(text, str))
    return cited


def only_comments(content: bytes) -> bool:
    """Whether a file holds nothing but comments and blank lines, in whole lines."""
    lines = content.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True)
    return all(not line.strip() or line.lstrip().startswith(b"#") for line in lines) and (
        not lines or lines[-1].endswith(b"\n")
    )
