"""A response of several parts -> its parts, where a part may itself contain what separates them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

MAX_PARTS = 200
"""Parts beyond these are one part, which nothing can equal."""

_STRONG = re.compile(r"[;\n]")
_COMMA = re.compile(r",(?!\d{3}(?!\d))")
_COMMA_OR_AND = re.compile(rf"{_COMMA.pattern}|\s(?:and|&)\s|\s&|&\s", re.IGNORECASE)
_AND_IN_FRONT = re.compile(r"^(?:and|&)\s+", re.IGNORECASE)


def at_separators(response: str, *, is_known: Callable[[str], bool], longest: int) -> list[str]:
    """The parts between semicolons or line breaks; joined again where together they are a known text.

    `longest` is the largest number of pieces that a known text falls into.
    """
    return _rejoined(_STRONG, response, is_known=is_known, longest=longest)


def as_listed(response: str, *, is_known: Callable[[str], bool], longest: int) -> list[list[str]]:
    """The ways to part a list as people write it: `a; b`, `a, b and c`, one a line, `and c` at the end.

    `and` may be within an item: without semicolons, a list is parted both at it and at commas alone.
    """
    separators = (_STRONG,) if _STRONG.search(response) else (_COMMA_OR_AND, _COMMA)
    ways = [_rejoined(one, response, is_known=is_known, longest=longest) for one in separators]
    parted = [[part if is_known(part) else _AND_IN_FRONT.sub("", part) for part in way] for way in ways]
    return parted[: 1 if parted[0] == parted[-1] else 2]


def pieces(texts: Iterable[str]) -> int:
    """The largest number of pieces that one of the texts falls into at any separator."""
    return max(
        (1 + len(_STRONG.findall(text)) + len(_COMMA_OR_AND.findall(text)) for text in texts), default=1
    )


def _rejoined(
    separator: re.Pattern[str], response: str, *, is_known: Callable[[str], bool], longest: int
) -> list[str]:
    ends = [(found.start(), found.end()) for found in separator.finditer(response)]
    del ends[MAX_PARTS:]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(response)]
    parts: list[str] = []
    index = 0
    while index < len(starts):
        last = index
        for candidate in range(min(index + longest, len(starts)) - 1, index, -1):
            if is_known(response[starts[index] : stops[candidate]].strip()):
                last = candidate
                break
        parts.append(response[starts[index] : stops[last]].strip())
        index = last + 1
    return [part for part in parts if part]
