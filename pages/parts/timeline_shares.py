"""Groups through the years as lines: what part of each year's practices they are, or how many; few stand out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from icc_data import queries
from icc_data.analysis import grid_takeaways, shares
from icc_data.analysis.years import UNKNOWN
from icc_data.drawing import share_charts
from icc_data.i18n import translate as _
from icc_data.i18n import translate_plural
from pages.parts.timeline_counted import coverage
from pages.parts.timeline_lines import (
    PANELS,
    PANELS_OF_GROUPS,
    Lines,
    notes_of,
    signs_of,
    subtitle_of,
    title_of,
    window,
)
from pages.shared import explanations
from pages.shared.answers import ask
from pages.shared.figures import choice, colour_legend, figure, panel_title, several
from pages.shared.labels import area_groups, commitment_colours
from pages.shared.selection_figures import unfinished
from pages.shared.session import current

LARGEST, MOST = 1, 6


def panels_choice(split: str) -> str:
    """One picture of all groups, or small ones on one scale; nothing is to be chosen without a split."""
    if split == "none":
        return "one"
    values = {
        "one": _("All together"),
        "group": _("A picture a group"),
        "country": _("A picture a country"),
        "network": _("A picture a network"),
    }
    values = {name: words for name, words in values.items() if name != split}
    return choice("panels", _("Pictures"), values, default="one", compact=True, width=190)


def period_choice() -> int:
    """How many years are one period of the lines."""
    values = {
        count: translate_plural("{count} year", "{count} years", int(count)).format(count=count)
        for count in shares.PERIODS
    }
    return int(choice("years_a_period", _("Period"), values, default="1", compact=True, width=120))


def lines_panel(split: Any, panels: str, together: int, *, active: bool, value: share_charts.Value) -> None:
    """The lines of a split with what is to be known of them.

    Args:
        split: what is compared; not “none”.
        panels: one picture, or one a group, country or network.
        together: how many years are one period.
        active: years of activity instead of start years.
        value: what the height of a line is.
    """
    session = current()
    wanted = highlighted(split, panels)
    chosen = tuple(wanted or (() if panels == "group" else standing_out(split, active=active)))
    lines = Lines(split, active, value, panels, chosen, together)
    if lines.rows(lines.per).empty:
        if panels == "network":
            st.caption(_("None of these practices is of a network, so there is nothing to draw."))
        else:
            st.caption(_("None of these practices names a country, so there is nothing to draw."))
        return
    hint = _("Drag over years to choose them.") if panels == "one" else ""
    panel_title(title_of(lines), subtitle_of(lines), hint)
    if panels != "group":
        colour_legend(legend_of(lines))
    figure(
        "by-year-lines",
        drawn,
        lines,
        brush=None if panels != "one" else ("active" if active else "started"),
        wide=panels != "one",
        on_phone=None if panels == "one" else partial(drawn, narrow=True),
        alt=alt_of(lines),
        says=says_of(lines),
        one_of="by-year",
        method=replace(
            explanations.shares_by_year(session.selection, split, active=active, per=lines.per, together=together),
            title=title_of(lines),
            signs=" ".join(signs_of(lines)),
        ),
    )
    st.caption(" ".join(filter(None, notes_of(lines))))
    coverage(ask(queries.known_counts, queries.without_compared(session.selection, split)), split)


def alt_of(lines: Lines) -> str:
    """What the picture is, for people who do not see it."""
    if lines.panels == "group":
        return _("Small pictures on one scale, one a group: its line by year")
    return _("Lines by year: {groups}; the other groups in grey").format(groups=", ".join(colours_of(lines)))


def says_of(lines: Lines) -> str:
    """What is seen on the lines; of panels, what is seen of all countries together."""
    rows, name = shares.within(lines.rows(), *lines.window()), partial(group_label, lines.split)
    return grid_takeaways.of_lines(rows, name, shares=lines.value == "share")


def highlighted(split: Any, panels: str) -> list[str]:
    """The groups that somebody has chosen to stand out, which filters nothing."""
    options = current().options
    words = {code: options.label(split, code) for code in options.values(split)}
    default = _("All") if split == "commitment" or panels == "group" else _("The largest")
    if queries.without_compared(current().selection, split) != current().selection:
        default = _("Those of the filter")
    others = {code for other in queries.SPLITS for code in options.values(other)}
    return several("show", _("Highlight"), words, most=MOST, default=default, elsewhere=others)


def standing_out(split: Any, *, active: bool) -> list[str]:
    """The groups that stand out where nobody has chosen: those of the filter, else the largest."""
    selection = current().selection
    if split == "commitment":
        filtered = list(dict.fromkeys(area_groups()[area] for area in selection.policy_area))
        return filtered or list(commitment_colours())
    in_filter = list(selection.chosen(split))[:MOST]
    rows = shares.within(ask(queries.shares_by_year, selection, split, active=active), *window())
    return in_filter or shares.largest_codes(rows, LARGEST)


def drawn(lines: Lines, *, narrow: bool = False) -> Any:
    """The picture; ``narrow`` is that of a telephone."""
    session = current()
    rows = shares.within(lines.rows(lines.per), *lines.window())
    name, look = partial(group_label, lines.split), session.look
    if lines.panels == "group":
        return group_panels(lines, rows, narrow=narrow)
    if lines.panels != "one":
        rows = shares.largest_places(rows, PANELS, session.selection.chosen(lines.panels))
    label = partial(place_label, lines.panels)
    frame = shares.lines(rows, lines.chosen, name, label, together=lines.together)
    colours = colours_of(lines)
    if lines.panels == "one":
        return share_charts.share_lines(
            frame, look, colours, value=lines.value, bands=lines.bands, unfinished=unfinished(session.selection)
        )
    places = [place_label(lines.panels, place) for place in dict.fromkeys(rows["place"])]
    return share_charts.share_panels(
        frame,
        look,
        colours,
        value=lines.value,
        bands=lines.bands,
        places=places,
        unfinished=unfinished(session.selection),
        narrow=narrow,
    )


def group_panels(lines: Lines, rows: pd.DataFrame, *, narrow: bool) -> Any:
    """A picture a group, the largest first, all in one colour: its name stands above it."""
    session = current()
    codes = [code for code in shares.largest_codes(rows, len(rows)) if code in lines.chosen or not lines.chosen]
    codes = codes[:PANELS_OF_GROUPS]
    name = partial(group_label, lines.split)
    kept = rows[rows["code"].isin(codes)].assign(place=lambda own: own["code"])
    frame = shares.lines(kept, codes, name, name, together=lines.together)
    return share_charts.share_panels(
        frame,
        session.look,
        {name(code): session.look.amount for code in codes},
        value=lines.value,
        bands=lines.bands,
        places=[name(code) for code in codes],
        unfinished=unfinished(session.selection),
        narrow=narrow,
    )


def group_label(split: str, code: str) -> str:
    """What a line is called."""
    return _("Not stated") if code == UNKNOWN else current().options.label(split, code)


def place_label(panels: str, place: str) -> str:
    """What the place of a line is called."""
    return _("All countries") if place == "all" else current().options.label(panels, place)


def colours_of(lines: Lines) -> dict[str, str]:
    """The colour of each line that stands out, by its label."""
    look, own = current().look, commitment_colours() if lines.split == "commitment" else {}
    return {
        group_label(lines.split, code): own.get(code) or look.categories[place % len(look.categories)]
        for place, code in enumerate(lines.chosen)
    }


def legend_of(lines: Lines) -> dict[str, str]:
    """The colours in words."""
    every = len(current().options.values(lines.split))
    others = {_("The others"): current().look.unknown} if len(lines.chosen) < every else {}
    return colours_of(lines) | others
