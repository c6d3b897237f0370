"""Words of time that mean another time each time they are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from trainer.core.craft import Finding, Rule, Seen
from trainer.core.prompt import accepted

_UNIT = r"(?:year|month|week|decade|spring|summer|autumn|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_VAGUE = re.compile(
    r"\b(?:recently|currently|nowadays|at present|at the moment|these days|so far|today|yesterday|tomorrow"
    r"|as yet|to date|until now|up to now|right now|now|in recent (?:days|weeks|months|years)"
    rf"|(?:last|next|this) {_UNIT}|[\w-]+ {_UNIT}s? ago)\b(?![’'-]\w)",
    re.I,
)
_PAST_NOW = re.compile(r"\b(?:by|just|even|what (?:is|was)) now\b", re.I)
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_OF_WORDS = ("reversed", "typed")
"""Types of which a side may be the word itself, as in a vocabulary: `heute`, `today`."""
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’")


class VagueTime(Rule):
    """The note speaks of `now`, `recently` or `last year`, and does not say when that is.

    A card is read for years; the text it was made from was read in its week. Name the date in the question,
    or say in `as_of` when the fact held.

    Bad:

        - id: bucha-visitors
          type: typed
          question: Which town in Ukraine did two Armenian officials recently visit?
          answer: Bucha
          source: ambassador-recall#7

    Good:

        - id: bucha-visitors
          type: typed
          question: Which town in Ukraine did two Armenian officials visit before June 2024?
          answer: Bucha
          source: ambassador-recall#7
    """

    code: ClassVar[str] = "vague-time"

    def of_note(self, seen: Seen) -> Iterator[Finding]:
        """A finding for each text with such words, unless the note names a year anywhere."""
        texts = [*seen.texts()]
        cards = (text for card in seen.cards for text in (card.prompt.question, *accepted(card.prompt.form)))
        dated = seen.note.as_of or seen.fields.get("when")
        if dated or any(_YEAR.search(text) for text in (*cards, *(text for _, text in texts))):
            return
        for where, text in texts:
            if seen.note.type in _OF_WORDS and _VAGUE.fullmatch(text.strip(" .!?")):
                continue
            found = _VAGUE.search(_PAST_NOW.sub("", _QUOTED.sub("", text)))
            if found:
                message = f"{found[0]!r} depends on when it is read"
                yield Finding(message=message, where=where, hint="name the date, or give 'as_of'")
