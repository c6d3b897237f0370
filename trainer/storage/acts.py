"""What is done to many cards at once: in one transaction, and taken back as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from trainer.core.day import Moment
from trainer.errors import ChangedElsewhereError
from trainer.storage.entries import Entry, Marks

if TYPE_CHECKING:
    from trainer.core.scheduling import Replay
    from trainer.storage.store import Store

Mark = Literal["suspend", "bury", "flag"]


class Acts:
    """Acts on many cards in the progress file of `store`, each all or nothing and on disk when it returns."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def mark(self, kind: Mark, cards: Iterable[str], *, on: bool, moment: Moment) -> list[Entry]:
        """Suspend cards, bury them for today or flag them; what is so already stays out.

        `on` False takes a suspension or a flag off again; burying ends by itself.
        """
        if kind == "bury" and not on:
            raise ValueError("what is buried comes back by itself")
        today = moment.day.isoformat()

        def is_so(marks: Marks) -> bool:
            return {
                "suspend": marks.suspended is on,
                "bury": marks.buried_on == today,
                "flag": marks.flagged is on,
            }[kind]

        with self._store.transaction():
            changing = [card for card in dict.fromkeys(cards) if not is_so(self._store.marks(card))]
            entries = self._append(kind, changing, value=int(on), moment=moment)
            for card in changing:
                self._store.cache_marks(card)
        return entries

    def forget(self, cards: Iterable[str], *, moment: Moment) -> list[Entry]:
        """Let cards be new again: their reviews so far count no more; new ones are left out."""
        with self._store.transaction():
            known = list(self._store.memory(dict.fromkeys(cards)))
            entries = self._append("forget", known, value=None, moment=moment)
            for card in known:
                self._store.put_memory(card, None)
        return entries

    def undo(
        self,
        entries: Sequence[Entry],
        *,
        moment: Moment,
        replay: Replay,
    ) -> list[Entry]:
        """Take entries back, latest first; those taken back before.

        Raises ChangedElsewhereError if another session has taken all of them back already.
        """
        with self._store.transaction():
            standing = [entry for entry in reversed(entries) if self._store.entry(entry.id)]
            if not standing:
                raise ChangedElsewhereError("this was taken back in another session already")
            self._store.put_undo(*standing, moment=moment, replay=replay)
        return standing

    def _append(self, kind: str, cards: Sequence[str], *, value: int | None, moment: Moment) -> list[Entry]:
        return [
            Entry(self._store.append(moment, kind, card, entry=entry, value=value), kind, card)
            for entry, card in zip(self._store.new_ids(moment.at, len(cards)), cards, strict=True)
        ]
