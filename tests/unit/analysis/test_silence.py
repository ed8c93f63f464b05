"""Who is silent since when: one definition."""

from __future__ import annotations

import pandas as pd
import pytest

from icc_data.analysis.silence import silence_definition, silence_words, with_silence


def silent(practices: int, newest: int | None, years: int = 5) -> dict[str, object]:
    row = pd.DataFrame({"practices": [practices], "newest_known": pd.array([newest], dtype="Int64")})
    told = with_silence(row, 2026, years).astype(object).iloc[0]
    return {name: None if pd.isna(told[name]) else told[name] for name in ("silent_for", "silent_since", "voice")}


def test_a_city_is_silent_from_the_year_after_the_newest_known_one():
    assert silent(3, 2021) == {"silent_for": 5, "silent_since": 2022, "voice": "silent"}


def test_a_city_is_heard_of_until_the_years_of_silence_are_full():
    assert silent(3, 2022) == {"silent_for": 4, "silent_since": 2023, "voice": "heard"}
    assert silent(3, 2022, years=3)["voice"] == "silent"


def test_a_city_known_of_in_the_year_of_the_data_is_silent_since_no_year():
    assert silent(1, 2026) == {"silent_for": 0, "silent_since": None, "voice": "heard"}


@pytest.mark.parametrize(("practices", "voice"), [(2, "undated"), (0, "none")])
def test_undated_practices_are_no_silence_and_none_is_neither(practices: int, voice: str):
    assert silent(practices, None) == {"silent_for": None, "silent_since": None, "voice": voice}


def test_the_definition_names_the_year_after_which_nothing_is_known():
    assert "after 2021" in silence_definition(2026, 5)
    assert (silence_words(1), silence_words(5)) == ("1 year or more", "5 years or more")
