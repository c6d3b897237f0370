"""A response -> what it is worth, and why.

Strict about facts, tolerant about spelling. Every form has one grader in this folder, loaded when needed;
`grade` picks it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Literal

from trainer.core.grading.telling import difference
from trainer.core.grading.verdict import (
    NOT_ANSWERED,
    Judgement,
    Part,
    RatingRules,
    Verdict,
    VerdictKind,
    is_slow,
    kept_score,
    right,
    suggest,
)
from trainer.core.normalise import normalise
from trainer.core.prompt import (
    AnswerForm,
    Arrange,
    Choose,
    Date,
    Expected,
    Number,
    Pair,
    Reveal,
    Text,
    TypeIn,
)

__all__ = [
    "DateOrder",
    "Judgement",
    "Part",
    "RatingRules",
    "Verdict",
    "VerdictKind",
    "difference",
    "grade",
    "kept_score",
    "unclear",
]

DateOrder = Literal["ask", "dmy", "mdy"]
"""How 06/12/2024 is read: day first, month first, or not without asking back."""

_DEFAULT_RULES = RatingRules()


def grade(
    form: AnswerForm,
    response: str,
    *,
    milliseconds: int = 0,
    rules: RatingRules = _DEFAULT_RULES,
    date_order: DateOrder = "ask",
    is_taken: Callable[[str], bool] = lambda text: False,
) -> Verdict:
    """Grade a response: what was typed, the option picked, or nothing for an answer kept in mind.

    An empty response means "I don't know", or that no point was ticked, and is never right. `is_taken` says
    whether a normalised text is another answer of the same deck or another name: then it is not a
    misspelling, but wrong. What other sources say is told as theirs. `milliseconds` from the question to the
    answer count, by `rules`, for the rating suggested.
    """
    judgement = _judge(form, response, date_order=date_order, is_taken=is_taken)
    if judgement.kind == "right" and is_slow(milliseconds, rules):
        judgement = replace(judgement, reason=f"{judgement.reason}, after {round(milliseconds / 1000)} s")
    return Verdict(
        kind=judgement.kind,
        score=judgement.score,
        reason=judgement.reason,
        parts=judgement.parts,
        suggested=suggest(judgement, milliseconds, rules),
    )


def unclear(form: AnswerForm, response: str, *, date_order: DateOrder = "ask") -> str:
    """What to ask back before this response is graded at all; empty if it can be graded as it is."""
    if not isinstance(form, TypeIn) or not response.strip():
        return ""
    if isinstance(form.expected, Number):
        from trainer.core.grading.numbers import unclear_number

        return unclear_number(form.expected, response)
    if isinstance(form.expected, Date):
        from trainer.core.grading.dates import unclear_date

        return unclear_date(form.expected, response, date_order=date_order)
    return ""


def _judge(
    form: AnswerForm, response: str, *, date_order: DateOrder, is_taken: Callable[[str], bool]
) -> Judgement:
    if isinstance(form, Reveal):
        return _judge_kept_in_mind(form, response)
    if not response.strip():
        return NOT_ANSWERED
    judge = partial(_judge_typed, date_order=date_order)
    if isinstance(form, TypeIn):
        if not form.elsewhere:
            return judge(form.expected, response, is_taken=is_taken)
        from trainer.core.grading.accounts import judge_account

        return judge_account(form, response, judge=judge, is_taken=is_taken)
    from trainer.core.grading.arrangement import judge_choice, judge_order, judge_pairs

    if isinstance(form, Choose):
        judgement = judge_choice(form, response)
        if not form.elsewhere:
            return judgement
        from trainer.core.grading.accounts import told_choice

        return told_choice(form, response, judgement, judge=judge)
    if isinstance(form, Arrange):
        return judge_order(form, response)
    assert isinstance(form, Pair)
    return judge_pairs(form, response)


def _judge_kept_in_mind(form: Reveal, response: str) -> Judgement:
    if form.points:
        from trainer.core.grading.points import judge_points

        return judge_points(form, response)
    typed = response[: 4 * len(form.answer) + 1000].strip()
    if typed and normalise(typed) == normalise(form.answer):
        return right()
    return Judgement(kind="unknown", score=None, reason="")


def _judge_typed(
    expected: Expected, response: str, *, date_order: DateOrder, is_taken: Callable[[str], bool]
) -> Judgement:
    if isinstance(expected, Text):
        from trainer.core.grading.words import judge_text

        return judge_text(expected, response, is_taken=is_taken)
    if isinstance(expected, Number):
        from trainer.core.grading.numbers import judge_number

        return judge_number(expected, response)
    if isinstance(expected, Date):
        from trainer.core.grading.dates import judge_date

        return judge_date(expected, response, date_order=date_order)
    from trainer.core.grading.lists import judge_items

    return judge_items(expected, response, is_taken=is_taken)
