"""Processes that are killed (SIGKILL) in the midst of their work, and what they had acknowledged until then.

`python tests/killed.py` waits for jobs, a line of JSON each, and forks a process for each.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from types import FrameType, TracebackType
from typing import IO, Any, Literal

By = Literal["time", "call", "write"]
"""What is counted until the process is killed: nothing (it is killed from outside), calls of C functions, or
calls by which SQLite writes."""

ACKNOWLEDGED = "acknowledged"
DEADLINE = 60.0


class Victims:
    """Starts processes that do a job below a folder, and kills them."""

    def __enter__(self) -> Victims:
        folder = Path(__file__).parent
        environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
        self._parent = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.killpg(self._parent.pid, signal.SIGKILL)
        self._parent.communicate(timeout=DEADLINE)

    def kill(self, job: str, folder: Path, *, by: By, at: float, **more: object) -> bool:
        """Kill a process that does a job, after so many seconds or calls; False if it ended before."""
        told = {"job": job, "folder": str(folder), "by": by, "at": at, **more}
        _put(self._parent.stdin, json.dumps(told))
        pid = int(self._line(DEADLINE))
        ended = self._line(at) if by == "time" else self._line(DEADLINE)
        if by == "time" and not ended:
            with suppress(ProcessLookupError):  # It may just have ended by itself.
                os.kill(pid, signal.SIGKILL)
            ended = self._line(DEADLINE)
        if ended not in (f"{-signal.SIGKILL}", "0"):
            raise AssertionError(f"the process that was to be killed failed: {ended or 'it hangs'}")
        return ended != "0"

    def _line(self, seconds: float) -> str:
        """The next line, empty if none comes in time."""
        stream = self._parent.stdout
        assert stream is not None
        if not select.select([stream], [], [], seconds)[0]:
            return ""
        line = b""
        while not line.endswith(b"\n"):
            byte = os.read(stream.fileno(), 1)
            if not byte:
                raise AssertionError("the parent of the processes has ended")
            line += byte
        return line.decode().strip()


def acknowledged(folder: Path) -> list[str]:
    """What a killed process had acknowledged, line by line."""
    try:
        return (folder / ACKNOWLEDGED).read_text().splitlines()
    except FileNotFoundError:
        return []


def _put(stream: IO[bytes] | None, line: str) -> None:
    assert stream is not None
    stream.write(line.encode() + b"\n")
    stream.flush()


# In the process that is killed


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _do(told: dict[str, Any]) -> None:
    signal.alarm(round(DEADLINE))  # Nobody may be left to kill it.
    folder, by, at = Path(told["folder"]), told["by"], told["at"]
    handle = os.open(folder / ACKNOWLEDGED, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def say(line: str) -> None:
        os.write(handle, f"{line}\n".encode())

    job: Callable[..., None] = JOBS[told["job"]]
    if by == "write":
        from recorded_disk import Call, Disk

        numbers = count(1)

        def before(call: Call) -> None:
            if next(numbers) == at:
                _die()

        def ended(ids: list[bytes]) -> None:
            say(f"has {' '.join(id.hex() for id in ids)}")

        with Disk(before, ended).mounted():
            job(folder, say, told)
        return
    if by == "call":
        calls = count(1)

        def counted(frame: FrameType, event: str, argument: object) -> None:
            if event == "c_call" and next(calls) == at:
                _die()

        sys.setprofile(counted)
    job(folder, say, told)


def _things(folder: Path, say: Callable[[str], None], told: dict[str, Any]) -> None:
    """Do whatever can be done, told before as `does`; `has` and the ids in the log follow each thing."""
    from doing import Doing
    from implied import ids_over

    doing = Doing(folder, told["seed"], said=lambda act: say(f"does {act}"))
    while True:
        say(f"has {' '.join(id.hex() for id in ids_over(doing.collection.store.connection))}")
        doing.act()


def _import(folder: Path, say: Callable[[str], None], told: dict[str, Any]) -> None:
    """Bring a package in, as the command does."""
    from doing import places_in

    from trainer.collection import Collection
    from trainer.collection.importing_anki import bring, prepare
    from trainer.config import Config

    places = places_in(folder)
    collection = Collection(places, Config())
    prepared = prepare(Path(told["package"]), places, Config())
    bring(prepared, collection)
    collection.close()
    say("done")


def _open(folder: Path, say: Callable[[str], None], told: dict[str, Any]) -> None:
    """Open a progress file, which may be of an earlier version."""
    from trainer.storage.store import Store

    Store(folder / "progress.db").close()
    say("done")


def _save(folder: Path, say: Callable[[str], None], told: dict[str, Any]) -> None:
    """Save a deck, a setting and an export, again and again."""
    from trainer.collection.settings import change
    from trainer.deckfiles import saving
    from trainer.whole import written_whole

    for number in range(told["first"], told["first"] + 1_000):
        say(f"{number}")
        content = version(number)
        deck = folder / "deck.yaml"
        saving.replace(deck, content, instead_of=saving.read(deck))
        with written_whole(folder / "export.csv", over=True) as stream:
            stream.write(content)
        change(folder / "config.toml", {"hard_after": number}).write()


def version(number: int) -> bytes:
    """What the files of `_save` hold in turn."""
    return f"title: {number}\nnotes: []\n# {'x' * (number * 977 % 20_000)}\n".encode()


JOBS: dict[str, Callable[..., None]] = {"things": _things, "import": _import, "open": _open, "save": _save}


def main() -> None:
    """Do jobs until there are no more."""
    import doing
    import implied
    import recorded_disk

    import trainer.collection.importing_anki
    import trainer.collection.quizzes
    import trainer.collection.settings
    import trainer.deckfiles.reader
    import trainer.deckfiles.saving
    import trainer.whole

    assert all((doing, implied, recorded_disk, trainer))
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                _do(json.loads(line))
                status = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(status)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
        _, status = os.waitpid(pid, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
