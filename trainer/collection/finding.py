"""What is meant by the decks, tags, sources and names that somebody writes, and which cards have them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from trainer.errors import DecksError
from trainer.storage.deck_index import DeckIndex, IndexedDeck

if TYPE_CHECKING:
    from trainer.core.session import Selection
    from trainer.storage.askable import Askable, Positions

_Thing = TypeVar("_Thing")

_MOST_TOLD = 6
_NOTHING = "an empty text"


class SeveralError(DecksError):
    """What was written fits several things."""


def only_one(
    wanted: str,
    among: Sequence[_Thing],
    *,
    kind: str,
    called: Callable[[_Thing], str],
    told: Callable[[_Thing], str],
) -> _Thing:
    """The thing meant by its id, or by a part of what is told of it that fits one only.

    `kind` says what it is. Raises DecksError, and SeveralError where several fit.
    """
    plain = wanted.casefold()
    exact = [thing for thing in among if called(thing).casefold() == plain]
    fitting = exact or [thing for thing in among if plain in told(thing).casefold()]
    if len(fitting) == 1:
        return fitting[0]
    from trainer.core.wording import some_of

    hint = f"{kind}s: {some_of(map(called, fitting or among), near=wanted)}"
    if fitting:
        raise SeveralError(f"{wanted}: fits several {kind}s", hint=hint)
    raise DecksError(f"{wanted}: no such {kind}", hint=hint)


class Finding:
    """Finds in the decks that can be studied. What fits nothing or several raises DecksError with a hint."""

    def __init__(self, index: DeckIndex, askable: Askable, decks: Sequence[IndexedDeck]) -> None:
        self._index, self._askable, self._decks = index, askable, decks

    def decks(self, wanted: Iterable[str]) -> list[IndexedDeck]:
        """The decks asked for by id, or by a part of id or title that fits one deck only."""
        chosen: dict[bytes, IndexedDeck] = {}
        for name in wanted:
            found = only_one(
                name,
                self._decks,
                kind="deck",
                called=lambda deck: deck.deck,
                told=lambda deck: f"{deck.deck}\n{deck.title}",
            )
            chosen[found.key] = found
        return list(chosen.values())

    def files(self, wanted: Iterable[str]) -> list[bytes]:
        """The files of the decks asked for, or of all."""
        return [deck.key for deck in self.decks(wanted) or self._decks]

    def meant(self, selection: Selection) -> Selection:
        """The selection with its decks, sources and names as they are called in the decks."""
        if not selection.decks and not selection.filters:
            return selection
        decks = self.decks(selection.decks)
        files = [deck.key for deck in decks or self._decks]
        return replace(
            selection,
            decks=tuple(deck.deck for deck in decks),
            tags=self._tags(files, selection.tags),
            sources=_each_once(self.source(files, wanted) for wanted in selection.sources),
            names=_each_once(self.name(files, wanted) for wanted in selection.names),
        )

    def fitting(self, selection: Selection) -> set[str] | None:
        """The ids of the cards that have what the selection, as meant, asks for; None if that is nothing."""
        if not selection.filters:
            return None
        files = self.files(selection.decks)
        sets = [self._index.having(files, kind, values) for kind, values in selection.filters.items()]
        found = set.intersection(*sets)
        if not found:
            raise _none_is(selection)
        return found

    def positions(self, selection: Selection) -> Positions | None:
        """The places of the cards that the selection, as meant, asks for; None if it asks for whole decks."""
        files = self.files(selection.decks)
        named = self._askable.of(files, selection.cards) if selection.cards else None
        if not selection.filters:
            return named
        found = self._askable.having(files, selection.filters)
        if not found:
            raise _none_is(selection)
        if named is None:
            return found
        return {file: both for file, own in found.items() if (both := own & named.get(file, frozenset()))}

    def wanted(self, selection: Selection) -> frozenset[str] | None:
        """The ids of the cards that a selection asks for; None where it asks for all there ever were."""
        if not (selection.decks or selection.cards or selection.filters):
            return None
        meant = self.meant(selection)
        found = self.fitting(meant)
        if found is None:
            found = {*self._index.ids(self.files(meant.decks))}
        return frozenset(found & {*meant.cards} if meant.cards else found)

    def name(self, files: Iterable[bytes], wanted: str) -> str:
        """The name that is meant by any spelling of it, or by a part that one name only has."""
        from trainer.core.normalise import normalise

        spelt, plain = self._index.spelt(files), normalise(wanted)
        known = spelt.get(plain, [])
        exact = [name for name in known if name == wanted] or known
        parts = (name for spelling, names in spelt.items() if plain and plain in spelling for name in names)
        fitting = exact or _each_once(parts)
        if len(fitting) == 1:
            return fitting[0]
        close = [name for spelling in _close(plain, spelt) for name in spelt[spelling]]
        raise _refused(wanted, "name", fitting=fitting, close=close)

    def source(self, files: Sequence[bytes], wanted: str) -> str:
        """The source, as `article` or `article#paragraph`, meant by a part of id, title or publisher."""
        cited = dict(self._index.facets(files, "source"))
        if wanted in cited:
            return wanted
        article, mark, paragraph = wanted.partition("#")
        known = self._index.sources(files)
        plain = article.casefold()
        exact = [source.id for source in known if plain == source.id.casefold()]
        fitting = exact or [
            source.id
            for source in known
            if plain and plain in f"{source.id}\n{source.title}\n{source.called}".casefold()
        ]
        if len(fitting) != 1:
            by_text = {text.casefold(): source.id for source in known for text in (source.called, source.id)}
            close = [by_text[text] for text in _close(plain, by_text)]
            raise _refused(wanted, "source", fitting=fitting, close=close)
        found = f"{fitting[0]}{mark}{paragraph}"
        if found not in cited:
            numbers = [value.partition("#")[2] for value in cited if value.startswith(f"{fitting[0]}#")]
            told = ", ".join(sorted(numbers, key=lambda number: (len(number), number)))
            hint = f"cited are the paragraphs {told}" if told else "it is cited as a whole only"
            raise DecksError(f"{wanted}: no card cites that paragraph", hint=hint)
        return found

    def _tags(self, files: Sequence[bytes], wanted: tuple[str, ...]) -> tuple[str, ...]:
        """The tags as they are; some card must have each of them."""
        known = dict(self._index.facets(files, "tag")) if wanted else {}
        for tag in wanted:
            if tag not in known:
                raise _refused(tag, "tag", fitting=(), close=_close(tag, known))
        return wanted


def _none_is(selection: Selection) -> DecksError:
    hint = "`trainer list --json` shows what they have"
    return DecksError(f"no card is {selection.in_words}", hint=hint)


def _refused(wanted: str, kind: str, *, fitting: Sequence[str], close: Sequence[str]) -> DecksError:
    if fitting:
        more = ", …" if len(fitting) > _MOST_TOLD else ""
        hint = f"{', '.join(fitting[:_MOST_TOLD])}{more}"
        return DecksError(f"{wanted or _NOTHING}: fits several {kind}s", hint=hint)
    said = f"no card has such a {kind}" if kind == "tag" else f"no such {kind} in these decks"
    meant = _each_once(close)
    hint = f"did you mean {' or '.join(meant)}?" if meant else "`trainer list --json` shows them"
    return DecksError(f"{wanted or _NOTHING}: {said}", hint=hint)


def _close(wanted: str, known: Iterable[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(wanted, list(known), n=3)


def _each_once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
