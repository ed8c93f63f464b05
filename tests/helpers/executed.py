"""What DuckDB does to answer a question, step by step, with how many rows come out of each step."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb


@dataclass(frozen=True)
class Step:
    """One operator of a plan that was run.

    Attributes:
        name: what DuckDB calls it, such as HASH_JOIN.
        rows: how many rows came out of it.
        into: how many rows went into it.
        about: what else DuckDB says of it.
    """

    name: str
    rows: int
    into: int
    about: str


def executed(connection: duckdb.DuckDBPyConnection, sql: str) -> list[Step]:
    """Run a statement and tell each step of it, the last one first."""
    text = f"EXPLAIN (ANALYZE, FORMAT json) {sql.rstrip().removesuffix(';')}"
    (row,) = connection.execute(text).fetchall()
    return list(_steps(json.loads(row[1])))


def _steps(node: dict[str, Any]) -> Iterator[Step]:
    children = node.get("children", [])
    if "operator_type" in node:
        into = sum(child.get("operator_cardinality", 0) for child in children)
        yield Step(node["operator_type"], node["operator_cardinality"], into, str(node.get("extra_info")))
    for child in children:
        yield from _steps(child)
