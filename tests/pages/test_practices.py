"""The list of practices: default, filtered, empty and garbage."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

import duckdb
import pytest

from icc_data import queries
from icc_data.queries.selection import FACETS, Selection
from icc_data.store.snapshot_tables import take
from pages.shared.cards import marked
from pages.shared.markdown import escaped
from tests.pages.conftest import OpenPage, cards, words
from tests.unit.conftest import DataFolder

PER_PAGE = 20
GARBAGE = {
    "country": ["atlantis", "spain"],
    "city": ["'; DROP TABLE practice; --"],
    "from": ["soon"],
    "q": ["%%% \x00"],
    "view": ["hologram"],
    "sort": ["'; DROP TABLE practice; --"],
    "per": ["1000000"],
    "page": ["-4"],
    "column": ["practice_id; DROP", "nothing"],
    "unheard_of": ["x"],
}


def test_all_practices_come_the_newest_first_a_page_at_a_time(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection
) -> None:
    app = open_page("practices")
    assert not app.exception
    assert cards(app) == queries.result_ids(connection, Selection(), "newest")[:PER_PAGE]
    assert "459 practices" in words(app)
    assert app.selectbox(key="option-sort").value == "newest"


def test_words_rank_the_results_and_are_marked_in_them(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection
) -> None:
    app = open_page("practices", q=["Rumours"], country=["spain"])
    assert cards(app) == queries.result_ids(connection, Selection(q="Rumours", country=("spain",)))[:PER_PAGE]
    assert app.selectbox(key="option-sort").value == "relevance"
    assert ":primary-background[**rumour**]" in words(app)


def test_a_text_of_a_practice_is_shown_as_it_stands_between_the_marks() -> None:
    assert marked("<b>A</b> *rumour* [x](y)", {"rumour"}) == (
        r"\<b\>A\</b\> \*:primary-background[**rumour**]\* \[x\]\(y\)"
    )


def test_a_misspelt_word_is_said_with_what_it_was_read_as(open_page: OpenPage) -> None:
    said = words(open_page("practices", q=["Botkyrca"]))
    assert "No practice has the word “botkyrca”; it was read as “botkyrka”." in said


@pytest.mark.parametrize("typed", ["housng", "Genf"])
def test_a_correction_can_be_taken_back(open_page: OpenPage, typed: str) -> None:
    app = open_page("practices", q=[f"{typed} school"])
    assert "read as" in words(app)
    app.button(key=f"exactly-{typed.lower()}").click().run()
    assert app.query_params["q"] == f'"{typed}" school'
    assert "read as “" not in words(app)


def test_an_exclusion_of_a_word_is_offered_as_one_of_the_phrase(open_page: OpenPage) -> None:
    app = open_page("practices", q=["school -united kingdom"])
    assert "Only “united” is excluded, not “united kingdom”" in words(app)
    app.button(key="exclude-united kingdom").click().run()
    assert app.query_params["q"] == 'school -"united kingdom"'
    assert "Only “united” is excluded" not in words(app)


def test_a_phrase_that_was_typed_twice_is_offered_once_and_as_it_was_typed(open_page: OpenPage) -> None:
    app = open_page("practices", q=["school -united **kingdom** -united **kingdom**"])
    assert words(app).count("Only “united” is excluded") == 1
    assert app.button(key="exclude-united **kingdom**").label == r"Exclude “united \*\*kingdom\*\*”"


def test_an_exclusion_that_takes_nothing_away_is_said(open_page: OpenPage) -> None:
    said = words(open_page("practices", q=["school -qqxxqqxx"]))
    assert "qqxxqqxx” takes nothing away" in said


def test_a_correction_is_said_on_every_page_that_the_words_narrow(open_page: OpenPage) -> None:
    app = open_page("topics", q=["housng"])
    assert "it was read as “housing”" in words(app)
    assert app.button(key="exactly-housng")


def test_what_the_search_box_does_not_understand_is_said(open_page: OpenPage) -> None:
    assert "it does not understand “OR”" in words(open_page("practices", q=["youth OR school"]))


def test_a_country_in_another_language_is_understood_in_the_address(open_page: OpenPage) -> None:
    app = open_page("practices", country=["Espagne"])
    assert app.button(key="chip-Country: Spain")
    assert "does not count" not in words(app)


def test_a_word_that_nothing_has_is_said_beside_the_results_for_the_others(open_page: OpenPage) -> None:
    app = open_page("practices", q=["school zzzzqqq"])
    assert cards(app)
    assert "No practice has the word “zzzzqqq”." in words(app)
    assert "No practice holds all of these words; these hold at least 1 of the 2." in words(app)


def test_results_with_some_of_the_words_are_said_to_be_that_under_a_filter_too(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection
) -> None:
    query = "women work health sport"
    (needed,) = set(queries.search_reading(connection, Selection(q=query))["needed"])
    assert needed < 4
    for choice in ({}, {"country": ["norway"]}):
        said = words(open_page("practices", q=[query], **choice))
        assert re.search(rf"(hold|with) at least {needed} of the 4", said), choice


def test_all_words_found_are_not_talked_about(open_page: OpenPage) -> None:
    said = words(open_page("practices", q=["rumour barcelona"], country=["spain"]))
    assert "hold" not in said
    assert "No practice has" not in said


@pytest.mark.parametrize("sort", ["relevance", "oldest", "city"])
def test_results_come_in_the_order_of_the_address(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection, sort: queries.Sort
) -> None:
    app = open_page("practices", q=["school"], sort=[sort])
    assert not app.exception
    assert cards(app) == queries.result_ids(connection, Selection(q="school"), sort)[:PER_PAGE]


def test_best_match_is_no_order_without_words_and_that_is_said(open_page: OpenPage) -> None:
    app = open_page("practices", sort=["relevance"])
    assert "“relevance” is not something that “Sort by” can be" in words(app)
    assert app.selectbox(key="option-sort").options == ["Newest", "Oldest", "Newest added", "Title", "City"]


@pytest.mark.parametrize("per", [50, 100])
def test_a_page_holds_as_many_results_as_the_address_says(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection, per: int
) -> None:
    app = open_page("practices", per=[str(per)], page=["2"], sort=["title"])
    assert cards(app) == queries.result_ids(connection, Selection(), "title")[per : 2 * per]


@pytest.mark.parametrize("page", ["0", "24", "9" * 5000, "²", "two"])
def test_a_page_that_is_not_there_is_the_first(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection, page: str
) -> None:
    app = open_page("practices", page=[page])
    assert not app.exception
    assert cards(app) == queries.result_ids(connection, Selection())[:PER_PAGE]


def test_another_order_begins_on_the_first_page(open_page: OpenPage) -> None:
    app = open_page("practices", page=["3"])
    app.selectbox(key="option-sort").set_value("title").run()
    assert app.query_params["sort"] == "title"
    assert "page" not in app.query_params


def test_another_filter_begins_on_the_first_page(open_page: OpenPage) -> None:
    app = open_page("practices", page=["3"], sort=["title"])
    app.text_input(key="filter-q").set_value("school").run()
    assert "page" not in app.query_params
    assert app.query_params["sort"] == "title"


def test_results_stand_in_a_table_with_the_usual_columns(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection
) -> None:
    app = open_page("practices", view=["table"], country=["norway"])
    assert not app.exception
    (table,) = app.dataframe
    assert table.value["practice_id"].tolist() == queries.result_ids(connection, Selection(country=("norway",)))[:20]
    assert list(table.proto.column_order) == ["title", "city_names", "country_names", "when_text", "policy_areas"]
    assert app.multiselect(key="table-columns").value == list(table.proto.column_order)


def test_the_codes_of_a_table_are_in_words(open_page: OpenPage) -> None:
    (table,) = open_page("practices", view=["table"], policy_area=["education"]).dataframe
    assert all("Education" in list(labels) for labels in table.value["policy_areas"])


def test_the_columns_of_the_table_are_those_of_the_address_in_their_order(open_page: OpenPage) -> None:
    (table,) = open_page("practices", view=["table"], column=["url", "title", "nothing"]).dataframe
    assert list(table.proto.column_order) == ["url", "title"]


def test_choosing_columns_writes_them_into_the_address_and_choosing_none_brings_the_usual_ones(
    open_page: OpenPage,
) -> None:
    app = open_page("practices", view=["table"])
    app.multiselect(key="table-columns").set_value(["title", "summary"]).run()
    assert app.query_params["column"] == ["title", "summary"]
    app.multiselect(key="table-columns").set_value([]).run()
    assert "column" not in app.query_params
    assert app.dataframe[0].proto.column_order[0] == "title"


def test_a_table_of_the_last_page_holds_the_rest(open_page: OpenPage) -> None:
    (table,) = open_page("practices", view=["table"], page=["23"]).dataframe
    assert len(table.value) == 459 - 22 * PER_PAGE


@pytest.mark.parametrize("page", ["999", "0", "second"])
def test_a_page_that_the_list_does_not_have_is_said(open_page: OpenPage, page: str) -> None:
    for name in ("practices", "timeline"):
        assert f"There is no page “{page}”" in words(open_page(name, page=[page]))


def test_a_garbage_address_is_told_and_shows_what_is_left_of_it(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection
) -> None:
    app = open_page("practices", **GARBAGE)
    assert not app.exception
    said = words(app).replace("\\", "")
    for value in ("atlantis", "'; DROP TABLE practice; --", "soon", "hologram", "1000000", "%%%"):
        assert f"“{value}” is not something that" in said
    assert cards(app) == queries.result_ids(connection, Selection(country=("spain",)))[:PER_PAGE]


def test_what_stands_in_the_address_is_not_read_as_markdown(open_page: OpenPage) -> None:
    evil = "![x](https://example.org/x.png)"
    app = open_page("practices", country=[evil], view=[evil], q=[f"zzzzqqq {evil}"])
    labels = [str(button.label) for button in app.button]
    said = [str(element.value) for element in [*app.markdown, *app.caption]]
    assert sum(escaped(evil) in text for text in said) == 2
    assert [text for text in [*labels, *said] if evil in text] == []


def test_nothing_found_says_what_to_loosen_with_what_that_would_give(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection
) -> None:
    app = open_page("practices", q=["school"], country=["malta"])
    assert not app.exception
    assert "No practice fits" in words(app)
    count = queries.practice_count(connection, Selection(q="school"))
    offers = [button.label for button in app.button if str(button.key).startswith("loosen-")]
    assert offers == [f"Without Country\\: Malta → {count} practices", "Clear all filters"]
    app.button(key="loosen-Country: Malta").click().run()
    assert cards(app) == queries.result_ids(connection, Selection(q="school"))[:PER_PAGE]


def test_did_you_mean_puts_the_other_word_into_the_address(open_page: OpenPage) -> None:
    app = open_page("practices", q=["multiculturalismus"])
    assert "No practice has the word “multiculturalismus”." in words(app)
    assert "Instead of “multiculturalismus”, did you mean" in words(app)
    meant = [button for button in app.button if str(button.key).startswith("meant-")]
    assert meant
    word = meant[0].label
    meant[0].click().run()
    assert app.query_params["q"] == word
    assert cards(app)


def test_every_option_of_a_facet_says_how_many_practices_it_would_give_and_those_of_none_come_last(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection
) -> None:
    app = open_page("practices", target_group=["young_people"], country=["spain"])
    counts = queries.facet_counts(connection, Selection(target_group=("young_people",), country=("spain",)))
    options = queries.options(connection)
    for name in FACETS:
        expected = [
            f"{options.label(name, value)} ({counts[name].get(value) or 'none'})" for value in options.values(name)
        ]
        shown = app.multiselect(key=f"filter-{name}").options
        assert sorted(shown) == sorted(expected)
        empty = [option.endswith("(none)") for option in shown]
        assert empty == sorted(empty), name


def test_the_filters_that_are_rarely_used_are_there_once_they_are_opened(open_page: OpenPage) -> None:
    app = open_page("practices")
    assert "filter-target_group" not in [choice.key for choice in app.multiselect]
    app.session_state["more-filters"] = True
    app.run()
    assert {f"filter-{name}" for name in FACETS} <= {choice.key for choice in app.multiselect}


def test_an_option_is_chosen_by_its_value_although_its_count_changes(open_page: OpenPage) -> None:
    app = open_page("practices", country=["spain"])
    app.multiselect(key="filter-theme").set_value(["youth"]).run()
    assert app.query_params["theme"] == "youth"
    app.multiselect(key="filter-theme").set_value(["youth", "sport"]).run()
    assert app.query_params["theme"] == ["youth", "sport"]
    assert app.query_params["country"] == "spain"


def test_a_card_leads_to_its_practice_and_takes_filters_and_order_along(open_page: OpenPage) -> None:
    app = open_page("practices", q=["school"], country=["spain"], sort=["title"], view=["cards"], page=["1"])
    params = parse_qs(next(p.proto.query_string for p in app.get("page_link") if p.proto.page == "practice"))
    assert params == {
        "q": ["school"],
        "country": ["spain"],
        "sort": ["title"],
        "view": ["cards"],
        "practice": [cards(app)[0]],
    }


@pytest.mark.usefixtures("small_data")
def test_a_list_with_a_practice_that_has_nothing_but_a_title_opens(open_page: OpenPage) -> None:
    for view in ("cards", "table"):
        app = open_page("practices", q=["guide mediators"], view=[view])
        assert not app.exception
    app = open_page("practices", q=["guide mediators"])
    assert cards(app) == ["a-guide-for-mediators"]
    assert "No source address" in words(app)


def test_the_newest_added_come_first_each_with_since_when_the_data_has_it(
    small_data: DataFolder, open_page: OpenPage
) -> None:
    take(small_data.path, small_data.path / "snapshots")
    small_data.append("practices", practice_id="garden", title="A garden", accessed="2025-03-01")
    app = open_page("practices", sort=["added"])
    assert cards(app)[0] == "garden"
    assert "In the data since 1 March 2025" in words(app)
    assert "In the data by 3 February 2025, the oldest version kept" in words(app)
