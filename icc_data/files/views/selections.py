"""The lists and figures of the pages about practices: Practices, Timeline, Topics, Map, and whole tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from icc_data import queries
from icc_data.analysis import rate_words, rates, shares, survival
from icc_data.analysis.years import in_lines
from icc_data.files.views.model import Choice, Chosen, Question, View, called
from icc_data.i18n import mark, translate


def _practices(question: Question) -> pd.DataFrame:
    sort: Any = question.chosen["sort"]
    return queries.practice_records(question.connection, question.selection, sort=sort)


def _lines_of(chosen: Chosen) -> str:
    """Of what years have lines, one a group: of “all” practices, or of those of each country or network; else empty."""
    split, panels = chosen["split"], chosen["panels"]
    if not in_lines(split, chosen["scale"], panels):
        return ""
    return panels if panels in ("country", "network") and panels != split else "all"


def _years(question: Question) -> pd.DataFrame:
    split, active = question.chosen["split"], question.chosen["count"] == "active"
    per: Any = _lines_of(question.chosen)
    together = int(question.chosen["years_a_period"])
    if not per:
        return question.rows(queries.practices_by_year, split, active=active)
    return shares.with_interval(question.rows(queries.shares_by_year, split, active=active, per=per, together=together))


def _idle_of_years(chosen: Chosen) -> frozenset[str]:
    idle: frozenset[str] = frozenset()
    rest = dict(chosen)
    for name, default in (("panels", "one"), ("scale", "counts")):
        without = rest | {name: default}
        if rest[name] != default and _lines_of(without) == _lines_of(rest):
            idle, rest = idle | {name}, without
    return idle if _lines_of(chosen) else idle | {"years_a_period"}


def _areas_by_year(question: Question) -> pd.DataFrame:
    return question.rows(queries.practices_by_year, "policy_area", active=question.chosen["count"] == "active")


def _rates(question: Question) -> pd.DataFrame:
    measure: Any = question.chosen["per"]
    active = question.chosen["count"] == "active"
    if measure == "base":
        by_year = question.rows(queries.practices_by_year, active=active)
        as_of = queries.as_of_year(question.connection)
        until = min(question.selection.year_to or as_of, as_of)
        return rates.to_base(by_year, rates.base_year(by_year, question.chosen["base"]), until)
    return rates.with_rate(question.rows(queries.rates_by_year, measure, active=active), rates.SCALES[measure])


def _idle_of_rates(chosen: Chosen) -> frozenset[str]:
    return frozenset() if chosen["per"] == "base" else frozenset({"base"})


def _rates_title(chosen: Chosen) -> str:
    measure: Any = chosen["per"]
    if measure == "base":
        return translate("Index to a base year")
    return rate_words.title(measure, active=chosen["count"] == "active")


def _survival(question: Question) -> pd.DataFrame:
    return survival.with_shares(question.rows(queries.survival, question.chosen["lasting"]))


def _years_title(chosen: Chosen) -> str:
    if _lines_of(chosen):
        if chosen["years_a_period"] != "1":
            return translate("Shares of the practices of each period")
        return translate("Shares of the practices of each year")
    if chosen["count"] == "active":
        return translate("Practices active in each year")
    return translate("Practices started per year")


def _terms(vocabulary: str, question: Question) -> pd.DataFrame:
    return shares.with_interval(question.rows(queries.terms, vocabulary))


def _spans(question: Question) -> pd.DataFrame:
    return question.rows(queries.spans, limit=None)


def _crossed(choice: str, question: Question) -> pd.DataFrame:
    return shares.with_chance(question.rows(queries.crossed, question.chosen[choice]))


def _as_asked(what: Callable[..., Any], question: Question) -> pd.DataFrame:
    return question.rows(what)


COUNT = "Whether practices count in the year in which they start or in every year in which they run."
_ONCE_IN_EACH = mark("A row a term, with the practices that carry it of all practices of the selection.")
_BY_TERMS = {
    "areas": ("policy_area", mark("Policy areas")),
    "themes": ("theme", mark("Themes")),
    "target_groups": ("target_group", mark("Target groups")),
    "practice_types": ("practice_type", mark("Practice types")),
    "practice_areas": ("practice_area", mark("Practice areas")),
}
BY_VOCABULARY = {vocabulary: name for name, (vocabulary, _label) in _BY_TERMS.items()}
"""The table of the terms of each list."""
_BASES = (rates.FIRST, *map(str, range(1850, 2101)))
_SORTS = ("relevance", "newest", "oldest", "added", "title", "city")

SELECTION_VIEWS = (
    View(
        "practices",
        "practices",
        mark("A row a practice, with everything known of it and the address of its page."),
        called(mark("Practices")),
        _practices,
        (Choice("sort", _SORTS, "The order of the rows; without typed words the newest come first."),),
        permalinks=True,
    ),
    View(
        "years",
        "timeline",
        mark("A row a year (and group, and place), with the practices that started in it or were active."),
        _years_title,
        _years,
        (
            Choice("count", ("started", "active"), COUNT),
            Choice("split", queries.SPLITS, "What the practices of a year are split by."),
            Choice("scale", ("counts", "shares"), "Practices, or shares of the practices of the year."),
            Choice("panels", ("one", "group", "country", "network"), "In all, or in each country or network."),
            Choice("years_a_period", shares.PERIODS, "How many years one period of lines has."),
        ),
        idle=_idle_of_years,
    ),
    View(
        "rates",
        "timeline",
        mark("A row a year, with its practices against cities, residents or the practices of a base year."),
        _rates_title,
        _rates,
        (
            Choice("count", ("started", "active"), COUNT),
            Choice("per", ("cities", "residents", "base"), "What the practices are counted against."),
            Choice("base", _BASES, "The base year of an index; the first with enough practices where none is."),
        ),
        idle=_idle_of_rates,
    ),
    View(
        "areas_by_year",
        "timeline",
        mark("A row a policy area and year, with the practices that started in it or were active."),
        called(mark("Policy areas through the years")),
        _areas_by_year,
        (Choice("count", ("started", "active"), COUNT),),
    ),
    *(
        View(name, "topics", _ONCE_IN_EACH, called(label), partial(_terms, vocabulary))
        for name, (vocabulary, label) in _BY_TERMS.items()
    ),
    View(
        "places",
        "topics",
        mark("A row a policy area and place, with the practices that have both and what chance would give."),
        called(mark("Policy areas by place")),
        partial(_crossed, "place"),
        (Choice("place", ("country", "network"), "What the places are."),),
    ),
    View(
        "together",
        "topics",
        mark("A row a policy area and term, with the practices that have both and what chance would give."),
        called(mark("What goes together")),
        partial(_crossed, "with"),
        (Choice("with", ("theme", "policy_area"), "What the policy areas go with."),),
    ),
    View(
        "cities",
        "map",
        mark("A row a city, with its place, its facts and its practices within the selection."),
        called(mark("Cities on the map")),
        partial(_as_asked, queries.cities),
        permalinks=True,
    ),
    View(
        "spans",
        "timeline",
        mark("A row a dated practice, with its first and last years."),
        called(mark("Each practice from start to end")),
        _spans,
        permalinks=True,
    ),
    View(
        "survival",
        "timeline",
        mark("A row a number of years, with the practices known to have run so long, and how many had ended."),
        called(mark("How long practices last")),
        _survival,
        (Choice("lasting", survival.SPLITS, "What the practices are told apart by."),),
    ),
    View(
        "joining",
        "timeline",
        mark("A row a year, with the cities that joined in it."),
        called(mark("Cities joining the network")),
        partial(_as_asked, queries.joining),
    ),
    View(
        "practice_years",
        "data",
        mark("A row a practice, with its year texts and the years read from them; form and certainty tell how."),
        called(mark("Years of the practices")),
        partial(_as_asked, queries.practice_years),
        permalinks=True,
    ),
    View(
        "practice_terms",
        "data",
        mark("A row a practice and term."),
        called(mark("Terms of the practices")),
        partial(_as_asked, queries.practice_terms),
    ),
    View(
        "practice_cities",
        "data",
        mark("A row a practice and city."),
        called(mark("Cities of the practices")),
        partial(_as_asked, queries.practice_cities),
    ),
    View(
        "codings",
        "data",
        mark("A row a practice, reader and policy area that this reader gave it."),
        called(mark("Codings of both readers")),
        partial(_as_asked, queries.codings),
    ),
)
