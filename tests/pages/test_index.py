"""The page Index: honest about the little that is published, and what it says once a complete set is there."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from icc_data.paths import DATA_DIRECTORY
from pages.shared import session
from tests.helpers.made_up_index import CITIES, EDITIONS, complete_atlas, complete_set
from tests.pages.conftest import OpenPage, words
from tests.pages.test_city import metrics

RESULTS, REPORTS = (pd.read_csv(DATA_DIRECTORY / f"index_{name}.csv") for name in ("scores", "reports"))
FIRST, _SECOND, NEWEST = EDITIONS
COMPLETE_SET = "What the complete set adds, and how it is loaded"
CITY = complete_set()["city_id"].iloc[0]


@pytest.fixture(scope="module")
def complete_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("complete")
    complete_atlas(place)
    return place


@pytest.fixture
def complete(complete_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The dashboard on the project's data with a made-up complete set."""
    monkeypatch.setattr(session, "DATA_DIRECTORY", complete_folder / "data")
    monkeypatch.setattr(session, "DATABASE", complete_folder / "atlas.duckdb")
    monkeypatch.setattr(session, "PUBLISHED", complete_folder / "served" / "data")


def links(app: AppTest, page: str) -> list[str]:
    return [link.proto.query_string for link in app.get("page_link") if link.proto.page == page and link.proto.label]


def shown(app: AppTest) -> set[str]:
    """The charts on the page, by the key of the button that tells how each was computed."""
    return {button.key.removeprefix("method-") for button in app.button if button.key.startswith("method-")}


# The few published results


def test_what_is_published_is_said_before_anything_else(open_page: OpenPage) -> None:
    app = open_page("index")
    assert not app.exception
    first = "\n".join(str(element.value) for element in app.markdown[:2])
    assert "The programme publishes single results; the complete set is given on request." in first
    scored = RESULTS["score"].notna().sum()
    assert f"**{len(RESULTS)}** results of {RESULTS['city_id'].nunique()} cities ({scored} with a score)" in first
    assert f"**{len(REPORTS)}** reports known of {REPORTS['city_id'].nunique()} cities" in first


def test_results_of_one_edition_are_said_to_be_of_that_edition(open_page: OpenPage) -> None:
    # Of Reykjavik one report is known, that of 2014.
    told = words(open_page("index", country=["Iceland"]))
    assert "**1** report known of 1 city, all of the edition of 2014." in told


def test_the_numbers_stand_beside_what_they_are_a_part_of(open_page: OpenPage) -> None:
    said = metrics(open_page("index"))
    assert said["Results"] == f"{len(RESULTS)} {RESULTS['score'].notna().sum()} of them with a score"
    assert said["Reports known"] == f"{len(REPORTS)} of {REPORTS['city_id'].nunique()} cities"


def test_without_five_cities_of_an_edition_there_is_no_average_and_the_page_says_so(open_page: OpenPage) -> None:
    app = open_page("index")
    assert "Averages take 5 cities of one edition; the fullest here has 4 cities" in words(app)
    assert shown(app) == {"index-overall", "index-coverage"}
    assert COMPLETE_SET in [one.label for one in app.expander]


def test_every_result_and_report_stands_in_the_table(open_page: OpenPage) -> None:
    (table,) = open_page("index").dataframe
    editions = pd.concat([RESULTS, REPORTS])[["city_id", "year"]].drop_duplicates()
    assert len(table.value) == len(editions)
    assert set(table.value["known"]) <= {
        "result",
        "result, quoted in another city’s report",
        "report, score not found",
        "compared, score not found",
    }


def test_a_chosen_city_has_its_results_with_their_sources_and_a_link_to_its_profile(open_page: OpenPage) -> None:
    app = open_page("index", city=["oslo"])
    assert not app.exception
    assert "2017, Overall: **85** of 100, among 93 cities, quoted in another city’s report [source]" in words(app)
    assert "my_city=oslo" in links(app, "city")
    assert set(app.dataframe[0].value["profile"]) == {"city?my_city=oslo"}


def test_a_city_of_which_nothing_is_known_is_said_to_be_so(open_page: OpenPage) -> None:
    app = open_page("index", city=["amman"])
    assert not app.exception
    assert "No published result and no report was found." in words(app)
    assert "No result and no report of these cities was found." in words(app)


def test_filters_without_a_result_say_what_to_loosen(open_page: OpenPage) -> None:
    app = open_page("index", country=["new-zealand"])
    assert not app.exception
    assert "No result and no report of these cities was found" in words(app)
    app.button(key="loosen-country").click().run()
    assert f"**{len(RESULTS)}** results" in words(app)


def test_the_country_narrows_what_is_counted(open_page: OpenPage) -> None:
    cities = pd.read_csv(DATA_DIRECTORY / "cities.csv").query("country == 'Norway'")["city_id"]
    said = words(open_page("index", country=["norway"]))
    assert f"Within the filters: **{RESULTS['city_id'].isin(cities).sum()}** results" in said


