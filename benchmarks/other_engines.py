"""The same questions in DuckDB as the atlas asks them, and in pandas, polars and SQLite: times, and whether all agree.

    python -m benchmarks.other_engines [--practices 1000000] [--database FILE]

pandas and polars hold the tables in memory; SQLite has them in a file in memory with the indexes that Datasette would
use: one of each column by which a table is joined or filtered, and its own full-text search. The questions are those of
the overview: how many practices each value of a facet has, the newest twenty, practices by start year and policy area,
how much is known of them, policy areas against cities, and the practices that hold two words.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
from rich.console import Console
from rich.table import Table

from benchmarks.measured import Row, Size
from benchmarks.questions import database_of, open_for_timing, time_of
from benchmarks.stage import Stage
from icc_data import queries
from icc_data.queries import Connection
from icc_data.queries.selection import Selection

Answer = list[tuple[Any, ...]]
Ask = Callable[[], Answer]
# What the questions read, as each of the others gets it; few words that come again and again are categories.
TABLES = {
    "practice": "SELECT practice, practice_id, title, start_year, last_active_year, summary IS NOT NULL AS summary, "
    "url IS NOT NULL AS url, coalesce(confidence = 'high', false) AS confidence FROM practice ORDER BY practice",
    "link": "SELECT practice, facet, value FROM practice_facet",
    "words": "SELECT practice, title || ' ' || summary || ' ' || place || ' ' || labels AS text FROM practice_text",
}
ENGINES = ("atlas", "pandas", "polars", "SQLite")
GOALS = {"pandas": 10.0, "polars": 2.0, "SQLite": 50.0}
"""How many times as long as the atlas each of the others has to take at least, all questions together."""
NAMES = ("facets", "newest", "years", "known", "areas × cities", "search")
_NEWEST = ["start_year", "last_active_year", "title", "practice_id"]
_DESCENDING = [True, True, False, False]
_FIELDS = ("start_year", "summary", "url", "confidence")
# So many rows are turned into SQLite's values at a time.
_AT_ONCE = 500_000
_WORD = '"refugees" AND "sport"'


def _counted(counts: Any) -> Answer:
    return _ordered((*pair, int(count)) for pair, count in counts.items())


def _ordered(rows: Any) -> Answer:
    return sorted(tuple(row) for row in rows)


def _named(*questions: Ask) -> dict[str, Ask]:
    return dict(zip(NAMES, questions, strict=True))


def atlas(connection: Connection) -> dict[str, Ask]:
    """The questions as the atlas asks them."""
    everything = Selection()

    def facets() -> Answer:
        counts = queries.facet_counts(connection, everything)
        return _ordered((facet, value, count) for facet, of in counts.items() for value, count in of.items())

    def newest() -> Answer:
        return [(name,) for name in queries.practices(connection, everything, limit=20)["practice_id"]]

    def years() -> Answer:
        frame = queries.practices_by_year(connection, everything, "policy_area")
        frame = frame[frame["code"] != "unknown"]
        return _ordered(frame[["year", "code", "practices"]].itertuples(index=False))

    def known() -> Answer:
        frame = queries.completeness(connection, everything, "country", places=0)
        frame = frame[(frame["place"] == "all") & frame["field"].isin(_FIELDS)]
        return _ordered(frame[["field", "known"]].itertuples(index=False))

    def crossed() -> Answer:
        frame = queries.crossed(connection, everything, "city")
        frame = frame[frame["practices"] > 0]
        return _ordered(frame[["policy_area", "value", "practices"]].itertuples(index=False))

    def phrase() -> Answer:
        return [(queries.practice_count(connection, Selection(q='"refugees" "sport"')),)]

    return _named(facets, newest, years, known, crossed, phrase)


def in_pandas(tables: Mapping[str, pd.DataFrame]) -> dict[str, Ask]:
    """The questions in pandas."""
    practice, words = tables["practice"], tables["words"]
    link = tables["link"]
    area = link[link["facet"] == "policy_area"]

    def facets() -> Answer:
        counts = link.groupby(["facet", "value"], observed=True).size()
        return _counted(counts)

    def newest() -> Answer:
        ascending = [not down for down in _DESCENDING]
        return [(one,) for one in practice.sort_values(_NEWEST, ascending=ascending)["practice_id"].head(20)]

    def years() -> Answer:
        dated = area.merge(practice[["practice", "start_year"]].dropna(), on="practice")
        counts = dated.groupby(["start_year", "value"], observed=True).size()
        return _ordered((int(year), value, count) for year, value, count in _counted(counts))

    def known() -> Answer:
        return _ordered(
            (name, int(practice[name].sum() if name != "start_year" else practice[name].count())) for name in _FIELDS
        )

    def crossed() -> Answer:
        city = link[link["facet"] == "city"]
        counts = area.merge(city, on="practice").groupby(["value_x", "value_y"], observed=True).size()
        return _counted(counts)

    def phrase() -> Answer:
        text = " " + words["text"] + " "
        return [
            (int((text.str.contains(" refugees ", regex=False) & text.str.contains(" sport ", regex=False)).sum()),)
        ]

    return _named(facets, newest, years, known, crossed, phrase)


def in_polars(tables: Mapping[str, pd.DataFrame]) -> dict[str, Ask]:
    """The questions in polars, lazily."""
    practice, words = pl.from_pandas(tables["practice"]).lazy(), pl.from_pandas(tables["words"]).lazy()
    link = pl.from_pandas(tables["link"]).lazy()
    area = link.filter(pl.col("facet") == "policy_area")

    def counted(frame: pl.LazyFrame, *by: str) -> Answer:
        return _ordered(frame.group_by(by).len().collect().iter_rows())

    def newest() -> Answer:
        top = practice.sort(_NEWEST, descending=_DESCENDING, nulls_last=True).select("practice_id").head(20)
        return list(top.collect().iter_rows())

    def years() -> Answer:
        dated = practice.filter(pl.col("start_year").is_not_null()).select(
            "practice", pl.col("start_year").cast(pl.Int64)
        )
        return counted(area.join(dated, on="practice"), "start_year", "value")

    def known() -> Answer:
        sums = [pl.col("start_year").count(), *(pl.col(name).sum() for name in _FIELDS[1:])]
        return _ordered(practice.select(sums).collect().row(0, named=True).items())

    def crossed() -> Answer:
        city = link.filter(pl.col("facet") == "city").select("practice", city="value")
        return counted(area.join(city, on="practice"), "value", "city")

    def phrase() -> Answer:
        text = pl.lit(" ") + pl.col("text") + pl.lit(" ")
        both = text.str.contains(" refugees ", literal=True) & text.str.contains(" sport ", literal=True)
        return [words.select(both.sum()).collect().row(0)]

    return _named(lambda: counted(link, "facet", "value"), newest, years, known, crossed, phrase)


def in_sqlite(tables: Mapping[str, pd.DataFrame]) -> dict[str, Ask]:
    """The questions in SQLite, with an index of each column that joins or filters, and its full-text search."""
    connection = sqlite3.connect(":memory:")
    for name, frame in tables.items():
        if name != "words":
            frame.to_sql(name, connection, index=False, chunksize=_AT_ONCE)
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(text, content='')")
    connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", tables["words"].itertuples(index=False))
    for table, columns in (
        ("practice", "practice"),
        ("practice", "start_year"),
        ("link", "practice, facet, value"),
        ("link", "facet, value, practice"),
    ):
        connection.execute(f"CREATE INDEX {table}_{columns.split(', ')[0]} ON {table} ({columns})")
    connection.execute("ANALYZE")

    def ask(sql: str) -> Ask:
        return lambda: connection.execute(sql).fetchall()

    known = ", ".join(f"sum({name})" if name != "start_year" else "count(start_year)" for name in _FIELDS)
    return {
        "facets": lambda: _ordered(ask("SELECT facet, value, count(*) FROM link GROUP BY facet, value")()),
        "newest": ask(
            "SELECT practice_id FROM practice ORDER BY start_year DESC NULLS LAST, last_active_year DESC NULLS LAST, "
            "title, practice_id LIMIT 20"
        ),
        "years": lambda: _ordered(
            ask(
                "SELECT cast(start_year AS INTEGER), value, count(*) FROM practice JOIN link USING (practice) "
                "WHERE facet = 'policy_area' AND start_year IS NOT NULL GROUP BY 1, 2"
            )()
        ),
        "known": lambda: _ordered(zip(_FIELDS, ask(f"SELECT {known} FROM practice")()[0], strict=True)),
        "areas × cities": lambda: _ordered(
            ask(
                "SELECT area.value, city.value, count(*) FROM link AS area JOIN link AS city USING (practice) "
                "WHERE area.facet = 'policy_area' AND city.facet = 'city' GROUP BY 1, 2"
            )()
        ),
        "search": ask(f"SELECT count(*) FROM words WHERE text MATCH '{_WORD}'"),
    }


def compare(connection: Connection, repetitions: int = 3) -> dict[str, dict[str, tuple[float, float, bool]]]:
    """By question and engine: milliseconds by the clock, of the processor, and whether the answer is the atlas's."""
    tables = {name: connection.execute(sql).df() for name, sql in TABLES.items()}
    engines = {
        "atlas": atlas(connection),
        "pandas": in_pandas(tables),
        "polars": in_polars(tables),
        "SQLite": in_sqlite(tables),
    }
    answers = {name: ask() for name, ask in engines["atlas"].items()}
    compared: dict[str, dict[str, tuple[float, float, bool]]] = {name: {} for name in answers}
    for engine, questions in engines.items():
        for name, ask in questions.items():
            spent, answer = time_of(ask, repetitions)
            compared[name][engine] = (spent.wall, spent.processor, answer == answers[name])
    return compared


