"""Pictures of any selection: when its practices started, and what they are about."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from icc_data import queries
from icc_data.analysis import coding_words, takeaways, time_words, years
from icc_data.analysis.term_bars import term_bars
from icc_data.analysis.time_words import part_words
from icc_data.drawing import charts
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from pages.shared import explanations
from pages.shared.answers import ask
from pages.shared.figures import colour_legend, figure, part_legend
from pages.shared.labels import area_colours, area_commitments, commitments_in_words, share_details
from pages.shared.session import current

if TYPE_CHECKING:
    import pandas as pd


def unfinished(selection: Selection) -> tuple[int, int] | None:
    """The years of which more is still to be published; None where the filter ends before them."""
    return time_words.unfinished(current().as_of.year, selection.year_to)


def active_outside(selection: Selection) -> str:
    """How many practices of a selection ran outside of its years too, in words; empty where none did."""
    if selection.year_from is None and selection.year_to is None:
        return ""
    return time_words.active_outside(ask(queries.active_outside, selection), selection.year_from, selection.year_to)


def uncoded(selection: Selection) -> str:
    """How many practices nobody has coded yet, in words; of those that a comparison of policy areas counts."""
    return coding_words.uncoded(ask(queries.known_counts, selection.with_values("policy_area", ())))


def year_bars(selection: Selection, *, active: bool, brush: bool = True, height: int = 300) -> Any:
    """The practices of a selection by year, the sure part in full colour and the other one paler.

    Args:
        selection: the practices meant.
        active: years of activity instead of start years.
        brush: let the user drag over years.
        height: pixels.
    """
    by_year = ask(queries.practices_by_year, selection, active=active)
    return _bars(by_year, selection, active=active, brush=brush, height=height)


def _bars(by_year: pd.DataFrame, selection: Selection, *, active: bool, brush: bool, height: int) -> Any:
    return charts.year_bars(
        years.in_parts(by_year, active=active),
        current().look,
        parts=part_words(active=active),
        unfinished=unfinished(selection),
        brush=brush,
        height=height,
    )


def _asked() -> pd.DataFrame:
    answer: pd.DataFrame = ask(queries.practices_by_year, current().selection, active=False)
    return answer


def started_figure(
    name: str,
    counts: dict[str, int],
    *,
    alt: str,
    height: int,
    by_year: Callable[[], pd.DataFrame] = _asked,
) -> None:
    """The practices of the selection by the year in which they started; dragging over years chooses them.

    Args:
        name: identifies the chart.
        counts: the answer of ``queries.known_counts`` or ``queries.overview``.
        alt: what it shows, for people who do not see it.
        height: pixels.
        by_year: gives the answer of ``queries.practices_by_year``, where a page has it from another question.
    """

    def draw() -> Any:
        return _bars(by_year(), current().selection, active=False, brush=True, height=height)

    part_legend(part_words(active=False), current().look.amount)
    method = explanations.practices_by_year(counts)

    def says() -> str:
        return takeaways.of_years(by_year(), active=False)

    figure(name, draw, brush="started", alt=alt, says=says, method=method)


def areas_figure(
    name: str, title: str, terms: pd.DataFrame, *, alt: str, most: int, fewest: int = 1, with_cities: bool = False
) -> None:
    """The policy areas of the selection with most practices; a click chooses one.

    Args:
        name: identifies the chart.
        title: of its explanation.
        terms: the answer of ``queries.terms``, or the same of ``analysis.term_bars.counted``.
        alt: what it shows, for people who do not see it.
        most: how many areas at most.
        fewest: how many practices an area has to have.
        with_cities: tell the number of cities of the bar that is pointed at.
    """

    def draw() -> Any:
        session = current()
        label = partial(session.options.label, "policy_area")
        bars = term_bars(terms, label, most=most, fewest=fewest)
        details = share_details() | ({"cities": _("Cities")} if with_cities else {})
        return charts.ranked_bars(
            bars,
            session.look,
            colours=area_colours(),
            groups=area_commitments(),
            chosen=session.selection.policy_area,
            details=details,
        )

    colour_legend(commitments_in_words())
    method = explanations.terms("policy_area", title, terms)

    def says() -> str:
        label = partial(current().options.label, "policy_area")
        return takeaways.of_terms(terms, label)

    figure(name, draw, pick={"code": "policy_area"}, alt=alt, says=says, method=method)
