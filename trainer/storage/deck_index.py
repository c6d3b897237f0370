"""Deck files as last read, kept beside the log, so that a start parses only what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from trainer.storage.connection import reading, saving

if TYPE_CHECKING:
    from trainer.core.deck import Card, Deck, Problem
    from trainer.storage.store import Store


class IndexedDeck(NamedTuple):
    """A deck file as last read; one that is not `readable` has no cards, and `problems` that say why."""

    path: str
    deck: str
    title: str
    description: str
    readable: bool
    problems: str

    def problem_list(self) -> list[Problem]:
        """The problems found in the file."""
        return list(_decode_text(self.problems))


class DeckIndex:
    """The index in the progress file of `store`."""

    def __init__(self, store: Store) -> None:
        self._connection = store.connection
        self._path = store.path

    def keys(self) -> dict[str, bytes]:
        """For every file in the index, the key it was read under."""
        with reading(self._path):
            return dict(self._connection.execute("SELECT path, key FROM deck_file"))

    def put(self, entries: Sequence[tuple[str, bytes, str, Deck | None, Sequence[Problem]]]) -> None:
        """Replace what is known of files: path, key, deck id, the deck if readable, and the problems."""
        with saving(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                for path, key, deck_id, deck, problems in entries:
                    self._put(path, key, deck_id, deck, problems)
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def decks(self, paths: Iterable[str]) -> list[IndexedDeck]:
        """The decks of those files, in that order."""
        query = "SELECT path, deck, title, description, readable, problems FROM deck_file WHERE path = ?"
        with reading(self._path):
            rows = [row for path in paths for row in self._connection.execute(query, (path,))]
        return [
            IndexedDeck(path, deck, title, description, bool(readable), problems)
            for path, deck, title, description, readable, problems in rows
        ]

    def cards(self, paths: Iterable[str], ids: Iterable[str] | None = None) -> list[Card]:
        """The cards of those files in deck order, or only those with the ids asked for, in that order."""
        query = "SELECT id, content FROM card WHERE path = ? ORDER BY position"
        with reading(self._path):
            found = {card: text for path in paths for card, text in self._connection.execute(query, (path,))}
        wanted = found if ids is None else [card for card in ids if card in found]
        return [_decode_text(found[card]) for card in wanted]

    def _put(
        self, path: str, key: bytes, deck_id: str, deck: Deck | None, problems: Sequence[Problem]
    ) -> None:
        self._connection.execute("DELETE FROM deck_file WHERE path = ?", (path,))
        row = (
            path,
            key,
            deck_id,
            deck.title if deck else deck_id,
            deck.description if deck else "",
            deck is not None,
            _encode_text(tuple(problems)),
        )
        self._connection.execute("INSERT INTO deck_file VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        cards = deck.cards if deck else ()
        self._connection.executemany(
            "INSERT INTO card VALUES (?, ?, ?, ?, ?)",
            (
                (path, position, card.id, f"{card.deck}/{card.note}", _encode_text(card))
                for position, card in enumerate(cards)
            ),
        )


def _encode_text(value: Any) -> str:
    import json

    return json.dumps(_encode(value))


def _decode_text(text: str) -> Any:
    import json

    return _decode(json.loads(text))


def _encode(value: Any) -> Any:
    """Cards and problems as JSON values: a dataclass is an object that names its class under `is`.

    Fields that have their default are left out.
    """
    from dataclasses import fields, is_dataclass

    if is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: _encode(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__} | {
            name: part for name, part in parts.items() if part not in ("", [])
        }
    return [_encode(item) for item in value] if isinstance(value, tuple) else value


def _decode(value: Any) -> Any:
    from trainer.core import deck, prompt

    classes: dict[str, Any] = {kind.__name__: kind for kind in prompt.FORMS}
    classes |= {
        kind.__name__: kind
        for kind in (deck.Card, deck.Citation, deck.Source, deck.Span, deck.Problem, prompt.Prompt)
    }

    def revive(part: Any) -> Any:
        if isinstance(part, dict):
            return classes[part["is"]](**{name: revive(item) for name, item in part.items() if name != "is"})
        return tuple(map(revive, part)) if isinstance(part, list) else part

    return revive(value)
