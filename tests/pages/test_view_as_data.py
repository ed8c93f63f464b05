"""The address of a view gives what the page lets download, byte by byte, and the page names that address."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pytest
import streamlit as st
from starlette.applications import Starlette

from icc_data.paths import DATA_DIRECTORY, DATABASE
from icc_data.serving.open_data import offered
from icc_data.serving.open_data.answers import OpenData
from icc_data.serving.open_data.databases import Databases
from pages.shared import downloads
from tests.helpers.asked import asked
from tests.pages.conftest import OpenPage

ROOT = "https://atlas.example/"
Params = dict[str, list[str]]
Files = dict[str, Callable[[], bytes]]
SPAIN: Params = {"country": ["spain"], "from": ["2012"]}
pytestmark = pytest.mark.usefixtures("pages_known", "served")


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages know of a server that gives views as data."""
    monkeypatch.setattr(offered, "_offered", True)
    monkeypatch.setattr(downloads, "root", lambda: ROOT)


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
    databases = Databases(DATA_DIRECTORY, DATABASE, tmp_path_factory.mktemp("published") / "data")
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
        ("timeline", SPAIN, "area-by-year", "areas_by_year"),
        ("timeline", SPAIN, "spans", "spans"),
        ("timeline", {"lasting": ["commitment"]}, "survival", "survival"),
        ("timeline", SPAIN, "joining", "joining"),
        ("topics", SPAIN, "terms-policy_area", "areas"),
        ("topics", {"q": ["school"]}, "terms-theme", "themes"),
        ("topics", {"place": ["network"]}, "crosstab", "places"),
        ("topics", {"with": ["policy_area"]}, "together", "together"),
        ("map", {**SPAIN, "measure": ["population"]}, "map", "cities"),
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
    app = open_page(page, **params)
    name = f"download-{button}"
    if page != "practices":
        app.button(key=f"method-{button}").click().run()
        name = f"download-method-{button}"
    assert not app.exception
    query = urlencode(params, doseq=True)
    of_page = files[f"{name}-csv"]()
    assert get(f"/data/{view}.csv?{query}") == of_page
    of_parquet = pd.read_parquet(io.BytesIO(get(f"/data/{view}.parquet?{query}")))
    pd.testing.assert_frame_equal(of_parquet, pd.read_parquet(io.BytesIO(files[f"{name}-parquet"]())))
    # The address that the page names gives the same.
    (named,) = (code.value for code in app.get("code") if f"{ROOT}data/{view}.csv" in code.value)
    assert get(named.removeprefix(ROOT.rstrip("/"))) == of_page
