"""How many slips of the keyboard lie between two words."""

from __future__ import annotations

MAX_LETTERS = 40
"""Words longer than this are not compared letter by letter."""


def slips(one: str, other: str, *, limit: int) -> int:
    """Letters put in, left out, exchanged or swapped with their neighbour; `limit` + 1 stands for any more.

    The optimal string alignment distance: no letter is edited twice.
    """
    beyond = limit + 1
    if abs(len(one) - len(other)) > limit or max(len(one), len(other)) > MAX_LETTERS:
        return 0 if one == other else beyond
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before = before, row
        row = [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return beyond
    return min(row[-1], beyond)


def slips_allowed(letters: int) -> int:
    """How many slips still leave a word of so many letters recognisable."""
    if letters < 5:
        return 0
    if letters < 8:
        return 1
    return 2 if letters < 14 else 3
