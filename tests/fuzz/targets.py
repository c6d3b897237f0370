"""What is tried with any input: every reader of foreign bytes, and the grader."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from factories import make_source

from fuzz import seeds
from fuzz.grading import SEEDS, graded
from fuzz.packages import LONGEST, PACKAGE_WORDS, PACKAGES, package_read
from fuzz.running import Target
from trainer import config
from trainer.collection import importing
from trainer.config import Places
from trainer.core.deck import Problem
from trainer.core.names import Names
from trainer.core.visible import visible
from trainer.deckfiles import articles, craft, silence
from trainer.deckfiles.folder import DeckFile, File
from trainer.deckfiles.reader import read_deck
from trainer.deckfiles.registries import Registry, read_registries
from trainer.errors import TrainerError
from trainer.formats import FORMATS
from trainer.formats.model import Imported, Options, UnreadableError

_REGISTRY = Registry(sources={"x": make_source("x")}, names=Names())
_FOLDER = tempfile.TemporaryDirectory(prefix="fuzz-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
_PLACE = Path(_FOLDER.name)
_NUL = re.compile("\0")


def deck_read(content: bytes) -> None:
    """A deck is read, and looked at by the rules of the craft, or its problems stand in it."""
    file = DeckFile("deck", File("deck.yaml", content), (), ())
    reading = read_deck(file, _REGISTRY, keep=True)
    _are_told(reading.problems, content)
    assert (reading.deck is None) == any(problem.severity == "error" for problem in reading.problems)
    found = craft.examine([reading], whole=True)
    kept = reading.kept
    if kept is not None:
        found = silence.silenced(found, [(kept.file.file, kept.root)]).kept
    _are_told(found, content)


def registries_read(content: bytes) -> None:
    """Sources and names are read, or their problems stand in them."""
    read = read_registries([File("sources.yaml", content)], [File("names.yaml", content)])
    _are_told(read.problems, content)


def settings_read(content: bytes) -> None:
    """Settings are taken, or refused in a line."""
    path = _PLACE / "config.toml"
    path.write_bytes(content)
    with suppress(TrainerError):
        taken = config.load(path)
        taken.scheduling(), taken.rating_rules(), taken.curve, taken.articles_folder


def article_read(content: bytes, *, suffix: str) -> None:
    """An article has paragraphs, or says why it has none."""
    path = _PLACE / f"article{suffix}"
    path.write_bytes(content)
    copy = articles.read(path)
    assert (copy.article is None) == bool(copy.failure)
    assert visible(copy.failure) == copy.failure


def text_imported(content: bytes, *, name: str) -> None:
    """A file of another program gives notes, or what is wrong stands in a line of it."""
    text = _NUL.sub("", content.decode("utf-8-sig", "replace"))
    lines = len(text.split("\n")) + text.count("\r")
    for options in (Options(), Options(type="cloze")):
        try:
            imported = FORMATS[name].read(text, options)
        except UnreadableError as error:
            assert 1 <= error.line <= lines, error.line
            continue
        _are_in(imported, lines)
    FORMATS[name].recognises(text)


def deck_made(content: bytes) -> None:
    """A file of any format becomes a deck that can be read, or is refused in a line."""
    path = _PLACE / "import.txt"
    path.write_bytes(content[1:])
    number = content[0] if content else 0
    names = sorted(FORMATS)
    places = Places(_PLACE / "data" / "progress.db", _PLACE / "config.toml", (_PLACE / "decks",))
    with suppress(TrainerError):
        prepared = importing.prepare(path, places, deck="made", format_name=names[number % len(names)])
        reading = read_deck(DeckFile("made", File("made.yaml", prepared.text.encode()), (), ()), _REGISTRY)
        assert reading.deck is not None, prepared.text


def _are_in(imported: Imported, lines: int) -> None:
    for note in imported.notes:
        assert 1 <= note.line <= lines
    for left in imported.left_out:
        assert 1 <= left.line <= lines
        assert left.reason


def _are_told(problems: tuple[Problem, ...], content: bytes) -> None:
    lines = content.count(b"\n") + content.count(b"\r") + 1
    for problem in problems:
        assert 1 <= problem.span.line <= lines
        assert problem.span.column >= 1
        told = str(problem)
        assert visible(told) == told and "\n" not in told and len(told) < 1_000, told


def _targets() -> list[Target]:
    decks = (*seeds.DECKS, *seeds.corpus("decks"))
    found = [
        Target("deck", decks, seeds.DECK_WORDS, deck_read),
        Target(
            "registries",
            (*seeds.REGISTRIES, *seeds.corpus("registries")),
            seeds.DECK_WORDS,
            registries_read,
        ),
        Target("settings", (*seeds.SETTINGS, *seeds.corpus("settings")), seeds.SETTING_WORDS, settings_read),
        Target("grader", SEEDS, seeds.ANSWERS, graded),
        Target("package", PACKAGES, PACKAGE_WORDS, package_read, LONGEST),
    ]
    read: Callable[[bytes], None]
    contents: tuple[bytes, ...]
    for kind, suffix, contents, words in (
        ("page", ".html", seeds.PAGES, seeds.PAGE_WORDS),
        ("markdown-article", ".md", seeds.MARKDOWNS, seeds.MARKDOWN_WORDS),
        ("article", ".txt", (b"Head\n\nOne.\n\nTwo,\nthree.\n",), (b"\n\n", b"\n")),
    ):
        read = partial(article_read, suffix=suffix)
        found.append(Target(kind, (*contents, *seeds.corpus("articles")), words, read))
    every: list[bytes] = []
    for number, name in enumerate(sorted(FORMATS)):
        contents = (*seeds.IMPORTS[name], *seeds.corpus("imports"))
        read = partial(text_imported, name=name)
        found.append(Target(f"import-{name}", contents, seeds.IMPORT_WORDS[name], read))
        every += (bytes((number,)) + content for content in seeds.IMPORTS[name])
    words = tuple(word for of_format in seeds.IMPORT_WORDS.values() for word in of_format)
    found.append(Target("deck-made", tuple(every), words, deck_made))
    return found


TARGETS = {target.name: target for target in _targets()}
