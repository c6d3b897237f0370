"""The collection within a package: an SQLite file of Anki, in its schema 11 or 18.

Schema 11 keeps note types, decks and presets as JSON in the one row of `col`; from 15 on they are tables
with messages of protobuf in them. The file comes from strangers: it is opened in memory, only plain tables
are read, every value is made to be what it should be, and SQLite gets so many seconds in all.
"""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from trainer.core.visible import one_line, visible
from trainer.formats.anki import wire
from trainer.formats.anki.package import PackageError
from trainer.formats.anki.records import (
    AnkiCard,
    AnkiDeck,
    AnkiNote,
    AnkiReview,
    NoteType,
    Preset,
    Template,
)

NEWEST_SCHEMA = 18
MAX_SECONDS = 10.0
"""What SQLite may take for reading a collection."""

MAX_TEXT = 64_000_000
"""Characters of all notes, their tags included."""

MAX_MARKUP = 5_000_000
"""Tags and references of HTML in all notes."""

MAX_NOTES, MAX_CARDS, MAX_REVIEWS = 200_000, 400_000, 2_000_000

_A_DAY = 86_400_000
_OF_A_CARD = (
    *("id", "nid", "did", "ord", "type", "queue", "due", "ivl", "factor", "reps", "lapses", "left"),
    *("odue", "odid", "flags"),
)
_LONGEST = 32_000_000
_STEPS = 20_000
_ROWS, _LONG_ROWS = 5_000, 100
"""How many rows are asked for at once."""
_HEAD = b"SQLite format 3\0"
_WAL = slice(18, 20)
_PLAIN_TABLE = re.compile(r"\s*CREATE\s+TABLE\b", re.I)
_LATEST = 95_617_584_000  # The year 5000: whatever is added to it is a date still.


