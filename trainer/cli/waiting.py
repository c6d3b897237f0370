"""Telling a person that something is under way, where it takes long."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

AFTER = 1.0
"""Seconds before anything is told."""

_TAKE_BACK = "\r\x1b[K"


@contextmanager
def under_way(what: str, *, after: float = AFTER) -> Iterator[None]:
    """Say on a terminal what is being done, if it is not done after some seconds, and take that back then.

    Nothing must be printed within.
    """
    stream = sys.stderr
    if stream is None or not stream.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        yield
        return
    from threading import Timer

    told = []

    def tell() -> None:
        told.append(what)
        stream.write(f"{what} …")
        stream.flush()

    timer = Timer(after, tell)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        if told:
            stream.write(_TAKE_BACK)
            stream.flush()
