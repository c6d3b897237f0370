"""A note as a form: which fields a question type has, and what is typed into them.

A field is typed as text. Where it holds more than one, each stands on a line of its own; parts of a line are
joined by ` = `, spellings of one answer by ` | `.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from inspect import cleandoc
from typing import Literal, TypeAlias, TypeVar
from unicodedata import combining, normalize

from trainer.core.prompt import PAIRED
from trainer.core.question import Note

_Any = TypeVar("_Any")

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"
"""What a field holds, as in a deck file."""

Kind = Literal["text", "truth", "lines", "list", "parts", "pairs", "table", "accounts"]
"""How a field is typed.

`text` is one text, `truth` is `true` or `false`; the others have a line for each: `lines` one or several
texts, `list` always a list, `parts` such of which each may have several spellings, `pairs` and `table` a left
and a right side, `accounts` what sources say: `article#1, article#2 = says | says = by`.
"""

_KINDS: Mapping[str, Kind] = {
    "str": "text",
    "bool": "truth",
    "OneOrMany": "lines",
    "tuple[str, ...]": "list",
    "tuple[str | tuple[str, ...], ...]": "parts",
    "dict[str, str] | tuple[tuple[str, str], ...]": "pairs",
    "dict[str, str]": "table",
    "tuple[Says, ...]": "accounts",
}
_ABOUT = re.compile(r"^- `(\w+)`(?:, `(\w+)`)?: (.*(?:\n  .*)*)", re.M)
_HOLE = re.compile(r"\{\{(?:\d+::)?(.*?)(?:::.*?)?\}\}", re.S)
_SPELLINGS = " | "
_UNMARKED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_CITED = ", "
_FIRST = ("id", "type")
_LAST = ("hint", "explanation", "quote", "speaker", "as_of", "superseded_by", "tags", "source")
_ACCOUNT = ("source", "says", "by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a note: its name, how it is typed, and what it is for.

    `own` tells a field of the question type from those that every note may have.
    """

    name: str
    kind: Kind
    needed: bool
    own: bool
    about: str


class FieldError(ValueError):
    """What was typed into a field cannot be what it holds."""


def fields_of(kind: type[Note]) -> tuple[Field, ...]:
    """The fields of a question type in the order in which a note is written, `type` left out."""
    about = _explained(Note.__doc__) | _explained(kind.__doc__)
    shared = {field.name for field in fields(Note)}
    found = {
        field.name: Field(
            name=field.name,
            kind=_KINDS[str(field.type)],
            needed=field.default is MISSING and field.default_factory is MISSING,
            own=field.name not in shared,
            about=about.get(field.name, ""),
        )
        for field in fields(kind)
    }
    return tuple(ordered(found).values())


def ordered(note: Mapping[str, _Any]) -> dict[str, _Any]:
    """The fields of a note in the order in which it is written: its id, its own, then the common ones."""
    first = {name: note[name] for name in _FIRST if name in note}
    last = {name: note[name] for name in _LAST if name in note}
    own = {name: value for name, value in note.items() if name not in first and name not in last}
    return first | own | last


