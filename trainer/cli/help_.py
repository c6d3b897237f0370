"""`trainer help`: the commands, and the manual pages of question types and of what `check` reports."""

from __future__ import annotations

from dataclasses import fields
from difflib import get_close_matches
from inspect import cleandoc

import click

from trainer.cli.output import say
from trainer.collection.explaining import pages
from trainer.core.question import Note
from trainer.core.questions import TYPES
from trainer.errors import UsageError

_WIDTH = 88
"""Characters of a summary."""


@click.command("help")
@click.argument("topic", required=False)
@click.pass_context
def command(ctx: click.Context, topic: str | None) -> int:
    """Explain a command, a question type or what `check` reports; without a TOPIC, list them.

    Where several have the same name, all are explained.
    """
    root = ctx.find_root()
    assert isinstance(root.command, click.Group)
    if topic is None:
        _list_topics(root, root.command)
        return 0
    codes = pages()
    told = []
    if explained := root.command.get_command(root, topic):
        told.append(explained.get_help(click.Context(explained, parent=root, info_name=topic)))
    if topic in TYPES:
        told.append(_page(TYPES[topic]))
    if topic in codes:
        told.append(f"{'Rule' if codes[topic].rule else 'Problem'}: {topic}\n\n{codes[topic].text}")
    if not told:
        close = get_close_matches(topic, [*root.command.list_commands(root), *TYPES, *codes], n=1)
        hint = f"did you mean {close[0]!r}?" if close else "`trainer help` lists what there is"
        raise UsageError(f"there is no command, question type or problem {topic!r}", hint=hint)
    say("\n\n".join(told))
    return 0


def _list_topics(root: click.Context, group: click.Group) -> None:
    commands = {name: group.get_command(root, name) for name in group.list_commands(root)}
    rows = {
        "Commands": {name: each.get_short_help_str(_WIDTH) for name, each in commands.items() if each},
        "Question types": {name: _summary(TYPES[name]) for name in sorted(TYPES)},
        "Rules of `trainer check`": {page.code: page.summary for page in pages().values() if page.rule},
    }
    width = max(len(name) for topics in rows.values() for name in topics)
    for heading, topics in rows.items():
        say(f"{heading}:")
        for name, summary in topics.items():
            say(f"  {name:<{width}}  {summary}")
        say("")
    say("`trainer help TOPIC` explains one of them, or any other problem by the code that `check` tells.")


def _summary(kind: type[Note]) -> str:
    """The first sentence of a type's manual page."""
    first = " ".join(cleandoc(kind.__doc__ or "").partition("\n\n")[0].split())
    return first.partition(". ")[0].rstrip(".") + "."


def _page(kind: type[Note]) -> str:
    shared = ", ".join(("type", *(field.name for field in fields(Note))))
    return f"Question type: {kind.type}\n\n{cleandoc(kind.__doc__ or '')}\n\nEvery note may have: {shared}."
