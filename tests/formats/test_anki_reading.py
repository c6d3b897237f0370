"""Packages of Anki read: what becomes of notes, of decks, and of what is known of the cards."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from anki_packages import (
    BACK,
    BASIC,
    CLOZE,
    CREATED,
    DECK,
    FRONT,
    KINDS,
    REVERSED,
    TYPED,
    card,
    compress,
    database,
    kind,
    message,
    note,
    package,
    review,
)

from trainer.core.carried import CardPast
from trainer.core.day import study_day
from trainer.core.fsrs6 import Model
from trainer.core.review import Rating
from trainer.core.scheduling import Phase
from trainer.formats.anki.origin import Origin, packed
from trainer.formats.anki.reading import AnkiPackage, read

DAY = 86_400_000
NOON = CREATED * 1000 + DAY // 3


def day_of(at: int) -> date:
    return study_day(datetime.fromtimestamp(at / 1000, UTC), rollover_hour=4)


def taken(tmp_path: Path, content: bytes) -> AnkiPackage:
    path = tmp_path / "words.apkg"
    path.write_bytes(content)
    return read(path, day_of=day_of, model=Model())


def of(tmp_path: Path, *notes: dict[str, Any], **more: Any) -> AnkiPackage:
    return taken(tmp_path, package(database(notes, **more)))


def fields(found: AnkiPackage) -> list[dict[str, Any]]:
    """The notes of all decks, without empty fields."""
    return [
        {name: value for name, value in each.fields.items() if value}
        for deck in found.decks
        for each in deck.notes
    ]


def only(tmp_path: Path, number: int, *texts: str, tags: str = "", ords: int = 1) -> dict[str, Any]:
    """What becomes of one note."""
    cards = [card(1, ord) for ord in range(ords)]
    (found,) = fields(of(tmp_path, note(1, number, *texts, tags=tags), cards=cards))
    return found


def past(tmp_path: Path, revlog: list[dict[str, Any]] | None = None, **values: Any) -> CardPast:
    """What is known of the card of a note."""
    presets = {1: {"new": {"delays": [1, 10]}, "lapse": {"delays": [10]}}}
    cards = [card(1, **values)]
    found = of(tmp_path, note(1, BASIC, "q", "a"), cards=cards, revlog=revlog or [], presets=presets)
    return found.pasts.get(10, CardPast())


# Generations


@pytest.mark.parametrize("version", [1, 2, 3, None])
def test_every_generation_is_read_and_the_stub_never(tmp_path: Path, version: int | None) -> None:
    found = taken(tmp_path, package(database([note(1, BASIC, "Haus", "house")]), version))
    assert fields(found) == [{"type": "basic", "question": "Haus", "answer": "house"}]
    assert [deck.name for deck in found.decks] == [("Words",)]


def test_without_meta_the_old_collection_is_read_where_it_is_the_only_one(tmp_path: Path) -> None:
    content = package(database([note(1, BASIC, "Haus", "house")]), 1).replace(b"meta", b"atem")
    assert fields(taken(tmp_path, content))[0]["question"] == "Haus"


def test_tables_of_schema_18_say_the_same(tmp_path: Path) -> None:
    sql = """
        update col set ver = 18, models = '', decks = '', dconf = '', conf = '';
        create table notetypes (id integer primary key, name text, config blob);
        create table fields (ntid integer, ord integer, name text);
        create table templates (ntid integer, ord integer, name text, config blob);
        create table decks (id integer primary key, name text, kind blob);
        create table deck_config (id integer primary key, name text, config blob);
        create table config (KEY text primary key, val blob);
        insert into fields values (14, 1, 'Extra'), (14, 0, 'Text');
    """
    front, back = message((1, "{{cloze:Text}}"), (2, "x")), message((1, (1.0, 10.0)), (37, (0.85,)))
    rows = [
        ("notetypes values (14, 'C', ?)", message((1, 1), (9, 5))),
        ("templates values (14, 0, 'T', ?)", front),
        ("decks values (5, 'A' || x'1f' || 'B', ?)", message((1, message((1, 7), (4, "about"))))),
        ("deck_config values (7, 'P', ?)", back + message((6, [0.5] * 21), (2, (10.0,)))),
        ("config values ('creationOffset', ?)", b"-540"),
    ]
    sql += "".join(f"insert into {into.replace('?', _hex(value))};" for into, value in rows)
    data = json.dumps({"s": 3.5, "d": 5.25, "lrt": NOON // 1000})
    content = database(
        [note(1, 14, "{{c1::x}} y", "")], [card(1, type=2, queue=2, due=3, ivl=3, data=data)], sql=sql
    )
    found = taken(tmp_path, package(content, 3))
    assert fields(found) == [{"type": "cloze", "text": "{{1::x}} y", "explanation": "x"}]
    assert [(deck.name, deck.about) for deck in found.decks] == [(("A", "B"), "about")]
    assert found.offered is not None
    assert found.offered == ((0.5,) * 21, 0.85)
    state = found.pasts[10].state
    assert state is not None
    # The day 0 is that of a clock nine hours east of UTC.
    assert (state.due_day, state.stability, state.difficulty) == (date(2024, 1, 4), 3.5, 5.25)


def _hex(value: bytes) -> str:
    return f"x'{value.hex()}'"


# Notes


def test_basic_and_typed_and_tags(tmp_path: Path) -> None:
    assert only(
        tmp_path, BASIC, "<b>Haus</b><br>&amp; so", "<div>one</div><div>two</div>", tags=" a b::c "
    ) == {
        "type": "basic",
        "question": "Haus\n& so",
        "answer": "one\ntwo",
        "tags": ["a", "b::c"],
    }
    assert only(tmp_path, TYPED, "q", "<i>an answer</i>") == {
        "type": "typed",
        "question": "q",
        "answer": "an answer",
    }
    assert only(tmp_path, TYPED, "q", "an<br>answer")["type"] == "basic", "nobody types two lines"


def test_two_cards_that_ask_for_each_other_are_one_note(tmp_path: Path) -> None:
    found = of(tmp_path, note(1, REVERSED, "TASS", "an agency"), cards=[card(1), card(1, 1)])
    assert fields(found) == [{"type": "reversed", "front": "TASS", "back": "an agency"}]
    assert found.decks[0].cards == {1: [("forward", 10), ("backward", 11)]}


def test_a_reverse_that_is_optional_is_there_where_its_card_is(tmp_path: Path) -> None:
    templates = ((FRONT, BACK), ("{{#Add}}{{Back}}{{/Add}}", "{{FrontSide}}<hr id=answer>{{Front}}"))
    kinds = {9: kind("Optional", ("Front", "Back", "Add"), templates)}
    one, other = note(1, 9, "f", "b", ""), note(2, 9, "g", "c", "y")
    found = of(tmp_path, one, other, cards=[card(1), card(2), card(2, 1)], kinds=kinds)
    assert [each["type"] for each in fields(found)] == ["basic", "reversed"]


def test_holes_keep_their_numbers_and_hints(tmp_path: Path) -> None:
    text = "{{c1::Minsk::a <b>town</b>}} and {{c2::Kyiv}}, {{c1::Gomel}}; f(x) = {{x}}"
    found = of(tmp_path, note(1, CLOZE, text, "more"), cards=[card(1), card(1, 1), card(1, 2)])
    assert fields(found) == [
        {
            "type": "cloze",
            "text": "{{1::Minsk::a town}} and {{2::Kyiv}}, {{1::Gomel}}; f(x) = { {x} }",
            "explanation": "more",
        }
    ]
    assert found.decks[0].cards[1] == [("c1", 10), ("c2", 11)], "a card without a hole is none"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{c1::a {{c2::b}} c}}", "a hole within a hole"),
        ("nothing hidden", "a cloze without a hole"),
        ("{{c1000::x}}", "a hole within a hole, or one"),
        ("<img src=x.png>", "its front is nothing but media"),
        ("", "its front is empty"),
        (f"{{{{c{'9' * 5000}::x}}}}", "a hole within a hole, or one"),
    ],
)
def test_a_cloze_that_ours_cannot_be_is_left_out_and_told(tmp_path: Path, text: str, reason: str) -> None:
    found = of(tmp_path, note(1, CLOZE, text, ""))
    assert found.decks == ()
    assert reason in found.left_out[0].reason


def test_other_note_types_are_what_their_templates_show(tmp_path: Path) -> None:
    templates = (
        ("<p>Capital of <i>{{Country}}</i>?</p>{{#Area}}({{Area}}){{/Area}}{{hint:Help}}", "{{Capital}}"),
        (
            "<style>x</style>{{Capital}} is in?<!-- {{Area}} -->",
            "{{FrontSide}} {{Country}}{{tts en:Area}}",
        ),
        ("{{^Flag}}Which flag?{{/Flag}}{{Flag}}", "{{Country}}"),
    )
    kinds = {9: kind("Country", ("Country", "Capital", "Area", "Help", "Flag"), templates)}
    given = note(1, 9, "Armenia", "Yerevan", "", "On the <u>Hrazdan</u>", "")
    found = of(tmp_path, given, cards=[card(1, ord) for ord in range(4)], kinds=kinds)
    assert fields(found) == [
        {"type": "basic", "question": "Capital of Armenia?", "answer": "Yerevan", "hint": "On the Hrazdan"},
        {"type": "basic", "question": "Yerevan is in?", "answer": "Armenia"},
        {"type": "basic", "question": "Which flag?", "answer": "Armenia"},
    ]
    assert found.decks[0].cards == {1: [("card", 10)], 2: [("card", 11)], 3: [("card", 12)]}


def test_a_back_that_repeats_the_front_tells_the_answer_alone(tmp_path: Path) -> None:
    kinds = {9: kind("Old", templates=(("{{Front}}", "{{Front}}<br>{{Back}}"),))}
    assert fields(of(tmp_path, note(1, 9, "The", "Theseus"), kinds=kinds))[0]["answer"] == "Theseus"
    (other,) = fields(of(tmp_path, note(1, BASIC, "tiger", "tiger")))
    assert other["answer"] == "tiger"


def test_media_are_named_and_latex_is_text(tmp_path: Path) -> None:
    notes = (
        note(1, BASIC, r"[$]x^2[/$] \(y\) <img src='flag.png'> [sound:a.mp3]", "a"),
        note(2, BASIC, "<img src=only.png>", "a"),
    )
    found = taken(tmp_path, package(database(notes), media={"0": "flag.png", "1": "../../evil"}))
    assert fields(found) == [{"type": "basic", "question": r"[$]x^2[/$] \(y\)", "answer": "a"}]
    assert found.media == ("flag.png", "../../evil", "a.mp3", "only.png")
    assert found.lost_media == 1
    assert [left.reason for left in found.left_out] == ["its front is nothing but media"]


def test_image_occlusion_and_notes_without_cards_or_type_are_left_out(tmp_path: Path) -> None:
    kinds = KINDS | {9: kind("Image Occlusion", cloze=True, stock=6)}
    notes = (note(1, 9, "x", "y"), note(2, BASIC, "q", "a"), note(3, 99, "odd", "a"), note(4, BASIC, "q", ""))
    cards = [card(1), card(3), card(4)]
    found = of(tmp_path, *notes, cards=cards, kinds=kinds)
    assert [(left.text, left.reason.partition(":")[0]) for left in found.left_out] == [
        ("x", "image occlusion"),
        ("q", "it has no cards"),
        ("odd", "its note type is not in the package"),
        ("q", "its back is empty"),
    ]


def test_decks_are_those_of_the_first_card_at_home(tmp_path: Path) -> None:
    decks = {1: "Default", 5: "A::B::C", 6: "A", 7: "Filtered"}
    cards = [card(1, did=7, odid=6), card(2, 0, did=5), card(2, 1, did=6), card(3, did=99)]
    notes = [note(1, BASIC, "a", "b"), note(2, REVERSED, "c", "d"), note(3, BASIC, "e", "f")]
    found = of(tmp_path, *notes, cards=cards, decks=decks)
    expected = {("A",): 1, ("A", "B", "C"): 1, ("Default",): 1}
    assert {deck.name: len(deck.notes) for deck in found.decks} == expected


# Notes that were made here

OURS = ("Question", "Answer", "Hint", "Trainer")


def made_here(origin: Origin, *seen: str, edited: bool = False) -> dict[str, Any]:
    """A note of ours as it comes back, perhaps with other fields than those it was written with."""
    return note(1, 9, *seen, packed(origin, ("other", *seen[1:]) if edited else seen), tags="mine new")


def ours(tmp_path: Path, given: dict[str, Any]) -> AnkiPackage:
    kinds = {9: kind("trainer: basic", OURS, (("{{Question}}", "<hr id=answer>{{Answer}}"),))}
    return of(tmp_path, given, kinds=kinds)


def test_a_note_that_was_made_here_is_that_note_again(tmp_path: Path) -> None:
    fields_then = {"id": "n1", "question": "Who <b>?", "answer": "Ann", "tags": ["mine"], "source": "a#1"}
    origin = Origin("history/1", "n1", "basic", ("card",), fields_then)
    found = ours(tmp_path, made_here(origin, "Who?", "Ann", ""))
    assert fields(found) == [fields_then | {"tags": ["mine", "new"]}]
    assert [(deck.ours, deck.names, deck.cards) for deck in found.decks] == [
        ("history/1", {1: "n1"}, {1: [("card", 10)]})
    ]
    assert found.edited == 0


@pytest.mark.parametrize(
    ("type", "then", "now"),
    [
        ("basic", {"question": "a", "answer": "b"}, {"question": "Who & why?", "answer": "Ann", "hint": "h"}),
        ("typed", {"question": "a", "answer": ["b", "c"]}, {"answer": ["Ann", "c"], "hint": "h"}),
        ("cloze", {"text": "{{1::a}}"}, {"text": "{{1::a}}", "hint": "h"}),
    ],
)
def test_a_note_edited_in_anki_has_the_fields_that_are_seen_there(
    tmp_path: Path, type: str, then: dict[str, Any], now: dict[str, Any]
) -> None:
    origin = Origin("d", "n1", type, ("card",), {"id": "n1", "type": type, **then})
    found = ours(tmp_path, made_here(origin, "Who &amp; <i>why</i>?", "Ann", "h", edited=True))
    (told,) = fields(found)
    assert (told["id"], found.edited, found.decks[0].names) == ("n1", 1, {1: "n1"})
    assert {name: told[name] for name in now} == now


def test_holes_edited_in_anki_are_ours_again(tmp_path: Path) -> None:
    origin = Origin("d", "n1", "cloze", ("c1",), {"id": "n1", "type": "cloze", "text": "{{1::a}}"})
    hidden = packed(origin, ("other",))
    kinds = {9: kind("trainer: cloze", ("Text", "Trainer"), (("{{cloze:Text}}", ""),), cloze=True)}
    found = of(tmp_path, note(1, 9, "<b>{{c1::b}}</b> and c", hidden), kinds=kinds)
    assert fields(found) == [{"id": "n1", "type": "cloze", "text": "{{1::b}} and c"}]


def test_what_cannot_be_edited_back_becomes_a_note_for_each_card(tmp_path: Path) -> None:
    origin = Origin("d", "n1", "event", ("who",), {"id": "n1", "type": "event", "who": "Ann"})
    found = ours(tmp_path, made_here(origin, "Who came?", "Bea", "", edited=True))
    assert fields(found) == [
        {"type": "basic", "question": "Who came?", "answer": "Bea", "tags": ["mine", "new"]}
    ]
    assert (found.edited, found.decks[0].ours, found.decks[0].names) == (1, "d", {})


def test_a_shared_card_is_that_of_its_note(tmp_path: Path) -> None:
    origin = Origin("d", "n1", "event", ("order",))
    found = ours(tmp_path, made_here(origin, "In which order?", "So", ""))
    assert fields(found) == []
    assert found.decks[0].by_note == {"n1": [("order", 10)]}


@pytest.mark.parametrize(
    "hidden",
    [
        "",
        "{",
        "[1]",
        "{" + '"a":{' * 5000,
        '{"v": 2}',
        '{"v": 1, "deck": 5, "note": "n", "type": "basic", "keys": [], "fields": {}}',
        '{"v": 1, "deck": "d", "note": "n", "type": "basic", "keys": [5], "fields": {}}',
        '{"v": 1, "deck": "d", "note": "n", "type": "basic", "keys": [], "fields": {"a": 5}}',
        '{"v": 1, "deck": "d", "note": "n", "type": "basic", "keys": [], "fields": "x"}',
    ],
)
def test_a_hidden_field_that_is_none_of_ours_says_nothing(tmp_path: Path, hidden: str) -> None:
    found = ours(tmp_path, note(1, 9, "Who?", "Ann", "", hidden))
    assert fields(found) == [{"type": "basic", "question": "Who?", "answer": "Ann"}]


# What is known of cards


def test_a_review_card_has_the_due_day_interval_and_state_of_anki(tmp_path: Path) -> None:
    data = json.dumps({"s": 12.3456, "d": 6.789, "lrt": (NOON + DAY) // 1000})
    rows = [review(10, NOON, type=0, ivl=-600), review(10, NOON + DAY, 1, time=7000)]
    found = past(tmp_path, rows, type=2, queue=2, due=21, ivl=20, reps=2, lapses=1, data=data, flags=3)
    state = found.state
    assert state is not None
    assert (state.stability, state.difficulty, state.phase) == (12.3456, 6.789, Phase.REVIEW)
    assert (state.due_day, state.interval, state.due_at) == (date(2024, 1, 22), 20, None)
    assert (state.last_day, state.reps, state.lapses) == (date(2024, 1, 2), 2, 1)
    assert [(each.at, each.rating, each.milliseconds) for each in found.reviews] == [
        (NOON, Rating.GOOD, 4000),
        (NOON + DAY, Rating.AGAIN, 7000),
    ]
    assert (found.suspended, found.flagged) == (False, True)


def test_a_card_in_steps_is_due_at_its_second(tmp_path: Path) -> None:
    data = json.dumps({"s": 2.5, "d": 5, "lrt": NOON // 1000})
    due = NOON // 1000 + 600
    learning = past(tmp_path, type=1, queue=1, due=due, left=1, data=data).state
    assert learning is not None
    assert (learning.phase, learning.due_at, learning.step) == (Phase.LEARNING, due * 1000, 1)
    assert (learning.due_day, learning.last_day) == (date(2024, 1, 1), date(2024, 1, 1))
    first = past(tmp_path, type=1, queue=1, due=due, left=1002, data=data).state
    assert first is not None
    assert first.step == 0, "two are left of two"
    later = past(tmp_path, type=3, queue=3, due=2, left=1, data=data).state
    assert later is not None
    assert (later.phase, later.due_day, later.due_at) == (Phase.RELEARNING, date(2024, 1, 3), NOON + 2 * DAY)
    old = past(tmp_path, type=2, queue=1, due=due, data=data).state
    assert old is not None
    assert old.phase is Phase.RELEARNING, "as the first schedulers of Anki wrote it"


def test_in_a_filtered_deck_a_card_is_due_when_it_is_due_at_home(tmp_path: Path) -> None:
    state = past(tmp_path, type=2, queue=2, due=-100_000, odue=9, odid=DECK, did=1, ivl=9).state
    assert state is not None
    assert state.due_day == date(2024, 1, 10)


def test_suspended_buried_and_new(tmp_path: Path) -> None:
    assert past(tmp_path, queue=-1) == CardPast(suspended=True)
    assert past(tmp_path, queue=-3) == CardPast()
    assert past(tmp_path) == CardPast()


def test_what_is_no_review_is_passed_over_and_cramming_is_told(tmp_path: Path) -> None:
    rows = [
        review(10, NOON, type=0),
        review(10, NOON + 1, 0, type=4, factor=2500),
        review(10, NOON + 2, 0, type=5),
        review(10, NOON + 3, 2, type=3, factor=0),
        review(10, NOON + 4, 2, type=3, factor=2500),
        review(10, -5, 3),
        review(10, 10**15, 3),
        review(10, NOON + 5, 7),
    ]
    found = past(tmp_path, rows, type=2, queue=2, due=3, ivl=3)
    assert [(each.at - NOON, each.crammed) for each in found.reviews] == [(0, False), (3, True), (4, False)]


def test_without_a_state_of_fsrs_it_is_worked_out_from_the_log(tmp_path: Path) -> None:
    model = Model()
    rows = [review(10, NOON, type=0), review(10, NOON + 3 * DAY, 4), review(10, NOON + 9 * DAY, 1, type=1)]
    state = past(tmp_path, rows, type=2, queue=2, due=19, ivl=10, factor=2300).state
    expected = model.after(model.after(model.first(3), 3, 4), 6, 1)
    assert state is not None
    assert (state.stability, state.difficulty) == expected
    cut = [review(10, NOON, ivl=8, factor=2000), review(10, NOON + 8 * DAY, 3)]
    state = past(tmp_path, cut, type=2, queue=2, due=30, ivl=22, factor=2000).state
    assert state is not None
    assert (state.stability, state.difficulty) == model.after(model.from_sm2(8, 2.0), 8, 3)
    state = past(tmp_path, type=2, queue=2, due=30, ivl=22, factor=2000).state
    assert state is not None
    assert (state.stability, state.difficulty) == model.from_sm2(22, 2.0)
    assert state.last_day == date(2024, 1, 9)


def test_what_came_before_a_reset_leaves_no_state(tmp_path: Path) -> None:
    rows = [
        review(10, NOON, 1, type=0),
        review(10, NOON + DAY, 0, type=4, factor=0),
        review(10, NOON + 2 * DAY, 3, type=0),
    ]
    again = past(tmp_path, rows, type=2, queue=2, due=5, ivl=3)
    assert again.state is not None
    assert (again.state.stability, again.state.difficulty) == Model().first(3)
    assert [each.reset for each in again.reviews] == [False, True]
    assert past(tmp_path, rows[:2]) == CardPast(reviews=again.reviews[:1]), "it is new again"


@pytest.mark.parametrize(
    "values",
    [
        {"due": 10**18, "ivl": 10**18},
        {"due": -(10**18), "ivl": -(10**18)},
        {"due": 10**12, "ivl": 5, "queue": 1, "type": 1},
        {"data": '{"s": NaN, "d": Infinity, "lrt": 1e400}'},
        {"data": '{"s": 1e300, "d": -5, "lrt": -1}'},
        {"data": '{"s": 0, "d": 99, "lrt": 99999999999999}'},
        {"data": "{" + '"a":{' * 5000},
        {"data": "[1]"},
        {"data": '{"s": ' + "9" * 5000 + "}"},
        {"reps": 10**18, "lapses": -3, "left": -1, "factor": 2**62},
        {"ivl": None, "due": "x", "reps": 1.5, "flags": b"\xff", "data": None},
    ],
)
def test_absurd_numbers_make_a_state_all_the_same(tmp_path: Path, values: Mapping[str, Any]) -> None:
    rows = [review(10, NOON, type=0, factor=2**62, time=10**18, ivl=10**18)]
    usual: dict[str, Any] = {"type": 2, "queue": 2, "due": 3, "ivl": 3}
    state = past(tmp_path, rows, **usual | dict(values)).state
    assert state is not None
    assert 0 < state.stability < float("inf")
    assert 1 <= state.difficulty <= 10
    assert date(1900, 1, 1) < state.due_day < date(2200, 1, 1) or state.due_at is not None


def test_the_settings_of_the_preset_of_most_cards_are_offered(tmp_path: Path) -> None:
    presets: dict[int, dict[str, Any]] = {
        1: {"fsrsWeights": [0.4] * 17, "desiredRetention": 0.8},
        2: {"fsrsParams6": [1.5] * 21},
    }
    content = database([note(1, BASIC, "q", "a")], [card(1, type=2, queue=2, due=3, ivl=3)], presets=presets)
    found = taken(tmp_path, package(content))
    assert found.offered == ((0.4,) * 17, 0.8)
    plain = database([note(1, BASIC, "q", "a")], [card(1, type=2, queue=2, due=3, ivl=3)])
    assert taken(tmp_path, package(plain)).offered is None, "FSRS was not in use"


def test_the_list_of_media_of_the_newest_packages(tmp_path: Path) -> None:
    media = compress(message((1, message((1, "a.png"), (2, 5))), (1, message((1, "b.mp3")))))
    found = taken(tmp_path, package(database([note(1, BASIC, "q", "a")]), 3, media=media))
    assert found.media == ("a.png", "b.mp3")


def test_how_far_it_has_come_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = tmp_path / "words.apkg"
    path.write_bytes(package(database([note(number, BASIC, f"q{number}", "a") for number in range(1, 500)])))
    read(path, day_of=day_of, model=Model(), advance=lambda done, total: told.append((done, total)))
    assert told
    assert all(done <= total for done, total in told)
