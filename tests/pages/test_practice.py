"""The page of one practice: everything known of it, the way to the others, and whatever is unknown."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from icc_data import queries
from icc_data.analysis.sources import sources
from icc_data.incoming.check import valid_data
from icc_data.model.text_language import language_of
from icc_data.queries.selection import Selection
from icc_data.store.snapshot_tables import take
from icc_data.store.versions import data_version
from icc_data.text import short_digest
from pages.shared.markdown import escaped, spoken_in
from tests.pages.conftest import OpenPage, cards, words
from tests.unit.conftest import DataFolder


def one_where(connection: duckdb.DuckDBPyConnection, condition: str) -> str:
    """A practice of which something is so."""
    sql = f"SELECT practice_id FROM practice WHERE {condition} ORDER BY practice_id LIMIT 1"  # noqa: S608
    found = connection.execute(sql).fetchone()
    assert found is not None
    return str(found[0])


def record(app: AppTest) -> str:
    """The table of what is known of a practice."""
    return next(str(element.value) for element in app.markdown if str(element.value).startswith("| Field |"))


def link(app: AppTest, label: str) -> dict[str, list[str]] | None:
    """The address parameters of the link with this label; None where there is none."""
    found = [link.proto.query_string for link in app.get("page_link") if link.proto.label.startswith(label)]
    return parse_qs(found[0]) if found else None


def shown(markdown: str) -> str:
    """Markdown without sizes and colours, spaces as one."""
    for mark in (":small[", ":gray["):
        markdown = markdown.replace(mark, "")
    return re.sub(r" +", " ", markdown.replace("]] |", " |").replace("]]", ""))


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
    assert escaped(practice["title"]) in said
    assert f"| Title | {escaped(practice['title'])} (published) |" in shown(table)
    assert "(in this project’s words)" in table
    assert f"“{escaped(practice['when_text'])}”" in table
    assert re.search(r"\| Years read from it \| .*\(read by this project, (certain|likely)\b", shown(table))
    assert f"<{practice['url']}>" in table
    for city in practice["cities"]:
        assert escaped(city["name"]) in table
    for source in sources({"evidence_urls": practice["evidence_urls"], "source_kind": practice["source_kind"]}):
        assert f"(<{source.address}>)" in table
    assert table.count("assigned by this project") == len({term["vocabulary"] for term in practice["terms"]})
    assert len(app.get("deck_gl_json_chart")) == 1
    assert len(app.get("vega_lite_chart")) == 1


def test_a_translated_title_stands_beside_the_published_one(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection
) -> None:
    practice = queries.practice(connection, one_where(connection, "title_original IS NOT NULL"))
    assert practice is not None
    table = shown(record(open_page("practice", practice=[practice["practice_id"]])))
    assert f"| Title | {escaped(practice['title'])} (translated by this project) |" in table
    published = spoken_in(language_of(practice["title_original"]), escaped(practice["title_original"]))
    assert f"| Published title | {published} (published) |" in table


CONDITIONS = {
    "a year": ("when_text IS NULL", "no year published"),
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


def both_texts(small_data: DataFolder, when: str, described: str, source: str = "year field") -> None:
    small_data.edit("practices", 3, when_text=when, when_source=source if when else "", described_when=described)


def test_two_texts_that_contradict_each_other_both_stand_on_the_page(
    open_page: OpenPage, small_data: DataFolder
) -> None:
    both_texts(small_data, "2016", "since 1995")
    app = open_page("practice", practice=["a-guide-for-mediators"])
    assert "The programme’s field says “2016”; the description says “since 1995”." in words(app)
    assert escaped("since 1995 (year as published: 2016)") in words(app)
    assert shown(record(app)).splitlines()[3:6] == [
        "| Year as published | “2016” (published, the year field) |",
        "| Years by its description | “since 1995” (in this project’s words) |",
        "| Years read from both | 1995, ongoing (read by this project, likely, the two contradict each other) |",
    ]


def test_a_text_of_the_description_is_not_said_to_be_the_programmes_field(
    open_page: OpenPage, small_data: DataFolder
) -> None:
    both_texts(small_data, "2016", "since 1995", "description")
    said = words(open_page("practice", practice=["a-guide-for-mediators"]))
    assert "The year as published is “2016”; the description says “since 1995”." in said
    assert "The programme’s field" not in said


def test_a_year_that_stands_alone_may_not_be_the_start(open_page: OpenPage, small_data: DataFolder) -> None:
    both_texts(small_data, "2016", "")
    table = shown(record(open_page("practice", practice=["a-guide-for-mediators"])))
    assert "(read by this project, likely, may not be the start)" in table


def test_a_practice_whose_description_alone_tells_of_its_years_shows_them(
    open_page: OpenPage, small_data: DataFolder
) -> None:
    both_texts(small_data, "", "since 2015")
    app = open_page("practice", practice=["a-guide-for-mediators"])
    assert "city not stated · since 2015" in words(app)
    assert shown(record(app)).splitlines()[3:6] == [
        "| Year | none published |",
        "| Years by its description | “since 2015” (in this project’s words) |",
        "| Years read from it | 2015, ongoing (read by this project, certain) |",
    ]


@pytest.mark.usefixtures("small_data")
def test_a_practice_with_nothing_but_a_title_opens(open_page: OpenPage) -> None:
    app = open_page("practice", practice=["a-guide-for-mediators"])
    assert not app.exception
    table = shown(record(app))
    *fields, added = table.splitlines()[2:]
    assert added.startswith("| In the atlas | In the data by 3 February 2025, the oldest version kept")
    assert fields == [
        "| Title | A guide for mediators (published) |",
        "| Year | none published |",
        "| Policy area | not coded yet |",
        "| Own page | not known |",
        "| Evidence | not noted |",
    ]
    assert "city not stated · no year published" in words(app)
    assert "No city is named" in words(app)
    assert app.get("link_button") == []


@pytest.mark.parametrize(
    ("published", "described", "told"),
    [
        (
            "2017-2018",
            "since 1995",
            [
                "| Year as published | “2017-2018” (published, the year field) |",
                "| Years by its description | “since 1995” (in this project’s words) |",
                "| Years read from both | 2017–2018 (read by this project, likely, the two contradict each other) |",
            ],
        ),
        (
            "2016",
            "since 1995",
            [
                "| Year as published | “2016” (published, the year field) |",
                "| Years by its description | “since 1995” (in this project’s words) |",
                "| Years read from both | 1995, ongoing "
                "(read by this project, likely, the two contradict each other) |",
            ],
        ),
        (
            "",
            "since 1995",
            [
                "| Year | none published |",
                "| Years by its description | “since 1995” (in this project’s words) |",
                "| Years read from it | 1995, ongoing (read by this project, certain) |",
            ],
        ),
    ],
)
def test_what_the_description_says_of_the_years_stands_beside_the_published_text(
    open_page: OpenPage, small_data: DataFolder, published: str, described: str, told: list[str]
) -> None:
    source = "year field" if published else ""
    small_data.edit("practices", 3, when_text=published, when_source=source, described_when=described)
    table = shown(record(open_page("practice", practice=["a-guide-for-mediators"])))
    assert [row for row in table.splitlines() if row.startswith("| Year")] == told


def test_a_source_without_its_kind_or_day_says_so(open_page: OpenPage, small_data: DataFolder) -> None:
    small_data.edit("practices", 3, evidence_urls="https://example.org/x")
    app = open_page("practice", practice=["a-guide-for-mediators"])
    row = "| Evidence | [Web page, example.org](<https://example.org/x>) (kind of source not noted, day not noted) |"
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
    expected = f"There is no practice “{escaped(practice_id[:80])}” here" if practice_id else "No practice chosen"
    assert expected.replace("\u2060", "") in words(app)
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
    apa, bibtex, ris, _csl = (code.value for code in app.code[-4:])
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
    reasons = re.findall(r"\[Shares (.*)\]\]$", words(app), re.MULTILINE)
    assert len(reasons) == len(expected) == 6
    assert all(reasons)


def test_a_practice_says_since_which_version_the_atlas_has_it(small_data: DataFolder, open_page: OpenPage) -> None:
    kept = take(small_data.path, small_data.path / "snapshots").snapshot
    small_data.append("practices", practice_id="garden", title="A garden", city_ids="cork", countries="Ireland")
    small_data.edit("practices", 4, accessed="2025-03-01", source_kind="programme")
    version = short_digest(data_version(valid_data(small_data.path)))
    new = shown(record(open_page("practice", practice=["garden"])))
    assert f"| In the atlas | In the data since 1 March 2025 (version {version}) |" in new
    old = shown(record(open_page("practice", practice=["kitchen-of-languages"])))
    assert f"| In the atlas | In the data by 3 February 2025, the oldest version kept (version {kept.version}) |" in old


def test_what_was_amended_is_told_beside_what_the_programme_published(
    open_page: OpenPage, small_data: DataFolder
) -> None:
    one = {"table": "practices", "id": "kitchen-of-languages", "column": "when_text", "value": "since 2016"}
    small_data.write("amendments", [{**one, "source": "a letter of the city", "date": "2025-01-31"}])
    app = open_page("practice", practice=["kitchen-of-languages"])
    assert not app.exception
    assert (
        "| Year as published | “since 2016” (the programme’s field says “Since 2019”; amended to “since 2016” on "
        "31 January 2025 after a letter of the city) |"
    ) in shown(record(app))
