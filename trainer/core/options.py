"""The options of a choice, in the order drawn for one occasion."""

from __future__ import annotations

from hashlib import blake2b

from trainer.core.prompt import Choose


def options(form: Choose, *, seed: str) -> tuple[str, ...]:
    """The answer and `form.draw` of the distractors, shuffled; the same seed gives the same order."""
    drawn = _shuffled(form.distractors, seed + "\ndraw")[: form.draw]
    return _shuffled((form.answer, *drawn), seed)


def _shuffled(texts: tuple[str, ...], seed: str) -> tuple[str, ...]:
    def rank(text: str) -> bytes:
        return blake2b(f"{seed}\n{text}".encode(errors="surrogatepass"), digest_size=8).digest()

    return tuple(sorted(texts, key=rank))
