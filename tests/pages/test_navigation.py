"""The groups of pages, and where their links lead."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from icc_data.paths import ROOT
from pages.shared.navigation import GROUPS, group_of
from tests.pages.conftest import OpenPage
from tests.pages.test_pages import ALL_PAGES


def test_every_page_belongs_to_one_group() -> None:
    grouped = [path for group in GROUPS for path in (*group.pages, *group.others)]
    files = {file.stem for file in (ROOT / "pages").glob("*.py")} - {"__init__", "overview"}
    assert sorted(grouped) == sorted({"", *files})


def test_a_practice_belongs_to_the_practices() -> None:
    assert group_of("practice").key == "practices"


@pytest.mark.parametrize("page", ALL_PAGES)
def test_every_group_and_the_pages_of_the_open_one_are_linked_with_the_filters(open_page: OpenPage, page: str) -> None:
    app = open_page(page, country=["norway"])
    links = {link.proto.page: parse_qs(link.proto.query_string) for link in reversed(app.get("page_link"))}
    here = group_of("" if page == "overview" else page)
    for path in (*here.pages, *(group.pages[0] for group in GROUPS)):
        assert links[path]["country"] == ["norway"]


def test_only_the_open_group_is_written_in_bold(open_page: OpenPage) -> None:
    labels = [link.proto.label for link in open_page("benchmark").get("page_link")]
    first = labels.index("Network")
    assert labels[first : first + 4] == ["Network", "Practices", "**Cities**", "Data"]


@pytest.mark.parametrize(
    ("page", "parameter", "value"),
    [
        ("city", "my_city", "bergen"),
        ("city", "my_city", "atlantis"),
        ("practice", "practice", "nothing-of-the-kind"),
        ("practice", "practice", ""),
    ],
)
def test_the_link_stands_on_a_page_once_whether_or_not_there_is_what_its_address_names(
    open_page: OpenPage, page: str, parameter: str, value: str
):
    app = open_page(page, **{parameter: [value]})
    assert [one.proto.popover.label for one in app.get("popover")].count("Copy link") == 1
