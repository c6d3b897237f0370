"""Values as YAML text: as a person would have written it, and read back as it was.

Every scalar is text for our reader, so that dates and numbers need no quotes; only what would be taken for
something else, or for the end of the text, is put in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from trainer.deckfiles.nodes import Value
from trainer.errors import TrainerError

WIDTH = 110
"""Columns that a line should not go past."""

_STEP = 2
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"
_PLAIN_STOPS = re.compile(r":(?=\s|$)|(?<=\s)#")
_FLOW_SIGNS = re.compile(r"[,\[\]{}]")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_ESCAPED["\ufeff"] = "\\ufeff"
_NULLS = {"~", "null", "Null", "NULL", "<<", "="}
_SHORT_LIST = 9


class UnwritableError(TrainerError):
    """A text that no deck file can hold."""


def deck_text(head: Mapping[str, Value], notes: Sequence[Mapping[str, Value]], *, modeline: str = "") -> str:
    """A whole deck file: the line for editors, if any, what the deck says of itself, and its notes."""
    lines = [modeline] if modeline else []
    lines += table_lines(head)
    lines.append("notes:" if notes else "notes: []")
    for index, note in enumerate(notes):
        lines += [""] * (index > 0)
        lines += item_lines(note, indent=_STEP)
    return "\n".join(lines) + "\n"


def table_lines(table: Mapping[str, Value], *, indent: int = 0, blocks: bool = True) -> list[str]:
    """A mapping in block style, each line indented."""
    return [line for key, value in table.items() for line in entry_lines(key, value, indent, blocks=blocks)]


def item_lines(item: Value, *, indent: int, offset: int = _STEP, blocks: bool = True) -> list[str]:
    """An item of a list in block style; its text begins `offset` columns after the dash."""
    dash = " " * indent + "-" + " " * (offset - 1)
    if isinstance(item, Mapping) and item:
        first, *others = table_lines(item, indent=indent + offset, blocks=blocks)
        return [dash + first.lstrip(" "), *others]
    if isinstance(item, str):
        return _with_text(dash.rstrip(), item, indent=indent + offset, blocks=blocks)
    return [dash + flow(item)]


def entry_lines(key: str, value: Value, indent: int, *, blocks: bool = True) -> list[str]:
    """`key: value` in block style; without `blocks`, the last line may be followed by a comment."""
    start = f"{' ' * indent}{inline(key)}:"
    if isinstance(value, str):
        return _with_text(start, value, indent=indent + _STEP, blocks=blocks)
    if _is_short(value):
        line = f"{start} {flow(value)}"
        if len(line) <= WIDTH or not value:
            return [line]
    if isinstance(value, Mapping):
        return [start, *table_lines(value, indent=indent + _STEP, blocks=blocks)]
    items = (item_lines(item, indent=indent + _STEP, blocks=blocks) for item in value)
    return [start, *(line for lines in items for line in lines)]


def flow(value: Value) -> str:
    """A value on one line, as it may stand within brackets."""
    if isinstance(value, str):
        return inline(value, within_brackets=True)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(key)}: {flow(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(map(flow, value)) + "]"


def inline(text: str, *, within_brackets: bool = False) -> str:
    """A text on one line: without quotes where it can stand so."""
    if _is_plain(text) and not (within_brackets and _FLOW_SIGNS.search(text)):
        return text
    if not _is_on_one_line(text) or ("'" in text and '"' in text) or '"' not in text:
        return '"' + "".join(_ESCAPED.get(sign, sign) for sign in _checked(text)) + '"'
    return f"'{text}'"


def refused(text: str) -> str:
    """Why a text cannot stand in a deck file; mostly nothing."""
    found = _UNWRITABLE.search(text)
    return f"the character U+{ord(found[0]):04X} must not stand in a file" if found else ""


def _checked(text: str) -> str:
    if reason := refused(text):
        raise UnwritableError(reason)
    return text


def _with_text(start: str, text: str, *, indent: int, blocks: bool) -> list[str]:
    """A text after its key or dash: on that line, else as a block where that is how it can be read."""
    text = _checked(text)
    line = f"{start} {inline(text)}"
    pad = " " * indent
    if blocks and "\n" in text and _can_be_block(text):
        return [f"{start} |-", *(pad + part if part else "" for part in text.split("\n"))]
    if blocks and len(line) > WIDTH and "\n" not in text and _can_be_block(text):
        return [f"{start} >-", *(pad + part for part in _folded(text, WIDTH - indent))]
    return [line]


def _can_be_block(text: str) -> bool:
    """Whether a block holds exactly this text: its ends show, and so does where it is indented."""
    return text == text.strip() and not any(sign in text for sign in "\t\u2028\u2029\ufeff")


def _folded(text: str, width: int) -> Iterator[str]:
    """A text in lines; it is cut at single blanks only, which reading puts back."""
    line = ""
    for word in re.split(r"(?<! ) (?! )", text):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _is_on_one_line(text: str) -> bool:
    return text.isprintable() and text == text.strip()


def _is_plain(text: str) -> bool:
    if not text or text in _NULLS or not _is_on_one_line(text):
        return False
    if text[0] in _INDICATORS and not (text[0] == "-" and text[1:2].isalnum()):
        return False
    return not _PLAIN_STOPS.search(text)


def _is_short(value: Sequence[Value] | Mapping[str, Value]) -> bool:
    """Whether a list or mapping is better read in brackets: a few short texts, in a list."""
    if not value:
        return True
    if isinstance(value, Mapping):
        return False
    return len(value) <= _SHORT_LIST and all(isinstance(item, str) and "\n" not in item for item in value)
