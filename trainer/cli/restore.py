"""`trainer restore`: what a backup has is brought back, and a damaged progress file saved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer import config
from trainer.cli.asking import agrees, is_someone_there, nothing_written
from trainer.cli.backup import show_backups
from trainer.cli.commands import Start
from trainer.cli.keeping import settings_or_usual
from trainer.cli.output import say, say_json, warn
from trainer.cli.waiting import ended_by_signals, under_way
from trainer.core.visible import one_line
from trainer.core.wording import entries, plural, short_date
from trainer.errors import ChangedElsewhereError, advice

if TYPE_CHECKING:
    from trainer.collection.keeping import Part, Preview, Salvaged, Side

_MOST = 12
"""Lines of a part of the preview at most."""


@click.command("restore")
@click.argument("backup", required=False)
@click.option("--replace", is_flag=True, help="Go back to the backup: what came since would be gone.")
@click.option("--salvage", is_flag=True, help="Save what can be read of a damaged progress file.")
@click.option("--no-backup", is_flag=True, help="With --salvage: add nothing from a backup.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(
    start: Start,
    backup: str | None,
    replace: bool,
    salvage: bool,
    no_backup: bool,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> int:
    """Bring back what BACKUP has and the progress file has not; nothing is lost.

    BACKUP is a file, or a name or day of `trainer backup --list`, or `newest`. Without one, they are listed.
    """
    if salvage and (backup or replace):
        raise click.UsageError("--salvage takes no backup: it adds what there is in any")
    if no_backup and not salvage:
        raise click.UsageError("--no-backup goes with --salvage")
    if backup is None and not salvage and (replace or dry_run or yes):
        raise click.UsageError("name a BACKUP, or --salvage; without either they are only listed")
    places, fault = start.data_places()
    if fault:
        warn(one_line(fault))
    if salvage:
        return _salvage(places, with_backups=not no_backup, dry_run=dry_run, yes=yes, as_json=as_json)
    if backup is None:
        show_backups(places, as_json=as_json)
        return 0
    return _restore(places, backup, exactly=replace, dry_run=dry_run, yes=yes, as_json=as_json)


def _restore(
    places: config.Places, named: str, *, exactly: bool, dry_run: bool, yes: bool, as_json: bool
) -> int:
    from trainer.collection import Collection
    from trainer.collection.keeping import backup_named, look_at, restore

    path = backup_named(places, named)
    settings = settings_or_usual(places)
    while True:
        with under_way("Comparing"):
            found = look_at(places, path)
        if not as_json:
            for line in _preview_lines(path, found, exactly=exactly):
                say(line)
        changes = found.back or (exactly and found.gone)
        is_asked = changes and not dry_run
        question = "Go back to this backup?" if exactly else f"Bring back {_sum(found.back)}?"
        if not is_asked or not (yes or _is_agreed(question, as_json=as_json)):
            if as_json:
                say_json(_as_json(path, found, exactly=exactly) | {"restored": False, "before": None})
            return nothing_written(as_json=as_json) if is_asked else 0
        try:
            with (
                closing(Collection(places, settings, watch=under_way)) as collection,
                ended_by_signals(),
                under_way("Restoring") as advance,
            ):
                done = restore(collection, path, seen=found, exactly=exactly, advance=advance)
            break
        except ChangedElsewhereError as error:
            if yes:
                raise
            warn(f"{error}; look again:")
    if as_json:
        before = str(done.before) if done.before else None
        say_json(_as_json(path, found, exactly=exactly) | {"restored": True, "before": before})
        return 0
    if done.refused:
        warn(f"{entries(done.refused)} of the backup left out: not as written")
    gone = f", gone: {_sum(found.gone)}" if exactly and found.gone else ""
    say(f"restored: {entries(done.added)} brought back{gone}")
    if done.before is not None:
        back = advice(f"restore {done.before.name} --replace")
        say(one_line(f"as it was before: `{back}` takes this back"))
    return 0


def _salvage(places: config.Places, *, with_backups: bool, dry_run: bool, yes: bool, as_json: bool) -> int:
    from trainer.collection.keeping import look_at_damaged, save_damaged

    settings = settings_or_usual(places)
    with under_way("Reading what can be read") as advance:
        found = look_at_damaged(places, with_backups=with_backups, advance=advance)
    told = found.told
    if not as_json:
        if found.is_whole:
            say(one_line(f"{places.progress} is whole: {entries(told.whole)}; there is nothing to save"))
            return 0
        for line in _salvage_lines(told, found.asked):
            say(line)
    is_asked = not (dry_run or found.is_whole)
    question = "Put this in the place of the damaged file, which is kept?"
    if not is_asked or not (yes or _is_agreed(question, as_json=as_json)):
        if as_json:
            say_json(_salvage_json(told, None))
        return nothing_written(as_json=as_json) if is_asked else 0
    with ended_by_signals(), under_way("Saving what can be read") as advance:
        told, aside = save_damaged(places, settings, asked=found.asked, advance=advance)
    if as_json:
        say_json(_salvage_json(told, aside))
    else:
        say(one_line(f"saved: {entries(told.whole + told.added)}; the damaged file is {aside}"))
    return 0


def _is_agreed(question: str, *, as_json: bool) -> bool:
    """Whether a person can be asked and says yes."""
    return not as_json and is_someone_there() and agrees(question, unless_said=False)


def _preview_lines(path: Path, found: Preview, *, exactly: bool) -> Iterator[str]:
    yield one_line(f"{path.name}: {_side(found.then)}")
    yield f"now: {_side(found.now)}"
    if found.back:
        yield "Comes back:"
        yield from _part_lines(found.back)
    else:
        yield "Nothing of it is missing."
    if found.gone and exactly:
        yield "Would be gone:"
        yield from _part_lines(found.gone)
    elif found.gone:
        yield f"Stays, though the backup has not got it: {_sum(found.gone)} (--replace would take it away)"


def _side(side: Side) -> str:
    if not side.reviews:
        return f"no review, {entries(side.entries)}" if side.entries else "nothing"
    at = datetime.fromtimestamp(side.last_at / 1000, UTC) + timedelta(minutes=side.last_offset)
    return f"{plural(side.reviews, 'review')}, the last on {short_date(at.date())} at {at:%H:%M}"


def _part_lines(found: Sequence[Part]) -> Iterator[str]:
    for part in found[-_MOST:]:
        yield f"  {part.day}  {one_line(part.deck) or '(no deck)'}  {_sum([part])}"
    if len(found) > _MOST:
        yield f"  and before: {_sum(found[:-_MOST])}"


def _sum(found: Sequence[Part]) -> str:
    """`12 reviews, 1 mark`."""
    counts = {
        "review": sum(part.reviews for part in found),
        "mark": sum(part.marks for part in found),
        "test": sum(part.quizzes for part in found),
        "other": sum(part.others for part in found),
    }
    return ", ".join(plural(count, word) for word, count in counts.items() if count) or "nothing"


def _salvage_lines(told: Salvaged, asked: Sequence[Path]) -> Iterator[str]:
    days = f", from {told.first_day} to {told.last_day}" if told.whole else ""
    yield f"can be read: {entries(told.whole)}, {plural(told.reviews, 'review')} among them{days}"
    if told.lost:
        yield f"cannot be read: {entries(told.lost)} at least"
    for each in told.changed[:_MOST]:
        changed = f"{each.card[:80] or 'an unknown card'}, {each.day[:10] or 'no day'}"
        yield f"  {one_line(f'not as written: {changed}')}"
    if len(told.changed) > _MOST:
        yield f"  and {len(told.changed) - _MOST} more"
    for helped in told.helped:
        added = f"{entries(helped.added)}, {plural(helped.reviews, 'review')} among them"
        yield one_line(f"added from the backup {helped.backup.name}: {added}")
    if asked and not told.helped:
        yield f"{plural(len(asked), 'backup')} looked at: none has anything beside that"
    if told.missing:
        yield f"missing still: {entries(told.missing)} at least"


def _as_json(path: Path, found: Preview, *, exactly: bool) -> dict[str, object]:
    def parts(of: Sequence[Part]) -> list[dict[str, object]]:
        return [part._asdict() | {"day": part.day.isoformat()} for part in of]

    def side(of: Side) -> dict[str, object]:
        at = datetime.fromtimestamp(of.last_at / 1000, UTC).isoformat() if of.reviews else None
        return {"entries": of.entries, "reviews": of.reviews, "last": at}

    return {
        "backup": str(path),
        "now": side(found.now),
        "then": side(found.then),
        "back": parts(found.back),
        "gone": parts(found.gone if exactly else ()),
        "stays": parts(() if exactly else found.gone),
    }


def _salvage_json(told: Salvaged, aside: Path | None) -> dict[str, object]:
    return {
        "entries": told.whole,
        "reviews": told.reviews,
        "lost": told.lost,
        "changed": [each._asdict() for each in told.changed],
        "backups": [each._asdict() | {"backup": str(each.backup)} for each in told.helped],
        "added": told.added,
        "added_reviews": told.added_reviews,
        "missing": told.missing,
        "damaged_file": str(aside) if aside else None,
    }
