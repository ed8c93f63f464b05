"""Results of a search, made ready for a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

# By the column of the results that holds codes.
FACETS = {"policy_areas": "policy_area", "themes": "theme"}


def results_in_words(results: pd.DataFrame, label: Callable[[str, str], str]) -> pd.DataFrame:
    """The results with what they are about in words.

    Args:
        results: an answer of ``queries.search`` or ``queries.practices``.
        label: what a value of a facet is called.

    Returns:
        The same columns; of each in ``FACETS`` the codes are labels, and an empty list where there are none.
    """
    words: dict[str, Any] = {
        column: [
            [label(facet, code) for code in codes] if isinstance(codes, Iterable) else [] for codes in results[column]
        ]
        for column, facet in FACETS.items()
    }
    return results.assign(**words)
