"""Speed, side by side in one run: ours against a reference, as ratios of medians.

    python -m bench [--rounds N]
    python -m bench make FOLDER ...     a collection of any size (bench/made.py)
    python -m bench scale ...           speed at scale (bench/scale.py)

Whole processes on a pseudo terminal of 100x30, the two of each pair in turn, so that a slow moment of the
machine hits both. A start is timed from the launch until the text awaited has arrived at the terminal.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from bench.rows import HERE, Row, pair, run, show, start
from bench.terminal import Terminal
from trainer.core.prompt import SEPARATOR

KEYS_PER_ROUND = 20
ANSWERS = {"Reveal": " ", "Choose": "1", "TypeIn": "\r", "Arrange": "\r", "Pair": "\r"}
"""For each answer form, the key that answers; enter comes after it where several options are to be picked."""
PAUSE = 0.2
"""Seconds between keys: the trainer ignores a rating that comes before the answer can be read."""


def main() -> int:
    """Measure every pair and print a table; 1 if a ratio is above its limit."""
    if sys.argv[1:2] == ["make"]:
        from bench.made import main as make

        return make(sys.argv[2:])
    if sys.argv[1:2] == ["scale"]:
        from bench.scale import main as scale

        return scale(sys.argv[2:])
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "XDG_DATA_HOME": folder,
            "XDG_CONFIG_HOME": folder,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }
        for variable in ("TRAINER_DATA", "TRAINER_DECKS", "PYTHONDONTWRITEBYTECODE"):
            environment.pop(variable, None)
        cards = _cards(environment)
        rows = [
            pair(
                "first study card painted / bare app painted",
                1.5,
                rounds,
                _study_start(cards[0].begins, environment),
                _bare_start(environment),
            ),
            pair("trainer due / python -c pass", 5.0, rounds, _due(environment), _nothing(environment)),
            _keys(2.0, max(3, rounds // 3), cards, environment),
            _export(max(3, rounds // 3), environment),
            *_packages(rounds),
        ]
    return show(rows)


def _export(rounds: int, environment: dict[str, str]) -> Row:
    """Many reviews, exported by the trainer and by what Python has on board."""
    from bench.exporting import REVIEWS, Exported

    with tempfile.TemporaryDirectory() as folder:
        made = Exported(Path(folder))
        return pair(
            f"export {REVIEWS:,} reviews as CSV / sqlite3 and csv",
            3.0,
            rounds,
            lambda: run(made.ours(), environment),
            lambda: run(made.reference(), environment),
        )


def _packages(rounds: int) -> list[Row]:
    """Packages for Anki against Anki itself, if it is installed."""
    if find_spec("anki") is None:
        return []
    from bench import anki_packages

    with tempfile.TemporaryDirectory() as folder:
        return anki_packages.rows(Path(folder), max(3, rounds // 5))


class Card(NamedTuple):
    """A card of the shipped decks: the keys that answer it, and how its question begins."""

    keys: str
    begins: str


def _cards(environment: dict[str, str]) -> list[Card]:
    """The shipped cards in the order of a first day, one a note; asking for them also fills every cache."""
    command = [sys.executable, "-m", "trainer", "list", "--json"]
    listed = subprocess.run(command, env=environment, check=True, capture_output=True).stdout
    first = {(card["deck"], card["note"]): card for card in reversed(json.loads(listed))}
    return [Card(_keys_for(card), card["question"][:28]) for card in reversed(first.values())]


def _keys_for(card: dict[str, Any]) -> str:
    several = card["form"] == "Choose" and SEPARATOR in card["answers"][0]
    return ANSWERS[card["form"]] + "\r" * several


def _study_start(first: str, environment: dict[str, str]) -> Callable[[], float]:
    return lambda: start([sys.executable, "-m", "trainer", "study"], first, environment)


def _bare_start(environment: dict[str, str]) -> Callable[[], float]:
    return lambda: start([sys.executable, str(HERE / "bare_app.py")], "number 0", environment)


def _due(environment: dict[str, str]) -> Callable[[], float]:
    return lambda: run([str(Path(sys.executable).with_name("trainer")), "due"], environment)


def _nothing(environment: dict[str, str]) -> Callable[[], float]:
    return lambda: run([sys.executable, "-c", "pass"], environment)


def _keys(limit: float, rounds: int, cards: list[Card], environment: dict[str, str]) -> Row:
    """From a key press to the next of the shipped cards painted, the durable write included."""
    ours: list[float] = []
    reference: list[float] = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            own = environment | {"TRAINER_DATA": folder}
            study = [sys.executable, "-m", "trainer", "study", "--new", "99"]
            with (
                Terminal(study, own) as card,
                Terminal([sys.executable, str(HERE / "bare_app.py")], own) as bare,
            ):
                card.wait_for(cards[0].begins)
                bare.wait_for("number 0")
                for number in range(1, KEYS_PER_ROUND):
                    time.sleep(PAUSE)
                    card.send(cards[number - 1].keys)
                    card.wait_for("Easy")
                    time.sleep(PAUSE)
                    ours.append(_press(card, "4", cards[number].begins))
                    time.sleep(PAUSE)
                    reference.append(_press(bare, "4", f"number {number}"))
    return "key to next card / key to next text", statistics.median(ours), statistics.median(reference), limit


def _press(terminal: Terminal, key: str, awaited: str) -> float:
    begin = time.perf_counter()
    terminal.send(key)
    terminal.wait_for(awaited)
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
