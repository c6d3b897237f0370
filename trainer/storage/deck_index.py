"""Deck files as last read, kept beside the log, so that a start parses only what has changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.collector import without_collector
from trainer.core.progress import Advance, one_by_one, parts, unseen
from trainer.storage import fresh
from trainer.storage.connection import reading
from trainer.storage.deck_json import Encoder, decode
from trainer.storage.entries import writable

if TYPE_CHECKING:
    from trainer.core.deck import Card, Deck, Event, Problem, Source
    from trainer.storage.store import Store


KEPT_FOR = 7 * 86_400_000
"""Milliseconds for which a version of a file is kept once it is replaced, for sessions still over it."""


class IndexedDeck(NamedTuple):
    """A deck file as last read; one that is not `readable` has no cards, and `problems` that say why."""

    key: bytes
    deck: str
    title: str
    description: str
    readable: bool
    problems: str

    def problem_list(self) -> list[Problem]:
        """The problems found in the file."""
        return list(decode(self.problems))


class NewEntry(NamedTuple):
    """A deck file just read: its key and place, its deck if it could be read, and its problems.

    `answers` are what is right for some card of it and the names that serve it, normalised; `spellings` are
    those names, by normalised spelling; `notes` are the fields of its notes, as JSON, by id; `people` are the
    names that are a person's.
    """

    key: bytes
    path: str
    deck_id: str
    deck: Deck | None
    problems: Sequence[Problem]
    answers: Collection[str] = ()
    spellings: Mapping[str, str] = {}
    notes: Mapping[str, str] = {}
    people: Collection[str] = ()

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards of its deck; none if it could not be read."""
        return self.deck.cards if self.deck else ()


class Edit(NamedTuple):
    """A deck file that has changed: the keys of the version read before, and of the one read now."""

    before: bytes
    now: bytes


class IndexedNote(NamedTuple):
    """A note by `deck/note`: its type, and question and answer of each of its cards, by card id."""

    id: str
    type: str
    cards: dict[str, tuple[str, str]]


