"""A policy area beside the network, in words: what its page and its printed brief both say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from icc_data.analysis.shares import chance_words, of_all
from icc_data.analysis.uncertainty import FEW
from icc_data.cells import rows_of
from icc_data.i18n import mark, number, percent, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection

# Below this many practices of a place, that it has none in an area is no gap.
FEWEST_FOR_GAP = FEW
RANKED_FACETS = ("country", "city", "theme")
GAP_FACETS = {
    "country": mark("Countries without a practice here"),
    "network": mark("Networks without a practice here"),
    "target_group": mark("Target groups that no practice here addresses"),
    "theme": mark("Themes that no practice here has"),
}
RULE = mark(
    "Chosen by how much is known of them, which is no judgement of quality: a page of their own, a year read with "
    "certainty, more than a title, and two readers who agree on a policy area. Among equals one of each country comes "
    "before a second, then those active last, those that run longest, those of several cities; then by title."
)

Label = Callable[[str, str], str]


@dataclass(frozen=True)
class Ranking:
    """The first values of a facet by their practices in an area.

    Attributes:
        frame: the rows of ``shares.of_area``, with ``code`` (the value) and, in words, ``label, text, share_words,
            chance_words``; most practices first.
        others: how many more values have a practice in the area.
    """

    frame: pd.DataFrame
    others: int

    def remainder(self) -> str:
        """How many are not shown; empty where all are."""
        words = translate_plural("{count} more has a practice here.", "{count} more have a practice here.", self.others)
        return words.format(count=number(self.others)) if self.others else ""

    def has_place_without_share(self) -> bool:
        """Whether a place among them has too few practices in all for a percentage to be said."""
        return bool((self.frame["of"] < FEW).any())

    def has_theme_with_lift(self) -> bool:
        """Whether a theme among them goes with the area more or less often than chance could have it."""
        return bool((~self.frame["chance"]).any())


@dataclass(frozen=True)
class Gap:
    """The values of a facet that have practices, but none in an area.

    Attributes:
        facet: the facet.
        title: what is missing.
        values: ``code, label, practices`` elsewhere, most first.
        note: among how many values was looked.
    """

    facet: str
    title: str
    values: list[tuple[str, str, int]]
    note: str

    def listed(self, most: int) -> str:
        """The values in words with their practices elsewhere; those beyond ``most`` are counted."""
        names = [f"{label} ({number(practices)})" for _code, label, practices in self.values[:most]]
        left = len(self.values) - most
        if left > 0:
            names.append(translate_plural("{count} more", "{count} more", left).format(count=number(left)))
        return ", ".join(names)


def ranking(held: pd.DataFrame, facet: str, label: Label, *, shown: int) -> Ranking:
    """The first values of a facet, each with the words behind its bar.

    Args:
        held: what ``shares.of_area`` gives.
        facet: one of ``RANKED_FACETS``.
        label: what a value of a facet is called.
        shown: how many values at most.
    """
    met = held[held["practices"] > 0]
    first = met.head(shown)
    words = theme_words if facet == "theme" else place_words
    first = first.assign(
        code=first["value"],
        label=[label(facet, code) for code in first["value"]],
        text=[words(row) for row in rows_of(first)],
        share_words=of_all(first),
        chance_words=chance_words(first),
    )
    return Ranking(first, len(met) - len(first))


def place_words(row: Any) -> str:
    """How many of a place's practices are in an area; a percentage only where the place has enough of them."""
    words = _("{count} of {all}").format(count=number(row.practices), all=number(row.of))
    return f"{words} · {percent(row.share)}" if row.of >= FEW else words


def theme_words(row: Any) -> str:
    """How many of an area's practices have a theme, and how many times as often as by chance, where it is no chance."""
    words = f"{number(row.practices)} · {percent(row.practices / row.area_practices)}"
    return words if row.chance else f"{words} · {_('{lift} ×').format(lift=number(row.lift, 1))}"


