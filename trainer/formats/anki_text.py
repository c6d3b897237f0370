"""Anki's text files: "Notes in Plain Text", with the lines of settings that Anki writes above them.

What the lines mean is told in Anki's manual, under "Importing text files".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from trainer.formats.columns import Cell, Column, columns_of, note_of, without_column
from trainer.formats.model import (
    ANKI_HOLE,
    Format,
    Imported,
    LeftOut,
    NoteFields,
    Options,
    as_tag,
    with_holes,
)
from trainer.formats.plain import plain
from trainer.formats.rows import TAB, Row, rows

_SETTING = re.compile(r"#([a-z]+(?: column)?|if matches|tags):(.*)", re.I)
_OF_A_CARD = ("guid", "notetype", "deck", "tags")
_KNOWN = {
    "separator",
    "html",
    "columns",
    "deck",
    "notetype",
    "tags",
    *(f"{name} column" for name in _OF_A_CARD),
}
_SEPARATORS = {"tab": TAB, "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":", "space": " "}
_OPTIONAL = "basic (optional reversed card)"
_SIDES = ("question", "answer")
_HOLES = ("text", "explanation")
_PARTS = "::"


class _Settings(NamedTuple):
    """What the lines above the notes say; `columns` are the places, from 0, of what is said of a card."""

    separator: str
    html: bool
    names: list[str]
    columns: dict[str, int]
    deck: str
    notetype: str
    tags: list[str]


def read(text: str, options: Options) -> Imported:
    """The notes of a text file of Anki."""
    lines = text.split("\n")
    count = next((index for index, line in enumerate(lines) if not line.startswith("#")), len(lines))
    given: dict[str, str] = {}
    left_out: list[LeftOut] = []
    for number, line in enumerate(lines[:count], start=1):
        found = _SETTING.match(line.rstrip("\r"))
        if found and found[1].casefold() in _KNOWN:
            given[found[1].casefold()] = found[2].strip(" \r")
        else:
            left_out.append(
                LeftOut(line=number, text=line, reason="a line of settings that says nothing here")
            )
    settings = _settings(given)
    reader = _Reader(settings, options)
    for row in rows("\n".join(lines[count:]), settings.separator, first_line=count + 1):
        reader.take(row)
    decks = {deck for deck in reader.decks if deck} or {settings.deck}
    title = decks.pop() if len(decks) == 1 else ""
    return Imported(
        title=title.rpartition(_PARTS)[2],
        tags=tuple(settings.tags),
        notes=tuple(reader.notes(several=not title and len(decks) > 0)),
        left_out=(*left_out, *reader.left_out, *reader.without_columns(count + 1)),
    )


def _settings(given: dict[str, str]) -> _Settings:
    named = given.get("separator", "tab")
    separator = _SEPARATORS.get(named.casefold(), named[:1] or TAB)
    columns = {
        name: int(value) - 1
        for name in _OF_A_CARD
        if (value := given.get(f"{name} column", "")).isascii() and value.isdigit() and int(value)
    }
    return _Settings(
        separator=separator,
        html=given.get("html", "true").casefold() != "false",
        names=[name.strip() for name in given.get("columns", "").split(separator)]
        if "columns" in given
        else [],
        columns=columns,
        deck=given.get("deck", ""),
        notetype=given.get("notetype", ""),
        tags=given.get("tags", "").split(),
    )


class _Reader:
    """Takes the notes one by one."""

    def __init__(self, settings: _Settings, options: Options) -> None:
        self.left_out: list[LeftOut] = []
        self.decks: list[str] = []
        self._settings = settings
        self._options = options
        self._notes: list[tuple[NoteFields, str]] = []
        self._unused: Counter[int] = Counter()
        self._columns: dict[int, Column] = {}

    def notes(self, *, several: bool) -> Iterator[NoteFields]:
        """The notes; where they are of `several` decks, each has its own as a tag."""
        for note, deck in self._notes:
            tag = as_tag(deck.rpartition(_PARTS)[2])
            if several and tag:
                tags = note.fields.get("tags", [])
                others = [tags] if isinstance(tags, str) else [*tags]
                yield NoteFields(
                    line=note.line, text=note.text, fields={**note.fields, "tags": [*others, tag]}
                )
            else:
                yield note

    def without_columns(self, line: int) -> Iterator[LeftOut]:
        """What is left out of columns that are no field."""
        return without_column([*self._columns.values()], self._unused, line=line)

    def take(self, row: Row) -> None:
        """Make a note of a row, or leave it out."""
        if row.fault:
            self.left_out.append(LeftOut(line=row.line, text=row.text, reason=row.fault))
            return
        said = {name: self._of_card(row, name) for name in _OF_A_CARD}
        notetype = (said["notetype"] or self._settings.notetype).casefold()
        texts: dict[int, str] = {}
        for place, cell in enumerate(row.cells):
            if place not in self._settings.columns.values():
                text, media = plain(cell, html=self._settings.html)
                reason = "media are not carried"
                self.left_out += [LeftOut(line=row.line, text=each, reason=reason) for each in media]
                texts[place] = text
        cells, kind = self._cells(texts, notetype)
        if kind == "cloze":
            cells = [Cell(field, with_holes(text) if field == "text" else text) for field, text in cells]
            if any(field == "text" and "{{c" in text for field, text in cells):
                reason = "a hole within a hole, or one that contains '::' or braces"
                self.left_out.append(LeftOut(line=row.line, text=row.text, reason=reason))
                return
        cells += [Cell("tags", "|".join(said["tags"].split())), Cell("id", said["guid"])]
        named = [cell for cell in cells if cell.field != "type"] if kind else cells
        note = note_of(row.line, named, kind=kind or self._options.type, text=row.text)
        self.decks.append(said["deck"])
        self._notes.append((note, said["deck"]))

    def _of_card(self, row: Row, name: str) -> str:
        place = self._settings.columns.get(name, -1)
        return row.cells[place].strip() if 0 <= place < len(row.cells) else ""

    def _cells(self, texts: dict[int, str], notetype: str) -> tuple[list[Cell], str]:
        """The fields of a note, and its question type, empty if only the user can say."""
        is_cloze = "cloze" in notetype or (
            not notetype and any(ANKI_HOLE.search(text) for text in texts.values())
        )
        kind = "cloze" if is_cloze else _kind(notetype)
        names = self._settings.names
        if names:
            found = {column.place: column for column in columns_of(names, self._options.columns)}
            columns = {place: found.get(place, Column(place, "", "")) for place in texts}
            if is_cloze:
                columns = {at: each._replace(field=_cloze_field(each.field)) for at, each in columns.items()}
        else:
            order = _HOLES if is_cloze else _SIDES
            fields = dict(zip(sorted(texts), order, strict=False))
            columns = {place: Column(place, "", fields.get(place, "")) for place in texts}
        if notetype == _OPTIONAL and any(texts[place] for place in sorted(texts)[2:3]):
            kind = "reversed"
            del texts[sorted(texts)[2]]
        for place, text in texts.items():
            self._columns.setdefault(place, columns[place])
            self._unused[place] += bool(text) and not columns[place].field
        cells = [Cell(columns[place].field, text) for place, text in texts.items() if columns[place].field]
        return cells, kind


def _cloze_field(field: str) -> str:
    return {"question": "text", "answer": "explanation"}.get(field, field)


def _kind(notetype: str) -> str:
    if "type in the answer" in notetype:
        return "typed"
    return "reversed" if "and reversed" in notetype else ""


def _recognises(text: str) -> int:
    return 9 if re.match(r"#(separator|html|notetype|columns|deck|tags|guid)\b[^\n]*:", text, re.I) else 0


FORMAT = Format(name="anki", what="Anki, notes in plain text", suffixes=(), recognises=_recognises, read=read)
