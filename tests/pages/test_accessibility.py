"""The page on accessibility: what holds, what does not, whom to tell."""

from __future__ import annotations

import re

import pytest

from icc_data.paths import SET
from tests.pages.conftest import OpenPage, words

REPORTS = ["13332", "1353", "16148", "4048", "15726"]


def test_what_does_not_hold_names_the_reports_to_streamlit(open_page: OpenPage) -> None:
    said = words(open_page("accessibility"))
    assert re.findall(r"https://github.com/streamlit/streamlit/issues/(\d+)", said) == REPORTS
    assert "Long tables are drawn as pictures" in said


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("atlas@example.org", "(<mailto:atlas@example.org>)"),
        ("https://example.org/contact", "(<https://example.org/contact>)"),
        ("", "has named no contact"),
    ],
)
def test_whom_to_tell_is_what_was_set(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, contact: str, expected: str
) -> None:
    monkeypatch.setitem(SET, "contact", contact)
    assert expected in words(open_page("accessibility"))
