"""The address of a view gives what the page lets download, byte by byte, and the page names that address."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pytest
import streamlit as st
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from icc_data.files.views import VIEWS
from icc_data.paths import DATA_DIRECTORY, DATABASE
from icc_data.serving.open_data import offered
from icc_data.serving.open_data.answers import OpenData
from icc_data.serving.open_data.databases import Databases
from icc_data.store.snapshot_tables import take
from pages.parts import data_downloads
from pages.shared import downloads, versions
from tests.helpers.asked import asked
from tests.helpers.made_up_index import complete_atlas, complete_set
from tests.pages.conftest import OpenPage, look_at
from tests.pages.test_benchmark import TEMPLATE, bring
from tests.unit.conftest import DataFolder

ROOT = "https://atlas.example/"
Params = dict[str, list[str]]
Files = dict[str, Callable[[], bytes]]
# Lists whose files stand on the page, though a figure of the same name tells its method, too.
LISTS = {"review-members", "gap-silent", "gap-areas", "gap-records"}
MADE_UP = str(complete_set()["city_id"].iloc[0])
FRENCH: Params = {"lang": ["fr"]}
BERGEN: Params = {"my_city": ["bergen"]}
PEERS: Params = {"k": ["7"], "weight": ["population:2"], "former": ["no"]}
JUDGED: Params = {"rating": ["education:60"], "importance": ["participation:5"]}
TWO: Params = {"compare": ["country=italy&country=portugal"]}
REST_FIRST: Params = {"compare": ["rest_first"]}
RECI: Params = {"unit": ["network"], "network": ["reci"]}
COVERAGE: Params = {"step": ["coverage"], "silent": ["3"]}
COMPARED_TERMS = ("compared-target_group", "compared_terms")
MOMENTUM = ("review-momentum-theme", "review_momentum")
SPAIN: Params = {"country": ["spain"], "from": ["2012"]}
pytestmark = pytest.mark.usefixtures("pages_known", "served")


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages know of a server that gives views as data."""
    monkeypatch.setattr(offered, "_offered", True)
    for module in (downloads, data_downloads):
        monkeypatch.setattr(module, "root", lambda: ROOT)


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Files:
    """What gives the content of each file that the page offers, by the key of its button."""
    given: Files = {}
    button = st.download_button

    def recorded(label: str, data: Any, *args: Any, **options: Any) -> bool:
        given[options["key"]] = data
        return button(label, data, *args, **options)

    monkeypatch.setattr(st, "download_button", recorded)
    return given


