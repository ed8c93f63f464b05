"""The example of docs/method.md on how long practices last: counted in the CSV files, and scipy's estimate."""

from __future__ import annotations

import re

import numpy as np
import pytest
from scipy.stats import CensoredData, ecdf

from icc_data.paths import ROOT
from tests.helpers.by_hand import AS_OF, PRACTICES

METHOD = " ".join((ROOT / "docs" / "method.md").read_text(encoding="utf-8").split())
DATED = [row for row in PRACTICES if row["start"]]
# For how many years after the start year each is known to have run, what is said and what is not.
ENDED = [row["end"] - row["start"] for row in DATED if row["end"] and not row["ongoing"] and row["end"] < AS_OF]
GOING = [AS_OF - row["start"] for row in DATED if row["ongoing"] or (row["end"] and row["end"] >= AS_OF)]


def numbers(pattern: str) -> list[float]:
    told = re.search(pattern.replace("#", r"([\d.]*\d)"), METHOD)
    assert told is not None, pattern
    return [float(number) for number in told.groups()]


def test_how_many_end_go_on_and_are_silent():
    words = r"Of # practices with a start year an end is known of #, # go on and # are silent\."
    dated, ended, going, silent = numbers(words)
    # What has started in the year of the data is known no further than its start.
    on = sum(years > 0 for years in GOING)
    assert (len(DATED), len(ENDED), on, len(DATED) - len(ENDED) - on) == (dated, ended, going, silent)


def test_the_first_two_steps():
    words = r"Of # that can be followed for a year # had ended, then # of #: # % and # %\."
    first, ended, then, second, share, after = numbers(words)
    assert [first, second] == [len(ENDED) + sum(years >= at for years in GOING) - gone for at, gone in ((1, 0), (2, 6))]
    assert [ended, then] == [ENDED.count(0), ENDED.count(1)]
    assert [share, after] == pytest.approx(
        [100 * (1 - ended / first), 100 * (1 - ended / first) * (1 - then / second)], abs=0.05
    )


def test_the_share_five_years_on_and_its_interval():
    share, low, high = numbers(r"Five years on it is # %, from # % to # %;")
    curve = ecdf(CensoredData(uncensored=[years + 1 for years in ENDED], right=GOING)).sf
    bounds = curve.confidence_interval(0.95, method="log-log")
    there = [float(part.evaluate(np.array([5]))[0]) for part in (curve, bounds.low, bounds.high)]
    assert [share, low, high] == pytest.approx([100 * value for value in there], abs=0.05)
