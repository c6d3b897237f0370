from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from factories import make_name, make_source

from trainer.core.deck import Citation, Deck, Problem, Span
from trainer.core.names import Names
from trainer.core.prompt import Choose, Reveal, Text, TypeIn
from trainer.deckfiles.folder import DeckFile, File, find
from trainer.deckfiles.reader import Reading, Registry, read_deck, read_decks, read_registries

COUNTRIES = [make_name(name, kind="country") for name in ("Armenia", "Belarus", "Kazakhstan", "Tajikistan")]
REGISTRY = Registry(
    sources={"ambassador": make_source("ambassador"), "freeze": make_source("freeze")},
    names=Names([*COUNTRIES, make_name("Lukashenko", "Lukashenka")]),
)
NOTE = "  - {id: a, question: Q?, answer: A, source: freeze#1}\n"


def reading_of(content: str | bytes, registry: Registry = REGISTRY) -> Reading:
    raw = content.encode() if isinstance(content, str) else content
    return read_deck(DeckFile("sub/deck", File("decks/sub/deck.yaml", raw), (), ()), registry)


def reading_of_notes(notes: str, registry: Registry = REGISTRY) -> Reading:
    """The reading of a deck whose notes begin in line 3."""
    return reading_of(f"title: T\nnotes:\n{notes}", registry)


def deck_of(notes: str) -> Deck:
    reading = reading_of_notes(notes)
    assert reading.deck is not None, reading.problems
    return reading.deck


Found = list[tuple[str, str, int, int]]


def found(reading: Reading) -> Found:
    return found_in(reading.problems)


def found_in(problems: Sequence[Problem]) -> Found:
    return [(each.severity, each.code, each.span.line, each.span.column) for each in problems]


def registry_of(*, sources: Sequence[str] = (), names: Sequence[str] = ()) -> Registry:
    return read_registries(
        [File(f"{'in/' * depth}sources.yaml", content.encode()) for depth, content in enumerate(sources)],
        [File(f"{'in/' * depth}names.yaml", content.encode()) for depth, content in enumerate(names)],
    )


# A deck in order


def test_a_card_has_everything_its_note_and_deck_say() -> None:
    reading = reading_of(
        "title: T\ndescription: D\ntags: [csto, x]\nnotes:\n"
        "  - id: recalled\n    type: typed\n    question: Who?\n    answer: [Lukashenko, L.]\n"
        "    hint: H\n    explanation: |\n      E\n    as_of: 2024-06\n    quote: Never\n    speaker: S\n"
        "    source: [ambassador#2, freeze]\n    tags: [x, y]\n"
    )
    assert not reading.problems
    assert reading.deck is not None
    assert (reading.deck.id, reading.deck.title, reading.deck.description) == ("sub/deck", "T", "D")
    assert (reading.deck.path, reading.deck.tags) == ("decks/sub/deck.yaml", ("csto", "x"))
    [card] = reading.deck.cards
    assert card.id == "sub/deck/recalled/card"
    assert (card.type, card.hint, card.explanation, card.as_of) == ("typed", "H", "E", "2024-06")
    assert (card.quote, card.speaker, card.tags) == ("Never", "S", ("csto", "x", "y"))
    assert card.span == Span("decks/sub/deck.yaml", 5, 5)
    assert card.sources == (
        Citation(source=REGISTRY.sources["ambassador"], paragraph=2),
        Citation(source=REGISTRY.sources["freeze"]),
    )
    assert card.prompt.question == "Who?"
    assert card.prompt.form == TypeIn(
        expected=Text(answers=("Lukashenko", "L."), aliases=("Lukashenka",), name=True)
    )


def test_cards_come_in_the_order_of_the_file() -> None:
    deck = deck_of(
        "  - {id: b, type: reversed, front: F, back: B, source: freeze}\n"
        "  - {id: a, question: Q?, answer: A, source: freeze}\n"
    )
    assert [card.id for card in deck.cards] == [
        "sub/deck/b/forward",
        "sub/deck/b/backward",
        "sub/deck/a/card",
    ]


def test_distractors_are_drawn_from_the_names() -> None:
    deck = deck_of("  - {id: a, type: choice, question: Q?, answer: Armenia, source: freeze}\n")
    form = deck.cards[0].prompt.form
    assert isinstance(form, Choose)
    assert form.distractors == ("Belarus", "Kazakhstan", "Tajikistan")


