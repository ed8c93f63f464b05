"""Questions about practices and the network: (connection, selection) to a small frame. The SQL stands in ``sql/``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd

from icc_data.i18n import language, mark, translate
from icc_data.model.vocabulary import VOCABULARIES
from icc_data.queries.asking import Connection, as_of_year, ask, ask_cells, by_facet, counts_of, one
from icc_data.queries.by_year import Split, split_parts, year_params, year_parts
from icc_data.queries.comparison import Rest
from icc_data.queries.facets import one_pass
from icc_data.queries.place_names import collation, country_names
from icc_data.queries.ranking import RANKED, ranked
from icc_data.queries.search_box import COMMON_WORDS
from icc_data.queries.selection import FACETS, Option, Options, Selection

Sort = Literal["relevance", "newest", "oldest", "added", "title", "city"]

_TITLE, _ID = "title COLLATE {language}", "practice_id"
_NEWEST = ("start_year DESC", "last_active_year DESC", "title", _ID)
# Fixed SQL: what the user chooses is only which of them.
_SORTED_BY: dict[Sort, tuple[str, ...]] = {
    "relevance": ("score DESC", *_NEWEST),
    "newest": _NEWEST,
    "oldest": ("start_year", "title", _ID),
    "added": ("added_on DESC", *_NEWEST),
    "title": (_TITLE, _ID),
    "city": ("nullif(city_names, '') COLLATE {language}", _TITLE, _ID),
}
ORDERS: dict[Sort, str] = {sort: ", ".join(f"{key} NULLS LAST" for key in keys) for sort, keys in _SORTED_BY.items()}
# The commitments that a set of policy areas serves, each once; only where they are asked for: it takes a sixth of the
# question's time.
_SERVED = """
    UNION ALL
    SELECT DISTINCT facet, "set", 'commitment', "group"
    FROM facet_set JOIN term ON vocabulary = facet AND code = value WHERE facet = 'policy_area'"""
SOURCE_KINDS = {
    "programme": mark("Council of Europe page"),
    "report_copy": mark("Copy of a Council of Europe document"),
    "network": mark("Page of a national network"),
    "city": mark("Sent by a city"),
}


def options(connection: Connection) -> Options:
    """The values of every facet, labelled in the language in use; cities and countries in alphabetical order."""
    countries = {} if collation() == "en" else country_names(collation())
    frame = ask(
        connection, "options", language=language(), codes=list(countries.keys()), names=list(countries.values())
    )
    by_facet: dict[str, list[Option]] = {name: [] for name in [*FACETS, "commitment", "membership_status"]}
    for facet, value, label, names in frame.itertuples(index=False):
        if facet in by_facet:
            by_facet[facet].append(Option(value, label, tuple(name for name in names if name)))
    by_facet["documented_by"] = [Option(code, translate(label)) for code, label in SOURCE_KINDS.items()]
    return Options({name: tuple(values) for name, values in by_facet.items()})


def facet_counts(connection: Connection, selection: Selection) -> dict[str, dict[str, int]]:
    """How many practices would be selected with one value alone chosen in a facet: by facet and value.

    A facet's own choices do not count for its values, those of all other facets do (faceted search as in
    Hearst 2006, “Design recommendations for hierarchical faceted search interfaces”). Values that would give nothing
    are left out.
    """
    chosen = [facet for facet in FACETS.values() if selection.chosen(facet.name)]
    fitting = " + ".join(f"{facet.name}::UTINYINT" for facet in chosen)
    parts = {
        "{names}": ", ".join(f"'{name}'" for name in FACETS),
        "{sets}": ", ".join(facet.sets for facet in FACETS.values()),
        "{held}": "".join(f", {facet.condition} AS {facet.name}" for facet in chosen),
        "{kept}": "".join(f", {facet.name}" for facet in chosen),
        "{nearly}": f"{fitting} >= {len(chosen) - 1}" if len(chosen) > 1 else "true",
        "{others}": " AND ".join(f"(facet = '{facet.name}' OR {facet.name})" for facet in chosen) or "true",
    }
    rows = ask_cells(
        connection,
        "facet_counts",
        selection.without_facets(),
        parts=parts,
        **{facet.name: list(selection.chosen(facet.name)) for facet in chosen},
    )
    counts: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    for row in rows:
        counts[row["facet"]][row["value"]] = row["practices"]
    return counts


def growth(connection: Connection, selection: Selection) -> pd.DataFrame:
    """By year: practices started (``started_bare`` of them with a year alone), and practices, cities … so far."""
    return ask(connection, "growth", selection, as_of=as_of_year(connection))


def practices_by_year(
    connection: Connection, selection: Selection, split: Split = "none", *, active: bool = False
) -> pd.DataFrame:
    """Practices by year of start, or (``active``) of activity: ``year, code, practices, known, said, bare``.

    ``practices`` are those ``known`` to run in the year (within a known span, or in the start year where the end is
    unknown) and those ``said`` to go on until it, which a selection without them leaves out; of ``practices``, the
    ``bare`` ones have a year alone as published, which may not be the start.

    A practice with several policy areas or countries counts once in each; ``unknown`` stands for none. Years after
    the data's as-of year, and those outside of the chosen span, are left out of the active years.
    """
    return ask(
        connection,
        "practices_by_year",
        selection,
        parts=split_parts(split) | year_parts(active=active),
        **year_params(connection, selection, active=active),
    )


def spans(connection: Connection, selection: Selection, *, limit: int, offset: int = 0) -> pd.DataFrame:
    """Dated practices, oldest first, with ``start_year``, ``known_until`` and ``last_active_year`` (known or said)."""
    return ask(connection, "spans", selection, limit=limit, offset=offset)


def joining(connection: Connection, selection: Selection) -> pd.DataFrame:
    """Cities by joining year (missing = not known), and cumulated: ``year, cities, cumulated, names``."""
    return ask(connection, "joining", selection)


def cities(connection: Connection, selection: Selection | Rest) -> pd.DataFrame:
    """Every city of the selection with coordinates (degrees), facts and measures.

    ``newest_known`` is the greatest year in which one of its practices is known to have been active, ``silent_for`` the
    years since; both are missing where none is dated.
    """
    return ask(connection, "cities", selection, as_of=as_of_year(connection))


def city_practices(connection: Connection, selection: Selection | Rest) -> pd.DataFrame:
    """The cities that ``cities`` gives, in its order, with their places and practices alone, in a third of the time."""
    return ask(connection, "city_practices", selection)


def shared_practices(connection: Connection, selection: Selection) -> pd.DataFrame:
    """Pairs of cities that carry a practice of the selection together."""
    return ask(connection, "shared_practices", selection)


def city(connection: Connection, city_id: str) -> dict[str, Any] | None:
    """Everything known of one city, what is unknown as None; None where there is no such city."""
    return one(ask(connection, "city", city_id=city_id))


def practices(
    connection: Connection, selection: Selection, *, limit: int | None, offset: int = 0, sort: Sort = "newest"
) -> pd.DataFrame:
    """The practices of the selection in an order, what is unknown last; a ``limit`` of None gives all of them."""
    return ask(connection, "practices", selection, parts={"{order}": ORDERS[sort]}, limit=limit, offset=offset)


def search(
    connection: Connection, selection: Selection, *, limit: int | None, offset: int = 0, sort: Sort = "relevance"
) -> pd.DataFrame:
    """The practices of the selection in the order of how well they answer the typed words, or in another order.

    Returns:
        The columns of ``practices``, ``score`` (weighted BM25, higher is better) and ``words_held``. Without typed
        words there are no scores, and the newest come first.
    """
    if not selection.search.words:
        sort = unranked(sort)
        return practices(connection, selection, limit=limit, offset=offset, sort=sort).assign(score=None, words_held=0)
    parts, bound = ranked(selection)
    parts["{order}"] = ORDERS[sort]
    best = sort == "relevance"
    return ask(connection, "search", parts=parts, limit=limit, offset=offset, best=best, **bound)


def unranked(sort: Sort) -> Sort:
    """The order of practices that no typed words put in one."""
    return "newest" if sort == "relevance" else sort


def _sort_key(sort: Sort) -> str:
    """The order of practices as one value of each, in SQL: the smaller comes first, as with ``ORDERS``."""
    parts = []
    for key in _SORTED_BY[sort]:
        column, _collate, language_of_names = key.removesuffix(" DESC").partition(" COLLATE ")
        # A value is put in the order of a language by ORDER BY alone; elsewhere by the function that this uses.
        value = f"icu_collate_{language_of_names}({column})" if language_of_names else column
        parts.append(f"{value}, '{'DESC' if key.endswith('DESC') else 'ASC'} NULLS LAST'")
    return f"create_sort_key({', '.join(parts)})"


def _ask_results(connection: Connection, name: str, selection: Selection, sort: Sort, **params: Any) -> pd.DataFrame:
    """Ask a question about the practices that ``search`` gives, in its order."""
    if not selection.search.words:
        sort = unranked(sort)
        parts = {"{ranked}": "", "{results}": "practice", "{order}": ORDERS[sort], "{sort_key}": _sort_key(sort)}
        return ask(connection, name, selection, parts=parts, **params)
    parts, bound = ranked(selection)
    parts |= {"{ranked}": f"{parts['{ranked}']},\n", "{results}": RANKED}
    parts |= {"{order}": ORDERS[sort], "{sort_key}": _sort_key(sort)}
    return ask(connection, name, parts=parts, **params, **bound)


def practice_records(connection: Connection, selection: Selection, *, sort: Sort = "relevance") -> pd.DataFrame:
    """Everything known of the practices of the selection, under the names of ``data/practices.csv``, in an order.

    What was read from the year text stands beside it: ``start_year, end_year, ongoing, certainty``.
    """
    order = result_ids(connection, selection, sort)
    frame = ask(connection, "practice_records", selection)
    return frame.set_index("practice_id", drop=False).loc[order].reset_index(drop=True)


def practice_record(connection: Connection, practice_id: str) -> pd.DataFrame:
    """One practice as a row of ``practice_records``."""
    only = {"{practices}": "practice_id = $practice_id"}
    return ask(connection, "practice_records", parts=only, practice_id=practice_id)


def suggestions(connection: Connection, words: Sequence[str], *, limit: int = 3) -> dict[str, list[str]]:
    """For each word, the words of the practices that are most like it; none where nothing is."""
    words_of: dict[str, list[str]] = {}
    for typed, word in ask(connection, "suggestions", words=list(words), limit=limit).itertuples(index=False):
        words_of.setdefault(typed, []).append(word)
    return words_of


def result_ids(connection: Connection, selection: Selection, sort: Sort = "relevance") -> list[str]:
    """The identifiers of all practices that ``search`` gives, in its order."""
    ids: list[str] = _ask_results(connection, "result_ids", selection, sort)["practice_id"].tolist()
    return ids


def place_in_results(
    connection: Connection, selection: Selection, practice_id: str, sort: Sort = "relevance"
) -> dict[str, Any]:
    """Where a practice stands among those that ``search`` gives, in its order.

    Returns:
        ``results``: how many there are; ``place``: of this one, from 1; ``before`` and ``after``: the identifiers of
        those beside it. The last three are None where it is not among them, or there is none.
    """
    return one(_ask_results(connection, "place_in_results", selection, sort, practice_id=practice_id)) or {}


def practice(connection: Connection, practice_id: str) -> dict[str, Any] | None:
    """Everything known of one practice, what is unknown as None; None where there is no such practice.

    Beside the columns of the table: ``cities`` (``city_id, name, country``), ``terms`` (``vocabulary, code, source``)
    and ``amendments`` (``field, published, value, source, amended_on``).
    """
    return one(ask(connection, "practice", practice_id=practice_id))


def similar(connection: Connection, practice_id: str, *, limit: int) -> pd.DataFrame:
    """The practices most like one, with what they share: ``areas, themes, target_groups, words, same_city, score``.

    The score is the share of the one practice's terms and telling words, weighted by how rare they are, that the
    other has too: between 0 and 1.
    """
    return ask(connection, "similar", practice_id=practice_id, common_words=sorted(COMMON_WORDS), limit=limit)


def search_reading(connection: Connection, selection: Selection) -> pd.DataFrame:
    """What each typed word was taken for: ``typed, kind, words, meant, holding_all, needed``.

    ``kind`` is ``itself``, ``equivalent`` (thesaurus), ``part`` (of a word), ``year`` (in which practices started),
    ``exonym`` (a place's name in another language), ``similar`` (a misspelt word), ``untouched`` (no practice has it,
    and it is a place elsewhere or stands in quotation marks) or missing where no practice has such a word; ``words``
    are the words of the practices that it stands for, ``meant`` those of a place's name; ``holding_all`` is the number
    of practices with every typed word, ``needed`` how many of the words a practice has to hold to be found (missing
    where no practice holds any).
    """
    if not selection.search.words:
        return pd.DataFrame(columns=["typed", "kind", "words", "meant", "holding_all", "needed"])
    typed: dict[str, Any] = dict(selection.search.word_params())
    return ask(connection, "search_reading", **typed)


def terms(connection: Connection, selection: Selection, vocabulary: str) -> pd.DataFrame:
    """The terms of a list with the practices, cities and countries that have them, of all practices of the selection.

    What the selection chooses of the list itself does not count, as the terms are compared: ``code, group, position,
    practices, of, share, cities, countries, coded_practices``. Of commitments, what it chooses of policy areas
    does not, through which a practice serves them.
    """
    return terms_of_lists(connection, selection, (vocabulary,))[vocabulary]


def terms_of_lists(
    connection: Connection, selection: Selection, vocabularies: Sequence[str]
) -> dict[str, pd.DataFrame]:
    """What ``terms`` gives of several lists, by the list: in one question where they compare the same practices."""
    alike: dict[Selection, list[str]] = {}
    for vocabulary in vocabularies:
        alike.setdefault(selection.with_values(_counted_by(vocabulary), ()), []).append(vocabulary)
    terms: dict[str, pd.DataFrame] = {}
    for compared, lists in alike.items():
        parts = one_pass(list(dict.fromkeys(map(_counted_by, lists))), "city_set", "country_set")
        parts |= {"{named}": "facet, " if len(lists) > 1 else "", "{served}": _SERVED if "commitment" in lists else ""}
        terms |= by_facet(ask(connection, "terms", compared, parts=parts, vocabularies=lists), lists)
    return terms


def _counted_by(vocabulary: str) -> str:
    """The facet that the terms of a list are counted by: a practice serves a commitment through its policy areas."""
    return "policy_area" if vocabulary == "commitment" else vocabulary


def commitments(connection: Connection, selection: Selection) -> pd.DataFrame:
    """The four commitments with the practices that serve them through a policy area, of all.

    What the selection chooses of policy areas does not count, as the commitments are compared.
    """
    return ask(connection, "commitments", selection.with_values("policy_area", ()))


def completeness(
    connection: Connection, selection: Selection, facet: Literal["country", "documented_by"], *, places: int
) -> pd.DataFrame:
    """How much is known of the practices, by field and country or source kind: ``place, field, known, total, share``.

    Args:
        connection: where to ask.
        selection: the practices meant.
        facet: what the places are.
        places: how many of them stand alone; beside them are ``all``, the ``others`` together, and ``unknown``.
    """
    parts = {"{place}": facet}
    return ask(connection, "completeness", selection, parts=parts, facet=facet, places=places)


def city_completeness(
    connection: Connection, selection: Selection, facet: Literal["country", "network"], *, places: int
) -> pd.DataFrame:
    """How much is known of the cities of the selection; the columns and places of ``completeness``."""
    return ask(connection, "city_completeness", selection, facet=facet, places=places)


def year_texts(connection: Connection, *, everything: bool = False, conflicts: bool = False) -> pd.DataFrame:
    """The year texts that gave no certain start with their practices; ``reading`` is that of the counts.

    Args:
        connection: where to ask.
        everything: those that were read for certain too.
        conflicts: only those that the description contradicts.
    """
    return ask(connection, "year_texts", everything=everything, conflicts=conflicts)


def year_readings(connection: Connection) -> dict[str, int]:
    """How many practices have a year text that was read: certain, likely, no_start, unread, without_text."""
    return counts_of(ask_cells(connection, "year_readings"))


def sources(connection: Connection) -> pd.DataFrame:
    """The sites on which practices, cities and Index results were seen, most practices first."""
    return ask(connection, "sources")


def term_definitions(connection: Connection, vocabulary: str | None = None) -> pd.DataFrame:
    """The terms of a list (or all) with definitions in the language in use, in the order of the lists.

    Returns:
        ``vocabulary, code, label, definition, commitment, practices``; ``practices`` is missing for the lists that
        practices carry no terms of.
    """
    vocabularies = [vocabulary] if vocabulary else list(VOCABULARIES)
    # Networks are a list, too, of which cities carry terms.
    carried = [name for name, facet in FACETS.items() if name in VOCABULARIES and not facet.of_cities]
    return ask(connection, "term_definitions", parts=one_pass(carried), language=language(), vocabularies=vocabularies)


def table_rows(connection: Connection) -> dict[str, int]:
    """How many rows each of the published tables has, by its name."""
    return counts_of(ask_cells(connection, "table_rows"))
