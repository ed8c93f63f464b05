"""The SQL page: a query in the address is asked, and every way in which it can end is told."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from icc_data.console.examples import examples
from tests.pages.conftest import OpenPage, answered, words

CITIES = "SELECT name FROM city ORDER BY name LIMIT 3"


@pytest.fixture
def open_page(open_page: OpenPage) -> OpenPage:
    """Open the page and wait for its query: the first one of a server waits for a process to start."""
    return lambda *address, **params: answered(open_page(*address, **params))


def rows(app: AppTest) -> Any:
    """The rows of the result."""
    return app.dataframe[0].value


def editor(app: AppTest) -> Any:
    """The editor of the query."""
    return app.text_area[0]


def run(app: AppTest, sql: str) -> AppTest:
    """Type a query and run it."""
    editor(app).set_value(sql)
    return answered(next(button for button in app.button if button.label == "Run").click().run())


def test_without_a_query_the_page_begins_with_the_first_example_and_its_answer(open_page: OpenPage) -> None:
    app = open_page("sql")
    assert not app.exception
    assert "sql" not in app.query_params
    assert editor(app).value == examples()[0].sql
    assert app.selectbox(key="sql-example").value == examples()[0].name
    assert list(rows(app).columns) == ["start_year", "commitment", "practices"]
    links = [code.value for code in app.code if code.value.startswith("?sql=")]
    assert [parse_qs(link)["?sql"] for link in links] == [[examples()[0].sql]]


def test_the_page_says_what_it_is_for_and_shows_the_tables(open_page: OpenPage) -> None:
    app = open_page("sql")
    assert "It may take 5 seconds; up to 10,000 rows are shown and 100,000 downloaded." in words(app)
    assert "only these and the keys are drawn" in words(app)
    assert "Every column of a table stands below." in words(app)
    assert any(expander.label.startswith("`practice` :gray[459 rows]") for expander in app.expander)


def test_the_tables_are_described_column_by_column(open_page: OpenPage) -> None:
    app = open_page("sql")
    described = {row for table in app.table for row in table.value["Column"]}
    assert {"start_year", "when_text", "foreign_born_pct"} <= described


def test_the_tables_are_described_in_the_language_of_the_page(open_page: OpenPage) -> None:
    app = open_page("sql", lang=["fr"])
    (practice,) = [expander.label for expander in app.expander if expander.label.startswith("`practice` ")]
    assert "Une bonne pratique publiée par le programme." in practice
    (columns,) = [table.value for table in app.table if "when_text" in set(table.value["Colonne"])]
    told = dict(zip(columns["Colonne"], columns["Ce qu’elle contient"], strict=True))
    assert told["start_year"] == "Première année, lue dans les deux textes. Absente s’ils n’en nomment pas."


def test_the_names_of_tables_and_columns_stand_beside_the_editor(open_page: OpenPage) -> None:
    app = open_page("sql")
    listed = [code.value.splitlines() for code in app.code if code.value.startswith("practice\n")]
    assert len(listed) == 1
    assert {"    title VARCHAR", "    start_year SMALLINT"} <= set(listed[0])


def test_a_query_in_the_address_is_asked(open_page: OpenPage) -> None:
    app = open_page("sql", sql=[CITIES])
    assert not app.exception
    assert editor(app).value == CITIES
    assert list(rows(app)["name"]) == ["Agadir", "Albufeira", "Amadora"]
    assert "3 rows. It took" in words(app)


def test_running_a_query_writes_it_into_the_address(open_page: OpenPage) -> None:
    app = run(open_page("sql"), CITIES)
    assert app.query_params["sql"] == CITIES
    assert len(rows(app)) == 3


def test_running_the_same_query_again_asks_it_again(open_page: OpenPage) -> None:
    app = run(open_page("sql"), "SELECT random() AS r")
    first = rows(app)["r"][0]
    assert rows(run(app, "SELECT random() AS r"))["r"][0] != first


def test_what_only_looks_at_the_result_otherwise_does_not_ask_again(open_page: OpenPage) -> None:
    app = open_page("sql", sql=["SELECT random() AS r"])
    first = rows(app)["r"][0]
    assert rows(app.run())["r"][0] == first


def test_an_example_is_written_into_the_editor_and_asked(open_page: OpenPage) -> None:
    app = open_page("sql")
    app.selectbox(key="sql-example").set_value("network_coverage")
    answered(app.run())
    example = next(example for example in examples() if example.name == "network_coverage")
    assert editor(app).value == example.sql
    assert app.query_params["sql"] == example.sql
    assert "coverage" in rows(app).columns


def test_the_practices_of_the_sidebar_are_an_example_with_what_was_chosen_in_it(open_page: OpenPage) -> None:
    app = open_page("sql", country=["norway"])
    app.selectbox(key="sql-example").set_value("selected")
    answered(app.run())
    assert "'norway'" in editor(app).value
    assert len(rows(app)) == 35
    assert app.query_params["country"] == "norway"


def test_the_filters_do_not_change_a_query(open_page: OpenPage) -> None:
    app = open_page("sql", country=["norway"], sql=["SELECT count(*) AS n FROM practice"])
    assert rows(app)["n"][0] == 459


def test_a_chart_and_its_columns_stand_in_the_address(open_page: OpenPage) -> None:
    sql = next(example.sql for example in examples() if example.name == "network_coverage")
    app = open_page("sql", sql=[sql], view=["chart"], chart=["bars"], y=["coverage"])
    assert not app.exception
    assert app.selectbox(key="option-y").value == "coverage"
    assert app.selectbox(key="option-x").value == "network"


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_every_example_is_shown_as_a_chart_or_says_why_not(open_page: OpenPage, example: Any) -> None:
    app = open_page("sql", sql=[example.sql], view=["chart"])
    assert not app.exception
    drawn = app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")
    assert bool(drawn) != ("there is nothing to draw" in words(app))


def test_what_a_chart_cannot_show_is_counted(open_page: OpenPage) -> None:
    sql = next(example.sql for example in examples() if example.name == "practices_by_year")
    app = open_page("sql", sql=[sql], view=["chart"])
    assert "4 rows are not drawn: they have nothing, or no finite number, in one of these columns." in words(app)


def test_a_chart_option_of_another_query_is_left_out_with_a_note(open_page: OpenPage) -> None:
    app = open_page("sql", sql=[CITIES + " -- names"], view=["chart"], x=["country"])
    assert not app.exception
    sql = "SELECT country, count(*) AS cities FROM city GROUP BY country"
    app = open_page("sql", sql=[sql], view=["chart"], chart=["points"], x=["no such column"])
    assert "“no such column” is not something that" in words(app)


def test_a_new_query_takes_the_options_of_the_old_ones_chart_out_of_the_address(open_page: OpenPage) -> None:
    app = open_page("sql", sql=["SELECT status, count(*) AS n FROM city GROUP BY ALL"], view=["chart"], chart=["bars"])
    app = run(app, CITIES)
    assert "chart" not in app.query_params
    assert app.query_params["view"] == "chart"


def test_a_query_that_fits_nothing_says_so(open_page: OpenPage) -> None:
    app = open_page("sql", sql=["SELECT title FROM practice WHERE start_year = 1492"])
    assert not app.exception
    assert "nothing in the data answers it" in words(app)


def test_a_mistake_is_shown_at_its_place(open_page: OpenPage) -> None:
    app = open_page("sql", sql=["SELECT titel\nFROM practice"])
    assert not app.exception
    assert "see line 1, column 8" in words(app)
    assert "SELECT titel\n       ^" in [code.value for code in app.code]


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("COPY practice TO 'x.csv'", "“COPY” is not a question"),
        ("ATTACH 'x.duckdb'", "“ATTACH” is not a question"),
        ("SELECT * FROM read_csv('/etc/passwd')", "The function “read\\_csv” cannot be used here"),
        ("SELECT 1; SELECT 2", "These are 2 queries"),
    ],
)
def test_a_refusal_is_told(open_page: OpenPage, sql: str, what: str) -> None:
    app = open_page("sql", sql=[sql])
    assert not app.exception
    assert what in words(app)
    assert not app.dataframe


def test_running_nothing_says_that_there_is_no_query(open_page: OpenPage) -> None:
    app = run(open_page("sql", sql=[CITIES]), "  ")
    assert "There is no query" in words(app)
    assert editor(app).value == ""
    assert "sql" not in app.query_params
    app.query_params["sql"] = CITIES
    assert len(rows(answered(app.run()))) == 3


def test_an_address_without_its_query_begins_with_the_first_example_again(open_page: OpenPage) -> None:
    app = open_page("sql", sql=[CITIES])
    del app.query_params["sql"]
    assert editor(answered(app.run())).value == examples()[0].sql


def test_a_query_too_long_for_an_address_is_asked_and_said_not_to_stand_there(open_page: OpenPage) -> None:
    sql = f"SELECT 1 AS one -- {'long ' * 1300}"
    app = run(open_page("sql"), sql)
    assert "sql" not in app.query_params
    assert "longer than 6,000 characters" in words(app)
    assert rows(app)["one"][0] == 1


def test_more_rows_than_a_screen_holds_are_cut_and_counted(open_page: OpenPage) -> None:
    app = open_page("sql", sql=["SELECT * FROM range(12345)"])
    assert len(rows(app)) == 10_000
    assert "The first 10,000 of 12,345 rows are shown; the download holds all of them." in words(app)


@pytest.mark.parametrize(
    "garbage",
    [
        "\x00\x01\x02",
        "SELECT '" + "x" * 100_000,
        "(" * 5_000,
        "☃",
        "'; DROP TABLE practice; --",
        "![x](http://localhost:1/x.png)",
        'SELECT 1 AS "<script>", 2 AS "![x](http://localhost:1/x.png)", 3 AS """"',
    ],
    ids=["control characters", "100 kB", "brackets", "snowman", "quotes", "markdown", "names"],
)
def test_a_garbage_query_is_no_exception(open_page: OpenPage, garbage: str) -> None:
    app = open_page("sql", sql=[garbage], view=["upside down"], chart=["cake"])
    assert not app.exception
    assert not app.error


