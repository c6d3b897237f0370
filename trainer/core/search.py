"""Finding cards by words while they are typed: each word as a part of a text, or else misspelt.

Texts are prepared once, and searched in steps, so that a key never waits for 100,000 of them.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import NamedTuple

from trainer.core.grading.distance import slips_allowed
from trainer.core.normalise import normalise

STEP = 4_000
"""Texts that are looked at in a step."""

MOST_SPELLINGS = 8
MOST_WORDS = 20
MOST_CHARACTERS = 200
_BESIDE = "\t"
"""Between what a card says and what else it is found by; no prepared word has it."""


class Found(NamedTuple):
    """The places of the texts that were found, best first, and the words taken for misspelt ones."""

    places: list[int]
    read_as: dict[str, tuple[str, ...]]


class Searcher:
    """Texts to search. They are added in order; what is searched is what is there by then."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._words: dict[str, str] = {}
        self._vocabulary: tuple[int, frozenset[str]] = (0, frozenset())

    def __len__(self) -> int:
        return len(self._texts)

    def add(self, texts: Iterable[tuple[str, str]]) -> None:
        """Prepare more texts: what a card says, and what else it is found by."""
        self._texts += [
            f" {self._prepared(said)} {_BESIDE} {self._prepared(beside)} " for said, beside in texts
        ]

    def search(self, query: str, among: Sequence[int]) -> Iterator[Found | int]:
        """Find in the texts at those places; yields how many each step looks at, at last what was found.

        Every word must be a part of a text. Of a word that is in no text at all, words that are spelt nearly
        so count. Whole words come before beginnings, those before other parts; what a card says before what
        it is found by; what is equal stays in the order given. Of a query, `MOST_CHARACTERS` characters
        count, and of those `MOST_WORDS` different words.
        """
        words = [plain for word in query[:MOST_CHARACTERS].split() for plain in normalise(word).split()]
        if not words:
            yield Found(list(among), {})
            return
        read_as: dict[str, tuple[str, ...]] = {}
        places: Sequence[int] = [place for place in among if place < len(self._texts)]
        words = list(dict.fromkeys(words))[:MOST_WORDS]
        for word in words:
            kept: list[int] = []
            for part in _steps(places):
                kept += [place for place in part if word in self._texts[place]]
                yield len(part)
            if not kept and not (yield from self._occurs(word)):
                near = read_as[word] = self._near(word)
                for part in _steps(places):
                    kept += [
                        place for place in part if any(f" {each}" in self._texts[place] for each in near)
                    ]
                    yield len(part)
            places = kept
        ranked: list[list[int]] = [[] for _ in range(5 * len(words) + 1)]
        for part in _steps(places):
            for place in part:
                ranked[sum(_rank(word, self._texts[place]) for word in words)].append(place)
            yield len(part)
        yield Found([place for rank in ranked for place in rank], read_as)

    def _prepared(self, text: str) -> str:
        """Word by word as answers are compared; each word is prepared once."""
        known = self._words
        parts: list[str] = []
        for word in text.split():
            plain = known.get(word)
            if plain is None:
                plain = known[word] = normalise(word)
            parts.append(plain)
        return " ".join(parts)

    def _occurs(self, word: str) -> Generator[int, None, bool]:
        """Whether the word is in any text."""
        for part in _steps(range(len(self._texts))):
            if any(word in self._texts[place] for place in part):
                return True
            yield len(part)
        return False

    def _near(self, word: str) -> tuple[str, ...]:
        """The words of the texts that are spelt nearly so, or begin so: the nearest. Digits are exact."""
        limit = 0 if any(character.isdecimal() for character in word) else slips_allowed(len(word))
        if not limit:
            return ()
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        known = self._known_words()
        candidates = known | {each[: len(word)] for each in known}
        near = list(process.extract_iter(word, candidates, scorer=OSA.distance, score_cutoff=limit))
        best = min((distance for _, distance, _ in near), default=0)
        return tuple(sorted(each for each, distance, _ in near if distance == best)[:MOST_SPELLINGS])

    def _known_words(self) -> frozenset[str]:
        count, words = self._vocabulary
        if count != len(self._words):
            words = frozenset(part for plain in self._words.values() for part in plain.split())
            self._vocabulary = (len(self._words), words)
        return words


def _rank(word: str, text: str) -> int:
    """0 a whole word, 1 a beginning, 2 another part; 3 more beside what is said."""
    beside = text.index(_BESIDE)
    places = (text.find(needle) for needle in (f" {word} ", f" {word}", word))
    ranks = (kind + 3 * (place > beside) for kind, place in enumerate(places) if place >= 0)
    return min(ranks, default=0)


def _steps(places: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(places), STEP):
        yield places[start : start + STEP]
