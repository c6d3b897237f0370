"""`trainer schema`: what editors check and complete deck files by."""

from __future__ import annotations

from pathlib import Path

import click

from trainer.cli.output import say, warn
from trainer.core.visible import one_line

KINDS = ("deck", "sources", "names")


@click.command("schema")
@click.argument("kind", default="deck", metavar="[deck|sources|names]", type=click.Choice(KINDS))
@click.option(
    "-o", "output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write it to FILE."
)
def command(kind: str, output: Path | None) -> int:
    """Print the JSON Schema of deck files, of sources.yaml or of names.yaml, for editors.

    With a language server for YAML, an editor completes types and fields by it, explains them and marks
    mistakes. `trainer new` puts it beside a new deck.
    """
    from trainer.collection.starting import schema_text, write_schema

    if output is None or str(output) == "-":
        say(schema_text(kind).rstrip("\n"))
        return 0
    write_schema(kind, output)
    warn(f"written: {one_line(str(output))}")
    return 0
