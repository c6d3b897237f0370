"""Grading of several things in any order: credit for each, less what is too much."""

from __future__ import annotations

from collections.abc import Callable

from trainer.core.grading.split import as_listed, pieces
from trainer.core.grading.telling import far_too_long, quoted
from trainer.core.grading.verdict import Judgement, Part, partly, right, wrong
from trainer.core.grading.words import judge_text, spellings
from trainer.core.normalise import normalise
from trainer.core.prompt import Items, Text


def judge_items(expected: Items, response: str, *, is_taken: Callable[[str], bool]) -> Judgement:
    """Grade a list: each item counts once, a misspelt one a little less; extras cost one each."""
    if far_too_long(response, (expected.answer, *(_longest(item) for item in expected.items))):
        return wrong("far longer than the answer")
    if normalise(response) == normalise(expected.answer):
        return right(parts=tuple(Part(text=item.answer, score=1.0, note="found") for item in expected.items))
    ways = [
        _summed_up(expected, *_matched(expected.items, parts, is_taken=is_taken))
        for parts in _ways_to_part(expected, response)
    ]
    return max(ways, key=lambda judgement: judgement.score or 0.0)


def _longest(item: Text) -> str:
    return max(spellings(item), key=len)


def _ways_to_part(expected: Items, response: str) -> list[list[str]]:
    known = {normalise(spelling) for item in expected.items for spelling in spellings(item)}
    longest = pieces(spelling for item in expected.items for spelling in spellings(item))
    return as_listed(response, is_known=lambda text: normalise(text) in known, longest=longest)


def _matched(
    items: tuple[Text, ...], parts: list[str], *, is_taken: Callable[[str], bool]
) -> tuple[dict[int, tuple[str, Judgement]], list[tuple[str, bool]]]:
    """What was given for each item found; and what is left, with whether it repeats an item."""
    found: dict[int, tuple[str, Judgement]] = {}
    left: list[tuple[str, bool]] = []
    later: list[str] = []
    for part in parts:
        judged = {index: judge_text(item, part, is_taken=is_taken) for index, item in enumerate(items)}
        exact = [index for index, judgement in judged.items() if judgement.kind == "right"]
        free = [index for index in exact if index not in found]
        if free:
            found[free[0]] = (part, judged[free[0]])
        elif exact:
            left.append((part, True))
        else:
            later.append(part)
    for part in later:
        judged = {index: judge_text(item, part, is_taken=is_taken) for index, item in enumerate(items)}
        near = [index for index, judgement in judged.items() if judgement.kind == "near"]
        free = [index for index in near if index not in found]
        if free:
            found[free[0]] = (part, judged[free[0]])
        else:
            left.append((part, bool(near)))
    return found, left


def _summed_up(
    expected: Items, found: dict[int, tuple[str, Judgement]], left: list[tuple[str, bool]]
) -> Judgement:
    parts: list[Part] = []
    for index, item in enumerate(expected.items):
        if index not in found:
            parts.append(Part(text=item.answer, score=0.0, note="missing"))
        elif found[index][1].kind == "near":
            note = f"misspelt: {found[index][1].reason}"
            parts.append(Part(text=item.answer, score=found[index][1].score or 0.0, note=note))
        else:
            parts.append(Part(text=item.answer, score=1.0, note="found"))
    for text, repeated in left:
        note = "given twice" if repeated else "too much"
        parts.append(Part(text=text, score=0.0, note=note, extra=True))
    total = len(expected.items)
    score = max(0.0, (sum(part.score for part in parts) - len(left)) / total)
    if not left and len(found) == total:
        misspelt = [found[index][1].reason for index in sorted(found) if found[index][1].kind == "near"]
        if not misspelt:
            return right(parts=tuple(parts))
        return Judgement(kind="near", score=score, reason=", ".join(misspelt), parts=tuple(parts))
    return partly(score, _told(parts, f"{len(found)} of {total}"), parts=tuple(parts))


def _told(parts: list[Part], beginning: str) -> str:
    """`2 of 3; missing: “Minsk”; too much: “Baku”`."""
    said = [beginning]
    for note in ("missing", "too much", "given twice"):
        texts = [quoted(part.text) for part in parts if part.note == note]
        shown, more = texts[:_MOST_TOLD], len(texts) - _MOST_TOLD
        if texts:
            said.append(f"{note}: {', '.join(shown)}" + (f" and {more} more" if more > 0 else ""))
    said.extend(part.note for part in parts if part.note.startswith("misspelt"))
    return "; ".join(said)


_MOST_TOLD = 6
