"""The pack of a city: it says what the files say, also where that is little."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import duckdb
import pytest

from icc_data import queries
from icc_data.analysis import city_facts, peers
from icc_data.cells import dicts_of
from icc_data.errors import AtlasError
from icc_data.files.pack import city_pack, write
from icc_data.files.pack.city_answers import CityAnswers, ask_city
from icc_data.files.report import document
from icc_data.i18n import number
from icc_data.queries.selection import Selection
from tests.helpers import naive
from tests.helpers.packs import FACTS, Packs
from tests.helpers.printed import links, read

# Without a practice; without residents; without anything to be compared in; a district; a region.
THIN = ("amman", "catalonia", "athens", "guro", "dortmund", "klaksvik")

Written = Callable[[str], bytes]


@pytest.fixture(scope="module")
def written(packs: Packs) -> Written:
    """The PDF of a city of the files, set once."""
    return cache(lambda city: packs.file(f"city {city}", "pdf"))


@pytest.fixture(scope="module")
def oslo(written: Written) -> bytes:
    return written("oslo")


@pytest.fixture(scope="module")
def barcelona(written: Written) -> str:
    return read(written("barcelona"))[1]


def asked(packs: Packs, city: str) -> CityAnswers:
    return ask_city(packs.memory, Selection(), city, similar=5)


def within(packs: Packs, selection: Selection, city: str = "barcelona") -> str:
    """The text of a profile whose practices are selected."""
    return read(write(city_pack(packs.memory, selection, city, FACTS), "pdf"))[1]


def test_how_practices_are_counted_is_told_where_there_are_some(packs: Packs):
    counted = "A practice counts once in each of its policy areas, so that shares add up to more than 100%."
    assert counted in packs.pack("city barcelona").method
    assert counted not in packs.pack("city amman").method


@pytest.mark.parametrize("city", THIN)
def test_a_city_without_a_practice_takes_a_page_or_two_and_says_so(written: Written, city: str):
    pages, text = read(written(city))
    assert pages <= 2
    assert "No practice of this city has been published in the sources of this atlas." in text
    for panel in (
        "Practices by policy area",
        "What it does that few others do",
        "Gaps",
        "Partner cities",
        "None",
        "nan",
    ):
        assert panel not in text
    assert "Most similar cities" in text
    assert "Intercultural Cities Index" in text


def test_the_facts_are_those_of_the_files_with_their_years(barcelona: str):
    row = naive.table("cities").set_index("city_id").loc["barcelona"]
    assert f"Joined: {row['joined_year']}" in barcelona
    assert f"Residents: {int(row['population']):,} (year not stated)" in barcelona
    assert f"Born abroad: {float(row['foreign_born_pct']):.1f}% (year not stated)" in barcelona
    assert f"Intercultural strategy: {row['strategy_year']}" in barcelona
    assert "Index, overall: 72 of 100 (2017)" in barcelona
    assert "Networks: International network, RECI (Spain)" in barcelona


def test_a_figure_with_a_year_is_printed_with_it(written: Written):
    text = read(written("hamamatsu"))[1]
    assert "Residents: 796,114 (2017)" in text
    assert "Foreign nationals: 3.6% (2024)" in text
    assert "Index: report of 2017, score not found" in text


def test_what_is_not_known_is_said(written: Written):
    text = read(written("amman"))[1]
    assert "Not known: joined, share born abroad, index score" in text
    assert "Residents: 1,275,857 (GeoNames)" in text


def test_the_sources_of_the_facts_can_be_opened(atlas: duckdb.DuckDBPyConnection, oslo: bytes):
    urls = list(queries.city(atlas, "oslo")["evidence_urls"])
    assert set(urls) <= set(links(oslo))
    assert "Sources: coe.int (1) · coe.int (2)" in read(oslo)[1]


def test_the_numbers_are_those_of_the_files(barcelona: str):
    mine, everything = naive.of_city("barcelona"), naive.table("practices")
    assert f"Practices {len(mine)} of {len(everything)} in the network" in barcelona
    areas = naive.by_area(mine)
    assert f"Policy areas {sum(1 for count in areas.values() if count)} of 17" in barcelona


def test_the_portfolio_is_drawn_with_counts_and_shares_that_can_be_read(barcelona: str):
    mine = naive.of_city("barcelona")
    for count in {count for count in naive.by_area(mine).values() if count}:
        assert f"{count} · {round(100 * count / len(mine))}%" in barcelona
    assert "Intercultural intelligence and competence" in barcelona
    assert "Share of the network’s" in barcelona


def test_the_commitments_come_with_their_practices(atlas: duckdb.DuckDBPyConnection, barcelona: str):
    for row in dicts_of(queries.commitments(atlas, Selection(city=("barcelona",)))):
        assert f"{row['practices']} 20 {round(row['practices'] * 5)}%" in barcelona


def test_index_results_come_with_their_edition_the_newest_first(oslo: bytes):
    text = read(oslo)[1]
    newest, oldest = text.index("2020, Overall: 85 of 100, among 141 cities"), text.index("2017, Overall: 85 of 100")
    assert newest < oldest


def test_a_report_whose_score_was_not_found_is_said(written: Written):
    assert "2014: a report exists, its score was not found." in read(written("lisbon"))[1]


def test_no_result_at_all_is_said(written: Written):
    assert "No published result and no report was found." in read(written("bergen"))[1]


def test_similar_cities_come_with_the_reason_and_the_features_it_rests_on(packs: Packs, oslo: bytes):
    text, found = read(oslo)[1], asked(packs, "oslo")
    own = city_facts.feature_row(found.features, "oslo")
    assert len(found.similar) == 5
    for other, distance, compared, _former in found.similar.itertuples():
        assert f"{found.label('city', other)} {1 - distance:.0%} alike, from {compared} of 8 facts" in text
        theirs = city_facts.feature_row(found.features, other)
        assert peers.reason(own, theirs, found.label) in text
        assert peers.warning(own, theirs, distance) in text


def test_the_same_warning_of_all_is_said_once(written: Written):
    warning = "Less than half of what counts is known of both: Residents, Country and Part of the world."
    assert read(written("turnhout"))[1].count(warning) == 1


def test_a_similar_city_that_has_left_the_programme_is_marked(written: Written):
    assert "Ivano-Frankivsk (former member)" in read(written("lutsk"))[1]


def test_similar_cities_are_similar_with_or_without_practices(packs: Packs):
    assert next(iter(asked(packs, "mechelen").similar.index)) == "turnhout"


def test_what_few_others_do_and_what_is_missing_are_said(barcelona: str):
    assert "Interfaith: 3 practices, 3.4 times as common here as in the network; 19 cities have one" in barcelona
    assert "With a single practice each, which says little: Entrepreneurship" in barcelona
    assert "No practice in 3 of 17 policy areas: Commitment, Public space and Leadership and citizenship." in barcelona


def test_partners_are_named_with_what_they_share(atlas: duckdb.DuckDBPyConnection, barcelona: str):
    names = [row["name"] for row in dicts_of(queries.partners(atlas, "barcelona"))]
    listed = barcelona.split("They carry a practice together ")[1].split(" C4i – Communication for Integration")[0]
    assert listed.replace(" and ", ", ").split(", ") == names


def test_the_newest_practices_come_first_each_with_its_link(atlas: duckdb.DuckDBPyConnection, oslo: bytes):
    text, opened = read(oslo)[1], links(oslo)
    newest = dicts_of(queries.practices(atlas, Selection(city=("oslo",)), limit=8))
    places = [text.index(row["title"]) for row in newest]
    assert places == sorted(places)
    assert all(row["url"] in opened for row in newest if isinstance(row["url"], str))
    assert "and 2 more" in text


def test_the_practices_keep_to_the_other_filters_and_say_so(packs: Packs):
    text = within(packs, Selection(policy_area=("education",)))
    assert "4 of 20 fit the other filters (Policy area: Education); newest first" in text
    assert "Practices 20 of 459 in the network" in text


def test_the_city_chosen_is_no_other_filter(packs: Packs, barcelona: str):
    assert within(packs, Selection(city=("barcelona", "oslo"))) == barcelona


def test_a_filter_that_fits_no_practice_is_said(packs: Packs):
    text = within(packs, Selection(policy_area=("commitment",)))
    assert "0 of 20 fit the other filters" in text


@pytest.mark.parametrize(
    ("city", "name"), [("guro", "구로구"), ("odesa", "Одеса"), ("patras", "Πάτρα"), ("haifa", "חיפה")]
)
def test_a_name_of_any_script_can_be_printed(packs: Packs, city: str, name: str):
    assert name in packs.pack(f"city {city}").place
    assert document.without_glyph(name) == ""


def test_an_unknown_city_is_refused_with_advice(packs: Packs):
    with pytest.raises(AtlasError, match="no city “atlantis”"):
        city_pack(packs.memory, Selection(), "atlantis", FACTS)


@pytest.mark.parametrize("city", [*naive.busy_cities(10), *THIN])
def test_what_is_said_of_a_city_in_words_rests_on_the_files(atlas: duckdb.DuckDBPyConnection, city: str):
    options = queries.options(atlas)
    found = queries.term_profile(atlas, city, "policy_area")
    mine = naive.by_area(naive.of_city(city))
    missing = {options.label("policy_area", code) for code, count in mine.items() if not count}
    missing |= {options.label("policy_area", code) for code in options.values("policy_area") if code not in mine}
    said = " ".join(city_facts.missing_areas(found, options.label))
    assert f"No practice in {number(len(missing))} of 17 policy areas" in said
    assert all(name in said for name in missing)
