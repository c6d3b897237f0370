from __future__ import annotations

from pathlib import Path

import pytest
from typed import Typed

from trainer.core.review import Rating
from trainer.core.session import Selection

EVENTS = """\
title: What happened
notes:
  - {id: rumour, type: event, what: Belarus is said to regret it, who: Belarus, skip: who, source: report#6}
  - id: answer
    type: event
    what: Belarus recalls its own
    who: Belarus
    did: recalled
    whom: its ambassador in Yerevan
    when: 2024-06
    answers: recall
    where: Yerevan
    according_to: A ministry
    skip: [who, order, where, whom]
    tags: replies
    source: report#5
  - id: recall
    type: event
    what: Armenia recalls its ambassador
    who: Armenia
    did: recalled
    whom: the ambassador in Minsk
    when: 2024-06-13
    why: Over arms sold to a neighbour.
    skip: [who, order]
    source: [report#2, report#4]
  - {id: war, type: event, what: A war breaks out, when: "2020", skip: [what, when, order], source: report#1}
"""


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    typed = Typed(tmp_path, monkeypatch, capsys)
    typed.write("events", EVENTS)
    return typed


def study(typed: Typed, card: str) -> None:
    collection = typed.collection()
    session = collection.start(Selection(cards=(card,)))
    assert session.card is not None
    verdict = collection.grade(session.card, "")
    collection.rate(session, Rating.GOOD, verdict=verdict, response="", milliseconds=1)
    collection.close()


def notes(typed: Typed, *options: str) -> list[str]:
    return [event["note"] for event in typed("timeline", "--json", *options).data]


def test_events_come_in_time_with_all_that_is_told_of_them(typed: Typed) -> None:
    study(typed, "events/recall/what")
    told = typed("timeline")
    assert told.code == 0
    assert told.out == (
        "       2020  A war breaks out\n"
        "             no cards\n"
        "             A report on two ambassadors, The Daily Example, June 2024, ¶ 1\n"
        "13 Jun 2024  Armenia recalls its ambassador\n"
        "             Armenia · known 25 % · 4 cards\n"
        "             A report on two ambassadors, The Daily Example, June 2024, ¶ 2, 4\n"
        "   Jun 2024  Belarus recalls its own\n"
        "             ↳ in answer to 13 Jun 2024, Armenia recalls its ambassador\n"
        "             Belarus · known 0 % · 3 cards\n"
        "             according to A ministry\n"
        "             A report on two ambassadors, The Daily Example, June 2024, ¶ 5\n"
        "\n"
        "No date\n"
        "             Belarus is said to regret it\n"
        "             Belarus · no cards\n"
        "             A report on two ambassadors, The Daily Example, June 2024, ¶ 6\n"
    )


def test_json_has_every_fact_of_an_event(typed: Typed) -> None:
    study(typed, "events/answer/what")
    events = typed("timeline", "events", "--json").data
    assert [event["note"] for event in events] == ["war", "recall", "answer", "rumour"]
    assert events[2] == {
        "id": "events/answer",
        "deck": "events",
        "note": "answer",
        "what": "Belarus recalls its own",
        "who": ["Belarus"],
        "when": "2024-06",
        "start": "2024-06-01",
        "end": "2024-06-30",
        "where": "Yerevan",
        "why": [],
        "answers": "events/recall",
        "according_to": "A ministry",
        "sources": ["report#5"],
        "cards": [f"events/answer/{key}" for key in ("what", "when", "reply")],
        "known": pytest.approx(1 / 3),
    }
    assert (events[0]["cards"], events[0]["known"]) == ([], 0)
    assert (events[3]["start"], events[3]["end"], events[3]["answers"]) == (None, None, None)


def test_filters_ask_what_an_event_itself_has(typed: Typed) -> None:
    assert notes(typed, "--source", "report#4") == ["recall"]
    assert notes(typed, "--source", "report#3") == []
    assert notes(typed, "--tag", "replies") == ["answer"]
    assert notes(typed, "--source", "report", "--tag", "replies") == ["answer"]
    assert notes(typed, "towns") == []


def test_a_name_is_an_actor_or_in_a_card_that_is_of_the_event_alone(typed: Typed) -> None:
    names = "".join(
        f"{name.lower()}: {{name: {name}, kind: country}}\n" for name in ("Armenia", "Belarus", "Russia")
    )
    typed.write("names", names)
    assert notes(typed, "--name", "Armenia") == ["recall"]
    assert notes(typed, "--name", "belarus") == ["answer", "rumour"]
    told = typed("timeline", "--name", "Russland")
    assert (told.code, told.out) == (1, "")
    assert "no such name" in told.err


def test_without_events_it_says_how_to_write_one(typed: Typed) -> None:
    told = typed("timeline", "towns")
    assert (told.code, told.out) == (
        0,
        "No event in these decks: `trainer help event` says how to write one.\n",
    )
    assert typed("timeline", "towns", "--json").data == []


def test_long_lines_are_wrapped_and_never_cut(typed: Typed) -> None:
    what = " ".join(f"word{number}" for number in range(60))
    typed.write("events", f"title: A\nnotes:\n  - {{id: a, type: event, what: {what}, source: report}}\n")
    lines = typed("timeline", "events").out.splitlines()
    assert max(map(len, lines)) <= 80
    assert " ".join(line.strip() for line in lines).count("ord") == 60


def test_a_superseded_event_is_not_there(typed: Typed) -> None:
    typed.write("events", EVENTS.replace("    why: Over", "    superseded_by: war\n    why: Over"))
    assert "recall" not in {event["note"] for event in typed("timeline", "--json").data}
