"""The statistics on screen, handed out as a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.collection.exporting import report
from trainer.core.progress import Advance
from trainer.core.session import Selection
from trainer.core.statistics import Statistics
from trainer.whole import text_stream, written_whole

if TYPE_CHECKING:
    from trainer.collection import Collection


def report_file(today: date) -> Path:
    """Where a report of that day goes, in the current folder."""
    return Path(f"report-{today.isoformat()}.html")


def report_writer(
    collection: Collection, selection: Selection | None, statistics: Statistics, *, over: bool
) -> Callable[[Advance], Path]:
    """Gives what writes the page, in any thread; the file is replaced if `over` says so."""
    write = report(collection, selection or Selection(), statistics=statistics)
    path = report_file(statistics.today)

    def work(advance: Advance) -> Path:
        with written_whole(path, over=over) as raw, text_stream(raw) as page:
            write("html", page, advance)
        return path

    return work
