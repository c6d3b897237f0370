"""Texts that would steer a terminal, be taken for markup, or mislead the eye, if they were let."""

from __future__ import annotations

import re

HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
    "|[\u0300-\u036f\u0489\u20dd]{40}"
)
"""What must never reach a terminal from outside, whatever the program's own gate thinks of it."""

CONTROLS = {
    "a clear screen": "\x1b[2J\x1b[H",
    "a clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "a window title": "\x1b]0;evil\x07",
    "a link": "\x1b]8;;file:///etc/passwd\x1b\\here\x1b]8;;\x1b\\",
    "a device query": "\x1b[6n\x1b[c",
    "a device string": "\x1bP$q\x22p\x1b\\",
    "a program command": "\x1b_Gf=100;AAAA\x1b\\",
    "one-byte controls": "\x9b31m\x9d0;evil\x9c\x90\x9f",
    "bells and backspaces": "\a\a\b\b\b\x7f\x0e\x0f",
    "NUL": "a\0b",
    "a carriage return": "shown\rover",
    "a vertical tab and a form feed": "a\x0bb\x0cc",
}
"""What no deck may hold, though file names, typed texts, settings and other programs' files may."""

TEXTS = {
    "an override": "\u202e" + "gnp.exe",
    "an embedding that stays open": "\u202ba\u202d b",
    "an isolate that stays open": "a\u2067b",
    "isolates closed too often": "a\u2069\u2069b\u2066c",
    "honest right-to-left": "ירוואן היא بيروت",
    "a flood of marks": "Z" + "\u0301\u0489\u20dd" * 80,
    "tags that nobody sees": "a" + "".join(chr(0xE0000 + ord(letter)) for letter in "evil"),
    "annotations": "a\ufff9b\ufffac\ufffb",
    "nothing to see": "\u200b\u200d\u2060\u180e\u00ad",
    "blanks of all kinds": "a\u00a0\u2003\u3000\u1680b",
    "markup that ends nothing": "[/]",
    "markup that ends something else": "[/red][/b]",
    "markup that acts": "[@click=app.quit]here[/]",
    "markup that links": "[link=file:///etc/passwd]here[/link]",
    "markup that is cut off": "[b][red",
    "markup with an argument": "[on $nothing 200%]x",
    "markup escaped": r"\[b]\\[/b]\\\[",
    "a style of Rich": "[bold blink conceal]x[/bold blink conceal]",
    "an emoji code": ":warning: :bomb:",
    "a link of Markdown": "[x](javascript:alert(1)) <script>alert(1)</script>",
    "HTML": '"><img src=x onerror=alert(1)></textarea></script><!--',
    "a closing style": "</style></title></svg><svg onload=alert(1)>",
    "references of HTML": "&lt;script&gt; &#0; &amp;amp; &#x202e;",
    "a formula": '=HYPERLINK("http://e.example","x")',
    "formulas of other kinds": "@SUM(1+1)*cmd|' /C calc'!A0",
    "a line of a calendar": 'x\\nEND:VEVENT\\,;:"',
    "Markdown all over": "# h\\n> q *a* `b` | c | ---",
    "wide signs": "日本語한국어😀👩\u200d👩\u200d👧🏴\U000e0067\U000e007f",
    "half of a flag": "🇦",
    "signs of no cell at all": "\u0300\ufe0f\u200d",
    "one long word": "w" * 3_000,
    "very many words": "ab " * 5_000,
    "a format": "%s %n {0} {} $HOME `id` $(id)",
    "a path": "../../../etc/passwd",
    "the last characters": "\ue000\U000f0000\U0010fffd\ufdd0",
    "a number in other digits": "٣٫١٤ Ⅷ ²",
}
"""What a deck may hold: it is shown as it is, or by visible signs."""


def quoted(text: str) -> str:
    """A text in double quotes, as YAML and JSON have it."""
    inner = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{inner}"'
