"""Claims without the one who makes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from trainer.core.craft import Finding, Rule, Seen

_CLAIM = re.compile(
    r"\b(?:reportedly|allegedly|supposedly|purportedly|rumou?red"
    r"|it (?:is|was) (?:said|claimed|believed|thought|alleged|reported)"
    r"|(?:is|are|was|were) (?:[\w-]+ ){0,2}(?:said|claimed|believed|alleged|reported|thought) to)\b",
    re.I,
)
_WHOSE = re.compile(
    r"\b(?:according to|(?:by|in) [^.?!]*\b(?:account|article|opinion|reading|report|telling|view|words?)"
    r"|(?:says?|said|writes?|wrote|tells?|told|reports?|quotes?|claims?|cited|mentions?|describes?|thinks?)"
    r"|as [^.?!,]* (?:has|have|puts?) it|by whom|who)\b",
    re.I,
)


class UnattributedClaim(Rule):
    """The note says `reportedly` or `is said to` and not by whom.

    What is only claimed is not a fact, and who claims it is half of what there is to know. Write `according
    to Politico`, give an event its `according_to`, or a quote its `speaker`.

    Bad:

        - id: modernised-arm
          type: typed
          question: What part of Azerbaijan's armed forces did Belarus allegedly help to modernise?
          answer: artillery
          source: verge-of-leaving#7

    Good:

        - id: modernised-arm
          type: typed
          question: >-
            What part of Azerbaijan's armed forces did Belarus help to modernise, according to Emil Avdaliani?
          answer: artillery
          source: verge-of-leaving#7
    """

    code: ClassVar[str] = "unattributed-claim"

    def of_note(self, seen: Seen) -> Iterator[Finding]:
        """A finding for each text with such words in a note that tells nobody's account."""
        texts = [*seen.texts()]
        claims = [(where, found) for where, text in texts if (found := _CLAIM.search(text))]
        if not claims or seen.attributed:
            return
        if not any(_WHOSE.search(_CLAIM.sub("", text)) for _, text in texts):
            for where, found in claims:
                message = f"{found[0]!r} does not say by whom"
                yield Finding(message=message, where=where, hint="say according to whom")