def test_a_reading_can_be_put_into_a_cache_and_is_plain_text() -> None:
    deck = deck_of(NOTE)
    assert pickle.loads(pickle.dumps(deck)) == deck
    form = deck.cards[0].prompt.form
    assert isinstance(form, Reveal)
    assert {type(text) for text in (deck.title, deck.cards[0].note, form.answer)} == {str}


def test_values_survive_whatever_they_look_like() -> None:
    for written in ("no", "010", "12:30", "2024-06-13", "~", "1" * 5_000):
        deck = deck_of(f"  - id: a\n    question: Q?\n    source: freeze\n    answer: {written}\n")
        form = deck.cards[0].prompt.form
        assert isinstance(form, Reveal)
        assert form.answer == written


# Problems


def test_every_problem_of_a_file_is_told_at_once_from_top_to_bottom() -> None:
    reading = reading_of(
        "titel: T\n"
        "notes:\n"
        "  - id: a\n"
        "    qestion: Q?\n"
        "    answer: [x]\n"
        "    source: ambasador#1\n"
        "  - id: a\n"
        "    type: choise\n"
        "    source: freeze#0\n"
        "  - id: a\n"
        "    type: typed\n"
        "    question: see #1\n"
        "    answer: []\n"
        "    as_of: 2024-13\n"
        "    as_of: 2024\n"
    )
    assert reading.deck is None
    assert found(reading) == [
        ("error", "missing-key", 1, 1),
        ("error", "unknown-key", 1, 1),
        ("error", "missing-key", 3, 5),
        ("error", "unknown-key", 4, 5),
        ("error", "wrong-shape", 5, 13),
        ("error", "unknown-source", 6, 13),
        ("error", "duplicate-id", 7, 9),
        ("error", "unknown-type", 8, 11),
        ("error", "bad-paragraph", 9, 13),
        ("warning", "no-source", 10, 5),
        ("error", "duplicate-id", 10, 9),
        ("error", "cut-off", 12, 19),
        ("error", "bad-date", 14, 12),
        ("error", "duplicate-key", 15, 5),
    ]


def test_an_error_withholds_the_deck_and_a_warning_does_not() -> None:
    assert reading_of_notes("  - {id: a, question: Q?, answer: A}\n").deck is not None
    assert reading_of_notes(NOTE + "  - {id: b, question: Q?, source: freeze}\n").deck is None


def test_a_syntax_error_withholds_the_deck_and_is_the_only_problem() -> None:
    reading = reading_of(f"title: T: U\nnotes:\n{NOTE}")
    assert reading.deck is None
    assert found(reading) == [("error", "syntax", 1, 9)]


@pytest.mark.parametrize("content", ["", "# only a comment\n", "\ufeff"])
def test_an_empty_file_is_an_error(content: str) -> None:
    assert found(reading_of(content)) == [("error", "empty", 1, 1)]


def test_a_file_that_cannot_be_read_is_an_error_at_its_start() -> None:
    file = DeckFile("deck", File("deck.yaml", b"", "is not a regular file"), (), ())
    reading = read_deck(file, REGISTRY)
    assert reading.deck is None
    assert [str(each) for each in reading.problems] == [
        "deck.yaml:1:1: error: the deck is not a regular file"
    ]


@pytest.mark.parametrize("content", ["title: T\nnotes: []\n", "title: T\n"])
def test_a_deck_without_notes_is_a_warning(content: str) -> None:
    reading = reading_of(content)
    assert reading.deck is not None
    assert reading.deck.cards == ()
    assert [(severity, code) for severity, code, _, _ in found(reading)] == [("warning", "no-notes")]


@pytest.mark.parametrize(
    ("notes", "code"),
    [("notes:", "no-value"), ("notes: text", "wrong-shape"), ("notes: {a: b}", "wrong-shape")],
)
def test_notes_that_are_no_list_are_an_error(notes: str, code: str) -> None:
    reading = reading_of(f"title: T\n{notes}\n")
    assert [each[:3] for each in found(reading)] == [("error", code, 2)]


@pytest.mark.parametrize(
    ("note", "code", "column"),
    [("  - text\n", "wrong-shape", 5), ("  -\n", "no-value", 4), ("  - [a]\n", "wrong-shape", 5)],
)
def test_a_note_that_is_no_mapping_is_an_error(note: str, code: str, column: int) -> None:
    assert found(reading_of_notes(note)) == [("error", code, 3, column)]


