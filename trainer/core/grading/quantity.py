"""Numbers as people write them, with their units, read exactly: never as floating point."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from trainer.core.grading.spoken import is_number_word, spoken_number
from trainer.core.grading.telling import on_one_line
from trainer.core.grading.units import CURRENCY_MARKS, unit_of
from trainer.core.grading.word_tables import MONTHS, NEGATIONS, SCALES
from trainer.core.normalise import normalise, without_accents

_MAX_LENGTH = 200
_MAX_DIGITS = 40
_QUOTES = ' "“”„«»()'

_LIMITS = """
>: >, over, above, more than, greater than, larger than, in excess of, exceeding, upwards of
<: <, under, below, less than, fewer than, smaller than
>=: >=, ≥, at least, no less than, not less than, no fewer than, not fewer than, minimum, a minimum of
<=: <=, ≤, at most, up to, no more than, not more than, not over, maximum, a maximum of
"""
_LIMITS_BEHIND = """
>=: or more, or over, and more, or higher, and above, at least, minimum
<=: or less, or fewer, or under, and below, at most, maximum
"""
_ABOUT = """
about, around, approximately, approx., approx, roughly, circa, ca., ca, c., some, nearly, almost, exactly
precisely, ~, ≈, in, at, on, by, to, from, of, for, with, the, it was, it is
"""


def _signs(table: str) -> dict[str, str]:
    """Phrase -> sign of the limit that it sets."""
    lines = (line.split(": ") for line in table.strip().splitlines())
    return {phrase: sign for sign, phrases in lines for phrase in phrases.split(", ")}


_LIMIT_OF = _signs(_LIMITS)
_LIMIT_BEHIND_OF = _signs(_LIMITS_BEHIND)


def _any_of(phrases: list[str]) -> str:
    """A pattern for any of the phrases, as whole words."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase) + r"\b" * phrase[-1].isalpha() for phrase in ordered)


_LIMIT = re.compile(rf"({_any_of(list(_LIMIT_OF))})\s*")
_NO_MATTER = re.compile(r"(?:" + _any_of(_ABOUT.strip().replace("\n", ", ").split(", ")) + r")\s*")
_LIMIT_BEHIND = re.compile(rf"\s*\b({_any_of(list(_LIMIT_BEHIND_OF))})")
_NO_MATTER_BEHIND = re.compile(
    r"\s+(?:or so|approximately|approx|exactly|in total|in all|altogether|overall|ago|long|away|old)$"
)
_CURRENCY = re.compile(rf"([+-]?)\s?({'|'.join(map(re.escape, CURRENCY_MARKS))})\s?(?=[+-]?[.\d])")
_DIGITS = re.compile(
    r"(?P<sign>[+-]?)\s?(?:"
    r"(?P<grouped>[1-9]\d{0,2}(?P<mark>[, '’.])\d{3}(?:(?P=mark)\d{3})*)(?!\d)(?P<part>[.,]\d+)?"
    r"|(?:(?P<and>\d+)\s)?(?P<over>\d+)\s?[/⁄]\s?(?P<under>\d+)"
    r"|(?P<whole>\d*)\s?(?P<vulgar>[¼-¾⅐-⅞])"
    r"|(?P<plain>\d*[.,]?\d+)"
    r")(?![\d/]|[.,:'’-]\d)"
)
_SCALE = re.compile(
    r"[\s-]?(k|thousands?|millions?|mln|mio|mn|m|billions?|bln|bn|trillions?|tn|hundreds?|dozens?)(?![^\W_])"
)
_SCALES = {
    **SCALES, "k": 10**3, "mln": 10**6, "mio": 10**6, "mn": 10**6, "m": 10**6, "bln": 10**9, "bn": 10**9,
    "tn": 10**12, "hundred": 100, "dozen": 12,
}  # fmt: skip


_MOST_UNIT_WORDS = 4
_MAGNITUDES = (
    *("thousand", "million", "billion", "trillion", "quadrillion", "quintillion", "hundred", "dozen"),
    *("lakh", "crore", "mil", "score", "gross", "squared", "cubed", "square", "cubic", "half", "halves"),
    *("third", "quarter", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "hundredth"),
    *("thousandth", "millionth", "twentieth", "times", "fold"),
)
"""Words behind a number that make another number of it."""


def _counts_on(word: str) -> bool:
    """Whether a word, or the one it misspells, makes another number of the one before it."""
    from trainer.core.grading.distance import slips

    plain = word if word in _MAGNITUDES else word.removesuffix("s")
    return any(
        plain == magnitude or (len(plain) > 4 < len(magnitude) and slips(plain, magnitude, limit=1) <= 1)
        for magnitude in _MAGNITUDES
    )


class Quantity(NamedTuple):
    """A number and its unit: its known name, as written, or empty. `limit` is <, <=, > or >= if it is one."""

    value: Fraction
    unit: str = ""
    limit: str = ""


