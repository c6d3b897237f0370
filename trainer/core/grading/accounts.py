"""Where sources disagree: what another source says is told apart from what is simply wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Protocol

from trainer.core.grading.dates import are_equal_dates
from trainer.core.grading.distance import slips
from trainer.core.grading.spelling import words_of
from trainer.core.grading.telling import joined
from trainer.core.grading.verdict import Judgement, wrong
from trainer.core.grading.words import spellings
from trainer.core.normalise import normalise
from trainer.core.prompt import Choose, Date, Elsewhere, Expected, Items, Text, TypeIn

_MOST_LETTERS = 9
"""Words that are further apart than this are as far apart as can be."""


class Judge(Protocol):
    """Grades a response by one account alone."""

    def __call__(
        self, expected: Expected, response: str, *, is_taken: Callable[[str], bool] = ...
    ) -> Judgement:
        """What the response is worth if this is expected."""


def judge_account(form: TypeIn, response: str, *, judge: Judge, is_taken: Callable[[str], bool]) -> Judgement:
    """Grade by the account asked for; what others say is no misspelling of it, and is told as theirs."""
    said = {normalise(spelling) for other in form.elsewhere for spelling in _texts(other.expected)}

    def is_anothers(text: str) -> bool:
        theirs = text in said and judge(form.expected, text, is_taken=lambda text: False).kind != "right"
        return theirs or is_taken(text)

    judgement = judge(form.expected, response, is_taken=is_anothers)

    def is_said_by(other: Elsewhere) -> bool:
        found = judge(other.expected, response, is_taken=is_taken)
        if found.kind != "near" or judgement.kind != "near":
            return found.kind in ("right", "near")
        return not _is_nearer(form.expected, other.expected, response)

    if judgement.kind == "right" and normalise(response) != normalise(form.expected.answer):
        return _remarked(judgement, [other for other in form.elsewhere if _is_exactly(other, response)])
    return _told(judgement, filter(is_said_by, form.elsewhere))


def _is_exactly(other: Elsewhere, response: str) -> bool:
    """Whether a response is another's date to the day, where what was asked for is less exact."""
    if not isinstance(other.expected, Date):
        return False
    return are_equal_dates(response, other.expected.answer)


def _remarked(judgement: Judgement, others: list[Elsewhere]) -> Judgement:
    """What is right, but more exactly so by other sources."""
    if not others:
        return judgement
    return replace(judgement, reason=f"{judgement.reason}; that exactly is {_what_they_say(others)}")


def told_choice(form: Choose, response: str, judgement: Judgement, *, judge: Judge) -> Judgement:
    """The judgement on what was picked, with the sources that say so."""

    def is_said_by(other: Elsewhere) -> bool:
        return judge(other.expected, response, is_taken=lambda text: False).kind == "right"

    return _told(judgement, filter(is_said_by, form.elsewhere))


def _told(judgement: Judgement, others: Iterable[Elsewhere]) -> Judgement:
    """The judgement, with the sources that say what was answered; a misspelling of theirs has no worth."""
    if judgement.kind not in ("wrong", "near", "partial"):
        return judgement
    saying = list(others)
    if not saying:
        return judgement
    told = f"that is {_what_they_say(saying)}"
    if judgement.kind == "partial":
        return replace(judgement, reason=f"{judgement.reason}; {told}")
    return wrong(told, parts=judgement.parts if judgement.kind == "wrong" else ())


def _what_they_say(others: Iterable[Elsewhere]) -> str:
    """`what RBC-Ukraine says`, `what A and B say`; each named once."""
    named = list(dict.fromkeys(other.by for other in others))
    return f"what {joined(named)} {'says' if len(named) == 1 else 'say'}"


def _texts(expected: Expected) -> Iterator[str]:
    """Every text that is right as written."""
    if isinstance(expected, Text):
        yield from spellings(expected)
    elif isinstance(expected, Items):
        for item in expected.items:
            yield from spellings(item)


def _is_nearer(asked: Expected, other: Expected, response: str) -> bool:
    """Whether a response that is near to both is nearer to what was asked."""
    return _letters_off(asked, response) < _letters_off(other, response)


def _letters_off(expected: Expected, response: str) -> int:
    """How many letters a response is away from the nearest spelling, word by word."""
    texts = spellings(expected) if isinstance(expected, Text) else (expected.answer,)
    ordered = isinstance(expected, Text) and not expected.name

    def off(spelling: str) -> int:
        pair = [words_of(normalise(text)) for text in (response, spelling)]
        ours, theirs = pair if ordered else map(sorted, pair)
        return sum(
            slips(one, another, limit=_MOST_LETTERS)
            for one, another in zip_longest(ours, theirs, fillvalue="")
        )

    return min(map(off, texts))
