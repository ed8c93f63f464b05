"""Where the settings ask for it, nobody sees data who has not signed in; here with a provider of the test's own."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator

import oidc_provider_mock
import pytest
from playwright.sync_api import Browser, expect

from benchmarks.tabs import Session
from icc_data.paths import PUBLISHED
from tests.browser.dashboards import free_port, running_dashboard
from tests.browser.helpers import PATIENCE

SECRETS = """\
[auth]
redirect_uri = "{url}/oauth2callback"
cookie_secret = "a secret of the test, longer than it has to be"
client_id = "atlas"
client_secret = "of the test"
server_metadata_url = "http://127.0.0.1:{provider}/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard for people who sign in."""
    folder = tmp_path_factory.mktemp("sign-in")
    port = free_port()
    claims = [oidc_provider_mock.User(sub="ada", claims={"name": "Ada *Lovelace*"})]
    with oidc_provider_mock.run_server_in_thread(user_claims=claims) as provider:
        text = SECRETS.format(url=f"http://127.0.0.1:{port}", provider=provider.server_port)
        (folder / "secrets.toml").write_text(text, encoding="utf-8")
        environment = {"ATLAS_SIGN_IN": "on", "STREAMLIT_SECRETS_FILES": str(folder / "secrets.toml")}
        with running_dashboard(folder / "server.log", port=port, **environment) as url:
            yield url


def status(url: str, cookie: str = "") -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers={"Cookie": cookie}), timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.parametrize("asked", ["?country=spain", "sql?sql=SELECT+1", "data", "practice?practice=a-welcoming-app"])
def test_who_has_not_signed_in_is_asked_to_and_sees_nothing_else(closed: str, asked: str):
    page, _, query = asked.partition("?")
    tab = Session(closed, page)
    tab.run(query)
    assert tab.elements - {""} == {"heading", "markdown", "button"}
    tab.close()


@pytest.mark.parametrize("path", ["{}/practices.csv", "{}/datapackage.json", "/{}//practices.csv"])
def test_whole_tables_are_for_who_has_signed_in_as_nobody_can_pretend(closed: str, path: str):
    path = path.format(PUBLISHED.name)
    assert status(f"{closed}/app/static/{path}") == 403
    assert status(f"{closed}/app/static/{path}", '_streamlit_user={"is_logged_in": true}') == 403
    assert status(f"{closed}/app/static/map-light.json") == 200


def test_who_signs_in_comes_back_to_their_page_and_who_signs_out_sees_nothing_again(
    closed: str, browser_without_maps: Browser
):
    page = browser_without_maps.new_page(base_url=closed)
    page.set_default_timeout(PATIENCE)
    page.goto("/contribute?country=france")
    page.get_by_role("button", name="Sign in").click()
    page.locator("input[name=sub]").fill("ada")
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{closed}/contribute?country=france")
    expect(page.get_by_text("Signed in as Ada *Lovelace*.")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Country: France").first).to_be_visible(timeout=PATIENCE)
    tables = f"{closed}/app/static/{PUBLISHED.name}/practices.csv"
    assert page.request.get(tables).ok

    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=PATIENCE)
    assert page.request.get(tables).status == 403
    page.context.close()
