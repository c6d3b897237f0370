"""What a measurement gives, and how it is taken: two things in turn, so that a slow moment hits both."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from bench.terminal import Terminal

HERE = Path(__file__).parent
Row = tuple[str, float, float, float]
"""What was measured, ours, the reference, and the most that ours may be of it; seconds, or gigabytes."""


def pair(
    name: str, limit: float, rounds: int, ours: Callable[[], float], reference: Callable[[], float]
) -> Row:
    """The medians of both, measured in turn after a first time that does not count."""
    ours(), reference()
    times = [(ours(), reference()) for _ in range(rounds)]
    return name, *(statistics.median(column) for column in zip(*times, strict=True)), limit


def run(command: list[str], environment: dict[str, str]) -> float:
    """Seconds that a command takes as a whole."""
    begin = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - begin


def start(command: list[str], awaited: str, environment: dict[str, str]) -> float:
    """Seconds from the launch until a text has arrived at the terminal."""
    begin = time.perf_counter()
    with Terminal(command, environment) as terminal:
        terminal.wait_for(awaited)
        return time.perf_counter() - begin


def bare_app() -> list[str]:
    """The command line of the reference for all that is painted."""
    return [sys.executable, str(HERE / "bare_app.py")]


def trainer(*arguments: str) -> list[str]:
    """A command line of the trainer, as it is installed."""
    return [str(Path(sys.executable).with_name("trainer")), *arguments]


def show(rows: Iterable[Row]) -> int:
    """Print a table; 1 if a ratio is above its limit."""
    missed = 0
    print(f"{'':52} {'ours':>9} {'reference':>9} {'ratio':>6} {'limit':>6}")
    for name, ours, reference, limit in rows:
        missed |= ours / reference > limit
        print(
            f"{name:52} {ours * 1000:9.1f} {reference * 1000:9.1f} {ours / reference:6.2f} {limit:6.1f}",
            flush=True,
        )
    return int(missed)
