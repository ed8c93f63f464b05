"""Words through time: what was typed, the shares of periods, and what is said of them."""

from __future__ import annotations

import pandas as pd
import pytest

from icc_data.analysis import word_shares


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Rumours, École", ["rumours", "école"]),
        ("Тернопіль,  L’école ", ["тернопіль", "l’école"]),
        ("école, ecole, ECOLE, l’école", ["école"]),
        ("young people,young  people", ["young people"]),
        (" , ;!,", []),
        ("a, b, c, d, e, f", ["a", "b", "c", "d", "e"]),
    ],
)
def test_words_are_parted_by_commas_keep_their_accents_and_are_at_most_five(typed: str, words: list[str]):
    assert word_shares.entries(typed) == words


ANSWER = pd.DataFrame(
    [
        (2016, 2020, "choir", 3, 10, 0.3),
        (2021, 2025, "choir", 1, 2, 0.5),
        (2016, 2020, "kite", 0, 10, 0.0),
        (2021, 2025, "kite", 0, 2, 0.0),
    ],
    columns=["first_year", "last_year", "code", "practices", "of", "share"],
)


def test_a_period_bears_its_years_and_its_share_wilsons_interval():
    row = word_shares.lines(ANSWER).iloc[0]
    assert (row["period"], row["share_words"]) == ("2016–2020", "30.0% (3 of 10)")
    # Wilson's interval of 3 of 10, as in any table of it.
    assert (row["low"], row["high"]) == pytest.approx((0.1078, 0.6032), abs=5e-5)


def test_a_line_breaks_where_a_period_has_few_practices():
    answer = pd.concat([ANSWER[:2], ANSWER[:1].assign(first_year=2026, last_year=2030)])
    assert word_shares.lines(answer)["run"].tolist() == [0, 1, 1]


def test_a_line_breaks_where_a_period_has_no_practice_and_the_period_keeps_its_place():
    enough = ANSWER[:1]
    answer = pd.concat([enough, enough.assign(first_year=2031, last_year=2035)])
    rows = word_shares.lines(answer)
    assert rows["run"].tolist() == [0, 1]
    assert word_shares.periods(rows) == ["2016–2020", "2021–2025", "2026–2030", "2031–2035"]


def test_years_without_a_practice_are_periods_of_one_year_too():
    rows = word_shares.lines(ANSWER[:2].assign(first_year=[2020, 2023], last_year=[2020, 2023]))
    assert word_shares.periods(rows) == ["2020", "2021", "2022", "2023"]


def test_a_period_of_one_year_is_that_year():
    one = word_shares.lines(ANSWER.assign(first_year=ANSWER["last_year"]))
    assert one["period"][0] == "2020"


def test_a_period_of_few_practices_is_no_peak():
    assert word_shares.of_lines(word_shares.lines(ANSWER)) == (
        "The largest share of practices held “choir” in 2016–2020 (30%)."
    )
    assert word_shares.of_lines(word_shares.lines(ANSWER[ANSWER["code"] == "kite"])) == ""


def test_words_that_no_practice_holds_are_named():
    rows = word_shares.lines(ANSWER)
    assert word_shares.in_no_text(rows, ["choir", "kite"]) == "No practice with a start year holds “kite”."
    assert word_shares.in_no_text(rows, ["choir"]) == ""


def test_a_word_is_drawn_where_a_dated_practice_holds_it():
    rows = word_shares.lines(ANSWER)
    assert word_shares.held(rows, ["kite", "choir", "never asked"]) == ["choir"]
