"""The contract of a written format: what is handed out, and how it becomes a file.

A written format is one file of this folder with a `TABLE` or a `DECK`. It writes to a stream, piece by piece,
and knows neither decks nor the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple, TextIO

if TYPE_CHECKING:
    from trainer.core.form import Value

__all__ = [
    "Cell",
    "Column",
    "DeckFormat",
    "Row",
    "Side",
    "TableFormat",
    "WrittenDeck",
    "WrittenNote",
    "joined",
    "objects",
    "texts",
]

Kind = Literal["text", "word", "number", "day", "moment", "truth", "list"]
"""What a column holds: `text` of others, `word` of the program's own, a `day` or a `moment` in ISO 8601."""

Cell = str | int | float | Sequence[str] | None
Row = list[Cell]

_JOINT = "; "


class Column(NamedTuple):
    """A column of a table: its name, and what it holds."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFormat:
    """A format of tables. `write` takes rows, each as long as there are columns, and may change them."""

    name: str
    what: str
    suffixes: tuple[str, ...]
    write: Callable[[Sequence[Column], Iterable[Row], TextIO], None]


class Side(NamedTuple):
    """A card as it can be printed: what it asks, with options if there are, and what is told after it.

    `sources` are in words, `urls` their links; `where` is the title of its deck. Texts may have
    several lines.
    """

    question: str
    answer: str
    options: tuple[str, ...] = ()
    hint: str = ""
    explanation: str = ""
    as_of: str = ""
    quote: str = ""
    sources: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenNote:
    """A note: its fields in the words of our YAML, and its cards."""

    fields: Mapping[str, Value]
    cards: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDeck:
    """A deck to be written."""

    title: str
    description: str = ""
    tags: tuple[str, ...] = ()
    notes: Sequence[WrittenNote] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckFormat:
    """A format of decks. `write` gives back what has no place in the format, a line each for a person."""

    name: str
    what: str
    suffixes: tuple[str, ...]
    write: Callable[[WrittenDeck, TextIO], Sequence[str]]


@cache
def tables() -> Mapping[str, TableFormat]:
    """Every format of tables by its name."""
    return {each.name: each for each in _found("table_", "TABLE") if isinstance(each, TableFormat)}


@cache
def decks() -> Mapping[str, DeckFormat]:
    """Every format of decks by its name."""
    return {each.name: each for each in _found("deck_", "DECK") if isinstance(each, DeckFormat)}


def texts(value: Value) -> list[str]:
    """One text or several, as several."""
    return [value] if isinstance(value, str) else list(map(str, value))


def joined(cell: Cell) -> str:
    """A list where a cell can have none."""
    return _JOINT.join(cell) if isinstance(cell, Sequence) and not isinstance(cell, str) else ""


def objects(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[str]:
    """The rows of a table as objects of JSON, in ASCII and without loss: a text each."""
    from json import JSONEncoder

    encode = JSONEncoder(allow_nan=False).encode
    names = [column.name for column in columns]
    truths = [place for place, column in enumerate(columns) if column.kind == "truth"]
    for row in rows:
        told: dict[str, object] = dict(zip(names, row, strict=True))
        for place in truths:
            told[names[place]] = bool(row[place])
        yield encode(told)


def _found(prefix: str, name: str) -> list[object]:
    from pkgutil import iter_modules

    from trainer import formats

    modules = [found.name for found in iter_modules(formats.__path__) if found.name.startswith(prefix)]
    return [vars(import_module(f"{formats.__name__}.{module}"))[name] for module in modules]
