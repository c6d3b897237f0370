"""Processes killed at random points: no answer is lost or doubled, and no care is needed."""

from __future__ import annotations

import sqlite3
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest
from anki_packages import BASIC, REVERSED, card, database, note, package, review
from doing import Doing, places_in, write_decks
from implied import faults, ids_over
from killed import ACKNOWLEDGED, By, Victims, acknowledged, version

from trainer.collection import Collection
from trainer.collection.importing_anki import bring, prepare
from trainer.config import Config
from trainer.deckfiles import saving
from trainer.storage import migrations

WAYS: tuple[By, ...] = ("time", "call", "write")
NOON = 1_704_100_000_000
NOTES = [note(1, BASIC, "Haus", "house"), note(2, REVERSED, "Baum", "tree")]
CARDS: list[dict[str, Any]] = [card(1, type=2, queue=2, due=20, ivl=20, reps=1), card(2), card(2, 1)]
LOG = [review(10, NOON, type=0), review(10, NOON + 86_400_000)]
SCHEMAS = Path(migrations.__file__).parent


@pytest.fixture(scope="module")
def victims() -> Iterator[Victims]:
    with Victims() as started:
        yield started


def moment(chance: Random, by: By, *, seconds: float, calls: int, writes: int) -> float:
    """When to kill: sooner more often than later."""
    most = {"time": seconds, "call": calls, "write": writes}[by]
    at = most * chance.random() ** 2
    return at if by == "time" else 1 + round(at)


def room(folder: Path) -> Path:
    """A folder with decks, and nothing else."""
    write_decks(folder / "decks")
    return folder


