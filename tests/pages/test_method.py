"""Every picture says how it was computed, which rows are in it, and with which SQL, and that SQL can be run again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from icc_data import queries
from icc_data.paths import DATABASE
from icc_data.store.database import open_database
from tests.helpers.documents import ROOT
from tests.pages.conftest import OpenPage

PAGES: dict[str, dict[str, list[str]]] = {
    "overview": {},
    "map": {},
    "timeline": {},
    "topics": {},
    "practices": {"q": ["school"]},
    "practice": {"practice": ["dont-feed-the-rumour"]},
    "policy_area": {"policy_area": ["education"]},
    "data": {},
    "city": {"city": ["lisbon"]},
    "benchmark": {"city": ["lisbon"]},
    "audit": {"city": ["lisbon"], "step": ["needs"]},
    "index": {},
    "partners": {"city": ["lisbon"]},
}
FILTERED = ("overview", "map", "timeline", "topics", "practices", "practice")
CHOICE = {"country": ["spain"], "from": ["2012"]}
pytestmark = pytest.mark.usefixtures("pages_known")
PICTURES = ("vega_lite_chart", "deck_gl_json_chart")


def methods(app: AppTest) -> list[str]:
    return [button.key for button in app.button if button.key and button.key.startswith("method-")]


def opened(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception, key
    return app


def said(app: AppTest) -> str:
    """What the open dialog says."""
    dialog = app.get("dialog")
    assert len(dialog) == 1
    return "\n".join(str(element.value) for element in [*dialog[0].markdown, *dialog[0].caption])


def sql_of(app: AppTest) -> str:
    """The SQL in the open dialog."""
    (sql,) = (code.value for code in app.get("dialog")[0].get("code") if code.language == "sql")
    return str(sql)


@dataclass(frozen=True)
class Method:
    """What one dialog says: its words, its SQL and the rows that it shows."""

    key: str
    words: str
    sql: str
    rows: pd.DataFrame


Read = Callable[[str, dict[str, list[str]]], tuple[int, list[Method]]]
_READ: dict[str, tuple[int, list[Method]]] = {}


@pytest.fixture
def methods_of(open_page: OpenPage) -> Read:
    """How many pictures a page has, and the method of each; a dialog after the other, once for all tests."""

    def read(page: str, choice: dict[str, list[str]]) -> tuple[int, list[Method]]:
        view = f"{page} {choice}"
        if view not in _READ:
            app = open_page(page, **PAGES[page], **choice)
            assert not app.exception
            count, listed = sum(len(app.get(kind)) for kind in PICTURES), []
            for key in methods(app):
                opened(app, key)
                (rows,) = app.get("dialog")[0].dataframe
                listed.append(Method(key, said(app), sql_of(app), rows.value))
            _READ[view] = count, listed
        return _READ[view]

    return read


@pytest.mark.parametrize(
    ("page", "choice"), [(page, {}) for page in PAGES] + [(page, CHOICE) for page in FILTERED], ids=str
)
def test_every_picture_has_a_method_whose_sql_gives_its_rows(
    methods_of: Read, page: str, choice: dict[str, list[str]]
) -> None:
    pictures, listed = methods_of(page, choice)
    assert len(listed) == pictures > 0
    with open_database(DATABASE) as connection:
        for method in listed:
            rows = connection.execute(method.sql).df()
            assert len(rows) > 0, method.key
            # Intervals and tests stand beside the columns of the SQL, which keep their order.
            own = [name for name in method.rows.columns if name in rows.columns]
            assert own == list(rows.columns), method.key
            assert len(method.rows) == min(len(rows), 200), method.key


@pytest.mark.parametrize("page", PAGES)
def test_a_method_says_in_a_sentence_how_and_what_is_left_out(methods_of: Read, page: str) -> None:
    for method in methods_of(page, {})[1]:
        sentence = method.words.splitlines()[0]
        assert len(sentence.split()) > 8, method.key
        assert sentence.endswith((".", "%.")), method.key
        for counted, everything, left in re.findall(
            r"(\d+) of (\d+) \w+ are counted; (\d+) are left out", method.words
        ):
            assert int(counted) + int(left) == int(everything), method.key


def test_a_method_counts_what_the_picture_shows(open_page: OpenPage) -> None:
    app = opened(open_page("timeline", split=["none"]), "method-by-year")
    with open_database(DATABASE) as connection:
        network = queries.network(connection)
        left = network["practices"] - network["dated"]
        assert connection.execute(sql_of(app)).df()["practices"].sum() == network["dated"]
    assert f"{network['dated']} of {network['practices']} practices are counted; {left} are left out." in said(app)


def test_a_method_offers_the_rows_and_the_picture_as_files(open_page: OpenPage) -> None:
    app = opened(open_page("topics"), "method-terms-theme")
    labels = [button.label for button in app.get("dialog")[0].get("download_button")]
    assert labels == ["CSV", "Excel", "JSON", "Parquet", "SVG", "PNG", "PowerPoint", "BibTeX", "RIS", "CSL-JSON"]


def test_the_sql_of_a_method_holds_what_was_chosen(open_page: OpenPage) -> None:
    app = opened(open_page("topics", country=["spain"], q=["l'école"]), "method-terms-theme")
    sql = sql_of(app)
    assert "ANY(['spain'])" in sql
    assert "['ecole']" in sql
    assert not re.search(r"\$[a-z]|\{[a-z]+\}", sql)


def test_the_sql_of_a_method_is_linked_to_the_sql_page(open_page: OpenPage) -> None:
    app = opened(open_page("topics"), "method-terms-theme")
    (link,) = app.get("dialog")[0].get("page_link")
    sql = sql_of(app)
    assert link.proto.page == "sql"
    assert parse_qs(link.proto.query_string) == {"sql": [sql]}


def test_a_picture_can_be_for_a_slide_with_a_title_and_a_caption_of_ones_own(open_page: OpenPage) -> None:
    app = opened(open_page("timeline"), "method-by-year")
    assert app.selectbox(key="canvas-method-by-year").options == [
        "As on the screen", "Slide, 16:9", "Column of A4, 85 mm", "Card for social media, 1200 × 630"
    ]  # fmt: skip
    assert app.text_input(key="title-method-by-year").placeholder == "Practices started per year"
    assert app.text_input(key="caption-method-by-year").value == ""


def test_of_a_title_longer_than_what_a_picture_takes_the_beginning_is_used_and_that_is_said(
    open_page: OpenPage,
) -> None:
    app = open_page("timeline")
    app.session_state["title-method-by-year"] = "x" * 240
    assert "240 characters were typed, the first 200 of them are used." in said(opened(app, "method-by-year"))
    assert app.text_input(key="title-method-by-year").value == "x" * 240


def test_of_a_title_as_long_as_a_picture_takes_nothing_is_said(open_page: OpenPage) -> None:
    app = open_page("timeline")
    app.session_state["title-method-by-year"] = "x" * 200
    assert "characters were typed" not in said(opened(app, "method-by-year"))


def test_letters_of_a_title_that_no_font_of_a_png_has_are_said_beside_it(open_page: OpenPage) -> None:
    app = open_page("timeline")
    app.session_state["title-method-by-year"] = "ไทย"
    words = r"A PNG has no letters for ไ, ท and ย\: a box stands for them. An SVG keeps them."
    assert words in said(opened(app, "method-by-year"))


def test_of_a_title_that_a_png_can_draw_no_letters_are_said_to_lack(open_page: OpenPage) -> None:
    app = open_page("timeline")
    app.session_state["title-method-by-year"] = "Łódź, مرحبا 😀"
    assert "A PNG has no letters" not in said(opened(app, "method-by-year"))


@pytest.mark.parametrize(
    "file", ["pages/shared/explanations.py", "pages/partners.py", "pages/parts/contribute_list.py"]
)
def test_no_picture_points_at_rows_that_stand_below_it_on_the_page_alone(file: str):
    # What a picture shows is said in its files, too, below which there are none.
    assert "rows below" not in (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("page", "chosen", "figure", "title"),
    [
        ("city", {"my_city": ["bergen"]}, "city-years-bergen", "Practices active in each year: City: Bergen"),
        ("city", {"my_city": ["bergen"]}, "city-areas-bergen", "Practices of Bergen by policy area"),
        (
            "policy_area",
            {"policy_area": ["education"]},
            "area-city",
            "Cities that do most: Country: Spain; Policy area: Education",
        ),
        ("index", {"theme": ["arts_culture"]}, "index-overall", "Overall Index scores: Country: Spain"),
        (
            "map",
            {"compare": ["country=italy"]},
            "map-other",
            "Map of Italy by Practices: Country: Italy; Compared with: Country: Spain",
        ),
    ],
)
def test_a_figure_is_cited_with_what_it_follows_of_the_filters(
    open_page: OpenPage, page: str, chosen: dict[str, list[str]], figure: str, title: str
) -> None:
    app = opened(open_page(page, country=["spain"], **chosen), f"method-{figure}")
    cited = "\n".join(code.value for code in app.get("dialog")[0].get("code"))
    # What follows is the kind of figure, or how many practices both of a comparison hold.
    assert re.search(rf"\(\d{{4}}\)\. {re.escape(title)}( [\[(]|; Spain: )", cited)
