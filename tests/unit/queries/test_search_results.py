"""The search stands every text, reads words for the right ones, and gives the best answer first."""

from __future__ import annotations

import re
from typing import Any

import duckdb
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.queries.search_box import COMMON_WORDS
from icc_data.queries.selection import Selection
from icc_data.queries.statements import statement
from icc_data.text import fold
from tests.helpers.examples import examples
from tests.helpers.executed import executed
from tests.helpers.typed import typed_texts

Connection = duckdb.DuckDBPyConnection
some = examples(8)


def found(connection: Connection, q: str, **choice: Any) -> set[str]:
    return set(queries.result_ids(connection, Selection(q=q, **choice)))


def reading(connection: Connection, q: str) -> dict[str, tuple[str | None, list[str]]]:
    frame = queries.search_reading(connection, Selection(q=q))
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return {row["typed"]: (row["kind"], [] if row["words"] is None else list(row["words"])) for row in rows}


@some
@given(text=typed_texts)
@example("'; DROP TABLE practice; --")
@example("x' OR '1'='1")
@example('-"public space"')
@example("the of and")
@example("a" * 200)
@example(" ".join(f"w{n}" for n in range(40)))
@example("%")
@example("_______")
@example("\\")
@example("$city {practices} {match}")
def test_no_text_breaks_the_search(small_atlas: Connection, text: str):
    selection = Selection(q=text)
    ids = queries.result_ids(small_atlas, selection)
    assert len(ids) == len(set(ids)) == queries.practice_count(small_atlas, selection)
    queries.search_reading(small_atlas, selection)
    queries.suggestions(small_atlas, selection.search.words)


def test_every_word_of_the_practices_is_one_that_the_search_knows(atlas: Connection):
    sql = "SELECT word FROM search_word WHERE term NOT IN (SELECT term FROM fts_main_practice_text.dict)"
    assert atlas.execute(sql).fetchall() == []


@examples(25)
@given(data=st.data())
def test_a_practice_is_found_by_each_word_of_its_texts(atlas: Connection, data: st.DataObject):
    texts = atlas.execute(
        "SELECT practice_id, concat_ws(' ', practice_text.title, practice_text.summary, place, labels) "
        "FROM practice_text JOIN practice USING (practice) ORDER BY practice"
    ).fetchall()
    practice_id, text = data.draw(st.sampled_from(texts))
    word = data.draw(st.sampled_from([word for word in text.split() if word != "/"]))
    assert practice_id in found(atlas, word), word


def test_a_number_is_a_word(atlas: Connection):
    titles = queries.search(atlas, Selection(q="covid 19"), limit=None)["title"].tolist()
    assert titles[0] == "Covid-19 practice"
    assert queries.search_reading(atlas, Selection(q="covid 19"))["needed"].max() == 2


@pytest.mark.parametrize(
    ("typed", "city"),
    [("Λεμεσός", "limassol"), ("안산시", "ansan"), ("浜松", "hamamatsu"), ("Луцьк", "lutsk"), ("חיפה", "haifa")],
)
def test_a_city_is_found_by_its_name_in_its_own_script(atlas: Connection, typed: str, city: str):
    there = set(queries.practices(atlas, Selection(city=(city,)), limit=None)["practice_id"])
    assert there
    assert there <= found(atlas, typed)


@pytest.mark.parametrize(
    ("typed", "meant"), [("Lisbone", "lisbon"), ("Botkyrca", "botkyrka"), ("Hamamatzu", "hamamatsu"), ("Oslu", "oslo")]
)
def test_a_typo_in_the_name_of_a_city_still_finds_it(atlas: Connection, typed: str, meant: str):
    there = set(queries.practices(atlas, Selection(city=(meant,)), limit=None)["practice_id"])
    assert there
    assert there <= found(atlas, typed)


def test_a_misspelt_word_is_said_with_what_it_was_read_as(small_atlas: Connection):
    assert reading(small_atlas, "drumz homework") == {
        "drumz": ("similar", ["drums"]),
        "homework": ("itself", ["homework"]),
    }


def test_a_number_is_never_read_as_another_one(small_atlas: Connection):
    assert reading(small_atlas, "1918") == {"1918": (None, [])}


