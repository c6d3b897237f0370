"""Entries of names.yaml and sources.yaml that serve no card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from trainer.core.craft import Entry, Finding, Place, Rule, Shelf
from trainer.core.deck import Card, Name, Source
from trainer.core.names import Names
from trainer.core.prompt import Choose


class UnusedName(Rule):
    """A name of `names.yaml` that no card mentions, and that could be no distractor for any.

    It may be left over from a note that is gone, or mean somebody whom the cards spell in another way. A name
    of a kind that is asked for is in use: it is drawn as a wrong option. Told only where a folder is checked
    as a whole, without errors.

    Bad:

        # names.yaml
        narendra-modi:
          name: Narendra Modi
          kind: guest
        # sources.yaml
        ambassador-recall: {title: Armenia recalls ambassador from Belarus amid rising tension with Russia}
        # deck.yaml
        title: A deck
        notes:
          - {id: recall, question: Whom did Armenia recall in June 2024?, answer: Its ambassador.,
             source: ambassador-recall#2}

    Good:

        # names.yaml
        minsk:
          name: Minsk
          kind: city
        # sources.yaml
        ambassador-recall: {title: Armenia recalls ambassador from Belarus amid rising tension with Russia}
        # deck.yaml
        title: A deck
        notes:
          - {id: recall, question: Whom did Armenia recall from Minsk in June 2024?, answer: Its ambassador.,
             source: ambassador-recall#2}
    """

    code: ClassVar[str] = "unused-name"
    needs_all: ClassVar[bool] = True

    def across(self, shelf: Shelf) -> Iterator[tuple[Place, Finding]]:
        """A finding for each entry in no use."""
        names = [(each, each.entry) for each in shelf.entries if isinstance(each.entry, Name)]
        used: set[str] = set()
        kinds: set[str] = set()
        offered: dict[Names, set[str]] = {}
        for seen in shelf.notes if names else ():
            for card in seen.cards:
                used.update(card.names)
                offered.setdefault(seen.names, set()).update(_options(card))
                answer = seen.names.find(card.prompt.form.answer)
                kinds.update((answer.kind,) if answer else ())
        for known, options in offered.items():
            for text in options:
                used.update(known.mentioned(text))
        for each, name in names:
            if name.name not in used and name.kind not in kinds:
                yield each.place, Finding(message=f"no card has anything to do with {name.name!r}")


class UnusedSource(Rule):
    """A source of `sources.yaml` that no note cites.

    Delete the entry, or make the cards that it was meant for. Told only where a folder is checked as a whole,
    without errors.

    Bad:

        # sources.yaml
        ambassador-recall: {title: Armenia recalls ambassador from Belarus amid rising tension with Russia}
        de-facto-frozen: {title: Armenia's Ties With Russia-Led Alliance Are 'De Facto' Frozen}
        # deck.yaml
        title: A deck
        notes:
          - {id: recall, question: Whom did Armenia recall in June 2024?, answer: Its ambassador.,
             source: ambassador-recall#2}

    Good:

        # sources.yaml
        ambassador-recall: {title: Armenia recalls ambassador from Belarus amid rising tension with Russia}
        # deck.yaml
        title: A deck
        notes:
          - {id: recall, question: Whom did Armenia recall in June 2024?, answer: Its ambassador.,
             source: ambassador-recall#2}
    """

    code: ClassVar[str] = "unused-source"
    needs_all: ClassVar[bool] = True

    def across(self, shelf: Shelf) -> Iterator[tuple[Place, Finding]]:
        """A finding for each entry that is not cited."""
        sources: list[tuple[Entry, Source]] = [
            (each, each.entry) for each in shelf.entries if isinstance(each.entry, Source)
        ]
        cited = {cited.partition("#")[0] for seen in shelf.notes for cited in seen.note.cited()}
        for each, source in sources:
            if source.id not in cited:
                yield each.place, Finding(message=f"no note cites {source.id!r}")


def _options(card: Card) -> Iterator[str]:
    for form in (card.prompt.form, *card.also):
        if isinstance(form, Choose):
            yield from form.distractors
