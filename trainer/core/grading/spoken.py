"""Numbers in English words."""

from __future__ import annotations

import re
from fractions import Fraction

from trainer.core.grading.units import unit_of
from trainer.core.grading.word_tables import CARDINALS, SCALES, TENS

_HALF = Fraction(1, 2)
_AND_A_HALF = re.compile(r"\s+and (?:a|one) half\b")
_HALF_OF = re.compile(r"(?:a |one )?half\b(?: of)?(?: an?\b)?")
_ARTICLE = re.compile(r"an?\s+")


def is_number_word(word: str) -> bool:
    """Whether a word alone is a number below a hundred."""
    return word in CARDINALS or word in TENS


def spoken_number(text: str) -> tuple[Fraction, str] | None:
    """The number in words that a folded text begins with, and the rest of it; None if it begins otherwise."""
    if text.startswith("-"):
        negative = spoken_number(text[1:])
        return (-negative[0], negative[1]) if negative else None
    if half := _HALF_OF.match(text):
        return _HALF, text[half.end() :]
    article = _ARTICLE.match(text)
    if article is not None and (_is_scale(text[article.end() :]) or unit_of(text[article.end() :])):
        text = "one " + text[article.end() :]
    found = _whole_number(text)
    if found is None:
        return None
    value, rest = found
    more = _AND_A_HALF.match(rest)
    return (value + _HALF, rest[more.end() :]) if more else found


def _is_scale(text: str) -> bool:
    first = text.split(maxsplit=1)[:1]
    return bool(first) and (first[0] in SCALES or first[0] in ("hundred", "dozen"))


def _whole_number(text: str) -> tuple[Fraction, str] | None:
    words = list(re.finditer(r"[^\W\d_]+", text))
    if not words or words[0].start() > 0:
        return None
    total = current = end = 0
    scale, last = 10**15, ""
    for index, word in enumerate(spoken := [word[0] for word in words]):
        begins = last in ("", "hundred", "scale")
        if word in CARDINALS and (begins or (last == "ten" and 0 < CARDINALS[word] < 10)):
            current, last = current + CARDINALS[word], "unit"
        elif word in TENS and begins:
            current, last = current + TENS[word], "ten"
        elif word == "hundred" and last in ("unit", "ten"):
            current, last = current * 100, "hundred"
        elif word in SCALES and SCALES[word] < scale and current:
            scale = SCALES[word]
            total, current, last = total + current * scale, 0, "scale"
        elif (
            word == "and"
            and last in ("hundred", "scale")
            and any(map(is_number_word, spoken[index + 1 : index + 2]))
        ):
            continue
        else:
            break
        end = words[index].end()
    return (Fraction(total + current), text[end:]) if end else None
