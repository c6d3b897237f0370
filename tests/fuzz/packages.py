"""Packages of Anki as a target: the zip file, the database in it, what its rows and messages hold."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from anki_packages import (
    BASIC,
    CLOZE,
    CREATED,
    DECK,
    KINDS,
    REVERSED,
    TYPED,
    card,
    database,
    message,
    note,
    package,
    review,
)

from fuzz.seeds import words
from trainer.collection.importing_anki import WallClock
from trainer.core.fsrs6 import Model
from trainer.core.visible import one_line
from trainer.errors import TrainerError
from trainer.formats.anki.reading import read

LONGEST = 12_000
_FOLDER = TemporaryDirectory(prefix="fuzz-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
_PATH = Path(_FOLDER.name) / "any.apkg"
_DAY_OF = WallClock(4).day
_SPLIT = b"\x1e"
_OF_DIRECTORY = b"PK\x01\x02"
_ZIP, _DATABASE, _ROWS, _SETTINGS, _MESSAGES = b"zdrsm"
_NOTES = (
    note(1, BASIC, "<b>Haus</b>&nbsp;&amp;", "house<br>[sound:x.mp3]", tags=" a b::c "),
    note(2, CLOZE, "{{c1::Paris::city}} is {{c2::it}}.", "more"),
    note(3, REVERSED, "a", "b"),
    note(4, TYPED, "c", "d"),
)
_CARDS = (
    card(
        1,
        type=2,
        queue=2,
        due=40,
        ivl=30,
        factor=2500,
        reps=3,
        lapses=1,
        data='{"s": 9.5, "d": 5, "dr": 0.9}',
    ),
    card(2, type=1, queue=1, due=CREATED + 600, left=1001, odid=DECK, odue=3),
    card(2, 1, queue=-1),
    card(3),
    card(3, 1, queue=-2, flags=3),
    card(4, type=3, queue=3, due=41),
)
_REVIEWS = (
    review(10, CREATED * 1000 + 5, type=0),
    review(10, CREATED * 1000 + 90_000_000, ease=1, factor=2500, ivl=-600),
    review(20, CREATED * 1000 + 7, ease=0, type=4),
)
_SMALL_PAGES = "pragma page_size = 512; vacuum;"
_TABLES = """
    update col set ver = 18, models = '', decks = '', dconf = '', conf = '';
    create table notetypes (id integer primary key, name text, config blob);
    create table fields (ntid integer, ord integer, name text, config blob);
    create table templates (ntid integer, ord integer, name text, config blob);
    create table decks (id integer primary key, name text, kind blob);
    create table deck_config (id integer primary key, name text, config blob);
    create table config (key text, val blob);
