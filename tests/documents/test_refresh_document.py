"""What docs/refresh.md prints below its commands is what they print: the whole of a quarter, in the order of the page.

Counts, days and digests are those of the data that it was written with, and do not count; nor does what “…” leaves out.
"""

from __future__ import annotations

import csv
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel import Locale

from icc_data.paths import DATA_DIRECTORY
from tests.helpers.commands import run
from tests.helpers.documents import ROOT

DOCUMENT = ROOT / "docs" / "refresh.md"
FIXTURES = ROOT / "tests" / "fixtures"
INBOX = {"listing.html": "listing_page.html", "card.txt": "reader_files/card-de.txt"}
INBOX |= {"table.csv": "reader_files/table-cp1252.csv"}
LEFT_OUT = "…"
MONTHS = "|".join(Locale("en").months["format"]["wide"].values())


def documented() -> list[tuple[str, list[str]]]:
    """The commands of the page in their order, each with the lines that it prints below; none where it prints none."""
    told: list[tuple[str, list[str]]] = []
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        if line.startswith("    python -m icc_data "):
            told.append((line.strip(), []))
        elif line.startswith("    ") and told:
            told[-1][1].append(line[4:])
    return told


def printed(command: str, place: Path) -> list[str]:
    """What a command prints in a folder that has data, release texts and an inbox; all that it took is said yes to."""
    words = shlex.split(command)[3:]
    result = run(*words, "--data", place / "data")
    if words[0] == "take":
        decide(place / "review.csv")
    text = (result.stderr + result.stdout).replace(f"{place}/", "")
    return [line for line in text.splitlines() if line.strip()]


def decide(review: Path) -> None:
    """Say yes to every record of a review."""
    with review.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with review.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(row | ({"decision": "yes"} if row["standing"] == "new" else {}) for row in rows)


def normalised(line: str) -> str:
    """A line without its numbers, days and digests."""
    return re.sub(r"\d+", "#", re.sub(MONTHS, "Month", re.sub(r"\b[0-9a-f]{12}\b", "#", line)))


@pytest.fixture
def quarter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as the page supposes one: data with the version before it, the texts of a release, an inbox."""
    shutil.copytree(DATA_DIRECTORY, tmp_path / "data")
    shutil.copy(ROOT / "data" / "README.md", tmp_path / "data")
    for name in ("README.md", "CITATION.cff"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "inbox").mkdir()
    for name, fixture in INBOX.items():
        shutil.copy(FIXTURES / fixture, tmp_path / "inbox" / name)
    (tmp_path / "inbox" / "mail.eml").write_text("From: city@example.org\nSubject: Our practices\n\nAttached.\n")
    monkeypatch.chdir(tmp_path)
    assert run("snapshot", "--data", "data", "--output", "data/snapshots").exit_code == 0
    return tmp_path


def compared(expected: list[str], lines: list[str]) -> Iterator[tuple[str, str]]:
    """Each documented line with the printed one that it should be; where “…” stands, with the next that is it."""
    told = iter(lines)
    skips = False
    for line in expected:
        if line == LEFT_OUT:
            skips = True
            continue
        candidates = [next(told, "")] if not skips else [one for one in told if normalised(one) == normalised(line)][:1]
        yield line, candidates[0] if candidates else ""
        if skips:
            told = iter(lines[lines.index(candidates[0]) + 1 :] if candidates else [])
        skips = False
    if not skips:
        yield "", next(told, "")


def test_each_command_prints_what_stands_below_it(quarter: Path) -> None:
    told = documented()
    assert sum(bool(expected) for _command, expected in told) >= 8
    for command, expected in told:
        lines = printed(command, quarter)
        for line, actual in compared(expected, lines) if expected else ():
            assert normalised(actual) == normalised(line), (command, lines)


def test_a_release_that_was_made_leaves_the_texts_that_it_says(quarter: Path) -> None:
    released = printed("python -m icc_data release 2026-Q4", quarter)
    written = [line.removeprefix("Wrote ").rstrip(".") for line in released if line.startswith("Wrote ")]
    assert written
    assert all((quarter / name).exists() for name in written)
