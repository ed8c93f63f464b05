"""Every picture of the atlas again: its rows as they are downloaded, pandas, and the marks that are drawn.

Each picture is read as somebody reads it, by the numbers and names on its axes, and not by the rows it was drawn from.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
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
from tests.helpers.made_up_index import complete_atlas
from tests.helpers.pictured import Pictured, pictures, sites_in_code
from tests.helpers.reproduced import lightness
from tests.pages import redrawn_years as years
from tests.pages.conftest import OpenPage, answered
from tests.pages.reproduced_views import VIEWS
from tests.pages.test_benchmark import bring
from tests.pages.test_contribute import _open, add_one

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
