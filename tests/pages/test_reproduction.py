"""Every picture of the atlas again: its rows as they are downloaded, pandas, and the marks that are drawn.

Each picture is read as somebody reads it, by the numbers and names on its axes, and not by the rows it was drawn from.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from icc_data.files.pictures import _still
from icc_data.files.pictures.canvas import SCREEN
from icc_data.files.pictures.grids import views
from pages.shared import session
from tests.helpers.as_drawn import read_chart
from tests.helpers.made_up_index import EDITIONS, complete_atlas, complete_set
from tests.helpers.pictured import Pictured, pictures, sites_in_code
from tests.helpers.reproduced import lightness
from tests.pages import redrawn_places as places
from tests.pages import redrawn_terms as of_terms
from tests.pages import redrawn_years as years
from tests.pages.conftest import OpenPage, answered
from tests.pages.test_benchmark import bring
from tests.pages.test_contribute import _open, add_one

NEWEST = EDITIONS[-1]
CITY = str(complete_set()["city_id"].iloc[0])
SPAIN_ITALY = {"country": ["spain"], "compare": ["country=italy"]}
REVIEWED = {"network": ["reci"], "period": ["2016-2018"]}
Check = Callable[[Any, Any], None]
# The view of a page, and what pandas makes of each of its pictures; of one that another view has too only there.
VIEWS: dict[str, tuple[str, dict[str, list[str]], dict[str, Check]]] = {
    "timeline": ("timeline", {}, {"by-year": years.started}),
    "areas by year": ("timeline", {"section": ["areas"]}, {"area-by-year": years.areas_by_year}),
    "spans": ("timeline", {"section": ["practices"]}, {"spans": years.spans}),
    "joining": ("timeline", {"section": ["joining"]}, {"joining": years.joining}),
    "timeline active": ("timeline", {"count": ["active"]}, {"by-year": years.active}),
    "timeline by commitment": ("timeline", {"split": ["commitment"]}, {"by-year": years.by_commitment}),
    "timeline by country": ("timeline", {"split": ["country"], "count": ["active"]}, {"by-year": years.by_country}),
    "lines": ("timeline", {"split": ["policy_area"]}, {"by-year-lines": years.counted_areas}),
    "lines of shares": (
        "timeline",
        {"split": ["policy_area"], "scale": ["shares"]},
        {"by-year-lines": years.shares_of_areas},
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
    "two by year": ("timeline", SPAIN_ITALY, {"compared-years": years.compared}),
    "lasting": ("timeline", {"section": ["lasting"], "lasting": ["commitment"]}, {"survival": years.surviving}),
    "lasting all": ("timeline", {"section": ["lasting"]}, {"survival": years.surviving}),
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
    "areas by place": (
        "topics",
        {"section": ["places"]},
        {"crosstab": partial(of_terms.crossed, facet="country", show="counts", most=14)},
    ),
    "areas by place in shares": (
        "topics",
        {"section": ["places"], "cells": ["shares"]},
        {"crosstab": partial(of_terms.crossed, facet="country", show="shares", most=14)},
    ),
    "areas by place beside the usual": (
        "topics",
        {"section": ["places"], "cells": ["lift"], "place": ["network"]},
        {"crosstab": partial(of_terms.crossed, facet="network", show="lift", most=14)},
    ),
    "areas with themes": (
        "topics",
        {"section": ["together"]},
        {"together": partial(of_terms.crossed, facet="theme", show="counts")},
    ),
    "areas with themes beside chance": (
        "topics",
        {"section": ["together"], "pairs": ["lift"]},
        {"together": partial(of_terms.crossed, facet="theme", show="lift")},
    ),
    "areas with areas": (
        "topics",
        {"section": ["together"], "with": ["policy_area"]},
        {"together": partial(of_terms.crossed, facet="policy_area", show="counts")},
    ),
    "two by topic": ("topics", SPAIN_ITALY, {"compared-policy_area": of_terms.compared}),
    "map": ("map", {}, {"map": places.circles}),
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
    "city in the whole index": ("index", {"city": [CITY]}, {f"index-path-{CITY}": places.path}),
}
OWN = "title,city_ids,policy_areas,when_text\nWalk,oslo,education,2021\n"


@pytest.fixture(scope="module")
def complete_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("complete")
    complete_atlas(place)
    return place


@contextlib.contextmanager
def with_whole_index(folder: Path) -> Iterator[None]:
    """The dashboard on the project's data with a made-up complete set."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "DATA_DIRECTORY", folder / "data")
        patch.setattr(session, "DATABASE", folder / "atlas.duckdb")
        patch.setattr(session, "PUBLISHED", folder / "served" / "data")
        yield


