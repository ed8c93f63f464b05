"""Two versions of the data in one database in memory, to ask what differs."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from icc_data.model.columns import columns_of
from icc_data.model.identifiers import KEYS
from icc_data.model.records import TABLES
from icc_data.paths import sql_beside
from icc_data.store.versions import Cells, Tables

# What two readers coded comes to the policy areas of a practice, which are compared; terms are the words for the rest.
_NOT_COMPARED = frozenset({"policy_area_codings", "terms", "amendments"})
# What a record is called, where it is, and what a scope may ask of it: kept where it is the same in both, too.
_KEPT = frozenset(
    {
        *("practice_id", "city_id", "title", "name", "status", "year", "policy_area"),
        *("city_ids", "countries", "country", "networks", "source_kind"),
        *("policy_areas", "themes", "target_groups", "practice_types", "practice_areas"),
        *("score", "rank", "cities_compared", "evidence_url"),
    }
)


def _cells(before: Tables, after: Tables) -> pa.Table:
    tables: list[str] = []
    fields: list[str] = []
    cells: list[tuple[str, str | None, str | None]] = []
    for table in dict.fromkeys((*before, *after)):
        if table in _NOT_COMPARED:
            continue
        old, new = _by_key(before, table), _by_key(after, table)
        records = [(key, old.get(key, {}), new.get(key, {})) for key in dict.fromkeys((*old, *new))]
        for column in columns_of(TABLES[table]):
            field = column.name
            both = [(key, was.get(field) or None, is_now.get(field) or None) for key, was, is_now in records]
            held = [cell for cell in both if cell[1] != cell[2] or (cell[1] and field in _KEPT)]
            cells += held
            fields += [field] * len(held)
            tables += [table] * len(held)
    keys, olds, news = zip(*cells, strict=True) if cells else ((), (), ())
    columns = {"tbl": tables, "key": keys, "field": fields, "before": olds, "after": news}
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def _by_key(tables: Tables, table: str) -> dict[str, Cells]:
    if table not in tables:
        return {}
    parts = KEYS[table]
    return {" ".join([row[part] for part in parts]): row for row in tables[table].rows}


def _recorded(side: str, tables: Tables) -> list[tuple[str, str, str, int]]:
    order = {table: [column.name for column in columns_of(record_type)] for table, record_type in TABLES.items()}
    return [(side, table, name, order[table].index(name)) for table, texts in tables.items() for name in texts.columns]


def open_comparison(before: Tables, after: Tables) -> duckdb.DuckDBPyConnection:
    """A database in memory of two versions, for the questions of ``change_queries``.

    Args:
        before, after: the tables of each; a table or a column that one does not have was not recorded then.

    Returns:
        A connection that can reach no file, no network and no settings. Each thread takes its own ``cursor()``.
    """
    # So small a database needs no second thread, which would take longer to start than it saves.
    connection = duckdb.connect(":memory:", config={"temp_directory": "", "threads": 1})
    connection.execute(sql_beside(__file__, "comparison"))
    rows = [*_recorded("before", before), *_recorded("after", after)]
    names = ("side", "tbl", "field", "position")
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    connection.from_arrow(_cells(before, after)).insert_into("cell")
    connection.from_arrow(pa.table(columns)).insert_into("recorded")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection
