"""Whether a progress file is as it was written, and its caches what its log implies. Nothing is changed."""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from operator import itemgetter
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.keeping import gaps
from trainer.core.progress import Advance, unseen
from trainer.storage import fresh
from trainer.storage.connection import FAULTS, open_as_it_is
from trainer.storage.entries import LOGGED
from trainer.storage.merging import is_sound, numbered_rows_of
from trainer.storage.migrations import APPLICATION_ID, VERSION, made_empty
from trainer.storage.replaying import memory_states
from trainer.storage.store import MEMORY, memory_row

if TYPE_CHECKING:
    from trainer.core.scheduling import Replay

_MOST = 20
"""Faults of the file that are told at most."""

_WORD = re.compile(r"[^\W\d]\w*")
_PLAIN = (
    "a and as at be big but byte cell Cell Child code count database depth differs disk does end entries "
    "entry error exist extends failed Failed file for format Fragmentation free Freelist get getting "
    "image in index initPage btreeInitPage info invalid is it key leaf length list made malformed "
    "mismatch missing Multiple never no non none not NULL NUMERIC NUMBER of off Offset on order ours out "
    "overflow page Page pages pointer ptrmap range read reference reported returns root row Rowid rowid "
    "schema should size such table TEXT than to too trailing Tree tree trigger unable unique unsupported "
    "used uses value view was while wrong belongs column constraint CHECK"
)
_WORDS = frozenset(_PLAIN.split())
"""Words of SQLite's own faults, and of ours."""

_STEPS_TO_COME = 1_000
"""So many versions may still come; a file that says more is damaged."""

_A_BEAT = 1_000
_NO_MARKS = [0, "", 0]
"""What older versions left of a card whose only mark was taken back: as good as no row."""

_CARD, _DAY = (LOGGED.split(", ").index(name) for name in ("card", "study_day"))
_PRAGMAS = (
    *("page_size", "page_count", "freelist_count", "journal_mode", "encoding", "auto_vacuum"),
    *("application_id", "user_version"),
)
KINDS = (
    *("review", "suspend", "bury", "flag", "undo", "forget", "told", "move", "carried"),
    *("quiz", "quiz-answer", "quiz-flag", "quiz-pause", "quiz-end"),
)
"""The kinds of entries of a log."""


class Changed(NamedTuple):
    """An entry that is not as it was written: its number, and card and day as far as they can be read."""

    seq: int
    card: str
    day: str


class Log(NamedTuple):
    """How the log is: how many entries, those that were changed, and the runs of numbers without one.

    If it cannot be read to its end, `broken` says why.
    """

    entries: int
    changed: tuple[Changed, ...]
    gaps: tuple[tuple[int, int], ...]
    broken: str = ""


class Caches(NamedTuple):
    """How many cards or entries are kept otherwise than the log implies, by what is kept of them."""

    memory: int
    marks: int
    moves: int
    fresh: int


@contextmanager
def as_it_will_be(path: Path) -> Iterator[Path]:
    """The progress file, or where a write was cut off a copy in which that is taken back; raises OSError."""
    target = path.resolve()  # A journal is beside the file that a link leads to.
    journal = target.with_name(f"{target.name}-journal")
    try:
        is_cut_off = journal.stat().st_size > 0
    except OSError:
        is_cut_off = False
    if not is_cut_off:
        yield path
        return
    with TemporaryDirectory(prefix="trainer-") as folder:
        copied = Path(folder) / "progress.db"
        copyfile(path, copied)
        copyfile(journal, copied.with_name("progress.db-journal"))
        try:
            with closing(sqlite3.connect(copied, isolation_level=None)) as file:
                file.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except FAULTS:
            copyfile(path, copied)  # What is damaged is looked at as it is.
        copied.with_name("progress.db-journal").unlink(missing_ok=True)
        yield copied


