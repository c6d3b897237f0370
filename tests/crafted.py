"""Notes as the rules of the craft see them, without files."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from trainer.core.craft import Entry, Finding, Place, Rule, Seen, Shelf, Where
from trainer.core.deck import Card, Name, Source, Span
from trainer.core.names import Names
from trainer.core.question import Note, many
from trainer.core.questions import TYPES
from trainer.core.rules import RULES

PEOPLE = Names(
    [
        Name(id="p", name="Nikol Pashinyan", kind="person", aliases=("Pashinyan",)),
        Name(id="l", name="Alexander Lukashenko", kind="person", aliases=("Lukashenka",)),
        Name(id="a", name="Armenia", kind="country"),
        Name(id="b", name="Belarus", kind="country"),
        Name(id="r", name="Russia", kind="country"),
        Name(id="g", name="Georgia", kind="country"),
        Name(id="m", name="Minsk", kind="city"),
        Name(id="k", name="parliament of Armenia", kind="body"),
        Name(id="i", name="Interstate Council", kind="body"),
    ]
)


def note(type_: str = "basic", **fields: object) -> Note:
    """A note of a type, with a question, an answer and an id unless others are given."""
    usual = (
        {"id": "n"} if type_ not in ("basic", "typed") else {"id": "n", "question": "Who?", "answer": "me"}
    )
    made: Callable[..., Note] = TYPES[type_]
    return made(**{**usual, **fields})


def seen(of: Note, *, deck: str = "deck", names: Names = PEOPLE) -> Seen:
    """The note with its cards, as if it stood in `DECK.yaml`."""
    cards = tuple(
        Card(
            deck=deck,
            note=of.id,
            key=draft.key,
            type=of.type,
            prompt=draft.prompt,
            also=draft.also,
            span=Span(f"{deck}.yaml", 1, 1),
            accounts=draft.accounts,
            names=names.mentioned(f"{draft.prompt.question}\n{draft.prompt.form.answer}"),
            superseded_by=of.superseded_by,
        )
        for draft in of.drafts(names)
    )
    return Seen(place=Place(f"{deck}.yaml", of.id), deck=deck, note=of, cards=cards, names=names)


def shelf(
    *notes: Seen, tags: Iterable[tuple[str, tuple[str, ...]]] = (), entries: Iterable[Name | Source] = ()
) -> Shelf:
    """Notes beside each other, with the tags of decks and the entries that serve them."""
    return Shelf(
        notes=notes,
        tags={Place(path): many(each) for path, each in tags},
        entries=[Entry(place=Place("registry.yaml", each.id), entry=each) for each in entries],
    )


def rule(code: str) -> Rule:
    """The rule of a code."""
    return RULES[code]


def found(code: str, of: Note | Seen) -> list[Finding]:
    """What a rule finds in one note."""
    return [*rule(code).of_note(of if isinstance(of, Seen) else seen(of))]


def places(code: str, of: Note | Seen) -> list[Where]:
    """Where a rule finds something in one note."""
    return [finding.where for finding in found(code, of)]


def across(code: str, of: Shelf) -> list[tuple[str, str, Where]]:
    """The file, the note or entry, and the place of what a rule finds across notes."""
    return [(place.path, place.id, finding.where) for place, finding in rule(code).across(of)]
