"""What a log implies, worked out anew and apart from the program's queries; whether a file holds that."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from trainer.core.day import Moment
from trainer.core.review import Rating, Review
from trainer.core.scheduling import History, MemoryState, Phase, Scheduler
from trainer.storage import fresh
from trainer.storage.entries import LATER, LOGGED, Marks, content_hash

_COLUMNS = f"{LOGGED}, {LATER}, hash, owner, seq"
_NAMES = _COLUMNS.split(", ")
Logged = dict[str, Any]


class Implied(NamedTuple):
    """What is kept of each card, and to which card each entry belongs, by id."""

    memory: dict[str, MemoryState]
    marks: dict[str, Marks]
    owners: dict[bytes, str]


def logged(connection: Any) -> list[Logged]:
    """The entries of the log, in the order in which they count."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM log ORDER BY seq").fetchall()
    return [dict(zip(_NAMES, row, strict=True)) for row in rows]


def implied(log: list[Logged], scheduler: Scheduler) -> Implied:
    """What follows from the entries, one after another."""
    gone = {entry["target"] for entry in log if entry["kind"] == "undo"}
    owners: dict[bytes, str] = {}
    for entry in log:
        if entry["kind"] == "move" and entry["id"] not in gone:
            old, new = entry["card"], entry["response"]
            owners |= {id: new for id, card in owners.items() if card == old}
        elif entry["kind"] not in ("move", "undo"):
            owners[entry["id"]] = entry["card"]
    histories: dict[str, tuple[MemoryState | None, list[Review]]] = {}
    marks: dict[str, Marks] = {}
    for entry in log:
        if entry["id"] in gone or entry["id"] not in owners:
            continue
        card, kind = owners[entry["id"]], entry["kind"]
        if kind == "review":
            histories.setdefault(card, (None, []))[1].append(_review(card, entry))
        elif kind in ("forget", "carried"):
            histories[card] = (_state(entry["response"]) if kind == "carried" else None, [])
        elif kind == "suspend":
            marks[card] = marks.get(card, Marks())._replace(suspended=bool(entry["value"]))
        elif kind == "flag":
            marks[card] = marks.get(card, Marks())._replace(flagged=bool(entry["value"]))
        elif kind == "bury":
            marks[card] = marks.get(card, Marks())._replace(buried_on=entry["study_day"])
    states = {card: scheduler.replay(History(told, start)) for card, (start, told) in histories.items()}
    return Implied({card: state for card, state in states.items() if state}, marks, owners)


def faults(connection: Any, scheduler: Scheduler) -> list[str]:
    """What is wrong with a progress file that is open; nothing where it is whole."""
    found = [
        f"integrity: {row}"
        for row in connection.execute("PRAGMA integrity_check").fetchall()
        if row != ("ok",)
    ]
    if found:
        return found
    log = logged(connection)
    later = LATER.split(", ")
    for entry in log:
        first = [entry[name] for name in LOGGED.split(", ")]
        if content_hash(first, {name: entry[name] for name in later}) != entry["hash"]:
            found.append(f"hash of {entry['id'].hex()}")
    ids = [entry["id"] for entry in log]
    if ids != sorted(set(ids)):
        found.append("the entries are not in the order of their ids, each once")
    if wrong := fresh.wrong(connection):
        found.append(f"{wrong} cards wrongly new or known")
    implies = implied(log, scheduler)
    shown = [f"memory of {card}" for card in _unlike(implies.memory, _memory(connection))]
    shown += [f"marks of {card}" for card in _unlike(_set(implies.marks), _set(_marks(connection)))]
    owners = {entry["id"]: entry["owner"] for entry in log if entry["kind"] not in ("move", "undo")}
    return found + shown + [f"owner of {id.hex()}" for id in _unlike(implies.owners, owners)]


def faults_of(path: Path, scheduler: Scheduler | None = None) -> list[str]:
    """What is wrong with a progress file."""
    with closing(sqlite3.connect(path)) as connection:
        return faults(connection, scheduler or Scheduler())


def ids_over(connection: Any) -> list[bytes]:
    """The ids of the entries in a log, in their order."""
    return [id for (id,) in connection.execute("SELECT id FROM log ORDER BY seq")]


def _unlike(some: dict[Any, Any], others: dict[Any, Any]) -> list[Any]:
    return [key for key in {**some, **others} if some.get(key) != others.get(key)]


def _set(marks: dict[str, Marks]) -> dict[str, Marks]:
    return {card: each for card, each in marks.items() if each != Marks()}


def _memory(connection: Any) -> dict[str, MemoryState]:
    query = (
        "SELECT card, stability, difficulty, phase, step, due_day, due_at, last_day, reps, lapses FROM memory"
    )
    return {
        card: MemoryState(
            stability,
            difficulty,
            Phase(phase),
            step,
            date.fromisoformat(due),
            due_at,
            date.fromisoformat(last),
            *counts,
        )
        for card, stability, difficulty, phase, step, due, due_at, last, *counts in connection.execute(query)
    }


def _marks(connection: Any) -> dict[str, Marks]:
    rows = connection.execute("SELECT card, suspended, buried_on, flagged FROM marks")
    return {card: Marks(bool(suspended), day, bool(flagged)) for card, suspended, day, flagged in rows}


def _review(card: str, entry: Logged) -> Review:
    return Review(
        card=card,
        rating=Rating(entry["rating"]),
        score=entry["score"],
        response=entry["response"],
        milliseconds=entry["milliseconds"],
        mode=entry["mode"],
        moment=Moment(entry["at"], entry["utc_offset"], date.fromisoformat(entry["study_day"])),
    )


def _state(text: str) -> MemoryState:
    kept = json.loads(text)
    return MemoryState(
        kept["stability"],
        kept["difficulty"],
        Phase(kept["phase"]),
        kept["step"],
        date.fromisoformat(kept["due_day"]),
        kept["due_at"],
        date.fromisoformat(kept["last_day"]),
        kept["reps"],
        kept["lapses"],
    )
