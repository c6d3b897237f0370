"""Every file of the corpus through the readers it was made for; what is wrong is told where it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from command_line import Trainer
from factories import make_source
from fuzz.seeds import CORPUS

from trainer.collection import importing
from trainer.config import Places
from trainer.core.deck import Problem
from trainer.core.names import Names
from trainer.deckfiles import articles
from trainer.deckfiles.folder import DeckFile, File
from trainer.deckfiles.reader import read_deck
from trainer.deckfiles.registries import Registry, read_registries
from trainer.errors import TrainerError
from trainer.formats import FORMATS

REGISTRY = Registry(sources={"x": make_source("x")}, names=Names())
_LINE = re.compile(r"@(\d+)$")
_LONGEST = 500


def files(kind: str) -> list[Path]:
    return sorted((CORPUS / kind).iterdir())


def named(path: Path) -> str:
    return path.name


def line_of(path: Path) -> int:
    """The line where the first error of a file stands, as its name says; 0 for one without."""
    found = _LINE.search(path.stem)
    return int(found[1]) if found else 0


def errors(problems: tuple[Problem, ...]) -> list[Problem]:
    for problem in problems:
        assert str(problem).isprintable(), str(problem)
        assert len(str(problem)) < _LONGEST
    return [problem for problem in problems if problem.severity == "error"]


def test_the_corpus_is_as_large_as_promised() -> None:
    assert sum(len(files(kind.name)) for kind in CORPUS.iterdir()) >= 240


@pytest.mark.parametrize("path", files("decks"), ids=named)
def test_a_harmful_deck_is_refused_at_its_line_or_read(path: Path) -> None:
    reading = read_deck(DeckFile("d", File("d.yaml", path.read_bytes()), (), ()), REGISTRY)
    found = errors(reading.problems)
    assert (found[0].span.line if found else 0) == line_of(path)
    assert (reading.deck is None) == bool(found)


@pytest.mark.parametrize("path", files("registries"), ids=named)
def test_harmful_sources_are_refused_at_their_line_and_harmful_names_too(path: Path) -> None:
    file = File("any.yaml", path.read_bytes())
    assert errors(read_registries([file], []).problems)[0].span.line == line_of(path)
    assert read_registries([], [file]).names_broken


@pytest.mark.parametrize("path", files("settings"), ids=named)
def test_harmful_settings_are_refused_in_a_line_or_taken(
    path: Path, trainer: Trainer, tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_bytes(path.read_bytes())
    (tmp_path / "deck.yaml").write_text("title: T\nnotes: []\n", encoding="utf-8")
    told = trainer("--data", str(tmp_path), "--decks", str(tmp_path / "deck.yaml"), "due")
    assert told.code in (0, 2)
    assert (told.err.count("\n"), "config.toml" in told.err) == ((1, True) if told.code else (0, False))
    assert all(character.isprintable() or character == "\n" for character in told.out + told.err)


@pytest.mark.parametrize("path", files("articles"), ids=named)
def test_a_harmful_article_is_read_or_told_to_be_none(path: Path) -> None:
    copy = articles.read(path)
    assert (copy.article is None) == bool(copy.failure)
    assert copy.failure.isprintable()


@pytest.mark.parametrize("name", sorted(FORMATS))
@pytest.mark.parametrize("path", files("imports"), ids=named)
def test_a_harmful_import_becomes_a_sound_deck_or_is_refused_with_its_line(
    path: Path, name: str, tmp_path: Path
) -> None:
    places = Places(tmp_path / "progress.db", tmp_path / "config.toml", (tmp_path / "decks",))
    try:
        prepared = importing.prepare(path, places, deck="made", format_name=name)
    except TrainerError as error:
        assert re.match(rf"{re.escape(str(path))}(:\d+:)? ", str(error)) or "no note" in str(error), str(
            error
        )
        return
    made = DeckFile("made", File("made.yaml", prepared.text.encode()), (), ())
    assert read_deck(made, REGISTRY).deck is not None
    assert all(left.reason and left.line for left in prepared.left_out)
