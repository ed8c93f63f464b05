"""Two selections on four pages: what is shown and said, how a comparison begins, turns round and ends."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from icc_data.paths import DATABASE
from icc_data.store.database import open_database
from tests.pages.conftest import OpenPage, words
from tests.pages.test_method import methods, opened, said, sql_of

PAGES = ("map", "timeline", "topics", "practices")
SPAIN_ITALY = {"country": ["spain"], "compare": ["country=italy"]}
pytestmark = pytest.mark.usefixtures("pages_known")


def plain(app: AppTest) -> str:
    return words(app).replace("\\", "")


def asked(app: AppTest) -> dict[str, list[str]]:
    values = {name: app.query_params[name] for name in app.query_params}
    return {name: [value] if isinstance(value, str) else value for name, value in values.items()}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_both_and_says_how_many_are_in_both(open_page: OpenPage, page: str) -> None:
    app = open_page(page, **SPAIN_ITALY)
    assert not app.exception
    assert "Spain: 77 practices. Italy: 37 practices. 1 practice is in both and counts in both." in plain(app)
    assert app.button(key="compared-Country: Italy")
    assert "could set" not in plain(app)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_one_against_the_rest(open_page: OpenPage, page: str) -> None:
    app = open_page(page, theme=["anti_rumours"], compare=["rest"])
    assert not app.exception
    assert "Anti-rumours: 35 practices. The rest of the network: 424 practices. No practice is in both." in plain(app)


def test_practices_of_both_stand_in_one_table_with_the_selection_they_are_in(open_page: OpenPage) -> None:
    app = open_page("practices", **SPAIN_ITALY, per=["100"], sort=["title"])
    (table,) = [one.value for one in app.dataframe if "in" in one.value]
    assert len(table) == 100
    assert set(table["in"]) == {"Spain", "Italy", "Both"}
    assert "Only in “Spain”: 76 practices; in both: 1; only in “Italy”: 36 practices." in plain(app)
    only = open_page("practices", **SPAIN_ITALY, side=["both"])
    (table,) = [one.value for one in only.dataframe if "in" in one.value]
    assert list(table["in"]) == ["Both"]


def test_both_maps_stand_side_by_side_with_one_view(open_page: OpenPage) -> None:
    app = open_page("map", **SPAIN_ITALY)
    views = [json.loads(chart.proto.json)["initialViewState"] for chart in app.get("deck_gl_json_chart")]
    assert len(views) == 2
    assert views[0] == views[1]


def test_the_cities_of_both_maps_stand_in_one_table_with_the_difference_of_their_shares(open_page: OpenPage) -> None:
    app = open_page("map", **SPAIN_ITALY)
    (table,) = [one.value for one in app.dataframe if "points" in one.value]
    barcelona = table.set_index("name").loc["Barcelona"]
    assert re.fullmatch(r"2\d\.\d% \(\d+ of 77\)", barcelona["share_words"])
    assert re.fullmatch(r"\+2\d\.\d points \(from \+1\d\.\d to \+3\d\.\d\)", barcelona["points"])
    assert barcelona[["other_words", "judged"]].tolist() == ["0.0% (0 of 37)", "More in: Spain"]
    assert "A selection of places has little or nothing elsewhere" in words(app)


def test_of_another_measure_than_practices_the_cities_have_no_shares(open_page: OpenPage) -> None:
    app = open_page("map", **SPAIN_ITALY, measure=["joined_year"])
    (table,) = [one.value for one in app.dataframe if "country" in one.value]
    assert list(table.columns) == ["name", "country", "one", "other"]
    assert "there the difference says what was chosen" not in words(app)


@pytest.mark.parametrize("page", ["timeline", "topics"])
def test_the_sql_of_a_comparison_gives_the_rows_of_its_picture(open_page: OpenPage, page: str) -> None:
    app = open_page(page, **SPAIN_ITALY)
    (key,) = methods(app)
    opened(app, key)
    assert "Newcombe" in said(app)
    with open_database(DATABASE) as connection:
        rows = connection.execute(sql_of(app)).df()
    (shown,) = app.get("dialog")[0].dataframe
    assert list(shown.value.columns)[: len(rows.columns)] == list(rows.columns)
    assert {"difference", "difference_low", "difference_high", "clear"} < set(shown.value.columns)
    assert len(shown.value) == len(rows) > 0


def test_shares_are_what_is_shown_where_the_sizes_are_unlike(open_page: OpenPage) -> None:
    def scale(**params: list[str]) -> Any:
        return next(one.value for one in open_page("timeline", **params).button_group if one.key == "option-scale")

    assert scale(theme=["anti_rumours"], compare=["rest"]) == "shares"
    assert scale(network=["rpci"], compare=["network=reci"]) == "counts"


def test_swap_turns_the_two_round(open_page: OpenPage) -> None:
    app = open_page("topics", **SPAIN_ITALY)
    app.button(key="compare-swap").click().run()
    assert asked(app) == {"country": ["italy"], "compare": ["country=spain"]}
    assert "Italy: 37 practices. Spain: 77 practices." in plain(app)


@pytest.mark.parametrize("page", PAGES)
def test_the_rest_changes_places_with_the_selection_and_back(open_page: OpenPage, page: str) -> None:
    app = open_page(page, theme=["anti_rumours"], compare=["rest"])
    before = plain(app)
    app.button(key="compare-swap").click().run()
    assert not app.exception
    assert asked(app) == {"theme": ["anti_rumours"], "compare": ["rest_first"]}
    assert "The rest of the network: 424 practices. Anti-rumours: 35 practices. No practice is in both." in plain(app)
    assert "The rest of the network, which stands first" in plain(app)
    app.button(key="compare-swap").click().run()
    assert asked(app) == {"theme": ["anti_rumours"], "compare": ["rest"]}
    assert plain(app) == before


@pytest.mark.parametrize(
    ("compare", "first_row", "last_row"),
    [
        (
            "rest",
            ("Anti-discrimination", "74.3% (26 of 35)", "13.0% (55 of 424)", "+61.3 points (from +44.6 to +73.2)"),
            ("Participation", "0.0% (0 of 35)", "14.6% (62 of 424)", "−14.6 points (from −18.3 to −4.3)"),
        ),
        (
            "rest_first",
            ("Participation", "14.6% (62 of 424)", "0.0% (0 of 35)", "+14.6 points (from +4.3 to +18.3)"),
            ("Anti-discrimination", "13.0% (55 of 424)", "74.3% (26 of 35)", "−61.3 points (from −73.2 to −44.6)"),
        ),
    ],
)
def test_differences_are_those_of_what_stands_first_less_the_other(
    open_page: OpenPage, compare: str, first_row: tuple[str, ...], last_row: tuple[str, ...]
) -> None:
    app = open_page("topics", theme=["anti_rumours"], compare=[compare])
    (both,) = [one.value for one in app.dataframe if "judged" in one.value]
    rows = both[["label", "share_words", "other_words", "points"]]
    assert [tuple(rows.iloc[0]), tuple(rows.iloc[-1])] == [first_row, last_row]


def test_where_the_two_change_places_the_practices_of_one_alone_stay_listed(open_page: OpenPage) -> None:
    app = open_page("practices", country=["spain"], compare=["rest"], side=["one"])
    app.button(key="compare-swap").click().run()
    assert asked(app)["side"] == ["other"]
    (table,) = [one.value for one in app.dataframe if "in" in one.value]
    assert set(table["in"]) == {"Spain"}


def test_a_rest_that_stands_first_ends_with_the_comparison(open_page: OpenPage) -> None:
    app = open_page("topics", country=["spain"], compare=["rest_first"])
    app.button(key="compare-end").click().run()
    assert asked(app) == {"country": ["spain"]}


def test_ending_a_comparison_leaves_the_filters(open_page: OpenPage) -> None:
    app = open_page("topics", **SPAIN_ITALY)
    app.button(key="compare-end").click().run()
    assert asked(app) == {"country": ["spain"]}
    assert not app.exception


def test_a_comparison_begins_with_the_rest_or_with_what_is_kept(open_page: OpenPage) -> None:
    app = open_page("topics", country=["spain"])
    app.button(key="compare-rest").click().run()
    assert asked(app) == {"country": ["spain"], "compare": ["rest"]}
    app = open_page("topics", country=["spain"])
    app.button(key="compare-keep").click().run()
    assert asked(app) == {"country": ["spain"], "compare": ["country=spain"]}
    assert "Both selections are the same." in "\n".join(str(one.value) for one in app.info)
    app.multiselect(key="filter-country").set_value(["italy"]).run()
    assert "Italy: 37 practices. Spain: 77 practices." in plain(app)


def test_a_comparison_begins_with_another_value_of_the_one_filter(open_page: OpenPage) -> None:
    app = open_page("topics", country=["spain"])
    app.selectbox(key="compare-same-facet").set_value("italy").run()
    assert asked(app) == SPAIN_ITALY
    two = open_page("topics", country=["spain"], theme=["sport"])
    assert "compare-same-facet" not in [one.key for one in two.selectbox]


def test_before_and_after_a_year_have_nothing_in_common(open_page: OpenPage) -> None:
    app = open_page("timeline", **{"from": ["2015"], "years": ["started"]})
    app.button(key="compare-years").click().run()
    assert asked(app)["compare"] == ["to=2014&years=started&undated=no"]
    assert asked(app)["undated"] == ["no"]
    assert "No practice is in both." in plain(app)


@pytest.mark.parametrize(
    ("params", "what_lacks"),
    [
        ({"compare": ["country=italy"]}, "Nothing is chosen in the filters."),
        ({"compare": ["rest"]}, "Nothing is chosen, so there is no rest"),
        ({"compare": ["rest_first"]}, "Nothing is chosen, so there is no rest"),
        ({"from": ["1900"], "compare": ["rest"]}, "The selection holds every practice, so there is no rest"),
        ({"from": ["1900"], "compare": ["rest_first"]}, "The selection holds every practice, so there is no rest"),
        ({"country": ["spain"], "compare": [""]}, "The second selection chooses nothing"),
        ({"country": ["spain"], "compare": ["country=spain"]}, "Both selections are the same."),
        ({"country": ["spain"], "compare": ["q=zzzzzz"]}, "No practice fits the second selection."),
    ],
)
def test_a_page_that_cannot_compare_says_what_to_do_and_shows_what_is_chosen(
    open_page: OpenPage, params: dict[str, list[str]], what_lacks: str
) -> None:
    app = open_page("timeline", **params)
    assert not app.exception
    assert what_lacks in "\n".join(str(one.value) for one in app.info).replace("\\", "")
    assert "method-by-year" in methods(app)


def test_a_selection_without_a_practice_says_what_to_loosen_as_ever(open_page: OpenPage) -> None:
    app = open_page("topics", country=["spain"], q=["zzzzzz"], compare=["country=italy"])
    assert "No practice fits all of these choices" in words(app)
    assert not app.exception


def test_what_a_comparison_cannot_use_is_noted(open_page: OpenPage) -> None:
    app = open_page("topics", country=["spain"], compare=["country=italy&country=atlantis&colour=red"])
    assert "“atlantis” is not something that “Country” can be" in words(app)
    assert "A comparison knows no “colour”" in words(app)
    assert "Spain: 77 practices. Italy: 37 practices." in plain(app)


@pytest.mark.parametrize("page", ["overview", "benchmark", "sql"])
def test_other_pages_keep_the_comparison_and_say_where_it_shows(open_page: OpenPage, page: str) -> None:
    app = open_page(page, **SPAIN_ITALY)
    assert not app.exception
    assert "The comparison shows on the pages Map, Timeline, Topics and Practices." in words(app)
    assert "“compare”" not in words(app)
    assert asked(app)["compare"] == ["country=italy"]


def test_the_links_between_the_pages_carry_the_comparison(open_page: OpenPage) -> None:
    app = open_page("timeline", **SPAIN_ITALY)
    carried = {link.proto.page: parse_qs(link.proto.query_string) for link in app.get("page_link")}
    for page in ("map", "topics", "practices"):
        assert carried[page] == SPAIN_ITALY


def test_where_a_comparison_ends_the_list_begins_on_its_first_page(open_page: OpenPage) -> None:
    app = open_page("practices", country=["spain"], compare=["rest"], page=["2"])
    app.button(key="compare-end").click().run()
    assert {"compare", "page"}.isdisjoint(app.query_params)
