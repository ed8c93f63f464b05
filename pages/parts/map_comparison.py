"""Two selections on two maps with one view and one scale, and their cities in one table."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import two_selections, two_selections_notes
from icc_data.analysis.index_rows import city_count
from icc_data.cells import is_known
from icc_data.drawing import map_circles, map_measures, map_views
from icc_data.drawing.map_views import MapView
from icc_data.i18n import translate as _
from pages.shared.answers import ask, note_answer, remember
from pages.shared.city_map import WIDTH_OF_TWO, base_map_words, cities_of, city_by_name, city_map
from pages.shared.comparing import Compared, table_of_both
from pages.shared.downloads import download_menu, linked
from pages.shared.drawn import draw_once
from pages.shared.embedding import alone
from pages.shared.figures import panel_title, size_legend
from pages.shared.markdown import escaped
from pages.shared.session import current

HEIGHT = 420


def comparison_panel(compared: Compared, view: MapView) -> None:
    """The two maps, and one table with both.

    Args:
        compared: the two selections.
        view: what the maps show; they get one box and one scale.
    """
    if view.measure.column == "practices":
        # One question tells what the maps, the field of names and the table show: three took as long as both maps.
        cities = _compared_cities(compared)
        note_answer(two_selections.cities_of_side(cities, "one"), queries.city_practices, compared.one)
        note_answer(two_selections.cities_of_side(cities, "other"), queries.city_practices, compared.other)
    frames = cities_of(compared.one, view.measure), cities_of(compared.other, view.measure)
    both = map_measures.in_common(frames)
    view = replace(
        view,
        width=WIDTH_OF_TWO,
        height=HEIGHT,
        box=map_views.box_of(both, view.zoom),
        scale=map_measures.scale_of(both, view.measure),
    )
    measure = _(view.measure.label)
    sides = zip(("one", "other"), compared.names, (compared.one, compared.other), frames, strict=True)
    with st.container(key="two-maps"):
        columns = st.columns(2, gap="medium")
    for column, (side, name, selection, frame) in zip(columns, sides, strict=True):
        with column:
            of_map = remember(partial(_on_the_map, frame, view), "on the map", selection, view.measure.column)
            panel_title(escaped(name), of_map)
            city_map(
                f"map-{side}",
                view,
                selection=selection,
                title=_("Map of {name} by {measure}").format(name=name, measure=measure),
                instead=_("Every city opens by its name from the field “Open any” below."),
                rests_on=compared.rests_on(selection),
            )

    def legend() -> list[map_circles.LegendEntry]:
        return map_circles.legend(both, current().look, view.measure, shrink=view.shrink, scale=view.scale)

    legend_of = current().look.name, compared.one, compared.other, view
    # Within somebody else's page each map has its own.
    if not alone():
        size_legend(remember(legend, "legend", *legend_of), _("{measure}, on both maps").format(measure=measure))
    city_by_name(compared.one, compared.other)
    _cities_of_both(compared, view, frames)


def _compared_cities(compared: Compared) -> Any:
    return ask(queries.compared_cities, compared.one, compared.other)


def _cities_of_both(compared: Compared, view: MapView, frames: tuple[Any, Any]) -> None:
    """One table with the cities of both maps; of practices with shares and their difference."""
    shares, title = view.measure.column == "practices", _("The cities of both")
    subtitle = _("Share of the practices of each selection; the difference in points with its 95% interval")
    panel_title(title, subtitle if shares else _(view.measure.label))

    def side_by_side() -> Any:
        if shares:
            return two_selections.city_shares(_compared_cities(compared))
        return map_measures.side_by_side(frames[0], frames[1], view.measure)

    def rows() -> Any:
        # Table, notes and files are of the same rows.
        return remember(side_by_side, "cities of both", compared.one, compared.other, view.measure.column)

    draw_once(lambda: _table(rows(), compared, view), "both cities", compared.one, compared.other, view)
    same = compared.as_data("compared_cities", measure=view.measure.column)
    download_menu("compared-cities", title, lambda: linked(rows()), same, rests_on=compared.rests_on())
    lines = []
    if shares:

        def notes() -> str:
            told = (
                two_selections_notes.intervals(compared.counts),
                two_selections_notes.many_compared(rows()),
                two_selections_notes.chosen_places(compared.one, compared.other),
            )
            return " ".join(filter(None, told))

        lines.append(remember(notes, "notes on both cities", compared.one, compared.other))
    if compared.with_rest:
        lines.append(_("Cities of the rest: those with a practice in it."))
    st.caption("\n\n".join([*filter(None, lines), *base_map_words()]))


def _on_the_map(frame: Any, view: MapView) -> str:
    placed = frame.dropna(subset=["latitude", "longitude"])
    known = map_measures.ranking(placed, view.measure)
    words = _("{placed} of {cities} on the map, {known} with something to show")
    return words.format(placed=len(placed), cities=city_count(len(frame)), known=len(known))


def _table(rows: Any, compared: Compared, view: MapView) -> None:
    def words(value: float) -> str:
        return view.measure.words(value) if is_known(value) else ""

    one, other = compared.names
    columns = {"name": _("City"), "country": _("Country")}
    if view.measure.column == "practices":
        columns |= {"share_words": one, "other_words": other, "points": _("Difference"), "judged": _("Judged")}
        frame = two_selections.city_rows(rows, compared.names)[list(columns)]
    else:
        columns |= {"one": one, "other": other}
        frame = rows.assign(one=rows["one"].map(words), other=rows["other"].map(words))[list(columns)]
    table_of_both("cities", frame, columns, _("The cities of both"), rows_high=12)
