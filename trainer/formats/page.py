"""What pages of HTML are made of: their style sheet, tables, and foreign text made harmless.

Pages need nothing else: no script, no network. They are well-formed XML too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from trainer.core.visible import one_line, visible

MOST = 100
"""Rows of a table; of longer ones it is told how many there are more."""

_LONGEST = 300
"""Characters of a foreign text."""
_RIGHT = ' class="number"'

_NO_CHARACTERS = {0xFFFE: "⟨FFFE⟩", 0xFFFF: "⟨FFFF⟩"}
"""What no XML may contain (Extensible Markup Language 1.0, 2.2), beyond what `visible` has made visible."""

STYLE = """
:root { color-scheme: light dark; --ink: #1c1d1f; --paper: #fff; --soft: #5b6068; --line: #e2e4e8;
  --accent: #2f6fb0; --second: #8a5a00; --good: #1d7a46; --bad: #b3372f;
  --heat0: #eceef1; --heat1: #bcd6ef; --heat2: #86b4de; --heat3: #4a87c2; --heat4: #1d548c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e6e9; --paper: #17191c; --soft: #a3a9b2; --line: #33373d;
    --accent: #6aa9e6; --second: #e0a94a; --good: #5cc08a; --bad: #e8766d;
    --heat0: #25292e; --heat1: #24466a; --heat2: #33669b; --heat3: #4f8fcd; --heat4: #9ccbf7; }
}
* { box-sizing: border-box; }
body { margin: 2rem auto 4rem; max-width: 54rem; padding: 0 1.2rem;
  color: var(--ink); background: var(--paper);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; margin: 0 0 .2rem; }
h2 { font-size: 1.25rem; margin: 2.6rem 0 .6rem; padding-top: .8rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.4rem 0 .3rem; }
p { margin: .3rem 0 .6rem; }
header p, .note, footer { color: var(--soft); }
.note { font-size: .9rem; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr)); gap: 1rem 1.4rem;
  margin: 1.4rem 0; }
dt { color: var(--soft); font-size: .85rem; }
dd { margin: 0; font-size: 1.35rem; }
dd small { display: block; font-size: .85rem; color: var(--soft); }
figure { margin: .4rem 0 1rem; overflow-x: auto; break-inside: avoid; }
table { border-collapse: collapse; width: 100%; margin: .3rem 0 1.2rem; font-size: .93rem; }
th, td { padding: .25rem .8rem .25rem 0; text-align: start; vertical-align: top;
  border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
th { color: var(--soft); font-weight: 500; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.scores, .facts, .pairs, .tests { table-layout: fixed; }
.scores th { width: 13%; }
.scores th:first-child { width: 36%; }
.scores th:nth-child(2) { width: 25%; }
.facts th { width: 9%; }
.facts th:first-child { width: 33%; }
.facts th:nth-child(2) { width: 20%; }
.facts th:nth-child(3) { width: 18%; }
.facts th:nth-child(4) { width: 11%; }
.pairs th:last-child { width: 12%; }
.tests th { width: 17%; }
.tests th:nth-child(2) { width: 49%; }
td.share { vertical-align: middle; }
.share div { height: .7rem; background: var(--accent); }
tr { break-inside: avoid; }
footer { margin-top: 3rem; font-size: .85rem; }
svg { display: block; width: 100%; min-width: 34rem; height: auto; font: 12px system-ui, sans-serif; }
svg text { fill: var(--soft); }
.grid { stroke: var(--line); stroke-width: 1; }
.bar, .dot { fill: var(--accent); }
.late { fill: var(--bad); }
.line { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; }
.line.second { stroke: var(--second); stroke-dasharray: 5 3; }
.dot.second { fill: var(--paper); stroke: var(--second); stroke-width: 2; }
.point { fill: var(--accent); fill-opacity: .55; stroke: var(--accent); }
.aim { stroke: var(--good); stroke-width: 1.5; stroke-dasharray: 2 3; }
.median { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 3 3; }
svg text.aimed { fill: var(--good); }
svg text.told { fill: var(--ink); }
.heat0 { fill: var(--heat0); } .heat1 { fill: var(--heat1); } .heat2 { fill: var(--heat2); }
.heat3 { fill: var(--heat3); } .heat4 { fill: var(--heat4); }
.part0 { fill: var(--bad); } .part1 { fill: var(--heat1); }
.part2 { fill: var(--heat3); } .part3 { fill: var(--heat4); }
@page { margin: 14mm; }
@media print {
  :root { color-scheme: light; --ink: #000; --paper: #fff; --soft: #444; --line: #c8c8c8;
    --accent: #2f6fb0; --second: #8a5a00; --good: #1d7a46; --bad: #b3372f;
    --heat0: #eceef1; --heat1: #bcd6ef; --heat2: #86b4de; --heat3: #4a87c2; --heat4: #1d548c; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { margin: 0; max-width: none; padding: 0; font-size: 10pt; }
  h2, h3 { break-after: avoid; }
  svg { min-width: 0; }
}
"""


def head(title: str, style: str, *, language: str) -> str:
    """The beginning of a page, up to its body; the title is HTML."""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}" xmlns="http://www.w3.org/1999/xhtml">\n<head>\n'
        '<meta charset="utf-8" />\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1" />\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )


def shown(text: str) -> str:
    """Foreign text as it can stand within XML or HTML, in an attribute too."""
    return escape(visible(text).translate(_NO_CHARACTERS))


def words(text: str) -> str:
    """Foreign text on one line, cut where it is very long."""
    line = one_line(text)
    return shown(line if len(line) <= _LONGEST else line[:_LONGEST] + "…")


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, texts: int = 1, kind: str = ""
) -> Iterator[str]:
    """A table; its first columns are texts, the others numbers. Cells are HTML.

    Of a `kind` that the style sheet knows, columns have their widths whatever stands in them.
    """
    cells = [
        f'<th scope="col"{"" if place < texts else _RIGHT}>{head}</th>' for place, head in enumerate(heads)
    ]
    opening = f'<table class="{kind}">' if kind else "<table>"
    yield f"{opening}\n<thead><tr>{''.join(cells)}</tr></thead>\n<tbody>"
    for row in rows[:MOST]:
        words = "".join(f'<td dir="auto">{cell}</td>' for cell in row[:texts])
        yield f"<tr>{words}{numbers(row[texts:])}</tr>"
    yield "</tbody>\n</table>"
    yield from more(len(rows) - MOST)


def numbers(cells: Iterable[str]) -> str:
    """Cells of a table that hold numbers."""
    return "".join(f"<td{_RIGHT}>{cell}</td>" for cell in cells)


def more(count: int) -> Iterator[str]:
    """That there are more rows than those shown, where there are."""
    if count > 0:
        yield f'<p class="note">and {count:,} more</p>'
