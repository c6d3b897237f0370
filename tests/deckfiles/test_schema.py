from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from trainer.core.form import Field, fields_of
from trainer.core.questions import TYPES
from trainer.deckfiles.emit import deck_text
from trainer.deckfiles.model import read_note, read_source
from trainer.deckfiles.nodes import Items, Node, Table, Text, compose
from trainer.deckfiles.report import Report
from trainer.deckfiles.schema import SCHEMAS, file_name, modeline, schema_text

ROOT = Path(__file__).parent.parent.parent
DECKS = sorted(path for path in (ROOT / "decks").glob("*.yaml") if path.stem not in ("sources", "names"))
PAGES = [*(ROOT / "docs").glob("*.md"), ROOT / "README.md"]
EXAMPLES = [
    pytest.param(found[1], id=f"{page.name}-{number}")
    for page in PAGES
    for number, found in enumerate(
        re.finditer(r"^```yaml\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S)
    )
    if re.search(r"^notes:", found[1], re.M)
]
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


@cache
def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema_text(kind)))


def tree(text: str) -> Node | None:
    report = Report("x.yaml")
    root = compose(text.encode(), report).root
    assert not report.errors, report.problems
    return root


def as_an_editor_reads(node: Node | None) -> Any:
    """A value by the core schema of YAML 1.2, in which not every scalar is text."""
    if isinstance(node, Items):
        return [as_an_editor_reads(each) for each in node]
    if isinstance(node, Table):
        return {str(key): as_an_editor_reads(each) for key, each in node.items()}
    if node is None or (node.plain and node in ("", "~", "null", "Null", "NULL")):
        return None
    if node.plain and node.casefold() in ("true", "false") and (node.islower() or node.istitle()):
        return node.casefold() == "true"
    if node.plain and NUMBER.fullmatch(node):
        return int(node) if re.fullmatch("[-+]?[0-9]+", node) else float(node)
    return str(node)


def complaints(text: str, kind: str = "deck") -> list[str]:
    return [error.message for error in validator(kind).iter_errors(as_an_editor_reads(tree(text)))]


