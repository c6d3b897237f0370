"""Decks as they can be handed out: their notes as written, and their cards as they can be printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from trainer.core.deck import Card
from trainer.core.options import occasion, on_offer
from trainer.core.partial_date import in_words
from trainer.core.progress import Advance, unseen
from trainer.core.prompt import AnswerForm, Arrange, Choose, Items, Pair, Reveal, TypeIn, accepted
from trainer.core.wording import cited_sources
from trainer.errors import DecksError
from trainer.formats.written import Side, WrittenDeck, WrittenNote, texts

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.core.form import Value
    from trainer.core.session import Selection
    from trainer.deckfiles.reader import Reading

SEVERAL = "Several decks"
_EVENT = "event"


def written_deck(collection: Collection, selection: Selection, *, advance: Advance = unseen) -> WrittenDeck:
    """The notes asked for, with what their decks say of themselves; several decks become one.

    Then each note has the tags of its deck and its title as a tag, and ids that decks share are made apart.
    A note is asked for if one of its cards is. Raises DecksError where a deck cannot be read any more.
    """
    decks = list(_decks(collection, selection, advance))
    if not decks:
        raise DecksError("there is no deck to export")
    return decks[0][1] if len(decks) == 1 else _joined(decks)


def side_of(card: Card, *, where: str = "") -> Side:
    """A card as it can be printed."""
    form = card.prompt.form
    said = [f"{account.by} says: {account.says}" for account in card.accounts]
    urls = dict.fromkeys(each.source.url for each in card.sources if each.source.url)
    return Side(
        question=card.prompt.question,
        answer=_answer(form),
        options=_options(card),
        hint=card.hint,
        explanation="\n".join(filter(None, (card.explanation, *said))),
        as_of=in_words(card.as_of),
        quote=f"“{card.quote}”" + (f" — {card.speaker}" if card.speaker else "") if card.quote else "",
        sources=tuple(cited_sources(card.sources)),
        urls=tuple(urls),
        where=where,
    )


def _decks(
    collection: Collection, selection: Selection, advance: Advance
) -> Iterator[tuple[str, WrittenDeck]]:
    """The decks asked for, each with its id, in their order."""
    from trainer.deckfiles import folder
    from trainer.deckfiles.reader import read_decks

    among: dict[str, set[str]] = {}
    for card in collection.selected(selection):
        among.setdefault(card.deck, set()).add(card.note)
    files = [
        file for file in folder.find(collection.places.decks) if file.deck in among and not file.file.failure
    ]
    for done, file in enumerate(files):
        advance(done, len(files))
        (reading,) = read_decks([file], keep=True)
        if reading.deck is None:
            raise DecksError(f"{file.file.path} cannot be read any more", hint="`trainer check` says why")
        yield file.deck, _written(reading, among[file.deck])
    advance(1, 1)


def _written(reading: Reading, among: set[str]) -> WrittenDeck:
    from trainer.deckfiles.shapes import plain

    assert reading.deck is not None and reading.kept is not None
    cards: dict[str, list[Side]] = {}
    for card in reading.deck.cards:
        if not card.superseded_by:
            cards.setdefault(card.note, []).append(side_of(card, where=reading.deck.title))
    notes: list[WrittenNote] = []
    for note in reading.kept.notes:
        fields = plain(note.node)
        if note.id in among and isinstance(fields, Mapping):
            notes.append(WrittenNote(fields=fields, cards=tuple(cards.get(note.id, ()))))
    deck = reading.deck
    return WrittenDeck(title=deck.title, description=deck.description, tags=deck.tags, notes=notes)


def _joined(decks: Sequence[tuple[str, WrittenDeck]]) -> WrittenDeck:
    """Several decks as one."""
    from trainer.formats.model import as_tag

    seen: set[str] = set()
    notes: list[WrittenNote] = []
    for name, deck in decks:
        own = {str(note.fields.get("id", "")) for note in deck.notes} - {""}
        other = {each: f"{name.replace('/', '-')}-{each}" for each in own & seen}
        seen |= own | set(other.values())
        tags = (*deck.tags, as_tag(deck.title))
        notes += [replace(note, fields=_apart(note.fields, other, tags)) for note in deck.notes]
    told = "; ".join(deck.title for _, deck in decks)
    return WrittenDeck(title=SEVERAL, description=told, notes=notes)


def _apart(fields: Mapping[str, Value], other: Mapping[str, str], tags: Iterable[str]) -> dict[str, Value]:
    """The fields of a note with other ids where it has or names them, and with more tags."""
    naming = ("id", "superseded_by", *(["answers"] if fields.get("type") == _EVENT else []))
    made = {
        name: other.get(value, value) if name in naming and isinstance(value, str) else value
        for name, value in fields.items()
    }
    return made | {"tags": list(dict.fromkeys((*texts(made.get("tags", ())), *tags)))}


def _answer(form: AnswerForm) -> str:
    """The answer, a line for each of its parts."""
    match form:
        case Arrange():
            return "\n".join(f"{number}. {item}" for number, item in enumerate(form.items, start=1))
        case Pair():
            return "\n".join(f"{left} — {right}" for left, right in form.pairs)
        case Choose():
            return "\n".join(form.answers)
        case TypeIn(expected=Items() as expected):
            return "\n".join(item.answer for item in expected.items)
        case Reveal(points=(_, *_)):
            return form.answer
    first, *others = accepted(form)
    return f"{first}\nor: {' · '.join(others)}" if others else first


def _options(card: Card) -> tuple[str, ...]:
    """What is there to choose from, to put in order, or to be found for left sides."""
    form = card.prompt.form
    offered = on_offer(form, seed=occasion(card.id, None))
    if isinstance(form, Pair):
        return (*(f"{left} — …" for left, _ in form.pairs), f"… {' · '.join(dict.fromkeys(offered))}")
    return offered
