"""The page of one practice: where it can be read, how it is cited, and its years among those of its policy areas."""

from __future__ import annotations

import re
from typing import Any

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from icc_data import queries
from icc_data.analysis.sources import sources
from icc_data.drawing.palette import LIGHT
from tests.pages.conftest import OpenPage, cards, words

APP = "a-welcoming-app"
LISTING = "https://coe.int/el/web/interculturalcities/good-practice?delta=5&start=22"


def record(app: AppTest) -> str:
    """The table of what is known of a practice."""
    return next(str(element.value) for element in app.markdown if str(element.value).startswith("| Field |"))


def timelines(app: AppTest) -> list[AppTest]:
    """The lists of policy areas to choose from."""
    return [box for box in app.selectbox if box.key == "option-timeline"]


def test_a_practice_seen_on_a_portal_link_is_read_and_cited_at_the_page_that_it_leads_to(open_page: OpenPage) -> None:
    app = open_page("practice", practice=[APP])
    assert app.get("link_button")[0].proto.url == LISTING
    assert f"[Good-practice listing \\(page 22\\), coe.int](<{LISTING}>)" in record(app)
    assert "address taken from a link that changes the language" in record(app)
    cited = [code.value for code in app.code[-3:]]
    assert all(LISTING in text for text in cited)
    assert "/c/portal/" not in "\n".join([record(app), *cited])


def test_what_was_seen_stands_best_first_each_address_once(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection
) -> None:
    practice = queries.practice(connection, APP)
    assert practice is not None
    expected = [source.address for source in sources(practice)]
    assert re.findall(r"Evidence\].*?\(<(.*?)>\)", record(open_page("practice", practice=[APP]))) == expected


def test_a_practice_is_cited_by_its_years_and_the_page_says_whose_they_are(open_page: OpenPage) -> None:
    app = open_page("practice", practice=[APP])
    apa, bibtex, ris, _csl = (code.value for code in app.code[-4:])
    assert apa.startswith("Council of Europe. (2019–2021). A welcoming app [Good practice; ")
    assert "2019-2021]" in apa
    assert "year = {2019}" in bibtex
    assert "PY  - 2019" in ris
    assert "The date is that of the practice" in words(app)


def test_no_card_links_to_a_portal_link(open_page: OpenPage) -> None:
    app = open_page("practices", q=["welcoming app"])
    assert APP in cards(app)
    assert LISTING in words(app)
    assert "/c/portal/" not in words(app)


def spec(app: AppTest) -> Any:
    """The chart of the timeline."""
    (chart,) = app.get("vega_lite_chart")
    return chart.proto.spec


def test_the_years_of_a_practice_are_coloured_among_those_of_its_policy_area(open_page: OpenPage) -> None:
    app = open_page("practice", practice=[APP])
    assert "datum.year >= 2019 && datum.year <= 2021" in spec(app)
    assert LIGHT.unknown in spec(app)
    assert "Years of this practice (2019–2021)" in "".join(element.proto.body for element in app.get("html"))


def test_the_reader_chooses_among_the_policy_areas_of_a_practice(open_page: OpenPage) -> None:
    app = open_page("practice", practice=[APP])
    (areas,) = timelines(app)
    assert areas.options == ["Public services", "Welcoming newcomers"]
    areas.set_value("welcoming").run()
    assert app.query_params["timeline"] == "welcoming"
    assert not app.exception
    assert timelines(open_page("practice", practice=[APP], timeline=["welcoming"]))[0].value == "welcoming"


def test_a_practice_of_one_policy_area_leaves_nothing_to_choose(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection
) -> None:
    found = connection.execute(
        "SELECT practice_id FROM practice JOIN practice_term USING (practice) WHERE vocabulary = 'policy_area' "
        "AND start_year IS NOT NULL GROUP BY ALL HAVING count(*) = 1 ORDER BY ALL LIMIT 1"
    ).fetchone()
    assert found is not None
    app = open_page("practice", practice=[found[0]])
    assert timelines(app) == []
    assert re.search(r"## In the timeline of (?!its )\w+", words(app))


@pytest.mark.parametrize("garbage", ["housing", "☃"])
def test_an_area_that_the_practice_does_not_serve_does_not_count(open_page: OpenPage, garbage: str) -> None:
    app = open_page("practice", practice=[APP], timeline=[garbage])
    assert not app.exception
    assert f"“{garbage}” is not something that “Policy area” can be" in words(app)
