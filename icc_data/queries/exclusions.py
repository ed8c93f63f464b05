"""What the exclusions of the search box take away, and which phrases they may have been meant for."""

from __future__ import annotations

from dataclasses import replace

from icc_data.queries.asking import Connection
from icc_data.queries.count_queries import practice_count
from icc_data.queries.search_box import exclusions, longer_exclusions
from icc_data.queries.selection import Selection


def idle_exclusions(connection: Connection, selection: Selection) -> list[str]:
    """The exclusions, as typed, that no practice of those holds that the rest of the selection finds.

    Each is looked at by itself: of two that take away the same practices none is idle. Where the rest finds nothing,
    nothing can be taken away, and none is named.
    """
    rest, excluded = exclusions(selection.q)
    everything = practice_count(connection, replace(selection, q=rest)) if excluded else 0
    return [
        part
        for part in (excluded if everything else [])
        if practice_count(connection, replace(selection, q=f"{rest} {part}")) == everything
    ]


def broken_exclusions(connection: Connection, selection: Selection) -> list[tuple[str, str, str]]:
    """The excluded words that begin a phrase which stands in practices, such as a place: “-united kingdom”.

    Returns:
        For each the word, the longest such phrase, and what to type to exclude that.
    """
    found = []
    for word, phrases in longer_exclusions(selection.q):
        standing = (
            (word, phrase, text) for phrase, text in phrases if practice_count(connection, Selection(q=f'"{phrase}"'))
        )
        found.extend([one for one in [next(standing, None)] if one])
    return found
