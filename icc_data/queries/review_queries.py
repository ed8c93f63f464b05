"""What a review meeting asks: the state of a scope in a span of years, who covers what, who is silent, what grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

import pandas as pd

from icc_data.queries.asking import Connection, as_of_year, ask, ask_cells, counts_of
from icc_data.queries.city_queries import Unit
from icc_data.queries.count_queries import overview
from icc_data.queries.facets import FACETS
from icc_data.queries.practice_queries import terms
from icc_data.queries.selection import Selection

Grown = Literal["policy_area", "theme"]

DEFAULT_YEARS = 2


@dataclass(frozen=True)
class ReviewPeriod:
    """The years under review, both included.

    Attributes:
        first, last: years.
    """

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many years it has."""
        return self.last - self.first + 1

    @property
    def before(self) -> ReviewPeriod:
        """As many years, just before."""
        return ReviewPeriod(self.first - self.length, self.first - 1)

    @property
    def words(self) -> str:
        """“2025–2026”, or one year alone."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    def params(self) -> dict[str, Any]:
        """The years as parameters of a question."""
        before = self.before
        return {
            "first": self.first,
            "last": self.last,
            "before_first": before.first,
            "before_last": before.last,
        }


def period_of(text: str, low: int, high: int) -> ReviewPeriod | None:
    """The years that a text such as “2020-2024”, or one year alone, asks for; None where it names no such years.

    Args:
        text: what somebody asks for.
        low, high: the years that there are.
    """
    first, _dash, last = text.partition("-")
    last = last or first
    if not (first.isdecimal() and last.isdecimal() and len(first) == len(last) == 4):
        return None
    years = ReviewPeriod(int(first), int(last))
    return years if low <= years.first <= years.last <= high else None


def default_period(connection: Connection) -> ReviewPeriod:
    """The last two years with data: the newest in which a practice of the network started, and the one before it."""
    as_of = as_of_year(connection)
    newest = min(overview(connection, Selection()).get("last_year", as_of), as_of)
    return ReviewPeriod(newest - DEFAULT_YEARS + 1, newest)


def review_scope(selection: Selection) -> Selection:
    """What a review is about: the selection without its span of years, as the review has years of its own."""
    return replace(selection, year_from=None, year_to=None, years="active", include_undated=True, include_said=True)


def review_state(connection: Connection, selection: Selection, period: ReviewPeriod) -> dict[str, int]:
    """Counts of a scope in a period and in the one of the same length before.

    Args:
        connection: where to ask.
        selection: the scope, as ``review_scope`` gives it.
        period: the years under review.

    Returns:
        ``practices, dated, without_city, uncoded``; ``started, started_bare, active`` in the period, each with
        ``…_before``; ``cities, countries, members, with_practices`` (of cities that have not left the network, as are
        all counts of cities), and ``former``, those that have; ``cities_active`` and ``joined`` with ``…_before``, and
        ``joined_known``; ``reports, reports_undated, reports_now, reports_before``.
    """
    return counts_of(ask_cells(connection, "review_state", selection, **period.params()))


def review_members(connection: Connection, selection: Selection, period: ReviewPeriod) -> pd.DataFrame:
    """The cities of a scope by status and by network; the arguments of ``review_state``.

    Returns:
        ``kind`` (``membership_status`` or ``network``), ``code``, ``cities, with_practices, joined, joined_before,
        joined_known``.
    """
    return ask(connection, "review_members", selection, **period.params())


def review_cities(connection: Connection, selection: Selection, years_back: int = 0) -> pd.DataFrame:
    """Every city of a scope that has not left the network, by name.

    Args:
        connection: where to ask.
        selection: the scope, as ``review_scope`` gives it.
        years_back: how many years before the year of the data ``…_then`` is.

    Returns:
        ``city_id, name, country, country_name, networks, status, joined_year, practices, dated, said_to_go_on,
        newest_known`` (the greatest year in which one of its practices is known to have been active, at most the year
        of the data; missing where none is dated), ``practices_then`` and ``newest_known_then`` (the same without what
        started later and what was later known of; undated ones may have been there), ``last_practice, last_title``
        (that of this year; the first by title of one without a year) and ``missing``, a list of keys of
        ``analysis.completeness.CITY_FIELDS``.
    """
    as_of = as_of_year(connection)
    return ask(connection, "review_cities", selection, as_of=as_of, then=as_of - years_back)


# Which practices stand on a list, and what they are in the order of before their cities.
_EVERY = {"{listed}": "true", "{first}": ""}
_OLD = {"{listed}": "ongoing AND coalesce(known_year <= $until, true)", "{first}": "known_year NULLS LAST, title,"}
_LACKING = {"{listed}": "list_contains($lacking::VARCHAR[][], missing)", "{first}": "city_names, title,"}


def review_practices(
    connection: Connection,
    selection: Selection,
    *,
    until: int | None = None,
    lacking: Sequence[Sequence[str]] | None = None,
    most: int | None = None,
) -> pd.DataFrame:
    """The practices of a scope, by city.

    Args:
        connection: where to ask.
        selection: the scope.
        until: only those said to go on of which nothing is known after this year, the longest unknown first.
        lacking: only those that lack just what one of these lists names, as ``missing`` does.
        most: how many at most; None for all.

    Returns:
        ``practice_id, title, city_names, country_names, when_text, start_year, known_year, ongoing, accessed, source``
        and ``missing``, a list of keys of ``analysis.completeness.PRACTICE_FIELDS``.
    """
    parts, asked = _EVERY, dict[str, Any]()
    if until is not None:
        parts, asked = _OLD, {"until": until}
    elif lacking is not None:
        parts, asked = _LACKING, {"lacking": [list(fields) for fields in lacking]}
    as_of = as_of_year(connection)
    return ask(connection, "review_practices", selection, parts=parts, as_of=as_of, most=most, **asked)


def review_evidence(connection: Connection, selection: Selection) -> pd.DataFrame:
    """How many practices of a scope are known until the same year and lack the same fields, without each of them.

    Returns:
        ``known_year, ongoing, missing`` as ``review_practices`` has them, and ``practices``.
    """
    return ask(connection, "review_evidence", selection, as_of=as_of_year(connection))


def review_units(connection: Connection, selection: Selection, unit: Unit) -> pd.DataFrame:
    """The cities, countries or networks of a scope.

    Returns:
        ``unit, cities, with_practices`` (cities), ``practices, dated, newest_known``, by ``unit``.
    """
    return ask(connection, "review_units", selection, unit=unit, as_of=as_of_year(connection))


def review_coverage(connection: Connection, selection: Selection, unit: Unit) -> pd.DataFrame:
    """Practices of each city, country or network of a scope in each policy area.

    Every unit has a row for every area. What the selection chooses of policy areas does not count, as they are
    compared.

    Returns:
        ``unit, policy_area, practices, uncoded``; the last are those of the unit that nobody has coded yet, whatever
        the area.
    """
    return ask(connection, "review_coverage", selection.with_values("policy_area", ()), unit=unit)


def review_momentum(
    connection: Connection, selection: Selection, period: ReviewPeriod, vocabulary: Grown
) -> pd.DataFrame:
    """What part of the practices started in a period has each term, beside the period before.

    What the selection chooses of the list itself does not count, nor do practices without a policy area, as nobody has
    coded them: ``uncoded`` says how many started in either period.

    Returns:
        ``code, practices, of, practices_before, of_before, uncoded``, in the order of the list.
    """
    scope = selection.with_values(vocabulary, ())
    parts = {"{sets}": FACETS[vocabulary].sets}
    return ask(connection, "review_momentum", scope, parts=parts, vocabulary=vocabulary, **period.params())


def review_cell(connection: Connection, selection: Selection, unit: Unit, place: str, area: str) -> pd.DataFrame:
    """The practices behind a number of ``review_coverage``, the newest first, with the columns of ``practices``.

    Args:
        connection: where to ask.
        selection: the scope, as ``review_scope`` gives it.
        unit: what the place is.
        place: a city, country or network.
        area: the code of a policy area.
    """
    scope = selection.with_values("policy_area", ())
    return ask(connection, "review_cell", scope, parts={"{unit}": unit}, unit=unit, place=place, area=area)


class ReviewAnswers(NamedTuple):
    """All that a review is made of but for its lists of practices; the answers of the questions of this module.

    Attributes:
        state … momentum: by the question that gives them; ``themes`` is the momentum of themes.
        areas, network_areas: ``queries.terms`` of the policy areas, of the scope and of the whole network.
        as_of: the year of the data.
    """

    state: dict[str, int]
    members: pd.DataFrame
    cities: pd.DataFrame
    evidence: pd.DataFrame
    areas: pd.DataFrame
    network_areas: pd.DataFrame
    momentum: pd.DataFrame
    themes: pd.DataFrame
    as_of: int


def review_answers(connection: Connection, selection: Selection, period: ReviewPeriod) -> ReviewAnswers:
    """Everything that a review of a scope needs but for its practices; the arguments of ``review_state``."""
    return ReviewAnswers(
        review_state(connection, selection, period),
        review_members(connection, selection, period),
        review_cities(connection, selection, period.length),
        review_evidence(connection, selection),
        terms(connection, selection, "policy_area"),
        terms(connection, Selection(), "policy_area"),
        review_momentum(connection, selection, period, "policy_area"),
        review_momentum(connection, selection, period, "theme"),
        as_of_year(connection),
    )
