"""A selection survives the address, understands what people write, and never lets their words become SQL."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.i18n import translate
from icc_data.queries.ignored import ignored_in_words
from icc_data.queries.selection import (
    FACETS,
    SELECTION_PARAMS,
    Option,
    Options,
    Selection,
    filter_labels,
    read_selection,
)
from icc_data.queries.selection_words import choices

words = st.text(max_size=40).map(str.strip)
years = st.none() | st.integers(1850, 2100)


def selections(options: Options) -> st.SearchStrategy[Selection]:
    def build(
        q: str, span: tuple[int | None, int | None], meant: Any, flags: tuple[bool, ...], chosen: Any
    ) -> Selection:
        low, high = span if None in span else sorted(year or 0 for year in span)
        searched = read_selection({"q": [q]}, options)[0].q
        return Selection(
            q=searched,
            year_from=low,
            year_to=high,
            years=meant,
            include_undated=flags[0],
            ongoing_only=flags[1],
            include_bare=flags[2],
            include_said=flags[3],
            **chosen,
        )

    lists = {
        name: st.lists(st.sampled_from(options.values(name)), max_size=4, unique=True).map(tuple) for name in FACETS
    }
    flags = st.tuples(*[st.booleans()] * 4)
    meanings = st.sampled_from(["active", "started"])
    return st.builds(build, words, st.tuples(years, years), meanings, flags, st.fixed_dictionaries(lists))


def practices(connection: duckdb.DuckDBPyConnection, **choice: Any) -> set[str]:
    return set(queries.practices(connection, Selection(**choice), limit=10_000)["practice_id"])


def practices_with(connection: duckdb.DuckDBPyConnection, condition: str) -> list[str]:
    rows = connection.execute(f"SELECT practice_id FROM practice WHERE {condition}").fetchall()  # noqa: S608
    return [practice_id for (practice_id,) in rows]


@given(data=st.data())
def test_a_selection_comes_back_from_its_address(atlas_options: Options, data: st.DataObject):
    selection = data.draw(selections(atlas_options))
    assert read_selection(selection.to_params(), atlas_options) == (selection, [])


def test_the_empty_selection_has_an_empty_address(atlas_options: Options):
    assert Selection().to_params() == {}
    assert read_selection({}, atlas_options) == (Selection(), [])


def test_an_address_has_no_other_parameters_than_those_declared(atlas_options: Options):
    everything = {name: atlas_options.values(name)[:1] for name in FACETS}
    full = Selection(q="x", year_from=2010, year_to=2020, years="started", include_undated=False, ongoing_only=True)
    full = replace(full, include_bare=False, include_said=False, **everything)
    assert set(full.to_params()) == SELECTION_PARAMS


@given(data=st.data())
def test_reading_an_address_never_raises_and_gives_only_values_that_exist(atlas_options: Options, data: st.DataObject):
    names = st.sampled_from(sorted(SELECTION_PARAMS)) | st.text(max_size=8)
    params = data.draw(st.dictionaries(names, st.lists(st.text(max_size=20), max_size=3), max_size=6))
    selection, _ = read_selection(params, atlas_options)
    for name in FACETS:
        assert set(selection.chosen(name)) <= set(atlas_options.values(name))
    assert read_selection(selection.to_params(), atlas_options) == (selection, [])


@given(data=st.data())
def test_each_value_of_a_facet_is_used_or_noted(atlas_options: Options, data: st.DataObject):
    name = data.draw(st.sampled_from(sorted(FACETS)))
    known = st.sampled_from(atlas_options.values(name))
    values = data.draw(st.lists(known | st.text(min_size=1, max_size=20), max_size=5, unique=True))
    selection, notes = read_selection({name: values}, atlas_options)
    understood = [atlas_options.find(name, value) for value in values]
    assert selection.chosen(name) == tuple(dict.fromkeys(value for value in understood if value))
    assert len(notes) == understood.count(None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("from", "last year"),
        ("to", "20199"),
        ("to", "1849"),
        ("undated", "perhaps"),
        ("ongoing", "1"),
        ("bare", "1"),
        ("said", "never"),
        ("city", "Atlantis"),
        ("documented_by", "hearsay"),
        ("q", "%%%"),
    ],
)
def test_what_cannot_be_used_is_left_out_and_said(atlas_options: Options, name: str, value: str):
    selection, notes = read_selection({name: [value]}, atlas_options)
    assert selection == Selection()
    assert len(notes) == 1
    assert (notes[0].name, notes[0].value) == (name, value)


def test_a_note_names_the_facet_in_words(atlas_options: Options):
    _, ignored = read_selection({"policy_area": ["astronomy"]}, atlas_options)
    assert translate("Policy area") in ignored_in_words(ignored, filter_labels())[0]


def test_years_that_run_backwards_are_left_out_and_said(atlas_options: Options):
    selection, (note,) = read_selection({"from": ["2020"], "to": ["2010"]}, atlas_options)
    assert selection == Selection()
    assert "2020" in note.sentence
    assert "2010" in note.sentence


def test_one_year_alone_is_a_span(atlas_options: Options):
    selection, notes = read_selection({"from": ["2015"], "to": ["2015"]}, atlas_options)
    assert (selection.year_from, selection.year_to, notes) == (2015, 2015, [])


def test_parameters_of_no_filter_are_passed_over(atlas_options: Options):
    assert read_selection({"page": ["map"], "embed": ["true"]}, atlas_options) == (Selection(), [])


@pytest.mark.parametrize(
    ("facet", "text", "value"),
    [
        ("country", "portugal", "portugal"),
        ("country", "PT", "portugal"),
        ("country", "pt", "portugal"),
        ("country", "United Kingdom", "united-kingdom"),
        ("city", "lisbon", "lisbon"),
        ("city", "LISBON", "lisbon"),
        ("city", "Lisboa", "lisbon"),
        ("city", "Reggio Emilia", "reggio-emilia"),
        ("city", "reggio-émilia", "reggio-emilia"),
        ("policy_area", "public_space", "public_space"),
        ("policy_area", "public space", "public_space"),
        ("policy_area", "Espace public", "public_space"),
        ("policy_area", "education", "education"),
        ("policy_area", "ÉDUCATION", "education"),
        ("theme", "Personnes agees", "older_people"),
        ("documented_by", "Council of Europe page", "programme"),
    ],
)
def test_a_value_is_found_by_its_identifier_name_or_code(atlas_options: Options, facet: str, text: str, value: str):
    selection, notes = read_selection({facet: [text]}, atlas_options)
    assert (selection.chosen(facet), notes) == ((value,), [])


@pytest.mark.parametrize(
    ("facet", "text", "value"),
    [
        ("country", "Espagne", "spain"),
        ("country", "Norwegen", "norway"),
        ("country", "Reino Unido", "united-kingdom"),
        ("city", "Cracovie", "krakow"),
        ("city", "Genf", "geneva"),
        ("city", "Ginevra", "geneva"),
    ],
)
def test_a_place_is_found_by_its_name_in_another_language(atlas_options: Options, facet: str, text: str, value: str):
    assert atlas_options.find(facet, text) == value
    assert read_selection({facet: [text]}, atlas_options) == (Selection(**{facet: (value,)}), [])


@pytest.mark.parametrize(
    ("facet", "text"), [("city", "Łódź"), ("city", "Rome"), ("theme", "Espagne"), ("country", "Genf")]
)
def test_a_place_elsewhere_is_none_of_the_network(atlas_options: Options, facet: str, text: str):
    assert atlas_options.find(facet, text) is None


def test_every_label_finds_its_own_value(atlas_options: Options):
    for facet, options in atlas_options.by_facet.items():
        for option in options:
            assert atlas_options.find(facet, option.label.upper()) == option.value, option
            assert atlas_options.find(facet, option.value) == option.value, option


def test_an_identifier_means_itself_although_another_value_is_called_so():
    options = Options({"city": (Option("cork-county", "Cork"), Option("cork", "Cork city"))})
    assert options.find("city", "cork") == "cork"


def test_a_value_given_twice_counts_once(atlas_options: Options):
    assert read_selection({"city": ["lisbon", "Lisboa"]}, atlas_options)[0].city == ("lisbon",)


def test_an_unknown_value_is_shown_as_it_stands(atlas_options: Options):
    assert atlas_options.label("city", "atlantis") == "atlantis"


def test_values_are_put_in_and_taken_out():
    selection = Selection(q="x").with_values("city", ["cork", "turin", "cork"])
    assert selection.city == ("cork", "turin")
    assert selection.without("city", "cork") == Selection(q="x", city=("turin",))
    assert selection.without("city", "atlantis") == selection


@pytest.mark.parametrize("q", ["a" * 199 + " b", "a" * 5000, " a ", "a\x00b"])
def test_words_that_had_to_be_trimmed_come_back_from_their_address(atlas_options: Options, q: str):
    selection, _ = read_selection({"q": [q]}, atlas_options)
    assert 0 < len(selection.q) <= 200
    assert read_selection(selection.to_params(), atlas_options)[0] == selection


def test_a_misspelt_value_is_answered_with_the_nearest_ones(atlas_options: Options):
    assert read_selection({"country": ["Spane"]}, atlas_options)[1][0].sentence.endswith("Did you mean Spain?")
    assert "Did you mean" not in read_selection({"country": ["☃"]}, atlas_options)[1][0].sentence


def test_words_beyond_what_the_search_reads_are_said_to_be_left_out(atlas_options: Options):
    assert "first 200 characters" in read_selection({"q": ["welcome " * 30]}, atlas_options)[1][0].sentence
    many = " ".join(f"w{number}" for number in range(25))
    assert "first 20 different words" in read_selection({"q": [many]}, atlas_options)[1][0].sentence
    assert read_selection({"q": ["welcome"]}, atlas_options)[1] == []


def test_years_alone_are_left_out_where_that_is_asked(atlas: duckdb.DuckDBPyConnection):
    """Of the 459 practices 137 have a year text of four digits or a likewise lone year."""
    left = practices(atlas, include_bare=False)
    assert len(left) == 459 - 137
    assert not left & set(practices_with(atlas, r"when_text SIMILAR TO '\d{4}'"))


def test_what_is_only_said_to_go_on_is_not_active_later_where_that_is_asked(small_atlas: duckdb.DuckDBPyConnection):
    later: dict[str, Any] = {"year_from": 2021, "include_undated": False}
    assert practices(small_atlas, **later) == {"kitchen-of-languages"}
    assert practices(small_atlas, include_said=False, **later) == set()
    assert practices(small_atlas, include_said=False, year_from=2019, include_undated=False) == {"kitchen-of-languages"}


def test_a_choice_about_years_can_be_taken_back(atlas_options: Options):
    assert [left for _, left in choices(Selection(include_bare=False), atlas_options)] == [Selection()]
    assert [left for _, left in choices(Selection(include_said=False), atlas_options)] == [Selection()]


def test_what_is_said_means_nothing_for_practices_without_a_span_of_years():
    assert Selection(include_said=False).is_empty
    assert not Selection(include_bare=False).is_empty
    assert not Selection(include_said=False, year_from=2010).is_empty


def test_only_the_empty_selection_is_empty():
    assert Selection().is_empty
    assert not Selection(include_undated=False).is_empty


def test_country_city_and_network_alone_do_not_narrow_practices():
    assert not Selection(country=("spain",), city=("bilbao",), network=("reci",)).narrows_practices
    assert Selection(country=("spain",), theme=("sport",)).narrows_practices


@given(data=st.data())
def test_the_sql_is_the_same_whatever_the_values_are(atlas_options: Options, data: st.DataObject):
    facets = data.draw(st.lists(st.sampled_from(sorted(FACETS)), unique=True))
    texts = st.text(min_size=1, max_size=30)

    def choice(word: str) -> Selection:
        values: dict[str, Any] = {name: tuple(data.draw(st.lists(texts, min_size=1))) for name in facets}
        return Selection(q=word, **values)

    # A phrase or an excluded word asks another thing.
    words = st.text(st.characters(categories=["L", "N"]), max_size=30)
    one, other = choice("a" + data.draw(words)), choice("b" + data.draw(words))
    assert one.conditions()[0] == other.conditions()[0]
    assert one.city_conditions()[0] == other.city_conditions()[0]


@pytest.mark.parametrize(
    ("chosen", "years"),
    [
        ({}, (2002, 2026)),
        ({"year_from": 2010, "year_to": 2015}, (2010, 2015)),
        ({"year_from": 1990}, (1990, 2026)),
        ({"year_to": 2015}, (1991, 2015)),
        # Beyond the data there is nothing to show.
        ({"year_from": 1066, "year_to": 2100}, (1982, 2026)),
        ({"year_from": 2090}, (2026, 2026)),
        ({"year_to": 1066}, (1958, 1982)),
    ],
)
def test_an_axis_shows_the_chosen_years_within_the_data_or_the_last_25(chosen: dict[str, int], years: tuple[int, int]):
    assert Selection(**chosen).years_to_show(1982, 2026, 25) == years


def test_without_facets_words_and_years_stay():
    rest: dict[str, Any] = {"q": "school", "year_from": 2015, "include_undated": False, "ongoing_only": True}
    chosen: dict[str, Any] = dict.fromkeys(FACETS, ("x",))
    assert Selection(**chosen, **rest).without_facets() == Selection(**rest)


def test_each_choice_is_said_in_words_with_what_is_left_without_it(atlas_options: Options):
    selection = Selection(q="school", country=("spain", "norway"), include_undated=False, ongoing_only=True)
    assert choices(selection, atlas_options) == [
        ("“school”", Selection(country=("spain", "norway"), include_undated=False, ongoing_only=True)),
        ("Country: Spain", Selection(q="school", country=("norway",), include_undated=False, ongoing_only=True)),
        ("Country: Norway", Selection(q="school", country=("spain",), include_undated=False, ongoing_only=True)),
        ("Dated only", Selection(q="school", country=("spain", "norway"), ongoing_only=True)),
        ("Ongoing only", Selection(q="school", country=("spain", "norway"), include_undated=False)),
    ]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(2015, None, "Active since 2015"), (None, 2019, "Active until 2019"), (2015, 2019, "Active 2015–2019")],
)
def test_a_span_of_years_is_one_choice(atlas_options: Options, first: int | None, last: int | None, words: str):
    dated = Selection(include_undated=False)
    span = replace(dated, year_from=first, year_to=last)
    assert choices(span, atlas_options)[0] == (words, dated)
    undated = replace(span, include_undated=True)
    assert choices(undated, atlas_options) == [(f"{words} or undated", Selection())]
    started = replace(span, years="started")
    assert choices(started, atlas_options)[0][0] == words.replace("Active", "Started")


@given(data=st.data())
def test_a_selection_without_all_its_choices_is_empty(atlas_options: Options, data: st.DataObject):
    selection = data.draw(selections(atlas_options))
    while found := choices(selection, atlas_options):
        selection = found[0][1]
    assert selection.is_empty
