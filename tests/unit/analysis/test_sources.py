"""Where a practice can be read: the best address first, and no link that only changes a session's language."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.analysis.sources import Source, best_address, sources

SITE = "https://www.coe.int/en/web/interculturalcities"
OWN = f"{SITE}/-/a-kitchen-of-languages"
LISTING = "https://coe.int/el/web/interculturalcities/good-practice?delta=5&start=22"


def portal(target: str, host: str = "https://coe.int") -> str:
    """A link that changes the language of a session and goes on to a page."""
    return f"{host}/el/c/portal/update_language?languageId=de_DE&p_l_id=1&redirect={quote(target, safe='')}"


def of(*evidence: str, url: Any = None, **facts: Any) -> list[Source]:
    return list(sources({"url": url, "evidence_urls": list(evidence), **facts}))


def addresses(*evidence: str, url: Any = None) -> list[str]:
    return [source.address for source in of(*evidence, url=url)]


class TestOrder:
    def test_the_own_page_comes_first_and_a_listing_after_what_tells_of_the_practice_alone(self) -> None:
        article = f"{SITE}/-/news"
        assert addresses(LISTING, article, url=OWN) == [OWN, article, LISTING]

    def test_ordinary_pages_keep_the_order_of_the_data(self) -> None:
        pages = ["https://example.org/b", "https://example.org/a", f"{SITE}/education"]
        assert addresses(*pages) == pages

    def test_of_a_listing_a_numbered_page_comes_before_its_entry(self) -> None:
        assert addresses(f"{SITE}/good-pratice", f"{SITE}/view", LISTING)[0] == LISTING

    def test_an_english_listing_comes_before_other_languages(self) -> None:
        english = f"{SITE}/good-practice?start=9"
        assert addresses(LISTING, english) == [english, LISTING]

    def test_a_page_that_was_seen_comes_before_one_that_a_portal_link_leads_to(self) -> None:
        seen = "https://coe.int/sq/web/interculturalcities/good-practice?start=3"
        assert addresses(portal(f"{SITE}/good-practice?start=9", "https://www.coe.int"), seen)[0] == seen

    def test_a_portal_link_that_leads_nowhere_known_comes_last(self) -> None:
        lost = "https://coe.int/c/portal/login"
        assert addresses(lost, f"{SITE}/good-pratice") == [f"{SITE}/good-pratice", lost]

    @pytest.mark.parametrize("missing", [None, np.nan, pd.NA, [], np.array([], dtype=object), ""])
    def test_without_an_address_there_is_none(self, missing: Any) -> None:
        assert sources({"url": missing if not isinstance(missing, list) else None, "evidence_urls": missing}) == ()
        assert best_address({}) is None


class TestPortalLinks:
    @pytest.mark.parametrize(
        "target",
        [urlsplit(LISTING)._replace(scheme="", netloc="").geturl(), LISTING, LISTING.replace("//", "//www.")],
        ids=["of the site", "whole", "with www"],
    )
    def test_a_portal_link_is_followed_to_its_page(self, target: str) -> None:
        (found,) = of(portal(target))
        assert found.address.replace("//www.", "//") == LISTING
        assert found.followed
        assert found.published == portal(target)

    def test_a_portal_link_to_a_portal_link_is_followed_to_the_end(self) -> None:
        assert addresses(portal(portal("/fi/web/page"))) == ["https://coe.int/fi/web/page"]

    @pytest.mark.parametrize(
        "target",
        ["https://example.org/x", "//example.org/x", "javascript:alert(1)", "https://pjp-eu.coe.int/x", "", "//["],
    )
    def test_a_portal_link_to_elsewhere_stays_as_it_is(self, target: str) -> None:
        (found,) = of(portal(target))
        assert (found.address, found.followed, found.kind) == (portal(target), False, "portal")

    def test_portal_links_in_a_circle_end(self) -> None:
        link = "https://coe.int"
        for _round in range(20):
            link = portal(link)
        assert addresses(link) == [link]

    def test_a_page_that_was_seen_and_is_led_to_stands_once(self) -> None:
        (found,) = of(portal(LISTING), LISTING)
        assert (found.address, found.followed) == (LISTING, False)

    def test_a_redirect_of_an_ordinary_page_is_part_of_its_address(self) -> None:
        page = "https://example.org/page?redirect=https%3A%2F%2Fexample.org%2Fother"
        assert addresses(page) == [page]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"url": OWN}, "The practice’s own page, coe.int"),
        ({"evidence_urls": [LISTING]}, "Good-practice listing (page 22), coe.int"),
        ({"evidence_urls": [f"{SITE}/good-pratice"]}, "Good-practice listing, coe.int"),
        ({"evidence_urls": [f"{SITE}/-/news"]}, "Article of the programme, coe.int"),
        ({"evidence_urls": [f"{SITE}/governance"]}, "Page of the programme, coe.int"),
        ({"evidence_urls": ["https://www.coe.int/t/Newsletter/newsletter_en.asp"]}, "Newsletter, coe.int"),
        (
            {"evidence_urls": ["http://www.congress.example/en/initiative/2-x"]},
            "Page of the initiative, congress.example",
        ),
        ({"evidence_urls": ["https://issuu.com./plan"], "source_kind": "report_copy"}, "Copy of a document, issuu.com"),
        ({"evidence_urls": ["https://notcoe.int/-/x"]}, "Web page, notcoe.int"),
        ({"evidence_urls": ["https://coe.int/c/portal/login"]}, "Link of a portal, coe.int"),
    ],
)
def test_a_source_is_named_by_what_it_is_and_who_has_it(facts: dict[str, Any], words: str) -> None:
    assert sources(facts)[0].words == words


def test_no_real_practice_is_read_through_a_portal_link(atlas: duckdb.DuckDBPyConnection) -> None:
    frame = atlas.execute("SELECT practice_id, url, evidence_urls, source_kind FROM practice").df()
    for row in ({str(name): value for name, value in row.items()} for row in frame.to_dict("records")):
        found = sources(row)
        assert found[0].kind != "portal", row["practice_id"]
        assert {source.published for source in found} <= {row["url"], *row["evidence_urls"]}
        assert pd.isna(row["url"]) or found[0].address == row["url"]


PARTS = st.lists(
    st.sampled_from(["https://", "coe.int", "/c/portal/", "?redirect=", "%2F", "//", "[", "http:", "#", "é"])
)


@given(PARTS.map("".join) | st.text(max_size=40), st.lists(PARTS.map("".join) | st.text(max_size=40), max_size=4))
def test_any_texts_give_each_address_once_and_all_that_are_no_portal_links(url: str, evidence: list[str]) -> None:
    found = of(*evidence, url=url)
    assert len({source.address for source in found}) == len(found)
    kept = {source.address for source in found} | {source.published for source in found}
    assert {text.strip() for text in (url, *evidence) if text.strip() and "/c/portal/" not in text} <= kept
    assert all(source.words for source in found)
