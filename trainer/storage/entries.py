"""What a row of the log consists of, and what identifies and protects it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from trainer.core.day import Moment
from trainer.core.hashing import blake2b

if TYPE_CHECKING:
    from collections.abc import Iterable
    from json import JSONEncoder

    from trainer.core.review import Review
    from trainer.core.scheduling import History, MemoryState

LOGGED = (
    "id, device, at, utc_offset, study_day, kind, card,"
    " rating, score, response, milliseconds, mode, value, target"
)
"""The columns of the log since its first version; each entry's hash covers them."""

LATER = "confidence, quiz, answer"
"""The columns added since; the hash covers those that are set."""

_TOLD = tuple(LOGGED.split(", ")[7:])
_LATER = tuple(LATER.split(", "))
_CALLED = {
    "review": "the answer to",
    "suspend": "the suspension of",
    "bury": "the burying of",
    "flag": "the flag of",
    "forget": "the forgetting of",
    "told": "the notice of",
    "move": "the moving of",
    "carried": "the import of",
}
_TAKEN_OFF = {"suspend": "the bringing back of", "flag": "the unflagging of"}
_LONGEST = 60


class Entry(NamedTuple):
    """An entry of the log that can be taken back.

    `value` is that of a mark, 0 where it took one off. `others` are as many as are taken back with it;
    `about` is the question of its card, where it is known.
    """

    id: bytes
    kind: str
    card: str
    value: int | None = None
    others: int = 0
    about: str = ""

    @property
    def called(self) -> str:
        """What was done to what, for a person to read."""
        called = _TAKEN_OFF if self.value == 0 else _CALLED
        what = called.get(self.kind, self.kind)
        if self.others:
            return f"{what} {self.others + 1:,} cards"
        about = self.about if len(self.about) <= _LONGEST else f"{self.about[: _LONGEST - 1].rstrip()}…"
        return f"{what} “{about}”" if about else f"{what} {self.card}"


class NewEntry(NamedTuple):
    """An entry to be; `values` are the columns of the log that it sets beside these."""

    id: bytes
    moment: Moment
    kind: str
    card: str
    values: Mapping[str, object]

    def row(self, device: bytes) -> tuple[object, ...]:
        """The columns of the first version, those since, and the hash of all."""
        moment, values = self.moment, self.values
        day = moment.day.isoformat()
        told = (self.id, device, moment.at, moment.utc_offset, day, self.kind, self.card)
        first = [*told, *map(values.get, _TOLD)]
        later = {name: values.get(name) for name in _LATER}
        return (*first, *later.values(), content_hash(first, later))


class Marks(NamedTuple):
    """What is set on a card by hand; `buried_on` is the study day it is buried for, or empty."""

    suspended: bool = False
    buried_on: str = ""
    flagged: bool = False


def new_id(at: int) -> bytes:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds since 1970, then 74 random bits, as 16 bytes."""
    random = int.from_bytes(os.urandom(10), "big")
    value = (at & (1 << 48) - 1) << 80 | random
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return value.to_bytes(16, "big")


def new_ids(at: int, count: int) -> list[bytes]:
    """Consecutive UUIDv7: those of entries that one act writes, to be taken back together."""
    first = int.from_bytes(new_id(at), "big") & ~(1 << 61)  # Room to count on without touching the variant.
    return [(first + step).to_bytes(16, "big") for step in range(count)]


def millisecond_of(entry: bytes) -> int:
    """The milliseconds since 1970 that an id begins with."""
    return int.from_bytes(entry[:6], "big")


def neighbour(entry: bytes, by: int) -> bytes:
    """The id that is `by` after another."""
    return (int.from_bytes(entry, "big") + by & (1 << 128) - 1).to_bytes(16, "big")


def content_hash(values: list[object], later: dict[str, object] | None = None) -> bytes:
    """16 bytes of BLAKE2b over an entry's columns of the first version, in the order of the schema.

    Of the `later` columns those that are set are covered, by name.
    """
    plain: list[object] = [value.hex() if isinstance(value, bytes) else value for value in values]
    for name, value in sorted((later or {}).items()):
        if value is not None:
            plain.append([name, value.hex() if isinstance(value, bytes) else value])
    return blake2b(_encoder().encode(plain).encode(), digest_size=16).digest()


@cache
def _encoder() -> JSONEncoder:
    from json import JSONEncoder

    return JSONEncoder(separators=(",", ":"))


def writable(text: str) -> str:
    """A response as it can be stored: halves of characters, which no encoding has, become question marks."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def encode_state(state: MemoryState) -> str:
    """A memory state as the log keeps it."""
    import json

    return json.dumps(
        state._asdict()
        | {
            "phase": int(state.phase),
            "due_day": state.due_day.isoformat(),
            "last_day": state.last_day.isoformat(),
        }
    )


def decode_state(text: str) -> MemoryState:
    """A memory state that the log has kept."""
    import json

    from trainer.core.scheduling import MemoryState, Phase

    kept = json.loads(text)
    days = {name: date.fromisoformat(kept[name]) for name in ("due_day", "last_day")}
    return MemoryState(**kept | days | {"phase": Phase(kept["phase"])})


COUNTING = (
    *("card", "kind", "rating", "score", "response", "milliseconds", "mode", "at", "utc_offset", "study_day"),
    *("confidence", "answer"),
)
"""The columns of entries that count for a memory state, in the order in which `reviews_of` takes them."""


def history_of(rows: Iterable[tuple[Any, ...]]) -> History:
    """What `reviews_of` gives, as what counts for the memory state."""
    from trainer.core.scheduling import History

    return History(*reviews_of(rows))


def reviews_of(rows: Iterable[tuple[Any, ...]]) -> tuple[list[Review], MemoryState | None]:
    """What counts of the entries of a card, in their order, since it was last forgotten or carried over.

    A row is the columns `COUNTING` of a `review`, `forget` or `carried`.
    """
    from trainer.core.review import Confidence, Rating, Review

    start: MemoryState | None = None
    reviews: list[Review] = []
    for card, kind, rating, score, response, spent, mode, at, offset, day, confidence, answer in rows:
        if kind != "review":
            start = decode_state(response) if kind == "carried" else None
            reviews = []
            continue
        reviews.append(
            Review(
                card=card,
                rating=Rating(rating),
                score=score,
                response=response,
                milliseconds=spent,
                mode=mode,
                moment=Moment(at, offset, date.fromisoformat(day)),
                confidence=Confidence(confidence) if confidence else None,
                answer=answer or "",
            )
        )
    return reviews, start
