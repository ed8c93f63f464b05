"""What a step of a policy audit lists, as files, with the address at which a program gets the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from icc_data.analysis.audit import Judgement
from icc_data.analysis.parameters import MY_CITY_PARAM
from icc_data.queries.selection import Selection
from pages.shared.downloads import AsData, download_menu
from pages.shared.own_results import own_note, published_only
from pages.shared.peer_choice import peer_params


def audit_menu(
    view: str,
    title: str,
    rows: Callable[[], pd.DataFrame],
    city: str,
    judged: Judgement,
    chosen: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """A button that opens the files of a list.

    Args:
        view: the table that gives the same rows, but for results that the city brought along.
        title: what the rows are.
        rows: gives them.
        city: whose audit.
        judged: what the team says.
        chosen: what else is chosen.
    """
    asked = {MY_CITY_PARAM: city, **peer_params(), **judged.to_params(), **(chosen or {})}
    same = AsData(view, Selection(), asked)
    download_menu(view, title, lambda: same.linked(rows()), published_only(city, same), own=own_note(city))
