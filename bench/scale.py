"""Speed at scale: a large collection against the references, and against a small one.

    python -m bench scale [--cards N] [--decks M] [--reviews R] [--rounds N] [--answers N] [--growth N N]

The collections are made first, which takes minutes; `--folder` keeps them for the next time, and should lie
on a disk that keeps what is written. A row is printed as soon as it is measured.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree, rmtree

from bench import loading, scale_answering, scale_starting
from bench.made import Size, make, places_of
from bench.rows import Row, show
from trainer.config import Places

_GROWTH = 1.3
_LONG_ROUNDS = 3
"""Rounds of what takes long."""
_AT_MOST = 1_000_000
"""Reviews of the larger collection in the rows on growth: ten a card where that is fewer."""


def main(arguments: Sequence[str]) -> int:
    """Make the collections, measure, and print the table; 1 if a ratio is above its limit."""
    usual = Size()
    parser = argparse.ArgumentParser(prog="python -m bench scale")
    for name in ("cards", "decks", "reviews", "seed"):
        parser.add_argument(f"--{name}", type=int, default=getattr(usual, name))
    parser.add_argument("--years", type=float, default=usual.years)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--answers", type=int, default=500)
    parser.add_argument("--growth", type=int, nargs=2, default=(10_000, 1_000_000), metavar="CARDS")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args(arguments)
    size = Size(given.cards, given.decks, given.reviews, given.years, given.seed)
    with ExitStack() as left:
        folder = given.folder or Path(left.enter_context(tempfile.TemporaryDirectory()))
        return show(_rows(folder, size, given.rounds, given.answers, (given.growth[0], given.growth[1])))


def _rows(folder: Path, size: Size, rounds: int, answers: int, growth: tuple[int, int]) -> Iterator[Row]:
    with _used(_made(folder, size)) as where:
        yield from scale_starting.rows(where, rounds)
        if find_spec("anki") is not None:
            yield from scale_answering.rows(where, where.progress.parent, answers)
        notes = min(loading.NOTES, size.cards // 2)
        yield from loading.rows(where, folder, min(rounds, _LONG_ROUNDS), notes=notes)
    small, large = (
        _made(folder, size._replace(cards=cards, reviews=min(10 * cards, _AT_MOST))) for cards in growth
    )
    told = f"{growth[1]:,} cards / {growth[0]:,} cards"
    with _used(small) as few, _used(large) as many:
        yield scale_starting.growth(f"start, {told}", _GROWTH, rounds, many, few)
        yield scale_answering.growth(f"answer, {told}", _GROWTH, answers, many, few)


@contextmanager
def _used(made: Places) -> Iterator[Places]:
    """The same collection with a progress file of its own, on the same disk, which goes when it is left."""
    data = made.progress.parent.with_name("used")
    rmtree(data, ignore_errors=True)
    copytree(made.progress.parent, data)
    try:
        yield made._replace(progress=data / made.progress.name, settings=data / made.settings.name)
    finally:
        rmtree(data)


def _made(folder: Path, size: Size) -> Places:
    """A collection of that size, made unless it is there."""
    own = folder / "-".join(map(str, size))
    return places_of(own) if (own / "data").is_dir() else make(own, size)
