"""What the page Index speaks of: the cities of the filters, the edition, and the city that stands out."""

from __future__ import annotations

from typing import Any

from icc_data import queries
from icc_data.analysis import index
from icc_data.analysis.city_facts import index_label
from icc_data.queries.selection import Selection
from pages.shared.answers import ask
from pages.shared.session import current


def compared() -> Selection:
    """The cities that scores are compared of: those of the chosen countries and networks."""
    return index.compared_cities(current().selection)


def listed() -> Selection:
    """The cities whose results and reports are listed: of the city that the page is about, its own."""
    session = current()
    return index.listed_cities(session.selection, session.city)


def distribution(by: queries.Class = "all") -> Any:
    """Averages and quartiles of the cities compared; see ``queries.index_distribution``."""
    return ask(queries.index_distribution, compared(), by, **bounds())


def bounds() -> dict[str, Any]:
    """Where one class of cities ends and the next begins, as the programme draws them."""
    return {"sizes": index.SIZES, "shares": index.SHARES}


def area_label(area: str) -> str:
    """What a score is about."""
    return index_label(area, current().options.label)
