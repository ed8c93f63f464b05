"""Which words are typical of a selection: weighted log-odds with an informative prior."""

from __future__ import annotations

import numpy as np
import pandas as pd

from icc_data.analysis.uncertainty import FEW
from icc_data.cells import rows_of
from icc_data.i18n import number
from icc_data.i18n import translate as _

PRIOR_WORDS = 500
"""How many words of the whole the prior is worth: so many words of either side weigh as much as it."""
CLEAR = 1.96
MOST = 15


def with_log_odds(words: pd.DataFrame, prior_words: float = PRIOR_WORDS) -> pd.DataFrame:
    """Words with how much more often they stand on one side than on the other, and how sure that is.

    Both sides start from how often the word stands in all texts together, worth ``prior_words`` words. Source: B. L.
    Monroe, M. P. Colaresi and K. M. Quinn 2008, “Fightin' words: lexical feature selection and evaluation for
    identifying the content of political conflict”, Political Analysis 16, 372-403, equations 16, 20 and 22.

    Args:
        words: an answer of ``queries.typical_words``.
        prior_words: the weight of the prior, more than 0.

    Returns:
        The same columns with ``log_odds`` (natural logarithm of the ratio of the odds) and ``z`` (over its standard
        error).
    """
    here, rest, all_here, all_rest = (
        words[name].to_numpy(dtype=float) for name in ("times", "rest_times", "all_times", "rest_all_times")
    )
    prior = prior_words * (here + rest) / (all_here + all_rest)
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = np.log((here + prior) / (all_here + prior_words - here - prior))
        rest_odds = np.log((rest + prior) / (all_rest + prior_words - rest - prior))
        error = np.sqrt(1 / (here + prior) + 1 / (rest + prior))
    return words.assign(log_odds=odds - rest_odds, z=(odds - rest_odds) / error)


def most_typical(words: pd.DataFrame, most: int = MOST) -> pd.DataFrame:
    """The words clearly more frequent in a selection, the most typical first, made ready to be drawn.

    Args:
        words: an answer of ``queries.typical_words``.
        most: how many at most.

    Returns:
        The columns of ``with_log_odds`` with ``code``, ``label`` and, in words, ``text``, ``held`` and ``rest_held``.
    """
    scored = with_log_odds(words)
    clear = scored[(scored["z"] >= CLEAR) & (scored["practices"] >= FEW)]
    top = clear.sort_values(["z", "term"], ascending=[False, True], kind="stable", ignore_index=True).head(most)
    part = _("{count} of {all}")
    return top.assign(
        code=top["word"],
        label=top["word"],
        text=[number(row.z, 1) for row in rows_of(top)],
        held=[part.format(count=number(row.practices), all=number(row.of)) for row in rows_of(top)],
        rest_held=[part.format(count=number(row.rest_practices), all=number(row.rest_of)) for row in rows_of(top)],
    )


def of_words(top: pd.DataFrame) -> str:
    """Which words are the most typical, in a sentence; empty where none is.

    Args:
        top: what ``most_typical`` gives.
    """
    if top.empty:
        return ""
    first = top.iloc[0]
    words = _("The most typical word is “{word}”: in {held} practices here, and in {rest} of the others.")
    return words.format(word=first["label"], held=first["held"], rest=first["rest_held"])
