"""What an editor makes of the schema: a real YAML language server is asked, over a deck with the modeline."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from language_server import LanguageServer, server

from trainer.core.form import fields_of
from trainer.core.questions import TYPES
from trainer.deckfiles.schema import SCHEMAS, file_name, modeline, schema_text

REQUIRED = "REQUIRE_YAML_LANGUAGE_SERVER"
HOW = "npm install yaml-language-server, or name one in YAML_LANGUAGE_SERVER"


class Editor:
    """A folder with the schemas, and the server that an editor starts over it."""

    def __init__(self, folder: Path, command: str) -> None:
        self.folder = folder
        for kind in SCHEMAS:
            (folder / file_name(kind)).write_text(schema_text(kind), encoding="utf-8")
        self._server = LanguageServer(command, folder)
        self._files = 0

    def open(self, text: str, *, kind: str = "deck") -> str:
        """A new file with the modeline above that text; its URI. Line 1 is the first of the text."""
        self._files += 1
        path = self.folder / f"{kind}-{self._files}.yaml"
        whole = f"{modeline(kind)}\n{text}"
        path.write_text(whole, encoding="utf-8")
        return self._server.open(path, whole)

    def marked(self, text: str, *, kind: str = "deck") -> list[tuple[int, str]]:
        """The lines that are marked as wrong, and what is said of them."""
        found = self._server.problems(self.open(text, kind=kind))
        return [(problem["range"]["start"]["line"], problem["message"]) for problem in found]

    def offered(self, text: str, *, kind: str = "deck") -> set[str]:
        """What is offered at `|`."""
        before, _, after = text.partition("|")
        lines = f"\n{before}".split("\n")
        uri = self.open(before + after, kind=kind)
        found = self._server.at("completion", uri, len(lines) - 1, len(lines[-1]))
        return {item["label"] for item in found["items"]}

    def told(self, text: str, word: str) -> str:
        """What is told where a word stands."""
        lines = f"\n{text}".split("\n")
        line = next(number for number, each in enumerate(lines) if word in each)
        found: Any = self._server.at("hover", self.open(text), line, lines[line].index(word) + 1)
        return str(found["contents"]["value"])

    def close(self) -> None:
        self._server.close()


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    command = server()
    if command is None:
        if os.environ.get(REQUIRED):
            pytest.fail(f"{REQUIRED} is set, and there is no YAML language server: {HOW}")
        pytest.skip(f"there is no YAML language server: {HOW}")
    made = Editor(tmp_path_factory.mktemp("edited"), command)
    yield made
    made.close()


NOTE = "title: T\nnotes:\n  - id: a\n"
TYPED = f"{NOTE}    type: typed\n    question: Q?\n    answer: A\n"


# Marks


def test_a_sound_deck_has_no_mark(editor: Editor) -> None:
    assert editor.marked(f"{TYPED}    as_of: 2024\n    hint: 007\n    tags: [1, true, x]\n") == []


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (f"{TYPED}    anwser: B\n", 7, "anwser"),
        (f"{NOTE}    type: typd\n    question: Q?\n    answer: A\n", 4, "Value is not accepted"),
        (f"{NOTE}    type: typed\n    question: Q?\n", 3, '"answer"'),
        (f"{NOTE}    question: Q?\n    answer: [A, B]\n", 5, "Incorrect type"),
        (f"{NOTE}    question: Q?\n    answer: A\n    unit: m\n", 6, "unit"),
        (f"{TYPED}    as_of: June 2024\n", 7, "Dates look like"),
        (f"{TYPED}    hint: {{a: b}}\n", 7, "Incorrect type"),
        ("titel: T\nnotes: []\n", 1, "titel"),
    ],
)
def test_a_mistake_is_marked_on_its_line(text: str, line: int, said: str, editor: Editor) -> None:
    marked = editor.marked(text)
    assert {at for at, _ in marked} == {line}
    assert any(said in message for _, message in marked)


def test_a_mistake_in_the_registries_is_marked(editor: Editor) -> None:
    assert editor.marked("a:\n  title: T\n  published: 2024-13\n", kind="sources") == [
        (3, "Dates look like 2024, 2024-06 or 2024-06-13.")
    ]
    assert [line for line, _ in editor.marked("a:\n  name: A\n  kind: k\n  alias: B\n", kind="names")] == [4]


# Completion


def test_every_type_is_offered_after_type(editor: Editor) -> None:
    assert editor.offered(f"{NOTE}    type: |\n") == set(TYPES)


@pytest.mark.parametrize("name", sorted(TYPES))
def test_in_a_note_the_fields_of_its_type_are_offered_and_no_others(name: str, editor: Editor) -> None:
    offered = editor.offered(f"{NOTE}    type: {name}\n    |\n")
    every = {field.name for kind in TYPES.values() for field in fields_of(kind)}
    assert offered & every == {field.name for field in fields_of(TYPES[name])} - {"id"}


def test_without_a_type_the_fields_of_basic_and_the_type_are_offered(editor: Editor) -> None:
    offered = editor.offered(f"{NOTE}    |\n")
    assert {"type", "question", "answer", "source"} <= offered
    assert not {"distractors", "pairs", "text", "who"} & offered


def test_a_whole_note_of_each_type_is_offered_where_one_begins(editor: Editor) -> None:
    offered = editor.offered("title: T\nnotes:\n  - |\n")
    assert {f"a note: {name}" for name in TYPES} <= offered


def test_a_truth_is_offered_where_one_is_wanted(editor: Editor) -> None:
    offered = editor.offered(f"{NOTE}    type: true-false\n    statement: S\n    answer: |\n")
    assert offered == {"true", "false"}


def test_in_an_empty_deck_its_fields_are_offered(editor: Editor) -> None:
    assert {"title", "description", "tags", "notes"} <= editor.offered("|\n")


# Explanations


def test_a_field_is_explained_by_what_it_means_for_that_type(editor: Editor) -> None:
    assert "one or several; the first is the one shown" in editor.told(TYPED, "answer")
    about = editor.told(f"{NOTE}    type: number\n    question: Q?\n    answer: 1\n", "answer")
    assert about.casefold().startswith(
        next(field.about for field in fields_of(TYPES["number"]) if field.name == "answer")[:20].casefold()
    )


def test_a_type_is_explained_with_the_others(editor: Editor) -> None:
    told = editor.told(TYPED, "type: typed")
    assert "A question whose short answer you type." in told
    assert "`accounts`" in told
