"""A disk that says what SQLite does to it, and fails when it is told to.

SQLite's calls pass through a VFS in Python (apsw) to real files. The program opens its files by
`sqlite3.connect`: `Disk.mounted` lets that lead here, so it is the program's own code whose writes are seen.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import apsw

_NUMBERS = count(1)


class Call(NamedTuple):
    """A call that changes something.

    `write` (of `data` at `offset`), `truncate` (to `offset`), `sync`, `create`, `delete` (with its folder
    synced if `offset` is 1), or `done`: a transaction has ended, and these are the ids in the log (`data`).
    `open` (of a journal that is there) changes nothing yet, and is asked about but not recorded.
    """

    what: str
    file: str = ""
    offset: int = 0
    data: bytes = b""


class Disk:
    """Records every call in `calls`.

    `before` is asked before each, and may raise or never return; `ended` is told the ids in the log
    whenever a transaction has ended well.
    """

    def __init__(
        self,
        before: Callable[[Call], None] = lambda call: None,
        ended: Callable[[list[bytes]], None] = lambda ids: None,
    ) -> None:
        self.calls: list[Call] = []
        self.before, self._ended = before, ended
        self.name = f"recorded-{next(_NUMBERS)}"
        self._vfs = _Vfs(self)

    def did(self, call: Call) -> None:
        """Note a call, before it is done."""
        self.before(call)
        self.calls.append(call)

    def committed(self, ids: list[bytes]) -> None:
        """Note that a transaction has ended."""
        self.calls.append(Call("done", data=b"".join(ids)))
        self._ended(ids)

    @contextmanager
    def mounted(self) -> Iterator[None]:
        """As long as this lasts, what this process opens by `sqlite3.connect` lies on this disk."""
        usual = sqlite3.connect

        def connect(path: str | Path, **options: Any) -> Any:
            if str(path) == ":memory:":
                return usual(path, **options)
            return Connection(str(path), self)

        sqlite3.connect = connect  # type: ignore[assignment]
        try:
            yield
        finally:
            sqlite3.connect = usual


class _Vfs(apsw.VFS):
    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        super().__init__(disk.name, "")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - as apsw has it
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        if path and not Path(path).exists() and flags[0] & apsw.SQLITE_OPEN_CREATE:
            self.disk.did(Call("create", Path(path).name))
        elif path and flags[0] & apsw.SQLITE_OPEN_MAIN_JOURNAL:
            self.disk.before(Call("open", Path(path).name))
        return _File(self.disk, name, flags, Path(path).name if path else "")

    def xDelete(self, path: str, syncdir: bool) -> None:  # noqa: N802
        if Path(path).exists():
            self.disk.did(Call("delete", Path(path).name, int(syncdir)))
        super().xDelete(path, syncdir)


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, flags: list[int], called: str) -> None:
        self.disk, self.called = disk, called
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self.disk.did(Call("write", self.called, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self.disk.did(Call("truncate", self.called, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self.disk.did(Call("sync", self.called))
        # That it is safe is for the simulation to say; nobody waits for the real disk.


@contextmanager
def _in_the_usual_words() -> Iterator[None]:
    """What apsw raises, as `sqlite3` does."""
    try:
        yield
    except apsw.Error as error:
        code = int(getattr(error, "extendedresult", 0) or getattr(error, "result", 0))
        kind = sqlite3.IntegrityError if code & 0xFF == apsw.SQLITE_CONSTRAINT else sqlite3.OperationalError
        if code & 0xFF in (apsw.SQLITE_CORRUPT, apsw.SQLITE_NOTADB):
            kind = sqlite3.DatabaseError  # type: ignore[assignment]
        said = kind(str(error))
        said.sqlite_errorcode = code
        raise said from error


class Rows:
    """The rows of a query, fetched as `sqlite3` lets them be."""

    def __init__(self, cursor: apsw.Cursor) -> None:
        self._cursor = cursor

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        with _in_the_usual_words():
            yield from self._cursor

    def fetchone(self) -> tuple[Any, ...] | None:
        with _in_the_usual_words():
            return next(self._cursor, None)

    def fetchall(self) -> list[tuple[Any, ...]]:
        with _in_the_usual_words():
            return self._cursor.fetchall()


class Connection:
    """What the program uses of a `sqlite3.Connection`."""

    def __init__(self, path: str, disk: Disk) -> None:
        self._disk = disk
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI
        with _in_the_usual_words():
            self._connection = apsw.Connection(path, vfs=disk.name, flags=flags)

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def execute(self, query: str, values: Any = ()) -> Rows:
        with _in_the_usual_words():
            rows = Rows(self._connection.cursor().execute(query, values or None))
        if query == "COMMIT":
            self._disk.committed([id for (id,) in self.execute("SELECT id FROM log ORDER BY seq")])
        return rows

    def executemany(self, query: str, values: Iterable[Sequence[Any]]) -> Rows:
        with _in_the_usual_words():
            return Rows(self._connection.cursor().executemany(query, values))

    def backup(self, target: Any, **options: Any) -> None:
        with _in_the_usual_words(), target._connection.backup("main", self._connection, "main") as copying:
            copying.step()

    def close(self) -> None:
        with _in_the_usual_words():
            self._connection.close()
