"""Grading of an answer kept in mind that consists of points: the ones ticked count."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.core.grading.split import at_separators, pieces
from trainer.core.grading.telling import far_too_long, on_one_line
from trainer.core.grading.verdict import Judgement, Part, partly, right
from trainer.core.normalise import normalise
from trainer.core.prompt import SEPARATOR, Reveal

_ONLY_THE_LEARNER_CAN_TELL = Judgement(kind="unknown", score=None, reason="")


def judge_points(form: Reveal, response: str) -> Judgement:
    """Grade the points ticked, as texts in any order, or the answer as a whole; no response is none of them.

    A text that is neither is for the learner to judge.
    """
    points = form.points
    if far_too_long(response, (form.answer, SEPARATOR.join(points))):
        return _ONLY_THE_LEARNER_CAN_TELL
    lines = {on_one_line(point) for point in points}
    given = at_separators(response, is_known=lambda text: on_one_line(text) in lines, longest=pieces(points))
    ticked = _ticked(points, given)
    if ticked is None and normalise(response) == normalise(form.answer):
        ticked = set(range(len(points)))
    if ticked is None or (response.strip() and not ticked):
        return _ONLY_THE_LEARNER_CAN_TELL
    parts = tuple(_part(point, had=index in ticked) for index, point in enumerate(points))
    if not ticked:
        return Judgement(kind="unknown", score=0.0, reason=f"none of {len(points)} points", parts=parts)
    reason = f"{len(ticked)} of {len(points)} points"
    if len(ticked) == len(points):
        return right(reason, parts=parts)
    return partly(len(ticked) / len(points), reason, parts=parts)


def _ticked(points: Sequence[str], given: Sequence[str]) -> set[int] | None:
    """The places of the points given; None if a text is none of them. One given twice counts once."""
    ticked: set[int] = set()
    for text in given:
        line, plain = on_one_line(text), normalise(text)
        same = [place for place, point in enumerate(points) if on_one_line(point) == line]
        same = same or [place for place, point in enumerate(points) if normalise(point) == plain]
        if not same:
            return None
        ticked.add(next((place for place in same if place not in ticked), same[0]))
    return ticked


def _part(point: str, *, had: bool) -> Part:
    return Part(text=point, score=float(had), note="had" if had else "missed")
