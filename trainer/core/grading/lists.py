"""Grading of several things in any order: credit for each, less what is too much."""

from __future__ import annotations

from collections.abc import Callable

from trainer.core.grading.split import as_listed, pieces
from trainer.core.grading.telling import far_too_long, quoted
from trainer.core.grading.verdict import Judgement, Part, partly, right, wrong
from trainer.core.grading.words import judge_text, spellings
from trainer.core.normalise import normalise
from trainer.core.prompt import Items, Text

_MORE = 10
"""So many parts beyond twice the items are not looked at: extras have used up all credit long before."""
_MOST_TOLD = 6


def judge_items(expected: Items, response: str, *, is_taken: Callable[[str], bool]) -> Judgement:
    """Grade a list: each item counts once, a misspelt one a little less; extras cost one each."""
    if far_too_long(response, (expected.answer, *(_longest(item) for item in expected.items))):
        return wrong("far longer than the answer")
    if normalise(response) == normalise(expected.answer):
        return right(parts=tuple(Part(text=item.answer, score=1.0, note="found") for item in expected.items))
    ways_to_part = _ways_to_part(expected, response)
    if min(map(len, ways_to_part)) > 2 * len(expected.items) + _MORE:
        return wrong(f"far more than {len(expected.items)}")
    ways = [
        _summed_up(expected, *_matched(expected.items, parts, is_taken=is_taken)) for parts in ways_to_part
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
    """What was given for each item found; and what is left, with whether it repeats an item.

    What is right is matched first, then what is near.
    """
    found: dict[int, tuple[str, Judgement]] = {}
    left: list[tuple[str, bool]] = []
    judged = [(part, [judge_text(item, part, is_taken=is_taken) for item in items]) for part in parts]
    for kind in ("right", "near"):
        later: list[tuple[str, list[Judgement]]] = []
        for part, judgements in judged:
            alike = [index for index, judgement in enumerate(judgements) if judgement.kind == kind]
            free = [index for index in alike if index not in found]
            if free:
                found[free[0]] = part, judgements[free[0]]
            elif alike:
                left.append((part, True))
            else:
                later.append((part, judgements))
        judged = later
    return found, [*left, *((part, False) for part, _ in judged)]


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
