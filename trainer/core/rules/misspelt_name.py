"""Names in another spelling than names.yaml has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar

from trainer.core.craft import Finding, Place, Rule, Shelf, names_in
from trainer.core.grading.distance import slips
from trainer.core.names import Names
from trainer.core.normalise import normalise

_SHORTEST = 5
_LONG = 9


class MisspeltName(Rule):
    """A name that is not in `names.yaml`, though one that hardly differs is.

    One spelling in the question and another in the answer look like two people, and what is typed is compared
    with the spellings that are known. Correct it, or add the spelling to the `aliases` of its entry; what
    really is another name gets an entry of its own.

    Bad:

        - id: vow-of-june
          question: Which country did Pashynian vow to stay away from in June 2024?
          answer: From Belarus.
          source: ambassador-recall#3

    Good:

        - id: vow-of-june
          question: Which country did Pashinyan vow to stay away from in June 2024?
          answer: From Belarus.
          source: ambassador-recall#3
    """

    code: ClassVar[str] = "misspelt-name"

    def across(self, shelf: Shelf) -> Iterator[tuple[Place, Finding]]:
        """A finding for each such word, once a note."""
        known: dict[Names, _Known] = {}
        for seen in shelf.notes:
            if seen.names not in known:
                known[seen.names] = _Known(seen.names)
            told: set[str] = set()
            for where, text in seen.texts(asides=True):
                for word, _ in names_in(text):
                    near = known[seen.names].near(word)
                    if near and word not in told:
                        told.add(word)
                        message = f"{word!r} is not in names.yaml, but {near!r} is"
                        yield (
                            seen.place,
                            Finding(message=message, where=where, hint="correct it, or add an alias"),
                        )


class _Known:
    """The words of the names that serve a deck, and those that are nearly one of them."""

    def __init__(self, names: Names) -> None:
        self._words: set[str] = set()
        self._by_letter: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
        self._near: dict[str, str] = {}
        for entry in names.entries:
            for spelling in entry.spellings:
                words = spelling.split()
                self._words.update(map(normalise, words))
                # People share their first names, and a name of several words is mostly made of common ones.
                own = words[-1:] if entry.kind == "person" else words
                for word in own:
                    plain = normalise(word)
                    if len(plain) >= _SHORTEST and word[0].isupper():
                        most = 2 if len(plain) >= _LONG and len(own) == 1 else 1
                        self._by_letter[plain[0]].setdefault(plain, (word, most))

    def near(self, word: str) -> str:
        """The known word that an unknown one is nearly; empty if there is none."""
        if word not in self._near:
            self._near[word] = self._search(normalise(word))
        return self._near[word]

    def _search(self, plain: str) -> str:
        if len(plain) < _SHORTEST or plain in self._words:
            return ""
        for known, (word, most) in self._by_letter[plain[0]].items():
            limit = min(most, 2 if len(plain) >= _LONG else 1)
            # Armenian, Armenians: what is made of a name by an ending is no misspelling.
            # Parks, Paris: short words that differ in a letter are mostly two.
            other = len(known) == len(plain) == _SHORTEST and sorted(known) != sorted(plain)
            derived = plain.startswith(known[:-1]) and len(plain) >= len(known) and plain[-1] in "sni"
            if (
                not (derived or other)
                and not known.startswith(plain)
                and slips(plain, known, limit=limit) <= limit
            ):
                return word
        return ""
