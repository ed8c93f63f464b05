"""What changed between two versions, on a page of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from icc_data.store.snapshot_tables import take
from pages.shared import versions
from tests.pages.conftest import look_at, small_folder, words
from tests.unit.conftest import DataFolder

ROOT = Path(__file__).parents[2]
PAGE = """
import streamlit as st
from pages.parts.review_changes import changes_part
from pages.shared.navigation import pages
from pages.shared.session import current, start
start()
st.navigation(pages(), position="hidden")
changes_part(current().selection)
"""
Show = Callable[..., AppTest]


def grow(folder: DataFolder) -> str:
    """Take a snapshot, after which a practice came, one changed, one went, and a city joined and got facts."""
    kept = take(folder.path, folder.path / "snapshots").snapshot
    folder.edit("practices", 0, summary="Neighbours teach each other their languages while eating.")
    folder.write("practices", folder.rows("practices")[:-1])
    folder.append("practices", practice_id="garden", title="A garden", city_ids="cork", countries="Ireland")
    folder.edit("cities", 2, status="member", population="210000")
    return kept.id


@pytest.fixture
def folder(small_data: DataFolder, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """The small data folder, with snapshots of its own, for a test to change."""
    monkeypatch.setattr(versions, "DATA_DIRECTORY", small_data.path)
    return small_data


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[DataFolder, str]:
    """A data folder that has grown since a snapshot, and the snapshot's name."""
    folder = small_folder(tmp_path_factory.mktemp("grown"))
    return folder, grow(folder)


