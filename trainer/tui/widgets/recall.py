"""An answer that was given before, back in the view of its form."""

from __future__ import annotations

from collections import Counter

from trainer.core.grading import grade
from trainer.core.options import options
from trainer.core.prompt import PAIRED, SEPARATOR, AnswerForm, Arrange, Choose, Pair, Reveal
from trainer.tui.widgets.answer_form import AnswerView
from trainer.tui.widgets.arrange import MovingView
from trainer.tui.widgets.choose import ChooseView
from trainer.tui.widgets.reveal import RevealView


def recall(view: AnswerView[AnswerForm], form: AnswerForm, response: str, *, seed: str) -> None:
    """Show a response in a view that has just asked `form` with the same seed.

    What is typed or told is none of the view's; a response that does not fit the form changes nothing.
    """
    parts = response.split(SEPARATOR)
    if isinstance(form, Choose) and isinstance(view, ChooseView):
        _mark(view, form, options(form, seed=seed), response)
    elif isinstance(form, Reveal) and isinstance(view, RevealView):
        view.recall(grade(form, response))
    elif isinstance(form, Arrange) and isinstance(view, MovingView):
        _lay(view, parts, form.items)
    elif isinstance(form, Pair) and isinstance(view, MovingView):
        given = dict(part.split(PAIRED, 1) for part in parts if PAIRED in part)
        sides = [given.get(left, "") for left, _ in form.pairs]
        _lay(view, sides, tuple(right for _, right in form.pairs))


def _mark(view: ChooseView, form: Choose, shown: tuple[str, ...], response: str) -> None:
    if not form.several:
        view.marked = shown.index(response) if response in shown else None
        return
    ticked = response.split(SEPARATOR)
    for number, option in enumerate(shown, start=1):
        if option in ticked:
            view.number(number)


def _lay(view: MovingView, given: list[str], items: tuple[str, ...]) -> None:  # type: ignore[type-arg]
    if Counter(given) == Counter(items):
        view.begin(tuple(given))
