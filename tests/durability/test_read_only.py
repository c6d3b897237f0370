"""The file system turns read-only in the middle of a session, at any change: nothing is lost or half done."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from random import Random

import pytest
from desk import Desk, front, text_of
from doing import UNKNOWN, Doing, write_decks
from failing_disk import READ_ONLY, SAID, TurningReadOnly
from implied import faults, faults_of, ids_over
from recorded_disk import Disk

from trainer.collection import Collection
from trainer.core.review import Rating
from trainer.core.session import Selection, Session
from trainer.errors import DataError, NotSavedError, TrainerError

TOLD = ("read-only file or folder", "the disk reported an error", "the file cannot be opened")
ACTS = ("answer", "undo", "set_aside", "flag", "browse", "forget", "quiz", "move", "carry", "edit", "restart")


@pytest.fixture(params=READ_ONLY)
def turning(request: pytest.FixtureRequest) -> Iterator[TurningReadOnly]:
    """What lets the disk turn read-only, on which the program's files lie."""
    turning = TurningReadOnly(READ_ONLY[request.param])
    with Disk(turning).mounted():
        yield turning


def answer(collection: Collection, session: Session) -> Session:
    return collection.rate(session, Rating.AGAIN, verdict=UNKNOWN, response="x", milliseconds=900)


def ids_in(folder: Path) -> list[bytes]:
    """The ids in the log of a progress file, opened as by the next start."""
    with closing(sqlite3.connect(folder / "progress.db")) as file:
        return ids_over(file)


@pytest.mark.parametrize("goes_on", ["in the same session", "at the next start"])
def test_at_whichever_change_the_answer_is_not_saved_and_is_once_the_disk_is_back(
    tmp_path: Path, turning: TurningReadOnly, goes_on: str
) -> None:
    write_decks(tmp_path / "decks")
    doing = Doing(tmp_path, 1)
    session = doing.collection.start(Selection(new=99))
    session = answer(doing.collection, session)
    for changes in range(60):
        before = ids_over(doing.collection.store.connection)
        turning.after(changes)
        try:
            answer(doing.collection, session)
            break
        except NotSavedError as error:
            assert any(told in str(error) for told in TOLD), error
        with pytest.raises(NotSavedError):
            answer(doing.collection, session)
        with suppress(TrainerError):  # It can be looked at unless a write has to be taken back first.
            doing.collection.overview()
        if goes_on == "at the next start":
            doing.collection.close()
            turning.back()
            doing.collection = doing.open()
            session = doing.collection.start(Selection(new=99))
        turning.back()
        connection = doing.collection.store.connection
        assert ids_over(connection) == before
        assert faults(connection, doing.collection.scheduler) == []
        session = answer(doing.collection, session)
        assert ids_over(connection)[:-1] == before
        assert faults(connection, doing.collection.scheduler) == []
    assert 5 < changes < 59
    assert turning.failed == 0
    doing.collection.close()


def test_what_a_vfs_that_says_read_only_has_not_saved_is_not_there_at_the_next_start(tmp_path: Path) -> None:
    turning = TurningReadOnly(SAID)
    with Disk(turning).mounted():
        for changes in range(60):
            folder = tmp_path / str(changes)
            write_decks(folder / "decks")
            doing = Doing(folder, 1)
            session = doing.collection.start(Selection(new=99))
            turning.after(changes)
            try:
                answer(doing.collection, session)
                break
            except NotSavedError as error:
                assert TOLD[0] in str(error)
            doing.collection.close()
            turning.back()
            assert ids_in(folder) == []
            assert faults_of(folder / "progress.db") == []
    assert 5 < changes < 59
    assert turning.failed == 0


def kinds_in(folder: Path) -> list[tuple[str, str]]:
    """Kind and card of each entry: what two runs of the same acts have in common."""
    with closing(sqlite3.connect(folder / "progress.db")) as file:
        return [*file.execute("SELECT kind, card FROM log ORDER BY seq")]


