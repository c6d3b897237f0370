"""A process that answers cards over and over, beside others that do the same: `answering.py FOLDER TIMES`.

Prints the id of each entry once it is saved, with the milliseconds that it took.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from doing import UNKNOWN, places_in

from trainer.collection import Collection
from trainer.config import Config
from trainer.core.review import Rating
from trainer.core.session import Selection


def main(folder: Path, times: int) -> None:
    """Answer so many times, as a session does, whichever card comes."""
    collection = Collection(places_in(folder), Config())
    session = collection.start(Selection(new=99))
    for _ in range(times):
        if session.card is None:
            session = collection.start(Selection(new=99, cram=True))
        began = time.perf_counter()
        session = collection.rate(session, Rating.AGAIN, verdict=UNKNOWN, response="x", milliseconds=900)
        spent = time.perf_counter() - began
        assert session.entry is not None
        print(session.entry.hex(), f"{spent * 1000:.2f}", flush=True)
    collection.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
