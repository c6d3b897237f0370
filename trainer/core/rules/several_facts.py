"""Cards that ask or answer more than one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from trainer.core.craft import Finding, Rule, Seen
from trainer.core.prompt import Reveal

_SENTENCE = re.compile(r"(?<=[^\W\d_]{2})[.!?]['”’\")]*\s+(?=[“\"'‘(]?[A-Z])")
_SHORTENED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Prof|Gen|Col|Sen|Rep|Gov|No|vs|Jr|Sr|Co|Inc|Ltd|Mt|Ft)\Z")
_WORD = "who|whom|what|when|where|why|how|which"
_TWO_WORDS = re.compile(rf"\b(?:{_WORD}) and (?:{_WORD})\b", re.I)
_AND_ASKED = re.compile(rf",? and (?:in |on |by |for )?(?:{_WORD})(?: \w+)?\?$", re.I)
_ANY = re.compile(rf"\b(?:{_WORD})\b", re.I)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


class SeveralFacts(Rule):
    """One card asks two things, or its answer tells several facts.

    Whoever knows half of it can rate neither way. Ask one thing a card; what is told besides goes into
    `explanation`. Answers in several sentences and questions such as `who, and when?` are found.

    Bad:

        - id: minsk-recall
          question: Who recalled an ambassador from Belarus, and when?
          answer: Armenia, in June 2024.
          source: ambassador-recall#2

    Good:

        - id: minsk-recall
          type: event
          what: Armenia recalls its ambassador from Belarus
          who: Armenia
          did: recalled
          whom: its ambassador in Minsk
          when: 2024-06-13
          source: ambassador-recall#2
    """

    code: ClassVar[str] = "several-facts"

    def of_note(self, seen: Seen) -> Iterator[Finding]:
        """A finding for a question that asks twice, and for an answer of several sentences."""
        for card in seen.cards:
            question, form = card.prompt.question, card.prompt.form
            if seen.note.type != "cloze" and not card.accounts and _asks_twice(question):
                hint = "make a note of each, or an event, which asks for each of its roles"
                yield Finding(message="the question asks two things", where=seen.asked_at(card), hint=hint)
            if isinstance(form, Reveal) and not form.points and len(_sentences(form.answer)) > 1:
                hint = "make a note of each, or put what is not asked into 'explanation'"
                message = "the answer tells several facts, in a sentence each"
                yield Finding(message=message, where=seen.answered_at(card), hint=hint)


def _asks_twice(question: str) -> bool:
    plain = _QUOTED.sub("", question).strip()
    last = _sentences(plain)[-1]
    return (
        plain.count("?") > 1
        or _TWO_WORDS.search(last) is not None
        or (_AND_ASKED.search(last) is not None and len(_ANY.findall(last)) == 2)
    )


def _sentences(text: str) -> list[str]:
    """The sentences of a text; a point after an abbreviation or an initial ends none."""
    sentences: list[str] = []
    start = 0
    for found in _SENTENCE.finditer(text):
        if not _SHORTENED.search(text[: found.start()]):
            sentences.append(text[start : found.end()])
            start = found.end()
    return [*sentences, text[start:]]
