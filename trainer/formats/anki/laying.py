"""Our notes laid out for Anki: which note type, what stands in which field, which card at which `ord`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from trainer.core.deck import Card, Citation
from trainer.core.options import on_offer
from trainer.core.partial_date import in_words
from trainer.core.prompt import (
    PAIRED,
    AnswerForm,
    Arrange,
    Choose,
    Items,
    Pair,
    Reveal,
    TypeIn,
    accepted,
)
from trainer.core.question import many
from trainer.core.questions.cloze import Cloze
from trainer.formats.anki.as_html import html, in_hole, listed, sources, table_of
from trainer.formats.anki.note_types import ACCOUNTS, NOTE_TYPES, ROLES, part_fields
from trainer.formats.anki.origin import Origin, packed

_MOST_HOLES = 500
"""The highest number of a hole in Anki."""

_REVERSED = ("forward", "backward")


class Laid(NamedTuple):
    """A note for Anki; `name` tells it from all others. `cards` are ours by their `ord`."""

    name: str
    type: str
    fields: tuple[str, ...]
    cards: Mapping[int, Card]


class _Draft(NamedTuple):
    """A note in the making: its own fields by name, and the cards that stand at each `ord`."""

    type: str
    own: Mapping[str, str]
    cards: Mapping[int, Card]
    name: str = ""


class Layout:
    """Lays out the notes of a deck; what many notes cite is written once."""

    def __init__(self) -> None:
        self._sources: dict[tuple[tuple[str, int], ...], str] = {}

    def notes(self, cards: Sequence[Card], fields: str) -> Iterator[Laid]:
        """A note of ours, of its cards and its fields as JSON, as one note for Anki.

        A card for which the note type has no place, as one that is shared by several notes, is a note of its
        own. The first of them holds the fields.
        """
        for draft in _drafts(cards, fields):
            first = cards[0]
            note = f"{first.deck}/{first.note}"
            seen = self._seen(draft)
            at = [draft.cards[ord].key if ord in draft.cards else "" for ord in range(max(draft.cards) + 1)]
            origin = Origin(first.deck, first.note, first.type, tuple(at))
            yield Laid(
                name=f"{note}/{draft.name}" if draft.name else note,
                type=draft.type,
                fields=(*seen, packed(origin, seen, fields=fields)),
                cards=draft.cards,
            )
            fields = ""

    def _seen(self, draft: _Draft) -> list[str]:
        """What stands in the fields of a note before the hidden one."""
        cards = [*draft.cards.values()]
        first = cards[0]
        texts = dict(draft.own)
        texts["Hint"], texts["Quote"], texts["Speaker"] = map(html, (first.hint, first.quote, first.speaker))
        texts["As of"] = html(in_words(next((card.as_of for card in cards if card.as_of), "")))
        texts["Explanation"] = html(_joined([card.explanation for card in cards]))
        texts["Sources"] = self._told(cards)
        return [texts.get(name, "") for name in NOTE_TYPES[draft.type].fields[:-1]]

    def _told(self, cards: Sequence[Card]) -> str:
        cited: Sequence[Citation] = cards[0].sources
        if len(cards) > 1:
            cited = [*dict.fromkeys(each for card in cards for each in card.sources)]
        key = tuple((each.source.id, each.paragraph) for each in cited)
        if key not in self._sources:
            self._sources[key] = sources(cited)
        return self._sources[key]


def _joined(texts: Sequence[str]) -> str:
    """What is told after the cards of a note, each part of it once."""
    if len(texts) == 1 or len({*texts}) == 1:
        return texts[0]
    return "\n\n".join(dict.fromkeys(part for text in texts for part in text.split("\n\n") if part))


def _drafts(cards: Sequence[Card], fields: str) -> Iterator[_Draft]:
    """The note with the cards that belong together, if there are such, then each of the others."""
    own = [card for card in cards if not card.shared]
    together = _TOGETHER.get(cards[0].type)
    if together is None:
        together = _alone if len(own) == 1 else None
    draft = together(own, fields) if together and own else None
    if draft is not None and draft.cards:
        yield draft
    taken = {card.key for card in draft.cards.values()} if draft else set()
    for card in cards:
        if card.key not in taken:
            yield _single(card, _kind_of(card.prompt.form), name=card.key)


def _alone(cards: Sequence[Card], fields: str) -> _Draft:
    (card,) = cards
    kind = card.type if card.type in NOTE_TYPES else _kind_of(card.prompt.form)
    return _single(card, kind)


def _single(card: Card, kind: str, *, name: str = "") -> _Draft:
    """A card as a note of its own."""
    form = card.prompt.form
    texts = {"Question": html(card.prompt.question), "Answer": answer(form)}
    if isinstance(form, TypeIn):
        texts["Also right"] = html(" · ".join(accepted(form)[1:]))
    elif not isinstance(form, Reveal):
        texts["Options"] = _options(card)
    return _Draft(kind, texts, {0: card}, name)


def _kind_of(form: AnswerForm) -> str:
    """The note type for a card that is asked in a form."""
    match form:
        case Choose():
            return "choice"
        case Arrange():
            return "order"
        case Pair():
            return "match"
        case TypeIn(expected=Items()):
            return "list"
        case TypeIn():
            return "typed"
    return "basic"


def answer(form: AnswerForm) -> str:
    """The answer as HTML: a list where it has parts, numbered where they have an order."""
    match form:
        case Reveal(points=points) if points:
            return listed(points)
        case TypeIn(expected=Items(items=items)):
            return listed(item.answer for item in items)
        case Arrange(items=things):
            return listed(things, numbered=True)
        case Choose(answers=answers, several=True):
            return listed(answers)
        case Pair(pairs=pairs):
            return listed(f"{left}{PAIRED}{right}" for left, right in pairs)
    return html(form.answer)


def _options(card: Card) -> str:
    """What there is to choose from, or to bring in order: shuffled, and always in the same way."""
    form = card.prompt.form
    if isinstance(form, Choose) and form.order:
        return ""
    offered = listed(on_offer(form, seed=card.id))
    return f"{listed(left for left, _ in form.pairs)}<hr>{offered}" if isinstance(form, Pair) else offered


def _reversed(cards: Sequence[Card], fields: str) -> _Draft:
    sides = {_REVERSED.index(card.key): card for card in cards if card.key in _REVERSED}
    texts = {"Front": "", "Back": ""}
    for card in sides.values():
        front, back = ("Front", "Back") if card.key == _REVERSED[0] else ("Back", "Front")
        texts |= {front: html(card.prompt.question), back: answer(card.prompt.form)}
    return _Draft("reversed", texts, sides)


def _cloze(cards: Sequence[Card], fields: str) -> _Draft:
    """The text with holes as Anki has them; a number that is too high for Anki takes one that is free."""
    text = _values(fields).get("text", "")
    holes = Cloze(text=text).holes()
    numbers = {hole.number: hole.number for hole in holes if hole.number <= _MOST_HOLES}
    free = (number for number in range(1, _MOST_HOLES + 1) if number not in numbers)
    for hole in holes:
        if hole.number not in numbers and (number := next(free, 0)):
            numbers[hole.number] = number
    parts: list[str] = []
    end = 0
    for hole in holes:
        hidden, hint = in_hole(hole.hidden), in_hole(hole.hint)
        inside = f"{hidden}::{hint}" if hint else hidden
        number = numbers.get(hole.number, 0)
        parts += (html(text[end : hole.start]), f"{{{{c{number}::{inside}}}}}" if number else hidden)
        end = hole.end
    whole = "".join((*parts, html(text[end:])))
    by_key = {f"c{number}": at - 1 for number, at in numbers.items()}
    return _Draft("cloze", {"Text": whole}, {by_key[card.key]: card for card in cards if card.key in by_key})


def _event(cards: Sequence[Card], fields: str) -> _Draft:
    values = _values(fields)
    deed = " ".join((*many(values.get("who", ())), values.get("did", ""), *many(values.get("whom", ()))))
    parts = {card.key: card for card in cards if card.key in ROLES}
    return _several("event", {"Event": html(values.get("what") or deed)}, parts, ROLES)


def _accounts(cards: Sequence[Card], fields: str) -> _Draft:
    says = iter(ACCOUNTS)
    parts = {card.key if card.key in ACCOUNTS else next(says): card for card in cards}
    first = {"Question": html(_values(fields).get("question", "")), "Accounts": table_of(cards[0].accounts)}
    return _several("accounts", first, parts, ACCOUNTS)


def _several(kind: str, first: Mapping[str, str], parts: Mapping[str, Card], places: Sequence[str]) -> _Draft:
    texts = dict(first)
    for part, card in parts.items():
        question, told = part_fields(part)
        texts |= {question: html(card.prompt.question), told: answer(card.prompt.form)}
    return _Draft(kind, texts, {places.index(part): parts[part] for part in places if part in parts})


def _values(fields: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(fields)
    return values


_TOGETHER: Mapping[str, Callable[[Sequence[Card], str], _Draft]] = {
    "reversed": _reversed,
    "cloze": _cloze,
    "event": _event,
    "accounts": _accounts,
}
"""The types whose cards make one note in Anki."""
