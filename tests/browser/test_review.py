"""A review meeting in a browser: from a scope to a gap and its list, and with arrow keys on a projector."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation

from tests.browser.conftest import OpenPage
from tests.browser.helpers import Look, put_on, rerun, wait_until_it_fits
from tests.browser.projected import wait_until_projected

# How large the letters of the charts are on the screen, in its pixels.
LETTERS = """() => [...document.querySelectorAll('svg text')].filter(text => text.textContent.trim()).map(text => {
    const matrix = text.getScreenCTM();
    return Math.round(10 * parseFloat(getComputedStyle(text).fontSize) * Math.hypot(matrix.b, matrix.d)) / 10;
})"""


def address(page: Page) -> dict[str, list[str]]:
    """The parameters of the page's address."""
    return parse_qs(urlsplit(page.evaluate("location.href")).query)


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list that opens, by the words of an option."""
    page.get_by_role("combobox", name=label).click()
    with rerun(page):
        page.get_by_role("option", name=option).first.click()


def test_from_a_network_to_its_coverage_to_a_gap_to_its_list_to_a_file(visit: OpenPage, tmp_path: Path) -> None:
    page = visit("/review")
    choose(page, "Scope", "RPCI (Portugal)")
    assert address(page)["network"] == ["rpci"]
    with rerun(page):
        page.get_by_role("radio", name="Coverage").or_(page.get_by_text("Coverage", exact=True)).first.click()
    grid = page.locator(".st-key-wide-review-coverage-city .marks")
    expect(grid).to_be_visible()
    with rerun(page):
        page.get_by_text("State", exact=True).first.click()
    with rerun(page):
        page.get_by_role("link", name="have been silent for").click()
    assert (address(page)["step"], address(page)["gap"]) == (["gaps"], ["silent"])
    assert address(page)["network"] == ["rpci"]
    expect(page.get_by_text("nothing of them is known after").first).to_be_visible()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    silent = re.search(r"^\d+", page.get_by_text("nothing of them is known after").first.inner_text())
    assert silent is not None
    page.get_by_role("button", name="Hand round").click()
    page.get_by_role("button", name="Excel").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile(r"Save Excel \(\d+ kB\)")).click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    book = openpyxl.load_workbook(file)
    assert book["Summary"]["A1"].value.endswith("RPCI (Portugal)")
    known = [row[3].value for row in book["Silent cities"].iter_rows(min_row=2)]
    assert known.count("silent") == int(silent[0])


def test_the_review_of_a_network_is_handed_round_as_slides_of_the_same_numbers(visit: OpenPage, tmp_path: Path) -> None:
    page = visit("/review?network=rpci&period=2011-2020")
    # Behind its icon.
    finding = page.get_by_role("link", name="have been silent for").inner_text().splitlines()[-1]
    page.get_by_role("button", name="Hand round").click()
    page.get_by_role("button", name="PowerPoint").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile(r"Save PowerPoint \(\d+ kB\)")).click()
    assert download.value.suggested_filename.endswith(".pptx")
    file = tmp_path / "review.pptx"
    download.value.save_as(file)
    shapes = [shape for slide in Presentation(str(file)).slides for shape in slide.shapes]
    told = " ".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)
    assert "RPCI (Portugal)" in told
    assert "2011–2020" in told
    assert finding in told


def test_a_click_on_a_field_lists_its_practices(visit: OpenPage) -> None:
    page = visit("/review?step=coverage&find=Bergen", width=1920, height=1080)
    grid = page.locator(".st-key-wide-review-coverage-city .marks")
    grid.scroll_into_view_if_needed()
    area = grid.bounding_box()
    assert area is not None
    # Two rows at the bottom of the picture: the whole scope, and Bergen.
    with rerun(page):
        page.mouse.click(area["x"] + area["width"] * 0.13, area["y"] + area["height"] - 30)
    [cell] = address(page)["cell"]
    assert cell.startswith("city:bergen:")
    expect(page.locator('[class*="st-key-card-"]').first).to_be_visible()


def test_a_presentation_is_turned_with_arrow_keys_and_left_with_escape(visit: OpenPage) -> None:
    page = visit("/review?period=2016-2020", width=1920, height=1080)
    with rerun(page):
        page.get_by_role("button", name="Present").click()
    assert address(page)["present"] == ["1"]
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    for step in ("coverage", "gaps", "momentum"):
        with rerun(page):
            page.keyboard.press("ArrowRight")
        assert address(page)["step"] == [step]
    with rerun(page):
        page.keyboard.press("ArrowLeft")
    assert address(page)["step"] == ["gaps"]
    with rerun(page):
        page.keyboard.press("Escape")
    assert "present" not in address(page)
    expect(page.get_by_test_id("stSidebar")).to_be_visible()


@pytest.mark.parametrize("scope", ["", "network=rpci&"])
def test_every_step_of_a_presentation_fits_a_projectors_screen_in_letters_of_20_pixels(
    visit: OpenPage, scope: str
) -> None:
    page = visit(f"/review?{scope}period=2011-2020&present=1&step=state", width=1920, height=1080)
    for step in ("state", "coverage", "gaps", "momentum", "changes"):
        assert address(page)["step"] == [step]
        wait_until_projected(page, step)
        assert min(page.evaluate(LETTERS), default=20) >= 20, step
        if step != "changes":
            with rerun(page):
                page.keyboard.press("ArrowRight")


def test_the_coverage_in_words_is_for_telephones_alone(visit: OpenPage) -> None:
    page = visit("/review?step=coverage")
    expect(page.locator(".st-key-narrow-coverage")).to_be_hidden()
    put_on(page, Look(phone=True))
    expect(page.locator(".st-key-narrow-coverage")).to_be_visible()
    wait_until_it_fits(page, "on a telephone")


def test_the_members_in_words_are_for_telephones_alone(visit: OpenPage) -> None:
    page = visit("/review")
    for kind in ("membership_status", "network"):
        expect(page.locator(f".st-key-wide-members-{kind}")).to_be_visible()
        expect(page.locator(f".st-key-narrow-members-{kind}")).to_be_hidden()
    put_on(page, Look(phone=True))
    for kind in ("membership_status", "network"):
        expect(page.locator(f".st-key-narrow-members-{kind}")).to_contain_text("with a practice:")
        expect(page.locator(f".st-key-wide-members-{kind}")).to_be_hidden()
