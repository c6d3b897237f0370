"""What cards can be filtered by on the screen, what there is to choose, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from trainer.core.catalogue import Filter, counted, counted_states
from trainer.tui.screens.pick import Choice
from trainer.tui.widgets.browse_lines import Chip

if TYPE_CHECKING:
    from trainer.collection.browsing import Browsing
    from trainer.core.listing import Listing

Word = Literal["deck", "type", "state", "tag", "source", "name"]

_FLAGGED, _LEECH = "flagged", "leech"


class Kind(NamedTuple):
    """Something to filter by: its word, its key, and the name of its action."""

    word: Word
    key: str

    @property
    def id(self) -> str:
        """What `keys` calls it."""
        return f"filter_{self.word}"


KINDS = (
    Kind("deck", "d"),
    Kind("type", "t"),
    Kind("state", "y"),
    Kind("tag", "g"),
    Kind("source", "r"),
    Kind("name", "n"),
)


def chosen(wanted: Filter, word: Word) -> tuple[str, ...]:
    """What is chosen of a kind."""
    match word:
        case "deck":
            return wanted.decks
        case "type":
            return wanted.types
        case "state":
            marks = ((_FLAGGED, wanted.flagged), (_LEECH, wanted.lapses))
            return (*wanted.states, *(mark for mark, is_on in marks if is_on))
    return wanted.facets.get(word, ())


def with_choice(wanted: Filter, word: Word, value: str, *, leech_lapses: int = 0) -> Filter:
    """The filter with another choice of a kind, "" for all; flagged and leeches come on top of a state."""
    values = (value,) if value else ()
    match word:
        case "deck":
            return replace(wanted, decks=values)
        case "type":
            return replace(wanted, types=values)
        case "tag":
            return replace(wanted, tags=values)
        case "source":
            return replace(wanted, sources=values)
        case "name":
            return replace(wanted, names=values)
    if value == _FLAGGED:
        return replace(wanted, flagged=not wanted.flagged)
    if value == _LEECH:
        return replace(wanted, lapses=0 if wanted.lapses else leech_lapses)
    if not value:
        return replace(wanted, states=(), flagged=False, lapses=0)
    return replace(wanted, states=values)


def choices(word: Word, browsing: Browsing, listing: Listing, *, leech_lapses: int) -> list[Choice]:
    """What there is to choose, each with the number of its cards."""
    rows = listing.rows
    match word:
        case "deck":
            found = counted(rows, "deck").items()
            return [Choice(deck, listing.titles.get(deck, deck), count) for deck, count in found]
        case "type":
            return [Choice(kind, kind, count) for kind, count in sorted(counted(rows, "type").items())]
        case "state":
            states = counted_states(rows, day=listing.day)
            states[_FLAGGED] = sum(map(bool, (row.flagged for row in rows)))
            states[_LEECH] = sum(row.lapses >= leech_lapses for row in rows)
            labels = {_LEECH: f"leech: {leech_lapses} lapses or more"}
            return [Choice(state, labels.get(state, state), count) for state, count in states.items()]
    return facet_choices(word, browsing)


def facet_choices(word: Word, browsing: Browsing) -> list[Choice]:
    """The tags, articles or names there are to choose, each with the number of its cards."""
    values = browsing.values(word)
    if word == "source":
        titles = browsing.source_titles()
        return [Choice(value, titles.get(value, value), count, beside=value) for value, count in values]
    also = browsing.spellings() if word == "name" else {}
    return [Choice(value, value, count, also.get(value, "")) for value, count in values]


def chips(listing: Listing, key_of: Callable[[str, str], str]) -> list[Chip]:
    """The filters and the order of the cards; `key_of` tells the key of an action, with its own."""
    titles: Mapping[str, str] = listing.titles
    found = [
        Chip(
            key=key_of(kind.id, kind.key),
            word=kind.word,
            value=_joined(chosen(listing.wanted, kind.word), titles if kind.word == "deck" else {}),
            action=f"filter('{kind.word}')",
        )
        for kind in KINDS
    ]
    usual = "deck order"
    order = f"{listing.column or usual}{' ▼' if listing.reverse else ''}"
    return [*found, Chip(key_of("sort", "c"), "sort", order if order != usual else "", "sort", usual)]


def _joined(values: Sequence[str], titles: Mapping[str, str]) -> str:
    return ", ".join(titles.get(value, value) for value in values)
