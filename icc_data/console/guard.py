"""What may be asked: one question about the tables of the atlas, and nothing about the server.

DuckDB itself bars files, the network, settings and writing (``database.lock_down``). What is left to bar are
questions that only look harmless: where the database lies, how the server is set up, what else it does. They are
found in the syntax tree that DuckDB makes of the text, whatever their spelling, quotation marks or nesting.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import duckdb

Reason = Literal["several", "statement", "pivot", "parameter", "function", "table", "file", "listing", "nested"]
Node = Mapping[str, Any]

TABLE_FUNCTIONS = frozenset({"generate_series", "json_each", "json_tree", "range", "repeat", "repeat_row", "unnest"})
# They depend on something else than their arguments, but only on the clock or on chance.
_CLOCK = frozenset(
    ("current_date", "get_current_time", "get_current_timestamp", "now", "today", "transaction_timestamp")
)
_CHANCE = frozenset(("error", "gen_random_uuid", "random", "uuid", "uuidv4", "uuidv7"))
# DuckDB declares that these depend on their arguments alone, which they do not.
_SETTINGS = frozenset(("current_setting", "getenv", "getvariable"))
# They run or look into SQL that is given to them as a text.
_TEXTS = frozenset(("json_deserialize_sql", "json_execute_serialized_sql", "json_serialize_plan", "json_serialize_sql"))
# Macros, of which it declares nothing.
_MACROS = frozenset(("current_catalog", "get_block_size", "pg_get_constraintdef", "pg_get_viewdef", "pg_sleep"))
_EXPLAIN = re.compile(r"\s*explain(\s+analyze)?(?=[\s(])", re.IGNORECASE)
_COMMENT = re.compile(r"\s+|--[^\n]*(?:\n|$)|/\*.*?\*/", re.DOTALL)
_NAME = re.compile(r"\w+")
_FTS_SCHEMA = "fts_main_"


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


class Guard:
    """Reads a text before it is asked.

    Args:
        connection: to the database, locked down.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        fickle = connection.execute("SELECT function_name FROM duckdb_functions() WHERE stability <> 'CONSISTENT'")
        self._functions = {name for (name,) in fickle.fetchall()} - _CLOCK - _CHANCE | _SETTINGS | _TEXTS | _MACROS
        views = connection.execute(
            "SELECT lower(view_name) FROM duckdb_views() WHERE internal AND schema_name IN ('main', 'pg_catalog')"
        )
        self._system = {name for (name,) in views.fetchall()}
        (self._database,) = connection.execute("SELECT lower(current_database())").fetchone() or ("",)

    def read(self, sql: str) -> Refusal | None:
        """Why a text is not asked; None where it may be.

        Raises:
            duckdb.Error: it is no SQL.
        """
        try:
            statements = self._connection.extract_statements(sql)
        except duckdb.PermissionException:
            # IMPORT DATABASE reads its files while it is being parsed.
            return Refusal("statement", _first_word(sql))
        if not statements:
            return Refusal("statement", "")
        kinds = [statement.type for statement in statements]
        if kinds == [duckdb.StatementType.CREATE, duckdb.StatementType.SELECT] and _first_word(sql) != "CREATE":
            return Refusal("pivot", "PIVOT")
        if len(statements) > 1:
            return Refusal("several", str(len(statements)))
        if kinds[0] not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
            return Refusal("statement", _first_word(sql))
        for name in statements[0].named_parameters:
            return Refusal("parameter", "?" if name.isdecimal() else f"${name}")
        return self._read_question(sql)

    def _read_question(self, sql: str) -> Refusal | None:
        start = _past_comments(sql)
        explain = _EXPLAIN.match(sql, start)
        start = explain.end() if explain else start
        # Not a parameter: to bind one, DuckDB loads pandas, half of a process's time to start and of its memory.
        text = sql[start:].replace("'", "''")
        row = self._connection.execute(f"SELECT json_serialize_sql('{text}')").fetchone()
        try:
            answer = json.loads(row[0]) if row else {"error": True}
        except RecursionError:
            return Refusal("nested")
        if answer["error"]:
            # A PRAGMA, or EXPLAIN of something that is no question.
            return Refusal("statement", _first_word(sql))
        nodes = list(_nodes(answer["statements"]))
        names = {entry["key"].lower() for node in nodes if "cte_map" in node for entry in node["cte_map"]["map"]}
        for name in names & self._system:
            return Refusal("table", name)
        skipped = len(sql[:start].encode())
        for node in nodes:
            refused = self._read_node(node)
            if refused:
                return Refusal(*refused, _position(node, skipped))
        return None

    def _read_node(self, node: Node) -> tuple[Reason, str] | None:
        kind = node.get("type")
        if kind == "TABLE_FUNCTION":
            name = str(node["function"].get("function_name", "")).lower()
            return None if name in TABLE_FUNCTIONS else ("function", name)
        if kind == "BASE_TABLE":
            return self._read_table(node)
        if kind == "SHOW_REF" and node["query"] is None and node["table_name"].strip('"').lower() != "tables":
            return "listing", node["table_name"].strip('"').lower()
        name = str(node.get("function_name", "")).lower()
        return ("function", name) if name in self._functions else None

    def _read_table(self, node: Node) -> tuple[Reason, str] | None:
        name, schema, catalog = (node[part].lower() for part in ("table_name", "schema_name", "catalog_name"))
        full = ".".join(part for part in (catalog, schema, name) if part)
        if not _NAME.fullmatch(name):
            return "file", node["table_name"]
        own_schema = schema in ("", "main", self._database) or schema.startswith(_FTS_SCHEMA)
        ours = own_schema and catalog in ("", self._database)
        return None if ours and name not in self._system else ("table", full)


def _past_comments(sql: str) -> int:
    place = 0
    while comment := _COMMENT.match(sql, place):
        place = comment.end()
    return place


def _first_word(sql: str) -> str:
    word = _NAME.search(sql, _past_comments(sql))
    return word[0].upper()[:30] if word else ""


def _nodes(tree: Any) -> Iterator[Node]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _position(node: Node, skipped: int) -> int | None:
    place = node.get("query_location")
    # DuckDB writes the greatest of its integers where it does not know the place.
    return place + skipped if isinstance(place, int) and place < 2**63 else None
