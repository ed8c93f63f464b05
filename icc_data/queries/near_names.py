"""The names most like one that there is not, for somebody who mistyped it or wrote a part of it."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from icc_data.queries.selection import Option, Options
from icc_data.text import fold

# How alike (1 - edits / length) a name must be to be proposed, as the gazetteer's suggestions.
THRESHOLD = 0.6
SHORTEST_BEGINNING = 3


def near_names(options: Options, facet: str, text: str, limit: int = 3) -> list[str]:
    """The values of a facet whose names are nearest to a text.

    Names that hold all the words typed come first (“Kyiv”: Shevchenkivskyi (Kyiv)), then those with a word that begins
    so, then those spelt alike; equals in alphabetical order.

    Args:
        options: the values that there are.
        facet: a key of ``selection.FACETS``.
        text: what was typed.
        limit: how many at most.

    Returns:
        Values, the nearest first; none where nothing is near.
    """
    typed = fold(text)
    if not typed:
        return []
    likeness = {option: max(_likeness(typed, name) for name in _names(option)) for option in options.by_facet[facet]}
    near = [option for option in likeness if likeness[option] >= THRESHOLD]
    return [option.value for option in sorted(near, key=lambda option: (-likeness[option], option.label))][:limit]


def _names(option: Option) -> set[str]:
    return {fold(name) for name in (option.value, option.label, *option.names)}


def _likeness(typed: str, name: str) -> float:
    words = name.split()
    if set(typed.split()) <= set(words):
        return 2.0
    if len(typed) >= SHORTEST_BEGINNING and any(word.startswith(typed) for word in words):
        return 1.5
    return float(OSA.normalized_similarity(typed, name))
