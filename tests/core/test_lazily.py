from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.lazily import Layered, Lazily

KEYS = st.sampled_from("abcde")
CHANGES = st.lists(st.dictionaries(KEYS, st.none() | st.integers(), max_size=3), max_size=100)


def test_a_value_is_found_once_and_only_when_it_is_asked_for() -> None:
    asked: list[str] = []

    def find(key: str) -> str:
        asked.append(key)
        return key.upper()

    lazily = Lazily("ab", find)
    assert (list(lazily), len(lazily), "a" in lazily, "c" in lazily) == (["a", "b"], 2, True, False)
    assert asked == []
    assert (lazily["b"], lazily["b"], asked) == ("B", "B", ["b"])
    assert lazily == {"a": "A", "b": "B"}


def test_what_is_not_among_the_keys_is_not_looked_for() -> None:
    lazily = Lazily("a", {"a": 1, "b": 2}.__getitem__)
    with pytest.raises(KeyError):
        lazily["b"]
    assert lazily.get("b") is None


@given(below=st.dictionaries(KEYS, st.integers()), changes=CHANGES)
def test_layers_are_a_mapping_with_all_changes_made(
    below: dict[str, int], changes: list[dict[str, int | None]]
) -> None:
    layered, expected = Layered(below, {}), dict(below)
    kept: list[tuple[Layered[int], dict[str, int]]] = []
    for change in changes:
        layered = Layered(layered, change)
        made = {**expected, **change}
        expected = {key: value for key, value in made.items() if value is not None}
        kept.append((layered, expected))
    for layers, wanted in kept:
        assert (dict(layers), len(layers)) == (wanted, len(wanted))
        assert {key for key in "abcdef" if key in layers} == set(wanted)
        assert [layers.get(key) for key in "abcdef"] == [wanted.get(key) for key in "abcdef"]
    no_key: object = 1
    assert no_key not in layered


def test_few_changes_are_copied_with_each_further_one_however_many_there_are() -> None:
    layered: Layered[int] = Layered({}, {})
    for number in range(1000):
        layered = Layered(layered, {str(number): number})
        assert len(layered._own) <= 64
    assert (len(layered), layered["0"], layered["999"]) == (1000, 0, 999)
