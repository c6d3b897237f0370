"""How alike notes are, to tell one that was edited from one that is new.

Words are compared, each as often as it is there: figures count most, then names, little words hardly at all.
A note about 13 June is not the one about 12 June, unless all else is the same; and where neither question nor
answer is what it was, both must still be alike, and about the same names.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from trainer.core.grading.distance import slips, slips_allowed
from trainer.core.normalise import normalise

ENOUGH = 0.6
"""From here on a note is taken for another, edited."""
SAME_QUESTION = 0.9
"""What the same question with another answer comes to, at least."""
SAME_BUT_FOR_FIGURES = 0.8
_MOST = 0.99
"""As alike as two notes that are not the same can be."""
_MARGIN = 0.1
"""How much less alike all rivals must be."""
_ALL_ELSE = 0.97
"""How alike the rest must be where figures differ."""
_TELLING = 2.0
"""The least weight of a question or an answer that can be told from others by itself."""
_HALF = 0.5
"""How alike questions must be, and answers, where both were changed: more than that."""
_RIVALS = 8
"""Notes, of those that share most, that are compared in full with another."""
_IN_MANY = 200
"""A word that is in more notes than that finds none."""

# Scripts without blanks between words: each sign is taken for one.
_ALONE = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_ALONE}]|\d+(?:[.,:]\d+)*|[^\W\d_{_ALONE}]+")
_LITTLE_WORDS = """
    a an and are as at be because been by did do does for from had has have how in is it its many much not of
    on or s that the their they this to was were what when where which who whom whose why will with yes no
    true false"""
_LITTLE = frozenset(_LITTLE_WORDS.split())
_SENTENCE = 3
"""So many words are taken for a sentence."""
_FIGURE, _NAME, _PLAIN, _SLIGHT = 3.0, 2.0, 1.0, 0.25

Words = Counter[str]


@dataclass(frozen=True)
class Described:
    """A note as it shows: its id and type, and question and answer of each of its cards, by key."""

    id: str
    type: str
    cards: Mapping[str, tuple[str, str]]

    @cached_property
    def content(self) -> tuple[str, tuple[tuple[str, str, str], ...]]:
        """What is the same in notes that are."""
        said = ((key, _plain(question), _plain(answer)) for key, (question, answer) in self.cards.items())
        return self.type, tuple(sorted(said))

    @cached_property
    def words(self) -> Words:
        """All its words, in lower case."""
        return _counted(self._texts)

    @cached_property
    def figures(self) -> Words:
        """Those of its words that are figures."""
        return Counter({word: count for word, count in self.words.items() if word[0].isdigit()})

    @cached_property
    def names(self) -> frozenset[str]:
        """Those of its words that are written like names; at the beginning of a sentence, all words are."""
        texts = (_WORD.findall(text) for text in self._texts)
        within = (word for words in texts for word in words[len(words) >= _SENTENCE :])
        return frozenset(word.casefold() for word in within if word[0].isupper()) - _LITTLE

    @cached_property
    def questions(self) -> frozenset[str]:
        """Its questions, normalised, as far as they say enough to be its alone."""
        return self._telling(question for question, _ in self.cards.values())

    @cached_property
    def answers(self) -> frozenset[str]:
        """Its answers, as `questions`."""
        return self._telling(answer for _, answer in self.cards.values())

    @cached_property
    def sides(self) -> tuple[Words, Words]:
        """The words of its questions, and those of its answers."""
        asked, answered = zip(*self.cards.values(), strict=True) if self.cards else ((), ())
        return _counted(asked), _counted(answered)

    def weight(self, word: str) -> float:
        """How much a word of the note says."""
        if word[0].isdigit():
            return _FIGURE
        if word in self.names:
            return _NAME
        return _SLIGHT if word in _LITTLE else _PLAIN

    def _telling(self, texts: Iterable[str]) -> frozenset[str]:
        return frozenset(normalise(text) for text in texts if self._weight(text) >= _TELLING)

    def _weight(self, text: str) -> float:
        return sum(self.weight(word.casefold()) for word in _WORD.findall(text))

    @property
    def _texts(self) -> Iterable[str]:
        return (text for said in self.cards.values() for text in said)


class Scored(NamedTuple):
    """How alike two notes are."""

    score: float
    old: Described
    new: Described


def likeness(one: Described, other: Described) -> float:
    """How alike two notes are, from 0 to 1: 1 is the same content, 0 also notes with other keys.

    Of notes of different types only the same question with the same answer counts.
    """
    if one.content == other.content:
        return 1.0
    asked_alike = not one.questions.isdisjoint(other.questions)
    if one.cards.keys().isdisjoint(other.cards):
        return 0.0
    if one.type != other.type:
        return SAME_QUESTION if asked_alike and not one.answers.isdisjoint(other.answers) else 0.0
    if asked_alike:
        return max(SAME_QUESTION, min(_shared(one, other), _MOST))
    ours, theirs = one.figures, other.figures
    if ours - theirs and theirs - ours:
        return SAME_BUT_FOR_FIGURES if _shared(one, other, without=ours | theirs) >= _ALL_ELSE else 0.0
    if one.answers.isdisjoint(other.answers) and not _is_reworded(one, other):
        return 0.0
    return min(_shared(one, other), _MOST)


def pairs(gone: Sequence[Described], new: Sequence[Described]) -> list[tuple[Described, Described]]:
    """Which of the new notes are notes that have gone, edited; each at most once, the surest first.

    What is the same is certain. A pair that is not has no rival about as good: nobody could tell which it is.
    """
    found = _same(gone, new)
    used = {id(note) for pair in found for note in pair}
    scored = _scored(
        [note for note in gone if id(note) not in used], [note for note in new if id(note) not in used]
    )
    about: dict[int, list[Scored]] = defaultdict(list)
    for each in scored:
        about[id(each.old)].append(each)
        about[id(each.new)].append(each)
    for each in scored:
        both = {id(each.old), id(each.new)}
        if each.score < ENOUGH:
            break
        if used.isdisjoint(both) and not any(_rivals(each, about, used)):
            found.append((each.old, each.new))
            used |= both
    return found


def _rivals(each: Scored, about: Mapping[int, Sequence[Scored]], used: Set[int]) -> Iterator[Scored]:
    """The pairs about as good that could be made with one or the other note of a pair."""
    for note in (each.old, each.new):
        for other in about[id(note)]:
            if other.score <= each.score - _MARGIN:
                break  # They come most alike first.
            if other is not each and used.isdisjoint({id(other.old), id(other.new)}):
                yield other


def nearest(gone: Sequence[Described], among: Sequence[Described]) -> dict[str, Described]:
    """For each of the notes that have gone the one most like it, by id; those like none are left out."""
    found = {old.id: now for old, now in _same(gone, among)}
    for each in _scored([note for note in gone if note.id not in found], among):
        if each.score >= ENOUGH:
            found.setdefault(each.old.id, each.new)
    return found


def _same(gone: Sequence[Described], new: Sequence[Described]) -> list[tuple[Described, Described]]:
    """The notes of which there is one before and one now with the same content."""
    before, now = _by_content(gone), _by_content(new)
    return [
        (notes[0], now[content][0])
        for content, notes in before.items()
        if len(notes) == 1 and len(now.get(content, ())) == 1
    ]


def _by_content(notes: Iterable[Described]) -> dict[object, list[Described]]:
    found: dict[object, list[Described]] = defaultdict(list)
    for note in notes:
        found[note.content].append(note)
    return found


def _scored(gone: Sequence[Described], new: Sequence[Described]) -> list[Scored]:
    """The likeness of the notes that share words which say something, most alike first."""
    having: dict[str, list[int]] = defaultdict(list)
    for place, note in enumerate(new):
        for word in note.words:
            if note.weight(word) > _SLIGHT:
                having[word].append(place)
    scored: list[Scored] = []
    for old in gone:
        shared: Counter[int] = Counter()
        for word in old.words:
            places = having.get(word, ())
            if len(places) <= _IN_MANY:
                shared.update(places)
        near = shared.most_common(_RIVALS)
        scored += [
            Scored(likeness(old, new[place]), old, new[place])
            for place, count in near
            if count >= _HALF * near[0][1]
        ]
    return sorted(scored, key=lambda each: -each.score)


def _is_reworded(one: Described, other: Described) -> bool:
    """Whether question and answer may be the same in other words, though neither was kept."""
    ours, theirs = one.names - other.words.keys(), other.names - one.words.keys()
    corrected = [(our, their) for our in ours for their in theirs if _is_corrected(our, their)]
    if ours - {our for our, _ in corrected} and theirs - {their for _, their in corrected}:
        return False
    sides = zip(one.sides, other.sides, strict=True)
    return all(_overlap(our, their, one, other) > _HALF for our, their in sides)


def _is_corrected(our: str, their: str) -> bool:
    allowed = slips_allowed(min(len(our), len(their)))
    return slips(our, their, limit=allowed) <= allowed


def _shared(one: Described, other: Described, *, without: Iterable[str] = ()) -> float:
    """The weight of the words that two notes share, as a part of the weight of all of theirs."""
    left = frozenset(without)
    ours, theirs = (
        Counter({word: each.words[word] for word in each.words.keys() - left}) for each in (one, other)
    )
    return _overlap(ours, theirs, one, other)


def _overlap(ours: Words, theirs: Words, one: Described, other: Described) -> float:
    """The weight of the words in both, as a part of the weight of all."""
    weights = {word: max(one.weight(word), other.weight(word)) for word in ours.keys() | theirs.keys()}
    total = sum(weight * (ours[word] + theirs[word]) for word, weight in weights.items())
    both = sum(weight * min(ours[word], theirs[word]) for word, weight in weights.items())
    return 2 * both / total if total else 1.0


def _counted(texts: Iterable[str]) -> Words:
    return Counter(word.casefold() for text in texts for word in _WORD.findall(text))


def _plain(text: str) -> str:
    return " ".join(text.split())
