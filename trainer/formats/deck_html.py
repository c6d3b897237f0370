"""Cards to be printed, as one page of HTML: question and answer side by side, to be cut out and folded.

The page needs nothing else: no script, no network. It is well-formed XML too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from trainer.core.visible import one_line
from trainer.core.wording import plural
from trainer.formats.page import head, shown
from trainer.formats.written import DeckFormat, Side, WrittenDeck

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --soft: #5c5c5c; --line: #9a9a9a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e6e6; --paper: #17181a; --soft: #a6a6a6; --line: #6a6a6a; }
}
* { box-sizing: border-box; }
body { margin: 2rem auto; max-width: 52rem; padding: 0 1rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.4 system-ui, sans-serif; overflow-wrap: anywhere; }
header p { color: var(--soft); }
article { display: grid; grid-template-columns: 1fr 1fr; min-height: 12rem; margin-top: -1px;
  border: 1px dashed var(--line); break-inside: avoid; }
section { display: flex; flex-direction: column; justify-content: center; padding: .9rem 1.1rem; }
section + section { border-left: 1px dotted var(--line); }
p, ul { margin: 0 0 .4rem; white-space: pre-line; }
ul { padding-left: 1.2rem; white-space: normal; }
.main { font-size: 1.15rem; }
.answer { font-weight: 600; }
small { display: block; color: var(--soft); font-size: .78rem; white-space: pre-line; }
.where { margin-bottom: auto; padding-bottom: .5rem; }
.foot { margin-top: auto; padding-top: .5rem; }
a { color: inherit; }
@page { margin: 12mm; }
@media print {
  :root { color-scheme: light; --ink: #000; --paper: #fff; --soft: #444; --line: #777; }
  body { margin: 0; max-width: none; padding: 0; font-size: 10.5pt; }
  article { min-height: 62mm; }
  .screen { display: none; }
}
@media screen and (max-width: 34rem) {
  article { grid-template-columns: 1fr; }
  section + section { border-left: 0; border-top: 1px dotted var(--line); }
}
"""


def write(deck: WrittenDeck, stream: TextIO) -> Sequence[str]:
    """Write the cards of a deck; those of notes that another has superseded are left out."""
    count = sum(len(note.cards) for note in deck.notes)
    title = shown(one_line(deck.title))
    stream.write(head(title, _STYLE, language="mul"))
    stream.write(f"<header><h1>{title}</h1>\n")
    if deck.description:
        stream.write(f"<p>{shown(deck.description)}</p>\n")
    cut = "Cut along the dashed lines, fold along the dotted ones."
    stream.write(f'<p class="screen">{plural(count, "card")}. {cut}</p></header>\n<main>\n')
    for note in deck.notes:
        for side in note.cards:
            stream.writelines(f"{line}\n" for line in _card(side))
    stream.write("</main>\n</body>\n</html>\n")
    return ()


def _card(side: Side) -> Iterator[str]:
    yield "<article>"
    yield f'<section><small class="where">{shown(one_line(side.where))}</small>'
    yield f'<p class="main">{shown(side.question)}</p>'
    if side.options:
        yield f"<ul>{''.join(f'<li>{shown(option)}</li>' for option in side.options)}</ul>"
    yield f'<small class="foot">{shown(side.hint and f"Hint: {side.hint}")}</small></section>'
    yield f'<section><p class="main answer">{shown(side.answer)}</p>'
    if side.as_of:
        yield f"<small>as of {shown(side.as_of)}</small>"
    yield from (f"<p>{shown(text)}</p>" for text in (side.quote, side.explanation) if text)
    yield f'<small class="foot">{_sources(side.sources, side.urls)}</small></section>'
    yield "</article>"


def _sources(sources: Iterable[str], urls: Iterable[str]) -> str:
    links = (
        f'<a href="{shown(url)}" rel="noreferrer">{shown(url)}</a>'
        for url in urls
        if url.startswith(("https://", "http://"))
    )
    return "<br />".join((*(shown(one_line(source)) for source in sources), *links))


DECK = DeckFormat(name="html", what="cards to be printed", suffixes=(".html", ".htm"), write=write)
