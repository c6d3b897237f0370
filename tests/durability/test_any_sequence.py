"""Whatever is done, in any order, on any number of devices whose logs are merged in any order."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random
from tempfile import mkdtemp

import pytest
from doing import Doing, write_decks
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from implied import Logged, faults, logged

from trainer.storage.merging import Merged, Merging, rows_of

ACTS = ("answer", "undo", "set_aside", "flag", "browse", "forget", "quiz", "move", "carry", "edit", "restart")
DEVICES = 3


def merge(into: Doing, other: Doing, *, chance: Random | None = None) -> Merged:
    """Bring the entries of another device, or some of them by chance, in any order."""
    rows = list(rows_of(other.collection.store.connection))
    if chance is not None:
        rows = chance.sample(rows, chance.randint(0, len(rows)))
    collection = into.collection
    return Merging(collection.store).merge(rows, replay=collection.scheduler.replay)


def shown(device: Doing) -> tuple[list[Logged], object]:
    """The log with the places of its entries, and all that is implied."""
    store = device.collection.store
    return logged(store.connection), (store.memory(), store.all("SELECT * FROM marks ORDER BY card"))


class Devices(RuleBasedStateMachine):
    """Memory states, marks and owners are a replay; merged logs are the same log."""

    which = st.integers(0, DEVICES - 1)
    seeds = st.integers(0, 2**32)

    @initialize()
    def begin(self) -> None:
        self.folder = Path(mkdtemp())
        self.devices: list[Doing] = []
        for number in range(DEVICES):
            write_decks(self.folder / str(number) / "decks")
            self.devices.append(Doing(self.folder / str(number), number))

    def teardown(self) -> None:
        if not hasattr(self, "devices"):
            return
        try:
            self.all_become_one()
        finally:
            for device in self.devices:
                device.collection.close()
            shutil.rmtree(self.folder)

    @rule(
        which=which,
        act=st.sampled_from(ACTS),
        seed=seeds,
        minutes=st.sampled_from((-90_000, -70, 0, 3, 1500)),
    )
    def act(self, which: int, act: str, seed: int, minutes: int) -> None:
        device = self.devices[which]
        device.random = Random(seed)
        device.wait(minutes)
        before = logged(device.collection.store.connection)
        getattr(device, act)()
        after = logged(device.collection.store.connection)
        assert [entry["id"] for entry in after[: len(before)]] == [entry["id"] for entry in before]
        self.check(device)

    @rule(into=which, other=which, seed=seeds)
    def merge_some(self, into: int, other: int, seed: int) -> None:
        one, two = self.devices[into], self.devices[other]
        wanted = {entry["id"] for entry in shown(one)[0]}
        merged = merge(one, two, chance=Random(seed))
        assert merged.refused == ()
        assert len(shown(one)[0]) == len(wanted) + merged.added
        assert wanted <= {entry["id"] for entry in shown(one)[0]}
        self.check(one)

    def all_become_one(self) -> None:
        """Each learns what the others know: they are the same then, and stay so."""
        union = {entry["id"] for device in self.devices for entry in shown(device)[0]}
        for one in self.devices:
            for other in reversed(self.devices):
                merge(one, other)
            self.check(one)
        first, *others = map(shown, self.devices)
        assert {entry["id"] for entry in first[0]} == union
        assert all(each == first for each in others)
        for one in self.devices:
            merged = merge(one, self.devices[0])
            assert merged == Merged(0, len(union), ())
            assert shown(one) == first

    def check(self, device: Doing) -> None:
        assert faults(device.collection.store.connection, device.collection.scheduler) == []


def test_memory_is_a_replay_and_merged_logs_are_one_log(request: pytest.FixtureRequest) -> None:
    """The long run: `--trials 10000`, of 30 steps each."""
    trials = request.config.getoption("--trials")
    run_state_machine_as_test(
        Devices,
        settings=settings(max_examples=trials or 5, stateful_step_count=30 if trials else 20, deadline=None),
    )
