"""The one door: decks and their log, and what can be done with them.

Thin: it joins the edges to the core. Every method may raise TrainerError, with one line for the user.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from trainer.collection import looking
from trainer.collection.reading import check, refresh
from trainer.collection.results import Checked, DeckCounts, Due, Overview
from trainer.config import Config, Places
from trainer.core.day import Moment, moment_of
from trainer.core.queue import Place, Plan, plan
from trainer.errors import ChangedElsewhereError, DecksError, NotSavedError
from trainer.storage.deck_index import DeckIndex, IndexedDeck
from trainer.storage.entries import Entry
from trainer.storage.standing import Standing
from trainer.storage.store import Store

if TYPE_CHECKING:
    from trainer.collection.quizzes import Quizzes
    from trainer.collection.scores import Stats
    from trainer.core.deck import Card, Problem
    from trainer.core.grading import Verdict
    from trainer.core.prompt import AnswerForm
    from trainer.core.quiz import Quiz
    from trainer.core.review import Confidence, Rating
    from trainer.core.scheduling import Scheduler
    from trainer.core.session import Selection, Session

__all__ = [
    "Checked",
    "Collection",
    "DeckCounts",
    "Due",
    "Overview",
    "check",
    "local_now",
]

Clock = Callable[[], datetime]
"""Gives the present as an aware local time."""


def local_now() -> datetime:
    """The present, in the local zone."""
    return datetime.now().astimezone()


class Collection:
    """Decks and the log of their reviews."""

    def __init__(
        self, places: Places, config: Config, *, clock: Clock = local_now, look_only: bool = False
    ) -> None:
        self.places = places
        self.config = config
        self._clock = clock
        try:
            self._open(Store(places.progress))
        except NotSavedError:
            if not look_only:
                raise
            self._open(Store(places.progress, read_only=True))

    def close(self) -> None:
        """Let go of the progress file."""
        self.store.close()

    def now(self) -> Moment:
        """The present moment and its study day."""
        return moment_of(self._clock(), rollover_hour=self.config.rollover_hour)

    # Looking

    @cached_property
    def decks(self) -> list[IndexedDeck]:
        """The decks that can be studied."""
        return [deck for deck in self._index.decks(self._files) if deck.readable]

    @property
    def unreadable(self) -> int:
        """How many deck files cannot be studied."""
        return len(self._files) - len(self.decks)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the deck files, each problem once."""
        found = [problem for deck in self._index.decks(self._files) for problem in deck.problem_list()]
        return tuple(dict.fromkeys(found))

    def cards(self, ids: Iterable[str] | None = None) -> list[Card]:
        """Every card in deck order, or those with the ids asked for, in that order."""
        return self._index.cards((deck.key for deck in self.decks), ids)

    def deck_ids(self, wanted: Iterable[str]) -> tuple[str, ...]:
        """The ids of the decks asked for by id, or by a part of id or title that fits one deck only."""
        return tuple(deck.deck for deck in self._named(wanted))

    def chosen(self, selection: Selection) -> list[Card]:
        """The cards that a selection asks for, due or not, without those that are suspended."""
        files = self._files_of(selection.decks)
        suspended = {card for _, card in self.standing.suspended(files)}
        ids = selection.cards or None
        cards = [card for card in self._index.cards(files, ids) if selection.fits(card)]
        return [card for card in cards if card.id not in suspended]

    def due(self) -> Due:
        """What is new, in learning and due today, by deck."""
        return looking.due(self)

    def overview(self) -> Overview:
        """What Home shows."""
        return looking.overview(self)

    def stats(self) -> Stats:
        """What was answered so far, and how well."""
        from trainer.collection.scores import stats_of

        return stats_of(self)

    # Studying

    def start(self, selection: Selection) -> Session:
        """A sitting over the cards of today that `selection` asks for; it may be empty."""
        from trainer.core.session import Session

        if not self.decks:
            raise DecksError("there is no deck to study", hint=self._why_no_deck())
        moment = self.now()
        files = self._files_of(selection.decks)
        chosen = self._filtered(self.standing.places(files, moment.day), files, selection)
        if selection.cram:
            today = Plan((), tuple(place.card for place in chosen if not place.set_aside), ())
        else:
            limit = looking.new_left(self, moment.day) if selection.new is None else selection.new
            today = plan(chosen, day=moment.day, new_limit=limit)
        ids = (*today.learning, *today.order)[: selection.limit]
        cards = {card.id: card for card in self._index.cards(files, ids)}
        memory = self.store.memory(ids)
        steps = [(memory[card].due_at or 0, card) for card in today.learning if card in cards]
        return Session(
            cards=cards,
            memory=memory,
            scheduler=self.scheduler,
            selection=selection,
            waiting=tuple(card for card in today.order if card in cards),
            learning=tuple(sorted(steps)),
            flagged=self.standing.flagged(),
            total=len(cards),
        ).with_next(moment.at)

    def session_of(self, card: Card) -> Session:
        """A sitting over that card alone, due or not."""
        from trainer.core.session import Session

        return Session(
            cards={card.id: card},
            memory=self.store.memory([card.id]),
            scheduler=self.scheduler,
            waiting=(),
            front=card.id,
            flagged=self.standing.flagged(),
            total=1,
        )

    def grade(
        self, card: Card, response: str, *, form: AnswerForm | None = None, milliseconds: int = 0
    ) -> Verdict:
        """What a response to a card is worth, by the settings in force; records nothing.

        `form` is the answer form it was asked in, if not the card's own.
        """
        from trainer.core.grading import grade

        files = [deck.key for deck in self.decks if deck.deck == card.deck]
        return grade(
            form or card.prompt.form,
            response,
            milliseconds=milliseconds,
            rules=self.config.rating_rules(),
            date_order=self.config.date_order,
            is_taken=lambda text: self._index.is_answer(files, text),
        )

    def unclear(self, card: Card, response: str, *, form: AnswerForm | None = None) -> str:
        """What to ask back before a response is graded; empty if it is clear."""
        from trainer.core.grading import unclear

        return unclear(form or card.prompt.form, response, date_order=self.config.date_order)

    def rate(
        self,
        session: Session,
        rating: Rating,
        *,
        verdict: Verdict,
        response: str,
        milliseconds: int,
        confidence: Confidence | None = None,
    ) -> Session:
        """Record the answer to the card in front; the session after it.

        If the write fails, NotSavedError is raised and nothing has changed.
        """
        moment = self.now()
        while True:
            outcome = session.judge(
                rating,
                verdict=verdict,
                response=response,
                milliseconds=milliseconds,
                moment=moment,
                confidence=confidence,
            )
            try:
                entry = self.store.append_review(outcome)
            except ChangedElsewhereError:
                session = session.with_memory(self.store.memory(session.cards))
            else:
                return session.advance(outcome, entry=entry)

    def bury(self, session: Session) -> Session:
        """Set the card in front aside for today."""
        return self._set_aside(session, "bury")

    def suspend(self, session: Session) -> Session:
        """Set the card in front aside until it is wanted again."""
        return self._set_aside(session, "suspend")

    def bring_back(self, deck: str) -> int:
        """End the suspension of all cards of a deck; how many there were. Each can be undone."""
        cards = [card for _, card in self.standing.suspended(self._files_of([deck]))]
        for card in cards:
            self.store.append_mark("suspend", card, moment=self.now(), value=0)
        return len(cards)

    def flag(self, session: Session) -> Session:
        """Flag the card in front, or take its flag away."""
        if session.front is None:
            return session
        flagged = session.front not in session.flagged
        entry = self.store.append_mark("flag", session.front, moment=self.now(), value=int(flagged))
        return session.with_flag(flagged=flagged, entry=entry)

    def undo(self, session: Session) -> tuple[Session, Entry | None]:
        """Take back the last thing done, in this sitting or an earlier one; the session as it was before.

        After an earlier sitting's entry is taken back, its card comes to the front.
        """
        in_sitting = session.entry is not None and session.previous is not None
        entry = self.store.entry(session.entry) if session.entry and in_sitting else self.store.last_entry()
        if not in_sitting:
            self.start(session.selection)  # What speaks against it is said before anything is done.
        if entry is not None:
            self.store.append_undo(entry, moment=self.now(), replay=self.scheduler.replay)
        if session.previous is not None:
            return session.previous, entry
        if entry is None:
            return session, None
        return self._with_front(self.start(session.selection), entry.card), entry

    def check_writable(self) -> None:
        """Raise NotSavedError if an answer could not be recorded now."""
        self.store.check_writable()

    @cached_property
    def quizzes(self) -> Quizzes:
        """The tests over these decks."""
        from trainer.collection.quizzes import Quizzes

        return Quizzes(self)

    def unfinished_quiz(self) -> Quiz | None:
        """The latest test that was not handed in; mostly there is none, and that is soon told."""
        from trainer.storage.quiz_log import QuizLog

        return self.quizzes.unfinished() if QuizLog(self.store).unfinished() else None

    @cached_property
    def scheduler(self) -> Scheduler:
        """What says when a card comes back, by the settings in force."""
        from trainer.core.scheduling import Scheduler

        return Scheduler(self.config.scheduling())

    # Inside

    def _why_no_deck(self) -> str:
        errors = [problem for problem in self.problems if problem.severity == "error"]
        if errors:
            return f"{errors[0]}; `trainer check` says all"
        return f"no *.yaml in {', '.join(map(str, self.places.decks))}"

    def _set_aside(self, session: Session, kind: str) -> Session:
        if session.front is None:
            return session
        moment = self.now()
        entry = self.store.append_mark(kind, session.front, moment=moment)
        return session.without_front(now=moment.at, entry=entry)

    def _with_front(self, session: Session, card: str) -> Session:
        """The session with that card in front, if a deck still has it."""
        marks = self.store.marks(card)
        if marks.suspended or marks.buried_on == self.now().day.isoformat():
            return session
        found = self._index.cards((deck.key for deck in self.decks), [card])
        return session.with_front(found[0], self.store.memory([card]).get(card)) if found else session

    def _files_of(self, wanted: Iterable[str]) -> list[bytes]:
        """The files of the decks asked for, or of all."""
        return [deck.key for deck in self._named(wanted)] or [deck.key for deck in self.decks]

    def _named(self, wanted: Iterable[str]) -> list[IndexedDeck]:
        """The decks asked for by id, or by a part of id or title that fits one deck only."""
        chosen: dict[bytes, IndexedDeck] = {}
        for name in wanted:
            plain = name.casefold()
            exact = [deck for deck in self.decks if deck.deck.casefold() == plain]
            fitting = exact or [
                deck for deck in self.decks if plain in f"{deck.deck}\n{deck.title}".casefold()
            ]
            if len(fitting) != 1:
                known = ", ".join(deck.deck for deck in fitting or self.decks)
                problem = "fits several decks" if fitting else "no such deck"
                raise DecksError(f"{name}: {problem}", hint=f"decks: {known}")
            chosen[fitting[0].key] = fitting[0]
        return list(chosen.values())

    def _filtered(self, places: list[Place], files: list[bytes], selection: Selection) -> list[Place]:
        if selection.cards:
            wanted = {*selection.cards}
            places = [place for place in places if place.card in wanted]
        if not selection.tags and not selection.sources:
            return places
        fitting = {card.id for card in self._index.cards(files) if selection.fits(card)}
        if not fitting:
            raise DecksError("no card has such a tag or source", hint="`trainer list --json` shows them")
        return [place for place in places if place.card in fitting]

    def _open(self, store: Store) -> None:
        """Bring the index and the cached memory states of a store up to date."""
        self.store = store
        self.standing = Standing(store)
        self._index = DeckIndex(store)
        self._files = refresh(self._index, self.places.decks, at=self.now().at)
        if store.scheduling_settings() != self.config.scheduling_key:
            store.rebuild(self.config.scheduling_key, lambda reviews: self.scheduler.replay(reviews))