def gaps(values: Mapping[str, pd.DataFrame], label: Label) -> list[Gap]:
    """What has enough practices for one in an area to be expected, and has none.

    Args:
        values: what ``shares.of_area`` gives of an area, by facet, for ``GAP_FACETS``.
        label: what a value of a facet is called.
    """
    missing = []
    for facet, title in GAP_FACETS.items():
        columns = (values[facet][name].tolist() for name in ("value", "practices", "of"))
        large = [(value, met, of) for value, met, of in zip(*columns, strict=True) if of >= FEWEST_FOR_GAP]
        unmet = sorted((-of, value) for value, met, of in large if not met)
        listed = [(value, label(facet, value), -less) for less, value in unmet]
        missing.append(Gap(facet, _(title), listed, _looked_at(len(listed), len(large))))
    return missing


def _looked_at(missing: int, large: int) -> str:
    if not large:
        return _("None has as many as {least} practices here or elsewhere.").format(least=FEWEST_FOR_GAP)
    if not missing:
        words = translate_plural(
            "None: the only one that has at least {least} practices has one here.",
            "None: all {all} that have at least {least} practices have one here.",
            large,
        )
    else:
        words = _("{count} of the {all} that have at least {least} practices")
    return words.format(count=number(missing), all=number(large), least=FEWEST_FOR_GAP)


def last_start(counts: Mapping[str, int], as_of: int) -> str:
    """How long ago the last practice of an area began.

    Args:
        counts: the answer of ``queries.policy_area``.
        as_of: the year of the data.
    """
    if "last_start" not in counts:
        return _("No practice here carries a start year, so nobody can tell when the last one began.")
    years = as_of - counts["last_start"]
    ago = translate_plural("{years} year before the data", "{years} years before the data", years)
    words = _("The last start known here is {year}, {ago}; of all practices compared with, {all_year}.")
    return words.format(year=counts["last_start"], ago=ago.format(years=years), all_year=counts["all_last_start"])


def undated(counts: Mapping[str, int]) -> str:
    """How many practices of an area carry no start year, beside all, whatever years are chosen.

    Args:
        counts: the answer of ``queries.policy_area``.
    """
    without, held = counts["undated"], counts["of_any_year"]
    whole = _("{count} of {all} ({share})").format(
        count=number(counts["all_undated"]),
        all=number(counts["all_of_any_year"]),
        share=percent(counts["all_undated"] / counts["all_of_any_year"]),
    )
    if not without:
        words = _("Every practice here carries a start year; of all practices compared with, {whole} carry none.")
        return words.format(whole=whole)
    words = translate_plural(
        "{count} of {held} practice ({share}) carries no start year; of all practices compared with, {whole}.",
        "{count} of {held} practices ({share}) carry no start year; of all practices compared with, {whole}.",
        held,
    )
    return words.format(
        count=number(without),
        held=number(held),
        share=percent(without / held),
        whole=whole,
    )


def unplaced(counts: Mapping[str, int]) -> str:
    """How many practices of an area name no city or country; empty where all do.

    Args:
        counts: the answer of ``queries.policy_area``.
    """
    if not counts["without_city"]:
        return ""
    words = translate_plural(
        "{count} practice names no city.", "{count} practices name no city.", counts["without_city"]
    ).format(count=number(counts["without_city"]))
    if counts["without_country"]:
        also = translate_plural("{count} names no country.", "{count} name no country.", counts["without_country"])
        words += " " + also.format(count=number(counts["without_country"]))
    return words


def reasons(row: Mapping[Any, Any]) -> str:
    """Why a practice is among those to read first.

    Args:
        row: a row of ``queries.policy_area_examples``.
    """
    words_of = {
        "has_page": _("own page"),
        "sure_year": _("certain year"),
        "well_described": _("more than a title"),
        "agreed": _("agreed coding"),
    }
    facts = [words for column, words in words_of.items() if row[column]]
    if row["sure_year"] and row["years"] > 1:
        facts.append(_("{count} years").format(count=number(row["years"])))
    if row["shared_by"] > 1:
        facts.append(_("{count} cities").format(count=number(row["shared_by"])))
    return _("Known of it: {facts}").format(facts=", ".join(facts)) if facts else _("Little is known of it.")


def compared_with(comparison: Selection) -> str:
    """What a policy area is compared with."""
    return _("the network") if comparison.is_empty else _("all practices of the selection")
