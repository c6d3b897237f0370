"""Every review as a row: what was asked and answered, and the memory state before and after it."""

from __future__ import annotations

from collections.abc import Collection as Among
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from trainer.core.progress import Advance, unseen
from trainer.core.review import Confidence, Rating
from trainer.core.scheduling import Phase, Scheduler, Stood
from trainer.formats.written import Cell, Column, Row
from trainer.storage.entries import decode_state
from trainer.storage.outgoing import Asked, FullEntry, Outgoing

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.core.session import Selection

COLUMNS = (
    Column("id", "word"),
    Column("answered_at", "moment"),
    Column("study_day", "day"),
    Column("device", "word"),
    Column("deck", "text"),
    Column("note", "text"),
    Column("card", "text"),
    Column("moved_from", "text"),
    Column("type", "word"),
    Column("question", "text"),
    Column("mode", "word"),
    Column("rating", "number"),
    Column("rating_name", "word"),
    Column("score", "number"),
    Column("response", "text"),
    Column("answer", "text"),
    Column("confidence", "word"),
    Column("milliseconds", "number"),
    Column("quiz", "word"),
    Column("retrievability", "number"),
    Column("phase_before", "word"),
    Column("stability_before", "number"),
    Column("difficulty_before", "number"),
    Column("due_before", "day"),
    Column("interval_before", "number"),
    Column("reps_before", "number"),
    Column("lapses_before", "number"),
    Column("phase_after", "word"),
    Column("stability_after", "number"),
    Column("difficulty_after", "number"),
    Column("due_after", "day"),
    Column("due_at_after", "moment"),
    Column("interval_after", "number"),
    Column("reps_after", "number"),
    Column("lapses_after", "number"),
)

_MINUTE, _A_DAY = 60_000, 24 * 60
_SECONDS = [f"{number:02}" for number in range(60)]
_THOUSANDTHS = [f".{number:03}" for number in range(1000)]
_EPOCH = date(1970, 1, 1).toordinal()
_RATINGS = {int(rating): rating for rating in Rating}
_RATING_WORDS = {int(rating): rating.word.lower() for rating in Rating}
_PHASE_WORDS = tuple(phase.word for phase in Phase)
_CONFIDENCE_WORDS: dict[int | None, str | None] = {None: None} | {int(each): each.word for each in Confidence}

_Known = tuple[Stood, int | None, int, tuple[Cell, ...]]
"""How a card stands, when it comes back from its steps, and the ordinal of its last study day; and as that is
told: phase, stability, difficulty, due day, interval, reps, lapses."""

_NEW: tuple[Cell, ...] = ("new", None, None, None, None, 0, 0)


def reviews(
    collection: Collection,
    selection: Selection,
    *,
    since: date | None = None,
    until: date | None = None,
    advance: Advance = unseen,
) -> Iterator[Row]:
    """The reviews of the cards asked for, on the study days from `since` to `until`, in the order of the log.

    Memory grows with the cards, not with the reviews. Memory states are those that the settings in force
    give, as in the schedule; crammed answers and those of tests leave them alone. Raises DecksError, before
    any row, where the selection fits nothing.
    """
    among = collection.finding.wanted(selection)
    first, last = (since or date.min).isoformat(), (until or date.max).isoformat()
    return _rows(collection, among, first, last, advance)


def _rows(
    collection: Collection, among: Among[str] | None, first: str, last: str, advance: Advance
) -> Iterator[Row]:
    outgoing = Outgoing(collection.store)
    asked = outgoing.asked(deck.key for deck in collection.decks)
    teller = _Teller(asked, collection.scheduler)
    advance(0, 1)
    for entries, done, total in outgoing.full_log():
        if among is not None:
            entries = [entry for entry in entries if entry[2] in among]
        yield from teller.rows(entries, first=first, last=last)
        advance(done, total)


