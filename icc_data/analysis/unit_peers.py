"""Which countries or networks one is set beside: all others, those in the same part of the world, or those picked.

The international network, in which most cities are, is no peer of a national or regional one unless it is picked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from icc_data.i18n import mark
from icc_data.i18n import translate as _
from icc_data.model.records import City
from icc_data.model.regions import region_of
from icc_data.queries.ignored import Ignored
from icc_data.text import slugify

RULES: dict[str, dict[str, str]] = {
    "country": {
        "all": mark("All other countries"),
        "region": mark("Same part of the world"),
        "picked": mark("Picked by hand"),
    },
    "network": {"all": mark("All other networks"), "picked": mark("Picked by hand")},
}
EVERYBODY = "international"
"""The network that is no peer of the others unless it is picked."""


@dataclass(frozen=True)
class UnitPeers:
    """How the peers of a country or network are chosen.

    Attributes:
        unit: ``country`` or ``network``.
        rule: a key of ``RULES[unit]``.
        picked: the countries or networks, for ``picked``.
    """

    unit: str
    rule: str = "all"
    picked: tuple[str, ...] = ()

    def to_params(self) -> dict[str, list[str]]:
        """As address parameters, only what is not the default; ``read_unit_peers`` reads them back."""
        params: dict[str, list[str]] = {}
        if self.rule != "all":
            params["peers"] = [self.rule]
        if self.picked:
            params["peer"] = list(self.picked)
        return params

    def in_words(self, value: str, regions: Mapping[str, str | None]) -> str:
        """How the peers are chosen.

        Args:
            value: the country or network that is compared.
            regions: the answer of ``regions``.
        """
        words = _(RULES[self.unit][self.rule])
        if self.rule == "region" and (region := regions.get(value)):
            return f"{words} ({_(region)})"
        if self.unit == "network" and self.rule == "all" and value != EVERYBODY:
            return _("{rule}, without the international one").format(rule=words)
        return words


def read_unit_peers(
    params: Mapping[str, list[str]], unit: str, values: Iterable[str]
) -> tuple[UnitPeers, list[Ignored]]:
    """Read how the peers of a country or network are chosen from address parameters.

    Args:
        params: every parameter with all its values.
        unit: ``country`` or ``network``.
        values: the countries or networks that there are.

    Returns:
        The choice, and what could not be used. Never raises.
    """
    units = set(values)
    asked = params.get("peers", [])[-1:]
    ignored = [Ignored("peers", text) for text in asked if text not in RULES[unit]]
    ignored += [Ignored("peer", text) for text in params.get("peer", []) if text not in units]
    rule = next((text for text in asked if text in RULES[unit]), "all")
    picked = tuple(dict.fromkeys(text for text in params.get("peer", []) if text in units))
    return UnitPeers(unit, rule, picked), ignored


def regions(cities: Iterable[City]) -> dict[str, str | None]:
    """The part of the world of each country that has cities, by its value in the filters; see ``regions.py``."""
    return {slugify(city.country): region_of(city.country_code) for city in cities}


def unit_members(
    asked: UnitPeers, value: str, values: Sequence[str], regions: Mapping[str, str | None]
) -> tuple[str, ...]:
    """The peers of a country or network, never itself.

    Args:
        asked: how they are chosen.
        value: the country or network.
        values: all that there are, in their order.
        regions: the answer of ``regions``.
    """
    others = [other for other in values if other != value]
    if asked.rule == "picked":
        return tuple(other for other in asked.picked if other != value)
    if asked.rule == "region":
        here = regions.get(value)
        return tuple(other for other in others if here is not None and regions.get(other) == here)
    return tuple(other for other in others if asked.unit != "network" or other != EVERYBODY)
