"""Groups through the years as lines: what part of each year's practices they are, or how many; few stand out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from icc_data import queries
from icc_data.analysis import grid_takeaways, shares, time_words, years
from icc_data.analysis.time_words import still_published
from icc_data.analysis.uncertainty import FEW
from icc_data.analysis.years import UNKNOWN
from icc_data.drawing import share_charts
from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _
from pages.shared import explanations
from pages.shared.answers import ask
from pages.shared.figures import choice, colour_legend, figure, panel_title, several
from pages.shared.labels import area_groups, commitment_colours
from pages.shared.selection_figures import active_outside, unfinished
from pages.shared.session import current

YEARS = 25
LARGEST, MOST = 1, 6
PANELS = 6


@dataclass(frozen=True)
class Lines:
    """What the lines are of.

    Attributes:
        split: what is compared: “policy_area”, “commitment” or “country”.
        active: years of activity instead of start years.
        value: what the height of a line is.
        by_country: one panel a country.
        chosen: the groups that stand out.
    """

    split: Any
    active: bool
    value: share_charts.Value
    by_country: bool
    chosen: tuple[str, ...]

    @property
    def bands(self) -> bool:
        """Whether few enough lines stand out for their intervals to be told apart."""
        return self.value == "share" and len(self.chosen) <= shares.MOST_BANDS


def lines_panel(split: Any, *, active: bool, value: share_charts.Value, coverage: Any) -> None:
    """The lines of a split with what is to be known of them.

    Args:
        split: what is compared; not “none”.
        active: years of activity instead of start years.
        value: what the height of a line is.
        coverage: says how many practices no timeline can show, of given counts.
    """
    session = current()
    by_country = False
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        wanted = highlighted(split)
        if split != "country" and value == "share":
            panels = {"one": _("All together"), "country": _("By country")}
            by_country = choice("panels", _("Pictures"), panels, default="one") == "country"
    rows = ask(queries.shares_by_year, session.selection, split, active=active, by_country=by_country)
    if rows.empty:
        st.caption(_("None of these practices names a country, so there is nothing to draw."))
        return
    lines = Lines(split, active, value, by_country, tuple(wanted or standing_out(split, active=active)))
    hint = "" if lines.by_country else _("Drag over years to choose them.")
    panel_title(title_of(lines), subtitle_of(lines), hint)
    colour_legend(legend_of(lines))
    figure(
        "by-year-lines",
        drawn,
        lines,
        brush=None if by_country else ("active" if active else "started"),
        wide=by_country,
        alt=_("Lines by year: {groups}; the other groups in grey").format(groups=", ".join(colours_of(lines))),
        says=says_of(lines),
        method=explanations.shares_by_year(session.selection, split, active=active, by_country=by_country),
    )
    st.caption(" ".join(filter(None, notes_of(lines))))
    coverage(ask(queries.overview, queries.without_compared(session.selection, split)))


def says_of(lines: Lines) -> str:
    """What is seen on the lines; of panels, what is seen of all countries together."""
    rows = ask(queries.shares_by_year, current().selection, lines.split, active=lines.active)
    name = partial(group_label, lines.split)
    return grid_takeaways.of_lines(shares.within(rows, *window()), name, shares=lines.value == "share")


def highlighted(split: Any) -> list[str]:
    """The groups that somebody has chosen to stand out, which filters nothing."""
    options = current().options
    facets = ("policy_area", "commitment", "country")
    words = {code: options.label(split, code) for code in options.values(split)}
    default = _("All") if split == "commitment" else _("The largest")
    if queries.without_compared(current().selection, split) != current().selection:
        default = _("Those of the filter")
    others = {code for facet in facets for code in options.values(facet)}
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


def window() -> tuple[int, int]:
    """The years that are drawn: those of the filter, else the last ones."""
    session = current()
    last = session.as_of.year if session.selection.year_to is None else session.selection.year_to
    first = session.as_of.year - YEARS + 1 if session.selection.year_from is None else session.selection.year_from
    return min(first, last), last


def drawn(lines: Lines) -> Any:
    """The picture."""
    session = current()
    label = session.options.label
    rows = ask(queries.shares_by_year, session.selection, lines.split, active=lines.active, by_country=lines.by_country)
    rows = shares.within(rows, *window())
    if lines.by_country:
        rows = shares.largest_places(rows, PANELS, session.selection.country)
    frame = shares.lines(rows, lines.chosen, lambda code: group_label(lines.split, code), place_label)
    colours, look = colours_of(lines), session.look
    if not lines.by_country:
        return share_charts.share_lines(
            frame, look, colours, value=lines.value, bands=lines.bands, unfinished=unfinished(session.selection)
        )
    places = [label("country", place) for place in dict.fromkeys(rows["place"])]
    return share_charts.share_panels(
        frame,
        look,
        colours,
        value=lines.value,
        bands=lines.bands,
        places=places,
        unfinished=unfinished(session.selection),
    )


def started_by_year(split: Any) -> pd.DataFrame:
    """The practices that the shares of a split are shares of, by start year."""
    by_year: pd.DataFrame = ask(queries.practices_by_year, queries.without_compared(current().selection, split))
    return by_year


def group_label(split: str, code: str) -> str:
    """What a line is called."""
    return _("Not stated") if code == UNKNOWN else current().options.label(split, code)


def place_label(place: str) -> str:
    """What a panel is called."""
    return _("All countries") if place == "all" else current().options.label("country", place)


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


def title_of(lines: Lines) -> str:
    """What the picture shows."""
    when = _("active in each year") if lines.active else _("started in each year")
    if lines.value == "practices":
        return _("Practices {when}, by group").format(when=when)
    if lines.by_country:
        return _("Shares of the practices {when}, by country").format(when=when)
    return _("Shares of the practices {when}").format(when=when)


def subtitle_of(lines: Lines) -> str:
    """What is counted."""
    if lines.value == "practices":
        return _("A practice with several groups counts once in each.")
    if lines.by_country:
        return _("Practices of a group, of all practices of the same country and year")
    return _("Practices of a group, of all practices of the year")


def notes_of(lines: Lines) -> list[str]:
    """What is to be known of the picture."""
    session = current()
    notes = [_("Numbers: all practices of each country and year.")] if lines.by_country else []
    if lines.active:
        notes.append(active_outside(queries.without_compared(session.selection, lines.split)))
    if lines.active and session.selection.include_said:
        notes.append(_("A practice that says that it goes on counts until the year of the data."))
    if not lines.active and session.selection.include_bare:
        notes.append(_("Years as published that may not be the start count too; the filters can leave them out."))
        notes.append(time_words.mostly_bare(years.mostly_bare(started_by_year(lines.split), *window())))
    if unfinished(session.selection):
        first, last = still_published(session.as_of.year)
        words = _("Practices of {first}–{last} are still being published (grey band).")
        notes.append(words.format(first=first, last=last))
    if lines.value == "share":
        few = _("Years with fewer than {few} practices say little: a grey number, a hollow dot, no line.")
        notes.append(few.format(few=FEW))
    if lines.bands:
        notes.append(
            _("Shading: between these ends a share could as well lie by chance (95 % interval); wide where few.")
        )
    if lines.value == "share" and lines.split != "country":
        notes.append(_("A practice can belong to several groups, so that shares add up to more than 100 %."))
    if lines.by_country:
        notes.append(_("The {count} countries with most practices, or those of the filter.").format(count=PANELS))
    elif not lines.active:
        first, _last = window()
        rows = ask(queries.shares_by_year, session.selection, lines.split)
        earlier = shares.practices_before(rows, first)
        if earlier:
            words = translate_plural(
                "{count} practice started before {year} and is not drawn.",
                "{count} practices started before {year} and are not drawn.",
                earlier,
            )
            notes.append(words.format(count=number(earlier), year=first))
    compared = {"country": _("countries")}.get(lines.split, _("policy areas"))
    if queries.without_compared(session.selection, lines.split) != session.selection:
        words = _("The {groups} of the filter are compared with all others here; the other filters apply.")
        notes.append(words.format(groups=compared))
    return notes
