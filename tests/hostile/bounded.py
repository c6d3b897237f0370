"""A command over a harmful input, in a process that is ended where it takes far too much."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, NamedTuple

from hostile.large import Large

SECONDS, MEGABYTES = 2.0, 300
"""What is promised: seconds of processor time, and memory."""
_ENDED_AFTER, _ENDED_BEYOND = 60, 2_000_000_000
_WAITED = 300

_BOUNDED = f'ulimit -t {_ENDED_AFTER}; ulimit -v {_ENDED_BEYOND // 1024}; exec "$@"'


class Outcome(NamedTuple):
    """How a command ended, what it said, the seconds of processor time and the megabytes that it took."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: float


def run(large: Large, folder: Path) -> Outcome:
    """Write an input below a folder, and have the program read it."""
    (folder / "decks").mkdir()
    large.write(folder)
    words = (sys.executable, "-m", "trainer", "--data", str(folder), "--decks", str(folder / "decks"))
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        program = subprocess.Popen(
            ("sh", "-c", _BOUNDED, "sh", *words, *large.command),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        )
        _, status, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
        said, complained = map(_text, (out, err))
    subprocess.run(("rm", "-rf", folder / "decks"), check=True, timeout=_WAITED)  # Deeper than Python goes.
    size = used.ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)
    return Outcome(program.returncode, said, complained, used.ru_utime + used.ru_stime, size)


def _text(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "surrogateescape")
