"""Policy areas under-served: a scope beside the whole network, with what could be chance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from icc_data.analysis.review_gaps import MENDERS, GapList
from icc_data.analysis.uncertainty import FEW, beside_chance, wilson
from icc_data.cells import rows_of
from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _


def areas_beside_network(areas: pd.DataFrame, network: pd.DataFrame) -> pd.DataFrame:
    """The policy areas of a scope beside the whole network, with what could be chance: the definition of lift.

    Args:
        areas, network: the answers of ``queries.terms`` for the policy areas of the scope and of the network.

    Returns:
        ``code, practices, of, share, low, high, network_practices, network_of, network_share, expected, lift, p,
        chance``, and ``under``: fewer than in the network. The least beside the network come first; where nothing can
        be compared, as the scope is the network, those with fewest practices.
    """
    all_of = network[["code", "practices", "of"]].rename(columns={"practices": "network_practices", "of": "network_of"})
    both = areas[["code", "position", "practices", "of"]].merge(all_of, on="code")
    low, high = wilson(both["practices"], both["of"])
    with_shares = both.assign(
        share=both["practices"] / both["of"].where(both["of"] > 0),
        low=low,
        high=high,
        network_share=both["network_practices"] / both["network_of"].where(both["network_of"] > 0),
    )
    judged = beside_chance(with_shares, both="practices", ones="network_practices", others="of", total="network_of")
    judged = judged.assign(under=judged["practices"] < judged["expected"] - 1e-9)
    return judged.sort_values(["lift", "practices", "position"], na_position="last", ignore_index=True)


def area_gaps(
    areas: pd.DataFrame, network: pd.DataFrame, label: Callable[[str, str], str], *, is_network: bool
) -> GapList:
    """Policy areas with fewer practices than in the network.

    Args:
        areas, network: see ``areas_beside_network``.
        label: what a value of a facet is called.
        is_network: the scope is the network itself, beside which nothing is under-served.
    """
    judged = areas_beside_network(areas, network)
    sure = judged[judged["under"] & ~judged["chance"] & (judged["of"] >= FEW)]
    rows = judged if is_network else judged[judged["under"]]
    frame = rows.assign(
        area=[label("policy_area", code) for code in rows["code"]],
        beside=[_beside(row) for row in rows_of(rows)],
        mender=_(MENDERS["programme"]),
    ).reset_index(drop=True)
    total = int(judged["of"].max()) if len(judged) else 0
    return GapList(
        "areas",
        lambda: frame,
        _area_columns(is_network=is_network),
        len(frame) if is_network else len(sure),
        len(judged),
        _area_sentence(len(sure), len(frame), total, is_network=is_network),
        # Beside nothing, nothing is under-served.
        _("Policy areas by number of practices") if is_network else "",
    )


def _beside(row: Any) -> str:
    if row.of < FEW:
        return _("too few practices to say")
    return _("could be chance") if row.chance else _("more than chance")


def _area_columns(*, is_network: bool) -> dict[str, str]:
    own = {
        "area": _("Policy area"),
        "practices": _("Practices"),
        "of": _("of all"),
        "share": _("Share"),
        "low": _("at least"),
        "high": _("at most"),
    }
    if is_network:
        return own
    return own | {
        "network_practices": _("In the network"),
        "network_share": _("Share in the network"),
        "beside": _("Difference"),
    }


def _area_sentence(sure: int, under: int, total: int, *, is_network: bool) -> str:
    if is_network:
        return _("The policy areas of the whole network, which is compared with nothing; fewest practices first.")
    if total < FEW:
        return translate_plural(
            "With {count} practice in scope nothing can be said of shares: the counts alone are shown.",
            "With {count} practices in scope nothing can be said of shares: the counts alone are shown.",
            total,
        ).format(count=number(total))
    if not sure:
        words = _(
            "No policy area is rarer here than in the network by more than chance could have it; rarer by what may be "
            "chance: {under}."
        )
        return words.format(under=number(under))
    words = translate_plural(
        "{count} policy area has a smaller share here than in the network, by more than chance could have it; "
        "smaller in all: {under}.",
        "{count} policy areas have a smaller share here than in the network, by more than chance could have it; "
        "smaller in all: {under}.",
        sure,
    )
    return words.format(count=number(sure), under=number(under))
