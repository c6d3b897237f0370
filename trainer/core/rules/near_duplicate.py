"""Cards that ask the same twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from trainer.core.answers import identity
from trainer.core.craft import Finding, Place, Rule, Seen, Shelf, names_in, words_of
from trainer.core.deck import Card
from trainer.core.prompt import Arrange, Choose, Pair

_ALIKE = 0.75
"""The share of two questions' words that both have."""

_FEWEST_WORDS = 3
_MOST_COMPARED = 50
"""Questions with one answer and one word in common that each is compared with."""

_SMALL = re.compile("an?|the|of|to|in|on|at|by|for|from|with|and|or|as|is|are|was|were|be|did|does|do|it")


class NearDuplicate(Rule):
    """Two cards ask for the same answer in nearly the same words.

    Each is asked on its own days, so a fact that is known costs twice the time, and one card tells the other.
    Delete the poorer one. Cards whose questions differ in a name, a date or a number are never duplicates.

    Bad:

        - id: called-home
          question: Which country, in June 2024, called its ambassador home from Yerevan?
          answer: Belarus
          source: ambassador-recall#5
        - id: called-home-again
          question: Which country called home its ambassador from Yerevan in June 2024?
          answer: Belarus
          source: friendship-falling-apart#12

    Good:

        - id: called-home
          question: Which country, in June 2024, called its ambassador home from Yerevan?
          answer: Belarus
          source: ambassador-recall#5
        - id: called-home-from-minsk
          question: Which country, in June 2024, called its ambassador home from Minsk?
          answer: Armenia
          source: ambassador-recall#2
    """

    code: ClassVar[str] = "near-duplicate"
    needs_all: ClassVar[bool] = True

    def across(self, shelf: Shelf) -> Iterator[tuple[Place, Finding]]:
        """A finding at the later card of each pair."""
        asked = [_asked(seen, card) for seen, card in shelf.cards if _counts(card)]
        common = Counter(word for each in asked for word in each.words)
        exact: dict[tuple[str, frozenset[str]], _Asked] = {}
        by_word: dict[tuple[str, str], list[_Asked]] = defaultdict(list)
        for each in asked:
            same = (each.answer, each.words)
            twin = exact.get(same)
            if twin is None:
                rarest = sorted(each.words, key=lambda word: (common[word], word))
                # Of two sets that share so much, the first words of one meet the first words of the other.
                keys = [(each.answer, word) for word in rarest[: len(rarest) - int(_ALIKE * len(rarest)) + 1]]
                near = (
                    other for key in keys for other in by_word[key][-_MOST_COMPARED:] if _alike(each, other)
                )
                twin = next(near, None)
                exact[same] = each
                for key in keys:
                    by_word[key].append(each)
            if twin is not None and twin.seen.place != each.seen.place:
                message = f"this is nearly the question of {twin.card.id}, and has the same answer"
                yield each.seen.place, Finding(message=message, where=each.seen.asked_at(each.card))


class _Asked(NamedTuple):
    seen: Seen
    card: Card
    answer: str
    words: frozenset[str]
    marks: frozenset[str]
    """What makes it another question: names and words with digits."""


def _counts(card: Card) -> bool:
    """Whether a card asks something of its own, in words enough to be compared."""
    form = card.prompt.form
    generic = isinstance(form, Arrange | Pair) or (isinstance(form, Choose) and form.order)
    return (
        not card.shared
        and not card.accounts
        and not generic
        and len(card.prompt.question.split()) >= _FEWEST_WORDS
    )


def _asked(seen: Seen, card: Card) -> _Asked:
    question = card.prompt.question
    words = frozenset(word for word in words_of(question) if not _SMALL.fullmatch(word))
    names = {word for name, begins in names_in(question) if not begins for word in words_of(name)}
    digits = {word for word in words if any(character.isdigit() for character in word)}
    return _Asked(
        seen, card, identity(card.prompt.form.answer, seen.names), words, frozenset(names | digits) & words
    )


def _alike(one: _Asked, other: _Asked) -> bool:
    shared = len(one.words & other.words)
    return one.marks == other.marks and shared >= _ALIKE * len(one.words | other.words) and shared > 1