def test_a_note_with_an_anchor_is_refused_but_read_on() -> None:
    reading = reading_of_notes("  - &a {id: a, question: Q?, answer: A, source: freeze}\n  - *a\n")
    assert [(code, line) for _, code, line, _ in found(reading)] == [("alias", 3), ("alias", 4)]


# Ids


def test_an_id_that_is_taken_is_refused_where_it_stands() -> None:
    reading = reading_of_notes(NOTE + NOTE)
    assert found(reading) == [("error", "duplicate-id", 4, 10)]
    assert "line 3" in reading.problems[0].message


def test_an_id_is_taken_even_by_a_note_that_is_broken() -> None:
    reading = reading_of_notes("  - {id: a, question: Q?, source: freeze}\n" + NOTE)
    assert [(code, line) for _, code, line, _ in found(reading)] == [("missing-key", 3), ("duplicate-id", 4)]


def test_a_note_without_an_id_gets_one_that_depends_on_its_content_only() -> None:
    first = reading_of_notes("  - {question: Q?, answer: A, source: freeze}\n")
    again = reading_of_notes(
        "  - source: ambassador#3\n    hint: h\n    answer: >-\n      A\n    question: 'Q? '\n"
    )
    other = reading_of_notes("  - {question: Q?, answer: B, source: freeze}\n")
    notes = [reading.deck.cards[0].note for reading in (first, again, other) if reading.deck]
    assert notes[0] == notes[1] != notes[2]
    assert notes[0][0] == "~"
    assert len(notes[0]) == 11
    assert int(notes[0][1:], 16) >= 0
    assert [code for _, code, _, _ in found(first)] == ["no-id"]


def test_a_derived_id_does_not_depend_on_how_accents_are_stored() -> None:
    composed = deck_of("  - {question: Q?, answer: caf\u00e9, source: freeze}\n")
    decomposed = deck_of("  - {question: Q?, answer: cafe\u0301, source: freeze}\n")
    assert composed.cards[0].note == decomposed.cards[0].note


def test_a_derived_id_tells_types_and_holes_apart() -> None:
    deck = deck_of(
        "  - {question: Q?, answer: A, source: freeze}\n"
        "  - {type: typed, question: Q?, answer: A, source: freeze}\n"
        "  - {type: cloze, text: 'a {{b}} c', source: freeze}\n"
        "  - {type: cloze, text: 'a b {{c}}', source: freeze}\n"
    )
    assert len({card.note for card in deck.cards}) == 4


def test_a_derived_id_stays_the_same_in_all_versions() -> None:
    deck = deck_of(
        "  - {type: typed, question: Who froze it?, answer: [Armenia, Hayastan], source: freeze}\n"
    )
    assert deck.cards[0].note == "~c425eb2386"


def test_the_same_note_twice_without_an_id_is_an_error() -> None:
    note = "  - {question: Q?, answer: A, source: freeze}\n"
    reading = reading_of_notes(note + note)
    assert [each for each in found(reading) if each[0] == "error"] == [("error", "duplicate-id", 4, 5)]


# Sources


def test_a_note_without_a_source_is_a_warning() -> None:
    assert found(reading_of_notes("  - {id: a, question: Q?, answer: A}\n")) == [
        ("warning", "no-source", 3, 5)
    ]
    assert found(reading_of_notes("  - {id: a, question: Q?, answer: A, source: []}\n"))[0][1] == "no-source"


def test_an_unknown_source_is_refused_with_the_one_that_was_meant() -> None:
    reading = reading_of_notes("  - {id: a, question: Q?, answer: A, source: [freeze#1, ambasador#1]}\n")
    assert found(reading) == [("error", "unknown-source", 3, 57)]
    assert reading.problems[0].hint == "did you mean 'ambassador'?"


@pytest.mark.parametrize("paragraph", ["0", "-1", "x", "1.5", "01", "", "1#2", " 1", "²", "9" * 5_000])
def test_a_paragraph_that_is_no_positive_number_is_refused(paragraph: str) -> None:
    reading = reading_of_notes(f"  - {{id: a, question: Q?, answer: A, source: 'freeze#{paragraph}'}}\n")
    assert found(reading) == [("error", "bad-paragraph", 3, 46)]


