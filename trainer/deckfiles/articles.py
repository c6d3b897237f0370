"""Local copies of the articles that sources name: found, and read within bounds."""

from __future__ import annotations

import os
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


def find(source: Source, folder: Path | None) -> Path | None:
    """Where the copy of a source is: in the folder under the source's id, else where the source says."""
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


class Copies:
    """The copies of sources, in a folder or where the sources say; each is read once."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._known: dict[Source, Copy | None] = {}
        self._told: set[str] = set()

    def of(self, source: Source) -> Copy | None:
        """The copy of a source, None where there is none."""
        if source not in self._known:
            path = find(source, self._folder)
            self._known[source] = read(path) if path else None
        return self._known[source]

    def article(self, source: Source) -> Article | None:
        """What its copy says, None where none can be read."""
        copy = self.of(source)
        return copy.article if copy else None

    def is_news(self, source: Source) -> bool:
        """Whether this is the first time that this is asked of a source: what it lacks is told once."""
        known = source.id in self._told
        self._told.add(source.id)
        return not known


def _within(folder: Path, name: str) -> Path | None:
    """The entry of a folder, if it has it and the name leads nowhere else."""
    path = folder / name
    return path if path.parent == folder and path.name == name and os.path.lexists(path) else None
