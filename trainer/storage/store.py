"""The review log and what it implies, in SQLite.

The log is append-only. Each entry is written together with the cached rows that it changes, in one
transaction that is durable when the call returns.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trainer.core.day import Moment
from trainer.core.progress import Advance, Watch, one_by_one, parts, unseen, unwatched
from trainer.errors import ChangedElsewhereError, NotSavedError
from trainer.storage import fresh
from trainer.storage.connection import connect, connect_read_only, look_in_place, reading, saving
from trainer.storage.entries import (
    COUNTING,
    LATER,
    LOGGED,
    Entry,
    Marks,
    NewEntry,
    history_of,
    millisecond_of,
    neighbour,
    new_ids,
    reviews_of,
    writable,
)
from trainer.storage.replaying import memory_states

if TYPE_CHECKING:
    from trainer.core.review import Review
    from trainer.core.scheduling import History, MemoryState, Replay
    from trainer.core.session import Outcome

Values = Sequence[object] | Mapping[str, object]

MEMORY = "stability, difficulty, phase, step, due_day, due_at, last_day, reps, lapses"
"""The columns of a memory state, beside its card."""
_PUT_MEMORY = f"INSERT OR REPLACE INTO memory (card, {MEMORY}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
APPENDED = f"{LOGGED}, {LATER}, hash"
"""The columns that an entry is written with: all but its number and what is cached beside it."""
APPEND = f"INSERT INTO log ({APPENDED}) VALUES ({', '.join('?' * len(APPENDED.split(', ')))})"
_HISTORY = f"SELECT {', '.join(COUNTING)} FROM kept WHERE kind IN ('review', 'forget', 'carried')"


class Store:
    """The progress file. Reading raises DataError, writing NotSavedError, each with one clear line.

    It can be looked at `in_place`, or `read_only` as a copy in memory that can be brought up to date.
    """

    def __init__(
        self, path: Path, *, read_only: bool = False, in_place: bool = False, watch: Watch = unwatched
    ) -> None:
        self.path = path
        self.read_only = read_only or in_place
        self.is_copy = read_only
        opened = look_in_place if in_place else connect_read_only if read_only else connect
        self.connection = opened(path, watch)
        self.device = self._device()
        self.settings = self.scheduling_settings()
        self._in_doubt: list[tuple[bytes, Outcome]] = []

    def close(self) -> None:
        """Let go of the file, and take away the emptied journal beside it."""
        with suppress(sqlite3.Error):
            self.connection.execute("PRAGMA journal_mode = DELETE")
        self.connection.close()

    # Writing

    def append_review(self, outcome: Outcome) -> bytes:
        """Record an answer and the memory state it leaves; returns the entry's id.

        Raises ChangedElsewhereError, recording nothing, if the memory state is not `outcome.before` any more.
        """
        with self.transaction():
            for doubted in self._in_doubt:
                from trainer.storage.doubt import take_back

                take_back(self, *doubted, retried=outcome)
            entry = self.put_outcome(outcome)
            self._in_doubt.append((entry, outcome))  # Until COMMIT has said that it is on disk.
        self._in_doubt.clear()
        return entry

    def append_mark(self, kind: str, card: str, *, moment: Moment, value: int = 1) -> bytes:
        """Record that a card was suspended, buried for today or flagged; `value` 0 takes the mark off."""
        with self.transaction():
            entry = self.append(moment, kind, card, value=value)
            self.cache_marks(card)
        return entry

    def append_told(self, card: str, answer: str, *, moment: Moment) -> bytes:
        """Record that the learner was told what the answer to a card is now."""
        with self.transaction():
            return self.append(moment, "told", card, answer=writable(answer))

    def append_undo(self, entry: Entry, *, moment: Moment, replay: Replay) -> int:
        """Take an entry back: the card stands as if it had never been written.

        What was done to many cards at once is taken back as a whole; how many other cards there were. Raises
        ChangedElsewhereError if another session has taken it back already.
        """
        with self.transaction():
            others = self.together_with(entry)
            self.put_undo(entry, *others, moment=moment, replay=replay)
        return len({entry.card, *(other.card for other in others)}) - 1

    def rebuild(self, settings: str, replay: Replay, *, advance: Advance = unseen) -> None:
        """Drop every cached memory state and replay the log under other scheduling settings."""
        with self.transaction():
            self.connection.execute("DELETE FROM memory")
            rows = (memory_row(*left) for left in memory_states(self.connection, replay, advance))
            self.connection.executemany(_PUT_MEMORY, rows)
            fresh.find_all(self.connection)
            self._set_meta("scheduling", settings)
        self.settings = settings

    def check_writable(self) -> None:
        """Raise NotSavedError if nothing can be written to the file or its folder."""
        if not os.access(self.path.parent, os.W_OK):
            problem = "progress cannot be saved: the folder is read-only"
            raise NotSavedError(problem, hint=str(self.path.parent))
        with self.transaction():
            pass

    # Reading

    def version(self) -> int:
        """A number that changes whenever another session has written."""
        return int(self.one("PRAGMA data_version")[0])

    def last_entry(self) -> Entry | None:
        """The newest entry of this device that has not been taken back; what belongs to a quiz stays."""
        row = self.one(
            """SELECT id, kind, card, value FROM kept WHERE device = ? AND quiz IS NULL AND kind <> 'quiz'
               ORDER BY seq DESC LIMIT 1""",
            (self.device,),
        )
        return Entry(*row) if row else None

    def entry(self, entry: bytes) -> Entry | None:
        """The entry of that id, unless it has been taken back."""
        row = self.one("SELECT id, kind, card, value FROM kept WHERE id = ?", (entry,))
        return Entry(*row) if row else None

    def last_answer(self, card: str) -> tuple[str, date] | None:
        """The answer to a card as the learner last learnt it, and the study day of that.

        A test only counts where nothing else does: it asks, and does not tell that an answer has changed.
        None if the card is new, forgotten, or last seen before answers were recorded.
        """
        row = self.one(
            """SELECT answer, study_day FROM kept
               WHERE card = :card AND (kind = 'forget' OR kind IN ('review', 'told') AND answer IS NOT NULL)
                 AND seq >= coalesce((SELECT max(seq) FROM kept WHERE card = :card AND kind = 'forget'), 0)
               ORDER BY kind <> 'forget' DESC, quiz IS NULL DESC, seq DESC LIMIT 1""",
            {"card": card},
        )
        return (row[0], date.fromisoformat(row[1])) if row and row[0] is not None else None

    def is_forgotten_since(self, entry: Entry) -> bool:
        """Whether the card of an entry was forgotten after it."""
        query = """SELECT 1 FROM kept WHERE kind = 'forget' AND card = ?
                   AND seq > (SELECT seq FROM log WHERE id = ?)"""
        return self.one(query, (self.card_of(entry), entry.id)) is not None

    def card_of(self, entry: Entry) -> str:
        """The card that an entry is about now: the one it has moved to, or that it has moved others to."""
        query = "SELECT CASE kind WHEN 'move' THEN response ELSE owner END FROM log WHERE id = ?"
        row = self.one(query, (entry.id,))
        return str(row[0]) if row else entry.card

    def together_with(self, entry: Entry) -> list[Entry]:
        """The other entries that were written by the same act and stand; their ids are consecutive."""
        found: list[Entry] = []
        for by, sign, order in ((-1, "<", "DESC"), (1, ">", "ASC")):
            query = f"SELECT id, kind, card, value FROM kept WHERE id {sign} ? ORDER BY id {order}"
            expected = neighbour(entry.id, by)
            for row in self.connection.execute(query, (entry.id,)):
                near = Entry(*row)
                if near.id != expected:
                    break
                found.append(near)
                expected = neighbour(near.id, by)
        return found

    def scheduling_settings(self) -> str:
        """The scheduling settings that the cached memory states were computed with."""
        row = self.one("SELECT value FROM meta WHERE key = 'scheduling'")
        return str(row[0]) if row else ""

    def reviews(self, card: str) -> list[Review]:
        """The reviews of a card that stand, oldest first; not those before it was last forgotten."""
        with reading(self.path):
            return reviews_of(self._entries(card))[0]

    def memory(self, cards: Iterable[str] | None = None) -> dict[str, MemoryState]:
        """The memory states of the cards asked for, or of all; new cards have none."""
        from trainer.core.scheduling import MemoryState, Phase

        rows: list[Any]
        with reading(self.path):
            if cards is None:
                rows = self.connection.execute(f"SELECT card, {MEMORY} FROM memory").fetchall()
            else:
                query = f"SELECT card, {MEMORY} FROM memory WHERE card = ?"
                rows = [row for card in cards for row in self.connection.execute(query, (card,))]
        return {
            card: MemoryState(
                stability=stability,
                difficulty=difficulty,
                phase=Phase(phase),
                step=step,
                due_day=date.fromisoformat(due_day),
                due_at=due_at,
                last_day=date.fromisoformat(last_day),
                reps=reps,
                lapses=lapses,
            )
            for card, stability, difficulty, phase, step, due_day, due_at, last_day, reps, lapses in rows
        }

    def marks(self, card: str) -> Marks:
        """What is set on a card by hand."""
        row = self.one("SELECT suspended, buried_on, flagged FROM marks WHERE card = ?", (card,))
        return Marks(bool(row[0]), row[1], bool(row[2])) if row else Marks()

    # Inside a transaction

    def put_outcome(self, outcome: Outcome, *, quiz: bytes | None = None) -> bytes:
        """Append a review and keep the memory state it leaves; `quiz` is the quiz it belongs to.

        Raises ChangedElsewhereError if the memory state is not `outcome.before` any more.
        """
        review = outcome.review
        if self.memory([review.card]).get(review.card) != outcome.before:
            raise ChangedElsewhereError("this card was answered in another session in the meantime")
        entry = self.append(
            review.moment,
            "review",
            review.card,
            rating=int(review.rating),
            score=review.score,
            response=writable(review.response),
            milliseconds=review.milliseconds,
            mode=review.mode,
            confidence=None if review.confidence is None else int(review.confidence),
            quiz=quiz,
            answer=writable(review.answer) or None,
        )
        self.put_memory(review.card, outcome.after)
        self.doubt_other_settings()
        return entry

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, and on disk when it ends; raises NotSavedError, leaving things as they were."""
        with saving(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def put_undo(self, *entries: Entry, moment: Moment, replay: Replay, advance: Advance = unseen) -> None:
        """Take entries back; raises ChangedElsewhereError if one of them has been taken back already."""
        for entry in entries:
            if self.connection.execute("SELECT 1 FROM log WHERE target = ?", (entry.id,)).fetchone():
                raise ChangedElsewhereError("this was taken back in another session already")
        for_entries, for_memory, for_marks = parts(advance, (1, 1, 1))
        ids = self.new_ids(moment.at, len(entries))
        self.append_all(
            NewEntry(undo, moment, "undo", entry.card, {"target": entry.id})
            for undo, entry in zip(ids, one_by_one(entries, for_entries), strict=True)
        )
        changed: set[str] = set()
        if any(entry.kind == "move" for entry in entries):
            from trainer.storage.moves import replay_moves

            changed = replay_moves(self.connection)
        for card in changed:
            self.cache(card, replay=replay)
        scheduled = {self.card_of(each) for each in entries if each.kind in ("review", "forget", "carried")}
        marked = {self.card_of(each) for each in entries if each.kind in ("suspend", "bury", "flag")}
        for card in one_by_one(scheduled - changed, for_memory):
            self.put_memory(card, replay(self.history(card)))
        for card in one_by_one(marked - changed, for_marks):
            self.cache_marks(card)
        self.doubt_other_settings()

    def cache(self, card: str, *, replay: Replay) -> None:
        """Keep all that the log implies of a card, inside a transaction."""
        self.put_memory(card, replay(self.history(card)))
        self.cache_marks(card)

    def append(
        self, moment: Moment, kind: str, card: str, *, entry: bytes | None = None, **values: object
    ) -> bytes:
        """Add a row to the log, inside a transaction; returns its id. `values` are columns of the log."""
        entry = entry or self.new_ids(moment.at, 1)[0]
        self.append_all([NewEntry(entry, moment, kind, card, values)])
        return entry

    def new_ids(self, at: int, count: int) -> list[bytes]:
        """Ids for what one act writes, inside a transaction: later than all in the log."""
        (last,) = self.connection.execute("SELECT max(id) FROM log").fetchone()
        return new_ids(max(at, 0 if last is None else millisecond_of(last) + 1), count)

    def append_all(self, entries: Iterable[NewEntry]) -> None:
        """Add rows to the log, inside a transaction."""
        self.connection.executemany(APPEND, (entry.row(self.device) for entry in entries))

    def history(self, card: str) -> History:
        """What counts for the memory state of a card, since it was last forgotten or carried over."""
        return history_of(self._entries(card))

    def _entries(self, card: str) -> Iterable[tuple[Any, ...]]:
        return self.connection.execute(f"{_HISTORY} AND card = ? ORDER BY seq", (card,))

    def put_memory(self, card: str, state: MemoryState | None) -> None:
        """Keep the memory state that a card's reviews imply, inside a transaction."""
        if state is None:
            self.connection.execute("DELETE FROM memory WHERE card = ?", (card,))
        else:
            self.connection.execute(_PUT_MEMORY, memory_row(card, state))
        fresh.keep_card(self.connection, card, is_new=state is None)

    def cache_marks(self, card: str) -> None:
        """Keep what a card's marks in the log imply, inside a transaction."""
        latest = dict(
            self.connection.execute(
                """SELECT kind, CASE kind WHEN 'bury' THEN study_day ELSE value END FROM kept
                   WHERE card = ? AND kind IN ('suspend', 'bury', 'flag') ORDER BY seq""",
                (card,),
            )
        )
        if not latest:
            self.connection.execute("DELETE FROM marks WHERE card = ?", (card,))
            return
        self.connection.execute(
            "INSERT OR REPLACE INTO marks (card, suspended, buried_on, flagged) VALUES (?, ?, ?, ?)",
            (card, latest.get("suspend", 0), latest.get("bury", ""), latest.get("flag", 0)),
        )

    def doubt_other_settings(self) -> None:
        """If another session rebuilt the cache under other settings, the next start does so again."""
        changed = "UPDATE meta SET value = '' WHERE key = 'scheduling' AND value <> ?"
        self.connection.execute(changed, (self.settings,))

    def _device(self) -> bytes:
        row = self.one("SELECT value FROM meta WHERE key = 'device'")
        if row is None:
            with self.transaction():
                self._set_meta("device", os.urandom(16), keep=True)
            row = self.one("SELECT value FROM meta WHERE key = 'device'")
        return bytes(row[0])

    def _set_meta(self, key: str, value: object, *, keep: bool = False) -> None:
        way = "IGNORE" if keep else "REPLACE"
        self.connection.execute(f"INSERT OR {way} INTO meta (key, value) VALUES (?, ?)", (key, value))

    def one(self, query: str, values: Values = ()) -> Any:
        """The first row of a query, or None."""
        with reading(self.path):
            return self.connection.execute(query, values).fetchone()

    def all(self, query: str, values: Values = ()) -> list[Any]:
        """All rows of a query."""
        with reading(self.path):
            return self.connection.execute(query, values).fetchall()


def memory_row(card: str, state: MemoryState) -> tuple[object, ...]:
    """A memory state as its table has it."""
    return (
        card,
        state.stability,
        state.difficulty,
        int(state.phase),
        state.step,
        state.due_day.isoformat(),
        state.due_at,
        state.last_day.isoformat(),
        state.reps,
        state.lapses,
    )
