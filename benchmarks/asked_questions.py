"""Each question of the atlas as a page asks it, and the selections that it is asked with, for ``questions.py``."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from icc_data import queries
from icc_data.queries import Connection, ReviewPeriod
from icc_data.queries.comparison import Rest
from icc_data.queries.selection import Selection

SELECTIONS = {
    "none": Selection(),
    "narrow": Selection(city=("bergen",), theme=("sport",)),
    "broad": Selection(country=("spain", "italy", "portugal", "norway", "ireland"), year_from=2005),
    "text": Selection(q="young people language courses"),
    "facets": Selection(
        network=("international",),
        policy_area=("education", "public_space", "anti_discrimination"),
        target_group=("young_people", "migrants"),
        practice_type=("project", "programme"),
        documented_by=("programme", "network"),
        year_from=2010,
        year_to=2022,
    ),
}

Ask = Callable[[Any, Selection], Any]
_PERIOD = ReviewPeriod(2016, 2020)
_CITY = "bergen"
_SIZES, _SHARES = (50_000.0, 200_000.0), (10.0, 20.0)

# Each question as a page asks it: the functions of ``queries`` that ask the database of practices.
QUESTIONS: dict[str, Ask] = {
    "active_outside": queries.active_outside,
    "area_scores": lambda c, s: queries.area_scores(c, _CITY),
    "as_of_year": lambda c, s: queries.as_of_year(c),
    "borrowable": lambda c, s: queries.borrowable(c),
    "broken_exclusions": queries.broken_exclusions,
    "cities": queries.cities,
    "city": lambda c, s: queries.city(c, _CITY),
    "city_completeness": lambda c, s: queries.city_completeness(c, s, "country", places=12),
    "city_features": lambda c, s: queries.city_features(c),
    "city_practices": queries.city_practices,
    "coding_agreement": lambda c, s: queries.coding_agreement(c),
    "coding_overlap": lambda c, s: queries.coding_overlap(c),
    "commitments": queries.commitments,
    "compared_cities": lambda c, s: queries.compared_cities(c, s, Rest(s)),
    "compared_counts": lambda c, s: queries.compared_counts(c, s, Rest(s)),
    "compared_practices": lambda c, s: queries.compared_practices(c, s, Rest(s), limit=20),
    "compared_records": lambda c, s: queries.compared_records(c, s, Rest(s)),
    "compared_terms": lambda c, s: queries.compared_terms(c, s, Rest(s), "policy_area"),
    "compared_years": lambda c, s: queries.compared_years(c, s, Rest(s), active=True),
    "completeness": lambda c, s: queries.completeness(c, s, "country", places=12),
    "crossed": lambda c, s: queries.crossed(c, s, "city"),
    "crossed_facets": lambda c, s: queries.crossed_facets(c, s, ("country", "city", "theme")),
    "default_period": lambda c, s: queries.default_period(c),
    "example_cards": lambda c, s: queries.example_cards(c, s, "education", limit=6),
    "facet_counts": queries.facet_counts,
    "found": queries.found,
    "growth": queries.growth,
    "idle_exclusions": queries.idle_exclusions,
    "index_coverage": queries.index_coverage,
    "index_distribution": lambda c, s: queries.index_distribution(c, s, sizes=_SIZES, shares=_SHARES),
    "index_editions": queries.index_editions,
    "index_history": lambda c, s: queries.index_history(c, _CITY),
    "index_publishing": queries.index_publishing,
    "index_register": queries.index_register,
    "index_results": lambda c, s: queries.index_results(c),
    "index_scores": queries.index_scores,
    "joining": queries.joining,
    "known_counts": queries.known_counts,
    "lendable": lambda c, s: queries.lendable(c, _CITY),
    "meta": lambda c, s: queries.meta(c),
    "network": lambda c, s: queries.network(c),
    "options": lambda c, s: queries.options(c),
    "overview": queries.overview,
    "partners": lambda c, s: queries.partners(c, _CITY),
    "policy_area": lambda c, s: queries.policy_area(c, s, "education"),
    "policy_area_by_year": lambda c, s: queries.policy_area_by_year(c, s, "education", active=True),
    "policy_area_examples": lambda c, s: queries.policy_area_examples(c, s, "education", limit=5),
    "practice": lambda c, s: queries.practice(c, _practice(c)),
    "practice_cards": lambda c, s: queries.practice_cards(c, s, limit=4),
    "practice_count": queries.practice_count,
    "practice_record": lambda c, s: queries.practice_record(c, _practice(c)),
    "practice_records": queries.practice_records,
    "practices": lambda c, s: queries.practices(c, s, limit=20),
    "practices_with_word": lambda c, s: queries.practices_with_word(c, s, "rumours"),
    "practices_by_year": lambda c, s: queries.practices_by_year(c, s, "policy_area", active=True),
    "practices_per_city": lambda c, s: queries.practices_per_city(c, s, "size", sizes=(50_000, 200_000)),
    "practices_there": lambda c, s: queries.practices_there(c, (_CITY, "")),
    "rate_coverage": lambda c, s: queries.rate_coverage(c, s, "cities", active=True),
    "rates_by_year": lambda c, s: queries.rates_by_year(c, s, "cities", active=True),
    "place_in_results": lambda c, s: queries.place_in_results(c, s, _practice(c)),
    "result_cards": lambda c, s: queries.result_cards(c, s, limit=20),
    "result_ids": queries.result_ids,
    "review_answers": lambda c, s: queries.review_answers(c, s, _PERIOD),
    "review_cell": lambda c, s: queries.review_cell(c, s, "city", _CITY, "education"),
    "review_cities": queries.review_cities,
    "review_coverage": lambda c, s: queries.review_coverage(c, s, "country"),
    "review_members": lambda c, s: queries.review_members(c, s, _PERIOD),
    "review_momentum": lambda c, s: queries.review_momentum(c, s, _PERIOD, "theme"),
    "review_evidence": queries.review_evidence,
    "review_practices": queries.review_practices,
    "review_state": lambda c, s: queries.review_state(c, s, _PERIOD),
    "review_units": lambda c, s: queries.review_units(c, s, "country"),
    "search": lambda c, s: queries.search(c, s, limit=20),
    "search_reading": queries.search_reading,
    "shared_practices": queries.shared_practices,
    "shared_work": queries.shared_work,
    "shares_by_year": lambda c, s: queries.shares_by_year(c, s, "policy_area"),
    "similar": lambda c, s: queries.similar(c, _practice(c), limit=5),
    "sources": lambda c, s: queries.sources(c),
    "spans": lambda c, s: queries.spans(c, s, limit=40),
    "suggestions": lambda c, s: queries.suggestions(c, ["integraton"]),
    "table_rows": lambda c, s: queries.table_rows(c),
    "survival": lambda c, s: queries.survival(c, s, "policy_area"),
    "term_definitions": lambda c, s: queries.term_definitions(c),
    "term_profile": lambda c, s: queries.term_profile(c, _CITY, "policy_area"),
    "terms": lambda c, s: queries.terms(c, s, "policy_area"),
    "terms_of_lists": lambda c, s: queries.terms_of_lists(c, s, ("policy_area", "theme", "target_group")),
    "unit_areas": lambda c, s: queries.unit_areas(c, s, "city"),
    "unit_commitments": lambda c, s: queries.unit_commitments(c, s, "country"),
    "unit_measures": lambda c, s: queries.unit_measures(c, s, "city"),
    "usual_summary": lambda c, s: queries.usual_summary(c),
    "typical_words": lambda c, s: queries.typical_words(c, s, fewest=5),
    "words_by_period": lambda c, s: queries.words_by_period(c, s, ["rumour", "young people"], together=5),
    "year_readings": lambda c, s: queries.year_readings(c),
    "year_texts": lambda c, s: queries.year_texts(c),
}
# What gives every row of the selection, for a download: as long as what it gives, which no goal holds.
WHOLE = frozenset(
    {
        "borrowable",
        "compared_records",
        "practice_records",
        "result_ids",
        "review_cell",
        "review_practices",
        "shared_practices",
        "shared_work",
        "year_texts",
    }
)
# Asked of two versions side by side, or of nothing but a selection; ``compare_versions.py`` times the former.
ELSEWHERE = frozenset(("changes", "city_changes", "index_changes", "not_recorded", "review_scope", "without_compared"))
# Whole tables for whoever takes the data away: as long as what is chosen, and asked for by no page.
ELSEWHERE |= {"codings", "practice_cities", "practice_terms", "practice_years"}


def functions() -> set[str]:
    """The names of all functions of ``queries``."""
    return {name for name in queries.__all__ if inspect.isfunction(getattr(queries, name))}


def _practice(connection: Connection) -> str:
    row = connection.execute("SELECT practice_id FROM practice WHERE practice = 7").fetchone()
    return str((row or ("",))[0])
