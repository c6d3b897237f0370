"""Where writing begins: beside which article, in which deck."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import Desk

from trainer.collection import beginning
from trainer.config import Places
from trainer.errors import DecksError, UsageError


@pytest.fixture
def article(desk: Desk) -> Path:
    path = desk.folder / "report.txt"
    path.write_text("[1] One.\n\n[2] Two.\n", encoding="utf-8")
    desk.write(
        "sources", f"report:\n  title: A report\n  file: {path}\nlost:\n  title: Lost\n  file: /no/such\n"
    )
    return path


def test_articles_are_those_whose_copies_are_there_with_the_cards_that_cite_them(
    desk: Desk, article: Path
) -> None:
    found = beginning.local_articles(desk.collection())
    assert [(each.source.id, each.path, each.cards) for each in found] == [("report", article, 2)]


def test_an_article_is_named_by_file_or_source(desk: Desk, article: Path) -> None:
    collection = desk.collection()
    assert beginning.article_path(collection, str(article)) == article
    assert beginning.article_path(collection, "report") == article
    with pytest.raises(UsageError, match="lost: there is no such file") as refused:
        beginning.article_path(collection, "lost")
    assert refused.value.hint == "sources with a local copy: report"


def test_an_article_is_found_in_the_folder_that_is_set_up(desk: Desk) -> None:
    (desk.folder / "report.txt").write_text("[1] One.\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no such file") as refused:
        beginning.article_path(desk.collection(), "report")
    assert refused.value.hint == "name a text file"
    desk.config = desk.config._replace(articles=str(desk.folder))
    assert beginning.article_path(desk.collection(), "report") == desk.folder / "report.txt"


def test_a_deck_is_named_by_id_title_or_path_or_is_new(desk: Desk, article: Path) -> None:
    collection = desk.collection()
    decks = desk.folder / "decks"
    assert beginning.deck_path(collection, "capitals") == decks / "capitals.yaml"
    assert beginning.deck_path(collection, "and recalls") == decks / "capitals.yaml"
    assert beginning.deck_path(collection, "other") == decks / "other.yaml"
    assert beginning.deck_path(collection, "several") == decks / "several.yaml"
    assert beginning.deck_path(collection, str(desk.folder / "x.yaml")) == desk.folder / "x.yaml"
    with pytest.raises(UsageError, match="decks cannot be called so"):
        beginning.deck_path(collection, str(desk.folder / "names.yaml"))
    desk.write("capitals-2", "title: More\nnotes:\n  - {id: a, question: Q?, answer: A}\n")
    with pytest.raises(DecksError, match="fits several decks"):
        beginning.deck_path(desk.collection(), "capit")


def test_the_deck_that_cites_an_article_most_is_taken_but_none_of_the_program(
    desk: Desk, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = "  - {{id: n{0}, question: Q{0}?, answer: A{0}, source: report#1}}\n"
    desk.write("most", "title: Most\nnotes:\n" + "".join(map(note.format, range(3))))
    assert beginning.deck_for(desk.collection(), article) == desk.folder / "decks" / "most.yaml"
    monkeypatch.setattr("trainer.config.bundled_decks", lambda: desk.folder / "decks")
    collection = desk.collection()
    assert beginning.deck_for(collection, article) == collection.places.own_decks / "report.yaml"


def test_a_new_deck_has_no_name_of_another(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer.config.bundled_decks", lambda: desk.folder / "decks")
    monkeypatch.setattr(Places, "own_decks", property(lambda places: desk.folder / "own"))
    collection = desk.collection()
    assert beginning.new_deck(collection, "Capitals") == desk.folder / "own" / "capitals-2.yaml"
    assert beginning.own_deck(collection, Path("capitals.yaml")) == desk.folder / "own" / "my-capitals.yaml"


def test_a_deck_that_is_new_is_counted_among_the_decks(desk: Desk) -> None:
    collection = desk.collection()
    before = collection.places
    beginning.include(collection, desk.folder / "decks" / "capitals.yaml")
    beginning.include(collection, desk.folder / "not-there.yaml")
    assert collection.places == before
    new = desk.folder / "new.yaml"
    new.write_text("title: New\nnotes:\n  - {id: a, question: Q?, answer: A}\n", encoding="utf-8")
    beginning.include(collection, new)
    collection.reload()
    assert {deck.deck for deck in collection.decks} == {"capitals", "new"}


def test_a_path_below_the_home_folder_is_told_in_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert beginning.near_home(tmp_path / "decks") == "~/decks"
    assert beginning.near_home(tmp_path.parent) == str(tmp_path.parent)
