"""The one door: decks and their log, and what can be done with them.

Thin: it joins the edges to the core. Every method may raise TrainerError, with one line for the user.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from trainer.collection import looking, sitting
from trainer.collection.reading import refresh
from trainer.collection.results import Checked, DeckCounts, Due, Overview
from trainer.config import Config, Places
from trainer.core.day import Moment, moment_of
from trainer.core.progress import Advance, Watch, parts, unseen, unwatched
from trainer.errors import ChangedElsewhereError, NotSavedError
from trainer.storage.deck_index import DeckIndex, Edit, IndexedDeck
from trainer.storage.entries import Entry
from trainer.storage.seen_files import SeenFiles
from trainer.storage.standing import Standing
from trainer.storage.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from trainer.collection.browsing import Browsing
    from trainer.collection.coverage import Coverage
    from trainer.collection.finding import Finding
    from trainer.collection.moving import Recognised
    from trainer.collection.quizzes import Quizzes
    from trainer.collection.sources import Passage
    from trainer.collection.timeline import Happened
    from trainer.core.catalogue import Known
    from trainer.core.change import Change
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
    "local_now",
]

Clock = Callable[[], datetime]
"""Gives the present as an aware local time."""


def local_now() -> datetime:
    """The present, in the local zone."""
    return datetime.now().astimezone()


class Collection:
    """Decks and the log of their reviews; `recognised` are the notes found edited as decks were read."""

    recognised: tuple[Recognised, ...] = ()

    def __init__(
        self,
        places: Places,
        config: Config,
        *,
        clock: Clock = local_now,
        look_only: bool = False,
        read_only: bool = False,
        watch: Watch = unwatched,
    ) -> None:
        self.places = places
        self.config = config
        self.clock = clock
        if read_only:
            self._open(Store(places.progress, read_only=True, watch=watch), watch)
            return
        try:
            self._open(Store(places.progress, watch=watch), watch)
        except NotSavedError:
            if not look_only:
                raise
            try:
                self._open(Store(places.progress, in_place=True, watch=watch), watch)
            except NotSavedError:  # There is something to bring up to date.
                self._open(Store(places.progress, read_only=True, watch=watch), watch)

    def close(self) -> None:
        """Let go of the progress file."""
        if self._seen:
            SeenFiles(self.store).put(self._seen)
        self.store.close()

    def now(self) -> Moment:
        """The present moment and its study day."""
        return moment_of(self.clock(), rollover_hour=self.config.rollover_hour)

    def reload(self, advance: Advance = unseen) -> None:
        """Read the deck files that have changed in the meantime."""
        self._files = self._refreshed(advance)
        for known in ("decks", "finding"):
            self.__dict__.pop(known, None)

    def known(self) -> Known:
        """What says how well cards are known today."""
        from trainer.core.catalogue import Known

        return Known(self.now().day, self.config.curve)

    # Looking

    def version(self) -> int:
        """A number that changes whenever another session has written."""
        return self.store.version()

    @cached_property
    def decks(self) -> list[IndexedDeck]:
        """The decks that can be studied."""
        return [deck for deck in self._index.decks(self._files) if deck.readable]

    @property
    def unreadable(self) -> tuple[str, ...]:
        """The ids of the decks whose files cannot be read."""
        return tuple(deck.deck for deck in self._index.decks(self._files) if not deck.readable)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the deck files, each problem once."""
        found = [problem for deck in self._index.decks(self._files) for problem in deck.problem_list()]
        return tuple(dict.fromkeys(found))

    def cards(self, ids: Iterable[str] | None = None) -> list[Card]:
        """Every card in deck order, or those with the ids asked for, in that order."""
        return self._index.cards((deck.key for deck in self.decks), ids)

    @cached_property
    def finding(self) -> Finding:
        """What is meant by the decks, tags, sources and names that somebody writes."""
        from trainer.collection.finding import Finding
        from trainer.storage.askable import Askable

        return Finding(self._index, Askable(self.store), self.decks)

    def selected(self, selection: Selection, *, advance: Advance = unseen) -> list[Card]:
        """Every card that a selection asks for, however it stands; those named by id in that order."""
        selection = self.finding.meant(selection)
        files = self.finding.files(selection.decks)
        ids: Iterable[str] | None = selection.cards or None
        fitting = self.finding.fitting(selection)
        if fitting is not None:
            ids = [card for card in ids or self._index.ids(files) if card in fitting]
        return self._index.cards(files, ids, advance=advance)

    def due(self) -> Due:
        """What is new, in learning and due today, by deck."""
        return looking.due(self)

    def overview(self) -> Overview:
        """What Home shows."""
        return looking.overview(self)

    def events(self, selection: Selection, *, advance: Advance = unseen) -> list[Happened]:
        """The events that a selection asks for, with their cards and how well those are known."""
        from trainer.collection.timeline import events_of

        return events_of(self, selection, advance=advance)

    def coverage(
        self, articles: Path | None = None, decks: Iterable[str] = (), *, advance: Advance = unseen
    ) -> Coverage:
        """How the cards, of all decks or some, cite the articles whose copies are in a folder or set up."""
        from trainer.collection.coverage import coverage

        for_cards, for_articles = parts(advance, (1, 1))
        cards = self._index.cards(self.finding.files(decks), advance=for_cards)
        folder = articles or self.config.articles_folder
        return coverage(cards, self.places.decks, folder, advance=for_articles)

    def passages(self, card: Card) -> tuple[Passage, ...]:
        """What a card cites, with the passages of which there are local copies."""
        from trainer.collection.sources import passages

        return passages(card, self.config.articles_folder)

    # Studying

    def start(self, selection: Selection) -> Session:
        """A sitting over the cards of today that `selection` asks for; it may be empty."""
        return sitting.start(self, selection)

    def session_of(self, card: Card) -> Session:
        """A sitting over that card alone, due or not."""
        return sitting.session_of(self, card)

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
                session = session.with_memory(sitting.memory_now(self, session))
            else:
                return self._onward(session.advance(outcome, entry=entry), moment)

    def changed(self, session: Session) -> Change | None:
        """What is to be told before the card in front is asked: that its answer is not what it was."""
        from trainer.collection.changes import change_of

        return change_of(self, session)

    def understood(self, session: Session) -> Session:
        """Record that the learner was told the answer to the card in front; the card comes later.

        If the write fails, NotSavedError is raised and nothing has changed.
        """
        if session.card is None:
            return session
        moment = self.now()
        entry = self.store.append_told(session.card.id, session.card.prompt.form.answer, moment=moment)
        return self._onward(session.with_front_later(now=moment.at, entry=entry), moment)

    def bury(self, session: Session) -> Session:
        """Set the card in front aside for today."""
        return self._set_aside(session, "bury")

    def suspend(self, session: Session) -> Session:
        """Set the card in front aside until it is wanted again."""
        return self._set_aside(session, "suspend")

    def bring_back(self, deck: str) -> int:
        """End the suspension of all cards of a deck; how many there were. It is undone as a whole."""
        cards = [card for _, card in self.standing.suspended(self.finding.files([deck]))]
        return len(self.browsing.mark("suspend", cards, on=False).entries)

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
            others = self.store.append_undo(entry, moment=self.now(), replay=self.scheduler.replay)
            entry = self.with_question(entry._replace(others=others))
        if session.previous is not None:
            return session.previous, entry
        if entry is None:
            return session, None
        return self._with_front(self.start(session.selection), entry.card), entry

    def with_question(self, entry: Entry) -> Entry:
        """The entry with the question of its card, if a deck still has it."""
        asked = [card.prompt.question for card in self.cards([self.store.card_of(entry)])]
        return entry._replace(about=" ".join(asked[0].split())) if asked else entry

    def check_writable(self) -> None:
        """Raise NotSavedError if an answer could not be recorded now."""
        self.store.check_writable()

    @cached_property
    def browsing(self) -> Browsing:
        """All cards, to be found and handled."""
        from trainer.collection.browsing import Browsing

        return Browsing(self)

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

    def _recognise(self, edits: list[Edit]) -> None:
        """Let notes without ids that were edited keep their histories, inside a transaction."""
        from trainer.collection.moving import recognise

        self.recognised = recognise(self, edits)

    def _onward(self, session: Session, moment: Moment) -> Session:
        """The session with the next card that is still to be asked, whatever other sessions have done."""
        from trainer.collection.elsewhere import up_to_date

        return up_to_date(self, session, moment)

    def _set_aside(self, session: Session, kind: str) -> Session:
        if session.front is None:
            return session
        moment = self.now()
        entry = self.store.append_mark(kind, session.front, moment=moment)
        return self._onward(session.without_front(now=moment.at, entry=entry), moment)

    def _with_front(self, session: Session, card: str) -> Session:
        """The session with that card in front, if a deck still has it."""
        marks = self.store.marks(card)
        if marks.suspended or marks.buried_on == self.now().day.isoformat():
            return session
        found = [each for each in self.cards([card]) if not each.superseded_by]
        return session.with_front(found[0], self.store.memory([card]).get(card)) if found else session

    def _refreshed(self, advance: Advance) -> list[bytes]:
        """The keys of the deck files as they are now, all of them in the index."""
        found, self._seen = refresh(
            self.store, self.places.decks, at=self.now().at, edited=self._recognise, advance=advance
        )
        return found

    def _open(self, store: Store, watch: Watch) -> None:
        """Bring the index and the cached memory states of a store up to date."""
        self.store = store
        self.standing = Standing(store)
        self._index = DeckIndex(store)
        with watch("Reading the decks") as advance:
            self._files = self._refreshed(advance)
        if store.scheduling_settings() != self.config.scheduling_key:
            with watch("Scheduling anew") as advance:
                store.rebuild(self.config.scheduling_key, self.scheduler.replay, advance=advance)
