"""JSON of our own: a deck as in YAML, with `title`, `description`, `tags` and `notes`, or a list of notes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Generator, Iterator
from json import JSONDecodeError, JSONDecoder
from typing import Any, NoReturn

from trainer.formats.model import (
    Format,
    Imported,
    LeftOut,
    NoteFields,
    Options,
    UnreadableError,
    Value,
    refuse_too_many,
    tidy,
)

_BLANKS = re.compile(r"[ \t\n\r]*")
_NOTES = "notes"
_MAX_DEPTH = 16

_Found = tuple[int, Any, str]
"""A note: its line, what it is, and how it is written."""


class _RefusedError(ValueError):
    """JSON that no note can be: a key that is there twice, or too deep."""


def read(text: str, options: Options) -> Imported:
    """The notes of a deck in JSON, in which a note without a type is `basic`, as in YAML."""
    deck = _Deck(text)
    notes: list[NoteFields] = []
    for number, (line, value, shown) in enumerate(deck.notes(), start=1):
        refuse_too_many(number, line)
        try:
            fields = _value(value)
        except _RefusedError as error:
            deck.left_out.append(LeftOut(line=line, text=shown, reason=str(error)))
            continue
        if isinstance(fields, dict):
            given = {name: part for name, part in fields.items() if value[name] is not None}
            notes.append(NoteFields(line=line, fields=given, text=shown))
        else:
            deck.left_out.append(LeftOut(line=line, text=shown, reason="a note must be an object"))
    head = deck.head
    tags = head.get("tags", ())
    return Imported(
        title=str(head.get("title", "")),
        description=str(head.get("description", "")),
        tags=tuple(map(str, [tags] if isinstance(tags, str) else tags)),
        notes=tuple(notes),
        left_out=tuple(deck.left_out),
    )


class _Deck:
    """Walks over the outermost values itself, as only their places tell the lines of the notes."""

    def __init__(self, text: str) -> None:
        self.head: dict[str, Any] = {}
        self.left_out: list[LeftOut] = []
        self._text = text
        self._starts = [0, *(found.end() for found in re.finditer(r"\r\n?|\n", text))]
        self._decoder = JSONDecoder(
            object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str, strict=False
        )

    def notes(self) -> Iterator[_Found]:
        """The notes, each with its line and as it is written."""
        at = self._skip(0)
        if self._text[at : at + 1] == "[":
            at = yield from self._items(at)
        elif self._text[at : at + 1] == "{":
            at = yield from self._entries(at)
        else:
            self._refuse(at, "a deck begins with { or [")
        if (at := self._skip(at)) < len(self._text):
            self._refuse(at, "something follows the end")

    def _entries(self, at: int) -> Generator[_Found, None, int]:
        at = self._skip(at + 1)
        while self._text[at : at + 1] != "}":
            start = at
            if self._text[at : at + 1] != '"':
                self._refuse(at, "a key must be text in quotes")
            key, at = self._decode(at)
            at = self._expect(":", at)
            if key == _NOTES and self._text[at : at + 1] == "[":
                at = yield from self._items(at)
            else:
                value, at = self._carried(at)
                if value is not None:
                    self._take(start, key, value, self._text[start:at])
            at = self._after_value(at, "}")
        return at + 1

    def _items(self, at: int) -> Generator[_Found, None, int]:
        at = self._skip(at + 1)
        while self._text[at : at + 1] != "]":
            start = at
            value, at = self._carried(at)
            if value is not None:
                yield self._line(start), value, " ".join(self._text[start:at].split())
            at = self._after_value(at, "]")
        return at + 1

    def _carried(self, start: int) -> tuple[Any, int]:
        """A value and the place after it; None for what is null or left out."""
        try:
            value, at = self._decode(start)
        except _RefusedError as error:
            decoder = JSONDecoder(parse_int=str, parse_float=str, strict=False)
            try:
                _, at = decoder.raw_decode(self._text, start)
            except JSONDecodeError as broken:
                self._refuse(broken.pos, f"this is not JSON: {broken.msg}")
            self._leave_out(start, self._text[start:at], str(error))
            return None, at
        if value is None:
            self._leave_out(start, self._text[start:at], "there is nothing in it")
        return value, at

    def _take(self, start: int, key: object, value: Any, shown: str) -> None:
        texts = value if isinstance(value, list) else [value]
        several = key == "tags"
        if key in self.head:
            self._leave_out(start, shown, f"the key {key!r} is there twice")
        elif key not in ("title", "description", "tags"):
            self._leave_out(start, shown, "a deck has title, description, tags and notes")
        elif not all(isinstance(text, str) for text in texts) or isinstance(value, list) > several:
            self._leave_out(start, shown, f"{key} must be text")
        else:
            self.head[str(key)] = value if several else tidy(value)

    def _leave_out(self, at: int, text: str, reason: str) -> None:
        self.left_out.append(LeftOut(line=self._line(at), text=" ".join(text.split()), reason=reason))

    def _decode(self, at: int) -> tuple[Any, int]:
        try:
            return self._decoder.raw_decode(self._text, at)
        except JSONDecodeError as error:
            self._refuse(error.pos, f"this is not JSON: {error.msg}")
        except RecursionError:
            self._refuse(at, "nested too deeply")

    def _after_value(self, at: int, end: str) -> int:
        """The place after a value and its comma; that of the closing bracket where there is none."""
        at = self._skip(at)
        if self._text[at : at + 1] == end:
            return at
        at = self._expect(",", at)
        if self._text[at : at + 1] == end:
            self._refuse(at, "nothing follows the comma")
        return at

    def _expect(self, sign: str, at: int) -> int:
        at = self._skip(at)
        if self._text[at : at + 1] != sign:
            self._refuse(at, f"this is not JSON: {sign!r} is expected here")
        return self._skip(at + 1)

    def _skip(self, at: int) -> int:
        found = _BLANKS.match(self._text, at)
        return found.end() if found else at

    def _line(self, at: int) -> int:
        return bisect_right(self._starts, at)

    def _refuse(self, at: int, message: str) -> NoReturn:
        raise UnreadableError(self._line(at), message)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise _RefusedError(f"the key {key!r} is there twice")
        made[key] = value
    return made


def _value(value: Any, depth: int = 0) -> Value:
    """A value with every scalar as text."""
    if depth > _MAX_DEPTH:
        raise _RefusedError("nested too deeply")
    if isinstance(value, dict):
        return {key: _value(part, depth + 1) for key, part in value.items()}
    if isinstance(value, list):
        return [_value(part, depth + 1) for part in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else tidy(str(value))


def _recognises(text: str) -> int:
    return 6 if re.match(r"\s*(\{\s*\"|\[\s*\{|\{\s*\}|\[\s*\])", text) else 0


FORMAT = Format(name="json", what="a deck in JSON", suffixes=(".json",), recognises=_recognises, read=read)
