"""What the views of all answer forms have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.content import Content

from trainer.core.prompt import AnswerForm

if TYPE_CHECKING:
    from trainer.core.grading import Verdict

Form = TypeVar("Form", bound=AnswerForm)


class AnswerView(Generic[Form]):
    """Asks in one answer form: draws its part of the page and knows what a key or the mouse answers.

    `takes_text` says whether the answer is typed; `row` is the line of its part that must be in sight. What
    a form has no use for does nothing: the screen asks `offers` which of its actions do something now.
    """

    takes_text: ClassVar[bool] = False
    row: int = 0

    @property
    def advice(self) -> str:
        """What to do, shown while the form waits."""
        return ""

    @property
    def placeholder(self) -> str:
        """What stands in the line to type into while it is empty."""
        return ""

    @property
    def offers(self) -> frozenset[str]:
        """Of `ACTIONS`, what does something now."""
        return frozenset()

    @property
    def judges(self) -> bool:
        """Whether the learner looks and judges before answering: a key that comes at once must do nothing."""
        return False

    def ask(self, form: Form, *, seed: str) -> None:
        """Start anew with the form of the next card; `seed` decides whatever is drawn."""
        raise NotImplementedError

    def answered(self, response: str, verdict: Verdict) -> None:
        """Show what became of the answer."""
        raise NotImplementedError

    def lines(self, width: int) -> list[Content]:
        """Its part of the page, in lines of at most `width` cells."""
        return []

    def reveal(self) -> str | None:
        """The response that looking at the answer is, or None where it is to be given then."""
        return ""

    def move(self, by: int) -> None:
        """Mark the next line, or the one before."""

    def shift(self, by: int) -> None:
        """Move what is marked down, or up."""

    def number(self, number: int) -> str | None:
        """The response that a number, counted from 1, means by itself, or None."""
        return None

    def letter(self, letter: str) -> str | None:
        """The response that a letter means by itself, or None."""
        return None

    def toggle(self) -> None:
        """Pick what is marked, or drop it."""

    def submit(self) -> str | None:
        """The response as it stands, or None if there is none yet."""
        return None

    def pressed(self, meta: dict[str, object]) -> str | None:
        """The response that a click means, or None; `meta` is what the text under the pointer carries."""
        return None

    def grab(self, meta: dict[str, object]) -> bool:
        """Take hold of what is under the pointer; False if it cannot be moved."""
        return False

    def drag(self, meta: dict[str, object]) -> None:
        """Move what was grabbed to where the pointer is."""


ACTIONS = frozenset(
    {
        "reveal",
        "pick_marked",
        "pick",
        "letter",
        "toggle",
        "tick",
        "swap",
        "move",
        "shift",
        "submit",
        "dont_know",
    }
)
"""What a form may offer to do; `pick`, `tick` and `swap` are what a digit does."""


def index_in(meta: dict[str, object], key: str) -> int | None:
    """The number that a line carries under `key`, if it carries one."""
    index = meta.get(key)
    return index if isinstance(index, int) else None
