"""What is drawn for one occasion: the options of a choice, and the order in which things are offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.core.hashing import blake2b
from trainer.core.prompt import AnswerForm, Arrange, Choose, Pair

if TYPE_CHECKING:
    from trainer.core.scheduling import MemoryState

_TRIES = 20


def occasion(card: str, state: MemoryState | None, before: int = 0) -> str:
    """The seed of what is drawn when a card is asked: another each time that it was answered.

    `before` counts its answers in this sitting, which tells those apart that leave the memory state alone.
    """
    return f"{card}\n{state.reps if state else 0}\n{before}"


def on_offer(form: AnswerForm, *, seed: str) -> tuple[str, ...]:
    """What is numbered or lettered in the order shown: options, items or right sides; nothing for others."""
    if isinstance(form, Choose):
        return options(form, seed=seed)
    if isinstance(form, Arrange):
        return offered(form, seed=seed)
    return right_sides(form, seed=seed) if isinstance(form, Pair) else ()


def options(form: Choose, *, seed: str) -> tuple[str, ...]:
    """The answers and `form.draw` of the distractors, shuffled; the same seed gives the same order."""
    if form.order:
        return form.order
    drawn = _shuffled(form.distractors, seed + "\ndraw")[: form.draw]
    return _shuffled((*form.answers, *drawn), seed)


def offered(form: Arrange, *, seed: str) -> tuple[str, ...]:
    """The items to put in order, shuffled; never in the right order already, if there is another."""
    return _disordered(form.items, seed)


def right_sides(form: Pair, *, seed: str) -> tuple[str, ...]:
    """The right sides to find, shuffled; never all at their place already, if there is another order."""
    return _disordered(tuple(right for _, right in form.pairs), seed)


def _disordered(texts: tuple[str, ...], seed: str) -> tuple[str, ...]:
    for attempt in range(_TRIES):
        shuffled = _shuffled(texts, f"{seed}\n{attempt}" if attempt else seed)
        if shuffled != texts:
            return shuffled
    return texts[::-1]


def _shuffled(texts: tuple[str, ...], seed: str) -> tuple[str, ...]:
    def rank(text: str) -> bytes:
        return blake2b(f"{seed}\n{text}".encode(errors="surrogatepass"), digest_size=8).digest()

    return tuple(sorted(texts, key=rank))
