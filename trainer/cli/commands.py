"""The commands, each loaded when it is called."""

from __future__ import annotations

import io
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import NamedTuple

import click

from trainer import __version__, config
from trainer.cli.output import warn
from trainer.core.visible import visible
from trainer.errors import UsageError, called_with

_MODULES = {
    "add": "trainer.cli.add",
    "answer": "trainer.cli.answer",
    "author": "trainer.cli.author",
    "backup": "trainer.cli.backup",
    "browse": "trainer.cli.browse",
    "check": "trainer.cli.check",
    "coverage": "trainer.cli.coverage",
    "doctor": "trainer.cli.doctor",
    "due": "trainer.cli.due_command",
    "edit": "trainer.cli.edit",
    "export": "trainer.cli.export",
    "help": "trainer.cli.help_",
    "import": "trainer.cli.import_",
    "list": "trainer.cli.list_",
    "move": "trainer.cli.move",
    "new": "trainer.cli.new",
    "next": "trainer.cli.next_",
    "preview": "trainer.cli.preview",
    "quiz": "trainer.cli.quiz",
    "restore": "trainer.cli.restore",
    "schema": "trainer.cli.schema",
    "stats": "trainer.cli.stats",
    "study": "trainer.cli.study",
    "timeline": "trainer.cli.timeline",
    "where": "trainer.cli.where",
}


class Start(NamedTuple):
    """What the options before the command say: where decks and data are."""

    data: str | None
    decks: tuple[str, ...]

    def places(self) -> config.Places:
        """Where everything lives."""
        return config.places(data=self.data, decks=self.decks)

    def data_places(self) -> tuple[config.Places, str]:
        """The same for what looks after the data: with decks that are not there, those that come along.

        What is wrong with the decks is told beside it, empty if nothing is.
        """
        try:
            return self.places(), ""
        except UsageError as error:
            return config.places(data=self.data, decks=(str(config.bundled_decks()),)), str(error)

    def as_options(self) -> list[str]:
        """What was said, as it was typed."""
        data = () if self.data is None else (("--data", self.data),)
        return [part for pair in (*data, *(("--decks", path) for path in self.decks)) for part in pair]


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names."""
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name: `command` in its module."""
        if cmd_name not in _MODULES:
            return None
        command = import_module(_MODULES[cmd_name]).command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, or say which was meant."""
        close = get_close_matches(args[0], _MODULES, n=1)
        if args[0] not in _MODULES and not args[0].startswith("-") and close:
            ctx.fail(f"No such command {args[0]!r}. Did you mean '{close[0]}'?")
        return super().resolve_command(ctx, args)


@click.command(
    cls=LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option(
    "--decks", multiple=True, metavar="PATH", help="A decks folder or a deck file; may be repeated."
)
@click.option("--data", metavar="DIR", help="Where progress and settings are kept.")
@click.version_option(__version__, prog_name="trainer")
@click.pass_context
def trainer(ctx: click.Context, decks: tuple[str, ...], data: str | None) -> int:
    """A quiz and flashcard trainer for the terminal, in which every fact cites its source.

    Without a command: the home screen.
    """
    ctx.obj = Start(data, decks)
    called_with(*ctx.obj.as_options())
    if ctx.invoked_subcommand is None:
        from trainer.cli.interface import open_interface

        return open_interface(ctx.obj.places, None)
    return 0


def invoke(arguments: Sequence[str]) -> int:
    """Run one command line through click; its exit code."""
    try:
        with trainer.make_context("trainer", list(arguments)) as context:
            result = trainer.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        told = io.StringIO()
        error.show(told)
        warn(visible(told.getvalue().rstrip("\n")))
        return error.exit_code
    return result if isinstance(result, int) else 0
