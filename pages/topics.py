"""What the practices are about."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import crosstabs, term_bars
from icc_data.cells import rows_of
from icc_data.drawing import charts
from icc_data.drawing.heatmaps import Shade, Side, heatmap
from icc_data.i18n import number, percent
from icc_data.i18n import translate as _
from pages.shared import explanations
from pages.shared.address import go
from pages.shared.answers import ask
from pages.shared.cards import commitment_card
from pages.shared.figures import choice, figure, panel_title
from pages.shared.filter_bar import empty_selection
from pages.shared.labels import area_colours, area_groups
from pages.shared.session import enter

session = enter()
selection = session.selection
label = session.options.label
PLACES = 14
# Pixels of a row of cells.
CELL_HEIGHT = 24


def ranked(vocabulary: str, narrow: bool) -> Any:
    """The terms of a list by practices."""
    terms = ask(queries.terms, selection, vocabulary)
    return charts.ranked_bars(
        term_bars.term_bars(terms, partial(label, vocabulary), with_cities=not narrow),
        session.look,
        colours=area_colours() if vocabulary == "policy_area" else None,
        details={"cities": _("Cities"), "countries": _("Countries")},
    )


def ranked_panel(vocabulary: str, title: str, subtitle: str = "", *, narrow: bool = False) -> None:
    """A list with the number of practices that carry none of its terms."""
    coded, total = term_bars.coverage(ask(queries.terms, selection, vocabulary))
    panel_title(title, subtitle or _("Practices and their share of the selection; click to choose"))
    if coded:
        figure(
            f"terms-{vocabulary}",
            ranked,
            vocabulary,
            narrow,
            pick={"code": vocabulary},
            alt=title,
            method=explanations.terms(vocabulary, title),
        )
    if coded < total:
        st.caption(
            _("{count} of {all} practices carry none of these.").format(count=number(total - coded), all=number(total))
        )


def commitments() -> None:
    """The four commitments side by side."""
    frame = ask(queries.commitments, selection)
    groups = area_groups()
    for column, row in zip(st.columns(4, gap="small"), rows_of(frame), strict=True):
        areas = [area for area, group in groups.items() if group == row.code]
        with column, commitment_card(row.code):
            share = percent(row.practices / row.selected_practices)
            whole = _("of {all} practices").format(all=number(row.selected_practices))
            st.markdown(f"#### {number(row.practices)} :small[:gray[{whole} · {share}]]")
            st.caption(", ".join(label("policy_area", area) for area in areas))
            st.button(
                _("Choose these areas"),
                key=f"choose-{row.code}",
                type="tertiary",
                icon=":material/filter_alt:",
                on_click=go,
                args=(selection.with_values("policy_area", areas),),
            )


def areas_down() -> Side:
    """The rows of a heatmap: policy areas in the order of their list."""
    return Side("area", _("Policy area"), [label("policy_area", code) for code in area_groups()])


def crosstab(place: Any, show: Any) -> Any:
    """Policy areas against countries or networks."""
    places = crosstabs.largest_places(ask(queries.area_by_place, selection, place), PLACES)
    cells = crosstabs.place_cells(places, place, show, label)
    return heatmap(
        cells,
        session.look,
        Side("column", _("Network") if place == "network" else _("Country"), crosstabs.columns_by_size(cells)),
        areas_down(),
        Shade(
            crosstabs.SHADES[show],
            {
                "counts": _("Practices"),
                "shares": _("Share of the column's practices"),
                "lift": _("Lift (1 = as in the network)"),
            }[show],
            {"counts": ",d", "shares": ".0%", "lift": ".1f"}[show],
            diverging=show == "lift",
            faint="few",
        ),
        text="text",
        tooltip={"practices": _("Practices"), "share_words": _("Share"), "lift_words": _("Lift")},
        pick=["policy_area", "place"],
        row_height=CELL_HEIGHT,
    )


def together(vocabulary: Any) -> Any:
    """Policy areas with what they go with."""
    return heatmap(
        crosstabs.together_cells(ask(queries.together, selection, vocabulary), vocabulary, label),
        session.look,
        Side(
            "other_label",
            _("Theme") if vocabulary == "theme" else _("Policy area"),
            [label(vocabulary, code) for code in session.options.values(vocabulary)],
        ),
        areas_down(),
        Shade("practices", _("Practices with both")),
        text="text",
        tooltip={"lift_words": _("Lift over chance")},
        pick=["policy_area", "other"],
        row_height=CELL_HEIGHT,
    )


if not empty_selection():
    panel_title(
        _("The four commitments"),
        _("Practices that serve each through at least one policy area; a practice can serve several"),
    )
    commitments()
    left, right = st.columns(2, gap="medium")
    with left:
        ranked_panel("policy_area", _("Policy areas"))
    with right:
        ranked_panel("theme", _("Themes"))

    panel_title(
        _("Policy areas by place"), _("In brackets: the place's practices. Click a cell to choose its area and place.")
    )
    with st.container(horizontal=True, gap="medium"):
        place = choice("place", _("Columns"), {"country": _("Countries"), "network": _("Networks")}, default="country")
        show = choice(
            "cells",
            _("Cells show"),
            {"counts": _("Counts"), "shares": _("Shares"), "lift": _("Lift")},
            default="counts",
        )
    if ask(queries.area_by_place, selection, place).empty:
        st.caption(_("None of these practices names such a place."))
    else:
        figure(
            "crosstab",
            crosstab,
            place,
            show,
            pick={"policy_area": "policy_area", "place": place},
            alt=_("Policy area by place"),
            method=explanations.area_by_place(place),
        )
        st.caption(
            _("The {count} places with most practices.").format(count=PLACES)
            + " "
            + _(
                "Lift: the area's share among the place's practices over its share in the whole network; "
                "2 means twice as common."
            )
            + " "
            + _("* fewer than {count} practices: read with care.").format(count=crosstabs.FEWEST)
        )
    panel_title(_("What goes together"), _("Practices that carry both; click a cell to choose both"))
    other = choice(
        "with", _("Policy areas with"), {"theme": _("Themes"), "policy_area": _("Policy areas")}, default="theme"
    )
    if ask(queries.together, selection, other).empty:
        st.caption(_("No two of these stand on the same practice."))
    else:
        figure(
            "together",
            together,
            other,
            pick={"policy_area": "policy_area", "other": other},
            alt=_("Policy areas that go together"),
            method=explanations.together(other),
        )
    left, middle, right = st.columns(3, gap="medium")
    with left:
        ranked_panel("target_group", _("Target groups"), _("As on the practice card; click to choose"), narrow=True)
    with middle:
        ranked_panel("practice_type", _("Practice types"), _("As on the practice card; click to choose"), narrow=True)
    with right:
        ranked_panel("practice_area", _("Practice areas"), _("As on the practice card; click to choose"), narrow=True)
    st.caption(
        _(
            "All codes were assigned by this project from titles and summaries; two readers agreed on at least "
            "one policy area for 98 % of practices. Definitions stand in terms.csv."
        )
    )
