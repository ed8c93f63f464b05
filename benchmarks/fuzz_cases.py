"""Spoilt files, texts and addresses, made out of good ones by chance: the cases of ``benchmarks.fuzz``."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from icc_data.paths import ROOT
from icc_data.queries.selection import SELECTION_PARAMS, Options

FIXTURES = ROOT / "tests" / "fixtures"
ROWS = 12
MOST_CHANGES = 8
LONGEST = 200_000
# What has broken parsers before, here and elsewhere.
STRANGE = (
    *("\0", "\r", "\x0b", "\x1b[31m", "\x85", "\u00a0", "\u200b", "\u2028", "\u202e", "\ufeff", "\ufffd", "\uffff"),
    *(
        '"',
        '""',
        "'",
        ";",
        ",",
        "\t",
        "\\",
        "=",
        "=1+1",
        "@",
        "|",
        "->",
        "<",
        "</",
        "<!--",
        "<![CDATA[",
        "&#x0;",
        "&lt;",
    ),
    *(
        "0",
        "-1",
        "1e999",
        "9" * 40,
        "9" * 5000,
        "0x7f",
        "NaN",
        "∞",
        "½",
        "٢٠١٩",
        "２０１９",
        "2019-02-30",
        "1900/2100",
        "'18",
    ),
    *("since", "depuis", "until", "ongoing", "juin", "–", "…", "ﬁ", "ß", "İ", "ı", "e\u0301", "👩‍👩‍👧", "\ud83d"),
    *("null", "true", "{}", "[]", "[" * 300, "{" * 50, "a" * 3000, "%", "%00", "{0}", "%s", "${x}", "../../x", "C:\\x"),
)


def _tables(data: Path) -> list[list[list[str]]]:
    tables = []
    for name in ("practices", "cities", "index_scores", "index_reports"):
        with (data / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            tables.append([row for row, _ in zip(csv.reader(file), range(ROWS), strict=False)])
    return tables


def _csv(rows: list[list[str]], delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def _for_a_workbook(cell: str) -> str:
    """A text without what no workbook can hold: control characters, halves of surrogate pairs."""
    return ILLEGAL_CHARACTERS_RE.sub("", cell.replace("\uffff", "").encode("utf-8", "ignore").decode("utf-8"))


def _excel(rows: list[list[str]]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        # A workbook holds no control characters.
        book.worksheets[0].append([_for_a_workbook(cell) or None for cell in row])
    book.save(out)
    return out.getvalue()


def _json(rows: list[list[str]]) -> list[bytes]:
    records = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    return [json.dumps(records).encode("ascii"), lines.encode("utf-8", "surrogatepass")]


def _word(text: str) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    table = document.add_table(rows=0, cols=2)
    for line in text.splitlines():
        document.add_paragraph(line)
        if ":" in line:
            for cell, part in zip(table.add_row().cells, line.split(":", 1), strict=True):
                cell.text = part
    document.save(out)
    return out.getvalue()


def seeds(name: str, data: Path) -> list[bytes]:
    """The good files of a target.

    Args:
        name: of the target.
        data: a data folder, of whose tables the first rows are taken.
    """
    if name == "listing":
        return [path.read_bytes() for path in sorted(FIXTURES.glob("listing_page.*"))]
    if name == "period":
        with (FIXTURES / "periods.csv").open(encoding="utf-8", newline="") as file:
            return ["\n".join(row["text"] for row in csv.DictReader(file)).encode("utf-8")]
    card = (FIXTURES / "card_page.txt").read_text(encoding="utf-8")
    if name == "card":
        page = "".join(f"<p>{line}</p>\n" for line in card.splitlines())
        return [card.encode("utf-8"), f"<html><body>{page}</body></html>".encode()]
    if name == "docx":
        return [_word(card)]
    tables = _tables(data)
    if name == "csv":
        return [_csv(rows, delimiter) for rows in tables for delimiter in ",;"]
    if name == "xlsx":
        return [_excel(rows) for rows in tables]
    return [content for rows in tables for content in _json(rows)]


def _bytes_changed(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    until = min(len(content), at + int(chance.paretovariate(0.8)))
    part = content[at:until]
    change = chance.randrange(7)
    if change == 0 and part:
        flipped = bytearray(part)
        flipped[0] ^= 1 << chance.randrange(8)
        return content[:at] + bytes(flipped) + content[until:]
    if change == 1:
        return content[:at] + content[until:]
    if change == 2:
        return content[:until] + part * chance.choice((1, 1, 2, 50)) + content[until:]
    if change == 3:
        there = chance.randrange(len(content) + 1)
        return content[:there] + part + content[there:]
    if change == 4:
        return content[:at]
    if change == 5:
        return content[:at] + chance.randbytes(chance.randrange(1, 9)) + content[at:]
    return content[:at] + chance.choice(STRANGE).encode("utf-8", "surrogatepass") + content[at:]


def _lines_changed(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    change = chance.randrange(4)
    if change == 0:
        lines[one], lines[other] = lines[other], lines[one]
    elif change == 1:
        lines.insert(other, lines[one])
    elif change == 2:
        del lines[one]
    else:
        marks = [mark for mark in (b",", b";", b'"', b":", b"<", b" ") if mark in lines[one]] or [b""]
        mark = chance.choice(marks)
        parts = lines[one].split(mark) if mark else [lines[one]]
        parts[chance.randrange(len(parts))] = chance.choice(STRANGE).encode("utf-8", "surrogatepass")
        lines[one] = mark.join(parts)
    return b"\n".join(lines)


def _changed(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, MOST_CHANGES)):
        content = chance.choice((_bytes_changed, _lines_changed))(content, chance)[:LONGEST]
    return content


def spoilt(good: Sequence[bytes], chance: random.Random) -> bytes:
    """A good file with some changes; now and then in another encoding."""
    content = _changed(chance.choice(good), chance)
    if chance.random() < 0.05:
        return content.decode("utf-8", "replace").encode(chance.choice(("utf-16", "cp1252", "utf-8-sig")), "replace")
    return content


def archived(good: Sequence[bytes], chance: random.Random) -> bytes:
    """A good archive (Word, Excel) with changes in one of its parts, or in its own bytes."""
    content = chance.choice(good)
    if chance.random() < 0.3:
        return _changed(content, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        # Most of the harm that can be done lies in the sheets and the text.
        heavy = [name for name in names if "sheet1" in name or "sharedStrings" in name or "document" in name]
        spoiled = chance.choice(heavy if heavy and chance.random() < 0.7 else names)
        for name in names:
            part = old.read(name)
            if name == spoiled and chance.random() < 0.1:
                continue
            new.writestr(name, _changed(part, chance) if name == spoiled else part)
    return out.getvalue()


def file_case(name: str, data: Path) -> Callable[[random.Random], bytes]:
    """What makes the cases of a kind of file: half of the tables are spoilt cell by cell, and then written whole.

    Args:
        name: of the kind, as ``seeds`` has it.
        data: a data folder.
    """
    good, tables = seeds(name, data), _tables(data)
    writers: dict[str, Callable[[list[list[str]]], bytes]] = {
        "csv": lambda rows: _csv(rows, ","),
        "xlsx": _excel,
        "json": lambda rows: _json(rows)[0],
    }
    write = writers.get(name)

    def make(chance: random.Random) -> bytes:
        if write and chance.random() < 0.5:
            return write(_cells_changed(chance.choice(tables), chance))
        return archived(good, chance) if name in ("docx", "xlsx") else spoilt(good, chance)

    return make


def _cells_changed(rows: list[list[str]], chance: random.Random) -> list[list[str]]:
    rows = [list(row) for row in rows]
    for _ in range(chance.randint(1, MOST_CHANGES)):
        row = chance.choice(rows if chance.random() < 0.2 else rows[1:])
        column = chance.randrange(len(row))
        row[column] = typed([row[column], chance.choice(chance.choice(rows))], chance)[:2_000]
    return rows


def typed(good: Sequence[str], chance: random.Random) -> str:
    """A text as somebody may type or paste it."""
    text = chance.choice(good)
    for _ in range(chance.randint(0, MOST_CHANGES)):
        at = chance.randrange(len(text) + 1)
        until = min(len(text), at + chance.randint(0, 6))
        other = chance.choice(good)
        put = chance.choice((chance.choice(STRANGE), other, other[: chance.randint(0, 5)], text[at:until], ""))
        text = (text[:at] + put + text[until if chance.random() < 0.5 else at :])[:LONGEST]
    return text


def addressed(options: Options | None, chance: random.Random) -> dict[str, list[str]]:
    """Address parameters: some that there are, with values that there are or not, and some that there are not.

    Args:
        options: the values of the facets; None for values that are nothing but typed.
        chance: the random numbers.
    """
    names = sorted(SELECTION_PARAMS)
    words = ["", "yes", "no", "started", "active", "1999", "2019", "garden", "“school garden”", "-festival", "city:x"]
    params: dict[str, list[str]] = {}
    for _ in range(chance.randint(1, 8)):
        name = chance.choice(names)
        of_facet = list(options.values(name)) if options else []
        if chance.random() < 0.2 or options is None:
            name = typed([name, "peers", "weights", "rule", "need"], chance)
        values = [typed(of_facet or words, chance) if chance.random() < 0.6 else chance.choice(of_facet or words)]
        params.setdefault(name, []).extend(values * chance.choice((1, 1, 1, 2, 30)))
    return params
