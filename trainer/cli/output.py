"""Printing: stdout is data, and foreign text passes the gate first."""

from __future__ import annotations

import sys


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
