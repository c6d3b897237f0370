"""New inputs out of old ones: bytes turned, pieces moved and doubled, words put in that mean something."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

LONGEST = 4_000
"""Bytes of an input: what is wrong shows in little, and little is quick."""

SIGNS = (
    b"\x00",
    b"\xff",
    b"\xc3\x28",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\x1b]52;c;WA==\x07",
    b"\x1b[2J",
    "\u202e".encode(),
    "\u2066".encode(),
    "\u2028".encode(),
    "\u0301".encode() * 40,
    "\U000e0041".encode(),
    "\u0660\u0661".encode(),
    "²½Ⅷ".encode(),
    "ß\u0130ﬁ".encode(),
    b"\r",
    b"\r\n",
    b"\t",
    b"\x0b\x0c\x1c\x85",
    b"9" * 30,
    b"-0",
    b"1e999",
    b"0x7fffffff",
    b"9999-12-31",
    b"0000-00-00",
    b"nan",
    b"[/]",
    b"[@click=app.quit]",
    b"%s{}{0}",
    b"../../..",
    b"x" * 300,
)
"""What has broken programs before, in whatever format."""


class Mutator:
    """Makes inputs of seeds and words; the same seed makes the same inputs."""

    def __init__(
        self, seeds: Sequence[bytes], words: Sequence[bytes], *, seed: int, longest: int = LONGEST
    ) -> None:
        self._longest = longest
        self._seeds = seeds
        self._words = (*words, *SIGNS)
        self._random = Random(seed)
        self._ways: tuple[Callable[[bytearray], None], ...] = (
            self._turn,
            self._put_word,
            self._put_word,
            self._cut,
            self._double,
            self._splice,
            self._move,
            self._repeat_word,
            self._replace_number,
        )

    def next(self) -> bytes:
        """The next input."""
        made = bytearray(self._random.choice(self._seeds)[: self._longest])
        for _ in range(self._random.choice((1, 1, 1, 2, 2, 3, 5, 9))):
            self._random.choice(self._ways)(made)
        return bytes(made[: self._longest])

    def _at(self, made: bytearray) -> int:
        return self._random.randrange(len(made) + 1)

    def _piece(self, made: bytes | bytearray) -> slice:
        start = self._random.randrange(len(made) + 1)
        return slice(start, start + self._random.choice((1, 2, 4, 16, 64, 256)))

    def _turn(self, made: bytearray) -> None:
        if made:
            made[self._random.randrange(len(made))] ^= 1 << self._random.randrange(8)

    def _put_word(self, made: bytearray) -> None:
        at = self._at(made)
        made[at:at] = self._random.choice(self._words)

    def _repeat_word(self, made: bytearray) -> None:
        at = self._at(made)
        made[at:at] = self._random.choice(self._words) * self._random.choice((2, 3, 20, 100))

    def _cut(self, made: bytearray) -> None:
        del made[self._piece(made)]

    def _double(self, made: bytearray) -> None:
        piece, at = made[self._piece(made)], self._at(made)
        made[at:at] = piece * self._random.choice((1, 1, 2, 30))

    def _splice(self, made: bytearray) -> None:
        other, at = self._random.choice(self._seeds), self._at(made)
        made[at:at] = other[self._piece(other)]

    def _move(self, made: bytearray) -> None:
        cut = self._piece(made)
        piece = made[cut]
        del made[cut]
        at = self._at(made)
        made[at:at] = piece

    def _replace_number(self, made: bytearray) -> None:
        places = [at for at, byte in enumerate(made) if 48 <= byte < 58]
        if places:
            at = self._random.choice(places)
            made[at : at + 1] = self._random.choice((b"0", b"-1", b"1.5", b"2147483648", b"9" * 25, b"1e9"))
