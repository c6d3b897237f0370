"""Deck files as they are now: read where they have changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import trainer
from trainer.core.collector import without_collector
from trainer.core.hashing import blake2b
from trainer.core.progress import Advance, parts, unseen
from trainer.deckfiles import folder
from trainer.deckfiles.seen import Seen, Sight
from trainer.storage.deck_index import DeckIndex, Edit, NewEntry
from trainer.storage.seen_files import SeenFiles
from trainer.storage.store import Store

_SHARES = (3, 1)
"""How long it takes to read decks, beside keeping what was read."""


class Refreshed(NamedTuple):
    """The keys of the deck files, in order, and the files that are worth remembering as they were seen.

    A start that reads nothing anew writes nothing: they are left for the end.
    """

    files: list[bytes]
    seen: dict[str, Sight]


def refresh(
    store: Store,
    paths: Sequence[Path],
    *,
    at: int,
    edited: Callable[[list[Edit]], None],
    advance: Advance = unseen,
) -> Refreshed:
    """Read the deck files that have changed since they were last read; the keys of all, in order.

    `at` is the present in milliseconds since 1970. In the transaction that keeps what was read, `edited` is
    told what has taken the place of what.
    """
    index, remembered = DeckIndex(store), SeenFiles(store)
    program, known = _program(), index.known()
    seen = Seen(remembered.known())
    files: dict[bytes, folder.DeckFile] = {}
    changed: dict[bytes, folder.DeckFile] = {}
    for file in folder.find(paths, reading=seen.read):
        key = _key(file, program)
        if key not in known:
            file = file.read_whole()  # It may have changed once more.
            key = _key(file, program)
            if key not in known:
                changed[key] = file
        files[key] = file
    again = files.keys() & index.outdated()
    if changed or again:
        _keep(index, changed, again, at=at, edited=edited, advance=advance)
        remembered.put(seen.new)
        return Refreshed(list(files), {})
    return Refreshed(list(files), seen.new)


@without_collector()
def _keep(
    index: DeckIndex,
    changed: Mapping[bytes, folder.DeckFile],
    again: Collection[bytes],
    *,
    at: int,
    edited: Callable[[list[Edit]], None],
    advance: Advance,
) -> None:
    """Read what has changed into the index; all that is made of it is in use until the last of it is kept."""
    for_reading, for_keeping = parts(advance, _SHARES)
    read = _read(changed, for_reading)
    index.put(read, at=at, again=again, then=edited, advance=for_keeping)


def _read(files: Mapping[bytes, folder.DeckFile], advance: Advance) -> list[NewEntry]:
    if not files:
        return []
    from trainer.deckfiles.reader import read_decks

    readings = read_decks(list(files.values()), advance=advance)
    return [
        NewEntry(
            key=key,
            path=str(Path(file.file.path).absolute()),
            deck_id=file.deck,
            deck=reading.deck,
            problems=reading.problems,
            answers=reading.answers,
            spellings=reading.spellings,
            notes=reading.notes,
            people=reading.people,
        )
        for (key, file), reading in zip(files.items(), readings, strict=True)
    ]


def _key(file: folder.DeckFile, program: bytes) -> bytes:
    """What a cached reading depends on: the files, where they are, and the program that read them."""
    place = str(Path(file.file.path).absolute()).encode(errors="surrogatepass")
    return blake2b(file.key + program + place, digest_size=16).digest()


def _program() -> bytes:
    """The version and the age of the code that reads decks, so that a changed program reads them anew."""
    package = Path(trainer.__file__).parent
    core = package / "core"
    folders = (core, core / "questions", core / "grading", package / "deckfiles")
    stamps = [entry.stat().st_mtime_ns for path in folders for entry in os.scandir(path) if entry.is_file()]
    return f"{trainer.__version__} {sum(stamps)} {len(stamps)}".encode()
