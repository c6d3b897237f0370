"""A collection in which everything that others write is harmful: texts, names, articles, file names."""

from __future__ import annotations

import os
from pathlib import Path

from hostile import decks
from hostile.texts import CONTROLS, TEXTS, quoted

WORDS = tuple(TEXTS.values())
FILE_NAMES = (
    b"\x1b[2Jclear.yaml",
    b"a\nb.yaml",
    b"not-utf-8-\xff.yaml",
    "\u202eover.yaml".encode(),
    b"[red]x.yaml",
)


def laid_out(folder: Path, *, every: int = 1) -> Path:
    """Decks, articles and settings below a folder; the decks folder. `every` takes so few of the texts."""
    words = WORDS[::every]
    place = folder / "decks"
    place.mkdir(parents=True, exist_ok=True)
    (place / "harmful.yaml").write_text(decks.deck(words), encoding="utf-8")
    (place / "sources.yaml").write_text(decks.sources(words), encoding="utf-8")
    (place / "names.yaml").write_text(decks.names(words), encoding="utf-8")
    for name, text in zip(FILE_NAMES, words, strict=False):
        note = f"  - {{id: a, question: {quoted(text)}, answer: {quoted(text)}}}\n"
        whole = f"title: {quoted(text[:200])}\nnotes:\n{note}"
        (place / os.fsdecode(name)).write_text(whole, encoding="utf-8")
    for number, text in enumerate(CONTROLS.values()):
        broken = f"title: {text}\nnotes:\n  - {{id: '{number}', question: \x1b, answr: \u202e[/]}}\n"
        (place / f"broken-{number}.yaml").write_text(broken, encoding="utf-8")
    articles = folder / "articles"
    articles.mkdir(exist_ok=True)
    text = "\n\n".join((*words, *CONTROLS.values()))
    (articles / f"{decks.SOURCES}.txt").write_text(text, encoding="utf-8")
    data = folder / "data"
    data.mkdir(exist_ok=True)
    (data / "config.toml").write_text(f'articles = "{articles}"\nnew_per_day = 9999\n', encoding="utf-8")
    return place
