"""Tables in CSV, Excel and JSON become records, however their columns stand, and refusals say where and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.errors import AtlasError
from icc_data.formula import neutral
from icc_data.incoming.readers.table import delimiter, header_problems, open_table, table_name
from icc_data.model.columns import columns_of
from icc_data.model.records import TABLES, Practice, row_of
from tests.helpers.examples import in_one_folder
from tests.helpers.tables import DATA, FORMATS, read, read_text, the_practice, the_problem, write


@pytest.mark.parametrize("form", FORMATS)
@in_one_folder(12)
@given(data=st.data())
def test_any_practice_that_is_written_is_read_back_as_it_was(tmp_path: Path, form: str, data: st.DataObject):
    practices = data.draw(st.lists(st.sampled_from(DATA.practices), min_size=1, max_size=9, unique=True))
    columns = data.draw(st.permutations([column.name for column in columns_of(Practice)]))
    rows = [{name: row_of(practice)[name] for name in columns} for practice in practices]
    result = read(write(tmp_path, form, rows))
    assert result.problems == ()
    assert [item.record for item in result.accepted] == practices


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("table", ["cities", "index_scores", "index_reports"])
def test_the_other_tables_are_read_back_as_they_were(tmp_path: Path, form: str, table: str):
    records = [item.record for item in DATA.accepted[table]][:40]
    result = read(write(tmp_path, form, [row_of(record) for record in records]))
    assert result.problems == ()
    assert [item.record for item in result.accepted] == records


@pytest.mark.parametrize("name", ["Lisbon", "lisbon", "LISBOA", "Lisboa", "Lisbon, Portugal"])
def test_a_city_may_be_given_by_name(tmp_path: Path, name: str):
    result = read_text(tmp_path, f'title,city_ids,countries\nA kitchen,"{name}",Portugal\n')
    assert the_practice(result).city_ids == ("lisbon",)


def test_several_cities_may_be_given_by_name_and_identifier(tmp_path: Path):
    result = read_text(tmp_path, "title,city_ids,countries\nA kitchen,Lisboa; bilbao; Lisbon,Portugal; Spain\n")
    assert the_practice(result).city_ids == ("lisbon", "bilbao")


def test_a_country_may_be_given_in_another_language(tmp_path: Path):
    result = read_text(tmp_path, "title,countries\nA kitchen,Portogallo; Espagne\n")
    assert the_practice(result).countries == ("Portugal", "Spain")


def test_terms_may_be_given_by_label(tmp_path: Path):
    result = read_text(tmp_path, "title,policy_areas,themes\nA kitchen,Public space; Éducation,SPORT\n")
    assert the_practice(result).policy_areas == ("public_space", "education")
    assert the_practice(result).themes == ("sport",)


def test_a_practice_without_identifier_gets_one_from_its_title(tmp_path: Path):
    result = read_text(tmp_path, "title\nA kitchen of languages\nA Kitchen of Languages!\n")
    ids = [item.record.practice_id for item in result.accepted if isinstance(item.record, Practice)]
    assert ids == ["a-kitchen-of-languages", "a-kitchen-of-languages-2"]


@pytest.mark.parametrize("title", ["Вечір пісень", "…", ""])
def test_nobody_is_told_of_an_identifier_that_they_did_not_write(tmp_path: Path, title: str):
    result = read_text(tmp_path, f"title,url\n{title},https://a.org\n")
    assert [problem for problem in result.problems if problem.column == "practice_id"] == []


def test_the_years_that_were_read_stand_beside_the_text(tmp_path: Path):
    (item,) = read_text(tmp_path, "title,when_text\nA kitchen,Since 2019\n").accepted
    assert isinstance(item.record, Practice)
    assert item.record.when_source == "year field"
    shown = [item.fields[name] for name in ("when_text", "start_year", "end_year", "ongoing")]
    assert shown == ["Since 2019", 2019, None, True]


def test_an_unknown_city_is_refused_with_its_reason(tmp_path: Path):
    result = read_text(tmp_path, "title,city_ids\nA kitchen,Lisbon\nA garden,Atlantis\n")
    problem = the_problem(result)
    assert (problem.file, problem.line, problem.column, problem.value) == ("table.csv", 3, "city_ids", "Atlantis")
    assert "not a city of the network" in problem.reason
    assert len(result.accepted) == 1


def test_everything_that_is_wrong_with_a_row_is_said_at_once(tmp_path: Path):
    result = read_text(tmp_path, "title,city_ids,themes,url\n,Lisbon; Atlantis; Mu,Sporty,nowhere\n")
    assert [(problem.column, problem.value) for problem in result.problems] == [
        ("city_ids", "Atlantis"),
        ("city_ids", "Mu"),
        ("title", ""),
        ("themes", "Sporty"),
        ("url", "nowhere"),
    ]


def test_a_corrected_spelling_of_a_city_is_noted(tmp_path: Path):
    (item,) = read_text(tmp_path, "title,city_ids\nA kitchen,Lisbonn\n").accepted
    assert item.notes == ("“Lisbonn” read as Lisbon",)


def test_the_country_is_taken_from_the_cities_where_none_is_given(tmp_path: Path):
    result = read_text(tmp_path, "title,city_ids,countries\nA kitchen,Lisbon; Bilbao; Cascais,\n")
    assert the_practice(result).countries == ("Portugal", "Spain")


@pytest.mark.parametrize("title", ["=1+1", "-5", "@home", "'=1+1", "'quoted'"])
def test_the_apostrophe_that_keeps_a_formula_from_running_is_taken_away_again(tmp_path: Path, title: str):
    assert the_practice(read_text(tmp_path, f"title\n{neutral(title)}\n")).title == title


def test_an_unknown_city_of_an_index_result_is_named_by_its_own_column(tmp_path: Path):
    problem = the_problem(read_text(tmp_path, "city_id,year,policy_area\nAtlantis,2020,overall\n"))
    assert (problem.column, problem.value) == ("city_id", "Atlantis")


@pytest.mark.parametrize("form", FORMATS)
def test_a_row_without_a_title_is_refused(tmp_path: Path, form: str):
    result = read(write(tmp_path, form, [{"title": "A kitchen", "url": ""}, {"title": "", "url": "https://a.org"}]))
    assert {problem.column for problem in result.problems} >= {"title"}
    assert len(result.accepted) == 1
    assert result.rejected[0].row["url"] == "https://a.org"


def test_an_unknown_column_is_said_and_the_rows_are_read(tmp_path: Path):
    result = read_text(tmp_path, "title,mood\nA kitchen,glad\n")
    assert (the_problem(result).line, the_problem(result).column) == (1, "mood")
    assert len(result.accepted) == 1


@pytest.mark.parametrize(
    ("form", "line"), [(".csv", 3), (";csv", 3), (".tsv", 3), (".xlsx", 3), (".json", 2), (".jsonl", 2)]
)
def test_a_refusal_names_the_row(tmp_path: Path, form: str, line: int):
    problem = the_problem(read(write(tmp_path, form, [{"title": "A", "url": ""}, {"title": "B", "url": "nowhere"}])))
    assert (problem.line, problem.column, problem.value) == (line, "url", "nowhere")


def test_lines_count_line_breaks_inside_quotes_and_empty_lines(tmp_path: Path):
    problem = the_problem(read_text(tmp_path, 'title,url\n"A\nkitchen",\n\nB,nowhere\n'))
    assert problem.line == 5


def test_a_header_of_very_many_columns_is_an_error(tmp_path: Path):
    with pytest.raises(AtlasError, match="501 columns"):
        read_text(tmp_path, "title," + ",".join(f"c{n}" for n in range(500)) + "\nA\n")


def test_json_lines_count_empty_lines(tmp_path: Path):
    text = '{"title": "A"}\n\n{"title": "B", "url": "nowhere"}\n'
    assert the_problem(read_text(tmp_path, text, "table.jsonl")).line == 3


@pytest.mark.parametrize("mark", ["\u2028", "\x85"])
def test_json_lines_end_at_line_feeds_only(tmp_path: Path, mark: str):
    text = json.dumps({"title": f"A{mark}kitchen"}, ensure_ascii=False)
    assert len(read_text(tmp_path, text + "\n", "table.jsonl").accepted) == 1


def test_json_may_wrap_its_list_in_an_object(tmp_path: Path):
    result = read_text(tmp_path, '{"practices": [{"title": "A", "city_ids": ["lisbon", "bilbao"]}]}', "table.json")
    assert the_practice(result).city_ids == ("lisbon", "bilbao")


def test_a_json_entry_that_is_no_object_is_refused(tmp_path: Path):
    result = read_text(tmp_path, '[{"title": "A"}, "B"]', "table.json")
    assert (the_problem(result).line, len(result.accepted)) == (2, 1)


@pytest.mark.parametrize("text", ["", "\n", "mood,colour\nglad,blue\n", "A kitchen\n"])
def test_a_header_of_no_known_table_is_an_error(tmp_path: Path, text: str):
    with pytest.raises(AtlasError, match="has headings that do not say what the table holds") as caught:
        read_text(tmp_path, text)
    assert "practices: title; cities: city_id, name; index_scores: city_id, policy_area;" in caught.value.advice
    assert "Put such a first row above the rows" in caught.value.advice


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("table.json", '[\n{"title": "A"},\n{"title" "B"}\n]', "line 3, column 10"),
        ("table.json", "", "line 1"),
        ("table.jsonl", '{"title": "A"}\n{"title": "B"}\n{"title" "C"}\n', "line 3, column 10"),
    ],
)
def test_broken_json_is_an_error_that_says_where(tmp_path: Path, name: str, text: str, place: str):
    with pytest.raises(AtlasError) as caught:
        read_text(tmp_path, text, name)
    assert name in str(caught.value)
    assert place in str(caught.value)


@pytest.mark.parametrize("text", ["3", '"title"', "null", "[" * 5000])
def test_json_that_holds_no_records_is_an_error(tmp_path: Path, text: str):
    with pytest.raises(AtlasError, match=r"table\.json"):
        read_text(tmp_path, text, "table.json")


def test_an_exported_json_file_is_read_back(tmp_path: Path):
    row = {"title": "'=Equal signs", "city_ids": ["amadora"], "countries": ["Portugal"]}
    text = json.dumps({"about": {}, "columns": ["title", "city_ids", "countries"], "rows": [row]})
    (accepted,) = read_text(tmp_path, text, "table.json").accepted
    assert accepted.fields["title"] == "'=Equal signs"


@pytest.mark.parametrize("name", ["book.xlsx", "table.csv", "table.json"])
def test_a_file_that_is_not_there_is_an_error_that_names_it(tmp_path: Path, name: str):
    with pytest.raises(AtlasError, match=name):
        read(tmp_path / name)


def test_a_file_that_is_not_utf_8_is_an_error_with_its_line(tmp_path: Path):
    (tmp_path / "table.csv").write_bytes("title\nA\nCafé\n".encode("latin-1"))
    with pytest.raises(AtlasError, match="line 3"):
        open_table(tmp_path / "table.csv")


@pytest.mark.parametrize("table", list(TABLES))
def test_each_table_is_known_by_its_own_header(table: str):
    assert table_name(column.name for column in columns_of(TABLES[table])) == table


@pytest.mark.parametrize(
    ("header", "mark"),
    [
        ("title,city_ids", ","),
        ("title;city_ids", ";"),
        ("title\tcity_ids", "\t"),
        ('"title"; "city_ids"', ";"),
        ("title;city_ids,countries;themes", ";"),
        ("title", ","),
        ("Title *;City 1", ";"),
    ],
)
def test_a_header_is_cut_at_the_mark_that_gives_most_known_columns(header: str, mark: str):
    assert delimiter(header) == mark


def test_a_column_that_stands_twice_is_said_once_for_each_repetition():
    found = header_problems("new.csv", ("title", "url", "title", "title"), "practices")
    assert [(problem.line, problem.column, problem.reason) for problem in found] == [
        (1, "title", "stands twice in the header: keep one")
    ] * 2


def test_a_column_of_another_table_is_unknown():
    (problem,) = header_problems("new.csv", ("title", "score"), "practices")
    assert problem.value == "score"
    assert problem.reason.startswith("is no column of practices; expected: practice_id, title")
