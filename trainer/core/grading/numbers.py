"""Grading of numbers: right or wrong, never near."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from trainer.core.grading.quantity import Quantity, folded, known_name, read_number
from trainer.core.grading.spelling import slip
from trainer.core.grading.telling import far_too_long, quoted
from trainer.core.grading.units import COUNT, unit_names, unit_of
from trainer.core.grading.verdict import Judgement, right, wrong
from trainer.core.normalise import normalise
from trainer.core.prompt import Number

UNREADABLE = "that is no number I can read: write it in digits, like 598,000"

_OTHERS = ("former", "non", "ex", "no", "not", "few", "anti")
"""Words that make something else of what is counted."""
_DOT_OR_GROUP = re.compile(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.,])", re.ASCII)
_SOMETHING_ELSE = re.compile(r"/|^\s*0\d|\d\s?m\b", re.IGNORECASE)


def judge_number(expected: Number, response: str) -> Judgement:
    """Grade a number by its value, its unit if one is given, and the tolerance."""
    wanted = _wanted(expected)
    if wanted is None:
        return right() if _is_as_written(expected, response) else wrong(_instead(response, expected))
    given = read_number(response, expected.unit or wanted.unit)
    if given is None:
        return wrong(UNREADABLE)
    if doubt := _doubt(expected, response):
        return Judgement(kind="unknown", score=0.0, reason=doubt)
    if given.limit not in ("", wanted.limit):
        return wrong(f"{quoted(response)} is a limit, the answer is {quoted(expected.answer)}")
    factor = _factor(given.unit, wanted.unit)
    if factor is None:
        return wrong(f"another unit: {_instead(response, expected)}")
    off = abs(given.value * factor - wanted.value)
    if not off:
        return right()
    if off <= _tolerated(expected.tolerance, wanted.value):
        return right(f"right: {quoted(response)} is close enough to {quoted(expected.answer)}")
    return wrong(_instead(response, expected))


def other_numbers(expected: Number, options: Iterable[str]) -> Iterator[str]:
    """The options that `judge_number` would not find right; told without a word on any of them."""
    wanted = _wanted(expected)
    if wanted is None:
        yield from (option for option in options if not _is_as_written(expected, option))
        return
    unit, tolerated = expected.unit or wanted.unit, _tolerated(expected.tolerance, wanted.value)
    for option in options:
        given = read_number(option, unit)
        if given is None or given.limit not in ("", wanted.limit) or _doubt(expected, option):
            yield option
            continue
        factor = _factor(given.unit, wanted.unit)
        if factor is None or not _is_within(given.value * factor, wanted.value, tolerated):
            yield option


def _is_within(value: Fraction, wanted: Fraction, tolerated: Fraction) -> bool:
    return value == wanted or (tolerated > 0 and abs(value - wanted) <= tolerated)


def unclear_number(expected: Number, response: str) -> str:
    """What to ask back about a response that is no number, or may be two; empty if it is one."""
    wanted = _wanted(expected)
    if wanted is None:
        return ""
    unreadable = read_number(response, expected.unit or wanted.unit) is None
    return UNREADABLE if unreadable else _doubt(expected, response)


def _doubt(expected: Number, response: str) -> str:
    """What to ask back about 598.000, where a point may part thousands; empty for any other number."""
    doubtful = _DOT_OR_GROUP.search(response)
    if doubtful is None or _DOT_OR_GROUP.search(expected.value):
        return ""
    whole, part = doubtful[0].split(".")
    return f"{doubtful[0]} can be {whole},{part} or a little over {whole}: write it without the point"


def are_equal_numbers(one: str, other: str) -> bool:
    """Whether two texts are the same number in the same unit.

    Fractions with a slash, leading zeros and `5 m` are not looked into: they are often something else.
    """
    if any(_SOMETHING_ELSE.search(folded(text)) for text in (one, other)):
        return False
    read = read_number(one)
    return read is not None and read == read_number(other)


def _wanted(expected: Number) -> Quantity | None:
    read = read_number(expected.value, expected.unit)
    return read and read._replace(unit=read.unit or known_name(expected.unit))


def _is_as_written(expected: Number, response: str) -> bool:
    spellings = (expected.answer, expected.value)
    return not far_too_long(response, spellings) and normalise(response) in map(normalise, spellings)


def _instead(response: str, expected: Number) -> str:
    return f"{quoted(response)} instead of {quoted(expected.answer)}"


def _factor(given: str, wanted: str) -> Fraction | None:
    """What a number in one unit is multiplied by to be in the other; None if they do not go together."""
    if not given or given == wanted:
        return Fraction(1)
    ours, theirs = unit_of(given), unit_of(wanted)
    if not wanted:
        return Fraction(1) if ours is None or ours.dimension == COUNT else None
    if ours is None:
        if theirs is None:
            return Fraction(1) if _counts_the_same(given, wanted) else None
        return Fraction(1) if any(_is_misspelt(given, name) for name in unit_names(theirs)) else None
    if theirs is None or ours.dimension != theirs.dimension:
        return None
    return ours.factor / theirs.factor


def _is_misspelt(given: str, unit: str) -> bool:
    """Whether a word is a unit's name, misspelt."""
    found = slip(given, unit)
    return found is not None and not found.barred


def _counts_the_same(given: str, noun: str) -> bool:
    """Whether what is counted is that noun, or its plural, perhaps with a word before it that tells more."""
    *before, last = given.split()
    if not before or given.removesuffix("s") == noun.removesuffix("s"):
        return given.removesuffix("s") == noun.removesuffix("s")
    return last.removesuffix("s") == noun.removesuffix("s") and len(before) == 1 and before[0] not in _OTHERS


def _tolerated(tolerance: str, value: Fraction) -> Fraction:
    """How far off a number may be; a share is one of the number itself."""
    read = read_number(tolerance)
    if read is None:
        return Fraction(0)
    return abs(value) * read.value / 100 if read.unit == "%" else read.value