@pytest.fixture(scope="module")
def kept() -> dict[str, list[Pictured]]:
    """The pictures of each view that was opened."""
    return {}


@pytest.fixture
def view(
    open_page: OpenPage, kept: dict[str, list[Pictured]], request: pytest.FixtureRequest
) -> Callable[[str], list[Pictured]]:
    """Open a view, once for all tests, and give its pictures."""

    def shown(name: str) -> AppTest:
        page, params, _checks = VIEWS[name]
        if name == "contribute":
            return add_one(_open("form"))
        app = open_page(page, **params)
        if name == "own results":
            return bring(app, "oslo", ("practices.csv", OWN))
        return answered(app) if name == "sql" else app

    def opened(name: str) -> list[Pictured]:
        if name not in kept:
            whole = "whole index" in name
            data = with_whole_index(request.getfixturevalue("complete_folder")) if whole else contextlib.nullcontext()
            with data, pictures() as gathered:
                app = shown(name)
            assert not app.exception
            kept[name] = gathered
        return kept[name]

    return opened


def checked(name: str) -> str:
    """The name of a picture as the checks have it: that of one practice is like that of any."""
    return (
        "practice-timeline-school-approaches-for-family-empowerment-safe-*"
        if name.startswith("practice-timeline-")
        else name
    )


@pytest.mark.parametrize(("name", "figure"), [(name, figure) for name, view in VIEWS.items() for figure in view[2]])
def test_the_marks_are_those_that_pandas_makes_of_the_downloaded_rows(
    view: Callable[[str], list[Pictured]], name: str, figure: str
):
    shown = [one for one in view(name) if checked(one.name) == figure]
    assert shown, [one.name for one in view(name)]
    # What a page draws twice while something is brought along stands there as it was drawn last.
    one = shown[-1]
    VIEWS[name][2][figure](one.rows, one.spec if "layers" in one.spec else read_chart(one.spec))


def test_colours_of_a_picture_taken_away_differ_in_grey_or_by_a_second_sign(view: Callable[[str], list[Pictured]]):
    """Neighbours of a legend differ in lightness by 4.5 (CIE L*) as the commitments do, in dash, shape or place."""
    alike = []
    for name in VIEWS:
        for one in view(name):
            if "layers" in one.spec:
                continue
            parts = list(views(_still(one.spec, SCREEN)))
            told_otherwise = {
                channel["field"]
                for part in parts
                for kind, channel in part.get("encoding", {}).items()
                if kind in ("strokeDash", "shape", "text", "y", "x", "facet") and "field" in channel
            }
            for part in parts:
                colour = part.get("encoding", {}).get("color", {})
                scale = colour.get("scale", {})
                if colour.get("type") != "nominal" or colour["field"] in told_otherwise or "domain" not in scale:
                    continue
                by_name = dict(zip(scale["domain"], scale["range"], strict=True))
                alike += [
                    (name, one.name, before, after)
                    for before, after in pairwise(by_name)
                    if by_name[before] != by_name[after]
                    and abs(lightness(by_name[before]) - lightness(by_name[after])) < 4.5
                ]
    assert alike == []


def test_a_picture_of_a_query_has_the_rows_of_its_table(view: Callable[[str], list[Pictured]], open_page: OpenPage):
    (picture,) = view("sql")
    rows = answered(open_page("sql")).dataframe[0].value
    years.of_query(rows, read_chart(picture.spec))


def test_no_place_of_the_code_puts_a_picture_on_a_page_that_is_not_checked_here(view: Callable[[str], list[Pictured]]):
    seen: set[Any] = set()
    for name in VIEWS:
        for one in view(name):
            assert one.name or name == "sql", f"A picture without a name on {name}"
            seen |= one.sites
    assert {site: call for site, call in sites_in_code().items() if site not in seen} == {}


def test_no_picture_of_a_page_is_without_a_check(view: Callable[[str], list[Pictured]]):
    checks = {figure for _page, _params, of_view in VIEWS.values() for figure in of_view}
    unchecked = {checked(one.name) for name in VIEWS for one in view(name) if one.name} - checks
    assert {name for name in unchecked if not name.startswith("index-path-")} == set()
