"""What is done to many cards at once: in one transaction, and taken back as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from trainer.core.day import Moment
from trainer.core.progress import Advance, one_by_one, parts, unseen
from trainer.errors import ChangedElsewhereError
from trainer.storage.entries import Entry, NewEntry

if TYPE_CHECKING:
    from trainer.core.scheduling import Replay
    from trainer.storage.store import Store

Mark = Literal["suspend", "bury", "flag"]

_COLUMNS: dict[Mark, str] = {"suspend": "suspended", "bury": "buried_on", "flag": "flagged"}


class Acts:
    """Acts on many cards in the progress file of `store`, each all or nothing and on disk when it returns."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def mark(
        self, kind: Mark, cards: Iterable[str], *, on: bool, moment: Moment, advance: Advance = unseen
    ) -> list[Entry]:
        """Suspend cards, bury them for today or flag them; what is so already stays out.

        `on` False takes a suspension or a flag off again; burying ends by itself.
        """
        if kind == "bury" and not on:
            raise ValueError("what is buried comes back by itself")
        column, value = _COLUMNS[kind], moment.day.isoformat() if kind == "bury" else 1
        ask = self._store.connection
        with self._store.transaction():
            marked = {card for (card,) in ask.execute(f"SELECT card FROM marks WHERE {column} = ?", (value,))}
            changing = [card for card in dict.fromkeys(cards) if (card in marked) is not on]
            entries = self._append(kind, changing, value=int(on), moment=moment, advance=advance)
            ask.executemany(  # What is written last counts, so what else is set on a card stays as it is.
                f"""INSERT INTO marks (card, {column}) VALUES (?, ?)
                    ON CONFLICT (card) DO UPDATE SET {column} = excluded.{column}""",
                ((card, value if on else 0) for card in changing),
            )
        return entries

    def forget(self, cards: Iterable[str], *, moment: Moment, advance: Advance = unseen) -> list[Entry]:
        """Let cards be new again: their reviews so far count no more; new ones are left out."""
        for_entries, for_memory = parts(advance, (1, 1))
        with self._store.transaction():
            known = list(self._store.memory(dict.fromkeys(cards)))
            entries = self._append("forget", known, value=None, moment=moment, advance=for_entries)
            for card in one_by_one(known, for_memory):
                self._store.put_memory(card, None)
        return entries

    def undo(
        self,
        entries: Sequence[Entry],
        *,
        moment: Moment,
        replay: Replay,
        advance: Advance = unseen,
    ) -> list[Entry]:
        """Take entries back, latest first; those taken back before.

        Raises ChangedElsewhereError if another session has taken all of them back already.
        """
        for_looking, for_undoing = parts(advance, (1, 4))
        with self._store.transaction():
            latest_first = entries[::-1]
            standing = [
                entry for entry in one_by_one(latest_first, for_looking) if self._store.entry(entry.id)
            ]
            if not standing:
                raise ChangedElsewhereError("this was taken back in another session already")
            self._store.put_undo(*standing, moment=moment, replay=replay, advance=for_undoing)
        return standing

    def _append(
        self, kind: str, cards: Sequence[str], *, value: int | None, moment: Moment, advance: Advance
    ) -> list[Entry]:
        ids = self._store.new_ids(moment.at, len(cards))
        entries = [Entry(entry, kind, card, value) for entry, card in zip(ids, cards, strict=True)]
        self._store.append_all(
            NewEntry(entry.id, moment, kind, entry.card, {"value": value})
            for entry in one_by_one(entries, advance)
        )
        return entries
