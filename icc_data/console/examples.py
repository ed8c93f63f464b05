"""Questions that a researcher would ask, each with its SQL in ``sql/examples/``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from icc_data.console.picture import Kind
from icc_data.i18n import mark
from icc_data.paths import sql_beside

_TITLES = {
    "practices_by_year": mark("How many practices started each year, by commitment?"),
    "areas_by_country": mark("Which policy areas does a country take up more than the network?"),
    "gaps_by_country": mark("In which policy areas has a country no published practice?"),
    "similar_cities": mark("Which cities work on the same policy areas?"),
    "shared_practices": mark("Which cities share most practices with other cities?"),
    "first_after_joining": mark("How long after joining did a city’s first dated practice start?"),
    "network_coverage": mark("How many cities of each network have a published practice?"),
    "themes_together": mark("Which themes go together more often than by chance?"),
    "ongoing_by_area": mark("In which policy areas do practices still go on?"),
    "diversity_and_practices": mark("Do cities with more residents born abroad publish more practices?"),
    "words_in_practices": mark("Which practices speak of refugees and the labour market?"),
    "newest_by_country": mark("In which year did the newest practice of each country start?"),
    "sure_years": mark("How sure are the start years of each country’s practices?"),
    "undated_by_source": mark("What share of practices carries no year, by kind of source?"),
    "complete_fields": mark("How complete is each field of a practice?"),
    "disputed_codes": mark("On which practices did the two readers disagree?"),
}


# Where another kind of picture answers the question better than the one that suits the columns.
_KINDS: dict[str, Kind] = {"diversity_and_practices": "points", "first_after_joining": "points"}


@dataclass(frozen=True)
class Example:
    """A question and the SQL that answers it.

    Attributes:
        name: of its file.
        title: the question, in English, for the catalogue.
        sql: its SQL.
        kind: the kind of picture that answers it best; empty for the one that suits its columns.
    """

    name: str
    title: str
    sql: str
    kind: Kind | Literal[""] = ""


def examples() -> tuple[Example, ...]:
    """Every example, in the order in which they are offered."""
    return tuple(
        Example(name, title, sql_beside(__file__, f"examples/{name}").strip(), _KINDS.get(name, ""))
        for name, title in _TITLES.items()
    )
