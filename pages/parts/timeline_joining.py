"""When cities joined the network."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import grid_takeaways, years
from icc_data.drawing import charts
from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _
from pages.shared import explanations
from pages.shared.answers import ask, remember
from pages.shared.figures import figure, panel_title
from pages.shared.session import current


def joining_section() -> None:
    """Cities joining the network."""

    selection = current().selection

    def work() -> dict[str, int]:
        everyone = ask(queries.joining, selection)["cities"].sum()
        return {"everyone": int(everyone), "with_year": int(known_joining()["cities"].sum())}

    cities = remember(work, "joining", selection)
    everyone, with_year = cities["everyone"], cities["with_year"]
    subtitle = translate_plural(
        "{known} of {all} cities has a known joining year; bars: that year, line: so far",
        "{known} of {all} cities have a known joining year; bars: that year, line: so far",
        with_year,
    ).format(known=number(with_year), all=number(everyone))
    panel_title(_("Cities joining the network"), subtitle)
    sources = _(
        "Members of national networks count from the year their network gives. "
        "Some sources disagree; the city’s card on the map tells."
    )
    if with_year:
        figure(
            "joining",
            joined,
            alt=_("Cities joining by year"),
            says=lambda: grid_takeaways.of_joining(known_joining()),
            method=replace(explanations.joining(with_year, everyone), signs=f"{subtitle}. {sources}"),
        )
    else:
        st.caption(_("No joining year is known for these cities."))
    st.caption(sources)


def known_joining() -> Any:
    """Cities by the joining year that is known of them."""
    selection = current().selection
    return remember(lambda: years.known_joining(ask(queries.joining, selection), so_far), "known joining", selection)


def joined() -> Any:
    """Cities joining per year."""
    return charts.joining_bars(known_joining(), current().look)


def so_far(cities: int) -> str:
    """How many cities have joined, in words."""
    return translate_plural("{count} city so far", "{count} cities so far", cities).format(count=number(cities))
