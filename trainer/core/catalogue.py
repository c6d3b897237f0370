"""All cards, a light row each: filtered, sorted, and how they stand in words.

Rows are many, 100,000 and more, so they are named tuples, and dates stay texts until they are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from trainer.core.fsrs6 import Curve

STATES = ("due", "new", "learning", "review", "suspended", "buried", "superseded")
"""What cards can be filtered by; `due` are those in learning or review whose day has come."""

ASKED = ("new", "learning", "review")
"""The states of cards that are not set aside."""

Column = Literal["", "question", "deck", "type", "state", "due", "known", "lapses"]

COLUMNS: tuple[Column, ...] = ("", "due", "known", "lapses", "question", "deck", "type", "state")
"""What rows can be sorted by, in the order in which a key goes through them; "" is the order of the decks."""


class Row(NamedTuple):
    """A card: what it asks, and how it stands.

    `state` is `new`, `learning`, `review`, `suspended`, `buried` (for today) or `superseded`. `due` and
    `last` are study days as ISO text, and `stability` is in days; they are "" and 0 for a card without a
    memory state.
    """

    id: str
    deck: str
    type: str
    question: str
    answer: str
    state: str
    due: str
    stability: float
    last: str
    reps: int
    lapses: int
    flagged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which cards are wanted: of each of the fields that are given, a card has one.

    `tags`, `sources` and `names` are as in the decks; `lapses` is the least number of lapses, 0 for any;
    `words` are what is searched for.
    """

    decks: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    flagged: bool = False
    lapses: int = 0
    words: str = ""

    @property
    def facets(self) -> dict[str, tuple[str, ...]]:
        """What rows do not tell, by its kind, as far as it is asked for."""
        kinds = {"tag": self.tags, "source": self.sources, "name": self.names}
        return {kind: values for kind, values in kinds.items() if values}


def is_due(row: Row, today: str) -> bool:
    """Whether a card is in learning or review, and its day has come."""
    return row.state in ("learning", "review") and row.due <= today


def filtered(
    rows: Sequence[Row],
    order: Iterable[int],
    wanted: Filter,
    *,
    day: date,
    having: Collection[Collection[str]] = (),
) -> list[int]:
    """The places in `rows` of the cards that are wanted, in the order given.

    `having` are the ids of the cards that have what each of the `facets` asks for.
    """
    found, today = list(order), day.isoformat()
    for field, values in (("deck", wanted.decks), ("type", wanted.types)):
        if values:
            at, among = Row._fields.index(field), frozenset(values)
            found = [place for place in found if rows[place][at] in among]
    if wanted.states:
        states = frozenset(wanted.states)
        found = [
            place
            for place in found
            if rows[place].state in states or ("due" in states and is_due(rows[place], today))
        ]
    if wanted.flagged:
        found = [place for place in found if rows[place].flagged]
    if wanted.lapses:
        found = [place for place in found if rows[place].lapses >= wanted.lapses]
    for ids in having:
        found = [place for place in found if rows[place].id in ids]
    return found


def ordered(
    rows: Sequence[Row], column: Column, *, known: Known, titles: Mapping[str, str], reverse: bool = False
) -> list[int]:
    """The places in `rows`, sorted by a column; what is equal stays as it is.

    Least known and most lapsed come first, cards without a due day or a memory last; `titles` are the
    decks' by their ids.
    """
    places = range(len(rows))
    if not column:
        return list(reversed(places) if reverse else places)
    keys = _keys(rows, column, known=known, titles=titles)
    return sorted(places, key=keys.__getitem__, reverse=reverse)


def _keys(rows: Sequence[Row], column: Column, *, known: Known, titles: Mapping[str, str]) -> Sequence[Any]:
    match column:
        case "deck":
            return [titles.get(row.deck, row.deck).casefold() for row in rows]
        case "state":
            places = {state: place for place, state in enumerate(STATES)}
            return [places[row.state] for row in rows]
        case "due":
            return [(row.state not in ASKED, row.due or "~") for row in rows]
        case "known":
            return [2.0 if (share := known.of(row)) is None else share for row in rows]
        case "lapses":
            return [-row.lapses for row in rows]
        case "type":
            return [row.type for row in rows]
    return [row.question.casefold() for row in rows]


class Known:
    """How well cards are known on a day, from 0 to 1."""

    def __init__(self, day: date, curve: Curve | None = None) -> None:
        self.day = day
        self._curve = curve or Curve()
        self._ago: dict[str, int] = {}

    def of(self, row: Row) -> float | None:
        """The retrievability of a card; None without a memory state."""
        if not row.last:
            return None
        days = self._ago.get(row.last)
        if days is None:
            days = self._ago[row.last] = max(0, (self.day - date.fromisoformat(row.last)).days)
        return self._curve.recall(row.stability, days)


def due_in_words(row: Row, day: date) -> str:
    """When a card comes: `today`, `3d late`, `4d`, `2.1mo`, `1.5y`; nothing if it does not."""
    if not row.due or row.state not in ("learning", "review"):
        return ""
    days = (date.fromisoformat(row.due) - day).days
    if days == 0:
        return "today"
    late = " late" if days < 0 else ""
    days = abs(days)
    if days < 31:
        return f"{days}d{late}"
    return (f"{days / 30.44:.1f}mo" if days < 365 else f"{days / 365.25:.1f}y") + late


def counted(rows: Iterable[Row], field: Literal["deck", "type"]) -> dict[str, int]:
    """How many cards each deck or type has, in the order in which they first come."""
    of = attrgetter(field)
    return dict(Counter(map(of, rows)))


def counted_states(rows: Iterable[Row], *, day: date) -> dict[str, int]:
    """How many cards are in each of the `STATES`."""
    counts, today = dict.fromkeys(STATES, 0), day.isoformat()
    for row in rows:
        counts[row.state] += 1
        counts["due"] += is_due(row, today)
    return counts
