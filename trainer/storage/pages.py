"""Entries of the log read from the pages of a file, however damaged the rest of it is.

SQLite's file format (sqlite.org/fileformat2.html): a leaf page of a table holds cells, a cell a row as a
record. A row counts only if it has the hash of its content: what is read wrong is never taken for an entry.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from trainer.core.progress import Advance, unseen
from trainer.storage.entries import LATER, LOGGED
from trainer.storage.merging import Row, is_sound

_MAGIC = b"SQLite format 3\0"
_HEAD = 100
_LEAF, _KINDS = 13, (2, 5, 10, 13)
_SIZES = (4096, 1024, 8192, 16384, 2048, 32768, 65536, 512)
_BEGINNING = b"\0\x2c\x2c"
"""How the types of an entry's columns begin: no value of its own for `seq`, then two of 16 bytes."""
_FIRST = len(LOGGED.split(", "))
_HASH = 1 + _FIRST
_COLUMNS = _HASH + 1 + len(LATER.split(", "))
_SCORE = LOGGED.split(", ").index("score")
_LONGEST = 1 << 26
"""Bytes of a row at most; longer ones are none of ours."""
_WHOLE = (0, 1, 2, 3, 4, 6, 8)
"""Bytes of whole numbers by their type."""


class Found(NamedTuple):
    """A row of the log as it was found: its number, its columns, and whether it is as it was written."""

    seq: int
    row: Row
    is_whole: bool


def entries_of(path: Path, advance: Advance = unseen) -> Iterator[Found]:
    """Every row of the log that can be found in a file, in no order, each once if it is whole.

    Raises OSError where the file cannot be read.
    """
    with path.open("rb") as file:
        yield from _Pages(file, _size(file)).rows(advance)


def _size(file: BinaryIO) -> int:
    """The size of the pages; where the head does not tell, that with which most rows are found."""
    head = file.read(_HEAD)
    told = int.from_bytes(head[16:18], "big")
    told = 65536 if told == 1 else told
    if head.startswith(_MAGIC) and told in _SIZES:
        return told
    counts = {size: sum(found.is_whole for found in _Pages(file, size).rows(unseen)) for size in _SIZES}
    return max(counts, key=lambda size: counts[size])


class _UnreadableError(Exception):
    """What was taken for a row is none, or goes on where nothing is."""