@pytest.mark.parametrize("year", [2012, 2015, 2019])
def test_a_year_finds_the_practices_that_started_in_it_and_those_that_name_it(atlas: Connection, year: int):
    sql = (
        "SELECT practice_id FROM practice JOIN practice_text USING (practice) WHERE start_year = $year "
        "OR regexp_matches(concat_ws(' ', practice_text.title, practice_text.summary, place, labels), $word)"
    )
    there = {practice_id for (practice_id,) in atlas.execute(sql, {"year": year, "word": rf"\b{year}\b"}).fetchall()}
    assert there
    assert found(atlas, str(year)) == there
    assert reading(atlas, str(year))[str(year)][0] == "year"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("women's", "women"),
        ("city’s", "city"),
        ("l'intégration", "intégration"),
        ("color", "colour"),
        ("neighborhood", "neighbourhood"),
        ("organize", "organise"),
        ("programs", "programmes"),
        ("traveling", "travelling"),
        ("labor", "labour"),
    ],
)
def test_a_word_is_found_however_it_is_spelt(atlas: Connection, typed: str, plain: str):
    assert found(atlas, plain)
    assert found(atlas, typed) == found(atlas, plain)


@pytest.mark.parametrize(
    ("typed", "city"),
    [
        ("Genf", "geneva"),
        ("Ginevra", "geneva"),
        ("Cracovie", "krakow"),
        ("Lissabon", "lisbon"),
        ("Barcelone", "barcelona"),
    ],
)
def test_a_city_is_found_by_its_name_in_another_language(atlas: Connection, typed: str, city: str):
    there = set(queries.practices(atlas, Selection(city=(city,)), limit=None)["practice_id"])
    assert there
    assert there <= found(atlas, typed)
    assert reading(atlas, typed)[typed.lower()][0] == "exonym"


@pytest.mark.parametrize(("typed", "country"), [("Norwegen", "norway"), ("Reino Unido", "united-kingdom")])
def test_a_country_is_found_by_its_name_in_another_language(atlas: Connection, typed: str, country: str):
    there = set(queries.practices(atlas, Selection(country=(country,)), limit=None)["practice_id"])
    assert there
    assert there <= found(atlas, typed)


@pytest.mark.parametrize("typed", ["Łódź", "Rome", "Iran"])
def test_the_name_of_another_place_is_never_read_as_something_else(atlas: Connection, typed: str):
    assert found(atlas, typed) == set()
    assert [kind for kind, _ in reading(atlas, typed).values()] == ["untouched"]


@pytest.mark.parametrize(
    ("typed", "never"),
    [
        ("profiling", "providing"),
        ("minors", "minorities"),
        ("authors", "authorities"),
        ("poster", "foster"),
        ("work", "network"),
    ],
)
def test_a_word_is_never_read_as_one_of_another_meaning(atlas: Connection, typed: str, never: str):
    assert never not in reading(atlas, typed)[typed][1]


def test_a_word_in_quotation_marks_is_not_corrected(atlas: Connection):
    assert found(atlas, "housng")
    assert found(atlas, '"housng"') == set()


def test_a_short_word_is_not_corrected(small_atlas: Connection):
    assert reading(small_atlas, "clu drx") == {"clu": ("part", ["club"]), "drx": (None, [])}


def test_a_word_with_its_equivalent_is_read_as_itself(small_atlas: Connection):
    kind, words = reading(small_atlas, "cuisine")["cuisine"]
    assert kind == "equivalent"
    assert "cooking" in words
    assert found(small_atlas, "cuisine") == {"kitchen-of-languages"}


def test_a_french_word_of_the_field_finds_the_english_practices(atlas: Connection):
    assert found(atlas, "refugees") <= found(atlas, "réfugiés")


def test_a_country_is_found_by_its_french_name(atlas: Connection):
    there = set(queries.practices(atlas, Selection(country=("norway",)), limit=None)["practice_id"])
    assert there
    assert there <= found(atlas, "Norvège")


@pytest.mark.parametrize("q", ["public space", "anti rumour", "city of", "for the"])
def test_a_quoted_phrase_stands_in_every_practice_found_and_every_practice_with_it_is_found(atlas: Connection, q: str):
    sql = (
        "SELECT practice_id FROM practice JOIN practice_text USING (practice) WHERE contains("
        "' ' || concat_ws(' / ', practice_text.title, practice_text.summary, place, labels) || ' ', ' ' || ? || ' ')"
    )
    holding = {practice_id for (practice_id,) in atlas.execute(sql, [q]).fetchall()}
    assert found(atlas, f'"{q}"') == holding
    assert holding


