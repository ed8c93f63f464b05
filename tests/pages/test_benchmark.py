"""The benchmark: cities, countries and networks beside their peers, small numbers, own results, nonsense."""

from __future__ import annotations

import io
import re

import pandas as pd
import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from icc_data.analysis.benchmark_table import COLUMNS
from icc_data.analysis.peers import FEATURES
from tests.pages.conftest import OpenPage
from tests.pages.test_city import Files, files, words
from tests.pages.test_pages import GARBAGE

__all__ = ["files"]

TEMPLATE = "city_id,year,policy_area,score\n"


def table(app: AppTest) -> pd.DataFrame:
    """The table of everything; columns that it does not show are missing throughout."""
    frames = [frame.value for frame in app.dataframe]
    return next(frame for frame in frames if "item" in frame.columns).reindex(columns=list(COLUMNS))


def of_areas(app: AppTest) -> pd.Series:
    """The percentile rank of each policy area."""
    return table(app).set_index("kind").loc["Policy area", "percentile"]


def peers(app: AppTest) -> list[str]:
    """The peers, the nearest first."""
    frames = [frame.value for frame in app.dataframe]
    listed = next((frame for frame in frames if "distance" in frame.columns), None)
    return [] if listed is None else listed["city"].tolist()


def bring(app: AppTest, city: str, *files: tuple[str, str]) -> AppTest:
    """Upload tables."""
    uploader = next(item for item in app.file_uploader if item.label == "Filled tables")
    return uploader.set_value([(name, text.encode(), "text/csv") for name, text in files]).run()


@pytest.mark.parametrize(
    ("city", "chart"), [("bergen", "radar"), ("oslo", "dots"), ("klaksvik", "dots"), ("guro", "radar")]
)
def test_every_kind_of_city_can_be_compared(open_page: OpenPage, city: str, chart: str) -> None:
    app = open_page("benchmark", city=[city], chart=[chart])
    assert not app.exception
    assert len(peers(app)) == 10
    assert len(table(app)) >= 17 + 7


@pytest.mark.parametrize(("unit", "value"), [("country", "spain"), ("network", "reci"), ("country", "jordan")])
def test_countries_and_networks_are_compared_with_all_others(open_page: OpenPage, unit: str, value: str) -> None:
    app = open_page("benchmark", unit=[unit], **{unit: [value]})
    assert not app.exception
    assert "Compared with " in words(app)
    assert "have a practice here" in words(app)
    assert f"Peers: All other {unit.replace('y', 'ie')}s" in words(app)
    assert len(table(app)) == 17 + 7


@pytest.mark.parametrize("unit", ["city", "country", "network"])
def test_without_a_choice_those_with_most_practices_are_offered(open_page: OpenPage, unit: str) -> None:
    app = open_page("benchmark", unit=[unit])
    assert not app.exception
    assert "Choose whom to compare" in words(app)
    first = next(button for button in app.button if (button.key or "").startswith("invite-"))
    first.click().run()
    assert app.query_params["my_city" if unit == "city" else unit] == first.key.removeprefix("invite-")
    assert "beside its peers" in words(app)


def test_with_few_practices_or_peers_counts_are_shown_and_no_percentiles(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["guro"], peers=["picked"], peer=["ansan", "lisbon"])
    said = words(app)
    assert "Guro has 0 practices here: fewer than 5, so counts are shown" in said
    assert "Only 2 peers have a practice: fewer than 5, so counts are shown" in said
    assert table(app)["percentile"].isna().all()
    assert "Practices of Guro and of each peer" in said
    assert "line: peers’ median" not in said
    assert "chart" not in {group.key for group in app.button_group}


def test_beside_a_city_of_which_little_is_known_its_peers_are_told_of(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["guro"], chart=["radar"])
    said = words(app)
    assert "## What its peers do" in said
    assert "of 10 peers" in said
    assert "## Portfolio by policy area" not in said
    assert "could set" not in said


def test_a_percentile_is_said_with_the_number_it_rests_on(open_page: OpenPage) -> None:
    said = words(open_page("benchmark", city=["bergen"]))
    assert "Percentile: how many of 100 of the 10 peers have less" in said
    assert "peers with practices have a lower share" in said


@pytest.mark.parametrize("rule", ["network", "country", "size", "diversity", "class"])
def test_a_rule_names_the_peers(open_page: OpenPage, rule: str) -> None:
    app = open_page("benchmark", city=["bergen"], peers=[rule])
    assert not app.exception
    assert "Bergen" not in peers(app)
    assert peers(app)


