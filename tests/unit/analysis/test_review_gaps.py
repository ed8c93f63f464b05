"""What is missing, and who can mend it."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.analysis.review_area_gaps import area_gaps
from icc_data.analysis.review_gaps import (
    CITY_MENDERS,
    PRACTICE_MENDERS,
    examples,
    old_evidence,
    profile_gaps,
    record_gaps,
    silent_cities,
)
from icc_data.queries.selection import Selection
from tests.helpers.examples import examples as number_of_examples
from tests.helpers.made_up_review import areas, cities, evidence, made_up, practices


def label(_facet: str, code: str) -> str:
    return code.title()


def test_the_longest_silent_city_comes_first_then_the_undated_then_those_without_a_practice():
    gap = silent_cities(
        cities(("Cork", 0, None), ("Bern", 1, None), ("Bergen", 1, 2021), ("Lund", 3, 2022), ("Oslo", 2, 2009)),
        2026,
        5,
        label,
    )
    assert list(gap.frame["name"]) == ["Oslo", "Bergen", "Bern", "Cork"]
    assert list(gap.frame["what"]) == ["silent", "silent", "only undated practices", "no practice"]
    assert (gap.count, gap.of) == (2, 5)
    assert gap.sentence == (
        "2 of 5 cities have been silent for 5 years or more: nothing of them is known after 2021. "
        "Below them: cities with only undated practices, which is no silence (1), or none (1)."
    )
    assert examples(gap, 1) == ["Oslo (since 2010)", "1 more"]


def test_fewer_years_of_silence_make_more_cities_silent():
    some = cities(("Bergen", 1, 2021), ("Lund", 3, 2023))
    assert [silent_cities(some, 2026, years, label).count for years in (2, 3, 5, 10)] == [2, 2, 1, 0]


def test_what_a_city_did_last_stands_beside_it():
    assert list(silent_cities(cities(("Oslo", 2, 2009)), 2026, 5, label).frame["last_title"]) == ["Last of Oslo"]


def test_old_evidence_is_of_practices_said_to_go_on_alone():
    some = practices(
        ("Kitchen", "Oslo", 2015, True, []),
        ("Choir", "Oslo", 2024, True, []),
        ("Fair", "Oslo", 2001, False, []),
        ("Club", "", None, True, []),
    )
    gap = old_evidence(evidence(some), lambda: some, 2026, 5)
    assert list(gap.frame["title"]) == ["Kitchen", "Club"]
    assert list(gap.frame["mender"]) == ["The city", "The programme"]
    assert (gap.count, gap.of) == (2, 3)
    assert gap.sentence == "Of 3 practices said to go on, 2 have no evidence newer than 2021; without a year: 1."


def test_a_city_stands_on_the_list_once_for_each_who_can_mend_it():
    some = cities(("Oslo", 1, 2020), ("Lund", 1, 2020)).assign(missing=[["joined_year", "diversity", "population"], []])
    gap = profile_gaps(some)
    assert list(gap.frame[["name", "fields", "mender"]].itertuples(index=False, name=None)) == [
        ("Oslo", "Born abroad or foreign and Residents", "The city"),
        ("Oslo", "Joining year", "The programme"),
    ]
    assert gap.sentence.startswith("1 of 2 cities lacks something in its profile.")


def test_when_a_practice_without_a_city_began_is_for_the_programme_to_say():
    some = practices(
        ("Kitchen", "Oslo", None, False, ["start_year"]), ("Club", "", None, False, ["start_year", "city"])
    )
    gap = record_gaps(evidence(some), lambda: some)
    assert list(gap.frame[["title", "fields", "mender"]].itertuples(index=False, name=None)) == [
        ("Kitchen", "Start year", "The city"),
        ("Club", "Start year and City", "The programme"),
    ]


def test_the_fields_that_most_lack_are_told_those_of_as_many_in_the_order_of_all_fields():
    some = practices(
        ("Kitchen", "Oslo", None, False, ["url", "evidence", "summary"]),
        ("Choir", "Oslo", None, False, ["url", "start_year"]),
        ("Fair", "Oslo", 2020, False, []),
    )
    assert record_gaps(evidence(some), lambda: some).sentence == (
        "2 of 3 practices lack a field. Missing most: Page of its own (2), Start year (1) and Summary (1)."
    )


def test_what_a_list_counts_needs_none_of_its_practices():
    def never() -> pd.DataFrame:
        raise AssertionError("asked for all practices")

    told = evidence(practices(("Kitchen", "Oslo", 2015, True, ["url"])))
    assert (old_evidence(told, never, 2026, 5).count, record_gaps(told, never).count) == (1, 1)


def test_every_field_that_can_be_missing_has_somebody_who_can_mend_it():
    from icc_data.paths import ROOT

    for name, menders in (("review_cities", CITY_MENDERS), ("shared/missing", PRACTICE_MENDERS)):
        sql = (ROOT / "icc_data" / "queries" / "sql" / f"{name}.sql").read_text(encoding="utf-8")
        assert set(menders) == {line.split("THEN '")[1].split("'")[0] for line in sql.splitlines() if "THEN '" in line}


def test_areas_rarer_than_in_the_network_are_listed_those_beyond_chance_counted():
    gap = area_gaps(areas((28, 12, 0), 40), areas((100, 60, 40), 200), label, is_network=False)
    # Expected by chance: 20, 12 and 8.
    assert list(gap.frame["area"]) == ["Sport"]
    assert list(gap.frame["beside"]) == ["more than chance"]
    assert gap.count == 1
    assert gap.frame["high"][0] < 0.1


def test_of_few_practices_it_is_not_judged_whether_an_area_is_rare():
    gap = area_gaps(areas((3, 0, 0), 3), areas((100, 60, 40), 200), label, is_network=False)
    assert gap.count == 0
    assert set(gap.frame["beside"]) == {"too few practices to say"}
    assert gap.sentence == "With 3 practices in scope nothing can be said of shares: the counts alone are shown."


def test_one_practice_in_scope_is_told_in_the_singular():
    gap = area_gaps(areas((1, 0, 0), 1), areas((100, 60, 40), 200), label, is_network=False)
    assert gap.sentence == "With 1 practice in scope nothing can be said of shares: the counts alone are shown."


def test_areas_that_are_rarer_by_what_may_be_chance_are_counted_as_such():
    # Expected by chance: 5, 3 and 2.
    gap = area_gaps(areas((6, 3, 1), 10), areas((100, 60, 40), 200), label, is_network=False)
    assert gap.sentence.startswith("No policy area is rarer here than in the network by more than chance could have it")
    assert gap.sentence.endswith("rarer by what may be chance: 1.")


def test_the_network_lists_all_its_areas_the_rarest_first():
    everything = areas((100, 60, 40), 200)
    gap = area_gaps(everything, everything, label, is_network=True)
    assert list(gap.frame["area"]) == ["Sport", "Housing", "Education"]
    assert "network_share" not in gap.columns


def test_beside_nothing_no_policy_area_is_called_under_served():
    everything = areas((100, 60, 40), 200)
    assert area_gaps(everything, everything, label, is_network=True).title == "Policy areas by number of practices"
    assert area_gaps(everything, everything, label, is_network=False).title == "Policy areas under-served"


def test_a_silent_city_is_listed_with_its_status():
    some = cities(("Oslo", 2, 2009), ("Bergen", 1, 2010), ("Lund", 1, 2011))
    some["status"] = ["former", "member", "unknown"]
    assert list(silent_cities(some, 2026, 5, label).frame["standing"]) == ["Former", "Member", "–"]


def test_a_scope_without_anything_has_five_empty_lists():
    gaps = made_up().gaps
    assert list(gaps) == ["areas", "silent", "evidence", "profiles", "records"]
    assert [gaps[name].count for name in ("silent", "evidence", "profiles", "records")] == [0, 0, 0, 0]
    assert all(set(gap.columns) <= set(gap.frame.columns) for gap in gaps.values())


@number_of_examples(10)
@given(
    country=st.sampled_from(["", "norway", "spain", "cyprus", "jordan", "portugal", "ukraine"]),
    silence=st.integers(1, 12),
    most=st.integers(1, 80),
)
def test_what_stands_first_on_a_list_of_practices_is_found_without_the_rest(
    atlas: Any, country: str, silence: int, most: int
):
    scope = Selection(country=(country,) if country else ())
    ask = partial(queries.review_practices, atlas, scope)
    known = queries.review_evidence(atlas, scope)
    for gap in (old_evidence(known, ask, 2026, silence), record_gaps(known, ask)):
        whole = gap.frame.drop_duplicates("practice_id")
        assert gap.first is not None
        assert list(gap.first(most)["practice_id"]) == list(whole["practice_id"][:most])
        assert gap.count == len(whole)
