"""What the SQL page asks of the database, and what it refuses."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.console.guard import TABLE_FUNCTIONS, Guard, Refusal, allowed_functions

QUESTIONS = [
    "SELECT 1",
    "select title from practice where start_year > 2015;",
    "-- a remark\n/* and another */ SELECT 1",
    "FROM practice",
    "TABLE city",
    "VALUES (1), (2)",
    "WITH a AS (SELECT 1 AS x) SELECT x FROM a",
    "WITH RECURSIVE a AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM a WHERE i < 9) FROM a",
    "DESCRIBE practice",
    "SHOW practice",
    "SUMMARIZE practice",
    "SELECT * FROM (SUMMARIZE practice)",
    "SHOW TABLES",
    "EXPLAIN SELECT 1",
    "-- a remark\nEXPLAIN ANALYZE SELECT count(*) FROM practice",
    "PIVOT practice ON certainty IN ('certain', 'likely') USING count(*)",
    "UNPIVOT practice ON start_year, end_year INTO NAME which VALUE year",
    "SELECT * FROM range(10), unnest([1, 2])",
    "SELECT random(), now(), current_date, uuid()",
    "SELECT main.practice.title FROM main.practice",
    "SELECT fts_main_practice_text.match_bm25(practice, 'youth') FROM practice",
    "SELECT term FROM fts_main_practice_text.dict",
    "SELECT 'COPY', 'read_csv(x)', \"name\" FROM city",
    "SELECT avg(start_year), median(start_year), stddev(start_year), corr(start_year, end_year) FROM practice",
    "SELECT string_agg(title, '; ' ORDER BY title), list(DISTINCT certainty), mode(form) FROM practice GROUP BY ALL",
    "SELECT strftime(accessed, '%Y'), date_diff('day', accessed, today()), date_trunc('month', accessed) FROM practice",
    "SELECT regexp_extract(url, '[a-z]+'), split_part(url, '/', 3), strip_accents(title), left(title, 3) FROM practice",
    "SELECT rank() OVER (ORDER BY start_year), lag(title) OVER w FROM practice WINDOW w AS (ORDER BY start_year)",
    "SELECT list_filter(evidence_urls, lambda u: u LIKE 'http%'), len(evidence_urls), evidence_urls[1] FROM practice",
    "SELECT levenshtein(a.name, b.name), jaccard(a.name, b.name), c.x FROM city a, city b, (SELECT 1 x) c",
    "SELECT nullif(summary, ''), coalesce(summary, '–'), greatest(1, 2), round(1.5), if(ongoing, 1, 0) FROM practice",
    "SELECT json_extract('{}', '$.a'), to_json(city), format('{} of {}', 1, 2), printf('%d', 1) FROM city",
]

STATEMENTS = {
    "COPY practice TO 'x.csv'": "COPY",
    "copy (SELECT 1) to 'x.csv'": "COPY",
    "EXPORT DATABASE 'x'": "EXPORT",
    "IMPORT DATABASE 'x'": "IMPORT",
    "ATTACH 'x.duckdb'": "ATTACH",
    "DETACH atlas": "DETACH",
    "USE memory": "USE",
    "INSTALL httpfs": "INSTALL",
    "LOAD httpfs": "LOAD",
    "SET threads = 8": "SET",
    "RESET threads": "RESET",
    "SET VARIABLE a = 1": "SET",
    "PRAGMA database_list": "PRAGMA",
    "PRAGMA threads = 8": "PRAGMA",
    "CALL pragma_database_list()": "CALL",
    "CREATE TABLE x (y INTEGER)": "CREATE",
    "CREATE TEMP MACRO f() AS 1": "CREATE",
    "INSERT INTO meta VALUES ('a', 'b')": "INSERT",
    "UPDATE practice SET title = 'x'": "UPDATE",
    "DELETE FROM practice": "DELETE",
    "DROP TABLE practice": "DROP",
    "ALTER TABLE practice ADD COLUMN x INTEGER": "ALTER",
    "COMMENT ON TABLE practice IS 'x'": "COMMENT",
    "PREPARE x AS SELECT 1": "PREPARE",
    "EXECUTE x": "EXECUTE",
    "BEGIN": "BEGIN",
    "CHECKPOINT": "CHECKPOINT",
    "VACUUM": "VACUUM",
    "EXPLAIN COPY practice TO 'x.csv'": "EXPLAIN",
    "-- SELECT\nDROP TABLE practice": "DROP",
    "": "",
    "-- only a remark": "",
}

# One barred function in every place where SQL takes an expression.
BARRED = "current_setting('threads')"
PLACES = """
SELECT {}
SELECT 1 WHERE {}='1'
SELECT 1 ORDER BY {}
SELECT 1 LIMIT {}::int
SELECT 1 OFFSET {}::int
SELECT 1 LIMIT ({}::int)%
SELECT count(*) GROUP BY {}
SELECT 1 GROUP BY ROLLUP({})
SELECT 1 GROUP BY GROUPING SETS (({}))
SELECT count(*) HAVING {}='1'
SELECT 1 QUALIFY row_number() OVER ()={}::int
SELECT row_number() OVER (PARTITION BY {})
SELECT row_number() OVER (ORDER BY {})
SELECT sum(1) OVER (ROWS BETWEEN {}::int PRECEDING AND CURRENT ROW)
SELECT sum(1) OVER w FROM range(1) WINDOW w AS (ORDER BY {})
SELECT lag(1, 1, {}) OVER ()
SELECT sum(practice) FILTER ({}='1') FROM practice
SELECT list(practice ORDER BY {}) FROM practice
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY {})
SELECT DISTINCT ON ({}) 1
SELECT count(DISTINCT {})
VALUES ({})
SELECT (SELECT {})
SELECT EXISTS (SELECT {})
SELECT 1 IN (SELECT {})
SELECT {} = ANY (SELECT '1')
SELECT ARRAY(SELECT {})
SELECT CASE WHEN {}='1' THEN 1 END
SELECT CASE {} WHEN '1' THEN 1 END
SELECT [{}]
SELECT struct_pack(a := {})
SELECT row({})
SELECT list_transform([1], lambda x: {})
SELECT [{} for x in [1]]
SELECT {}::int
SELECT TRY_CAST({} AS int)
SELECT {}[1:2]
SELECT [1, 2][{}::int]
SELECT {} COLLATE nocase
SELECT {} BETWEEN '1' AND '2'
SELECT {} IS NULL
SELECT INTERVAL ({}::int) DAY
SELECT EXTRACT(year FROM {}::date)
SELECT {} AT TIME ZONE 'UTC'
SELECT * FROM range({}::int)
SELECT * FROM range(1) t(i) JOIN range(2) u(i) ON t.i::varchar={}
SELECT * FROM range(1), LATERAL (SELECT {})
SELECT * FROM practice POSITIONAL JOIN (SELECT {})
SELECT * FROM practice ASOF JOIN city ON practice.practice >= {}::int
WITH a AS MATERIALIZED (SELECT {}) FROM a
WITH RECURSIVE a AS (SELECT 1 UNION ALL SELECT {}::int FROM a) FROM a
WITH RECURSIVE a(x, y) USING KEY (x) AS (SELECT 1, 'a' UNION (SELECT 2, {} FROM a)) FROM a
SELECT 1 UNION SELECT {}
SELECT * REPLACE ({} AS practice) FROM practice
SELECT COLUMNS(c -> c = {}) FROM practice
PIVOT practice ON certainty IN ('certain') USING max({})
PIVOT (SELECT *, {} AS z FROM practice) ON certainty IN ('certain') USING count(*)
UNPIVOT (SELECT {} AS a, '2' AS b) ON a, b
DESCRIBE SELECT {}
SUMMARIZE SELECT {}
FROM (DESCRIBE SELECT {})
EXPLAIN SELECT {}
EXPLAIN ANALYZE SELECT {}
FROM practice SELECT {}
SELECT x: {}
SELECT * FROM practice AT (VERSION => {})
""".strip().splitlines()

SPELLINGS = [
    "SELECT \"current_setting\"('threads')",
    "SELECT CURRENT_Setting('threads')",
    "SELECT main.current_setting('threads')",
    "SELECT system.main.current_setting('threads')",
    "SELECT ('threads').current_setting()",
    "SELECT current_setting/* a remark */('threads')",
]

TALKATIVE = [
    "FROM duckdb_settings()",
    'SELECT * FROM "DuckDB_Settings"()',
    "FROM duckdb_databases()",
    "FROM duckdb_secrets()",
    "FROM duckdb_temporary_files()",
    "FROM duckdb_extensions()",
    "FROM duckdb_logs()",
    "FROM pragma_database_size()",
    "FROM query('FROM duckdb_settings()')",
    "FROM query_table('duckdb_databases')",
    "FROM histogram(pragma_database_list, file)",
    "FROM json_execute_serialized_sql('{}')",
    "SELECT json_serialize_plan('SELECT current_setting(''temp_directory'')')",
    "FROM read_csv('/etc/passwd')",
    "FROM read_text('/etc/passwd')",
    "FROM parquet_metadata('x')",
    "FROM sniff_csv('x')",
    "FROM glob('/*')",
    "FROM seq_scan('practice')",
    "SELECT getenv('HOME')",
    "SELECT current_database()",
    "SELECT current_query()",
    "SELECT write_log('x')",
    "SELECT pg_sleep(4)",
    "SELECT sleep_ms(4000)",
    "SELECT nextval('x')",
]


SCRAPS = [
    *("SELECT", "FROM", "WITH", "AS", "COPY", "EXPLAIN", "practice", "x", "1", "*", "(", ")", ","),
    *("'", '"', ";", "--", "/*", "*/", "\n"),
]


@pytest.fixture(scope="module")
def guard(atlas: duckdb.DuckDBPyConnection) -> Guard:
    return Guard(atlas.cursor())


def refusal_of(guard: Guard, sql: str) -> Refusal | None:
    reading = guard.read(sql)
    return reading if isinstance(reading, Refusal) else None


def refusals(guard: Guard, texts: Iterable[str]) -> dict[str, tuple[str, str] | None]:
    """Why each text is refused, and for which word; None where it may be asked."""
    read = {sql: refusal_of(guard, sql) for sql in texts}
    return {sql: (refusal.reason, refusal.what) if refusal else None for sql, refusal in read.items()}


def test_a_question_about_the_tables_may_be_asked(guard: Guard):
    assert refusals(guard, QUESTIONS) == dict.fromkeys(QUESTIONS)


def test_what_is_no_question_is_refused_by_its_first_word(guard: Guard):
    assert refusals(guard, STATEMENTS) == {sql: ("statement", word) for sql, word in STATEMENTS.items()}


def test_a_barred_function_is_found_wherever_it_stands(guard: Guard):
    texts = [place.format(BARRED) for place in PLACES]
    assert refusals(guard, texts) == dict.fromkeys(texts, ("function", "current_setting"))


def test_a_barred_function_is_found_however_it_is_written(guard: Guard):
    assert refusals(guard, SPELLINGS) == dict.fromkeys(SPELLINGS, ("function", "current_setting"))


def test_a_function_that_reads_files_runs_other_sql_or_tells_of_the_server_is_refused(guard: Guard):
    reasons = {sql: refusal and refusal[0] for sql, refusal in refusals(guard, TALKATIVE).items()}
    assert reasons == dict.fromkeys(TALKATIVE, "function")


def test_of_all_table_functions_only_those_that_make_rows_of_their_arguments_may_be_used(
    guard: Guard, atlas: duckdb.DuckDBPyConnection
):
    kinds = {"table", "table_macro", "pragma"}
    names = atlas.execute("SELECT function_name, function_type FROM duckdb_functions()").fetchall()
    found = {name for name, kind in names if kind in kinds}
    assert {name for name in found if refusal_of(guard, f'FROM "{name}"()') is None} == TABLE_FUNCTIONS & found


@pytest.mark.parametrize(
    "table",
    [
        "duckdb_databases",
        "DUCKDB_Tables",
        '"pragma_database_list"',
        "sqlite_master",
        "information_schema.tables",
        "pg_catalog.pg_class",
        "pg_class",
        "system.main.duckdb_views",
        "other.main.practice",
    ],
)
def test_the_tables_of_the_system_are_refused(guard: Guard, table: str):
    refusal = refusal_of(guard, f"FROM {table}")
    assert refusal is not None
    assert refusal.reason == "table"


@pytest.mark.parametrize("file", ["/etc/passwd", "x.csv", "http://localhost/x.parquet", "a.db", "~/x.json", "a b"])
def test_a_file_or_address_in_the_place_of_a_table_is_refused(guard: Guard, file: str):
    refusal = refusal_of(guard, f"FROM '{file}'")
    assert refusal is not None
    assert (refusal.reason, refusal.what) == ("file", file)


def test_a_kind_of_node_that_is_not_known_is_refused(guard: Guard):
    assert guard._read_node({"class": "NEW_CLASS", "type": "NEW_KIND"}) == ("other", "NEW KIND")
    assert guard._read_node({"type": "NEW_REF", "alias": ""}) == ("other", "NEW REF")


def test_every_function_that_is_allowed_exists_and_is_none_that_duckdb_calls_volatile_but_chance(
    atlas: duckdb.DuckDBPyConnection,
):
    kinds = atlas.execute("SELECT lower(function_name), stability FROM duckdb_functions()").fetchall()
    assert allowed_functions() <= {name for name, _ in kinds}
    volatile = {name for name, stability in kinds if stability == "VOLATILE"} & allowed_functions()
    assert volatile == {"error", "gen_random_uuid", "random", "uuid", "uuidv4", "uuidv7"}


def test_a_name_given_with_with_may_not_hide_a_table_of_the_system(guard: Guard):
    sql = "WITH a AS (FROM duckdb_databases), duckdb_databases AS (SELECT 1) FROM a"
    refusal = refusal_of(guard, sql)
    assert refusal is not None
    assert refusal.reason == "table"


def test_a_misspelt_table_is_left_to_duckdb_which_knows_what_was_meant(guard: Guard, atlas: duckdb.DuckDBPyConnection):
    assert refusal_of(guard, "SELECT * FROM practise") is None
    with pytest.raises(duckdb.CatalogException, match='Did you mean "practice"'):
        atlas.cursor().execute("SELECT * FROM practise")


def test_two_questions_at_once_are_refused(guard: Guard):
    refusal = refusal_of(guard, "SELECT 1; DROP TABLE practice")
    assert refusal is not None
    assert (refusal.reason, refusal.what) == ("several", "2")


@pytest.mark.parametrize("columns", ["certainty", "certainty, ongoing"])
def test_a_pivot_that_has_to_look_up_its_columns_is_refused_as_such(guard: Guard, columns: str):
    refusal = refusal_of(guard, f"PIVOT practice ON {columns} USING count(*)")
    assert refusal is not None
    assert refusal.reason == "pivot"


@pytest.mark.parametrize(("sql", "what"), [("SELECT ?", "?"), ("SELECT $year", "$year"), ("SELECT $1", "?")])
def test_a_place_to_fill_in_is_refused(guard: Guard, sql: str, what: str):
    refusal = refusal_of(guard, sql)
    assert refusal is not None
    assert (refusal.reason, refusal.what) == ("parameter", what)


@pytest.mark.parametrize("listing", ["DATABASES", "ALL TABLES"])
def test_only_the_tables_may_be_listed(guard: Guard, listing: str):
    refusal = refusal_of(guard, f"SHOW {listing}")
    assert refusal is not None
    assert refusal.reason == "listing"


def test_a_refusal_says_at_which_byte_it_saw_its_word(guard: Guard):
    sql = "-- é\nEXPLAIN SELECT 'é', current_setting('threads')"
    refusal = refusal_of(guard, sql)
    assert refusal is not None
    assert refusal.position == len(sql[: sql.index("current")].encode())


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error_of_the_guard_itself(guard: Guard, text: str):
    with contextlib.suppress(duckdb.Error):
        guard.read(text)


@given(st.lists(st.sampled_from(SCRAPS)))
def test_scraps_of_sql_are_read_without_an_error_of_the_guard_itself(guard: Guard, scraps: list[str]):
    with contextlib.suppress(duckdb.Error):
        guard.read(" ".join(scraps))
