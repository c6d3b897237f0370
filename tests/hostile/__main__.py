"""`python -m tests.hostile [WORD]`: every large harmful input, and what the program takes for it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from hostile.bounded import MEGABYTES, SECONDS, run
from hostile.large import LARGE


def main(wanted: str = "") -> int:
    """Print a line for each input; how many took more than is promised."""
    beyond = 0
    for name, large in LARGE.items():
        if wanted not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            found = run(large, Path(folder))
        is_beyond = found.seconds > SECONDS or found.megabytes > MEGABYTES or found.code not in (0, 1, 2)
        beyond += is_beyond
        said = (found.err or found.out).strip().splitlines()
        told = ascii(said[0][-90:]) if said else ""
        print(
            f"{'!' if is_beyond else ' '} {name:42} {found.seconds:6.2f} s {found.megabytes:6.0f} MB "
            f"{found.code:4} {told}",
            flush=True,
        )
    print(f"{beyond} beyond {SECONDS:g} s or {MEGABYTES} MB")
    return min(1, beyond)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
