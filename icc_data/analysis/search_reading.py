"""What typed words were taken for, in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
from rapidfuzz import fuzz

from icc_data.cells import dicts_of, is_known
from icc_data.i18n import enumeration, in_quotes, number
from icc_data.i18n import translate as _
from icc_data.queries.search_box import not_understood


def reading_in_words(reading: pd.DataFrame) -> list[str]:
    """Say which typed words were read as others or are unknown, and when not all of them are asked for.

    Args:
        reading: the answer of ``queries.search_reading``.

    Returns:
        One sentence for each thing to know; none where every word was found as typed.
    """
    if reading.empty:
        return []
    sentences = [sentence for row in dicts_of(reading) if (sentence := _word_in_words(row))]
    needed = int(reading["needed"].max()) if reading["needed"].notna().any() else len(reading)
    if needed < len(reading):
        words = (
            _("Few practices hold all of these words: those with at least {needed} of the {all} are here too.")
            if reading["holding_all"].max()
            else _("No practice holds all of these words; these hold at least {needed} of the {all}.")
        )
        sentences.append(words.format(needed=number(needed), all=number(len(reading))))
    return sentences


def _word_in_words(row: dict[str, Any]) -> str:
    typed = row["typed"]
    if row["kind"] == "similar":
        return _("No practice has the word “{typed}”; it was read as “{word}”.").format(typed=typed, word=_nearest(row))
    if row["kind"] == "exonym":
        words = _("“{typed}” was read as “{word}”, which is the same place.")
        return words.format(typed=typed, word=row["meant"])
    if row["kind"] == "year":
        words = _(
            "“{typed}” finds practices that started in that year or have it in their text; for those active in it "
            "choose the years in the filters."
        )
        return words.format(typed=typed)
    if row["kind"] == "untouched":
        return _("No practice has “{typed}”; it was not read as another word or place.").format(typed=typed)
    return "" if is_known(row["kind"]) else _("No practice has the word “{typed}”.").format(typed=typed)


def _nearest(row: dict[str, Any]) -> str:
    # A word stands for all that share its stem; the one nearest to what was typed is the one to name.
    words: list[str] = list(row["words"])
    return max(words, key=lambda word: fuzz.ratio(row["typed"], word))


def corrections(reading: pd.DataFrame) -> list[str]:
    """The typed words that were read as others: what somebody may want to search for exactly as typed.

    Args:
        reading: the answer of ``queries.search_reading``.
    """
    return sorted(reading["typed"][reading["kind"].isin(["similar", "exonym"])])


def syntax_in_words(text: str) -> str:
    """What the search box does not understand of a text, and what it does; empty where it is all words.

    Args:
        text: as typed.
    """
    unread = not_understood(text)
    if not unread:
        return ""
    return _(
        "The search box understands words, “quoted phrases” and -exclusions; it does not understand {unread}, and "
        "looks for all the words. Alternatives and fields are in the filters."
    ).format(unread=enumeration([f"“{part}”" for part in unread], "or"))


def exclusions_in_words(idle: Iterable[str], broken: Iterable[tuple[str, str, str]]) -> list[str]:
    """Say which exclusions take nothing away, and which were cut short by a space.

    Args:
        idle: the answer of ``queries.idle_exclusions``.
        broken: the answer of ``queries.broken_exclusions``.

    Returns:
        One sentence for each.
    """
    nothing = _("{excluded} takes nothing away: no practice that the rest finds has it.")
    short = _("Only “{word}” is excluded, not “{phrase}”: a phrase takes quotation marks.")
    return [
        *(nothing.format(excluded=in_quotes(part)) for part in idle),
        *(short.format(word=word, phrase=phrase) for word, phrase, _text in broken),
    ]


def words_to_mark(reading: pd.DataFrame) -> set[str]:
    """The words of the practices that the typed words stand for.

    Args:
        reading: the answer of ``queries.search_reading``.
    """
    return {word for words in reading["words"].dropna() for word in words}
