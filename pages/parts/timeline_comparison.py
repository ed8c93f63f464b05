"""Two selections through the years: on one axis, with the difference of each year in a table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import two_selections, two_selections_notes
from icc_data.drawing import compare_charts
from icc_data.drawing.compare_charts import Value
from icc_data.i18n import translate as _
from pages.shared.answers import ask, remember
from pages.shared.comparing import Compared, both_table
from pages.shared.figures import choice, colour_legend, figure, panel_title, takeaway
from pages.shared.method import Method
from pages.shared.selection_figures import unfinished
from pages.shared.session import current


def comparison_panel(compared: Compared) -> None:
    """The years of two selections.

    Args:
        compared: which.
    """
    counts = compared.counts
    dated = counts["dated"], counts["other_dated"]
    # Of unlike selections the larger one would be above the other in every year.
    default = "shares" if min(dated) and two_selections.unlike(*dated) else "counts"
    with st.container(horizontal=True, gap="medium"):
        counted = choice(
            "count", _("Count practices"), {"started": _("started"), "active": _("active")}, default="started"
        )
        scale = choice("scale", _("Show"), {"counts": _("Counts"), "shares": _("Shares")}, default=default)
    active = counted == "active"
    if not min(dated):
        panel_title(_title(active))
        st.markdown(_("One of the two has no practice with a start year, so there is nothing to compare by year."))
        st.caption(two_selections_notes.undated(counts, compared.names))
        return
    value: Value = "share" if scale == "shares" else "practices"
    says = two_selections.of_years(rows(compared, active), compared.names, active=active)
    takeaway(says)
    panel_title(_title(active), _subtitle(value))
    colour_legend(compare_charts.swatches(current().look, compared.names))
    figure(
        "compared-years",
        drawn,
        compared,
        active,
        value,
        alt=_("Two lines by year: {one} and {other}").format(one=compared.names[0], other=compared.names[1]),
        says=says,
        said_above=True,
        method=replace(method(compared, active=active), signs=" ".join([f"{_subtitle(value)}.", *_left_out(compared)])),
    )
    st.caption(" ".join(_left_out(compared)))
    panel_title(
        _("Year by year"),
        _("Newest first; share of the dated practices of each, and the difference in points with its 95% interval"),
    )
    both_table("years", rows(compared, active).iloc[::-1], "year", _("Year"), compared, _title(active))


def _left_out(compared: Compared) -> list[str]:
    """What the lines leave out, and what their differences cannot tell, a sentence each."""
    notes = (
        two_selections_notes.undated(compared.counts, compared.names),
        two_selections_notes.intervals(compared.counts),
        two_selections_notes.chosen_years(compared.one, compared.other),
    )
    return [*filter(None, notes)]


def rows(compared: Compared, active: bool) -> Any:
    """The years with everything in words."""

    def worked_out() -> Any:
        answer = ask(queries.compared_years, compared.one, compared.other, active=active)
        return two_selections.year_rows(answer, compared.names)

    return remember(worked_out, "compared years", compared.one, compared.other, active)


def drawn(compared: Compared, active: bool, value: Value) -> Any:
    """The two lines."""
    frame = two_selections.lines(rows(compared, active), compared.names)
    # The band ends where no more is still to be published, whatever years a selection chooses.
    years = unfinished(compared.selection.without_years())
    return compare_charts.two_lines(frame, current().look, compared.names, value=value, unfinished=years)


def method(compared: Compared, *, active: bool) -> Method:
    """How the years of two selections were computed."""
    if active:
        first = _(
            "Practices of each selection that were active in each year, of all practices with a start year that it "
            "holds; years are not cut to those that a selection chooses."
        )
    else:
        first = _(
            "Practices of each selection that started in each year, of all practices with a start year that it holds."
        )
    return Method(
        title=_title(active),
        sentence=f"{first} {two_selections_notes.columns_in_words()}",
        question=queries.compared_years,
        selection=compared.one,
        args=(compared.other,),
        options={"active": active},
        worked_out=two_selections.with_difference,
        same=compared.as_data("compared_years", count="active" if active else "started"),
        rests_on=compared.rests_on(),
    )


def _title(active: bool) -> str:
    return _("Practices active in each year, compared") if active else _("Practices started per year, compared")


def _subtitle(value: Value) -> str:
    if value == "share":
        return _("Share of the dated practices of each selection; shading: 95% interval of the share")
    return _("Practices of each selection; one that is in both counts in both")
