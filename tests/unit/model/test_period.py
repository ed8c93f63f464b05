"""The years people write beside a good practice are read, and what cannot be read stays unknown."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from babel.dates import get_month_names
from hypothesis import given
from hypothesis import strategies as st

from icc_data.model.period import (
    FIRST_YEAR,
    LAST_YEAR,
    Period,
    begins_unread,
    is_unread,
    read_period,
    unread_words,
)
from icc_data.paths import DATA_DIRECTORY

ROOT = Path(__file__).parents[3]
DASHES = "-–—−‐‑‒―－"
LANGUAGES = ("en", "fr", "de", "es", "pt", "it")
# The year in which the published texts were seen.
SEEN = 2026
MONTHS = range(1, 13)

Reading = tuple[int | None, int | None, bool | None, str]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TABLE = _rows(ROOT / "tests/fixtures/periods.csv")
TEXTS = [row["text"] for row in TABLE]
# Words and marks of the grammar, without units of time, so that no year can come from a stated duration.
FRAGMENTS = """
    - – / . , ; & + ? … ... ( ) [ ] ' ~ € 1 7 06 12 13 19 25 31 45 000 384 1st 2nd 18
    1849 1850 1999 2000 2011 2018 2019 2020 2100 2101 9999 20189 2010s 1990's 2019x
    since from between until to and or not ongoing running onwards on before after created ended
    circa unknown each early May juin März Kleinstadt people phone in the depuis jusqu'en ab bis
    dal al desde hasta até em curso a à partir de
