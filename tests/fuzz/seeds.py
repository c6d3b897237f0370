"""What inputs are made of: small sound files of every kind, harmful ones, and words of each format."""

from __future__ import annotations

import re
from inspect import cleandoc
from pathlib import Path

from trainer.core.questions import TYPES

CORPUS = Path(__file__).parents[1] / "hostile" / "corpus"
_LONGEST = 4_000
_EXAMPLE = re.compile(r"^ *- id:.*\Z", re.M | re.S)


def corpus(kind: str) -> tuple[bytes, ...]:
    """The harmful files of a kind that are small enough to be made more of."""
    contents = (path.read_bytes() for path in sorted((CORPUS / kind).iterdir()))
    return tuple(content for content in contents if 0 < len(content) <= _LONGEST)


def words(text: str) -> tuple[bytes, ...]:
    """Words between bars."""
    return tuple(word.encode("utf-8", "surrogateescape") for word in text.split("¦"))


def _deck_of(kind: str) -> bytes:
    """A deck with the note of a type's manual page."""
    found = _EXAMPLE.search(cleandoc(TYPES[kind].__doc__ or ""))
    assert found
    return f"title: T\nnotes:\n{found[0]}\n".encode()


DECKS = tuple(map(_deck_of, TYPES))
DECK_WORDS = words(
    "title: ¦notes:\n¦  - ¦id: ¦type: ¦question: ¦answer: ¦[¦]¦{¦}¦: ¦, ¦#¦ # ¦\n¦\n\n¦&a ¦*a¦"
    "!!str ¦<<: ¦---\n¦"
    "...\n¦%YAML 1.1\n¦|\n¦>-\n¦'¦\"¦\\e¦\\ud800¦\\x41¦? ¦{{1::¦::¦}}¦source: ¦x#1¦as_of: 2024-06\n¦"
    "superseded_by: ¦distractors: ¦date: ¦who: ¦where: ¦pairs: ¦items: ¦answers: ¦tolerance: 5%¦unit: km¦"
    "aliases: ¦ask: ¦skip: ¦accounts: ¦basic¦typed¦choice¦cloze¦event¦match¦order¦list¦number¦date¦"
    "true-false¦"
    "reversed¦# trainer: ignore no-id\n¦file: /dev/zero\n¦url: javascript:x\n¦kind: person\n"
)
REGISTRIES = (
    b"x:\n  title: A report\n  publisher: P\n  published: 2024-06\n  url: https://example.org/a\n",
    b"x:\n  title: T\n  author: [A, B]\n  file: articles/x.txt\n",
    b"yerevan:\n  name: Yerevan\n  kind: place\n  aliases: [Erevan]\nthe-hague:\n  name: The Hague\n",
)
SETTINGS = (
    b'new_per_day = 10\ntheme = "light"\ndesired_retention = 0.9\nlearning_steps = ["1m", "10m"]\n',
    b'rollover_hour = 4\nfuzz = false\narticles = "~/a"\neditor = "vi"\n\n[keys]\nreveal = "x"\n',
    b"parameters = [0.2, 1.2, 2.3, 8.2, 6.4, 0.8, 3.0, 0.0, 1.8, 0.1, 0.7, 1.4, 0.0, 0.3, 1.6, 0.6, "
    b'1.8, 0.5, 0.0, 0.0, 0.1]\ndate_order = "dmy"\ngood_from = 0.9\nhard_after = 60\nleech_lapses = 8\n',
)
SETTING_WORDS = words(
    '[¦]¦[[¦]]¦=¦"¦"""¦\'\'\'¦\\u0000¦inf¦nan¦true¦1_000¦0x10¦1979-05-27¦{a = 1}¦.¦keys¦theme¦#'
)
PAGES = (
    b"<!doctype html><html><head><meta charset=utf-8><title>T</title></head><body><article><h1>T</h1>"
    b"<p>One &amp; two.</p><ul><li>a<li>b</ul><script>x()</script></article></body></html>",
    b"<html><body><div><p>One<br>two<table><tr><td>a</table></div><!-- c --><pre>x\n y</pre></body></html>",
)
PAGE_WORDS = words(
    "<p>¦</p>¦<div>¦</div>¦<article>¦<script>¦</script>¦<style>¦<!--¦-->¦<![CDATA[¦]]>¦&amp;¦&#0;¦&#x110000;¦"
    "&#xD800;¦&lt¦<br>¦<table>¦<td>¦<li>¦<svg>¦<meta charset=¦utf-7¦idna¦zip¦hex¦rot13¦cp037¦<pre>¦"
    "<h1>¦</¦<¦>"
)
MARKDOWNS = (
    b"---\ntitle: x\n---\n\n# Head\n\nText with *stress* and [a link](http://x.org).\n\n"
    b"- one\n- two\n\n> said\n",
    b"| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n\n1. x\n2. y\n\n[^1]: note\n\n<div>html</div>\n",
)
MARKDOWN_WORDS = words(
    "# ¦- ¦* ¦> ¦```¦|¦---¦[¦](¦)¦![¦<¦>¦`¦**¦__¦\n\n¦    ¦[^1]¦[^1]: ¦&copy;¦\\¦1. ¦Q: ¦A: ¦C: ¦"
    ":: ¦? ¦{{c1::¦}}¦==¦<!-- ¦"
    " -->¦#tag¦#flashcards\n"
)
IMPORTS: dict[str, tuple[bytes, ...]] = {
    "anki": (
        b"#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n"
        b"x1\tBasic\tLang::German\t<b>Haus</b>&nbsp;&amp; Hof\t<div>house</div>\tnoun leech\n"
        b'x3\tCloze\tLang\tParis is the {{c1::capital::role}}.\t"<i>said</i>\n""so"""\tgeo\n',
        b"#separator:;\n#columns:Front;Back\nHaus;house\n",
    ),
    "csv": (
        b'question,answer,tags\n"Who, then?",me,a b\nWhat?,"that\nthere",\n',
        b"Front;Back\nHaus;house\n",
        b"type\tquestion\tanswer\tdistractors\nchoice\tWho?\tme\tyou|they\n",
    ),
    "gift": (
        b"// c\n$CATEGORY: a/b\n::T::[html]Who? {=me ~you ~%50%they#so}\n\nIt is so.{T}\n\n",
        b"When?{#1822:5}\n\nMatch.{=a -> b =c->d}\n\nHe lives in {=India}.\n\nWhy?{}\n",
    ),
    "json": (
        b'{"title": "A", "tags": ["a"], "notes": [{"question": "Who?", "answer": 5, "hint": null},\n'
        b' {"type": "match", "question": "M", "pairs": {"a": "b"}}]}',
        b'[{"front": "a", "back": "b", "type": "reversed"}]',
    ),
    "markdown": (
        b"# Title\n\nQ: One?\nA: First.\n\n- a\n\nC: [Yerevan] is here.\n\nfront :: back\n",
        *MARKDOWNS,
    ),
}
IMPORT_WORDS: dict[str, tuple[bytes, ...]] = {
    "anki": words(
        '#separator:¦#html:true\n¦#columns:¦#tags:¦#deck:¦tab¦comma¦pipe¦\t¦"¦""¦;¦,¦<br>¦'
        '<img src="x">¦[sound:x]¦'
        "&lt;¦&#0;¦{{c1::¦::¦}}¦<div>¦</div>¦<!--¦-->¦[latex]¦\\("
    ),
    "csv": words(
        ',¦;¦\t¦|¦"¦""¦\n¦\r¦question¦answer¦front¦back¦type¦tags¦=cmd()¦@x¦\'¦choice¦{{c1::¦}}¦sep=;\n'
    ),
    "gift": words(
        "{¦}¦=¦~¦#¦####¦->¦::¦%50%¦%-100%¦//¦$CATEGORY: ¦T¦FALSE¦\\¦\\n¦:¦..¦[html]¦[markdown]¦\n\n¦<p>¦&amp;"
    ),
    "json": words(
        '{¦}¦[¦]¦"¦,¦:¦null¦true¦NaN¦-Infinity¦1e999¦\\ud800¦\\u0000¦\\¦"notes"¦"question"¦"type"¦'
        '"tags"¦"pairs"'
    ),
    "markdown": MARKDOWN_WORDS,
}
ANSWERS = words(
    "; ¦ = ¦ and ¦not ¦no ¦13 June 2024¦06/12/2024¦2024-06-13¦June¦mid-¦c. ¦BC¦598,000¦1.5 million¦"
    "half a million¦"
    "$¦%¦km¦miles¦1/2¦½¦-¦–¦−¦+¦e¦1e400¦٣¦Ⅷ¦six¦hundred¦thousand¦twenty-one¦dozen¦1.2.3¦,¦.¦'¦«»¦ё¦"
    "ß¦İ¦ı¦ø¦true¦1b 2a¦"
    "all¦none¦0¦a¦1 2 3¦312¦I don't know¦Belarus¦Armenia¦Russia¦the ¦ "
)
