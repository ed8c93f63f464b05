"""Parts of the world: every country of the network lies in one, and in one alone."""

from __future__ import annotations

import pytest
from babel import Locale

from icc_data.model import regions
from icc_data.model.regions import region_of
from tests.helpers import naive

# What the list of ISO 3166-1 has and M49 gives no sub-region, and codes of CLDR that are no countries.
WITHOUT = {"AQ", "AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}


def test_every_country_of_the_network_has_a_region():
    codes = set(naive.table("cities")["country_code"])
    assert {code for code in codes if region_of(code) is None} == set()


def test_every_country_of_the_world_has_a_region_so_that_a_new_member_is_compared_too():
    codes = {code for code in Locale("en").territories if len(code) == 2 and code.isalpha()} - WITHOUT
    assert {code for code in codes if region_of(code) is None} == set()


def test_a_country_lies_in_one_region_only():
    codes = [code for text in regions._CODES.values() for code in text.split()]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("code", "region"),
    [
        ("PT", "Southern Europe"),
        ("GB", "Northern Europe"),
        ("CH", "Western Europe"),
        ("UA", "Eastern Europe"),
        ("CY", "Western Asia"),
        ("TR", "Western Asia"),
        ("MA", "Northern Africa"),
        ("KR", "Eastern Asia"),
        ("MX", "Latin America and the Caribbean"),
        ("AU", "Australia and New Zealand"),
        ("SN", "Sub-Saharan Africa"),
    ],
)
def test_a_country_lies_where_the_united_nations_list_it(code: str, region: str):
    assert region_of(code) == region


@pytest.mark.parametrize("text", ["", "AQ", "ZZ", "pt", "Portugal"])
def test_what_is_no_code_of_a_region_has_none(text: str):
    assert region_of(text) is None
