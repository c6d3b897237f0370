"""A target given many inputs: whatever it does not refuse as it should is kept."""

from __future__ import annotations

import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from fuzz.mutating import LONGEST, Mutator

SECONDS, MEGABYTES = 2.0, 300
"""What one input may take: seconds of processor time, and memory of the whole process."""

_STOPPED_AFTER = 20
_KEPT = 20
"""Inputs that are kept of one run, one for each place where something broke."""


class SlowError(Exception):
    """An input took too long, or too much memory."""


class Target(NamedTuple):
    """What is tried: `run` raises for what must not be; `seeds` and `words` are what inputs are made of."""

    name: str
    seeds: tuple[bytes, ...]
    words: tuple[bytes, ...]
    run: Callable[[bytes], None]
    longest: int = LONGEST


class Broken(NamedTuple):
    """An input that broke something, and how."""

    content: bytes
    how: str


class Run(NamedTuple):
    """What a run came to: `slowest` in seconds of processor time, `megabytes` the most memory there was."""

    inputs: int
    seconds: float
    slowest: float
    megabytes: int
    broken: tuple[Broken, ...]


def try_many(target: Target, inputs: int, *, seed: int) -> Run:
    """Give a target so many inputs."""
    mutator = Mutator(target.seeds, target.words, seed=seed, longest=target.longest)
    broken: dict[str, Broken] = {}
    began, slowest = time.process_time(), 0.0
    with _stopped_when_endless():
        for _ in range(inputs):
            content = mutator.next()
            found, took = try_one(target, content)
            slowest = max(slowest, took)
            if found is not None and len(broken) < _KEPT:
                broken.setdefault(_place(found), found)
    return Run(inputs, time.process_time() - began, slowest, _megabytes(), tuple(broken.values()))


def try_one(target: Target, content: bytes) -> tuple[Broken | None, float]:
    """Give a target one input; what it broke, and the seconds that it took."""
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, _STOPPED_AFTER)
    try:
        target.run(content)
    except Exception:
        return Broken(content, traceback.format_exc()), time.process_time() - began
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    took = time.process_time() - began
    if took > SECONDS:
        return Broken(content, f"took {took:.1f} s"), took
    return None, took


def keep(broken: Broken, target: Target, folder: Path) -> Path:
    """Keep an input as a file."""
    path = folder / target.name / blake2b(broken.content, digest_size=6).hexdigest()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(broken.content)
    return path


@contextmanager
def _stopped_when_endless() -> Iterator[None]:
    def stop(number: int, frame: object) -> None:
        raise SlowError(f"did not end within {_STOPPED_AFTER} s")

    before = signal.signal(signal.SIGPROF, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGPROF, before)


def _megabytes() -> int:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1_000_000 if sys.platform == "darwin" else 1_000)


def _place(broken: Broken) -> str:
    """Where something broke, so that one fault is kept once."""
    lines = [line for line in broken.how.splitlines() if line.startswith("  File ")]
    return lines[-1] if lines else "slow"
