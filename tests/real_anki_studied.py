"""Study in the real Anki for some weeks, by its own scheduler, and export what there is then.

    python real_anki_studied.py FOLDER fsrs|sm2

Writes `legacy.apkg`, `new.apkg`, `legacy.colpkg` and `new.colpkg`, and prints what Anki says of each card, as
JSON. The time zone is that of the variable TZ. Needs `anki`.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from anki.collection import Collection, ExportAnkiPackageOptions

ROLLOVER = 4
ROUNDS = (1, 3, 9, 20)
"""Days between the sittings; one is across a change of clocks in most of a year."""

PARAMETERS = [
    *(0.3, 1.4, 2.4, 8.1, 6.5, 0.8, 3.1, 0.01, 1.8, 0.2, 0.8),
    *(1.5, 0.06, 0.26, 1.6, 0.6, 1.9, 0.5, 0.1, 0.1, 0.2),
]


def main() -> None:
    folder, rules = Path(sys.argv[1]), sys.argv[2]
    anki: Any = Collection(str(folder / "collection.anki2"))
    anki.set_config("fsrs", rules == "fsrs")
    if rules == "fsrs":
        preset = anki.decks.config_dict_for_deck_id(1)
        preset["fsrsParams6"], preset["desiredRetention"] = PARAMETERS, 0.87
        anki.decks.update_config(preset)
    _notes(anki)
    for number, days in enumerate(ROUNDS):
        _sit(anki, number)
        anki = _later(anki, folder, days)
    _sit(anki, len(ROUNDS), most=3)
    _set_aside(anki)
    cards = [_told(anki, card) for card in anki.find_cards("")]
    export(anki, folder)
    print(json.dumps(cards))


def _notes(anki: Any) -> None:
    deck = anki.decks.id("Languages::German")
    given = (
        ("Basic", "das <b>Haus</b>", "the house &amp; home"),
        ("Basic (and reversed card)", "der Baum", "the tree"),
        ("Basic (type in the answer)", "Wie heisst der Hund?", "Rex"),
        ("Cloze", "{{c1::Bern::town}} liegt in der {{c2::Schweiz}}, wie {{c1::Basel}}.", "so ist es"),
        ("Basic (optional reversed card)", "der Fluss", "the river", "y"),
    )
    for name, *fields in given:
        note = anki.new_note(anki.models.by_name(name))
        for place, text in enumerate(fields):
            note.fields[place] = text
        note.tags = ["german", f"kind::{name.split()[0]}"]
        anki.add_note(note, deck)
    anki.decks.select(deck)


def _sit(anki: Any, number: int, *, most: int = 40) -> None:
    """Answer what is due, with every rating among the answers."""
    for count in range(most):
        card = anki.sched.getCard()
        if card is None:
            return
        rating = (3, 4, 1, 3, 2, 3)[(count * 5 + number + card.ord) % 6]
        anki.sched.answerCard(card, 4 if count > 20 else rating)


def _later(anki: Any, folder: Path, days: int) -> Any:
    """Let days go by: all that happened is so much longer ago."""
    seconds = days * 86_400
    cards = anki.db.all("select id, type, due, data from cards")
    anki.db.execute("update col set crt = crt - ?", seconds)
    anki.db.execute("update revlog set id = -id")
    anki.db.execute("update revlog set id = -id - ?", seconds * 1000)
    for id, kind, due, data in cards:
        known = json.loads(data or "{}")
        if "lrt" in known:
            known["lrt"] -= seconds
        due -= seconds if kind in (1, 3) and due > 10**9 else 0
        anki.db.execute("update cards set due = ?, data = ? where id = ?", due, json.dumps(known), id)
    anki.close()
    return Collection(str(folder / "collection.anki2"))


def _set_aside(anki: Any) -> None:
    cards = list(anki.find_cards(""))
    anki.sched.suspend_cards([cards[0]])
    anki.sched.bury_cards([cards[1]])
    anki.set_user_flag_for_cards(4, [cards[2]])
    anki.sched.schedule_cards_as_new([cards[3]])


def _told(anki: Any, number: int) -> dict[str, Any]:
    card = anki.get_card(number)
    today = (datetime.now() - timedelta(hours=ROLLOVER)).date()
    state = card.memory_state
    if state is None and card.type:
        state = anki.compute_memory_state(card.id)
    due_day = (today + timedelta(days=card.due - anki.sched.today)).isoformat() if card.type == 2 else ""
    rows = anki.db.all("select id, ease, time from revlog where cid = ? and ease > 0 order by id", number)
    return {
        "id": number,
        "type": card.type,
        "due_day": due_day,
        "due_at": card.due if card.type in (1, 3) else 0,
        "interval": card.ivl,
        "state": [state.stability, state.difficulty] if state else None,
        "reps": card.reps,
        "lapses": card.lapses,
        "suspended": card.queue == -1,
        "flagged": bool(card.user_flag()),
        "reviews": rows,
        "days": [
            (datetime.fromtimestamp(at / 1000) - timedelta(hours=ROLLOVER)).date().isoformat()
            for at, _, _ in rows
        ],
    }


def export(anki: Any, folder: Path) -> None:
    for name, legacy in (("legacy", True), ("new", False)):
        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=True, with_media=True, legacy=legacy
        )
        anki.export_anki_package(out_path=str(folder / f"{name}.apkg"), options=options, limit=None)
        anki.export_collection_package(str(folder / f"{name}.colpkg"), include_media=True, legacy=legacy)
        anki = Collection(str(folder / "collection.anki2"))


if __name__ == "__main__":
    main()