class _Teller:
    """Tells entry after entry, and keeps how each card stands."""

    def __init__(self, asked: dict[str, Asked], scheduler: Scheduler) -> None:
        self._asked = asked
        self._scheduler = scheduler
        self._stood: dict[str, _Known] = {}
        self._cards: dict[str, tuple[Cell, ...]] = {}
        self._days: dict[str, int] = {}
        self._told_days: dict[int, str] = {}
        self._moments = _Moments()

    def rows(self, entries: Iterable[FullEntry], *, first: str, last: str) -> Iterator[Row]:
        """The rows of the reviews among some entries, of the study days from `first` to `last`.

        Written for logs of a million rows: nothing is called that can be known without.
        """
        stood_of, cards, days, tell = self._stood.get, self._cards, self._days, self._moments.tell
        recall, study = self._scheduler.model.curve.recall, self._study
        for entry in entries:
            _, kind, card, moved_from, name, device, at, utc_offset, study_day = entry[:9]
            mode, rating, score, response, answer, confidence, milliseconds, quiz = entry[9:]
            if kind != "review":
                self._begin(card, response if kind == "carried" else "")
                continue
            day = days.get(study_day) or self._day(study_day)
            stood = stood_of(card)
            before, known = _NEW, None
            if stood is not None:
                (stability, *_), _, last_day, before = stood
                known = recall(stability, day - last_day if day > last_day else 0)
            if mode == "study":
                stood = study(stood, card, rating, at, day)
            due_at, after = (stood[1], stood[3]) if stood else (None, before)
            if not first <= study_day <= last:
                continue
            deck, note, kind_of_question, question = cards.get(card) or self._card(card)
            yield [
                name.hex(),
                tell(at, utc_offset),
                study_day,
                device.hex(),
                deck,
                note,
                card,
                moved_from,
                kind_of_question,
                question,
                mode,
                rating,
                _RATING_WORDS[rating],
                score,
                response,
                answer,
                _CONFIDENCE_WORDS[confidence],
                milliseconds,
                quiz.hex() if quiz else None,
                known,
                *before,
                *after[:4],
                None if due_at is None else tell(due_at, utc_offset),
                *after[4:],
            ]

    def _begin(self, card: str, state: str) -> None:
        """Let a card begin anew: with the state that it came with, or as new where there is none."""
        self._stood.pop(card, None)
        if state:
            stability, difficulty, phase, step, due_day, due_at, last_day, reps, lapses = decode_state(state)
            days, last, due = (due_day - last_day).days, last_day.toordinal(), due_day.isoformat()
            told = (_PHASE_WORDS[phase], stability, difficulty, due, days, reps, lapses)
            self._stood[card] = (stability, difficulty, phase, step, reps, lapses), due_at, last, told

    def _study(self, known: _Known | None, card: str, number: int, at: int, day: int) -> _Known:
        """How a card stands after a review."""
        if known is None:
            left = self._scheduler.follow(None, 0, _RATINGS[number], card=card)
        else:
            stood, _, last_day, _ = known
            day = day if day > last_day else last_day
            left = self._scheduler.follow(stood, day - last_day, _RATINGS[number], card=card)
        stands, days, seconds = left
        stability, difficulty, phase, _, reps, lapses = stands
        due = self._told_days.get(day + days) or self._told_day(day + days)
        told = (_PHASE_WORDS[phase], stability, difficulty, due, days, reps, lapses)
        due_at = None if seconds is None else at + seconds * 1000
        found = self._stood[card] = stands, due_at, day, told
        return found

    def _card(self, card: str) -> tuple[Cell, ...]:
        """Deck, note, type and question of a card; if no deck has it any more, what its id tells."""
        found = self._asked.get(card)
        if found:
            note = found.note.removeprefix(f"{found.deck}/")
            told: tuple[Cell, ...] = (found.deck, note, found.type, found.question)
        else:
            deck, note, _ = (*card.rsplit("/", 2), "", "")[:3]
            told = deck, note, None, None
        self._cards[card] = told
        return told

    def _day(self, text: str) -> int:
        day = self._days[text] = date.fromisoformat(text).toordinal()
        return day

    def _told_day(self, ordinal: int) -> str:
        told = self._told_days[ordinal] = date.fromordinal(ordinal).isoformat()
        return told


class _Moments:
    """Writes moments as ISO 8601, with milliseconds and the offset of then; mostly that of the one before."""

    def __init__(self) -> None:
        self._minutes: dict[int, str] = {}
        self._turn(0)

    def tell(self, at: int, utc_offset: int) -> str:
        """`2024-06-13T14:05:09.120+02:00`; `at` in milliseconds since 1970, UTC, `utc_offset` in minutes."""
        if utc_offset != self._offset:
            self._turn(utc_offset)
        minute, rest = divmod(at + self._ahead, _MINUTE)
        begun = self._minutes.get(minute) or self._begun(minute)
        return f"{begun}{_SECONDS[rest // 1000]}{_THOUSANDTHS[rest % 1000]}{self._zone}"

    def _turn(self, utc_offset: int) -> None:
        hours, minutes = divmod(abs(utc_offset), 60)
        self._offset, self._ahead = utc_offset, utc_offset * _MINUTE
        self._zone = f"{'-' if utc_offset < 0 else '+'}{hours:02}:{minutes:02}"

    def _begun(self, minute: int) -> str:
        if len(self._minutes) >= _A_DAY:
            self._minutes.clear()
        day, of_day = divmod(minute, _A_DAY)
        hours, minutes = divmod(of_day, 60)
        begun = f"{date.fromordinal(_EPOCH + day).isoformat()}T{hours:02}:{minutes:02}:"
        self._minutes[minute] = begun
        return begun
