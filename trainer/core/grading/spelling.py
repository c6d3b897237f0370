"""When two words are one and the same: spacing, prepositions, British and American, slips of the keyboard.

Words here are normalised and split at blanks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, permutations
from typing import NamedTuple

from trainer.core.grading.distance import slips, slips_allowed
from trainer.core.grading.word_tables import (
    CONFUSABLE,
    CONTRACTED,
    EXACT,
    NEGATIONS,
    OPPOSITE_PREFIXES,
    OPPOSITE_SUFFIXES,
    PREPOSITIONS,
    REVERSING,
)

Words = tuple[str, ...]

_ROMAN = re.compile(r"m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})")
_ROMAN_VALUES = {
    ("", "x", "xx")[tens] + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[units]: 10 * tens
    + units
    for tens in range(3)
    for units in range(10)
    if tens or units
}
# British -> American, only where no other word comes out.
_BRITISH = re.compile(
    r"(?<=\w{3})(?:is(?=e$|ed$|es$|er$|ers$|ing$|ations?$)|our(?=$|s$|ed$|able$)|ence$|(?<=t)re$)"
)
_AMERICAN = {"is": "iz", "our": "or", "ence": "ense", "re": "er"}


def words_of(plain: str) -> Words:
    """The words of a normalised text, contracted negations written out."""
    return tuple(word for part in plain.split() for word in CONTRACTED.get(part, (part,)))


def negations(words: Words) -> int:
    """How often the words negate."""
    return sum(word in NEGATIONS for word in words)


def is_fixed(word: str) -> bool:
    """Whether a word counts only as it is: numbers in digits, letters or words, months and the like."""
    return word in EXACT or _ROMAN.fullmatch(word) is not None or any(map(str.isnumeric, word))


def without_spaces(words: Words) -> str:
    """The words run together, except where that would make another number of two."""
    kept = list(words[:1])
    for before, word in pairwise(words):
        if not (before[-1].isalpha() or word[0].isalpha()):
            kept.append(" ")
        kept.append(word)
    return "".join(kept)


def without_preposition(words: Words, other: Words) -> Words:
    """The words without a preposition in front, where the other text has none there."""
    leads = len(words) > 1 and words[0] in PREPOSITIONS
    return words[1:] if leads and other[:1] and other[0] not in PREPOSITIONS else words


def are_led_apart(given: str, answer: str) -> bool:
    """Whether two normalised texts begin with different prepositions: `by 5%`, `to 5%`."""
    first = {text.split(maxsplit=1)[0] for text in (given, answer) if text}
    return len(first) == 2 and first <= PREPOSITIONS


def are_same(given: Words, answer: Words) -> bool:
    """Whether only spaces and a preposition in front differ."""
    if negations(given) != negations(answer):
        return False
    given, answer = in_figures(given, answer), in_figures(answer, given)
    ours, theirs = without_preposition(given, answer), without_preposition(answer, given)
    return without_spaces(given) == without_spaces(answer) or without_spaces(ours) == without_spaces(theirs)


def in_figures(words: Words, other: Words) -> Words:
    """The words with Roman numerals as figures where the other text has figures: `World War II`."""
    if len(words) != len(other):
        return words
    return tuple(
        str(_ROMAN_VALUES[word]) if word in _ROMAN_VALUES and theirs.isdigit() else word
        for word, theirs in zip(words, other, strict=True)
    )


def american(words: Words) -> Words:
    """The words in American spelling: `organisation`, `labour`, `defence`, `centre`."""
    return tuple(_BRITISH.sub(lambda found: _AMERICAN[found[0]], word) for word in words)


_ALIKE = ("ck", "cs", "sz", "fv", "fp", "gj", "iy", "jy", "vw", "qk", "xz", "ei", "ou")
"""Letters that are heard for one another at the beginning of a word."""


class Slip(NamedTuple):
    """A word that was meant to be another; `barred` says that it is a word of its own instead."""

    given: str
    answer: str
    letters: int
    barred: bool


def slip(given: str, answer: str) -> Slip | None:
    """How one word is a misspelling of another; None if it is not like it at all."""
    limit = slips_allowed(min(len(given), len(answer)))
    letters = slips(given, answer, limit=limit)
    if letters > limit:
        return None
    barred = (
        is_fixed(given) or is_fixed(answer) or not _begin_alike(given, answer) or are_two_words(given, answer)
    )
    return Slip(given, answer, letters, barred)


def _begin_alike(given: str, answer: str) -> bool:
    """Whether two words begin as one misspelling of the other would: hardly anyone misses the first letter.

    Two letters that changed places, and letters that sound alike, may; killed and billed are two words.
    """
    first, other = given[0], answer[0]
    return first == other or given[:2] == answer[1::-1] or any({first, other} <= {*pair} for pair in _ALIKE)


def misspelt(given: Words, answer: Words) -> tuple[Slip, ...] | None:
    """The misspelt words, if word by word all others agree; None if the two are not alike."""
    if len(given) != len(answer):
        return None
    found: list[Slip] = []
    for ours, theirs in zip(given, answer, strict=True):
        if ours != theirs:
            one = slip(ours, theirs)
            if one is None:
                return None
            found.append(one)
    return tuple(found)


def are_two_words(given: str, answer: str) -> bool:
    """Whether two words alike are known to mean different things: Iceland and Ireland, legal and illegal."""
    return (
        _is_another_known(given, answer)
        or any(_are_reversed(given, answer, prefix) for prefix in REVERSING)
        or any(_are_paired(given, answer, pair) for pair in OPPOSITE_PREFIXES)
        or any(
            _are_paired(given[::-1], answer[::-1], [ending[::-1] for ending in pair])
            for pair in OPPOSITE_SUFFIXES
        )
    )


def _is_another_known(given: str, answer: str) -> bool:
    """Whether the given word is a known word of the answer's group, or nearer to one than to the answer."""
    groups = CONFUSABLE.get(answer)
    if groups is None:
        return False
    if given in CONFUSABLE:
        return not groups.isdisjoint(CONFUSABLE[given])
    own = slips(given, answer, limit=3)
    # Who types imigrant means immigrant, not emigrant: both are one letter away, but the first one counts.
    begins_otherwise = given[0] != answer[0]
    return any(
        slips(given, word, limit=3) < own + (begins_otherwise and word[0] == given[0])
        for word, numbers in CONFUSABLE.items()
        if word != answer and not groups.isdisjoint(numbers)
    )


def _are_reversed(given: str, answer: str, prefix: str) -> bool:
    """Whether the prefix makes one word of the other, a slip in the rest of a long one aside."""
    if given.startswith(prefix) == answer.startswith(prefix):
        return False
    longer, shorter = (given, answer) if given.startswith(prefix) else (answer, given)
    return _are_like(longer.removeprefix(prefix), shorter, exactly=len(prefix) == 1)


def _are_paired(given: str, answer: str, pair: Sequence[str]) -> bool:
    """Whether the two words differ in that one begins like this and the other like that."""
    for one, other in permutations(pair):
        if given.startswith(one) and answer.startswith(other):
            rest, others = given.removeprefix(one), answer.removeprefix(other)
            if _are_like(rest, others, exactly=min(len(one), len(other)) < 2):
                return True
    return False


def _are_like(rest: str, other: str, *, exactly: bool) -> bool:
    limit = 0 if exactly or min(len(rest), len(other)) < 5 else 1
    return slips(rest, other, limit=limit) <= limit
