"""Put pictures of all pages on sheets to look over, one a width, colour scheme and language: ``make contact-sheet``.

A sheet shows each page from top to bottom. All 16 sheets take many minutes; options choose among them.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from tools.find_browser import ADVICE, find_browser
from tools.pictures import FLAGS, PATIENCE, ROOT, SETTLED, free_port, wait_for

SHEETS = ROOT / "build" / "contact-sheets"
WIDTHS = (390, 768, 1440, 1920)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGUAGES = ("en", "fr")
ADDRESSES = (
    *("/", "/review", "/map", "/timeline", "/topics", "/policy_area?policy_area=education", "/practices"),
    *("/practice?practice=for-diversity-pedestrian-walk-in-the-city-of", "/city?my_city=bergen", "/city"),
    *("/benchmark?my_city=bergen", "/index?my_city=bergen", "/audit?my_city=bergen&step=standing"),
    *("/partners?my_city=bergen", "/data", "/sql", "/contribute", "/accessibility"),
)
TALLEST = 3200
# Of a sheet, pixels: as large as people and programs still like to open.
SHEET_WIDTH, GUTTER, LABEL = 4000, 24, 26
# A page keeps at least as much of its width that its words can be read.
LEAST_SCALE = 0.45
# No code or data is on its way any more, and every frame of a chart has its picture.
_DRAWN = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const awaited = all('[data-testid="stSkeleton"], [data-testid="stAppSkeleton"], [data-stale="true"]');
  return !awaited.length && all('[data-testid="stVegaLiteChart"]').every((one) => one.querySelector("canvas, svg"));
}"""
_HEIGHT = "() => Math.max(...[...document.querySelectorAll('[data-testid=stMain]')].map((one) => one.scrollHeight))"


class Sheet(NamedTuple):
    """How the pages of a sheet are looked at."""

    width: int
    scheme: Literal["light", "dark"]
    language: str

    @property
    def name(self) -> str:
        """Of its file."""
        return f"{self.width}-{self.scheme}-{self.language}"


def settle(page: Page) -> None:
    """Wait until the app has run and its charts are drawn; maps get a moment."""
    page.wait_for_selector(SETTLED, timeout=PATIENCE * 1000)
    page.wait_for_function(_DRAWN, timeout=PATIENCE * 1000, polling=100)
    page.wait_for_timeout(1500)


def pictures(browser: Browser, server: str, sheet: Sheet, addresses: tuple[str, ...]) -> Iterator[Image.Image]:
    """Each page from top to bottom, as a sheet is to show it."""
    context = browser.new_context(
        viewport={"width": sheet.width, "height": 900}, color_scheme=sheet.scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    for address in addresses:
        page.set_viewport_size({"width": sheet.width, "height": 900})
        page.goto(f"{server}{address}{'&' if '?' in address else '?'}lang={sheet.language}")
        settle(page)
        page.set_viewport_size({"width": sheet.width, "height": min(int(page.evaluate(_HEIGHT)) + 20, TALLEST)})
        settle(page)
        yield Image.open(io.BytesIO(page.screenshot(timeout=PATIENCE * 1000))).convert("RGB")
    context.close()


def arranged(shown: list[Image.Image], names: tuple[str, ...]) -> Image.Image:
    """A sheet with pictures in rows, each below its name.

    Args:
        shown: pictures of one width.
        names: what each is of.
    """
    across = max(1, int(SHEET_WIDTH / (shown[0].width * LEAST_SCALE + GUTTER)))
    width = min(shown[0].width, SHEET_WIDTH // across - GUTTER)
    small = [one.resize((width, max(1, one.height * width // one.width)), Image.Resampling.LANCZOS) for one in shown]
    rows = [range(start, min(start + across, len(small))) for start in range(0, len(small), across)]
    heights = [max(small[place].height for place in row) + GUTTER + LABEL for row in rows]
    sheet = Image.new("RGB", (across * (width + GUTTER), sum(heights)), "#888888")
    draw, top = ImageDraw.Draw(sheet), 0
    for row, height in zip(rows, heights, strict=True):
        for column, place in enumerate(row):
            left = column * (width + GUTTER) + GUTTER // 2
            draw.text((left, top + 8), names[place], fill="#ffffff")
            sheet.paste(small[place], (left, top + LABEL))
        top += height
    return sheet


@contextmanager
def running() -> Iterator[str]:
    """The address of the atlas while it is needed, over its own data."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "server.py"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def parser() -> argparse.ArgumentParser:
    """What the program understands."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--width", type=int, nargs="+", choices=WIDTHS, default=WIDTHS)
    options.add_argument("--scheme", nargs="+", choices=SCHEMES, default=SCHEMES)
    options.add_argument("--language", nargs="+", choices=LANGUAGES, default=LANGUAGES)
    options.add_argument("--page", nargs="+", default=ADDRESSES, help="addresses of pages, such as /map")
    return options


def main() -> None:
    """Start the atlas, look at every page as the options say, write the sheets."""
    asked = parser().parse_args()
    path = find_browser()
    if path is None:
        raise SystemExit(ADVICE)
    SHEETS.mkdir(parents=True, exist_ok=True)
    wanted = [Sheet(w, s, code) for w in asked.width for s in asked.scheme for code in asked.language]
    with running() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for sheet in wanted:
            file = SHEETS / f"{sheet.name}.png"
            arranged(list(pictures(browser, server, sheet, tuple(asked.page))), tuple(asked.page)).save(file)
            print(file.relative_to(ROOT))
        browser.close()


if __name__ == "__main__":
    main()
