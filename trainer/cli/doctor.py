"""`trainer doctor`: how the data are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from trainer import config
from trainer.cli.commands import Start
from trainer.cli.looking import open_collection
from trainer.cli.output import say, say_json, warn
from trainer.cli.waiting import ended_by_signals, under_way
from trainer.core.progress import parts
from trainer.core.visible import one_line
from trainer.errors import TrainerError

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.collection.doctor import Report
    from trainer.collection.health import Check, Health
    from trainer.core.progress import Advance

_SIGNS = {"ok": "✓", "note": "!", "wrong": "✗"}
_NAME = "trainer-report.zip"


class _Seen(NamedTuple):
    """All that was looked at; without a collection and a report where the progress file cannot be opened."""

    checks: tuple[Check, ...]
    collection: Collection | None
    report: Report | None


@click.command("doctor")
@click.option("--repair", is_flag=True, help="Make anew what follows from the log; remove leftovers.")
@click.option(
    "--bundle",
    is_flag=False,
    flag_value=_NAME,
    metavar="[FILE]",
    type=click.Path(path_type=Path),
    help="Write FILE for a bug report: what is in it is shown, and none of it is yours.",
)
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(start: Start, repair: bool, bundle: Path | None, force: bool, as_json: bool) -> int:
    """Say how the data are: file, log, settings, decks, backups, and histories whose cards have gone.

    Nothing is changed without --repair. The exit code is 1 if something is wrong.
    """
    from trainer.collection.health import is_well

    places, fault = start.data_places()
    if bundle is not None:
        from trainer.collection.exporting import refuse_own
        from trainer.whole import check_place

        refuse_own(bundle, places)
        check_place(bundle, over=force)
    if repair:
        _repair(places, quiet=as_json)
    seen = _look(places, fault)
    if bundle is not None:
        from trainer.collection.bundle import INSIDE, report, write

        text = report(places, seen.checks, seen.collection)
        write(text, bundle, over=force)
        say(text)
        warn(
            one_line(f"{bundle} was written: it holds {INSIDE}, and that says what stands above and no more")
        )
    elif as_json:
        from trainer.cli.doctor_shown import as_data

        say_json(as_data(seen.checks, seen.report))
    else:
        for line in _lines(seen.checks):
            say(line)
        if seen.report is not None:
            from trainer.cli.doctor_shown import report_lines

            for line in report_lines(seen.report, where=", ".join(map(str, places.decks))):
                say(line)
    return int(not is_well(seen.checks))


def _repair(places: config.Places, *, quiet: bool) -> None:
    from trainer.collection.health import look_over, remove_leftovers
    from trainer.collection.repairing import repair

    with under_way("Looking through the data") as advance:
        is_needed = look_over(places, advance=advance).needs_repair
    if not is_needed:
        removed = remove_leftovers(places)
        if not quiet:
            warn(
                f"nothing had to be made anew; leftovers removed: {removed}"
                if removed
                else "nothing to repair"
            )
        return
    with (
        closing(open_collection(places)) as collection,
        ended_by_signals(),
        under_way("Making anew what follows from the log") as advance,
    ):
        done = repair(collection, advance=advance)
    if quiet:
        return
    before = f"; as it was before: {done.before.name}" if done.before else ""
    leftovers = f"; leftovers removed: {done.removed}" if done.removed else ""
    warn(one_line(f"repaired: what follows from the log was made anew{leftovers}{before}"))


def _look(places: config.Places, fault: str) -> _Seen:
    """Look at everything; where something is at fault with the decks, at all the rest."""
    from trainer.collection.health import look_over, settled

    with under_way("Looking through the data") as advance:
        for_data, for_cards = parts(advance, (2, 1))
        health = look_over(places, advance=for_data)
        with settled(places) as there:
            if fault:
                return _Seen((*health.checks, _failed("decks", TrainerError(fault))), None, None)
            return _of_cards(there, health, advance=for_cards)


def _of_cards(places: config.Places, health: Health, *, advance: Advance) -> _Seen:
    """What was looked at already, and with it decks and histories."""
    from trainer.collection.doctor import examine
    from trainer.collection.health import problems_of_decks

    try:
        collection = _opened(places, can_open=health.can_open)
    except TrainerError as error:
        return _Seen((*health.checks, _failed("decks", error)), None, None)
    checks = (*health.checks, problems_of_decks(collection))
    if not health.can_open:
        return _Seen(checks, collection, None)
    try:
        return _Seen(checks, collection, examine(collection, advance=advance))
    except TrainerError as error:
        return _Seen((*checks, _failed("histories", error)), collection, None)


def _opened(places: config.Places, *, can_open: bool) -> Collection:
    """The collection for looking only; without its progress file where that cannot be opened."""
    from trainer.collection import Collection

    try:
        settings = config.load(places.settings)
    except TrainerError:
        settings = config.Config()
    if not can_open:
        places = places._replace(progress=places.progress.with_name(f".no-{places.progress.name}"))
    return Collection(places, settings, read_only=True)


def _failed(name: str, error: TrainerError) -> Check:
    from trainer.collection.health import Check

    return Check(name, "wrong", str(error), error.hint)


def _lines(checks: tuple[Check, ...]) -> Iterator[str]:
    for check in checks:
        yield f"{_SIGNS[check.state]} {check.name}: {one_line(check.said)}"
        for more in check.more:
            yield f"    {one_line(more)}"
        if check.todo:
            yield f"    {one_line(check.todo)}"
