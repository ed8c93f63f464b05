"""Reading printed documents, and a database whose texts mean something to the typesetter."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
from pypdf import PdfReader
from pypdf.generic import NameObject

from icc_data.store.build import build
from icc_data.store.database import open_database
from tests.unit.conftest import write_small_folder

HOSTILE = '#panic("x") $x^2$ \\ "quoted" `raw` @ref <label> *bold* _em_ // c /* d #{sys.inputs} [ ] { } \\u{41}'
LETTERS = "Łódź Çığ œuvre Ελλάδα Київ България"
ASIAN = "浜松市 구로구"


class Printed(NamedTuple):
    """What a PDF holds.

    Attributes:
        pages: how many there are.
        text: their text with single spaces.
        inside: for each piece of text, whether it begins on its page and above its lower edge.
    """

    pages: int
    text: str
    inside: list[bool]


@cache
def _printed(pdf: bytes) -> Printed:
    inside: list[bool] = []
    across = up = 0.0

    def visit(text: str, seen: list[float], at: list[float], _font: Any, _size: Any) -> None:
        # What stands in a part of a drawing is placed within that part alone.
        if text.strip() and seen[3] < 0:
            x, y = at[4] * seen[0] + at[5] * seen[2] + seen[4], at[4] * seen[1] + at[5] * seen[3] + seen[5]
            inside.append(20 < x < across - 20 and 20 < y < up - 20)

    texts = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        across, up = float(page.mediabox.width), float(page.mediabox.height)
        texts.append(page.extract_text(visitor_text=visit))
    return Printed(len(texts), " ".join(" ".join(texts).split()), inside)


def read(pdf: bytes) -> tuple[int, str]:
    """The pages of a PDF, and its text with single spaces; each PDF is read once for all tests."""
    printed = _printed(pdf)
    return printed.pages, printed.text


def pages(pdf: bytes) -> int:
    """How many pages a PDF has; its text is not read."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def links(pdf: bytes) -> list[str]:
    """The addresses that a click in a PDF opens."""
    found = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for annotation in page.get("/Annots", []):
            action = annotation.get_object().get("/A", {})
            found.append(str(action.get(NameObject("/URI"), "")))
    return found


def within_margins(pdf: bytes) -> bool:
    """Whether every line of a PDF begins on its page, and above its lower edge."""
    inside = _printed(pdf).inside
    return all(inside) and bool(inside)


@contextmanager
def hostile_database(directory: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database whose texts are long, wide, of many scripts, and full of signs that mean something to a typesetter."""
    folder = write_small_folder(directory)
    texts = {"hostile": HOSTILE, "wide": "W" * 400, "long": "word " * 400, "letters": LETTERS, "asian": ASIAN}
    folder.edit("cities", 0, local_name=ASIAN, note=HOSTILE, joined_note="W" * 300)
    for name, text in texts.items():
        folder.append(
            "practices",
            practice_id=name,
            title=text[:400].strip(),
            summary=(text * 5)[:1900].strip(),
            policy_areas="education",
            policy_area_coding="agreed",
            confidence="high",
            countries="Portugal",
            city_ids="lisbon",
            when_text=f"2015 {name}",
            when_source="year field",
            url=f"https://example.org/{name}/" + "a" * 170,
        )
    database = build(folder.path, folder.path.parent / "hostile.duckdb").database
    with open_database(database) as connection:
        yield connection