@pytest.fixture(scope="module")
def get(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """Asks for a table."""
    return asking(DATA_DIRECTORY, DATABASE, tmp_path_factory.mktemp("published") / "data")


def asking(directory: Path, database: Path, published: Path) -> Callable[[str], bytes]:
    """What asks for a table of a data folder."""
    databases = Databases(directory, database, published)
    app = Starlette(routes=OpenData(databases, "", ROOT, "code", everybody=True).routes())

    def content(address: str) -> bytes:
        status, _told, body = asked(app, address)
        assert status == 200, body
        return body

    return content


@pytest.mark.parametrize(
    ("page", "params", "button", "view"),
    [
        ("practices", {**SPAIN, "sort": ["title"], "view": ["table"]}, "practices", "practices"),
        ("timeline", {**SPAIN, "count": ["active"]}, "by-year", "years"),
        ("timeline", {"split": ["country"]}, "by-year", "years"),
        ("timeline", {"split": ["policy_area"], "scale": ["shares"], "panels": ["country"]}, "by-year-lines", "years"),
        ("timeline", {"split": ["policy_area"]}, "by-year-lines", "years"),
        ("timeline", {**SPAIN, "per": ["cities"], "count": ["active"]}, "rates", "rates"),
        ("timeline", {"per": ["base"], "base": ["2012"]}, "rates", "rates"),
        ("timeline", {**SPAIN, "section": ["areas"]}, "area-by-year", "areas_by_year"),
        ("timeline", {**SPAIN, "section": ["practices"]}, "spans", "spans"),
        ("timeline", {"section": ["lasting"], "lasting": ["commitment"]}, "survival", "survival"),
        ("timeline", {**SPAIN, "section": ["joining"]}, "joining", "joining"),
        ("topics", SPAIN, "terms-policy_area", "areas"),
        ("topics", {"q": ["school"]}, "terms-theme", "themes"),
        ("topics", {"section": ["places"], "place": ["network"]}, "crosstab", "places"),
        ("topics", {"section": ["together"], "with": ["policy_area"]}, "together", "together"),
        ("map", {**SPAIN, "measure": ["population"]}, "map", "cities"),
        ("timeline", {**SPAIN, "words": ["school, jóvenes"], "together": ["3"]}, "words", "words"),
        ("timeline", {**SPAIN, "words": ["school"]}, "typical-words", "typical_words"),
        ("timeline", {**SPAIN, **TWO, "count": ["active"]}, "compared-years", "compared_years"),
        ("topics", {"theme": ["sport"], "compare": ["rest"], "list": ["target_group"]}, *COMPARED_TERMS),
        ("timeline", {**SPAIN, **REST_FIRST, "count": ["active"]}, "compared-years", "compared_years"),
        ("topics", {**SPAIN, **REST_FIRST}, "compared-policy_area", "compared_terms"),
        ("practices", {**SPAIN, **REST_FIRST}, "compared-practices", "compared_practices"),
        ("map", {**SPAIN, **REST_FIRST}, "compared-cities", "compared_cities"),
        ("practices", {**SPAIN, **TWO}, "compared-practices", "compared_practices"),
        ("map", {**SPAIN, **TWO}, "compared-cities", "compared_cities"),
        ("index", {"country": ["norway"], "theme": ["sport"]}, "index-register", "index_register"),
        ("index", {"my_city": ["oslo"]}, "index-register", "index_register"),
        ("index", {"city": ["oslo", "bergen"]}, "index-scores", "index_scores"),
        ("index", {"country": ["norway"]}, "index-coverage", "index_editions"),
        ("index", {"country": ["norway"]}, "index-overall", "index_scores"),
        ("benchmark", {**BERGEN, **PEERS, **SPAIN}, "benchmark", "benchmark"),
        ("benchmark", {**BERGEN, **PEERS}, "benchmark-rows", "benchmark_rows"),
        ("benchmark", BERGEN, "benchmark-scores", "benchmark_scores"),
        ("benchmark", {**BERGEN, **PEERS}, "peers", "peers"),
        ("benchmark", {"unit": ["country"], "country": ["spain"], "peers": ["region"]}, "benchmark", "benchmark"),
        (
            "benchmark",
            {"unit": ["network"], "network": ["reci"], "theme": ["sport"]},
            "benchmark-rows",
            "benchmark_rows",
        ),
        ("benchmark", {**BERGEN, "from": ["2010"], **PEERS}, "portfolio-dots", "place_areas"),
        ("benchmark", RECI, "breadth-dots", "place_measures"),
        ("audit", {**BERGEN, **PEERS, **JUDGED, "step": ["standing"]}, "audit_standing", "audit_standing"),
        ("audit", {**BERGEN, **JUDGED, **SPAIN, "step": ["needs"]}, "audit_needs", "audit_needs"),
        ("audit", {**BERGEN, **PEERS, **JUDGED, "step": ["borrow"]}, "audit_proposals", "audit_proposals"),
        ("audit", {**BERGEN, "area": ["education"], "step": ["borrow"]}, "audit_proposals", "audit_proposals"),
        ("review", SPAIN, "review-state", "review_state"),
        ("review", {"network": ["reci"], "period": ["2015-2020"]}, "review-members", "review_members"),
        ("review", {**COVERAGE, "group": ["country"], "find": ["a"]}, "coverage", "review_coverage"),
        ("review", {**COVERAGE, "unit": ["network"], "order": ["gaps"]}, "coverage", "review_coverage"),
        ("review", {**COVERAGE, "country": ["spain"]}, "review-coverage-city", "review_cells"),
        ("review", {"step": ["gaps"], "silent": ["10"], "country": ["spain"]}, "gap-silent", "review_gaps"),
        ("review", {"step": ["gaps"], "gap": ["areas"], "network": ["reci"]}, "gap-areas", "review_gaps"),
        ("review", {"step": ["gaps"], "gap": ["records"], "mender": ["city"]}, "gap-records", "review_gaps"),
        ("review", {"step": ["momentum"], "list": ["theme"], "period": ["2015-2019"]}, *MOMENTUM),
        ("index", {"country": ["norway"], **FRENCH}, "index-register", "index_register"),
        ("benchmark", {**BERGEN, **PEERS, **FRENCH}, "benchmark", "benchmark"),
        ("audit", {**BERGEN, **JUDGED, **FRENCH, "step": ["borrow"]}, "audit_proposals", "audit_proposals"),
        ("review", {"step": ["gaps"], "network": ["reci"], **FRENCH}, "gap-silent", "review_gaps"),
        ("map", {**SPAIN, **TWO, **FRENCH}, "compared-cities", "compared_cities"),
        ("partners", {"my_city": ["reggio-emilia"], **FRENCH}, "own-partners", "partners"),
        ("partners", {"my_city": ["reggio-emilia"]}, "own-partners", "partners"),
        ("partners", {**BERGEN, "theme": ["sport"]}, "new-partners", "new_partners"),
        ("partners", {**BERGEN, "country": ["italy"]}, "partners-matrix", "pairs"),
    ],
)
def test_an_address_gives_what_the_page_lets_download(
    open_page: OpenPage,
    files: Files,
    get: Callable[[str], bytes],
    *,
    page: str,
    params: Params,
    button: str,
    view: str,
) -> None:
    told_alike(open_page(page, **params), files, get, params, button, view)


def told_alike(app: AppTest, files: Files, get: Callable[[str], bytes], params: Params, button: str, view: str) -> None:
    """What a page lets download is what the address of a table gives, and the page names such an address."""
    name = f"download-{button}"
    # What stands below a figure is asked for; lists have their files on the page.
    if any(one.key == f"method-{button}" for one in app.button) and button not in LISTS:
        app.button(key=f"method-{button}").click().run()
        name = f"download-method-{button}"
    assert not app.exception
    query = urlencode(params, doseq=True)
    of_page = files[f"{name}-csv"]()
    assert get(f"/data/{view}.csv?{query}") == of_page
    if f"{name}-parquet" in files:
        of_parquet = pd.read_parquet(io.BytesIO(get(f"/data/{view}.parquet?{query}")))
        pd.testing.assert_frame_equal(of_parquet, pd.read_parquet(io.BytesIO(files[f"{name}-parquet"]())))
    # The address that the page names gives the same.
    (named,) = {code.value for code in app.get("code") if f"{ROOT}data/{view}.csv" in code.value}
    assert get(named.removeprefix(ROOT.rstrip("/"))) == of_page


@pytest.mark.parametrize(
    ("params", "button", "view"),
    [
        ({}, "index-areas", "index_distribution"),
        ({"network": ["international"]}, "index-editions", "index_distribution"),
        ({"classes": ["share"]}, "index-classes", "index_classes"),
        ({}, "index-publishing", "index_publishing"),
        ({"my_city": [MADE_UP]}, f"index-path-{MADE_UP}", "index_history"),
    ],
)
def test_what_a_complete_set_says_is_data_too(
    open_page: OpenPage, files: Files, complete: Callable[[str], bytes], params: Params, button: str, view: str
) -> None:
    told_alike(open_page("index", **params), files, complete, params, button, view)


@pytest.fixture(scope="module")
def complete_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("complete")
    complete_atlas(place)
    return place


@pytest.fixture
def complete(complete_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], bytes]:
    """The pages, and what asks for tables, on the project's data with a made-up complete set of scores."""
    look_at(DataFolder(complete_folder / "data"), monkeypatch)
    return asking(complete_folder / "data", complete_folder / "atlas.duckdb", complete_folder / "published")


