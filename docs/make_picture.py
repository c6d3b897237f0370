"""Make `docs/study.svg`, the picture in the README: `python docs/make_picture.py`."""

from __future__ import annotations

import asyncio
import re
import tempfile
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from trainer.collection import Collection
from trainer.config import Config, Places, bundled_decks
from trainer.core.session import Selection
from trainer.tui.app import TrainerApp

CARD = "3-ambassadors/minsk-ambassador/when"
RESPONSE = "12 June 2024"


async def paint(target: Path) -> None:
    """Answer a card of the shipped decks and save the screen."""
    with tempfile.TemporaryDirectory() as folder:
        places = Places(Path(folder) / "progress.db", Path(folder) / "config.toml", (bundled_decks(),))
        collection = Collection(places, Config(), clock=lambda: datetime(2026, 11, 21, 20, tzinfo=UTC))
        ticks = count()
        app = TrainerApp(
            collection,
            session=collection.start(Selection(cards=(CARD,), new=1)),
            monotonic=lambda: float(next(ticks)),
            pause=0,
        )
        async with app.run_test(size=(100, 24)) as pilot:
            await pilot.press(*("space" if letter == " " else letter for letter in RESPONSE), "enter")
            await pilot.pause()
            svg = app.export_screenshot(title="trainer study")
        collection.close()
    target.write_text(re.sub(r"@font-face\s*\{.*?\}\s*", "", svg, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(paint(Path(__file__).with_name("study.svg")))
