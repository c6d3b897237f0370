"""Local copies of the articles that sources name: found, and read within bounds."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from trainer.core.article import Article, parse
from trainer.core.deck import Source
from trainer.deckfiles import folder as files

MAX_BYTES = 4_000_000
SUFFIX = ".txt"


class Copy(NamedTuple):
    """A local copy: the path as shown, and either the article or why it could not be read."""

    path: str
    article: Article | None = None
    failure: str = ""


Copies = Callable[[Source], Copy | None]
"""Gives the local copy of a source, None where there is none."""


def find(source: Source, folder: Path | None) -> Path | None:
    """Where the copy of a source is: in the folder under the source's id, else the file that the source names."""
    if folder is not None and (path := _within(folder, f"{source.id}{SUFFIX}")):
        return path
    return Path(source.file) if source.file else None


def read(path: Path) -> Copy:
    """Read a copy: a regular file of at most 4 MB, in UTF-8."""
    try:
        file = files.read(path, limit=MAX_BYTES)
        if file.failure:
            return Copy(file.path, failure=file.failure)
        return Copy(file.path, article=parse(file.content.decode("utf-8")))
    except UnicodeDecodeError as error:
        return Copy(file.path, failure=f"is not UTF-8: byte {error.start + 1} is none of it")
    except ValueError:  # A path that no file can have.
        return Copy(ascii(str(path)), failure="cannot be read: no such name")


def copies_in(folder: Path | None) -> Copies:
    """Gives the copies of sources, in that folder or where the sources say; each is read once."""
    known: dict[Source, Copy | None] = {}

    def copy_of(source: Source) -> Copy | None:
        if source not in known:
            path = find(source, folder)
            known[source] = read(path) if path else None
        return known[source]

    return copy_of


def _within(folder: Path, name: str) -> Path | None:
    """The entry of a folder, if it has it and the name leads nowhere else."""
    path = folder / name
    return path if path.parent == folder and path.name == name and os.path.lexists(path) else None
