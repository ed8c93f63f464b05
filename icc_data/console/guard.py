"""What may be asked: one question about the tables of the atlas, and nothing about the server.

DuckDB itself bars files, the network, settings and writing (``database.lock_down``). What is left to bar are
questions that only look harmless: where the database lies, how the server is set up, what else it does. So everything
that a question is made of has to be among what is allowed: the kind of statement, of every node of the syntax tree
that DuckDB makes of it, every function (``functions.txt``) and every table.

What is run is what was read: the statement that DuckDB parsed from the very text whose tree was looked through. No
rule here depends on where a comment or a space ends, which DuckDB alone knows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import duckdb

Reason = Literal[
    "character", "several", "statement", "pivot", "parameter", "function", "table", "file", "listing", "nested", "other"
]
Node = Mapping[str, Any]

TABLE_FUNCTIONS = frozenset({"generate_series", "json_each", "json_tree", "range", "repeat", "repeat_row", "unnest"})
_EXPRESSIONS = frozenset(
    [
        "BETWEEN",
        "CASE",
        "CAST",
        "COLLATE",
        "COLUMN_REF",
        "COMPARISON",
        "CONJUNCTION",
        "CONSTANT",
        "DEFAULT",
        "FUNCTION",
        "LAMBDA",
        "LAMBDA_REF",
        "OPERATOR",
        "POSITIONAL_REFERENCE",
        "STAR",
        "SUBQUERY",
        "WINDOW",
    ]
)
_NODES = frozenset(
    [
        "SELECT_NODE",
        "SET_OPERATION_NODE",
        "RECURSIVE_CTE_NODE",
        "CTE_NODE",
        "BASE_TABLE",
        "EMPTY",
        "EXPRESSION_LIST",
        "JOIN",
        "PIVOT",
        "SHOW_REF",
        "SUBQUERY",
        "TABLE_FUNCTION",
        "DISTINCT_MODIFIER",
        "LIMIT_MODIFIER",
        "LIMIT_PERCENT_MODIFIER",
        "ORDER_MODIFIER",
        "ORDER_DEFAULT",
        "ASCENDING",
        "DESCENDING",
    ]
)
# DuckDB's own command line has it.
_ELSEWHERE = {"getenv"}
# Of a type in a CAST: no more than its name and its parts.
_TYPE_FACTS = "_TYPE_INFO"
_EXPLAIN = re.compile(r"(?:\s|--[^\r\n]*|/\*.*?\*/)*explain(?P<run>\s+analyze)?(?=[\s(])", re.IGNORECASE | re.DOTALL)
_WORD_FIRST = re.compile(r"(?:\s|--[^\r\n]*|/\*.*?\*/)*(\w+)", re.DOTALL)
_NAME = re.compile(r"\w+")
_FTS_SCHEMA = "fts_main_"
# What the build adds to DuckDB's functions: macros that compute from their arguments alone.
_OWN_FUNCTIONS = frozenset({"kept_apart", "search_term"})


@dataclass(frozen=True)
class Refusal:
    """Why something is not asked.

    Attributes:
        reason: what kind of thing it is.
        what: the word at which it was seen: a statement, a function, a table, a file.
        position: bytes before it in the text; None where it is the whole.
    """

    reason: Reason
    what: str = ""
    position: int | None = None


@dataclass(frozen=True)
class Question:
    """What may be run.

    Attributes:
        statement: as DuckDB parsed it.
        only_reads: whether it is a plain SELECT, after which nothing is different; an EXPLAIN is none.
    """

    statement: duckdb.Statement
    only_reads: bool


def allowed_functions() -> frozenset[str]:
    """The names, in small letters, of the functions that a question may use."""
    lines = (Path(__file__).with_name("functions.txt")).read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("# ") for name in line.split())


class Guard:
    """Reads a text before it is asked.

    Args:
        connection: to the database, locked down.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        every = connection.execute("SELECT DISTINCT lower(function_name) FROM duckdb_functions()").fetchall()
        self._barred = {name for (name,) in every} - allowed_functions() - TABLE_FUNCTIONS - _OWN_FUNCTIONS | _ELSEWHERE
        (self._database,) = connection.execute("SELECT lower(current_database())").fetchone() or ("",)
        own = connection.execute(
            "SELECT lower(schema_name), lower(table_name) FROM duckdb_tables() "
            "WHERE database_name = current_database() "
            "UNION ALL SELECT lower(schema_name), lower(view_name) FROM duckdb_views() "
            "WHERE database_name = current_database() AND NOT internal"
        )
        self._own = set(own.fetchall())
        views = connection.execute(
            "SELECT lower(view_name) FROM duckdb_views() WHERE internal AND schema_name IN ('main', 'pg_catalog')"
        )
        self._system = {name for (name,) in views.fetchall()}

    def read(self, sql: str) -> Question | Refusal:
        """What to run of a text, or why it is not run.

        Raises:
            duckdb.Error: it is no SQL.
        """
        if refusal := _unreadable(sql):
            return refusal
        try:
            statements = self._connection.extract_statements(sql)
        except duckdb.PermissionException:
            # IMPORT DATABASE reads its files while it is being parsed.
            return Refusal("statement", _first_word(sql))
        if not statements:
            return Refusal("statement", "")
        kinds = [statement.type for statement in statements]
        # DuckDB makes a type of the values of each column that is to be spread.
        looked_up = len(kinds) > 1 and {*kinds[:-1]} == {duckdb.StatementType.CREATE}
        if looked_up and kinds[-1] == duckdb.StatementType.SELECT and _first_word(sql) != "CREATE":
            return Refusal("pivot", "PIVOT")
        if len(statements) > 1:
            return Refusal("several", str(len(statements)))
        for name in statements[0].named_parameters:
            return Refusal("parameter", "?" if name.isdecimal() else f"${name}")
        if kinds[0] == duckdb.StatementType.SELECT:
            return self._refused(sql) or Question(statements[0], only_reads=True)
        if kinds[0] == duckdb.StatementType.EXPLAIN:
            return self._read_explain(sql)
        return Refusal("statement", _first_word(sql))

    def _read_explain(self, sql: str) -> Question | Refusal:
        # DuckDB makes no tree of an EXPLAIN. What is explained is read without its first words, and run with words of
        # our own before it; they take as many bytes as its own, so that places stay where they are.
        words = _EXPLAIN.match(sql)
        if words is None:
            return Refusal("statement", _first_word(sql))
        before = len(sql[: words.end()].encode())
        explained = sql[words.end() :]
        if refusal := self._refused(explained, before):
            return refusal if refusal.reason != "statement" else Refusal("statement", "EXPLAIN")
        ours = "EXPLAIN ANALYZE" if words["run"] else "EXPLAIN"
        statements = self._connection.extract_statements(ours.ljust(before) + explained)
        if [statement.type for statement in statements] != [duckdb.StatementType.EXPLAIN]:
            return Refusal("statement", "EXPLAIN")
        return Question(statements[0], only_reads=False)

    def _refused(self, sql: str, before: int = 0) -> Refusal | None:
        # Not a parameter: to bind one, DuckDB loads pandas, half of a process's time to start and of its memory.
        text = sql.replace("'", "''")
        row = self._connection.execute(f"SELECT json_serialize_sql('{text}')").fetchone()
        try:
            answer: dict[str, Any] = json.loads(row[0]) if row else {"error": True}
        except RecursionError:
            return Refusal("nested")
        if answer["error"] or len(answer["statements"]) != 1:
            # A PRAGMA, or EXPLAIN of something that is no question.
            return Refusal("statement", _first_word(sql))
        nodes = list(_nodes(answer["statements"]))
        names = {entry["key"].lower() for node in nodes if "cte_map" in node for entry in node["cte_map"]["map"]}
        for name in names & self._system:
            return Refusal("table", name)
        for node in nodes:
            refused = self._read_node(node)
            if refused:
                return Refusal(*refused, _position(node, before))
        return None

    def _read_node(self, node: Node) -> tuple[Reason, str] | None:
        kind = node.get("type")
        if isinstance(kind, str) and not _is_allowed(node.get("class"), kind):
            return "other", kind.replace("_", " ")
        if kind == "TABLE_FUNCTION":
            name = str(node["function"].get("function_name", "")).lower()
            return None if name in TABLE_FUNCTIONS else ("function", name)
        if kind == "BASE_TABLE":
            return self._read_table(node)
        if kind == "SHOW_REF" and node["query"] is None and node["table_name"].strip('"').lower() != "tables":
            return "listing", node["table_name"].strip('"').lower()
        # A name that DuckDB does not have is left to DuckDB, which knows what may have been meant.
        name = str(node.get("function_name", "")).lower()
        return ("function", name) if name in self._barred else None

    def _read_table(self, node: Node) -> tuple[Reason, str] | None:
        name, schema, catalog = (node[part].lower() for part in ("table_name", "schema_name", "catalog_name"))
        full = ".".join(part for part in (catalog, schema, name) if part)
        if not _NAME.fullmatch(name):
            return "file", node["table_name"]
        if catalog not in ("", self._database):
            return "table", full
        if schema in ("", "main", self._database):
            # One that DuckDB does not have is a name given with WITH, or misspelt.
            return ("table", full) if ("main", name) not in self._own and name in self._system else None
        ours = schema.startswith(_FTS_SCHEMA) and (schema, name) in self._own
        return None if ours else ("table", full)


def _is_allowed(expression: str | None, kind: str) -> bool:
    if expression is not None:
        return expression in _EXPRESSIONS
    return kind in _NODES or kind.endswith(_TYPE_FACTS)


def _unreadable(sql: str) -> Refusal | None:
    # DuckDB takes the first for the end of the text; the others stand for no character.
    for place, character in enumerate(sql):
        if character == "\0" or "\ud800" <= character <= "\udfff":
            return Refusal("character", f"U+{ord(character):04X}", len(sql[:place].encode("utf-8", "replace")))
    return None


def _first_word(sql: str) -> str:
    word = _WORD_FIRST.match(sql)
    return word[1].upper()[:30] if word else ""


def _nodes(tree: Any) -> Iterator[Node]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _position(node: Node, before: int) -> int | None:
    place = node.get("query_location")
    # DuckDB writes the greatest of its integers where it does not know the place.
    return place + before if isinstance(place, int) and place < 2**63 else None
