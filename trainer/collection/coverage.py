"""Which paragraphs of the articles are cited, and by how many cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from trainer.core.article import Article
from trainer.core.deck import Card, Source
from trainer.core.progress import Advance, one_by_one, unseen
from trainer.deckfiles import folder as files
from trainer.deckfiles.articles import Copies
from trainer.errors import DecksError


class CoveredParagraph(NamedTuple):
    """A paragraph of an article, and how many cards cite it."""

    number: int
    cards: int
    text: str


class CoveredArticle(NamedTuple):
    """An article of which there is a local copy.

    `cards` counts each card that cites it once. `missing` are the paragraphs cited that it does not have.
    """

    source: str
    cards: int
    paragraphs: tuple[CoveredParagraph, ...]
    missing: tuple[int, ...]


class Coverage(NamedTuple):
    """Articles in the order of their sources; `without` says which sources have no copy that can be read."""

    articles: tuple[CoveredArticle, ...]
    without: tuple[str, ...]


def coverage(
    cards: Iterable[Card], decks: Sequence[Path], articles: Path | None, *, advance: Advance = unseen
) -> Coverage:
    """How the cards cite the articles that the `sources.yaml` of the decks name.

    Copies are looked for in the folder `articles`, then where their sources say. Raises DecksError if there
    is none that can be read.
    """
    by_source: dict[str, dict[str, set[int]]] = {}
    for card in cards:
        for citation in card.sources:
            cited = by_source.setdefault(citation.source.id, {})
            cited.setdefault(card.id, set()).add(citation.paragraph)
    copies = Copies(articles)
    found: list[CoveredArticle] = []
    without: list[str] = []
    for source in one_by_one(_sources(decks), advance):
        copy = copies.of(source)
        if copy is None:
            without.append(f"{source.id}: there is no local copy")
        elif copy.article is None:
            without.append(f"{source.id}: {copy.path} {copy.failure}")
        else:
            found.append(_covered(source, copy.article, by_source.get(source.id, {})))
    if not found:
        where = f" in {articles}" if articles else ""
        hint = (
            without[0]
            if without and articles
            else "--articles names a folder of them, SOURCE.txt, .md or .html"
        )
        raise DecksError(f"there is no local copy of an article{where}", hint=hint)
    return Coverage(tuple(found), tuple(without))


def _sources(decks: Sequence[Path]) -> list[Source]:
    """The sources that serve decks, each id once."""
    from trainer.deckfiles.registries import read_registries

    served_by = dict.fromkeys(file.sources for file in files.find(decks))
    registries = (read_registries(sources, ()) for sources in served_by)
    by_id: dict[str, Source] = {}
    for registry in registries:
        for source in registry.sources.values():
            by_id.setdefault(source.id, source)
    return list(by_id.values())


def _covered(source: Source, article: Article, cited: dict[str, set[int]]) -> CoveredArticle:
    counts = Counter(number for numbers in cited.values() for number in numbers - {0})
    return CoveredArticle(
        source=source.id,
        cards=len(cited),
        paragraphs=tuple(
            CoveredParagraph(number, counts[number], text) for number, text in article.paragraphs.items()
        ),
        missing=tuple(sorted(counts.keys() - article.paragraphs.keys())),
    )
