"""Tables of Index results as people write them: plain headings, policy areas by name, decimal commas."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from icc_data.i18n import translate as _
from icc_data.incoming.readers.headings import SCORE_HEADINGS, score_columns
from icc_data.incoming.readers.rows import Table
from icc_data.model.vocabulary import Vocabulary
from icc_data.text import fold

_OVERALL = ("overall", "total", "overall index", "ensemble", "global")
# What stands in the template already: whose score it is, and of what.
_AREA = "policy_area"
_COUNTRY = "countries"
_GIVEN = ("city_id", _AREA, _COUNTRY)
_SCORE = re.compile(r"(-?[0-9]+)(?:[.,]([0-9]+))?\s*%?")
# Above the table of the template stand city and year, at most in so many rows.
_ROWS_ABOVE = 6


def area_columns(header: Iterable[str], areas: Collection[str]) -> list[str]:
    """The headings of a wide table of scores, city by city, that are policy areas; none where it is another table.

    Args:
        header: its headings.
        areas: the folded names of policy areas.
    """
    headings = list(header)
    meant = {fold(text): text for text in headings}
    whose = any(fold(words) in meant for words in ("city_id", "city_ids", *SCORE_HEADINGS["city_id"]))
    scored = [text for text in headings if fold(text) in areas or fold(text) in _OVERALL]
    return scored if whose and len(scored) > 1 and not {"score", "title", "policy area"} & meant.keys() else []


def pivoted(table: Table, areas: Collection[str]) -> Table:
    """A wide table of scores with a row for each city and policy area; any other table as it is.

    Args:
        table: as it stands in its file.
        areas: the folded names of policy areas.
    """
    wide = area_columns(table.header, areas)
    if not wide:
        return table
    others = [text for text in table.header if text not in wide]
    rows = []
    for row in table.rows:
        kept = {text: row.cells.get(text, "") for text in others}
        of_row = tuple(fault for fault in row.faults if fault.column not in wide)
        for text in wide:
            if row.cells.get(text, "").strip():
                faults = tuple(replace(fault, column="score") for fault in row.faults if fault.column == text)
                cells = {**kept, _AREA: text, "score": row.cells[text]}
                rows.append(replace(row, cells=cells, faults=(*of_row, *faults)))
        if row.fault:
            rows.append(row)
    notes = (
        *table.notes,
        _("a column for each policy area: {count} columns read as a row for each score").format(count=len(wide)),
    )
    return replace(table, header=(*others, _AREA, "score"), rows=tuple(rows), notes=notes)


def as_scores(table: Table, vocabulary: Vocabulary) -> Table | None:
    """A table of Index results with the columns, codes and numbers of index_scores.csv.

    Args:
        table: as it stands in its file.
        vocabulary: gives the names of the policy areas.

    Returns:
        The table; a cell that is no name of an area and no number stays as it is. None where it is another table.
    """
    columns = score_columns(table.header)
    if columns is None:
        return None
    once = _asked_once(table, columns)
    given = (*_GIVEN, "year") if once else _GIVEN
    rows = tuple(
        replace(
            row,
            cells=_cells({**row.cells, **once}, columns, vocabulary),
            faults=tuple(
                replace(fault, column=columns.get(fault.column, fault.column))
                for fault in row.faults
                if not fault.column or fault.column in columns
            ),
        )
        for row in table.rows
        # A row of the template in which nobody has written anything.
        if row.faults or any(cell.strip() for text, cell in row.cells.items() if columns.get(text, _AREA) not in given)
    )
    header = (columns[text] for text in table.header if text in columns)
    return replace(table, header=tuple(column for column in header if column != _COUNTRY), rows=rows)


def _asked_once(table: Table, columns: Mapping[str, str]) -> dict[str, str]:
    """The year that stands in the first row of a table and in no other: it is that of them all, as in the template."""
    heading = next((text for text, column in columns.items() if column == "year"), "")
    years = [row.cells.get(heading, "").strip() for row in table.rows]
    return {heading: years[0]} if len(years) > 1 and years[0] and not any(years[1:]) else {}


def flat(sheet: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """A sheet of the template, above whose table city and year stand once, as a table with columns for both.

    Args:
        sheet: the rows of a sheet that hold something, with their numbers.

    Returns:
        The table, its heading first; another sheet as it is.
    """
    meant = {fold(words): column for column, others in SCORE_HEADINGS.items() for words in (column, *others)}
    for place, (_number, head) in enumerate(sheet[:_ROWS_ABOVE]):
        if not {_AREA, "score"} <= {meant.get(fold(text), "") for text in head}:
            continue
        above = {meant.get(fold(cells[0]), ""): cells[1].strip() for _line, cells in sheet[:place] if len(cells) > 1}
        if "city_id" not in above:
            return sheet
        width = max(len(cells) for _line, cells in sheet[place:])
        # What the areas mean is for the reader of the sheet.
        kept = [text if fold(text) in meant else "Name" for text in head] + ["Name"] * (width - len(head))
        # The year stands in the first row alone, as in a table that asks for it once.
        years = [above.get("year", ""), *[""] * len(sheet)]
        rows = [
            (line, [*cells, *[""] * (width - len(cells)), above["city_id"], year])
            for (line, cells), year in zip(sheet[place + 1 :], years, strict=False)
        ]
        return [(sheet[place][0], [*kept, "City", "Year"]), *rows]
    return sheet


def _cells(cells: Mapping[str, str], columns: Mapping[str, str], vocabulary: Vocabulary) -> dict[str, str]:
    row = {columns[text]: cell for text, cell in cells.items() if text in columns}
    area = row.get("policy_area", "")
    row["policy_area"] = "overall" if fold(area) in _OVERALL else vocabulary.find("policy_area", area) or area
    if score := _SCORE.fullmatch(row.get("score", "").strip()):
        row["score"] = ".".join(filter(None, score.groups()))
    return row
