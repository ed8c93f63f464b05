"""How long somebody waits who clicks: until the picture has settled in a browser, beside a bare page's picture.

Usage: ``make bench ARGS="--only click"``

Opens the overview with a country and a span of years in Chromium and clicks the country away, each time with other
years, so that each click asks for a selection never seen before. Beside it stands a bare Streamlit page with a button
and as many charts as the overview has, which never change, and one with the overview's own charts and map, which
change at each click as there. A picture has settled with the last change of the page's elements or the end of the run,
whichever comes later, before half a second without either.
"""

from __future__ import annotations

import base64
import json
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, TimeoutError
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.first_load import CHART, PATIENCE
from benchmarks.measured import Row, Size
from benchmarks.rerun import new_filters
from benchmarks.stage import Stage, say
from benchmarks.tabs import Server, Session, serving
from icc_data.paths import STATIC

GOAL = 1.5
"""How many times a bare page's click one of the atlas may take at most."""
CLICKS = 7
COUNTRY = "spain"
QUIET = 500
# A bare page's run may begin and end between two frames, of which the page then says nothing.
MOST_UNSEEN, SEEN_WITHIN = 5, 5000
# A frame of each chart, drawn or not.
_FRAMES = "[data-testid=stVegaLiteChart], [data-testid=stDeckGlJsonChart]"
BARE = """
import streamlit as st
st.button("again", key="again")
for chart in range(CHARTS):
    values = [{"x": x, "y": (x * (chart + 7)) % 11} for x in range(30)]
    encoding = {"x": {"field": "x", "type": "ordinal"}, "y": {"field": "y", "type": "quantitative"}}
    st.vega_lite_chart({"data": {"values": values}, "mark": "bar", "encoding": encoding, "title": str(chart)})
"""

# What the overview was sent, with other data at each click.
CHANGING = """
import base64, json
from pathlib import Path
import streamlit as st
from streamlit.elements.lib.layout_utils import LayoutConfig
from streamlit.proto.Element_pb2 import Element
st.button("again", key="again")
views = json.loads(Path(__file__).with_name("views.json").read_text())
turn = st.session_state["turn"] = st.session_state.get("turn", -1) + 1
for text in views[turn % len(views)]:
    element = Element.FromString(base64.b64decode(text))
    kind = element.WhichOneof("type")
    layout = LayoutConfig(width="stretch", height=element.height_config.pixel_height or None)
    st._main._enqueue(kind, getattr(element, kind), layout)
"""
_CHARTS = ("vega_lite_chart", "deck_gl_json_chart")

