"""How far long work has come."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import accumulate
from typing import TypeVar

_Item = TypeVar("_Item")

Advance = Callable[[int, int], None]
"""Is told how much of how much is done, often enough to draw a bar: `advance(done, total)`.

It may raise, and so end the work: whoever works leaves nothing half done then.
"""


Watch = Callable[[str], AbstractContextManager[Advance]]
"""Shows what is being done, as long as it is: `with watch("Reading the decks") as advance`."""

_FINE = 1_000
"""Steps into which work, or the smallest part of it, is divided at most."""


def unseen(done: int, total: int) -> None:
    """Progress that nobody looks at."""


@contextmanager
def unwatched(what: str) -> Iterator[Advance]:
    """Work that nobody looks at."""
    yield unseen


def one_by_one(items: Collection[_Item], advance: Advance) -> Iterator[_Item]:
    """The items one after another; that one is done is told when the next is asked for.

    Of very many items not each is told: a thousand steps are fine enough for any bar.
    """
    total = len(items)
    step = max(1, total // _FINE)
    for done, item in enumerate(items, start=1):
        yield item
        if not done % step or done == total:
            advance(done, total)
    if not items:
        advance(0, 0)


def parts(advance: Advance, sizes: Sequence[int]) -> list[Advance]:
    """What the parts of some work, done in this order, tell their progress to.

    `sizes` say how long each takes beside the others, and count as 1 at least. A part of nothing is done.
    """
    if advance is unseen:
        return [unseen] * len(sizes)
    shares = [max(1, size) for size in sizes]
    total = _FINE * sum(shares)

    def part(before: int, size: int) -> Advance:
        def told(done: int, whole: int) -> None:
            share = _FINE * size * done // whole if whole > 0 else _FINE * size
            advance(_FINE * before + share, total)

        return told

    return list(map(part, accumulate(shares[:-1], initial=0), shares))


def bar(share: float, width: int) -> str:
    """A bar of `width` cells, filled by half cells; `share` from 0 to 1."""
    halves = round(max(0.0, min(1.0, share)) * width * 2)
    full, half = divmod(halves, 2)
    return "━" * full + "╸" * half + "─" * (width - full - half)


def remaining(share: float, seconds: float) -> str:
    """How long work still takes, at its pace so far: `8 s`, `2 min`; nothing where that is not known."""
    if share <= 0 or share >= 1:
        return ""
    left = seconds * (1 - share) / share
    return f"{round(left)} s" if left < 99 else f"{round(left / 60)} min"
