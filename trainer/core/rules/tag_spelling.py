"""Tags that are spelt in two ways."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import ClassVar

from trainer.core.craft import Finding, Place, Rule, Shelf, Where
from trainer.core.normalise import without_accents
from trainer.core.question import many

_SIGNS = re.compile(r"[\W_]+")
_SHORTEST = 3


class TagSpelling(Rule):
    """One tag is spelt in two ways: `War`, `wars`.

    `--tag wars` finds the cards of one spelling only. The rarer one is told of; case, blanks, hyphens and an
    `s` at the end make no difference.

    Bad:

        - {id: a, question: Whom did Armenia recall?, answer: Its ambassador.,
           source: ambassador-recall#2, tags: june-2024}
        - {id: b, question: Who visited Bucha?, answer: Two officials.,
           source: ambassador-recall#7, tags: june-2024}
        - {id: c, question: What did Moscow send?, answer: A note.,
           source: ambassador-recall#8, tags: June 2024}

    Good:

        - {id: a, question: Whom did Armenia recall?, answer: Its ambassador.,
           source: ambassador-recall#2, tags: june-2024}
        - {id: b, question: Who visited Bucha?, answer: Two officials.,
           source: ambassador-recall#7, tags: june-2024}
        - {id: c, question: What did Moscow send?, answer: A note.,
           source: ambassador-recall#8, tags: june-2024}
    """

    code: ClassVar[str] = "tag-spelling"
    needs_all: ClassVar[bool] = True

    def across(self, shelf: Shelf) -> Iterator[tuple[Place, Finding]]:
        """A finding wherever a tag has another spelling than most of its kind."""
        found = [*_tags(shelf)]
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for _, _, tag in found:
            spellings[_same(tag)][tag] += 1
        for place, where, tag in found:
            usual = spellings[_same(tag)].most_common(1)[0][0]
            if tag != usual:
                yield place, Finding(message=f"the tag {tag!r} is elsewhere spelt {usual!r}", where=where)


def _tags(shelf: Shelf) -> Iterator[tuple[Place, Where, str]]:
    given = [*shelf.tags.items(), *((seen.place, seen.note.tags) for seen in shelf.notes)]
    for place, tags in given:
        for index, tag in enumerate(many(tags)):
            yield place, ("tags",) if isinstance(tags, str) else ("tags", index), tag


def _same(tag: str) -> str:
    plain = _SIGNS.sub("", without_accents(tag.casefold()))
    return plain.removesuffix("s") if len(plain) > _SHORTEST else plain
