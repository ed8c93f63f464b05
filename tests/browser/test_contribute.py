"""What somebody does who contributes: download the template, fill it, check it, look at it, take the checked file."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ROOT, OpenPage
from tests.browser.helpers import go_to, rerun, settled, still

ROWS = (
    {
        "Title *": "Welcome walks with neighbours",
        "City 1": "Bilbaoo",
        "City 2": "Lisbon",
        "Year or period": "2011-14",
        "Summary": "Neighbours show newcomers around.",
        "Policy area 1": "Public space",
        "Policy area 2": "Interaction",
        "Theme 1": "Réfugiés et asile",
    },
    {"Title *": "A wreck", "City 1": "Atlantis", "Policy area 3": "Educashun"},
    {"Title *": "2nd Amadora employment and training expo", "City 1": "Amadora"},
)


def download(page: Page, button: str, folder: Path) -> Path:
    """Click a download button and keep the file."""
    with page.expect_download() as coming:
        page.get_by_role("button", name=button).click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def fill(template: Path) -> Path:
    """The template with the rows by heading, saved beside it."""
    book: Any = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    for number, row in enumerate(ROWS, start=2):
        for name, value in row.items():
            sheet.cell(number, headings.index(name) + 1).value = value
    book.save(template.with_name("filled.xlsx"))
    return template.with_name("filled.xlsx")


def send(page: Page, *files: Path) -> None:
    with rerun(page):
        page.locator("input[type=file]").set_input_files(files)


def add_dry_run(file: Path) -> str:
    """What the command line would do with a file."""
    command = [sys.executable, "-m", "icc_data", "add", "--dry-run", str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    return done.stdout


def write(page: Page, column: str, text: str) -> None:
    """Type into a field of the form and wait until the page has answered."""
    field = page.locator(f".st-key-contribute-{column}").get_by_role("textbox")
    field.press("End")
    with rerun(page):
        field.press_sequentially(text, delay=10)


def choose(page: Page, column: str, text: str) -> None:
    """Type into a list of the form and take what it offers first."""
    field: Locator = page.locator(f".st-key-contribute-{column}").get_by_role("combobox")
    field.fill(text)
    with rerun(page):
        field.press("Enter")
    field.press("Escape")


@pytest.mark.maps
def test_a_template_is_downloaded_filled_checked_and_taken_by_the_command_line(
    open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page("/contribute")
    template = download(page, "Template (Excel)", tmp_path)
    with rerun(page):
        page.get_by_role("radio", name="Check a filled file").click()
    send(page, fill(template))

    main = page.get_by_test_id("stMain")
    said = main.inner_text()
    assert "filled.xlsx · 2 practices accepted, 1 row to mend" in said
    assert "Row 3, City 1 “Atlantis”: is not a city of the network." in said
    assert "Row 3, Policy area 3 “Educashun”: is not in the list “Policy area”. Did you mean “Education”?" in said
    assert "“Bilbaoo” read as Bilbao" in said
    assert "2011-14, read as 2011–2014" in said
    assert "1 new practice · 1 in the atlas already" in said
    assert page.get_by_role("link", name="2nd Amadora Employment and Training Expo").count() == 1
    assert len(still(page.get_by_test_id("stDeckGlJsonChart"))) > 10_000

    checked = download(page, "Checked file (CSV)", tmp_path)
    (row,) = csv.DictReader(io.StringIO(checked.read_bytes().decode("utf-8-sig")))
    assert row["title"] == "Welcome walks with neighbours"
    assert (row["city_ids"], row["countries"], row["when_text"]) == ("bilbao; lisbon", "Spain; Portugal", "2011-14")
    assert (row["policy_areas"], row["themes"]) == ("public_space; interaction", "refugees")
    assert add_dry_run(checked).splitlines() == [
        "would add to practices.csv: Welcome walks with neighbours",
        "1 would be added, 0 skipped.",
    ]

    mend = openpyxl.load_workbook(download(page, "What to mend (Excel)", tmp_path))
    assert [cell.value for cell in mend.worksheets[0]["D"]][1:] == ["Atlantis", "Educashun"]


def test_a_mended_file_is_sent_again_under_its_name(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("/contribute?way=upload")
    file = tmp_path / "filled.csv"
    file.write_text("title,city_ids\nA garden for all,Lisbon\nA wreck,Atlantis\n", encoding="utf-8")
    send(page, file)
    file.write_text("title,city_ids\nA garden for all,Lisbon\nNo wreck,Lisbon\n", encoding="utf-8")
    send(page, file)
    said = page.get_by_test_id("stMain").inner_text()
    assert "filled.csv · 2 practices accepted\n" in said
    assert "2 new practices" in said


def test_a_practice_is_written_checked_as_it_is_typed_added_edited_and_kept(open_page: OpenPage) -> None:
    page = open_page("/contribute?way=form")
    add = page.get_by_role("button", name="Add to your practices")
    assert add.is_disabled()
    write(page, "when_text", "since 2019")
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("Read as: since 2019, ongoing")
    expect(main).to_contain_text("is required")
    write(page, "title", "Welcome walks")
    choose(page, "city_ids", "Atlantis")
    expect(main).to_contain_text("is not a city of the network. GeoNames knows Atlantis in South Africa")
    expect(add).to_be_disabled()
    with rerun(page):
        page.locator(".st-key-contribute-city_ids").get_by_role("combobox").press("Backspace")
    choose(page, "city_ids", "Lisb")
    with rerun(page):
        add.click()
    expect(main).to_contain_text("1 new practice")
    expect(page.locator(".st-key-contribute-title input")).to_have_value("")

    with rerun(page):
        page.get_by_role("button", name="Edit").click()
    write(page, "title", " at dusk")
    with rerun(page):
        page.get_by_role("button", name="Save the change").click()
    go_to(page, "Tables and downloads", "Data")
    page.wait_for_url("**/data*")
    settled(page)
    go_to(page, "Contribute", "Data")
    page.wait_for_url("**/contribute*")
    settled(page)
    expect(main).to_contain_text("1. Welcome walks at dusk")
    page.reload()
    settled(page)
    assert "Welcome walks" not in main.inner_text()


def test_the_known_twin_of_a_practice_opens_on_its_own_page_and_the_list_stays(
    open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page("/contribute?way=upload")
    file = tmp_path / "twin.csv"
    file.write_text("title,city_ids\n2nd Amadora employment and training expo,Amadora\n", encoding="utf-8")
    send(page, file)
    page.get_by_role("link", name="2nd Amadora Employment and Training Expo").click()
    page.wait_for_url("**practice=2nd-amadora-employment-and-training-expo*")
    settled(page)
    with rerun(page):
        page.go_back()
    assert "1 in the atlas already" in page.get_by_test_id("stMain").inner_text()
