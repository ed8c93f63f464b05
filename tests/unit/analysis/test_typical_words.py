"""Weighted log-odds with an informative prior: worked out by hand, and what is drawn and said of them."""

from __future__ import annotations

from math import log, sqrt

import pandas as pd
import pytest

from icc_data.analysis import typical_words


def counted(**words: tuple[int, int, int, int]) -> pd.DataFrame:
    """Words as (times, rest_times, practices, rest_practices), of 100 words here and 300 there, 20 and 60 practices."""
    frame = pd.DataFrame(words.values(), columns=["times", "rest_times", "practices", "rest_practices"])
    whole = {"of": 20, "rest_of": 60, "all_times": 100, "rest_all_times": 300}
    return frame.assign(term=list(words), word=[f"{word}s" for word in words], **whole)


def test_the_log_odds_start_from_the_frequency_in_all_texts():
    # 12 of 400 words are “drum”: a prior worth 100 words adds 3 to either side.
    row = typical_words.with_log_odds(counted(drum=(9, 3, 9, 3)), prior_words=100).iloc[0]
    by_hand = log((9 + 3) / (100 + 100 - 9 - 3)) - log((3 + 3) / (300 + 100 - 3 - 3))
    assert row["log_odds"] == pytest.approx(by_hand)
    assert row["z"] == pytest.approx(by_hand / sqrt(1 / 12 + 1 / 6))


def test_the_weaker_the_prior_the_nearer_to_the_plain_ratio_of_odds():
    row = typical_words.with_log_odds(counted(drum=(9, 3, 9, 3)), prior_words=1e-9).iloc[0]
    assert row["log_odds"] == pytest.approx(log((9 / 91) / (3 / 297)))


def test_a_word_as_frequent_on_both_sides_is_typical_of_neither():
    row = typical_words.with_log_odds(counted(city=(10, 30, 8, 20))).iloc[0]
    assert (row["log_odds"], row["z"]) == pytest.approx((0, 0), abs=1e-12)


WORDS = counted(drum=(18, 2, 10, 2), city=(10, 30, 8, 20), song=(15, 0, 4, 0), kite=(12, 3, 6, 3))


def test_only_words_clearly_more_frequent_in_five_practices_or_more_are_typical():
    # “song” stands in four practices, “city” is as frequent elsewhere.
    assert typical_words.most_typical(WORDS)["label"].tolist() == ["drums", "kites"]


def test_a_word_is_said_with_the_practices_that_hold_it_on_either_side():
    top = typical_words.most_typical(WORDS)
    assert top[["held", "rest_held"]].values.tolist()[0] == ["10 of 20", "2 of 60"]
    assert typical_words.of_words(top) == (
        "The most typical word is “drums”: in 10 of 20 practices here, and in 2 of 60 of the others."
    )
    assert typical_words.of_words(top.head(0)) == ""
