"""Every string a person reads goes through the catalogue."""

from __future__ import annotations

import re

import pytest

from icc_data import i18n
from tests.pages.conftest import OpenPage

PAGES = (
    *("overview", "map", "timeline", "topics", "practices", "policy_area", "practice", "city", "benchmark", "audit"),
    *("partners", "index", "sql", "data", "contribute"),
)


class _Marked:
    """A catalogue that puts every message in marks, so that a text without them did not come from it."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, many: str, count: int) -> str:
        return f"⟦{one if count == 1 else many}⟧"


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_catalogue", lambda code: _Marked())


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
