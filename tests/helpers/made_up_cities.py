"""Cities of which a test knows everything, four for sums by hand and any number of any kind."""

from __future__ import annotations

from typing import Any

import pandas as pd
from hypothesis import strategies as st

from icc_data.analysis.peers import FEATURES

CODES = ["a", "b", "c", "d"]


def city(city_id: str, **known: Any) -> dict[str, Any]:
    """A row of ``features``: what is not named is not known."""
    unknown = dict.fromkeys(FEATURES) | {"profile": {}}
    marks = {"of_settlement": False, "of_nationals": False, "index_year": None, "former": False}
    return {"city_id": city_id, **unknown, **marks, **known}


def frame_of(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), dtype=object)


# Spreads: population 2 (powers of ten), share 20 points, years 10, Index 40 points.
A = city(
    "a",
    population=5.0,
    foreign=10.0,
    country="PT",
    region="Southern Europe",
    network=frozenset({"rpci"}),
    joined=2010,
    index=60.0,
    profile={"education": 1, "public_space": 1},
)
B = city(
    "b",
    population=6.0,
    foreign=15.0,
    country="ES",
    region="Southern Europe",
    network=frozenset({"rpci", "reci"}),
    joined=2015,
    profile={"education": 3},
)
C = city(
    "c",
    population=4.0,
    foreign=30.0,
    country="FR",
    region="Western Europe",
    network=frozenset(),
    joined=2020,
    index=100.0,
)
D = city("d", country="JP", region="Eastern Asia")
HAND = frame_of(A, B, C, D)
maybe_code = st.none() | st.sampled_from(CODES)
cities = st.lists(
    st.fixed_dictionaries(
        {
            "population": st.none() | st.floats(0, 8),
            "foreign": st.none() | st.floats(0, 100),
            "country": maybe_code,
            "region": maybe_code,
            "network": st.none() | st.frozensets(st.sampled_from(CODES)),
            "joined": st.none() | st.integers(2008, 2026),
            "index": st.none() | st.floats(0, 100),
            "profile": st.dictionaries(st.sampled_from(CODES), st.integers(1, 50)),
        }
    ),
    min_size=2,
    max_size=6,
).map(lambda rows: frame_of(*(city(f"c{place}", **row) for place, row in enumerate(rows))))
