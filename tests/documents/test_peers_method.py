"""What docs/method.md says of peers: its example adds up, and is what the data say."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from icc_data import queries
from icc_data.analysis import benchmark, peers
from icc_data.analysis.peer_sets import PeerSet, members, read_peer_set
from icc_data.i18n import translate

SECTION = (Path(__file__).parents[2] / "docs/method.md").read_text().partition("\n## Peers\n")[2].partition("\n## ")[0]
# Data that grow move an average a little; the example need not be written anew for that.
CLOSE = 0.02


def rows_of(heading: str) -> list[list[str]]:
    """The rows of the table that begins with a heading."""
    table = SECTION.partition(f"| Feature | {heading} ")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_every_feature_is_explained_by_its_name():
    names = [translate(feature.label) for feature in peers.FEATURES.values()]
    assert [row[0] for row in rows_of("Distance")] == names
    assert [row[0] for row in rows_of("Mechelen")] == names


def test_the_example_adds_up():
    values = [float(row[3]) for row in rows_of("Mechelen")]
    assert f"{sum(values) / len(values):.3f}" in SECTION.partition("Their distance is the sum over eight: ")[2][:6]


def test_the_example_is_what_the_data_say(atlas: duckdb.DuckDBPyConnection):
    table = peers.features(queries.city_features(atlas))
    averages = peers.average_distances(table)
    of_both = peers.parts(table, "mechelen").loc["turnhout"]
    for row, name in zip(rows_of("Mechelen"), peers.FEATURES, strict=True):
        counted = averages[name] if row[4] == "average" else of_both[name]
        assert (row[4] == "average") == (of_both[name] != of_both[name]), name
        assert float(row[3]) == pytest.approx(counted, abs=CLOSE), name
    nearest = members(PeerSet(with_practices=False), table, "mechelen", averages)
    assert nearest.index[0] == "turnhout"


def test_the_bounds_and_addresses_are_those_of_the_code():
    assert f"beyond a distance of {peers.FAR}" in SECTION
    assert peers.LITTLE == 0.5
    assert f"median peer has fewer than {benchmark.FEWEST_PRACTICES} practices" in SECTION
    assert f"fewer than {benchmark.FEWEST_PEERS} peers" in SECTION
    asked = PeerSet(with_practices=False, without_former=True)
    assert "having=any" in SECTION
    assert "former=no" in SECTION
    assert read_peer_set({"having": ["any"], "former": ["no"]}, []) == (asked, [])