@pytest.mark.parametrize("question", [queries.search, queries.practices])
def test_a_phrase_is_looked_for_in_the_texts_of_what_holds_its_words_alone(atlas: Connection, question: Any):
    holding = queries.practice_count(atlas, Selection(q="young people"))
    text, rows = statement(question, atlas, Selection(q='"young people"'), limit=None)
    through = [step.into for step in executed(atlas, text) if step.name == "FILTER" and "summary" in step.about]
    assert through == [holding]
    assert 0 < len(rows) <= holding < queries.practice_count(atlas, Selection()) / 2


def test_a_phrase_does_not_reach_from_one_text_into_the_next(small_atlas: Connection):
    assert found(small_atlas, '"kitchen of languages"') == {"kitchen-of-languages"}
    assert found(small_atlas, '"languages uma cozinha"') == set()


@pytest.mark.parametrize("word", ["school", "youth", "rumour", "norway"])
def test_an_excluded_word_is_in_no_practice_found_and_nothing_else_is_left_out(atlas: Connection, word: str):
    sql = (
        "SELECT practice_id FROM practice JOIN practice_text USING (practice) WHERE list_contains(list_transform("
        "string_split(concat_ws(' ', practice_text.title, practice_text.summary, place, labels), ' '), "
        "lambda w: stem(w, 'english')), stem(?, 'english'))"
    )
    holding = {practice_id for (practice_id,) in atlas.execute(sql, [word]).fetchall()}
    everything = found(atlas, "")
    assert 0 < len(holding) < len(everything)
    assert found(atlas, f"-{word}") == everything - holding


def test_an_excluded_word_leaves_practices_that_have_only_its_equivalent(atlas: Connection):
    everything = found(atlas, "")
    assert found(atlas, "école") & found(atlas, "school")
    assert found(atlas, "-école") == everything


def test_an_excluded_phrase_leaves_practices_with_only_its_words(small_atlas: Connection):
    everything = found(small_atlas, "")
    assert everything - found(small_atlas, '-"old women"') == {"greek"}
    assert found(small_atlas, '-"women old"') == everything


@examples(20)
@given(data=st.data())
def test_an_excluded_phrase_is_in_no_practice_found_and_nothing_else_is_left_out(
    atlas: Connection, data: st.DataObject
):
    rows = atlas.execute(
        "SELECT practice_id, concat_ws(' / ', text.title, text.summary, place, labels) "
        "FROM practice JOIN practice_text AS text USING (practice)"
    ).fetchall()
    words = data.draw(st.sampled_from(rows))[1].split()
    first = data.draw(st.integers(0, len(words) - 2))
    phrase = " ".join(words[first : first + data.draw(st.integers(2, 3))])
    assume("/" not in phrase)
    holding = {practice_id for practice_id, text in rows if f" {phrase} " in f" {text} "}
    assert found(atlas, f'-"{phrase}"') == found(atlas, "") - holding


def test_words_and_exclusions_go_together(small_atlas: Connection):
    assert found(small_atlas, "lisbon -square") == {"kitchen-of-languages"}
    assert found(small_atlas, "lisbon -lisbon") == set()


def test_practices_with_every_word_are_not_mixed_with_others(small_atlas: Connection):
    assert found(small_atlas, "lisbon square") == {"drums-on-the-square"}


def test_where_no_practice_has_every_word_those_with_half_of_them_are_given(small_atlas: Connection):
    assert found(small_atlas, "homework square") == {"homework-club", "drums-on-the-square"}
    frame = queries.search_reading(small_atlas, Selection(q="homework square"))
    assert set(frame["needed"]) == {1}
    assert set(frame["holding_all"]) == {0}


@some
@given(
    words=st.lists(
        st.sampled_from(["school", "youth", "rumour", "2019", "oslo", "qqqq", "sport"]), min_size=1, unique=True
    )
)
def test_every_practice_found_holds_as_many_words_as_are_said_to_be_needed(atlas: Connection, words: list[str]):
    selection = Selection(q=" ".join(words))
    results = queries.search(atlas, selection, limit=None)
    needed = queries.search_reading(atlas, selection)["needed"].max()
    assert results.empty or needed <= results["words_held"].min()
    assert len(found(atlas, selection.q)) <= len(found(atlas, ""))


