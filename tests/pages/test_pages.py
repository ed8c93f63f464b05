"""Every page in its default, filtered, empty and garbage-address state."""

from __future__ import annotations

import re
from urllib.parse import unquote

import duckdb
import pytest

from icc_data import queries
from icc_data.drawing.map_measures import MEASURES
from tests.pages.conftest import OpenPage, words
from tests.unit.conftest import DataFolder

# Those that show the practices of the selection; the others stand for something of their own.
PAGES = ("overview", "map", "timeline", "topics", "practices", "policy_area", "partners")
ALL_PAGES = (
    *(*PAGES, "review", "practice", "city", "benchmark", "index", "audit"),
    *("sql", "data", "contribute", "accessibility"),
)
GARBAGE = {
    "country": ["atlantis", "spain"],
    "city": ["'; DROP TABLE practice; --"],
    "from": ["soon"],
    "to": ["99999"],
    "undated": ["perhaps"],
    "ongoing": ["\u2603"],
    "measure": ["height"],
    "split": ["hair"],
    "page": ["-4"],
    "show": ["nowhere"],
    "practice": ["nothing"],
    "policy_area": ["astrology"],
    "peers": ["friends"],
    "weight": ["population:heavy"],
    "rating": ["education:1000"],
    "way": ["lost"],
    "section": ["none"],
    "period": ["never"],
    "step": ["leap"],
    "silent": ["loud"],
    "cell": ["a:b:c:d"],
    "gap": ["mind"],
    "present": ["past"],
    "unheard_of": ["x"],
}


@pytest.mark.parametrize("page", ALL_PAGES)
def test_a_page_opens_without_an_exception(open_page: OpenPage, page: str) -> None:
    app = open_page(page)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("page", ALL_PAGES)
def test_a_page_opens_with_filters_from_the_address_and_says_how_many_practices_are_left(
    open_page: OpenPage, page: str
) -> None:
    app = open_page(page, country=["norway"], policy_area=["education", "interaction"])
    assert not app.exception
    assert app.multiselect(key="filter-country").value == ["norway"]
    assert "of 459 practices" in words(app)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_a_practice_says_what_to_loosen(open_page: OpenPage, page: str) -> None:
    app = open_page(page, country=["norway"], q=["zzzzzz"])
    assert not app.exception
    assert "No practice fits" in words(app)
    assert [b.label for b in app.button if b.key.startswith("loosen-“")] == ["Without “zzzzzz” → 35 practices"]


@pytest.mark.parametrize("page", ALL_PAGES)
def test_a_garbage_address_is_ignored_with_a_note(open_page: OpenPage, page: str) -> None:
    app = open_page(page, **GARBAGE)
    assert not app.exception
    assert "“atlantis” is not something that “Country” can be" in words(app)
    assert app.multiselect(key="filter-country").value == ["spain"]


@pytest.mark.parametrize("page", PAGES)
def test_a_selection_of_undated_practices_only_has_no_exception(open_page: OpenPage, page: str) -> None:
    app = open_page(page, q=["Inclusion influencers"])
    assert not app.exception
    assert "**1** of 459" in words(app)


@pytest.mark.parametrize("page", PAGES)
def test_a_practice_from_before_all_heatmap_years_has_no_exception(open_page: OpenPage, page: str) -> None:
    app = open_page(page, q=["Immigrants Council"], to=["1990"], undated=["no"])
    assert not app.exception
    assert "**1** of 459" in words(app)


def test_the_small_charts_of_the_overview_show_the_chosen_years(open_page: OpenPage) -> None:
    app = open_page("overview", **{"from": ["2010"], "to": ["2015"]})
    (drawn,) = [element.proto.body for element in app.get("html") if 'class="heard"' in element.proto.body]
    pictures = [unquote(address) for address in re.findall(r'url\("data:image/svg\+xml,([^"]*)"\)', drawn)]
    # Since when a city is silent is told for today alone.
    assert len(pictures) == len(app.metric) - 1
    assert sorted(re.findall(r'viewBox="0 0 (\d+) ', "".join(pictures))) == ["5", "5", "5", "6"]
    assert [metric.proto.help.count(", 2010–2015.") for metric in app.metric] == [1, 0, 1, 1, 1]


def test_the_small_chart_of_start_years_says_how_many_of_them_may_not_be_the_start(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection
) -> None:
    (started, bare) = connection.execute(
        "SELECT count(*), count(*) FILTER (form = 'year') FROM practice WHERE start_year BETWEEN 2010 AND 2015"
    ).fetchall()[0]
    app = open_page("overview", **{"from": ["2010"], "to": ["2015"], "years": ["started"]})
    (metric,) = [metric for metric in app.metric if metric.label == "Known start year"]
    assert bare > 1
    assert metric.proto.help.endswith(
        f"Of these {started} start years, {bare} are years as published, which may not be the start."
    )


def test_choosing_a_country_writes_it_into_the_address(open_page: OpenPage) -> None:
    app = open_page("overview")
    app.multiselect(key="filter-country").set_value(["spain", "italy"]).run()
    assert app.query_params["country"] == ["spain", "italy"]


