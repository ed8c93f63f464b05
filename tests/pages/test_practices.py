"""The list of practices and the page of one: default, filtered, empty and garbage, and whatever is unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from icc_data import queries
from icc_data.database import DATABASE, open_database
from icc_data.selection import FACETS, Selection
from pages.shared import session
from pages.shared.cards import marked, plain
from tests.pages.conftest import OpenPage, words
from tests.unit.conftest import SMALL, DataFolder

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


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """The database that the pages ask."""
    with open_database(DATABASE) as opened:
        yield opened


def one_where(connection: duckdb.DuckDBPyConnection, condition: str) -> str:
    """A practice of which something is so."""
    sql = f"SELECT practice_id FROM practice WHERE {condition} ORDER BY practice_id LIMIT 1"  # noqa: S608
    found = connection.execute(sql).fetchone()
    assert found is not None
    return str(found[0])


def cards(app: AppTest) -> list[str]:
    """The practices shown as cards, in their order."""
    linked = [link.proto for link in app.get("page_link") if link.proto.page == "practice"]
    return [parse_qs(link.query_string)["practice"][0] for link in linked]


def record(app: AppTest) -> str:
    """The table of what is known of a practice."""
    return next(str(element.value) for element in app.markdown if str(element.value).startswith("| | |"))


def link(app: AppTest, label: str) -> dict[str, list[str]] | None:
    """The address parameters of the link with this label; None where there is none."""
    found = [link.proto.query_string for link in app.get("page_link") if link.proto.label.startswith(label)]
    return parse_qs(found[0]) if found else None


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
    assert app.selectbox(key="option-sort").options == ["Newest", "Oldest", "Title", "City"]


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
    assert sum(plain(evil) in text for text in said) == 2
    assert [text for text in [*labels, *said] if evil in text] == []


def test_nothing_found_says_what_to_loosen_with_what_that_would_give(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection
) -> None:
    app = open_page("practices", q=["school"], country=["malta"])
    assert not app.exception
    assert "No practice fits" in words(app)
    count = queries.practice_count(connection, Selection(q="school"))
    offers = [button.label for button in app.button if str(button.key).startswith("loosen-")]
    assert offers == [f"Without Country\\: Malta → {count} practices", "Clear all"]
    app.button(key="loosen-Country: Malta").click().run()
    assert cards(app) == queries.result_ids(connection, Selection(q="school"))[:PER_PAGE]


def test_did_you_mean_puts_the_other_word_into_the_address(open_page: OpenPage) -> None:
    app = open_page("practices", q=["multiculturalismus"])
    assert "No practice has the word “multiculturalismus”. Did you mean" in words(app)
    meant = [button for button in app.button if str(button.key).startswith("meant-")]
    assert meant
    word = meant[0].label
    meant[0].click().run()
    assert app.query_params["q"] == word
    assert cards(app)


def test_every_option_of_a_facet_says_how_many_practices_it_would_give_and_those_of_none_come_last(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection
) -> None:
    app = open_page("practices", theme=["youth"], country=["spain"])
    counts = queries.facet_counts(connection, Selection(theme=("youth",), country=("spain",)))
    options = queries.options(connection)
    for name in FACETS:
        expected = [
            f"{options.label(name, value)} ({counts[name].get(value) or 'none'})" for value in options.values(name)
        ]
        shown = app.multiselect(key=f"filter-{name}").options
        assert sorted(shown) == sorted(expected)
        empty = [option.endswith("(none)") for option in shown]
        assert empty == sorted(empty), name


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


def test_a_practice_is_told_with_all_its_fields_and_how_each_was_obtained(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection
) -> None:
    practice_id = one_where(
        connection,
        "start_year IS NOT NULL AND url IS NOT NULL AND published_topics <> [] AND city_names <> '' "
        "AND title_original IS NULL",
    )
    practice = queries.practice(connection, practice_id)
    assert practice is not None
    app = open_page("practice", practice=[practice_id])
    assert not app.exception
    table, said = record(app), words(app)
    assert plain(practice["title"]) in said
    assert f"| Title | {plain(practice['title'])} (published) |" in shown(table)
    assert "(in this project’s words)" in table
    assert f"“{plain(practice['when_text'])}”" in table
    assert re.search(r"\| Years read from it \| .*\(read by this project, (certain|likely)\)", shown(table))
    assert f"<{practice['url']}>" in table
    for city in practice["cities"]:
        assert plain(city["name"]) in table
    for url in practice["evidence_urls"]:
        assert f"<{url}>" in table
    assert table.count("assigned by this project") == len({term["vocabulary"] for term in practice["terms"]})
    assert len(app.get("deck_gl_json_chart")) == 1
    assert len(app.get("vega_lite_chart")) == 1


def test_a_translated_title_stands_beside_the_published_one(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection
) -> None:
    practice = queries.practice(connection, one_where(connection, "title_original IS NOT NULL"))
    assert practice is not None
    table = shown(record(open_page("practice", practice=[practice["practice_id"]])))
    assert f"| Title | {plain(practice['title'])} (translated by this project) |" in table
    assert f"| Published title | {plain(practice['title_original'])} (published) |" in table


def shown(markdown: str) -> str:
    """Markdown without sizes and colours, spaces as one."""
    for mark in (":small[", ":gray["):
        markdown = markdown.replace(mark, "")
    return re.sub(r" +", " ", markdown.replace("]] |", " |").replace("]]", ""))


CONDITIONS = {
    "a year": ("when_text IS NULL", "none published"),
    "a start year": ("when_text IS NOT NULL AND start_year IS NULL", "No start year is known"),
    "a city": ("city_names = '' AND country_names <> ''", "No city is named"),
    "any place": ("city_names = '' AND country_names = ''", "city not stated"),
    "a page of its own": ("url IS NULL", "Evidence"),
    "more than a title": ("confidence = 'low'", "low: only a title or a line was known"),
    "agreed policy areas": ("policy_area_coding = 'disputed'", "the two readers disagreed"),
}


@pytest.mark.parametrize("missing", CONDITIONS)
def test_a_practice_without_something_says_so(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection, missing: str
) -> None:
    condition, said = CONDITIONS[missing]
    app = open_page("practice", practice=[one_where(connection, condition)])
    assert not app.exception
    assert said in words(app)
    assert not {"None", "nan", "NaT"} & set(re.findall(r"\w+", words(app)))


@pytest.fixture
def small_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """The dashboard on a small data folder, whose fourth practice has a title and nothing else."""
    folder = DataFolder(tmp_path / "data")
    folder.path.mkdir()
    for table, rows in SMALL.items():
        folder.write(table, rows)
    folder.edit("practices", 3, source_kind="", accessed="", evidence_urls="")
    monkeypatch.setattr(session, "DATA_DIRECTORY", folder.path)
    monkeypatch.setattr(session, "DATABASE", tmp_path / "atlas.duckdb")
    return folder


@pytest.mark.usefixtures("small_data")
def test_a_practice_with_nothing_but_a_title_opens(open_page: OpenPage) -> None:
    app = open_page("practice", practice=["a-guide-for-mediators"])
    assert not app.exception
    table = shown(record(app))
    assert table.splitlines()[2:] == [
        "| Title | A guide for mediators (published) |",
        "| Year | none published |",
        "| Own page | not known |",
        "| Evidence | not noted |",
    ]
    assert "city not stated · no year published" in words(app)
    assert "No city is named" in words(app)
    assert app.get("link_button") == []


@pytest.mark.usefixtures("small_data")
def test_a_list_with_a_practice_that_has_nothing_but_a_title_opens(open_page: OpenPage) -> None:
    for view in ("cards", "table"):
        app = open_page("practices", q=["guide mediators"], view=[view])
        assert not app.exception
    app = open_page("practices", q=["guide mediators"])
    assert cards(app) == ["a-guide-for-mediators"]
    assert "No source address" in words(app)


def test_a_source_without_its_kind_or_day_says_so(open_page: OpenPage, small_data: DataFolder) -> None:
    small_data.edit("practices", 3, evidence_urls="https://example.org/x")
    app = open_page("practice", practice=["a-guide-for-mediators"])
    row = "| Evidence | <https://example.org/x> (kind of source not noted, day not noted) |"
    assert row in shown(record(app)).splitlines()


def test_every_practice_opens(open_page: OpenPage, connection: duckdb.DuckDBPyConnection) -> None:
    app = open_page("practice")
    for practice_id in queries.result_ids(connection, Selection())[::37]:
        app.query_params["practice"] = [practice_id]
        app.run()
        assert not app.exception, practice_id
        assert len(cards(app)) >= 6, practice_id


@pytest.mark.parametrize("practice_id", ["atlantis", "", "![x](https://x.org)", "'; DROP TABLE practice; --" * 99])
def test_an_unknown_practice_is_said_with_the_way_to_the_others(open_page: OpenPage, practice_id: str) -> None:
    app = open_page("practice", practice=[practice_id], country=["spain"])
    assert not app.exception
    expected = f"There is no practice “{plain(practice_id[:80])}” here." if practice_id else "No practice chosen."
    assert expected in words(app)
    assert link(app, "Look for it among the practices") == {"country": ["spain"]}


@pytest.mark.parametrize("page", ["overview", "practices"])
def test_a_practice_in_the_address_of_the_first_page_or_of_the_list_is_shown(open_page: OpenPage, page: str) -> None:
    app = open_page(page, practice=["dont-feed-the-rumour"], country=["portugal"])
    assert not app.exception
    assert "| Title | Don’t Feed the Rumour (published) |" in shown(record(app)).replace("'", "’")
    assert link(app, "All results") is not None


def test_a_filter_that_does_not_exist_any_more_is_said_on_the_page_of_a_practice(open_page: OpenPage) -> None:
    app = open_page("practice", practice=["dont-feed-the-rumour"], country=["atlantis"])
    assert "“atlantis” is not something that “Country” can be" in words(app)
    assert not app.exception


@pytest.mark.parametrize("sort", ["title", "relevance", "garbage"])
def test_previous_and_next_go_through_the_results_in_their_order(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection, sort: Any
) -> None:
    selection = Selection(q="school", country=("spain",))
    ids = queries.result_ids(connection, selection, "relevance" if sort == "garbage" else sort)
    params = {"q": ["school"], "country": ["spain"], "sort": [sort]}
    app = open_page("practice", practice=[ids[1]], **params)
    assert f"2 of {len(ids)}" in words(app)
    assert link(app, "Previous") == {**params, "practice": [ids[0]]}
    assert link(app, "Next") == {**params, "practice": [ids[2]]}
    assert link(app, f"All results ({len(ids)})") == params


def test_the_first_result_has_none_before_and_the_last_none_after(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection
) -> None:
    ids = queries.result_ids(connection, Selection(country=("norway",)))
    first = open_page("practice", practice=[ids[0]], country=["norway"])
    assert (link(first, "Previous"), link(first, "Next")) != (None, None)
    assert link(first, "Previous") is None
    last = open_page("practice", practice=[ids[-1]], country=["norway"])
    assert link(last, "Next") is None
    assert link(last, "Previous") is not None


def test_a_practice_that_is_not_among_the_results_says_so(open_page: OpenPage) -> None:
    app = open_page("practice", practice=["dont-feed-the-rumour"], country=["norway"])
    assert "This practice is not among the selected ones." in words(app)
    assert link(app, "All results (35)") == {"country": ["norway"]}
    assert link(app, "Next") is None


def test_a_selection_without_any_practice_still_shows_the_practice_of_the_address(open_page: OpenPage) -> None:
    app = open_page("practice", practice=["dont-feed-the-rumour"], q=["zzzzqqq"])
    assert not app.exception
    assert "This practice is not among the selected ones." in words(app)
    assert "Don’t Feed the Rumour" in words(app) or "Don't Feed the Rumour" in words(app)


def test_a_practice_can_be_cited_in_three_styles_with_day_and_version(open_page: OpenPage) -> None:
    app = open_page("practice", practice=["dont-feed-the-rumour"])
    apa, bibtex, ris = (code.value for code in app.code[-3:])
    assert "Retrieved November 22, 2026, from https://" in apa
    assert bibtex.startswith("@misc{icc-dont-feed-the-rumour,")
    assert ris.startswith("TY  - ELEC")
    assert ris.rstrip().endswith("ER  -")
    version = re.findall("data version ([0-9a-f]{12})", apa + bibtex + ris)
    assert len(version) == 3
    assert len(set(version)) == 1


def test_similar_practices_come_with_what_they_share(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection
) -> None:
    app = open_page("practice", practice=["dont-feed-the-rumour"])
    expected = queries.similar(connection, "dont-feed-the-rumour", limit=6)["practice_id"].tolist()
    assert set(cards(app)) >= set(expected)
    reasons = [str(c.value) for c in app.caption if str(c.value).startswith("Shares ")]
    assert len(reasons) == len(expected) == 6
    assert all(len(reason) > len("Shares ") for reason in reasons)
