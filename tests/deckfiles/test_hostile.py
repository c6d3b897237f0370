"""Files that want to do harm, and whatever else there may be."""

from __future__ import annotations

import json

import pytest
from factories import make_source
from hypothesis import example, given
from hypothesis import strategies as st

from trainer.core.deck import Problem
from trainer.core.names import Names
from trainer.deckfiles.folder import DeckFile, File
from trainer.deckfiles.nodes import Items, Node, Table, Tree, compose
from trainer.deckfiles.reader import Reading, Registry, read_deck, read_registries
from trainer.deckfiles.report import Report

REGISTRY = Registry(sources={"freeze": make_source("freeze")}, names=Names())


def reading_of(content: bytes) -> Reading:
    return read_deck(DeckFile("deck", File("deck.yaml", content), (), ()), REGISTRY)


def read(content: bytes, *, pure: bool = False) -> tuple[Tree, tuple[Problem, ...]]:
    report = Report("deck.yaml")
    return compose(content, report, pure=pure), report.problems


def values(node: Node | None) -> object:
    if isinstance(node, Table):
        return {str(key): values(value) for key, value in node.items()}
    if isinstance(node, Items):
        return [values(item) for item in node]
    return None if node is None else str(node)


HOSTILE = {
    "a nest": b"title: T\nnotes: " + b"[" * 100_000,
    "a nest of mappings": b"{a: " * 50_000,
    "a merge bomb": b"a: &a {x: y}\nb: &b {<<: [*a, *a]}\n<<: [*b, *b]\n",
    "an alias bomb": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "a list that contains itself": b"&a [*a]\n",
    "NUL": b"title: \0\n",
    "bad UTF-8": b"title: \xff\xfe\n",
    "UTF-16": "title: T\n".encode("utf-16"),
    "an object": b"!!python/object/apply:os.system [echo]\n",
    "a name": b"title: !!python/name:os.system\n",
    "a lone surrogate": b'title: "\\ud800"\n',
    "too large a character": b'title: "\\U00110000"\n',
    "a second document": b"title: T\n---\ntitle: U\n",
    "a write to the clipboard": b'title: "\\e]52;c;ZWNobw==\\a"\n',
    "a window title in a key": b'"\\e]0;x\\a": T\n',
    "a raw escape": b"title: \x1b[2J\n",
    "a long title": b"title: " + b"x" * 100_000 + b"\n",
    "long keys": b"x" * 1_000 + b": y\n" + b"z" * 900 + b": y\n",
    "5,000 unknown keys": b"".join(b"k%d: v\n" % number for number in range(5_000)),
    "5,000 unknown sources": b"title: T\nnotes:\n"
    + b"".join(
        b"  - {question: q%d, answer: a, source: s%d}\n" % (number, number) for number in range(5_000)
    ),
    "keys that are lists": b"? [a, b]\n: c\n",
    "a directive": b"%TAG ! tag:x:\n---\n!a b\n",
    "an unclosed quote": b'title: "T\nnotes:\n',
    "binary": bytes(range(256)) * 100,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gives_problems_and_no_deck(name: str) -> None:
    reading = reading_of(HOSTILE[name])
    assert reading.deck is None
    assert any(problem.severity == "error" for problem in reading.problems)
    assert len(reading.problems) <= 1_001


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_said_of_a_hostile_file_is_short_and_steers_no_terminal(name: str) -> None:
    for problem in reading_of(HOSTILE[name]).problems:
        assert len(str(problem)) < 400
        assert str(problem).isprintable()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_registry_is_broken_and_no_more(name: str) -> None:
    registry = read_registries([File("sources.yaml", HOSTILE[name])], [File("names.yaml", HOSTILE[name])])
    assert registry.sources_broken
    assert registry.names_broken


@given(st.binary(max_size=300))
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf\xef\xbb\xbf")
def test_no_bytes_make_it_raise(content: bytes) -> None:
    for pure in (False, True):
        tree, problems = read(content, pure=pure)
        assert tree.whole or problems


_MARKS = "a ¦b: ¦- ¦\n¦  ¦\t¦[¦]¦{¦}¦,¦ #¦&a ¦*a¦!¦!!str ¦|¦>-¦'¦\"¦\\e¦\\u12¦%"
_MARKS += "¦@¦? ¦: ¦---\n¦...\n¦<<: ¦😀¦\r\n¦\0¦%YAML 1.1\n"
YAML_LIKE = st.lists(st.sampled_from(_MARKS.split("¦")), max_size=40).map("".join)


@given(st.one_of(st.text(max_size=200), YAML_LIKE))
@example('"\\U00110000"')
@example("!%ff x")
def test_no_text_makes_it_raise_and_every_place_is_in_the_file(content: str) -> None:
    raw = content.encode("utf-8", errors="surrogatepass")
    lines = raw.count(b"\n") + raw.count(b"\r") + 1
    for pure in (False, True):
        tree, problems = read(raw, pure=pure)
        assert tree.whole or problems
        assert all(1 <= problem.span.line <= lines and problem.span.column >= 1 for problem in problems)


def _is_allowed(text: str) -> bool:
    return not any(0x7F <= ord(sign) <= 0x9F or sign in "\u2028\u2029\ufeff\ufffe\uffff" for sign in text)


TEXT = st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cs"]), max_size=50).filter(_is_allowed)
VALUES = st.recursive(
    TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=15,
)


@given(st.dictionaries(TEXT, VALUES, max_size=5), st.sampled_from([None, 2]))
def test_json_is_read_as_the_same_values(value: dict[str, object], indent: int | None) -> None:
    written = json.dumps(value, ensure_ascii=False, indent=indent)
    tree, problems = read(written.encode())
    assert not problems
    assert values(tree.root) == value


@given(
    st.one_of(
        st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
    )
)
def test_no_content_makes_it_raise(content: bytes) -> None:
    reading = reading_of(content)
    assert reading.problems
    read_registries([File("sources.yaml", content)], [File("names.yaml", content)])


_WORDS = (
    "id type question answer text front back distractors source tags as_of quote basic typed choice cloze"
)
WORDS = st.sampled_from(
    [*_WORDS.split(), "reversed", "{{x}}", "{{", "freeze#1", "freeze#x", "2024-06", "", " "]
)
SHAPES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=6),
    max_leaves=12,
)


@given(st.lists(st.dictionaries(WORDS, SHAPES, max_size=8) | SHAPES, max_size=4))
def test_notes_of_any_shape_give_cards_or_problems(notes: list[object]) -> None:
    content = json.dumps({"title": "T", "notes": notes})
    reading = reading_of(content.encode())
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    assert (reading.deck is None) == bool(errors)
    places = [(problem.span.line, problem.span.column) for problem in reading.problems]
    assert places == sorted(places)
    assert all(1 <= column <= len(content) + 1 for _, column in places)
