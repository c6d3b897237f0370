"""Packages, as the real Anki takes them in."""

from __future__ import annotations

import re
import zipfile
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from anki_desk import DECK, by_id, desk, in_anki, now_in, packed, study

from trainer.collection.export_anki import export_package
from trainer.config import Config
from trainer.core.fsrs6 import PARAMETERS
from trainer.core.scheduling import MemoryState, Phase
from trainer.core.session import Selection
from trainer.errors import DecksError, NotSavedError
from trainer.formats.anki.origin import unpacked

pytest.importorskip("anki")

REVIEW, LEARNING, RELEARNING = 2, 1, 3
SUSPENDED, BURIED, CRAMMED, RESET = -1, -3, 3, 4


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    """Our cards, and what Anki has of them: imported without progress, edited here, imported again."""
    folder = tmp_path_factory.mktemp("plain")
    collection, clock = desk(folder, now_in("UTC"))
    first, second = folder / "first.apkg", folder / "second.apkg"
    packed(collection, first, progress=False)
    deck = folder / "decks" / "history" / "every.yaml"
    deck.write_text(DECK.replace("A meeting is held", "A summit is held"), encoding="utf-8")
    clock[0] += timedelta(days=1)
    collection.reload()
    packed(collection, second, progress=False)
    cards = {card.id: card for card in collection.cards() if not card.superseded_by}
    collection.close()
    return cards, in_anki(folder / "anki", first, second)


def test_anki_has_every_card_that_is_asked_and_finds_nothing_wrong(plain: tuple[Any, Any]) -> None:
    ours, anki = plain
    theirs = by_id(anki["cards"])
    assert theirs.keys() == ours.keys()
    assert len(anki["cards"]) == len(ours)
    assert anki["empty"] == 0
    assert anki["integrity"] == "Database rebuilt and optimized."
    assert {card["type"] for card in anki["cards"]} == {0}
    assert anki["decks"] == ["Default", "history", "history::Every type: of note"]


def test_a_second_package_updates_the_notes(plain: tuple[Any, Any]) -> None:
    _, anki = plain
    first, second = anki["imports"]
    assert first == {"new": anki["notes"], "updated": 0, "same": 0, "refused": 0}
    assert second == {"new": 0, "updated": anki["notes"], "same": 0, "refused": 0}
    assert "A summit is held" in by_id(anki["cards"])["history/every/third/when"]["question"]


def test_anki_asks_what_we_ask(plain: tuple[Any, Any]) -> None:
    ours, anki = plain
    for name, card in by_id(anki["cards"]).items():
        # What is typed is compared, and the answer shown, where the card is.
        right = card["seen"][1] if card["kind"] != "trainer: cloze" else ""
        asked, told = text_of(card["question"]), text_of(card["answer"].replace("[[type:Answer]]", right))
        question = " ".join(ours[name].prompt.question.split())
        if ours[name].type == "cloze":
            question = question.replace("…", "...")
        assert question in asked, name
        for part in ours[name].prompt.form.answer.replace(" = ", "; ").split("; "):
            assert " ".join(part.split()) in told, name
        assert "{{" not in asked.replace("{{braces}}", "") + told.replace("{{braces}}", ""), name


def test_what_belongs_to_a_card_is_on_its_back(plain: tuple[Any, Any]) -> None:
    _, anki = plain
    card = by_id(anki["cards"])["history/every/plain/card"]
    told = text_of(card["answer"])
    for text in ("<b>not bold</b>", "Because.", "“So it is” — Somebody"):
        assert text in told
    assert "A report & more, <The> observer, 13 June 2024, ¶ 2, 3" in told
    assert '<a href="https://example.org/report?a=1&amp;b=2">' in card["answer"]
    assert "(as of June 2024)" in text_of(card["question"])
    assert "A hint & more" in text_of(card["question"]) and 'class="hint"' in card["question"]
    assert sorted(card["tags"]) == ["a", "world-affairs"]
    typed = by_id(anki["cards"])["history/every/typed/card"]
    assert "[[type:Answer]]" in typed["question"] and "Erevan" in typed["answer"]
    assert "[[type:cloze:Text]]" in by_id(anki["cards"])["history/every/gaps/c1"]["question"]


def test_options_are_shown_in_an_order_that_stays(plain: tuple[Any, Any]) -> None:
    _, anki = plain
    cards = by_id(anki["cards"])
    for option in ("Belarus", "Georgia", "Estonia"):
        assert f"<li>{option}</li>" in cards["history/every/pick/card"]["question"]
    order = cards["history/every/order/card"]
    in_order = "<li>the first</li><li>the second</li><li>the third</li>"
    assert in_order in order["answer"] and in_order not in order["question"]


def test_the_hidden_field_gives_the_note_back(plain: tuple[Any, Any]) -> None:
    _, anki = plain
    card = by_id(anki["cards"])["history/every/recall/when"]
    found = unpacked(card["hidden"], card["seen"])
    assert found is not None
    origin, as_it_was = found
    assert as_it_was
    assert origin.keys == ("what", "who", "whom", "when", "", "why")
    assert origin.fields is not None and origin.fields["why"] == ["arms were sold", "words were said"]
    changed = unpacked(card["hidden"], [*card["seen"][:-1], "another"])
    assert changed is not None and not changed[1]


