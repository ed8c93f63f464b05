"""Take the pictures of the documentation from the running atlas: ``make pictures``."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from tools.find_browser import ADVICE, find_browser

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
PATIENCE = 60
STILL = 4
FLAGS = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--no-sandbox", "--disable-background-networking"]
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"


class Picture(NamedTuple):
    """One picture: its file, the address it shows, and how it is looked at; width and height in pixels."""

    name: str
    address: str
    dark: bool = False
    size: tuple[int, int] = (1440, 900)


_ALONE = "version=2026-11-22&embed=true"
TAKEN = (
    Picture("overview", "/"),
    Picture("map-dark", "/map?show=lisbon&layer=shared", dark=True),
    Picture("timeline", "/timeline?count=active&split=commitment"),
    Picture("topics", "/topics?country=spain"),
    Picture("practices", "/practices?q=welcome+children"),
    Picture("benchmark", "/benchmark?city=bergen"),
    Picture("phone", "/", size=(390, 844)),
    # One figure alone, on the version of the data that docs/research.md is about.
    Picture("research-rates", f"/timeline?{_ALONE}&figure=rates&per=cities", size=(900, 640)),
    Picture(
        "research-areas",
        f"/topics?{_ALONE}&figure=compared-policy_area&country=spain&compare=country%3Ditaly",
        size=(900, 900),
    ),
    Picture("research-survival", f"/timeline?{_ALONE}&figure=survival", size=(900, 850)),
)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str) -> None:
    """Wait until the server answers.

    Raises:
        TimeoutError: it does not within a minute.
    """
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise TimeoutError(f"{url} does not answer.")


def take(browser: Browser, server: str, picture: Picture) -> Path:
    """Open an address, wait until charts and map stand still, and write the picture."""
    context = browser.new_context(
        viewport={"width": picture.size[0], "height": picture.size[1]},
        color_scheme="dark" if picture.dark else "light",
        locale="en-GB",
    )
    page = context.new_page()
    page.goto(server + picture.address)
    page.wait_for_selector(SETTLED, timeout=PATIENCE * 1000)
    # The map's own worker keeps the network from ever being idle: still is what looks the same several times over.
    before, same = b"", 0
    for _ in range(60):
        pixels = page.screenshot()
        same = same + 1 if pixels == before else 0
        if same == STILL:
            break
        before = pixels
        page.wait_for_timeout(700)
    file = PICTURES / f"{picture.name}.png"
    file.write_bytes(before)
    context.close()
    return file


def main() -> None:
    """Start the atlas, take every picture, stop it."""
    path = find_browser()
    if path is None:
        raise SystemExit(ADVICE)
    PICTURES.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            for picture in TAKEN:
                print(take(browser, f"http://127.0.0.1:{port}", picture).relative_to(ROOT))
            browser.close()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
