"""Pictures of any selection: when its practices started, and what they are about."""

from __future__ import annotations

from functools import partial
from typing import Any

from icc_data import queries
from icc_data.analysis.term_bars import term_bars
from icc_data.drawing import charts
from icc_data.i18n import translate as _
from pages.shared import explanations
from pages.shared.answers import ask
from pages.shared.figures import figure
from pages.shared.labels import area_colours, share_details
from pages.shared.session import current


def started_figure(name: str, *, alt: str, height: int) -> None:
    """The practices of the selection by the year in which they started; dragging over years chooses them.

    Args:
        name: identifies the chart.
        alt: what it shows, for people who do not see it.
        height: pixels.
    """

    def draw() -> Any:
        session = current()
        by_year = ask(queries.practices_by_year, session.selection)
        return charts.year_bars(by_year, session.look, height=height)

    method = explanations.practices_by_year(ask(queries.overview, current().selection))
    figure(name, draw, brush="started", alt=alt, method=method)


def areas_figure(name: str, title: str, *, alt: str, most: int, fewest: int = 1, with_cities: bool = False) -> None:
    """The policy areas of the selection with most practices; a click chooses one.

    Args:
        name: identifies the chart.
        title: of its explanation.
        alt: what it shows, for people who do not see it.
        most: how many areas at most.
        fewest: how many practices an area has to have.
        with_cities: tell the number of cities of the bar that is pointed at.
    """

    def draw() -> Any:
        session = current()
        label = partial(session.options.label, "policy_area")
        bars = term_bars(ask(queries.terms, session.selection, "policy_area"), label, most=most, fewest=fewest)
        details = share_details() | ({"cities": _("Cities")} if with_cities else {})
        return charts.ranked_bars(
            bars, session.look, colours=area_colours(), chosen=session.selection.policy_area, details=details
        )

    method = explanations.terms("policy_area", title)
    figure(name, draw, pick={"code": "policy_area"}, alt=alt, method=method)
