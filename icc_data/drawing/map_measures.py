"""The numbers of a city that a map can show: what they are called, how they are scaled, and who comes first."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from icc_data.cells import is_known, rows_of
from icc_data.i18n import labelled, mark, number, translate_plural
from icc_data.i18n import translate as _


@dataclass(frozen=True)
class Measure:
    """A number of each city that a map can show.

    Attributes:
        column: where it stands in the frame of cities.
        label: what it is called, in English, for the catalogue.
        ranking: the heading of a list that begins with the first cities, in English, for the catalogue.
        unit: a value with its unit, in English, for the catalogue: “{value} years”.
        unit_of_one: the same of one, where that is something else.
        year_column: where the year of the value stands, if it has one.
        is_count: whether it counts something, so that zero is nothing to show rather than a value.
        from_zero: whether sizes and colours begin at zero, or at the least value.
        least_first: whether the least value comes first in a list.
        digits: decimals.
        is_year: a year is written without separators.
    """

    column: str
    label: str
    ranking: str
    unit: str = "{value}"
    unit_of_one: str = ""
    year_column: str = ""
    is_count: bool = False
    from_zero: bool = True
    least_first: bool = False
    digits: int = 0
    is_year: bool = False

    def words(self, value: float | None) -> str:
        """A value with its unit, or that it is not known."""
        if is_known(value):
            unit = self.unit_of_one if value == 1 and self.unit_of_one else self.unit
            return _(unit).format(value=str(int(value)) if self.is_year else number(value, self.digits))
        return _("not known")

    def said(self, row: Any) -> str:
        """The value of a city with its unit, and its year where it has one.

        Args:
            row: of the frame of cities, with its columns as attributes.
        """
        value = getattr(row, self.column)
        year = getattr(row, self.year_column) if self.year_column else None
        return self.words(value) + (f" ({int(year)})" if is_known(year) and is_known(value) and year else "")

    def shows(self, value: float | None) -> bool:
        """Whether there is something to show of a value: of one that is known, and of a count above zero."""
        return is_known(value) and (value > 0 or not self.is_count)

    def shown(self, frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
        """Of which cities of a frame there is something to show."""
        return np.array([self.shows(value) for value in frame[self.column].tolist()], dtype=bool)

    def order(self, row: Any) -> tuple[float, str]:
        """By what a city that there is something to show of has its place: the measure, and its name.

        Args:
            row: of the frame of cities, with its columns as attributes.
        """
        value = getattr(row, self.column)
        return (value if self.least_first else -value), row.name

    def nothing(self) -> str:
        """What a city without anything to show is called."""
        return _("none") if self.is_count else _("not known")


MEASURES: dict[str, Measure] = {
    measure.column: measure
    for measure in (
        Measure("practices", mark("Practices"), mark("Most practices"), is_count=True),
        Measure("policy_areas", mark("Policy areas covered"), mark("Most policy areas covered"), is_count=True),
        Measure(
            "joined_year",
            mark("Joining year"),
            mark("First to join"),
            from_zero=False,
            least_first=True,
            is_year=True,
        ),
        Measure(
            "index_score",
            mark("Latest Index score"),
            mark("Highest Index scores"),
            unit=mark("{value} of 100"),
            year_column="index_year",
            # All scores lie in the upper half: from zero they would look alike.
            from_zero=False,
        ),
        Measure(
            "foreign_born_pct",
            mark("Born abroad"),
            mark("Largest shares born abroad"),
            unit=mark("{value}%"),
            year_column="diversity_year",
            digits=1,
        ),
        Measure(
            "newest_known",
            mark("Newest known year"),
            mark("Heard of last"),
            from_zero=False,
            is_year=True,
        ),
        Measure(
            "silent_for",
            mark("Silent since"),
            mark("Silent longest"),
            unit=mark("{value} years"),
            unit_of_one=mark("{value} year"),
            year_column="silent_since",
        ),
    )
}


def ranking(frame: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """The cities that there is something to show of, the first by the measure first; equals by name.

    Args:
        frame: cities, as ``queries.cities`` gives them.
        measure: what to rank by.
    """
    cities = frame[measure.shown(frame)]
    return cities.sort_values([measure.column, "name"], ascending=[measure.least_first, True], kind="stable")


def spoken(title: str, frame: pd.DataFrame, measure: Measure) -> str:
    """What a map is called by people who hear the page: which map it is, how many cities it shows, and who comes first.

    Args:
        title: which map it is.
        frame: its cities, as ``queries.cities`` gives them.
        measure: what size and colour show.
    """
    # Row by row: a page says this of some hundred cities at every new filter, and pandas would sort them all for one.
    placed = [row for row in rows_of(frame) if is_known(row.latitude) and is_known(row.longitude)]
    words = translate_plural(
        "{placed} of {count} city is on it.", "{placed} of {count} cities are on it.", len(frame)
    ).format(placed=number(len(placed)), count=number(len(frame)))
    first = min((row for row in placed if measure.shows(getattr(row, measure.column))), key=measure.order, default=None)
    if first is None:
        return f"{title}. {words}"
    amount = labelled(_(measure.label), measure.said(first))
    leading = _("First comes {city}: {amount}.").format(city=first.name, amount=amount)
    return f"{title}. {words} {leading}"


def scale_of(frame: pd.DataFrame, measure: Measure) -> tuple[float, float]:
    """The least and the most of a measure, as sizes and colours use them; (0, 1) where nothing is known."""
    values = frame[measure.column].dropna()
    if values.empty:
        return 0.0, 1.0
    low = 0.0 if measure.from_zero else float(values.min())
    return low, max(float(values.max()), low + 1)


def in_common(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The cities of several maps that are to have one scale and one view; one that is on two of them comes twice.

    Args:
        frames: the cities of each, as ``queries.cities`` gives them.
    """
    return pd.concat(list(frames), ignore_index=True)


