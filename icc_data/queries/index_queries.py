"""Questions about the Intercultural Cities Index: what is published, and what a complete set says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from icc_data.queries.asking import Connection, ask, ask_cells, counts_of
from icc_data.queries.selection import Selection

Class = Literal["all", "size", "share", "class"]
FEWEST_CITIES = 5
"""Over fewer cities than this no average, quartile or median is said."""


def index_coverage(connection: Connection, selection: Selection) -> dict[str, int]:
    """How much of the Index is known of the cities of a selection.

    ``results`` (rows) and ``scores`` (rows that have one), ``result_cities``, ``without_edition`` (results),
    ``reports``, ``report_cities``, ``complete`` (editions of a city with a score in every policy area),
    ``first_edition`` and ``last_edition`` (absent where none is known), ``cities`` of the selection.
    """
    return counts_of(ask_cells(connection, "index_coverage", selection))


def index_editions(connection: Connection, selection: Selection) -> pd.DataFrame:
    """What is known of each edition, the unknown one last.

    The columns are ``year, scored, scores, reported, compared, compared_least``.
    ``scored`` and ``reported`` are cities of the selection with a score and with a report, ``scores`` all their
    scores; ``compared`` and ``compared_least`` are the largest and the smallest number of cities that a page of the
    edition says it compares, of the whole network, missing where none does or the edition is not known.
    """
    return ask(connection, "index_editions", selection)


def index_register(connection: Connection, selection: Selection) -> pd.DataFrame:
    """Every edition in which a city of a selection has a result or a report, a row each, the newest first.

    ``score`` and ``rank`` are the overall ones; ``cities_compared`` is a text, as reports say “>60”; ``areas`` is the
    number of policy areas with a score, ``quoted`` marks a result found in another city's report, ``reports`` counts
    the reports known.
    """
    return ask(connection, "index_register", selection)


def index_scores(connection: Connection, selection: Selection) -> pd.DataFrame:
    """Every published result of the cities of a selection, also those that are a rank without a score.

    ``city_id, name, country, year, policy_area, score, rank, cities_compared, quoted, evidence_url, note``.
    """
    return ask(connection, "index_scores", selection)


def index_distribution(
    connection: Connection,
    selection: Selection,
    by: Class = "all",
    *,
    sizes: Sequence[float],
    shares: Sequence[float],
    fewest: int = FEWEST_CITIES,
) -> pd.DataFrame:
    """Averages and quartiles of the scores of each edition and policy area, over all cities or by class.

    Args:
        connection: the database.
        selection: the cities meant.
        by: whether cities are told apart by their residents, by their share born abroad, by both, or not at all.
        sizes: residents from which on a city belongs to the next class.
        shares: percent of residents born abroad from which on it does; of foreign nationals where only they are known.
        fewest: over fewer cities nothing but their number is said.

    Returns:
        ``year, policy_area, size_class, share_class, of_nationals, cities, average, q1, median, q3``. Classes count
        the bounds reached, from 0; missing where cities are not told apart, or what tells them apart is not known.
        Quartiles interpolate linearly (Hyndman and Fan 1996, type 7).
    """
    return ask(
        connection, "index_distribution", selection, by=by, sizes=list(sizes), shares=list(shares), fewest=fewest
    )


def index_publishing(connection: Connection, selection: Selection) -> pd.DataFrame:
    """Each score of a known edition beside the city's practices of the selection in the same policy area.

    ``year, policy_area, city_id, name, score, practices``; of ``overall``, all its practices.
    """
    return ask(connection, "index_publishing", selection)
