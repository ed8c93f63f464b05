"""Very many practices are read by columns and distinct texts: what is refused and what is built stays the same."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from icc_data.errors import Problem
from icc_data.incoming.check import load_data
from icc_data.incoming.invalid_data import InvalidDataError
from icc_data.model.columns import columns_of
from icc_data.model.records import TABLES
from icc_data.paths import DATA_DIRECTORY
from icc_data.store.build import build
from icc_data.store.large import building
from icc_data.store.large.building import is_large, read_large
from tests.helpers.examples import in_one_folder
from tests.unit.conftest import Cells, DataFolder

TITLES = ["A kitchen", "a KITCHEN!", "Café “Ô”", "cafe o", "Women's – work", "Straße", "STRASSE", "İzmir", "日本の町"]
TITLES += [
    "  spaced\u2003",
    "two\nlines",
    'so "called"',
    "L’école n’est pas",
    "women`s",
    "...",
    "Ellos/Ellas",
    "Up -- and,  (down)",
    "ﬁn\u0301",
]
GOOD: dict[str, list[str]] = {
    "title": TITLES,
    "title_original": ["", "", "Cuisine d’été", "A kitchen", " \u00a0", "Ǆungla"],
    "city_ids": ["", "lisbon", "bilbao; lisbon", "lisbon;cork", " cork ", "lisbon; turin"],
    "countries": [
        "Portugal; Spain; Ireland; Italy",
        "Italy;Ireland; Spain;Portugal ",
        "Spain; Portugal; Italy; Ireland; Norway",
    ],
    "when_text": ["2017", "Since 2019", " 2017-2018 ", "soon", "2019-2017", "depuis 2015"],
    "when_source": ["year field", "description"],
    "described_when": ["", "", "2014", "since 2014", "2014-2016"],
    "summary": [
        "",
        "Neighbours cook.",
        "Don't ‘they’?",
        "  a\tb ",
        "Minorities and minors; travellers",
        "x\r\ny",
        "\x1f",
    ],
    "policy_areas": ["", "education", "public_space; education", "Éducation", "education;Public space"],
    "policy_area_coding": ["", "agreed", "disputed "],
    "published_topics": ["", "x; y", " y;x ; ", "x; x", "Été"],
    "themes": ["", "sport", "arts_culture; sport"],
    "target_groups": ["", "Jeunes"],
    "practice_types": ["", "project"],
    "practice_areas": ["", "educational"],
    "source_kind": ["", "programme", "city"],
    "url": ["", "https://example.org/a", " https://example.org/b", "https://example.org/é(1)"],
    "evidence_urls": ["", "https://a.org/x; https://b.org", "https://a.org;https://b.org/y?z=1 ", "http://é.org"],
    "accessed": ["2024-05-01", "2025-02-03", " 2023-02-01"],
    "confidence": ["", "low", "high"],
}
BAD: dict[str, list[str]] = {
    "practice_id": ["", "Not an id", "p-1", "p-2", "\u2003p-1", "-"],
    "title": ["", "\u2003", "A kitchen"],
    "city_ids": ["nowhere", "cork; cork", "Lisbon", "cork; nowhere"],
    "countries": ["", "Spain", "Atlantis", "portugal", "España; Portugal; Italy; Ireland"],
    "when_text": ["", " "],
    "when_source": ["", "?"],
    "described_when": ["then"],
    "policy_areas": ["education; education", "education; none such", "none"],
    "policy_area_coding": ["perhaps"],
    "themes": ["sport; swimming"],
    "source_kind": ["hearsay"],
    "url": ["http://x y", "ftp://example.org", "https://"],
    "evidence_urls": ["https://a.org; b"],
    "accessed": ["", "2024-5-1", "2023-02-30"],
    "confidence": ["middling"],
}
IDS = [f"p-{number}" for number in range(1, 19)]
CODED = ["", "education", "public_space; education", "Education"]
BAD_CODES = [("practice_id", "p-6"), ("practice_id", ""), ("reader", "3"), ("reader", "1"), ("policy_areas", "?")]
AMENDED = [
    ("title", "A kitchen"),
    ("title", ""),
    ("countries", "Spain"),
    ("city_ids", "lisbon"),
    ("city_ids", "nowhere"),
]
AMENDED += [("when_text", "2011"), ("summary", ""), ("accessed", "2026-01-01"), ("none", "x"), ("practice_id", "x")]


@st.composite
def practices(draw: st.DrawFn) -> list[Cells]:
    count = draw(st.integers(1, len(IDS)))
    return [
        {"practice_id": IDS[at], **{name: draw(st.sampled_from(texts)) for name, texts in GOOD.items()}}
        for at in range(count)
    ]


@st.composite
def codings(draw: st.DrawFn, count: int) -> list[Cells]:
    coded = draw(st.lists(st.sampled_from(IDS[:count]), unique=True))
    return [
        {"practice_id": practice, "reader": reader, "policy_areas": draw(st.sampled_from(CODED))}
        for practice in coded
        for reader in ("1", " 2 ")
    ]


@st.composite
def amendments(draw: st.DrawFn) -> list[Cells]:
    cells = [
        {"table": "practices", "id": draw(st.sampled_from([*IDS, "gone"])), "column": column, "value": value}
        for column, value in draw(st.lists(st.sampled_from(AMENDED), max_size=2))
    ]
    if draw(st.booleans()):
        cells.append(
            {"table": "cities", "id": "cork", "column": "country", "value": draw(st.sampled_from(["Ireland", "Eire"]))}
        )
    return [{**one, "source": "x", "date": "2025-01-01"} for one in cells]


def as_csv(table: str, rows: list[Cells], mark: str = ",") -> str:
    text = io.StringIO()
    writer = csv.DictWriter(
        text, [column.name for column in columns_of(TABLES[table])], delimiter=mark, lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def damaged(content: bytes, how: str) -> bytes:
    lines = content.split(b"\n")
    return {
        "": content,
        "a cell too many": content + b"p-9,Nine" + b"," * 20 + b"\n",
        "blank lines": b"\n".join([lines[0], b"", b"  " + b"," * lines[0].count(b","), *lines[1:]]),
        "other ends of lines": content.replace(b"\n", b"\r\n"),
        "a mark before it": b"\xef\xbb\xbf" + content,
        "a quotation mark left open": content + b'p-9,"Nine\n',
        "a quotation mark within": content.replace(b"Neighbours cook.", b'Neigh"bours cook.'),
        "no UTF-8": content + b"p-9,\xff\n",
        "an unknown column": content.replace(b"url,", b"uri,", 1),
        "a column twice": content.replace(b"summary,", b"title,", 1),
        "no line feed at the end": content.rstrip(b"\n"),
        "a blank of another script": content + "\u2003".encode() + b"," * lines[0].count(b",") + b"\n",
        "spaces around quotation marks": content.replace(b"Neighbours cook.", b' "Neighbours" '),
        "quotation marks at an end": content.replace(b"Neighbours cook.", b'Neighbours ""').replace(
            b"education", b'"education"'
        ),
        "letters after a quotation mark": content.replace(b"Neighbours cook.", b'"Neighbours" cook'),
        "a return within": content.replace(b"Neighbours cook.", b'"Neighbours\rcook"'),
        "ends of lines of two kinds": content.replace(b"\n", b"\r\n", 2),
        "other ends, and a line feed within": content.replace(b"\n", b"\r\n").replace(
            b"Neighbours cook.", b'"Neighbours\ncook"'
        ),
        "lines within, then a fault": content.replace(b"Neighbours cook.", b'"Neighbours\n\ncook"')
        + b"Bad Id,Nine"
        + b"," * 19
        + b"\n",
        "a zero": content.replace(b"Neighbours cook.", b"Neigh\0bours"),
        "a very long cell": content.replace(b"Neighbours cook.", b"x" * 131_073),
        "nothing": b"",
        "a header alone": lines[0],
    }[how]


DAMAGES = ["a cell too many", "blank lines", "other ends of lines", "a mark before it", "a quotation mark left open"]
DAMAGES += ["a quotation mark within", "no UTF-8", "an unknown column", "a column twice", "no line feed at the end"]
DAMAGES += ["a blank of another script", "spaces around quotation marks", "quotation marks at an end"]
DAMAGES += [
    "letters after a quotation mark",
    "a return within",
    "ends of lines of two kinds",
    "a zero",
    "a very long cell",
]
DAMAGES += ["other ends, and a line feed within", "lines within, then a fault", "nothing", "a header alone"]


def problems_by_columns(folder: Path) -> list[Problem]:
    with duckdb.connect() as connection:
        try:
            read_large(connection, folder)
        except InvalidDataError as refused:
            return refused.problems
    return []


def everything(database: Path) -> dict[str, Any]:
    """All tables: the rows in their order, and of the text index, in which the order means nothing, how often each."""
    tables: dict[str, Any] = {}
    with duckdb.connect(str(database), read_only=True) as connection:
        names = connection.execute("SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT temporary").fetchall()
        for schema, name in names:
            rows = connection.execute(f'FROM {schema}."{name}"').fetchall()
            tables[f"{schema}.{name}"] = rows if schema == "main" else Counter(map(repr, rows))
    return tables


def built_both_ways(folder: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    made = []
    for way, at_least in (("rows", 10**12), ("columns", 0)):
        with monkeypatch.context() as patch:
            patch.setattr(building, "FROM_BYTES", at_least)
            build(folder, target / f"{way}.duckdb", force=True)
        made.append(everything(target / f"{way}.duckdb"))
    return made


def test_the_real_data_becomes_the_same_database_either_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    by_rows, by_columns = built_both_ways(DATA_DIRECTORY, tmp_path, monkeypatch)
    assert len(by_rows["main.practice"]) > 400
    assert by_columns == by_rows


@in_one_folder(8)
@given(st.data())
def test_valid_practices_become_the_same_database_either_way(
    data_folder: DataFolder, monkeypatch: pytest.MonkeyPatch, data: st.DataObject
):
    rows = data.draw(practices())
    # The same title for the same city would be refused.
    rows = [{**row, "title": f"{row['title']} {place}"} for place, row in enumerate(rows)]
    ids = {row["practice_id"] for row in rows}
    fitting = [
        one for one in data.draw(amendments()) if one["column"] in ("when_text", "accessed") and one["id"] in ids
    ]
    data_folder.write("practices", rows)
    data_folder.write("policy_area_codings", data.draw(codings(len(rows))))
    data_folder.write("amendments", fitting)
    assert load_data(data_folder.path)[1] == []
    by_rows, by_columns = built_both_ways(data_folder.path, data_folder.path.parent, monkeypatch)
    assert by_columns == by_rows


@in_one_folder(40)
@given(st.data())
def test_what_is_refused_is_refused_in_the_same_words_on_the_same_lines(data_folder: DataFolder, data: st.DataObject):
    rows = data.draw(practices())
    if data.draw(st.booleans()):
        # Of so many, most would be in doubt for having a title twice in a city, whatever else is wrong with them.
        rows = [{**row, "title": f"{row['title']} {place}"} for place, row in enumerate(rows)]
    coded = data.draw(codings(len(rows)))
    for name in data.draw(st.lists(st.sampled_from(sorted(BAD)), max_size=9)):
        data.draw(st.sampled_from(rows))[name] = data.draw(st.sampled_from(BAD[name]))
    for name, text in data.draw(st.lists(st.sampled_from(BAD_CODES), max_size=4)) if coded else []:
        data.draw(st.sampled_from(coded))[name] = text
    # Without a day on any practice, no more than that would be said of the rest.
    rows.append({"practice_id": "p-0", "title": "Seen", "accessed": "2024-01-01"})
    for table, lines in (("practices", rows), ("policy_area_codings", coded)):
        how = data.draw(st.sampled_from(["", "", "", *DAMAGES]))
        text = as_csv(table, lines, data.draw(st.sampled_from(",,,;")))
        data_folder.file(table).write_bytes(damaged(text.encode(), how))
    data_folder.write("amendments", data.draw(st.one_of(st.just([]), amendments())))
    by_rows = load_data(data_folder.path)[1]
    assume(by_rows or data_folder.file("practices").read_bytes().count(b"p-0"))
    assert problems_by_columns(data_folder.path) == by_rows


@pytest.mark.parametrize("how", DAMAGES)
@pytest.mark.parametrize("table", ["practices", "policy_area_codings"])
def test_a_damaged_file_is_refused_in_the_same_words_on_the_same_lines(data_folder: DataFolder, table: str, how: str):
    coded = [{"practice_id": "homework-club", "reader": reader, "policy_areas": "education"} for reader in "12"]
    data_folder.write("policy_area_codings", coded)
    data_folder.edit("practices", 1, summary="Neighbours cook.")
    content = data_folder.file(table).read_bytes()
    data_folder.file(table).write_bytes(damaged(content, how))
    assert problems_by_columns(data_folder.path) == load_data(data_folder.path)[1]


def coded(practice: str, *readers: str) -> list[Cells]:
    return [{"practice_id": practice, "reader": reader, "policy_areas": "education"} for reader in readers]


def amended(table: str, record: str, column: str, value: str) -> dict[str, list[Cells]]:
    cells = {"table": table, "id": record, "column": column, "value": value, "source": "x", "date": "2025-01-01"}
    return {"amendments": [cells]}


ID, PRACTICES, CODINGS, AMENDMENTS = "practice_id", "practices.csv", "policy_area_codings.csv", "amendments.csv"


@pytest.mark.parametrize(
    ("edits", "written", "refused"),
    [
        ({2: {ID: "drums-on-the-square"}}, {}, [(PRACTICES, 4, ID)]),
        ({1: {"title": "A KITCHEN of languages!"}}, {}, [(PRACTICES, 3, "title")]),
        (
            {},
            amended("practices", "drums-on-the-square", "title", "A Kitchen of languages"),
            [(AMENDMENTS, 2, "value")],
        ),
        ({}, amended("cities", "cork", "country", "Eire"), [(AMENDMENTS, 0, "value")] * 2),
        ({}, {"policy_area_codings": coded("homework-club", "1")}, [(CODINGS, 2, ID)]),
        (
            {},
            {"policy_area_codings": coded("homework-club", "1", "1")},
            [(CODINGS, 3, ID)],
        ),
        (
            {},
            {"policy_area_codings": coded("gone", "1", "2")},
            [(CODINGS, n, ID) for n in (2, 3)],
        ),
        (
            {2: {"confidence": "middling"}},
            {"policy_area_codings": coded("homework-club", "1", "2")},
            [(PRACTICES, 4, "confidence"), *((CODINGS, n, ID) for n in (2, 3))],
        ),
        ({0: {"city_ids": "gone"}}, {}, [(PRACTICES, 2, "city_ids")]),
        ({0: {"countries": "Spain"}}, {}, [(PRACTICES, 2, "countries")]),
        ({3: {"when_text": "2011"}}, {}, [(PRACTICES, 5, "when_source")]),
    ],
)
def test_what_other_rows_and_tables_say_against_a_row_is_said(
    data_folder: DataFolder,
    edits: dict[int, Cells],
    written: dict[str, list[Cells]],
    refused: list[tuple[str, int, str]],
):
    for row, cells in edits.items():
        data_folder.edit("practices", row, **cells)
    for table, rows in written.items():
        data_folder.write(table, rows)
    problems = problems_by_columns(data_folder.path)
    assert [(one.file, one.line, one.column) for one in problems] == refused
    assert problems == load_data(data_folder.path)[1]


def test_a_file_larger_than_what_may_be_sent_is_read_all_the_same(
    data_folder: DataFolder, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("icc_data.incoming.readers.files.MOST_MEGABYTES", 0)
    assert load_data(data_folder.path)[1] == []
    assert problems_by_columns(data_folder.path) == []


def test_a_folder_is_large_by_the_size_of_its_practices(data_folder: DataFolder, tmp_path: Path):
    assert not is_large(data_folder.path)
    with (data_folder.path / "practices.csv").open("r+b") as file:
        file.truncate(building.FROM_BYTES)
    assert is_large(data_folder.path)
    assert not is_large(tmp_path / "nowhere")
