"""`trainer import`: a deck out of a file of another program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from trainer.cli import asking
from trainer.cli.commands import Start
from trainer.cli.output import brief, say, say_json, warn
from trainer.cli.waiting import under_way
from trainer.collection.importing import SHOWN, Prepared, prepare, write
from trainer.core.form import fields_of
from trainer.core.questions import TYPES
from trainer.core.visible import one_line, visible
from trainer.core.wording import plural
from trainer.errors import UsageError
from trainer.formats import FORMATS
from trainer.formats.model import LeftOut, Options

_SIDED = ("basic", "typed", "reversed")
_SHOWN_OF_TEXT = 60


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("deck", default="", metavar="[DECK]")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(sorted(FORMATS)),
    help="What the file is, if that is not seen.",
)
@click.option(
    "--type",
    "kind",
    type=click.Choice(_SIDED),
    default=_SIDED[0],
    help="What cards with two sides become where nothing else is said.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="NAME=FIELD",
    help="Which field a column is; may be repeated.",
)
@click.option("--source", default="", metavar="ID", help="What every note without a source cites.")
@click.option("--progress/--no-progress", default=True, help="Bring in what a package knows of its cards.")
@click.option("--settings/--no-settings", default=None, help="Take over the FSRS settings of a package.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(
    start: Start,
    file: Path,
    deck: str,
    format_name: str | None,
    kind: str,
    columns: tuple[str, ...],
    source: str,
    progress: bool,
    settings: bool | None,
    yes: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Make a deck of a FILE of another program: Anki packages and text, CSV, TSV, Markdown, GIFT or JSON.

    A DECK is the name of the new deck, or its path. What would be written is shown first; what cannot be
    carried is listed with its line.
    """
    from trainer.formats.anki.package import is_package

    if is_package(file):
        if format_name or columns or kind != _SIDED[0]:
            raise UsageError(
                "a package says itself what is in it",
                hint="--format, --type and --column are for other files",
            )
        from trainer.cli.import_package import Wanted, import_package

        wanted = Wanted(deck, source, progress, settings, yes, dry_run, as_json)
        return import_package(file, start.places(), wanted)
    with under_way("Reading the file") as advance:
        prepared = prepare(
            file,
            start.places(),
            deck=deck,
            format_name=format_name or "",
            options=Options(type=kind, columns=_fields(columns)),
            source=source,
            advance=advance,
        )
    if not as_json:
        _tell(prepared)
    written = bool(prepared.notes) and not dry_run and (yes or _agreed(prepared, as_json=as_json))
    if written:
        write(prepared)
    if as_json:
        say_json(_as_json(prepared, written=written))
    elif written:
        say(f"{plural(prepared.notes, 'note')} written to {one_line(str(prepared.path))}")
    if not prepared.notes:
        warn("there is nothing to write: no note could be carried")
        return 1
    if written or dry_run:
        return 0
    return asking.nothing_written(as_json=as_json)


def _fields(columns: Sequence[str]) -> dict[str, str]:
    """Which field each column is that the user names."""
    known = {field.name for kind in TYPES.values() for field in fields_of(kind)} | {"type"}
    found: dict[str, str] = {}
    for column in columns:
        name, sign, field = column.rpartition("=")
        if not sign or not name.strip():
            raise UsageError(f"--column {column}: NAME=FIELD is needed")
        if field.strip() not in known:
            hint = f"there are {', '.join(sorted(known))}"
            raise UsageError(f"--column {column}: there is no field '{field.strip()}'", hint=hint)
        found[name] = field.strip()
    return found


def _tell(prepared: Prepared) -> None:
    """Say what is left out, and show how the deck begins."""
    for left in prepared.left_out:
        warn(f"line {left.line}: {brief(left.text, _SHOWN_OF_TEXT)}: {one_line(left.reason)}")
    for remark in prepared.remarks:
        warn(one_line(remark))
    if prepared.left_out:
        warn(f"{plural(len(prepared.left_out), 'thing')} left out, listed above")
    if not prepared.notes:
        return
    for line in _preview(prepared):
        say(line)


def _preview(prepared: Prepared) -> Iterator[str]:
    kinds = ", ".join(f"{count} {kind}" for kind, count in prepared.kinds.items())
    yield f"{one_line(prepared.title)}: {plural(prepared.notes, 'note')} ({kinds}), from {prepared.format}"
    yield ""
    yield from visible(prepared.beginning).rstrip("\n").split("\n")
    if prepared.notes > SHOWN:
        yield f"  … and {prepared.notes - SHOWN} more"
    yield ""


def _agreed(prepared: Prepared, *, as_json: bool) -> bool:
    """Whether the user says yes; nobody is asked where nobody can answer."""
    if as_json or not asking.is_someone_there():
        return False
    question = f"write {plural(prepared.notes, 'note')} to {one_line(str(prepared.path))}?"
    return asking.agrees(question, unless_said=False)


def _as_json(prepared: Prepared, *, written: bool) -> dict[str, Any]:
    return {
        "deck": prepared.deck,
        "path": str(prepared.path),
        "notes": prepared.notes,
        "left_out": [_left(left) for left in prepared.left_out],
        "written": written,
    }


def _left(left: LeftOut) -> dict[str, Any]:
    return {"line": left.line, "text": left.text, "reason": left.reason}
