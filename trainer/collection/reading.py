"""Deck files as they are now: read where they have changed, and checked."""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import trainer
from trainer.collection.results import Checked
from trainer.deckfiles import folder
from trainer.storage.deck_index import DeckIndex, NewEntry


def refresh(index: DeckIndex, paths: Sequence[Path], *, at: int) -> list[bytes]:
    """Read the deck files that have changed since they were last read; the keys of all, in order.

    `at` is the present in milliseconds since 1970.
    """
    program = _program()
    files = {_key(file, program): file for file in folder.find(paths)}
    known = index.known()
    changed = {key: file for key, file in files.items() if key not in known}
    if changed:
        from trainer.deckfiles.reader import read_decks

        readings = read_decks(list(changed.values()))
        entries = [
            NewEntry(
                key=key,
                path=str(Path(file.file.path).absolute()),
                deck_id=file.deck,
                deck=reading.deck,
                problems=reading.problems,
                answers=reading.answers,
                spellings=reading.spellings,
            )
            for (key, file), reading in zip(changed.items(), readings, strict=True)
        ]
        index.put(entries, at=at)
    return list(files)


def check(paths: Sequence[Path], *, articles: Path | None = None) -> Checked:
    """Read deck files anew and say everything that is wrong with them.

    With a folder of local copies of articles, what is cited and quoted must stand there.
    """
    from trainer.deckfiles.articles import Copies
    from trainer.deckfiles.reader import read_decks

    files = folder.find(paths)
    readings = read_decks(files, copies=Copies(articles) if articles else None)
    problems = dict.fromkeys(problem for reading in readings for problem in reading.problems)
    return Checked(
        files=len(files),
        cards=sum(len(reading.deck.cards) for reading in readings if reading.deck),
        problems=tuple(
            sorted(problems, key=lambda problem: (problem.span.path, problem.span.line, problem.span.column))
        ),
    )


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
