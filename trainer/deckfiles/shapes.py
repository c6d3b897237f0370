"""Whether a part of a deck file has the fields it should, and the words for it if not.

pydantic compares the plain values with a dataclass; its complaints are put in our words at their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from json.encoder import encode_basestring_ascii
from typing import Any, TypeGuard, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from trainer.core.visible import visible
from trainer.deckfiles.nodes import Items, Node, Table, Text, Value
from trainer.deckfiles.report import MAX_PROBLEMS, Located, Report, listed, quoted

_Schema = TypeVar("_Schema")
_Path = tuple[str | int, ...]

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_USUAL_KEY = re.compile(r"[\w.-]+", re.ASCII)
_EXTRA = ("unexpected_keyword_argument", "extra_forbidden")
_PAIRS = "tuple[tuple[str, str], ...]"
_PAIR = "a list of two"
_readings: dict[object, tuple[tuple[str, ...], Callable[[Any], Any]]] = {}
_EXPECTED = {
    "string": "text",
    "tuple": "a list",
    "list": "a list",
    "dict": "a mapping",
    "dataclass": "a mapping",
    "bool": "true or false",
    "int": "a whole number",
    "float": "a number",
    "decimal": "a number",
}


def check(
    schema: type[_Schema], table: Table, report: Report, *, what: str, elsewhere: Collection[str] = ()
) -> _Schema | None:
    """The mapping as the dataclass `schema`, or None and the reasons in `report`.

    `what` names such a mapping in messages ("a note of type typed"); the keys `elsewhere` may be there but
    are not part of the schema.
    """
    before = report.errors
    _refuse_missing_values(table, report, except_for=elsewhere)
    needed, made_of = _reading(schema)
    for name in needed:
        value = table.get(name)
        if isinstance(value, Text) and not value.missing and not value.strip():
            report.error(value, "no-value", f"{quoted(name)} is empty")
            report.settle_at(value)
    try:
        made = made_of(_values(schema, table, elsewhere))
    except ValidationError as error:
        needed_first = sorted(_fields(schema), key=lambda field: field.default is not MISSING)
        known = [*(field.name for field in needed_first), *elsewhere]
        details = error.errors(include_url=False, include_input=False)
        _explain(details, table, report, what=what, known=known)
        return None
    return made if report.errors == before else None


def _values(schema: type, table: Table, elsewhere: Collection[str]) -> dict[str, Value]:
    """The plain values; of unknown keys no more than are told of."""
    if len(table) > MAX_PROBLEMS:
        names = {field.name for field in _fields(schema)}
        unknown = islice((key for key in table if key not in names), MAX_PROBLEMS + 1)
        wanted: Collection[str] = names.union(unknown)
    else:
        wanted = table.keys()
    return {key: plain(value) for key, value in table.items() if key in wanted and key not in elsewhere}


def is_table(node: Node, report: Report, *, what: str) -> TypeGuard[Table]:
    """Whether a node is a mapping; if not, the report says so."""
    if isinstance(node, Table):
        return True
    if isinstance(node, Text) and node.missing:
        report.error(node, "no-value", f"{what} has no value")
    else:
        report.error(node, "wrong-shape", f"{what} must be a mapping, not {shape_of(node)}")
    return False


def shape_of(node: Node) -> str:
    """What a node is, in words."""
    if isinstance(node, Text):
        return "text"
    return "a list" if isinstance(node, Items) else "a mapping"


def check_date(table: Table, field: str, report: Report) -> None:
    """Refuse a text that is no day, month or year of the calendar; the shape is checked elsewhere."""
    value = table.get(field)
    if not isinstance(value, Text) or value.missing or _is_date(value):
        return
    hint = "dates look like 2024, 2024-06 or 2024-06-13"
    report.error(value, "bad-date", f"{quoted(field)} is not a date: {quoted(value)}", hint=hint)


def check_key(key: Text, report: Report, *, forbidden: str) -> None:
    """Refuse an identifier that is empty or contains white space, control or `forbidden` characters."""
    if _USUAL_KEY.fullmatch(key):
        return
    if not key:
        report.error(key, "bad-id", "an id must not be empty")
        return
    bad = next((sign for sign in key if sign in forbidden or sign.isspace() or sign != visible(sign)), None)
    if bad is not None:
        name = "white space" if bad.isspace() else quoted(bad)
        report.error(key, "bad-id", f"the id {quoted(key)} must not contain {name}")


def _is_date(text: str) -> bool:
    found = _DATE.fullmatch(text)
    if found is None:
        return False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True


def _refuse_missing_values(table: Table, report: Report, *, except_for: Collection[str]) -> None:
    for key, value in table.items():
        if key not in except_for and not (isinstance(value, Text) and value):
            _refuse_missing_value(value, report, key=key)


def _refuse_missing_value(node: Node, report: Report, *, key: str, name: str = "{}") -> None:
    if isinstance(node, Text):
        if node.missing:
            report.error(node, "no-value", f"{name.format(quoted(key))} has no value")
            report.settle_at(node)
    elif isinstance(node, Items):
        for item in node:
            _refuse_missing_value(item, report, key=key, name="an item of {}")
    else:
        _refuse_missing_values(node, report, except_for=())


def plain(node: Node) -> Value:
    """The values alone; the line break at the end of a block is no part of the text."""
    if isinstance(node, Text):
        return node.rstrip("\n")
    if isinstance(node, Items):
        return [plain(item) for item in node]
    return {key: plain(value) for key, value in node.items()}


def as_json(node: Node) -> str:
    """The same as JSON."""
    if isinstance(node, Text):
        return encode_basestring_ascii(node.rstrip("\n"))
    if isinstance(node, Items):
        return f"[{', '.join(map(as_json, node))}]"
    return "{" + ", ".join([f"{_key_as_json(key)}: {as_json(value)}" for key, value in node.items()]) + "}"


_key_as_json = lru_cache(maxsize=256)(encode_basestring_ascii)


def _reading(schema: type[_Schema]) -> tuple[tuple[str, ...], Callable[[Any], _Schema]]:
    """The fields that a mapping must have, and what makes the dataclass of its plain values."""
    if schema not in _readings:
        needed = tuple(field.name for field in _fields(schema) if field.default is MISSING)
        _readings[schema] = needed, TypeAdapter(schema).validator.validate_python
    return _readings[schema]


def _fields(schema: type) -> tuple[Field[object], ...]:
    return fields(schema) if is_dataclass(schema) else ()


def _explain(
    errors: Iterable[ErrorDetails], table: Table, report: Report, *, what: str, known: Collection[str]
) -> None:
    shapes: dict[_Path, list[str]] = {}
    nodes: dict[_Path, Node] = {}
    for error in errors:
        loc, kind = error["loc"], error["type"]
        if kind == "missing" and not isinstance(loc[-1], int):
            _, holder = _follow(loc[:-1], table)
            name = what if len(loc) == 1 else "this"
            report.error(holder, "missing-key", f"{name} needs {quoted(str(loc[-1]))}")
        elif kind in _EXTRA:
            _, holder = _follow(loc[:-1], table)
            key = str(loc[-1])
            at: Located = holder.key(key) if isinstance(holder, Table) and key in holder else holder
            hint = report.did_you_mean(key, known) if len(loc) == 1 else ""
            hint = hint or (f"{what} has {listed(known)}" if len(loc) == 1 else "")
            report.error(at, "unknown-key", f"unknown key {quoted(key)}", hint=hint)
        else:
            path, node = _follow(loc[:-1] if kind == "missing" else loc, table)
            wanted = _wanted(error)
            if wanted == "text" and isinstance(node, Text):
                # `{str: x}` where text belongs: the alternative's name was taken for the key.
                path, node = _follow(path[:-1], table)
            nodes[path] = node
            expected = shapes.setdefault(path, [])
            if wanted not in expected:
                expected.append(wanted)
    for path, expected in shapes.items():
        # A list with a wrong item also fails as the text that it might have been.
        if not any(len(other) > len(path) and other[: len(path)] == path for other in shapes):
            _refuse_shape(nodes[path], report, name=_name(path, what), expected=expected)


def _follow(loc: tuple[int | str, ...], table: Table) -> tuple[_Path, Node]:
    """The node that a location of pydantic's means, and the way to it without the names of alternatives."""
    path: list[str | int] = []
    node: Node = table
    for step in loc:
        inner = _inside(node, step)
        if inner is not None:
            node = inner
            path.append(step)
    return tuple(path), node


