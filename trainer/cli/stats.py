"""`trainer stats`: scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import click

from trainer.cli import choosing
from trainer.cli.commands import Start
from trainer.cli.looking import look
from trainer.cli.output import say, say_json
from trainer.collection.scores import Stats
from trainer.core.stats import Accuracy
from trainer.core.visible import one_line
from trainer.core.wording import duration, plural, short_date

_SHOWN = 10


@click.command("stats")
@choosing.tags_and_sources
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(
    start: Start, tags: tuple[str, ...], sources: tuple[str, ...], names: tuple[str, ...], as_json: bool
) -> int:
    """Show scores: in all, by deck and question type, streaks, how sure you were, and tests.

    Where only some cards are asked for, all of it is about those, without the tests.
    """
    from trainer.core.session import Selection

    collection = look(start.places())
    stats = collection.stats(Selection(tags=tags, sources=sources, names=names))
    if as_json:
        say_json(_as_json(stats))
        return 0
    if not stats.total.answers:
        say("Nothing answered yet.")
        return 0
    titles = {deck.deck: one_line(deck.title) for deck in collection.decks}
    for line in _lines(stats, titles):
        say(line)
    return 0


def _lines(stats: Stats, titles: dict[str, str]) -> Iterable[str]:
    total, streaks = stats.total, stats.streaks
    yield (
        f"{plural(total.answers, 'answer')}, score {total.percent} %, {duration(total.milliseconds)};"
        f" today {stats.today}"
    )
    yield (
        f"streak {plural(streaks.current, 'day')}, best {plural(streaks.best, 'day')};"
        f" best run {plural(stats.best_run, 'right answer')}"
    )
    yield from _table("Deck", [part._replace(label=titles[part.label]) for part in stats.decks])
    yield from _table("Question type", stats.types)
    yield from _table("How sure you were", stats.calibration)
    if stats.quizzes:
        best = max(quiz.points / quiz.questions for quiz in stats.quizzes)
        yield ""
        yield f"{plural(len(stats.quizzes), 'test')}, best {round(100 * best)} %"
        for quiz in stats.quizzes[-_SHOWN:]:
            share = round(100 * quiz.points / quiz.questions)
            decks = ", ".join(titles.get(deck, one_line(deck)) for deck in quiz.decks) or "all decks"
            points = f"{quiz.points:5.1f} of {quiz.questions:<4} {share:>3} %"
            yield f"  {short_date(quiz.day):>11}  {points}  {decks}"


def _table(heading: str, parts: Sequence[Accuracy]) -> Iterable[str]:
    if not parts:
        return
    width = max(len(heading), *(len(part.label) for part in parts))
    yield ""
    yield f"{heading:{width}}  answers   score  seconds"
    for part in parts:
        yield f"{part.label:{width}}  {part.answers:>7}  {part.percent:>4} %  {part.seconds:>7.1f}"


def _as_json(stats: Stats) -> dict[str, Any]:
    def accuracy(part: Accuracy) -> dict[str, Any]:
        mean = part.score / part.answers if part.answers else None
        return {"answers": part.answers, "score": mean, "milliseconds": part.milliseconds}

    def labelled(name: str, parts: Sequence[Accuracy]) -> list[dict[str, Any]]:
        return [{name: part.label} | accuracy(part) for part in parts]

    return {
        "total": accuracy(stats.total),
        "streak": stats.streaks.current,
        "best_streak": stats.streaks.best,
        "best_run": stats.best_run,
        "decks": labelled("deck", stats.decks),
        "types": labelled("type", stats.types),
        "calibration": labelled("confidence", stats.calibration),
        "quizzes": [
            {
                "study_day": quiz.day.isoformat(),
                "decks": list(quiz.decks),
                "points": quiz.points,
                "questions": quiz.questions,
            }
            for quiz in stats.quizzes
        ],
    }
