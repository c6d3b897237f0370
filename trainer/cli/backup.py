"""`trainer backup`: a backup now, and those there are."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer import config
from trainer.cli.commands import Start
from trainer.cli.keeping import settings_or_usual
from trainer.cli.output import say, say_json, warn
from trainer.cli.waiting import ended_by_signals, under_way
from trainer.core.visible import one_line
from trainer.core.wording import entries, plural
from trainer.errors import advice

if TYPE_CHECKING:
    from trainer.collection.keeping import Listed


@click.command("backup")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--list", "listing", is_flag=True, help="List the backups there are.")
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(start: Start, file: Path | None, listing: bool, force: bool, as_json: bool) -> int:
    """Make a backup of the progress file now, among the others or as FILE."""
    if listing and file is not None:
        raise click.UsageError("--list makes no backup: name no FILE with it")
    places, fault = start.data_places()
    if fault:
        warn(one_line(fault))
    if listing:
        show_backups(places, as_json=as_json)
        return 0
    from trainer.collection.keeping import back_up, changed_entries

    with ended_by_signals(), under_way("Making a backup") as advance:
        made = back_up(places, settings_or_usual(places), to=file, over=force, advance=advance)
        changed = changed_entries(made)
    if as_json:
        say_json({"file": str(made), "size": made.stat().st_size, "changed": changed})
    else:
        say(f"{one_line(str(made))}  {in_bytes(made.stat().st_size)}")
    if changed:
        told = f"{entries(changed)} that {'is' if changed == 1 else 'are'}"
        warn(f"the log has {told} not as written: `{advice('doctor')}` says more")
    return 0


def show_backups(places: config.Places, *, as_json: bool) -> None:
    """Print the backups, newest first."""
    from trainer.collection.keeping import listed

    found = listed(places)
    if as_json:
        say_json([_as_json(each) for each in found])
        return
    if not found:
        warn(f"there are no backups yet; one is made on each day of study, or by `{advice('backup')}`")
    width = max((len(each.path.name) for each in found), default=0)
    for each in found:
        holds = f"cannot be read: {each.fault}"
        if each.facts is not None:
            until = f", up to {each.facts.last_day}" if each.facts.last_day else ""
            holds = f"{plural(each.facts.reviews, 'review')}{until}"
        say(f"{each.path.name:{width}}  {in_bytes(each.size):>8}  {one_line(holds)}")


def in_bytes(size: int) -> str:
    """`12 kB`, `3.4 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000)) if size else 0} kB"
    return f"{size / 1_000_000:.1f} MB" if size < 1_000_000_000 else f"{size / 1_000_000_000:.1f} GB"


def _as_json(each: Listed) -> dict[str, object]:
    facts = each.facts
    last = datetime.fromtimestamp(facts.last_at / 1000, UTC).isoformat() if facts and facts.last_day else None
    return {
        "file": str(each.path),
        "kind": each.kind,
        "study_day": each.day.isoformat(),
        "size": each.size,
        "entries": facts.entries if facts else None,
        "reviews": facts.reviews if facts else None,
        "last": last,
        "version": facts.version if facts else None,
        "fault": each.fault or None,
    }
