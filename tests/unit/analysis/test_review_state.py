"""How a scope stands, beside how it stood: small cities made by hand."""

from __future__ import annotations

import pytest

from icc_data.analysis.review_state import Standing, StateFigure, standing, standing_then
from tests.helpers.made_up_review import STATE, cities, made_up

# In 2026 Lund is heard of, Oslo silent, Pau without a practice and Riga with undated ones alone.
NOW = cities(("Lund", 3, 2025), ("Oslo", 2, 2018), ("Pau", 0, None), ("Riga", 1, None))


def figure(name: str, **changed: object) -> StateFigure:
    (found,) = [one for one in made_up(**changed).figures if one.name == name]
    return found


def test_a_city_is_counted_as_silent_undated_or_without_a_practice():
    assert standing(NOW, 2026, 5) == Standing(2026, cities=4, silent=1, none=1, undated=1)


def test_years_ago_cities_stood_as_they_did_without_what_came_later():
    # In 2024 Lund had nothing after 2018 and Oslo an undated practice; Riga joined only in 2025.
    then = NOW.assign(practices_then=[1, 1, 0, 1], newest_known_then=NOW["newest_known"])
    then["newest_known_then"] = then["newest_known_then"].astype("object")
    then["newest_known_then"] = [2018, None, None, None]
    then["joined_year"] = [2010, None, 2024, 2025]
    then = then.astype({"newest_known_then": "Int64", "joined_year": "Int64"})
    assert standing_then(then, 2024, 5) == Standing(2024, cities=3, silent=1, none=1, undated=1)


def test_how_things_stand_is_put_beside_a_periods_length_earlier_with_what_it_is_a_part_of():
    then = NOW.assign(practices_then=[3, 0, 0, 0], newest_known_then=NOW["newest_known"])
    none = figure("none", cities=then, state=STATE | {"cities": 4, "with_practices": 3})
    # Two years are reviewed, of data of 2026.
    assert (none.value(), none.at, none.change()) == ("1 of 4", "end of 2024", "3 of 4")


def test_start_years_that_are_certain_are_a_part_of_what_started_in_each_period():
    counts = {"started": 12, "started_bare": 3, "started_before": 10, "started_bare_before": 6}
    sure = figure("sure_start", state=STATE | counts)
    assert (sure.value(), sure.change()) == ("9 of 12 (75%)", "4 of 10 (40%)")


@pytest.mark.parametrize(
    ("former", "words"),
    [(0, ""), (1, "1 former member is not counted."), (10, "10 former members are not counted.")],
)
def test_former_members_are_said_not_to_be_counted(former: int, words: str):
    told = made_up(cities=NOW, state=STATE | {"cities": 4, "with_practices": 3, "former": former})
    (finding,) = [one for one in told.findings if one.name == "without"]
    (silent,) = [one for one in told.figures if one.name == "silent"]
    assert finding.note == words
    assert silent.note.startswith(words or "Earlier: ")
