"""What is exported, read by others as it is, and told of in the docs."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from factories import TODAY, make_outcome, make_review

from trainer.collection import Collection, export_cards, export_due, export_reviews, exporting
from trainer.config import Config, places
from trainer.core.day import Moment
from trainer.core.progress import unseen
from trainer.core.review import Rating
from trainer.core.scheduling import Scheduler
from trainer.core.session import Selection
from trainer.formats.written import Column

DOCS = (Path(__file__).parent.parent / "docs" / "exports.md").read_text(encoding="utf-8")
TABLES = {
    "reviews": export_reviews.COLUMNS,
    "cards": export_cards.COLUMNS,
    "due": export_due.COLUMNS,
}
KINDS = {"day": "day", "moment": "moment", "truth": "truth", "list": "list"}
"""Kinds of columns that the docs tell as units."""


@pytest.mark.parametrize("kind", TABLES)
def test_the_docs_tell_every_column_with_its_unit_and_no_other(kind: str) -> None:
    section = re.search(rf"^## `{kind}`\n(.*?)(?=^## )", DOCS, re.M | re.S)
    assert section
    rows = re.findall(r"^\| `(\w+)` \|([^|]*)\|", section[1], re.M)
    assert [name for name, _ in rows] == [column.name for column in TABLES[kind]]
    units = dict(rows)
    for column in TABLES[kind]:
        assert units[column.name].strip() == KINDS.get(column.kind, units[column.name].strip())
        assert column.kind in KINDS or units[column.name].strip() not in KINDS.values()


def test_the_docs_tell_every_format() -> None:
    table = dict(re.findall(r"^\| `(\w+)` \| [^|]* \| ((?:`\w+`(?:, )?)+) \|$", DOCS, re.M))
    there = {kind: list(exporting.formats(kind)) for kind in ("reviews", "cards", "due", "report", "deck")}
    assert {kind: sorted(re.findall(r"\w+", names)) for kind, names in table.items()} == {
        kind: sorted(names) for kind, names in there.items()
    }
    assert {kind: re.findall(r"\w+", names)[0] for kind, names in table.items()} == {
        kind: names[0] for kind, names in there.items()
    }


RATINGS = [Rating(number) for number in (4, 4, 3, 3, 1, 2, 3, 3, 3, 3, 3, 3)]
"""Of two cards in turn; the first is forgotten once."""


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the tables of a small collection in every format; it is the one that is worked in."""
    (tmp_path / "sources.yaml").write_text("article: {title: The article}\n")
    notes = "".join(f"  - {{id: n{n}, question: Q{n}?, answer: a, source: article#{n}}}\n" for n in (1, 2, 3))
    (tmp_path / "deck.yaml").write_text(f"title: A deck\nnotes:\n{notes}")
    where = places(data=str(tmp_path / "data"), decks=(str(tmp_path / "deck.yaml"),))
    noon = datetime(2024, 6, 20, 12, tzinfo=UTC)
    collection = Collection(where, Config(), clock=lambda: noon)
    for number in range(12):
        day, card = TODAY + timedelta(days=number // 2), f"deck/n{number % 2 + 1}/card"
        at = round(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp() * 1000) + number
        moment, rating = Moment(at, 330, day), RATINGS[number]
        before = collection.store.memory([card]).get(card)
        after = Scheduler().after(before, rating, card=card, moment=moment)
        review = make_review(card, rating, moment=moment, response='=1,"2"\r\n3', milliseconds=900 + number)
        collection.store.append_review(make_outcome(review, before, after))
    for kind, write in {
        "reviews": exporting.reviews(collection, Selection()),
        "cards": exporting.cards(collection, Selection()),
        "due": exporting.due(collection, Selection(), days=90),
    }.items():
        for name in ("csv", "json", "jsonl"):
            with (tmp_path / f"{kind}.{name}").open("w", encoding="utf-8", newline="") as stream:
                write(name, stream, unseen)
    collection.close()
    monkeypatch.chdir(tmp_path)
    return tmp_path


DUCK_TYPES = {
    "number": {"BIGINT", "DOUBLE"},
    "day": {"DATE"},
    "moment": {"TIMESTAMP WITH TIME ZONE"},
    "truth": {"BOOLEAN"},
}


def types_of(columns: tuple[Column, ...], described: list[Any], name: str) -> dict[str, tuple[str, str]]:
    """The columns of which DuckDB sees another type than they have."""
    seen = {row[0]: row[1] for row in described}
    assert list(seen) == [column.name for column in columns]
    lists = {"VARCHAR"} if name == "csv" else {"VARCHAR[]", "JSON[]"}
    expected = DUCK_TYPES | {"list": lists}
    return {
        column.name: (column.kind, seen[column.name])
        for column in columns
        if seen[column.name] not in expected.get(column.kind, {"VARCHAR"}) | {'"NULL"', "JSON"}
    }


@pytest.mark.parametrize("name", ["csv", "json", "jsonl"])
def test_duckdb_reads_every_table_with_the_right_types(name: str, files: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    for kind, columns in TABLES.items():
        rows = duckdb.sql(f"DESCRIBE SELECT * FROM '{files / kind}.{name}'").fetchall()
        wrong = types_of(columns, rows, name)
        assert {
            column: seen for column, seen in wrong.items() if name == "json" or seen[1] != "VARCHAR"
        } == {}
    query = f"SELECT rating, response, answered_at FROM '{files}/reviews.{name}' ORDER BY answered_at LIMIT 1"
    ((rating, response, at),) = duckdb.sql(query).fetchall()
    assert (rating, response) == (4, f'{chr(39) if name == "csv" else ""}=1,"2"\r\n3')
    assert at.astimezone(timezone(timedelta(minutes=330))) == datetime(2024, 6, 13, 12, tzinfo=UTC)


def test_the_queries_of_the_docs_work(files: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    block = re.search(r"^```sql\n(.*?)^```", DOCS, re.M | re.S)
    assert block
    queries = [query for query in block[1].split(";\n") if query.strip()]
    by_deck, by_month, lapsed, sources = (duckdb.sql(query).fetchall() for query in queries)
    assert by_deck[0][:2] == ("deck", 12)
    assert by_month and 0 <= by_month[0][1] <= 1
    assert [(row[0], row[2]) for row in lapsed] == [("Q1?", 1)]
    assert {source for source, _ in sources} == {"article#1", "article#2", "article#3"}


def test_days_are_those_of_the_collection(files: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    ((first, last),) = duckdb.sql("SELECT min(study_day), max(study_day) FROM 'reviews.csv'").fetchall()
    assert (first, last) == (TODAY, TODAY + timedelta(days=5))
    assert isinstance(first, date)
