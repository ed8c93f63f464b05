"""The examples of the section Index of docs/method.md are worked out again."""

from __future__ import annotations

import re

import numpy as np
import pytest
from scipy import stats

from icc_data.analysis.rank_correlation import rank_correlation
from icc_data.paths import ROOT
from tests.helpers.made_up_index import published

METHOD = ROOT / "docs" / "method.md"


def method_text() -> str:
    return " ".join(METHOD.read_text(encoding="utf-8").split())


def numbers(text: str) -> list[float]:
    return [float(word) for word in re.findall(r"-?\d+(?:\.\d+)?", text)]


def test_the_method_states_published_scores():
    said = re.search(r"overall scores of 2020 are (.*?): four", method_text())
    assert said is not None
    scores = published("index_scores").query("year == 2020 and policy_area == 'overall'").set_index("city_id")["score"]
    named = re.findall(r"(\d+) \((\w+)\)", said[1])
    assert len(named) == 4
    assert [scores[city.lower()] for _score, city in named] == [float(score) for score, _city in named]


def test_the_method_works_out_an_average_and_quartiles():
    said = re.search(r"Of the scores (.*?) the average is (.*?), the first", method_text())
    rest = re.search(r"first quartile (\d+), the median (\d+) and the third quartile (\d+)", method_text())
    assert said is not None
    assert rest is not None
    scores = numbers(said[1])
    assert np.mean(scores) == pytest.approx(float(said[2]))
    assert np.percentile(scores, [25, 50, 75]).tolist() == [float(value) for value in rest.groups()]


def test_the_method_works_out_a_correlation():
    said = re.search(
        r"With the scores (.*?) and ([\d, ]+) practices, \*r\* is (\S+), from (\S+) to (\S+),", method_text()
    )
    assert said is not None
    scores, practices = numbers(said[1]), numbers(said[2])
    assert stats.spearmanr(scores, practices).statistic == pytest.approx(float(said[3]), abs=0.005)
    found = rank_correlation(scores, practices)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((float(said[4]), float(said[5])), abs=0.005)