def test_whatever_was_acknowledged_is_there_once_after_a_kill(
    victims: Victims, tmp_path: Path, trials: Callable[[int], int]
) -> None:
    """The long run: `--trials 1000`. Each file is used, and killed, several times over."""
    found = Counter[str]()
    for trial in range(trials(18)):
        chance, by = Random(trial), WAYS[trial % len(WAYS)]
        folder = tmp_path / str(trial // 6)
        if not folder.exists():
            room(folder)
        before = begun_anew(folder)
        at = moment(chance, by, seconds=0.4, calls=60_000, writes=1_200)
        assert victims.kill("things", folder, by=by, at=at, seed=trial)
        found[f"{by}: {check_after_a_kill(folder, before, by=by, seed=trial)}"] += 1
    print(dict(found))


def begun_anew(folder: Path) -> list[str]:
    """Forget what was acknowledged before; the ids that are in the log."""
    (folder / ACKNOWLEDGED).unlink(missing_ok=True)
    if not (folder / "progress.db").exists():
        return []
    with closing(sqlite3.connect(folder / "progress.db")) as connection:
        return [id.hex() for id in ids_over(connection)]


def check_after_a_kill(folder: Path, before: list[str], *, by: By, seed: int) -> str:
    """What was promised holds, and whoever comes next simply goes on; where it was killed."""
    said = acknowledged(folder)
    promised = next((line.split()[1:] for line in reversed(said) if line.startswith("has")), before)
    last = said[-1].partition(" ")[2] if said and said[-1].startswith("does") else ""
    doing = Doing(folder, seed)
    try:
        connection = doing.collection.store.connection
        ids = [id.hex() for id in ids_over(connection)]
        assert faults(connection, doing.collection.scheduler) == []
        assert ids[: len(promised)] == promised
        in_flight = ids[len(promised) :]
        if by == "write" and said and "does answer" in said[-2:]:
            assert len(in_flight) <= 1
        if not said or (said[-1].startswith("has") and by != "write"):
            assert in_flight == []
        doing.act()
        assert faults(doing.collection.store.connection, doing.collection.scheduler) == []
    finally:
        doing.collection.close()
    assert not [each.name for each in folder.iterdir() if each.name.endswith("-journal")]
    return f"{'more' if in_flight else 'as promised'} {'in an act' if last else 'between'}"


def test_an_import_that_was_killed_can_be_done_again_and_comes_to_the_same(
    victims: Victims, tmp_path: Path, trials: Callable[[int], int]
) -> None:
    """The long run: `--trials 1000`."""
    words = tmp_path / "words.apkg"
    words.write_bytes(package(database(NOTES, CARDS, LOG)))
    expected = brought(room(tmp_path / "whole"), words)
    assert expected[1]
    found = Counter[str]()
    for trial in range(trials(9)):
        chance, by = Random(trial), WAYS[trial % len(WAYS)]
        folder = room(tmp_path / str(trial))
        at = moment(chance, by, seconds=0.25, calls=60_000, writes=300)
        was_killed = victims.kill("import", folder, by=by, at=at, package=str(words))
        assert was_killed or acknowledged(folder)[-1] == "done"
        found[f"{by}: {'killed' if was_killed else 'done'}, {len(deck_files(folder))} decks"] += 1
        for text in deck_files(folder).values():
            assert text in expected[0].values()
        assert brought(folder, words) == expected
    print(dict(found))


def deck_files(folder: Path) -> dict[str, bytes]:
    """The decks below a folder."""
    return {path.name: path.read_bytes() for path in sorted((folder / "decks").glob("*.yaml"))}


def brought(folder: Path, words: Path) -> tuple[dict[str, bytes], dict[str, int]]:
    """Bring a package in; the decks then, and how many reviews of each of its cards there are."""
    places = places_in(folder)
    with closing(Collection(places, Config())) as collection:
        bring(prepare(words, places, Config()), collection)
        assert faults(collection.store.connection, collection.scheduler) == []
        query = "SELECT card, count(*) FROM kept WHERE kind IN ('review', 'carried') GROUP BY card"
        return deck_files(folder), dict(collection.store.all(query))


def test_a_migration_that_was_killed_leaves_the_old_file_or_the_new_one(
    victims: Victims, tmp_path: Path, trials: Callable[[int], int]
) -> None:
    """The long run: `--trials 1000`."""
    found = Counter[str]()
    for trial in range(trials(9)):
        chance, by = Random(trial), WAYS[trial % len(WAYS)]
        folder = tmp_path / str(trial)
        folder.mkdir()
        old = 1 + trial % (migrations.VERSION - 1)
        before = old_file(folder / "progress.db", old)
        at = moment(chance, by, seconds=0.06, calls=1_500, writes=90)
        victims.kill("open", folder, by=by, at=at)
        with closing(sqlite3.connect(folder / "progress.db")) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert logged_then(connection) == before
        assert version in (old, migrations.VERSION)
        found[f"{by}: {'old' if version == old else 'new'}"] += 1
        assert not victims.kill("open", folder, by="time", at=30)
        with closing(sqlite3.connect(folder / "progress.db")) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (migrations.VERSION,)
            assert logged_then(connection) == before
    print(dict(found))


def old_file(path: Path, version: int) -> list[Any]:
    """A progress file as an earlier version made it, with some entries; what is in its log."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        for number in range(1, version + 1):
            connection.executescript((SCHEMAS / f"schema_{number}.sql").read_text(encoding="utf-8"))
        connection.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {version}")
        for number in range(40):
            connection.execute(
                """INSERT INTO log (id, device, at, utc_offset, study_day, kind, card, value, hash)
                   VALUES (?, ?, ?, 0, '2024-06-13', 'flag', ?, 1, ?)""",
                (number.to_bytes(16, "big"), bytes(16), number, f"deck/n{number}/card", bytes(16)),
            )
        return logged_then(connection)


def logged_then(connection: sqlite3.Connection) -> list[Any]:
    return connection.execute("SELECT seq, id, at, kind, card, value, hash FROM log ORDER BY seq").fetchall()


def test_a_file_that_was_being_saved_is_the_old_one_or_the_new_one(
    victims: Victims, tmp_path: Path, trials: Callable[[int], int]
) -> None:
    """Decks, settings and exports. The long run: `--trials 1000`."""
    found = Counter[str]()
    for trial in range(trials(10)):
        chance = Random(trial)
        by: By = ("time", "call")[trial % 2]
        at = moment(chance, by, seconds=0.05, calls=700, writes=0)
        before = saved(tmp_path)
        (tmp_path / ACKNOWLEDGED).unlink(missing_ok=True)
        assert victims.kill("save", tmp_path, by=by, at=at, first=1 + trial * 1_000)
        said = list(map(int, acknowledged(tmp_path)))
        after = saved(tmp_path)
        olds = [version(said[-2])] * 2 if len(said) > 1 else before[:2]
        for now, old in zip(after, olds, strict=False):
            assert now in ((old, version(said[-1])) if said else (old,))
        assert after[2] in (said[-2:] if len(said) > 1 else [before[2], *said])
        found[f"{by}: {'old' if after == before else 'new'}"] += 1
    print(dict(found))


def saved(folder: Path) -> tuple[bytes | None, bytes | None, float]:
    """The deck, the export and the setting."""
    deck, export = (saving.read(folder / name) for name in ("deck.yaml", "export.csv"))
    settings = saving.read(folder / "config.toml") or b"hard_after = 0"
    return deck, export, float(tomllib.loads(settings.decode())["hard_after"])
