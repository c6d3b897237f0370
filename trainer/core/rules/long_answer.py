"""Answers that are too long to be known as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from trainer.core.craft import Finding, Rule, Seen, words_of
from trainer.core.prompt import Items, Reveal, Text, TypeIn

MOST_SAID = 30
MOST_TYPED = 8


class LongAnswer(Rule):
    """The answer is longer than anyone would say it: 30 words, or 8 that are to be typed.

    A long answer is several facts, or a fact with its circumstances. It can be known in part only, and then
    is hard to rate. Keep to what is asked and put the rest into `explanation`, give an event's `why` as a
    list of key points, or make several notes of it.

    Bad:

        - id: what-connects
          question: What links Armenia and Belarus, in the words of the Belarusian foreign ministry?
          answer: >-
            Old and close friendly relations between the two countries and their peoples, the history which
            they have in common, and at the time of the statement also a trade from which both sides gain, as
            well as many close contacts in business and elsewhere.
          as_of: 2024-06
          source: friendship-falling-apart#13

    Good:

        - id: what-connects
          question: What past, in the words of the Belarusian foreign ministry, links Armenia and Belarus?
          answer: A shared history of old and close friendly relations.
          explanation: The ministry also spoke of trade from which both sides gain.
          source: friendship-falling-apart#13
    """

    code: ClassVar[str] = "long-answer"

    def of_note(self, seen: Seen) -> Iterator[Finding]:
        """A finding for each card whose answer is too long to be said or typed."""
        for card in seen.cards:
            form = card.prompt.form
            texts: tuple[str, ...]
            if isinstance(form, Reveal) and not form.points:
                texts, most, verb = (form.answer,), MOST_SAID, "say"
            elif isinstance(form, TypeIn) and isinstance(form.expected, Text | Items):
                items = form.expected.items if isinstance(form.expected, Items) else (form.expected,)
                texts, most, verb = tuple(item.answer for item in items), MOST_TYPED, "type"
            else:
                continue
            length = max(len(words_of(text)) for text in texts)
            if length > most:
                yield Finding(
                    message=f"an answer of {length} words is too long to {verb}",
                    where=seen.answered_at(card),
                    hint="keep to what is asked; the rest may go into 'explanation'",
                )
