"""Packages of Anki made by hand, sound ones and others."""

from __future__ import annotations

import io
import json
import sqlite3
import struct
import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CREATED = round(datetime(2024, 1, 1, 4, tzinfo=UTC).timestamp())
"""When the collections were made; their day 0 is 1 January 2024."""

MEMBERS = {1: "collection.anki2", 2: "collection.anki21", 3: "collection.anki21b"}
FRONT, BACK = "{{Front}}", "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}"
BASIC, REVERSED, TYPED, CLOZE = 11, 12, 13, 14
DECK = 5

_SCHEMA = """
create table col (id integer primary key, crt integer, mod integer, scm integer, ver integer, dty integer,
  usn integer, ls integer, conf text, models text, decks text, dconf text, tags text);
create table notes (id integer primary key, guid text, mid integer, mod integer, usn integer, tags text,
  flds text, sfld integer, csum integer, flags integer, data text);
create table cards (id integer primary key, nid integer, did integer, ord integer, mod integer, usn integer,
  type integer, queue integer, due integer, ivl integer, factor integer, reps integer, lapses integer,
  left integer, odue integer, odid integer, flags integer, data text);
create table revlog (id integer primary key, cid integer, usn integer, ease integer, ivl integer,
  lastIvl integer, factor integer, time integer, type integer);
"""


def kind(
    name: str,
    fields: Sequence[str] = ("Front", "Back"),
    templates: Sequence[tuple[str, str]] = ((FRONT, BACK),),
    *,
    cloze: bool = False,
    stock: int = 0,
) -> dict[str, Any]:
    """A note type as schema 11 has it."""
    return {
        "name": name,
        "type": int(cloze),
        "originalStockKind": stock,
        "flds": [{"name": each, "ord": ord} for ord, each in enumerate(fields)],
        "tmpls": [
            {"name": f"Card {ord}", "ord": ord, "qfmt": front, "afmt": back}
            for ord, (front, back) in enumerate(templates)
        ],
    }


KINDS: dict[int, dict[str, Any]] = {
    BASIC: kind("Basic"),
    REVERSED: kind(
        "Reversed", templates=((FRONT, BACK), ("{{Back}}", "{{FrontSide}}<hr id=answer>{{Front}}"))
    ),
    TYPED: kind("Typed", templates=((FRONT + "\n{{type:Back}}", "{{Front}}<hr id=answer>{{type:Back}}"),)),
    CLOZE: kind(
        "Cloze",
        ("Text", "Back Extra"),
        (("{{cloze:Text}}", "{{cloze:Text}}<br>\n{{Back Extra}}"),),
        cloze=True,
    ),
}


def card(note: int, ord: int = 0, **values: Any) -> dict[str, Any]:
    """A card, new unless said otherwise."""
    return {"id": note * 10 + ord, "nid": note, "ord": ord, "did": DECK} | values


def note(id: int, kind: int, *fields: str, tags: str = "") -> dict[str, Any]:
    """A note with its fields as HTML."""
    return {"id": id, "mid": kind, "flds": "\x1f".join(fields), "tags": tags}


def review(card: int, at: int, ease: int = 3, **values: Any) -> dict[str, Any]:
    """A row of the review log."""
    return {"cid": card, "id": at, "ease": ease, "ivl": 1, "factor": 0, "time": 4000, "type": 1} | values


def database(
    notes: Iterable[Mapping[str, Any]] = (),
    cards: Iterable[Mapping[str, Any]] | None = None,
    revlog: Iterable[Mapping[str, Any]] = (),
    *,
    kinds: Mapping[int, Mapping[str, Any]] = KINDS,
    decks: Mapping[int, str] | None = None,
    presets: Mapping[int, Mapping[str, Any]] | None = None,
    conf: Mapping[str, Any] | None = None,
    created: int = CREATED,
    sql: str = "",
) -> bytes:
    """A collection of schema 11; every note has one card unless cards are given. `sql` is run at the end."""
    given = [*notes]
    file = sqlite3.connect(":memory:")
    file.executescript(_SCHEMA)
    named = {id: {"name": name, "conf": 1} for id, name in (decks or {1: "Default", DECK: "Words"}).items()}
    settings = {"creationOffset": 0} if conf is None else conf
    columns = (created, *map(json.dumps, (settings, dict(kinds), named, dict(presets or {1: {}}))))
    file.execute(
        "insert into col (id, crt, ver, conf, models, decks, dconf) values (1, ?, 11, ?, ?, ?, ?)", columns
    )
    for table, rows in (
        ("notes", given),
        ("cards", [card(each["id"]) for each in given] if cards is None else cards),
        ("revlog", revlog),
    ):
        for row in rows:
            signs = ", ".join("?" * len(row))
            file.execute(f"insert into {table} ({', '.join(row)}) values ({signs})", [*row.values()])
    file.executescript(sql)
    file.commit()
    return file.serialize()


def package(
    content: bytes, version: int | None = 2, *, media: Any = None, more: Mapping[str, bytes] | None = None
) -> bytes:
    """A package of a version, None for one without `meta`."""
    members = dict(more or {})
    if version is not None:
        members["meta"] = bytes((8, version))
    if version != 1:
        members[MEMBERS[1]] = database([note(1, BASIC, "Please update to the latest Anki", "")])
    members[MEMBERS[version or 2]] = zstd.compress(content) if version == 3 else content
    if media is not None:
        members["media"] = media if isinstance(media, bytes) else json.dumps(media).encode()
    return zipped(members)


def zipped(members: Mapping[str, bytes], *, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, inside in members.items():
            archive.writestr(name, inside)
    return out.getvalue()


def varint(number: int) -> bytes:
    """A number as protobuf has it."""
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*found, number))


def message(*fields: tuple[int, int | bytes | str | Sequence[float]]) -> bytes:
    """A message of protobuf; several numbers are packed as floats."""
    found = b""
    for number, value in fields:
        if isinstance(value, int):
            found += varint(number << 3) + varint(value)
            continue
        if isinstance(value, str):
            content = value.encode()
        else:
            content = value if isinstance(value, bytes) else struct.pack(f"<{len(value)}f", *value)
        found += varint(number << 3 | 2) + varint(len(content)) + content
    return found


def compress(content: bytes) -> bytes:
    """A frame of Zstandard."""
    return zstd.compress(content)
