"""Events in time: which of them can be put in order, and in which groups they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import pairwise

from trainer.core.partial_date import Days, days_of

FEWEST, MOST = 3, 6
"""Events that are put in order together."""

_ONE_IN = 3


def span(when: str) -> Days:
    """The first and the last day of a date of any precision; ValueError if it is none, or has no year."""
    days = days_of(when)
    if days is None:
        raise ValueError(f"not a date: {when!r}")
    return days


def chain(times: Mapping[str, str]) -> list[str]:
    """Of events by id, with their dates, the most that follow each other without overlapping, in order."""
    spans = {event: span(when) for event, when in times.items()}
    chosen: list[str] = []
    for event in sorted(spans, key=lambda event: (spans[event][1], spans[event][0], event)):
        if not chosen or spans[chosen[-1]][1] < spans[event][0]:
            chosen.append(event)
    return chosen


def groups(ordered: Sequence[str]) -> list[list[str]]:
    """A chain of events cut into groups. Where it is cut depends on the ids near by only: when an event
    comes in between, the groups further away stay as they are.
    """
    found: list[list[str]] = []
    for event in ordered:
        full = bool(found) and (len(found[-1]) == MOST or (len(found[-1]) >= FEWEST and _begins(event)))
        if not found or full:
            found.append([])
        found[-1].append(event)
    return found


def neighbours(grouped: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Pairs of events that no group puts in order: between two groups, or in one that is too small."""
    for group in grouped:
        if len(group) < FEWEST:
            yield from pairwise(group)
    for one, other in pairwise(grouped):
        yield one[-1], other[0]


def _begins(event: str) -> bool:
    return blake2b(event.encode(errors="surrogatepass"), digest_size=1).digest()[0] % _ONE_IN == 0
