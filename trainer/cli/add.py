"""`trainer add`: one note, or several, from flags, from standard input, or asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import click

from trainer.cli.commands import Start
from trainer.core.questions import TYPES
from trainer.core.visible import one_line
from trainer.errors import UsageError

_NAMED = {
    "--id": ("id", "The note's id; else it is made of its words."),
    "--question": ("question", "What is asked."),
    "--answer": ("answer", "What is right; may be repeated."),
    "--distractor": ("distractors", "A wrong option; may be repeated."),
    "--source": ("source", "`article#paragraph`; may be repeated."),
    "--tag": ("tags", "A tag; may be repeated."),
    "--hint": ("hint", "What helps, before the answer."),
    "--explanation": ("explanation", "What is told after the answer."),
}
"""The fields that have an option of their own."""

_SEVERAL = ("answer", "distractors", "source", "tags")


def _with_named(command: Any) -> Any:
    for flag, (name, about) in reversed(_NAMED.items()):
        several = name in _SEVERAL
        command = click.option(flag, f"field_{name}", multiple=several, metavar="TEXT", help=about)(command)
    return command


@click.command("add")
@click.argument("deck")
@click.option("--type", "kind", metavar="T", help="The question type; basic unless told.")
@_with_named
@click.option(
    "--set", "fields", multiple=True, metavar="FIELD=VALUE", help="Any field; repeated for each of several."
)
@click.option("--dry-run", is_flag=True, help="Show the note as it would be written, and write nothing.")
@click.option("--anyway", is_flag=True, help="Also to a deck that is part of the program.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(
    start: Start,
    /,
    deck: str,
    kind: str | None,
    fields: tuple[str, ...],
    dry_run: bool,
    anyway: bool,
    as_json: bool,
    **named: str | tuple[str, ...] | None,
) -> int:
    """Add a note to a deck: from options, or from standard input as YAML or JSON, one note or a list.

    The note is checked with its deck first: if there is an error, nothing is written. At a terminal, without
    options, the fields are asked for. The rest of the file stays as it is, byte for byte.
    """
    from trainer.cli.adding import Adding, add_notes

    wanted = Adding(_typed(named, fields), kind and _known(kind), dry_run=dry_run, as_json=as_json)
    return add_notes(start.places(), deck, wanted, anyway=anyway)


def _typed(named: Mapping[str, str | tuple[str, ...] | None], fields: Iterable[str]) -> dict[str, list[str]]:
    """What was given for each field, by its own option and by --set."""
    typed: dict[str, list[str]] = {}
    for key, value in named.items():
        if value:
            typed[key.removeprefix("field_")] = [value] if isinstance(value, str) else [*value]
    for text in fields:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise UsageError(f"--set {one_line(text)!r}: this is written FIELD=VALUE")
        typed.setdefault(name.strip(), []).append(value)
    return typed


def _known(kind: str) -> str:
    if kind not in TYPES:
        raise UsageError(f"there is no question type {kind!r}", hint=f"there are {', '.join(sorted(TYPES))}")
    return kind
