"""Panels of the author's desk: which type, what was changed outside, and whose deck it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from inspect import cleandoc
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.style import Style

from trainer.collection.authoring import Bench
from trainer.core.questions import TYPES
from trainer.core.visible import one_line, visible
from trainer.tui.screens.panels import Panel
from trainer.tui.screens.pick import Choice, PickPanel
from trainer.tui.widgets.note_field import Completions


class OnePanel(PickPanel):
    """Picks one of several things, of which none is "all"."""

    DEFAULT_CSS = """
    OnePanel > Vertical { width: 88; }
    """

    def __init__(self, title: str, choices: Sequence[Choice], *, chosen: str) -> None:
        super().__init__(title, choices, chosen=(chosen,), all_of="")
        self._choices = list(choices)
        self._shown = self._choices


def type_panel(chosen: str, counts: Mapping[str, int], title: str) -> OnePanel:
    """The question types, each with what it is, and how many notes of the deck are of it."""
    choices = [Choice(name, name, counts.get(name, 0), beside=_summary(name)) for name in TYPES]
    return OnePanel(title, choices, chosen=chosen)


def _summary(name: str) -> str:
    """The first sentence of a type's manual page."""
    page = " ".join(cleandoc(TYPES[name].__doc__ or "").partition("\n\n")[0].split())
    return page.partition(". ")[0].rstrip(".")


class AskPanel(Panel):
    """Says something, and does what a key means; escape does nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "close", show=False),
        *(Binding(key, f"do('{key}')", "do", show=False) for key in "rnw"),
    ]

    def __init__(self, title: str, text: Content, does: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(title, text)
        self._does = does

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that are told do something."""
        return parameters[0] in self._does if action == "do" else True

    def action_do(self, key: str) -> None:
        """Close, and do it."""
        self.dismiss()
        self._does[key]()


def _key(key: str, what: str) -> Content:
    """A line that says what a key does; a press on it does it."""
    line = Content.assemble((f"{key:<8}", "bold"), what)
    action = f"screen.do('{key}')" if len(key) == 1 else "screen.dismiss"
    return line.stylize(Style.from_meta({"@click": action}))


def conflict_panel(name: str, changes: Sequence[str], *, read: Callable[[], object]) -> AskPanel:
    """What was changed in the file by somebody else, and what can be done."""
    head = Content(f"{one_line(name)} was changed outside in the meantime. Nothing was written.\n\n")
    keys = Content("\n").join(
        (
            _key("r", "read it anew, and keep what is typed: then save"),
            _key("escape", "leave all as it is"),
        )
    )
    lines = Content("\n").join(map(_changed, changes)) if changes else Content("(the file is the same again)")
    return AskPanel("Changed outside", Content.assemble(head, keys, "\n\n", lines), {"r": read})


def _changed(line: str) -> Content:
    style = {"+": "$text-success", "-": "$text-error"}.get(line[:1], "$muted")
    return Content.styled(visible(line).replace("\n", " "), style)


def bundled_panel(name: str, own: str, *, new: Callable[[], object], write: Callable[[], object]) -> AskPanel:
    """That a deck is part of the program, and which deck to write instead."""
    text = Content("\n").join(
        (
            Content(
                f"{one_line(name)} is part of the program: an update replaces it, and what you write goes.\n"
            ),
            _key("n", f"write into a deck of your own: {one_line(own)}"),
            _key("w", f"write into {one_line(name)} all the same"),
            _key("escape", "write nothing yet"),
        )
    )
    return AskPanel("Whose deck is this?", text, {"n": new, "w": write})


def completions_of(bench: Bench) -> Mapping[str, Completions]:
    """What can be meant by what is begun to be typed, field by field; "" is every other field."""
    ids = [row.id for row in bench.notes if row.id]
    tags = [tag for row in bench.notes for card in row.cards[:1] for tag in card.tags]
    names = Completions(bench.name_spellings)
    cited = [name for row in bench.notes for name in row.cited]
    source = bench.source
    own = [f"{source.id}#{number}" for number in bench.article.paragraphs] if source else []
    return {
        "": names,
        "id": Completions(),
        "source": Completions([*own, *cited, *bench.sources]),
        "tags": Completions(tags),
        "superseded_by": Completions(ids),
        "answers": Completions([*ids, *bench.name_spellings]),
    }
