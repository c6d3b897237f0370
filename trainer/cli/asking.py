"""Asking a person at a terminal, line by line; what is asked goes to stderr, so that stdout stays data."""

from __future__ import annotations

import sys
from contextlib import suppress

import click

from trainer.cli.output import warn
from trainer.core.visible import visible


def is_someone_there() -> bool:
    """Whether lines come from a terminal; if so, bytes of another encoding do not end them from now on."""
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None:
        with suppress(OSError):  # Once something was read, it is as it is.
            reconfigure(errors="replace")
    return True


def tell(text: str = "") -> None:
    """Tell a person something, foreign text made visible."""
    click.echo(visible(text), err=True)


def ask(question: str, *, default: str = "") -> str:
    """What is typed on a line, or the default if nothing is. Raises click.Abort at the end of the input."""
    shown = f" [{default}]" if default else ""
    click.echo(visible(f"{question}{shown}: "), err=True, nl=False)
    return _line().strip() or default


def ask_lines(question: str) -> str:
    """What is typed on several lines, up to an empty one."""
    tell(f"{question} (one a line, an empty line ends):")
    lines: list[str] = []
    while line := _line().strip():
        lines.append(line)
    return "\n".join(lines)


def agrees(question: str, *, unless_said: bool = True) -> bool:
    """Whether a person says yes, or nothing and that is taken as yes."""
    answer = ask(f"{question} [{'Y/n' if unless_said else 'y/N'}]").casefold()
    return answer in ("y", "yes") or (not answer and unless_said)


def nothing_written(*, as_json: bool) -> int:
    """Say that a person said no, or that nobody could be asked; the exit code of that."""
    if as_json or not is_someone_there():
        warn("nothing was written: --yes writes it")
        return 2
    warn("nothing was written")
    return 0


def _line() -> str:
    try:
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        click.echo(err=True)
        raise
    if not line:
        click.echo(err=True)
        raise click.Abort
    return line
