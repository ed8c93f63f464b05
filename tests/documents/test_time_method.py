"""What docs/method.md says of time: its examples are what the frozen data gives."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import duckdb
import pytest

from icc_data import queries
from icc_data.model.period import Form, read_period
from icc_data.model.reading import read_practice
from icc_data.queries.selection import Selection

DOCUMENT = (Path(__file__).parents[2] / "docs" / "method.md").read_text(encoding="utf-8")
TEXT = DOCUMENT.partition("\n## Time\n")[2].partition("\n## ")[0]
WORDS = " ".join(TEXT.split())
ROWS = [[cell.strip() for cell in line.strip("| ").split("|")] for line in TEXT.splitlines() if line.startswith("|")]
DECIDED_FROM = next(number for number, row in enumerate(ROWS) if row[0] == "a text like")
FORMS, DECIDED = ROWS[2:DECIDED_FROM], ROWS[DECIDED_FROM + 2 :]
# Of what was decided, these have one reading.
CERTAIN = {
    *("“adopted in 2018”", "“school year 2016/17”", "“2018 ~”"),
    *("“as early as 2005”", "“first held 2018”", "“starting 2025”"),
}
UNKNOWN = {None: "unknown", True: "yes", False: "no"}


@pytest.mark.parametrize("row", FORMS, ids=lambda row: row[0])
def test_an_example_of_a_form_is_read_as_the_table_says(row: list[str], atlas: duckdb.DuckDBPyConnection) -> None:
    form, example, start, end, goes_on, certainty = row
    text = example.strip("“”")
    period = read_period(text, 2026)
    years = [str(year or "unknown") for year in (period.start_year, period.end_year)]
    assert [period.form, *years, UNKNOWN[period.ongoing], period.certainty] == [form, start, end, goes_on, certainty]
    assert atlas.execute("SELECT count(*) > 0 FROM practice WHERE when_text = ?", [text]).fetchone() == (True,)


def test_what_was_decided_is_how_texts_are_read() -> None:
    read = [(text, read_period(text.strip("“”"), 2026)) for text, *_ in DECIDED]
    told = {text: (form, start, end, goes_on) for text, form, start, end, goes_on, _ in DECIDED}
    assert {
        text: (p.form, str(p.start_year or "unknown"), str(p.end_year or "unknown"), UNKNOWN[p.ongoing])
        for text, p in read
    } == told
    assert {period.certainty for text, period in read if text not in CERTAIN} <= {"likely", "unknown"}


def test_the_table_has_every_form() -> None:
    assert {row[0] for row in FORMS} == set(get_args(Form))


def _year(atlas: duckdb.DuckDBPyConnection, year: int, *, active: bool = False) -> dict[str, int]:
    frame = queries.practices_by_year(atlas, Selection(), active=active).set_index("year")
    return {str(name): int(value) for name, value in frame.loc[year].drop("code").items()}


def test_the_examples_of_starts_hold(atlas: duckdb.DuckDBPyConnection) -> None:
    found, of_2016 = queries.overview(atlas, Selection()), _year(atlas, 2016)
    started, bare = of_2016["practices"], of_2016["bare"]
    assert f"{found['bare']} of the {found['practices']} practices have a bare year." in WORDS
    assert f"Of the {started} that started in 2016 by their texts, {bare} do." in WORDS
    assert f"{started} practices started in 2016, {started - bare} of them by more than a bare year." in WORDS
    assert f"{found['recent']} of the {found['dated']} dated practices started in 2024, 2025 or 2026." in WORDS


def test_the_examples_of_activity_hold(atlas: duckdb.DuckDBPyConnection) -> None:
    then, now = _year(atlas, 2020, active=True), _year(atlas, 2026, active=True)
    assert f"in 2020, {then['known']} practices are known to have been active and {then['said']} more" in WORDS
    assert f"In 2026, the year of the data, it is {now['known']} and {now['said']}." in WORDS


def test_the_example_of_the_years_that_are_not_drawn_holds(atlas: duckdb.DuckDBPyConnection) -> None:
    spans = queries.spans(atlas, Selection(year_from=2016, year_to=2018, include_undated=False), limit=None)
    outside = sum(
        row.start_year < 2016 or min(row.last_active_year, 2026) > 2018 for row in spans.itertuples(index=False)
    )
    assert f"{len(spans)} dated practices were active in 2016, 2017 or 2018; {outside} of them" in WORDS


def test_the_example_of_the_undated_holds(atlas: duckdb.DuckDBPyConnection) -> None:
    found = queries.overview(atlas, Selection(year_from=2016, year_to=2018, include_undated=False))
    told = (
        f"{found['undated']} of {found['of_any_year']} practices are undated; {found['undated_without_text']} of them"
    )
    assert f"{told} carry no year text, and {found['undated_unread']} one that names no start" in WORDS


def test_the_example_of_two_texts_holds() -> None:
    reading = read_practice("2016", "since 1995", 2026)
    assert "“2016” in the year field and “since 1995” in the description give 1995, going on, likely" in WORDS
    period = reading.period
    assert (reading.conflict, period.start_year, period.ongoing, period.certainty) == (True, 1995, True, "likely")


@pytest.mark.parametrize("parameter", ["bare", "said"])
def test_the_parameters_that_it_names_are_those_of_the_address(parameter: str) -> None:
    assert re.search(f"`{parameter}=no`", TEXT)
    left_out = {"bare": Selection(include_bare=False), "said": Selection(include_said=False)}[parameter]
    assert left_out.to_params() == {parameter: ["no"]}
