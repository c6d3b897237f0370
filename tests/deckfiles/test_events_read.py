"""What takes several notes, or several sources, to read."""

from __future__ import annotations

from pathlib import Path

import pytest
from factories import make_name, make_source

from trainer.core.deck import Account, Card, Deck, Event, Span
from trainer.core.names import Names
from trainer.core.prompt import Arrange, Reveal
from trainer.deckfiles.folder import DeckFile, File, find
from trainer.deckfiles.reader import Reading, Registry, read_deck, read_decks

SOURCES = [make_source("recall", short="the report"), make_source("rbc", publisher="RBC")]
REGISTRY = Registry(
    sources={source.id: source for source in SOURCES},
    names=Names(
        [make_name("Armenia", "Hayastan", kind="country"), make_name("Nikol Pashinyan")], sources=SOURCES
    ),
)
ACCOUNTS = """\
  - id: when
    type: accounts
    question: When?
    accounts:
      - {source: 'recall#2', says: 2024-06-13}
      - {source: ['rbc#7', 'rbc#12'], says: 2024-06-12}
"""
CHAIN = """\
  - {id: recall, type: event, who: Hayastan, did: recalled, whom: a man, when: 2024-06-13, source: 'recall#2'}
  - {id: answer, type: event, what: Minsk answers, answers: recall, when: 2024-06-14, source: 'rbc#12'}
  - {id: later, type: event, what: Nothing follows, when: 2024-07, source: 'rbc#13'}
"""


def reading_of(notes: str) -> Reading:
    """The reading of a deck whose notes begin in line 3."""
    file = File("decks/sub/deck.yaml", f"title: T\nnotes:\n{notes}".encode())
    return read_deck(DeckFile("sub/deck", file, (), ()), REGISTRY)


def deck_of(notes: str) -> Deck:
    reading = reading_of(notes)
    assert reading.deck is not None, reading.problems
    assert not reading.problems
    return reading.deck


def cards_of(notes: str) -> dict[str, Card]:
    return {f"{card.note}/{card.key}": card for card in deck_of(notes).cards}


def cited(card: Card) -> list[str]:
    return list(map(str, card.sources))


def test_an_account_cites_what_it_says_itself_and_the_comparison_all() -> None:
    cards = cards_of(ACCOUNTS)
    assert cited(cards["when/says-recall"]) == ["recall#2"]
    assert cited(cards["when/says-rbc"]) == ["rbc#7", "rbc#12"]
    assert cited(cards["when/differ"]) == ["recall#2", "rbc#7", "rbc#12"]
    assert cards["when/says-rbc"].prompt.question == "According to RBC: When?"
    assert cards["when/differ"].accounts == (
        Account(by="the report", says="13 June 2024"),
        Account(by="RBC", says="12 June 2024"),
    )


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("recall#2", "recal#2", ("error", "unknown-source", 7, 18)),
        ("rbc#12", "rbc#zwölf", ("error", "bad-paragraph", 8, 28)),
        ("question", "querstion", ("error", "unknown-key", 5, 5)),
        ("says: 2024-06-13", "sais: 2024-06-13", ("error", "unknown-key", 7, 30)),
    ],
)
def test_a_mistake_within_an_account_is_found_at_its_place(
    before: str, after: str, problem: tuple[str, str, int, int]
) -> None:
    reading = reading_of(ACCOUNTS.replace(before, after))
    assert reading.deck is None
    assert problem in [
        (each.severity, each.code, each.span.line, each.span.column) for each in reading.problems
    ]


def test_events_have_cards_of_their_own_and_cards_with_others_after_them() -> None:
    cards = cards_of(CHAIN)
    assert [key for key in cards if key.startswith("recall/")] == [
        "recall/what",
        "recall/who",
        "recall/whom",
        "recall/when",
        "recall/order",
    ]
    assert cited(cards["answer/reply"]) == ["rbc#12", "recall#2"]
    assert cited(cards["recall/order"]) == ["recall#2", "rbc#12", "rbc#13"]
    assert isinstance(cards["recall/order"].prompt.form, Arrange)


def test_a_deck_tells_its_events_for_a_timeline() -> None:
    recall, answer, _ = deck_of(CHAIN).events
    assert recall == Event(
        deck="sub/deck",
        note="recall",
        what="Hayastan recalled a man",
        actors=("Armenia",),
        when="2024-06-13",
        span=Span("decks/sub/deck.yaml", 3, 5),
        sources=recall.sources,
    )
    assert list(map(str, recall.sources)) == ["recall#2"]
    assert answer.answers == "recall"


def test_what_an_event_answers_must_be_there() -> None:
    reading = reading_of(CHAIN.replace("answers: recall", "answers: recal"))
    (problem,) = reading.problems
    assert (problem.span.line, problem.span.column, problem.code) == (4, 61, "fault")
    assert problem.hint == "did you mean 'recall'?"
    assert reading.deck is None


def test_what_answers_a_broken_event_is_not_wrong_itself() -> None:
    reading = reading_of(CHAIN.replace("when: 2024-06-13", "when: soon"))
    assert [problem.span.line for problem in reading.problems] == [3]


def test_what_answers_a_superseded_event_is_asked_without_it() -> None:
    cards = cards_of(CHAIN.replace("who: Hayastan", "superseded_by: later, who: Hayastan"))
    assert "recall/order" not in cards
    assert cards["recall/who"].superseded_by == "later"
    assert cards["answer/reply"].prompt.question == "What came in answer to this: “Nothing follows”?"


