"""Pages run by Streamlit's own AppTest, each opened at an address."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import duckdb
import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest, app_test, local_script_runner

from icc_data.paths import DATA_DIRECTORY, DATABASE
from icc_data.store.build import build
from icc_data.store.database import open_database
from pages.parts import benchmark_table, index_published, sql_result
from pages.shared import session
from pages.shared.server import PEERS_FOLD
from tests.unit.conftest import SMALL, DataFolder
from tests.unit.console.conftest import _no_standing_back

__all__ = ["_no_standing_back"]

DASHBOARD = Path(__file__).parents[2] / "dashboard.py"
OpenPage = Callable[..., AppTest]
MOST_LOOKS = 1200
OPENED = (
    PEERS_FOLD,
    benchmark_table.FILES_MENU,
    index_published.FILES_MENU,
    sql_result.FILES_MENU,
    sql_result.CITATION_MENU,
    "sql-names",
    *(
        f"files-{name}"
        for name in (
            "audit_actions",
            "audit_needs",
            "audit_proposals",
            "audit_standing",
            "city",
            "compared-cities",
            "compared-practices",
            "new-partners",
            "own-partners",
            "peers",
            "practice",
            "practices",
        )
    ),
)
"""What is put on the page only where it is open: the choice of peers, and menus of files."""


@pytest.fixture(scope="session", autouse=True)
def _one_server() -> Iterator[None]:
    """Let all pages share what those of one server share: the components of Streamlit, and the compiled scripts.

    Each AppTest would look through every installed package and compile its page anew, which takes longer than to
    run the page.
    """
    components, scripts = manifest_scanner.scan_component_manifests(), ScriptCache()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: components)
        for module in (app_test, local_script_runner):
            patch.setattr(module, "ScriptCache", lambda: scripts)
        yield


@pytest.fixture
def open_page() -> OpenPage:
    """Open a page at its address parameters, every one a list of values, with what opens (``OPENED``) open."""

    def open_at(page: str, /, **params: list[str]) -> AppTest:
        app = AppTest.from_file(str(DASHBOARD), default_timeout=300)
        for key in OPENED:
            app.session_state[key] = True
        if page != "overview":
            app.switch_page(f"pages/{page}.py")
        for name, values in params.items():
            app.query_params[name] = values
        return app.run()

    return open_at


@pytest.fixture
def pages_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a run begin with the dashboard, as on a server that has run it before.

    AppTest begins every run as on a fresh server, which takes a file of pages/ for an app of its own and starts
    again: what was clicked is forgotten in between.
    """
    begin = PagesManager.__init__

    def patched(self: PagesManager, *args: Any, **kwargs: Any) -> None:
        begin(self, *args, **kwargs)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", patched)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """The database that the pages ask."""
    # A test may ask before any page was opened.
    build(DATA_DIRECTORY, DATABASE)
    with open_database(DATABASE) as opened:
        yield opened


def small_folder(root: Path) -> DataFolder:
    """A small data folder, whose fourth practice has a title and nothing else."""
    folder = DataFolder(root / "data")
    folder.path.mkdir()
    for table, rows in SMALL.items():
        folder.write(table, rows)
    folder.edit("practices", 3, source_kind="", accessed="", evidence_urls="")
    return folder


def look_at(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the dashboard stand on a data folder; its database and tables lie beside it."""
    root = folder.path.parent
    monkeypatch.setattr(session, "DATA_DIRECTORY", folder.path)
    monkeypatch.setattr(session, "DATABASE", root / "atlas.duckdb")
    monkeypatch.setattr(session, "PUBLISHED", root / "served" / "data")


@pytest.fixture
def small_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """The dashboard on a small data folder that a test may change."""
    folder = small_folder(tmp_path)
    look_at(folder, monkeypatch)
    return folder


def answered(app: AppTest) -> AppTest:
    """Run the page of SQL until its query runs no more, and leave it the processor in between."""
    for _ in range(MOST_LOOKS):
        if all(button.label != "Cancel" for button in app.button):
            return app
        time.sleep(0.05)
        app.run()
    raise AssertionError("The query never ends.")


def words(app: AppTest) -> str:
    """Everything that the page says in words, without what takes no room."""
    elements = [*app.markdown, *app.caption, *app.title, *app.error]
    return "\n".join(str(element.value) for element in elements).replace("\u2060", "")


def cards(app: AppTest) -> list[str]:
    """The practices shown as cards, in their order."""
    linked = [link.proto for link in app.get("page_link") if link.proto.page == "practice"]
    return [parse_qs(link.query_string)["practice"][0] for link in linked]
