"""Countries are called, and names ordered, as the language has them."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from icc_data import queries
from icc_data.cells import dicts_of
from icc_data.i18n import set_language
from icc_data.queries.selection import Selection
from icc_data.queries.statements import statement


@pytest.fixture(autouse=True)
def _french() -> Iterator[None]:
    set_language("fr")
    yield
    set_language("en")


def countries(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return set(queries.cities(connection, Selection())["country"])


def test_countries_are_called_as_the_language_calls_them(atlas: duckdb.DuckDBPyConnection):
    assert {"Espagne", "Allemagne", "Royaume-Uni"} <= countries(atlas)
    assert "Spain" not in countries(atlas)
    set_language("en")
    assert {"Spain", "Germany", "United Kingdom"} <= countries(atlas)


def test_every_country_has_a_name_in_french(atlas: duckdb.DuckDBPyConnection):
    # Those that are written alike in both.
    alike = {"Canada", "France", "Luxembourg", "Portugal", "Ukraine", "Nigeria", "Israel"}
    english = {row[0] for row in atlas.execute("SELECT name FROM country").fetchall()}
    assert english & countries(atlas) <= alike


def test_several_countries_of_a_practice_are_translated_each(atlas: duckdb.DuckDBPyConnection):
    names = set(queries.practices(atlas, Selection(), limit=None)["country_names"])
    several = [text for text in names if "; " in text]
    assert several
    assert not any(name in text.split("; ") for text in several for name in ("Spain", "Germany", "Italy"))


def test_the_filter_lists_countries_in_the_order_of_the_language(atlas: duckdb.DuckDBPyConnection):
    labels = [option.label for option in queries.options(atlas).by_facet["country"]]
    assert labels.index("Allemagne") < labels.index("Espagne") < labels.index("États-Unis") < labels.index("Finlande")


@pytest.mark.parametrize("name", ["Espagne", "Spain", "spain", "ES"])
def test_a_country_is_understood_by_its_name_in_both_languages(atlas: duckdb.DuckDBPyConnection, name: str):
    assert queries.options(atlas).find("country", name) == "spain"


def test_accents_do_not_send_a_name_to_the_end(atlas: duckdb.DuckDBPyConnection):
    names = ["Zagreb", "Évora", "Łódź", "Lyon", "Faro"]
    order = "SELECT name FROM (SELECT unnest($names) AS name) ORDER BY name COLLATE fr"
    assert [row[0] for row in atlas.execute(order, {"names": names}).fetchall()] == [
        *("Évora", "Faro", "Łódź", "Lyon", "Zagreb")
    ]


def test_the_rows_beside_a_statement_are_those_that_it_gives(atlas: duckdb.DuckDBPyConnection):
    sql, rows = statement(queries.cities, atlas, Selection())
    assert atlas.execute(sql).df()["country"].tolist() == rows["country"].tolist()
    assert "COLLATE fr" in sql


def test_terms_are_called_by_their_french_labels(atlas: duckdb.DuckDBPyConnection):
    assert queries.options(atlas).label("policy_area", "education") == "Éducation"
    assert "Éducation" in set(queries.term_definitions(atlas, "policy_area")["label"])


def test_the_rows_of_a_card_are_translated_like_those_of_a_frame(atlas: duckdb.DuckDBPyConnection):
    cards = queries.practice_cards(atlas, Selection(), limit=40)
    assert [card["country_names"] for card in cards] == [
        practice["country_names"] for practice in dicts_of(queries.practices(atlas, Selection(), limit=40))
    ]
