"""A scored test, as an immutable value: its questions, the answers so far, and what they come to.

The same cards, request and seed give the same test. Nothing is graded before it has to be: an answer may be
changed until the test is handed in or, with feedback at once, until it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from heapq import heapify, heappop
from itertools import islice
from typing import Literal

from trainer.core.day import Moment
from trainer.core.deck import Card
from trainer.core.grading.verdict import Judgement, RatingRules, Verdict, suggest
from trainer.core.hashing import blake2b
from trainer.core.progress import Advance, unseen
from trainer.core.prompt import AnswerForm, Reveal
from trainer.core.review import Rating, Review
from trainer.core.scheduling import MemoryState, Scheduler
from trainer.core.session import Outcome, Selection

Feedback = Literal["once", "end"]
"""When a test says what was right: after each answer, or when it is handed in."""

SELF_JUDGED: Mapping[str, Judgement] = {
    "right": Judgement(kind="right", score=1.0, reason="right, by your own judgement"),
    "partly": Judgement(kind="partial", score=0.5, reason="partly right, by your own judgement"),
    "wrong": Judgement(kind="wrong", score=0.0, reason="wrong, by your own judgement"),
}
"""The responses to a question whose answer is revealed: only the learner can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Which test is wanted: cards as in a `Selection`, question types (none: all that can be graded).

    `count` is the number of questions, `minutes` the time for all of them (0: no limit). `credit` makes the
    answers count as reviews when the test is handed in.
    """

    decks: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    count: int = 20
    seed: str = ""
    minutes: int = 0
    feedback: Feedback = "once"
    credit: bool = False

    @property
    def selection(self) -> Selection:
        """The cards to ask about."""
        return Selection(
            decks=self.decks, cards=self.cards, tags=self.tags, sources=self.sources, names=self.names
        )

    @property
    def kind(self) -> tuple[tuple[str, ...], ...]:
        """What results must share to be compared: the choice of cards and of question types."""
        parts = (self.decks, self.cards, self.tags, self.sources, self.names, self.types)
        return tuple(tuple(sorted(part)) for part in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A card asked in a test; `way` is 0 for its own form, or counts into the other forms it has."""

    card: Card
    way: int = 0

    @property
    def id(self) -> str:
        """The card's: a test asks a card once."""
        return self.card.id

    @property
    def form(self) -> AnswerForm:
        """The form it is asked in; the card's own if the deck has changed and has that other form no more."""
        forms = (self.card.prompt.form, *self.card.also)
        return forms[self.way] if self.way < len(forms) else forms[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A response as given, and the milliseconds spent on the question so far."""

    response: str
    milliseconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """A test under way. `id` names it in the log, `used` are the milliseconds that it has taken so far."""

    id: bytes
    request: Request
    questions: tuple[Question, ...]
    answers: Mapping[str, Answer]
    flagged: frozenset[str] = frozenset()
    at: int = 0
    used: int = 0

    @property
    def question(self) -> Question:
        """The question in front."""
        return self.questions[self.at]

    @property
    def response(self) -> str:
        """The answer so far to the question in front; empty if there is none."""
        return self.response_to(self.question.id)

    @property
    def limit(self) -> int:
        """The milliseconds for the whole test; 0 for no limit."""
        return self.request.minutes * 60_000

    @property
    def open(self) -> tuple[int, ...]:
        """The positions of the questions without an answer; a locked "I don't know" is an answer."""
        return tuple(
            index
            for index, asked in enumerate(self.questions)
            if not self.is_locked(asked.id) and not self.response_to(asked.id).strip()
        )

    def response_to(self, question: str) -> str:
        """The answer so far to a question; empty if there is none."""
        answer = self.answers.get(question)
        return answer.response if answer else ""

    def is_locked(self, question: str) -> bool:
        """Whether an answer cannot be changed any more, since the right one was shown."""
        return self.request.feedback == "once" and question in self.answers

    def seed_of(self, question: Question) -> str:
        """What decides the order of its options: the same in every run of the test."""
        return f"{self.request.seed}\n{question.id}"

    def answered(self, response: str, *, milliseconds: int, used: int) -> Quiz:
        """The test with another answer to the question in front."""
        answer = Answer(response=response, milliseconds=milliseconds)
        return replace(self, answers={**self.answers, self.question.id: answer}, used=used)

    def with_flag(self, *, flagged: bool) -> Quiz:
        """The test with the question in front flagged, or its flag taken away."""
        front = {self.question.id}
        return replace(self, flagged=self.flagged | front if flagged else self.flagged - front)

    def moved(self, to: int) -> Quiz:
        """The test with another question in front; positions past either end are the end."""
        return replace(self, at=max(0, min(to, len(self.questions) - 1)))

    def at_next_open(self) -> Quiz:
        """The test with the next question in front that has no answer; the same one if none is left."""
        later = [index for index in self.open if index > self.at]
        return self.moved((later or list(self.open) or [self.at])[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A question of a test that was handed in, and what its answer was worth."""

    question: Question
    answer: Answer
    verdict: Verdict
    score: float
    rating: Rating
    entry: bytes = b""

    @property
    def is_missed(self) -> bool:
        """Whether anything was lacking."""
        return self.score < 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Points of a part of a test: those got, and how many there were to get."""

    label: str
    points: float
    count: int

    @property
    def percent(self) -> int:
        """The points in percent of those to get."""
        return round(100 * self.points / self.count) if self.count else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A test that was handed in: a point a question, in part where it was partly right."""

    quiz: bytes
    request: Request
    marked: tuple[Marked, ...]
    used: int

    @property
    def total(self) -> Share:
        """All of it."""
        return _share("", self.marked)

    @property
    def missed(self) -> tuple[Marked, ...]:
        """The questions that were not wholly right."""
        return tuple(marked for marked in self.marked if marked.is_missed)

    def by(self, labels: Callable[[Card], Iterable[str]]) -> tuple[Share, ...]:
        """The points by what `labels` says of a card, in the order of their first question."""
        groups: dict[str, list[Marked]] = {}
        for marked in self.marked:
            for label in dict.fromkeys(labels(marked.question.card)):
                groups.setdefault(label, []).append(marked)
        return tuple(_share(label, group) for label, group in groups.items())


def draw(
    candidates: Iterable[tuple[str, str]],
    request: Request,
    *,
    find: Callable[[str], Card | None],
    advance: Advance = unseen,
) -> tuple[Question, ...]:
    """The questions of a test, drawn by the seed: one of a note as long as there are others.

    `candidates` are the ids of cards, each with what it shares with its siblings. `find` gives a card in
    full, or None if it is not to be asked; few more are looked for than are drawn. Cards whose answer is only
    revealed have nothing to grade: they come where `request.types` names them.
    """
    seeded = blake2b(f"{request.seed}\n".encode(errors="surrogatepass"), digest_size=8)

    def rank(text: str) -> bytes:
        hashed = seeded.copy()
        hashed.update(text.encode(errors="surrogatepass"))
        return hashed.digest()

    def asked(card: Card | None) -> Question | None:
        if card is None or (request.types and card.type not in request.types):
            return None
        forms = (card.prompt.form, *card.also)
        ways = [way for way, form in enumerate(forms) if request.types or not isinstance(form, Reveal)]
        return Question(card=card, way=min(ways, key=lambda way: rank(f"{card.id}\n{way}"))) if ways else None

    ranked = [(rank(card), card, note) for card, note in candidates]
    heapify(ranked)
    notes: set[str] = set()
    siblings: list[str] = []

    def drawn() -> Iterator[Question]:
        while ranked:
            _, card, note = heappop(ranked)
            if note in notes:
                siblings.append(card)
            elif (question := asked(find(card))) is not None:
                notes.add(note)
                yield question
        yield from filter(None, map(asked, map(find, siblings)))

    found: list[Question] = []
    for question in islice(drawn(), request.count):
        found.append(question)
        advance(len(found), request.count)
    advance(1, 1)
    return tuple(found)


def marked(question: Question, answer: Answer, verdict: Verdict) -> Marked:
    """A question with what the machine made of its answer; where it cannot tell there are no points."""
    return Marked(
        question=question,
        answer=answer,
        verdict=verdict,
        score=verdict.score or 0.0,
        rating=verdict.suggested,
    )


def self_judged(response: str, rules: RatingRules) -> Verdict:
    """The verdict on a revealed answer, as the learner told it."""
    judgement = SELF_JUDGED.get(response, Judgement(kind="unknown", score=0.0, reason="not answered"))
    return Verdict(
        kind=judgement.kind,
        score=judgement.score,
        reason=judgement.reason,
        suggested=suggest(judgement, 0, rules),
    )


def outcome_of(
    marked: Marked, *, credit: bool, state: MemoryState | None, scheduler: Scheduler, moment: Moment
) -> Outcome:
    """What a marked question records: a review that counts for the schedule if it was answered, and is to."""
    counts = credit and bool(marked.answer.response.strip())
    review = Review(
        card=marked.question.id,
        rating=marked.rating,
        score=marked.score,
        response=marked.answer.response,
        milliseconds=marked.answer.milliseconds,
        mode="study" if counts else "quiz",
        moment=moment,
        answer=marked.question.card.prompt.form.answer,
    )
    if not counts:
        return Outcome(review=review, before=state, after=state)
    after = scheduler.after(state, marked.rating, card=marked.question.id, moment=moment)
    return Outcome(review=review, before=state, after=after)


def _share(label: str, group: Iterable[Marked]) -> Share:
    scores = [marked.score for marked in group]
    return Share(label=label, points=sum(scores), count=len(scores))
