"""Every target with a few inputs, and with every input that has broken something before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fuzz.mutating import Mutator
from fuzz.running import Target, keep, try_many, try_one
from fuzz.targets import TARGETS
from trainer.formats import FORMATS

REGRESS = Path(__file__).parents[1] / "hostile" / "regress"
USUAL = 150


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_unexpected_comes_of_any_input(name: str, trials: Callable[[int], int]) -> None:
    run = try_many(TARGETS[name], trials(USUAL), seed=2024)
    assert not run.broken, "\n".join(each.how for each in run.broken)
    assert run.inputs == trials(USUAL)


def kept() -> list[Path]:
    return sorted(path for path in REGRESS.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", kept(), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_broke_something_once_does_not_again(path: Path) -> None:
    TARGETS[path.parent.name].run(path.read_bytes())


def test_every_format_is_tried() -> None:
    assert {f"import-{name}" for name in FORMATS} <= TARGETS.keys()


def test_the_same_seed_makes_the_same_inputs_and_another_others() -> None:
    seeds, words = (b"title: T\n", b"notes: []\n"), (b"[", b"{")
    made = [[Mutator(seeds, words, seed=seed).next() for _ in range(3)] for seed in (1, 1, 2)]
    assert made[0] == made[1] != made[2]


def test_what_breaks_is_found_and_kept(tmp_path: Path) -> None:
    def refuses_brackets(content: bytes) -> None:
        if b"[" in content:
            raise LookupError("a bracket")

    target = Target("any", (b"title: T\n",), (b"[",), refuses_brackets)
    run = try_many(target, 200, seed=1)
    assert len(run.broken) == 1
    assert "a bracket" in run.broken[0].how
    path = keep(run.broken[0], target, tmp_path)
    assert try_one(target, path.read_bytes())[0] is not None
    assert try_one(target, b"title: T\n")[0] is None
