"""Questions about the practices that are there already, for whoever sends others in."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from icc_data.cells import is_known
from icc_data.model.records import Practice
from icc_data.queries.asking import Connection, ask


def practices_there(connection: Connection, city_ids: Sequence[str]) -> pd.DataFrame:
    """The practices of some cities, as far as others are compared with them, in the order of the data files.

    Args:
        connection: the database.
        city_ids: the cities; an empty identifier stands for the practices of none.

    Returns:
        ``practice_id, title, title_original, city_ids``, the titles as they were published.
    """
    return ask(connection, "practices_there", city_ids=list(city_ids))


def records_there(frame: pd.DataFrame) -> tuple[Practice, ...]:
    """The answer of ``practices_there`` as records that hold no more than it says."""
    rows = frame.astype(object).where(frame.notna(), None).itertuples(index=False)
    return tuple(
        Practice(practice_id=name, title=title, title_original=original, city_ids=tuple(ids))
        for name, title, original, ids in rows
    )


def usual_summary(connection: Connection) -> float | None:
    """How many letters half of the summaries have at most; None where there is no summary."""
    letters = ask(connection, "usual_summary")["letters"].tolist()[0]
    return float(letters) if is_known(letters) else None
