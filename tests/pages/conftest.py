"""Pages run by Streamlit's own AppTest, each opened at an address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

DASHBOARD = Path(__file__).parents[2] / "dashboard.py"
OpenPage = Callable[..., AppTest]


@pytest.fixture
def open_page() -> OpenPage:
    """Open a page at its address parameters, every one a list of values."""

    def open_at(page: str, /, **params: list[str]) -> AppTest:
        app = AppTest.from_file(str(DASHBOARD), default_timeout=60).run()
        if page != "overview":
            app.switch_page(f"pages/{page}.py")
        for name, values in params.items():
            app.query_params[name] = values
        return app.run()

    return open_at


def words(app: AppTest) -> str:
    """Everything that the page says in words."""
    elements = [*app.markdown, *app.caption, *app.title, *app.error]
    return "\n".join(str(element.value) for element in elements)
