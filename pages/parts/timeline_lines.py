"""What the lines of the timeline are of, and what is to be known of them, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from icc_data import queries
from icc_data.analysis import shares, time_words, years
from icc_data.analysis.time_words import still_published
from icc_data.analysis.uncertainty import FEW
from icc_data.analysis.years import UNKNOWN
from icc_data.drawing.share_charts import Value
from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.selection import FACETS
from pages.shared.answers import ask
from pages.shared.selection_figures import active_outside, unfinished
from pages.shared.session import current

YEARS = 25
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
        together: how many years are one period.
    """

    split: Any
    active: bool
    value: Value
    panels: str
    chosen: tuple[str, ...]
    together: int = 1

    @property
    def bands(self) -> bool:
        """Whether few enough lines stand out for their intervals to be told apart."""
        return self.value == "share" and (self.panels == "group" or len(self.chosen) <= shares.MOST_BANDS)

    @property
    def per(self) -> Any:
        """What the years are shares of, as ``queries.shares_by_year`` takes it."""
        return self.panels if self.panels in ("country", "network") else "all"

    def rows(self, per: Any = "all") -> pd.DataFrame:
        """The practices of each group and year or period, in all or in each place."""
        periods = {"together": self.together} if self.together > 1 else {}
        selection = current().selection
        answer: pd.DataFrame = ask(
            queries.shares_by_year, selection, self.split, active=self.active, per=per, **periods
        )
        return answer

    def window(self) -> tuple[int, int]:
        """The years that are drawn: those of the filter, else the last ones; whole periods."""
        return shares.periods_of(*window(), current().as_of.year, self.together)


def window() -> tuple[int, int]:
    """The years that are drawn: those of the filter, else the last ones."""
    session = current()
    last = session.as_of.year if session.selection.year_to is None else session.selection.year_to
    first = session.as_of.year - YEARS + 1 if session.selection.year_from is None else session.selection.year_from
    return min(first, last), last


def split_label(split: Any) -> str:
    """What the years are split by, in words."""
    own: dict[str, str] = {"none": _("Nothing"), "commitment": _("Commitment")}
    return own.get(split) or _(FACETS[split].label)


def title_of(lines: Lines) -> str:
    """What the picture shows."""
    when = _("active in each year") if lines.active else _("started in each year")
    if lines.together > 1:
        words = (
            _("active in each period of {count} years")
            if lines.active
            else _("started in each period of {count} years")
        )
        when = words.format(count=lines.together)
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
    if lines.together > 1:
        return {
            "country": _("Practices of a group, of all practices of the same country and period"),
            "network": _("Practices of a group, of all practices of the same network and period"),
        }.get(lines.panels, _("Practices of a group, of all practices of the period"))
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
        if lines.together > 1:
            notes.append(_("The last period is unfinished."))
    if lines.window() != window():
        notes.append(_cut_periods(lines))
    if lines.value == "share":
        few = _("Years with fewer than {few} practices say little: a grey number, a hollow dot, no line.")
        if lines.together > 1:
            few = _("Periods with fewer than {few} practices say little: a grey number, a hollow dot, no line.")
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


def _cut_periods(lines: Lines) -> str:
    """That a period has not all of its years where the filter chooses years; empty where it chooses none."""
    selection, (first, last) = current().selection, lines.window()
    if selection.year_from in (None, first) and selection.year_to in (None, last):
        return ""
    return _("The years of the filter cut a period: of it only those count that are chosen.")


def _earlier(lines: Lines) -> str:
    """How many practices lie before the years that are drawn; empty where none does."""
    first, _last = lines.window()
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


def started_by_year(split: Any) -> pd.DataFrame:
    """The practices that the shares of a split are shares of, by start year."""
    by_year: pd.DataFrame = ask(queries.practices_by_year, queries.without_compared(current().selection, split))
    return by_year


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
        each = _("Numbers: all practices of each period.") if lines.together > 1 else ""
        return [each or _("Numbers: all practices of each year."), scale, *([most] if many else [])]
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
    if lines.together > 1:
        numbers = _("Numbers: all practices of each place and period.")
    return [numbers, scale, most.format(count=PANELS)]
