"""The contract of a foreign format: text in, the notes of a deck and what could not be carried out of it.

A format is one file of this folder with a `FORMAT`. It is pure, and knows neither decks nor the log: what it
makes of a record are fields in the words of our YAML, which are checked later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from trainer.core.form import Value, slug

__all__ = [
    "ANKI_HOLE",
    "Format",
    "Imported",
    "LeftOut",
    "NoteFields",
    "Options",
    "UnreadableError",
    "Value",
    "as_id",
    "as_tag",
    "comments",
    "hole",
    "tidy",
    "with_holes",
]

ANKI_HOLE = re.compile(r"\{\{c(\d{1,9})::((?:(?!\{\{|\}\}).)*)\}\}", re.S)
"""A hole of a cloze as in Anki: its number, and what it hides, perhaps with a hint behind colons."""


MAX_RECORDS = 100_000
"""Records of a file that are read; a deck of so many notes is larger than its file may be."""

_LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_MOST_HOLES = 999
_OPENED, _CLOSED = "<!--", "-->"
_TAG = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a user may say of a file: the `type` of cards with two sides, and which field a column is."""

    type: str = "basic"
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFields:
    """A note: the line of the input where it begins, its fields, and the record that it was, to be shown."""

    line: int
    fields: Mapping[str, Value]
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A record, or a part of one, that is not carried: its line of the input, what it is, and why."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a file. `remarks` say how it was understood where it did not say so itself."""

    title: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    notes: tuple[NoteFields, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[str, ...] = ()


class UnreadableError(ValueError):
    """A file that is not what its format says, from `line` on; nothing of it can be carried."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def refuse_too_many(records: int, line: int) -> None:
    """Raise UnreadableError where a file has more records than are read, the last of them at a line."""
    if records > MAX_RECORDS:
        raise UnreadableError(line, f"more than {MAX_RECORDS:,} records: divide the file")


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format. `recognises` tells from the beginning of a text how sure it is: 0 not at all, to 9."""

    name: str
    what: str
    suffixes: tuple[str, ...]
    recognises: Callable[[str], int]
    read: Callable[[str, Options], Imported]


def tidy(text: str) -> str:
    """A text with line breaks of one kind, and without blanks at its ends and before line breaks.

    Byte order marks within it are left out: they say nothing there.
    """
    if text.isalnum():
        return text
    text = _LINE_BREAK.sub("\n", text.replace("\ufeff", ""))
    # A pattern for blanks before a line break would take the square of their number where none follows.
    return (
        "\n".join(line.rstrip(" \t") for line in text.split("\n")).strip() if "\n" in text else text.strip()
    )


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Where comments as in HTML begin and end; one that is never closed is none."""
    start = text.find(_OPENED)
    while start >= 0 and (close := text.find(_CLOSED, start + len(_OPENED))) >= 0:
        yield start, close + len(_CLOSED)
        start = text.find(_OPENED, close)


def as_tag(text: str) -> str:
    """A heading or a category as a tag: its words in small letters, with hyphens between them."""
    return _TAG.sub("-", text.casefold()).strip("-")


def as_id(text: str) -> str:
    """A text as an id in ASCII of at most 40 characters; `note` where it has no words."""
    if not text.isascii():
        from anyascii import anyascii

        text = anyascii(text[:200])
    return slug(text[:400])


def hole(number: int, hidden: str, hint: str = "") -> str:
    """A hole of a cloze; empty where ours could not hold what is hidden."""
    if not 0 < number <= _MOST_HOLES or not hidden.strip() or "::" in hidden:
        return ""
    if any(braces in hidden + hint for braces in ("{{", "}}")):
        return ""
    inner = f"{hidden}::{hint}" if hint else hidden
    return "" if inner.endswith("}") else f"{{{{{number}::{inner}}}}}"


def with_holes(text: str) -> str:
    """A text with Anki's holes as ours; those that ours cannot be stay."""

    def ours(found: re.Match[str]) -> str:
        hidden, _, hint = found[2].partition("::")
        return hole(int(found[1]), hidden.strip(), hint.strip()) or found[0]

    return ANKI_HOLE.sub(ours, text)