def test_broken_sources_do_not_make_every_citation_an_error() -> None:
    registry = registry_of(sources=["freeze: {title: F}\nambassador: {titel: A}\n"])
    assert registry.sources_broken
    reading = reading_of_notes(
        "  - {id: a, question: Q?, answer: A, source: [freeze#1, ambassador#2]}\n", registry
    )
    assert not reading.problems
    assert reading.deck is not None
    assert [(each.source.title, each.paragraph) for each in reading.deck.cards[0].sources] == [
        ("F", 1),
        ("ambassador", 2),
    ]


def test_broken_sources_do_not_excuse_a_wrong_paragraph() -> None:
    registry = registry_of(sources=["ambassador: {titel: A}\n"])
    reading = reading_of_notes("  - {id: a, question: Q?, answer: A, source: ambassador#x}\n", registry)
    assert [code for _, code, _, _ in found(reading)] == ["bad-paragraph"]


def test_a_quote_without_its_speaker_is_a_warning_and_so_is_the_reverse() -> None:
    quote = reading_of_notes("  - {id: a, question: Q?, answer: A, source: freeze, quote: never}\n")
    speaker = reading_of_notes("  - {id: a, question: Q?, answer: A, source: freeze, speaker: S}\n")
    assert found(quote) == [("warning", "no-speaker", 3, 61)]
    assert found(speaker) == [("warning", "no-quote", 3, 63)]


# Faults that the question types find


def test_a_fault_is_shown_at_its_field() -> None:
    reading = reading_of_notes("  - id: a\n    type: cloze\n    source: freeze\n    text: no hole\n")
    assert found(reading) == [("error", "fault", 6, 11)]
    assert reading.deck is None


def test_a_fault_of_a_field_that_is_not_there_is_shown_at_its_note() -> None:
    reading = reading_of_notes(
        "  - id: a\n    type: choice\n    question: Q?\n    answer: Nobody\n    source: freeze\n"
    )
    assert [each[:2] for each in found(reading)] == [("error", "fault")]
    assert reading.problems[0].message == "nothing to choose from"


def test_a_fault_that_quotes_a_long_text_is_cut_short() -> None:
    answer = "x" * 50_000
    reading = reading_of_notes(
        f"  - {{id: a, type: choice, question: Q?, answer: {answer}, distractors: [{answer}, y]}}\n"
    )
    assert "fault" in {problem.code for problem in reading.problems}
    assert all(len(problem.message) < 200 for problem in reading.problems)


def test_broken_names_leave_a_card_out_instead_of_blaming_the_deck() -> None:
    broken = registry_of(names=["armenia: {name: Armenia, kind: country}\nbelarus: {name: Belarus}\n"])
    choice = "  - {id: b, type: choice, question: Q?, answer: Armenia, source: freeze}\n"
    registry = Registry(sources=REGISTRY.sources, names=broken.names, names_broken=broken.names_broken)
    reading = reading_of_notes(NOTE + choice, registry)
    assert [each[:3] for each in found(reading)] == [("warning", "fault", 4)]
    assert reading.deck is not None
    assert [card.note for card in reading.deck.cards] == ["a"]


def test_broken_names_excuse_no_other_fault() -> None:
    registry = Registry(sources=REGISTRY.sources, names=Names(), names_broken=True)
    reading = reading_of_notes("  - {id: a, type: cloze, text: no hole, source: freeze}\n", registry)
    assert [each[:2] for each in found(reading)] == [("error", "fault")]


def test_decks_are_read_with_the_registries_of_their_folders(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "sources.yaml").write_text("freeze: {title: outer}\nbad:\n")
    (tmp_path / "in" / "sources.yaml").write_text("freeze: {title: nearer}\n")
    for place in ("a.yaml", "in/b.yaml"):
        (tmp_path / place).write_text(f"title: T\nnotes:\n{NOTE}")
    readings = read_decks(find([tmp_path]))
    titles = [reading.deck.cards[0].sources[0].source.title for reading in readings if reading.deck]
    assert titles == ["outer", "nearer"]
    problems = [[(Path(each.span.path).name, each.code) for each in reading.problems] for reading in readings]
    assert problems == [[("sources.yaml", "no-value")]] * 2


def test_finding_decks_costs_neither_yaml_nor_pydantic() -> None:
    code = "import sys; import trainer.deckfiles.folder; print({'yaml', 'pydantic'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
