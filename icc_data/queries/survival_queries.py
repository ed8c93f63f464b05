"""How long practices run: a life table in whole years."""

from __future__ import annotations

import pandas as pd

from icc_data.queries.asking import Connection, as_of_year, ask
from icc_data.queries.by_year import Split, split_parts
from icc_data.queries.selection import Selection


def survival(connection: Connection, selection: Selection, split: Split = "none") -> pd.DataFrame:
    """How many practices were still running so many years after the year in which they started, and how many were not.

    A practice *ended* so many years on as its last year is before the year of the data and it is not said to go on. One
    that goes on, or whose end lies ahead, is known to have run until the year of the data (or, where what is said does
    not count, as far as is known) and leaves the table there. One of which nothing is known after its start year says
    nothing, and is only counted.

    Args:
        connection: where to ask.
        selection: the practices meant.
        split: what they are told apart by; one with several values counts once in each, ``unknown`` stands for none.

    Returns:
        ``code, years, at_risk, ended, left``: of the ``at_risk`` practices that ran in the year before and of which it
        is known whether they ran in the year that is ``years`` after the start, those that had ``ended``; ``left`` are
        known no further. Beside them, for the whole code, ``dated``, ``known_ends`` and ``silent`` (nothing is known
        after the start year). A row for every year from 0, in which all dated practices run and nothing ends.
    """
    return ask(
        connection,
        "survival",
        selection,
        parts=split_parts(split),
        said=selection.include_said,
        as_of=as_of_year(connection),
    )
