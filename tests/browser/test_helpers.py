"""What the tests of a browser rely on."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.helpers import Look, put_on


def test_a_page_that_was_printed_is_looked_at_on_the_screen_again(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.emulate_media(media="print")
    put_on(page, Look())
    assert page.evaluate("() => matchMedia('screen').matches")
