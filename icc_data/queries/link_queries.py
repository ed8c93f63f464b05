"""Questions for whole tables: what was read of the years, and what a practice is linked to, a row a link."""

from __future__ import annotations

import pandas as pd

from icc_data.queries.asking import Connection, ask
from icc_data.queries.selection import Selection


def practice_years(connection: Connection, selection: Selection) -> pd.DataFrame:
    """Both year texts of each practice and what was read from them, with the form and the certainty of the reading."""
    return ask(connection, "practice_years", selection)


def practice_terms(connection: Connection, selection: Selection) -> pd.DataFrame:
    """Practices and their terms: ``practice_id, vocabulary, code, source``, in the order of the lists."""
    return ask(connection, "practice_terms", selection)


def practice_cities(connection: Connection, selection: Selection) -> pd.DataFrame:
    """Practices and the cities that carry them: ``practice_id, city_id``."""
    return ask(connection, "practice_cities", selection)


def codings(connection: Connection, selection: Selection) -> pd.DataFrame:
    """The policy areas that each of the two readers gave: ``practice_id, reader, policy_area``."""
    return ask(connection, "codings", selection)
