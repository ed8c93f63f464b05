"""The facets: ways of narrowing the practices, each by the values of a closed list.

The SQL of a facet is fixed text; what the user chose only ever travels as a bound parameter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from icc_data.i18n import mark


@dataclass(frozen=True)
class Facet:
    """One way of narrowing the practices, by values that the table ``facet_set`` lists.

    Attributes:
        name: its name in the address, among the parameters and in the table.
        label: what it is called, in English, for the catalogue.
        of_cities: whether it says something about cities too (the table ``city_facet``).
    """

    name: str
    label: str
    of_cities: bool = False

    @property
    def condition(self) -> str:
        """SQL on the table ``practice`` with one list parameter of the facet's name."""
        return _CONDITION.replace("<facet>", self.name)

    @property
    def sets(self) -> str:
        """The column of ``practice`` with the number of the set of values that it has, in ``facet_set``."""
        return f"{self.name}_set"

    @property
    def city_condition(self) -> str:
        """SQL on the column ``city`` with one list parameter of the facet's name."""
        return _CITY_CONDITION.replace("<facet>", self.name)


_CONDITION = "<facet>_set IN (SELECT \"set\" FROM facet_set WHERE facet = '<facet>' AND value = ANY($<facet>))"
_CITY_CONDITION = "city IN (SELECT city FROM city_facet WHERE facet = '<facet>' AND value = ANY($<facet>))"

FACETS: dict[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet("country", mark("Country"), of_cities=True),
        Facet("city", mark("City"), of_cities=True),
        Facet("network", mark("Network"), of_cities=True),
        Facet("policy_area", mark("Policy area")),
        Facet("theme", mark("Theme")),
        Facet("target_group", mark("Target group")),
        Facet("practice_type", mark("Practice type")),
        Facet("practice_area", mark("Practice area")),
        Facet("documented_by", mark("Documented by")),
    )
}


def one_pass(facets: Sequence[str], *beside: str) -> dict[str, str]:
    """Parts of a statement that counts practices by the sets of several facets at once (``GROUPING SETS``).

    Args:
        facets: which.
        beside: more columns that practices are counted by.

    Returns:
        ``{facet}``, which facet a row is about; ``{sets}``, the number of its set, for ``coalesce``; ``{grouped}``, and
        ``{named}``: the column ``facet`` of the answer, where there are several.
    """
    # Where policy areas are one of the facets and beside the others, theirs are the rows of no other facet.
    ordered = sorted((FACETS[name] for name in facets), key=lambda facet: facet.sets in beside)
    which = " ".join(f"WHEN {facet.sets} IS NOT NULL THEN '{facet.name}'" for facet in ordered)
    return {
        "{facet}": f"CASE {which} END",
        "{sets}": ", ".join(facet.sets for facet in ordered),
        "{grouped}": ", ".join(f"({', '.join(dict.fromkeys((facet.sets, *beside)))})" for facet in ordered),
        "{named}": "facet, " if len(facets) > 1 else "",
    }
