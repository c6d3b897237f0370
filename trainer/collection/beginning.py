"""Where writing begins: beside which article, and in which deck."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from trainer.collection.adding import deck_file
from trainer.collection.finding import SeveralError
from trainer.config import Places, is_bundled
from trainer.core.deck import Source
from trainer.core.form import slug
from trainer.deckfiles import articles, folder
from trainer.deckfiles.registries import read_registries
from trainer.errors import DecksError, UsageError

if TYPE_CHECKING:
    from trainer.collection import Collection


class LocalArticle(NamedTuple):
    """A source with a local copy, and how many cards cite it."""

    source: Source
    path: Path
    cards: int


def local_articles(collection: Collection) -> list[LocalArticle]:
    """The sources of all decks of which there is a local copy, in their order."""
    served_by = dict.fromkeys(file.sources for file in folder.find(collection.places.decks))
    sources: dict[str, Source] = {}
    for files in served_by:
        for source in read_registries(files, ()).sources.values():
            sources.setdefault(source.id, source)
    cited = Counter(name for card in collection.cards() for name in {each.source.id for each in card.sources})
    found: list[LocalArticle] = []
    for source in sources.values():
        path = articles.find(source, collection.config.articles_folder)
        if path is not None and path.is_file():
            found.append(LocalArticle(source, path, cited[source.id]))
    return found


def article_path(collection: Collection, wanted: str) -> Path:
    """The article meant by a file, or by the id of a source. Raises UsageError."""
    path = Path(wanted).expanduser()
    if path.is_file():
        return path
    known = {each.source.id: each.path for each in local_articles(collection)}
    if wanted in known:
        return known[wanted]
    hint = f"sources with a local copy: {', '.join(known)}" if known else "name a text file"
    raise UsageError(
        f"{wanted}: there is no such file, and no source of that id with a local copy", hint=hint
    )


def deck_path(collection: Collection, wanted: str) -> Path:
    """The deck meant by its path, id or title, or a new one of that name."""
    path = Path(wanted).expanduser()
    if path.suffix in folder.SUFFIXES and not path.is_file():
        if path.name in (folder.SOURCES, folder.NAMES):
            raise UsageError(f"{wanted}: decks cannot be called so", hint="name another file")
        return path
    try:
        return Path(deck_file(collection.places, wanted).file.path)
    except SeveralError:
        raise
    except DecksError:
        return collection.places.new_deck(wanted)


def deck_for(collection: Collection, article: Path) -> Path:
    """The user's own deck that cites an article most, else a new one called like it."""
    here = os.path.realpath(article)
    copies = {each.source.id for each in local_articles(collection) if os.path.realpath(each.path) == here}
    names = {*copies, article.stem}
    cited: Counter[str] = Counter()
    for card in collection.cards():
        if not is_bundled(Path(card.span.path)) and any(each.source.id in names for each in card.sources):
            cited[card.span.path] += 1
    if cited:
        return Path(cited.most_common(1)[0][0])
    return new_deck(collection, article.stem)


def own_deck(collection: Collection, path: Path) -> Path:
    """The deck to write in place of one that is part of the program."""
    return new_deck(collection, f"my-{path.stem}")


def new_deck(collection: Collection, name: str) -> Path:
    """A file of one's own for a deck of that name, or of one like it, if another deck has it."""
    path = collection.places.new_deck(slug(name))
    if path.exists():
        return path
    return collection.places.new_deck(slug(name, taken=_ids(collection.places.decks)))


def include(collection: Collection, path: Path) -> None:
    """Count a deck file that may be new among the decks of the collection."""
    places = collection.places
    files = (file.file.path for file in folder.find(places.decks))
    here = os.path.realpath(path)
    if path.exists() and all(os.path.realpath(file) != here for file in files):
        own = places.own_decks
        added = own if path.parent == own else path
        collection.places = _with(places, added)


def _with(places: Places, added: Path) -> Places:
    return places._replace(decks=(added, *places.decks))


def _ids(decks: Sequence[Path]) -> tuple[str, ...]:
    return tuple(file.deck for file in folder.find(decks))


def near_home(path: Path) -> str:
    """A path as it is told: one in the home folder begins with `~`."""
    with suppress(RuntimeError, ValueError):
        return f"~/{path.absolute().relative_to(Path.home())}"
    return str(path)
