"""The terms of the closed lists with their definitions."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd


def in_their_lists(terms: pd.DataFrame, list_labels: Mapping[str, str]) -> pd.DataFrame:
    """The terms with a column ``list``: what their list is called.

    Args:
        terms: an answer of ``queries.term_definitions``.
        list_labels: what each list is called, by its vocabulary.
    """
    return terms.assign(list=[list_labels[vocabulary] for vocabulary in terms["vocabulary"]])


def undefined_lists(terms: pd.DataFrame) -> list[str]:
    """The lists, by what they are called, that have a term without a definition.

    Args:
        terms: the answer of ``in_their_lists``.
    """
    return list(dict.fromkeys(terms[terms["definition"].isna()]["list"]))


def definition_of(terms: pd.DataFrame) -> dict[str, str]:
    """The definition of each term by its code, in the order of the frame; empty where none is written down.

    Args:
        terms: an answer of ``queries.term_definitions`` about one list.
    """
    return dict(zip(terms["code"], terms["definition"].fillna(""), strict=True))
