"""When two spellings of an answer count as the same.

Case, accents, punctuation and articles make no difference; digits, signs and the order of words do.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ARTICLE = re.compile(r"\b(?:the|an?) (?=\w)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_JOINING = re.compile(r"['’‘ʼ`´]|(?<=[^\W\d_])\.(?=[^\W\d_])")
# What carries meaning at a digit stays: 1.5, .5, 12:30, -3, $5, 40 %.
_PUNCTUATION = re.compile(
    r"\.(?!\d)|[,:](?!\d)|(?<!\d)[,:]|[-–—−](?!\d)|(?<=[\w.])[-–—−]|[^\w\s.,:\-–—−+$€£¥%‰°<>=≤≥±≈≠~∞×÷&#@]|_"
)
_MINUS = re.compile(r"[–—−]")
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=[%‰°])")
_UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŧ": "t"}
)


_SHORT = 200
"""Characters up to which a text is remembered: reading a deck asks for names and lines again and again."""


def normalise(text: str) -> str:
    """The form in which answers are compared; never empty for a text that has a letter, digit or sign."""
    return _remembered(text) if len(text) <= _SHORT else _normalised(text)


def _normalised(text: str) -> str:
    folded = unicodedata.normalize("NFC", text).casefold()
    plain = folded if folded.isascii() else without_accents(folded).translate(_UNDECOMPOSED)
    plain = _THOUSANDS.sub("", _JOINING.sub("", plain))
    plain = _MINUS.sub("-", _PUNCTUATION.sub(_blank_unless_mark, plain))
    plain = _BEFORE_UNIT.sub("", " ".join(plain.split()))
    return _ARTICLE.sub("", plain) or " ".join(folded.split())


_remembered = lru_cache(maxsize=4_096)(_normalised)


def _blank_unless_mark(found: re.Match[str]) -> str:
    """Marks are punctuation to `re`, but vowels in many scripts."""
    return found[0] if unicodedata.category(found[0]).startswith("M") else " "


def without_accents(text: str) -> str:
    """Drop the marks on Latin, Greek and Cyrillic letters; in other scripts a mark is part of the word."""
    kept: list[str] = []
    base = ""
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.category(character) != "Mn":
            base = character
        elif "a" <= base < "԰":
            continue
        kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))
