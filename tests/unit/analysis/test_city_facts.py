"""What a city does that few others do."""

from __future__ import annotations

import pandas as pd

from icc_data.analysis.city_facts import rare, rare_words, specialities
from icc_data.cells import dicts_of


def label(facet: str, code: str) -> str:
    return f"{facet} {code}"


def profile(*rows: tuple[str, int, int, float]) -> pd.DataFrame:
    """Terms of a city with 10 of 1 000 practices: (code, practices, cities, lift)."""
    columns = ["code", "practices", "cities", "lift"]
    # The lift of n practices in 10 is 1.5 where the network has n / 10 / 1.5 of 1 000.
    network = [round(100 * practices / lift) if practices else 50 for _, practices, _, lift in rows]
    return pd.DataFrame(rows, columns=columns).assign(network_practices=network, city_practices=10, all_practices=1000)


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


def test_what_could_be_chance_is_called_so():
    # Nine of ten practices where one in ten has it, and two where one in ten has it.
    rows = dicts_of(rare(profile(("sport", 9, 5, 9.0), ("health", 2, 5, 2.0)), 100))
    sentences = {row["code"]: rare_words(row, row["code"]) for row in rows}
    assert "chance" not in sentences["sport"]
    assert sentences["health"].endswith("(could be chance)")
