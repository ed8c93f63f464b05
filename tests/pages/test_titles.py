"""Each page has one title of the first order, before everything else, and a name for the browser."""

from __future__ import annotations

import pytest

from tests.pages.conftest import OpenPage, words
from tests.pages.test_pages import ALL_PAGES

# Of a page that knows nothing of what it is asked about.
NOTHING = [
    ("practice", {}),
    ("practice", {"practice": ["nothing"]}),
    *((page, {"my_city": ["nowhere"]}) for page in ("city", "benchmark", "index", "audit", "partners")),
    *(("benchmark", {"unit": [unit], unit: ["nowhere"]}) for unit in ("country", "network")),
    ("policy_area", {"policy_area": ["nothing"]}),
    *((page, {"q": ["zzzzzz"]}) for page in ALL_PAGES),
]
CASES = [
    *((page, {}) for page in ALL_PAGES),
    ("practice", {"practice": ["nothing"]}),
    ("policy_area", {"policy_area": ["education"]}),
    ("timeline", {"country": ["norway"], "q": ["zzzzzz"]}),
    ("review", {"present": ["1"]}),
    *((page, {"my_city": ["bergen"]}) for page in ("city", "benchmark", "index", "audit", "partners")),
]


@pytest.mark.parametrize(("page", "params"), CASES)
def test_a_page_has_one_title_and_it_comes_first(open_page: OpenPage, page: str, params: dict[str, list[str]]) -> None:
    app = open_page(page, **params)
    titles = [place for place, element in enumerate(app.markdown) if element.value.startswith("# ")]
    assert len(titles) == 1
    before = [element.value for element in app.markdown[: titles[0]]]
    # How many practices are selected stands above every page.
    assert all("practices" in text for text in before)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(("page", "params"), [*((page, {}) for page in ALL_PAGES), *NOTHING])
def test_a_title_is_no_sentence(open_page: OpenPage, page: str, params: dict[str, list[str]], lang: str) -> None:
    app = open_page(page, **params, lang=[lang])
    (title,) = [element.value.splitlines()[0].strip() for element in app.markdown if element.value.startswith("# ")]
    assert not title.endswith((".", ":", "!", "?"))


@pytest.mark.parametrize(
    ("page", "params", "sentence"),
    [
        ("timeline", {}, "The most practices started in"),
        ("timeline", {"count": ["active"]}, "The most practices were active in"),
        ("topics", {}, "Most work is on"),
        ("map", {}, "comes first"),
        ("policy_area", {"policy_area": ["education"]}, "of the practices here work on it"),
        ("benchmark", {"my_city": ["bergen"]}, "Bergen has practices in"),
        ("partners", {}, "share a practice with another"),
    ],
)
def test_a_sentence_from_the_numbers_says_what_the_page_shows(
    open_page: OpenPage, page: str, params: dict[str, list[str]], sentence: str
) -> None:
    assert words(open_page(page, **params)).count(sentence) == 1
