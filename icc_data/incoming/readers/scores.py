"""Tables of Index results as people write them: plain headings, policy areas by name, decimal commas."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from icc_data.incoming.readers.headings import score_columns
from icc_data.incoming.readers.rows import Table
from icc_data.model.vocabulary import Vocabulary
from icc_data.text import fold

_OVERALL = ("overall", "total", "overall index", "ensemble", "global")
# What stands in the template already: whose score it is, and of what.
_AREA = "policy_area"
_GIVEN = ("city_id", _AREA)
_WITH_COMMA = re.compile(r"-?[0-9]+,[0-9]+")


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
    rows = tuple(
        replace(
            row,
            cells=_cells(row.cells, columns, vocabulary),
            faults=tuple(
                replace(fault, column=columns.get(fault.column, fault.column))
                for fault in row.faults
                if not fault.column or fault.column in columns
            ),
        )
        for row in table.rows
        # A row of the template in which nobody has written anything.
        if row.faults or any(cell.strip() for text, cell in row.cells.items() if columns.get(text, _AREA) not in _GIVEN)
    )
    return replace(table, header=tuple(columns[text] for text in table.header if text in columns), rows=rows)


def _cells(cells: Mapping[str, str], columns: Mapping[str, str], vocabulary: Vocabulary) -> dict[str, str]:
    row = {columns[text]: cell for text, cell in cells.items() if text in columns}
    area = row.get("policy_area", "")
    row["policy_area"] = "overall" if fold(area) in _OVERALL else vocabulary.find("policy_area", area) or area
    if _WITH_COMMA.fullmatch(score := row.get("score", "").strip()):
        row["score"] = score.replace(",", ".")
    return row
