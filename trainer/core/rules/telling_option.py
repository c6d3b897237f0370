"""Right options that can be told by their looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from trainer.core.craft import Finding, Rule, Seen
from trainer.core.prompt import Choose

_TIMES = 2
_LONGER = 20
_FEWEST = 2
_ENDS_IN_ARTICLE = re.compile(r"\b(an?)\W*(?:\[[^]]*\]|_+|…)?\W*$", re.I)
_TAKES_AN = re.compile(r"(?!uni[^mn]|us[ei]|eu\w|one\b|once\b)[aeiou]|hour|honest|honou?r|heir", re.I)
_LETTERS = re.compile(r"[A-Z][A-Z.]")


class TellingOption(Rule):
    """The right option is told by its length, or by the grammar of the question.

    The right one is often written with more care: it is twice as long as every other, or the only one that
    goes on after `an`. Make the distractors as exact as the answer, and end the question so that all fit.

    Bad:

        - id: vow-of-june
          type: choice
          question: What did Pashinyan vow in June 2024?
          answer: to stay away from Belarus for as long as Lukashenko is the president of that country
          distractors: [to resign, to visit Minsk, to meet Putin]
          source: ambassador-recall#3

    Good:

        - id: vow-of-june
          type: choice
          question: What did Pashinyan vow in June 2024?
          answer: to stay away from Belarus under Lukashenko
          distractors: [to resign as prime minister, to visit Minsk before the year was out, to meet Putin]
          source: ambassador-recall#3
    """

    code: ClassVar[str] = "telling-option"

    def of_note(self, seen: Seen) -> Iterator[Finding]:
        """A finding where length or an article at the end of the question tells the right option."""
        right = [answer for _, answer in seen.right]
        wrong = [option for _, option in seen.distractors]
        if len(wrong) >= _FEWEST:
            longest = max(map(len, wrong))
            if min(map(len, right)) > max(_TIMES * longest, longest + _LONGER):
                message = "the right option is more than twice as long as every other"
                hint = "make the distractors as exact as the answer"
                yield Finding(message=message, where=("answer",), hint=hint)
        for card in seen.cards:
            for form in (card.prompt.form, *card.also):
                article = _ENDS_IN_ARTICLE.search(card.prompt.question)
                if article and isinstance(form, Choose) and _only_right_fits(article[1], form):
                    message = f"only the right option goes on after {article[1]!r}"
                    yield Finding(message=message, where=seen.asked_at(card), hint="write 'a(n)'")
                    break


def _only_right_fits(article: str, form: Choose) -> bool:
    if any(_LETTERS.match(option) for option in (*form.answers, *form.distractors)):
        return False  # An FBI agent, a NATO summit: who knows how letters are read.
    with_n = article.casefold() == "an"
    return all(_takes_an(answer) == with_n for answer in form.answers) and not any(
        _takes_an(option) == with_n for option in form.distractors
    )


def _takes_an(text: str) -> bool:
    return _TAKES_AN.match(text) is not None
