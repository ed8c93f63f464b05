"""How far two readers agree who coded the same practices without seeing each other's codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from icc_data.cells import rows_of
from icc_data.i18n import enumeration, number
from icc_data.i18n import translate as _

_COUNTS = ["both", "first_only", "second_only", "neither"]


@dataclass(frozen=True)
class Agreement:
    """What two readers' codes have in common.

    Attributes:
        practices: how many practices both have coded.
        in_common: for how many of them they gave at least one policy area in common.
        jaccard: the mean, over practices, of areas that both gave over areas that either gave; None without practices.
        kappa: Cohen's kappa over all decisions, one for each practice and area; None where it is not defined.
        by_area: the rows of ``queries.coding_agreement`` with ``kappa`` (missing where it is not defined).
    """

    practices: int
    in_common: int
    jaccard: float | None
    kappa: float | None
    by_area: pd.DataFrame


def cohen_kappa(both: int, first_only: int, second_only: int, neither: int) -> float | None:
    """Agreement of two readers beyond what chance would give: 1 is full, 0 as by chance, below 0 less than that.

    kappa = (observed - expected) / (1 - expected), after Cohen 1960, “A coefficient of agreement for nominal scales”.

    Args:
        both, first_only, second_only, neither: how many decisions were “yes” by both, by one alone, by neither.

    Returns:
        Kappa; None where nothing was decided, or where chance alone would have them agree on everything.
    """
    decisions = both + first_only + second_only + neither
    if not decisions:
        return None
    first, second = (both + first_only) / decisions, (both + second_only) / decisions
    observed = (both + neither) / decisions
    expected = first * second + (1 - first) * (1 - second)
    return None if expected == 1 else (observed - expected) / (1 - expected)


def agreement(by_area: pd.DataFrame, overlap: Mapping[str, Any]) -> Agreement:
    """How far the two readers agree.

    Args:
        by_area: the answer of ``queries.coding_agreement``.
        overlap: the answer of ``queries.coding_overlap``.
    """
    kappas = [cohen_kappa(*(int(count) for count in counts)) for counts in by_area[_COUNTS].itertuples(index=False)]
    return Agreement(
        practices=int(overlap["practices"]),
        in_common=int(overlap["in_common"]),
        jaccard=overlap["jaccard"],
        kappa=cohen_kappa(*(int(by_area[name].sum()) for name in _COUNTS)),
        by_area=by_area.assign(kappa=pd.Series(kappas, by_area.index, dtype="Float64")),
    )


def agreement_in_words(answer: Agreement, label: Callable[[str], str]) -> str:
    """How far the two readers agree, in a sentence.

    Args:
        answer: of ``agreement``.
        label: what a policy area is called.

    Returns:
        The mean Jaccard index, the pooled kappa, and the areas of the lowest and the highest kappa; empty where no
        kappa is defined.
    """
    defined = answer.by_area.dropna(subset="kappa")
    if answer.kappa is None or defined.empty:
        return ""
    kappas = defined["kappa"].astype(float).round(2)
    lowest, highest = (
        _("{areas} ({kappa})").format(
            areas=enumeration(label(row.policy_area) for row in rows_of(defined[kappas == end])), kappa=number(end, 2)
        )
        for end in (kappas.min(), kappas.max())
    )
    return _(
        "Over the {count} policy areas their codes overlap by {jaccard} (mean Jaccard index) and agree with a kappa of "
        "{kappa} (Cohen, pooled): lowest for {lowest}, highest for {highest}."
    ).format(
        count=number(len(answer.by_area)),
        jaccard=number(answer.jaccard, 2),
        kappa=number(answer.kappa, 2),
        lowest=lowest,
        highest=highest,
    )