class CollectionFile:
    """A collection, open for reading. What cannot be read raises PackageError."""

    def __init__(self, content: bytearray) -> None:
        self._spent = 0.0
        self._began: float | None = None
        if not content.startswith(_HEAD):
            raise PackageError("its collection is damaged")
        if content[_WAL] == b"\x02\x02":  # In memory there is no log to be written ahead.
            content[_WAL] = b"\x01\x01"
        self._file = sqlite3.connect(":memory:", isolation_level=None)
        with self._reading():
            self._file.deserialize(content)
            self._file.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
            self._file.text_factory = lambda raw: raw.decode("utf-8", "replace")
            for pragma in ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON"):
                self._file.execute(f"PRAGMA {pragma}")
            self._file.create_collation("unicase", _by_case)
            self._file.set_progress_handler(self._is_over, _STEPS)
            self._tables = {
                str(name).casefold()
                for name, sql in self._file.execute(
                    "SELECT name, sql FROM sqlite_schema WHERE type = 'table'"
                )
                if _PLAIN_TABLE.match(str(sql))
            }
        row = next(self._rows("col", "ver", "crt"), None)
        if row is None:
            raise PackageError("its collection is empty")
        self.schema, self._created = map(_whole, row)
        if self.schema > NEWEST_SCHEMA:
            hint = "export it from Anki with “Support older Anki versions”"
            raise PackageError(
                f"its collection is of schema {self.schema}, which is not known here", hint=hint
            )
        self._has_tables = "notetypes" in self._tables

    def close(self) -> None:
        """Let go of the memory."""
        self._file.close()

    def day_zero(self) -> date:
        """The day from which due days are counted."""
        settings = self._settings()
        at = min(max(self._created, 0), _LATEST)
        offset = settings.get("creationOffset")  # Minutes west of UTC.
        if isinstance(offset, int) and abs(offset) < 24 * 60:
            return datetime.fromtimestamp(at, timezone(timedelta(minutes=-offset))).date()
        return datetime.fromtimestamp(at, UTC).astimezone().date()

    def note_types(self) -> dict[int, NoteType]:
        """Every note type by its id."""
        if self._has_tables:
            return self._note_types()
        return {_id(key): _note_type(_dict(value)) for key, value in self._json("models").items()}

    def decks(self) -> dict[int, AnkiDeck]:
        """Every deck by its id."""
        if not self._has_tables:
            return {_id(key): _deck(_dict(value)) for key, value in self._json("decks").items()}
        found: dict[int, AnkiDeck] = {}
        for key, name, kind in self._rows("decks", "id", "name", "kind"):
            normal = _message_in(_message(kind), 1)
            parts = tuple(map(one_line, _text(name).split("\x1f")))
            found[_whole(key)] = AnkiDeck(parts, visible(wire.text(normal, 4)), wire.number(normal, 1))
        return found

    def presets(self) -> dict[int, Preset]:
        """The options of decks, by their ids."""
        if not self._has_tables:
            return {_id(key): _preset(_dict(value)) for key, value in self._json("dconf").items()}
        found: dict[int, Preset] = {}
        for key, config in self._rows("deck_config", "id", "config"):
            of = _message(config)
            parameters = wire.floats(of, 6) or wire.floats(of, 5) or wire.floats(of, 3)
            retention = (*wire.floats(of, 37), 0.0)[0]
            steps = len(wire.floats(of, 1)), len(wire.floats(of, 2))
            found[_whole(key)] = Preset(parameters, retention, *steps)
        return found

    def count(self, table: str) -> int:
        """How many rows a table of ours has: `notes`, `cards` or `revlog`."""
        with self._reading():
            self._refuse_odd(table)
            (count,) = self._file.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
        return int(count)

    def notes(self) -> Iterator[AnkiNote]:
        """Every note. What they hold together is bounded."""
        if self.count("notes") > MAX_NOTES:
            raise PackageError(f"has more than {MAX_NOTES:,} notes")
        size = marks = 0
        wanted = (_number("id"), _number("mid"), _words("tags"), _words("flds"))
        for note in map(AnkiNote._make, self._rows("notes", *wanted, order="id", at_once=_LONG_ROWS)):
            size += len(note.fields) + len(note.tags)
            if size > MAX_TEXT:
                raise PackageError(f"its notes have more than {MAX_TEXT // 1_000_000} million characters")
            marks += note.fields.count("<") + note.fields.count("&")
            if marks > MAX_MARKUP:
                raise PackageError(f"its notes have more than {MAX_MARKUP // 1_000_000} million tags of HTML")
            yield note

    def cards(self) -> Iterator[AnkiCard]:
        """Every card, those of a note together, in the order of their places in it."""
        if self.count("cards") > MAX_CARDS:
            raise PackageError(f"has more than {MAX_CARDS:,} cards")
        wanted = (*map(_number, _OF_A_CARD), _words("data"))
        return map(AnkiCard._make, self._rows("cards", *wanted, order="nid, ord"))

    def reviews(self) -> dict[int, list[AnkiReview]]:
        """The review log in the order of time, by the id of the card."""
        if self.count("revlog") > MAX_REVIEWS:
            raise PackageError(f"has more than {MAX_REVIEWS:,} reviews")
        found: dict[int, list[AnkiReview]] = {}
        columns = [*map(_number, ("cid", "id", "ease", "ivl", "factor", "time", "type"))]
        columns[5] = f"min(max({columns[5]}, 0), {_A_DAY})"
        for row in map(AnkiReview._make, self._rows("revlog", *columns, order="id")):
            found.setdefault(row.card, []).append(row)
        return found

    def _note_types(self) -> dict[int, NoteType]:
        fields: dict[int, list[str]] = {}
        for kind, name in self._rows("fields", "ntid", "name", order="ntid, ord"):
            fields.setdefault(_whole(kind), []).append(_text(name))
        templates: dict[int, list[Template]] = {}
        for kind, name, config in self._rows("templates", "ntid", "name", "config", order="ntid, ord"):
            of = _message(config)
            template = Template(_text(name), wire.text(of, 1), wire.text(of, 2))
            templates.setdefault(_whole(kind), []).append(template)
        found: dict[int, NoteType] = {}
        for key, name, config in self._rows("notetypes", "id", "name", "config"):
            of, kind = _message(config), _whole(key)
            found[kind] = NoteType(
                name=_text(name),
                is_cloze=wire.number(of, 1) == 1,
                stock=wire.number(of, 9),
                fields=tuple(fields.get(kind, ())),
                templates=tuple(templates.get(kind, ())),
            )
        return found

    def _settings(self) -> dict[str, Any]:
        """The settings of the collection, by Anki's names."""
        if "config" not in self._tables:
            return self._json("conf")
        wanted = ("creationOffset", "rollover", "fsrs")
        return {
            name: _parsed(value)
            for name, value in self._rows("config", "KEY", "val")
            if name in wanted and isinstance(value, bytes | str)
        }

    def _json(self, column: str) -> dict[str, Any]:
        """One of the columns of `col` that hold JSON."""
        (text,) = next(self._rows("col", column), ("",))
        return _dict(_parsed(text)) if text else {}

    def _rows(
        self, table: str, *columns: str, order: str = "", at_once: int = _ROWS
    ) -> Iterator[tuple[Any, ...]]:
        """Rows of a table, as they are; the columns and their order are names of ours."""
        with self._reading():
            self._refuse_odd(table)
            ordered = f" ORDER BY {order}" if order else ""
            query = f"SELECT {', '.join(columns)} FROM {table}{ordered}"  # noqa: S608
            cursor = self._file.execute(query)
        while True:
            with self._reading():
                rows = cursor.fetchmany(at_once)
            if not rows:
                return
            yield from rows

    def _refuse_odd(self, table: str) -> None:
        """Refuse what only looks like a table of Anki's: views and computed columns may never end."""
        if table not in self._tables:
            raise PackageError("its collection is not one of Anki, or a damaged one")
        for column in self._file.execute(f"PRAGMA table_xinfo({table})"):
            if column[6]:
                raise PackageError("its collection is not one of Anki: it computes what it should tell")

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Turn what SQLite says into a PackageError, and add up the time that it takes."""
        self._began = time.monotonic()
        try:
            yield
        except (sqlite3.Error, MemoryError, OverflowError, UnicodeError) as error:  # Its messages quote it.
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
                raise PackageError("its collection takes too long to read") from error
            raise PackageError("its collection is damaged") from error
        finally:
            self._spent += time.monotonic() - self._began

    def _is_over(self) -> bool:
        return self._spent + time.monotonic() - (self._began or 0.0) > MAX_SECONDS


def _number(column: str) -> str:
    """A column as a whole number, whatever is in it."""
    return f"ifnull(CAST({column} AS INTEGER), 0)"


def _words(column: str) -> str:
    """A column as text, whatever is in it."""
    return f"ifnull(CAST({column} AS TEXT), '')"


def _by_case(one: str, other: str) -> int:
    one, other = one.casefold(), other.casefold()
    return (one > other) - (one < other)


def _note_type(of: Mapping[str, Any]) -> NoteType:
    fields = sorted(map(_dict, _list(of.get("flds"))), key=_ord)
    templates = sorted(map(_dict, _list(of.get("tmpls"))), key=_ord)
    return NoteType(
        name=_text(of.get("name")),
        is_cloze=of.get("type") == 1,
        stock=_whole(of.get("originalStockKind")),
        fields=tuple(_text(each.get("name")) for each in fields),
        templates=tuple(
            Template(_text(each.get("name")), _text(each.get("qfmt")), _text(each.get("afmt")))
            for each in templates
        ),
    )


def _deck(of: Mapping[str, Any]) -> AnkiDeck:
    name = tuple(map(one_line, _text(of.get("name")).split("::")))
    is_filtered = bool(of.get("dyn"))
    return AnkiDeck(name, visible(_text(of.get("desc"))), 0 if is_filtered else _whole(of.get("conf")))


def _preset(of: Mapping[str, Any]) -> Preset:
    parameters = of.get("fsrsParams6") or of.get("fsrsParams5") or of.get("fsrsWeights")
    steps = (_list(_dict(of.get(kind)).get("delays")) for kind in ("new", "lapse"))
    retention = of.get("desiredRetention")
    return Preset(
        tuple(float(each) for each in _list(parameters) if isinstance(each, int | float)),
        float(retention) if isinstance(retention, int | float) else 0.0,
        *map(len, steps),
    )


def _parsed(text: object) -> Any:
    """What JSON says."""
    try:
        return json.loads(text if isinstance(text, bytes | str) else "")
    except (ValueError, RecursionError) as error:
        raise PackageError("its collection is damaged: what should be JSON is none") from error


def _message(content: object) -> wire.Message:
    try:
        return wire.message(content) if isinstance(content, bytes) else {}
    except wire.WireError as error:
        raise PackageError(f"its collection is damaged: {error}") from error


def _message_in(of: wire.Message, field: int) -> wire.Message:
    value = of.get(field, [b""])[-1]
    return _message(value)


def _ord(of: Mapping[str, Any]) -> int:
    return _whole(of.get("ord"))


def _id(key: str) -> int:
    return int(key) if key.isascii() and key.isdigit() and len(key) < 20 else 0


def _whole(value: object) -> int:
    """A whole number, 0 for what is none."""
    return value if isinstance(value, int) else 0


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
