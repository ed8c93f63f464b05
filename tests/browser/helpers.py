"""What browser tests wait for: the end of a run of the app, never the clock.

Use it like this::

    from tests.browser.helpers import rerun, settled

    def test_country(open_page):
        page = open_page("/map?country=France")    # has settled
        with rerun(page):                          # an action that makes the app run again
            page.get_by_role("button", name="Clear all").click()
        assert "country" not in page.url
        with rerun(page):
            click_middle_of_map(page.get_by_test_id("stDeckGlJsonChart"))
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakKeyDictionary

from playwright.sync_api import CDPSession, Locator, Page, Request, TimeoutError, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PATIENCE: Final = 90_000
"""Milliseconds after which a wait has failed; long, as a machine may be busy."""

EVERY: Final = 50
"""Milliseconds between two looks at a page; to look whenever it can draw makes it draw sixty times a second."""

# Streamlit's front end says in its root element what the script does; an element that the current run has not sent
# yet is stale, one whose code or data is still on its way is a skeleton; a chart is an empty frame until it is drawn.
# Connected, but before its first run has begun, the page is empty and says that nothing runs, too.
_SETTLED = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  if (!app || app.dataset.testScriptState !== 'notRunning' || app.dataset.testConnectionState !== 'CONNECTED')
    return false;
  if (!app.querySelector('[data-testid="stMain"] [data-testid="stElementContainer"]')) return false;
  const unfinished = ['stSkeleton', 'stAppSkeleton', 'stSpinner'].map((id) => `[data-testid="${id}"]`);
  // A dialog stands beside the app, not in it.
  if (document.querySelector(['[data-stale="true"]', ...unfinished].join(','))) return false;
  const drawn = (frame) => frame.querySelector('canvas, svg');
  return [...app.querySelectorAll('[data-testid="stVegaLiteChart"], [data-testid="stDeckGlJsonChart"]')].every(drawn);
}"""

