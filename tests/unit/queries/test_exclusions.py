"""What exclusions take away, over four practices: of Lisbon, of Bilbao and Lisbon, of Cork, and of no city."""

from __future__ import annotations

import pytest

from icc_data import queries
from icc_data.queries import Connection
from icc_data.queries.selection import Selection


@pytest.mark.parametrize(
    ("typed", "idle"),
    [
        ("education -homework", []),
        ("education -tennis", ["-tennis"]),
        # The guide for mediators is not about education.
        ("education -mediators", ["-mediators"]),
        ("-tennis", ["-tennis"]),
        ("-homework", []),
        ('education -"on the square"', []),
        ('education -"homework square"', ['-"homework square"']),
        # Each of the two takes the club away.
        ("education -homework -club", []),
        # Where nothing is found, nothing can be taken away.
        ("qqxx -tennis", []),
    ],
)
def test_an_exclusion_is_idle_where_the_rest_finds_none_that_it_takes_away(
    small_atlas: Connection, typed: str, idle: list[str]
):
    assert queries.idle_exclusions(small_atlas, Selection(q=typed)) == idle


def test_the_filters_are_a_part_of_the_rest(small_atlas: Connection):
    assert queries.idle_exclusions(small_atlas, Selection(q="-homework", city=("bilbao",))) == ["-homework"]


@pytest.mark.parametrize(
    ("typed", "broken"),
    [
        ("-homework club", [("homework", "homework club", '-"homework club"')]),
        ("art -homework club lisbon", [("homework", "homework club", 'art -"homework club" lisbon')]),
        ("-drums on the square", [("drums", "drums on the square", '-"drums on the square"')]),
        ("-homework drums", []),
        ("-homework", []),
    ],
)
def test_an_exclusion_is_broken_where_its_word_begins_a_phrase_of_a_practice(
    small_atlas: Connection, typed: str, broken: list[tuple[str, str, str]]
):
    assert queries.broken_exclusions(small_atlas, Selection(q=typed)) == broken