# Follows what changes on the page, and when the run ends that a click began.
_WATCH = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  const main = document.querySelector('[data-testid="stMain"]');
  const state = () => app.dataset.testScriptState;
  window.picture = {clicked: 0, last: 0, began: false};
  addEventListener('click', () => {
    Object.assign(window.picture, {clicked: performance.now(), last: 0, began: false});
  }, {capture: true});
  const note = () => { window.picture.last = performance.now(); };
  new MutationObserver(note).observe(main, {subtree: true, childList: true, attributes: true, characterData: true});
  new MutationObserver(() => {
    if (state() === 'notRunning') note(); else window.picture.began = true;
  }).observe(app, {attributes: true, attributeFilter: ['data-test-script-state']});
}"""
_SETTLED = """(quiet) => {
  const seen = window.picture;
  const app = document.querySelector('[data-testid="stApp"]');
  if (!seen.began || app.dataset.testScriptState !== 'notRunning') return false;
  const awaited = ['[data-stale="true"]', '[data-testid="stSkeleton"]', '[data-testid="stSpinner"]'];
  if (document.querySelector(awaited.join(','))) return false;
  return performance.now() - seen.last > quiet;
}"""
_TAKEN = "() => window.picture.last - window.picture.clicked"
_READY = "[data-testid=stApp][data-test-script-state=notRunning]"


def _open(page: Page, address: str) -> Page:
    page.goto(address, timeout=PATIENCE)
    page.wait_for_selector(CHART, timeout=PATIENCE)
    page.wait_for_selector(_READY, timeout=PATIENCE)
    page.wait_for_timeout(2 * QUIET)
    page.evaluate(_WATCH)
    return page


def _settle(page: Page) -> None:
    page.wait_for_function(_SETTLED, arg=QUIET, timeout=PATIENCE, polling=50)


def _milliseconds(page: Page, target: Locator) -> float:
    """From a click until the picture has settled; a run that was over before the page told of it is not counted."""
    for _ in range(MOST_UNSEEN):
        target.click()
        try:
            page.wait_for_function("() => window.picture.began", timeout=SEEN_WITHIN, polling=50)
        except TimeoutError:
            continue
        _settle(page)
        taken: float = page.evaluate(_TAKEN)
        return taken
    raise RuntimeError(f"Of {MOST_UNSEEN} clicks none was seen to begin a run.")


def clicks_on_atlas(page: Page, url: str, clicks: int) -> tuple[list[float], int]:
    """Click the country away, again and again with other years.

    Returns:
        Milliseconds of each click, and how many charts the page has.
    """
    taken = []
    for years in islice(new_filters(), clicks):
        # Opened anew: what is behind a click before may still be on its way.
        _open(page, f"{url}/?country={COUNTRY}&{years}")
        taken.append(_milliseconds(page, page.locator(".st-key-selection-line button").first))
        if f"country={COUNTRY}" in page.url:
            raise RuntimeError("The click did not take the country away.")
    return taken, page.locator(_FRAMES).count()


def clicks_on_bare(page: Page, url: str, clicks: int) -> list[float]:
    """Click the button of the bare page.

    Returns:
        Milliseconds of each click.
    """
    _open(page, url)
    return [_milliseconds(page, page.locator(".st-key-again button")) for _ in range(clicks)]


class _Charts(Session):
    """A tab that keeps the charts of its page, in words of Streamlit's."""

    charts: list[str]

    def _take(self, answer: ForwardMsg) -> None:
        super()._take(answer)
        element = answer.delta.new_element
        if answer.WhichOneof("type") == "delta" and element.WhichOneof("type") in _CHARTS:
            self.charts.append(base64.b64encode(element.SerializeToString()).decode("ascii"))


def charts_of_overview(url: str, views: int) -> list[list[str]]:
    """What the overview is sent of its charts and its map in so many views.

    Args:
        url: of the atlas.
        views: how many, with and without a country in turns.
    """
    found = []
    for number, years in enumerate(islice(new_filters(), views)):
        # A tab of its own: one that has a chart is not sent it again.
        tab = _Charts(url)
        tab.charts = []
        tab.run(years if number % 2 else f"country={COUNTRY}&{years}")
        tab.close()
        found.append(tab.charts)
    return found


@contextmanager
def _changing(views: list[list[str]]) -> Iterator[Server]:
    """A bare page with those charts, over the same ground."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.py").write_text(CHANGING, encoding="utf-8")
        (folder / "views.json").write_text(json.dumps(views), encoding="utf-8")
        (folder / "static").symlink_to(STATIC)
        with serving(folder / "page.py", folder, STREAMLIT_SERVER_ENABLE_STATIC_SERVING="true") as server:
            yield server


def rows(stage: Stage, clicks: int = CLICKS) -> Iterator[Row]:
    """A click on the overview, beside one on a bare page with as many charts.

    Args:
        stage: how much is measured, and where.
        clicks: how many count.
    """
    clicks = 1 if stage.size is Size.SMALLEST else clicks

    def looked_at(url: str, ask: Callable[[Page, str, int], Any]) -> Any:
        with stage.browser() as browser:
            page = browser.new_page(viewport=stage.viewport, reduced_motion="reduce")
            answer = ask(page, url, clicks)
            page.close()
            return answer

    with stage.atlas() as server:
        ours, charts = looked_at(server.url, clicks_on_atlas)
        views = charts_of_overview(server.url, clicks + 1)
    with stage.page(BARE.replace("CHARTS", str(charts))) as server:
        bare = looked_at(server.url, clicks_on_bare)
    with _changing(views) as server:
        changing = looked_at(server.url, clicks_on_bare)
    our, other, changed = (statistics.median(taken) for taken in (ours, bare, changing))
    say(f"  {charts} charts, the overview {our:.0f} ms, a bare page {other:.0f} ms, with our charts {changed:.0f} ms")
    yield Row("overview, a filter away: to the settled picture", our, "ms")
    yield Row(f"bare page with {charts} charts", other, "ms")
    yield Row("bare page with the overview's own charts and map, with other data", changed, "ms")
    yield Row("the first ÷ the second", our / other, "×", GOAL)
