"""The chart of one thing's years among those of many."""

from __future__ import annotations

import pandas as pd
import pytest

from icc_data.drawing.palette import DARK, LIGHT, Look
from icc_data.drawing.policy_area_charts import years_of_one

BY_YEAR = pd.DataFrame({"year": range(2015, 2022), "practices": [1, 0, 2, 5, 3, 3, 1]})


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("years", [(2017, 2019, 2019), (2018, 2018, 2026), (2021, 2023, 2026)])
def test_the_years_of_the_one_are_in_colour_and_the_others_are_not(look: Look, years: tuple[int, int, int]) -> None:
    first, known_until, last = years
    colour = years_of_one(BY_YEAR, look, *years).to_dict()["encoding"]["color"]
    assert colour["value"] == look.unknown
    assert colour["condition"] == [
        {"test": f"datum.year >= {first} && datum.year <= {known_until}", "value": look.amount},
        {"test": f"datum.year > {known_until} && datum.year <= {last}", "value": look.pale(look.amount)},
    ]


def test_every_year_is_drawn_with_its_count() -> None:
    spec = years_of_one(BY_YEAR, LIGHT, 2017, 2019, 2019).to_dict()
    (rows,) = spec["datasets"].values()
    assert {row["year"]: row["practices"] for row in rows} == dict(
        zip(BY_YEAR["year"], BY_YEAR["practices"], strict=True)
    )
    assert spec["encoding"]["y"]["field"] == "practices"
