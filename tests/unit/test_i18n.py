"""Numbers, shares, dates and lists as the language writes them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from babel.numbers import format_percent

from icc_data import i18n
from icc_data.i18n import (
    LANGUAGES,
    LOCALE_DIRECTORY,
    NOT_STATED,
    PSEUDO,
    day,
    enumeration,
    in_quotes,
    labelled,
    language,
    mark,
    number,
    number_locale,
    offered,
    percent,
    preferred,
    read_catalogue,
    set_language,
    signed,
    translate,
    translate_plural,
)

NAN = float("nan")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0, 0, "0"),
        (459, 0, "459"),
        (1234, 0, "1,234"),
        (1234567.891, 1, "1,234,567.9"),
        (14.5, 1, "14.5"),
        (14, 2, "14.00"),
        (-3, 0, "−3"),
        (None, 0, NOT_STATED),
        (NAN, 2, NOT_STATED),
    ],
)
def test_numbers_are_grouped_and_rounded_and_a_dash_where_unknown(value: float | None, digits: int, text: str):
    assert number(value, digits) == text


@pytest.mark.parametrize(
    ("share", "digits", "text"),
    [
        (0, 0, "0%"),
        (0.256, 0, "26%"),
        (0.256, 1, "25.6%"),
        (1, 0, "100%"),
        (0.001, 0, "<1%"),
        (0.99, 0, "99%"),
        (0.9949, 0, "99%"),
        (0.995, 0, ">99%"),
        (0.997, 0, ">99%"),
        (0.9999, 0, ">99%"),
        (0.9999, 1, ">99.9%"),
        (0.9994, 1, "99.9%"),
        (12.5, 0, "1,250%"),
        (None, 0, NOT_STATED),
        (NAN, 0, NOT_STATED),
    ],
)
def test_shares_are_percentages_and_a_dash_where_unknown(share: float | None, digits: int, text: str):
    assert percent(share, digits) == text


def test_shares_of_the_same_percentage_are_written_once_and_each_as_babel_rounds_it():
    i18n._percent.cache_clear()
    shares = [place / 4096 for place in range(4097)]
    words = [percent(share) for share in shares]
    # From 0 % to 100 %.
    assert i18n._percent.cache_info().misses == 101
    plain = [format_percent(share, locale="en") for share in shares[21:-21]]
    assert words[21:-21] == plain


def test_a_number_that_rounds_to_nothing_has_no_sign():
    assert number(-0.4) == "0"


def test_a_day_is_written_in_british_english():
    assert day(date(2026, 11, 2)) == "2 November 2026"


@pytest.mark.parametrize(
    ("names", "kind", "text"),
    [
        ([], "and", ""),
        (["a"], "and", "a"),
        (["a", "b"], "and", "a and b"),
        (["a", "b", "c"], "and", "a, b and c"),
        (["a", "b"], "or", "a or b"),
        (["a", "b", "c"], "or", "a, b or c"),
    ],
)
def test_names_are_joined_as_the_language_joins_them(names: list[str], kind: str, text: str):
    assert enumeration(iter(names), kind) == text


def test_a_message_without_translation_is_itself():
    assert translate("No catalogue knows this sentence.") == "No catalogue knows this sentence."


def test_the_empty_message_stays_empty():
    # For gettext the empty message is the catalogue's own head.
    assert translate("") == ""


def test_plurals_follow_the_count():
    assert [translate_plural("{n} city", "{n} cities", n) for n in (0, 1, 2)] == [
        "{n} cities",
        "{n} city",
        "{n} cities",
    ]


def test_marking_changes_nothing():
    assert mark("Country") == "Country"


@pytest.mark.parametrize(
    ("asked", "header", "code"),
    [
        ("fr", "en", "fr"),
        ("", "fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        ("", "en;q=0.5, fr;q=0.7", "fr"),
        ("", "fr;q=0, en", "en"),
        ("", "de, es;q=0.9", "en"),
        ("tlh", "fr", "fr"),
        ("en-XA", "", "en"),
        ("", "", "en"),
    ],
)
def test_the_address_goes_before_the_browser_and_english_comes_last(asked: str, header: str, code: str):
    assert preferred(asked, header) == code


def test_french_writes_numbers_shares_days_and_lists_in_its_own_way():
    set_language("fr")
    assert (number(1234.5, 1), percent(0.256), percent(0.256, 1)) == ("1\u202f234,5", "26\u00a0%", "25,6\u00a0%")
    assert (day(date(2026, 5, 1)), day(date(2026, 11, 21))) == ("1er mai 2026", "21 novembre 2026")
    assert (enumeration(["a", "b", "c"]), enumeration(["a", "b"], "or")) == ("a, b et c", "a ou b")
    assert (labelled("Ville", "Bergen"), in_quotes("a")) == ("Ville\u00a0: Bergen", "«\u00a0a\u00a0»")


def test_nothing_is_singular_in_french():
    set_language("fr")
    none = translate_plural("{count} city", "{count} cities", 0)
    assert none == translate_plural("{count} city", "{count} cities", 1)


def test_charts_write_numbers_as_the_language_does():
    set_language("fr")
    locale = number_locale()
    assert (locale["decimal"], locale["thousands"], locale["percent"]) == (",", "\u202f", "\u00a0%")


def test_a_language_is_read_once_and_quickly():
    began = time.process_time()
    read_catalogue(LOCALE_DIRECTORY / "fr.po")
    # 0.1 s on an ordinary machine; the bound is for one that is busy.
    assert time.process_time() - began < 1
    assert i18n._catalogue("fr") is i18n._catalogue("fr")


def test_the_pseudo_language_keeps_what_is_filled_in_and_is_there_only_where_it_is_allowed(
    monkeypatch: pytest.MonkeyPatch,
):
    assert PSEUDO not in offered()
    monkeypatch.setitem(i18n.SET, "pseudo_language", "on")
    set_language(PSEUDO)
    assert translate("{count} of `practice` in [a city](city)") == "⟦{count} öf `practice` îñ [à çîtý](city)····⟧"
    assert number(1234) == "1,234"


def test_an_unknown_language_is_english():
    set_language("tlh")
    assert language() == "en"


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_can_be_chosen(code: str):
    set_language(code)
    assert language() == code
    assert number(1) == "1"
    assert number(None) == NOT_STATED


def test_a_language_is_chosen_for_one_thread_alone():
    def other() -> str:
        set_language(LANGUAGES[-1])
        return language()

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(other).result() == LANGUAGES[-1]
    assert language() == "en"


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [(12.4, 0, "+12"), (-4.26, 1, "−4.3"), (0.2, 0, "0"), (-0.2, 0, "0"), (1234.5, 1, "+1,234.5")],
)
def test_a_difference_has_its_sign_where_it_is_not_nothing(value, digits, written):
    assert signed(value, digits) == written
