"""When two spellings of an answer count as the same.

Case, accents, punctuation and articles make no difference; digits, signs and the order of words do.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Where a pattern begins with a set of characters, the places where it cannot match are passed over fast.
_ARTICLE = re.compile(r"[at](?:(?<=\bt)he|(?<=\ba)n?) (?=\w)")
_THOUSANDS = re.compile(r",(?<=\d,)(?=\d{3}(?!\d))")
_JOINING = re.compile(r"['’‘ʼ`´.](?:(?<!\.)|(?<=[^\W\d_]\.)(?=[^\W\d_]))")
# What carries meaning at a digit stays: 1.5, .5, 12:30, -3, $5, 40 %.
_PUNCTUATION = re.compile(
    r"[^a-z0-9 ](?:(?<=\.)(?!\d)|(?<=[,:])(?:(?!\d)|(?<!\d[,:]))|(?<=[-–—−])(?:(?!\d)|(?<=[\w.][-–—−]))"
    r"|(?<=[^\w\s.,:\-–—−+$€£¥%‰°<>=≤≥±≈≠~∞×÷&#@])|(?<=_))"
)
_MAYBE_MARKS = re.compile("[\u0300-\U0010ffff]")
_MINUS = re.compile(r"[–—−]")
_BEFORE_UNIT = re.compile(r" (?<=\d )(?=[%‰°])")
_UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŧ": "t"}
)
# What an ASCII text in small letters may have beside words and mere punctuation: marks that mean something at
# a digit, dots between letters, and signs that always mean something.
_MEANT = re.compile(
    r"[-.,:+$%<>=~&#@](?:(?<=[^-.,:])|(?<=[.,:])(?=[0-9'`])|(?<=[a-z]\.)(?=[a-z])|(?<=-)(?<![\w.]-)(?=[0-9'`]))"
)
_SPACED = bytes(sign if chr(sign).isalnum() else ord(" ") for sign in range(128)) + bytes(range(128, 256))
_JOINED = b"'`"
_ARTICLES = frozenset(("the", "a", "an"))
_COMPOSED = re.compile(f"[{''.join(map(chr, _UNDECOMPOSED))}]")


_SHORT = 200
"""Characters up to which a text is remembered: reading a deck asks for names and lines again and again."""


def normalise(text: str) -> str:
    """The form in which answers are compared; never empty for a text that has a letter, digit or sign."""
    return _remembered(text) if len(text) <= _SHORT else _normalised(text)


def words_of(text: str) -> list[str]:
    """The words of a text, normalised."""
    return _plain_words(text) or normalise(text).split()


def _normalised(text: str) -> str:
    if words := _plain_words(text):
        return " ".join(words)
    if text.isascii():
        plain = folded = text.lower()
    else:
        folded = unicodedata.normalize("NFC", text).casefold()
        plain = without_accents(folded)
    if _COMPOSED.search(plain):
        plain = plain.translate(_UNDECOMPOSED)
    plain = _THOUSANDS.sub("", _JOINING.sub("", plain))
    plain = _MINUS.sub("-", _PUNCTUATION.sub(_blank_unless_mark, plain))
    plain = _BEFORE_UNIT.sub("", " ".join(plain.split()))
    return _ARTICLE.sub("", plain) or " ".join(folded.split())


def _plain_words(text: str) -> list[str]:
    """The words of an ASCII text whose signs do no more than to part or join them; none of any other text.

    Decks have tens of thousands of them, so they go the way of the fewest steps.
    """
    if not text.isascii():
        return []
    folded = text.lower()
    if _MEANT.search(folded):
        return []
    words = folded.encode().translate(_SPACED, _JOINED).decode().split()
    kept = [word for word in words if word not in _ARTICLES]
    if words and words[-1] in _ARTICLES:  # Before no word, it is no article.
        kept.append(words[-1])
    return kept


_remembered = lru_cache(maxsize=4_096)(_normalised)


def _blank_unless_mark(found: re.Match[str]) -> str:
    """Marks are punctuation to `re`, but vowels in many scripts."""
    return found[0] if unicodedata.category(found[0]).startswith("M") else " "


def without_accents(text: str) -> str:
    """Drop the marks on Latin, Greek and Cyrillic letters; in other scripts a mark is part of the word."""
    kept: list[str] = []
    base = ""
    decomposed = unicodedata.normalize("NFD", text)
    if not any(unicodedata.category(each) == "Mn" for each in _MAYBE_MARKS.findall(decomposed)):
        return unicodedata.normalize("NFC", text)
    for character in decomposed:
        if unicodedata.category(character) != "Mn":
            base = character
        elif "a" <= base < "԰":
            continue
        kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))
