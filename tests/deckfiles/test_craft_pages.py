"""Every code that `check` reports has a page, and the examples on the pages are what they say."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from runpy import run_path

import pytest

from trainer.collection.checking import check
from trainer.collection.explaining import Page, pages
from trainer.core.deck import Problem
from trainer.core.question import Fault
from trainer.core.rules import RULES
from trainer.deckfiles import report, silence
from trainer.deckfiles.pages import PAGES

ROOT = Path(__file__).parent.parent.parent
TRAINER = ROOT / "trainer"
EXAMPLE = re.compile(r"^(Bad|Good):\n\n((?: {4}.*\n|\n)+)", re.M)
FILE = re.compile(r"^# (\S+\.(?:yaml|txt))\n", re.M)
ALL = pages()

PLACES = {
    "answer-in-question": "5:15",
    "enumeration": "5:13",
    "long-answer": "5:13",
    "misspelt-name": "4:15",
    "near-duplicate": "8:15",
    "odd-option": "7:31",
    "several-facts": "4:15",
    "tag-spelling": "8:41",
    "telling-option": "6:13",
    "trivial-hole": "5:11",
    "two-right-options": "7:19",
    "unattributed-claim": "5:15",
    "unused-name": "1:1",
    "unused-source": "2:1",
    "vague-time": "5:15",
    "yes-no-question": "4:15",
}
"""Where the bad example of each rule is told of, in a file with a title and `notes:` before it."""

WITHOUT = {"encoding", "no-copy", "too-large", "too-long", "too-many-problems", "unreadable"}
"""What no text of a few lines can show."""


def examples(page: Page) -> dict[str, str]:
    return dict(EXAMPLE.findall(f"{page.text}\n"))


def problems(example: str, folder: Path) -> tuple[Problem, ...]:
    """What `check` says of an example; only one with registries of its own is checked as a whole folder."""
    text = "".join(f"{line.removeprefix('    ')}\n" for line in example.rstrip().splitlines())
    _, *parts = FILE.split(text)
    for name, content in zip(parts[::2], parts[1::2], strict=True):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    if parts:
        articles = folder / "articles"
        return check([folder], articles=articles if articles.exists() else None).problems
    for registry in ("sources.yaml", "names.yaml"):
        shutil.copy(ROOT / "decks" / registry, folder)
    if text.startswith("- "):
        text = "title: Example\nnotes:\n" + "".join(f"  {line}\n" for line in text.splitlines())
    (folder / "deck.yaml").write_text(text, encoding="utf-8")
    return check([folder / "deck.yaml"]).problems


def reported() -> Iterator[str]:
    """The codes that `deckfiles` hands to a report, and those of faults."""
    for path in (*(TRAINER / "deckfiles").glob("*.py"), *(TRAINER / "core").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            called = node.func.id if isinstance(node.func, ast.Name) else called
            given = [word.value for word in node.keywords if word.arg == "code"]
            if called in ("error", "warn", "tell"):
                given += node.args[1:2]
            for code in given:
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    yield code.value
                elif isinstance(code, ast.Name) and code.id.isupper():
                    yield str((vars(silence) | vars(report))[code.id])


def test_the_codes_of_faults_are_looked_for() -> None:
    assert {"fault", "no-correction", "answers-later-event"} <= {
        *reported(),
        Fault(field="", message="").code,
    }


def test_every_code_that_is_reported_has_a_page_and_no_other() -> None:
    assert {*reported(), "fault"} == set(PAGES)
    assert not set(PAGES) & set(RULES)
    assert set(ALL) == set(PAGES) | set(RULES)


@pytest.mark.parametrize("page", ALL.values(), ids=list(ALL))
def test_a_page_begins_with_what_is_wrong(page: Page) -> None:
    assert 15 < len(page.summary) < 110
    assert re.match("[A-Z`]", page.summary) and page.summary.endswith(".")


@pytest.mark.parametrize("page", ALL.values(), ids=list(ALL))
def test_a_page_has_a_bad_and_a_good_example(page: Page) -> None:
    assert [*examples(page)] == ([] if page.code in WITHOUT else ["Bad", "Good"])


@pytest.mark.parametrize("code", sorted(ALL.keys() - WITHOUT))
def test_the_good_example_is_silent(code: str, tmp_path: Path) -> None:
    assert list(map(str, problems(examples(ALL[code])["Good"], tmp_path))) == []


@pytest.mark.parametrize("code", sorted(PAGES.keys() - WITHOUT))
def test_the_bad_example_is_a_problem_of_that_code(code: str, tmp_path: Path) -> None:
    assert code in {problem.code for problem in problems(examples(ALL[code])["Bad"], tmp_path)}


@pytest.mark.parametrize("code", RULES)
def test_the_bad_example_of_a_rule_breaks_it_alone_at_its_place(code: str, tmp_path: Path) -> None:
    found = problems(examples(ALL[code])["Bad"], tmp_path)
    assert [(each.code, f"{each.span.line}:{each.span.column}") for each in found] == [(code, PLACES[code])]


def test_the_page_of_rules_is_made_from_their_own_pages() -> None:
    made = run_path(str(ROOT / "docs" / "make_rules.py"))
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert made["page"]() == written, "run `python docs/make_rules.py`"
    assert all(f"### `{code}`\n" in written for code in ALL)
