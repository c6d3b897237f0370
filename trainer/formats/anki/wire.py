"""Protocol buffers, as far as reading Anki's packages needs them.

After protobuf.dev/programming-guides/encoding: a message is a run of fields, each with its number and kind.
"""

from __future__ import annotations

import struct

MAX_FIELDS = 400_000
"""Fields of one message: more only mean that it is none."""

_MOST_SHIFT = 63

Message = dict[int, list[int | bytes]]
"""What a message holds: by the number of the field its values, numbers or bytes."""


class WireError(ValueError):
    """Bytes that are no message."""


def message(content: bytes) -> Message:
    """The fields of a message. Raises WireError."""
    found: Message = {}
    at, end, count = 0, len(content), 0
    while at < end:
        key, at = _varint(content, at)
        value: int | bytes
        match key & 7:
            case 0:
                value, at = _varint(content, at)
            case 1:
                value, at = _bytes(content, at, 8)
            case 2:
                length, at = _varint(content, at)
                value, at = _bytes(content, at, length)
            case 5:
                value, at = _bytes(content, at, 4)
            case kind:
                raise WireError(f"a field of the kind {kind}")
        count += 1
        if count > MAX_FIELDS:
            raise WireError("too many fields")
        found.setdefault(key >> 3, []).append(value)
    return found


def messages(of: Message, field: int) -> list[Message]:
    """The messages in a field. Raises WireError."""
    return [message(value) for value in of.get(field, ()) if isinstance(value, bytes)]


def text(of: Message, field: int) -> str:
    """The text in a field, empty if there is none; bytes that are no UTF-8 become question marks."""
    value = of.get(field, [b""])[-1]
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def number(of: Message, field: int) -> int:
    """The whole number in a field, 0 if there is none."""
    value = of.get(field, [0])[-1]
    return value if isinstance(value, int) else 0


def floats(of: Message, field: int) -> tuple[float, ...]:
    """The numbers of 32 bits in a field, packed together or not, as they would be written in decimals."""
    found: list[float] = []
    for value in of.get(field, ()):
        if isinstance(value, bytes):
            found += struct.unpack(f"<{len(value) // 4}f", value[: len(value) // 4 * 4])
    return tuple(float(f"{each:.7g}") for each in found)


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """A number in groups of seven bits, the least first, and where it ends."""
    value = shift = 0
    while True:
        if at >= len(content) or shift > _MOST_SHIFT:
            raise WireError("a number that does not end")
        byte = content[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _bytes(content: bytes, at: int, length: int) -> tuple[bytes, int]:
    if at + length > len(content):
        raise WireError("a field that is cut off")
    return content[at : at + length], at + length
