"""Cloze holes that hide nothing worth knowing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from trainer.core.craft import Finding, Rule, Seen
from trainer.core.prompt import Items, Text, TypeIn

_TRIVIAL = re.compile(
    "an?|the|of|to|in|on|at|by|for|from|with|and|or|as|is|are|was|were|be|been|its?|he|she|they|his|her|their"
    "|this|that|these|those|had|has|have|did|does|do"
)


class TrivialHole(Rule):
    """A hole of a cloze hides only an article, a preposition or the like.

    It asks for grammar and not for the fact. Hide what the sentence is there for: a name, a number, the word
    that matters.

    Bad:

        - id: protest-note
          type: cloze
          text: Russia sent Armenia a note {{of}} protest in June 2024.
          source: ambassador-recall#8

    Good:

        - id: protest-note
          type: cloze
          text: In June 2024 Russia sent Armenia a note of {{protest}}.
          source: ambassador-recall#8
    """

    code: ClassVar[str] = "trivial-hole"

    def of_note(self, seen: Seen) -> Iterator[Finding]:
        """A finding for each card of a cloze that hides small words only."""
        for card in seen.cards if seen.note.type == "cloze" else ():
            form = card.prompt.form
            assert isinstance(form, TypeIn) and isinstance(form.expected, Text | Items)
            items = form.expected.items if isinstance(form.expected, Items) else (form.expected,)
            words = " ".join(item.answer for item in items).casefold().split()
            if all(map(_TRIVIAL.fullmatch, words)):
                yield Finding(message=f"a hole hides only {' '.join(words)!r}", where=("text",))
