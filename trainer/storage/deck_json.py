"""What decks are made of as JSON: an object for each dataclass, which names its class under `is`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from json import JSONDecoder

_Write = Callable[[Any], str]


class Encoder:
    """Puts values of decks into JSON. What many of them share it writes once, and repeats.

    It takes dataclasses of decks, and tuples of either texts or other things, numbers and None in them. Empty
    fields are left out.
    """

    def __init__(self) -> None:
        from json.encoder import encode_basestring_ascii

        self._string: _Write = encode_basestring_ascii
        self._shared: dict[int, tuple[object, str]] = {}
        self._writers: dict[type[Any], _Write] = {
            str: self._string,
            tuple: self._tuple,
            int: str,
            bool: lambda value: "true" if value else "false",
            type(None): lambda _: "null",
        }

    def text(self, value: Any) -> str:
        """The value as JSON."""
        kind = value.__class__
        return (self._writers.get(kind) or self._writer(kind))(value)

    def close(self) -> None:
        """Let go of what was written: the writers hold this encoder, and it holds them."""
        self._shared.clear()
        self._writers.clear()

    def _writer(self, kind: type[Any]) -> _Write:
        """What writes values of a class from now on."""
        made = self._string if issubclass(kind, str) else self._object(kind)
        return self._writers.setdefault(kind, made)

    def _tuple(self, value: tuple[Any, ...]) -> str:
        write = self._string if value and value[0].__class__ is str else self.text
        return f"[{','.join(map(write, value))}]"

    def _once(self, value: object) -> str:
        """The same for a value that may come again, itself and not merely its like."""
        known = self._shared.get(id(value))
        if known is None:
            # The value is kept as well: another one could be where it was.
            known = self._shared[id(value)] = value, self.text(value)
        return known[1]

    def _object(self, kind: Any) -> _Write:
        """What writes the objects of a dataclass: a card has several, so each field is given few steps."""
        begin, fields_of, leads = _layout(kind)
        string, once, known, writer = self._string, self._once, self._writers.get, self._writer

        def write(value: object) -> str:
            parts = [begin]
            add = parts.append
            for lead, part in zip(leads, fields_of(value)):  # noqa: B905 - being strict takes a tenth of it all
                kind = part.__class__
                if part:
                    add(lead)
                    if kind is str:
                        add(string(part))
                    else:
                        add(once(part) if lead in _SHARED else (known(kind) or writer(kind))(part))
                elif part is None or kind is int:
                    add(lead + self.text(part))
            add("}")
            return "".join(parts)

        return write


def _lead(name: str) -> str:
    return f',"{name}":'


_SHARED = frozenset(map(_lead, ("sources", "source", "tags")))
"""Before fields of which many objects have the very same value."""


@cache
def _layout(kind: type[Any]) -> tuple[str, Callable[[Any], tuple[Any, ...]], tuple[str, ...]]:
    """How an object of a class begins, what gives its fields, and what stands before each of them."""
    from dataclasses import fields

    names = [field.name for field in fields(kind)]
    whole = attrgetter(*names)
    return f'{{"is":"{kind.__name__}"', whole if len(names) > 1 else _alone(whole), tuple(map(_lead, names))


def _alone(given: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    return lambda value: (given(value),)


def decode(text: str) -> Any:
    """What was kept as JSON: a dataclass of decks, or a tuple of such."""
    return _frozen(_decoder().decode(text))


@cache
def _decoder() -> JSONDecoder:
    import json

    from trainer.core import deck, prompt

    kinds = (deck.Account, deck.Card, deck.Citation, deck.Event, deck.Problem, deck.Source, deck.Span)
    classes: dict[str, Any] = {
        kind.__name__: kind
        for kind in (*kinds, *prompt.FORMS, *prompt.EXPECTED, prompt.Prompt, prompt.Elsewhere)
    }

    def revive(value: dict[str, Any]) -> Any:
        """The dataclass that an object is; what it holds has been revived before it."""
        kind = classes[value.pop("is")]
        for name, part in value.items():
            if type(part) is list:
                value[name] = _frozen(part)
        return kind(**value)

    return json.JSONDecoder(object_hook=revive)


def _frozen(value: Any) -> Any:
    """Lists of JSON as tuples."""
    return tuple(map(_frozen, value)) if type(value) is list else value