# What is taken


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_is_one(kind: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[kind]())


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.name)
def test_every_deck_that_is_shipped_is_valid(path: Path) -> None:
    assert complaints(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("kind", ["sources", "names"])
def test_the_registries_that_are_shipped_are_valid(kind: str) -> None:
    assert complaints((ROOT / "decks" / f"{kind}.yaml").read_text(encoding="utf-8"), kind) == []


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_of_the_manual_is_valid(text: str) -> None:
    assert complaints(text) == []


def test_a_value_may_look_like_a_number_a_truth_or_a_date() -> None:
    for value in ("2024", "010", "1.5", "true", "no", "12:30", "2024-06-13"):
        assert (
            complaints(f"title: {value}\nnotes:\n  - {{id: {value}, question: {value}, answer: 7}}\n") == []
        )


# Notes that Hypothesis makes: editors and reader agree

SCALARS = ["Yerevan", "2024", "2024-06", "true", "no", "1.5", "a b", "x: y", "", "- c", "[d]", "é"]
scalars = st.sampled_from(SCALARS)
lists = st.lists(scalars, min_size=1, max_size=3)
tables = st.dictionaries(scalars.filter(bool), scalars, min_size=1, max_size=3)
accounts = st.fixed_dictionaries(
    {"source": scalars | lists, "says": scalars | lists}, optional={"by": scalars}
)
FITTING: dict[str, st.SearchStrategy[Any]] = {
    "text": scalars,
    "truth": st.sampled_from(["true", "False", "no", "YES", "0", "1"]),
    "lines": scalars | lists,
    "list": lists,
    "parts": st.lists(scalars | lists, min_size=1, max_size=3),
    "pairs": tables | st.lists(st.lists(scalars, min_size=2, max_size=2), min_size=1, max_size=2),
    "table": tables,
    "accounts": st.lists(accounts, min_size=1, max_size=2),
}
anything = scalars | lists | tables | st.lists(lists, min_size=1, max_size=2) | st.lists(tables, min_size=1)


def fitting(field: Field) -> st.SearchStrategy[Any]:
    if field.name == "id":
        return st.sampled_from(["a", "2024", "true", "a-b", "ü"])
    if field.name == "as_of":
        return st.sampled_from(["2024", "2024-06", "2024-06-13"])
    return FITTING[field.kind]


@st.composite
def notes(draw: st.DrawFn) -> dict[str, Any]:
    """A note, mostly of a type that there is and with the fields that it has."""
    name = draw(st.sampled_from(sorted(TYPES)))
    fields = fields_of(TYPES[name])
    note = {field.name: draw(fitting(field)) for field in fields if field.needed or draw(st.booleans())}
    note = {"type": name, **note} if name != "basic" or draw(st.booleans()) else note
    mistake = draw(st.sampled_from(["", "", "", "shape", "missing", "extra", "type"]))
    if mistake == "shape":
        note[draw(st.sampled_from([field.name for field in fields]))] = draw(anything)
    elif mistake == "missing" and note:
        del note[draw(st.sampled_from(sorted(note)))]
    elif mistake == "extra":
        note[draw(st.sampled_from(["answr", "text", "pairs", "front", "notes", "Type"]))] = "x"
    elif mistake == "type":
        note["type"] = draw(st.sampled_from(["typd", "Basic", "true", *TYPES]))
    return note or {"question": "Q?"}


def is_taken(table: Node) -> bool:
    assert isinstance(table, Table)
    return read_note(table, Report("x.yaml")) is not None


@given(notes())
def test_a_note_is_valid_exactly_if_the_reader_takes_its_fields(note: dict[str, Any]) -> None:
    text = deck_text({"title": "T"}, [note])
    root = tree(text)
    assert isinstance(root, Table) and isinstance(root["notes"], Items)
    assert (complaints(text) == []) == is_taken(root["notes"][0]), text


# Single mistakes

NOTE = {"id": "a", "type": "typed", "question": "Q?", "answer": "A", "as_of": "2024-06"}


@pytest.mark.parametrize(
    "mistaken",
    [
        {**NOTE, "anwser": "A"},
        {key: value for key, value in NOTE.items() if key != "question"},
        {**NOTE, "type": "typd"},
        {**NOTE, "answer": {"a": "b"}},
        {**NOTE, "question": ["Q?"]},
        {**NOTE, "question": " "},
        {**NOTE, "as_of": "June 2024"},
        {**NOTE, "as_of": "2024-13"},
        {**NOTE, "as_of": "24-06"},
        {**NOTE, "as_of": "20245"},
        {**NOTE, "as_of": "0"},
        {**NOTE, "id": "a b"},
        {**NOTE, "id": "a/b"},
        {**NOTE, "pairs": {"a": "b"}},
        {"id": "a", "type": "true-false", "statement": "S", "answer": "maybe"},
        {"id": "a", "type": "match", "question": "Q?", "pairs": [["a", "b", "c"]]},
        {"id": "a", "type": "accounts", "question": "Q?", "accounts": [{"says": "x"}]},
        {"id": "a", "question": "Q?", "answer": "A", "distractors": "B"},
    ],
    ids=str,
)
def test_a_single_mistake_is_refused_by_editors_and_reader(mistaken: dict[str, Any]) -> None:
    text = deck_text({"title": "T"}, [mistaken])
    root = tree(text)
    assert isinstance(root, Table) and isinstance(root["notes"], Items)
    assert complaints(text)
    assert not is_taken(root["notes"][0])


@pytest.mark.parametrize(
    "text",
    ["notes: []\n", "title: T\nnots: []\n", "title: [T]\n", "title: T\nnotes: x\n", "title: T\nnotes: [x]\n"],
)
def test_what_is_wrong_with_the_deck_itself_is_refused(text: str) -> None:
    assert complaints(text)


def test_a_value_that_is_left_out_is_refused() -> None:
    assert complaints("title: T\nnotes:\n  - id: a\n    question:\n    answer: A\n")


@pytest.mark.parametrize("text", ["a/b: {title: T}\n", "a: {titel: T}\n", "a: {title: T, published: May}\n"])
def test_a_mistake_in_the_sources_is_refused_by_editors_and_reader(text: str) -> None:
    root = tree(text)
    assert isinstance(root, Table)
    ((name, entry),) = root.items()
    assert complaints(text, "sources")
    report = Report("x.yaml")
    assert read_source(root.key(name), entry, report) is None or report.errors


@pytest.mark.parametrize(
    "text", ["a: {name: A}\n", "a b: {name: A, kind: k}\n", "a: {name: A, kind: k, x: y}\n"]
)
def test_a_mistake_in_the_names_is_refused(text: str) -> None:
    assert complaints(text, "names")


# What editors show and where they find it


@pytest.mark.parametrize("name", sorted(TYPES))
def test_every_field_of_a_note_is_explained(name: str) -> None:
    schema = json.loads(schema_text("deck"))
    fields = schema["$defs"][f"note-{name}"]["properties"]
    shared = {f"#/$defs/{key}": value for key, value in schema["$defs"].items()}
    told = {key: shared.get(value.get("$ref"), value)["description"] for key, value in fields.items()}
    assert set(told) == {"type", *(field.name for field in fields_of(TYPES[name]))}
    assert [key for key, about in told.items() if len(about) < 10] == []


@pytest.mark.parametrize("name", sorted(TYPES))
def test_the_snippet_of_a_type_becomes_a_valid_note_when_it_is_filled_in(name: str) -> None:
    snippets = {each["label"]: each["body"] for each in SCHEMAS["deck"]()["$defs"]["note"]["defaultSnippets"]}
    filled = json.loads(re.sub(r"\$[0-9]+", "true", json.dumps(snippets[f"a note: {name}"])))
    assert complaints(deck_text({"title": "T"}, [filled])) == []


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_schemas_that_are_shipped_are_up_to_date(kind: str) -> None:
    shipped = (ROOT / "decks" / file_name(kind)).read_text(encoding="utf-8")
    assert shipped == schema_text(kind), f"run `trainer schema {kind} -o decks/{file_name(kind)}`"


@pytest.mark.parametrize("path", [*DECKS, ROOT / "decks/sources.yaml", ROOT / "decks/names.yaml"], ids=str)
def test_the_files_that_are_shipped_name_their_schema(path: Path) -> None:
    kind = path.stem if path.stem in SCHEMAS else "deck"
    assert path.read_text(encoding="utf-8").splitlines()[0] == modeline(kind)


def test_a_text_is_no_text_of_ours_by_accident() -> None:
    """The reading of an editor, as these tests have it, differs from ours where it should."""
    root = tree("[2024, '2024', true, yes, ~, 1.5, 2024-06]")
    assert as_an_editor_reads(root) == [2024, "2024", True, "yes", None, 1.5, "2024-06"]
    assert root == [
        Text(text, line=1, column=1) for text in ("2024", "2024", "true", "yes", "~", "1.5", "2024-06")
    ]
