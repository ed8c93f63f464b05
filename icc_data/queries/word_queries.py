"""Words in the texts of practices: how often through the years, and which are typical of a selection."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from icc_data.queries.asking import Connection, as_of_year, ask
from icc_data.queries.by_year import year_params, year_parts
from icc_data.queries.search_box import COMMON_WORDS
from icc_data.queries.selection import Selection
from icc_data.text import fold_words


def words_by_period(
    connection: Connection, selection: Selection, words: Sequence[str], *, together: int = 1, active: bool = False
) -> pd.DataFrame:
    """Practices whose title or summary holds each word, of all that started in (or were active during) the same years.

    Words are compared without case, accents and English endings, as a search does, and without its thesaurus. Of
    several words in one entry a practice has to hold all, in any place.

    Args:
        connection: where to ask.
        selection: the practices meant.
        words: the entries, as they are to be called in the rows.
        together: how many years are one period; the year of the data ends one.
        active: years of activity instead of start years; a practice counts once in a period.

    Returns:
        ``first_year, last_year, code`` (the entry), ``practices, of, share``: a row for each entry in each period that
        has a practice.
    """
    return ask(
        connection,
        "words_by_period",
        selection,
        entries=list(words),
        folded=[fold_words(word) for word in words],
        together=together,
        parts=year_parts(active=active),
        **(year_params(connection, selection, active=active) | {"as_of": as_of_year(connection)}),
    )


def typical_words(connection: Connection, selection: Selection, *, fewest: int) -> pd.DataFrame:
    """How often words stand in the summaries of a selection, and in those of all other practices.

    Words are told apart by what is left without their English ending. Small words (``search_box.COMMON_WORDS``), those
    of fewer than three letters, numbers and names of places are passed over.

    Args:
        connection: where to ask.
        selection: the practices meant.
        fewest: words that fewer practices of the selection hold are left out of the rows, not of the sums.

    Returns:
        ``term, word`` (its most frequent spelling), ``practices`` of the selection that hold it, of ``of``;
        ``rest_practices`` of ``rest_of``; ``times`` and ``rest_times`` it stands there, of ``all_times`` and
        ``rest_all_times`` words.
    """
    return ask(connection, "typical_words", selection, common_words=sorted(COMMON_WORDS), fewest=fewest)


def practices_with_word(connection: Connection, selection: Selection, word: str) -> pd.DataFrame:
    """The practices of a selection whose summary holds a word of ``typical_words``, by title.

    Args:
        connection: where to ask.
        selection: the practices meant.
        word: any of its spellings.

    Returns:
        ``practice_id, title, city_names, start_year``.
    """
    return ask(connection, "practices_with_word", selection, word=word)