def version_of(path: Path) -> int:
    """The version of a progress file; 0 where it cannot be read."""
    try:
        with open_as_it_is(path) as file:
            return int(file.execute("PRAGMA user_version").fetchone()[0])
    except FAULTS:
        return 0


def is_newer(path: Path) -> bool:
    """Whether a file was written by a newer trainer: it says so, credibly or by tables that we don't make."""
    version = version_of(path)
    if version <= VERSION + _STEPS_TO_COME:
        return version > VERSION
    try:
        with open_as_it_is(path) as file:
            return bool(_strange(file, VERSION))
    except FAULTS:
        return False


def is_foreign(path: Path) -> bool:
    """Whether a file is one of another program: it can be read, and has tables but no log of ours."""
    try:
        with open_as_it_is(path) as file:
            (application,) = file.execute("PRAGMA application_id").fetchone()
            columns = {name for _, name, *_ in file.execute("PRAGMA table_info(log)")}
            (tables,) = file.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except FAULTS:
        return False
    return application != APPLICATION_ID and tables > 0 and not columns >= {*LOGGED.split(", "), "hash"}


def settings_of(path: Path) -> str:
    """The scheduling settings that memory states were computed with; raises what SQLite does."""
    with open_as_it_is(path) as file:
        row = file.execute("SELECT value FROM meta WHERE key = 'scheduling'").fetchone()
    return str(row[0]) if row else ""


def faults_of_file(path: Path) -> list[str]:
    """What SQLite finds wrong, and what of the tables is not as we made them; empty if all is well."""
    found: list[str] = []
    try:
        with open_as_it_is(path) as file:
            found += [str(line) for (line,) in file.execute(f"PRAGMA integrity_check({_MOST})")]
            found = [] if found == ["ok"] else found
            for table, row, parent, _ in file.execute("PRAGMA foreign_key_check").fetchmany(_MOST):
                found.append(f"row {row} of table {table} belongs to none of {parent}")
            (version,) = file.execute("PRAGMA user_version").fetchone()
            if 0 < version <= VERSION:
                found += _strange(file, version)
    except FAULTS as error:
        found.append(str(error))
    return found[:_MOST]


def without_names(faults: Iterable[str]) -> list[str]:
    """Faults of a file with every word left out that is neither SQLite's nor a name of ours, each once."""
    with made_empty() as made:
        known = _WORDS | {word for name in _schema(made) for word in name.split()}
    told = (_WORD.sub(lambda word: word[0] if word[0] in known else "…", fault) for fault in faults)
    return list(dict.fromkeys(told))


def _strange(file: sqlite3.Connection, version: int) -> list[str]:
    """What of the schema is not as that version has it."""
    with made_empty(version) as made:
        ours = _schema(made)
    theirs = _schema(file)
    found = [f"{name} is missing" for name in ours if name not in theirs]
    found += [f"{name} is none of ours" for name in theirs if name not in ours]
    return found + [
        f"{name} is not as it was made" for name in ours if theirs.get(name, ours[name]) != ours[name]
    ]


def _schema(file: sqlite3.Connection) -> dict[str, str]:
    query = "SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    found: dict[str, str] = dict(file.execute(query))
    found.pop("table sqlite_stat1", None)
    return found


def look_through(path: Path, advance: Advance = unseen) -> Log:
    """Hold every entry of the log against its hash. Never raises: what cannot be read is told."""
    numbers: list[int] = []
    changed: list[Changed] = []
    broken = ""
    try:
        with open_as_it_is(path) as file:
            file.text_factory = _text
            (total,) = file.execute("SELECT coalesce(max(seq), 0) FROM log").fetchone()
            for seq, row in numbered_rows_of(file):
                numbers.append(seq)
                if not is_sound(row):
                    changed.append(Changed(seq, str(row[_CARD]), str(row[_DAY])))
                if len(numbers) % _A_BEAT == 0:
                    advance(min(len(numbers), total), total)
    except FAULTS as error:
        broken = str(error)
    return Log(len(numbers), tuple(changed), tuple(gaps(numbers)), broken)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def wrong_caches(path: Path, *, replay: Replay, advance: Advance = unseen) -> Caches:
    """Hold memory states, marks, moves and new cards against the log, under the settings of `replay`.

    For a file of the present version; raises what SQLite does.
    """
    with open_as_it_is(path) as file:
        return Caches(
            memory=_wrong_memory(file, replay, advance),
            marks=_wrong_marks(file),
            moves=_wrong_moves(file),
            fresh=fresh.wrong(file),
        )


