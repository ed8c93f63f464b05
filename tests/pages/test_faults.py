"""What a visitor sees where something is wrong: plain words, the last good data, and no place of the server."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from icc_data.serving import code_state
from icc_data.store import build as building
from icc_data.store import rows
from pages.shared import faults, session
from tests.pages.conftest import OpenPage, words
from tests.unit.conftest import DataFolder


def shown(app: AppTest) -> str:
    links = (str(link.proto.label) for link in app.get("page_link"))
    return "\n".join((words(app), *(str(warning.value) for warning in app.warning), *links))


@pytest.fixture
def broken_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code with which no database can be built."""
    (tmp_path / "thesaurus.csv").write_text("term\nx\n", encoding="utf-8")
    monkeypatch.setattr(rows, "THESAURUS", tmp_path / "thesaurus.csv")


def test_an_edit_with_an_error_leaves_the_last_good_database_with_a_notice(open_page: OpenPage, small_data: DataFolder):
    open_page("practices")
    small_data.edit("cities", 1, latitude="north")
    app = open_page("practices")
    assert not app.exception
    assert "this is the last database that was built" in shown(app)
    assert "latitude “north”" in shown(app)
    assert "Homework club" in shown(app)
    assert str(small_data.path.parent) not in shown(app)


def test_what_the_data_holds_is_no_markup_in_the_notice_of_a_problem(open_page: OpenPage, small_data: DataFolder):
    open_page("practices")
    small_data.edit("cities", 1, latitude="![x](https://evil.example/x.png)")
    app = open_page("practices")
    assert "evil.example" in shown(app)
    assert "](https://evil" not in shown(app)


def test_what_the_data_holds_is_no_markup_where_there_is_no_database(open_page: OpenPage, small_data: DataFolder):
    small_data.edit("cities", 1, latitude="![x](https://evil.example/x.png)")
    app = open_page("practices")
    assert "The atlas cannot open its data" in shown(app)
    assert "evil.example" in shown(app)
    assert "](https://evil" not in shown(app)


def test_a_rebuild_that_failed_is_tried_again_without_a_change_of_the_data(
    open_page: OpenPage, small_data: DataFolder, monkeypatch: pytest.MonkeyPatch, broken_code: None
):
    with pytest.MonkeyPatch.context() as whole:
        whole.setattr(rows, "THESAURUS", building.PACKAGE / "store" / "thesaurus.csv")
        open_page("practices")
    monkeypatch.setattr(session, "TRY_AGAIN", 0.0)
    small_data.edit("practices", 2, title="Homework circle")
    assert "Homework club" in shown(open_page("practices"))
    monkeypatch.setattr(rows, "THESAURUS", building.PACKAGE / "store" / "thesaurus.csv")
    app = open_page("practices")
    assert "Homework circle" in shown(app)
    assert "last database" not in shown(app)


def test_without_any_database_one_page_of_our_own_says_what_to_do(
    open_page: OpenPage, small_data: DataFolder, broken_code: None
):
    app = open_page("practices")
    assert not app.exception
    assert "The atlas cannot open its data" in shown(app)
    assert "python -m icc_data status" in shown(app)
    assert str(small_data.path.parent) not in shown(app)


def test_code_that_was_replaced_is_told_instead_of_a_page(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch):
    class Replaced(code_state.RunningCode):
        def changed(self) -> bool:
            return True

    monkeypatch.setattr(faults, "running_code", Replaced)
    monkeypatch.setattr(code_state, "_PARTS", ())
    app = open_page("practices")
    assert not app.exception
    assert "The atlas was updated: it has to be started anew." in shown(app)
    assert not app.get("page_link")


def _with_a_fault() -> None:
    import streamlit as st

    from pages.shared.faults import page_fault

    st.query_params["q"] = "somebody's words"
    try:
        raise ValueError("/srv/atlas/build/atlas.duckdb is broken")
    except ValueError as error:
        page_fault(error)


def test_a_fault_of_a_page_is_told_without_its_words_which_go_to_the_log(caplog: pytest.LogCaptureFixture):
    app = AppTest.from_function(_with_a_fault).run()
    assert "this part of the page cannot be shown" in shown(app)
    assert "/srv/atlas" not in shown(app)
    (line,) = [record.getMessage() for record in caplog.records if record.name == "pages.shared.faults"]
    assert line.endswith("?q: ValueError")
    assert line.split()[1] in shown(app)
