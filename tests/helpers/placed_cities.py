"""Cities with a place, to be drawn on maps."""

from __future__ import annotations

from typing import Any

import pandas as pd


def city(city_id: str, practices: float = 1, **cells: Any) -> dict[str, Any]:
    """A row of an answer of ``queries.cities``, in Portugal where nothing else is said."""
    known = {"name": city_id.title(), "country": "Portugal", "latitude": 40.0, "longitude": -8.0, "policy_areas": 1}
    numbers = {"joined_year": None, "index_score": None, "index_year": None, "foreign_born_pct": None}
    return {"city_id": city_id, "practices": practices, "diversity_year": None, **known, **numbers, **cells}


def cities(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(rows)
