"""Practices by year against what they are counted: member cities, residents, or those of a base year."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import rate_words, rates
from icc_data.analysis.rates import FIRST, SCALES, SIZES, Measure
from icc_data.analysis.uncertainty import FEW
from icc_data.drawing import rate_charts
from icc_data.i18n import number
from icc_data.i18n import translate as _
from pages.parts.timeline_counted import coverage
from pages.shared.answers import ask, remember
from pages.shared.downloads import AsData
from pages.shared.figures import choice, figure, panel_title, takeaway
from pages.shared.method import Method
from pages.shared.selection_figures import active_outside, unfinished
from pages.shared.session import current

MEASURES = ("count", "cities", "residents", "base")


def measure_choice() -> Any:
    """What the years are counted against, a value of ``MEASURES`` that stands in the address."""
    words = (_("Count"), _("Per 100 member cities"), _("Per million residents"), _("Index to a base year"))
    values = dict(zip(MEASURES, words, strict=True))
    return choice("per", _("Measure"), values, default="count", compact=True, width=210)


def base_choice(*, active: bool) -> str:
    """The base year, in the address; ``FIRST`` where nobody chooses.

    Args:
        active: years of activity instead of start years.
    """
    by_year = ask(queries.practices_by_year, current().selection, active=active)
    first = rates.base_year(by_year, FIRST)
    usual = _("{year}, the first with {few}").format(year=first, few=FEW) if first else _("None has enough")
    years = range(int(by_year["year"].min()), int(by_year["year"].max()) + 1) if len(by_year) else ()
    values = {FIRST: usual} | {str(year): str(year) for year in years}
    return choice("base", _("Base year"), values, default=FIRST, compact=True, width=290)


def rates_panel(measure: Measure, base: str, *, active: bool) -> None:
    """The rates of a measure by year, with what is to be known of them.

    Args:
        measure: what the practices are counted against.
        base: what ``base_choice`` gives; of “base” alone.
        active: years of activity instead of start years.
    """
    counts = ask(queries.known_counts, current().selection)
    if measure == "base":
        _index_panel(base, active=active)
    else:
        _rate_panel(measure, active=active)
    coverage(counts)
    if measure == "residents":
        _classes_panel("size")
    elif measure == "cities":
        _classes_panel("country")


def _rate_panel(measure: Measure, *, active: bool) -> None:
    session = current()
    rows = rate_rows(measure, active=active)
    counted = ask(queries.rate_coverage, session.selection, measure, active=active)
    title = rate_words.title(measure, active=active)
    if rows.empty or not rows["numerator"].sum():
        panel_title(title)
        st.caption(_("None of these practices with a start year is of a city that can be counted here."))
        st.caption(rate_words.left_out(counted, measure))
        return
    says = rate_words.of_rates(rows, measure, active=active)
    takeaway(says)
    subtitle = rate_words.denominators(rows, counted, measure)
    panel_title(title, subtitle, _("Drag over years to choose them."))
    _figure(measure, FIRST, title, says, rate_method(measure, active=active), active=active)
    notes = [_few_note(), rate_words.left_out(counted, measure), *_of_rates(counted, measure, active=active)]
    st.caption(" ".join(filter(None, notes)))


def _figure(measure: Measure, base: str, title: str, says: str, method: Method, *, active: bool) -> None:
    figure(
        "rates",
        drawn,
        measure,
        base,
        active,
        brush="active" if active else "started",
        alt=title,
        says=says,
        said_above=True,
        one_of="by-year",
        method=method,
    )


def _index_panel(base: str, *, active: bool) -> None:
    session = current()
    by_year = ask(queries.practices_by_year, session.selection, active=active)
    year = rates.base_year(by_year, base)
    rows = index_rows(base, active=active)
    if year is None or rows.empty:
        panel_title(_("Index to a base year"))
        words = _("An index to a year with fewer than {few} practices would say nothing, and {year} has {count}.")
        none = _("No year of this selection has {few} practices, and an index to fewer would say nothing.")
        of_year = int(by_year[by_year["year"] == year]["practices"].sum())
        st.caption((words if year else none).format(few=FEW, year=year, count=number(of_year)))
        return
    says = rate_words.of_rates(rows, "base", active=active)
    takeaway(says)
    title = rate_words.title("base", active=active, base=year)
    panel_title(title, _beside_base(rows, year), _("Drag over years to choose them."))
    _figure("base", base, title, says, index_method(base, year, active=active), active=active)
    notes = [_few_note(), active_outside(session.selection) if active else ""]
    st.caption(" ".join(filter(None, notes)))


def _of_rates(counted: Any, measure: Measure, *, active: bool) -> list[str]:
    """What else is to be known of rates, on the page and wherever their picture goes."""
    return [
        rate_words.populations(counted) if measure == "residents" else "",
        active_outside(current().selection) if active else "",
    ]


def _few_note() -> str:
    words = _("Shading: 95% interval, cut where it leaves the picture; a hollow dot has fewer than {few} practices.")
    return words.format(few=FEW)


def rate_rows(measure: Measure, *, active: bool) -> Any:
    """The rates by year in numbers and words."""
    selection = current().selection

    def work() -> Any:
        rows = ask(queries.rates_by_year, selection, measure, active=active)
        return rate_words.in_words(rates.with_rate(rows, SCALES[measure]), measure)

    return remember(work, "rate rows", selection, measure, active)


def index_rows(base: str, *, active: bool) -> Any:
    """The index by year in numbers and words."""
    session = current()

    def work() -> Any:
        by_year = ask(queries.practices_by_year, session.selection, active=active)
        last = min(session.selection.year_to or session.as_of.year, session.as_of.year)
        return rate_words.in_words(rates.to_base(by_year, rates.base_year(by_year, base), last), "base")

    return remember(work, "index rows", session.selection, base, active)


def drawn(measure: Measure, base: str, active: bool) -> Any:
    """The line of a measure."""
    session = current()
    indexed = measure == "base"
    rows = index_rows(base, active=active) if indexed else rate_rows(measure, active=active)
    year = None
    if indexed:
        year = rates.base_year(ask(queries.practices_by_year, session.selection, active=active), base)
    return rate_charts.rate_line(
        rows,
        session.look,
        axis_title=rate_words.axis_title(measure, year),
        rule=SCALES["base"] if indexed else None,
        unfinished=unfinished(session.selection),
    )


def rate_method(measure: Measure, *, active: bool) -> Method:
    """How rates by year were computed."""
    selection = current().selection
    counted = ask(queries.rate_coverage, selection, measure, active=active)
    denominators = rate_words.denominators(rate_rows(measure, active=active), counted, measure)
    sentences = {
        "cities": _(
            "numerator: practices of each year of the cities in the denominator; denominator: members of the chosen "
            "places, international or national, that had joined by the year, without those that have left; value: "
            "practices per 100 of them."
        ),
        "residents": _(
            "numerator: practices of each year of the cities in the denominator; denominator: residents of all cities "
            "of the chosen places whose population is published, the same in every year; value: practices per million."
        ),
    }
    exact = _("low, high: exact 95% interval for a Poisson count (Garwood 1936), the denominator taken as it is.")
    return Method(
        title=rate_words.title(measure, active=active),
        sentence=f"{sentences[measure]} {exact}",
        question=queries.rates_by_year,
        selection=selection,
        args=(measure,),
        options={"active": active},
        worked_out=lambda rows: rates.with_rate(rows, SCALES[measure]),
        counted=counted["counted"],
        of=counted["dated"] + ask(queries.known_counts, selection)["undated"],
        same=AsData("rates", selection, {"count": "active" if active else "started", "per": measure}),
        why=rate_words.why_not(counted, measure) + " " + _("The others carry no start year."),
        signs=" ".join(filter(None, (denominators, _few_note(), *_of_rates(counted, measure, active=active)))),
    )


def _beside_base(rows: Any, year: int) -> str:
    words = _("Practices of each year beside the {count} of {year}, which are 100")
    return words.format(count=number(rows["denominator"].iloc[0]), year=year)


def index_method(base: str, year: int, *, active: bool) -> Method:
    """How an index to a base year was computed."""
    session = current()
    selection = session.selection
    counts = ask(queries.known_counts, selection)
    last = min(selection.year_to or session.as_of.year, session.as_of.year)
    return Method(
        title=rate_words.title("base", active=active, base=year),
        sentence=_(
            "numerator: practices of each year; denominator: those of the base year; value: 100 times the one over the "
            "other. low, high: exact 95% interval of the ratio of two Poisson counts (Przyborowski and Wilenski 1940)."
        ),
        question=queries.practices_by_year,
        selection=selection,
        options={"active": active},
        worked_out=lambda rows: rates.to_base(rows, year, last),
        counted=counts["dated"],
        of=counts["dated"] + counts["undated"],
        same=AsData("rates", selection, {"count": "active" if active else "started", "per": "base", "base": base}),
        why=_("They carry no start year that could be read, whatever years are chosen."),
        signs=" ".join(
            filter(
                None,
                (
                    f"{_beside_base(index_rows(base, active=active), year)}.",
                    _few_note(),
                    active_outside(selection) if active else "",
                ),
            )
        ),
    )


def _classes_panel(by: queries.By) -> None:
    selection = current().selection
    classes = ask(queries.practices_per_city, selection, by, sizes=SIZES)
    rows = class_rows(by)
    panel_title(
        _("Practices per member city, by size of the city")
        if by == "size"
        else _("Practices per member city, by country"),
        _classes_signs(),
    )
    if rows.empty:
        st.caption(_("There are too few member cities here to compare them by this."))
        return
    figure(
        f"rates-by-{by}",
        drawn_classes,
        by,
        alt=_("A dot a class of cities, on its 95% interval"),
        says=lambda: rate_words.of_classes(rows),
        set_by_page=False,
        method=classes_method(by),
    )
    st.caption(_classes_notes(classes, by))


def _classes_signs() -> str:
    return _("All practices of the selection, dated or not; in brackets: the member cities; line: 95% interval")


def _classes_notes(classes: Any, by: queries.By) -> str:
    shared = _("A practice that several cities of a class carry counts once in it.")
    return " ".join(filter(None, (shared, rate_words.cities_left_out(classes, by_country=by == "country"))))


def class_rows(by: queries.By) -> Any:
    """The practices per city of each class in numbers and words."""
    session = current()

    def work() -> Any:
        classes = ask(queries.practices_per_city, session.selection, by, sizes=SIZES)
        if by == "size":
            return rate_words.size_rows(classes)
        return rate_words.country_rows(classes, partial(session.options.label, "country"))

    return remember(work, "class rows", session.selection, by)


def drawn_classes(by: queries.By) -> Any:
    """The classes as dots."""
    return rate_charts.rate_dots(class_rows(by), current().look, axis_title=_("Practices per member city"))


def classes_method(by: queries.By) -> Method:
    """How practices per city were computed."""
    words = _(
        "numerator: practices of the selection that the cities of the class carry, each once; denominator: the member "
        "cities of the class, international or national; value: the one over the other. low, high: exact 95% interval "
        "for a Poisson count (Garwood 1936)."
    )
    bounds = _("Classes by residents, as published or else of the settlement: the number of bounds reached ({bounds}).")
    sized = bounds.format(bounds=", ".join(number(bound) for bound in SIZES))
    selection = current().selection
    classes = ask(queries.practices_per_city, selection, by, sizes=SIZES)
    hollow = _("A hollow dot has fewer than {few} practices.").format(few=FEW)
    return Method(
        title=_("Practices per member city, by size of the city")
        if by == "size"
        else _("Practices per member city, by country"),
        sentence=f"{words} {sized}" if by == "size" else words,
        question=queries.practices_per_city,
        selection=selection,
        args=(by,),
        options={"sizes": SIZES},
        worked_out=lambda rows: rates.with_rate(rows, 1),
        signs=f"{_classes_signs()}. {hollow} {_classes_notes(classes, by)}",
    )
