"""What somebody waits for who comes for the first time: bytes on the wire, and seconds until the first chart.

Usage: ``make bench ARGS="--only first-load"``

Opens pages in a Chromium that has nothing of the atlas yet, each in a context of its own, behind a line of 10 Mbit/s
and 20 ms. The server has shown each page before. What is counted is what came by the wire until five seconds after the
first chart, compressed as it came, the websocket's messages among it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Request, TimeoutError

from benchmarks.measured import Row, Size
from benchmarks.stage import Stage, say
from benchmarks.tabs import Session

PAGES = ("overview", "map", "timeline")
MOST_MEGABYTES, MOST_SECONDS, MOST_MAP = 3.0, 3.5, 300.0
"""The goals: MB of a first load, seconds to its first chart, kB of the base map."""
MEGABITS, LATENCY = 10.0, 20.0
CHART = ", ".join(
    (
        "[data-testid=stVegaLiteChart] canvas",
        "[data-testid=stVegaLiteChart] svg",
        "[data-testid=stDeckGlJsonChart] canvas",
    )
)
PATIENCE, REST = 60_000, 5_000
# What the base map is drawn from.
_BASE_MAP = ("land.geojson", "borders.geojson", "graticule.geojson", "map-")


@dataclass(frozen=True)
class Load:
    """A first visit: seconds until the first chart, bytes on the wire by address, and those of the websocket."""

    seconds: float
    files: dict[str, int]
    messages: int

    @property
    def megabytes(self) -> float:
        """All that came."""
        return (sum(self.files.values()) + self.messages) / 1e6

    @property
    def base_map(self) -> float:
        """What of it is the base map, in kB."""
        return sum(size for name, size in self.files.items() if name.split("/")[-1].startswith(_BASE_MAP)) / 1e3


def first_visit(browser: Browser, url: str, page: str, megabits: float = MEGABITS, rest: int = REST) -> Load:
    """Come to a page with nothing kept from before.

    Args:
        browser: the browser.
        url: the server.
        page: its address below that.
        megabits: of the line, a second.
        rest: milliseconds after the first chart in which bytes still count.
    """
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    tab = context.new_page()
    network = context.new_cdp_session(tab)
    addresses: dict[str, str] = {}
    files: dict[str, int] = {}
    messages = 0

    def message(event: Any) -> None:
        nonlocal messages
        # Binary messages are handed on as base64, four letters for three bytes.
        messages += len(event["response"]["payloadData"]) * 3 // 4

    def asked(event: Any) -> None:
        addresses[event["requestId"]] = event["request"]["url"]

    def ended(event: Any) -> None:
        address = addresses.get(event["requestId"], "")
        files[address] = files.get(address, 0) + int(event["encodedDataLength"])

    network.on(
        "Network.requestWillBeSent", lambda event: addresses.update({event["requestId"]: event["request"]["url"]})
    )
    network.on("Network.loadingFinished", ended)
    network.on("Network.webSocketFrameReceived", message)
    # What workers ask for, as the map's does, the page's own connection does not tell.
    requests: list[Request] = []
    tab.on("requestfinished", lambda request: requests.append(request))
    network.send("Network.enable")
    speed = megabits * 1e6 / 8
    line = {"offline": False, "latency": LATENCY, "downloadThroughput": speed, "uploadThroughput": speed}
    network.send("Network.emulateNetworkConditions", line)
    begin = time.perf_counter()
    tab.goto(f"{url}/{page}", timeout=PATIENCE)
    tab.wait_for_selector(CHART, timeout=PATIENCE)
    seconds = time.perf_counter() - begin
    tab.wait_for_timeout(rest)
    for request in requests:
        if request.url not in files and request.url.startswith(url):
            sizes = request.sizes()
            files[request.url] = sizes["responseBodySize"] + sizes["responseHeadersSize"]
    context.close()
    return Load(seconds, files, messages)


def rows(stage: Stage, pages: Sequence[str] = PAGES, megabits: float = MEGABITS) -> Iterator[Row]:
    """The figures of a first visit to each page.

    Args:
        stage: how much is measured, and where.
        pages: the pages.
        megabits: of the line, a second.
    """
    smallest = stage.size is Size.SMALLEST
    base_map = 0.0
    with stage.atlas() as server, stage.browser() as browser:
        # The last one has no map, which takes a browser without a graphics card long.
        for page in pages[-1:] if smallest else pages:
            path = "" if page == "overview" else page
            tab = Session(server.url, path)
            tab.run()
            tab.close()
            rest = 500 if smallest else REST
            if page == pages[0] and not smallest:
                # What a server compresses once for everybody has been asked for before, the base map among it.
                first_visit(browser, server.url, path, 1000.0, rest)
            try:
                load = first_visit(browser, server.url, path, megabits, rest)
            except TimeoutError:
                # Once in a while Chromium forgets a request behind a line that it slows down itself.
                say(f"  /{path}: not there after {PATIENCE / 1000:g} s, once more")
                load = first_visit(browser, server.url, path, megabits, rest)
            say(f"  /{path}: {load.megabytes:.2f} MB in {len(load.files)} files, first chart {load.seconds:.1f} s")
            yield Row(f"{page}: on the wire", load.megabytes, "MB", MOST_MEGABYTES)
            yield Row(f"{page}: to the first chart at {megabits:g} Mbit/s", load.seconds, "s", MOST_SECONDS)
            base_map = max(base_map, load.base_map)
    if base_map:
        yield Row("base map, compressed", base_map, "kB", MOST_MAP)