"""
soups = st.lists(st.tuples(st.sampled_from(FRAGMENTS.split()), st.sampled_from(["", " ", " "])), max_size=12).map(
    lambda parts: "".join(fragment + gap for fragment, gap in parts)
)
known_texts = st.sampled_from(TEXTS) | soups
any_texts = known_texts | st.text(max_size=60) | st.text(alphabet="0123456789-/., –'", max_size=30)
# Every word that stands in a year text of any language, and one of none.
WORDS = sorted(
    {word for row in _rows(ROOT / "tests/fixtures/year_texts.csv") for word in f"{row['text']} Oslo".split()}
)
years = st.integers(FIRST_YEAR, LAST_YEAR)


def _reading(text: str, seen: int = SEEN) -> Reading:
    period = read_period(text, seen)
    return period.start_year, period.end_year, period.ongoing, period.certainty


def _in_each(forms: Iterable[str], *years: int) -> dict[str, Reading]:
    """What years are read as in each of several forms."""
    return {form: _reading(form.format(*years), LAST_YEAR) for form in forms}


def test_each_text_is_read_as_a_person_reads_it() -> None:
    ongoing = {"true": True, "false": False, "": None}
    expected = {
        row["text"]: (
            row["form"],
            int(row["start_year"]) if row["start_year"] else None,
            int(row["end_year"]) if row["end_year"] else None,
            ongoing[row["ongoing"]],
            row["certainty"],
        )
        for row in TABLE
    }
    assert {text: (read_period(text, SEEN).form, *_reading(text)) for text in TEXTS} == expected


def test_table_holds_every_published_text() -> None:
    assert {row["when_text"] for row in _rows(DATA_DIRECTORY / "practices.csv")} <= set(TEXTS)


def test_table_holds_no_text_twice() -> None:
    assert len(set(TEXTS)) == len(TEXTS)


@given(any_texts)
def test_any_text_gives_a_period_that_keeps_it(text: str) -> None:
    assert read_period(text).text == text


@given(any_texts)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read_period(text) == read_period(text)


@given(any_texts)
def test_start_is_never_after_end(text: str) -> None:
    period = read_period(text)
    assert period.start_year is None or period.end_year is None or period.start_year <= period.end_year


@given(any_texts)
def test_years_stand_in_the_window(text: str) -> None:
    period = read_period(text)
    assert all(FIRST_YEAR <= year <= LAST_YEAR for year in (period.start_year, period.end_year) if year is not None)


@given(soups | st.text(alphabet="0123456789-/., –'", max_size=30))
def test_every_year_read_stands_in_the_text(text: str) -> None:
    period = read_period(text)
    numbers = re.findall("[0-9]+", text)
    whole = {int(number) for number in numbers if len(number) == 4}
    for year in (period.start_year, period.end_year):
        shortened = year is not None and any(str(year).endswith(n) for n in numbers if len(n) <= 2)
        assert year is None or year in whole or (shortened and (whole or "'" in text))


@given(any_texts)
def test_unknown_means_that_nothing_was_read(text: str) -> None:
    period = read_period(text)
    nothing = period.start_year is None and period.end_year is None and period.ongoing is None
    assert nothing == (period.certainty == "unknown")


@given(any_texts)
def test_text_with_unread_words_is_never_certain(text: str) -> None:
    assert not unread_words(text) or read_period(text).certainty != "certain"


@given(known_texts, st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_case_makes_no_difference(text: str, change: object) -> None:
    assert callable(change)
    assert _reading(change(text)) == _reading(text)


@given(any_texts, st.text(alphabet=" \t\n\u00a0\u2009\u3000", max_size=4))
def test_spaces_around_make_no_difference(text: str, space: str) -> None:
    assert _reading(space + text + space) == _reading(text)


@given(known_texts, st.sampled_from(["  ", "\t", "\n", "\u00a0", "\u202f", "\u3000 "]))
def test_kind_and_number_of_spaces_make_no_difference(text: str, space: str) -> None:
    assert _reading(text.replace(" ", space)) == _reading(text)


@given(known_texts, st.sampled_from(DASHES))
def test_kind_of_dash_makes_no_difference(text: str, dash: str) -> None:
    assert _reading(re.sub(f"[{DASHES}]", dash, text)) == _reading(text)


@given(known_texts)
def test_full_width_digits_make_no_difference(text: str) -> None:
    wide = text.translate({ord("0") + digit: chr(ord("０") + digit) for digit in range(10)})
    assert _reading(wide) == _reading(text)


RANGES = (
    "{}-{}", "{} – {}", "{} to {}", "from {} to {}", "between {} and {}", "from {} until {}", "de {} à {}",
    "entre {} et {}", "von {} bis {}", "zwischen {} und {}", "desde {} hasta {}", "entre {} y {}", "de {} a {}",
    "entre {} e {}", "dal {} al {}", "tra il {} e il {}", "01/{} - 12/{}", "May {} - June {}",
    "01.02.{} – 28.02.{}",
)  # fmt: skip


@given(first=years, second=years)
def test_range_gives_its_years_back(first: int, second: int) -> None:
    start, end = sorted((first, second))
    assert _in_each(RANGES, start, end) == dict.fromkeys(RANGES, (start, end, False, "certain"))


@given(years, years, st.sampled_from(["{}-{}", "{} to {}", "from {} to {}", "{}/{}"]))
def test_range_that_goes_backwards_is_unknown(first: int, second: int, form: str) -> None:
    end, start = sorted((first, second))
    if start != end:
        assert _reading(form.format(start, end)) == (None, None, None, "unknown")


OPEN_ENDS = (
    "since {}", "{}-", "{} onwards", "{} on", "ongoing since {}", "{} - present", "depuis {}",
    "à partir de {}", "{} à ce jour", "seit {}", "ab {}", "{} bis heute", "desde {}", "{} – actualidad",
    "a partir de {}", "{} até hoje", "dal {}", "{} ad oggi",
)  # fmt: skip


@given(year=years)
def test_open_end_is_ongoing(year: int) -> None:
    assert _in_each(OPEN_ENDS, year) == dict.fromkeys(OPEN_ENDS, (year, None, True, "certain"))


@given(year=years)
def test_stated_end_alone_has_no_start(year: int) -> None:
    forms = ("until {}", "jusqu'en {}", "bis {}", "hasta {}", "até {}", "fino al {}")
    assert _in_each(forms, year) == dict.fromkeys(forms, (None, year, False, "certain"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_month_of_each_language_is_a_date(language: str) -> None:
    months = [get_month_names(width, locale=language)[month] for width in ("wide", "abbreviated") for month in MONTHS]
    texts = [f"21 {name} 2018" for name in months]
    read = {text: (read_period(text).form, *_reading(text)) for text in texts}
    assert read == dict.fromkeys(texts, ("date", 2018, None, None, "likely"))


@given(st.integers(0, 9999).filter(lambda number: not FIRST_YEAR <= number <= LAST_YEAR))
def test_number_outside_the_window_is_no_year(number: int) -> None:
    assert read_period(f"{number:04}").certainty == "unknown"


@given(years, st.integers(0, 9))
def test_year_inside_a_longer_number_is_not_read(year: int, digit: int) -> None:
    assert read_period(f"{year}{digit}").certainty == "unknown"
    assert read_period(f"{digit}{year}").certainty == "unknown"


def test_very_long_text_is_read() -> None:
    assert read_period("2018, " * 2000).start_year == 2018
    assert read_period("9" * 10000).certainty == "unknown"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kleinstadt 2020", ["Kleinstadt"]),
        ("Saint-Étienne, 2019-2021", ["Saint", "Étienne"]),
        ("La Spezia since 2012", ["Spezia"]),
        ("A Coruña 2015", ["Coruña"]),
        ("Sète 2020", ["Sète"]),
        ("Three Oaks 2020", ["Three", "Oaks"]),
        ("A2019", ["A2019"]),
        ("2 000 people", ["people"]),
        ("phone 2019384", ["phone"]),
        ("From September 2014 to May 2015", []),
        ("depuis novembre 2017, pendant un an", []),
        ("1990s", []),
        ("27th June 2014", []),
        ("N/A", []),
        ("", []),
    ],
)
def test_unread_words_are_those_that_say_nothing_of_time(text: str, words: list[str]) -> None:
    assert unread_words(text) == words


def test_name_of_a_city_is_an_unread_word() -> None:
    names = [row["name"] for row in _rows(DATA_DIRECTORY / "cities.csv")]
    assert len(names) > 200
    assert [name for name in names if not unread_words(f"{name} 2020")] == []


@given(any_texts)
def test_unread_words_stand_in_the_text_in_order(text: str) -> None:
    position = 0
    for word in unread_words(text):
        position = text.index(word, position) + len(word)


@given(any_texts | st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
def test_whether_words_are_unread_is_told_without_reading_all_of_them(text: str) -> None:
    words = unread_words(text)
    assert is_unread(text) == bool(words)
    assert begins_unread(text) == (bool(words) and text.startswith(words[0]))


@given(known_texts, years, years)
def test_practice_is_active_only_from_its_start(text: str, year: int, as_of: int) -> None:
    period = read_period(text)
    if period.start_year is None or year < period.start_year:
        assert not period.active_in(year, as_of)


@given(years, years, years, years)
def test_closed_period_is_active_from_start_to_end(first: int, second: int, year: int, as_of: int) -> None:
    start, end = sorted((first, second))
    assert Period("", start, end, False, "certain", "span").active_in(year, as_of) == (start <= year <= end)


@given(years, years, years)
def test_ongoing_period_is_active_up_to_the_year_of_knowledge(start: int, year: int, as_of: int) -> None:
    assert Period("", start, None, True, "certain", "since").active_in(year, as_of) == (
        start <= year <= max(start, as_of)
    )


@given(years, years, years)
def test_ongoing_period_with_an_end_is_active_after_it(start: int, year: int, as_of: int) -> None:
    period = Period("", start, start, True, "certain", "span")
    assert period.active_in(year, as_of) == (year == start or start <= year <= as_of)


@given(ongoing=st.sampled_from([None, False]), start=years, year=years, as_of=years)
def test_start_alone_is_active_in_its_year_only(ongoing: bool | None, start: int, year: int, as_of: int) -> None:
    assert Period("", start, None, ongoing, "likely", "year").active_in(year, as_of) == (year == start)


@given(years)
def test_a_year_alone_is_a_likely_start_of_which_the_end_is_unknown(year: int) -> None:
    for text in (f"{year}", f"in {year}", f"({year})"):
        assert (read_period(text, SEEN).form, *_reading(text)) == ("year", year, None, None, "likely")


@given(year=years)
def test_a_founding_is_a_certain_start_of_which_the_end_is_unknown(year: int) -> None:
    forms = ("created in {}", "set up {}", "launched {}", "gegründet {}", "mis en place en {}", "first edition in {}")
    assert _in_each(forms, year) == dict.fromkeys(forms, (year, None, None, "certain"))
    assert {read_period(form.format(year)).form for form in forms} == {"founded"}


@given(year=years)
def test_what_returns_every_year_goes_on_from_its_first(year: int) -> None:
    forms = ("annual, first edition {}", "every year since {}", "since {}, annually")
    assert _in_each(forms, year) == dict.fromkeys(forms, (year, None, True, "certain"))
    assert {read_period(form.format(year)).form for form in forms} == {"recurring"}


@given(any_texts)
def test_the_form_says_what_is_known_of_the_years(text: str) -> None:
    period = read_period(text)
    has = (period.start_year is not None, period.end_year is not None, period.ongoing)
    assert (
        has
        in {
            "span": {(True, True, False), (True, True, True)},
            "since": {(True, False, True)},
            "until": {(False, True, False), (False, True, True)},
            "founded": {(True, False, None)},
            "date": {(True, False, None)},
            "year": {(True, False, None)},
            "recurring": {(True, False, True), (False, False, True)},
            "ongoing": {(False, False, True)},
            "unread": {(False, False, None)},
        }[period.form]
    )


@given(any_texts)
def test_a_year_or_date_is_never_certain(text: str) -> None:
    period = read_period(text)
    assert period.form not in ("year", "date") or period.certainty == "likely"


@given(own=years, other=years)
def test_the_year_of_an_evaluation_is_not_that_of_the_practice(own: int, other: int) -> None:
    labels = ("evaluation", "Assessment:", "report", "rapport", "bilan", "informe")
    assert {label: read_period(f"{label} {other}").form for label in labels} == dict.fromkeys(labels, "unread")
    beside = {label: _reading(f"since {own} ({label} {other})")[:3] for label in labels}
    assert beside == dict.fromkeys(labels, (own, None, True))


@given(own=years, first=years, second=years)
def test_the_years_of_a_plan_are_those_of_the_practice_only_where_there_are_no_others(
    own: int, first: int, second: int
) -> None:
    start, end = sorted((first, second))
    assert _reading(f"since {own}; action plan {start}-{end}") == (own, None, True, "likely")
    if start < end:
        assert _reading(f"action plan {start}-{end}", LAST_YEAR) == (start, end, False, "likely")


@given(known_texts, years)
def test_what_is_said_reaches_beyond_what_is_known_only_where_it_goes_on(text: str, as_of: int) -> None:
    period = read_period(text)
    known_until, said_until = period.known_until, period.said_until(as_of)
    if known_until is None or said_until is None:
        assert period.start_year is None
    else:
        assert said_until >= known_until
        assert said_until == known_until or (period.ongoing is True and said_until == as_of)