@pytest.mark.parametrize(
    ("zone", "fsrs", "config"),
    [
        ("UTC", True, Config(parameters=(*PARAMETERS[:20], 0.2), desired_retention=0.85)),
        ("Asia/Tokyo", False, Config()),
        ("America/New_York", True, Config()),
    ],
)
def test_progress_is_the_same_in_anki(zone: str, fsrs: bool, config: Config, tmp_path: Path) -> None:
    collection, clock = desk(tmp_path, now_in(zone), config=config)
    study(collection, clock)
    written = packed(collection, tmp_path / "p.apkg")
    anki = in_anki(tmp_path / "anki", tmp_path / "p.apkg", zone=zone, fsrs=fsrs)
    states, cards = collection.store.memory(), by_id(anki["cards"])
    assert len(states) > 20 and any(card["reps"] > 8 for card in cards.values())
    for name, card in cards.items():
        assert_is_so(card, states.get(name), fsrs=fsrs)
    assert written.reviews + 1 == sum(len(card["reviews"]) for card in cards.values())
    assert anki["integrity"] == "Database rebuilt and optimized."
    assert_marked(cards)
    (preset,) = (preset for preset in anki["presets"] if preset["name"] == "trainer")
    assert preset["parameters"] == pytest.approx(config.parameters or PARAMETERS, abs=1e-4)
    assert preset["retention"] == pytest.approx(config.desired_retention, abs=1e-4)
    assert preset["steps"] == [[1.0, 10.0], [10.0]]
    collection.close()


def assert_is_so(card: dict[str, Any], state: MemoryState | None, *, fsrs: bool) -> None:
    """That Anki's card stands as ours, with as many reviews, the first of which it takes for the first."""
    if state is None:
        assert card["type"] == 0
        return
    known = [state.stability, state.difficulty]
    assert card["state"] == pytest.approx(known, rel=1e-3, abs=1e-3)
    if fsrs:
        assert card["again"] == pytest.approx(known, rel=2e-3)
    assert (card["reps"], card["lapses"]) == (state.reps, state.lapses)
    if state.phase is Phase.REVIEW:
        assert (card["type"], card["due_day"], card["interval"]) == (
            REVIEW,
            state.due_day.isoformat(),
            state.interval,
        )
    elif card["queue"] > 0:
        assert state.due_at is not None and card["due"] == state.due_at // 1000
        assert card["type"] == (LEARNING if state.phase is Phase.LEARNING else RELEARNING)
    if state.phase is Phase.LEARNING:
        assert card["left"] == 2 - state.step
    reviews = [review for review in card["reviews"] if review[6] != CRAMMED]
    counted = reviews[-state.reps :]
    assert counted[0][6] == 0
    assert counted[-1][2] == (state.interval if state.phase is Phase.REVIEW else counted[-1][2])
    assert counted[-1][4] == pytest.approx((state.difficulty - 1) / 9 * 1000 + 100, abs=0.6)
    assert [after[3] for after in counted[1:]] == [before[2] for before in counted[:-1]]


def assert_marked(cards: dict[str, dict[str, Any]]) -> None:
    """That what was done last is to be seen: suspended, flagged, buried, forgotten, crammed."""
    every = {name.removeprefix("history/every/"): card for name, card in cards.items()}
    assert every["price/card"]["queue"] == SUSPENDED
    assert every["match/card"]["flag"] == 1
    assert every["order/card"]["queue"] == BURIED
    assert [review[6] for review in every["typed/card"]["reviews"][-2:]] == [RESET, 0]
    *_, (_, ease, _, _, factor, milliseconds, kind) = every["plain/card"]["reviews"]
    assert (ease, factor, kind) == (2, 0, CRAMMED) and milliseconds == 4201


def test_only_the_notes_asked_for_are_written_each_of_them_whole(tmp_path: Path) -> None:
    collection, _ = desk(tmp_path, now_in("UTC"))
    path = tmp_path / "some.apkg"
    made = export_package(collection, Selection(sources=("letter#2",)), path, progress=False)
    assert (made.decks, made.notes) == (1, 4)
    assert "left out" in made.degraded[-1]
    with pytest.raises(DecksError):
        export_package(collection, Selection(tags=("none",)), tmp_path / "no.apkg", progress=False)
    assert not (tmp_path / "no.apkg").exists()


def test_a_package_that_is_broken_off_leaves_nothing(tmp_path: Path) -> None:
    collection, _ = desk(tmp_path, now_in("UTC"))
    path = tmp_path / "p.apkg"
    seen: list[int] = []

    def stop_at(limit: int) -> None:
        def advance(done: int, total: int) -> None:
            assert 0 <= done <= total
            seen.append(done)
            if len(seen) >= limit:
                raise KeyboardInterrupt

        seen.clear()
        with pytest.raises(KeyboardInterrupt):
            export_package(collection, Selection(), path, progress=True, advance=advance)

    before = sorted(tmp_path.iterdir())
    for limit in (1, 2):
        stop_at(limit)
        assert sorted(tmp_path.iterdir()) == before
    packed(collection, path)
    with pytest.raises(NotSavedError):
        export_package(collection, Selection(), path, progress=True)
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["collection.anki21", "media"]


def text_of(html: str) -> str:
    """What a card shows, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", re.sub(r"<(br|li|/li|td|hr)[^>]*>", " ", html))).split())
