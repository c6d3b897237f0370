"""`trainer help`: the list of topics, the page of a command, of a type, of both, of a code of `check`."""

from __future__ import annotations

from dataclasses import fields

import click
import pytest

from trainer.cli import commands
from trainer.cli.main import run
from trainer.collection.explaining import Page, pages
from trainer.core.question import Note
from trainer.core.questions import TYPES
from trainer.core.rules import RULES

COMMANDS = commands.trainer.list_commands(click.Context(commands.trainer))


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert run(arguments) == code
    told = capsys.readouterr()
    assert not (told.out if code else told.err)
    return told.err if code else told.out


def test_without_a_topic_every_command_and_every_type_has_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, "help")
    listed, _, rest = out.partition("\nQuestion types:\n")
    types, _, rules = rest.partition("\nRules of `trainer check`:\n")
    assert [line.split()[0] for line in listed.splitlines() if line.startswith("  ")] == COMMANDS
    assert [line.split()[0] for line in types.splitlines() if line.startswith("  ")] == sorted(TYPES)
    assert [line.split()[0] for line in rules.splitlines() if line.startswith("  ")] == sorted(RULES)
    lines = [line for line in out.splitlines() if line.startswith("  ")]
    assert all(len(line.split()) > 3 for line in lines), "each with what it is"
    assert max(map(len, lines)) <= 110


@pytest.mark.parametrize("kind", TYPES.values(), ids=list(TYPES))
def test_the_page_of_a_type_names_its_fields_and_ends_with_an_example(
    kind: type[Note], capsys: pytest.CaptureFixture[str]
) -> None:
    out = printed(capsys, "help", kind.type)
    assert f"Question type: {kind.type}\n" in out
    assert [field.name for field in fields(kind) if field.name not in out] == []
    assert "\n    - id: " in out
    assert kind.type == "basic" or f"\n      type: {kind.type}\n" in out


@pytest.mark.parametrize("name", COMMANDS)
def test_the_page_of_a_command_is_what_its_help_option_prints(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    by_option = printed(capsys, name, "--help")
    assert by_option.startswith(f"Usage: trainer {name}")
    assert printed(capsys, "help", name).startswith(by_option)


def test_a_name_that_is_both_shows_both_pages(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, "help", "list")
    assert out.index("Usage: trainer list") < out.index("Question type: list")


@pytest.mark.parametrize("page", pages().values(), ids=list(pages()))
def test_the_page_of_a_code_says_what_it_means(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, "help", page.code)
    assert f"{'Rule' if page.rule else 'Problem'}: {page.code}\n\n{page.text}" in out


@pytest.mark.parametrize(
    ("topic", "hint"),
    [
        ("true_false", "did you mean 'true-false'?"),
        ("chek", "did you mean 'check'?"),
        ("unknown_key", "did you mean 'unknown-key'?"),
        ("vague", "did you mean 'vague-time'?"),
        ("zzz", "`trainer help` lists what there is"),
        ("\x1b[31m", "`trainer help` lists what there is"),
    ],
)
def test_an_unknown_topic_is_wrong_usage_and_says_which_was_meant(
    topic: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    err = printed(capsys, "help", topic, code=2)
    assert err.startswith("trainer: there is no command, question type or problem ")
    assert err.rstrip().endswith(f"({hint})")
    assert "\x1b" not in err
