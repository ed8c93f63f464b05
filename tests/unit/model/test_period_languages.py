"""Year texts in the languages of the network: what each lexicon has, and what no text in any language makes up."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from babel.dates import get_month_names
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.year_texts import cases
from icc_data.model import period_lexicon
from icc_data.model.period import read_period, unread_words
from icc_data.model.period_lexicon import KINDS, LEXICONS, PLACE_MEANINGS, languages
from tests.unit.model.test_period import SEEN, years
from tools import calendar_names

CASES = cases()
# The languages of the network, and what a reader of any of them must at least have words for.
NETWORK = set(
    "en fr es pt it de nl sv no da fi is pl cs uk ru ro hr sr el tr lt hu ca eu ja ko zh ar he".split()  # noqa: SIM905
)
NEEDED = {"ongoing", "every year", "part of a year", "ended", "begun", "not", "and"}
SURENESS = ("unknown", "likely", "certain")
# One of each in every script; none of them is a word of time in any language.
UNKNOWN_WORDS = ("Kleinstadt", "zzyx", "жжы", "ξψω", "鰻", "뷁", "ظظغ", "צצק")
texts = st.sampled_from(sorted({case.text for case in CASES}))
LEXICON_ROWS = {
    path.stem: list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) for path in LEXICONS.glob("*.csv")
}
words = st.sampled_from(
    sorted({word.strip(" -") for rows in LEXICON_ROWS.values() for row in rows for word in row["words"].split(";")})
)


def _years_in(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"\d+", text)}


def test_nothing_is_wrong_and_certain() -> None:
    assert [case.text for case in CASES if case.outcome == "wrong and certain"] == []


def test_no_more_than_two_of_a_hundred_texts_are_read_wrong() -> None:
    assert sum(case.outcome == "wrong" for case in CASES) <= 0.02 * len(CASES)


def test_nineteen_of_twenty_texts_are_read_right() -> None:
    assert sum(case.outcome == "right" for case in CASES) >= 0.95 * len(CASES)


def test_every_language_of_the_network_has_cases_and_a_lexicon() -> None:
    assert {case.language for case in CASES} >= NETWORK
    assert set(languages()) >= NETWORK


def test_every_lexicon_of_the_network_has_the_words_that_are_needed() -> None:
    missing = {
        code: sorted(NEEDED - {row["meaning"] for row in rows})
        for code, rows in LEXICON_ROWS.items()
        if code in NETWORK and not {row["meaning"] for row in rows} >= NEEDED
    }
    assert missing == {}


def test_no_lexicon_has_a_word_twice() -> None:
    twice = {
        code: [word for word, times in Counter(_words(rows)).items() if times > 1]
        for code, rows in LEXICON_ROWS.items()
    }
    assert {code: doubled for code, doubled in twice.items() if doubled} == {}


def _words(rows: list[dict[str, str]]) -> list[str]:
    times = [row["words"] for row in rows if row["meaning"] not in PLACE_MEANINGS]
    return [word.strip().casefold() for words in times for word in words.split(";")]


def test_a_meaning_that_there_is_not_is_named_with_those_that_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code in languages():
        (tmp_path / f"{code}.csv").write_text("meaning,words\nsince,since\n", encoding="utf-8")
    (tmp_path / "fr.csv").write_text("meaning,words\nsometime,un jour\n", encoding="utf-8")
    monkeypatch.setattr(period_lexicon, "LEXICONS", tmp_path)
    with pytest.raises(ValueError, match=r"fr\.csv: no meaning is called “sometime”; there are since"):
        period_lexicon.vocabulary()


def test_the_meanings_are_told_apart_by_one_character() -> None:
    assert {len(kind) for kind in KINDS.values()} == {1}


def test_the_list_of_months_and_days_is_what_the_tool_makes_of_cldr_today() -> None:
    with period_lexicon.CALENDAR.open(encoding="utf-8", newline="") as file:
        listed = [(row["language"], int(row["month"]), row["names"]) for row in csv.DictReader(file)]
    assert listed == list(calendar_names.rows())


def test_a_month_of_each_language_is_one() -> None:
    numbered = {"ja", "ko", "zh"}
    locales = {code: {"no": "nb"}.get(code, code) for code in NETWORK - numbered}
    names = {
        f"21 {name} 2018"
        for locale in locales.values()
        for context in ("format", "stand-alone")
        for name in get_month_names("wide", context, locale).values()
    }
    read = {text: (read_period(text, SEEN).start_year, read_period(text, SEEN).form) for text in names}
    assert {text: years for text, years in read.items() if years != (2018, "date")} == {}


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2018 a 2020", (2018, 2020, False, "likely")),  # to in Spanish, and in Czech: the years are the same
        ("2018 en 2019", (2018, 2019, False, "certain")),  # Dutch and, as a bare in would leave two years unlinked
        ("fra 2015", (2015, None, True, "certain")),  # Danish from, as Italian between needs two dates
        ("fra il 2015 e il 2018", (2015, 2018, False, "certain")),
        ("før 2018", (None, 2018, False, "likely")),  # before, by its letter
        ("for 2018", (2018, None, None, "likely")),
    ],
)
def test_a_word_of_two_languages_is_read_in_the_one_that_understands_the_text(
    text: str, period: tuple[int | None, int | None, bool | None, str]
) -> None:
    read = read_period(text, SEEN)
    assert (read.start_year, read.end_year, read.ongoing, read.certainty) == period


@pytest.mark.parametrize("text", ["Niš 2018", "Sète 2018", "Nis, 2018 Mersin"])
def test_an_accent_that_is_no_part_of_a_word_makes_another_one(text: str) -> None:
    assert unread_words(text)


@given(texts)
def test_no_text_of_any_language_gives_a_year_that_does_not_stand_in_it(text: str) -> None:
    period = read_period(text, SEEN)
    numbers = _years_in(text)
    completed = {year for year in (period.start_year, period.end_year) if year and year % 100 in numbers}
    era = re.search("令和|平成|昭和", text)
    assert {period.start_year, period.end_year} - {None} <= numbers | completed or era


@given(words, words, years, st.sampled_from(["{0} {2} {1}", "{0} {1} {2}", "{2} {0} {1}", "{0} {2}, {1} {2}"]))
def test_words_of_all_languages_thrown_together_make_no_year_up(first: str, second: str, year: int, form: str) -> None:
    text = form.format(first, second, year)
    period = read_period(text, SEEN)
    assert {period.start_year, period.end_year} - {None} <= {year, *_years_in(text)} or re.search(
        "令和|平成|昭和", text
    )


@given(words, words)
def test_words_without_a_number_give_no_year(first: str, second: str) -> None:
    text = re.sub(r"\d", "", f"{first} {second}")
    period = read_period(text, SEEN)
    assert (period.start_year, period.end_year) in {(None, None), (2019, None), (1989, None), (1926, None)}
    assert period.start_year is None or "元" in text


@given(texts, st.sampled_from(UNKNOWN_WORDS), st.booleans())
def test_an_unknown_word_never_makes_a_reading_surer(text: str, word: str, before: bool) -> None:
    longer = f"{word} {text}" if before else f"{text} {word}"
    assert SURENESS.index(read_period(longer, SEEN).certainty) <= SURENESS.index(read_period(text, SEEN).certainty)


@given(years, st.sampled_from(UNKNOWN_WORDS), st.booleans())
def test_beside_an_unknown_word_a_lone_year_has_no_end_and_is_not_said_to_go_on(
    year: int, word: str, before: bool
) -> None:
    period = read_period(f"{word} {year}" if before else f"{year} {word}", SEEN)
    assert (period.start_year, period.end_year, period.ongoing, period.certainty) == (year, None, None, "likely")


@given(years, st.sampled_from(["Jahrhundert", "century", "siècle", "siglo", "secolo", "wiek"]), st.integers(15, 21))
def test_a_century_is_no_year(year: int, word: str, century: int) -> None:
    assert read_period(f"{century} {word}").form == "unread"
    assert read_period(f"{century}. {word}").form == "unread"


@given(st.integers(1, 5), st.sampled_from([("令和", 2018), ("平成", 1988), ("昭和", 1925)]))
def test_a_year_of_a_japanese_era_is_counted_from_its_first(number: int, era: tuple[str, int]) -> None:
    name, before = era
    assert read_period(f"{name}{number}年", SEEN).start_year == before + number


@pytest.mark.parametrize("text", ["พ.ศ. 2561", "2561 BE", "1440 AH", "1440 هـ", "民國107年", "תשע״ח", "H30", "R2"])
def test_a_year_of_a_calendar_that_is_not_read_is_left_unread(text: str) -> None:
    assert read_period(text, SEEN).form == "unread"


def test_digits_of_every_script_are_read() -> None:
    read = {
        digits: read_period(digits, SEEN).end_year
        for digits in ("2015-2018", "٢٠١٥-٢٠١٨", "２０１５－２０１８", "२०१५-२०१८")
    }
    assert set(read.values()) == {2018}
