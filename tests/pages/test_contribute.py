"""The Contribute page: the template, the form and the check of files, and the list that they fill."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from icc_data.errors import AtlasError
from icc_data.incoming.contributions import checking
from icc_data.paths import SET
from tests.pages.conftest import DASHBOARD, OpenPage
from tests.pages.conftest import words as as_markdown

CSV = "title,city_ids,when_text,themes\n"


def _open(way: str) -> AppTest:
    # Without a look at the first page before, which would take most of the time of these tests.
    app = AppTest.from_file(str(DASHBOARD), default_timeout=60)
    app.switch_page("pages/contribute.py")
    app.query_params["way"] = [way]
    return app.run()


@pytest.fixture
def form() -> AppTest:
    """The page at its form."""
    return _open("form")


@pytest.fixture
def upload() -> AppTest:
    """The page at its check of files."""
    return _open("upload")


def words(app: AppTest) -> str:
    """Everything that the page says, as it is read."""
    return as_markdown(app).replace("\\", "")


def fill(app: AppTest, **fields: Any) -> AppTest:
    """Put values into fields of the form and leave them."""
    for column, value in fields.items():
        app.get_by_key(f"contribute-{column}").set_value(value)
    return app.run()


def send(app: AppTest, *files: tuple[str, str]) -> AppTest:
    """Upload files of text."""
    app.file_uploader[0].set_value([(name, text.encode(), "text/csv") for name, text in files])
    return app.run()


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def titles(app: AppTest) -> list[str]:
    """The titles of the practices in the list."""
    return [practice.title for item in app.session_state["contribution"].items for practice in [item.practice]]


def add_one(app: AppTest, title: str = "Welcome walks", city: str = "Bilbao") -> AppTest:
    return press(fill(app, title=title, city_ids=[city]), "form-add")


@pytest.mark.parametrize("way", ["template", "form", "upload"])
def test_each_way_opens_without_an_exception(open_page: OpenPage, way: str) -> None:
    app = open_page("contribute", way=[way])
    assert not app.exception
    assert not app.error
    assert "None so far" in words(app)
    assert "nothing is stored" in words(app)


def test_the_page_opens_with_the_template_and_says_what_it_asks_for(open_page: OpenPage) -> None:
    app = open_page("contribute")
    assert {button.proto.label for button in app.download_button} == {"Template (Excel)", "Template (CSV)"}
    assert app.table[0].value["Column"].tolist()[:3] == [
        "**Title**",
        "**Title in its original language**",
        "**City 1–3**",
    ]
    assert "interculturalcities" in words(app)


def test_a_garbage_address_is_said_and_does_not_count(open_page: OpenPage) -> None:
    app = open_page("contribute", way=["telepathy"], country=["atlantis"], practice=["x"])
    assert not app.exception
    assert "“telepathy” is not something that “How” can be" in words(app)
    assert app.download_button


def test_choosing_a_way_writes_it_into_the_address(open_page: OpenPage) -> None:
    app = open_page("contribute")
    app.get_by_key("option-way").set_value("upload").run()
    assert app.query_params["way"] == "upload"


def test_an_empty_form_complains_of_nothing_and_adds_nothing(form: AppTest) -> None:
    assert "required" not in words(form)
    assert "It can be added as soon as this is filled: “Title”." in words(form)
    assert form.button(key="form-add").disabled


def test_a_form_without_a_title_says_so_once_anything_is_written(form: AppTest) -> None:
    fill(form, summary="Neighbours walk together.")
    assert "is required" in words(form)
    assert "1 thing to mend above: “Title”" in words(form)
    assert form.button(key="form-add").disabled


def test_each_field_says_at_once_what_is_wrong_with_it(form: AppTest) -> None:
    fill(form, title="Walks", city_ids=["Atlantis"], url="nowhere", evidence_urls="https://a.org\nb")
    said = words(form)
    assert "GeoNames knows Atlantis in South Africa" in said
    assert said.count("expected") == 2
    assert "3 things to mend above: " in said


def test_a_text_longer_than_a_field_takes_is_kept_whole_and_said_to_be_too_long(form: AppTest) -> None:
    fill(form, title="x" * 260, summary="y" * 3100)
    said = words(form)
    assert "is 260 characters long; at most 250 are taken." in said
    assert "is 3,100 characters long; at most 3,000 are taken." in said
    assert form.text_area(key="contribute-summary").value == "y" * 3100


def test_each_field_says_how_it_was_understood(form: AppTest) -> None:
    fill(form, title="Walks", city_ids=["Lisbonn"], when_text="2019 - 2021", summary="Twelve words")
    said = words(form)
    assert "“Lisbonn” is read as Lisbon" in said
    assert "Read as: 2019–2021" in said
    assert "12 characters" in said
    assert not form.button(key="form-add").disabled


def test_the_terms_are_explained_where_they_are_chosen(form: AppTest) -> None:
    assert "Squares, parks, libraries" in form.get_by_key("contribute-policy_areas").help
    fill(form, policy_areas=["public_space"])
    assert "Public space: Squares, parks" in words(form)


def test_a_practice_that_is_there_already_is_pointed_out_before_it_is_added(form: AppTest) -> None:
    fill(form, title="2nd amadora Employment & Training Expo", city_ids=["Amadora"])
    assert "Similar title in the same city" in words(form)
    fill(form, title="2nd amadora EMPLOYMENT and training expo")
    assert "In the atlas already" in words(form)
    link = next(link for link in form.get("page_link") if "2nd Amadora" in link.proto.label)
    assert "practice=2nd-amadora-employment-and-training-expo" in link.proto.query_string


def test_what_was_added_is_listed_and_the_form_is_empty_again(form: AppTest) -> None:
    add_one(form)
    assert not form.exception
    assert "**1. Welcome walks**" in words(form)
    assert "**1** new practice" in words(form)
    assert form.get_by_key("contribute-title").value == ""
    assert any(button.proto.label == "Checked file (CSV)" for button in form.download_button)


def test_nothing_that_was_written_stands_in_the_address(form: AppTest) -> None:
    add_one(form)
    assert list(form.query_params) == ["way"]


def test_a_practice_is_edited_in_its_place(form: AppTest) -> None:
    add_one(form, "First")
    add_one(form, "Second", "Lisbon")
    press(form, "edit-0")
    assert form.get_by_key("contribute-title").value == "First"
    assert form.get_by_key("contribute-city_ids").value == ["Bilbao"]
    press(fill(form, title="First of all"), "form-add")
    assert titles(form) == ["First of all", "Second"]


def test_editing_opens_the_form(upload: AppTest) -> None:
    send(upload, ("a.csv", CSV + "Walks,Lisbon,since 2019,Sport\n"))
    press(upload, "edit-0")
    assert upload.query_params["way"] == "form"
    assert upload.get_by_key("contribute-themes").value == ["sport"]


def test_removing_and_clearing_can_be_undone(form: AppTest) -> None:
    add_one(form, "First")
    add_one(form, "Second", "Lisbon")
    assert titles(press(form, "remove-0")) == ["Second"]
    assert titles(press(form, "undo-contribution")) == ["First", "Second"]
    assert titles(press(form, "clear-contribution")) == []
    assert titles(press(form, "undo-contribution")) == ["First", "Second"]


def test_the_list_and_a_half_written_form_survive_a_look_at_another_page(form: AppTest) -> None:
    fill(add_one(form), title="Half written")
    form.switch_page("pages/topics.py").run()
    form.switch_page("pages/contribute.py").run()
    form.get_by_key("option-way").set_value("form").run()
    assert titles(form) == ["Welcome walks"]
    assert form.get_by_key("contribute-title").value == "Half written"


def test_a_file_is_taken_apart_into_practices_and_rows_to_mend(upload: AppTest) -> None:
    send(upload, ("a.csv", CSV + "Walks,Lisbonn,since 2019,Sport\n,Atlantis,,Sporty\n"))
    said = words(upload)
    assert not upload.exception
    assert "1 practice accepted, 1 row to mend" in said
    assert "**Row 3, city_ids** “Atlantis”" in said
    assert "Did you mean “Sport”?" in said
    assert "“Lisbonn” read as Lisbon" in said
    assert upload.dataframe[0].value.to_dict("list")["themes"] == ["Sporty"]


def test_several_files_are_checked_at_once_and_each_is_reported(upload: AppTest) -> None:
    send(upload, ("a.csv", CSV + "One,Lisbon,,\n"), ("b.csv", CSV + "Two,Bilbao,,\n"), ("c.csv", "mood\nglad\n"))
    said = words(upload)
    assert titles(upload) == ["One", "Two"]
    assert "**c.csv** · cannot be used" in said
    assert "has headings that do not say what the table holds (row 1 has: mood)" in said
    assert "copy the rows into the template" in said


def test_a_mended_file_takes_the_place_of_the_one_before(upload: AppTest) -> None:
    send(upload, ("a.csv", CSV + "One,Lisbon,,\nTwo,Atlantis,,\n"))
    send(upload, ("a.csv", CSV + "One,Lisbon,,\nTwo,Bilbao,,\n"))
    assert titles(upload) == ["One", "Two"]
    assert not upload.dataframe


def test_removing_a_file_takes_its_practices_along(upload: AppTest) -> None:
    send(upload, ("a.csv", CSV + "One,Lisbon,,\n"), ("b.csv", CSV + "Two,Bilbao,,\n"))
    assert titles(press(upload, "drop-a.csv")) == ["Two"]
    assert "a.csv" not in words(upload)


def test_what_stands_twice_or_is_there_already_is_counted_apart(upload: AppTest) -> None:
    rows = "Walks,Lisbon,,\nWALKS,Lisbon,,\n2nd Amadora employment and training expo,Amadora,,\n"
    send(upload, ("a.csv", CSV + rows))
    assert "**1** new practice · 1 in the atlas already · 1 twice in your list" in words(upload)
    assert "The same as number 1 of your practices" in words(upload)


def test_a_long_list_is_shown_a_page_at_a_time(upload: AppTest) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([f"Practice {n}", "Lisbon", "2019", ""] for n in range(25))
    send(upload, ("a.csv", CSV + out.getvalue()))
    assert "**25** new practices" in words(upload)
    assert "10. Practice 9" in words(upload)
    assert "11. Practice 10" not in words(upload)


def test_a_title_in_markdown_is_shown_as_it_is_written(form: AppTest) -> None:
    add_one(form, "**Bold** [link](https://a.org) :red[x]")
    assert r"\*\*Bold\*\* \[link\]" in as_markdown(form)


def test_the_files_of_practices_are_not_read_to_check_what_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def unread(*_of: object) -> None:
        raise AssertionError("all practices are read")

    st.cache_resource.clear()
    _open("upload")
    monkeypatch.setattr(checking, "valid_data", unread)
    st.cache_resource.clear()
    app = _open("upload")
    send(app, ("new.csv", CSV + "Homework club,Lisbon,2011,\n"))
    assert not app.exception
    assert "practice accepted" in words(app)


def test_data_with_problems_closes_the_page_in_words(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_of: object) -> None:
        raise AtlasError("The data has one problem: practices.csv:3.", "Mend it.")

    st.cache_resource.clear()
    monkeypatch.setattr(checking, "known_places", broken)
    app = open_page("contribute")
    assert not app.exception
    assert "practices.csv:3" in words(app)
    assert "cannot be checked now" in app.warning[0].value


@pytest.mark.parametrize(
    ("send_to", "expected"),
    [
        ("atlas@example.org", "Send the checked file to [atlas@example.org](<mailto:atlas@example.org>)."),
        (
            "https://example.org/send",
            "Send the checked file to [https://example.org/send](<https://example.org/send>).",
        ),
        ("", "Whoever runs this atlas has not said where checked files go."),
    ],
)
def test_where_checked_files_go_is_what_the_setting_says_or_that_it_says_nothing(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, send_to: str, expected: str
) -> None:
    monkeypatch.setitem(SET, "send_to", send_to)
    told = as_markdown(open_page("contribute"))
    assert expected in told.replace("\\", "")
