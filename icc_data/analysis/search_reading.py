"""What typed words were taken for, in sentences."""

from __future__ import annotations

import pandas as pd
from rapidfuzz import fuzz

from icc_data.cells import dicts_of, is_known
from icc_data.i18n import number
from icc_data.i18n import translate as _


def reading_in_words(reading: pd.DataFrame) -> list[str]:
    """Say which typed words were read as others or are unknown, and when not all of them are asked for.

    Args:
        reading: the answer of ``queries.search_reading``.

    Returns:
        One sentence for each thing to know; none where every word was found as typed.
    """
    if reading.empty:
        return []
    sentences = []
    for row in dicts_of(reading):
        if row["kind"] == "similar":
            # A word stands for all that share its stem; the one nearest to what was typed is the one to name.
            nearest = max(row["words"], key=lambda word: fuzz.ratio(row["typed"], word))
            words = _("No practice has the word “{typed}”; it was read as “{word}”.")
            sentences.append(words.format(typed=row["typed"], word=nearest))
        elif not is_known(row["kind"]):
            sentences.append(_("No practice has the word “{typed}”.").format(typed=row["typed"]))
    needed = int(reading["needed"].max()) if reading["needed"].notna().any() else len(reading)
    if needed < len(reading):
        words = (
            _("Few practices hold all of these words: those with at least {needed} of the {all} are here too.")
            if reading["holding_all"].max()
            else _("No practice holds all of these words; these hold at least {needed} of the {all}.")
        )
        sentences.append(words.format(needed=number(needed), all=number(len(reading))))
    return sentences


def words_to_mark(reading: pd.DataFrame) -> set[str]:
    """The words of the practices that the typed words stand for.

    Args:
        reading: the answer of ``queries.search_reading``.
    """
    return {word for words in reading["words"].dropna() for word in words}
