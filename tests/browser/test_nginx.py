"""The shipped nginx configuration, run by a real nginx before two servers: as a site by TLS, and below a path."""

from __future__ import annotations

import json
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from email.message import Message
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.tabs import Session
from tests.browser.conftest import UNMOVED, Complaints
from tests.browser.dashboards import running_dashboard
from tests.browser.helpers import go_to, rerun, settled, watch
from tests.helpers.nginx import Nginx, kept_at, running_nginx

WORD = "unmistakable"
# How often the log is looked at for a line, and for how long in all: a minute.
LOOKS = 1200
LONG_LINK = "/sql?sql=" + quote("SELECT count(*) AS cities FROM city -- unmistakable") + quote(" é") * 900
UNCHECKED = {"check_hostname": False, "cert_reqs": ssl.CERT_NONE}


class Behind:
    """Two servers behind nginx, of which one can be ended."""

    def __init__(self, nginx: Nginx, servers: dict[str, ExitStack]) -> None:
        self.nginx, self._servers = nginx, servers

    def end(self, server: str) -> None:
        """End the server of an address as nginx writes it down (``127.0.0.1:port``)."""
        self._servers[server].close()

    def end_all(self) -> None:
        """End both, where they have not ended yet."""
        for server in self._servers.values():
            server.close()


def wait_until_ready(site: str) -> None:
    """Wait until a server says that it can show pages, and is as it should be."""
    for _ in range(LOOKS):
        with suppress(OSError):
            if {fetch(f"{site}/{path}")[0] for path in ("ready", "health")} == {200}:
                return
        time.sleep(0.05)
    raise AssertionError(f"{site} never gets ready.")


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    folder = tmp_path_factory.mktemp("nginx")
    stacks: dict[str, ExitStack] = {}
    with ExitStack() as all_of_them:
        # The first knows neither where people find it nor by what path, the second both.
        told = {"ATLAS_PUBLIC_ADDRESS": "https://127.0.0.1/atlas", "STREAMLIT_SERVER_BASE_URL_PATH": "atlas"}
        for name, environment in (("one", {}), ("two", told)):
            stack = all_of_them.enter_context(ExitStack())
            url = stack.enter_context(running_dashboard(folder / f"{name}.log", **environment))
            stacks[url.removeprefix("http://")] = stack
        (folder / "nginx").mkdir()
        urls = [f"http://{server}" for server in stacks]
        # A server that says that it is not ready would be passed over for a while, and nobody would come to it.
        for url, path in zip(urls, ("", "/atlas"), strict=True):
            wait_until_ready(url + path)
        yield Behind(all_of_them.enter_context(running_nginx(folder / "nginx", urls)), stacks)


@pytest.fixture
def page(browser_without_maps: Browser, behind: Behind) -> Iterator[Page]:
    """A page of a visitor below the path, which must have complained of nothing at the end."""
    complaints = Complaints(behind.nginx.path, maps=False)
    context = browser_without_maps.new_context(locale="en-GB", **UNMOVED)
    page = context.new_page()
    complaints.listen(page)
    watch(page)
    yield page
    context.close()
    assert complaints.found == []


