"""Rates in words: what they are of, what is left out and why, and what stands out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from icc_data.analysis.city_facts import practice_count
from icc_data.analysis.index import size_label
from icc_data.analysis.rates import SIZES, Measure, with_rate
from icc_data.analysis.uncertainty import FEW
from icc_data.cells import rows_of
from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _


def in_words(rows: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Rates with what a picture says of each: ``value_words, range_words, of_words``, and whether they rest on ``few``.

    Args:
        rows: ``numerator, denominator, value, low, high``.
        measure: what the rates are.
    """
    return rows.assign(
        value_words=[number(row.value, digits(row.value)) for row in rows_of(rows)],
        range_words=[between(row) for row in rows_of(rows)],
        of_words=[of_what(row, measure) for row in rows_of(rows)],
        few=rows["numerator"] < FEW,
    )


def digits(value: float) -> int:
    """How many decimals a rate is said with: fewer, the larger it is."""
    return 0 if value >= 100 else 1 if value >= 1 else 2


def between(row: Any) -> str:
    """The ends of the interval of a rate in words.

    Args:
        row: ``low, high``.
    """
    return f"{number(row.low, digits(row.high))} – {number(row.high, digits(row.high))}"


def of_what(row: Any, measure: Measure) -> str:
    """What a rate is made of, in words.

    Args:
        row: ``numerator, denominator``.
        measure: what the rate is.
    """
    words = {
        "cities": translate_plural("{practices} of {count} city", "{practices} of {count} cities", row.denominator),
        "residents": _("{practices} of {count} residents"),
        "base": _("{practices}, {count} in the base year"),
    }
    return words[measure].format(practices=practice_count(row.numerator), count=number(row.denominator))


def title(measure: Measure, *, active: bool, base: int | None = None) -> str:
    """What a picture of rates by year shows, with what they are counted against.

    Args:
        measure: what the rates are.
        active: years of activity instead of start years.
        base: the base year.
    """
    words = {
        "cities": (
            _("Practices started per year, per 100 member cities"),
            _("Practices active in each year, per 100 member cities"),
        ),
        "residents": (
            _("Practices started per year, per million residents"),
            _("Practices active in each year, per million residents"),
        ),
        "base": (_("Practices started per year, {year} = 100"), _("Practices active in each year, {year} = 100")),
    }
    return words[measure][active].format(year=base)


def axis_title(measure: Measure, base: int | None = None) -> str:
    """What the height of a line is.

    Args:
        measure: what the rates are.
        base: the base year.
    """
    words = {
        "cities": _("Practices per 100 member cities"),
        "residents": _("Practices per million residents"),
        "base": _("Index, {year} = 100"),
    }
    return words[measure].format(year=base)


def of_rates(rows: pd.DataFrame, measure: Measure, *, active: bool) -> str:
    """The year with the highest rate that rests on enough practices; empty where none does.

    Args:
        rows: what ``in_words`` gives, by year.
        measure: what the rates are.
        active: years of activity instead of start years.
    """
    enough = rows[~rows["few"]]
    if enough.empty:
        return _("Every year has fewer than {few} practices, so their rates say little.").format(few=FEW)
    top = enough.sort_values("value", ascending=False, kind="stable").iloc[0]
    words = {
        "cities": _("The highest rate is that of {year}: {value} per 100 member cities ({of}; 95% interval {range})."),
        "residents": _(
            "The highest rate is that of {year}: {value} per million residents ({of}; 95% interval {range})."
        ),
        "base": _("The highest index is that of {year}: {value} ({of}; 95% interval {range})."),
    }
    return words[measure].format(
        year=top["year"], value=top["value_words"], of=top["of_words"], range=top["range_words"]
    )


def of_classes(rows: pd.DataFrame) -> str:
    """Which class has the most practices per city, and which the fewest; empty with fewer than two.

    Args:
        rows: what ``size_rows`` or ``country_rows`` gives.
    """
    if len(rows) < 2:
        return ""
    ordered = rows.sort_values("value", ascending=False, kind="stable")
    words = _("The most per city: {most}, {value}; the fewest: {least}, {other}.")
    return words.format(
        most=ordered["label"].iloc[0],
        value=ordered["value_words"].iloc[0],
        least=ordered["label"].iloc[-1],
        other=ordered["value_words"].iloc[-1],
    )


