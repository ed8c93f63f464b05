"""Words through time: what part of each period's practices hold them, in numbers and words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from icc_data.analysis.shares import between, of_all, with_interval
from icc_data.analysis.uncertainty import FEW
from icc_data.cells import rows_of, words_of
from icc_data.i18n import enumeration, percent, translate_plural
from icc_data.i18n import translate as _
from icc_data.text import fold_words

MOST_WORDS = 5
LONGEST = 200
PERIODS = ("1", "3", "5")
"""How many years one period may have."""


def entries(typed: str, most: int | None = MOST_WORDS) -> list[str]:
    """What somebody typed, as the words to look for: parted by commas, in small letters, so many at most.

    Args:
        typed: anything.
        most: how many; None for all of them.

    Returns:
        With the accents that were typed; of those that are looked for as one (“École”, “ecole”), the first.
    """
    parts = (" ".join(part.lower().split()) for part in typed[:LONGEST].split(","))
    first: dict[str, str] = {}
    for part in parts:
        first.setdefault(fold_words(part), part)
    return [part for folded, part in first.items() if folded][:most]


def lines(answer: pd.DataFrame) -> pd.DataFrame:
    """The shares of words by period, made ready to be drawn.

    Args:
        answer: an answer of ``queries.words_by_period``.

    Returns:
        The same columns with ``low, high``; ``period`` and, in words, ``share_words`` and ``range_words``; ``few``: the
        period has fewer than ``FEW`` practices; ``run``: periods without such a one between them have the same, nor
        one without any.
    """
    rows = with_interval(answer)
    few = rows["of"] < FEW
    span = rows["last_year"] - rows["first_year"] + 1
    after_none = rows.groupby("code")["last_year"].diff() > span
    return rows.assign(
        period=words_of(rows, lambda row: _period(row.first_year, row.last_year), "first_year", "last_year"),
        few=few,
        run=(few | after_none).groupby(rows["code"]).cumsum(),
        share_words=of_all(rows),
        range_words=between(rows),
    )


def _period(first: int, last: int) -> str:
    return str(last) if first == last else f"{first}–{last}"


def periods(rows: pd.DataFrame) -> list[str]:
    """Every period from the first to the last, in words: time goes on where no practice has a year.

    Args:
        rows: what ``lines`` gives, at least one.
    """
    years = rows["last_year"].astype(int)
    span = int(years.iloc[0] - rows["first_year"].iloc[0]) + 1
    return [_period(last - span + 1, last) for last in range(years.min(), years.max() + 1, span)]


def of_lines(rows: pd.DataFrame) -> str:
    """In which period each word was the most frequent, in a sentence; empty where no practice holds any.

    Args:
        rows: what ``lines`` gives.
    """
    enough = [row for row in rows_of(rows) if not row.few and row.practices > 0]
    peaks: dict[str, Any] = {}
    for row in sorted(enough, key=lambda row: (-row.share, row.last_year)):
        peaks.setdefault(row.code, row)
    if not peaks:
        return ""
    one = _("“{word}” in {period} ({share})")
    told = [one.format(word=row.code, period=row.period, share=percent(row.share)) for row in peaks.values()]
    return _("The largest share of practices held {words}.").format(words=enumeration(told))


def held(rows: pd.DataFrame, words: Sequence[str]) -> list[str]:
    """The words that a practice with a start year holds, in their order: a word that none holds would be a line at 0.

    Args:
        rows: what ``lines`` gives.
        words: the entries.
    """
    there = set(rows[rows["practices"] > 0]["code"])
    return [word for word in words if word in there]


def in_no_text(rows: pd.DataFrame, words: Sequence[str]) -> str:
    """Which words no practice with a start year holds; empty where each is held.

    Args:
        rows: what ``lines`` gives.
        words: the entries.
    """
    there = held(rows, words)
    lacking = [_("“{text}”").format(text=word) for word in words if word not in there]
    if not lacking:
        return ""
    sentence = translate_plural(
        "No practice with a start year holds {words}.", "No practice with a start year holds {words}.", len(lacking)
    )
    return sentence.format(words=enumeration(lacking, "or"))
