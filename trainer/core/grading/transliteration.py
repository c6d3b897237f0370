"""Names under the many spellings that scripts and transliterations give them.

The key of a word is the same for Zelensky, Zelenskyy and Зеленский, for Aliyev and Aliev, for Khachaturov and
Хачатуров. Vowels are kept apart except i, j and y, so that Lukashenko and Lukashenka stay two spellings.
"""

from __future__ import annotations

import re

from trainer.core.grading.spelling import Words, are_two_words, is_fixed, words_of
from trainer.core.grading.word_tables import TITLES
from trainer.core.normalise import normalise

_SHORTEST = 4
_CARONS = str.maketrans({"š": "sh", "č": "ch", "ž": "zh", "ş": "sh", "ç": "ch", "ў": "u", "щ": "shch"})

# Hissing sounds are single capitals meanwhile, so that the later rules leave them alone.
_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"tsch|tch", "C"),
        (r"shch|sch|sh", "S"),
        (r"zh", "Z"),
        (r"ch", "C"),
        (r"kh", "h"),
        (r"ph", "f"),
        (r"gh", "g"),
        (r"ck", "k"),
        (r"x", "ks"),
        (r"t[sz]", "c"),
        (r"ou", "u"),
        (r"w", "v"),
        (r"nder$", "ndr"),
        (r"[jy]", "i"),
        (r"(.)\1+", r"\1"),
        (r"^ie|(?<=[aeou])ie", "e"),
    )
)


def sound(word: str) -> str:
    """The key of one word in Latin letters without accents; short ones and numerals are their own."""
    if len(word) < _SHORTEST or is_fixed(word):
        return word
    for pattern, replacement in _RULES:
        word = pattern.sub(replacement, word)
    return word


def without_titles(words: Words) -> Words:
    """The words without titles in front; one word always stays."""
    start = 0
    while start < len(words) - 1 and words[start] in TITLES:
        start += 1
    return words[start:]


def in_latin(text: str) -> tuple[Words, ...]:
    """The words of a name in Latin letters: as it is, and with š and its like written out."""
    folded = text.casefold().translate(_CARONS)
    readings = (normalise(_latin(normalise(text))), normalise(_latin(folded)))
    return tuple(dict.fromkeys(words_of(reading) for reading in readings))


def _latin(text: str) -> str:
    if text.isascii():
        return text
    from anyascii import anyascii

    return anyascii(text)


def sound_alike(given: Words, answer: Words) -> bool:
    """Whether two names have the same words in any order, by their keys; the words are in Latin letters."""
    ours = sorted((sound(word), word) for word in without_titles(given))
    theirs = sorted((sound(word), word) for word in answer)
    return [key for key, _ in ours] == [key for key, _ in theirs] and not any(
        one != other and are_two_words(one, other) for (_, one), (_, other) in zip(ours, theirs, strict=True)
    )
