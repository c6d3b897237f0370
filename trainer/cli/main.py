"""The command `trainer`: from arguments to an exit code.

0 done, 1 problems found or something failed, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

from trainer.errors import TrainerError, called_with


def main() -> NoReturn:
    """Run the command line that the program was called with, and exit."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command line; its exit code."""
    _write_anything()
    called_with()
    try:
        code = _dispatch(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except TrainerError as error:
        _complain(error)
        code = error.exit_code
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        code = 0  # Whoever read our output has seen enough.
    except OSError as error:
        what = "the output could not be written" if error.filename is None else str(error.filename)
        fault = TrainerError(f"{what}: {error.strerror or error}")
        _complain(fault)
        code = fault.exit_code
    except Exception as error:
        code = _confess(error)
    _let_go()
    return code


def _let_go() -> None:
    """What is still buffered for a reader or a terminal that has gone must not raise again at exit."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _dispatch(arguments: Sequence[str]) -> int:
    if list(arguments) in (["due"], ["due", "--json"]):
        # Shell prompts call this: answer without building the whole command line.
        from trainer.cli.due import show_due

        return show_due(as_json=len(arguments) > 1)
    if list(arguments) in ([], ["study"]):
        # Mostly it is begun so, and nothing is to be made of options.
        return _open_interface(study=bool(arguments))
    from trainer.cli.commands import invoke

    return invoke(arguments)


def _open_interface(*, study: bool) -> int:
    from trainer import config
    from trainer.cli.interface import open_interface

    if not study:
        return open_interface(config.places, None)
    from trainer.core.session import Selection

    return open_interface(config.places, Selection())


def _write_anything() -> None:
    """Let a terminal with a small character set show what it can, rather than fail."""
    if sys.stderr is None:  # Closed: what is printed to nothing would go to stdout.
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - pathlib is slow
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _confess(error: Exception) -> int:
    """Say in one line that the program is at fault, and keep the details in a file."""
    import tempfile
    import traceback

    hint = "every answer is saved"
    with (
        suppress(OSError),
        tempfile.NamedTemporaryFile(
            "w", prefix="trainer-", suffix=".txt", delete=False, encoding="utf-8", errors="replace"
        ) as report,
    ):
        traceback.print_exception(error, file=report)
        hint += f"; details in {report.name}"
    fault = TrainerError(f"a fault in the program: {type(error).__name__}", hint=hint)
    _complain(fault)
    return fault.exit_code


def _complain(error: TrainerError) -> None:
    from trainer.cli.output import warn
    from trainer.core.visible import one_line

    hint = f" ({one_line(error.hint)})" if error.hint else ""
    warn(f"trainer: {one_line(str(error))}{hint}")
