"""What changed between two versions of the data as rows: for tables of pages and documents, and for files."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from icc_data.analysis.changes import CITY_KINDS, CITY_MOVES, INDEX_KINDS, PRACTICE_KINDS, Entry, Label, entries
from icc_data.cells import dicts_of, is_known
from icc_data.i18n import translate as _

KINDS = ("added", "changed", "removed", "cities", "facts", "index")
"""The kinds of change that are told apart, in their order: of practices, of cities, of the Index."""


def numbers(counted: Mapping[str, int], index: pd.DataFrame) -> dict[str, int]:
    """How many changes of each kind there are.

    Args:
        counted: the answer of ``changes.counts``.
        index: of ``queries.index_changes``.
    """
    moved = sum(counted[name] for name in ("joined", "left", "status", "other_cities"))
    return {
        **{name: counted[name] for name in ("added", "changed", "removed")},
        "cities": moved,
        "facts": counted["facts"],
        "index": len(index),
    }


def entries_of(kind: str, practices: pd.DataFrame, cities: pd.DataFrame, label: Label) -> list[Entry]:
    """The records that differ in a way.

    Args:
        kind: one of ``KINDS`` but “index”.
        practices, cities: of ``queries.changes`` and ``queries.city_changes``.
        label: names the codes.
    """
    if kind not in ("cities", "facts"):
        return entries(practices, (kind,), "practices", label)
    return entries(cities, CITY_MOVES if kind == "cities" else ("fact",), "cities", label)


def table_rows(listed: list[Entry]) -> pd.DataFrame:
    """Entries as rows for a file: a row a field, ``kind, identifier, name, place, field, before, after``."""
    rows = [
        (entry.kind, entry.key, entry.label, entry.place, change.label, change.before, change.after)
        for entry in listed
        for change in entry.fields
    ]
    names = ["kind", "identifier", "name", "place", "field", "before", "after"]
    return pd.DataFrame(rows, columns=names).astype(object)


def added_rows(practices: pd.DataFrame, label: Label) -> pd.DataFrame:
    """The practices that were added, those of the newest years first.

    Args:
        practices: of ``queries.changes``.
        label: names the codes.

    Returns:
        ``name, place, when`` (the year as published; empty where none was), all texts.
    """
    rows = [
        (entry.label, _cities_of(entry, label), entry.held("when_text"))
        for entry in entries(practices, ("added",), "practices", label)
    ]
    # Within a text about years the last one tells how far it reaches.
    rows.sort(key=lambda row: max(re.findall(r"\d{4}", row[2]), default=""), reverse=True)
    return pd.DataFrame(rows, columns=["name", "place", "when"], dtype=object)


def other_rows(practices: pd.DataFrame, cities: pd.DataFrame, index: pd.DataFrame, label: Label) -> pd.DataFrame:
    """All that differs but for added practices, a row a record: cities, practices, the Index, facts of cities.

    Args:
        practices: of ``queries.changes``.
        cities: of ``queries.city_changes``.
        index: of ``queries.index_changes``.
        label: names the codes.

    Returns:
        ``kind, name, place, fields``, all texts; ``fields`` names those that differ, and is empty for a record that is
        new or gone.
    """
    rows = []
    for kind, words in CITY_KINDS.items():
        rows += [
            (_(words), entry.label, entry.place, _differing(entry) if kind == "status" else "")
            for entry in entries(cities, (kind,), "cities", label)
        ]
    for kind, words in PRACTICE_KINDS.items():
        for entry in entries(practices, (kind,), "practices", label):
            told = _differing(entry) if kind == "changed" else ""
            rows.append((_(words), entry.label, _cities_of(entry, label), told))
    for row in dicts_of(index):
        edition = f"{row['name']} {int(row['year'])}" if is_known(row["year"]) else str(row["name"])
        told = _("new") if row["kind"] == "added" else _("corrected or removed")
        rows.append((_(INDEX_KINDS[row["what"]]), edition, "", told))
    rows += [
        (_("City fact changed"), entry.label, entry.place, _differing(entry))
        for entry in entries(cities, ("fact",), "cities", label)
    ]
    return pd.DataFrame(rows, columns=["kind", "name", "place", "fields"], dtype=object)


def _cities_of(entry: Entry, label: Label) -> str:
    cities = [label("city", city) for city in entry.place.split("; ") if city]
    return "; ".join(cities) or entry.held("countries")


def _differing(entry: Entry) -> str:
    return ", ".join(change.label for change in entry.fields)


def index_rows(index: pd.DataFrame, label: Label) -> pd.DataFrame:
    """Index changes as they are shown: kinds and codes in words, and an address to read them."""
    return index.assign(
        kind=index["kind"].map({"added": _("new"), "changed": _("corrected"), "removed": _("removed")}),
        what=index["what"].map({"result": _("Result"), "report": _("Report")}),
        policy_area=[
            "" if not is_known(code) else _("Overall") if code == "overall" else label("policy_area", code)
            for code in index["policy_area"]
        ],
    )
