"""The examples of docs/method.md on shares, lift and chance: they add up, and are what the data say."""

from __future__ import annotations

import re

import pytest
from scipy.stats import binomtest, hypergeom

from icc_data.paths import ROOT
from tests.helpers.by_hand import PRACTICES

METHOD = " ".join((ROOT / "docs" / "method.md").read_text(encoding="utf-8").split())


def numbers(pattern: str) -> list[float]:
    said = re.search(pattern.replace("#", r"([\d.]+?)"), METHOD)
    assert said is not None, pattern
    return [float(number) for number in said.groups()]


def test_the_share_of_a_year_and_its_interval():
    words = r"In # # practices started, # of them in anti-discrimination: # %, from # % to # %\."
    year, of, count, share, low, high = numbers(words)
    begun = [row for row in PRACTICES if row["start"] == year]
    assert (len(begun), sum("anti_discrimination" in row["policy_areas"] for row in begun)) == (of, count)
    ends = binomtest(int(count), int(of)).proportion_ci(method="wilson")
    assert [share, low, high] == pytest.approx([100 * count / of, 100 * ends.low, 100 * ends.high], abs=0.05)


def test_two_that_meet_more_often_than_by_chance():
    words = r"# of # practices are about education, # about children\. By chance # would be both; # are: lift #, clear"
    areas, total, themes, expected, both, lift = numbers(words)
    has_both = [("education" in row["policy_areas"], "children" in row["themes"]) for row in PRACTICES]
    assert len(has_both) == total
    assert sum(area for area, _theme in has_both) == areas
    assert sum(theme for _area, theme in has_both) == themes
    assert sum(area and theme for area, theme in has_both) == both
    assert [expected, lift] == pytest.approx([areas * themes / total, both * total / (areas * themes)], abs=0.05)


def test_two_that_could_have_met_by_chance():
    words = r"Of Spain's # practices # are in anti-discrimination, where # would be by chance: lift #\. "
    words += "Its p is #, but among # pairs"
    of, count, expected, lift, p, pairs = numbers(words)
    spain = [row for row in PRACTICES if "Spain" in row["countries"]]
    everywhere = sum("anti_discrimination" in row["policy_areas"] for row in PRACTICES)
    assert (len(spain), sum("anti_discrimination" in row["policy_areas"] for row in spain)) == (of, count)
    by_chance = of * everywhere / len(PRACTICES)
    assert [expected, lift] == pytest.approx([by_chance, count / by_chance], abs=0.05)
    drawn = hypergeom(len(PRACTICES), everywhere, int(of))
    assert p == pytest.approx(2 * (drawn.sf(count) + drawn.pmf(count) / 2), abs=0.00005)
    countries = {name for row in PRACTICES for name in row["countries"]}
    areas = {area for row in PRACTICES for area in row["policy_areas"]}
    assert pairs == len(countries) * len(areas)
    # Were it clear of chance, its p would be below the false discovery rate over the number of pairs.
    assert p > 0.05 / pairs
