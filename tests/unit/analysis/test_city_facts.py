"""What a city does that few others do."""

from __future__ import annotations

import pandas as pd

from icc_data.analysis.city_facts import specialities

COLUMNS = ["code", "practices", "cities", "lift"]


def label(facet: str, code: str) -> str:
    return f"{facet} {code}"


def profile(*rows: tuple[str, int, int, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


def told(**profiles: pd.DataFrame) -> tuple[list[str], list[str]]:
    several, single = specialities(profiles, 100, label)
    return [row["label"] for row in several], single


def test_it_is_common_here_and_few_cities_work_on_it():
    sport = profile(("sport", 2, 20, 1.5), ("health", 2, 21, 1.5), ("media", 2, 20, 1.4))
    assert told(policy_area=sport) == (["policy_area sport"], [])


def test_what_rests_on_a_single_practice_stands_apart():
    assert told(theme=profile(("food", 1, 3, 9.0), ("song", 3, 3, 2.0))) == (["theme song"], ["theme food"])


def test_lists_follow_each_other_the_most_practices_first_in_each():
    areas, themes = profile(("a", 2, 5, 2.0), ("b", 4, 5, 2.0)), profile(("c", 9, 5, 2.0))
    assert told(policy_area=areas, theme=themes)[0] == ["policy_area b", "policy_area a", "theme c"]


def test_a_city_without_practices_has_none():
    assert told(policy_area=profile(("sport", 0, 5, 0.0))) == ([], [])