def test_with_a_city_the_totals_are_said_to_be_of_all_and_the_list_to_be_of_the_city(open_page: OpenPage) -> None:
    app = open_page("index", city=["oslo"])
    said = words(app)
    assert f"Of all cities: **{len(RESULTS)}** results" in said
    assert "Results and reports of Oslo" in said
    assert "All results and reports" not in said
    both = words(open_page("index", city=["oslo"], country=["norway"]))
    assert "Of all cities of the other filters: **" in both


def test_filters_that_say_nothing_of_cities_are_said_not_to_count(open_page: OpenPage) -> None:
    told = "Of the filters, only country, city and network count on this page."
    assert told in words(open_page("index", theme=["youth"]))
    assert told not in words(open_page("index", country=["norway"]))


@pytest.mark.parametrize("address", [{}, {"city": ["oslo"]}, {"country": ["norway"]}])
def test_nothing_is_written_that_is_no_sentence(open_page: OpenPage, address: dict[str, list[str]]) -> None:
    said = words(open_page("index", **address)).split()
    assert not {"None", "nan", "NaN", "<NA>"} & {word.strip("`*.,()") for word in said}


# A complete set, made up


@pytest.mark.usefixtures("complete")
def test_a_complete_set_fills_the_page(open_page: OpenPage) -> None:
    app = open_page("index")
    assert not app.exception
    assert shown(app) == {
        *("index-areas", "index-radar", "index-dots", "index-coverage"),
        *("index-publishing", "index-classes", "index-editions"),
    }
    assert app.selectbox(key="option-edition").options == [
        f"{NEWEST} · 120 cities",
        "2034 · 120 cities",
        "2031 · 108 cities",
    ]
    assert COMPLETE_SET not in [one.label for one in app.expander]


@pytest.mark.usefixtures("complete")
def test_the_strongest_and_weakest_areas_are_those_of_pandas(open_page: OpenPage) -> None:
    scores = complete_set().query(f"year == {NEWEST} and policy_area != 'overall'")
    medians = scores.groupby("policy_area")["score"].median()
    said = words(open_page("index"))
    labels = (
        pd.read_csv(DATA_DIRECTORY / "terms.csv").query("vocabulary == 'policy_area'").set_index("code")["label_en"]
    )
    assert f"Strongest over all these cities: **{labels[medians.idxmax()]}** (median " in said
    assert f"Weakest: **{labels[medians.idxmin()]}** (median " in said
    assert said.count(f", {CITIES} cities)") == 6


@pytest.mark.usefixtures("complete")
def test_the_edition_stands_in_the_address(open_page: OpenPage) -> None:
    app = open_page("index", edition=[str(FIRST)])
    assert f"Policy areas in the edition of {FIRST}" in words(app)
    app.selectbox(key="option-edition").set_value("2034").run()
    assert app.query_params["edition"] == "2034"
    assert "Overall scores in the edition of 2034" in words(app)


@pytest.mark.usefixtures("complete")
@pytest.mark.parametrize("by", ["size", "share", "class"])
def test_classes_are_drawn_and_cities_in_none_are_counted(open_page: OpenPage, by: str) -> None:
    app = open_page("index", classes=[by])
    assert not app.exception
    assert "index-classes" in shown(app)
    assert "cities of this edition are in no class: their residents or shares born abroad are not known." in words(app)


@pytest.mark.usefixtures("complete")
def test_a_city_is_set_beside_the_others_and_followed_through_its_editions(open_page: OpenPage) -> None:
    scores = complete_set().query(f"city_id == '{CITY}' and policy_area != 'overall' and policy_area != 'interaction'")
    first, second, newest = scores.groupby("year")["score"].mean().round().astype(int)
    app = open_page("index", city=[CITY])
    assert not app.exception
    assert f"index-path-{CITY}" in shown(app)
    average = "Average of the 16 policy areas scored in each of 3 editions"
    assert f"{average}: {first} (2031), {second} (2034) and {newest} (2037)." in words(app).replace("\\", "")
    assert "Left out, as not scored in every edition: Interaction." in words(app)
    assert f"my_city={CITY}" in links(app, "city")


@pytest.mark.usefixtures("complete")
def test_a_city_without_a_score_of_the_edition_leaves_the_averages(open_page: OpenPage) -> None:
    app = open_page("index", city=["bilbao"])
    assert not app.exception
    assert "Bilbao has no score of this edition among the cities compared: the dots are averages." in words(app)


@pytest.mark.usefixtures("complete")
def test_over_few_cities_nothing_is_said_of_publishing(open_page: OpenPage) -> None:
    app = open_page("index", country=["norway"])
    assert not app.exception
    assert "Nothing can be said: that takes 10 cities" in words(app)
    assert "index-publishing" not in shown(app)


@pytest.mark.usefixtures("complete", "pages_known")
@pytest.mark.parametrize(
    "name", ["index-areas", "index-radar", "index-dots", "index-publishing", "index-classes", "index-editions"]
)
def test_every_picture_tells_how_it_was_computed_and_gives_its_rows(open_page: OpenPage, name: str) -> None:
    app = open_page("index")
    app.button(key=f"method-{name}").click().run()
    assert not app.exception
    assert any("FROM index_score" in code.value for code in app.code)
    assert min(len(table.value) for table in app.dataframe) > 0
