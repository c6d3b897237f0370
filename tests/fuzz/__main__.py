"""`python -m tests.fuzz TARGET... [--inputs N] [--seed S] [--keep FOLDER] [--atheris]`."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS))

from fuzz.running import MEGABYTES, SECONDS, Target, keep, try_many  # noqa: E402
from fuzz.targets import TARGETS  # noqa: E402


def main() -> int:
    """Try the targets named, all of them if none is; 1 if something broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=TESTS / "hostile" / "regress")
    parser.add_argument(
        "--atheris", action="store_true", help="guided by coverage; needs `pip install atheris`"
    )
    asked = parser.parse_args()
    if unknown := set(asked.targets) - set(TARGETS):
        parser.error(f"no target {', '.join(sorted(unknown))}")
    broken = 0
    for name in asked.targets or TARGETS:
        if asked.atheris:
            guided(TARGETS[name], asked.inputs, seed=asked.seed)
        broken += tried(TARGETS[name], asked.inputs, seed=asked.seed, folder=asked.keep)
    return min(1, broken)


def tried(target: Target, inputs: int, *, seed: int, folder: Path) -> int:
    """Try a target, and say what came of it; how much broke."""
    run = try_many(target, inputs, seed=seed)
    print(
        f"{target.name}: {run.inputs:,} inputs in {run.seconds:.0f} s of processor time "
        f"({run.inputs / run.seconds:,.0f}/s), the slowest {run.slowest:.2f} s, {run.megabytes} MB at most, "
        f"{len(run.broken)} broken",
        flush=True,
    )
    for each in run.broken:
        print(f"{keep(each, target, folder)}\n{each.how}", flush=True)
    if run.slowest > SECONDS or run.megabytes > MEGABYTES:
        print(f"{target.name}: more than {SECONDS} s or {MEGABYTES} MB", flush=True)
    return len(run.broken) + (run.megabytes > MEGABYTES)


def guided(target: Target, inputs: int, *, seed: int) -> None:
    """Let atheris look for inputs, guided by the code that they reach; it ends the process."""
    import tempfile

    atheris: Any = import_module("atheris")

    with tempfile.TemporaryDirectory() as folder:
        for number, content in enumerate(target.seeds):
            (Path(folder) / str(number)).write_bytes(content)
        atheris.instrument_all()
        atheris.Setup(["fuzz", f"-runs={inputs}", f"-seed={seed}", "-timeout=20", folder], target.run)
        atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
