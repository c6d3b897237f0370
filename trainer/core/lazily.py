"""Mappings for long sittings: values that are found when they are asked for, and changes that copy little."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

Value = TypeVar("Value")

_MOST = 64
"""Changes that are copied with each further one."""


class Lazily(Mapping[str, Value]):
    """A mapping whose values are found when they are asked for, and then kept."""

    __slots__ = ("_find", "_found", "_keys")

    def __init__(self, keys: Iterable[str], find: Callable[[str], Value]) -> None:
        self._keys = dict.fromkeys(keys)
        self._find = find
        self._found: dict[str, Value] = {}

    def __getitem__(self, key: str) -> Value:
        if key not in self._found:
            if key not in self._keys:
                raise KeyError(key)
            self._found[key] = self._find(key)
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, key: object) -> bool:
        return key in self._keys


class Layered(Mapping[str, Value]):
    """A mapping with some values of its own over another's; None is the mark of one that has gone."""

    __slots__ = ("_below", "_own")

    def __init__(self, below: Mapping[str, Value], own: Mapping[str, Value | None]) -> None:
        self._below: Mapping[str, Value] = below
        self._own: Mapping[str, Value | None] = own
        if isinstance(below, Layered) and len(below._own) + len(own) <= _MOST:
            self._below, self._own = below._below, {**below._own, **own}

    def __getitem__(self, key: str) -> Value:
        if key not in self._own:
            return self._below[key]
        value = self._own[key]
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[str]:
        yield from (key for key in self._below if self._own.get(key, self) is not None)
        yield from (key for key, value in self._own.items() if value is not None and key not in self._below)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, key: object) -> bool:
        if isinstance(key, str) and key in self._own:
            return self._own[key] is not None
        return key in self._below
