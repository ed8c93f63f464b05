"""The views of pages whose pictures are made again from their rows: all pictures, and the choices that move marks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from tests.helpers.made_up_index import EDITIONS, complete_set
from tests.pages import redrawn_places as places
from tests.pages import redrawn_terms as of_terms
from tests.pages import redrawn_years as years

NEWEST = EDITIONS[-1]
CITY = str(complete_set()["city_id"].iloc[0])
SPAIN_ITALY = {"country": ["spain"], "compare": ["country=italy"]}
REVIEWED = {"network": ["reci"], "period": ["2016-2018"]}
Check = Callable[[Any, Any], None]
# The view of a page, and what pandas makes of each of its pictures; of one that another view has too only there.
VIEWS: dict[str, tuple[str, dict[str, list[str]], dict[str, Check]]] = {
    "timeline": ("timeline", {}, {"by-year": years.started}),
    "areas by year": ("timeline", {"section": ["areas"]}, {"area-by-year": years.areas_by_year}),
    "areas active by year": (
        "timeline",
        {"section": ["areas"], "count": ["active"]},
        {"area-by-year": years.areas_by_year},
    ),
    "spans": ("timeline", {"section": ["practices"]}, {"spans": years.spans}),
    "joining": ("timeline", {"section": ["joining"]}, {"joining": years.joining}),
    "timeline active": (
        "timeline",
        {"count": ["active"]},
        {"by-year": years.active},
    ),
    "timeline by commitment": ("timeline", {"split": ["commitment"]}, {"by-year": years.by_commitment}),
    "timeline by country": ("timeline", {"split": ["country"], "count": ["active"]}, {"by-year": years.by_country}),
    "lines": ("timeline", {"split": ["policy_area"]}, {"by-year-lines": years.counted_areas}),
    "lines of shares": (
        "timeline",
        {"split": ["policy_area"], "scale": ["shares"]},
        {"by-year-lines": years.shares_of_areas},
    ),
    "lines of shares by period": (
        "timeline",
        {"split": ["policy_area"], "scale": ["shares"], "years_a_period": ["5"]},
        {"by-year-lines": partial(years.shares_of_periods, together=5)},
    ),
    "panels": (
        "timeline",
        {"split": ["commitment"], "scale": ["shares"], "panels": ["country"]},
        {"by-year-lines": partial(years.in_panels, facet="country", value="share")},
    ),
    "panels of counts": (
        "timeline",
        {"split": ["commitment"], "panels": ["network"]},
        {"by-year-lines": partial(years.in_panels, facet="network", value="practices")},
    ),
    "a panel a group": (
        "timeline",
        {"split": ["policy_area"], "panels": ["group"]},
        {"by-year-lines": years.panel_a_group},
    ),
    "per city": (
        "timeline",
        {"per": ["cities"]},
        {"rates": years.rates, "rates-by-country": years.by_class_of_country},
    ),
    "per resident": ("timeline", {"per": ["residents"]}, {"rates": years.rates, "rates-by-size": years.by_size}),
    "base year": ("timeline", {"per": ["base"]}, {"rates": years.rates}),
    "per city active": (
        "timeline",
        {"per": ["cities"], "count": ["active"]},
        {"rates": years.rates, "rates-by-country": years.by_class_of_country},
    ),
    "two by year, counted": (
        "timeline",
        {**SPAIN_ITALY, "scale": ["counts"], "count": ["active"]},
        {"compared-years": years.compared_counts},
    ),
    "two by year": ("timeline", SPAIN_ITALY, {"compared-years": years.compared}),
    "lasting": ("timeline", {"section": ["lasting"], "lasting": ["commitment"]}, {"survival": years.surviving}),
    "lasting by country": (
        "timeline",
        {"section": ["lasting"], "lasting": ["country"]},
        {"survival": partial(years.surviving, facet="country")},
    ),
    "lasting by policy area": (
        "timeline",
        {"section": ["lasting"], "lasting": ["policy_area"]},
        {"survival": partial(years.surviving, facet="policy_area")},
    ),
    "lasting all": ("timeline", {"section": ["lasting"]}, {"survival": years.surviving}),
    "words of each year": (
        "timeline",
        {"section": ["words"], "words": ["rumours, school"], "together": ["1"], "from": ["2010"]},
        {"words": years.words_by_period},
    ),
    "words": (
        "timeline",
        {"section": ["words"], "country": ["spain"], "words": ["rumours, school"]},
        {"words": years.words_by_period, "typical-words": years.typical},
    ),
    "topics": (
        "topics",
        {},
        {
            "terms-policy_area": of_terms.areas,
            **{
                f"terms-{facet}": partial(of_terms.terms, facet=facet)
                for facet in ("theme", "target_group", "practice_type", "practice_area")
            },
        },
    ),
    **{
        f"areas by {place} in {show}": (
            "topics",
            {"section": ["places"], "place": [place], "cells": [show]},
            {"crosstab": partial(of_terms.crossed, facet=place, show=show, most=14)},
        )
        for place in ("country", "network")
        for show in ("counts", "shares", "lift")
    },
    **{
        f"areas with {other} in {show}": (
            "topics",
            {"section": ["together"], "with": [other], "pairs": [show]},
            {"together": partial(of_terms.crossed, facet=other, show=show)},
        )
        for other in ("theme", "policy_area")
        for show in ("counts", "lift")
    },
    "two by topic": ("topics", SPAIN_ITALY, {"compared-policy_area": of_terms.compared}),
    **{
        f"two by {facet}": (
            "topics",
            {**SPAIN_ITALY, "list": [facet]},
            {f"compared-{facet}": partial(of_terms.compared, facet=facet)},
        )
        for facet in ("theme", "target_group", "practice_type", "practice_area")
    },
    "map": ("map", {}, {"map": places.circles}),
    **{
        f"map by {column}": ("map", {"measure": [column]}, {"map": partial(places.circles, column=column)})
        for column in ("policy_areas", "joined_year", "index_score", "foreign_born_pct", "newest_known", "silent_for")
    },
    "map with shared practices": ("map", {"layer": ["shared"]}, {"map": places.pairs_on_map}),
    "two maps": ("map", SPAIN_ITALY, {"map-one": places.circles, "map-other": places.circles}),
    "practices": ("practices", {}, {"results-started": years.started, "results-areas": partial(of_terms.areas)}),
    "overview": (
        "overview",
        {},
        {"overview-map": places.circles, "overview-started": years.started, "overview-areas": of_terms.areas},
    ),
    "practice": (
        "practice",
        {"practice": ["school-approaches-for-family-empowerment-safe"]},
        {
            "practice-map": places.circles,
            "practice-timeline-school-approaches-for-family-empowerment-safe-*": years.one_among_years,
        },
    ),
    "index": ("index", {}, {"index-overall": places.named_scores, "index-coverage": places.coverage_of_editions}),
    "benchmark": (
        "benchmark",
        {"city": ["oslo"]},
        {"portfolio-dots": places.portfolio, "breadth-dots": places.breadth},
    ),
    "benchmark of a country": (
        "benchmark",
        {"unit": ["country"], "country": ["spain"]},
        {"portfolio-dots": places.portfolio},
    ),
    "benchmark on spokes": (
        "benchmark",
        {"city": ["bergen"], "chart": ["radar"]},
        {"terms-portfolio-radar": places.outlines},
    ),
    "few peers": (
        "benchmark",
        {"city": ["lisbon"], "peers": ["picked"], "peer": ["oslo", "dublin"]},
        {"portfolio-cells": places.cells_of_few, "breadth-cells": places.breadth_of_few},
    ),
    "choosing a city": ("benchmark", {}, {"start-map": places.circles}),
    "city": (
        "city",
        {"city": ["oslo"]},
        {
            "city-locator": places.circles,
            "city-areas-oslo": places.city_areas,
            "city-years-oslo": years.active,
            "city-index-oslo": places.editions,
            "city-partners": places.pairs_on_map,
        },
    ),
    "partners": (
        "partners",
        {},
        {
            "partners-map": places.pairs_on_map,
            "partners-ranking": of_terms.connected,
            "partners-matrix": of_terms.matrix,
        },
    ),
    "policy area": (
        "policy_area",
        {"policy_area": ["education"]},
        {
            "area-years": years.beside_expected,
            **{f"area-{facet}": partial(of_terms.of_area, facet=facet) for facet in ("theme", "country", "city")},
        },
    ),
    "policy area active": (
        "policy_area",
        {"policy_area": ["education"], "count": ["active"]},
        {"area-years": partial(years.beside_expected, active=True)},
    ),
    "review coverage of countries": (
        "review",
        {**REVIEWED, "step": ["coverage"], "unit": ["country"]},
        {"review-coverage-country": partial(places.who_covers_what, facet="country")},
    ),
    "review momentum of themes": (
        "review",
        {"period": ["2016-2018"], "step": ["momentum"], "list": ["theme"]},
        {"review-momentum-theme": partial(places.movements, facet="theme")},
    ),
    "review coverage": (
        "review",
        {**REVIEWED, "step": ["coverage"]},
        {"review-coverage-city": places.who_covers_what},
    ),
    "review momentum": (
        "review",
        {"period": ["2016-2018"], "step": ["momentum"]},
        {"review-momentum-policy_area": places.movements},
    ),
    "data": (
        "data",
        {},
        {
            "practice-matrix-country": partial(of_terms.known_practices, facet="country"),
            "city-matrix-country": partial(of_terms.known_cities, facet="country"),
        },
    ),
    "data by network": (
        "data",
        {"city_columns": ["network"]},
        {"city-matrix-network": partial(of_terms.known_cities, facet="network")},
    ),
    "audit": (
        "audit",
        {"city": ["bergen"], "step": ["needs"], "rating": ["education:40"], "importance": ["education:5"]},
        {"audit-needs": places.needs},
    ),
    "sql": ("sql", {"view": ["chart"]}, {}),
    "contribute": (
        "contribute",
        {},
        {"contribution-map": places.contributed, "contribution-years": years.own_on_top},
    ),
    "own results": (
        "benchmark",
        {"city": ["oslo"]},
        {"portfolio-dots": places.peers_only, "breadth-dots": partial(places.breadth, of_peers_only=True)},
    ),
    "whole index": (
        "index",
        {},
        {
            "index-areas": partial(places.score_bands, edition=NEWEST),
            "index-radar": partial(places.score_spokes, edition=NEWEST),
            "index-dots": partial(places.score_dots, edition=NEWEST),
            "index-publishing": partial(of_terms.linked, edition=NEWEST),
            "index-classes": partial(places.score_cells, edition=NEWEST),
            "index-editions": places.score_cells,
        },
    ),
    "whole index before": (
        "index",
        {"edition": [str(EDITIONS[0])], "classes": ["share"]},
        {
            "index-areas": partial(places.score_bands, edition=EDITIONS[0]),
            "index-classes": partial(places.score_cells, edition=EDITIONS[0]),
        },
    ),
    "city in the whole index": ("index", {"city": [CITY]}, {f"index-path-{CITY}": places.path}),
}
