"""Which field of a note a column is, and notes made of the cells of a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import NamedTuple

from trainer.core.questions import TYPES
from trainer.formats.model import LeftOut, NoteFields, Value, tidy

OWN = {field.name for kind in TYPES.values() for field in fields(kind)} | {"type"}
"""Every field that some note may have."""

_SYNONYMS = {
    "question": ("front", "q", "term", "prompt", "word", "side 1", "frage"),
    "answer": (
        "back",
        "a",
        "definition",
        "response",
        "meaning",
        "translation",
        "side 2",
        "antwort",
        "correct",
        "correct answer",
        "right answer",
    ),
    "explanation": ("extra", "back extra", "notes", "note", "comment", "comments", "remarks", "explanations"),
    "hint": ("hints", "clue"),
    "tags": ("tag", "labels", "category", "categories"),
    "id": ("guid", "noteid", "note id", "uid"),
    "source": ("sources", "reference", "references"),
    "type": ("notetype", "note type", "kind", "question type"),
    "distractors": (
        "distractor",
        "wrong",
        "wrong answer",
        "wrong answers",
        "incorrect",
        "incorrect answer",
        "incorrect answers",
    ),
    "options": ("option", "choices", "choice", "alternatives"),
}
_FIELD_OF = {name.replace("_", " "): name for name in OWN} | {
    synonym: name for name, synonyms in _SYNONYMS.items() for synonym in (name, *synonyms)
}
_ASKING = {"question", "front", "statement", "text", "what"}
_RENAMED: dict[str, dict[str, str]] = {
    "reversed": {"question": "front", "answer": "back"},
    "cloze": {"question": "text"},
    "true-false": {"question": "statement"},
    "list": {"answer": "answers"},
    "event": {"question": "what"},
}
_REPLY = ("answers", "event")
"""The event that another one answers: a note's id, where other types have a list."""
_LISTS = {"answers", "items", "distractors", "options", "pairs", "ask"}
_SEVERAL = {"who", "whom", "why", "skip", "source"}
_JOINED = {"explanation": "\n", "tags": "|", "options": "|", "distractors": "|"}
_NUMBERED = re.compile(
    r"(options?|choices?|distractors?|wrong(?: answers?)?|incorrect(?: answers?)?) ?(?:\d|[a-i])"
)
_LETTERS = "abcdefghi"
_SEVERAL_ANSWERS = ("typed", "choice")
_TELLING = (
    ("distractors", "choice"),
    ("options", "choice"),
    ("statement", "true-false"),
    ("front", "reversed"),
    ("pairs", "match"),
    ("items", "order"),
    ("answers", "list"),
    ("what", "event"),
    ("did", "event"),
)
_SIDES = re.compile(r" = | ?(?:->|=>|→) ?| ?= ?|: ")


class Column(NamedTuple):
    """A column: its place in a row, its name as written, and the field that it is, empty for none."""

    place: int
    name: str
    field: str


class Cell(NamedTuple):
    """A cell that is part of a note."""

    field: str
    text: str


def columns_of(names: Sequence[str], said: Mapping[str, str]) -> list[Column]:
    """The columns with these names; `said` are fields that a user gives by name, and come first.

    Of two columns that would be one field the first is it, but for those that can be joined.
    """
    chosen = {_folded(name): field for name, field in said.items()}
    exact = {name for name in map(_folded, names) if _FIELD_OF.get(name) == name} - chosen.keys()
    taken = set(chosen.values())
    found: list[Column] = []
    for place, name in enumerate(map(_folded, names)):
        field = chosen.get(name, "")
        if not field:
            field = _field_of(name)
            given = (taken if field == name else taken | exact) - _JOINED.keys()
            field = "" if field in given else field
        taken.add(field)
        found.append(Column(place, tidy(names[place]), field))
    return found


def is_header(cells: Sequence[str], said: Mapping[str, str]) -> bool:
    """Whether a row names columns: one of them asks, and another is known, or all are."""
    known = [column for column in columns_of(cells, said) if column.field]
    names = [cell for cell in cells if cell.strip()]
    asks = any(column.field in _ASKING for column in known)
    return asks and (len(known) > 1 or len(known) == len(names))


def note_of(line: int, cells: Sequence[Cell], *, kind: str, text: str) -> NoteFields:
    """The note of a row, of type `kind` where nothing else follows from the row itself."""
    given = _joined(cells)
    named = given.pop("type", "")
    kind = _kind_named(named) if named else _kind_of(given, kind)
    if kind != "cloze" and "question" not in given and "text" in given:
        given["question"] = given.pop("text")
    renamed = _RENAMED.get(kind, {})
    made: dict[str, Value] = {"type": kind}
    # What stands under its own name goes before what is only called so by others.
    for name, value in sorted(given.items(), key=lambda item: item[0] in renamed):
        field = renamed.get(name, name)
        field = name if field in made else field
        made[field] = _value(field, value, kind=kind)
    if "options" in made:
        _choose(made)
    return NoteFields(line=line, fields=made, text=text)