def test_narrowing_the_years_writes_only_the_moved_end_into_the_address(open_page: OpenPage) -> None:
    app = open_page("overview")
    app.slider(key="filter-years").set_range(2015, 2026).run()
    assert app.query_params["from"] == "2015"
    assert "to" not in app.query_params


def test_a_chip_takes_its_choice_away_and_leaves_the_others(open_page: OpenPage) -> None:
    app = open_page("topics", country=["spain"], theme=["youth"], cells=["lift"])
    app.button(key="chip-Country: Spain").click().run()
    assert "country" not in app.query_params
    assert app.query_params["theme"] == "youth"
    assert app.query_params["cells"] == "lift"


def test_clear_all_leaves_the_page_options(open_page: OpenPage) -> None:
    app = open_page("timeline", country=["spain"], q=["youth"], split=["country"])
    app.button(key="clear-all").click().run()
    assert "country" not in app.query_params
    assert "q" not in app.query_params
    assert app.query_params["split"] == "country"


def test_a_facet_understands_names_as_people_write_them(open_page: OpenPage) -> None:
    app = open_page("map", country=["South Korea"], city=["GURO"])
    assert app.multiselect(key="filter-country").value == ["south-korea"]
    assert app.multiselect(key="filter-city").value == ["guro"]


@pytest.mark.parametrize("split", queries.SPLITS)
@pytest.mark.parametrize("count", ["started", "active"])
def test_the_timeline_draws_every_split(open_page: OpenPage, split: str, count: str) -> None:
    for scale in ("counts", "shares"):
        assert not open_page("timeline", split=[split], count=[count], scale=[scale]).exception


@pytest.mark.parametrize("page", ["timeline", "overview"])
def test_the_undated_are_counted_whatever_years_are_chosen(open_page: OpenPage, page: str) -> None:
    app = open_page(page, **{"from": ["2016"]}, to=["2018"], years=["started"], undated=["no"])
    assert not app.exception
    assert "160 of 459 practices carry no start year and are on no timeline." in words(app)


def test_the_share_with_a_known_start_is_not_made_full_by_choosing_years(open_page: OpenPage) -> None:
    app = open_page("overview", **{"from": ["2016"]}, to=["2018"], years=["started"], undated=["no"])
    known = next(metric for metric in app.metric if metric.label == "Known start year")
    assert (known.value, known.delta) == ("65%", "299 of 459 practices")


def test_the_overview_says_that_more_will_follow_of_the_last_years(open_page: OpenPage) -> None:
    said = words(open_page("overview"))
    assert "2 practices that started in 2024–2026 are published so far; more will follow." in said


def test_the_timeline_says_what_is_paler_and_how_many_years_may_not_be_the_start(open_page: OpenPage) -> None:
    said = words(open_page("timeline"))
    assert "Paler: a year as published, which may not be the start." in said
    assert "Of the 299 with a start year, 137 have a year as published that may not be the start." in said
    assert "Paler: said to go on" in words(open_page("timeline", count=["active"]))


def test_nothing_is_paler_where_what_is_said_does_not_count(open_page: OpenPage) -> None:
    assert "Paler" not in words(open_page("timeline", count=["active"], said=["no"]))


@pytest.mark.parametrize(("key", "param", "start"), [("filter-bare", "bare", False), ("filter-said", "said", True)])
def test_a_switch_of_the_filters_leaves_out_what_is_less_sure(
    open_page: OpenPage, key: str, param: str, start: bool
) -> None:
    app = open_page("timeline")
    assert app.toggle(key=key).value is start
    app.toggle(key=key).set_value(not start).run()
    assert not app.exception
    assert app.query_params[param] in ("no", ["no"])


def test_years_that_may_not_be_the_start_are_left_out_of_the_selection(open_page: OpenPage) -> None:
    # 459 without the 137 whose year stands alone.
    assert "**322** of 459 practices" in words(open_page("timeline", bare=["no"]))


def test_the_area_of_the_filter_stands_out_among_all_areas(open_page: OpenPage) -> None:
    app = open_page("timeline", split=["policy_area"], scale=["shares"], policy_area=["education"])
    assert "The policy areas of the filter are compared with all others here" in words(app)
    assert "160 of 459 practices carry no start year and are on no timeline." in words(app)


def test_what_is_highlighted_stands_in_the_address_and_what_cannot_be_is_said(open_page: OpenPage) -> None:
    app = open_page("timeline", split=["policy_area"], scale=["shares"], show=["education", "nowhere"])
    assert "“nowhere” is not something that “Highlight” can be" in words(app)
    app.multiselect(key="option-show").set_value(["education", "participation"]).run()
    assert app.query_params["show"] == ["education", "participation"]


def test_years_of_few_practices_are_said_to_be_grey(open_page: OpenPage) -> None:
    app = open_page("timeline", split=["commitment"], scale=["shares"])
    assert "Years with fewer than 5 practices say little: a grey number, a hollow dot, no line." in words(app)


def test_shares_without_groups_say_what_they_need(open_page: OpenPage) -> None:
    assert "Shares need groups" in words(open_page("timeline", split=["none"], scale=["shares"]))


