"""`trainer coverage`: which paragraphs are cited."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from trainer.cli import choosing
from trainer.cli.commands import Start
from trainer.cli.looking import look
from trainer.cli.output import say, say_json, warn
from trainer.cli.waiting import under_way
from trainer.collection.coverage import CoveredArticle
from trainer.core.visible import one_line
from trainer.core.wording import plural

_A_ROW = 15
_SHOWN = 70


@click.command("coverage")
@choosing.decks
@choosing.articles
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(start: Start, decks: tuple[str, ...], articles: Path | None, as_json: bool) -> int:
    """Say how many cards cite each paragraph of the articles, and which paragraphs none does."""
    collection = look(start.places())
    with under_way("Reading the articles") as advance:
        found = collection.coverage(articles, decks, advance=advance)
    if as_json:
        say_json([line for article in found.articles for line in _as_json(article)])
    else:
        for index, article in enumerate(found.articles):
            for line in (*[""] * (index > 0), *_lines(article)):
                say(line)
    for told in found.without:
        warn(one_line(told))
    return 0


def _as_json(article: CoveredArticle) -> Iterator[dict[str, Any]]:
    for number, cards, _ in article.paragraphs:
        yield {"source": article.source, "paragraph": number, "cards": cards}


def _lines(article: CoveredArticle) -> Iterator[str]:
    uncited = [paragraph for paragraph in article.paragraphs if not paragraph.cards]
    count = len(article.paragraphs)
    cited = f"{count - len(uncited)} cited"
    yield f"{one_line(article.source)}  {count} ¶, {cited}, {plural(article.cards, 'card')}"
    for start in range(0, count, _A_ROW):
        row = article.paragraphs[start : start + _A_ROW]
        yield "  ¶       " + "".join(f"{paragraph.number:>4}" for paragraph in row)
        yield "  cards   " + "".join(f"{paragraph.cards or '·':>4}" for paragraph in row)
    for number, _, text in uncited:
        shown = one_line(text[: 4 * _SHOWN])
        cut = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1].rstrip() + "…"
        yield f"  uncited {number:>4}  {cut}"
    if article.missing:
        yield f"  cited, but not there: ¶ {', '.join(map(str, article.missing))}"
