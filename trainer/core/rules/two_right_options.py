"""Distractors that are right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar

from trainer.core.craft import Finding, Place, Rule, Seen, Shelf, contains, words_of
from trainer.core.deck import Card
from trainer.core.normalise import normalise
from trainer.core.prompt import Arrange, Choose, Pair

_ANOTHER = {
    "acting",
    "former",
    "deputy",
    "vice",
    "ex",
    "not",
    "non",
    "no",
    "never",
    "first",
    "second",
    "last",
}


class TwoRightOptions(Rule):
    """One of the wrong options is right as well.

    It is right because it is a part of the right answer, or because another card with the same question has
    it as its answer. Whoever picks it knows the fact and is told that they do not.

    Bad:

        - id: where-vow-was-made
          type: choice
          question: Before which body did Pashinyan vow in June 2024 to stay away from Belarus?
          answer: the parliament of Armenia
          distractors: [the parliament, a CSTO summit, a crowd of protesters]
          source: ambassador-recall#3

    Good:

        - id: where-vow-was-made
          type: choice
          question: Before which body did Pashinyan vow in June 2024 to stay away from Belarus?
          answer: the parliament of Armenia
          distractors: [a CSTO summit, a crowd of protesters, a congress of his party]
          source: ambassador-recall#3
    """

    code: ClassVar[str] = "two-right-options"
    needs_all: ClassVar[bool] = True

    def of_note(self, seen: Seen) -> Iterator[Finding]:
        """A finding for each distractor that the right answer contains."""
        for where, option in seen.distractors:
            for _, answer in seen.right:
                more = {*words_of(answer)} - {*words_of(option)}
                if more and not more & _ANOTHER and contains(answer, option) and not _is_count(option):
                    message = f"the distractor {option!r} is a part of the right answer {answer!r}"
                    yield Finding(message=message, where=where)
                    break

    def across(self, shelf: Shelf) -> Iterator[tuple[Place, Finding]]:
        """A finding for each distractor that is right by another card of the same question."""
        right: dict[str, dict[str, Card]] = defaultdict(dict)
        for _, card in shelf.cards:
            if not isinstance(card.prompt.form, Arrange | Pair) and not card.accounts and not card.shared:
                same = normalise(card.prompt.question)
                right[same].setdefault(normalise(card.prompt.form.answer), card)
        for seen, card in shelf.cards:
            others = right[normalise(card.prompt.question)]
            for option in _options(card) if len(others) > 1 else ():
                other = others.get(normalise(option))
                if other and (other.deck, other.note) != (card.deck, card.note):
                    message = f"the option {option!r} is the answer of {other.id}, which asks the same"
                    yield seen.place, Finding(message=message, where=seen.asked_at(card))
                    break


def _options(card: Card) -> Iterator[str]:
    for form in (card.prompt.form, *card.also):
        if isinstance(form, Choose) and not card.shared and not card.accounts and not form.order:
            yield from form.distractors


def _is_count(text: str) -> bool:
    """Whether a text is a number, of which a part is another number."""
    return any(character.isdigit() for character in text)
