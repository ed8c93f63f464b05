"""The review page: its scope, its parts, its lists, and the presentation."""

from __future__ import annotations

import json
from functools import partial
from urllib.parse import parse_qs

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from icc_data import queries
from icc_data.analysis.review import review
from icc_data.analysis.review_gaps import GAPS
from icc_data.drawing.review_charts import PROJECTED
from icc_data.queries.review_queries import ReviewPeriod
from icc_data.queries.selection import Selection
from tests.pages.conftest import DataFolder, OpenPage, cards, words

STEPS = ("state", "coverage", "gaps", "momentum", "changes")


def links(app: AppTest) -> dict[str, dict[str, list[str]]]:
    """What each link of the page that carries a sentence leads to, by its words."""
    return {link.proto.label: parse_qs(link.proto.query_string) for link in app.get("page_link")}


def said(app: AppTest) -> str:
    """What the page says, without what keeps Markdown from reading it."""
    return words(app).replace("\\", "")


def asks(app: AppTest, name: str) -> str:
    """The last value of an address parameter."""
    value = app.query_params[name]
    return value if isinstance(value, str) else str(value[-1])


def specs(app: AppTest) -> list[str]:
    return [chart.proto.spec for chart in app.get("vega_lite_chart")]


def the_findings(connection: duckdb.DuckDBPyConnection, scope: Selection, period: ReviewPeriod) -> list[str]:
    label = queries.options(connection).label
    answers = queries.review_answers(connection, scope, period)
    practices = partial(queries.review_practices, connection, scope)
    told = review(answers, period, label, practices, silence=5, is_network=scope.is_empty)
    return [one.sentence for one in told.findings]


@pytest.mark.parametrize("step", STEPS)
def test_every_part_opens_for_a_network_and_a_period(open_page: OpenPage, step: str) -> None:
    app = open_page("review", step=[step], network=["rpci"], period=["2011-2018"])
    assert not app.exception
    # What changed is told of no years.
    years = "data as of" if step == "changes" else "2011–2018, beside 2003–2010"
    assert f"Network: RPCI (Portugal) · {years}" in said(app)


@pytest.mark.parametrize("step", STEPS)
def test_every_part_opens_where_nothing_is_in_scope(open_page: OpenPage, step: str) -> None:
    app = open_page("review", step=[step], q=["zzzzzz"])
    assert not app.exception


def test_the_state_says_every_finding_and_leads_to_it(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection
) -> None:
    app = open_page("review", country=["spain"], period=["2016-2018"])
    labels = "\n".join(links(app))
    for sentence in the_findings(connection, Selection(country=("spain",)), ReviewPeriod(2016, 2018)):
        assert sentence in labels.replace("\\", "")


def test_a_finding_takes_the_scope_along(open_page: OpenPage) -> None:
    app = open_page("review", country=["spain"], period=["2016-2018"])
    [silent] = [query for label, query in links(app).items() if "have been silent" in label]
    assert silent["country"] == ["spain"]
    assert silent["period"] == ["2016-2018"]
    assert (silent["step"], silent["gap"]) == (["gaps"], ["silent"])


def test_choosing_a_scope_writes_it_to_the_filters(open_page: OpenPage, pages_known: None) -> None:
    app = open_page("review", step=["gaps"], country=["spain"], period=["2016-2018"])
    app.selectbox(key="review-scope").select("network:rpci").run()
    assert not app.exception
    assert asks(app, "network") == "rpci"
    assert "country" not in app.query_params
    assert asks(app, "period") == "2016-2018"


def test_anything_else_that_the_filters_choose_is_a_scope_too(open_page: OpenPage) -> None:
    app = open_page("review", theme=["sport"])
    assert app.selectbox(key="review-scope").value == "filters"
    assert "Theme: Sport" in said(app)


def test_the_years_of_the_filters_do_not_count_and_this_is_said(open_page: OpenPage) -> None:
    app = open_page("review", **{"from": ["2016"]}, to=["2018"])
    assert "The years of the filters do not count here" in words(app)
    assert "The whole network" in words(app)


@pytest.mark.parametrize("asked", ["never", "2018-2011", "1066-1070", "2016-20188"])
def test_years_that_cannot_be_reviewed_are_said_and_the_default_counts(open_page: OpenPage, asked: str) -> None:
    app = open_page("review", period=[asked])
    assert not app.exception
    assert f"The years “{asked}” cannot be reviewed" in words(app)


