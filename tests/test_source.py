"""Rules that the program's own source keeps."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import trainer

PACKAGE = Path(trainer.__file__).parent
ROOT = PACKAGE.parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
TREES = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}

FORBIDDEN = {
    "yaml.load",
    "yaml.load_all",
    "yaml.safe_load",
    "yaml.safe_load_all",
    "yaml.full_load",
    "yaml.full_load_all",
    "yaml.unsafe_load",
    "yaml.unsafe_load_all",
    "yaml.compose",
    "yaml.add_constructor",
    "pickle.load",
    "pickle.loads",
    "marshal.loads",
    "os.system",
    "os.popen",
    "os.startfile",
    "subprocess.getoutput",
    "subprocess.getstatusoutput",
    "tempfile.mktemp",
    "runpy.run_path",
    "os.walk",
    "eval",
    "exec",
    "compile",
    "__import__",
    "Content.from_markup",
    "webbrowser.open",
    "webbrowser.open_new",
    "webbrowser.open_new_tab",
}
FORBIDDEN_MODULES = {
    *(
        "pickle",
        "marshal",
        "shelve",
        "xml",
        "plistlib",
        "ftplib",
        "http",
        "smtplib",
        "socketserver",
        "requests",
    ),
    *("urllib.request", "xmlrpc", "ctypes", "telnetlib"),
}
"""What runs what it reads, takes bombs for documents, or talks to a network."""
STARTING = re.compile(r"subprocess\.(run|call|check_call|check_output|Popen)|os\.(exec|spawn)\w+")
"""What starts other programs: with words, never with a line that a shell takes apart."""
FORBIDDEN_METHODS = {"extractall", "extract", "from_markup", "executescript", "unsafe_load"}
WIDGETS_WITH_MARKUP = {
    "Static",
    "Label",
    "Button",
    "Checkbox",
    "OptionList",
    "Option",
    "Collapsible",
    "Select",
}
PRINTING = {"trainer/cli/output.py", "trainer/cli/main.py", "trainer/tui/terminal.py"}
STATEMENT = re.compile(
    r"\b(SELECT\s+[\w*(]|INSERT\s+(OR\s+\w+\s+)?INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET|"
    r"CREATE\s+(TABLE|INDEX|VIEW|TRIGGER)|PRAGMA\s+\w|BEGIN\s+IMMEDIATE)"
)


def dotted(node: ast.expr) -> str:
    """`a.b.c` of a name or attribute; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    return ((dotted(node.func), node) for node in ast.walk(tree) if isinstance(node, ast.Call))


def imported(tree: ast.AST) -> set[str]:
    """Every module imported anywhere in a file, but for those that only the type checker sees."""
    unseen = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and dotted(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in unseen:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((each.value for each in call.keywords if each.arg == name), None)


def is_false(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def forbidden_calls(tree: ast.AST) -> list[str]:
    return [
        name or "a method"
        for name, call in calls(tree)
        if name in FORBIDDEN
        or (isinstance(call.func, ast.Attribute) and call.func.attr in FORBIDDEN_METHODS)
        or not is_false(keyword(call, "shell") or ast.Constant(False))
        or not is_false(keyword(call, "followlinks") or ast.Constant(False))
    ]


def forbidden_modules(tree: ast.AST) -> set[str]:
    return {
        name
        for name in imported(tree)
        for bad in FORBIDDEN_MODULES
        if name == bad or name.startswith(f"{bad}.")
    }


def lines_for_shells(tree: ast.AST) -> list[int]:
    """Lines where a program is started by a text rather than by its words."""
    return [
        call.lineno
        for name, call in calls(tree)
        if STARTING.fullmatch(name)
        for first in call.args[:1]
        if isinstance(first, ast.JoinedStr | ast.BinOp)
        or (isinstance(first, ast.Constant) and isinstance(first.value, str))
    ]


def escapes(tree: ast.AST) -> list[str]:
    return sorted(
        name for name in imported(tree) if name.endswith("markup.escape") or name.endswith(".markup")
    )


def widgets_that_read_markup(tree: ast.AST) -> list[int]:
    """Lines where a widget is made that would read markup: all our text goes in as it is."""
    return [
        call.lineno
        for name, call in calls(tree)
        if name.rpartition(".")[2] in WIDGETS_WITH_MARKUP and not is_false(keyword(call, "markup"))
    ]


def markup_given_later(tree: ast.AST) -> list[int]:
    """Lines where text with something filled in goes to what reads markup, past the making of a widget."""
    by_call = [
        call.lineno
        for name, call in calls(tree)
        if (name.endswith(".notify") and not is_false(keyword(call, "markup")))
        or (
            name.rpartition(".")[2] in ("update", "add_option", "add_row")
            and any(isinstance(argument, ast.JoinedStr) for argument in call.args)
        )
    ]
    titles = ("border_title", "border_subtitle", "tooltip")
    by_title = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute) and target.attr in titles
        if not isinstance(node.value, ast.Constant)
        and not (isinstance(node.value, ast.Call) and dotted(node.value.func).startswith("Content"))
    ]
    return by_call + by_title


