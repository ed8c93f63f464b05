"""What the cities of the network say against a practice that is valid by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from icc_data.model.countries import Country
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.records import City, Practice

# No country; a country by another name than the project's; a city whose country is not among the practice's.
Code = Literal["no_country", "other_name", "country_missing"]


@dataclass(frozen=True)
class PracticeFault:
    """One thing that is wrong with a practice's countries; who tells it puts it into words.

    Attributes:
        code: what it is.
        column: the column of practices.csv in which it stands.
        value: the text there: one country, or the whole list where one is missing.
        country: the country meant, where the name is another than the project's.
        city: the city whose country is missing.
    """

    code: Code
    value: str
    column: str = "countries"
    country: Country | None = None
    city: City | None = None


def country_faults(names: Iterable[str], gazetteer: Gazetteer) -> Iterator[PracticeFault]:
    """The names that are no country's, or not the one that the project uses for it.

    Args:
        names: countries as written.
        gazetteer: knows the countries, by the names that cities.csv gives them.
    """
    for name in names:
        country = gazetteer.country(name)
        if country is None:
            yield PracticeFault("no_country", name)
        elif country.name != name:
            yield PracticeFault("other_name", name, country=country)


def practice_faults(practice: Practice, gazetteer: Gazetteer) -> Iterator[PracticeFault]:
    """What is wrong with the countries of a practice: each must be known, and those of its cities among them.

    Args:
        practice: valid by itself.
        gazetteer: the network's cities; a city that it does not know says nothing here.
    """
    yield from country_faults(practice.countries, gazetteer)
    for city in filter(None, map(gazetteer.by_id, practice.city_ids)):
        if city.country not in practice.countries:
            yield PracticeFault("country_missing", "; ".join(practice.countries), city=city)