def denominators(rows: pd.DataFrame, counts: Mapping[str, int], measure: Measure) -> str:
    """What rates are counted against, in words, and of how many cities it is known.

    Args:
        rows: what ``with_rate`` gives, by year.
        counts: an answer of ``queries.rate_coverage``.
        measure: “cities” or “residents”.
    """
    known, cities = number(counts["known"]), number(counts["cities"])
    first, last = rows.iloc[0], rows.iloc[-1]
    if measure == "cities":
        words = _(
            "Member cities: {first} in {first_year}, {last} in {last_year}; joining year known for {known} of {cities}."
        )
        return words.format(
            first=number(first["denominator"]),
            first_year=int(first["year"]),
            last=number(last["denominator"]),
            last_year=int(last["year"]),
            known=known,
            cities=cities,
        )
    words = _("{residents} residents in every year; population known for {known} of {cities} cities.")
    return words.format(residents=number(first["denominator"]), known=known, cities=cities)


def populations(counts: Mapping[str, int]) -> str:
    """Of which years the populations are, in words.

    Args:
        counts: an answer of ``queries.rate_coverage`` per residents.
    """
    if "first_year" not in counts:
        return _("No year is published of these populations.")
    words = _("The populations are of {first} to {last}, as published; of {without} no year is given.")
    years = words.format(first=counts["first_year"], last=counts["last_year"], without=number(counts["without_year"]))
    return years + " " + _("Where a place lies in another, its residents count in both.")


def left_out(counts: Mapping[str, int], measure: Measure) -> str:
    """How many of the practices with a start year are in no rate, and why, in words.

    Args:
        counts: an answer of ``queries.rate_coverage``.
        measure: “cities” or “residents”.
    """
    words = translate_plural(
        "{counted} of the {dated} practice with a start year is counted.",
        "{counted} of the {dated} practices with a start year are counted.",
        counts["dated"],
    )
    parts = [words.format(counted=number(counts["counted"]), dated=number(counts["dated"]))]
    parts += [why_not(counts, measure)]
    return " ".join(filter(None, parts))


def why_not(counts: Mapping[str, int], measure: Measure) -> str:
    """Why practices are in no rate, in words; empty where all are.

    Args:
        counts: an answer of ``queries.rate_coverage``.
        measure: “cities” or “residents”.
    """
    reasons: Sequence[tuple[str, int]] = (
        (
            _("Of no member city whose joining year is known: {count}.")
            if measure == "cities"
            else _("Of no city whose population is known: {count}."),
            counts["elsewhere"],
        ),
        (_("Of a city that had not joined yet: {count}."), counts["early"]),
    )
    return " ".join(words.format(count=number(count)) for words, count in reasons if count)


def size_rows(classes: pd.DataFrame) -> pd.DataFrame:
    """Practices per member city by size of the city, made ready to be drawn.

    Args:
        classes: an answer of ``queries.practices_per_city`` by size, of ``SIZES``.

    Returns:
        The columns of ``with_rate`` and ``in_words`` with ``label`` (the class and its cities), the smallest first;
        cities of unknown size are left out.
    """
    sized = with_rate(classes.dropna(subset=["class"]), 1)
    return in_words(sized.assign(label=_with_cities(sized, lambda place: size_label(int(place), SIZES))), "cities")


def country_rows(classes: pd.DataFrame, label: Callable[[str], str]) -> pd.DataFrame:
    """Practices per member city by country, made ready to be drawn: the columns of ``size_rows``, the highest first.

    Args:
        classes: an answer of ``queries.practices_per_city`` by country; those of fewer than ``FEW`` are left out.
        label: what a country is called.
    """
    enough = with_rate(classes[classes["denominator"] >= FEW], 1)
    enough = enough.sort_values(["value", "denominator"], ascending=False, kind="stable", ignore_index=True)
    return in_words(enough.assign(label=_with_cities(enough, label)), "cities")


def _with_cities(rows: pd.DataFrame, label: Callable[[str], str]) -> list[str]:
    words = _("{name} ({count})")
    return [words.format(name=label(row[0]), count=number(row[1])) for row in rows[["class", "denominator"]].values]


def cities_left_out(classes: pd.DataFrame, *, by_country: bool) -> str:
    """How many member cities are in no class that is drawn, in words; empty where all are.

    Args:
        classes: an answer of ``queries.practices_per_city``.
        by_country: whether it is by country.
    """
    if by_country:
        few = classes[classes["denominator"] < FEW]
        words = translate_plural(
            "{count} country with fewer than {few} member cities is not drawn.",
            "{count} countries with fewer than {few} member cities are not drawn.",
            len(few),
        )
        return words.format(count=number(len(few)), few=FEW) if len(few) else ""
    unknown = int(classes[classes["class"].isna()]["denominator"].sum())
    words = translate_plural(
        "Of {count} member city no number of residents is known.",
        "Of {count} member cities no number of residents is known.",
        unknown,
    )
    return words.format(count=number(unknown)) if unknown else ""
