"""What comes on a study day, found by indexes: the work grows with what comes, not with cards or reviews."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING

from trainer.core.queue import Place
from trainer.storage.standing import ANSWERED

if TYPE_CHECKING:
    from trainer.storage.askable import Positions
    from trainer.storage.store import Store

_COLUMNS = """
    card.file, card.position, card.id, card.note, memory.phase, memory.due_day,
    card.superseded OR coalesce(marks.suspended OR marks.buried_on = ?, 0)"""
_DUE = f"""
    SELECT {_COLUMNS} FROM
        (SELECT card, phase, due_day FROM memory
         WHERE due_day > ? AND due_day <= ? ORDER BY card) AS memory
    CROSS JOIN card ON card.id = memory.card LEFT JOIN marks ON marks.card = card.id WHERE card.file IN"""
"""In the order of the index of the cards, each part of which is then read once."""
_ANSWERED = f"""
    SELECT {_COLUMNS} FROM (SELECT DISTINCT card FROM ({ANSWERED})) AS answered
    CROSS JOIN card ON card.id = answered.card LEFT JOIN memory ON memory.card = card.id
    LEFT JOIN marks ON marks.card = card.id"""
_NEW = """
    SELECT fresh.position, fresh.id, fresh.note, coalesce(marks.suspended OR marks.buried_on = :day, 0)
    FROM fresh LEFT JOIN marks ON marks.card = fresh.id
    WHERE fresh.file = :file AND fresh.position > :after ORDER BY fresh.position LIMIT :part"""
_IN_STEPS = (1, 3)
_MOST = 30_000
"""Values that a query can take are about as many (sqlite.org/limits.html, 9)."""
_PART = 50
"""New cards that are read at once; where only some cards are looked for, each time twice as many."""

_Row = tuple[bytes, int, str, str, int | None, str | None, int]


class Coming:
    """What comes of some decks by the progress file of `store`.

    `decks` are their ids by deck file, in order; `only` are the cards that are looked for, if not all.
    """

    def __init__(self, store: Store, decks: dict[bytes, str], *, only: Positions | None = None) -> None:
        self._store, self._decks, self._only = store, decks, only
        self._order = {file: number for number, file in enumerate(decks)}
        self._days: dict[str, date] = {}

    def places(self, day: date, *, new: int, each: bool = False) -> list[Place]:
        """Of the places of all cards those that matter on a study day, in deck order.

        They are those answered on the day, those due, and the first new ones, until they are of `new` notes
        that are not among the others: in all, or of `each` deck. `plan` makes of them what it makes of all.
        """
        done: list[_Row] = self._store.all(_ANSWERED, (day.isoformat(), day.isoformat()))
        answered = {row[2] for row in done}
        found = list(
            self._places((row for row in self._due(day, until=day) if row[2] not in answered), False)
        )
        found += self._places(done, True)
        taken = {place.note for _, _, place in found if place.answered_today or not place.set_aside}
        left = new
        for number, file in enumerate(self._decks):
            left = new if each else left
            for position, place in self._new(file, day, notes=left, taken=taken, but=answered):
                found.append((number, position, place))
                left -= place.note not in taken
                taken.add(place.note)
        return [place for _, _, place in sorted(found, key=itemgetter(0, 1))]

    def due_later(self, day: date, until: date) -> list[date]:
        """The due day of every card that comes back after a day, up to another.

        Those that are set aside on the first are left out.
        """
        rows = self._due(day, after=day.isoformat(), until=until)
        rows = [row for row in rows if not row[6] and self._is_wanted(row[0], row[1])]
        return [date.fromisoformat(row[5] or "") for row in rows]

    def _due(self, day: date, *, until: date, after: str = "") -> list[_Row]:
        """The cards that come back after a day, up to another, and whether they are set aside on `day`."""
        values = (day.isoformat(), after, until.isoformat(), *self._decks)
        if len(values) > _MOST:
            rows = self._store.all(f"{_DUE} (SELECT key FROM deck_file)", values[:3])
            return [row for row in rows if row[0] in self._order]
        return self._store.all(f"{_DUE} ({', '.join('?' * len(self._decks))})", values)

    def _new(
        self, file: bytes, day: date, *, notes: int, taken: set[str], but: set[str]
    ) -> Iterator[tuple[int, Place]]:
        """The new cards of a file that are not set aside, until they are of so many notes not taken."""
        if self._only is not None and file not in self._only:
            return
        values: dict[str, object] = {"file": file, "day": day.isoformat()}
        after, met, part = -1, set[str](), _PART
        while notes > len(met) and (rows := self._store.all(_NEW, values | {"after": after, "part": part})):
            part = part if self._only is None else 2 * part
            for after, card, note, aside in rows:
                if len(met) == notes:
                    break
                if not aside and card not in but and self._is_wanted(file, after):
                    met |= {note} - taken
                    yield after, Place(card, note, self._decks[file], False, None, False, False)

    def _is_wanted(self, file: bytes, position: int) -> bool:
        return self._only is None or position in self._only.get(file, ())

    def _places(self, rows: Iterable[_Row], answered: bool) -> Iterator[tuple[int, int, Place]]:
        """The places of cards, each after the number of its deck and its position there."""
        for file, position, card, note, phase, due, aside in rows:
            if (number := self._order.get(file)) is None or not self._is_wanted(file, position):
                continue
            due = due or ""
            if (due_day := self._days.get(due)) is None and due:
                due_day = self._days[due] = date.fromisoformat(due)
            yield (
                number,
                position,
                Place(card, note, self._decks[file], phase in _IN_STEPS, due_day, aside == 1, answered),
            )