def test_a_superseded_event_is_not_on_the_timeline_and_its_answer_is_to_its_successor() -> None:
    chain = CHAIN.replace("who: Hayastan", "superseded_by: middle, who: Hayastan")
    chain += (
        "  - {id: middle, type: event, what: A slip, when: 2024-06-13, superseded_by: last, source: rbc}\n"
    )
    chain += "  - {id: last, type: event, what: The recall, when: 2024-06-12, source: rbc}\n"
    events = {event.note: event for event in deck_of(chain).events}
    assert [*events] == ["answer", "later", "last"]
    assert events["answer"].answers == "last"
    itself = CHAIN.replace("who: Hayastan", "superseded_by: answer, who: Hayastan")
    assert "answer/reply" not in cards_of(itself)


def test_events_that_one_question_is_about_are_told_apart_or_warned_of() -> None:
    one = CHAIN.replace("who: Hayastan", "who: Minsk")
    twins = one + one.splitlines()[0].replace("id: recall,", "id: twin,").replace("Minsk", "Baku") + "\n"
    reading = reading_of(twins)
    assert [(each.code, each.severity, each.span.line) for each in reading.problems] == [
        ("same-question", "warning", 6)
    ]
    assert "the question for who is also that of 'recall'" in reading.problems[0].message
    assert not reading_of(twins.replace("who: Baku", "skip: who, who: Baku")).problems


def test_as_of_does_not_tell_the_date_that_is_asked_for() -> None:
    cards = cards_of(CHAIN.replace("who: Hayastan", "as_of: 2024-06-13, who: Hayastan"))
    assert (cards["recall/who"].as_of, cards["recall/when"].as_of) == ("2024-06-13", "")
    assert cards["recall/order"].as_of == "" and cards["recall/order"].shared
    cards = cards_of(CHAIN.replace("who: Hayastan", "as_of: 2025, who: Hayastan"))
    assert cards["recall/when"].as_of == "2025"


def test_a_card_shared_by_events_is_told_without_what_belongs_to_one_of_them() -> None:
    told = "hint: H, explanation: E, quote: Q, speaker: S, who: Hayastan"
    cards = cards_of(CHAIN.replace("who: Hayastan", told))
    own, shared = cards["recall/who"], cards["recall/order"]
    assert (own.hint, own.explanation, own.quote, own.speaker) == ("H", "E", "Q", "S")
    assert (shared.hint, shared.quote, shared.speaker) == ("", "", "")
    assert shared.explanation.startswith("13 June 2024: ")
    assert "E" not in shared.explanation.split()


def test_changing_the_wording_of_an_event_keeps_every_card() -> None:
    before = cards_of(CHAIN).keys()
    edited = (
        CHAIN.replace("recalled", "called back").replace("a man", "its man").replace("Minsk answers", "So!")
    )
    assert cards_of(edited).keys() == before


# Successors

OFFICES = """\
  - {id: before, question: Who?, answer: Mnatsakanyan, as_of: 2018-11, superseded_by: after, source: 'rbc#1'}
  - {id: after, question: Who now?, answer: Mirzoyan, explanation: So it is., source: 'rbc#2'}
"""


def test_what_was_superseded_is_told_after_its_successor() -> None:
    cards = cards_of(OFFICES)
    assert cards["before/card"].superseded_by == "after"
    assert cards["after/card"].superseded_by == ""
    assert cards["after/card"].explanation == "So it is.\n\nEarlier, as of November 2018: Mnatsakanyan"


def test_all_that_a_note_superseded_is_told_but_for_what_is_still_so() -> None:
    more = "  - {id: first, question: Who?, answer: Kocharyan, superseded_by: after, source: rbc}\n"
    same = "  - {id: same, question: Who?, answer: Mirzoyan, superseded_by: after, source: rbc}\n"
    told = cards_of(more + same + OFFICES)["after/card"].explanation
    assert told == "So it is.\n\nEarlier: Kocharyan\n\nEarlier, as of November 2018: Mnatsakanyan"


@pytest.mark.parametrize(
    ("after", "code", "hint"),
    [
        ("aftre", "unknown-note", "did you mean 'after'?"),
        ("before", "circle", ""),
        ("xyzzy", "unknown-note", ""),
    ],
)
def test_a_successor_must_be_another_note_of_the_deck(after: str, code: str, hint: str) -> None:
    reading = reading_of(OFFICES.replace("superseded_by: after", f"superseded_by: {after}"))
    assert [(each.code, each.hint) for each in reading.problems] == [(code, hint)]


def test_notes_that_supersede_each_other_are_a_circle() -> None:
    circle = OFFICES.replace("as_of: 2018-11", "as_of: 2018-11").replace(
        "explanation: So it is.", "superseded_by: before"
    )
    reading = reading_of(circle)
    assert {each.code for each in reading.problems} == {"circle"}


# Names and copies


def test_a_card_knows_the_names_that_it_is_about() -> None:
    (card,) = deck_of(
        "  - {id: a, question: Who left?, answer: Pashinyan's Hayastan, source: 'rbc#1'}\n"
    ).cards
    assert card.names == ("Armenia", "Nikol Pashinyan")
    assert isinstance(card.prompt.form, Reveal)


def test_a_local_copy_is_found_from_where_the_sources_are(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("rbc: {title: T, short: the report, file: copies/rbc.txt}\n")
    (tmp_path / "a.yaml").write_text("title: T\nnotes:\n  - {id: a, question: Q?, answer: A, source: rbc}\n")
    (reading,) = read_decks(find([tmp_path]))
    assert reading.deck is not None
    (citation,) = reading.deck.cards[0].sources
    assert citation.source.file == str(tmp_path / "copies" / "rbc.txt")
    assert citation.source.called == "the report"
