"""The one door: decks and their log, and what can be done with them.

Thin: it joins the edges to the core. Every method may raise TrainerError, with one line for the user.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import trainer
from trainer.config import Config, Places
from trainer.core.day import Moment, moment_of
from trainer.core.queue import Place, Plan, plan
from trainer.deckfiles import folder
from trainer.errors import ChangedElsewhereError, DecksError, NotSavedError
from trainer.storage.deck_index import DeckIndex, IndexedDeck, NewEntry
from trainer.storage.store import DayTotals, Entry, Store

if TYPE_CHECKING:
    from trainer.core.deck import Card, Problem
    from trainer.core.grading import Verdict
    from trainer.core.review import Rating
    from trainer.core.scheduling import Scheduler
    from trainer.core.session import Selection, Session

Clock = Callable[[], datetime]
"""Gives the present as an aware local time."""


class DeckCounts(NamedTuple):
    """What a deck could give today if it alone were studied; `new` is what the daily limit leaves."""

    deck: str
    title: str
    new: int
    learning: int
    due: int


class Due(NamedTuple):
    """What comes today. `total` is what studying all decks gives, so its `new` keeps the daily limit."""

    day: date
    decks: tuple[DeckCounts, ...]
    total: DeckCounts


class Checked(NamedTuple):
    """What `check` found: how many deck files and cards there are, and every problem, in file order."""

    files: int
    cards: int
    problems: tuple[Problem, ...]


class Overview(NamedTuple):
    """What Home shows.

    `known` is the mean retrievability of each deck's cards today (0 for cards never seen), from 0 to 1.
    `ahead` counts the reviews that fall due on each of the next seven study days, `new_tomorrow` the new
    cards of the first of them. `suspended` counts the suspended cards by deck.
    """

    due: Due
    totals: DayTotals
    streak: int
    known: dict[str, float]
    ahead: tuple[tuple[date, int], ...]
    new_tomorrow: int
    suspended: Mapping[str, int]
    problems: tuple[Problem, ...]


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

    def cards(self) -> list[Card]:
        """Every card, in deck order."""
        return self._index.cards(deck.key for deck in self.decks)

    def due(self) -> Due:
        """What is new, in learning and due today, by deck."""
        day = self.now().day
        return self._due(day, self._all_places(day), new_left=self._new_left(day))

    def overview(self) -> Overview:
        """What Home shows."""
        from trainer.core.scheduling import retrievability

        day = self.now().day
        places = self._all_places(day)
        totals = self.store.totals(day)
        cards = Counter(place.deck for place in places)
        remembered: dict[str, float] = dict.fromkeys(cards, 0.0)
        for deck, stability, last_day in self.store.strengths(deck.key for deck in self.decks):
            remembered[deck] += retrievability(stability, max(0, (day - last_day).days))
        coming = Counter(max(place.due_day, day) for place in places if place.due_day and not place.set_aside)
        days = [day + timedelta(days=ahead) for ahead in range(1, 8)]
        tomorrow = plan(self._all_places(days[0]), day=days[0], new_limit=self.config.new_per_day)
        coming[days[0]] = len(tomorrow.due) + len(tomorrow.learning)
        return Overview(
            due=self._due(day, places, new_left=max(0, self.config.new_per_day - totals.introduced)),
            totals=totals,
            streak=self._streak(day),
            known={deck: remembered[deck] / count for deck, count in cards.items()},
            ahead=tuple((later, coming[later]) for later in days),
            new_tomorrow=len(tomorrow.new),
            suspended=Counter(deck for deck, _ in self.store.suspended(deck.key for deck in self.decks)),
            problems=self.problems,
        )

    # Studying

    def start(self, selection: Selection) -> Session:
        """A sitting over the cards of today that `selection` asks for; it may be empty."""
        from trainer.core.session import Session

        if not self.decks:
            raise DecksError("there is no deck to study", hint=self._why_no_deck())
        moment = self.now()
        files = self._files_of(selection.decks)
        chosen = self._filtered(self.store.places(files, moment.day), files, selection)
        if selection.cram:
            today = Plan((), tuple(place.card for place in chosen if not place.set_aside), ())
        else:
            limit = self._new_left(moment.day) if selection.new is None else selection.new
            today = plan(chosen, day=moment.day, new_limit=limit)
        ids = (*today.learning, *today.order)[: selection.limit]
        cards = {card.id: card for card in self._index.cards(files, ids)}
        memory = self.store.memory(ids)
        steps = [(memory[card].due_at or 0, card) for card in today.learning if card in cards]
        return Session(
            cards=cards,
            memory=memory,
            scheduler=self._scheduler,
            selection=selection,
            waiting=tuple(card for card in today.order if card in cards),
            learning=tuple(sorted(steps)),
            flagged=self.store.flagged(),
            total=len(cards),
        ).with_next(moment.at)

    def rate(
        self, session: Session, rating: Rating, *, verdict: Verdict, response: str, milliseconds: int
    ) -> Session:
        """Record the answer to the card in front; the session after it.

        If the write fails, NotSavedError is raised and nothing has changed.
        """
        moment = self.now()
        while True:
            outcome = session.judge(
                rating, verdict=verdict, response=response, milliseconds=milliseconds, moment=moment
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
        cards = [card for _, card in self.store.suspended(self._files_of([deck]))]
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
            self.store.append_undo(entry, moment=self.now(), replay=self._scheduler.replay)
        if session.previous is not None:
            return session.previous, entry
        if entry is None:
            return session, None
        return self._with_front(self.start(session.selection), entry.card), entry

    def check_writable(self) -> None:
        """Raise NotSavedError if an answer could not be recorded now."""
        self.store.check_writable()

    # Inside

    @cached_property
    def _scheduler(self) -> Scheduler:
        from trainer.core.scheduling import Scheduler

        return Scheduler(self.config.scheduling())

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

    def _all_places(self, day: date) -> list[Place]:
        return self.store.places((deck.key for deck in self.decks), day)

    def _new_left(self, day: date) -> int:
        return max(0, self.config.new_per_day - self.store.totals(day).introduced)

    def _due(self, day: date, places: Sequence[Place], *, new_left: int) -> Due:
        by_deck: dict[str, list[Place]] = {deck.deck: [] for deck in self.decks}
        for place in places:
            by_deck[place.deck].append(place)

        def counts(deck: str, title: str, own: Sequence[Place]) -> DeckCounts:
            today = plan(own, day=day, new_limit=new_left)
            return DeckCounts(deck, title, len(today.new), len(today.learning), len(today.due))

        return Due(
            day=day,
            decks=tuple(counts(deck.deck, deck.title, by_deck[deck.deck]) for deck in self.decks),
            total=counts("", "", places),
        )

    def _streak(self, day: date) -> int:
        """Study days in a row up to today, or up to yesterday while today has none yet."""
        streak, expected = 0, day
        for studied in self.store.days_studied():
            if streak == 0 and studied == day - timedelta(days=1):
                expected = studied
            if studied < expected:
                break
            if studied == expected:
                streak, expected = streak + 1, expected - timedelta(days=1)
        return streak

    def _files_of(self, wanted: Iterable[str]) -> list[bytes]:
        """The files of the decks asked for by id, or by a part of id or title that fits one deck only."""
        chosen: list[bytes] = []
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
            chosen.append(fitting[0].key)
        return list(dict.fromkeys(chosen)) or [deck.key for deck in self.decks]

    def _filtered(self, places: list[Place], files: list[bytes], selection: Selection) -> list[Place]:
        if selection.cards:
            places = [place for place in places if place.card in selection.cards]
        if not selection.tags and not selection.sources:
            return places
        fitting = {card.id for card in self._index.cards(files) if selection.fits(card)}
        if not fitting:
            raise DecksError("no card has such a tag or source", hint="`trainer list --json` shows them")
        return [place for place in places if place.card in fitting]

    def _open(self, store: Store) -> None:
        """Bring the index and the cached memory states of a store up to date."""
        self.store = store
        self._index = DeckIndex(store)
        self._files = self._refresh()
        if store.scheduling_settings() != self.config.scheduling_key:
            store.rebuild(self.config.scheduling_key, lambda reviews: self._scheduler.replay(reviews))

    def _refresh(self) -> list[bytes]:
        """Read the deck files that have changed since they were last read; the keys of all, in order."""
        files = {_key(file): file for file in folder.find(self.places.decks)}
        known = self._index.known()
        changed = {key: file for key, file in files.items() if key not in known}
        if changed:
            from trainer.deckfiles.reader import read_decks

            readings = read_decks(list(changed.values()))
            entries = [
                NewEntry(key, str(Path(file.file.path).absolute()), file.deck, reading.deck, reading.problems)
                for (key, file), reading in zip(changed.items(), readings, strict=True)
            ]
            self._index.put(entries, at=self.now().at)
        return list(files)


def check(paths: Sequence[Path]) -> Checked:
    """Read deck files anew and say everything that is wrong with them."""
    from trainer.deckfiles.reader import read_decks

    files = folder.find(paths)
    readings = read_decks(files)
    problems = dict.fromkeys(problem for reading in readings for problem in reading.problems)
    return Checked(
        files=len(files),
        cards=sum(len(reading.deck.cards) for reading in readings if reading.deck),
        problems=tuple(
            sorted(problems, key=lambda problem: (problem.span.path, problem.span.line, problem.span.column))
        ),
    )


def _key(file: folder.DeckFile) -> bytes:
    """What a cached reading depends on: the files, where they are, and the program that read them."""
    place = str(Path(file.file.path).absolute()).encode(errors="surrogatepass")
    return blake2b(file.key + _program() + place, digest_size=16).digest()


def _program() -> bytes:
    """The version and the age of the code that reads decks, so that a changed program reads them anew."""
    package = Path(__file__).parent
    folders = (package / "core", package / "core" / "questions", package / "deckfiles")
    stamps = [entry.stat().st_mtime_ns for path in folders for entry in os.scandir(path) if entry.is_file()]
    return f"{trainer.__version__} {sum(stamps)} {len(stamps)}".encode()
