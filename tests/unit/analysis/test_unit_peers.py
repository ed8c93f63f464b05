"""Which countries and networks one is set beside, and the address that says so."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.analysis.unit_peers import RULES, UnitPeers, read_unit_peers, regions, unit_members
from icc_data.incoming.check import Data
from icc_data.queries.ignored import Ignored

COUNTRIES = ("austria", "greece", "italy", "spain")
PLACES = {"austria": "Western Europe", "greece": "Southern Europe", "italy": "Southern Europe", "spain": None}
NETWORKS = ("icc_uk", "international", "reci")


def test_a_country_is_beside_all_others_unless_something_else_is_chosen():
    assert unit_members(UnitPeers("country"), "italy", COUNTRIES, PLACES) == ("austria", "greece", "spain")


def test_the_same_part_of_the_world_leaves_out_the_rest_and_the_country_itself():
    assert unit_members(UnitPeers("country", "region"), "italy", COUNTRIES, PLACES) == ("greece",)


@pytest.mark.parametrize("country", ["austria", "spain"])
def test_a_country_alone_in_its_part_of_the_world_or_in_none_has_no_peers_there(country: str):
    assert unit_members(UnitPeers("country", "region"), country, COUNTRIES, PLACES) == ()


def test_the_international_network_is_no_peer_of_a_national_one_unless_it_is_picked():
    assert unit_members(UnitPeers("network"), "reci", NETWORKS, {}) == ("icc_uk",)
    picked = UnitPeers("network", "picked", ("international", "reci"))
    assert unit_members(picked, "reci", NETWORKS, {}) == ("international",)


def test_the_international_network_itself_is_beside_all_others():
    assert unit_members(UnitPeers("network"), "international", NETWORKS, {}) == ("icc_uk", "reci")


def test_the_choice_is_said_in_words():
    assert UnitPeers("country", "region").in_words("italy", PLACES) == "Same part of the world (Southern Europe)"
    assert UnitPeers("network").in_words("reci", {}) == "All other networks, without the international one"
    assert UnitPeers("network").in_words("international", {}) == "All other networks"
    assert UnitPeers("country", "picked").in_words("italy", PLACES) == "Picked by hand"


@given(st.sampled_from(sorted(RULES)), st.data())
def test_an_address_gives_back_the_choice_that_wrote_it(unit: str, data: st.DataObject):
    values = COUNTRIES if unit == "country" else NETWORKS
    rule = data.draw(st.sampled_from(sorted(RULES[unit])))
    picked = tuple(data.draw(st.lists(st.sampled_from(values), unique=True)))
    asked = UnitPeers(unit, rule, picked)
    assert read_unit_peers(asked.to_params(), unit, values) == (asked, [])


def test_the_default_needs_no_address():
    assert UnitPeers("country").to_params() == {}


def test_what_cannot_be_used_is_named_and_does_not_count():
    asked, ignored = read_unit_peers({"peers": ["region"], "peer": ["atlantis", "reci"]}, "network", NETWORKS)
    assert asked == UnitPeers("network", "all", ("reci",))
    assert ignored == [Ignored("peers", "region"), Ignored("peer", "atlantis")]


def test_every_country_of_the_network_has_a_part_of_the_world(real_data: Data, atlas: duckdb.DuckDBPyConnection):
    found = regions(real_data.cities)
    assert [value for value in queries.options(atlas).values("country") if not found.get(value)] == []
    assert found["spain"] == found["portugal"] == "Southern Europe"