class DeckIndex:
    """The index in the progress file of `store`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._connection = store.connection
        self._path = store.path

    def known(self) -> set[bytes]:
        """The keys of all files in the index."""
        with reading(self._path):
            return {key for (key,) in self._connection.execute("SELECT key FROM deck_file")}

    def outdated(self) -> set[bytes]:
        """The keys of the versions of files after which another version was read."""
        query = """
            SELECT key FROM
                (SELECT key, read_at, max(read_at) OVER (PARTITION BY path, deck) AS latest FROM deck_file)
            WHERE read_at < latest"""
        with reading(self._path):
            return {key for (key,) in self._connection.execute(query)}

    def put(
        self,
        entries: Sequence[NewEntry],
        *,
        at: int,
        again: Collection[bytes] = (),
        then: Callable[[list[Edit]], None] | None = None,
        advance: Advance = unseen,
    ) -> None:
        """Add files as read at a moment (milliseconds since 1970), and forget what they replace.

        `again` are versions in the index that have come back. In the same transaction, `then` is told what
        has taken the place of what.
        """
        *for_entries, for_rest = parts(advance, [*(len(entry.cards) for entry in entries), 0])
        with without_collector(), self._store.transaction():
            encoder = Encoder()
            edits = [*map(self._renew, again)]
            for entry, told in zip(entries, for_entries, strict=True):
                edits.append(self._put(entry, at, encoder, advance=told))
            if then is not None:
                then([edit for edit in edits if edit is not None])
            for entry in entries:
                self._expire(entry, at)
            encoder.close()
            for_rest(1, 1)

    def decks(self, keys: Iterable[bytes]) -> list[IndexedDeck]:
        """The decks of those files, in that order."""
        query = "SELECT key, deck, title, description, readable, problems FROM deck_file WHERE key = ?"
        with reading(self._path):
            rows = [row for key in keys for row in self._connection.execute(query, (key,))]
        return [
            IndexedDeck(key, deck, title, description, bool(readable), problems)
            for key, deck, title, description, readable, problems in rows
        ]

    def cards(
        self, keys: Iterable[bytes], ids: Iterable[str] | None = None, *, advance: Advance = unseen
    ) -> list[Card]:
        """The cards of those files in deck order, or only those with the ids asked for, in that order."""
        with reading(self._path):
            if ids is None:
                query = "SELECT content FROM card WHERE file = ? ORDER BY position"
                texts = [text for key in keys for (text,) in self._connection.execute(query, (key,))]
            else:
                query = "SELECT file, content FROM card WHERE id = ?"
                files = set(keys)
                found = (row for card in ids for row in self._connection.execute(query, (writable(card),)))
                texts = [text for file, text in found if file in files]
        return [decode(text) for text in one_by_one(texts, advance)]

    def events(self, keys: Iterable[bytes]) -> list[Event]:
        """The events of those files in deck order."""
        query = "SELECT content FROM event WHERE file = ? ORDER BY position"
        with reading(self._path):
            texts = [text for key in keys for (text,) in self._connection.execute(query, (key,))]
        return [decode(text) for text in texts]

    def having(self, keys: Iterable[bytes], kind: str, values: Collection[str]) -> set[str]:
        """The ids of the cards of those files with one of these values, of a `kind` as in the schema."""
        query = """
            SELECT card.id FROM facet JOIN card USING (file, position)
            WHERE facet.file = ? AND facet.kind = ? AND facet.value = ?"""
        with reading(self._path):
            return {
                card
                for key in keys
                for value in values
                for (card,) in self._connection.execute(query, (key, kind, writable(value)))
            }

    def facets(self, keys: Iterable[bytes], kind: str) -> list[tuple[str, int]]:
        """Every value of a kind that the cards of those files have, and how many have it, by value."""
        query = "SELECT value, count(*) FROM facet WHERE file = ? AND kind = ? GROUP BY value"
        counted: Counter[str] = Counter()
        with reading(self._path):
            for key in keys:
                counted.update(dict(self._connection.execute(query, (key, kind))))
        return sorted(counted.items())

    def ids(self, keys: Iterable[bytes]) -> list[str]:
        """The ids of the cards of those files, in deck order."""
        query = "SELECT id FROM card WHERE file = ? ORDER BY position"
        with reading(self._path):
            return [card for key in keys for (card,) in self._connection.execute(query, (key,))]

    def sources(self, keys: Iterable[bytes]) -> list[Source]:
        """Every source that cards of those files cite, each id once."""
        query = """
            SELECT value, min(position) FROM facet
            WHERE file = ? AND kind = 'source' AND instr(value, '#') = 0 GROUP BY value"""
        one = "SELECT content FROM card WHERE file = ? AND position = ?"
        first: dict[str, tuple[int, int, bytes]] = {}
        last: dict[str, tuple[int, int, bytes]] = {}
        with reading(self._path):
            for number, key in enumerate(keys):
                for value, position in self._connection.execute(query, (key,)):
                    last[value] = number, position, key
                    first.setdefault(value, last[value])
            places = sorted({*first.values(), *last.values()})
            rows = [row for _, at, key in places for row in self._connection.execute(one, (key, at))]
        cited = (each.source for (text,) in rows for each in decode(text).sources)
        return list({source.id: source for source in cited}.values())

    def spelt(self, keys: Iterable[bytes]) -> dict[str, list[str]]:
        """The names that serve those files, by normalised spelling; folders may differ on whose it is."""
        query = "SELECT spelling, name FROM spelling WHERE file = ?"
        names: dict[str, list[str]] = {}
        with reading(self._path):
            for key in keys:
                for spelling, name in self._connection.execute(query, (key,)):
                    if name not in (known := names.setdefault(spelling, [])):
                        known.append(name)
        return names

    def is_answer(self, keys: Iterable[bytes], text: str) -> bool:
        """Whether a normalised text is right for some card of those files, or one of their names."""
        query = "SELECT 1 FROM answer WHERE file = ? AND text = ?"
        with reading(self._path):
            return any(self._connection.execute(query, (key, writable(text))).fetchone() for key in keys)

    def notes(self, key: bytes) -> dict[str, IndexedNote]:
        """The notes of a file that have cards, in deck order, by `deck/note`."""
        query = "SELECT note, type, id, question, answer FROM card WHERE file = ? ORDER BY position"
        notes: dict[str, IndexedNote] = {}
        with reading(self._path):
            for note, kind, card, question, answer in self._connection.execute(query, (key,)):
                own = notes.setdefault(note, IndexedNote(note, kind, {}))
                own.cards[card] = (question, answer)
        return notes

    def last_said(self, card: str) -> tuple[str, str, str] | None:
        """The type, question and answer of a card as last read, in whatever file; None if none has it."""
        query = """
            SELECT card.type, card.question, card.answer FROM card JOIN deck_file ON deck_file.key = card.file
            WHERE card.id = ? ORDER BY read_at DESC LIMIT 1"""
        with reading(self._path):
            row = self._connection.execute(query, (writable(card),)).fetchone()
        return (str(row[0]), str(row[1]), str(row[2])) if row else None

    def _before(self, key: bytes, place: tuple[str, str]) -> bytes | None:
        """The last version of a file that could be read, by path and deck id; None if it is `key`."""
        query = """
            SELECT key FROM deck_file WHERE path = ? AND deck = ? AND readable
            ORDER BY read_at DESC LIMIT 1"""
        row = self._connection.execute(query, place).fetchone()
        return row[0] if row and row[0] != key else None

    def _after_all(self, place: tuple[str, str], at: int) -> int:
        """A moment after the last reading of a place, whatever the clock says."""
        latest = "SELECT max(read_at) FROM deck_file WHERE path = ? AND deck = ?"
        (last,) = self._connection.execute(latest, place).fetchone()
        return at if last is None else max(at, last + 1)

    def _renew(self, key: bytes) -> Edit | None:
        query = "SELECT path, deck, readable, read_at FROM deck_file WHERE key = ?"
        path, deck, readable, read_at = self._connection.execute(query, (key,)).fetchone()
        before = self._before(key, (path, deck))
        renewed = self._after_all((path, deck), read_at)
        self._connection.execute("UPDATE deck_file SET read_at = ? WHERE key = ?", (renewed, key))
        return Edit(before, key) if readable and before else None

    def _expire(self, entry: NewEntry, at: int) -> None:
        """Forget versions of a file that were replaced long ago, but for the last that could be read."""
        place = entry.path, entry.deck_id
        self._connection.execute(
            """DELETE FROM deck_file WHERE path = ? AND deck = ?
               AND (SELECT min(later.read_at) FROM deck_file AS later WHERE later.path = deck_file.path
                    AND later.deck = deck_file.deck AND later.read_at > deck_file.read_at) < ?
               AND key <> ?
               AND key <> coalesce((SELECT key FROM deck_file WHERE path = ? AND deck = ? AND readable
                                    ORDER BY read_at DESC LIMIT 1), x'')""",
            (*place, at - KEPT_FOR, entry.key, *place),
        )

    def _put(self, entry: NewEntry, at: int, encoder: Encoder, *, advance: Advance) -> Edit | None:
        deck, place = entry.deck, (entry.path, entry.deck_id)
        before = self._before(entry.key, place)
        at = self._after_all(place, at)
        self._connection.execute("DELETE FROM deck_file WHERE key = ?", (entry.key,))
        row = (
            entry.key,
            entry.path,
            at,
            entry.deck_id,
            deck.title if deck else entry.deck_id,
            deck.description if deck else "",
            deck is not None,
            encoder.text(tuple(entry.problems)),
        )
        self._connection.execute("INSERT INTO deck_file VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        self._put_cards(entry.key, entry.cards, encoder, advance=advance)
        # One statement puts in all the rows of a value: of all rows that are kept of a deck they are half.
        self._connection.executemany(
            "INSERT OR IGNORE INTO facet SELECT ?, ?, ?, value FROM json_each(?)",
            (
                (entry.key, kind, writable(value), str(positions))
                for (kind, value), positions in sorted(_facets(entry.cards, entry.people).items())
            ),
        )
        fresh.keep_file(self._connection, entry.key)
        self._connection.executemany(
            "INSERT INTO note VALUES (?, ?, ?)",
            (
                (entry.key, writable(f"{entry.deck_id}/{note}"), text)
                for note, text in sorted(entry.notes.items())
            ),
        )
        self._connection.executemany(
            "INSERT INTO event VALUES (?, ?, ?)",
            (
                (entry.key, position, encoder.text(event))
                for position, event in enumerate(deck.events if deck else ())
            ),
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO spelling VALUES (?, ?, ?)",
            ((entry.key, writable(spelling), writable(name)) for spelling, name in entry.spellings.items()),
        )
        self._connection.executemany(
            "INSERT INTO answer VALUES (?, ?)", ((entry.key, text) for text in sorted({*entry.answers}))
        )
        return Edit(before, entry.key) if deck is not None and before else None

    def _put_cards(self, key: bytes, cards: Sequence[Card], encoder: Encoder, *, advance: Advance) -> None:
        self._connection.executemany(
            "INSERT INTO card VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    key,
                    position,
                    card.id,
                    f"{card.deck}/{card.note}",
                    card.type,
                    card.superseded_by != "",
                    writable(card.prompt.question),
                    writable(card.prompt.form.answer),
                    encoder.text(card),
                )
                for position, card in enumerate(one_by_one(cards, advance))
            ),
        )


def _facets(cards: Sequence[Card], people: Collection[str]) -> Mapping[tuple[str, str], list[int]]:
    """What cards can be found by, and the places of those that are found by it.

    Whom a card is about is told a second time, as `person`, where it is one.
    """
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    cited: dict[int, list[tuple[str, str]]] = {}  # By the tuple of sources, which many cards share.
    for position, card in enumerate(cards):
        for tag in card.tags:
            found["tag", tag].append(position)
        sources = cited.get(id(card.sources))
        if sources is None:
            sources = cited[id(card.sources)] = [
                ("source", value) for each in card.sources for value in (each.source.id, str(each))
            ]
        for source in sources:
            found[source].append(position)
        for name in card.names:
            found["name", name].append(position)
            if name in people:
                found["person", name].append(position)
        if card.superseded_by:
            found["successor", card.superseded_by].append(position)
    return found
