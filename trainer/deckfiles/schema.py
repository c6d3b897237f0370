"""The JSON Schema of deck files, of `sources.yaml` and of `names.yaml`, for editors.

It is made from the dataclasses that check the files, and explained by their manual pages. An editor reads
YAML as YAML, in which `2024` is a number and `true` a truth; for us they are text, so a text may be either.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from functools import cache
from inspect import cleandoc
from typing import Any, TypeAlias

from pydantic import TypeAdapter

from trainer.core.form import fields_of, ordered
from trainer.core.question import Note
from trainer.core.questions import TYPES
from trainer.deckfiles.model import DEFAULT_TYPE, Head, _NameFields, _SourceFields

Schema: TypeAlias = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
_FILLED: Schema = {**_SCALAR, "pattern": r"\S", "patternErrorMessage": "This is empty."}
_DATE_PATTERN = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_DATE: Schema = {
    "type": ["string", "integer"],
    "pattern": _DATE_PATTERN,
    "patternErrorMessage": "Dates look like 2024, 2024-06 or 2024-06-13.",
    "minimum": 1,
    "maximum": 9999,
}
_TRUTHS = ("true", "t", "yes", "y", "on", "1", "false", "f", "no", "n", "off", "0")
_TRUTH: Schema = {
    "type": ["boolean", "string", "integer"],
    "pattern": f"^({'|'.join(''.join(f'[{sign.upper()}{sign}]' for sign in word) for word in _TRUTHS)})$",
    "patternErrorMessage": "This must be true or false.",
    "minimum": 0,
    "maximum": 1,
}
_KEY: Schema = {
    **_SCALAR,
    "pattern": r"^[^\s/]+$",
    "patternErrorMessage": "An id has neither blanks nor a slash.",
}
_ABOUT = {
    "title": "The deck's name.",
    "description": "A line about the deck.",
    "tags": "Tags of all its notes, one or several.",
    "notes": "The notes, in the order in which new cards come.",
}
_ABOUT_SOURCE = {
    "title": "The article's headline.",
    "short": "How a question names it: `according to …`. Left out, it is the publisher, author or title.",
    "publisher": "Who published it.",
    "author": "Who wrote it.",
    "published": "When, as exactly as it is known: `2024`, `2024-06` or `2024-06-13`.",
    "url": "Where it is read; opened in the browser if it begins with `http://` or `https://`.",
    "file": "The path of a local copy, seen from `sources.yaml`. Never needed to study.",
}
_ABOUT_NAME = {
    "name": "The name in full.",
    "kind": "What it is: `person`, `country`, … Distractors are drawn from names of the same kind.",
    "aliases": "Other spellings, one or several; they are right wherever the name is the answer.",
}


def deck_schema() -> Schema:
    """The schema of a deck file."""
    shared = {field.name for field in fields(Note)}
    common = _note_fields(TYPES[DEFAULT_TYPE])
    head = _fields(Head, _ABOUT)
    return _root("A deck of notes, from which cards are made.") | {
        "properties": head["properties"]
        | {"notes": {"description": _ABOUT["notes"], "type": "array", "items": {"$ref": "#/$defs/note"}}},
        "required": head["required"],
        "additionalProperties": False,
        "$defs": {
            **{name: common[name] for name in common if name in shared},
            "note": _note(),
            **{f"note-{name}": _note_of(TYPES[name], shared) for name in sorted(TYPES)},
        },
    }


def sources_schema() -> Schema:
    """The schema of `sources.yaml`."""
    source = _fields(_SourceFields, _ABOUT_SOURCE, dates=("published",))
    return _registry("The articles that notes cite, by id.", source, forbidden="/#")


def names_schema() -> Schema:
    """The schema of `names.yaml`."""
    name = _fields(_NameFields, _ABOUT_NAME)
    return _registry("People, places and organisations, by id.", name, forbidden="/")


SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    "deck": deck_schema,
    "sources": sources_schema,
    "names": names_schema,
}
"""The files that have a schema."""


def file_name(kind: str) -> str:
    """What the file with a schema is called, beside the files that it serves."""
    return f"{kind}.schema.json"


@cache
def schema_text(kind: str) -> str:
    """A schema as the text of its file."""
    return json.dumps(SCHEMAS[kind](), indent=1, ensure_ascii=False) + "\n"


def modeline(kind: str) -> str:
    """The first line of a file, by which editors find its schema beside it."""
    return f"# yaml-language-server: $schema={file_name(kind)}"


def _root(about: str) -> Schema:
    return {"$schema": DRAFT, "description": about, "type": "object"}


def _registry(about: str, entry: Schema, *, forbidden: str) -> Schema:
    return _root(about) | {
        "propertyNames": {"pattern": rf"^[^\s{forbidden}]+$"},
        "additionalProperties": entry,
    }


def _note() -> Schema:
    """Any note: its type, and by that its fields."""
    names = sorted(TYPES)
    by_type: list[Schema] = [{"if": _is(name), "then": {"$ref": f"#/$defs/note-{name}"}} for name in names]
    untyped: Schema = {
        "if": {"type": "object", "required": ["type"]},
        "else": {"$ref": f"#/$defs/note-{DEFAULT_TYPE}"},
    }
    return {
        "type": "object",
        "properties": {"type": _type_field(names)},
        "allOf": [untyped, *by_type],
        "defaultSnippets": [_snippet(TYPES[name]) for name in names],
    }


def _is(name: str) -> Schema:
    return {"type": "object", "properties": {"type": {"const": name}}, "required": ["type"]}


def _type_field(names: list[str]) -> Schema:
    summaries = [f"- `{name}`: {_summary(TYPES[name])}" for name in names]
    about = f"The question type; `{DEFAULT_TYPE}` when omitted."
    return {
        "description": about,
        "markdownDescription": "\n".join((about, "", *summaries)),
        "enum": names,
        "enumDescriptions": [_summary(TYPES[name]) for name in names],
    }


def _note_of(kind: type[Note], shared: Iterable[str]) -> Schema:
    """A note of one type: the fields that every note may have are told once, for all types."""
    made = _note_fields(kind)
    common = {*shared}
    of_type: Schema = {"description": f"The question type. {_summary(kind)}", "const": kind.type}
    properties = {
        name: {"$ref": f"#/$defs/{name}"} if name in common else schema for name, schema in made.items()
    }
    return {
        "description": _summary(kind),
        "type": "object",
        "properties": ordered({**properties, "type": of_type}),
        "required": [field.name for field in fields_of(kind) if field.needed],
        "additionalProperties": False,
    }


def _note_fields(kind: type[Note]) -> dict[str, Schema]:
    """The fields of a question type, each explained as in its manual page."""
    about = {field.name: field.about for field in fields_of(kind)}
    made: dict[str, Schema] = _fields(kind, about, dates=("as_of",))["properties"]
    made["id"] |= _KEY
    return made


def _fields(kind: type[Any], about: Mapping[str, str], *, dates: Iterable[str] = ()) -> Schema:
    """A mapping with the fields of a dataclass, those in `dates` being days, months or years."""
    schema = TypeAdapter(kind).json_schema()
    needed = [field.name for field in fields(kind) if field.default is MISSING and _has_no_factory(field)]
    properties: dict[str, Schema] = {}
    for name, given in schema["properties"].items():
        made = _DATE if name in dates else _ours(given, schema.get("$defs", {}), filled=name in needed)
        properties[name] = {"description": about[name][:1].upper() + about[name][1:], **made}
    return {
        "type": "object",
        "properties": properties,
        "required": needed,
        "additionalProperties": False,
    }


def _has_no_factory(field: Any) -> bool:
    return field.default_factory is MISSING


def _ours(given: Schema, known: Mapping[str, Schema], *, filled: bool = False) -> Schema:
    """A shape as pydantic tells it, with texts that may look like numbers; `filled` ones are not empty."""
    if "$ref" in given:
        return _ours(known[given["$ref"].rpartition("/")[2]], known)
    if "anyOf" in given:
        return {"anyOf": [_ours(each, known, filled=filled) for each in given["anyOf"]]}
    if given["type"] == "string":
        return dict(_FILLED if filled else _SCALAR)
    if given["type"] == "boolean":
        return dict(_TRUTH)
    made: Schema = {key: given[key] for key in ("type", "minItems", "maxItems", "required") if key in given}
    if "prefixItems" in given:
        made["prefixItems"] = [_ours(each, known) for each in given["prefixItems"]]
    elif "items" in given:
        made["items"] = _ours(given["items"], known)
    if "properties" in given:
        made["properties"] = {name: _ours(each, known) for name, each in given["properties"].items()}
    if "additionalProperties" in given:
        extra = given["additionalProperties"]
        made["additionalProperties"] = _ours(extra, known) if isinstance(extra, dict) else extra
    return made


def _summary(kind: type[Note]) -> str:
    """The first sentences of a type's manual page."""
    return " ".join(cleandoc(kind.__doc__ or "").partition("\n\n")[0].split())


def _snippet(kind: type[Note]) -> Schema:
    """A note with the fields that it needs, to be filled in."""
    needed = [field.name for field in fields_of(kind) if field.needed] or ["what", "who", "did", "when"]
    given = {} if kind.type == DEFAULT_TYPE else {"type": kind.type}
    shapes = {field.name: field.kind for field in fields_of(kind)}
    body: Schema = {"id": "$1", **given}
    for place, name in enumerate((*needed, "source"), start=2):
        body[name] = _blank(shapes[name], f"${place}")
    return {"label": f"a note: {kind.type}", "description": _summary(kind), "body": body}


def _blank(shape: str, at: str) -> object:
    if shape in ("list", "parts"):
        return [at]
    if shape in ("pairs", "table"):
        return {at: ""}
    return [{"source": at, "says": ""}] if shape == "accounts" else at
