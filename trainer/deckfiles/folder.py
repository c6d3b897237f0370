"""Finding deck files: a bounded walk that no link, pipe or endless folder can trap.

Plain commands start through here, so it imports neither YAML nor dataclasses.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from trainer.core.hashing import blake2b

MAX_BYTES = 32_000_000
MAX_DEPTH = 16
SOURCES = "sources.yaml"
NAMES = "names.yaml"
SUFFIXES = (".yaml", ".yml")


class File(NamedTuple):
    """A file of a decks folder: the path as shown, and either its content or why it could not be read.

    Of one that was not read, because it is known, only the hash of the content is there.
    """

    path: str
    content: bytes
    failure: str = ""
    known: bytes = b""

    @property
    def hash(self) -> bytes:
        """16 bytes that change with the content."""
        return self.known or hash_of(self.content)


Read = Callable[[Path], File]


def hash_of(content: bytes) -> bytes:
    """What files are told apart by: 16 bytes of BLAKE2b."""
    return blake2b(content, digest_size=16).digest()


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
            for part in (file.path.encode(errors="surrogatepass"), file.hash, file.failure.encode()):
                digest.update(len(part).to_bytes(8, "little"))
                digest.update(part)
        return digest.digest()

    def read_whole(self) -> DeckFile:
        """The same with the contents of its files, as they are now."""
        sources, names = (tuple(map(_whole, files)) for files in (self.sources, self.names))
        return DeckFile(self.deck, _whole(self.file), sources, names)


def _whole(file: File) -> File:
    return read(Path(file.path)) if file.known and not file.content else file


def find(roots: Sequence[Path], *, reading: Read | None = None) -> list[DeckFile]:
    """The deck files of decks folders, or single files, in the order of their names.

    Folders are searched with their sub-folders. Hidden files, editors' backups and links out of the folder
    are passed over; a folder that cannot be read is there as a file that cannot. Files are read by
    `reading`, if it is given.
    """
    reading = reading or read
    found: list[DeckFile] = []
    seen: set[tuple[int, int]] = set()
    for root in roots:
        if root.name in (SOURCES, NAMES):
            root = root.parent
        if root.is_dir():
            found.extend(_below(root, seen, reading))
        else:
            served_by = _registries_of(
                root.parent, (), (), within=os.path.realpath(root.parent), read=reading
            )
            found.append(DeckFile(shown(Path(root.stem)), reading(root), *served_by))
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
            return DeckFile(shown(inner.with_suffix("")), file, sources, names)
    served_by = _registries_of(path.parent, (), (), within=os.path.realpath(path.parent))
    return DeckFile(shown(Path(path.stem)), file, *served_by)


def read(path: Path, *, limit: int = MAX_BYTES) -> File:
    """A regular file of at most `limit` bytes; whatever else it is becomes the file's `failure`."""
    name = shown(path)
    if name != path.as_posix():
        return File(name, b"", "has a name that is not UTF-8")
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except OSError as error:
        return File(name, b"", f"cannot be read: {error.strerror or error}")
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return File(name, b"", "is not a regular file")
        if status.st_size > limit:
            return File(name, b"", f"is larger than {limit // 1_000_000} MB")
        with os.fdopen(handle, "rb", closefd=False) as file:
            return File(name, file.read(limit))
    except OSError as error:
        return File(name, b"", f"cannot be read: {error.strerror or error}")
    finally:
        os.close(handle)


def shown(path: Path) -> str:
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


def _below(root: Path, seen: set[tuple[int, int]], reading: Read) -> Iterator[DeckFile]:
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
        sources, names = _registries_of(folder, sources, names, within=real_root, read=reading)
        inner: list[Path] = []
        entries, failure = _entries(folder)
        if failure:
            unread = File(f"{shown(folder)}/", b"", failure)
            yield DeckFile(f"{shown(folder.relative_to(root))}/", unread, (), ())
        for entry in entries:
            path = folder / entry.name
            if entry.is_dir(follow_symlinks=False):
                inner.append(path)
            elif entry.name.endswith(SUFFIXES) and entry.name not in (SOURCES, NAMES):
                if not _inside(path, real_root):
                    continue
                file = reading(path)
                deck = shown(path.relative_to(root).with_suffix(""))
                yield DeckFile(deck, file, sources, names)
        if depth < MAX_DEPTH:
            folders.extend((path, sources, names, depth + 1) for path in reversed(inner))


def _entries(folder: Path) -> tuple[list[os.DirEntry[str]], str]:
    """What is in a folder, by name, or why it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            wanted = (entry for entry in entries if _is_wanted(entry.name))
            return sorted(wanted, key=lambda entry: entry.name), ""
    except OSError as error:
        return [], f"cannot be read: {error.strerror or error}"


def _is_wanted(name: str) -> bool:
    return not name.startswith((".", "~")) and not name.endswith("~") and ".sync-conflict-" not in name


def _inside(path: Path, folder: str) -> bool:
    """Whether a file is no link, or one that stays within the folder."""
    return not path.is_symlink() or os.path.realpath(path).startswith(folder + os.sep)


def _registries_of(
    folder: Path,
    sources: tuple[File, ...],
    names: tuple[File, ...],
    *,
    within: str,
    read: Read = read,
) -> tuple[tuple[File, ...], tuple[File, ...]]:
    own_sources, own_names = folder / SOURCES, folder / NAMES
    if os.path.lexists(own_sources) and _inside(own_sources, within):
        sources = (*sources, read(own_sources))
    if os.path.lexists(own_names) and _inside(own_names, within):
        names = (*names, read(own_names))
    return sources, names