@pytest.mark.parametrize("act", ACTS)
def test_at_whichever_change_of_an_act_it_is_done_whole_or_not_at_all(
    tmp_path: Path, act: str, trials: Callable[[int], int]
) -> None:
    """The long run: `--trials 1`, at every change; else at every fifth."""
    start = tmp_path / "start"
    write_decks(start / "decks")
    used(start).collection.close()
    already = ids_in(start)
    seed, lengths, whole = done_whole(start, tmp_path, act)
    found = Counter[str]()
    for kind, codes in READ_ONLY.items():
        for changes in count(step=1 if trials(0) else 5):
            folder = tmp_path / f"{kind} {changes}"
            turning = TurningReadOnly(codes)
            with Disk(turning).mounted():
                doing = taken_up(start, folder, seed)
                turning.after(changes)
                try:
                    getattr(doing, act)()
                    said = "done"
                except (NotSavedError, DataError) as error:
                    assert any(told in str(error) for told in TOLD), error
                    said = type(error).__name__
                doing.collection.close()
                is_over = turning.failed == 0
                turning.back()
            assert ids_in(folder)[: len(already)] == already, (kind, changes)
            done = kinds_in(folder)
            assert done == whole[: len(done)] and len(done) in lengths, (kind, changes)
            assert said != "done" or len(done) == len(whole), (kind, changes)
            with closing(doing.open()) as collection:
                assert faults(collection.store.connection, collection.scheduler) == [], (kind, changes)
            shutil.rmtree(folder)
            if is_over:
                break
            found[said] += 1
    print(act, dict(found))
    assert found["NotSavedError"] or act == "restart"


def used(folder: Path) -> Doing:
    """Somebody who has done a few things with a collection."""
    doing = Doing(folder, 4)
    for _ in range(25):
        doing.act()
    return doing


def taken_up(start: Path, folder: Path, seed: int) -> Doing:
    """The same person two weeks later, over a copy of what there is; always the same."""
    shutil.copytree(start, folder)
    doing = Doing(folder, 9)
    doing.wait(60 * 24 * 14)
    doing.random = Random(seed)
    return doing


def done_whole(start: Path, place: Path, act: str) -> tuple[int, set[int], list[tuple[str, str]]]:
    """A seed by which an act does something, the lengths of the log after each transaction, and its end."""
    already = len(ids_in(start))
    for seed in range(30):
        folder = place / f"whole {seed}"
        lengths = {already}
        with Disk(ended=lambda ids, to=lengths: to.add(len(ids))).mounted():  # type: ignore[misc]
            doing = taken_up(start, folder, seed)
            getattr(doing, act)()
            doing.collection.close()
        if len(lengths) > 1 or act == "restart":
            return seed, lengths, kinds_in(folder)
    raise AssertionError(f"{act} does nothing by any seed")


async def test_the_answer_stays_on_screen_until_it_is_saved(desk: Desk, turning: TurningReadOnly) -> None:
    notes = (f"  - {{id: n{n:02}, question: Question {n:02}, answer: Answer {n:02}}}\n" for n in range(40))
    desk.write("numbers", f"title: Numbers\nnotes:\n{''.join(notes)}")
    wanted = Selection(decks=("numbers",), new=99)
    app = desk.study(wanted)
    async with app.run_test(size=(100, 30)) as pilot:
        for number in range(20):  # Every change is tried above.
            card, before = front(app), ids_over(app.collection.store.connection)
            await pilot.press("space")
            turning.after(number * 2)
            await pilot.press("4")
            if not turning.failed:
                break
            for _ in range(2):
                assert front(app) == card
                seen = " ".join(text_of(app).split())
                assert "Not saved: " in seen and any(told in seen for told in TOLD)
                assert f"Answer {number:02}" in seen
                await pilot.press("4")
            turning.back()
            await pilot.press("4")
            assert front(app) != card and "Not saved" not in text_of(app)
            assert ids_over(app.collection.store.connection)[:-1] == before
        assert 3 < number < 19
        turning.after(4)
        card, before = front(app), ids_over(app.collection.store.connection)
        await pilot.press("space", "4")
        assert front(app) == card and "Not saved" in text_of(app)
        await pilot.press("escape", "q")
    app.collection.close()
    turning.back()
    app = desk.study(wanted)
    async with app.run_test(size=(100, 30)) as pilot:
        assert front(app) == card
        assert ids_over(app.collection.store.connection) == before
        await pilot.press("space", "4")
        assert ids_over(app.collection.store.connection)[:-1] == before
    app.collection.close()
    assert faults_of(desk.folder / "progress.db") == []
