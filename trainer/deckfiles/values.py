"""The values of a deck file, each of which knows where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, TypeAlias

from trainer.deckfiles.report import Located


class Mark(Protocol):
    """A place between two characters, as the parsers have it: all of it counts from 0."""

    index: int
    line: int
    column: int


Where: TypeAlias = tuple[Mark, Mark, bool]
"""Where text begins and ends, and whether it stands without quotes and is no block."""


class _Spot:
    """A place that no parser gave."""

    __slots__ = ("column", "index", "line")

    def __init__(self, index: int, line: int, column: int) -> None:
        self.index, self.line, self.column = index, line, column


class Text(str):
    """A scalar as written; `plain` tells that it stands without quotes and is no block.

    Its place is kept as the parser gave it, and put into numbers when it is asked for: mostly nobody does.
    """

    __slots__ = ("_begin", "_finish", "plain")
    plain: bool
    _begin: Mark
    _finish: Mark

    def __new__(
        cls, text: str, *, line: int, column: int, plain: bool = False, start: int = 0, end: int = 0
    ) -> Text:
        """Text at a place."""
        begin, finish = (_Spot(index, line - 1, column - 1) for index in (start, end))
        return text_at(text, (begin, finish, plain))

    @property
    def where(self) -> Where:
        """Where it stands, as `text_at` takes it."""
        return self._begin, self._finish, self.plain

    @property
    def line(self) -> int:
        """The line where it begins, from 1."""
        return self._begin.line + 1

    @property
    def column(self) -> int:
        """The column where it begins, from 1."""
        return self._begin.column + 1

    @property
    def start(self) -> int:
        """The character with which it begins in its file, from 0, a byte order mark not counted."""
        return self._begin.index

    @property
    def end(self) -> int:
        """The character after the last one."""
        return self._finish.index

    @property
    def missing(self) -> bool:
        """Whether there is nothing at all where a value should be, as in `key:`."""
        return self.plain and not self


_new_text = str.__new__


def text_at(text: str, where: Where) -> Text:
    """Text between two marks."""
    made = _new_text(Text, text)
    made._begin, made._finish, made.plain = where
    return made


class Items(list["Node"]):
    """A list; its place is that of its first character, `start` in its file.

    `end` is the character after the closing bracket, 0 in block style.
    """

    __slots__ = ("column", "end", "line", "start")

    def __init__(self, at: Located, *, start: int = 0) -> None:
        super().__init__()
        self.line, self.column = at.line, at.column
        self.start, self.end = start, 0


class Table(dict[str, "Node"]):
    """A mapping. Its place is that of its first character: in block style, the first key.

    `start` and `end` are as those of `Items`.
    """

    __slots__ = ("_keys", "column", "end", "line", "start")

    def __init__(self, at: Located, *, start: int = 0) -> None:
        super().__init__()
        self.line, self.column = at.line, at.column
        self.start, self.end = start, 0
        self._keys: dict[str, Where] = {}

    def key(self, name: str) -> Text:
        """A key of this mapping as it stands in the file, for its place."""
        return text_at(name, self._keys[name])

    def put(self, key: Text, value: Node) -> None:
        """Add a value unless there is one: the first of two equal keys stays."""
        self.put_at(str(key), key.where, value)

    def put_at(self, name: str, where: Where, value: Node) -> None:
        """The same for a key that is bare text, which a dict finds faster, and stands at a place."""
        if name not in self:
            self._keys[name] = where
            self[name] = value


Node: TypeAlias = Text | Items | Table
Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"
"""What a node holds, without places."""


def scalars(root: Node) -> Iterator[Text]:
    """Every text of the tree, keys included."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Text):
            yield node
        elif isinstance(node, Items):
            waiting += node
        else:
            for key, value in node.items():
                waiting += (node.key(key), value)
