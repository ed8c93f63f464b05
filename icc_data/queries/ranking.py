"""What typed words find, and how well each practice answers them: looked up, or known from before."""

from __future__ import annotations

from typing import Any

from icc_data.paths import sql_beside
from icc_data.queries.asking import Connection, ask
from icc_data.queries.search_box import MOST_FOUND, Found
from icc_data.queries.selection import Selection

# What a search was found to give, in the place of the search.
_KNOWN_RANKS = """ranked AS (
    SELECT unnest($found::UINTEGER[]) AS practice, unnest($scores::DOUBLE[]) AS score,
        unnest($words_held::BIGINT[]) AS words_held
)"""
_OF_RANKED = "SELECT practice FROM ranked"
RANKED = "practice JOIN ranked USING (practice)"
"""The practices of which ``ranked`` tells how well they answer."""


def ranked(selection: Selection) -> tuple[dict[str, str], dict[str, Any]]:
    """The practices of a selection as the search ranks them: ``{practices}``, ``{ranked}`` and what is bound to both.

    The search looks up the words itself, unless it is known what it finds (``already_found``).
    """
    found = selection.search.found
    if found is not None:
        practices_meant, bound = selection.conditions()
        known = {"scores": list(found.scores), "words_held": list(found.words_held)}
        return {"{practices}": practices_meant, "{ranked}": _KNOWN_RANKS}, bound | known
    practices_meant, bound = selection.conditions(_OF_RANKED)
    # Among a million practices to look for those of the ranking again takes a fifth of the question's time.
    practices_meant = practices_meant.replace(f"practice IN ({_OF_RANKED})", "true")
    ranking = sql_beside(__file__, "shared/ranked").rstrip("\n")
    return {"{practices}": practices_meant, "{ranked}": f"{{match}},\n{ranking}"}, bound


def found(connection: Connection, selection: Selection) -> Found | None:
    """The practices that hold what was typed, and how well they answer its words; None where they are too many.

    For ``already_found``: what else is chosen does not count.
    """
    typed = Selection(q=selection.q)
    if not typed.search.words:
        parts = {"{ranked}": "", "{columns}": "practice", "{results}": "practice"}
        frame = ask(connection, "found", typed, parts=parts, most=MOST_FOUND + 1)
    else:
        parts, bound = ranked(typed)
        parts |= {"{ranked}": f"WITH {parts['{ranked}']}\n", "{results}": RANKED}
        parts |= {"{columns}": "practice, score, words_held"}
        frame = ask(connection, "found", parts=parts, most=MOST_FOUND + 1, **bound)
    return Found(*(tuple(frame[name].tolist()) for name in frame)) if len(frame) <= MOST_FOUND else None
