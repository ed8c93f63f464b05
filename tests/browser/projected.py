"""What of a page is too small, or too much, for a projector."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.helpers import until

# Words whose letters are smaller than 20 pixels, icons and what is hidden aside.
_SMALL_WORDS = """() => {
    const words = [];
    const texts = document.createTreeWalker(document.querySelector('[data-testid=stApp]'), NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode, within = text.parentElement, range = document.createRange();
        if (!text.textContent.trim() || within.closest('style, script, [data-testid=stIconMaterial]')) continue;
        range.selectNodeContents(text);
        const box = range.getBoundingClientRect(), style = getComputedStyle(within);
        // What is only heard is cut off to a pixel.
        if (box.width < 2 || box.height < 2 || style.visibility === 'hidden' || style.clipPath !== 'none') continue;
        if (!within.closest('svg') && parseFloat(style.fontSize) < 20) words.push(text.textContent);
    }
    return words;
}"""


def wait_until_projected(page: Page, what: str) -> None:
    """Wait until the page fits a projector's screen; what is drawn to its width follows a moment later.

    Args:
        page: on a window of the projector's 1920 by 1080 pixels.
        what: what is looked at.
    """
    main = page.get_by_test_id("stMain")
    fits = "main => main.scrollHeight <= 1080 && main.scrollWidth <= 1920"
    until(page, lambda: main.evaluate(fits), f"{what} fits the screen")
    assert page.evaluate(_SMALL_WORDS) == [], what