@pytest.mark.parametrize("params", [{}, {"change": ["removed"]}, {"country": ["ireland"], "change": ["added"]}])
def test_what_changed_between_two_versions_is_data_too(
    open_page: OpenPage, files: Files, small_data: DataFolder, monkeypatch: pytest.MonkeyPatch, params: Params
) -> None:
    kept = take(small_data.path, small_data.path / "snapshots").snapshot
    small_data.edit("practices", 0, summary="Neighbours teach each other their languages while eating.")
    small_data.write("practices", small_data.rows("practices")[:-1])
    small_data.append("practices", practice_id="garden", title="A garden", city_ids="cork", countries="Ireland")
    monkeypatch.setattr(versions, "DATA_DIRECTORY", small_data.path)
    root = small_data.path.parent
    get = asking(small_data.path, root / "served.duckdb", root / "published")
    asked_for = {"step": ["changes"], "since": [kept.id], **params}
    told_alike(open_page("review", **asked_for), files, get, asked_for, "changes", "review_changes")


def test_the_actions_that_a_team_picks_are_data_too(
    open_page: OpenPage, files: Files, get: Callable[[str], bytes]
) -> None:
    listed = pd.read_csv(io.BytesIO(get("/data/audit_proposals.csv?my_city=bergen")))
    picks = [f"{row.policy_area}:{row.practice_id}" for row in listed.head(2).itertuples()]
    params: Params = {**BERGEN, "pick": picks, "step": ["actions"]}
    told_alike(open_page("audit", **params), files, get, params, "audit_actions", "audit_actions")
    assert len(pd.read_csv(io.BytesIO(get(f"/data/audit_actions.csv?{urlencode(params, doseq=True)}")))) == 2