def test_the_grid_pages_through_all_cities_and_finds_one(open_page: OpenPage) -> None:
    app = open_page("review", step=["coverage"])
    assert "fields are empty" in words(app)
    assert len(app.get("pagination")) == 1
    one = open_page("review", step=["coverage"], find=["reggio"])
    assert not one.get("pagination")
    assert "Reggio Emilia" in words(one)
    assert "No name holds these words." in words(open_page("review", step=["coverage"], find=["zzzzz"]))


@pytest.mark.parametrize("group", ["none", "country", "network"])
@pytest.mark.parametrize("order", ["practices", "gaps", "silence", "similar", "name"])
def test_the_grid_has_every_order_and_group(open_page: OpenPage, order: str, group: str) -> None:
    app = open_page("review", step=["coverage"], order=[order], group=[group], country=["spain", "portugal"])
    assert not app.exception
    assert len(specs(app)) == 1


@pytest.mark.parametrize("unit", ["country", "network"])
def test_countries_and_networks_can_be_rows(open_page: OpenPage, unit: str) -> None:
    app = open_page("review", step=["coverage"], unit=[unit])
    assert not app.exception
    assert len(specs(app)) == 1


def test_a_cell_lists_its_practices(open_page: OpenPage, connection: duckdb.DuckDBPyConnection) -> None:
    app = open_page("review", step=["coverage"], cell=["city:bergen:education"])
    scope = Selection(city=("bergen",), policy_area=("education",))
    assert sorted(cards(app)) == sorted(queries.practices(connection, scope, limit=None)["practice_id"])
    assert cards(app)


def test_a_cell_is_chosen_from_lists_too(open_page: OpenPage, pages_known: None) -> None:
    app = open_page("review", step=["coverage"])
    app.selectbox(key="cell-place").select("bergen").run()
    app.selectbox(key="cell-area").select("education").run()
    assert asks(app, "cell") == "city:bergen:education"
    assert cards(app)


@pytest.mark.parametrize("gap", GAPS)
def test_every_list_stands_with_its_sentence_its_rows_and_files(open_page: OpenPage, gap: str) -> None:
    app = open_page("review", step=["gaps"], gap=[gap], country=["spain"])
    assert not app.exception
    assert len(app.dataframe) == 1
    assert app.get("download_button")


