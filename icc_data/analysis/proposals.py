"""Practices proposed to a city, policy area by policy area, and those that it has picked: its list of actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from icc_data.analysis.sources import best_address
from icc_data.analysis.time_words import when_in_words
from icc_data.cells import dicts_of, is_known
from icc_data.i18n import translate as _


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


def action_rows(picked: pd.DataFrame, labels: Mapping[str, str], reasons: Sequence[str]) -> pd.DataFrame:
    """The list of actions as rows: what is not known is empty, as are who and by when.

    Args:
        picked: rows of ``borrow.recommendations``.
        labels: what each policy area is called.
        reasons: why each is recommended.

    Returns:
        The columns of ``action_headings``.
    """
    return pd.DataFrame(
        [
            {
                "area": labels[row["policy_area"]],
                "practice": row["title"],
                "city": _told(row["city_names"]),
                "when": when_in_words(row, nothing=""),
                "summary": _told(row["summary"]),
                "why": reason,
                "score": round(row["score"] * 100),
                "source": best_address(row) or "",
                "who": "",
                "by_when": "",
            }
            for row, reason in zip(dicts_of(picked), reasons, strict=True)
        ],
        columns=list(action_headings()),
    )


def identified(actions: pd.DataFrame, picked: pd.DataFrame) -> pd.DataFrame:
    """The list of actions for a file, with the identifier of each practice as ``practice_id``.

    Args:
        actions: the answer of ``action_rows``.
        picked: the rows that it is of.
    """
    return actions.assign(practice_id=list(picked["practice_id"]))


def _told(value: object) -> object:
    """A cell to read, in which what is missing is empty."""
    return value if is_known(value) else ""


def action_headings() -> dict[str, str]:
    """What each column of ``action_rows`` is called, in the language in use."""
    return {
        "area": _("Policy area"),
        "practice": _("Practice"),
        "city": _("City"),
        "when": _("When"),
        "summary": _("What it is"),
        "why": _("Why"),
        "score": _("Score of 100"),
        "source": _("Source"),
        "who": _("Who"),
        "by_when": _("By when"),
    }
