"""What “known” means for each field, what a reading of a year text is called, and how full each column is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from icc_data.cells import rows_of
from icc_data.i18n import NOT_STATED, mark
from icc_data.i18n import translate as _
from icc_data.incoming.check import load_data
from icc_data.model.columns import columns_of
from icc_data.model.records import TABLES
from icc_data.paths import DATA_DIRECTORY
from icc_data.text import LIST_SEPARATOR

# Of the titles of practices that share a text: a cell of a table is not read further.
MOST_LETTERS = 1500


@dataclass(frozen=True)
class Known:
    """A field of a matrix: its name, and when it counts as known."""

    label: str
    meaning: str


# By the column of completeness.sql, in the order of the rows.
PRACTICE_FIELDS = {
    "year_text": Known(mark("Year text"), mark("a year or period was published")),
    "described_when": Known(
        mark("Years in the description"),
        mark("the title or the description itself says when it began or ran"),
    ),
    "start_year": Known(
        mark("Start year"), mark("a start year could be read from the year text or from the description")
    ),
    "city": Known(mark("City"), mark("at least one city is named")),
    "country": Known(mark("Country"), mark("at least one country is named")),
    "summary": Known(mark("Summary"), mark("what was done is said in a sentence or two")),
    "policy_area": Known(mark("Policy area"), mark("at least one policy area was given")),
    "agreed": Known(
        mark("Policy area, two readers agree"),
        mark("two people read and coded it independently, and gave a policy area in common"),
    ),
    "theme": Known(mark("Theme"), mark("at least one theme was given; none may also mean that none applies")),
    "target_group": Known(mark("Target group"), mark("at least one target group was given")),
    "practice_type": Known(mark("Practice type"), mark("at least one type was given")),
    "practice_area": Known(mark("Practice area"), mark("at least one area of life was given")),
    "published_topics": Known(mark("Published topics"), mark("the page itself printed topics")),
    "url": Known(mark("Page of its own"), mark("the address of the practice’s own page was found")),
    "evidence": Known(mark("Source"), mark("at least one address at which it was seen is kept")),
    "accessed": Known(mark("Date seen"), mark("the day on which it was seen is kept")),
    "confidence": Known(
        mark("Text beyond the title"), mark("the source says more of it than a title or a single line")
    ),
}

# By the column of city_completeness.sql, in the order of the rows.
CITY_FIELDS = {
    "coordinates": Known(mark("Coordinates"), mark("its place on the map is known")),
    "status": Known(
        mark("Membership"),
        mark("a page says whether it is a member, of a national network only, a candidate, or was one"),
    ),
    "joined_year": Known(mark("Joining year"), mark("the year of joining was found")),
    "network": Known(mark("Network"), mark("at least one network lists it")),
    "practice": Known(mark("Practice"), mark("at least one practice names it")),
    "population": Known(mark("Residents"), mark("a page prints the number of residents")),
    "settlement_population": Known(
        mark("Residents, GeoNames"),
        mark("the place list GeoNames has a number of residents; often of the built-up place, so smaller"),
    ),
    "foreign_born": Known(mark("Born abroad"), mark("a page prints the share of residents born abroad")),
    "diversity": Known(
        mark("Born abroad or foreign"),
        mark("a page prints the share born abroad, of foreign nationality or of foreign background"),
    ),
    "strategy_year": Known(mark("Strategy year"), mark("the year of an intercultural strategy was found")),
    "index_report": Known(mark("Index report"), mark("a report of the Intercultural Cities Index is known to exist")),
    "index_score": Known(mark("Index score"), mark("its overall score was found on a public page")),
    "profile": Known(mark("Profile page"), mark("its page on the programme’s site is known")),
    "evidence": Known(mark("Source"), mark("at least one address at which its facts were seen is kept")),
}

FORMS = {
    "span": mark("from a year to a year"),
    "since": mark("since a year"),
    "until": mark("until a year"),
    "founded": mark("founded in a year"),
    "recurring": mark("each year"),
    "ongoing": mark("goes on"),
    "date": mark("a date"),
    "year": mark("a year alone, may not be the start"),
    "unread": mark("not read"),
}

READINGS = {
    "unread": mark("Nothing could be read"),
    "no_start": mark("Read, but names no start"),
    "likely": mark("A reading was chosen, or a part read"),
    "certain": mark("Read for certain"),
}


def always_known(counted: pd.DataFrame) -> list[str]:
    """The fields that are known of everything in every column of a matrix, in the order of the frame.

    Args:
        counted: the answer of ``queries.completeness`` or ``queries.city_completeness``.
    """
    full = (counted["known"] == counted["total"]).groupby(counted["field"], sort=False).all()
    return [str(field) for field in full.index[full]]


def period_in_words(start: int | None, end: int | None, ongoing: bool | None) -> str:
    """What was read from the texts, such as “2014–2016” or “since 2017”; a dash where it is nothing."""
    if start is not None and end is not None and end != start:
        years = f"{start}–{end}"
    elif start is not None:
        years = _("since {year}").format(year=start) if ongoing and end is None else str(start)
    else:
        years = "" if end is None else _("until {year}").format(year=end)
    goes_on = _("goes on") if ongoing and (start is None or end is not None) else ""
    return ", ".join(part for part in (years, goes_on) if part) or NOT_STATED


def readings_in_words(texts: pd.DataFrame) -> pd.DataFrame:
    """Year texts and their readings for people: ``text, described, read, form, how, conflict, practices, titles``.

    Of the titles of a great many practices the first stand there; ``practices`` tells how many there are.

    Args:
        texts: the answer of ``queries.year_texts``.
    """
    # What is missing in a column of whole numbers or truth values is neither None nor comparable.
    plain = texts.astype(object).where(texts.notna(), None)
    return pd.DataFrame(
        {
            "text": texts["when_text"].fillna(NOT_STATED),
            "described": texts["described_when"].fillna(NOT_STATED),
            "read": [period_in_words(row.start_year, row.end_year, row.ongoing) for row in rows_of(plain)],
            "form": [_(FORMS[code]) for code in texts["form"]],
            "how": [_(READINGS[code]) for code in texts["reading"]],
            "conflict": texts["when_conflict"],
            "practices": texts["practices"],
            "titles": [_first_titles(titles) for titles in texts["titles"]],
        }
    )


def _first_titles(titles: str) -> str:
    if len(titles) <= MOST_LETTERS:
        return titles
    first = titles[:MOST_LETTERS]
    return f"{first.rpartition(LIST_SEPARATOR)[0] or first}{LIST_SEPARATOR}…"


def dictionary(table: str, data_directory: Path = DATA_DIRECTORY) -> pd.DataFrame:
    """Every column of a table of data/, with how many of its cells are filled.

    Args:
        table: a key of ``records.TABLES``.
        data_directory: the CSV files; rows with problems are not counted.

    Returns:
        ``column, description, kind, valid, required, filled, rows, share``, in the order of the file.

    Raises:
        AtlasError: there is no such folder.
    """
    data, _problems = load_data(data_directory)
    records = [item.record for item in data.accepted[table]]

    def row(column: Any) -> dict[str, Any]:
        filled = sum(getattr(record, column.name) not in (None, ()) for record in records)
        kind = _(column.kind.name)
        return {
            "column": column.name,
            "description": _(column.description),
            "kind": _("list: {kind}").format(kind=kind) if column.many else kind,
            "valid": column.in_words(),
            "required": column.required,
            "filled": filled,
            "rows": len(records),
            "share": filled / len(records) if records else None,
        }

    return pd.DataFrame([row(column) for column in columns_of(TABLES[table])])
