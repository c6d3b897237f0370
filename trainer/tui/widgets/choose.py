"""The form `Choose`: one of the options, or several of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from trainer.core.options import options
from trainer.core.prompt import SEPARATOR, Choose
from trainer.core.visible import one_line
from trainer.tui.widgets.answer_form import AnswerView, index_in
from trainer.tui.widgets.lines import wrap

if TYPE_CHECKING:
    from trainer.core.grading import Verdict

_LETTERS = "tf"
"""Letters that pick by themselves where each option begins with another one of them."""


class ChooseView(AnswerView[Choose]):
    """The options, one marked; after the answer each says whether it was right or yours."""

    marked: int | None = None
    _form: Choose
    _options: tuple[str, ...] = ()
    _ticked: frozenset[str] = frozenset()
    _letters: tuple[str, ...] = ()
    _open = False

    @property
    def advice(self) -> str:
        """By letter, by number or with boxes."""
        if self._form.several:
            return "tick every option that is right, and no other"
        if self._letters:
            return "t or f, or mark one with the arrows"
        return "pick an option by its number, or mark one with the arrows"

    @property
    def offers(self) -> frozenset[str]:
        """Picking one, or ticking several and handing them in."""
        if not self._open:
            return frozenset()
        if self._form.several:
            return frozenset({"tick", "toggle", "move", "dont_know", *(("submit",) if self._ticked else ())})
        marked = ("pick_marked",) if self.marked is not None else ()
        letters = ("letter",) if self._letters else ()
        return frozenset({"pick", "move", "dont_know", *marked, *letters})

    def ask(self, form: Choose, *, seed: str) -> None:
        """Show the options in the order drawn for this occasion, none picked yet."""
        self._form = form
        self._options = options(form, seed=seed)
        self._ticked = frozenset()
        self._letters = _letters_of(form)
        self.marked = 0 if form.several else None
        self.row = 0
        self._open = True

    def answered(self, response: str, verdict: Verdict) -> None:
        """Mark the right options, and what was picked."""
        self._ticked = frozenset(response.split(SEPARATOR) if self._form.several else (response,))
        self._open = False

    def move(self, by: int) -> None:
        """Mark the next option, or the one before."""
        count = len(self._options)
        first = 0 if by > 0 else count - 1
        self.marked = first if self.marked is None else (self.marked + by) % count

    def number(self, number: int) -> str | None:
        """Pick the option of that number, or tick it where several are asked for."""
        if not self._open or number > len(self._options):
            return None
        if not self._form.several:
            return self._options[number - 1]
        self.marked = number - 1
        self.toggle()
        return None

    def letter(self, letter: str) -> str | None:
        """Pick the option that begins with that letter."""
        return self.number(self._letters.index(letter) + 1) if letter in self._letters else None

    def toggle(self) -> None:
        """Tick the marked option, or take its tick away."""
        if self.marked is not None:
            self._ticked ^= {self._options[self.marked]}

    def submit(self) -> str | None:
        """The options that are ticked, or the one that is marked."""
        if self._form.several:
            return SEPARATOR.join(option for option in self._options if option in self._ticked) or None
        return None if self.marked is None else self.number(self.marked + 1)

    def pressed(self, meta: dict[str, object]) -> str | None:
        """A click picks or ticks the option under the pointer."""
        index = index_in(meta, "option")
        return None if index is None else self.number(index + 1)

    def lines(self, width: int) -> list[Content]:
        """A line an option, more where one wraps."""
        lines: list[Content] = []
        for index, option in enumerate(self._options):
            if index == self.marked:
                self.row = len(lines)
            head = self._head(index, option)
            label, style = self._label(index, option)
            for part in wrap(Content(f"{one_line(option)}{label}"), width - len(head)):
                line = (Content(head) + part).stylize(style)
                lines.append(line.stylize(Style.from_meta({"option": index})))
                head = " " * len(head)
        return lines

    def _head(self, index: int, option: str) -> str:
        sign = "›" if self._open and index == self.marked else " "
        name = self._letters[index] if self._letters else str(index + 1)
        box = ("[x] " if option in self._ticked else "[ ] ") if self._form.several else ""
        return f"{sign} {name}  {box}"

    def _label(self, index: int, option: str) -> tuple[str, str]:
        if self._open:
            return "", "bold" if index == self.marked else ""
        yours = option in self._ticked
        if option not in self._form.answers:
            return ("  ✗ yours", "$text-error") if yours else ("", "$muted")
        if self._form.several and not yours:
            return "  ✓ right, missed", "bold $text-warning"
        return "  ✓ right" + (", yours" if yours else ""), "bold $text-success"


def _letters_of(form: Choose) -> tuple[str, ...]:
    """The first letters of options that never change places, if a key can stand for each of them."""
    letters = tuple(option[:1].casefold() for option in form.order)
    return letters if len({*letters}) == len(letters) and {*letters} <= {*_LETTERS} else ()
