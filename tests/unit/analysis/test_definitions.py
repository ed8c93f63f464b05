"""The terms of the closed lists with their definitions; worked out by hand."""

from __future__ import annotations

import pandas as pd

from icc_data.analysis.definitions import definition_of, in_their_lists, undefined_lists

TERMS = pd.DataFrame(
    {
        "vocabulary": ["theme", "theme", "policy_area", "country", "country"],
        "code": ["youth", "arts", "media", "spain", "malta"],
        "definition": ["Young people", None, "The press", None, None],
    }
)
LISTS = {"theme": "Themes", "policy_area": "Policy areas", "country": "Countries"}


def test_each_term_stands_beside_the_name_of_its_list():
    assert in_their_lists(TERMS, LISTS)["list"].tolist() == [
        "Themes",
        "Themes",
        "Policy areas",
        "Countries",
        "Countries",
    ]


def test_a_list_with_a_term_that_is_not_defined_is_named_once():
    assert undefined_lists(in_their_lists(TERMS, LISTS)) == ["Themes", "Countries"]


def test_where_every_term_is_defined_no_list_is_named():
    assert undefined_lists(in_their_lists(TERMS[2:3], LISTS)) == []


def test_a_term_without_a_definition_has_an_empty_one():
    assert list(definition_of(TERMS[:3]).items()) == [("youth", "Young people"), ("arts", ""), ("media", "The press")]
