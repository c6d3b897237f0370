"""Histories that move from card to card, as when a note was edited or renamed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from trainer.core.day import Moment
from trainer.core.progress import Advance, one_by_one, parts, unseen
from trainer.storage.entries import Entry, writable

if TYPE_CHECKING:
    from trainer.core.scheduling import Replay
    from trainer.storage.store import Store

How = Literal["edited", "asked"]
"""Why a history was moved: its note was recognised by likeness, or somebody asked for it."""


class Move(NamedTuple):
    """A history that was moved from one card to another on a study day."""

    day: date
    old: str
    new: str
    how: str


class Past(NamedTuple):
    """What the log knows of a card: how many reviews, and the latest study day with an entry."""

    card: str
    reviews: int
    last_day: str


class Moves:
    """The moves in the progress file of `store`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # Writing

    def move(
        self,
        pairs: Sequence[tuple[str, str]],
        *,
        how: How,
        moment: Moment,
        replay: Replay,
        advance: Advance = unseen,
    ) -> list[Entry]:
        """Move the history of each card to another card, as one act; all or nothing."""
        with self._store.transaction():
            return self.put(pairs, how=how, moment=moment, replay=replay, advance=advance)

    def put(
        self,
        pairs: Sequence[tuple[str, str]],
        *,
        how: How,
        moment: Moment,
        replay: Replay,
        advance: Advance = unseen,
    ) -> list[Entry]:
        """Do as `move` does, inside a transaction; cards without a history are left out."""
        known = [(old, new) for old, new in pairs if old != new and self._is_known(old)]
        for_entries, for_cards = parts(advance, (1, 2))
        entries: list[Entry] = []
        for (old, new), entry in zip(
            one_by_one(known, for_entries), self._store.new_ids(moment.at, len(known)), strict=True
        ):
            self._store.append(moment, "move", old, entry=entry, response=new, mode=how)
            (seq,) = self._store.connection.execute("SELECT seq FROM log WHERE id = ?", (entry,)).fetchone()
            _apply(self._store.connection, seq, old, new)
            entries.append(Entry(entry, "move", old))
        for card in one_by_one(dict.fromkeys(card for pair in known for card in pair), for_cards):
            self._store.cache(card, replay=replay)
        return entries

    # Reading

    def below(self, place: str) -> list[Past]:
        """What the log knows of the card `place`, and of those whose ids begin so and go on with a slash."""
        query = """
            SELECT card, sum(kind = 'review'), max(study_day) FROM kept
            WHERE (card = ? OR card > ? || '/' AND card < ? || '0')  -- The sign after the slash.
              AND kind IN ('review', 'forget', 'carried', 'told', 'suspend', 'bury', 'flag')
            GROUP BY card ORDER BY card"""
        return [Past(*row) for row in self._store.all(query, (writable(place),) * 3)]

    def all_known(self) -> list[Past]:
        """What the log knows of every card, by id."""
        query = """
            SELECT card, sum(kind = 'review'), max(study_day) FROM kept
            WHERE kind IN ('review', 'forget', 'carried', 'told', 'suspend', 'bury', 'flag')
            GROUP BY card ORDER BY card"""
        return [Past(*row) for row in self._store.all(query)]

    def standing(self) -> list[Move]:
        """The moves that were not taken back, oldest first."""
        query = "SELECT study_day, card, response, mode FROM kept WHERE kind = 'move' ORDER BY seq"
        return [Move(date.fromisoformat(day), *row) for day, *row in self._store.all(query)]

    def taken_back(self) -> set[tuple[str, str]]:
        """From which cards to which the last move was taken back."""
        query = """
            SELECT card, response, EXISTS (SELECT 1 FROM log AS later WHERE later.target = log.id) FROM log
            WHERE kind = 'move' ORDER BY seq"""
        last = {(old, new): bool(undone) for old, new, undone in self._store.all(query)}
        return {pair for pair, undone in last.items() if undone}

    def last_act(self) -> list[Move]:
        """The moves that `undo` would take back next; none where the last thing done is something else."""
        entry = self._store.last_entry()
        if entry is None or entry.kind != "move":
            return []
        query = "SELECT study_day, card, response, mode FROM log WHERE id = ?"
        ids = [entry.id, *(other.id for other in self._store.together_with(entry))]
        rows = [self._store.one(query, (each,)) for each in ids]
        return [Move(date.fromisoformat(day), *row) for day, *row in rows]

    def since(self, entry: bytes, cards: Iterable[str]) -> dict[str, str]:
        """To which card what was written of each of some cards at an entry belongs now."""
        query = """SELECT card, response FROM kept WHERE kind = 'move'
                   AND seq > (SELECT seq FROM log WHERE id = ?) ORDER BY seq"""
        owners = {card: card for card in cards}
        for old, new in self._store.all(query, (entry,)):
            owners = {card: new if owner == old else owner for card, owner in owners.items()}
        return owners

    def _is_known(self, card: str) -> bool:
        query = "SELECT 1 FROM kept WHERE card = ? AND kind <> 'move' LIMIT 1"
        return self._store.connection.execute(query, (card,)).fetchone() is not None


def replay_moves(connection: sqlite3.Connection) -> set[str]:
    """Keep with every entry the card that the moves imply, inside a transaction; the cards this changes."""
    moved = "SELECT seq, card, owner FROM log WHERE moved_to IS NOT NULL"
    before = {seq: (card, owner) for seq, card, owner in connection.execute(moved)}
    connection.execute("UPDATE log SET moved_to = NULL WHERE moved_to IS NOT NULL")
    query = "SELECT seq, card, response FROM kept WHERE kind = 'move' ORDER BY seq"
    for seq, old, new in connection.execute(query).fetchall():
        _apply(connection, seq, old, new)
    after = {seq: (card, owner) for seq, card, owner in connection.execute(moved)}
    changed: set[str] = set()
    for seq in before.keys() | after.keys():
        ((card, _), *_) = filter(None, (before.get(seq), after.get(seq)))
        owners = {found.get(seq, (card, card))[1] for found in (before, after)}
        if len(owners) > 1:
            changed |= owners
    return changed


def _apply(connection: sqlite3.Connection, seq: int, old: str, new: str) -> None:
    """Let what was done with a card before a move belong to another."""
    connection.execute(
        """UPDATE log SET moved_to = nullif(?, card)
           WHERE owner = ? AND seq < ? AND kind NOT IN ('move', 'undo')""",
        (new, old, seq),
    )
