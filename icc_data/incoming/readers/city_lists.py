"""Simple lists of cities, as offices keep them: a name, a country, and perhaps residents or the year of joining."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from icc_data.i18n import translate as _
from icc_data.incoming.readers.rows import Row, Table
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.identifiers import identifier
from icc_data.model.records import Fault
from icc_data.text import fold

_HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("City", "Name", "Municipality", "Town", "Member city", "Ville", "Commune", "Nom"),
    "local_name": ("Local name", "Nom local"),
    "country": ("Country", "Pays", "Countries"),
    "country_code": ("Country code", "ISO code", "Code pays"),
    "population": ("Population", "Residents", "Inhabitants", "Habitants"),
    "population_year": ("Population year", "Year of population", "Year of residents"),
    "joined_year": ("Joined", "Joined year", "Year of joining", "Member since", "Année d'adhésion"),
    "status": ("Status", "Membership", "Statut"),
    "networks": ("Network", "Networks", "Réseau", "Réseaux"),
    "latitude": ("Latitude", "Lat"),
    "longitude": ("Longitude", "Lon", "Long", "Lng"),
    "profile_url": ("Profile", "Web page", "Page"),
    "note": ("Note", "Notes", "Remarks"),
}
_COLUMN_BY_WORDS = {fold(words): name for name, others in _HEADINGS.items() for words in (name, *others)}
# A number with its thousands apart: 86 000, 86,000, 86.000, 86'000.
_THOUSANDS = re.compile(r"\d{1,3}(?:[ \u00a0\u202f,.'’]\d{3})+")


def city_columns(header: Iterable[str]) -> dict[str, str] | None:
    """The columns of cities.csv that the headings of a simple list of cities mean.

    Returns:
        Column by heading; None where it is no such list: it names no city and country, has a column that says more than
        a list of cities does, or two that say the same.
    """
    meant = {text: _COLUMN_BY_WORDS.get(fold(text), "") for text in header if text.strip()}
    columns = list(meant.values())
    fits = "name" in columns and {"country", "country_code"} & set(columns)
    return meant if fits and all(columns) and len(set(columns)) == len(columns) else None


def as_cities(table: Table, gazetteer: Gazetteer) -> Table | None:
    """A simple list of cities with the columns of cities.csv.

    A city that the network has is called as the network calls it, and a name that is only similar is another city's.

    Args:
        table: as it stands in its file.
        gazetteer: the network's cities and the countries.

    Returns:
        The table; None where it is another one.
    """
    columns = city_columns(table.header)
    if columns is None:
        return None
    ids: dict[str, tuple[str, str]] = {city.city_id: (city.country_code, fold(city.name)) for city in gazetteer.cities}
    rows = tuple(_row(row, columns, gazetteer, ids) for row in table.rows)
    header = ("city_id", "country", "country_code", *columns.values())
    return replace(table, header=tuple(dict.fromkeys(header)), rows=rows)


def _row(row: Row, columns: dict[str, str], gazetteer: Gazetteer, ids: dict[str, tuple[str, str]]) -> Row:
    cells = {columns[text]: cell.strip() for text, cell in row.cells.items() if text in columns}
    if _THOUSANDS.fullmatch(cells.get("population", "")):
        cells["population"] = re.sub(r"\D", "", cells["population"])
    faults = [replace(fault, column=columns.get(fault.column, fault.column)) for fault in row.faults]
    asked = cells.get("country") or cells.get("country_code", "")
    country = gazetteer.country(asked) if asked else None
    if country is None:
        faults.append(Fault("country", asked, _("is not a country: write its English name")))
        return replace(row, cells=cells, faults=tuple(faults))
    cells |= {"country": country.name, "country_code": country.code}
    name = cells.get("name", "")
    match = gazetteer.find(name, country.code) if name else None
    if match is not None and match.read_as is None:
        cells |= {"city_id": match.city.city_id, "name": match.city.name}
    else:
        cells["city_id"] = _identifier(name, country.code, ids)
    return replace(row, cells=cells, faults=tuple(faults))


def _identifier(name: str, country_code: str, ids: dict[str, tuple[str, str]]) -> str:
    """A readable identifier that no other city has: a namesake in another country gets its country's code."""
    plain = identifier(name, country_code.lower())
    own = (country_code, fold(name))
    return plain if ids.setdefault(plain, own) == own else f"{plain}-{country_code.lower()}"
