from __future__ import annotations

from factories import make_card, make_source

from trainer.core.deck import Citation, Event, Problem, Span


def test_a_place_is_written_as_editors_take_it() -> None:
    assert str(Span("decks/a.yaml", 3, 7)) == "decks/a.yaml:3:7"


def test_a_card_is_named_by_deck_note_and_key() -> None:
    assert make_card("note", key="c1", deck="folder/deck").id == "folder/deck/note/c1"


def test_a_citation_names_the_paragraph_or_the_whole_source() -> None:
    assert str(Citation(source=make_source("article"), paragraph=3)) == "article#3"
    assert str(Citation(source=make_source("article"))) == "article"


def test_a_problem_is_one_line_with_its_hint_last() -> None:
    place = Span("a.yaml", 1, 2)
    plain = Problem(span=place, severity="error", code="c", message="no title")
    assert str(plain) == "a.yaml:1:2: error: no title"
    hinted = Problem(span=place, severity="warning", code="c", message="no tags", hint="add some")
    assert str(hinted) == "a.yaml:1:2: warning: no tags (add some)"


def test_an_event_is_named_as_the_note_of_its_cards() -> None:
    event = Event(deck="folder/deck", note="recall", what="A recall", span=Span("a.yaml", 1, 2))
    assert make_card("recall", key="who", deck="folder/deck").id == f"{event.id}/who"
