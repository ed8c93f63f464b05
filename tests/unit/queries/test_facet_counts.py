"""The number beside an option is what choosing it alone in its facet would give, however the rest is chosen."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icc_data import queries
from icc_data.model.period import read_period
from icc_data.paths import DATA_DIRECTORY
from icc_data.queries.selection import FACETS, Options, Selection
from icc_data.text import slugify
from tests.helpers.by_hand import active_in

Connection = duckdb.DuckDBPyConnection

LISTS = {
    "city": "city_ids",
    "policy_area": "policy_areas",
    "theme": "themes",
    "target_group": "target_groups",
    "practice_type": "practice_types",
    "practice_area": "practice_areas",
}
WORDS = ("school", "rumour lisbon", '"public space"', "-youth", "women work health sport", "zzzzqqq")
some = settings(max_examples=25)


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA_DIRECTORY / f"{name}.csv", dtype=str, keep_default_na=False)


def listed(column: pd.Series) -> pd.Series:
    """Each part of a cell's list on a row of its own."""
    parts = column.str.split("; ").explode()
    return parts[parts != ""]


def facts_of(practices: pd.DataFrame, cities: pd.DataFrame) -> pd.DataFrame:
    """Every value that a practice has in each facet: ``practice_id, facet, value``."""
    networks = listed(cities.set_index("city_id")["networks"])
    by_facet = {facet: listed(practices[column]) for facet, column in LISTS.items()}
    by_facet["country"] = listed(practices["countries"]).map(slugify)
    by_facet["documented_by"] = practices["source_kind"][practices["source_kind"] != ""]
    by_city = by_facet["city"].rename("city_id").reset_index()
    by_facet["network"] = by_city.merge(networks.reset_index(), on="city_id").set_index("practice_id")["networks"]
    frames = [
        pd.DataFrame({"practice_id": values.index, "facet": facet, "value": values.to_numpy()})
        for facet, values in by_facet.items()
    ]
    return pd.concat(frames).drop_duplicates()


TABLE = read("practices").set_index("practice_id")
FACTS = facts_of(TABLE, read("cities"))
AS_OF = int(TABLE["accessed"].str[:4].replace("", "0").astype(int).max())
PERIODS = {practice_id: read_period(text) for practice_id, text in TABLE["when_text"].items()}


def in_years(practice_id: str, selection: Selection) -> bool:
    period = PERIODS[practice_id]
    if selection.ongoing_only and not period.ongoing:
        return False
    if period.start_year is None:
        return selection.include_undated
    years = range(selection.year_from or 1850, (selection.year_to or 2100) + 1)
    if selection.years == "started":
        return period.start_year in years
    return any(active_in(period, year, AS_OF) for year in years)


def naive_counts(selection: Selection, holding: set[str]) -> dict[str, dict[str, int]]:
    """The counts by going through all practices once for each facet.

    Args:
        selection: what is chosen.
        holding: the practices that answer its words.
    """
    fitting = {
        practice_id for practice_id in TABLE.index if practice_id in holding and in_years(practice_id, selection)
    }
    counts = {}
    for facet in FACETS:
        left = set(fitting)
        for other in FACETS:
            chosen = selection.chosen(other)
            if other != facet and chosen:
                having = FACTS[(FACTS["facet"] == other) & FACTS["value"].isin(chosen)]
                left &= set(having["practice_id"])
        rows = FACTS[(FACTS["facet"] == facet) & FACTS["practice_id"].isin(left)]
        counts[facet] = rows.groupby("value")["practice_id"].nunique().to_dict()
    return counts


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    """Values of up to four facets, most of them of one practice so that something is left; perhaps words and years."""
    chosen: dict[str, Any] = {}
    model = draw(st.sampled_from(sorted(TABLE.index)))
    for facet in draw(st.lists(st.sampled_from(sorted(FACETS)), max_size=4, unique=True)):
        own = FACTS[(FACTS["facet"] == facet) & (FACTS["practice_id"] == model)]["value"].tolist()
        anywhere = sorted(FACTS[FACTS["facet"] == facet]["value"].unique())
        values = st.sampled_from(own or anywhere) | st.sampled_from(anywhere)
        chosen[facet] = tuple(draw(st.lists(values, min_size=1, max_size=3, unique=True)))
    if draw(st.booleans()):
        chosen["q"] = draw(st.sampled_from(WORDS))
    if draw(st.booleans()):
        low, high = sorted(draw(st.tuples(st.integers(1995, 2030), st.integers(1995, 2030))))
        chosen["year_from"], chosen["year_to"] = draw(st.sampled_from([(low, high), (low, None), (None, high)]))
        chosen["years"] = draw(st.sampled_from(["active", "started"]))
    flags = {"include_undated": draw(st.booleans()), "ongoing_only": draw(st.integers(0, 3)) == 0}
    return Selection(**chosen, **flags)


def holding(connection: Connection, q: str) -> set[str]:
    return set(queries.result_ids(connection, Selection(q=q)))


@some
@given(selection=selections())
def test_counts_are_those_of_counting_one_by_one(atlas: Connection, selection: Selection):
    assert queries.facet_counts(atlas, selection) == naive_counts(selection, holding(atlas, selection.q))


@some
@given(selection=selections(), data=st.data())
def test_a_count_is_what_choosing_the_option_alone_in_its_facet_gives(
    atlas: Connection, atlas_options: Options, selection: Selection, data: st.DataObject
):
    facet = data.draw(st.sampled_from(sorted(FACETS)))
    counts = queries.facet_counts(atlas, selection)[facet]
    value = data.draw(st.sampled_from(atlas_options.values(facet)))
    for option in {value, *list(counts)[:2]}:
        alone = selection.with_values(facet, [option])
        assert counts.get(option, 0) == queries.practice_count(atlas, alone), option


@some
@given(selection=selections())
def test_a_facets_own_choices_do_not_change_its_counts(atlas: Connection, selection: Selection):
    counts = queries.facet_counts(atlas, selection)
    for facet in FACETS:
        if selection.chosen(facet):
            assert queries.facet_counts(atlas, selection.with_values(facet, []))[facet] == counts[facet]


def test_every_facet_is_counted_and_options_without_a_practice_are_left_out(atlas: Connection, atlas_options: Options):
    counts = queries.facet_counts(atlas, Selection())
    assert set(counts) == set(FACETS)
    for facet, by_value in counts.items():
        assert set(by_value) <= set(atlas_options.values(facet))
        assert all(by_value.values())


def test_where_nothing_answers_the_words_no_option_gives_anything(atlas: Connection):
    assert not any(queries.facet_counts(atlas, Selection(q="zzzzqqq")).values())


@pytest.mark.parametrize("facet", sorted(FACETS))
def test_values_that_do_not_exist_leave_the_counts_of_their_own_facet(atlas: Connection, facet: str):
    counts = queries.facet_counts(atlas, Selection(**{facet: ("'; DROP TABLE practice; --",)}))
    assert counts[facet] == queries.facet_counts(atlas, Selection())[facet]
    assert not any(by_value for name, by_value in counts.items() if name != facet)