@pytest.fixture
def before(grown: tuple[DataFolder, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """The snapshot of the folder that has grown since, which the dashboard stands on; no test changes it."""
    folder, kept = grown
    look_at(folder, monkeypatch)
    monkeypatch.setattr(versions, "DATA_DIRECTORY", folder.path)
    return kept


@pytest.fixture
def show(tmp_path: Path) -> Show:
    # Links lead to pages beside the script.
    (tmp_path / "pages").symlink_to(ROOT / "pages")
    (tmp_path / "page.py").write_text(PAGE)

    def at(**params: str) -> AppTest:
        app = AppTest.from_file(str(tmp_path / "page.py"), default_timeout=60)
        for name, value in params.items():
            app.query_params[name] = value
        return app.run()

    return at


@pytest.mark.usefixtures("folder")
def test_without_a_snapshot_the_page_says_how_to_make_one(show: Show):
    app = show()
    assert [info.value for info in app.info] == [
        "There is no snapshot of the data yet, so there is nothing to compare with."
    ]
    assert [code.value for code in app.code] == ["python -m icc_data snapshot"]


def test_a_snapshot_of_an_earlier_day_is_compared_with_before_one_of_the_same_day(show: Show, folder: DataFolder):
    earlier = take(folder.path, folder.path / "snapshots").snapshot
    new = {"practice_id": "garden", "title": "A garden", "city_ids": "cork", "countries": "Ireland"}
    folder.append("practices", **new, accessed="2026-01-01", source_kind="programme")
    take(folder.path, folder.path / "snapshots")
    folder.edit("practices", 0, summary="Neighbours teach each other their languages while eating.")
    assert show().selectbox(key="option-since").value == earlier.id


def test_where_both_versions_are_the_same_data_the_page_says_so(show: Show, folder: DataFolder):
    take(folder.path, folder.path / "snapshots")
    assert [info.value for info in show().info] == ["Both are the same data: choose another version above."]


def test_the_newest_snapshot_that_differs_is_compared_with_now_in_one_sentence(show: Show, before: str):
    app = show()
    assert [box.value for box in app.selectbox] == [before, "now"]
    assert (
        "Since 3 February 2025\\: 1 practice added, 1 changed, 1 removed; 1 city joined and facts of 1 city changed."
        in words(app)
    )


def test_old_stands_beside_new_with_the_words_that_differ_marked(show: Show, before: str):
    app = show(change="changed")
    (table,) = [html.proto.body for html in app.get("html") if html.proto.body.startswith('<div class="changes">')]
    assert "while <del>cooking.</del></p>" in table
    assert "while <ins>eating.</ins></p>" in table


def test_a_practice_and_a_city_that_there_are_open_their_pages(show: Show, before: str):
    practice = show(change="changed").get("page_link")[0].proto
    city = show(change="cities").get("page_link")[0].proto
    assert (practice.page, practice.query_string) == ("practice", "practice=kitchen-of-languages")
    assert (city.page, city.query_string) == ("city", "my_city=cork")


def test_a_removed_practice_opens_in_the_version_that_had_it(show: Show, before: str):
    (link,) = show(change="removed").get("page_link")
    assert (link.proto.label, link.proto.query_string) == (
        "**A guide for mediators**",
        f"practice=a-guide-for-mediators&version={before}",
    )


def test_a_scope_narrows_what_changed_and_is_said_in_the_sentence(show: Show, before: str):
    app = show(country="ireland")
    told = words(app).replace("\\", "")
    assert "Practices and cities of Country: Ireland, as either version has them." in told
    assert "Since 3 February 2025 (Country: Ireland): 1 practice added, 0 changed, 0 removed" in told
    elsewhere = words(show(country="portugal")).replace("\\", "")
    assert "(Country: Portugal): 0 practices added, 1 changed, 0 removed; 0 cities joined." in elsewhere


def test_what_of_a_scope_cannot_be_compared_is_said(show: Show, before: str):
    told = words(show(q="garden")).replace("\\", "")
    assert "“garden” cannot be asked of two versions, so it does not count here." in told
    assert "Since 3 February 2025: 1 practice added, 1 changed, 1 removed" in told


def test_kinds_of_change_stand_with_their_numbers(show: Show, before: str):
    (kinds,) = show().get("button_group")
    assert [option.content for option in kinds.proto.options] == [
        "Practices added (1)",
        "Practices changed (1)",
        "Practices removed (1)",
        "Cities (1)",
        "City facts (1)",
    ]


def test_a_kind_of_which_there_is_nothing_is_said(show: Show, before: str):
    app = show(change="index")
    assert not app.exception
    assert "there is nothing of the kind “index”" in words(app)


@pytest.mark.parametrize("change", ["added", "changed", "removed", "cities", "facts"])
def test_each_kind_can_be_downloaded(show: Show, before: str, change: str):
    labels = [button.proto.label for button in show(change=change).get("download_button")]
    assert labels == ["CSV", "Excel"]


def test_a_version_may_be_asked_for_by_its_date(show: Show, before: str):
    app = show(since="now", until="2025-02-03")
    assert [box.value for box in app.selectbox] == ["now", before]


def test_an_old_version_is_compared_with_what_there_was_before_it(show: Show, folder: DataFolder):
    first = grow(folder)
    folder.edit("practices", 0, accessed="2025-03-01")
    second = take(folder.path, folder.path / "snapshots").snapshot.id
    folder.edit("practices", 0, accessed="2025-04-01", summary="Neighbours cook.")
    assert [box.value for box in show().selectbox] == [second, "now"]
    then = show(version=second)
    assert [box.value for box in then.selectbox] == [first, second]
    told = words(then).replace("\\", "")
    assert "Since 3 February 2025: 1 practice added, 1 changed, 1 removed" in told


def test_an_unknown_version_is_said_and_does_not_count(show: Show, before: str):
    app = show(since="2020-01-01")
    assert [box.value for box in app.selectbox] == [before, "now"]
    assert "“2020-01-01” is not something that “From” can be" in words(app).replace("\\", "")


def test_a_column_that_was_not_recorded_then_is_said_and_is_no_change(show: Show, folder: DataFolder):
    lines = [row | {"described_when": ""} for row in folder.rows("practices")]
    folder.write("practices", lines)
    text = folder.text("practices").replace(",described_when", "", 1)
    folder.put("practices", "\n".join(_without_column(text, 7)) + "\n")
    take(folder.path, folder.path / "snapshots")
    folder.write("practices", [row | {"described_when": "2014"} for row in folder.rows("practices")])
    app = show()
    assert "“The description says” not recorded in the data of 3 February 2025" in words(app)
    assert "0 practices added, 0 changed, 0 removed" in words(app)


def _without_column(text: str, place: int) -> list[str]:
    head, *rows = text.splitlines()
    return [head, *(",".join(cell for number, cell in enumerate(row.split(",")) if number != place) for row in rows)]


def test_a_snapshot_that_cannot_be_read_is_said(show: Show, folder: DataFolder):
    before = grow(folder)
    file = folder.path / "snapshots" / before / "cities.parquet"
    file.chmod(0o644)
    shutil.copy(folder.file("cities"), file)
    app = show()
    assert not app.exception
    assert f"The snapshot {before} cannot be read" in words(app).replace("\\", "")