def test_of_a_list_with_a_great_many_rows_the_first_are_sent_and_all_are_counted(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = open_page("review", step=["gaps"], gap=["records"]).dataframe[0].value
    monkeypatch.setattr("pages.parts.review_gaps.MOST_ROWS", 3)
    app = open_page("review", step=["gaps"], gap=["records"])
    assert app.dataframe[0].value["practice_id"].tolist() == whole["practice_id"].tolist()[:3]
    assert f"The first 3 of {len(whole)} rows; the downloads hold all." in [note.value for note in app.caption]


def test_more_years_of_silence_leave_fewer_cities(open_page: OpenPage) -> None:
    def silent(years: str) -> int:
        frame = open_page("review", step=["gaps"], silent=[years]).dataframe[0].value
        return int((frame["voice"] == "silent").sum())

    assert silent("3") > silent("10") > 0


def test_a_list_can_be_narrowed_to_who_can_mend_it(open_page: OpenPage) -> None:
    frame = open_page("review", step=["gaps"], gap=["profiles"], mender=["programme"]).dataframe[0].value
    assert set(frame["mender"]) == {"The programme"}


def test_what_changed_is_headed_by_the_scope_and_not_by_the_years_that_it_does_not_follow(open_page: OpenPage) -> None:
    told = said(open_page("review", step=["changes"], network=["rpci"], present=["1"]))
    assert "Network: RPCI (Portugal) · data as of" in told
    assert "Practices and cities of Network: RPCI (Portugal), as either version has them." in told
    assert "beside" not in told.splitlines()[0]


def test_terms_that_nothing_is_said_of_are_counted_only_where_there_are_any(open_page: OpenPage) -> None:
    assert "Nothing is said of" not in words(open_page("review", step=["momentum"], period=["2011-2020"]))


def test_few_practices_are_not_compared_and_longer_years_are_offered(open_page: OpenPage, pages_known: None) -> None:
    app = open_page("review", step=["momentum"], period=["2025-2026"])
    assert not specs(app)
    app.button(key="longer-10").click().run()
    assert asks(app, "period") == "2017-2026"
    assert len(specs(app)) == 1


@pytest.mark.parametrize("vocabulary", ["policy_area", "theme"])
def test_movement_is_drawn_with_how_many_practices_it_rests_on(open_page: OpenPage, vocabulary: str) -> None:
    app = open_page("review", step=["momentum"], period=["2016-2020"], list=[vocabulary])
    assert len(specs(app)) == 1
    assert "practices started in 2016–2020" in words(app)


@pytest.mark.parametrize("step", STEPS)
def test_a_presentation_has_neither_filters_nor_navigation(open_page: OpenPage, step: str) -> None:
    app = open_page("review", present=["1"], step=[step], period=["2016-2020"])
    assert not app.exception
    assert not app.sidebar.multiselect
    assert "Overview" not in [link.proto.label for link in app.get("page_link")]
    assert {button.key for button in app.button} >= {"step-back", "step-next", "step-leave"}


@pytest.mark.parametrize("step", ["coverage", "momentum"])
def test_no_letter_of_a_projected_chart_is_smaller_than_twenty_pixels(open_page: OpenPage, step: str) -> None:
    app = open_page("review", present=["1"], step=[step], period=["2016-2020"])
    [spec] = [json.loads(text) for text in specs(app)]

    def sizes(part: object) -> list[float]:
        if isinstance(part, dict):
            own = [value for name, value in part.items() if name.endswith("ontSize") and isinstance(value, int | float)]
            return own + [size for name, value in part.items() if name != "config" for size in sizes(value)]
        return [size for value in part for size in sizes(value)] if isinstance(part, list) else []

    assert sizes(spec)
    assert min(sizes(spec)) >= PROJECTED


def test_the_steps_of_a_presentation_are_turned_and_left(open_page: OpenPage, pages_known: None) -> None:
    app = open_page("review", present=["1"])
    app.button(key="step-next").click().run()
    assert asks(app, "step") == "coverage"
    assert asks(app, "present") == "1"
    app.button(key="step-back").click().run()
    assert asks(app, "step") == "state"
    app.button(key="step-leave").click().run()
    assert "present" not in app.query_params
    assert app.sidebar.multiselect


def test_only_the_review_is_presented(open_page: OpenPage) -> None:
    assert open_page("timeline", present=["1"]).sidebar.multiselect


def test_the_review_stands_on_a_small_data_folder_too(open_page: OpenPage, small_data: DataFolder) -> None:
    for step in STEPS:
        assert not open_page("review", step=[step]).exception


def test_the_overview_begins_with_the_state_in_one_sentence(open_page: OpenPage) -> None:
    app = open_page("overview")
    [sentence] = [label for label in links(app) if "have published good practices" in label]
    assert "119 of 204 cities (58%)" in sentence
    assert not [metric.delta for metric in app.metric if "in all" in str(metric.delta)]


@pytest.mark.parametrize("step", STEPS)
def test_what_one_part_of_a_review_has_no_use_for_is_kept_for_the_others_and_not_called_useless(
    open_page: OpenPage, step: str
) -> None:
    app = open_page("review", step=[step], period=["2011-2020"], silent=["3"], find=["Bergen"], unit=["city"])
    assert "so it does not count" not in words(app)
    assert "so they do not count" not in words(app)


def test_the_lists_of_other_years_begin_on_their_first_page(open_page: OpenPage) -> None:
    app = open_page("review", step=["gaps"], page=["2"])
    app.slider(key="review-period").set_value((2012, 2015)).run()
    assert app.query_params["period"] == "2012-2015"
    assert "page" not in app.query_params


def test_the_lists_of_another_silence_begin_on_their_first_page(open_page: OpenPage) -> None:
    app = open_page("review", page=["2"])
    app.selectbox(key="review-silent").set_value("10").run()
    assert "page" not in app.query_params


@pytest.mark.parametrize("step", ["state", "coverage", "gaps", "momentum"])
def test_where_nothing_is_in_the_scope_it_is_said_what_to_take_away(open_page: OpenPage, step: str) -> None:
    app = open_page("review", q=["zzzzzz"], step=[step])
    assert "Take one away to see more:" in words(app)
    assert "Clear all filters" in [button.label for button in app.button]
