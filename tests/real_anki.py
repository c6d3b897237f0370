"""Import packages into a new collection of the real Anki, one after the other, and print what it has then.

    python real_anki.py FOLDER fsrs|sm2 PACKAGE...

A JSON object; `cards` by their guid and ord. The time zone is that of the variable TZ. Needs `anki`.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

ROLLOVER = 4


def main() -> None:
    folder, rules, *packages = sys.argv[1:]
    anki: Any = Collection(str(Path(folder) / "collection.anki2"))
    anki.set_config("fsrs", rules == "fsrs")
    imports = [imported(anki, package) for package in packages]
    told = {
        "imports": imports,
        "cards": [card_of(anki, card) for card in anki.find_cards("")],
        "decks": sorted(deck.name for deck in anki.decks.all_names_and_ids()),
        "presets": [preset_of(preset) for preset in anki.decks.all_config()],
        "empty": len(anki.get_empty_cards().notes),
        "integrity": anki.fix_integrity()[0],
        "notes": anki.note_count(),
    }
    anki.close()
    json.dump(told, sys.stdout)


def imported(anki: Any, package: str) -> dict[str, int]:
    """Import with progress and presets, and update what is older: how many notes were what."""
    options = ImportAnkiPackageOptions(merge_notetypes=True, with_scheduling=True, with_deck_configs=True)
    log = anki.import_anki_package(ImportAnkiPackageRequest(package_path=package, options=options)).log
    others = (log.conflicting, log.first_field_match, log.missing_notetype, log.missing_deck)
    return {
        "new": len(log.new),
        "updated": len(log.updated),
        "same": len(log.duplicate),
        "refused": sum(map(len, (*others, log.empty_first_field))),
    }


def card_of(anki: Any, number: int) -> dict[str, Any]:
    card = anki.get_card(number)
    note, shown = card.note(), card.render_output()
    today = (datetime.now() - timedelta(hours=ROLLOVER)).date()
    state, again = card.memory_state, anki.compute_memory_state(card.id)
    columns = "id, ease, ivl, lastIvl, factor, time, type"
    return {
        "hidden": note.fields[-1],
        "seen": note.fields[:-1],
        "ord": card.ord,
        "kind": note.note_type()["name"],
        "deck": anki.decks.name(card.did),
        "tags": note.tags,
        "type": card.type,
        "queue": card.queue,
        "due": card.due,
        "due_day": (today + timedelta(days=card.due - anki.sched.today)).isoformat()
        if card.type == 2
        else "",
        "interval": card.ivl,
        "left": card.left,
        "reps": card.reps,
        "lapses": card.lapses,
        "flag": card.user_flag(),
        "state": [state.stability, state.difficulty] if state else None,
        "again": [again.stability, again.difficulty] if state else None,
        "retention": card.desired_retention,
        "reviews": anki.db.all(f"select {columns} from revlog where cid = ? order by id", card.id),
        "question": anki.media.strip(shown.question_text),
        "answer": shown.answer_text,
    }


def preset_of(preset: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": preset["name"],
        "parameters": preset.get("fsrsParams6") or [],
        "retention": preset.get("desiredRetention"),
        "steps": [preset["new"]["delays"], preset["lapse"]["delays"]],
    }


if __name__ == "__main__":
    main()
