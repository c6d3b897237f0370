"""Scores: in all, by deck and question type, streaks, how sure you were, and tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from trainer.collection.scores import Stats
from trainer.core.stats import Accuracy
from trainer.core.visible import one_line
from trainer.core.wording import duration, plural, short_date
from trainer.tui.screens.panels import Panel
from trainer.tui.widgets.bars import progress_bar

_BAR = 10
_SECONDS = "  seconds"
_NUMBERS = "   score  answers" + _SECONDS
_NAME, _LONGEST = 18, 34
_SHOWN = 8


def statistics_panel(stats: Stats, titles: Mapping[str, str], *, width: int) -> Panel:
    """The panel, for lines of `width` cells; `titles` are the decks' by their ids."""
    if not stats.total.answers:
        return Panel("Statistics", Content("Nothing answered yet."))
    total, streaks = stats.total, stats.streaks
    head = Content("\n").join(
        [
            Content.assemble(
                f"{plural(total.answers, 'answer')} · ",
                (f"score {total.percent} %", "bold"),
                f" · {duration(total.milliseconds)}",
            ),
            Content(
                f"streak {plural(streaks.current, 'day')} (best {streaks.best})"
                f" · best run {plural(stats.best_run, 'right answer')}"
            ),
        ]
    )
    decks = [part._replace(label=titles.get(part.label, part.label)) for part in stats.decks]
    parts = [
        head,
        *_table("By deck", decks, width),
        *_table("By question type", stats.types, width),
        *_table("How sure you were", stats.calibration, width),
        *_quizzes(stats, titles, width),
    ]
    return Panel("Statistics", Content("\n\n").join(parts))


def _table(heading: str, parts: Sequence[Accuracy], width: int) -> list[Content]:
    """A heading and a line for each part. Where room is short, bars go, then seconds, then names are cut."""
    if not parts:
        return []
    numbers = _NUMBERS if width >= len(_NUMBERS) + _NAME else _NUMBERS.removesuffix(_SECONDS)
    bar = _BAR + 2 if width >= len(numbers) + _NAME + _BAR else 0
    room = max(8, min(_LONGEST, width - len(numbers) - bar))
    lines = [Content.styled(f"{heading[:room]:<{room + bar}}{numbers}", "$text-accent")]
    for part in parts:
        counted = f"  {part.percent:>4} %  {part.answers:>7}  {part.seconds:>7.1f}"
        shown = Content.assemble("  ", progress_bar(part.percent / 100, _BAR)) if bar else ""
        lines.append(Content.assemble(_cut(part.label, room), shown, counted[: len(numbers)]))
    return [Content("\n").join(lines)]


def _cut(label: str, room: int) -> Content:
    name = Content(one_line(label))
    name = name.truncate(room, ellipsis=True) if name.cell_length > room else name
    return name.pad_right(room - name.cell_length)


def _quizzes(stats: Stats, titles: Mapping[str, str], width: int) -> list[Content]:
    if not stats.quizzes:
        return []
    best = max(quiz.points / quiz.questions for quiz in stats.quizzes)
    lines = [Content.styled(f"Tests, best {round(100 * best)} %", "$text-accent")]
    for quiz in reversed(stats.quizzes[-_SHOWN:]):
        share = quiz.points / quiz.questions
        decks = ", ".join(one_line(titles.get(deck, deck)) for deck in quiz.decks) or "all decks"
        points = f"  {round(100 * share):>4} %  {round(quiz.points, 2):g} of {quiz.questions}  {decks}"
        line = Content.assemble(f"{short_date(quiz.day):<12}", progress_bar(share, _BAR), points)
        lines.append(line.truncate(max(8, width), ellipsis=True) if line.cell_length > width else line)
    return [Content("\n").join(lines)]
