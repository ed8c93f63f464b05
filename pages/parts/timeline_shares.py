"""Groups through the years as lines: what part of each year's practices they are, or how many; few stand out."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
from icc_data.queries.selection import FACETS
from pages.parts.timeline_counted import coverage
from pages.shared import explanations
from pages.shared.answers import ask
from pages.shared.figures import choice, colour_legend, figure, panel_title, several
from pages.shared.labels import area_groups, commitment_colours
from pages.shared.selection_figures import active_outside, unfinished
from pages.shared.session import current

YEARS = 25
LARGEST, MOST = 1, 6
PANELS, PANELS_OF_GROUPS = 6, 20


@dataclass(frozen=True)
class Lines:
    """What the lines are of.

    Attributes:
        split: what is compared, one of ``queries.SPLITS``.
        active: years of activity instead of start years.
        value: what the height of a line is.
        panels: one picture, or one a group, country or network.
        chosen: the groups that stand out.
    """

    split: Any
    active: bool
    value: share_charts.Value
    panels: str
    chosen: tuple[str, ...]

    @property
    def bands(self) -> bool:
        """Whether few enough lines stand out for their intervals to be told apart."""
        return self.value == "share" and (self.panels == "group" or len(self.chosen) <= shares.MOST_BANDS)

    @property
    def per(self) -> Any:
        """What the years are shares of, as ``queries.shares_by_year`` takes it."""
        return self.panels if self.panels in ("country", "network") else "all"


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


def lines_panel(split: Any, panels: str, *, active: bool, value: share_charts.Value) -> None:
    """The lines of a split with what is to be known of them.

    Args:
        split: what is compared; not “none”.
        panels: one picture, or one a group, country or network.
        active: years of activity instead of start years.
        value: what the height of a line is.
    """
    session = current()
    wanted = highlighted(split, panels)
    chosen = tuple(wanted or (() if panels == "group" else standing_out(split, active=active)))
    lines = Lines(split, active, value, panels, chosen)
    if ask(queries.shares_by_year, session.selection, split, active=active, per=lines.per).empty:
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
            explanations.shares_by_year(session.selection, split, active=active, per=lines.per),
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
    rows = ask(queries.shares_by_year, current().selection, lines.split, active=lines.active)
    name = partial(group_label, lines.split)
    return grid_takeaways.of_lines(shares.within(rows, *window()), name, shares=lines.value == "share")


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


def window() -> tuple[int, int]:
    """The years that are drawn: those of the filter, else the last ones."""
    session = current()
    last = session.as_of.year if session.selection.year_to is None else session.selection.year_to
    first = session.as_of.year - YEARS + 1 if session.selection.year_from is None else session.selection.year_from
    return min(first, last), last


def drawn(lines: Lines, *, narrow: bool = False) -> Any:
    """The picture; ``narrow`` is that of a telephone."""
    session = current()
    rows = ask(queries.shares_by_year, session.selection, lines.split, active=lines.active, per=lines.per)
    rows = shares.within(rows, *window())
    name, look = partial(group_label, lines.split), session.look
    if lines.panels == "group":
        return group_panels(lines, rows, narrow=narrow)
    if lines.panels != "one":
        rows = shares.largest_places(rows, PANELS, session.selection.chosen(lines.panels))
    frame = shares.lines(rows, lines.chosen, name, partial(place_label, lines.panels))
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
    frame = shares.lines(kept, codes, name, name)
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


def started_by_year(split: Any) -> pd.DataFrame:
    """The practices that the shares of a split are shares of, by start year."""
    by_year: pd.DataFrame = ask(queries.practices_by_year, queries.without_compared(current().selection, split))
    return by_year


def split_label(split: Any) -> str:
    """What the years are split by, in words."""
    own: dict[str, str] = {"none": _("Nothing"), "commitment": _("Commitment")}
    return own.get(split) or _(FACETS[split].label)


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


def title_of(lines: Lines) -> str:
    """What the picture shows."""
    when = _("active in each year") if lines.active else _("started in each year")
    counted = {
        "country": _("Practices {when}, by {group} and country"),
        "network": _("Practices {when}, by {group} and network"),
    }
    shared = {
        "country": _("Shares of the practices {when}, by {group} and country"),
        "network": _("Shares of the practices {when}, by {group} and network"),
    }
    if lines.value == "practices":
        words = counted.get(lines.panels, _("Practices {when}, by {group}"))
    else:
        words = shared.get(lines.panels, _("Shares of the practices {when}, by {group}"))
    group = split_label(lines.split)
    # Within a title it is no beginning.
    return words.format(when=when, group=group[:1].lower() + group[1:])


def subtitle_of(lines: Lines) -> str:
    """What is counted."""
    if lines.value == "practices":
        return _("A practice with several groups counts once in each.")
    if lines.panels == "country":
        return _("Practices of a group, of all practices of the same country and year")
    if lines.panels == "network":
        return _("Practices of a group, of all practices of the same network and year")
    return _("Practices of a group, of all practices of the year")


def signs_of(lines: Lines) -> list[str]:
    """What numbers, dots and bands of the picture mean."""
    session, notes = current(), panel_notes(lines)
    if unfinished(session.selection):
        first, last = still_published(session.as_of.year)
        words = _("Practices of {first}–{last} are still being published (grey band).")
        notes.append(words.format(first=first, last=last))
    if lines.value == "share":
        few = _("Years with fewer than {few} practices say little: a grey number, a hollow dot, no line.")
        notes.append(few.format(few=FEW))
    if lines.bands:
        notes.append(
            _("Shading: between these ends a share could as well lie by chance (95% interval); wide where few.")
        )
    # Of those that nobody has coded the coverage says so.
    if lines.split not in ("policy_area", "commitment"):
        notes.append(_without_group(lines.split))
    if lines.panels in ("one", "group") and not lines.active:
        notes.append(_earlier(lines))
    return [*filter(None, notes)]


def _groups_here(split: Any) -> list[str]:
    """The groups of the practices that are drawn, most practices first."""
    rows = ask(queries.shares_by_year, current().selection, split)
    return shares.largest_codes(shares.within(rows, *window()), len(rows))


def _without_group(split: Any) -> str:
    """How many of the dated practices are in no group; empty where all are in one."""
    rows = ask(queries.shares_by_year, current().selection, split)
    none = int(rows[rows["code"] == UNKNOWN]["practices"].sum())
    words = translate_plural(
        "{count} of {all} practices with a start year is in none of these groups.",
        "{count} of {all} practices with a start year are in none of these groups.",
        none,
    )
    all_dated = int(rows.drop_duplicates("year")["of"].sum())
    return words.format(count=number(none), all=number(all_dated)) if none else ""


def _earlier(lines: Lines) -> str:
    """How many practices lie before the years that are drawn; empty where none does."""
    first, _last = window()
    count = shares.practices_before(ask(queries.shares_by_year, current().selection, lines.split), first)
    words = translate_plural(
        "{count} practice started before {year} and is not drawn.",
        "{count} practices started before {year} and are not drawn.",
        count,
    )
    return words.format(count=number(count), year=first) if count else ""


def notes_of(lines: Lines) -> list[str]:
    """What is to be known of the picture."""
    session = current()
    notes = signs_of(lines)
    if lines.active:
        notes.append(active_outside(queries.without_compared(session.selection, lines.split)))
    if lines.active and session.selection.include_said:
        notes.append(_("A practice that says that it goes on counts until the year of the data."))
    if not lines.active and session.selection.include_bare:
        notes.append(_("Years as published that may not be the start count too; the filters can leave them out."))
        notes.append(time_words.mostly_bare(years.mostly_bare(started_by_year(lines.split), *window())))
    if lines.value == "share" and lines.split != "country":
        notes.append(_("A practice can belong to several groups, so that shares add up to more than 100%."))
    if queries.without_compared(session.selection, lines.split) != session.selection:
        words = _("The {groups} of the filter are compared with all others here; the other filters apply.")
        notes.append(words.format(groups=compared_in_words(lines.split)))
    return notes


def compared_in_words(split: str) -> str:
    """What the filter chooses the compared groups by, in the plural; of commitments these are their policy areas."""
    words = {
        "country": _("countries"),
        "network": _("networks"),
        "theme": _("themes"),
        "target_group": _("target groups"),
        "practice_type": _("practice types"),
        "practice_area": _("practice areas"),
    }
    return words.get(split, _("policy areas"))


def panel_notes(lines: Lines) -> list[str]:
    """What is to be known of small pictures: their numbers, their scale, their order."""
    if lines.panels == "one":
        return []
    scale = _("All pictures have the same scale, those with most practices come first.")
    if lines.panels == "group":
        most = _("The {count} groups with most practices.").format(count=PANELS_OF_GROUPS)
        many = not lines.chosen and len(_groups_here(lines.split)) > PANELS_OF_GROUPS
        return [_("Numbers: all practices of each year."), scale, *([most] if many else [])]
    numbers, most = {
        "country": (
            _("Numbers: all practices of each country and year."),
            _("The {count} countries with most practices, or those of the filter."),
        ),
        "network": (
            _("Numbers: all practices of each network and year."),
            _("The {count} networks with most practices, or those of the filter."),
        ),
    }[lines.panels]
    return [numbers, scale, most.format(count=PANELS)]
