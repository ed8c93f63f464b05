"""Policy areas through the years, and the fields that choose the years of the timeline."""

from __future__ import annotations

import json
from typing import Any

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage, words


def cells_of_heatmap(app: AppTest) -> dict[str, Any]:
    """How the cells of the only chart of the timeline stand whose columns are years: what encodes them."""
    specs = [json.loads(chart.proto.spec) for chart in app.get("vega_lite_chart")]
    # What all views have in common is sent beside them; a band behind lines is a rectangle, but of no column.
    drawn = [{**spec.get("encoding", {}), **spec["layer"][0].get("encoding", {})} for spec in specs if "layer" in spec]
    (cells,) = [encoding for encoding in drawn if encoding.get("x", {}).get("type") == "ordinal"]
    return cells


def columns_of_heatmap(app: AppTest) -> list[int]:
    """The years of that chart."""
    return list(cells_of_heatmap(app)["x"]["scale"]["domain"])


@pytest.mark.parametrize(
    ("chosen", "columns"),
    [
        ({}, range(2002, 2027)),
        ({"from": ["2010"], "to": ["2015"]}, range(2010, 2016)),
        ({"from": ["1990"]}, range(1990, 2027)),
        ({"to": ["2015"]}, range(1991, 2016)),
    ],
)
def test_the_heatmap_shows_the_chosen_years_or_the_last_25(
    open_page: OpenPage, chosen: dict[str, list[str]], columns: range
) -> None:
    app = open_page("timeline", section=["areas"], count=["active"], **chosen)
    assert columns_of_heatmap(app) == list(columns)
    assert f"Practices active in a year, {columns[0]}–{columns[-1]}]" in words(app)


def test_two_fields_choose_the_years_of_the_timeline_as_dragging_does(open_page: OpenPage) -> None:
    app = open_page("timeline", country=["spain"])
    app.number_input(key="timeline-from").set_value(2018).run()
    assert (app.query_params["from"], app.query_params["to"]) == ("2018", "2026")
    assert (app.query_params["years"], app.query_params["undated"]) == ("started", "no")
    app.number_input(key="timeline-to").set_value(2012).run()
    assert (app.query_params["from"], app.query_params["to"]) == ("2012", "2018")


def test_the_rows_of_the_heatmap_are_ordered_by_the_chosen_years_alone(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection
) -> None:
    app = open_page("timeline", **{"section": ["areas"], "count": ["active"], "from": ["2010"], "to": ["2015"]})
    counted = connection.execute(
        """
        SELECT label_en, sum(least(last_active_year, 2015) - greatest(start_year, 2010) + 1) AS years
        FROM practice JOIN practice_term USING (practice) JOIN term USING (vocabulary, code)
        WHERE vocabulary = 'policy_area' AND start_year <= 2015 AND last_active_year >= 2010
        GROUP BY label_en
        """
    ).fetchall()
    active_years = dict(counted)
    totals = [active_years[area] for area in cells_of_heatmap(app)["y"]["sort"]]
    assert totals == sorted(totals, reverse=True)


def test_a_practice_from_before_all_years_is_named_and_no_cell_is_drawn(open_page: OpenPage) -> None:
    app = open_page("timeline", section=["areas"], q=["Immigrants Council"], to=["1990"], undated=["no"])
    assert not app.exception
    assert "**1** of 459" in words(app)
