"""Finding deck files: a bounded walk that no link, pipe or endless folder can trap.

Plain commands start through here, so it imports neither YAML nor dataclasses.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

MAX_BYTES = 32_000_000
MAX_DEPTH = 16
SOURCES = "sources.yaml"
NAMES = "names.yaml"
SUFFIXES = (".yaml", ".yml")


class File(NamedTuple):
    """A file of a decks folder: the path as shown, and either its content or why it could not be read."""

    path: str
    content: bytes
    failure: str = ""


class DeckFile(NamedTuple):
    """A deck file with the `sources.yaml` and `names.yaml` that serve it, outermost folder first.

    `deck` is the deck's id: the path below the decks folder, without ending. `key` is a hash of all that
    the reading of the file depends on.
    """

    deck: str
    file: File
    sources: tuple[File, ...]
    names: tuple[File, ...]

    @property
    def key(self) -> bytes:
        """16 bytes that change whenever one of the files does, or the place where it stands."""
        digest = blake2b(self.deck.encode(errors="surrogatepass") + b"\0", digest_size=16)
        for file in (self.file, *self.sources, *self.names):
            for part in (file.path.encode(errors="surrogatepass"), file.content, file.failure.encode()):
                digest.update(len(part).to_bytes(8, "little"))
                digest.update(part)
        return digest.digest()


def find(roots: Sequence[Path]) -> list[DeckFile]:
    """The deck files of decks folders, or single files, in the order of their names.

    Folders are searched with their sub-folders. Hidden files, editors' backups and links out of the folder
    are passed over.
    """
    found: list[DeckFile] = []
    seen: set[tuple[int, int]] = set()
    for root in roots:
        if root.name in (SOURCES, NAMES):
            root = root.parent
        if root.is_dir():
            found.extend(_below(root, seen))
        else:
            served_by = _registries_of(root.parent, (), (), within=os.path.realpath(root.parent))
            found.append(DeckFile(_shown(Path(root.stem)), read(root), *served_by))
    return _each_deck_once(found)


def serving(path: Path, roots: Sequence[Path]) -> DeckFile:
    """A deck file, which need not be there yet, with what serves it below the decks folder that it is in."""
    file = read(path)
    for root in roots:
        if root.is_dir() and path.absolute().is_relative_to(root.absolute()):
            inner = path.absolute().relative_to(root.absolute())
            within = os.path.realpath(root)
            sources, names = _registries_of(root, (), (), within=within)
            folder = root
            for part in inner.parent.parts:
                folder /= part
                sources, names = _registries_of(folder, sources, names, within=within)
            return DeckFile(_shown(inner.with_suffix("")), file, sources, names)
    served_by = _registries_of(path.parent, (), (), within=os.path.realpath(path.parent))
    return DeckFile(_shown(Path(path.stem)), file, *served_by)


def read(path: Path, *, limit: int = MAX_BYTES) -> File:
    """A regular file of at most `limit` bytes; whatever else it is becomes the file's `failure`."""
    shown = _shown(path)
    if shown != path.as_posix():
        return File(shown, b"", "has a name that is not UTF-8")
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except OSError as error:
        return File(shown, b"", f"cannot be read: {error.strerror or error}")
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return File(shown, b"", "is not a regular file")
        if status.st_size > limit:
            return File(shown, b"", f"is larger than {limit // 1_000_000} MB")
        with os.fdopen(handle, "rb", closefd=False) as file:
            return File(shown, file.read(limit))
    except OSError as error:
        return File(shown, b"", f"cannot be read: {error.strerror or error}")
    finally:
        os.close(handle)


def _shown(path: Path) -> str:
    """A path as text that can be printed and stored."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _each_deck_once(files: list[DeckFile]) -> list[DeckFile]:
    """The same file once; a second file with the id of another is not read, as their cards would be one."""
    paths: dict[str, str] = {}
    kept: dict[str, DeckFile] = {}
    for deck in files:
        first = paths.setdefault(deck.deck, deck.file.path)
        if first != deck.file.path:
            deck = deck._replace(file=File(deck.file.path, b"", f"has the same deck id as {first}"))
        kept.setdefault(deck.file.path, deck)
    return list(kept.values())


def _below(root: Path, seen: set[tuple[int, int]]) -> Iterator[DeckFile]:
    real_root = os.path.realpath(root)
    folders: list[tuple[Path, tuple[File, ...], tuple[File, ...], int]] = [(root, (), (), 0)]
    while folders:
        folder, sources, names, depth = folders.pop()
        try:
            status = folder.stat()
        except OSError:
            continue
        if (status.st_dev, status.st_ino) in seen:
            continue
        seen.add((status.st_dev, status.st_ino))
        sources, names = _registries_of(folder, sources, names, within=real_root)
        inner: list[Path] = []
        for entry in _entries(folder):
            path = folder / entry.name
            if entry.is_dir(follow_symlinks=False):
                inner.append(path)
            elif entry.name.endswith(SUFFIXES) and entry.name not in (SOURCES, NAMES):
                if not _inside(path, real_root):
                    continue
                file = read(path)
                deck = _shown(path.relative_to(root).with_suffix(""))
                yield DeckFile(deck, file, sources, names)
        if depth < MAX_DEPTH:
            folders.extend((path, sources, names, depth + 1) for path in reversed(inner))


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(
                (entry for entry in entries if _is_wanted(entry.name)), key=lambda entry: entry.name
            )
    except OSError:
        return []


def _is_wanted(name: str) -> bool:
    return not name.startswith((".", "~")) and not name.endswith("~") and ".sync-conflict-" not in name


def _inside(path: Path, folder: str) -> bool:
    """Whether a file is no link, or one that stays within the folder."""
    return not path.is_symlink() or os.path.realpath(path).startswith(folder + os.sep)


def _registries_of(
    folder: Path, sources: tuple[File, ...], names: tuple[File, ...], *, within: str
) -> tuple[tuple[File, ...], tuple[File, ...]]:
    own_sources, own_names = folder / SOURCES, folder / NAMES
    if os.path.lexists(own_sources) and _inside(own_sources, within):
        sources = (*sources, read(own_sources))
    if os.path.lexists(own_names) and _inside(own_names, within):
        names = (*names, read(own_names))
    return sources, names
