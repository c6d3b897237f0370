"""What a card cites, with the passages where local copies of the articles are there."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from trainer.core.article import Article
from trainer.core.deck import Card, Source
from trainer.deckfiles.articles import Copies, Copy


class Passage(NamedTuple):
    """A source that a card cites, and the numbers of the paragraphs, none for the source as a whole.

    `article` is its local copy; without one, `failure` says why it could not be read, or is empty.
    """

    source: Source
    cited: tuple[int, ...] = ()
    article: Article | None = None
    failure: str = ""


def passages(card: Card, folder: Path | None) -> tuple[Passage, ...]:
    """The sources of a card, each once, in the order cited; copies are looked for in a folder."""
    cited: dict[Source, set[int]] = {}
    for citation in card.sources:
        cited.setdefault(citation.source, set()).add(citation.paragraph)
    copies = Copies(folder)
    return tuple(_passage(source, numbers - {0}, copies.of(source)) for source, numbers in cited.items())


def _passage(source: Source, cited: set[int], copy: Copy | None) -> Passage:
    numbers = tuple(sorted(cited))
    if copy is None:
        return Passage(source, numbers)
    failure = f"{copy.path} {copy.failure}" if copy.failure else ""
    return Passage(source, numbers, copy.article, failure)
