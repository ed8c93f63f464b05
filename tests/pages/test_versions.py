"""Old versions of the data: opened by the address, said on every page, listed on the Data page."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from icc_data.store.snapshot_tables import take
from pages.shared import versions
from pages.shared.navigation import GROUPS
from tests.pages.conftest import OpenPage, answered, look_at, small_folder, words
from tests.unit.conftest import DataFolder

BAND = "You are looking at the data of 3 February 2025"
# Topics needs the four commitments, of which the small data has two.
PAGES = [
    *("overview", "map", "timeline", "practices", "city", "benchmark", "index", "audit", "partners"),
    *("policy_area", "sql", "data", "contribute", "accessibility"),
]
# What pages show beyond their first view, where there are links of another kind.
VIEWS: list[tuple[str, dict[str, list[str]]]] = [
    *((page, {}) for page in PAGES),
    ("practice", {"practice": ["kitchen-of-languages"]}),
    ("city", {"city": ["cork"]}),
    ("benchmark", {"city": ["cork"]}),
    *(("audit", {"city": ["cork"], "step": [step]}) for step in ("peers", "standing", "needs", "borrow", "actions")),
    ("index", {"city": ["cork"]}),
    ("partners", {"city": ["cork"]}),
    ("map", {"place": ["cork"]}),
    ("data", {"section": ["versions"], "table": []}),
    ("policy_area", {"policy_area": ["education"]}),
    *(("review", {"step": [step]}) for step in ("state", "coverage", "gaps", "momentum", "changes")),
    ("review", {"step": ["changes"], "change": ["added"]}),
    ("review", {"step": ["state"], "present": ["1"]}),
]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[DataFolder, str]:
    """A data folder with a snapshot of four practices, after which there are five, the fifth seen on 1 March 2025."""
    folder = small_folder(tmp_path_factory.mktemp("grown"))
    kept = take(folder.path, folder.path / "snapshots").snapshot
    folder.append("practices", practice_id="garden", title="A garden", city_ids="cork", countries="Ireland")
    folder.edit("practices", 4, accessed="2025-03-01", source_kind="programme")
    return folder, kept.id


@pytest.fixture
def old(grown: tuple[DataFolder, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """The dashboard on a folder that has grown since a snapshot, whose name this is; no test changes it."""
    folder, kept = grown
    look_at(folder, monkeypatch)
    monkeypatch.setattr(versions, "DATA_DIRECTORY", folder.path)
    return kept


def practices(app: AppTest) -> str:
    return next(line for line in words(app).splitlines() if "Search and narrow" in line)


def test_without_a_version_the_newest_data_is_shown_and_no_band(old: str, open_page: OpenPage):
    app = open_page("practices")
    assert "5 practices" in practices(app)
    assert "You are looking at" not in words(app)


def test_a_version_in_the_address_shows_its_data(old: str, open_page: OpenPage):
    assert "4 practices" in practices(open_page("practices", version=[old]))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_over_an_old_version_and_says_so(old: str, open_page: OpenPage, page: str):
    app = open_page(page, version=[old])
    assert not app.exception
    assert BAND in words(app)
    assert "could set" not in words(app)


def test_the_band_leads_to_the_newest_data(old: str, open_page: OpenPage):
    app = open_page("practices", version=[old], q=["choir"])
    (link,) = [link.proto for link in app.get("page_link") if link.proto.label == "See the newest"]
    query = parse_qs(link.query_string)
    assert (link.page, query["version"], query["q"]) == ("practices", ["now"], ["choir"])


def test_every_link_of_every_view_keeps_the_version_and_the_language(old: str, open_page: OpenPage):
    lost = set()
    for page, params in VIEWS:
        app = open_page(page, version=[old], lang=["en"], **params)
        assert not app.exception
        links = [link.proto for link in app.get("page_link")]
        assert len(links) > len(GROUPS) or "present" in params
        # The band leads out of the version; of what changed, a practice opens in the version that has it.
        kept = {old, "now"} if params.get("step") == ["changes"] else {old}
        for link in links:
            query = parse_qs(link.query_string)
            # The switch of languages leads to the same view in another one.
            language = ["fr"] if link.label == "Français" else ["en"]
            right = query.get("version", [""])[0] in kept and query.get("lang") == language
            if not right and link.label != "See the newest":
                lost.add((page, *params, link.page, link.label))
    assert not lost


def test_no_page_makes_a_link_past_the_one_place_that_keeps_the_version():
    makers = re.compile(r"st\.(page_link|switch_page)\(")
    made = {str(file.relative_to(ROOT)) for file in ROOT.glob("pages/**/*.py") if makers.search(file.read_text())}
    assert made == {"pages/shared/navigation.py"}


def test_a_link_in_a_table_keeps_the_version(old: str, open_page: OpenPage):
    app = open_page("index", version=[old])
    addresses = app.dataframe[0].value["profile"]
    assert len(addresses)
    assert {parse_qs(urlsplit(address).query)["version"][0] for address in addresses} == {old}


def test_a_link_that_does_not_name_the_version_stays_in_it(old: str, open_page: OpenPage):
    app = open_page("practices", version=[old])
    del app.query_params["version"]
    app.run()
    assert BAND in words(app)
    assert app.query_params["version"] == old


def test_asking_for_the_newest_leaves_the_old_version(old: str, open_page: OpenPage):
    app = open_page("practices", version=[old])
    app.query_params["version"] = "now"
    app.run()
    assert "You are looking at" not in words(app)
    assert "version" not in app.query_params


def test_a_version_may_be_asked_for_by_its_date_or_by_what_people_quote(old: str, open_page: OpenPage):
    for asked in ("2025-02-03", old.removeprefix("2025-02-03-")):
        assert BAND in words(open_page("data", version=[asked]))


def test_an_unknown_version_is_said_and_the_newest_is_shown(old: str, open_page: OpenPage):
    app = open_page("practices", version=["2020-01-01"])
    assert [box.value for box in app.warning] == [
        "There is no version “2020-01-01” of the data here, so this is the newest. "
        "The page “Tables and downloads” lists those that are kept, under Versions."
    ]
    assert "5 practices" in practices(app)


def test_the_version_that_is_the_newest_needs_no_band(small_data: DataFolder, open_page: OpenPage):
    kept = take(small_data.path, small_data.path / "snapshots").snapshot
    app = open_page("practices", version=[kept.id])
    assert "You are looking at" not in words(app)
    assert not app.warning


def test_the_sql_page_asks_the_old_version(old: str, open_page: OpenPage):
    app = answered(open_page("sql", version=[old], sql=["SELECT count(*) AS n FROM practice"]))
    assert app.dataframe[0].value["n"].tolist() == [4]


def test_the_data_page_lists_the_snapshots_with_a_link_to_each(old: str, open_page: OpenPage):
    app = open_page("data", section=["versions"])
    (link,) = [link.proto for link in app.get("page_link") if "3 February 2025" in link.proto.label]
    assert parse_qs(link.query_string) == {"version": [old]}
    assert "4 practices, 4 cities, 3 Index results" in words(app)


def test_the_data_page_without_a_snapshot_says_how_to_make_one(
    small_data: DataFolder, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(versions, "DATA_DIRECTORY", small_data.path)
    app = open_page("data", section=["versions"])
    assert [info.value for info in app.info] == ["There is no snapshot of the data yet."]
    assert [code.value for code in app.code if code.value[0] != "?"] == ["python -m icc_data snapshot"]
