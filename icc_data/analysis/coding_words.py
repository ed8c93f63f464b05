"""Practices that nobody has coded yet, in words: all that counts by policy area says the same of them."""

from __future__ import annotations

from collections.abc import Mapping

from icc_data.i18n import number, translate_plural


def uncoded(counts: Mapping[str, int]) -> str:
    """How many practices of a selection have no policy area yet; empty where all have.

    Args:
        counts: ``uncoded`` and ``practices``, as ``queries.overview`` gives them, among others.
    """
    if not counts["uncoded"]:
        return ""
    words = translate_plural(
        "{count} of {all} practices has no policy area yet, as nobody has coded it: it counts in none.",
        "{count} of {all} practices have no policy area yet, as nobody has coded them: they count in none.",
        counts["uncoded"],
    )
    return words.format(count=number(counts["uncoded"]), all=number(counts["practices"]))