def rows(stage: Stage) -> Iterator[Row]:
    """How many times as long as the atlas each of the others takes for all questions together.

    Args:
        stage: of how many practices.
    """
    with open_for_timing(database_of(stage.practices)) as connection:
        compared = compare(connection, 3 if stage.size is Size.FULL else 1)
    total = {engine: sum(times[engine][1] for times in compared.values()) for engine in ENGINES}
    for engine, goal in GOALS.items():
        yield Row(
            f"{stage.practices:,}: {engine} ÷ the atlas", total[engine] / total["atlas"], "×", goal, at_least=True
        )
    differing = sum(not agrees for times in compared.values() for _, _, agrees in times.values())
    yield Row("answers that differ", differing, "", 0)


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    options = argparse.ArgumentParser("python -m benchmarks.other_engines", description="The same in other engines.")
    options.add_argument("--practices", type=int, default=1_000_000, help="how many (default 1 000 000)")
    options.add_argument("--database", type=Path, help="ask this database instead")
    return options


def main(arguments: list[str] | None = None) -> int:
    asked = parser().parse_args(arguments)
    with open_for_timing(asked.database or database_of(asked.practices)) as connection:
        compared = compare(connection)
    table = Table("question", *(f"{engine} ms" for engine in ENGINES), "differing")
    for name, times in compared.items():
        own = times["atlas"][1]
        cells = [f"{times[engine][1]:.0f} ({times[engine][1] / max(own, 0.1):.1f} ×)" for engine in ENGINES]
        table.add_row(name, *cells, ", ".join(engine for engine in ENGINES if not times[engine][2]) or "none")
    Console(width=140).print(table)
    print("Milliseconds of the processor, and times those of the atlas.")
    return int(any(not agrees for times in compared.values() for _, _, agrees in times.values()))


if __name__ == "__main__":
    if status := main():
        sys.exit(status)