def _choose(made: dict[str, Value]) -> None:
    """Options that hold the answer become the distractors that are left; a letter may name the answer."""
    options = _listed(made.pop("options"))
    right = [str(each).casefold() for each in _listed(made.get("answer", ""))]
    folded = [str(each).casefold() for each in options]
    if len(right) == 1 and right[0] in _LETTERS[: len(options)] and right[0] not in folded:
        right = [folded[_LETTERS.index(right[0])]]
        made["answer"] = options[folded.index(right[0])]
    wrong = [option for option, same in zip(options, folded, strict=True) if same not in right]
    made["distractors"] = [*_listed(made.get("distractors", [])), *wrong]


def without_column(columns: Sequence[Column], counts: Mapping[int, int], *, line: int) -> Iterator[LeftOut]:
    """What is left out of columns that are no field, by how many of their cells hold something."""
    for column in columns:
        count = counts.get(column.place, 0)
        if not column.field and count:
            cells = "1 cell is" if count == 1 else f"{count} cells are"
            reason = f"the column is no field of a note: {cells} left out"
            yield LeftOut(line=line, text=column.name or f"column {column.place + 1}", reason=reason)


def parts(text: str) -> list[str]:
    """A list in one cell: between its parts is `|`, else line breaks, else `;`."""
    sign = next((sign for sign in "|\n" if sign in text), ";")
    return [part.strip() for part in text.split(sign) if part.strip()]


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").split())


def _field_of(name: str) -> str:
    """The field that a column of this name is, empty for none."""
    if numbered := _NUMBERED.fullmatch(name):
        name = numbered[1]
    return _FIELD_OF.get(name, "")


def _joined(cells: Sequence[Cell]) -> dict[str, str]:
    """The cells by field: those of several columns that are one field are joined."""
    given: dict[str, str] = {}
    for field, text in cells:
        text = tidy(text)
        if text:
            sign = _JOINED.get(field, "\n")
            given[field] = f"{given[field]}{sign}{text}" if field in given else text
    return given


def _kind_named(name: str) -> str:
    """A question type as somebody writes it: `True/False`, `Multiple choice`, `Basic (and reversed card)`."""
    folded = "-".join(re.findall(r"\w+", name.casefold()))
    others = {
        "basic-and-reversed-card": "reversed",
        "basic-type-in-the-answer": "typed",
        "multiple-choice": "choice",
        "mcq": "choice",
        "ordering": "order",
        "matching": "match",
        "short-answer": "typed",
    }
    return others.get(folded, folded or name)


def _kind_of(given: Mapping[str, str], kind: str) -> str:
    text = given.get("text", given.get("question", ""))
    if ("text" in given or "answer" not in given) and "{{" in text:
        return "cloze"
    return next((told for field, told in _TELLING if field in given), kind)


def _value(field: str, text: str, *, kind: str) -> Value:
    """The text of a cell as the value of a field."""
    if field == "tags":
        apart = r"[,;|\n]" if re.search(r"[,;|\n]", text) else r"\s"
        return [tag.strip() for tag in re.split(apart, text) if tag.strip()]
    if field in ("pairs", "ask"):
        return _pairs(text)
    if field in _LISTS and (field, kind) != _REPLY:
        return [*parts(text)]
    if field == "source":
        several = [part.strip() for part in re.split(r"[|;,\n]", text) if part.strip()]
        return several[0] if len(several) == 1 else [*several]
    if "|" in text and (field in _SEVERAL or (field == "answer" and kind in _SEVERAL_ANSWERS)):
        return [*parts(text)]
    return text


def _pairs(text: str) -> Value:
    """Pairs in one cell, as a mapping; as it is where it is none, so that it is told what is wrong."""
    pairs = [_SIDES.split(" ".join(part.split()), maxsplit=1) for part in parts(text)]
    if any(len(pair) < 2 for pair in pairs):
        return text
    if len({left for left, _ in pairs}) < len(pairs):
        return [[left, right] for left, right in pairs]
    made: dict[str, Value] = {left: right for left, right in pairs}  # noqa: C416 - the types of a list differ
    return made


def _listed(value: Value) -> list[Value]:
    return [value] if isinstance(value, str | Mapping) else [*value]
