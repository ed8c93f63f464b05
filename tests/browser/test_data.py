"""The Data page in a browser: the matrix, the stable addresses and what a script gets there."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import urllib.error
import urllib.request
from email.message import Message
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import expect

from icc_data.paths import DATA_DIRECTORY, PUBLISHED
from icc_data.store.datapackage import package_files
from tests.browser.conftest import OpenPage
from tests.browser.helpers import PATIENCE, Look, put_on, rerun, wait_until_it_fits
from tests.browser.test_what_a_person_does import address, plot


def fetch(url: str, method: str = "GET", **headers: str) -> tuple[int, Message, bytes]:
    """Status, headers and content of an answer."""
    request = urllib.request.Request(url, method=method, headers=headers)
    with urllib.request.urlopen(request, timeout=PATIENCE / 1000) as answer:
        return answer.status, answer.headers, answer.read()


def served(server: str) -> str:
    return f"{server}/app/static/{PUBLISHED.name}/"


@pytest.fixture
def base(server: str) -> str:
    """Where the files are, once the server has been asked how it is."""
    fetch(f"{server}/health")
    return served(server)


@pytest.mark.parametrize(("name", "rows"), [("practice-matrix-country", 11), ("city-matrix-country", 13)])
def test_a_matrix_is_drawn_with_a_share_in_every_cell(visit: OpenPage, name: str, rows: int) -> None:
    page = visit("/data")
    texts = plot(page, name).locator("text").all_text_contents()
    columns = [text for text in texts if text.endswith(")")]
    # The legend has three shares of its own.
    assert len([text for text in texts if text.endswith("%")]) == rows * len(columns) + 3
    assert columns[0].startswith("All (")


def test_clicking_a_cell_chooses_its_country(visit: OpenPage) -> None:
    page = visit("/data")
    area = plot(page, "practice-matrix-country").bounding_box()
    assert area is not None
    with rerun(page):
        # The second column is Spain.
        page.mouse.click(area["x"] + area["width"] * 0.23, area["y"] + area["height"] * 0.5)
    assert address(page) == {"country": ["spain"]}
    assert page.locator(".st-key-selection-line").inner_text().startswith("77 of 459")


def test_a_section_is_a_link_and_going_back_returns_to_the_one_before(visit: OpenPage) -> None:
    page = visit("/data")
    with rerun(page):
        page.get_by_role("radio", name="Sources and licence").click()
    assert address(page) == {"section": ["sources"]}
    with rerun(page):
        page.go_back()
    assert page.get_by_test_id("stMain").get_by_text("Practices: share for which each field is known").is_visible()


def test_every_linked_file_is_there(visit: OpenPage, server: str) -> None:
    page = visit("/data?section=files")
    links = page.locator(f"a[href^='{served(server)}']")
    found = {link.get_attribute("href") or "" for link in links.all()}
    assert len(found) == 27
    assert {fetch(link)[0] for link in found} == {200}


def test_a_script_gets_the_tables_as_they_are(base: str) -> None:
    status, headers, content = fetch(f"{base}practices.csv")
    assert (status, headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert content == package_files(DATA_DIRECTORY)["practices.csv"]
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))
    _status, _headers, packed = fetch(f"{base}practices.parquet")
    table = pd.read_parquet(io.BytesIO(packed))
    assert table["practice_id"].tolist() == [row["practice_id"] for row in rows]
    assert ["; ".join(cities) if cities is not None else "" for cities in table["city_ids"]] == [
        row["city_ids"] for row in rows
    ]


def test_the_descriptor_tells_a_script_what_each_file_is(base: str) -> None:
    _status, headers, content = fetch(f"{base}datapackage.json")
    assert headers["content-type"] == "application/json"
    for resource in json.loads(content)["resources"]:
        _status, headers, file = fetch(base + resource["path"])
        assert resource["hash"] == f"sha256:{hashlib.sha256(file).hexdigest()}"
        assert len(file) == resource["bytes"] == int(headers["content-length"])
        schema = json.loads(fetch(base + resource["schema"])[2])
        assert schema["$schema"] == "https://datapackage.org/profiles/2.0/tableschema.json"


def test_other_sites_may_fetch_the_files_and_parts_of_them(base: str) -> None:
    status, headers, content = fetch(f"{base}cities.parquet", Range="bytes=0-3")
    assert (status, content) == (206, b"PAR1")
    assert headers["access-control-allow-origin"] == "*"
    status, headers, content = fetch(f"{base}cities.parquet", "HEAD")
    assert (status, content) == (200, b"")
    assert headers["etag"]
    assert int(headers["content-length"]) > 10_000


def test_what_is_not_published_is_not_found(base: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetch(f"{base}passwords.csv")


def test_the_lines_to_copy_have_the_address_of_this_server(visit: OpenPage, server: str) -> None:
    page = visit("/data?section=files&tool=Python")
    lines = page.get_by_test_id("stCode").filter(has_text="read_parquet")
    assert f'pd.read_parquet("{served(server)}practices.parquet")' in lines.inner_text()


def test_the_year_texts_are_downloaded_with_what_was_read(visit: OpenPage, tmp_path: Path) -> None:
    page = visit("/data?section=years&texts=all&country=norway")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name.startswith("icc-year-texts_")
    assert "norway" not in file.name
    rows = {row["when_text"]: row for row in csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))}
    assert len(rows) == 155
    assert rows["Since 2008"]["start_year"] == "2008"


def test_the_year_texts_in_words_are_for_telephones_alone(visit: OpenPage) -> None:
    page = visit("/data?section=years")
    table, rows = page.locator(".st-key-wide-year-texts"), page.locator(".st-key-narrow-year-texts")
    expect(table).to_be_visible()
    expect(rows).to_be_hidden()
    put_on(page, Look(phone=True))
    expect(table).to_be_hidden()
    expect(rows).to_contain_text("Read as:")
    expect(rows).not_to_contain_text("The description says: –")
    wait_until_it_fits(page, "on a telephone")


def test_escape_closes_a_dialog_while_its_button_is_out_of_use_and_the_focus_nowhere(visit: OpenPage) -> None:
    page = visit("/topics?country=iceland")
    with rerun(page):
        page.get_by_test_id("stMain").get_by_role("button", name="Data and method").first.click()
    dialog = page.get_by_role("dialog")
    # So does Streamlit with a button while its file is made.
    dialog.get_by_role("button", name="CSV", exact=True).evaluate(
        "button => { button.focus(); button.disabled = true; }"
    )
    page.wait_for_function("() => document.activeElement === document.body")
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached", timeout=10_000)
