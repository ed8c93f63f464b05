"""Since when nothing is known of a city, country or network: one definition for every page and file.

The newest known year is the greatest in which one of its practices is known to have been active: from its start to its
end, or in the one of both that is known. That a practice was said to go on is no evidence that it does, and the day on
which it was seen says nothing of when it ran. Nobody dated an undated practice: whoever has only such ones is not
silent.
"""

from __future__ import annotations

import pandas as pd

from icc_data.i18n import mark, translate_plural
from icc_data.i18n import translate as _

DEFAULT_SILENCE = 5
"""Years without anything known, from which on a city counts as silent unless somebody says otherwise."""
SILENCES = (2, 3, 5, 10)

VOICES = {
    "silent": mark("silent"),
    "undated": mark("only undated practices"),
    "none": mark("no practice"),
    "heard": mark("heard of"),
}
"""What is known of a place in the last years, by code."""


def with_silence(places: pd.DataFrame, as_of: int, years: int) -> pd.DataFrame:
    """Cities, countries or networks with since when they are silent.

    Args:
        places: ``practices, newest_known``, and any other columns.
        as_of: the year of the data.
        years: from so many years without anything known on, a place is silent.

    Returns:
        The same columns with ``silent_for`` (years since the newest known one) and ``silent_since`` (the year after
        it; missing where something is known of the year of the data), whole numbers that may be missing, and
        ``voice``, a key of ``VOICES``.
    """
    newest = places["newest_known"].astype("Int64")
    silent_for = as_of - newest
    silent = (silent_for >= years).fillna(False).astype(bool)
    voice = pd.Series("heard", index=places.index)
    voice = voice.mask(silent, "silent").mask(newest.isna(), "undated").mask(places["practices"] == 0, "none")
    return places.assign(
        newest_known=newest, silent_for=silent_for, silent_since=(newest + 1).where(silent_for > 0), voice=voice
    )


def silent_count(places: pd.DataFrame, as_of: int, years: int = DEFAULT_SILENCE) -> int:
    """How many places are silent; the arguments of ``with_silence``."""
    return int((with_silence(places, as_of, years)["voice"] == "silent").sum())


def silence_words(years: int) -> str:
    """How long a place has to be without anything known to be called silent: “5 years or more”."""
    return translate_plural("{count} year or more", "{count} years or more", years).format(count=years)


def silence_definition(as_of: int, years: int) -> str:
    """What silent means, in a sentence."""
    return _(
        "Silent: no practice is known to have been active after {year}. Only what is known counts: a practice runs "
        "from its start to its end, or in the one of both that is known; that it was said to go on is no evidence. "
        "Who has only undated practices is not silent."
    ).format(year=as_of - years)