def test_the_best_answer_has_the_word_in_its_title(small_atlas: Connection):
    assert queries.result_ids(small_atlas, Selection(q="languages"))[0] == "kitchen-of-languages"


@pytest.mark.parametrize("q", ["school", "rumour lisbon", "women work health sport", "Lisbone", '"public space" art'])
def test_results_come_with_falling_positive_scores(atlas: Connection, q: str):
    scores = queries.search(atlas, Selection(q=q), limit=None)["score"].tolist()
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0


def test_scores_are_whole_billionths_so_that_the_order_of_adding_up_changes_none(atlas: Connection):
    scores = queries.search(atlas, Selection(q="young people language courses"), limit=None)["score"]
    assert [round(score * 1e9) / 1e9 for score in scores] == scores.tolist()


@pytest.mark.parametrize("q", ["school", "rumour youth", "women work health sport"])
def test_a_filter_takes_practices_away_and_leaves_the_order_of_the_others(atlas: Connection, q: str):
    everywhere = queries.result_ids(atlas, Selection(q=q))
    there = queries.result_ids(atlas, Selection(q=q, country=("spain",)))
    assert there
    assert there == [practice_id for practice_id in everywhere if practice_id in set(there)]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "title", "city"])
@pytest.mark.parametrize("q", ["", "school", "-school"])
def test_the_identifiers_of_all_results_come_in_the_order_of_the_pages_of_results(
    atlas: Connection, q: str, sort: queries.Sort
):
    selection = Selection(q=q)
    ids = queries.result_ids(atlas, selection, sort)
    pages = [
        queries.search(atlas, selection, limit=50, offset=offset, sort=sort)["practice_id"].tolist()
        for offset in range(0, len(ids) + 50, 50)
    ]
    assert [practice_id for page in pages for practice_id in page] == ids


def test_each_order_puts_what_is_unknown_last(atlas: Connection):
    frame = queries.search(atlas, Selection(q="city"), limit=None, sort="oldest")
    years = frame["start_year"].dropna().tolist()
    assert years == sorted(years)
    assert frame["start_year"].isna().tolist() == sorted(frame["start_year"].isna())
    by_city = [name == "" for name in queries.search(atlas, Selection(), limit=None, sort="city")["city_names"]]
    assert by_city == sorted(by_city)


def test_titles_are_ordered_by_their_letters_whatever_their_case_and_accents(atlas: Connection):
    titles = queries.search(atlas, Selection(), limit=None, sort="title")["title"]
    first = [fold(title)[0] for title in titles if title[0].isalpha()]
    assert first == sorted(first)


def test_without_words_there_are_no_scores_and_the_newest_come_first(atlas: Connection):
    frame = queries.search(atlas, Selection(), limit=None)
    assert frame["score"].isna().all()
    assert frame["practice_id"].tolist() == queries.practices(atlas, Selection(), limit=None)["practice_id"].tolist()


@pytest.mark.parametrize(
    ("typed", "word"),
    [("quadrature", "square"), ("homwork", "homework"), ("lisbnoa", "lisbon"), ("mediatrs", "mediators")],
)
def test_words_that_look_alike_are_suggested(small_atlas: Connection, typed: str, word: str):
    suggested = queries.suggestions(small_atlas, [typed]).get(typed, [])
    assert (word in suggested) == (typed != "quadrature")
    assert len(suggested) <= 3


def test_nothing_is_suggested_for_a_word_like_no_other(small_atlas: Connection):
    assert queries.suggestions(small_atlas, ["zzzzqqq", "drumss"]) == {"drumss": ["drums"]}


def test_words_without_meaning_do_not_make_practices_alike(atlas: Connection):
    shared = set()
    for practice_id in queries.result_ids(atlas, Selection())[::23]:
        for words in queries.similar(atlas, practice_id, limit=20)["words"].dropna():
            shared |= set(words)
    assert shared
    assert not shared & COMMON_WORDS
    assert not [word for word in shared if re.search("[0-9]", word)]
