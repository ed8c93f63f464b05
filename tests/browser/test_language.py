"""The language of a visit in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.helpers import rerun, settled


def _language(page: Page) -> str:
    return str(page.evaluate("() => document.documentElement.lang"))


def test_the_page_says_its_language_and_follows_the_switch(open_page: OpenPage):
    page = open_page("/timeline?country=spain")
    assert _language(page) == "en"
    with rerun(page):
        page.get_by_role("link", name="Français").click()
    page.wait_for_function("() => document.documentElement.lang === 'fr'")
    assert "country=spain" in page.url
    assert "lang=fr" in page.url
    with rerun(page):
        page.get_by_role("link", name="Carte", exact=True).first.click()
    assert "/map" in page.url
    assert "lang=fr" in page.url
    with rerun(page):
        page.get_by_role("link", name="English").click()
    page.wait_for_function("() => document.documentElement.lang === 'en'")


def test_a_page_opened_in_french_says_so_before_anything_runs(new_page: Callable[..., Page]):
    page = new_page()
    answer = page.goto("/sql?lang=fr", wait_until="domcontentloaded")
    assert answer is not None
    assert re.findall(r"<html[^>]*>", answer.text()) == ['<html lang="fr">']
    assert _language(page) == "fr"
    settled(page)
