"""The printed list of actions: every practice with its source, every area with the parts of its need."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pandas as pd
import pytest

from icc_data import queries
from icc_data.analysis import audit, audit_rows, benchmark, borrow
from icc_data.analysis.audit_rows import unknown_note
from icc_data.analysis.peer_sets import PeerSet, members
from icc_data.analysis.peers import features
from icc_data.analysis.proposals import action_rows
from icc_data.cells import dicts_of, is_known
from icc_data.files.export import Provenance
from icc_data.files.report import printed_action_list
from icc_data.queries.selection import Selection
from tests.helpers import naive
from tests.helpers.printed import ASIAN, HOSTILE, LETTERS, links, read, within_margins

FACTS = Provenance(
    "Action list", [], "https://atlas.example/audit?city=bergen", date(2026, 11, 22), "ec343959de8e", date(2026, 12, 1)
)
SAID = audit.Judgement({"education": 40}, {"education": 5, "housing": 0})
PEERS = [f"Peer {place}" for place in range(1, 15)]


def real(atlas: duckdb.DuckDBPyConnection, city: str, count: int) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """Actions, priorities and peers of a city, as the page makes them."""
    options, table = queries.options(atlas), features(queries.city_features(atlas))
    areas, peers = options.values("policy_area"), members(PeerSet(), table, city)
    questions = (queries.unit_areas, queries.unit_measures)
    portfolio = benchmark.portfolio(*(ask(atlas, Selection(), "city") for ask in questions), city, peers.index, areas)
    offers = audit.lenders(queries.lendable(atlas, city), list(peers.index))
    standing = audit.standing(portfolio, offers, queries.area_scores(atlas, city), SAID)
    labels = {area: options.label("policy_area", area) for area in areas}
    found = borrow.recommendations(queries.borrowable(atlas), city, peers, as_of=naive.as_of())
    picked = found.groupby("policy_area").head(1).head(count)
    reasons = [borrow.reason(row, labels[row["policy_area"]], "A peer") for row in dicts_of(picked)]
    needs = audit_rows.need_rows(standing, labels, {"interaction": 2020}, len(peers))
    return action_rows(picked, labels, reasons), needs, [options.label("city", peer) for peer in peers.index]


def printed(actions: pd.DataFrame, needs: pd.DataFrame, peers: list[str], city: str = "Bergen") -> bytes:
    return printed_action_list(city, actions, needs, peers, "Most similar cities", FACTS)


@pytest.fixture(scope="module")
def bergen(atlas: duckdb.DuckDBPyConnection) -> tuple[pd.DataFrame, pd.DataFrame, bytes]:
    actions, needs, peers = real(atlas, "bergen", 6)
    return actions, needs, printed(actions, needs, peers)


def needs_of(*rows: tuple[str, float | None]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "area": area,
                "need": value,
                "gap": 50,
                "gap_basis": "1 practice, no rating or score",
                "importance": 3.0,
                "lend": "4 of 10",
            }
            for area, value in rows
        ]
    )


def action(**cells: Any) -> dict[str, Any]:
    row = {"area": "Education", "practice": "A kitchen of languages", "city": "Lisbon", "when": "Since 2019"}
    row |= {"summary": "Neighbours cook.", "why": "Because.", "score": 77, "who": "", "by_when": ""}
    return row | {"source": "https://example.org/kitchen"} | cells


def listed(*actions: dict[str, Any], city: str = "Bergen", peers: list[str] | None = None) -> bytes:
    table = pd.DataFrame(list(actions), columns=list(action()))
    return printed(table, needs_of(("Education", 30), ("Housing", 12), ("Sport", 0)), peers or PEERS[:2], city)


def test_every_picked_practice_stands_with_its_city_year_reason_and_a_link_to_its_source(
    bergen: tuple[pd.DataFrame, pd.DataFrame, bytes],
):
    actions, _priorities, written = bergen
    text, opened = read(written)[1], links(written)
    assert len(actions) == 6
    for row in dicts_of(actions):
        for name in ("practice", "city", "summary", "why"):
            assert row[name] in text, row["practice"]
        assert f"{row['city']} · {row['when']}" in text or pd.isna(row["when"])
        assert row["source"] in opened
        assert f"Practices to borrow: {row['area']}" in text


def test_every_area_stands_with_its_need_and_the_parts_of_it(bergen: tuple[pd.DataFrame, pd.DataFrame, bytes]):
    actions, needs, written = bergen
    text = read(written)[1]
    shown = [*needs.head(5)["area"], *actions["area"]]
    for row in dicts_of(needs[needs["area"].isin(shown)]):
        parts = f"{row['need']} {row['gap']} {row['gap_basis']}" if is_known(row["need"]) else f"? {row['gap_basis']}"
        weighed = f"{row['importance']:.0f} of 5 {row['lend']}"
        assert f"{parts} {weighed}" in text, row["area"]
    not_known = needs[needs["need"].isna()]["area"].tolist()
    others = set(needs["area"]) - set(shown) - set(not_known)
    assert f"{len(others)} more areas come after these." in text or not others
    assert unknown_note(not_known) in text


def test_a_rating_is_said_to_be_one(bergen: tuple[pd.DataFrame, pd.DataFrame, bytes]):
    assert "60 our rating, 40 5 of 5" in read(bergen[2])[1]


def test_the_list_says_of_which_city_and_day_and_how_it_was_computed(
    bergen: tuple[pd.DataFrame, pd.DataFrame, bytes],
):
    text = read(bergen[2])[1]
    assert "Action list of Bergen" in text
    assert "1 December 2026" in text
    assert "6 practices picked in 6 policy areas" in text
    assert "Need: gap × importance, out of 100. Gap: the points missing to 100 of the rating" in text
    assert "ranked by gap (35%), similarity of the cities (35%), recency (15%)" in text
    assert "Chosen as: Most similar cities." in text


def test_every_page_says_which_data_it_shows_and_the_first_the_licence_and_the_address(
    bergen: tuple[pd.DataFrame, pd.DataFrame, bytes],
):
    pages, text = read(bergen[2])
    assert pages > 1
    for page in range(1, pages + 1):
        assert f"data version ec343959de8e, as of 22 November 2026 · CC BY 4.0 Page {page} of {pages}" in text
    assert "CC BY 4.0, The Intercultural Cities Atlas contributors." in text
    assert FACTS.address in links(bergen[2])


def test_there_is_room_for_who_does_what_by_when(bergen: tuple[pd.DataFrame, pd.DataFrame, bytes]):
    assert read(bergen[2])[1].count("Who By when Notes") == 6


def test_the_area_that_needs_most_comes_first():
    text = read(listed(action(area="Sport"), action()))[1]
    assert text.index("Practices to borrow: Education") < text.index("Practices to borrow: Sport")


def test_an_area_that_needs_little_is_shown_where_something_was_picked_in_it():
    assert "1 more area comes after these." in read(listed(action()))[1]
    assert "Sport 0 50" in read(listed(action(area="Sport")))[1]


def test_a_practice_of_an_area_without_a_need_is_not_lost():
    text = read(listed(action(area="Moon", practice="A rocket")))[1]
    assert "Practices to borrow: Moon" in text
    assert "A rocket" in text


def test_of_many_peers_the_first_are_named_and_the_others_counted():
    assert "Peer 12 and 2 more. Chosen as" in read(listed(action(), peers=PEERS))[1]


def test_a_list_of_nothing_says_so():
    pages, text = read(listed())
    assert pages == 1
    assert "None was picked." in text
    assert "0 practices picked" in text


def test_without_an_area_in_need_it_says_so():
    table = pd.DataFrame([], columns=list(action()))
    assert "No area has a need" in read(printed(table, needs_of(("Sport", 0)), []))[1]


def test_what_is_not_known_is_said_and_not_printed_as_missing():
    missing = {"city": "", "when": float("nan"), "summary": None, "source": None}
    text = read(listed(action(**missing)))[1]
    assert "city not stated · no year published" in text
    assert "No source address" in text
    assert "nan" not in text
    assert "None" not in text


@pytest.mark.parametrize("words", [HOSTILE, LETTERS, ASIAN], ids=["markup", "European", "Asian"])
def test_texts_are_printed_as_they_stand(words: str):
    text = read(listed(action(practice=words, city=words, why=words, summary=words), city=words))[1]
    assert text.count(words) >= 5
    assert "An empty box" not in text


@pytest.mark.parametrize("words", ["W" * 3000, "word " * 2000], ids=["one word", "many"])
def test_texts_of_any_length_stay_on_their_pages(words: str):
    cells = dict.fromkeys(["practice", "city", "summary", "why", "source"], words)
    written = listed(action(**cells), action(), city=words, peers=[words] * 3)
    pages, text = read(written)
    assert pages <= 3
    assert within_margins(written)
    assert "A kitchen of languages" in text
    assert text.count("Who By when Notes") == 2


def test_what_is_no_web_address_is_not_linked():
    assert "javascript:alert(1)" not in links(listed(action(source="javascript:alert(1)")))


def test_the_same_list_twice_is_the_same_file():
    assert listed(action()) == listed(action())
