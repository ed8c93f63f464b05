"""Which practices and cities of two versions a scope means: a selection, asked of the texts of either version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from icc_data.i18n import enumeration, translate, translate_plural
from icc_data.model.columns import LIST_SEPARATOR
from icc_data.queries.asking import Connection, ask
from icc_data.queries.selection import FACETS, Options, Selection
from icc_data.queries.selection_words import choices
from icc_data.text import slugify

# The fields in which the values of a facet stand, of a practice and of a city; what has none goes by its cities.
_OF_PRACTICES = {
    "country": "countries",
    "city": "city_ids",
    "policy_area": "policy_areas",
    "theme": "themes",
    "target_group": "target_groups",
    "practice_type": "practice_types",
    "practice_area": "practice_areas",
    "documented_by": "source_kind",
}
_OF_CITIES = {"country": "country", "city": "city_id", "network": "networks"}
_FIELDS = sorted({"practice_id", *_OF_PRACTICES.values(), *_OF_CITIES.values()})
_HELD = (
    "(side, key) IN (SELECT (side, key) FROM listed "
    "WHERE tbl = '<table>' AND field = '<field>' AND value = ANY($<facet>))"
)
_OF_A_NETWORK = (
    "(side, key) IN (SELECT (side, key) FROM work WHERE (side, city_id) IN "
    "(SELECT (side, city_id) FROM network WHERE code = ANY($network)))"
)


def comparable(scope: Selection) -> Selection:
    """What of a scope two versions can be asked for: its facets; not its words and what it says of years.

    Both are told by the search index and the readings of one version, which another version need not have.
    """
    return Selection(**{name: scope.chosen(name) for name in FACETS})  # type: ignore[arg-type]


def keys_in_scope(connection: Connection, scope: Selection) -> dict[str, list[str]]:
    """The practices and cities of a scope in either version, by their identifiers.

    Args:
        connection: the comparison.
        scope: what is meant; only what is ``comparable`` of it counts.

    Returns:
        ``practices`` and ``cities``.
    """
    meant = comparable(scope)
    chosen: dict[str, Any] = {name: list(meant.chosen(name)) for name in FACETS if meant.chosen(name)}
    if "country" in chosen:
        chosen["country"] = [name for name in _countries(connection) if slugify(name) in meant.country]
    parts = {
        "{practices}": " AND ".join(_conditions(chosen, "practices")) or "true",
        "{cities}": " AND ".join(_conditions(chosen, "cities")) or "true",
        "{narrowed}": "true" if meant.narrows_practices else "false",
    }
    rows = ask(connection, "change_scope", parts=parts, fields=_FIELDS, **chosen)
    return {table: list(rows["key"][rows["tbl"] == table]) for table in ("practices", "cities")}


def _conditions(chosen: dict[str, Any], table: str) -> Iterator[str]:
    fields = _OF_PRACTICES if table == "practices" else _OF_CITIES
    for facet in chosen:
        if facet in fields:
            text = _HELD.replace("<table>", table).replace("<field>", fields[facet])
            yield text.replace("<facet>", facet)
        elif table == "practices":
            yield _OF_A_NETWORK


def _countries(connection: Connection) -> set[str]:
    """The names of all countries of both versions."""
    texts: list[Any] = connection.execute(
        "SELECT DISTINCT unnest([\"before\", \"after\"]) FROM cell WHERE field IN ('country', 'countries')"
    ).fetchall()
    return {name for (text,) in texts if text for name in text.split(LIST_SEPARATOR)}


def scope_in_words(scope: Selection, options: Options) -> str:
    """What of a scope the comparison keeps to, such as “Network: RECI”; empty where it keeps to nothing."""
    return " · ".join(words for words, _without in choices(comparable(scope), options))


def scope_sentences(scope: Selection, options: Options) -> list[str]:
    """How a comparison of two versions keeps to a scope, and what of the scope it cannot; none for the whole data."""
    kept = [words for words, _without in choices(comparable(scope), options)]
    left = [words for words, _without in choices(scope, options) if words not in kept]
    sentences = []
    if kept:
        sentences.append(
            translate("Practices and cities of {scope}, as either version has them.").format(scope=" · ".join(kept))
        )
    if left:
        words = translate_plural(
            "{choices} cannot be asked of two versions, so it does not count here.",
            "{choices} cannot be asked of two versions, so they do not count here.",
            len(left),
        )
        sentences.append(words.format(choices=enumeration(left)))
    return sentences
