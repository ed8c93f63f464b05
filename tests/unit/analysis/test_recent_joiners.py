"""Which cities joined last."""

from __future__ import annotations

import pandas as pd

from icc_data.analysis.city_facts import recent_joiners


def test_the_newest_come_first_and_by_name_within_a_year_without_unknown_years_and_those_that_left():
    rows = [
        ("Oslo", 2010, "member"),
        ("Gimpo", 2025, "member"),
        ("Paphos", 2021, "unknown"),
        ("Krakow", 2021, "member"),
        ("Leeds", 2024, "former"),
        ("Bergen", None, "member"),
    ]
    cities = pd.DataFrame(rows, columns=["name", "joined_year", "status"])
    assert recent_joiners(cities, 3)["name"].tolist() == ["Gimpo", "Krakow", "Paphos"]
