"""The chart of a policy audit: each bar tells what its gap is taken from."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from icc_data.drawing.audit_charts import need_bars
from icc_data.drawing.palette import DARK, LIGHT, Look

BASES = ["Our rating", "Index score", "Counted"]
FRAME = pd.DataFrame(
    [
        ("Education", 36.0, "36 · 8 of 10 can lend", "Our rating", "our rating, 40", "8 of 10"),
        ("Sport", 12.0, "12 · ask the network", "Counted", "counted: 4 published practices", "nobody"),
        ("Housing", 0.0, "not known: rate it", "Not known", "not known: rate it", "10 of 10"),
    ],
    columns=["label", "need", "text", "basis", "gap_basis", "lend"],
)


def layers(look: Look) -> list[dict[str, Any]]:
    drawn: list[dict[str, Any]] = need_bars(FRAME, look, BASES).to_dict()["layer"]
    return drawn


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
def test_a_counted_gap_differs_from_a_rated_one_in_shade_and_outline_and_a_score_in_hue(look: Look) -> None:
    encoding = layers(look)[0]["encoding"]
    fills = dict(zip(BASES, encoding["color"]["scale"]["range"], strict=True))
    dashes = dict(zip(BASES, encoding["strokeDash"]["scale"]["range"], strict=True))
    assert len(set(fills.values())) == 3
    assert dashes == {"Our rating": [1, 0], "Index score": [1, 0], "Counted": [3, 2]}
    assert encoding["color"]["legend"]["title"] == "The gap is taken from"


def test_the_tooltip_says_what_the_gap_is_taken_from() -> None:
    for layer in layers(LIGHT):
        assert "gap_basis" in [tip["field"] for tip in layer["encoding"]["tooltip"]]


def test_what_is_not_known_has_words_but_no_bar() -> None:
    bars, words = layers(LIGHT)
    assert bars["transform"] == [{"filter": {"field": "basis", "oneOf": BASES}}]
    assert "transform" not in words
