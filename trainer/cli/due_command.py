"""`trainer due` behind options before it."""

from __future__ import annotations

import click

from trainer.cli.commands import Start
from trainer.cli.due import show_due


@click.command("due")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(start: Start, as_json: bool) -> int:
    """Show what is new, in learning and due, by deck."""
    return show_due(as_json=as_json, places=start.places())