def value_of(field: Field, typed: str) -> Value | None:
    """What is typed into a field as the value it means, None if nothing is. Raises FieldError."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if not lines:
        return None
    match field.kind:
        case "text":
            return "\n".join(line.rstrip() for line in typed.strip().splitlines())
        case "truth":
            return _truth(lines)
        case "lines" if len(lines) == 1 and not lines[0].startswith("- "):
            return lines[0]
        case "lines" | "list":
            return [line.removeprefix("- ") for line in lines]
        case "parts":
            return [_spellings(line) for line in lines]
        case "accounts":
            return [_account(line) for line in lines]
    return _table(lines)


def text_of(field: Field, value: Value) -> str | None:
    """A value as it would be typed; None where no typing means just that."""
    typed = _typed(field.kind, value)
    try:
        same = typed is not None and _normal(value_of(field, typed)) == _normal(value)
    except FieldError:
        return None
    return typed if same else None


def slug(words: str, *, taken: Collection[str] = (), limit: int = 40) -> str:
    """An id made of the words of a text, in ASCII where it has any, and none of those `taken`."""
    words = words.casefold()
    plain = "".join(sign for sign in normalize("NFKD", words) if not combining(sign)).translate(_UNMARKED)
    found: list[str] = re.findall(r"[a-z0-9]+", plain) or re.findall(r"\w+", words) or ["note"]
    name = found[0][:limit]
    for word in found[1:]:
        if len(name) + 1 + len(word) > limit:
            break
        name = f"{name}-{word}"
    return name if name not in taken else f"{name}-{_free_number(name, taken)}"


def filled(text: str) -> str:
    """A text without the marks of the holes of a cloze."""
    return _HOLE.sub(r"\1", text)


def _free_number(name: str, taken: Collection[str]) -> int:
    """The number that makes a taken name another: the next one, found by halving: thousands may be taken."""
    low, high = 1, 2
    while f"{name}-{high}" in taken:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if f"{name}-{middle}" in taken else (low, middle)
    return high


def _explained(page: str | None) -> dict[str, str]:
    """What a manual page says of each field."""
    page = cleandoc(page or "")
    found = ((name, " ".join(text.split())) for *names, text in _ABOUT.findall(page) for name in names)
    return {name: text for name, text in found if name}


def _truth(lines: Sequence[str]) -> str:
    said = " ".join(lines).casefold()
    if said in ("true", "t", "yes", "y"):
        return "true"
    if said in ("false", "f", "no", "n"):
        return "false"
    raise FieldError("true or false")


def _spellings(line: str) -> Value:
    found: list[Value] = [part for part in map(str.strip, line.split(_SPELLINGS.strip())) if part]
    return found[0] if len(found) == 1 else found


def _table(lines: Sequence[str]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for line in lines:
        left, sign, right = map(str.strip, line.partition(PAIRED.strip()))
        if not (left and sign and right):
            raise FieldError(f"a line is written `left{PAIRED}right`")
        if left in found:
            raise FieldError(f"{left!r} is there twice")
        found[left] = right
    return found


def _account(line: str) -> dict[str, Value]:
    parts = [part.strip() for part in line.split(PAIRED)]
    if not 1 < len(parts) <= len(_ACCOUNT) or not all(parts):
        raise FieldError(f"a line is written `article#paragraph{PAIRED}what it says`")
    cited = [part for part in map(str.strip, parts[0].split(_CITED.strip())) if part]
    account: dict[str, Value] = {
        "source": cited[0] if len(cited) == 1 else cited,
        "says": _spellings(parts[1]),
    }
    return account | dict(zip(_ACCOUNT[2:], parts[2:], strict=False))


def _typed(kind: Kind, value: Value) -> str | None:
    """A value in lines, whether or not it would be read so again."""
    if isinstance(value, str):
        return value if kind in ("text", "truth", "lines") else None
    if isinstance(value, Mapping):
        sides = [(left, right) for left, right in value.items() if isinstance(right, str)]
        is_table = kind in ("pairs", "table") and len(sides) == len(value)
        return "\n".join(map(PAIRED.join, sides)) if is_table else None
    if kind == "accounts":
        accounts = [item for item in value if isinstance(item, Mapping)]
        return "\n".join(map(_as_line, accounts)) if len(accounts) == len(value) else None
    if kind == "parts":
        return "\n".join(_joined(item, _SPELLINGS) for item in value)
    texts = [item for item in value if isinstance(item, str)]
    if kind not in ("lines", "list") or len(texts) < len(value):
        return None
    dash = "- " if kind == "lines" and len(texts) == 1 else ""
    return "\n".join(dash + text for text in texts)


def _as_line(account: Mapping[str, Value]) -> str:
    given = [_joined(account.get(name, ""), _CITED if name == "source" else _SPELLINGS) for name in _ACCOUNT]
    return PAIRED.join(part for part in given if part)


def _joined(value: Value, sign: str) -> str:
    if isinstance(value, str):
        return value
    return sign.join(item for item in value if isinstance(item, str))


def _normal(value: Value | None) -> object:
    """A value as plain lists and tables, to be compared."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: _normal(item) for key, item in value.items()}
    return [_normal(item) for item in value]
