"""What decks are made of as JSON: an object for each dataclass, which names its class under `is`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from json import JSONDecoder

_Layout = tuple[str, Callable[[Any], tuple[Any, ...]], tuple[str, ...]]
"""How an object of a class begins, what gives its fields, and what stands before each of them."""


class Encoder:
    """Puts values of one deck into JSON. What many of them share it writes once, and repeats.

    It takes dataclasses of decks, and tuples, texts, numbers and None in them. Empty fields are left out.
    """

    def __init__(self) -> None:
        from json.encoder import encode_basestring_ascii

        self._string: Callable[[str], str] = encode_basestring_ascii
        self._shared: dict[int, tuple[object, str]] = {}

    def text(self, value: Any) -> str:
        """The value as JSON."""
        kind = value.__class__
        if kind is str:
            return self._string(value)
        if kind is tuple:
            return f"[{','.join(map(self.text, value))}]"
        if kind is bool:
            return "true" if value else "false"
        if kind is int:
            return str(value)
        if value is None:
            return "null"
        return self._string(value) if isinstance(value, str) else self._object(value)

    def shared(self, value: object) -> str:
        """The same for a value that may come again, itself and not merely its like."""
        known = self._shared.get(id(value))
        if known is None:
            # The value is kept as well: another one could be where it was.
            known = self._shared[id(value)] = value, self.text(value)
        return known[1]

    def _object(self, value: object) -> str:
        kind: Any = value.__class__
        begin, fields_of, leads = _layout(kind)
        parts = [begin]
        for lead, part in zip(leads, fields_of(value), strict=True):
            if part.__class__ is str:
                if part:
                    parts.append(lead + self._string(part))
            elif part.__class__ is tuple:
                if part:
                    parts.append(lead + (self.shared(part) if lead in _SHARED else self.text(part)))
            elif part is not False:
                parts.append(lead + self.text(part))
        return "".join(parts) + "}"


def _lead(name: str) -> str:
    return f',"{name}":'


_SHARED = frozenset(map(_lead, ("sources", "tags")))
"""Before fields of which many cards have the very same value."""


@cache
def _layout(kind: type[Any]) -> _Layout:
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
