"""No text holds a number of the data that somebody typed: each is counted, and is that of the last release."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from icc_data.files.release.numbers import filled, marks, numbers, without_marked
from icc_data.files.release.releasing import releases, texts_of
from icc_data.incoming.check import valid_data
from icc_data.store.snapshot_tables import tables_of_snapshot, write_tables
from tests.helpers.documents import ROOT

LIVING = ROOT / "data"
TEXTS = texts_of(LIVING)
# What is counted in texts on the data; examples of docs/method.md are of a frozen copy, held by tests of their own.
COUNTED = re.compile(
    r"\b\d[\d,]*\b(?= (?:good )?(?:practices|cities|countries|summaries|Index results|reports|rows)\b)"
)
OF_THE_FROZEN_COPY = (
    "research.md",
    "method.md",
)
# Measured, made up or a limit of the program, and none of the data.
OTHERS = {
    "README.md": ["50"],
    "architecture.md": ["5"],
    "security.md": ["10,000", "100,000", "200,000", "300,000"],
    "api.md": ["200,000"],
}
OTHERS["performance.md"] = ["10,000", "100,000", "1,000,000"]


@pytest.fixture(scope="module")
def of_the_last_release(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("release")
    last = releases(LIVING)[-1]
    write_tables(tables_of_snapshot(last), folder)
    return numbers(valid_data(folder), last.release, last.version)


def test_the_texts_that_hold_numbers_are_among_those_that_a_release_writes() -> None:
    assert {ROOT / "README.md", ROOT / "CITATION.cff", LIVING / "README.md"} <= {
        text for text in TEXTS if marks(text.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_number_between_marks_is_that_of_the_last_release(
    text: Path, of_the_last_release: dict[str, str]
) -> None:
    content = text.read_text(encoding="utf-8")
    assert filled(content, of_the_last_release, text.name) == content


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_number_of_the_data_is_typed(text: Path) -> None:
    if text.name not in OF_THE_FROZEN_COPY:
        # What a command said of one release is set as code, and stays as it was said.
        prose = re.sub(r"^ {4}\S.*$", "", without_marked(text.read_text(encoding="utf-8")), flags=re.MULTILINE)
        typed = COUNTED.findall(prose)
        assert [number for number in typed if number not in OTHERS.get(text.name, [])] == []
