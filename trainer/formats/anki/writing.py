"""Packages for Anki: notes, cards and reviews gathered in a database on disk, then packed.

A package is a zip with the database as `collection.anki21` and a list of media, of which there are none.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from trainer.core.progress import Advance, unseen
from trainer.errors import NotSavedError
from trainer.formats.anki.laying import Laid
from trainer.formats.anki.note_types import FIRST_ID, IDS, NOTE_TYPES, stable_id
from trainer.formats.anki.schema import TABLES, AnkiDeck, Calendar, Preset, col_row

_TAGS = re.compile(r"<[^>]*>")
_BLANKS = re.compile(r"\s+")
_CHUNK = 1 << 20
_AT_ONCE = 2_000
_QUICK = 1
"""The level of compression: the next ones take twice the time for a few percent."""


_PUT_NOTE = "INSERT INTO notes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PUT_CARD = "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PUT_REVIEW = "INSERT OR IGNORE INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)"
_PUT_COL = "INSERT INTO col VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


class Package:
    """A package in the making; what was gathered so far stands in `folder`, which is the caller's.

    `now` in milliseconds since 1970. Raises NotSavedError where the disk is full.
    """

    def __init__(self, folder: Path, *, now: int) -> None:
        self._path = folder / "collection.anki21"
        self._now = now
        self._notes: list[tuple[object, ...]] = []
        self._tags: dict[tuple[str, ...], str] = {}
        self._ids = _Ids()
        self._decks: dict[str, AnkiDeck] = {}
        self._types: set[str] = set()
        with self._saving():
            self._database = sqlite3.connect(self._path, isolation_level=None)
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"):
                self._database.execute(f"PRAGMA {pragma}")
            self._database.execute("BEGIN")
            for statement in TABLES:
                self._database.execute(statement)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def deck(self, deck: str, *, title: str, description: str = "") -> int:
        """Add a deck by its id with us; its id in Anki. The folders of our id are the decks above it."""
        *above, _ = deck.split("/")
        name = "::".join(map(_deck_name, (*above, title)))
        if name.casefold() in (taken.casefold() for taken in self._decks):
            name = f"{name} ({_deck_name(deck)})"
        found = AnkiDeck(stable_id(f"deck {deck}"), name, description)
        self._decks[name] = found
        return found.id

    def note(self, laid: Laid, *, tags: Sequence[str]) -> int:
        """Add a note; its id. That of a card is the sum of it and of the card's `ord`."""
        kind = NOTE_TYPES[laid.type]
        self._types.add(laid.type)
        first = _stripped(laid.fields[0])
        checksum = int(hashlib.sha1(first.encode(), usedforsecurity=False).hexdigest()[:8], 16)
        note, guid = self._ids.of(laid.name, laid.cards)
        told = self._tags.get(key := tuple(tags))
        if told is None:
            told = self._tags[key] = _as_tags(tags)
        second = self._now // 1000
        fields = "\x1f".join(laid.fields)
        self._notes.append((note, guid, kind.id, second, -1, told, fields, first, checksum, 0, ""))
        if len(self._notes) >= _AT_ONCE:
            self._flush()
        return note

    def cards(self, rows: Sequence[tuple[object, ...]]) -> None:
        """Add cards: their ids, those of their notes and decks, their `ord`, when
        they were changed (seconds since 1970), and their numbers.
        """
        with self._saving():
            self._database.executemany(_PUT_CARD, rows)

    def reviews(self, rows: Sequence[tuple[int, ...]]) -> None:
        """Add reviews: when (milliseconds since 1970), the card's id, and their numbers.

        Anki knows a review by its moment: where two have the same, one is put a millisecond later.
        """
        with self._saving():
            before = self._database.total_changes
            self._database.executemany(_PUT_REVIEW, rows)
            if self._database.total_changes - before == len(rows):
                return
            for at, *rest in rows:
                there = self._at(at)
                while there is not None and list(there) != rest:
                    at += 1
                    there = self._at(at)
                if there is None:
                    self._database.execute(_PUT_REVIEW, (at, *rest))

    def finish(
        self, stream: BinaryIO, *, calendar: Calendar, preset: Preset | None = None, advance: Advance = unseen
    ) -> None:
        """Pack what was gathered."""
        self._flush()
        types = [NOTE_TYPES[name] for name in sorted(self._types)]
        row = col_row(calendar, now=self._now, types=types, decks=self._decks.values(), preset=preset)
        with self._saving():
            self._database.execute(_PUT_COL, row)
            self._database.execute("COMMIT")
            self._database.close()
        total = self._path.stat().st_size
        with (
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICK) as archive,
            self._path.open("rb") as database,
        ):
            with archive.open(self._path.name, "w", force_zip64=total >= 2**31) as member:
                done = 0
                while chunk := database.read(_CHUNK):
                    member.write(chunk)
                    done += len(chunk)
                    advance(done, total)
            archive.writestr("media", "{}")

    @contextmanager
    def _saving(self) -> Iterator[None]:
        """Turn what SQLite says into one clear line."""
        try:
            yield
        except sqlite3.Error as error:
            is_full = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
            reason = "the disk is full" if is_full else str(error)
            hint = f"it is gathered in {self._path.parent.parent}"
            raise NotSavedError(f"the package cannot be written: {reason}", hint=hint) from error

    def _at(self, at: int) -> tuple[int, ...] | None:
        query = "SELECT cid, ease, ivl, lastIvl, factor, time, type FROM revlog WHERE id = ?"
        found: tuple[int, ...] | None = self._database.execute(query, (at,)).fetchone()
        return found

    def _flush(self) -> None:
        with self._saving():
            self._database.executemany(_PUT_NOTE, self._notes)
        self._notes.clear()


class _Ids:
    """Ids that are the same for the same names, and never twice: where two names meet, one is put further."""

    def __init__(self) -> None:
        self._taken: set[int] = set()

    def of(self, name: str, places: Iterable[int] = (0,)) -> tuple[int, str]:
        """A number, from which one can count on to those places, and a text that is the name's alone."""
        digest = hashlib.blake2b(name.encode(errors="surrogatepass"), digest_size=16).digest()
        found = FIRST_ID + int.from_bytes(digest[:8], "big") % IDS
        wanted = {found + place for place in places}
        while wanted & self._taken:
            found += 1
            wanted = {number + 1 for number in wanted}
        self._taken |= wanted
        return found, digest[8:].hex()


def _as_tags(tags: Iterable[str]) -> str:
    """Tags as Anki keeps them: none of them with blanks within, and blanks around them."""
    words = " ".join(filter(None, (_BLANKS.sub("-", tag.strip()) for tag in tags)))
    return f" {words} " if words else ""


def _stripped(html: str) -> str:
    """A field as Anki sorts by it."""
    return unescape(_TAGS.sub("", html)) if "<" in html or "&" in html else html


def _deck_name(text: str) -> str:
    """A part of a deck's name; two colons would begin another."""
    return " ".join(text.replace("::", ": ").replace("\x1f", " ").split()) or "-"
