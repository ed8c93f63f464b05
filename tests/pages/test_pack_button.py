"""The button that hands a view round: made when asked for, offered, and a failure that leaves the page as it is."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from icc_data.errors import AtlasError
from icc_data.files import pack as packs
from pages.shared import pack_button
from tests.helpers.printed import read
from tests.pages.conftest import OpenPage, words
from tests.pages.test_city import metrics

CHOICES = tuple(pack_button.CHOICES)
VIEWS = {
    "city-barcelona": ("city", {"city": ["barcelona"]}),
    "benchmark-city-oslo": ("benchmark", {"city": ["oslo"]}),
    "benchmark-country-spain": ("benchmark", {"unit": ["country"], "country": ["spain"]}),
    "area-education": ("policy_area", {"policy_area": ["education"]}),
    "practices": ("practices", {"network": ["reci"]}),
    "review": ("review", {"network": ["rpci"]}),
}


@pytest.fixture(autouse=True)
def _known(pages_known: None) -> None:
    """Clicks count from the first run on."""


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The files that are made."""
    files: list[bytes] = []
    write = packs.write

    def kept(*args: Any) -> bytes:
        files.append(write(*args))
        return files[-1]

    monkeypatch.setattr(packs, "write", kept)
    return files


def offered(app: AppTest, name: str) -> list[Any]:
    return [button.proto for button in app.get("download_button") if button.proto.id.endswith(f"pack-{name}-save")]


def choose(app: AppTest, name: str, choice: str) -> AppTest:
    return app.button(key=f"pack-{name}-{choice}").click().run()


@pytest.mark.parametrize("name", VIEWS)
def test_nothing_is_made_before_it_is_asked_for(open_page: OpenPage, written: list[bytes], name: str) -> None:
    page, params = VIEWS[name]
    app = open_page(page, **params)
    assert [button.key for button in app.button if str(button.key).startswith("pack-")] == [
        f"pack-{name}-{choice}" for choice in CHOICES
    ]
    assert (offered(app, name), written) == ([], [])


@pytest.mark.parametrize("name", VIEWS)
def test_a_choice_makes_one_file_and_offers_it(open_page: OpenPage, written: list[bytes], name: str) -> None:
    page, params = VIEWS[name]
    app = choose(open_page(page, **params), name, "xlsx")
    assert not app.exception
    (button,) = offered(app, name)
    assert button.label == f"Save Excel ({len(written[0]) // 1000} kB)"
    assert openpyxl.load_workbook(io.BytesIO(written[0])).sheetnames[0] == "Summary"
    assert len(written) == 1


def test_the_document_says_what_the_page_says(open_page: OpenPage, written: list[bytes]) -> None:
    app = choose(open_page("city", city=["barcelona"]), "city-barcelona", "pdf")
    _pages, text = read(written[0])
    assert metrics(app)["Practices"] == "20 of 459 in the network"
    for sentence in (
        "3 practices, 3.4 times as common here as in the network; 19 cities have one",
        "No practice in 3 of 17 policy areas: Commitment, Public space and Leadership and citizenship.",
    ):
        assert sentence in text
        assert sentence in words(app)
    assert "Practices 20 of 459 in the network" in text


def test_the_document_of_a_city_keeps_to_the_other_filters(open_page: OpenPage, written: list[bytes]) -> None:
    app = open_page("city", city=["barcelona"], policy_area=["education"])
    choose(app, "city-barcelona", "pdf-wide")
    assert "4 of 20 fit the other filters (Policy area: Education); newest first" in read(written[0])[1]


def test_the_slides_of_a_selection_say_what_is_chosen(open_page: OpenPage, written: list[bytes]) -> None:
    choose(open_page("practices", network=["reci"]), "practices", "pptx")
    first = Presentation(io.BytesIO(written[0])).slides[0]
    assert "Within: Network: RECI (Spain)." in [shape.text_frame.text for shape in first.shapes if shape.has_text_frame]


def test_the_document_of_a_review_says_every_finding_of_its_page(open_page: OpenPage, written: list[bytes]) -> None:
    app = choose(open_page("review", network=["rpci"], period=["2011-2018"], silent=["3"]), "review", "pdf")
    text = read(written[0])[1].replace(" ", "")
    labels = [link.proto.label for link in app.get("page_link")]
    findings = [label for label in labels if label.strip(":orange[*] ").endswith(".") or ".]" in label]
    assert "Under review: 2011–2018, beside 2003–2010. A city is silent after 3 years or more".replace(" ", "") in text
    assert len(findings) > 5
    for finding in findings:
        sentence = finding.replace("\\", "").replace(":orange[", "").replace(":gray[", "").strip("*[] ")
        assert sentence.split(".")[0].split("*")[0].replace(" ", "") in text


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (AtlasError("The paper is out.", "Buy some."), "The paper is out\\. Buy some\\."),
        (KeyError("ink"), "something unforeseen happened (KeyError). Other kinds of file may work\\."),
    ],
)
def test_a_failure_says_why_and_leaves_the_page_usable(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, error: Exception, reason: str
) -> None:
    def failing(*_args: Any) -> bytes:
        raise error

    app = open_page("city", city=["oslo"])
    with monkeypatch.context() as patch:
        patch.setattr(packs, "write", failing)
        choose(app, "city-oslo", "docx")
    assert not app.exception
    assert "Word could not be made" in app.error[0].value
    assert reason.replace("\\", "") in app.error[0].value.replace("\\", "")
    assert offered(app, "city-oslo") == []
    assert len(offered(choose(app, "city-oslo", "xlsx"), "city-oslo")) == 1


def test_what_was_made_for_another_view_is_not_offered(open_page: OpenPage) -> None:
    app = choose(open_page("city", city=["oslo"]), "city-oslo", "xlsx")
    assert len(offered(app, "city-oslo")) == 1
    app.query_params["theme"] = ["youth"]
    app.run()
    assert offered(app, "city-oslo") == []


def test_without_a_city_there_is_nothing_to_hand_round(open_page: OpenPage) -> None:
    app = open_page("city")
    assert [button.key for button in app.button if str(button.key).startswith("pack-")] == []