def fetch(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """The status of an address, the headers (small letters) and what came, without following where it leads."""
    unchecked = ssl.create_default_context()
    unchecked.check_hostname, unchecked.verify_mode = False, ssl.CERT_NONE
    stay = type("Stay", (urllib.request.HTTPRedirectHandler,), {"redirect_request": lambda *_: None})
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=unchecked), stay)
    request = urllib.request.Request(url, headers={name.replace("_", "-"): text for name, text in headers.items()})
    try:
        with opener.open(request, timeout=60) as answer:
            return answer.status, _headers(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, _headers(error.headers), error.read()


def _headers(of_answer: Message) -> dict[str, str]:
    """Each header once, all that it says behind one another."""
    return {name.lower(): ", ".join(of_answer.get_all(name, [])) for name in of_answer}


def open_tab(nginx: Nginx, cookie: str = "new", page: str = "") -> Session:
    """An open page of a visitor of the site, whose browser has loaded it and may know of a server."""
    return Session(nginx.site, page, cookie=f"atlas_server={cookie}", sslopt=UNCHECKED, origin=nginx.site)


def test_whoever_comes_without_encryption_is_sent_to_the_same_address_with_it(behind: Behind):
    status, headers, _ = fetch(behind.nginx.plain + "/map?q=garden")
    assert (status, headers["location"]) == (301, "https://127.0.0.1/map?q=garden")
    assert fetch(behind.nginx.site + "/map?q=garden")[1]["strict-transport-security"] == "max-age=31536000"


FLAGS = "Path=/; HttpOnly; SameSite=Lax; Secure"


@pytest.mark.parametrize("has", ["", "atlas_server=s9", "atlas_server=127.0.0.1:22", f"atlas_server={'0' * 32}"])
def test_a_first_page_says_that_the_visitor_is_new_whatever_they_made_up(behind: Behind, has: str):
    status, headers, _ = fetch(behind.nginx.site + "/map", Cookie=has)
    assert (status, headers["set-cookie"]) == (200, f"atlas_server=new; {FLAGS}")
    assert "set-cookie" not in fetch(behind.nginx.site + "/app/static/map-light.json", Cookie=has)[1]


def test_an_opened_page_names_its_server_once_and_another_page_opens_there(behind: Behind):
    first = open_tab(behind.nginx)
    server = kept_at(first)
    assert first.set_cookie() == f"atlas_server={server}; {FLAGS}"
    seconds = [open_tab(behind.nginx, server) for _ in range(3)]
    assert [tab.set_cookie() for tab in seconds] == [""] * 3, "its browser knows already"
    assert "set-cookie" not in fetch(behind.nginx.site + "/map", Cookie=f"atlas_server={server}")[1]
    for tab in (first, *seconds):
        tab.close()


@pytest.mark.parametrize("made_up", ["s9", "../../x", "127.0.0.1:22", "atlas_by_address", "s1 s2", "s1;s2", "é"])
def test_a_name_that_somebody_made_up_leads_to_a_server_that_there_is(behind: Behind, made_up: str):
    servers = {server_of(behind.nginx, name) for name in ("s1", "s2")}
    assert server_of(behind.nginx, quote(made_up, safe="/.: ;")) in servers


def test_whichever_server_answers_is_well_and_says_once_that_people_come_by_tls(behind: Behind):
    visitors = ["atlas_server=s1", "atlas_server=s2"]
    before = len(behind.nginx.log())
    answers = [fetch(f"{behind.nginx.site}/health", Cookie=visitor) for visitor in visitors]
    assert {status for status, _, _ in answers} == {200}
    assert {headers["strict-transport-security"] for _, headers, _ in answers} == {"max-age=31536000"}
    lines = logged(behind.nginx, "GET /health 200", before, times=len(visitors))
    assert len({line.split()[-1] for line in lines}) == 2, "both were asked"


@pytest.mark.parametrize("below", ["site", "path"])
def test_a_map_and_its_land_arrive_and_travel_compressed(behind: Behind, below: str):
    address = getattr(behind.nginx, below)
    style = json.loads(fetch(f"{address}/app/static/map-light.json")[2])
    assert style["version"] == 8
    status, headers, packed = fetch(f"{address}/app/static/land.geojson", Accept_Encoding="gzip")
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert len(packed) < Path("static/land.geojson").stat().st_size / 2


@pytest.mark.parametrize("below", ["site", "path"])
def test_a_long_link_arrives_also_where_it_is_the_address_that_somebody_comes_from(behind: Behind, below: str):
    link = getattr(behind.nginx, below) + LONG_LINK
    assert len(link) > 8_000
    assert fetch(link, Referer=link)[0] == 200


def test_a_page_runs_by_an_encrypted_websocket(behind: Behind):
    tab = open_tab(behind.nginx, page="map")
    assert tab.run("country=france").received > 10_000
    tab.close()


def test_below_a_path_pages_links_and_uploads_work_in_a_browser(behind: Behind, page: Page):
    page.goto(behind.nginx.path + "?lang=en&country=spain")
    assert page.url.startswith(behind.nginx.path + "/?lang=en")
    page.goto(behind.nginx.path + "/contribute?way=upload&country=spain")
    settled(page)
    rows = f"title,city_ids,countries\nA {WORD} garden,Bilbao,Spain\n".encode()
    with rerun(page):
        page.locator("input[type=file]").set_input_files({"name": "new.csv", "mimeType": "text/csv", "buffer": rows})
    assert "1 practice accepted" in page.get_by_test_id("stMain").inner_text()
    go_to(page, "Policy areas", "Network")
    assert page.url.startswith(behind.nginx.path + "/policy_area?country=spain")


def test_a_browser_keeps_the_server_that_an_opened_page_names(behind: Behind, page: Page):
    page.goto(behind.nginx.path + "/map")
    settled(page)
    kept = [(cookie["value"], cookie["path"]) for cookie in page.context.cookies() if cookie["name"] == "atlas_server"]
    assert kept in ([("s1", "/")], [("s2", "/")])


@pytest.mark.parametrize("below", ["site", "path"])
def test_how_the_servers_are_is_not_told_to_everybody(behind: Behind, below: str):
    address = getattr(behind.nginx, below)
    assert fetch(f"{address}/_stcore/metrics")[0] == 404
    assert fetch(f"{address}/_stcore/health")[0] == 200


def test_a_file_that_is_too_large_is_refused_before_it_has_come(behind: Behind):
    address = f"{behind.nginx.path}/_stcore/upload_file/a/b"
    request = urllib.request.Request(address, data=b"x" * 7_000_000, method="PUT")
    # Whoever goes on sending may see the connection end before the answer.
    with pytest.raises((urllib.error.HTTPError, urllib.error.URLError, ConnectionError)) as refusal:
        urllib.request.urlopen(request, timeout=60)
    assert getattr(refusal.value, "code", 413) == 413


def logged(nginx: Nginx, words: str, after: int = 0, *, times: int = 1) -> list[str]:
    """The lines of the log with these words, which are written once the answers have gone.

    Args:
        nginx: whose log.
        words: what the lines hold.
        after: how many lines there were before the requests.
        times: how many lines there will be at least.
    """
    for _ in range(LOOKS):
        lines = [line for line in nginx.log()[after:] if words in line]
        if len(lines) >= times:
            return lines
        time.sleep(0.05)
    raise AssertionError(f"The log does not say “{words}”.")


def server_of(nginx: Nginx, cookie: str) -> str:
    """The server that a visitor comes to, as the log says."""
    before = len(nginx.log())
    assert fetch(f"{nginx.site}/_stcore/health", Cookie=f"atlas_server={cookie}")[0] == 200
    return logged(nginx, "/_stcore/health", before)[-1].split()[-1]


def test_where_a_server_is_ended_the_visitors_of_the_other_stay_and_its_own_stay_there_from_then_on(behind: Behind):
    stays, ends = server_of(behind.nginx, "s1"), server_of(behind.nginx, "s2")
    assert stays != ends
    assert {server_of(behind.nginx, "s1") for _ in range(5)} == {stays}, "whoever came to one stays there"
    tab = open_tab(behind.nginx, "s1", "practices")
    tab.run("country=france")

    behind.end(ends)

    assert tab.run("country=spain").received > 1_000
    assert server_of(behind.nginx, "s2") == stays
    assert fetch(f"{behind.nginx.path}/map", Cookie="atlas_server=s2")[0] == 200
    other = open_tab(behind.nginx, "s2", "practices")
    assert kept_at(other) == "s1"
    assert other.run("country=france").received > 10_000
    for open_one in (tab, other):
        open_one.close()


def test_nothing_that_anybody_typed_or_sent_was_written_down(behind: Behind):
    fetch(behind.nginx.site + LONG_LINK)
    logged(behind.nginx, "GET /sql 200")
    logs = [path.read_text("utf-8", "replace") for path in behind.nginx.folder.parent.rglob("*.log")]
    assert len(logs) == 5
    assert [text for text in logs if WORD in text or "france" in text] == []


@pytest.mark.parametrize("below", ["site", "path"])
def test_where_no_server_answers_a_page_says_that_it_tries_again(behind: Behind, below: str):
    behind.end_all()
    status, headers, page = fetch(getattr(behind.nginx, below) + "/map?country=spain", Accept="text/html")
    assert (status, headers["retry-after"], headers["cache-control"]) == (503, "10", "no-store")
    assert b"busy, trying again" in page
    assert b'<meta http-equiv="refresh"' in page
