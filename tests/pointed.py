"""A deck with a reason of several points."""

from __future__ import annotations

import json
from collections.abc import Sequence

POINTS = ("arms sold to Azerbaijan", "a speech in Minsk", "howitzers sent in 2018")
QUESTION = "Why was the ambassador recalled?"


def reason(points: Sequence[str] = POINTS) -> str:
    """A deck of one card, `why/why`, which asks for these points."""
    note = {
        "id": "why",
        "type": "event",
        "what": "The ambassador went home",
        "why": list(points),
        "ask": {"why": QUESTION},
    }
    return json.dumps({"title": "Reasons", "notes": [note]})