def test_where_a_rule_finds_nobody_that_is_said_with_what_to_do(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["dortmund"], peers=["network"])
    assert not app.exception
    assert "Nothing is known that this rule needs" in words(app)
    assert not app.metric


def test_a_city_of_which_little_is_known_has_peers_with_a_warning(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["turnhout"])
    assert len(peers(app)) == 10
    assert "Less than half of what counts is known of both: " in words(app)
    frame = next(frame.value for frame in app.dataframe if "distance" in frame.value.columns)
    assert frame["warning"].str.startswith("Less than half of what counts is known of both: ").all()


def test_where_some_peers_are_far_or_little_known_that_is_said_with_their_number(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["strasbourg"], k=["40"])
    frame = next(frame.value for frame in app.dataframe if "distance" in frame.value.columns)
    count = int((frame["warning"] != "").sum())
    assert 1 < count < 40
    assert f"{count} of the 40 peers are far, or little is known of them: see the list of peers." in words(app)


def test_where_nothing_that_has_a_weight_is_known_of_a_city_that_is_said_with_what_to_do(open_page: OpenPage) -> None:
    zeros = [f"{name}:0" for name in FEATURES if name != "index"]
    app = open_page("benchmark", city=["athens"], weight=zeros)
    assert "Nothing is known of this city, or of any other, in what counts: Index, overall." in words(app)
    assert "Choose its peers by a rule" in words(app)
    app.selectbox(key="peer-rule").set_value("country").run()
    assert app.query_params["peers"] == "country"
    assert "Patras" in peers(app)


def test_former_members_are_marked_and_can_be_left_out(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["lutsk"], having=["any"])
    assert "Kherson (former member)" in peers(app)
    assert "Kherson (former member)" in words(app)
    app.toggle(key="peer-former").set_value(True).run()
    assert app.query_params["former"] == "no"
    assert app.query_params["having"] == "any"
    assert not [name for name in peers(app) if "former member" in name]
    assert len(peers(app)) == 10
    assert "Peers: Most similar cities, without former members." in words(app)


def test_small_numbers_are_said_as_counts_and_with_the_end_that_is_good(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["lisbon"], peers=["picked"], peer=["oslo", "dublin"])
    frame = table(app).set_index("item")
    assert frame.loc["education", "words"].endswith("of 2 peers have any")
    assert frame.loc["newest", "label"].endswith(" · later is better")
    assert "A share of one policy area has no good end" in words(app)


def test_a_median_peer_with_few_practices_leaves_counts_only(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["turin"])
    assert "fewer than 5, so counts are shown, no shares and ranks." in words(app)
    assert "The median peer has " in words(app)
    assert of_areas(app).isna().all()


def test_hand_picked_peers_are_asked_for(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["bergen"], peers=["picked"])
    assert "Choose at least one city to compare with." in words(app)
    app.multiselect(key="peer-picked").set_value(["oslo", "lisbon"]).run()
    assert app.query_params["peer"] == ["oslo", "lisbon"]
    assert sorted(peers(app)) == ["Lisbon", "Oslo"]


def test_changing_a_weight_changes_address_and_peers_and_the_default_comes_back(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["bergen"])
    before = peers(app)
    app.slider(key="weight-country").set_value(0.0).run()
    app.slider(key="weight-region").set_value(0.0).run()
    assert app.query_params["weight"] == ["country:0", "region:0"]
    assert peers(app) != before
    app.button(key="default-weights").click().run()
    assert "weight" not in app.query_params
    assert peers(app) == before


def test_the_number_of_peers_stands_in_the_address(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["bergen"], k=["3"])
    assert len(peers(app)) == 3
    app.number_input(key="peer-k").set_value(7).run()
    assert app.query_params["k"] == "7"
    assert len(peers(app)) == 7


def test_peers_have_published_practices_unless_all_cities_are_asked_for(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["lutsk"])
    assert len(peers(app)) == 10
    assert "Left out, as they have no published practice with a policy area: " in words(app)
    assert "Peers: Most similar cities, of those with published practices." in words(app)
    only = peers(app)
    app.toggle(key="peer-practices").set_value(False).run()
    assert not app.exception
    assert app.query_params["having"] == "any"
    assert peers(app) != only
    assert "Left out" not in words(app)
    app.toggle(key="peer-practices").set_value(True).run()
    assert "having" not in app.query_params
    assert peers(app) == only


