r"""The hidden field of a note in Anki that says which note of ours it is.

The field `Trainer` is the last of each of our note types, stands on no card, and holds a JSON object:

    {"v": 1, "deck": "3-ambassadors", "note": "minsk-ambassador", "type": "event",
     "fields": {"id": "minsk-ambassador", "type": "event", "what": "…"}, "keys": ["what", "who", "", "when"],
     "digest": "0123456789abcdef"}

`keys[ord]` is the key of our card that stands at this `ord` in Anki, empty where there is none: its id is
`deck/note/key`. `fields` are those of the note as in its deck file, texts, lists and mappings; they are left
out of a note in Anki that is but one card shared by several notes of ours. `digest` tells whether the fields
that are seen were edited since: see `digest_of`. The JSON is ASCII, and what Anki would take for HTML, for a
hole or for a sound is escaped within it.

What is seen of a note stands in fields called as ours, with a capital and blanks: `Question`, `As of`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from json.encoder import encode_basestring_ascii as quoted
from typing import NamedTuple
from unicodedata import normalize

from trainer.core.form import Value

FIELD = "Trainer"
"""The name of the field."""

VERSION = 1

_DEEPEST = 5

_CLOSE = (",", ":")
_SPECIAL = re.compile(r"[<>&]|\{(?=\{)|\[(?=[A-Za-z$])")
"""What means something to Anki, and never stands between the texts of JSON."""


class Origin(NamedTuple):
    """Which note of ours a note in Anki is; `fields` is None where it holds a shared card only."""

    deck: str
    note: str
    type: str
    keys: tuple[str, ...]
    fields: Mapping[str, Value] | None = None


def digest_of(seen: Sequence[str]) -> str:
    """16 hexadecimal digits of the fields before this one, as HTML, in the order of the note type.

    Anki keeps text in the normal form C, whatever it is given.
    """
    text = "\x1f".join(seen)
    if not text.isascii():
        text = normalize("NFC", text)
    return blake2b(text.encode(errors="surrogatepass"), digest_size=8).hexdigest()


def packed(origin: Origin, seen: Sequence[str], *, fields: str = "") -> str:
    """What the field holds, for a note with those fields before it.

    `fields` are those of our note as JSON, where they are at hand as such.
    """
    if not fields and origin.fields is not None:
        fields = json.dumps(origin.fields, separators=_CLOSE)
    deck, note, kind = map(quoted, origin[:3])
    between = f',"fields":{fields}' if fields else ""
    keys = ",".join(map(quoted, origin.keys))
    named = f'"v":{VERSION},"deck":{deck},"note":{note},"type":{kind}{between}'
    text = f'{{{named},"keys":[{keys}],"digest":"{digest_of(seen)}"}}'
    return _SPECIAL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def unpacked(text: str, seen: Sequence[str]) -> tuple[Origin, bool] | None:
    """What the field says, and whether the fields before it are as they were; None if it is none of ours."""
    if not text.startswith("{"):
        return None
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or content.get("v") != VERSION:
        return None
    named = [content.get(name) for name in ("deck", "note", "type")]
    keys, fields = content.get("keys"), content.get("fields")
    if not all(isinstance(name, str) and name for name in named) or not isinstance(keys, list):
        return None
    if not all(isinstance(key, str) for key in keys) or not (fields is None or _are_fields(fields)):
        return None
    deck, note, kind = map(str, named)
    return Origin(deck, note, kind, tuple(keys), fields), content.get("digest") == digest_of(seen)


def _are_fields(value: object, depth: int = 0) -> bool:
    """Whether a value can be the fields of a note: texts, lists and mappings, a few in one another."""
    if isinstance(value, str):
        return depth > 0
    if depth == _DEEPEST or not isinstance(value, dict | list):
        return False
    return all(
        _are_fields(part, depth + 1) for part in (value.values() if isinstance(value, dict) else value)
    )
