"""What a page puts there again from memory is what it put there first, for everybody who asks for the same."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import benchmark_table
from tests.pages.conftest import OpenPage


def drawn(app: AppTest) -> list[str]:
    """Every element of the page that is text or table, in its order."""
    return [str(element.proto) for kind in ("html", "arrow_data_frame", "markdown") for element in app.get(kind)]


def test_a_run_that_changes_nothing_puts_the_same_there(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["bergen"])
    first = drawn(app)
    assert first == drawn(app.run())
    assert any("printed-table" in element for element in first)


def test_another_visitor_gets_the_table_without_its_being_made_anew(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = drawn(open_page("benchmark", city=["bergen"]))
    monkeypatch.setattr(benchmark_table, "_table", None)
    assert drawn(open_page("benchmark", city=["bergen"])) == first


def test_another_language_gets_a_table_of_its_own(open_page: OpenPage) -> None:
    english = drawn(open_page("benchmark", city=["bergen"]))
    french = drawn(open_page("benchmark", city=["bergen"], lang=["fr"]))
    assert any("percentile rank" in element for element in english)
    assert not any("percentile rank" in element for element in french)