def _wrong_memory(file: sqlite3.Connection, replay: Replay, advance: Advance) -> int:
    kept = {row[0]: row for row in file.execute(f"SELECT card, {MEMORY} FROM memory")}
    wrong = 0
    for card, state in memory_states(file, replay, advance):
        wrong += kept.pop(card, None) != memory_row(card, state)
    return wrong + len(kept)


def _wrong_marks(file: sqlite3.Connection) -> int:
    implied: dict[str, dict[str, object]] = {}
    query = """SELECT card, kind, CASE kind WHEN 'bury' THEN study_day ELSE value END FROM kept
               WHERE kind IN ('suspend', 'bury', 'flag') ORDER BY seq"""
    for card, kind, value in file.execute(query):
        implied.setdefault(card, {})[kind] = value
    kept = {card: row for card, *row in file.execute("SELECT card, suspended, buried_on, flagged FROM marks")}
    wrong = 0
    for card, marks in implied.items():
        expected = [marks.get("suspend", 0), marks.get("bury", ""), marks.get("flag", 0)]
        wrong += kept.pop(card, None) != expected
    return wrong + len([row for row in kept.values() if row != _NO_MARKS])


def _wrong_moves(file: sqlite3.Connection) -> int:
    """Entries that are kept under another card than the moves imply."""
    moves: dict[str, list[tuple[int, str]]] = {}
    for seq, old, new in file.execute(
        "SELECT seq, card, response FROM kept WHERE kind = 'move' ORDER BY seq"
    ):
        moves.setdefault(old, []).append((seq, new))
    wrong = 0
    for seq, card, kind, owner in file.execute("SELECT seq, card, kind, owner FROM log"):
        wrong += owner != (card if kind in ("move", "undo") else _owner(moves, card, seq))
    return wrong


def _owner(moves: dict[str, list[tuple[int, str]]], card: str, seq: int) -> str:
    """To which card an entry belongs; `moves` are by the card moved, each its number and the new card."""
    while own := moves.get(card):
        place = bisect_right(own, seq, key=itemgetter(0))
        if place == len(own):
            break
        seq, card = own[place]
    return card


def figures(path: Path) -> dict[str, object]:
    """Numbers about a progress file that tell nothing of what is in it; what cannot be read is left out."""
    found: dict[str, object] = {}
    try:
        with open_as_it_is(path) as file:
            for name in _PRAGMAS:
                found[name] = file.execute(f"PRAGMA {name}").fetchone()[0]
            with made_empty() as made:
                kinds = _schema(made)
            tables = [name.removeprefix("table ") for name in kinds if name.startswith("table ")]
            there = {name for (name,) in file.execute("SELECT name FROM sqlite_master")}
            found["schema"] = [name for name in kinds if name.rpartition(" ")[2] in there]
            found["rows"] = {
                name: file.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
                for name in tables
                if name in there
            }
            known = ", ".join(f"'{kind}'" for kind in KINDS)
            query = f"SELECT iif(kind IN ({known}), kind, 'others'), count(*) FROM log GROUP BY 1"
            found["kinds"] = dict(file.execute(query).fetchall())
            found["devices"] = file.execute("SELECT count(DISTINCT device) FROM log").fetchone()[0]
    except FAULTS:
        found["complete"] = False
    return found
