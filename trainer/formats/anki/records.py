"""What a collection of Anki holds, as it was read."""

from __future__ import annotations

from typing import NamedTuple


class Template(NamedTuple):
    """What one kind of card shows: `front` and `back` are HTML with fields in double braces."""

    name: str
    front: str
    back: str


class NoteType(NamedTuple):
    """A note type; `stock` is the number of the one of Anki's own that it was made of, 0 if none is known."""

    name: str
    is_cloze: bool
    stock: int
    fields: tuple[str, ...]
    templates: tuple[Template, ...]


class AnkiDeck(NamedTuple):
    """A deck: its name in parts, what it says of itself, and its preset (0 for a filtered deck)."""

    name: tuple[str, ...]
    about: str
    preset: int


class Preset(NamedTuple):
    """Options of decks; `parameters` are those of FSRS, however many, steps are how many there are."""

    parameters: tuple[float, ...]
    desired_retention: float
    learning_steps: int
    relearning_steps: int


class AnkiNote(NamedTuple):
    """A note; its fields are HTML."""

    id: int
    kind: int
    tags: str
    fields: str


class AnkiCard(NamedTuple):
    """A card as it stands; `original_due` and `home` are set in a filtered deck."""

    id: int
    note: int
    deck: int
    ord: int
    type: int
    queue: int
    due: int
    interval: int
    factor: int
    reps: int
    lapses: int
    left: int
    original_due: int
    home: int
    flags: int
    data: str


class AnkiReview(NamedTuple):
    """A row of the review log, `at` in milliseconds since 1970."""

    card: int
    at: int
    rating: int
    interval: int
    factor: int
    milliseconds: int
    kind: int
