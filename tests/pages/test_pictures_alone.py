"""What the file of a picture says below it, where the page is not around it: whole, signs, and what it leaves out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pages.shared import method
from tests.pages.conftest import OpenPage
from tests.pages.test_method import opened

SPAIN_ITALY = {"country": ["spain"], "compare": ["country=italy"]}
BERGEN = {"my_city": ["bergen"]}
Below = Callable[..., str]
pytestmark = pytest.mark.usefixtures("pages_known")


@pytest.fixture
def below(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> Below:
    """What stands below a picture of a page in its files."""
    given: list[str] = []
    monkeypatch.setattr(method, "picture_buttons", lambda _name, _title, _picture, notes, *_: given.extend(notes))

    def read(page: str, figure: str, **params: list[str]) -> str:
        opened(open_page(page, **params), f"method-{figure}")
        return " ".join(given)

    return read


@pytest.mark.parametrize(
    ("page", "figure", "params", "said"),
    [
        ("timeline", "rates", {"per": ["residents"]}, ["population known for", "The populations are of"]),
        ("timeline", "rates", {"per": ["cities"]}, ["joining year known for"]),
        ("timeline", "rates", {"per": ["base"]}, ["Practices of each year beside the 5 of 2008, which are 100."]),
        (
            "timeline",
            "rates-by-size",
            {"per": ["residents"]},
            ["in brackets: the member cities", "no number of residents is known"],
        ),
        ("timeline", "rates-by-country", {"per": ["cities"]}, ["fewer than 5 member cities are not drawn"]),
        ("timeline", "area-by-year", {"section": ["areas"]}, ["are not in these cells"]),
        ("timeline", "joining", {"section": ["joining"]}, ["bars: that year, line: so far"]),
        ("timeline", "survival", {"lasting": ["none"]}, ["Shading: 95% interval."]),
        ("timeline", "words", {"words": ["school"]}, ["Shading: 95% interval.", "are still being published"]),
        ("timeline", "by-year-lines", {"split": ["country"], "scale": ["shares"]}, ["and are not drawn"]),
        ("timeline", "compared-years", SPAIN_ITALY | {"scale": ["shares"]}, ["shading: 95%", "not drawn: 28 of 77"]),
        (
            "benchmark",
            "portfolio-dots",
            BERGEN,
            ["Dot: Bergen; line: peers’ median; band: their first to third quartile.", "Percentile: how many of 100"],
        ),
        ("benchmark", "terms-portfolio-radar", BERGEN | {"chart": ["radar"]}, ["Two outlines: Bergen and its peers’"]),
        ("benchmark", "breadth-dots", BERGEN, ["Dot: Bergen; line: peers’ median", "each row has its own scale."]),
        ("city", "city-areas-bergen", BERGEN, ["Bar: share of its practices; line: share of the network’s."]),
        ("topics", "terms-theme", {}, ["Practices, and their share of all practices."]),
        ("policy_area", "area-country", {"policy_area": ["education"]}, ["Practices here, of all of the place"]),
        (
            "policy_area",
            "area-theme",
            {"policy_area": ["education"]},
            ["Practices here, their share, and × by chance."],
        ),
        ("review", "review-coverage-city", {"step": ["coverage"]}, ["The figure is of rows 1 to 30 of "]),
        (
            "review",
            "review-momentum-policy_area",
            {"step": ["momentum"], "period": ["2012-2016"]},
            ["less the share in 2007–2011; line: 95% interval.", "Grey: could be chance."],
        ),
        ("topics", "compared-policy_area", SPAIN_ITALY, ["Pale: no clear difference", "at the end of a row"]),
    ],
)
def test_a_picture_says_alone_what_its_page_says_of_it(
    below: Below, page: str, figure: str, params: dict[str, list[str]], said: list[str]
):
    told = below(page, figure, **params)
    assert [words for words in said if words not in told] == []


def test_a_page_of_spans_says_which_of_all_practices_it_draws(below: Below):
    assert "Oldest first; the figure is of 1 to 40 of 49." in below(
        "timeline", "spans", section=["practices"], country=["spain"]
    )


def test_spans_that_are_all_drawn_say_nothing_of_a_part(below: Below):
    assert "the figure is of" not in below("timeline", "spans", section=["practices"], country=["norway"])