"""
PACKAGE_WORDS = words(
    "\x1e¦\x1f¦{{c1::¦{{c99999::¦::¦}}¦{{#Front}}¦{{/Front}}¦{{^Front}}¦{{FrontSide}}¦{{type:Back}}¦"
    "{{cloze:Text}}¦{{hint:Back}}¦"
    "{{text:Front}}¦<br>¦<div>¦<img src=x>¦[sound:x]¦<script>¦<!--¦-->¦&lt;¦&#0;¦&#99999999;¦\\(¦"
    "[$]¦null¦true¦[]¦{}¦"
    '"s": 1e308¦NaN¦meta¦media¦collection.anki21¦PK\x03\x04¦SQLite format 3\x00¦CREATE TABLE¦'
    " as (1)¦\x08\x00¦\x0a"
)


@cache
def _sound() -> bytes:
    return database(_NOTES, _CARDS, _REVIEWS, sql=_SMALL_PAGES)


def _seeds() -> Iterator[bytes]:
    for version in (1, 2, 3):
        yield bytes((_ZIP,)) + package(_sound(), version, media={"0": "a.mp3"})
        yield bytes((_DATABASE, version)) + _sound()
    rows = (("{{Front}}", "{{FrontSide}}<hr>{{Back}}"), ("{{cloze:Text}}", "{{cloze:Text}}{{Back Extra}}"))
    for (front, back), each in zip((*rows, *rows), _NOTES, strict=True):
        parts = (front, back, "Front", "Back", each["flds"], each["tags"], "A::B", _CARDS[0]["data"])
        yield bytes((_ROWS, each["id"])) + _SPLIT.join(part.encode() for part in parts)
    settings: tuple[Any, ...] = (
        {"creationOffset": -60},
        KINDS,
        {DECK: {"name": "A::B", "conf": 1, "desc": "d", "dyn": 0}},
        {
            1: {
                "fsrsWeights": [0.5] * 19,
                "desiredRetention": 0.9,
                "new": {"delays": [1, 10]},
                "lapse": {"delays": [10]},
            }
        },
    )
    for number, each in enumerate(settings):
        yield bytes((_SETTINGS, number)) + json.dumps(each).encode()
    yield bytes((_MESSAGES,)) + _SPLIT.join(
        (
            message((1, 1), (9, 5)),
            message((1, "{{cloze:Text}}"), (2, "{{Back}}")),
            message((1, message((1, 1), (4, "about")))),
            message((1, (1.0, 10.0)), (5, (0.4,) * 19), (37, (0.9,))),
        )
    )


PACKAGES = tuple(_seeds())


def package_read(content: bytes) -> None:
    """A package gives notes that can be written, or is refused in one line."""
    made = _made(content)
    if made is None:
        return
    _PATH.write_bytes(made)
    try:
        found = read(_PATH, day_of=_DAY_OF, model=Model())
    except TrainerError as error:
        assert "\n" not in str(error)
        return
    for deck in found.decks:
        assert all(name == one_line(name) for name in deck.name), deck.name
        for each in deck.notes:
            json.dumps(dict(each.fields)).encode()
    assert all(left.reason for left in found.left_out)


def _made(content: bytes) -> bytes | None:
    """The package that an input means; none where SQLite itself cannot make it."""
    mode, inside = content[:1], content[1:]
    if mode == bytes((_ZIP,)):
        return _with_sums(inside)
    with suppress(sqlite3.Error, OverflowError):
        if mode == bytes((_ROWS,)):
            return package(_of_rows(inside), 2)
        if mode == bytes((_SETTINGS,)):
            column = ("conf", "models", "decks", "dconf")[inside[0] % 4 if inside else 0]
            return package(_changed(f"update col set {column} = ?", (_as_text(inside[1:]),)), 1)
        if mode == bytes((_MESSAGES,)):
            return package(_of_messages(inside), 3)
        return package(inside[1:], 1 + inside[0] % 3 if inside else 2)
    return None


def _as_text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _changed(sql: str, values: tuple[object, ...], *, before: str = "") -> bytes:
    with closing(sqlite3.connect(":memory:")) as file:
        file.deserialize(_sound())
        file.executescript(before)
        file.execute(sql, values)
        file.commit()
        return file.serialize()


def _of_rows(content: bytes) -> bytes:
    kind = (BASIC, CLOZE, REVERSED, TYPED)[content[0] % 4 if content else 0]
    parts = [*map(_as_text, content[1:].split(_SPLIT)), *[""] * 8]
    front, back, first, second, flds, tags, deck, data = parts[:8]
    kinds = {
        kind: {
            **KINDS[kind],
            "flds": [{"name": first, "ord": 0}, {"name": second, "ord": 1}],
            "tmpls": [{"name": "Card", "ord": 0, "qfmt": front, "afmt": back}],
        }
    }
    with closing(sqlite3.connect(":memory:")) as file:
        file.deserialize(_sound())
        file.execute("update notes set mid = ?, flds = ?, tags = ? where id = 1", (kind, flds, tags))
        file.execute("update cards set data = ?", (data,))
        file.execute(
            "update col set models = ?, decks = ?",
            (json.dumps(kinds), json.dumps({DECK: {"name": deck, "conf": 1}})),
        )
        file.commit()
        return file.serialize()


def _of_messages(content: bytes) -> bytes:
    kind, template, deck, options = [*content.split(_SPLIT), b"", b"", b"", b""][:4]
    with closing(sqlite3.connect(":memory:")) as file:
        file.deserialize(_sound())
        file.executescript(_TABLES)
        file.execute("insert into notetypes values (?, 'Cloze', ?)", (CLOZE, kind))
        file.executemany("insert into fields values (?, ?, ?, x'')", ((CLOZE, 0, "Text"), (CLOZE, 1, "Back")))
        file.execute("insert into templates values (?, 0, 'Cloze', ?)", (CLOZE, template))
        file.execute("insert into decks values (?, ?, ?)", (DECK, _as_text(deck[:9]), deck))
        file.execute("insert into deck_config values (1, 'Default', ?)", (options,))
        file.commit()
        return file.serialize()


def _with_sums(content: bytes) -> bytes:
    """A zip file as it is, or with right checksums, so that what is inside is looked at too."""
    if zlib.crc32(content) % 2:
        return content
    made = bytearray(content)
    at = made.find(_OF_DIRECTORY)
    while at >= 0 and at + 46 <= len(made):
        sum_of = _sum(made, int.from_bytes(made[at + 42 : at + 46], "little"), packed=made[at + 10] == 8)
        made[at + 16 : at + 20] = sum_of.to_bytes(4, "little")
        at = made.find(_OF_DIRECTORY, at + 4)
    return bytes(made)


def _sum(made: bytearray, at: int, *, packed: bool) -> int:
    """The checksum of what the entry at a place holds."""
    size = int.from_bytes(made[at + 18 : at + 22], "little")
    begin = at + 30 + int.from_bytes(made[at + 26 : at + 28], "little")
    begin += int.from_bytes(made[at + 28 : at + 30], "little")
    inside = bytes(made[begin : begin + size])
    with suppress(zlib.error):
        inside = zlib.decompressobj(-15).decompress(inside, 1_000_000) if packed else inside
    return zlib.crc32(inside)
