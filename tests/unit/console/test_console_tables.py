"""What the SQL page says of the tables, and the questions that it offers."""

from __future__ import annotations

import re

import duckdb
import pytest

from icc_data import queries
from icc_data.analysis.uncertainty import wilson
from icc_data.console.catalogue import CODED, Table, diagram, relations, tables, unlinked
from icc_data.console.examples import Example, examples
from icc_data.console.execution import Console, State
from icc_data.console.guard import Guard, Question
from icc_data.paths import ROOT
from icc_data.queries.selection import Selection
from icc_data.queries.statements import statement


@pytest.fixture(scope="module")
def found(atlas: duckdb.DuckDBPyConnection) -> tuple[Table, ...]:
    return tables(atlas.cursor())


def test_every_table_of_the_database_is_listed_with_its_number_of_rows(
    found: tuple[Table, ...], atlas: duckdb.DuckDBPyConnection
):
    names = {name for (name,) in atlas.execute("SHOW TABLES").fetchall()}
    assert {table.name for table in found} == names
    for table in found:
        assert atlas.table(table.name).count("*").fetchone() == (table.rows,), table.name


def test_every_table_and_column_has_a_description(found: tuple[Table, ...]):
    bare = [table.name for table in found if not table.description]
    bare += [f"{table.name}.{column.name}" for table in found for column in table.columns if not column.description]
    assert bare == []


def test_a_description_is_a_sentence_of_its_own(found: tuple[Table, ...]):
    texts = [table.description for table in found] + [c.description for table in found for c in table.columns]
    assert [text for text in texts if text and not text.endswith((".", '"group".'))] == []


def test_columns_stand_in_their_order_with_duckdbs_types(found: tuple[Table, ...], atlas: duckdb.DuckDBPyConnection):
    for table in found:
        described = atlas.execute(f'DESCRIBE "{table.name}"').fetchall()
        assert [(column.name, column.type) for column in table.columns] == [row[:2] for row in described]


def test_every_relation_joins_columns_that_exist(found: tuple[Table, ...]):
    columns = {(table.name, column.name) for table in found for column in table.columns}
    for relation in relations(found):
        assert {(relation.table, column) for column in relation.columns} <= columns
        assert {(relation.target, column) for column in relation.target_columns} <= columns


def test_every_column_that_holds_a_bare_code_is_known_to_do_so(found: tuple[Table, ...]):
    assert {(r.table, r.columns[0]) for r in relations(found) if r.vocabulary} == set(CODED)


def test_no_row_refers_to_one_that_does_not_exist(found: tuple[Table, ...], atlas: duckdb.DuckDBPyConnection):
    for relation in relations(found):
        ends = zip(relation.columns, relation.target_columns[-len(relation.columns) :], strict=True)
        same = " AND ".join(f'one."{column}" = other."{target}"' for column, target in ends)
        if relation.vocabulary:
            same += f" AND other.vocabulary = '{relation.vocabulary}'"
        # The Index has an overall result beside those of its policy areas.
        lost = f"FROM {relation.table} AS one ANTI JOIN {relation.target} AS other ON {same}"
        lost += f""" WHERE one."{relation.columns[0]}"::VARCHAR <> 'overall'"""
        assert atlas.execute(lost).fetchall() == [], relation


def test_practices_cities_countries_and_terms_are_referred_to(found: tuple[Table, ...]):
    assert {relation.target for relation in relations(found)} == {"practice", "city", "country", "term"}


def test_the_diagram_draws_every_table_that_refers_to_another_and_every_relation_once(found: tuple[Table, ...]):
    drawn = diagram(found)
    boxes = set(re.findall(r"^    (\w+) \{$", drawn, re.MULTILINE))
    lines = re.findall(r"^    (\w+) \|\|--o[{|] (\w+) : ", drawn, re.MULTILINE)
    assert boxes == {table.name for table in found} - {table.name for table in unlinked(found)}
    assert sorted(lines) == sorted((relation.target, relation.table) for relation in relations(found))


def test_the_diagram_shows_keys_only(found: tuple[Table, ...]):
    assert "practice PK" in diagram(found)
    assert "title" not in diagram(found)


def test_a_table_without_a_key_or_reference_stands_alone():
    assert unlinked([Table("notes", "", 0, ())]) == (Table("notes", "", 0, ()),)


def test_there_is_an_example_for_every_file_and_a_file_for_every_example():
    assert {example.name for example in examples()} == {
        path.stem for path in (ROOT / "icc_data/console/sql/examples").glob("*.sql")
    }
    assert len(examples()) >= 10


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_an_example_is_a_question_that_the_data_answers(console: Console, example: Example):
    done = console.ask(example.sql)
    assert done.wait(60)
    assert done.state is State.DONE, done.answer
    assert done.result is not None
    assert done.result.rows > 0
    assert example.title.endswith("?")
    assert len(example.sql) < 1_500


def test_the_example_of_undated_practices_counts_every_practice_once(console: Console):
    sql = next(example.sql for example in examples() if example.name == "undated_by_source")
    done = console.ask(sql)
    assert done.wait(60)
    assert done.result is not None
    frame = done.result.frame()
    assert frame["practices"].sum() == 459
    undated = frame["without_year_text"] + frame["without_start"]
    assert (undated / frame["practices"]).tolist() == pytest.approx(frame["share_undated"].tolist())
    low, high = wilson(undated, frame["practices"])
    assert frame["share_undated_low"].tolist() == pytest.approx(low.tolist(), abs=1e-4)
    assert frame["share_undated_high"].tolist() == pytest.approx(high.tolist(), abs=1e-4)


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(q="young refugees", country=("spain", "italy"), year_from=2010, include_undated=False),
        Selection(policy_area=("education",), ongoing_only=True),
    ],
)
def test_the_sql_behind_the_other_pages_may_be_asked_here(atlas: duckdb.DuckDBPyConnection, selection: Selection):
    guard = Guard(atlas.cursor())
    asked = [
        (queries.practices, {"limit": None}),
        (queries.search, {"limit": 20}),
        (queries.overview, {}),
        (queries.cities, {}),
        (queries.commitments, {}),
        (queries.growth, {}),
        (queries.spans, {"limit": 40}),
    ]
    for question, options in asked:
        sql, _rows = statement(question, atlas.cursor(), selection, **options)
        assert isinstance(guard.read(sql), Question), question
