from __future__ import annotations

from collections.abc import Sequence

from trainer.core.deck import Problem
from trainer.deckfiles.folder import File
from trainer.deckfiles.registries import Registry, read_registries


def registry_of(*, sources: Sequence[str] = (), names: Sequence[str] = ()) -> Registry:
    """Registries from the outermost folder inwards."""
    return read_registries(
        [File(f"{'in/' * depth}sources.yaml", content.encode()) for depth, content in enumerate(sources)],
        [File(f"{'in/' * depth}names.yaml", content.encode()) for depth, content in enumerate(names)],
    )


def found_in(problems: Sequence[Problem]) -> list[tuple[str, str, int, int]]:
    return [(each.severity, each.code, each.span.line, each.span.column) for each in problems]


def test_registries_are_merged_and_the_nearer_entry_counts() -> None:
    registry = registry_of(
        sources=["a: {title: outer}\nb: {title: outer}\n", "b: {title: nearer}\n"],
        names=["x: {name: Minsk, kind: city, aliases: Miensk}\n", "x: {name: Miensk, kind: city}\n"],
    )
    assert not registry.problems
    assert {source.id: source.title for source in registry.sources.values()} == {"a": "outer", "b": "nearer"}
    assert [name.name for name in registry.names.entries] == ["Miensk"]
    assert registry.names.find("Minsk") is None


def test_no_registries_are_no_problem() -> None:
    registry = registry_of()
    assert not registry.sources
    assert not registry.problems
    assert not registry.sources_broken
    assert not registry.names_broken


def test_an_empty_registry_is_no_problem() -> None:
    assert not registry_of(sources=["# later\n"], names=[""]).problems


def test_a_spelling_of_two_entries_is_refused_at_the_second() -> None:
    registry = registry_of(
        names=[
            "a:\n  name: A\n  kind: k\n  aliases: [Łukasz, x]\n"
            "b:\n  name: B\n  kind: k\n  aliases: [y, LUKASZ]\n"
        ]
    )
    assert found_in(registry.problems) == [("error", "ambiguous-name", 8, 16)]
    assert "'a'" in registry.problems[0].message
    assert registry.names_broken


def test_a_spelling_of_an_entry_further_out_is_refused_as_well() -> None:
    registry = registry_of(names=["a: {name: A, kind: k}\n", "b: {name: B, kind: k, aliases: a}\n"])
    assert [str(each.span) for each in registry.problems] == ["in/names.yaml:1:32"]


def test_a_spelling_that_the_nearer_entry_gave_up_is_free() -> None:
    registry = registry_of(
        names=["x: {name: X, kind: k, aliases: z}\n", "x: {name: X, kind: k}\ny: {name: Z, kind: k}\n"]
    )
    assert not registry.problems
    found = registry.names.find("z")
    assert found is not None
    assert found.id == "y"


def test_one_entry_may_say_the_same_twice() -> None:
    assert not registry_of(names=["a: {name: A, kind: k, aliases: [a, A.]}\n"]).problems


def test_the_sound_entries_of_a_broken_registry_are_kept() -> None:
    registry = registry_of(
        sources=["a: {title: A}\nb: {}\n"], names=["x: {name: X, kind: k}\ny: {name: Y}\nz: Z\n"]
    )
    assert list(registry.sources) == ["a"]
    assert [name.id for name in registry.names.entries] == ["x"]
    assert (registry.sources_broken, registry.names_broken) == (True, True)
    assert [(code, line) for _, code, line, _ in found_in(registry.problems)] == [
        ("missing-key", 2),
        ("missing-key", 2),
        ("wrong-shape", 3),
    ]


def test_a_registry_that_cannot_be_read_is_broken() -> None:
    registry = read_registries(
        [File("sources.yaml", b"", "is larger than 32 MB")], [File("names.yaml", b"[")]
    )
    assert (registry.sources_broken, registry.names_broken) == (True, True)
    assert [(each.span.path, each.code) for each in registry.problems] == [
        ("sources.yaml", "unreadable"),
        ("names.yaml", "syntax"),
    ]


def test_a_link_that_no_browser_would_open_is_warned_of() -> None:
    registry = registry_of(
        sources=["a: {title: A, url: www.example.org}\nb: {title: B, url: 'https://example.org'}\n"]
    )
    assert found_in(registry.problems) == [("warning", "bad-url", 1, 20)]
    assert {*registry.sources} == {"a", "b"}
