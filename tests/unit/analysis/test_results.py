"""Results of a search, made ready for a table; worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from icc_data.analysis.results import results_in_words


def label(facet: str, code: str) -> str:
    return f"{facet}:{code}"


def test_codes_are_said_in_words_in_their_order_and_other_columns_stay():
    results = pd.DataFrame(
        {"title": ["A"], "policy_areas": [np.array(["media", "education"])], "themes": [np.array(["youth"])]}
    )
    assert results_in_words(results, label).to_dict("records") == [
        {"title": "A", "policy_areas": ["policy_area:media", "policy_area:education"], "themes": ["theme:youth"]}
    ]


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA])
def test_where_there_are_no_codes_the_list_is_empty(missing: object):
    results = pd.DataFrame({"policy_areas": [missing], "themes": [np.array([])]}, dtype=object)
    assert results_in_words(results, label).to_dict("records") == [{"policy_areas": [], "themes": []}]


def test_the_codes_that_were_given_are_left_as_they_were():
    results = pd.DataFrame({"policy_areas": [["media"]], "themes": [["youth"]]})
    results_in_words(results, label)
    assert results["policy_areas"][0] == ["media"]
