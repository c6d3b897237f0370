"""Lists that are asked as if they were one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from trainer.core.craft import Finding, Rule, Seen
from trainer.core.prompt import Reveal

_COUNT = re.compile(
    r"\b(?:which|what|name|list)\b[^?]*?\b(?:two|three|four|five|six|seven|eight|nine|ten|[2-9])\b", re.I
)
_BETWEEN = re.compile(r"\s*(?:,\s*(?:and|or)\s|[,;]\s|\sand\s|\n[-*•\s]*)\s*")
_MOST_WORDS = 4
_FEWEST = 3
_NO_LIST = re.compile(
    r"^(?:in|on|at|of|from|near|for|with|\d{4})\b|\b(?:he|she|it|they|we|as|because|that|to|was|were|is|are|had|has|have|did|not|by|since|so|which|who)\b",
    re.I,
)


class Enumeration(Rule):
    """A list of things is asked by a card that reveals it as one.

    Of five things you will remember four, and the card can only be right or wrong. `list` has each typed, in
    any order, with its share of the credit; `order` is for what has an order of its own. Reasons and other
    answers in whole clauses are not meant.

    Bad:

        - id: other-members
          question: Which countries does Adam Morrow name as members of the CSTO beside Russia and Armenia?
          answer: Belarus, Kazakhstan, Kyrgyzstan and Tajikistan.
          as_of: 2024-02
          source: de-facto-frozen#4

    Good:

        - id: other-members
          type: list
          question: >-
            Which four countries does Adam Morrow name as members of the CSTO beside Russia and Armenia?
          answers: [Belarus, Kazakhstan, Kyrgyzstan, Tajikistan]
          as_of: 2024-02
          source: de-facto-frozen#4
    """

    code: ClassVar[str] = "enumeration"

    def of_note(self, seen: Seen) -> Iterator[Finding]:
        """A finding for a revealed answer that is a list of short items."""
        for card in seen.cards:
            form = card.prompt.form
            if card.type not in ("basic", "reversed") or not isinstance(form, Reveal):
                continue
            items = [item for item in _BETWEEN.split(form.answer.strip(" .\n")) if item.strip()]
            needed = 2 if _COUNT.search(card.prompt.question) else _FEWEST
            if len(items) >= needed and all(map(_is_item, items)):
                message = f"a list of {len(items)} things is asked as one answer"
                yield Finding(message=message, where=seen.answered_at(card), hint="use the type 'list'")


def _is_item(text: str) -> bool:
    return len(text.split()) <= _MOST_WORDS and not _NO_LIST.search(text)
