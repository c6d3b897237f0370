"""What a power cut leaves of the files that were written to a recorded disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Literal

from recorded_disk import Call

Model = Literal["lost", "some", "torn"]
"""What becomes of what was written and not synced: all of it is lost; some of the calls are, whatever their
order; some sectors of each are."""

MODELS: tuple[Model, ...] = ("lost", "some", "torn")
SECTORS = (512, 4096)
_SYNC_THEIR_FOLDER = ("-journal", "-wal")
"""Files with whose first sync SQLite syncs their folder too."""


@dataclass
class _File:
    content: bytearray = field(default_factory=bytearray)
    waiting: list[Call] = field(default_factory=list)
    is_new: bool = True

    def sync(self) -> None:
        for call in self.waiting:
            _put(self.content, call)
        self.waiting.clear()


class CutDisk:
    """A disk that has seen some calls: what is safe on it, and what is not yet."""

    def __init__(self) -> None:
        self._folder: dict[str, _File] = {}
        self._now: dict[str, _File] = {}
        self._waiting: list[tuple[str, _File | None]] = []

    def see(self, call: Call) -> None:
        """Take in the next call."""
        if call.what == "create":
            self._now[call.file] = file = _File()
            self._waiting.append((call.file, file))
        elif call.what == "delete":
            del self._now[call.file]
            self._waiting.append((call.file, None))
            if call.offset:
                self._sync_folder()
        elif call.what == "sync":
            file = self._now[call.file]
            file.sync()
            if file.is_new and call.file.endswith(_SYNC_THEIR_FOLDER):
                self._sync_folder()
            file.is_new = False
        elif call.what in ("write", "truncate"):
            self._now[call.file].waiting.append(call)

    def left(self, model: Model, chance: Random) -> dict[str, bytes]:
        """The files as they are found after a cut at this moment."""
        names = dict(self._folder)
        for name, file in self._waiting:
            if model != "lost" and chance.random() < 0.5:
                _enter(names, name, file)
        return {name: self._content(file, model, chance) for name, file in names.items()}

    def _content(self, file: _File, model: Model, chance: Random) -> bytes:
        content = bytearray(file.content)
        share = chance.random()
        for call in file.waiting:
            pieces = _sectors(call, chance.choice(SECTORS)) if model == "torn" else [call]
            for piece in pieces:
                if model != "lost" and chance.random() < share:
                    _put(content, piece)
        return bytes(content)

    def _sync_folder(self) -> None:
        for name, file in self._waiting:
            _enter(self._folder, name, file)
        self._waiting.clear()


def write_out(files: dict[str, bytes], folder: Path) -> None:
    """Put found files into an empty folder."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def promised(calls: Iterable[Call], until: int) -> tuple[list[bytes], list[bytes]]:
    """The ids that were in the log after the last transaction that had ended by then, and after the next."""
    done = [(place, call.data) for place, call in enumerate(calls) if call.what == "done"]
    before = [data for place, data in done if place < until]
    after = [data for place, data in done if place >= until]
    last = before[-1] if before else b""
    return list(_ids(last)), list(_ids(after[0] if after else last))


def _ids(data: bytes) -> Iterator[bytes]:
    return (data[start : start + 16] for start in range(0, len(data), 16))


def _enter(names: dict[str, _File], name: str, file: _File | None) -> None:
    if file is None:
        names.pop(name, None)
    else:
        names[name] = file


def _put(content: bytearray, call: Call) -> None:
    if call.what == "truncate":
        del content[call.offset :]
        return
    content.extend(bytes(max(0, call.offset - len(content))))
    content[call.offset : call.offset + len(call.data)] = call.data


def _sectors(call: Call, size: int) -> list[Call]:
    """A write as the sectors that it touches."""
    if call.what != "write":
        return [call]
    pieces, start, end = [], call.offset, call.offset + len(call.data)
    while start < end:
        stop = min(end, (start // size + 1) * size)
        pieces.append(call._replace(offset=start, data=call.data[start - call.offset : stop - call.offset]))
        start = stop
    return pieces
