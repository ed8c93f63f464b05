"""The number beside an option is what choosing it alone in its facet would give, however the rest is chosen."""

from __future__ import annotations

from collections import Counter
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.queries.selection import FACETS, Options, Selection
from tests.helpers.by_hand import PRACTICES, fits, in_years
from tests.helpers.examples import examples

Connection = duckdb.DuckDBPyConnection

WORDS = ("school", "rumour lisbon", '"public space"', "-youth", "women work health sport", "zzzzqqq")
EVERYWHERE = {facet: sorted({value for row in PRACTICES for value in row["facets"][facet]}) for facet in FACETS}
some = examples(12)


def naive_counts(selection: Selection, holding: set[str]) -> dict[str, dict[str, int]]:
    """The counts by going through all practices once for each facet.

    Args:
        selection: what is chosen.
        holding: the practices that answer its words.
    """
    fitting = [row for row in PRACTICES if row["practice_id"] in holding and in_years(row, selection)]
    return {
        facet: Counter(
            value
            for row in fitting
            if fits(row["facets"], selection, FACETS.keys() - {facet})
            for value in row["facets"][facet]
        )
        for facet in FACETS
    }


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    """Values of up to four facets, most of them of one practice so that something is left; perhaps words and years."""
    chosen: dict[str, Any] = {}
    model = draw(st.sampled_from(PRACTICES))["facets"]
    for facet in draw(st.lists(st.sampled_from(sorted(FACETS)), max_size=4, unique=True)):
        values = st.sampled_from(sorted(model[facet]) or EVERYWHERE[facet]) | st.sampled_from(EVERYWHERE[facet])
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
