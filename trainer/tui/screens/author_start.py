"""The way from the decks to the author's desk: which article, and whose deck."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from trainer.collection import beginning
from trainer.collection.authoring import Bench
from trainer.core.visible import one_line
from trainer.errors import TrainerError
from trainer.tui.screens.author_panels import OnePanel
from trainer.tui.screens.pick import Choice

if TYPE_CHECKING:
    from trainer.tui.app import TrainerApp

_NONE = "-"
_NO_ARTICLE = "No article"


def choose_article(app: TrainerApp, deck: str) -> None:
    """Choose an article of which there is a local copy, or none, and go to the desk."""
    try:
        found = beginning.local_articles(app.collection)
        path = _path(app, deck)
    except TrainerError as error:
        _say(app, error)
        return
    choices = [
        Choice(str(each.path), each.source.title, each.cards, also=each.source.id, beside=each.source.id)
        for each in found
    ]
    choices.append(Choice(_NONE, _NO_ARTICLE, 0, beside="or `trainer author FILE`"))

    def picked(value: str | None) -> None:
        if value:
            _go(app, path, None if value == _NONE else Path(value))

    cited = max(found, key=lambda each: each.cards, default=None)
    title = f"Write in {app.deck_title(deck) if deck else path.name}, beside which article?"
    app.push_screen(OnePanel(title, choices, chosen=str(cited.path) if cited else _NONE), picked)


def _path(app: TrainerApp, deck: str) -> Path:
    """The file of a deck; without one, a new file."""
    if not deck:
        return beginning.new_deck(app.collection, "my-deck")
    return beginning.deck_path(app.collection, deck)


def _go(app: TrainerApp, path: Path, article: Path | None) -> None:
    try:
        bench = Bench(app.collection, path, article=article)
    except TrainerError as error:
        _say(app, error)
    else:
        app.write_at(bench)


def _say(app: TrainerApp, error: TrainerError) -> None:
    hint = f" ({error.hint})" if error.hint else ""
    app.notify(one_line(f"{error}{hint}"), severity="error", markup=False, timeout=12)