def _inside(node: Node, step: int | str) -> Node | None:
    if isinstance(node, Table):
        return node.get(str(step))
    return node[step] if isinstance(node, Items) and isinstance(step, int) and step < len(node) else None


def _wanted(error: ErrorDetails) -> str:
    if error["type"] in ("missing", "too_long") or error["loc"][-2:-1] == (_PAIRS,):
        return _PAIR  # the only lists of a fixed length
    about, _, complaint = error["type"].rpartition("_")
    if complaint in ("type", "parsing") and about in _EXPECTED:
        return _EXPECTED[about]
    return error["msg"].removeprefix("Value error, ").removeprefix("Input should be ")


def _refuse_shape(node: Node, report: Report, *, name: str, expected: Collection[str]) -> None:
    given = quoted(node) if isinstance(node, Text) else shape_of(node)
    if isinstance(node, Items) and _PAIR in expected:
        given = f"{given} of {len(node)}"
    wanted = listed(expected, joined="or")
    report.error(node, "wrong-shape", f"{name} must be {wanted}, not {given}")


def _name(path: _Path, what: str) -> str:
    key = next((step for step in reversed(path) if isinstance(step, str)), None)
    if key is None:
        return what
    if not isinstance(path[-1], str):
        return f"an item of {quoted(key)}"
    holder = path[-2] if len(path) > 1 else None
    return f"{quoted(key)} in {quoted(holder)}" if isinstance(holder, str) else quoted(key)
