"""The lists and figures of the pages as tables that an address gives, and what can be asked of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode, urljoin

import pandas as pd

from icc_data import queries
from icc_data.analysis import rate_words, rates, shares, survival
from icc_data.analysis.years import in_lines
from icc_data.i18n import mark, translate
from icc_data.queries.selection import Selection
from icc_data.queries.statements import statement

FOLDER = "data/"
"""Below the atlas, where the tables are; ``/data`` itself is a page."""
FORMS = ("csv", "json", "parquet")
PERMALINK = "permalink"

Chosen = Mapping[str, str]
_Rows = Callable[[queries.Connection, Selection, Chosen], pd.DataFrame]


@dataclass(frozen=True)
class Choice:
    """What a page lets choose beside the filters: its parameter, its values (the default first), and what it is."""

    name: str
    values: tuple[str, ...]
    about: str


@dataclass(frozen=True)
class View:
    """A table of the selection.

    Attributes:
        name: of the file in its address.
        page: the page that shows the same.
        about: what a row is, in English, for the catalogue.
        title: what the rows are, in words, by what is chosen.
        rows: gives them.
        choices: what the page lets choose.
        permalinks: whether each row carries the address of its practice.
    """

    name: str
    page: str
    about: str
    title: Callable[[Chosen], str]
    rows: _Rows
    choices: tuple[Choice, ...] = ()
    permalinks: bool = False

    @property
    def defaults(self) -> dict[str, str]:
        """What each choice is where an address does not say."""
        return {choice.name: choice.values[0] for choice in self.choices}


def _called(label: str) -> Callable[[Chosen], str]:
    return lambda chosen: translate(label)


def _asked(question: Callable[..., Any], connection: Any, selection: Selection, chosen: Chosen, *args: Any) -> Any:
    return statement(question, connection, selection, *args)[1]


def _practices(connection: Any, selection: Selection, chosen: Chosen) -> pd.DataFrame:
    sort: Any = chosen["sort"]
    return queries.practice_records(connection, selection, sort=sort)


def _years(connection: Any, selection: Selection, chosen: Chosen) -> pd.DataFrame:
    split: Any = chosen["split"]
    active = chosen["count"] == "active"
    if not in_lines(split, chosen["scale"], chosen["panels"]):
        return statement(queries.practices_by_year, connection, selection, split, active=active)[1]
    panels: Any = chosen["panels"]
    per = panels if panels in ("country", "network") and panels != split else "all"
    rows = statement(queries.shares_by_year, connection, selection, split, active=active, per=per)[1]
    return shares.with_interval(rows)


def _areas_by_year(connection: Any, selection: Selection, chosen: Chosen) -> pd.DataFrame:
    active = chosen["count"] == "active"
    return statement(queries.practices_by_year, connection, selection, "policy_area", active=active)[1]


def _rates(connection: Any, selection: Selection, chosen: Chosen) -> pd.DataFrame:
    measure: Any = chosen["per"]
    active = chosen["count"] == "active"
    if measure == "base":
        by_year = statement(queries.practices_by_year, connection, selection, active=active)[1]
        as_of = queries.as_of_year(connection)
        return rates.to_base(by_year, rates.base_year(by_year, chosen["base"]), min(selection.year_to or as_of, as_of))
    rows = statement(queries.rates_by_year, connection, selection, measure, active=active)[1]
    return rates.with_rate(rows, rates.SCALES[measure])


def _rates_title(chosen: Chosen) -> str:
    measure: Any = chosen["per"]
    if measure == "base":
        return translate("Index to a base year")
    return rate_words.title(measure, active=chosen["count"] == "active")


def _survival(connection: Any, selection: Selection, chosen: Chosen) -> pd.DataFrame:
    split: Any = chosen["lasting"]
    return survival.with_shares(statement(queries.survival, connection, selection, split)[1])


def _years_title(chosen: Chosen) -> str:
    if in_lines(chosen["split"], chosen["scale"]):
        return translate("Shares of the practices of each year")
    if chosen["count"] == "active":
        return translate("Practices active in each year")
    return translate("Practices started per year")


def _terms(vocabulary: str, connection: Any, selection: Selection, chosen: Chosen) -> pd.DataFrame:
    return shares.with_interval(_asked(queries.terms, connection, selection, chosen, vocabulary))


def _spans(connection: Any, selection: Selection, chosen: Chosen) -> pd.DataFrame:
    return statement(queries.spans, connection, selection, limit=None)[1]


def _places(connection: Any, selection: Selection, chosen: Chosen) -> pd.DataFrame:
    return shares.with_chance(_asked(queries.crossed, connection, selection, chosen, chosen["place"]))


def _together(connection: Any, selection: Selection, chosen: Chosen) -> pd.DataFrame:
    return shares.with_chance(_asked(queries.crossed, connection, selection, chosen, chosen["with"]))


_COUNT = "Whether practices count in the year in which they start or in every year in which they run."
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

VIEWS: dict[str, View] = {
    view.name: view
    for view in (
        View(
            "practices",
            "practices",
            mark("A row a practice, with everything known of it and the address of its page."),
            _called(mark("Practices")),
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
                Choice("count", ("started", "active"), _COUNT),
                Choice("split", queries.SPLITS, "What the practices of a year are split by."),
                Choice("scale", ("counts", "shares"), "Practices, or shares of the practices of the year."),
                Choice("panels", ("one", "group", "country", "network"), "In all, or in each country or network."),
            ),
        ),
        View(
            "rates",
            "timeline",
            mark("A row a year, with its practices against cities, residents or the practices of a base year."),
            _rates_title,
            _rates,
            (
                Choice("count", ("started", "active"), _COUNT),
                Choice("per", ("cities", "residents", "base"), "What the practices are counted against."),
                Choice("base", _BASES, "The base year of an index; the first with enough practices where none is."),
            ),
        ),
        View(
            "areas_by_year",
            "timeline",
            mark("A row a policy area and year, with the practices that started in it or were active."),
            _called(mark("Policy areas through the years")),
            _areas_by_year,
            (Choice("count", ("started", "active"), _COUNT),),
        ),
        *(
            View(name, "topics", _ONCE_IN_EACH, _called(label), partial(_terms, vocabulary))
            for name, (vocabulary, label) in _BY_TERMS.items()
        ),
        View(
            "places",
            "topics",
            mark("A row a policy area and place, with the practices that have both and what chance would give."),
            _called(mark("Policy areas by place")),
            _places,
            (Choice("place", ("country", "network"), "What the places are."),),
        ),
        View(
            "together",
            "topics",
            mark("A row a policy area and term, with the practices that have both and what chance would give."),
            _called(mark("What goes together")),
            _together,
            (Choice("with", ("theme", "policy_area"), "What the policy areas go with."),),
        ),
        View(
            "cities",
            "map",
            mark("A row a city, with its place, its facts and its practices within the selection."),
            _called(mark("Cities on the map")),
            partial(_asked, queries.cities),
        ),
        View(
            "spans",
            "timeline",
            mark("A row a dated practice, with its first and last years."),
            _called(mark("Each practice from start to end")),
            _spans,
        ),
        View(
            "survival",
            "timeline",
            mark("A row a number of years, with the practices known to have run so long, and how many had ended."),
            _called(mark("How long practices last")),
            _survival,
            (Choice("lasting", queries.SPLITS, "What the practices are told apart by."),),
        ),
        View(
            "joining",
            "timeline",
            mark("A row a year, with the cities that joined in it."),
            _called(mark("Cities joining the network")),
            partial(_asked, queries.joining),
        ),
        View(
            "practice_years",
            "data",
            mark("A row a practice, with its year texts and the years read from them; form and certainty tell how."),
            _called(mark("Years of the practices")),
            partial(_asked, queries.practice_years),
        ),
        View(
            "practice_terms",
            "data",
            mark("A row a practice and term."),
            _called(mark("Terms of the practices")),
            partial(_asked, queries.practice_terms),
        ),
        View(
            "practice_cities",
            "data",
            mark("A row a practice and city."),
            _called(mark("Cities of the practices")),
            partial(_asked, queries.practice_cities),
        ),
        View(
            "codings",
            "data",
            mark("A row a practice, reader and policy area that this reader gave it."),
            _called(mark("Codings of both readers")),
            partial(_asked, queries.codings),
        ),
    )
}


def permalink(root: str, practice_id: str, version: str = "") -> str:
    """The address of the page of a practice.

    Args:
        root: where the atlas is, with a slash at its end.
        practice_id: which.
        version: the snapshot that the page shall show; empty for the data as it is.
    """
    query = {"practice": practice_id} | ({"version": version} if version else {})
    return f"{urljoin(root, 'practice')}?{urlencode(query)}"


def with_permalinks(frame: pd.DataFrame, root: str, version: str = "") -> pd.DataFrame:
    """Rows of practices with the address of the page of each as a last column; other rows as they are.

    Args:
        frame: rows, those of practices by ``practice_id``.
        root, version: those of ``permalink``.
    """
    if "practice_id" not in frame.columns or not root:
        return frame
    return frame.assign(**{PERMALINK: [permalink(root, name, version) for name in frame["practice_id"]]})


def data_address(root: str, view: str, form: str, params: Mapping[str, list[str]]) -> str:
    """The address of a table.

    Args:
        root: where the atlas is, with a slash at its end.
        view: a key of ``VIEWS``.
        form: the ending of the file.
        params: the parameters, each with all its values.
    """
    query = urlencode([(name, value) for name, values in params.items() for value in values])
    return urljoin(root, f"{FOLDER}{view}.{form}") + (f"?{query}" if query else "")
