"""A city's own practices beside the published ones, for one visit: the database stays as it is, and none is built."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from icc_data.incoming.check import Data
from icc_data.incoming.readers.result import Accepted
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.identifiers import Identifiers
from icc_data.model.records import City, Practice, Record, Term
from icc_data.model.vocabulary import Vocabulary
from icc_data.paths import sql_beside
from icc_data.store.database import lock_memory, open_beneath
from icc_data.store.inserting import insert
from icc_data.store.rows import TERM_LISTS, FacetSets, practice_tables
from icc_data.store.search_index import make_search_index
from icc_data.text import slugify

_OWN_TABLES = (
    "country",
    "practice",
    "facet_set",
    "practice_city",
    "practice_country",
    "practice_term",
    "practice_text",
)


def lay_own_practices(database: Path, practices: Sequence[Practice]) -> duckdb.DuckDBPyConnection:
    """A database that answers as if the practices were published; nothing of it reaches the disk.

    The practices alone are made into tables, with a text index of their own. Views put these behind the tables of the
    database, so that it takes no longer, and hardly more memory, however many practices there are.

    Args:
        database: as ``store.build`` made it; it is read, and never written to.
        practices: none of which is there already; one with the identifier of another gets one of its own. Of a version
            that does not know all of their cities and terms they have the others; a practice of none of its cities is
            left out.

    Returns:
        A connection that can read this and nothing else.

    Raises:
        AtlasError: the database cannot be read.
    """
    connection = open_beneath(database)
    filling = connection.cursor()
    filling.execute("ATTACH ':memory:' AS own; USE own")
    for table in _OWN_TABLES:
        filling.execute(f"CREATE TABLE {table} AS FROM published.{table} LIMIT 0")
    _fill(filling, practices)
    make_search_index(filling)
    filling.execute("USE memory")
    filling.execute(sql_beside(__file__, "own_practices"))
    filling.execute(sql_beside(__file__, "search_terms"))
    # They name tables without their database, and so mean those of this one here.
    for (view,) in filling.execute(
        "SELECT sql FROM duckdb_views() WHERE database_name = 'published' AND schema_name = 'main' AND NOT internal"
    ).fetchall():
        filling.execute(view)
    filling.close()
    lock_memory(connection)
    return connection


def _fill(connection: duckdb.DuckDBPyConnection, practices: Sequence[Practice]) -> None:
    """Fill the own tables, with the numbers that come after those of the published ones."""
    cities, vocabulary = _cities(connection), _vocabulary(connection)
    known = _as_known(practices, {city.city_id for city in cities}, vocabulary)
    records: dict[str, Sequence[Record]] = {"practices": _with_own_names(connection, known), "cities": cities}
    accepted = {table: tuple(Accepted(record, 0, {}) for record in every) for table, every in records.items()}
    data = Data(accepted, vocabulary)
    number_of = dict(connection.execute("SELECT city_id, city FROM published.city").fetchall())
    countries, new = _countries(connection, data)
    slugs = {name: slugify(name) for name in countries}
    sets = FacetSets({city.city_id: city for city in data.cities}, slugs, _sets(connection))
    (facts,) = connection.execute(
        "SELECT (SELECT max(practice) FROM published.practice), "
        "(SELECT value::INTEGER FROM published.meta WHERE key = 'as_of_year')"
    ).fetchall()
    last, as_of = facts
    # No version of the data has them, so that none tells a day.
    entered = dict.fromkeys(practice.practice_id for practice in data.practices)
    insert(
        connection,
        "country",
        ({"country": number, "code": code, "slug": slugs[name], "name": name} for name, (number, code) in new.items()),
    )
    for table, rows in practice_tables(data, number_of, countries, sets, as_of, entered, first=last + 1):
        insert(connection, table, rows)


def _as_known(practices: Sequence[Practice], city_ids: Set[str], vocabulary: Vocabulary) -> list[Practice]:
    """The practices with their cities and terms as far as the database has them: an older version has fewer."""
    known = []
    for practice in practices:
        held: dict[str, Any] = {
            column: tuple(code for code in getattr(practice, column) if vocabulary.term(name, code))
            for column, name in TERM_LISTS.items()
        }
        cities = tuple(city_id for city_id in practice.city_ids if city_id in city_ids)
        if cities or not practice.city_ids:
            known.append(replace(practice, city_ids=cities, **held))
    return known


def _with_own_names(connection: duckdb.DuckDBPyConnection, practices: Sequence[Practice]) -> list[Practice]:
    """The practices, each with an identifier that no published one has."""
    # Only one that is there, or comes twice, needs a name that is looked for among those that begin alike.
    taken = connection.execute(
        "WITH coming AS (SELECT unnest($names::VARCHAR[]) AS name), "
        "doubled AS (FROM coming SEMI JOIN published.practice ON practice_id = name "
        "UNION SELECT name FROM coming GROUP BY name HAVING count(*) > 1) "
        "SELECT DISTINCT practice_id FROM published.practice JOIN doubled ON starts_with(practice_id, name)",
        {"names": [practice.practice_id for practice in practices]},
    ).fetchall()
    ids = Identifiers(name for (name,) in taken)
    return [replace(one, practice_id=ids.take(one.practice_id, "own")) for one in practices]


def _cities(connection: duckdb.DuckDBPyConnection) -> list[City]:
    """The cities of the database, as far as practices have something of them."""
    rows = connection.execute(
        "SELECT city_id, city.name, local_name, country.name AS country, code AS country_code, "
        "(SELECT list(alias ORDER BY named.rowid) FROM published.city_alias AS named WHERE named.city = city.city), "
        "(SELECT list(member.code ORDER BY member.rowid) FROM published.city_network AS member "
        "WHERE member.city = city.city) "
        "FROM published.city JOIN published.country USING (country) ORDER BY city"
    ).fetchall()
    return [
        City(
            city_id=city_id,
            name=name,
            local_name=local_name,
            country=country,
            country_code=code,
            aliases=tuple(aliases or ()),
            networks=tuple(networks or ()),
        )
        for city_id, name, local_name, country, code, aliases, networks in rows
    ]


def _vocabulary(connection: duckdb.DuckDBPyConnection) -> Vocabulary:
    rows = connection.execute("SELECT vocabulary, code, position, label_en, label_fr FROM published.term").fetchall()
    return Vocabulary.of(
        Term(vocabulary=vocabulary, code=code, position=position, label_en=english, label_fr=french).as_term()
        for vocabulary, code, position, english, french in rows
    )


Countries = dict[str, tuple[int, str]]


def _countries(connection: duckdb.DuckDBPyConnection, data: Data) -> tuple[Countries, Countries]:
    """The number and code of each country by its name; and of those alone that the database does not have."""
    known = {
        name: (number, code)
        for number, code, name in connection.execute("SELECT country, code, name FROM published.country").fetchall()
    }
    gazetteer = Gazetteer(data.cities)
    new: Countries = {}
    for name in sorted({name for practice in data.practices for name in practice.countries} - known.keys()):
        if country := gazetteer.country(name):
            new[name] = (len(known) + len(new) + 1, country.code)
    return {**known, **new}, new


def _sets(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[tuple[str, ...], int]]:
    """The sets of values that published practices have, as ``FacetSets`` takes them."""
    sets: dict[str, dict[tuple[str, ...], int]] = {}
    for facet, number, values in connection.execute(
        'SELECT facet, "set", list(value) FROM published.facet_set GROUP BY ALL ORDER BY ALL'
    ).fetchall():
        sets.setdefault(facet, {})[tuple(sorted(values))] = number
    return sets
