"""How an event is asked about: a question for each role, which tells the other roles but not the answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from trainer.core.asked_date import tells_date, tells_when
from trainer.core.english import inverted
from trainer.core.grading.telling import joined
from trainer.core.names import Names
from trainer.core.normalise import normalise
from trainer.core.partial_date import in_words, iso
from trainer.core.wording import capital

ROLES = ("what", "who", "whom", "when", "where", "why", "reply")
"""What may be asked of one event, in the order of its cards."""

_KINDS = {
    "country": ("country", "countries"),
    "city": ("city", "cities"),
    "town": ("town", "towns"),
    "region": ("region", "regions"),
    "district": ("district", "districts"),
    "organisation": ("organisation", "organisations"),
    "organization": ("organization", "organizations"),
    "publication": ("publication", "publications"),
    "agency": ("agency", "agencies"),
    "party": ("party", "parties"),
    "company": ("company", "companies"),
}
"""Kinds of names that are asked for by kind: which country."""

_PERSONS = re.compile(
    r"\b(?:ambassadors?|chief|commander|deputy|diplomats?|envoy|general|governor|head|leaders?|mayor|ministers?"
    r"|officials?|people|president|representatives?|secretary|speaker|spokes(?:man|person|woman))\b",
    re.I,
)
_PLACED = re.compile(
    r"(?:in|at|on|near|before|outside|inside|by|above|below|over|under|across|along|around|to|during|after|from)\b",
    re.I,
)
_SHORTEST = 5
"""Letters from which on a word that goes on tells the name that it begins with: Armenian."""

_PRECISE = {1: ("year", "in"), 2: ("month", "in"), 3: ("day", "on")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event as its note tells it. `when` is a date of any precision, as `2024-06-13`."""

    what: str = ""
    who: tuple[str, ...] = ()
    did: str = ""
    whom: tuple[str, ...] = ()
    when: str = ""
    where: str = ""
    why: tuple[str, ...] = ()
    by: str = ""
    names: Names = field(default_factory=Names, compare=False)

    @property
    def deed(self) -> str:
        """What was done, and to whom: `recalled its ambassador in Minsk`."""
        return f"{self.did} {joined(self.whom)}".strip()

    @property
    def label(self) -> str:
        """The event in one line."""
        return self.what or capital(self.sentence)

    @property
    def sentence(self) -> str:
        """The event in the past tense, as it goes on after `when`."""
        return f"{self._those} {self.deed}"

    @property
    def _those(self) -> str:
        """Those who did it, within a sentence."""
        return re.sub(r"^The (?=[a-z])", "the ", joined(self.who))

    @property
    def tells_time(self) -> bool:
        """Whether its line gives away when it was."""
        return tells_when(self.label)

    def question(self, role: str) -> str:
        """The question for a role that is given; empty if there is none that keeps its answer to itself."""
        asked = {
            "what": self._what,
            "who": self._who,
            "whom": self._whom,
            "when": self._when,
            "where": self._where,
            "why": self._why,
        }[role]()
        if not asked or self.gives_away(role, asked):
            return ""
        return f"{asked}?" if self.gives_away(role, self.by) else self._asked(asked)

    def reply_to(self, other: Told) -> str:
        """The question for what was done in answer to another event; empty if that would tell it."""
        asked = f"How did {self._those} answer" if self.who else "What came in answer"
        if other.who and other.did:
            time = other._time()
            happened = f"when{',' if time else ''}{time}{',' if time else ''} {other.sentence}"
        else:
            happened = f"{'' if self.who else 'to '}this: “{other.label}”"
        question = f"{asked} {happened}"
        return "" if tells(question, self.deed or self.label, self.names) else self._asked(question)

    def gives_away(self, role: str, text: str) -> bool:
        """Whether a text tells the answer of a role."""
        if role == "when":
            return tells_date(text, self.when)
        answers: dict[str, tuple[str, ...]] = {
            "what": (self.label, *([self.deed] if self.did else [])),
            "who": self.who,
            "whom": self.whom,
            "where": (self.where,),
            "why": self.why,
        }
        return any(tells(text, answer, self.names) for answer in answers[role])

    def _asked(self, question: str) -> str:
        """The question with whose account it asks for, and its mark."""
        return f"{question}, according to {self.by}?" if self.by else f"{question}?"

    def _what(self) -> str:
        around = self._around("what")
        if not around:
            return ""
        if self.who:
            return f"What did {self._those} do{around}"
        return f"What happened{around}"

    def _who(self) -> str:
        around = self._around("who")
        if self.did:
            return f"{self._which(self.who)} {self.deed}{around}"
        return f"{self._which(self.who)} was it: “{self.what}”" if self.what else ""

    def _whom(self) -> str:
        around = self._around("whom")
        asked = self._inverted(self.did)
        if asked:
            return f"{self._which(self.whom, whom=True)} {asked}{around}"
        thing = self._which(self.whom, whom=True)
        return capital(f"{self._those} {self.did} {thing[:1].lower()}{thing[1:]}{around}") if self.who else ""

    def _when(self) -> str:
        found = iso(self.when)
        assert found is not None
        unit, preposition = _PRECISE[sum(part is not None for part in found)]
        return self._about(f"{preposition.capitalize()} which {unit}", self._around("when"))

    def _where(self) -> str:
        entry = self.names.find(self.where)
        kind = _KINDS.get(entry.kind, ("", ""))[0] if entry else ""
        return self._about(f"In which {kind}" if kind else "Where", self._around("where"))

    def _why(self) -> str:
        return self._about("Why", "")

    def _about(self, word: str, around: str) -> str:
        """A question about the whole event: with the verb, where it can be, else about its line."""
        asked = self._inverted(self.deed)
        if asked:
            return f"{word} {asked}{around}"
        line = self.label
        return f"{word} was this: “{line}”" if word != "Why" else f"Why did it come to this: “{line}”"

    def _inverted(self, predicate: str) -> str:
        return (inverted(self._those, predicate) or "") if self.who and predicate else ""

    def _around(self, role: str) -> str:
        """Where and when it was, as far as that is known and does not tell the answer."""
        parts = [] if role == "where" else [self._place()]
        parts += [] if role == "when" else [self._time()]
        return "".join(part for part in parts if part and not self.gives_away(role, part))

    def _place(self) -> str:
        if not self.where:
            return ""
        return f" {self.where}" if _PLACED.match(self.where) else f" in {self.where}"

    def _time(self) -> str:
        found = iso(self.when)
        if found is None:
            return ""
        return f" {_PRECISE[sum(part is not None for part in found)][1]} {in_words(self.when)}"

    def _which(self, things: tuple[str, ...], *, whom: bool = False) -> str:
        """`Which country`, `Who`, `Whom` or `What`."""
        entries = [entry for entry in map(self.names.find, things) if entry is not None]
        kinds = {entry.kind for entry in entries}
        if len(entries) == len(things) and len(kinds) == 1 and kinds <= _KINDS.keys():
            return f"Which {_KINDS[kinds.pop()][len(things) > 1]}"
        if not whom:
            return "Who"
        personal = len(entries) == len(things) and not kinds & _KINDS.keys()
        return "Whom" if personal or any(map(_PERSONS.search, things)) else "What"


def tells(text: str, answer: str, names: Names) -> bool:
    """Whether a text tells an answer: its words, the name in any spelling, or a word made of it."""
    words = normalise(text).split()
    plain = normalise(answer)
    if f" {plain} " in f" {' '.join(words)} ":
        return True
    entry = names.find(answer)
    if entry is None:
        return False
    if entry.name in names.mentioned(text):
        return True
    return any(
        len(spelling) >= _SHORTEST and any(word.startswith(spelling) for word in words)
        for spelling in _single_words((*names.other_spellings([answer]), answer))
    )


def _single_words(spellings: Iterable[str]) -> list[str]:
    return [plain for plain in map(normalise, spellings) if plain and " " not in plain]