_FITS = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  return main.scrollWidth <= main.clientWidth;
}"""

SAME_PICTURES: Final = 3
# The server is this machine: after so many seconds no answer comes any more.
UNSAID: Final = 20.0
MOST_CLICKS: Final = 6
CLICK_PATIENCE: Final = 4_000

# The newest websocket of a page and the runs over it, and the requests it waits for with their
# moment, kept from before it goes anywhere.
_sockets: WeakKeyDictionary[Page, WebSocket] = WeakKeyDictionary()
_runs: WeakKeyDictionary[Page, _Runs] = WeakKeyDictionary()
_open_requests: WeakKeyDictionary[Page, dict[Request, float]] = WeakKeyDictionary()
_emulations: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()


class _Runs:
    """The runs of the app as a page's websocket tells of them.

    The front end alone does not say enough: what an action asks for has not begun yet when the action is over, and
    between a run that is given up for another and that other one nothing runs.

    Args:
        asked: whether one was asked for.
    """

    def __init__(self, *, asked: bool = False) -> None:
        self._asked, self._going = asked, False

    @property
    def are_over(self) -> bool:
        """Whether every run that was asked for has begun, and every run that began has ended."""
        return not (self._asked or self._going)

    def sent(self, frame: str | bytes) -> None:
        """Follow what the page says."""
        self._asked = self._asked or _asks_for_a_run(frame)

    def received(self, frame: str | bytes) -> None:
        """Follow what the app says."""
        if not isinstance(frame, bytes):
            return
        message = ForwardMsg.FromString(frame)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._asked, self._going = False, True
        if kind == "script_finished":
            self._going = message.script_finished == ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN

    def end_with(self, frame: str | bytes) -> bool:
        """Follow what the app says, and say whether all is over then."""
        self.received(frame)
        return self.are_over


@dataclass(frozen=True)
class Look:
    """On what a page is looked at: the pixels of its window, the colours the system asks for, whether it is a phone."""

    width: int = 1440
    height: int = 900
    dark: bool = False
    phone: bool = False


def put_on(page: Page, look: Look) -> None:
    """Give a page a look, before it goes anywhere or while it is open.

    Playwright makes a page a telephone's for good when it makes it; the browser itself can do so at any time.
    """
    session = _emulations.get(page) or _emulations.setdefault(page, page.context.new_cdp_session(page))
    width, height = (390, 844) if look.phone else (look.width, look.height)
    size = {"width": width, "height": height, "screenWidth": width, "screenHeight": height}
    session.send("Emulation.setDeviceMetricsOverride", {**size, "deviceScaleFactor": 1, "mobile": look.phone})
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": look.phone})
    page.emulate_media(media="screen", color_scheme="dark" if look.dark else "light")


def wait_until_it_fits(page: Page, look: str) -> None:
    """Wait until the page is no wider than its window; what is drawn to its width follows a moment later."""
    try:
        page.wait_for_function(_FITS, timeout=PATIENCE, polling=EVERY)
    except TimeoutError:
        raise AssertionError(f"{look}: the page is wider than its window.") from None


def watch(page: Page) -> None:
    """Follow what the page loads, and wait long for all of it; the fixtures do this before the page goes anywhere."""
    page.set_default_timeout(PATIENCE)
    page.on("websocket", lambda socket: _follow(page, socket))
    requests = _open_requests.setdefault(page, {})

    def asked(request: Request) -> None:
        if request.url.startswith("http"):
            requests[request] = time.monotonic()

    page.on("request", asked)
    page.on("requestfinished", lambda request: requests.pop(request, None))
    page.on("requestfailed", lambda request: requests.pop(request, None))


def _follow(page: Page, socket: WebSocket) -> None:
    _sockets[page], _runs[page] = socket, _Runs()
    socket.on("framesent", _runs[page].sent)
    socket.on("framereceived", _runs[page].received)


def settled(page: Page) -> Page:
    """Wait until the app has run to its end and everything it sent is on the screen."""

    def is_shown() -> bool:
        page.wait_for_function(_SETTLED, timeout=PATIENCE, polling=EVERY)
        return _runs[page].are_over

    until(page, is_shown, "the app comes to the end of its runs")
    return page


def _at_rest(page: Page) -> None:
    """Wait until nothing runs that was asked for before, however little of it is on the screen."""

    def is_over() -> bool:
        # What has happened to the page until now is known once it has answered.
        page.evaluate("0")
        return _runs[page].are_over

    until(page, is_over, "the app comes to the end of its runs")


def until(page: Page, fact: Callable[[], object], what: str) -> None:
    """Wait for a fact that neither a run nor an element announces: where things stand once they have moved.

    Args:
        page: where it is looked for.
        fact: tells whether it is so.
        what: the fact in words.
    """
    end = time.monotonic() + PATIENCE / 1000
    while not fact():
        assert time.monotonic() < end, f"Never so: {what}."
        page.wait_for_timeout(EVERY)


def unfold(panel: Locator) -> None:
    """Open a closed panel by its line; where the page was drawn anew in that moment, by another click."""
    details = panel.locator("details").first
    for _ in range(MOST_CLICKS):
        details.locator("summary").first.click()
        settled(panel.page)
        if details.evaluate("details => details.open"):
            return
    raise AssertionError("The panel does not open.")


def go_within(page: Page, address: str) -> None:
    """Go to another address of the open app as the browser's back button does: in its session, with its front end.

    Takes less than half of the time of opening it anew, for tests to which what the session keeps is no matter.
    """
    with rerun(page):
        page.evaluate(
            "to => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); }", address
        )


def still(shown: Locator) -> bytes:
    """Wait until an element has loaded everything and moves no more, and return its picture (PNG).

    For maps and other canvases, which do not say when they have been drawn.
    """
    page = shown.page
    pictures: list[bytes] = []
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end:
        picture = shown.screenshot(timeout=PATIENCE)
        same = pictures and picture == pictures[-1] and not _awaited(page)
        pictures = [*pictures, picture] if same else [picture]
        if len(pictures) == SAME_PICTURES:
            return picture
    raise AssertionError(f"The element never stands still; the page waits for {_awaited(page)}.")


def _awaited(page: Page) -> list[str]:
    """What a page waits for. A map that is taken away while it loads gives up its land, and no event says so."""
    now = time.monotonic()
    return [request.url for request, since in _open_requests[page].items() if now - since < UNSAID]


def _asks_for_a_run(frame: Any) -> bool:
    return isinstance(frame, bytes) and BackMsg.FromString(frame).WhichOneof("type") == "rerun_script"


def click_middle_of_map(shown: Locator) -> None:
    """Click what is in the middle of a map, until the app is asked to run.

    The map takes a press of a quarter of a second for a drag, and without a graphics card it may be busy drawing
    for as long; and while a page is new, the map may get another size. So this looks where the middle is, points
    there until the map says what it is, and begins again where the map did not take a click for one.
    """
    page = shown.page
    for _ in range(MOST_CLICKS):
        still(shown)
        area = shown.bounding_box()
        assert area is not None, "The map is not on the screen."
        place = area["x"] + area["width"] / 2, area["y"] + area["height"] / 2
        page.mouse.move(place[0] + 3, place[1])
        page.mouse.move(*place)
        try:
            shown.locator(".deck-tooltip").filter(visible=True).wait_for(timeout=CLICK_PATIENCE)
            with _sockets[page].expect_event("framesent", predicate=_asks_for_a_run, timeout=CLICK_PATIENCE):
                page.mouse.click(*place)
        except TimeoutError:
            continue
        return
    raise AssertionError("The map takes no click in its middle.")


@contextmanager
def rerun(page: Page) -> Iterator[None]:
    """Wait for the run that an action inside the block sets off, and until the page has settled after it.

    Some widgets speak up only after a pause (sliders, brushed charts), so that the page looks settled right after
    the action: this waits for the run itself, and not for one of an action before. It fails where the action sets off
    none.
    """
    _at_rest(page)
    coming = _Runs(asked=True)
    with _sockets[page].expect_event("framereceived", predicate=coming.end_with, timeout=PATIENCE):
        yield
    settled(page)


def go_to(page: Page, name: str, group: str) -> None:
    """Go to a page by the links of the page head, through the pages of its group where another group is open.

    Args:
        page: where one is.
        name: what the page is called there.
        group: the name of its group.
    """
    head = page.locator(".st-key-navigation")
    # The name of an icon is read before what the link is called.
    link = head.get_by_role("link", name=re.compile(rf"\b{name}$"))
    if not link.count():
        with rerun(page):
            head.get_by_role("link", name=group).click()
        link.wait_for()
    with rerun(page):
        link.click()
