"""The example of docs/method.md on words: counted in the CSV files and worked out from its formula."""

from __future__ import annotations

import re
from math import log, sqrt

import pytest
from scipy.stats import binomtest

from icc_data.paths import ROOT
from icc_data.text import fold_words
from tests.helpers.by_hand import PRACTICES

METHOD = " ".join((ROOT / "docs" / "method.md").read_text(encoding="utf-8").split())
RUMOUR = re.compile(r"\brumou?rs?\b")


def numbers(pattern: str) -> list[float]:
    told = re.search(pattern.replace("#", r"(\d[\d.]*\d|\d)"), METHOD)
    assert told is not None, pattern
    return [float(number) for number in told.groups()]


def test_the_share_of_practices_that_hold_a_word():
    words = r"Of the # practices that started in #–#, # hold “rumours”: # %, from # % to # %; of the # of #–#, #\."
    of, first, last, count, share, low, high, after_of, after_first, after_last, after = numbers(words)

    def counted(first: float, last: float) -> tuple[int, int]:
        rows = [row for row in PRACTICES if row["start"] and first <= row["start"] <= last]
        texts = [fold_words(f"{row['title']} {row['title_original']} {row['summary']}") for row in rows]
        return sum(bool(RUMOUR.search(text)) for text in texts), len(rows)

    assert counted(first, last) == (count, of)
    assert counted(after_first, after_last) == (after, after_of)
    ends = binomtest(int(count), int(of)).proportion_ci(method="wilson")
    assert [share, low, high] == pytest.approx([100 * count / of, 100 * ends.low, 100 * ends.high], abs=0.05)


def test_the_most_typical_word_of_a_country():
    words = r"it stands # times among # words, in the others' # times among #: δ = #, z = #, the most typical"
    here, all_here, rest, all_rest, odds, z = numbers(words)
    times = dict.fromkeys((True, False), 0)
    for row in PRACTICES:
        times["Spain" in row["countries"]] += len(RUMOUR.findall(fold_words(row["summary"])))
    assert (times[True], times[False]) == (here, rest)
    prior = 500 * (here + rest) / (all_here + all_rest)
    sides = [log((n + prior) / (all_n + 500 - n - prior)) for n, all_n in ((here, all_here), (rest, all_rest))]
    by_hand = sides[0] - sides[1]
    assert odds == pytest.approx(by_hand, abs=0.005)
    assert z == pytest.approx(by_hand / sqrt(1 / (here + prior) + 1 / (rest + prior)), abs=0.005)