class _Pages:
    """The pages of a file."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._size = file, size
        self._count = -(-os.fstat(file.fileno()).st_size // size)
        self._most = size - 35
        self._least = (size - 12) * 32 // 255 - 23

    def rows(self, advance: Advance) -> Iterator[Found]:
        """The rows of the log in all pages that are in use."""
        unused, seen = self._unused(), set[bytes]()
        for number in range(1, self._count + 1):
            advance(number, self._count)
            if number in unused:
                continue
            for found in self._rows_of(number):
                if found.is_whole:
                    if found.row[0] in seen:
                        continue
                    seen.add(found.row[0])
                yield found

    def _page(self, number: int) -> bytes:
        if not 1 <= number <= self._count:
            raise _UnreadableError
        self._file.seek((number - 1) * self._size)
        return self._file.read(self._size)

    def _unused(self) -> set[int]:
        """The pages of the free list: what they still hold was taken away."""
        unused = set[int]()
        next_one = int.from_bytes(self._page(1)[32:36], "big") if self._count else 0
        while 1 < next_one <= self._count and next_one not in unused:
            unused.add(next_one)
            page = self._page(next_one)
            next_one, count = int.from_bytes(page[:4], "big"), int.from_bytes(page[4:8], "big")
            if count > self._size // 4:
                break
            leaves = struct.unpack_from(f">{min(count, (len(page) - 8) // 4)}I", page, 8)
            unused.update(leaves)
        return unused if len(unused) < self._count else set()

    def _rows_of(self, number: int) -> list[Found]:
        """The rows of a page; where it is not in order, also those that nothing points to."""
        page = self._page(number)
        start = _HEAD if number == 1 else 0
        if len(page) < start + 8:
            return []
        kind = page[start]
        if kind in _KINDS and kind != _LEAF:
            return []
        found, in_order = self._by_pointers(page, start) if kind == _LEAF else ([], False)
        if in_order and all(each.is_whole for each in found):
            return found
        known = {each.row[0] for each in found if each.is_whole}
        more = (each for each in self._by_looks(page) if each.row[0] not in known)
        return found + [each for each in more if each.is_whole or not found]

    def _by_pointers(self, page: bytes, start: int) -> tuple[list[Found], bool]:
        """The rows that a leaf page points to, and whether all of it could be read."""
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        if start + 8 + 2 * count > len(page):
            return [], False
        found, in_order = list[Found](), True
        for (at,) in struct.iter_unpack(">H", page[start + 8 : start + 8 + 2 * count]):
            try:
                length, beyond = _number(page, at)
                seq, beyond = _number(page, beyond)
                if page[beyond + 2 : beyond + 4] == _BEGINNING[1:]:
                    found.append(self._found(page, seq, beyond, length))
            except (_UnreadableError, IndexError):
                in_order = False
        return found, in_order

    def _by_looks(self, page: bytes) -> Iterator[Found]:
        """What looks like rows of the log anywhere in a page."""
        at = page.find(_BEGINNING)
        while at > 0:
            with suppress(_UnreadableError, IndexError):
                yield self._found_before(page, at - 1)
            at = page.find(_BEGINNING, at + 1)

    def _found_before(self, page: bytes, at: int) -> Found:
        """The row whose record begins at a place; its length and its number stand before it."""
        length = _length_of(page, at)
        for back in range(1, 10):
            for more in range(1, 4):
                begin = at - back - more
                if begin < 0:
                    continue
                told, seq_at = _number(page, begin)
                seq, record_at = _number(page, seq_at)
                if (told, record_at) == (length, at):
                    return self._found(page, seq, at, length)
        return self._found(page, 0, at, length)

    def _found(self, page: bytes, seq: int, at: int, length: int) -> Found:
        row = _row_of(self._payload(page, at, length))
        return Found(seq, row, is_sound(row))

    def _payload(self, page: bytes, at: int, length: int) -> bytes:
        """The bytes of a record, those in overflow pages with them."""
        if not 0 < length <= _LONGEST:
            raise _UnreadableError
        here = length
        if length > self._most:
            here = self._least + (length - self._least) % (self._size - 4)
            here = here if here <= self._most else self._least
        payload = page[at : at + here]
        if len(payload) < here:
            raise _UnreadableError
        next_one = int.from_bytes(page[at + here : at + here + 4], "big") if length > here else 0
        pieces, left = [payload], length - here
        while left > 0:
            more = self._page(next_one)
            next_one = int.from_bytes(more[:4], "big")
            pieces.append(more[4 : 4 + left])
            if len(more) <= 4:
                raise _UnreadableError
            left -= len(pieces[-1])
        return b"".join(pieces)


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    value = 0
    for place in range(8):
        byte = data[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    return value << 8 | data[at + 8], at + 9


def _types(data: bytes, at: int) -> tuple[list[int], int]:
    """The types of the columns of a record, and where its values begin."""
    size, here = _number(data, at)
    end = at + size
    types: list[int] = []
    while here < end:
        kind, here = _number(data, here)
        types.append(kind)
    if len(types) <= _HASH:
        raise _UnreadableError
    return types, end


def _bytes_of(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    if kind <= 7:
        return (*_WHOLE, 8)[kind]
    if kind > 9:
        raise _UnreadableError
    return 0


def _length_of(data: bytes, at: int) -> int:
    types, end = _types(data, at)
    return end - at + sum(map(_bytes_of, types))


def _row_of(payload: bytes) -> Row:
    """An entry as `merging` has it: the columns since the first version, the later ones, the hash."""
    types, at = _types(payload, 0)
    values: list[object] = []
    for kind in types[:_COLUMNS]:
        size = _bytes_of(kind)
        values.append(_value(kind, payload[at : at + size]))
        at += size
    values += [None] * (_COLUMNS - len(values))
    first = values[1:_HASH]
    score = first[_SCORE]
    if isinstance(score, int):  # As SQLite keeps what is a whole number, to save room.
        first[_SCORE] = float(score)
    return (*first, *values[_HASH + 1 :], values[_HASH])


def _value(kind: int, data: bytes) -> object:
    if kind == 0:
        return None
    if kind <= 6:
        return int.from_bytes(data, "big", signed=True)
    if kind == 7:
        return struct.unpack(">d", data)[0] if len(data) == 8 else None
    if kind <= 9:
        return kind - 8
    if kind % 2 == 0:
        return data
    return data.decode("utf-8", "surrogateescape")