def side_by_side(one: pd.DataFrame, other: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """The cities of two maps with the measure in both, those with the most in either first.

    Args:
        one, other: cities, as ``queries.cities`` gives them.
        measure: what is shown.

    Returns:
        ``city_id, name, country``, and the measure as ``one`` and ``other``, missing where the city is not on that map.
    """
    key = ["city_id", "name", "country"]
    sides = [
        frame[[*key, measure.column]].rename(columns={measure.column: side})
        for side, frame in (("one", one), ("other", other))
    ]
    both = sides[0].merge(sides[1], on=key, how="outer")
    most = both[["one", "other"]].min(axis=1) if measure.least_first else both[["one", "other"]].max(axis=1)
    order = both.assign(most=most).sort_values(["most", "name"], ascending=[measure.least_first, True], kind="stable")
    return order.drop(columns="most").reset_index(drop=True)


def share_of(value: float, scale: tuple[float, float]) -> float:
    """The place of a value between the least (0) and the most (1)."""
    low, high = scale
    return min(max((value - low) / (high - low), 0.0), 1.0)


def round_values(frame: pd.DataFrame, measure: Measure) -> list[float]:
    """At most three round values between the least and the most that are shown, for a legend; counts begin with their
    least.

    Args:
        frame: cities.
        measure: whose values.
    """
    values = frame[measure.column]
    numbers = values[measure.shown(frame)].astype(float)
    if numbers.empty:
        return []
    low, high = float(numbers.min()), float(numbers.max())
    step = _round_step((high - low) / 8, 10.0**-measure.digits)
    first = low if measure.is_count else math.ceil(round(low / step, 6)) * step
    last = max(math.floor(round(high / step, 6)) * step, first)
    middle = round((first + last) / 2 / step) * step
    return sorted({round(value, measure.digits) for value in (first, middle, last) if first <= value <= last})


def _round_step(most: float, least: float) -> float:
    """The largest of 1, 2, 5, 10, 20, 50 … that is no more than ``most``, or ``least`` where that is more."""
    if most <= least:
        return least
    power = 10.0 ** math.floor(math.log10(most))
    return max(factor * power for factor in (1, 2, 5) if factor * power <= most)
