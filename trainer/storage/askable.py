"""The cards that can be asked, due or not: found, counted and listed without building them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from datetime import date
from typing import TYPE_CHECKING

from trainer.core.progress import Advance, one_by_one, unseen
from trainer.storage.connection import reading
from trainer.storage.deck_json import decode
from trainer.storage.entries import writable

if TYPE_CHECKING:
    from trainer.core.deck import Card
    from trainer.storage.store import Store

Positions = Mapping[bytes, Set[int]]
"""Some cards: their positions, by deck file."""

_HAVING = "SELECT position FROM facet WHERE file = ? AND kind = ? AND value = ?"
_WHERE = """
    SELECT card.file, card.position FROM json_each(?) AS asked CROSS JOIN card ON card.id = asked.value"""
_OPEN = """NOT card.superseded AND NOT EXISTS
    (SELECT 1 FROM marks WHERE marks.card = card.id AND marks.suspended)"""
_ASIDE = "SELECT card FROM marks WHERE suspended OR buried_on = ?"
_CARDS = "SELECT id, note FROM card WHERE file = :file AND NOT superseded"
_ONLY = "AND position IN (SELECT value FROM json_each(:positions))"
_OF_TYPES = "AND type IN (SELECT value FROM json_each(:types))"
_TYPES = f"SELECT type, count(*) FROM card WHERE file = :file AND {_OPEN} GROUP BY type"
_REVEALED = """(instr(content, '"is":"Reveal"') AND json_extract(content, '$.prompt.form.is') = 'Reveal'
    AND NOT EXISTS
        (SELECT 1 FROM json_each(content, '$.also') WHERE json_extract(value, '$.is') <> 'Reveal'))"""
"""True of a card all of whose forms only reveal the answer. That a text has no such form is soon seen."""
_REVEALED_TYPES = f"""
    SELECT type, count(*) FROM card WHERE file = :file AND position >= :first AND position < :end
    AND {_OPEN} AND {_REVEALED} GROUP BY type"""
_CARD = "SELECT file, content FROM card WHERE id = ?"


class Askable:
    """The cards of indexed deck files by the progress file of `store`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def having(self, files: Iterable[bytes], filters: Mapping[str, Collection[str]]) -> Positions:
        """The cards of those files that have of each kind, as in the schema, one of the values."""
        found: dict[bytes, Set[int]] = {}
        with reading(self._store.path):
            for file in files:
                kinds = (self._with_one(file, kind, values) for kind, values in filters.items())
                if positions := set.intersection(*kinds):
                    found[file] = positions
        return found

    def of(self, files: Iterable[bytes], cards: Iterable[str]) -> Positions:
        """Those of some cards, by id, that the files have."""
        found: dict[bytes, set[int]] = {file: set() for file in files}
        asked = json.dumps([writable(card) for card in cards])
        for file, position in self._store.all(_WHERE, (asked,)):
            if file in found:
                found[file].add(position)
        return {file: positions for file, positions in found.items() if positions}

    def cards(
        self,
        files: Sequence[bytes],
        *,
        only: Positions | None = None,
        types: Sequence[str] = (),
        day: date | None = None,
        advance: Advance = unseen,
    ) -> list[tuple[str, str]]:
        """The ids of the cards that are neither superseded nor suspended, with their notes', in deck order.

        `only` are those that are wanted, if not all, `types` their question types. Those that are buried on a
        study `day` are left out too, if one is given.
        """
        aside = {card for (card,) in self._store.all(_ASIDE, (day and day.isoformat(),))}
        query = f"{_CARDS} {_OF_TYPES if types else ''}"
        values: dict[str, object] = {"types": json.dumps(types)}
        found: list[tuple[str, str]] = []
        for file in one_by_one(files, advance):
            if only is None:
                rows = self._store.all(f"{query} ORDER BY position", values | {"file": file})
            elif file in only:
                own = {"file": file, "positions": json.dumps(sorted(only[file]))}
                rows = self._store.all(f"{query} {_ONLY} ORDER BY position", values | own)
            else:
                continue
            found += rows
        return [row for row in found if row[0] not in aside] if aside else found

    def new(self) -> frozenset[str]:
        """The cards that have no memory state, of whatever files, but for superseded ones."""
        return frozenset(card for (card,) in self._store.all("SELECT id FROM fresh"))

    def types(self, file: bytes) -> Counter[str]:
        """How many cards of a file that are neither superseded nor suspended are of each question type."""
        return Counter(dict(self._store.all(_TYPES, {"file": file})))

    def revealed(self, file: bytes, positions: range) -> Counter[str]:
        """How many of those at some positions only reveal their answers, by question type."""
        values = {"file": file, "first": positions.start, "end": positions.stop}
        return Counter(dict(self._store.all(_REVEALED_TYPES, values)))

    def card(self, files: Set[bytes], card: str, *, graded: bool) -> Card | None:
        """A card of those files in full; None if it has to be `graded`, and only reveals its answer."""
        query = f"{_CARD} AND NOT {_REVEALED}" if graded else _CARD
        for file, content in self._store.all(query, (writable(card),)):
            if file in files:
                found: Card = decode(content)
                return found
        return None

    def _with_one(self, file: bytes, kind: str, values: Collection[str]) -> set[int]:
        """The positions of the cards of a file that have one of these values."""
        ask = self._store.connection.execute
        return {position for value in values for (position,) in ask(_HAVING, (file, kind, writable(value)))}
