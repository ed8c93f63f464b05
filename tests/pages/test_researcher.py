"""A researcher: from a question to a figure, its rows and a citation; the same by script; and all a version later."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from icc_data.serving.open_data import offered
from icc_data.serving.open_data.answers import OpenData
from icc_data.serving.open_data.databases import Databases
from icc_data.store.snapshot_tables import take
from pages.shared import downloads
from tests.helpers.asked import asked
from tests.pages.conftest import OpenPage, look_at, small_folder
from tests.unit.conftest import DataFolder

pytestmark = pytest.mark.usefixtures("pages_known")
QUESTION: dict[str, list[str]] = {"country": ["portugal"], "count": ["started"]}
SHARED = ["year", "practices"]


class Figure:
    """A figure of the page with what stands under “Data and method”."""

    def __init__(self, app: AppTest) -> None:
        self.app = app.button(key="method-by-year").click().run()
        (self.dialog,) = self.app.get("dialog")

    def rows(self) -> pd.DataFrame:
        frame: pd.DataFrame = self.dialog.dataframe[0].value
        return frame[SHARED].reset_index(drop=True).astype("int64")

    def citation(self) -> str:
        return next(code.value for code in self.dialog.get("code") if "Intercultural Cities Atlas" in code.value)

    def address(self) -> str:
        """The path and query for scripts that the figure names."""
        (code,) = [
            code.value for code in self.dialog.get("code") if "/data/" in code.value and "<iframe" not in code.value
        ]
        parts = urlsplit(code)
        return f"{parts.path}?{parts.query}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    folder = small_folder(tmp_path)
    look_at(folder, monkeypatch)
    # Pages know of a server that gives views as data.
    monkeypatch.setattr(offered, "_offered", True)
    monkeypatch.setattr(downloads, "root", lambda: "https://atlas.example/")
    return folder


@pytest.fixture
def script(folder: DataFolder) -> Callable[[str], pd.DataFrame]:
    """What a script gets at an address of the atlas on the same data."""
    root = folder.path.parent
    databases = Databases(folder.path, root / "served.duckdb", root / "published")
    app = Starlette(routes=OpenData(databases, "", "", "code", everybody=True).routes())

    def read(address: str) -> pd.DataFrame:
        status, _told, body = asked(app, address)
        assert status == 200, body
        return pd.read_csv(io.BytesIO(body))[SHARED].astype("int64")

    return read


def test_figure_script_and_citation_tell_the_same_and_so_they_do_a_version_later(
    folder: DataFolder, script: Callable[[str], pd.DataFrame], open_page: OpenPage
):
    kept = take(folder.path, folder.path / "snapshots").snapshot
    figure = Figure(open_page("timeline", **QUESTION))
    rows = figure.rows()
    # By hand: in Portugal one practice since 2019 and one of 2017 to 2018.
    assert rows.to_dict("list") == {"year": [2017, 2019], "practices": [1, 1]}
    assert_frame_equal(script(figure.address()), rows)
    assert kept.version in figure.citation()

    # A version later: another practice, and another year of one that there was.
    folder.append("practices", practice_id="late", title="Late", city_ids="lisbon", countries="Portugal")
    folder.edit(
        "practices", 4, accessed="2026-01-01", source_kind="programme", when_text="2019", when_source="year field"
    )
    folder.edit("practices", 0, when_text="Since 2018")
    assert not Figure(open_page("timeline", **QUESTION)).rows().equals(rows)
    assert not script(figure.address()).equals(rows)

    pinned: dict[str, Any] = {**QUESTION, "version": [kept.id]}
    later = Figure(open_page("timeline", **pinned))
    assert_frame_equal(later.rows(), rows)
    assert parse_qs(urlsplit(later.address()).query)["version"] == [kept.id]
    assert_frame_equal(script(later.address()), rows)
    assert kept.version in later.citation()
    assert f"version={kept.id}" in later.citation()
