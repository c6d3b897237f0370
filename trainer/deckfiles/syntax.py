"""What the YAML parser complains of, said so that the writer of a deck knows what to do."""

from __future__ import annotations

from typing import Protocol

from trainer.deckfiles.report import Place, Report, breaks_in, place_of, quoted

_QUOTES = "put the text in quotes"
_INDENT = "check the indentation, and put text that contains quotes or ': ' in quotes as a whole"

# By words of what the two parsers, libyaml and the one in Python, say; the first row that fits counts.
_WORDING: tuple[tuple[str, str, str], ...] = (
    ("mapping values are not allowed", "a ':' is not expected here", f"{_QUOTES}, or check the indentation"),
    ("mapping keys are not allowed", "text cannot begin with '?' and a blank", _QUOTES),
    ("block sequence entries are not allowed", "a list cannot begin here", f"use a new line, or {_QUOTES}"),
    ("a tab character", "a tab cannot indent a line", "indent with blanks"),
    ("while scanning an alias", "text cannot begin with '*'", _QUOTES),
    ("while scanning an anchor", "text cannot begin with '&'", _QUOTES),
    ("parsing a tag", "text cannot begin with '!'", _QUOTES),
    ("scanning a tag", "text cannot begin with '!'", _QUOTES),
    ("undefined tag handle", "text cannot begin with '!'", _QUOTES),
    ("scanning a directive", "a line cannot begin with '%'", _QUOTES),
    ("directive", "a line cannot begin with '%'", _QUOTES),
    ("incompatible yaml document", "this is a version of YAML that does not exist", "delete the line"),
    ("end of stream", "the quotes that open here are never closed", "close them"),
    ("unexpected document", "the quotes that open here are never closed", "close them"),
    ("unicode character escape", "this escape is not a character", "write the character itself"),
    ("unknown escape", "there is no such escape", "write \\\\ for a backslash, or use single quotes"),
    ("hexa", "an escape lacks digits", "write \\\\ for a backslash, or use single quotes"),
    ("while scanning a block scalar", "a text after '|' or '>' begins on the next line", _QUOTES),
    ("document start", "this line is outside of what came before", _INDENT),
    ("flow sequence", "a ',' or a closing ']' is missing", f"close the list, or {_QUOTES}"),
    ("flow mapping", "a ',' or a closing '}' is missing", f"close the braces, or {_QUOTES}"),
    ("node content", "text cannot begin with this character", _QUOTES),
    ("could not find expected ':'", "this is neither a key nor a text that goes on", _INDENT),
    ("block collection", "a '-' is expected here", _INDENT),
    ("block mapping", "a key is expected here", _INDENT),
)

_AT_THE_OPENING = ("end of stream", "unexpected document")


class Mark(Protocol):
    """A parser's idea of a place; all three count from 0."""

    @property
    def index(self) -> int:
        """Characters before it."""

    @property
    def line(self) -> int:
        """Lines before it."""

    @property
    def column(self) -> int:
        """Characters before it in its line."""


def explain(
    complaint: str, text: str, report: Report, *, mark: Mark | None, opening: Mark | None = None
) -> None:
    """Report a parser's complaint about `text`: `mark` is where it arose, `opening` where that part began."""
    said = complaint.lower()
    if opening and (_is_at_end(mark, text) or any(words in said for words in _AT_THE_OPENING)):
        mark = opening
    place = Place(1, 1)
    if mark:
        # libyaml adds a line of its own behind the last.
        lines = breaks_in(text, 0, len(text)) + 1
        place = Place(mark.line + 1, mark.column + 1) if mark.line < lines else Place(lines, 1)
    if "node content" in said and _is_at_end(mark, text):
        place, message, hint = (
            _last(text),
            "a value or a closing bracket is missing after this",
            "close the list",
        )
    elif "cannot start any token" in said:
        message, hint = _bad_start(text, mark.index if mark else 0)
    else:
        message, hint = next(
            ((message, hint) for words, message, hint in _WORDING if words in said),
            ("this is not YAML", _QUOTES),
        )
    report.error(place, "syntax", message, hint=hint)


def _is_at_end(mark: Mark | None, text: str) -> bool:
    return mark is not None and not text[mark.index :].strip()


def _last(text: str) -> Place:
    """Where the last character stands that is no blank."""
    return place_of(text, max(0, len(text.rstrip()) - 1))


def _bad_start(text: str, index: int) -> tuple[str, str]:
    character = text[index : index + 1]
    if character == "\t":
        return "a tab cannot indent a line", "indent with blanks"
    return f"text cannot begin with {quoted(character)}", _QUOTES