@lru_cache(maxsize=256)
def read_number(text: str, unit: str = "") -> Quantity | None:
    """The number in a text of nothing but a number and its unit; None if it is not one.

    `unit` is the unit expected: it decides whether `5 m` is 5 metres or 5 million. What was read last is
    remembered: one number is compared with several others.
    """
    if text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS:
        return Quantity(Fraction(int(text)))
    text = on_one_line(text)
    if len(text) > _MAX_LENGTH:
        return None
    plain, limit = _without_limits(folded(text))
    mark = _CURRENCY.match(plain)
    if mark is not None:
        plain = mark[1] + plain[mark.end() :]
    found = _in_digits(plain) or spoken_number(plain)
    if found is None:
        return None
    expected = unit_of(unit)
    metres = expected is not None and expected.dimension == "length"
    value, rest = _scaled(*found, metres=metres)
    named = _unit_in(rest)
    if named is None:
        return None
    if mark is not None:
        ours = known_name(mark[2])
        named = ours if named in ("", ours) else f"{ours} {named}"
    return Quantity(value, named, limit)


def known_name(unit: str) -> str:
    """The one name of a unit that is known; any other as it is compared."""
    known = unit_of(unit)
    return known.name if known is not None else normalise(unit)


def folded(text: str) -> str:
    """Case folded, without accents, digits of all scripts as 0 to 9, one kind of minus and blank."""
    if text.isascii():
        digits = text.lower()
    else:
        plain = without_accents(unicodedata.normalize("NFC", text).casefold())
        digits = "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in plain)
    bare = on_one_line(re.sub("[−–—]", "-", digits)).lstrip(_QUOTES).rstrip(_QUOTES + ".!?")
    return re.sub(r"^minus\s+", "-", bare)


def _without_limits(plain: str) -> tuple[str, str]:
    """The text without `about` and the like, and without limits like `at least`; the sign of the limit."""
    limit = ""
    while found := _LIMIT.match(plain) or _NO_MATTER.match(plain):
        limit = _LIMIT_OF.get(found[0].strip(), limit)
        plain = plain[found.end() :]
    if behind := _LIMIT_BEHIND.search(plain):
        limit = _LIMIT_BEHIND_OF[behind[1]]
        plain = plain[: behind.start()] + plain[behind.end() :]
    elif plain.endswith("+"):
        limit, plain = ">=", plain[:-1]
    return _NO_MATTER_BEHIND.sub("", plain), limit


def _in_digits(plain: str) -> tuple[Fraction, str] | None:
    """The number in digits that the text begins with, and the rest of it."""
    found = _DIGITS.match(plain)
    if found is None or sum(map(str.isdigit, found[0])) > _MAX_DIGITS:
        return None
    value = _value(found)
    if value is None:
        return None
    return -value if found["sign"] == "-" else value, plain[found.end() :]


def _value(found: re.Match[str]) -> Fraction | None:
    if found["grouped"] is not None:
        return _grouped(found["grouped"], found["mark"], found["part"] or "")
    if found["plain"] is not None:
        return Fraction(found["plain"].replace(",", "."))
    if found["vulgar"] is not None:
        fraction = Fraction(unicodedata.numeric(found["vulgar"])).limit_denominator(10)
        return int(found["whole"] or 0) + fraction
    over, under = int(found["over"]), int(found["under"])
    # 0/5 and 0/6 would be the same number with another digit: nobody means them.
    return int(found["and"] or 0) + Fraction(over, under) if over and under else None


def _grouped(grouped: str, mark: str, part: str) -> Fraction | None:
    """A number whose digits stand in groups of three; a single dot is a decimal point, though."""
    if mark == "." and grouped.count(mark) == 1 and not part:
        return Fraction(grouped)
    if part.startswith(mark):
        return None
    return Fraction(grouped.replace(mark, "") + part.replace(",", "."))


def _scaled(value: Fraction, rest: str, *, metres: bool) -> tuple[Fraction, str]:
    """The value times `thousand`, `k`, `dozen` and their like, which the rest begins with."""
    while (found := _SCALE.match(rest)) and not (found[1] == "m" and metres):
        value *= _SCALES.get(found[1]) or _SCALES[found[1].removesuffix("s")]
        rest = rest[found.end() :]
    return value, rest


def _unit_in(rest: str) -> str | None:
    """The unit that is left: its known name, or as written; None if that is no unit, but more numbers."""
    text = rest.strip(" .-")
    if unit_of(text) is not None or not text:
        return known_name(text) if text else ""
    spoken = re.findall(r"\w+", text)
    if any(map(_counts_on, spoken)) or len(spoken) > _MOST_UNIT_WORDS:
        return None
    if any(one.isnumeric() for one in text) or any(
        word in NEGATIONS or word in SCALES or word in MONTHS or is_number_word(word) for word in spoken
    ):
        return None
    words = text.split()
    of = next((index for index, word in enumerate(words) if word in ("of", "in")), len(words))
    return known_name(" ".join(words[:of] or words))