def test_days_and_times_that_no_calendar_has_are_shown_as_duckdb_writes_them(open_page: OpenPage) -> None:
    sql = "SELECT DATE '294247-01-01' AS d, 'infinity'::DATE AS i, TIME '24:00:00' AS t, 12.5::DECIMAL(38,2) AS n"
    for view in ("table", "chart"):
        app = open_page("sql", sql=[sql], view=[view])
        assert not app.exception
    app = open_page("sql", sql=[sql])
    assert rows(app).iloc[0].tolist() == ["294247-01-01", "infinity", "24:00:00", 12.5]


@pytest.mark.parametrize("sql", ["--\rFROM query('SELECT path FROM duckdb_databases()')", "--\rSELECT pg_sleep(4)"])
def test_a_remark_that_ends_with_a_carriage_return_hides_nothing(open_page: OpenPage, sql: str) -> None:
    app = open_page("sql", sql=[sql])
    assert not app.exception
    assert not app.dataframe
    assert "cannot be used here" in words(app)


def test_each_session_asks_in_a_name_of_its_own(open_page: OpenPage) -> None:
    first, second = (open_page("sql", sql=[CITIES]).session_state["sql-asker"] for _ in range(2))
    assert first != second


SOME_YEARS = "SELECT * FROM (VALUES (2015, 1), (2018, 2), (2019, 3)) AS t(year, practices) -- three"


