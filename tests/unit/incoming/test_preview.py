"""What was sent, beside the network and in place: maps, years, forms, and rows with their bad cells marked."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest

from icc_data.drawing.maps import contribution_map
from icc_data.drawing.palette import LIGHT
from icc_data.incoming.contributions.checking import Contribution, Network, check_cells, check_upload, known_network
from icc_data.incoming.contributions.corrections import corrections, rows_in_place
from icc_data.incoming.contributions.preview import (
    beside_network,
    cells_of,
    draft_of,
    file_summary,
    new_by_city,
    period_in_words,
    started,
)
from icc_data.incoming.contributions.template import FIELDS
from icc_data.model.period import read_period
from tests.helpers.tables import DATA, GAZETTEER

if TYPE_CHECKING:
    from tests.unit.conftest import DataFolder

KNOWN = Network(GAZETTEER, DATA.vocabulary, DATA.practices)


@pytest.fixture
def small(data_folder: DataFolder) -> Network:
    return known_network(data_folder.path)


def send(known: Network, *lines: str, header: str = "title,city_ids,countries", name: str = "new.csv") -> Contribution:
    return check_upload(name, "\n".join([header, *lines]).encode(), known)


def told(contribution: Contribution) -> list[tuple[int, str, str]]:
    """Row, column and value of each problem."""
    return [(problem.line, problem.column, problem.value) for problem in contribution.problems]


def test_refused_rows_stand_as_they_were_with_their_bad_cells_marked(small: Network) -> None:
    checked = send(small, "A,Lisbon,Atlantis,", ",Cork,,", header="Title *,City 1,City 2,Theme 1")
    frame, marks = rows_in_place(checked.refused, "bad")
    assert frame.to_dict("list") == {
        "Row": [2, 3],
        "Title *": ["A", ""],
        "City 1": ["Lisbon", "Cork"],
        "City 2": ["Atlantis", ""],
    }
    assert marks.to_dict("list") == {"Row": ["", ""], "Title *": ["", "bad"], "City 1": ["", ""], "City 2": ["bad", ""]}


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["A,Lisbon,"], "1 practice accepted"),
        (["A,Lisbon,", "B,Cork,"], "2 practices accepted"),
        (["A,Atlantis,"], "0 practices accepted, 1 row to mend"),
        (["A,Lisbon,", ",Cork,", "B,Mu,"], "1 practice accepted, 2 rows to mend"),
    ],
)
def test_a_file_is_summed_up_in_words(small: Network, lines: list[str], words: str) -> None:
    assert file_summary(send(small, *lines)) == words


def test_the_workbook_of_what_to_mend_explains_each_bad_cell_and_runs_nothing(small: Network) -> None:
    checked = send(small, "=1+1,Atlantis,", "\x0bB,Mu,")
    book = openpyxl.load_workbook(io.BytesIO(corrections([checked])))
    problems, rows = book.worksheets
    assert [[cell.value for cell in row[:4]] for row in problems.iter_rows(min_row=2)] == [
        ["new.csv", 2, "city_ids", "Atlantis"],
        ["new.csv", 3, "city_ids", "Mu"],
        ["new.csv", 3, "title", "\N{REPLACEMENT CHARACTER}B"],
    ]
    assert (rows["C2"].value, rows["C2"].data_type) == ("=1+1", "s")
    assert "not a city of the network" in rows["D2"].comment.text  # type: ignore[union-attr]


def test_new_practices_are_counted_in_each_of_their_cities(small: Network) -> None:
    sent = send(small, "A,Lisbon; Bilbao,", "B,Lisbon,", "C,,").proposals
    frame = new_by_city(sent, small).set_index("city_id")
    assert frame["practices"].to_dict() == {"lisbon": 2, "bilbao": 1}
    assert frame.loc["lisbon", ["latitude", "titles"]].tolist() == [38.72, "A; B"]


def test_new_practices_stand_on_top_of_the_networks_in_their_year(small: Network) -> None:
    sent = send(small, "A,since 2019", "B,2019", "C,2017-2018", "D,soon", header="title,when_text").proposals
    assert started(sent) == {2017: 1, 2019: 2}
    network = pd.DataFrame({"year": [2018, 2019], "code": ["all", "all"], "practices": [5, 6]})
    frame = beside_network(started(sent), network, ("old", "new"))
    assert frame.to_dict("list") == {
        "year": [2018, 2019, 2017, 2019],
        "practices": [5, 6, 1, 2],
        "label": ["old", "old", "new", "new"],
        "rank": [0, 0, 1, 1],
    }
    assert beside_network({}, network, ("old", "new"))["label"].unique().tolist() == ["old"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2011-14", "2011–2014"),
        ("06/2018", "2018 (probably)"),
        ("since 2019", "since 2019, ongoing"),
        ("until 2020", "until 2020, start not stated"),
        ("2019?", "2019 (probably)"),
        ("ongoing", "ongoing, start not stated"),
        ("soon", "no year"),
    ],
)
def test_what_was_read_from_a_year_text_is_said_in_words(text: str, words: str) -> None:
    assert period_in_words(read_period(text)) == words


def test_a_practice_goes_into_the_form_and_comes_back_as_it_was() -> None:
    columns = [field.column for field in FIELDS]
    for practice in KNOWN.practices[::20]:
        (item,) = check_cells(cells_of(draft_of(practice, KNOWN)), KNOWN).proposals
        assert all(getattr(item.practice, name) == getattr(practice, name) for name in columns)


def test_an_empty_form_has_a_title_to_fill(small: Network) -> None:
    assert told(check_cells(cells_of({}), small)) == [(1, "title", "")]


@pytest.mark.parametrize(("city", "zoom_is_wide"), [("Lisbon", False), ("Montreal", True)])
def test_the_map_shows_new_cities_among_the_networks_and_the_world_where_it_has_to(
    city: str, zoom_is_wide: bool
) -> None:
    new = new_by_city(check_cells({"title": "A", "city_ids": city}, KNOWN).proposals, KNOWN)
    network = pd.DataFrame(
        [(c.name, c.country, c.latitude, c.longitude, 1) for c in KNOWN.gazetteer.cities],
        columns=["name", "country", "latitude", "longitude", "practices"],
    )
    deck = contribution_map(network, new, LIGHT)
    layers = {layer.id: layer.data for layer in deck.layers}
    assert [dot["head"].partition(",")[0] for dot in layers["new"]] == [city]
    assert layers["new"][0]["detail"] == "New: A"
    assert len(layers["cities"]) == network["latitude"].notna().sum()
    assert (deck.initial_view_state.zoom < 1.5) == zoom_is_wide


def test_a_map_without_a_new_city_is_a_map_of_the_network(small: Network) -> None:
    network = pd.DataFrame(
        [("Cork", "Ireland", 51.9, -8.47, 1)], columns=["name", "country", "latitude", "longitude", "practices"]
    )
    layers = {layer.id: layer.data for layer in contribution_map(network, new_by_city([], small), LIGHT).layers}
    assert (len(layers["cities"]), layers["new"]) == (1, [])