def test_bands_are_drawn_for_three_lines_and_not_for_four(open_page: OpenPage) -> None:
    four = ["education", "participation", "interaction", "mediation"]
    asked = {"split": ["policy_area"], "scale": ["shares"]}
    assert "95% interval" in words(open_page("timeline", **asked, show=four[:3]))
    assert "95% interval" not in words(open_page("timeline", **asked, show=four))


@pytest.mark.parametrize("measure", MEASURES)
def test_the_map_shows_every_measure(open_page: OpenPage, measure: str) -> None:
    app = open_page("map", measure=[measure], layer=["shared"], zoom=["world"])
    assert not app.exception


def test_the_map_opens_the_card_of_the_city_in_the_address(open_page: OpenPage) -> None:
    app = open_page("map", show=["lisbon"])
    assert "## Lisbon :gray[Lisboa]" in words(app)
    assert "Joined: **2011**" in words(app)


def test_an_unknown_city_in_the_address_is_said(open_page: OpenPage) -> None:
    assert "There is no city “nowhere” here." in words(open_page("map", show=["nowhere"]))


def test_the_city_card_can_set_the_filter(open_page: OpenPage) -> None:
    app = open_page("map", show=["lisbon"])
    app.button(key="filter-to-city").click().run()
    assert app.query_params["city"] == "lisbon"


@pytest.mark.parametrize("cells", ["counts", "shares", "lift"])
@pytest.mark.parametrize("place", ["country", "network"])
def test_topics_crosses_areas_with_places(open_page: OpenPage, cells: str, place: str) -> None:
    assert not open_page("topics", cells=[cells], place=[place]).exception


@pytest.mark.parametrize("other", ["theme", "policy_area"])
def test_topics_tells_pairs_from_chance(open_page: OpenPage, other: str) -> None:
    app = open_page("topics", pairs=["lift"], **{"with": [other]})
    assert not app.exception
    assert "Pale: the difference could be chance. In " in words(app)


def test_topics_says_that_no_difference_between_countries_is_clear_of_chance(open_page: OpenPage) -> None:
    said = words(open_page("topics", cells=["lift"]))
    assert "All cells are pale: with so few practices, every difference could be chance." in said


def test_a_chosen_area_is_compared_with_all_others_on_topics(open_page: OpenPage) -> None:
    chosen = {"policy_area": ["anti_discrimination"]}
    said = "The policy areas of the filter are compared with all others here; the other filters apply."
    assert said in words(open_page("topics", cells=["lift"], **chosen))
    lists = words(open_page("topics", **chosen))
    assert said in lists
    assert "of 459 practices · 57%" in lists


def test_choosing_a_commitment_chooses_its_policy_areas(open_page: OpenPage) -> None:
    app = open_page("topics")
    app.button(key="choose-trust").click().run()
    assert app.query_params["policy_area"] == ["mediation", "interaction"]


def test_the_overview_says_how_old_the_data_is_and_what_is_missing(open_page: OpenPage) -> None:
    said = words(open_page("overview"))
    assert "data as of 22 November 2026" in said
    assert "carry no start year" in said
    assert "have no known page of their own" in said


def test_the_places_with_most_practices_are_spoken_of_where_there_are_more_of_them(open_page: OpenPage) -> None:
    assert "The 14 places with most practices." in words(open_page("topics", section=["places"]))
    assert "places with most practices" not in words(open_page("topics", section=["places"], country=["norway"]))


def test_where_no_practice_is_dated_nobody_is_told_to_drag_over_years(open_page: OpenPage) -> None:
    app = open_page("timeline", country=["norway"], **{"from": ["2030"]})
    assert "there is nothing to draw" in words(app)
    assert "Drag over years" not in words(app)


def test_a_single_city_with_a_joining_year_has_one(open_page: OpenPage) -> None:
    assert "1 of 6 cities has a known joining year" in words(
        open_page("timeline", section=["joining"], country=["norway"])
    )


def test_practices_nobody_coded_yet_are_named_where_something_is_not_known(
    open_page: OpenPage, small_data: DataFolder
) -> None:
    small_data.edit("practices", 0, policy_areas="", policy_area_coding="")
    # The guide has none either.
    app = open_page("overview")
    assert not app.exception
    assert "- **2** :gray[(50%)] have no policy area yet: nobody has coded them" in words(app)
    legends = "".join(element.proto.body for element in open_page("timeline", section=["practices"]).get("html"))
    assert "Not stated" in legends


@pytest.mark.parametrize(
    ("page", "section"),
    [
        ("overview", []),
        ("topics", []),
        ("topics", ["places"]),
        ("topics", ["together"]),
        ("policy_area", []),
        ("timeline", ["areas"]),
    ],
)
def test_a_page_that_counts_by_policy_area_says_how_many_practices_nobody_coded_yet(
    open_page: OpenPage, small_data: DataFolder, page: str, section: list[str]
) -> None:
    small_data.edit("practices", 0, policy_areas="", policy_area_coding="")
    app = open_page(page, section=section)
    assert not app.exception
    assert "2 of 4 practices have no policy area yet, as nobody has coded them: they count in none." in words(app)
