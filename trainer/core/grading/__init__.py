"""What the machine makes of a response: a score where it can tell, a reason, and a rating it would give.

The learner has the last word: a rating that contradicts the machine changes the score that is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from trainer.core.normalise import normalise
from trainer.core.prompt import AnswerForm, Choose, Reveal, TypeIn
from trainer.core.review import Rating

VerdictKind = Literal["right", "wrong", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`score` from 0 to 1, or None where only the learner can tell; `reason` for a person to read."""

    kind: VerdictKind
    score: float | None
    reason: str
    suggested: Rating


def grade(form: AnswerForm, response: str) -> Verdict:
    """Grade a response: what was typed, the option picked, or nothing for an answer kept in mind.

    An empty response means "I don't know" and is never right.
    """
    if isinstance(form, Reveal):
        return Verdict(kind="unknown", score=None, reason="", suggested=Rating.GOOD)
    if not response.strip():
        return Verdict(kind="wrong", score=0.0, reason="not answered", suggested=Rating.AGAIN)
    if isinstance(form, Choose):
        return _grade_choice(form, response)
    return _grade_text(form, response)


def kept_score(verdict: Verdict, rating: Rating) -> float:
    """The score that is recorded: the machine's, unless the learner's rating says the opposite."""
    passed = rating is not Rating.AGAIN
    if verdict.score is None or passed != (verdict.suggested is not Rating.AGAIN):
        return 1.0 if passed else 0.0
    return verdict.score


def _grade_choice(form: Choose, response: str) -> Verdict:
    if response == form.answer:
        return Verdict(kind="right", score=1.0, reason="right", suggested=Rating.GOOD)
    return Verdict(kind="wrong", score=0.0, reason="not the right one", suggested=Rating.AGAIN)


def _grade_text(form: TypeIn, response: str) -> Verdict:
    given = normalise(response)
    if given in map(normalise, form.answers):
        return Verdict(kind="right", score=1.0, reason="right", suggested=Rating.GOOD)
    if given in map(normalise, form.aliases):
        return Verdict(kind="right", score=1.0, reason="right, by another spelling", suggested=Rating.GOOD)
    reason = f"{difference(response, form.answer)}; you judge"
    return Verdict(kind="unknown", score=None, reason=reason, suggested=Rating.AGAIN)


def difference(given: str, answer: str) -> str:
    """In words, what sets a response apart from the answer: the words that differ, lack or are too many."""
    ours, theirs = given.split(), answer.split()
    plain_ours, plain_theirs = [normalise(word) for word in ours], [normalise(word) for word in theirs]
    parts: list[str] = []
    matcher = SequenceMatcher(None, plain_ours, plain_theirs, autojunk=False)
    for tag, start, end, answer_start, answer_end in matcher.get_opcodes():
        extra, lacking = " ".join(ours[start:end]), " ".join(theirs[answer_start:answer_end])
        if tag == "replace":
            parts.append(f"“{extra}” instead of “{lacking}”")
        elif tag == "delete":
            parts.append(f"“{extra}” is too much")
        elif tag == "insert":
            parts.append(f"“{lacking}” is missing")
    same = any(tag == "equal" for tag, *_ in matcher.get_opcodes())
    return ", ".join(parts) if same and parts else "not the answer as written"