def test_a_picture_has_a_title_of_ones_own_and_says_its_query(open_page: OpenPage):
    app = answered(open_page("sql", sql=[SOME_YEARS], view=["chart"], title=["How *many*?"]))
    said = words(app)
    assert "### How \\*many\\*?" in said
    assert "Query\\: SELECT" in said
    assert "three" not in said


def test_of_a_title_longer_than_what_a_picture_takes_the_beginning_stands_above_it(open_page: OpenPage):
    app = answered(open_page("sql", sql=[SOME_YEARS], view=["chart"], title=["x" * 130]))
    assert "130 characters were typed, the first 120 of them are used." in words(app)
    assert f"### {'x' * 120}\n" in words(app)


def test_what_a_line_does_in_years_without_a_row_can_be_chosen_where_there_are_any(open_page: OpenPage):
    app = answered(open_page("sql", sql=[SOME_YEARS], view=["chart"], chart=["lines"]))
    assert "Years without a row" in [group.label for group in app.button_group]
    whole = SOME_YEARS.replace("2015", "2017")
    app = answered(open_page("sql", sql=[whole], view=["chart"], chart=["lines"]))
    assert "Years without a row" not in [group.label for group in app.button_group]


def test_a_pivot_without_names_is_offered_with_them_and_asked_at_a_click(open_page: OpenPage):
    app = answered(open_page("sql", sql=["PIVOT practice ON certainty USING count(*)"]))
    (instead,) = [code.value for code in app.code if code.value.startswith("PIVOT")]
    assert instead == "PIVOT practice ON certainty IN ('certain', 'likely', 'unknown') USING count(*)"
    answered(app.button(key="sql-instead").click().run())
    assert app.query_params["sql"] == instead
    assert len(app.dataframe) == 1
