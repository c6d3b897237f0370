"""Printing: stdout is data, and foreign text passes the gate first."""

from __future__ import annotations

import io
import sys
from typing import TextIO


def say(text: str) -> None:
    """Print text of ours or theirs, made visible, as a line of data."""
    if not (text.isascii() and text.isprintable()):
        from trainer.core.visible import visible

        text = visible(text)
    print(text)  # noqa: T201


def say_json(data: object) -> None:
    """Print data as JSON, lossless and in ASCII."""
    import json

    print(json.dumps(data, indent=2))  # noqa: T201


def warn(text: str) -> None:
    """Tell a person something beside the data."""
    print(text, file=sys.stderr)  # noqa: T201


def brief(text: str, cells: int) -> str:
    """Foreign text in one line of so many characters at most."""
    from trainer.core.visible import one_line

    shown = one_line(text[: 4 * cells])
    return shown if len(shown) <= cells else shown[: cells - 1].rstrip() + "…"


def data_stream() -> TextIO:
    """Standard output for text as it is, in UTF-8; on a terminal what could steer it is made visible."""
    if sys.stdout is None:
        raise OSError("the output is closed")
    if sys.stdout.isatty():
        return _Shown()
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace", newline="")
    return sys.stdout


class _Shown(io.StringIO):
    """Standard output behind the gate."""

    def write(self, text: str, /) -> int:
        """Print text of ours or theirs, made visible."""
        from trainer.core.visible import visible

        print(visible(text), end="")  # noqa: T201
        return len(text)
