"""What a user may see when something cannot be done: one line and an exit code."""

from __future__ import annotations

_options: tuple[str, ...] = ()


def called_with(*options: str) -> None:
    """Say which options the program was called with before its command, so that advice can repeat them."""
    global _options
    _options = options


def advice(command: str) -> str:
    """A command line as it can be typed: `trainer`, the options that say where all is, and the command."""
    if not _options:
        return f"trainer {command}"
    import shlex

    return f"trainer {shlex.join(_options)} {command}"


class TrainerError(Exception):
    """Something the user can understand and act on.

    The message is one line without a full stop; `hint`, if any, says what to do about it.
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(TrainerError):
    """The command was called in a way it cannot work (exit code 2)."""

    exit_code = 2


class DecksError(TrainerError):
    """The decks asked for cannot be studied: missing, empty or broken."""


class DataError(TrainerError):
    """The progress file cannot be opened: damaged, of a newer version, or not ours."""


class NotSavedError(TrainerError):
    """A write did not happen: disk full, read-only folder, locked file. Nothing was recorded."""


class ChangedElsewhereError(TrainerError):
    """Another session has answered this card in the meantime; the caller reads again and retries."""
