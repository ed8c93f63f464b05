"""Every string a person reads goes through the catalogue, of the language that the visit speaks."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest
from babel.messages.pofile import read_po
from google.protobuf.json_format import MessageToDict
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from icc_data import i18n
from icc_data.i18n import LOCALE_DIRECTORY, set_language
from pages.shared import drawn
from tests.pages.conftest import OpenPage

PAGES = (
    *("overview", "map", "timeline", "topics", "practices", "policy_area", "practice", "city", "benchmark", "audit"),
    *("partners", "index", "sql", "data", "contribute", "review", "accessibility"),
)
# On these, all that answers from memory: counts, charts, maps, peers, own columns.
REMEMBERING = ("overview", "map", "topics", "city", "benchmark", "review")


class _Marked:
    """A catalogue that puts every message in marks, so that a text without them did not come from it."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, many: str, count: int) -> str:
        return f"⟦{one if count == 1 else many}⟧"


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(i18n, "_catalogue", lambda code: _Marked())
    # What a page has put there once, with other words, is put there again for all who come after.
    drawn._drawn.clear()
    yield
    drawn._drawn.clear()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")


@pytest.fixture
def french_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ContextProxy, "headers", {"Accept-Language": "fr-CH,fr;q=0.9,en;q=0.8"})


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("page", PAGES)
def test_labels_and_captions_come_from_the_catalogue(open_page: OpenPage, page: str) -> None:
    app = open_page(page, theme=["youth"], lang=["en"])
    widgets = [*app.multiselect, *app.toggle, *app.slider, *app.text_input, *app.selectbox]
    said = [widget.label for widget in widgets] + [str(caption.value) for caption in app.caption]
    said += [str(metric.label) for metric in app.metric]
    # A caption that is a place and a year is data, not a message.
    unmarked = [text for text in said if "⟦" not in text and not re.search(r" · |, ", text)]
    assert unmarked == []


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, str) and value.startswith("/////"):
        # Rows of a table or chart, in Arrow's own format.
        with pa.ipc.open_stream(base64.b64decode(value)) as rows:
            table = rows.read_all()
        yield from table.column_names
        yield from (cell for column in table.columns for cell in column.to_pylist() if isinstance(cell, str))
    elif isinstance(value, str):
        try:
            yield from _strings(json.loads(value)) if value[:1] in "{[" else [value]
        except ValueError:
            yield value


def texts(app: AppTest) -> set[str]:
    """Every text that the server sent to the browser, those within charts and maps too."""
    elements = [element for element in app.main if getattr(element, "proto", None) is not None]
    return {text for element in elements for text in _strings(MessageToDict(element.proto))}


@pytest.fixture(scope="module")
def english_alone() -> set[str]:
    """The messages that read otherwise in French, without those that are names in the code too."""
    with (LOCALE_DIRECTORY / "fr.po").open("rb") as text:
        catalogue = read_po(text, locale="fr")
    messages = {message.id for message in catalogue if message.id and message.string != message.id}
    names = {"English", "Excel"}
    return {text for text in messages - names if isinstance(text, str) and not re.fullmatch("[a-z_]+", text)}


@pytest.mark.parametrize("page", REMEMBERING)
def test_what_is_answered_from_memory_is_in_the_language_of_who_asks(
    open_page: OpenPage, english_alone: set[str], page: str
):
    city = {"city": ["bergen"]} if page in ("city", "benchmark") else {}
    in_english = texts(open_page(page, lang=["en"], **city)) & english_alone
    assert in_english
    assert texts(open_page(page, lang=["fr"], **city)) & english_alone == set()
    assert texts(open_page(page, lang=["en"], **city)) & english_alone == in_english


def language_of(app: AppTest) -> str:
    (spoken,) = [html for html in app.get("html") if html.proto.body.startswith('<span class="spoken"')]
    return str(re.search(r'lang="([^"]+)"', spoken.proto.body)[1])  # type: ignore[index]


@pytest.mark.usefixtures("french_browser")
def test_the_language_is_that_of_the_browser(open_page: OpenPage):
    assert language_of(open_page("sql")) == "fr"


@pytest.mark.usefixtures("french_browser")
def test_the_address_goes_before_the_browser(open_page: OpenPage):
    assert language_of(open_page("sql", lang=["en"])) == "en"


def test_a_language_once_asked_for_holds_on_every_page_and_stands_in_its_address(open_page: OpenPage):
    app = open_page("sql", lang=["fr"])
    app.query_params.clear()
    # AppTest asks for the words of options in the test's own thread.
    set_language("fr")
    app.switch_page("pages/map.py").run()
    assert language_of(app) == "fr"
    assert app.query_params["lang"] == "fr"


def test_a_language_that_there_is_not_is_said_and_does_not_count(open_page: OpenPage):
    app = open_page("sql", lang=["tlh"])
    assert language_of(app) == "en"
    assert any("tlh" in str(caption.value) and "en, fr" in str(caption.value) for caption in app.caption)


def test_the_head_links_to_the_same_view_in_the_other_language(open_page: OpenPage):
    app = open_page("timeline", country=["spain"], split=["country"])
    (link,) = [link.proto for link in app.get("page_link") if link.proto.label == "Français"]
    assert link.page == "timeline"
    assert set(link.query_string.split("&")) == {"country=spain", "split=country", "lang=fr", "followed=yes"}


def test_a_click_is_answered_in_the_language_of_its_page(open_page: OpenPage):
    # Streamlit runs each click in a thread of its own, where nobody has chosen a language.
    app = open_page("review", lang=["fr"], section=["gaps"])
    set_language("fr")
    assert language_of(app.run()) == "fr"


def test_what_runs_without_the_page_speaks_the_language_of_the_visit():
    def visit() -> None:
        import streamlit as st

        from icc_data.i18n import language
        from pages.shared import speaking

        # As at the next click: another thread, in which the page has not begun.
        st.session_state[speaking._SPOKEN] = "fr"
        st.text(language())

    assert AppTest.from_function(visit).run().text[0].value == "fr"
