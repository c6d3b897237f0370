"""How intervals, durations, dates and sources are written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from trainer.core.partial_date import MONTHS, in_words

if TYPE_CHECKING:
    from trainer.core.change import Change
    from trainer.core.day import Moment
    from trainer.core.deck import Citation, Source
    from trainer.core.scheduling import MemoryState

_MOST_TOLD = 6
_CLOSE = 3
_COMPARED = 5_000


def short_date(day: date) -> str:
    """`13 Jun 2024`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def wait(state: MemoryState, moment: Moment) -> str:
    """How long until a card comes back: `10m`, `3h`, `4d`, `2.1mo`, `1.5y`."""
    if state.due_at is not None:
        minutes = max(1, round((state.due_at - moment.at) / 60_000))
        return f"{minutes}m" if minutes < 60 else f"{round(minutes / 60)}h"
    days = max(0, (state.due_day - moment.day).days)
    if days < 31:
        return f"{days}d"
    return f"{days / 30.44:.1f}mo" if days < 365 else f"{days / 365.25:.1f}y"


def change_line(change: Change) -> str:
    """That an answer is another one now, and since when."""
    if change.since is None:
        return "This card has taken the place of one that you know, and its answer is another one."
    return f"The answer to this card has changed since you last saw it, on {short_date(change.since)}."


def duration(milliseconds: int) -> str:
    """`48 s`, `6 min 12 s`, `1 h 4 min`."""
    seconds = round(milliseconds / 1000)
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min {seconds % 60} s" if seconds % 60 else f"{seconds // 60} min"
    return f"{seconds // 3600} h {seconds % 3600 // 60} min"


def cited_sources(cited: Iterable[Citation]) -> list[str]:
    """Sources, a line each: title, publisher, date, and the paragraphs of it that are cited."""
    paragraphs: dict[Source, list[int]] = {}
    for each in cited:
        paragraphs.setdefault(each.source, []).append(each.paragraph)
    return [_source_line(source, numbers) for source, numbers in paragraphs.items()]


def _source_line(source: Source, paragraphs: Iterable[int]) -> str:
    numbers = ", ".join(str(number) for number in sorted({*paragraphs}) if number)
    parts = [source.title, source.publisher or source.author, in_words(source.published)]
    return ", ".join(filter(None, (*parts, numbers and f"¶ {numbers}")))


def plural(count: int, word: str) -> str:
    """`1 card`, `2 cards`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def entries(count: int) -> str:
    """How many entries of the log: `1 entry`, `2,000 entries`."""
    return "1 entry" if count == 1 else f"{count:,} entries"


def capital(text: str) -> str:
    """A text with a capital at its beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


def some_of(names: Iterable[str], *, near: str) -> str:
    """A few of the names there are, for somebody who wrote one that is none: those spelt nearly so first."""
    from difflib import get_close_matches

    known = list(dict.fromkeys(names))
    close = get_close_matches(near, known[:_COMPARED], n=_CLOSE)
    told = list(dict.fromkeys((*close, *known)))
    return ", ".join(told[:_MOST_TOLD]) + (", …" if len(told) > _MOST_TOLD else "")
