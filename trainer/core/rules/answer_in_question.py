"""A question that tells its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from trainer.core.craft import Finding, Rule, Seen, contains
from trainer.core.deck import Card
from trainer.core.normalise import normalise
from trainer.core.partial_date import MONTHS
from trainer.core.prompt import Arrange, Choose, Date, Items, Number, Pair, Text, TypeIn

_COMPARES = ("who", "differ")
_BESIDE_MONTH = "|".join(month.casefold() for month in MONTHS)


class AnswerInQuestion(Rule):
    """The question has its answer in it.

    Whoever can read gets it right, and learns nothing. Ask so that the answer has to be remembered. Answers
    that a question offers side by side (`before or after`) are none of these.

    Bad:

        - id: minsk-recall
          type: typed
          question: Which country recalled Armenia's ambassador from Belarus in June 2024?
          answer: Armenia
          source: ambassador-recall#2

    Good:

        - id: minsk-recall
          type: typed
          question: Which country recalled its ambassador from Belarus in June 2024?
          answer: Armenia
          source: ambassador-recall#2
    """

    code: ClassVar[str] = "answer-in-question"

    def of_note(self, seen: Seen) -> Iterator[Finding]:
        """A finding for each card whose question has a right answer word for word."""
        for card in seen.cards:
            question = card.prompt.question
            for answer in _right(card):
                if contains(question, answer) and not _offered(question, answer):
                    which = f" for {card.key}" if len(seen.cards) > 1 else ""
                    message = f"the question{which} tells its answer, {answer!r}"
                    yield Finding(message=message, where=seen.asked_at(card))
                    break


def _right(card: Card) -> tuple[str, ...]:
    """The texts that must not stand in a question."""
    form = card.prompt.form
    if isinstance(form, Choose):
        told = [option for option in form.distractors if contains(card.prompt.question, option)]
        return () if form.order or told or card.key in _COMPARES else form.answers
    if isinstance(form, Arrange | Pair) or card.key in _COMPARES:
        return ()
    if not isinstance(form, TypeIn):
        return (form.answer,)
    expected = form.expected
    if isinstance(expected, Text):
        return (*expected.answers, *expected.aliases)
    if isinstance(expected, Items):
        return tuple(spelling for item in expected.items for spelling in (*item.answers, *item.aliases))
    if isinstance(expected, Date):
        return (expected.answer, expected.value)
    return _number(card.prompt.question, expected)


def _number(question: str, expected: Number) -> tuple[str, ...]:
    """A number with its unit; alone only where it is long enough to be no mere day or count."""
    asked, value = normalise(question), normalise(expected.value)
    if expected.unit:
        return (expected.answer,)
    beside_month = re.search(
        rf"(?:{_BESIDE_MONTH}) {re.escape(value)}|{re.escape(value)} (?:{_BESIDE_MONTH})", asked
    )
    return () if beside_month or len(value) < 2 else (expected.value,)


def _offered(question: str, answer: str) -> bool:
    """Whether the question offers the answer beside another one."""
    asked, inner = f" {normalise(question)} ", normalise(answer)
    return f" or {inner} " in asked or f" {inner} or " in asked
