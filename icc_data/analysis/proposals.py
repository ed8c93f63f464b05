"""Practices proposed to a city, policy area by policy area, and those that it has picked."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd


def proposals_in(proposals: pd.DataFrame, area: str) -> pd.DataFrame:
    """The practices proposed in a policy area.

    Args:
        proposals: the answer of ``borrow.recommendations``.
        area: its code.
    """
    return proposals[proposals["policy_area"] == area]


def proposal_name(area: str, practice_id: str) -> str:
    """How the address names a proposal."""
    return f"{area}:{practice_id}"


def picked(proposals: pd.DataFrame, names: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    """The proposals that were picked, and the names of none.

    Args:
        proposals: the answer of ``borrow.recommendations``.
        names: as ``proposal_name`` gives them.
    """
    there = [proposal_name(*pair) for pair in zip(proposals["policy_area"], proposals["practice_id"], strict=True)]
    return proposals[[name in names for name in there]], [name for name in names if name not in there]


def title_of(practices: pd.DataFrame, name: str) -> str:
    """The title of the practice that a proposal names; the name itself, cut, where there is no such practice.

    Args:
        practices: the answer of ``queries.borrowable``.
        name: as ``proposal_name`` gives it.
    """
    titles = practices[practices["practice_id"] == name.partition(":")[2]]["title"].tolist()
    return str(titles[0]) if titles else name[:60]
