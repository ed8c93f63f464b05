"""Cells to draw, and what a drawn chart holds."""

from __future__ import annotations

from typing import Any

import pandas as pd

CELLS = pd.DataFrame(
    {"x": ["P", "Q"], "y": ["A", "A"], "n": [3, 1], "lift": [1.5, 0.5], "few": [False, True], "said": ["3", "1"]}
)
YEAR_CELLS = pd.DataFrame({"x": [2019, 2020], "y": ["A", "B"], "n": [3, 1]})


def params_of(chart: Any) -> set[str]:
    return {param["name"] for param in chart.to_dict().get("params", [])}


def values_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for rows in spec["datasets"].values() for row in rows]
