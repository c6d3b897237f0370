"""The documentation names everything there is, and its examples work."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from runpy import run_path
from typing import Any, NamedTuple

import click
import pytest
from textual.binding import Binding

import trainer.tui
from trainer.cli import commands
from trainer.cli.main import run
from trainer.collection import Collection
from trainer.collection.checking import check
from trainer.config import ACTIONS, Config, load, places
from trainer.core.question import Note
from trainer.core.questions import TYPES
from trainer.core.quiz import Request
from trainer.core.review import Confidence, Rating
from trainer.core.session import Selection
from trainer.deckfiles.model import Head

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
PAGES = {"README.md": README, **DOCS}
ALL = "\n".join(PAGES.values())


class Example(NamedTuple):
    """A fenced block of a page."""

    page: str
    line: int
    language: str
    text: str


def examples(language: str) -> list[Example]:
    return [
        Example(page, text.count("\n", 0, found.start()) + 2, found[1], found[2])
        for page, text in PAGES.items()
        for found in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S)
        if found[1] == language
    ]


def named(example: Example) -> str:
    return f"{example.page}:{example.line}"


def section(page: str, heading: str) -> str:
    """The text under a heading, up to the next of its rank or above."""
    rank = heading.partition(" ")[0]
    found = re.search(
        rf"^{re.escape(heading)}(?!\w)[^\n]*\n(.*?)(?=^#{{1,{len(rank)}}} |\Z)", DOCS[page], re.M | re.S
    )
    assert found, f"{page} has no section {heading}"
    return found[1]


def command_of(name: str) -> click.Command:
    found = commands.trainer.get_command(click.Context(commands.trainer), name)
    assert isinstance(found, click.Command)
    return found


def with_inner(command: click.Command) -> Iterator[click.Command]:
    """A command, and those within it."""
    yield command
    if isinstance(command, click.Group) and command is not commands.trainer:
        yield from command.commands.values()


COMMANDS = commands.trainer.list_commands(click.Context(commands.trainer))
YAML_EXAMPLES = examples("yaml")
DECKS = [example for example in YAML_EXAMPLES if re.search(r"^notes:", example.text, re.M)]
REGISTRIES = [example for example in YAML_EXAMPLES if example not in DECKS]


# Everything is named


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_section_and_a_line_in_the_readme(name: str) -> None:
    assert section("commands.md", f"## `trainer {name}")
    assert f"| `trainer {name}" in README


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_in_its_section(name: str) -> None:
    said = section("commands.md", f"## `trainer {name}")
    options = [
        each
        for command in with_inner(command_of(name))
        for each in command.params
        if isinstance(each, click.Option)
    ]
    assert [each.name for each in options if not any(f"`{flag}" in said for flag in each.opts)] == []


def test_every_option_before_the_command_is_named() -> None:
    table = DOCS["commands.md"].partition("## ")[0]
    options = [flag for each in commands.trainer.params for flag in each.opts if flag.startswith("-")]
    assert {"--decks", "--data", "--version"} <= set(options)
    assert [flag for flag in (*options, "--help", "-h") if f"`{flag}" not in table] == []


def test_the_docs_name_no_option_that_is_not_there() -> None:
    there = {"--help", "-h"} | {
        flag
        for outer in (commands.trainer, *map(command_of, COMMANDS))
        for command in with_inner(outer)
        for each in command.params
        for flag in each.opts
    }
    said = re.findall(r"`(--[a-z]+)[ `]", DOCS["commands.md"])
    assert set(said) - there == set()


@pytest.mark.parametrize("kind", TYPES.values(), ids=list(TYPES))
def test_every_question_type_has_a_section_naming_its_fields(kind: type[Note]) -> None:
    said = section("question-types.md", f"## `{kind.type}`")
    own = {field.name for field in dataclasses.fields(kind)} - {
        field.name for field in dataclasses.fields(Note)
    }
    assert own
    assert [field for field in own if f"- `{field}`:" not in said] == []
    assert f"type: {kind.type}" in said or kind.type == "basic"


def test_the_page_of_question_types_is_made_from_their_own_pages() -> None:
    made = run_path(str(ROOT / "docs" / "make_types.py"))
    assert made["page"]() == DOCS["question-types.md"], "run `python docs/make_types.py`"


def test_every_question_type_is_in_the_table() -> None:
    said = section("decks.md", "## Question types")
    assert set(re.findall(r"^\| `([\w-]+)` \|", said, re.M)) - {"type"} == set(TYPES)


def test_every_field_that_all_notes_share_is_in_the_table() -> None:
    said = section("decks.md", "## Every note")
    fields = ["type", *(field.name for field in dataclasses.fields(Note))]
    assert [field for field in fields if not re.search(rf"^\|[^|]*`{field}`", said, re.M)] == []


def test_every_field_of_a_deck_is_in_the_table() -> None:
    said = section("decks.md", "## A deck")
    fields = ["notes", *(field.name for field in dataclasses.fields(Head))]
    assert [field for field in fields if f"| `{field}`" not in said] == []


@pytest.mark.parametrize(("page", "schema"), [("sources", "_SourceFields"), ("names", "_NameFields")])
def test_every_field_of_a_registry_is_named(page: str, schema: str) -> None:
    fields = dataclasses.fields(vars(import_module("trainer.deckfiles.model"))[schema])
    said = section("decks.md", f"## `{page}.yaml`")
    assert [field.name for field in fields if f"`{field.name}`" not in said] == []


def test_every_setting_is_in_the_example() -> None:
    (example,) = examples("toml")
    assert set(tomllib.loads(example.text)) == set(Config._fields)


def bindings() -> Iterator[Binding]:
    for found in walk_packages(trainer.tui.__path__, "trainer.tui."):
        for value in vars(import_module(found.name)).values():
            if isinstance(value, type) and value.__module__ == found.name:
                yield from (each for each in value.__dict__.get("BINDINGS", ()) if isinstance(each, Binding))


def test_the_names_for_keys_are_exactly_the_actions_that_can_have_other_keys() -> None:
    names = re.search(r"Names of actions for `\[keys\]`:(.*?)\.\n", DOCS["settings.md"], re.S)
    assert names
    told = set(re.findall(r"`(\w+)`", names[1]))
    assert told == {binding.id for binding in bindings() if binding.id} == set(ACTIONS)


def test_every_environment_variable_is_named() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "trainer").rglob("*.py"))
    variables = set(re.findall(r"\bTRAINER_[A-Z]+\b", source))
    assert {"TRAINER_DATA", "TRAINER_DECKS"} <= variables
    assert [name for name in variables if name not in ALL] == []


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    folder = ROOT if page == "README.md" else ROOT / "docs"
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", PAGES[page]) if "://" not in target]
    assert [target for target in targets if not (folder / target).exists()] == []


# Every example works


@pytest.mark.parametrize("example", DECKS, ids=named)
def test_an_example_deck_has_no_problem(example: Example, tmp_path: Path) -> None:
    for registry in ("sources.yaml", "names.yaml"):
        shutil.copy(ROOT / "decks" / registry, tmp_path)
    (tmp_path / "example.yaml").write_text(example.text, encoding="utf-8")
    checked = check([tmp_path / "example.yaml"])
    assert list(map(str, checked.problems)) == []
    assert checked.cards


@pytest.mark.parametrize("example", REGISTRIES, ids=named)
def test_an_example_registry_has_no_problem(example: Example, tmp_path: Path) -> None:
    name = "names.yaml" if "kind:" in example.text else "sources.yaml"
    (tmp_path / name).write_text(example.text, encoding="utf-8")
    (tmp_path / "deck.yaml").write_text("title: A deck\nnotes:\n  - {id: a, question: Who?, answer: me}\n")
    assert [problem for problem in check([tmp_path]).problems if problem.severity == "error"] == []


@pytest.mark.parametrize("kind", TYPES.values(), ids=list(TYPES))
def test_the_example_of_a_question_type_s_own_page_works(kind: type[Note], tmp_path: Path) -> None:
    found = re.search(r"^( +)- id:.*\Z", kind.__doc__ or "", re.M | re.S)
    assert found
    for registry in ("sources.yaml", "names.yaml"):
        shutil.copy(ROOT / "decks" / registry, tmp_path)
    (tmp_path / "example.yaml").write_text(f"title: Example\nnotes:\n{found[0]}", encoding="utf-8")
    assert list(map(str, check([tmp_path / "example.yaml"]).problems)) == []


def test_the_examples_show_every_question_type() -> None:
    shown = {kind for example in DECKS for kind in re.findall(r"type: ([\w-]+)", example.text)} | {"basic"}
    assert shown == set(TYPES)
    assert len(REGISTRIES) == 3


def test_the_example_settings_are_the_defaults(tmp_path: Path) -> None:
    (example,) = examples("toml")
    (tmp_path / "config.toml").write_text(example.text, encoding="utf-8")
    settings = load(tmp_path / "config.toml")
    assert settings._replace(keys={}) == Config()
    assert settings.keys


def test_the_two_commands_of_the_readme_are_one_line_each() -> None:
    shell = [example.text for example in examples("sh") if example.page == "README.md"]
    assert [text.count("\n") for text in shell] == [1, 1]
    assert all(text.startswith("python3 -m venv ") for text in shell)
    assert shell[0].rstrip().endswith("trainer study") and shell[1].rstrip().endswith("pytest")


def shape(text: str) -> object:
    """A shape written as JSON without values, as the keys at each level."""
    filled = re.sub(r'("\w+")(?=\s*[,}])', r"\1: 0", text)
    return keys_of(json.loads(filled))


def keys_of(value: Any) -> object:
    if isinstance(value, dict):
        return {key: keys_of(part) for key, part in value.items() if key}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [keys_of(value[0])]
    return 0


@pytest.fixture
def studied(tmp_path: Path) -> list[str]:
    """Options for a deck of two lists, of which one was answered and asked in a test."""
    deck = tmp_path / "deck.yaml"
    notes = "".join(
        f"  - {{id: {note}, type: list, question: Who {note}?, answers: [me, you]}}\n" for note in "ab"
    )
    deck.write_text(f"title: A deck\nnotes:\n{notes}")
    collection = Collection(places(data=str(tmp_path / "data"), decks=(str(deck),)), Config())
    session = collection.start(Selection())
    assert session.card
    verdict = collection.grade(session.card, "me")
    collection.rate(
        session, Rating.AGAIN, verdict=verdict, response="me", milliseconds=1, confidence=Confidence.SURE
    )
    collection.quizzes.hand_in(collection.quizzes.begin(Request()))
    collection.close()
    return ["--data", str(tmp_path / "data"), "--decks", str(deck)]


@pytest.mark.parametrize(
    "command",
    [
        *("due", "list", "check", "where", "stats", "next", "answer deck/a/card --response me"),
        *("preview deck", "add deck --question Q --answer A", "new x"),
    ],
)
def test_json_is_shaped_as_documented(
    command: str, studied: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    run([*studied, *command.split(), "--json"])
    printed = json.loads(capsys.readouterr().out)
    name = command.split(maxsplit=1)[0]
    written = re.search(r"`--json`\s+prints\s+`([^`]+)`", section("commands.md", f"## `trainer {name}"), re.S)
    assert written
    assert keys_of(printed) == shape(written[1])
