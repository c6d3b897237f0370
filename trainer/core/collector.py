"""The garbage collector, kept out of work that keeps what it makes."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Have nobody look for rubbish in the meantime: among a million things that are kept there is none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def hold_off() -> None:
    """Have nobody look for rubbish while a program starts: what it loads, it keeps."""
    gc.disable()


def go_on() -> None:
    """Look for rubbish from now on, but never again among what has been loaded."""
    gc.freeze()
    gc.enable()
