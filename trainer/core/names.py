"""The names of a folder: which spellings mean the same, and which names could be mistaken for one another."""

from __future__ import annotations

from collections.abc import Iterable

from trainer.core.deck import Name
from trainer.core.normalise import normalise


class Names:
    """The entries of `names.yaml` that serve a deck."""

    def __init__(self, entries: Iterable[Name] = ()) -> None:
        self.entries = tuple(entries)
        self._by_spelling: dict[str, Name] = {}
        for entry in self.entries:
            for spelling in entry.spellings:
                self._by_spelling.setdefault(normalise(spelling), entry)

    def find(self, text: str) -> Name | None:
        """The entry that `text` is a spelling of, if any."""
        return self._by_spelling.get(normalise(text))

    def other_spellings(self, answers: Iterable[str]) -> tuple[str, ...]:
        """Spellings that are as good as one of the answers, without the answers themselves."""
        given = tuple(answers)
        found = (entry for entry in map(self.find, given) if entry is not None)
        spellings = (spelling for entry in found for spelling in entry.spellings)
        return tuple(dict.fromkeys(spelling for spelling in spellings if spelling not in given))

    def of_the_same_kind(self, answer: str, *, unless_in: str) -> tuple[str, ...]:
        """Other names of the answer's kind, leaving out those that the text `unless_in` mentions."""
        own = self.find(answer)
        if own is None:
            return ()
        words = f" {normalise(unless_in)} "
        return tuple(
            entry.name
            for entry in self.entries
            if entry.kind == own.kind
            and entry is not own
            and not any(f" {normalise(spelling)} " in words for spelling in entry.spellings)
        )
