"""The names of a folder: which spellings mean the same, and which names could be mistaken for one another."""

from __future__ import annotations

import re
from collections.abc import Iterable

from trainer.core.deck import Name, Source
from trainer.core.normalise import normalise, words_of

_PERSON = "person"
_SHORT = 4
_OWNER = re.compile(r"['’]s\b")
_NO_SURNAME = re.compile(r"[ivxlcdm]+|jr|sr|junior|senior|.{1,2}|.*\d.*")


class Names:
    """The entries of `names.yaml` that serve a deck, and how its sources are called."""

    def __init__(self, entries: Iterable[Name] = (), *, sources: Iterable[Source] = ()) -> None:
        self.entries = tuple(entries)
        self._sources = {source.id: source.called for source in sources}
        self._mentions: dict[str, list[tuple[list[str], str, int]]] | None = None
        self._by_spelling: dict[str, Name] = {}
        self._owners: dict[str, list[Name]] | None = None
        self._written: dict[int, tuple[str, ...]] = {}
        self._of_kind: dict[str, list[Name]] = {}
        self._found_last: tuple[str, tuple[str, ...]] = "", ()
        for entry in self.entries:
            self._of_kind.setdefault(entry.kind, []).append(entry)
            for spelling in entry.spellings:
                self._by_spelling.setdefault(normalise(spelling), entry)

    @property
    def people(self) -> frozenset[str]:
        """The names of the entries that are persons."""
        return frozenset(entry.name for entry in self.entries if entry.kind == _PERSON)

    def find(self, text: str) -> Name | None:
        """The entry that `text` is a spelling of, if any."""
        return self._by_spelling.get(normalise(text))

    def by_spelling(self) -> dict[str, str]:
        """The name of every entry under each of its spellings, normalised, surnames alone included."""
        surnames = {
            normalise(surname): entry.name for entry in self.entries for surname in self._surname(entry)
        }
        return surnames | {spelling: entry.name for spelling, entry in self._by_spelling.items()}

    def called(self, citation: str) -> str:
        """How the source of `article#paragraph` is called."""
        source = citation.partition("#")[0]
        return self._sources.get(source, source)

    def mentioned(self, text: str) -> tuple[str, ...]:
        """The names of the entries that a text mentions under any of their spellings, in their order."""
        if not self.entries:
            return ()
        if text == self._found_last[0]:  # A card is looked at as a whole once its distractors are found.
            return self._found_last[1]
        known = self._known_by_first_word()
        plain = _OWNER.sub("", text) if "'" in text or "’" in text else text
        words = words_of(plain)
        found: set[int] = set()
        for index in [index for index, word in enumerate(words) if word in known]:
            for spelt, spelling, place in known[words[index]]:
                if words[index : index + len(spelt)] == spelt and _is_meant(spelling, plain):
                    found.add(place)
        self._found_last = text, tuple(self.entries[place].name for place in sorted(found))
        return self._found_last[1]

    def is_name(self, answer: str) -> bool:
        """Whether an answer is a spelling of any entry."""
        return self.find(answer) is not None

    def other_spellings(self, answers: Iterable[str]) -> tuple[str, ...]:
        """Spellings that are as good as one of the answers, without the answers themselves.

        The surname of a person is one of them, unless another entry has that word in it.
        """
        given = tuple(answers)
        found = [entry for entry in map(self.find, given) if entry is not None]
        spellings = [spelling for entry in found for spelling in self._all_of(entry) if spelling not in given]
        return tuple(dict.fromkeys(spellings))

    def of_the_same_kind(self, answer: str, *, unless_in: str) -> tuple[str, ...]:
        """Other names of the answer's kind, leaving out those that the text `unless_in` mentions."""
        own = self.find(answer)
        if own is None:
            return ()
        mentioned = {*self.mentioned(unless_in)}
        kind = self._of_kind[own.kind]
        return tuple([entry.name for entry in kind if entry is not own and entry.name not in mentioned])

    def _known_by_first_word(self) -> dict[str, list[tuple[list[str], str, int]]]:
        """Every spelling under its first word: all its words, itself, and the place of its entry."""
        if self._mentions is None:
            self._mentions = {}
            for place, entry in enumerate(self.entries):
                for spelling in self._all_of(entry):
                    words = normalise(spelling).split()
                    self._mentions.setdefault(words[0], []).append((words, spelling, place))
        return self._mentions

    def _all_of(self, entry: Name) -> tuple[str, ...]:
        """All spellings of an entry of these, a surname alone included."""
        found = self._written.get(id(entry))
        if found is None:
            found = self._written[id(entry)] = (*entry.spellings, *self._surname(entry))
        return found

    def _surname(self, entry: Name) -> tuple[str, ...]:
        """The last word of a person's name, hyphens within it, if it can mean nobody else."""
        if entry.kind != _PERSON or len(entry.name.split()) < 2:
            return ()
        surname = entry.name.split()[-1]
        plain = normalise(surname)
        if _NO_SURNAME.fullmatch(plain) or any(owner is not entry for owner in self._owners_of(plain)):
            return ()
        return (surname,)

    def _owners_of(self, word: str) -> list[Name]:
        """The entries that have the word in one of their spellings."""
        if self._owners is None:
            self._owners = {}
            for entry in self.entries:
                words = {normalise(word) for spelling in entry.spellings for word in spelling.split()}
                for one in words:
                    self._owners.setdefault(one, []).append(entry)
        return self._owners.get(word, [])


def _is_meant(spelling: str, text: str) -> bool:
    """Whether a spelling that a text has in some case is meant: `US` is not `us`."""
    return len(spelling) > _SHORT or not spelling.isupper() or spelling in text