def test_where_few_peers_have_practices_the_nearest_that_have_are_one_click_away(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["amman"], having=["any"])
    assert "of the 10 peers have published practices." in words(app)
    app.button(key="compare-with-practices").click().run()
    assert not app.exception
    assert "having" not in app.query_params
    assert len(peers(app)) == 10
    assert "compare-with-practices" not in {button.key for button in app.button}


def test_peers_by_a_rule_are_those_with_practices_too(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["turin"], peers=["country"])
    only = peers(app)
    assert "Peers: Same country, of those with published practices." in words(app)
    app.toggle(key="peer-practices").set_value(False).run()
    assert not app.exception
    assert set(only) < set(peers(app))


def test_where_peers_are_many_enough_nothing_else_is_offered(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["bergen"])
    assert "compare-with-practices" not in {button.key for button in app.button}


def test_the_filters_decide_which_peers_have_practices_that_count(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["amsterdam"], having=["any"], theme=["children"])
    assert re.search(r"[0-4] of the 10 peers ha(s|ve) practices that fit the filters\.", words(app))


def test_who_is_picked_by_hand_is_a_peer_whatever_is_published(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["bergen"], peers=["picked"], peer=["guro", "kherson"])
    assert not app.exception
    assert sorted(peers(app)) == ["Guro", "Kherson (former member)"]
    assert "Left out" not in words(app)
    assert not {"peer-practices", "peer-former"} & {toggle.key for toggle in app.toggle}


def test_scores_of_few_peers_are_listed_with_their_edition(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["oslo"], peers=["picked"], peer=["ansan", "guro", "barcelona"])
    said = words(app)
    assert "Index 2020: Overall: **85** :gray[· 2 peers: 87, 80 (2020)]" in said
    assert "Index 2017: Overall: **85** :gray[· 1 peer: 72 (2017)]" in said
    assert "With fewer than 5 peers of the same edition and area their scores are shown" in said
    assert "whose median is" not in said
    assert table(app).set_index("kind").loc["Index", ["median", "rank"]].isna().all(axis=None)


def test_each_peer_says_why_in_every_feature(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["bergen"])
    frame = next(frame.value for frame in app.dataframe if "distance" in frame.value.columns)
    assert {"population", "country", "profile"} <= set(frame.columns)
    assert frame["compared"].min() >= 3
    assert frame["distance"].is_monotonic_increasing


def test_every_index_score_carries_its_edition(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["oslo"])
    assert {"Index 2020: Overall", "Index 2017: Overall"} <= set(table(app)["label"])
    assert "Index 2017: Overall: **85**" in words(app)


def test_the_other_filters_narrow_what_counts_and_that_is_said(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["bergen"], theme=["youth"])
    assert "Only practices that fit the other filters count." in words(app)
    measures = table(app).set_index("item")
    assert measures.loc["practices", "own"] < 17


def test_own_scores_are_compared_until_they_are_forgotten(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["bergen"])
    assert "No published score of this city was found" in words(app)
    app = bring(app, "bergen", ("own.csv", TEMPLATE + "bergen,2020,overall,61\nbergen,2020,education,40\n"))
    assert not app.exception
    assert "Index 2020: Overall: **61**" in words(app)
    assert "In use: 2 scores and 0 practices." in words(app)
    app.button(key="forget-own").click().run()
    assert "No published score of this city was found" in words(app)
    assert "In use" not in words(app)


def test_own_scores_are_forgotten_with_their_file(open_page: OpenPage) -> None:
    app = bring(open_page("benchmark", city=["bergen"]), "bergen", ("own.csv", TEMPLATE + "bergen,2020,overall,61\n"))
    assert "Index 2020: Overall: **61**" in words(app)
    app = bring(app, "bergen")
    assert "No published score of this city was found" in words(app)
    assert "In use" not in words(app)


def test_own_practices_count_for_the_city(open_page: OpenPage) -> None:
    rows = "title,city_ids,when_text,policy_areas\nA house for all,guro,2024,education\n"
    app = bring(open_page("benchmark", city=["guro"]), "guro", ("own.csv", rows))
    assert "In use: 0 scores and 1 practice." in words(app)
    assert "Guro has 1 practice here" in words(app)


def test_own_results_of_another_city_are_not_used(open_page: OpenPage) -> None:
    app = bring(open_page("benchmark", city=["bergen"]), "bergen", ("own.csv", TEMPLATE + "oslo,2020,overall,61\n"))
    assert "row 2" in words(app)
    assert "is about another city than the one chosen" in words(app)
    assert "In use" not in words(app)