RULES: dict[str, Callable[[ast.AST], object]] = {
    "no call that runs, unpacks or follows what others wrote": forbidden_calls,
    "no module that runs what it reads or talks to a network": forbidden_modules,
    "no program started by a line": lines_for_shells,
    "no markup.escape": escapes,
    "no widget that reads markup": widgets_that_read_markup,
    "no foreign text in titles, notices and updates": markup_given_later,
}


@pytest.mark.parametrize("rule", RULES)
def test_the_source_keeps_the_rule(rule: str) -> None:
    broken = {path: found for path, tree in TREES.items() if (found := RULES[rule](tree))}
    assert broken == {}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (forbidden_calls, "yaml.load(x)"),
        (forbidden_calls, "yaml.safe_load(x)"),
        (forbidden_calls, "eval('1')"),
        (forbidden_calls, "subprocess.run('ls', shell=True)"),
        (forbidden_calls, "archive.extractall(path)"),
        (forbidden_calls, "os.walk(path, followlinks=True)"),
        (forbidden_calls, "Content.from_markup(f'[b]{x}[/b]')"),
        (forbidden_calls, "Text.from_markup(title)"),
        (forbidden_calls, "pickle.loads(x)"),
        (forbidden_calls, "tempfile.mktemp()"),
        (forbidden_calls, "exec(text)"),
        (forbidden_modules, "import urllib.request"),
        (forbidden_modules, "from xml.etree import ElementTree"),
        (lines_for_shells, "subprocess.run(f'{editor} {path}')"),
        (lines_for_shells, "subprocess.Popen('vi ' + path)"),
        (escapes, "from rich.markup import escape"),
        (escapes, "from textual import markup\nfrom textual.markup import escape"),
        (widgets_that_read_markup, "Static(f'[b]{title}[/b]')"),
        (widgets_that_read_markup, "widgets.Label(title, markup=True)"),
        (markup_given_later, "self.notify(f'{error}')"),
        (markup_given_later, "widget.update(f'{error}')"),
        (markup_given_later, "widget.border_title = deck.title"),
    ],
)
def test_a_breach_would_be_found(rule: Callable[[ast.AST], object], text: str) -> None:
    assert rule(ast.parse(text))


@pytest.mark.parametrize(
    ("package", "importers"),
    [
        ("yaml", {"trainer/deckfiles/nodes.py"}),
        ("fsrs", set()),
        ("platformdirs", {"trainer/config.py"}),
    ],
)
def test_a_package_has_one_importer(package: str, importers: set[str]) -> None:
    found = {
        path
        for path, tree in TREES.items()
        if any(name.partition(".")[0] == package for name in imported(tree))
    }
    assert found == importers


def test_only_the_storage_holds_sql_and_what_reads_and_writes_the_files_of_anki() -> None:
    holders = {
        path
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and STATEMENT.search(node.value)
    }
    assert holders and all(path.startswith(("trainer/storage/", "trainer/formats/anki/")) for path in holders)
    assert {path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*.sql")} == {
        "trainer/storage/schema_1.sql",
        "trainer/storage/schema_2.sql",
        "trainer/storage/schema_3.sql",
        "trainer/storage/schema_4.sql",
        "trainer/storage/schema_5.sql",
        "trainer/storage/schema_6.sql",
    }


def test_printing_passes_the_gate() -> None:
    printing = {path for path, tree in TREES.items() for name, _ in calls(tree) if name == "print"}
    assert printing <= PRINTING
    writing = {
        path
        for path, tree in TREES.items()
        for name, _ in calls(tree)
        if re.fullmatch(r"sys\.std(out|err)\.write(lines)?", name)
    }
    assert not writing


def test_the_core_never_asks_for_the_time_or_for_chance() -> None:
    asking = re.compile(r"(datetime|date)\.(now|today|utcnow)|time\.\w+|random\.\w+|os\.urandom|uuid\.\w+")
    found = [
        (path, name)
        for path, tree in TREES.items()
        if path.startswith("trainer/core/")
        for name, _ in calls(tree)
        if asking.fullmatch(name)
    ]
    assert found == []


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {path.name: length for path, length in lengths.items() if length > 400} == {}


def test_folders_are_two_deep_at_most() -> None:
    assert max(len(path.relative_to(PACKAGE).parts) for path in SOURCES) <= 3


def test_every_file_begins_with_what_it_is_for() -> None:
    assert [path for path, tree in TREES.items() if not ast.get_docstring(tree)] == []
