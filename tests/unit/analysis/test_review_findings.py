"""What a review finds, in sentences: worked out by hand, in singular and plural, and silent where numbers are small."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.analysis.review import review
from icc_data.analysis.review_findings import Finding
from icc_data.analysis.review_state import state_sentence
from icc_data.queries.review_queries import ReviewPeriod
from icc_data.queries.selection import Options, Selection
from tests.helpers.examples import examples
from tests.helpers.made_up_review import STATE, areas, cities, evidence, made_up, momentum, practices

NEWEST = ReviewPeriod(2025, 2026)


def finding(name: str, **changed: Any) -> Finding | None:
    return next((found for found in made_up(**changed).findings if found.name == name), None)


def sentence(name: str, **changed: Any) -> str | None:
    found = finding(name, **changed)
    return found.sentence if found else None


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        # 12 of 22 from 34.7 to 73.1 %: one half lies within.
        (
            12,
            10,
            "12 practices that started in 2018–2019 are published so far, after 10 of 2016–2017; the difference "
            "could be chance.",
        ),
        # 30 of 40 from 59.8 to 85.8 %.
        (30, 10, "30 practices that started in 2018–2019 are published so far, after 10 of 2016–2017."),
        (1, 2, "1 practice that started in 2018–2019 is published so far, after 2 of 2016–2017."),
        (7, 7, "7 practices that started in 2018–2019 are published so far, after 7 of 2016–2017."),
        (0, 0, "No practice that started in 2016–2019 is published so far."),
    ],
)
def test_what_started_stands_beside_the_period_before(now: int, before: int, words: str):
    assert sentence("started", started=now, started_before=before) == words


def test_fewer_practices_of_the_newest_years_are_called_no_decline_and_no_chance():
    found = finding("started", started=12, started_before=10, period=NEWEST)
    assert found is not None
    assert "no decline yet" in found.note
    assert "chance" not in found.sentence
    assert finding("started").note == ""  # type: ignore[union-attr]


def test_a_finding_leads_to_the_years_that_it_tells_of():
    found = finding("started")
    assert found is not None
    assert found.target.page == "timeline"
    assert found.target.params == {"from": ["2016"], "to": ["2019"], "years": ["started"], "undated": ["no"]}


def test_an_area_that_grew_by_more_than_chance_is_named_with_its_counts():
    grown = {"started": 50, "started_before": 50, "momentum": momentum((25, 10, 5), 50, (2, 11, 6), 50)}
    assert sentence("moved", **grown) == (
        "Education grew from 4% (2 of 50) to 50% (25 of 50) of what started, by more than chance."
    )


def test_areas_that_moved_by_chance_are_not_said_to_move():
    assert sentence("moved") == (
        "No policy area’s share grew or shrank by more than chance could have it (12 and 10 practices)."
    )


def test_of_few_practices_no_share_is_told():
    few = {"started": 4, "started_before": 10, "momentum": momentum((4, 0, 0), 4, (5, 3, 2), 10)}
    words = sentence("moved", **few)
    assert words is not None
    assert words.startswith(
        "Too few practices started to say which policy areas grow (4 in 2018–2019, 10 in 2016–2017)"
    )
    assert "%" not in words


def test_who_joined_is_named():
    joined = cities(("Oslo", 1, 2020), ("Bergen", 1, 2020)).assign(joined_year=pd.array([2018, 2012], dtype="Int64"))
    changed: dict[str, Any] = {
        "cities": joined,
        "state": STATE | {"cities": 2, "joined": 1, "joined_before": 3, "joined_known": 1},
    }
    found = finding("joined", **changed)
    assert found is not None
    assert found.sentence == "1 city joined in 2018–2019 (Oslo), after 3 in 2016–2017."
    assert found.note == "Of 1 city the joining year is not known."


def test_the_first_five_who_joined_are_named_and_the_others_counted():
    names = ("A", "B", "C", "D", "E", "F", "G")
    joined = cities(*[(name, 1, 2020) for name in names]).assign(joined_year=pd.array([2018] * 7, dtype="Int64"))
    words = sentence("joined", cities=joined, state=STATE | {"joined": 7})
    assert words == "7 cities joined in 2018–2019 (A, B, C, D, E and 2 more), after 0 in 2016–2017."


@pytest.mark.parametrize(
    ("joined_before", "words"),
    [
        (0, "No city is known to have joined in 2016–2019."),
        (2, "No city is known to have joined in 2018–2019; 2 joined in 2016–2017."),
    ],
)
def test_that_nobody_joined_is_said(joined_before: int, words: str):
    assert sentence("joined", joined_before=joined_before) == words


SILENT = cities(("Oslo", 2, 2020), ("Bergen", 1, 2021), ("Lund", 3, 2022), ("Bern", 1, None), ("Cork", 0, None))


def test_silent_cities_are_an_alarm_with_their_share():
    found = finding("silent", cities=SILENT, state=STATE | {"cities": 5, "with_practices": 4})
    assert found is not None
    assert found.sentence == (
        "2 of 5 cities (40%) have been silent for 5 years or more: nothing of them is known after 2021."
    )
    assert found.alarm
    assert found.target.params == {"step": ["gaps"], "gap": ["silent"], "silent": ["5"]}


def test_of_fewer_than_five_cities_the_counts_alone_are_said():
    words = sentence("silent", cities=SILENT.head(3), state=STATE | {"cities": 3, "with_practices": 3})
    assert words == "2 of 3 cities have been silent for 5 years or more: nothing of them is known after 2021."


def test_one_silent_city_is_told_in_the_singular():
    words = sentence("silent", cities=SILENT.tail(4), state=STATE | {"cities": 4, "with_practices": 3})
    assert words == "1 of 4 cities has been silent for 5 years or more: nothing of it is known after 2021."


def test_no_silent_city_is_no_alarm():
    found = finding("silent", cities=cities(("Lund", 3, 2022)), state=STATE | {"cities": 1, "with_practices": 1})
    assert found is not None
    assert not found.alarm
    assert found.sentence.startswith("No city has been silent for 5 years or more")


def test_cities_without_a_practice_are_told_apart_from_those_with_undated_ones():
    words = sentence("without", cities=SILENT, state=STATE | {"cities": 5, "with_practices": 4})
    assert words == (
        "1 of 5 cities (20%) has no published practice. 1 city has only undated ones, which is no silence."
    )


def test_an_area_far_rarer_than_in_the_network_is_an_alarm():
    # Of 40 practices 0 in sport, where 8 would be by chance: p < 0.001.
    found = finding("areas", areas=areas((28, 12, 0), 40))
    assert found is not None
    assert found.alarm
    assert found.sentence == "Rarer than in the network, by more than chance: Sport (0% (0 of 40); network 20%)."


def test_areas_as_frequent_as_in_the_network_are_none_to_act_on():
    found = finding("areas")
    assert found is not None
    assert not found.alarm
    assert found.sentence == "No policy area is rarer here than in the network by more than chance could have it."


def test_with_few_practices_no_area_is_compared():
    words = sentence("areas", practices=3, areas=areas((3, 0, 0), 3))
    assert words == "3 practices are too few to compare with the network; 2 of 3 policy areas have none."


def test_the_network_is_compared_with_nothing():
    words = sentence("areas", is_network=True, areas=areas((100, 60, 40), 200))
    assert words == "The policy areas with fewest practices: Sport (40), Housing (60) and Education (100)."


@pytest.mark.parametrize(
    ("dated", "words"),
    [
        (30, "10 of 40 practices (25%) carry no start year and stand in no period."),
        (39, "1 of 40 practices (2%) carries no start year and stands in no period."),
        (40, "Every practice carries a start year."),
    ],
)
def test_practices_without_a_start_year_are_counted(dated: int, words: str):
    assert sentence("undated", dated=dated) == words


def test_old_evidence_of_what_is_said_to_go_on_is_told():
    one = practices(
        ("Kitchen", "Oslo", 2015, True, []), ("Choir", "Oslo", 2024, True, []), ("Fair", "", 2001, False, [])
    )
    assert sentence("evidence", evidence=evidence(one)) == (
        "1 of 40 practices (2%) is said to go on, though nothing of it is known after 2021."
    )
    assert sentence("evidence") is None


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (4, 5, "4 Index reports of 2018–2019 are known, after 5 of 2016–2017."),
        (1, 0, "1 Index report of 2018–2019 is known, after 0 of 2016–2017."),
        (0, 1, "No Index report of 2018–2019 is known; 1 of 2016–2017 is."),
        (0, 5, "No Index report of 2018–2019 is known; 5 of 2016–2017 are."),
        (0, 0, "No Index report of 2016–2019 is known; 9 of other editions are."),
    ],
)
def test_index_reports_stand_beside_the_period_before(now: int, before: int, words: str):
    assert sentence("reports", reports_now=now, reports_before=before) == words


def test_an_empty_scope_says_so_and_nothing_else():
    nothing = dict.fromkeys(STATE, 0)
    found = made_up(state=nothing, areas=areas((0, 0, 0), 0), momentum=momentum((0, 0, 0), 0, (0, 0, 0), 0)).findings
    assert [one.sentence for one in found] == ["No city and no practice is in this scope."]


def test_cities_without_any_practice_are_told_without_a_share_of_practices():
    none = {"practices": 0, "dated": 0, "started": 0, "started_before": 0, "with_practices": 0}
    found = made_up(state=STATE | none, areas=areas((0, 0, 0), 0)).findings
    words = [one.sentence for one in found]
    assert "20 of 20 cities (100%) have no published practice." in words
    assert "No practice of this scope is published." in words
    assert not {one.name for one in found} & {"moved", "silent", "areas", "evidence"}


def test_the_state_is_told_in_one_sentence():
    assert state_sentence(STATE, 7, 2021) == (
        "16 of 20 cities (80%) have published good practices; of 7 nothing is known after 2021, and 4 published none."
    )
    assert state_sentence(STATE | {"cities": 0, "practices": 1}, 0, 2021) == "1 practice is in scope, and no city."


@examples(8)
@given(
    country=st.sampled_from(["norway", "spain", "cyprus", "jordan", "portugal"]),
    first=st.integers(2005, 2025),
    length=st.integers(0, 5),
)
def test_no_sentence_tells_a_percentage_of_fewer_than_five(
    atlas: Any, atlas_options: Options, country: str, first: int, length: int
):
    period = ReviewPeriod(first, min(first + length, 2026))
    scope = Selection(country=(country,))
    told = review(
        queries.review_answers(atlas, scope, period),
        period,
        atlas_options.label,
        partial(queries.review_practices, atlas, scope),
        silence=5,
        is_network=False,
    )
    for found in told.findings:
        for total in re.findall(r"of (\d+)[^()]*\(\d+%\)|\d+% \(\d+ of (\d+)\)", found.sentence):
            assert int(next(part for part in total if part)) >= 5, found.sentence