def test_what_is_wrong_with_own_results_is_said_by_row_and_column(open_page: OpenPage) -> None:
    rows = TEMPLATE + "bergen,2020,overall,lots\nbergen,2020,education,40\n"
    app = bring(open_page("benchmark", city=["bergen"]), "bergen", ("own.csv", rows))
    assert "**own.csv, row 2, column “Score”** “lots”" in words(app)
    assert "In use: 1 score" in words(app)


def test_a_file_that_is_no_table_of_results_is_named_once(open_page: OpenPage) -> None:
    said = words(bring(open_page("benchmark", city=["bergen"]), "bergen", ("own.csv", "hello\n1\n")))
    assert said.count("own.csv") == 1


def test_scores_that_look_like_shares_are_asked_about(open_page: OpenPage) -> None:
    rows = TEMPLATE + "bergen,2020,overall,0.7\nbergen,2020,education,40\n"
    said = words(bring(open_page("benchmark", city=["bergen"]), "bergen", ("own.csv", rows)))
    assert "1 score is 1 of 100 or less: where a share was meant, as 0.7 for 70 %, write 70." in said


def test_own_results_are_nobody_elses(open_page: OpenPage) -> None:
    bring(open_page("benchmark", city=["bergen"]), "bergen", ("own.csv", TEMPLATE + "bergen,2020,overall,61\n"))
    assert "**61**" not in words(open_page("benchmark", city=["bergen"]))


def test_of_several_cities_the_first_is_shown_and_the_others_can_be(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["bergen", "oslo"])
    app.button(key="instead-oslo").click().run()
    assert "# Oslo beside its peers" in words(app)


def test_a_garbage_address_is_ignored_with_a_note(open_page: OpenPage) -> None:
    wrong = {
        "peers": ["x"],
        "k": ["-3"],
        "peer": ["zz"],
        "having": ["money"],
        "former": ["maybe"],
        "weight": ["a:b", "population:9"],
        "unit": ["\u2603"],
    }
    app = open_page("benchmark", **{**GARBAGE, **wrong, "city": ["bergen"], "chart": ["pie"]})
    assert not app.exception
    only = ("Only cities with published practices", "money"), ("Without former members", "maybe")
    others = ("Peers", "x"), ("How many", "-3"), ("Cities", "zz"), ("Compare", "\u2603"), ("Chart", "pie")
    for label, value in (*only, *others):
        assert f"“{value}”" in words(app)
        assert f"that “{label}” can be" in words(app)
    assert "“a:b”, “population:9”: not weights to compare by" in words(app)
    assert len(peers(app)) == 10


def test_files_with_own_results_name_them_and_say_that_the_link_cannot_reproduce_them(
    open_page: OpenPage, files: Files
) -> None:
    app = open_page("benchmark", city=["bergen"])
    assert "own-results" not in files["download-benchmark-csv"][0]
    bring(app, "bergen", ("own.csv", TEMPLATE + "bergen,2025,education,40\n"))
    for key in ("benchmark", "benchmark-rows", "benchmark-scores"):
        assert "with-own-results" in files[f"download-{key}-csv"][0], key
        about = load_workbook(io.BytesIO(files[f"download-{key}-xlsx"][1]()))["About"]
        told = [str(row[1]) for row in about.iter_rows(values_only=True) if row[0] == "Own results"]
        assert told[0].startswith("The city’s own results, not published, are in this: 1 Index score")
        assert told[0].endswith("cannot reproduce them.")
    everything = files["download-benchmark-csv"][1]().decode("utf-8-sig")
    assert "(the city’s own result, not published)" in everything
    scores = pd.read_csv(io.BytesIO(files["download-benchmark-scores-csv"][1]()))
    mine = scores[(scores["city_id"] == "bergen") & (scores["year"] == 2025)]
    assert mine["result"].tolist() == ["the city’s own result, not published"]


def test_problems_of_own_results_that_are_alike_are_said_once(open_page: OpenPage) -> None:
    lines = "bergen,2025,education,a lot\nbergen,2025,commitment,some\nbergen,2025,participation,a lot\n"
    said = words(bring(open_page("benchmark", city=["bergen"]), "bergen", ("own.csv", TEMPLATE + lines)))
    assert "3 things could not be used:" in said
    assert said.count("own.csv") == 1
    assert "**own.csv, rows 2–4, column “Score”** “a lot”, “some”: is no score: write a number from 0 to 100" in said