@pytest.mark.parametrize("params", [SPAIN, {**BERGEN, "country": ["norway"]}])
def test_every_address_that_the_list_of_tables_gives_answers(
    open_page: OpenPage, get: Callable[[str], bytes], params: Params
) -> None:
    app = open_page("data", section=["files"], **params)
    text = " ".join(one.value for one in app.markdown)
    addresses = re.findall(rf"\({ROOT}(data/\w+\.csv[^)]*)\)", text)
    named = {*re.findall(r"data/(\w+)\.csv", text)}
    assert named == {*VIEWS}
    # Without a city, a comparison or words there is no table to lead to.
    lacking = {view.name for view in VIEWS.values() if {*view.needed} - {*params}}
    assert named - {address[len("data/") :].partition(".")[0] for address in addresses} == lacking
    for address in addresses:
        if "review_changes" not in address:
            get(f"/{address}")


@pytest.mark.parametrize(("page", "step"), [("benchmark", "peers"), ("audit", "needs")])
def test_a_list_with_results_of_a_citys_own_has_no_address(open_page: OpenPage, page: str, step: str) -> None:
    def tables(app: AppTest) -> set[str]:
        return {*re.findall(r"/data/(\w+)\.csv", " ".join(code.value for code in app.get("code")))}

    own = {"benchmark", "benchmark_rows", "benchmark_scores", "audit_needs"}
    assert tables(open_page(page, my_city=["bergen"], **({} if page == "benchmark" else {"step": [step]}))) & own
    # The audit takes results in its first step.
    app = open_page(page, my_city=["bergen"], **({} if page == "benchmark" else {"step": ["peers"]}))
    app = bring(app, "bergen", ("own.csv", f"{TEMPLATE}bergen,2020,education,40\n"))
    if page == "audit":
        app.query_params["step"] = step
        app.run()
    assert not app.exception
    assert not tables(app) & own
