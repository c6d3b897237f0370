"""How the data are: the progress file, what is kept of it, settings, decks, backups, what is left behind.

Looking changes nothing, whatever state things are in; what is wrong is told, never raised.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sqlite3
import stat
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from trainer.collection.keeping import kept_beside
from trainer.config import Config, Places, load
from trainer.core.keeping import FOLDER
from trainer.core.progress import Advance, parts, unseen
from trainer.core.wording import entries, plural
from trainer.errors import TrainerError, advice
from trainer.storage import backups, restoring, soundness
from trainer.storage.connection import refuse_foreign
from trainer.storage.migrations import VERSION
from trainer.storage.soundness import as_it_will_be

if TYPE_CHECKING:
    from trainer.collection import Collection

State = Literal["ok", "note", "wrong"]

_LEFTOVER = re.compile(r"\..+\.[A-Za-z0-9_]{8}\.part(-journal)?")
_OLD = 86_400
"""Seconds after which what a write has left is no longer being written."""

_NONSENSE = (sqlite3.Error, ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
"""What a replay of entries that are not as they were written may raise."""

_LITTLE_ROOM = 50_000_000
_NO_ROOM = 1_000_000
_DEEP, _MANY = 16, 20_000
_TOLD = 10
_CACHES = "what follows from it"
_SHARES = (2, 3, 3, 2)


class Check(NamedTuple):
    """Something that was looked at: how it is, in words that may name files and cards, and what to do.

    `counts` and `public` name nothing that belongs to anybody: they may be shown to others.
    """

    name: str
    state: State
    said: str
    todo: str = ""
    more: tuple[str, ...] = ()
    counts: Mapping[str, int] = {}
    public: tuple[str, ...] = ()


class Health(NamedTuple):
    """All that was looked at, and whether the collection can be opened to look at decks and cards."""

    checks: tuple[Check, ...]
    can_open: bool

    @property
    def needs_repair(self) -> bool:
        """Whether something is wrong in the progress file, so that making anew what follows may help."""
        inside = ("progress file", "log", _CACHES)
        return any(check.state == "wrong" and check.name in inside for check in self.checks)


def is_well(checks: Iterable[Check]) -> bool:
    """Whether nothing is wrong."""
    return all(check.state != "wrong" for check in checks)


def look_over(places: Places, *, advance: Advance = unseen) -> Health:
    """Look at everything but the cards of the decks, for which the collection must be opened."""
    for_file, for_log, for_caches, for_backups = parts(advance, _SHARES)
    settings, check_settings = _settings(places)
    checks = [_folder(places), _room(places)]
    file, version = _file(places, for_file)
    checks.append(file)
    if version:
        with as_it_will_be(places.progress) as path:
            log = _log(places, path, for_log)
            checks.append(log)
            if settings is not None and file.state != "wrong":
                checks.append(_caches(path, settings, for_caches, version=version))
    checks += [check_settings, _backups(places, for_backups), _leftovers(places)]
    return Health(tuple(checks), can_open=file.state != "wrong")


@contextmanager
def settled(places: Places) -> Iterator[Places]:
    """The places with a progress file that can be looked at: where a write was cut off, a copy."""
    with ExitStack() as stack:
        with suppress(OSError):
            places = places._replace(progress=stack.enter_context(as_it_will_be(places.progress)))
        yield places


def problems_of_decks(collection: Collection) -> Check:
    """What is wrong in the decks, and which folders could not be read."""
    errors = Counter(each.span.path for each in collection.problems if each.severity == "error")
    others = sum(each.severity != "error" for each in collection.problems)
    unreadable = collection.unreadable
    folders = [path for path in errors if path.endswith("/")]
    files = {path: count for path, count in errors.items() if path not in folders}
    counts = {
        "decks": len(collection.decks),
        "unreadable": len(unreadable),
        "closed_folders": len(folders),
        "errors": errors.total(),
        "warnings": others,
    }
    more = [f"{path}: {plural(count, 'error')}" for path, count in files.items()]
    more += [f"{path}: this folder cannot be read" for path in folders]
    read = f"{plural(len(collection.decks), 'deck')} can be studied"
    if not errors:
        said = f"{read}, {plural(others, 'warning')}" if others else read
        return Check("decks", "ok", said, counts=counts)
    wrong = [plural(len(files), "file") + " with errors" if files else ""]
    wrong.append(plural(len(folders), "folder") + " that cannot be read" if folders else "")
    said = ", ".join([read, *filter(None, wrong)])
    return Check("decks", "wrong", said, f"`{advice('check')}` says what is wrong", tuple(more), counts)


def leftovers(folder: Path) -> list[Path]:
    """What writes that were killed have left in a folder."""
    with suppress(OSError), os.scandir(folder) as entries:
        return sorted(Path(entry.path) for entry in entries if _is_leftover(entry))
    return []


def remove_leftovers(places: Places) -> int:
    """Remove those in the data folder that are older than a day; how many there were."""
    removed = 0
    for folder in _data_folders(places):
        for path in leftovers(folder):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > _OLD:
                    path.unlink()
                    removed += 1
    return removed


def _folder(places: Places) -> Check:
    folder = places.progress.parent
    try:
        folder.stat()
    except FileNotFoundError:
        above = next((each for each in folder.parents if each.exists()), folder)
        if not os.access(above, os.W_OK | os.X_OK):
            said = f"{folder} cannot be made: {above} is read-only"
            return Check("data folder", "wrong", said, "choose another with --data")
        return Check("data folder", "ok", f"{folder} is made when something is answered")
    except OSError as error:
        said = f"{folder}: {error.strerror}"
        return Check("data folder", "wrong", said, "choose another with --data, or move it away")
    if not folder.is_dir():
        return Check(
            "data folder", "wrong", f"{folder} is a file, not a folder", "choose another with --data"
        )
    for path, rights in ((folder, "rwx"), (places.progress, "rw")):
        needed = os.R_OK | os.W_OK | (os.X_OK if "x" in rights else 0)
        if path.exists() and not os.access(path, needed):
            todo = f"`chmod u+{rights} {shlex.quote(str(path))}`"
            return Check("data folder", "wrong", f"{path} is closed to you: no answer can be saved", todo)
    for path in (folder, places.progress):
        with suppress(OSError):
            if stat.S_IMODE(path.stat().st_mode) & (stat.S_IWGRP | stat.S_IWOTH):
                return Check("data folder", "note", f"others may write to {path}", f"chmod go-w '{path}'")
    return Check("data folder", "ok", str(folder))


def _room(places: Places) -> Check:
    folder = places.progress.parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Check("room", "note", f"how much room there is cannot be told: {error.strerror}")
    size = 0
    with suppress(OSError):
        size = places.progress.stat().st_size
    said = f"{free // 1_000_000:,} MB are free"
    counts = {"free": free, "progress": size}
    if free < _NO_ROOM:
        return Check("room", "wrong", f"{said}: no answer can be saved", "make room", counts=counts)
    if free < max(_LITTLE_ROOM, 3 * size):
        return Check("room", "note", f"only {said}", "make room: backups need it too", counts=counts)
    return Check("room", "ok", said, counts=counts)


def _file(places: Places, advance: Advance) -> tuple[Check, int]:
    """How the progress file is, and its version; 0 if there is nothing in it to look at."""
    progress = places.progress
    try:
        if not refuse_foreign(progress):
            if said := kept_beside(places):
                return Check("progress file", "note", said), 0
            return Check("progress file", "ok", "nothing was answered yet"), 0
        with as_it_will_be(progress) as path:
            advance(0, 2)
            faults = soundness.faults_of_file(path)
            version = soundness.version_of(path)
            is_cut_off = path != progress
    except TrainerError as error:
        return Check("progress file", "wrong", str(error), error.hint), soundness.version_of(progress)
    except OSError as error:
        return Check("progress file", "wrong", f"{progress}: {error.strerror}"), 0
    advance(2, 2)
    counts = {"version": version, "faults": len(faults)}
    if faults:
        return (
            Check(
                *("progress file", "wrong", f"{progress} is damaged"),
                f"`{advice('restore --salvage')}` saves what can be read",
                tuple(faults[:_TOLD]),
                counts,
                tuple(soundness.without_names(faults)),
            ),
            version,
        )
    if is_cut_off:
        return Check(
            "progress file", "note", "a write was cut off; the next start takes it back", counts=counts
        ), version
    if version < VERSION:
        said = "of an older version; the next start brings it up to date, after a backup"
        return Check("progress file", "note", said, counts=counts), version
    return Check("progress file", "ok", f"{progress} is whole", counts=counts), version


def _log(places: Places, path: Path, advance: Advance) -> Check:
    found = soundness.look_through(path, advance)
    missing = sum(last - first + 1 for first, last in found.gaps)
    counts = {"entries": found.entries, "changed": len(found.changed), "missing": missing}
    if found.broken and not found.entries:
        return Check("log", "wrong", "cannot be read", counts=counts)
    if not found.entries and (said := kept_beside(places)):
        return Check("log", "note", said, counts=counts)
    if not (found.changed or found.gaps or found.broken):
        return Check("log", "ok", f"{entries(found.entries)}, each as it was written", counts=counts)
    more = [f"entry {each.seq}: {each.card[:80]}, {each.day[:10]}" for each in found.changed[:_TOLD]]
    more += [f"entries {first} to {last} are missing" for first, last in found.gaps[:_TOLD]]
    if found.broken:
        more.append(f"it cannot be read to its end: {found.broken}")
    said = f"{len(found.changed):,} of {entries(found.entries)} are not as they were written"
    if missing:
        said += f", {missing:,} are missing"
    salvage = advice("restore --salvage")
    todo = f"`{salvage}` leaves them out, and takes them from backups where those have them"
    return Check("log", "wrong", said, todo, tuple(more), counts)


def _caches(path: Path, settings: Config, advance: Advance, *, version: int) -> Check:
    name = _CACHES
    if version < VERSION:
        return Check(name, "ok", "is made anew at the next start")
    try:
        computed = soundness.settings_of(path)
        if computed != settings.scheduling_key:
            why = ": the settings have changed" if computed else ""
            return Check(name, "ok", f"due days are computed anew at the next start{why}")
        from trainer.core.scheduling import Scheduler

        replay = Scheduler(settings.scheduling()).replay
        wrong = soundness.wrong_caches(path, replay=replay, advance=advance)
    except _NONSENSE as error:
        said = f"cannot be computed: {type(error).__name__}"
        return Check(name, "wrong", said, f"`{advice('doctor --repair')}`")
    counts = wrong._asdict()
    if not any(wrong):
        return Check(name, "ok", "memory states, marks and moves are what the log says", counts=counts)
    kinds = ", ".join(f"{count:,} of {kind}" for kind, count in counts.items() if count)
    todo = f"`{advice('doctor --repair')}` makes it anew"
    return Check(name, "wrong", f"differs from the log: {kinds}", todo, (), counts)


def _settings(places: Places) -> tuple[Config | None, Check]:
    try:
        settings = load(places.settings)
    except TrainerError as error:
        return None, Check("settings", "wrong", str(error), error.hint)
    except Exception as error:
        return None, Check("settings", "wrong", f"{places.settings}: {type(error).__name__}")
    changed = [name for name in Config._fields if getattr(settings, name) != Config._field_defaults[name]]
    said = f"{places.settings}: {', '.join(changed)}" if changed else "as they come"
    return settings, Check("settings", "ok", said, counts={"changed": len(changed)})


def _backups(places: Places, advance: Advance) -> Check:
    try:
        found = backups.found(places.progress)
    except TrainerError as error:
        return Check("backups", "wrong", str(error))
    counts = {"backups": len(found), "size": sum(each.size for each in found)}
    folder = places.progress.parent / FOLDER
    if os.path.lexists(folder) and not folder.is_dir():
        return Check("backups", "wrong", f"{folder} is no folder: no backup can be made", "move it away")
    if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
        todo = f"`chmod u+rwx {shlex.quote(str(folder))}`"
        return Check("backups", "wrong", f"{folder} is read-only: no backup can be made", todo, (), counts)
    if not found:
        return Check("backups", "ok", "none yet", counts=counts)
    faults: list[str] = []
    for done, each in enumerate(found, start=1):
        try:
            backups.facts(each.path) if done > 1 else restoring.check(each.path)
        except TrainerError as error:
            faults.append(str(error))
        advance(done, len(found))
    counts["unreadable"] = len(faults)
    said = f"{plural(len(found), 'backup')}, the newest of {found[0].name.day}"
    if faults:
        todo = f"delete those that cannot be read; `{advice('backup')}` makes a new one"
        return Check("backups", "wrong", f"{said}; {len(faults)} cannot be read", todo, tuple(faults), counts)
    return Check("backups", "ok", said, counts=counts)


def _leftovers(places: Places) -> Check:
    ours = [path for folder in _data_folders(places) for path in leftovers(folder)]
    theirs = [Path(entry.path) for root in places.decks for entry in _below(root) if _is_leftover(entry)]
    found = [*ours, *(path for path in theirs if path not in ours)]
    counts = {"data_folder": len(ours), "decks": len(found) - len(ours)}
    if not found:
        return Check("leftovers", "ok", "no write was broken off", counts=counts)
    repair = f"`{advice('doctor --repair')}` removes those in the data folder that are older than a day"
    delete = "delete those in decks folders yourself, if nothing is being written there"
    todo = "; ".join([repair] * bool(ours) + [delete] * (len(found) > len(ours)))
    more = tuple(map(str, found[:_TOLD]))
    return Check(
        "leftovers",
        "note",
        f"{plural(len(found), 'file')} left by writes that were killed",
        todo,
        more,
        counts,
    )


def _data_folders(places: Places) -> tuple[Path, ...]:
    return places.progress.parent, places.progress.parent / FOLDER


def _is_leftover(entry: os.DirEntry[str]) -> bool:
    with suppress(OSError):
        return _LEFTOVER.fullmatch(entry.name) is not None and entry.is_file(follow_symlinks=False)
    return False


def _below(root: Path) -> Iterator[os.DirEntry[str]]:
    """What is in a decks folder and in those below it, as far as they can be read."""
    folders, looked_at = [(root, 0)], 0
    while folders and looked_at < _MANY:
        folder, depth = folders.pop()
        with suppress(OSError), os.scandir(folder) as found:
            for entry in found:
                looked_at += 1
                yield entry
                if depth < _DEEP and not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False):
                    folders.append((Path(entry.path), depth + 1))
