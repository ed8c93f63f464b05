"""How complete each field is, of practices and of cities."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import completeness, crosstabs, grid_takeaways
from icc_data.analysis.uncertainty import FEW
from icc_data.drawing.heatmaps import Shade, Side, heatmap
from icc_data.i18n import enumeration, labelled
from icc_data.i18n import translate as _
from pages.shared.answers import ask
from pages.shared.figures import choice, figure, panel_title
from pages.shared.filter_bar import empty_selection
from pages.shared.markdown import with_subject
from pages.shared.method import Method
from pages.shared.session import current

PLACES = 12
NETWORKS = 14


def place_label(code: str, facet: str) -> str:
    """What a column of what is known is called: a country, network or kind of source, or several together."""
    others = {"country": _("Other countries"), "network": _("Other networks")}
    extra = {"all": _("All"), "others": others.get(facet, _("Others")), "unknown": _("Not stated")}
    return extra.get(code) or current().options.label(facet, code)


def fields_of(question: Any) -> dict[str, completeness.Known]:
    """The rows of a matrix: of practices or of cities."""
    return completeness.PRACTICE_FIELDS if question is queries.completeness else completeness.CITY_FIELDS


def matrix(question: Any, facet: Any, places: int) -> Any:
    """Fields that are not always known against places: the share known."""
    session, fields = current(), fields_of(question)
    counted = ask(question, session.selection, facet, places=places)
    frame = crosstabs.known_cells(counted, fields, partial(place_label, facet=facet))
    return heatmap(
        frame,
        session.look,
        Side("column", order=list(dict.fromkeys(frame["column"]))),
        Side("row", order=[_(field.label) for field in fields.values()]),
        Shade("share", title=_("Share known"), form=".0%", faint="few"),
        text="text",
        tooltip={"count": _("Known"), "meaning": _("Known means")},
        pick=["place"],
    )


def matrix_figure(family: str, question: Any, facet: str, places: int, unit: str, total: int) -> None:
    """The picture of a matrix."""
    title = _("How much is known of the {unit}").format(unit=unit)
    counted = ask(question, current().selection, facet, places=places)
    fields = fields_of(question)
    figure(
        f"{family}-{facet}",
        matrix,
        question,
        facet,
        places,
        pick={"place": facet},
        wide=True,
        one_of=family,
        alt=title,
        says=grid_takeaways.of_known(counted, lambda field: _(fields[field].label)),
        method=Method(
            title=title,
            sentence=_("The {unit} of a column for which the field is known, over all {unit} of the column.").format(
                unit=unit
            ),
            question=question,
            selection=current().selection,
            args=(facet,),
            options={"places": places},
            counted=total,
            of=total,
            unit=unit,
        ),
    )


def matrix_panel(name: str, question: Any, facet: str, places: int, unit: str) -> None:
    """A matrix with what its rows mean."""
    fields = fields_of(question)
    frame = ask(question, current().selection, facet, places=places)
    full = completeness.always_known(frame)
    if len(full) < len(fields):
        matrix_figure(name, question, facet, places, unit, int(frame["total"].max()))
        notes = [_("In brackets: the {unit} of the column, by which its shares are counted.").format(unit=unit)]
        if (frame["total"] < FEW).any():
            notes.append(_("Pale: fewer than {count}, read with care.").format(count=FEW))
        st.caption(" ".join(notes))
    if full:
        named = enumeration(f"**{_(fields[code].label)}**" for code in fields if code in full)
        st.caption(_("No row, as it is known of every one of these {unit}: {fields}.").format(unit=unit, fields=named))
    with st.expander(with_subject(_("What “known” means for each field"), unit)):
        lines = ["- " + labelled(f"**{_(field.label)}**", _(field.meaning)) for field in fields.values()]
        st.markdown("\n".join(lines))


def completeness_section() -> None:
    """How complete each field is, of practices and of cities."""
    if empty_selection():
        return
    st.caption(
        _(
            "Why it matters: a count of what is known is only as good as the share that is known. A gap here is a gap "
            "in what was published or found, not in what a city does."
        )
    )
    panel_title(
        _("Practices: share for which each field is known"),
        _("Follows the filters; a practice of several countries counts in each."),
        _("Click a cell to choose its column."),
    )
    columns = {"country": _("Countries"), "documented_by": _("Source kinds")}
    facet = choice("columns", _("Columns"), columns, default="country")
    matrix_panel("practice-matrix", queries.completeness, facet, PLACES, _("practices"))
    st.caption(_("The original title has no row: only a title published in another language than English has one."))

    panel_title(
        _("Cities: share for which each field is known"),
        _("The cities of the selection; a city of several networks counts in each."),
        _("Click a cell to choose its column."),
    )
    columns = {"country": _("Countries"), "network": _("Networks")}
    facet = choice("city_columns", _("Columns of cities"), columns, default="country")
    places = NETWORKS if facet == "network" else PLACES
    if ask(queries.city_completeness, current().selection, facet, places=places).empty:
        st.caption(_("None of these practices names a city."))
    else:
        matrix_panel("city-matrix", queries.city_completeness, facet, places, _("cities"))
