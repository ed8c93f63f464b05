"""What changed between two versions of the data, for people: entries, words that differ, a sentence of it all."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any, Literal

import pandas as pd

from icc_data.cells import dicts_of, is_known
from icc_data.i18n import enumeration, in_quotes, mark, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.model.columns import LIST_SEPARATOR, Column, columns_of
from icc_data.model.records import TABLES

Label = Callable[[str, str], str]
"""What a value of a facet is called: ``Options.label``."""
Part = tuple[Literal["same", "gone", "new"], str]

FIELDS = {
    "practices": {
        "title": mark("Title"),
        "title_original": mark("Title as published"),
        "city_ids": mark("Cities"),
        "countries": mark("Countries"),
        "when_text": mark("Year as published"),
        "when_source": mark("Where the year stood"),
        "described_when": mark("The description says"),
        "summary": mark("Summary"),
        "policy_areas": mark("Policy areas"),
        "policy_area_coding": mark("Coding of policy areas"),
        "published_topics": mark("Published topics"),
        "themes": mark("Themes"),
        "target_groups": mark("Target groups"),
        "practice_types": mark("Practice types"),
        "practice_areas": mark("Practice areas"),
        "source_kind": mark("Documented by"),
        "url": mark("Own page"),
        "evidence_urls": mark("Seen on"),
        "accessed": mark("Day of looking"),
        "confidence": mark("Confidence"),
    },
    "cities": {
        "name": mark("Name"),
        "local_name": mark("Local name"),
        "aliases": mark("Other spellings"),
        "country_code": mark("Country code"),
        "country": mark("Country"),
        "latitude": mark("Degrees north"),
        "longitude": mark("Degrees east"),
        "coordinate_source": mark("Coordinates from"),
        "status": mark("Membership"),
        "joined_year": mark("Joined"),
        "joined_note": mark("On joining"),
        "networks": mark("Networks"),
        "population": mark("Residents"),
        "population_year": mark("Year of the residents"),
        "settlement_population": mark("Residents of the settlement"),
        "geoname_id": mark("GeoNames identifier"),
        "foreign_born_pct": mark("Born abroad, %"),
        "foreign_nationals_pct": mark("Foreign nationality, %"),
        "foreign_background_pct": mark("Foreign background, %"),
        "diversity_year": mark("Year of the shares"),
        "strategy_year": mark("Year of the strategy"),
        "profile_url": mark("Page at the programme"),
        "evidence_urls": mark("Seen on"),
        "note": mark("Remarks"),
    },
}
"""What the fields of a table are called, in the order of its file; its identifier is none of them."""
TABLE_NAMES = {
    "practices": mark("Practices"),
    "cities": mark("Cities"),
    "terms": mark("Terms"),
    "index_scores": mark("Index results"),
    "index_reports": mark("Index reports"),
    "policy_area_codings": mark("Codings"),
    "amendments": mark("Amendments"),
}
# Share of words in common from which on a text is the same text, changed.
_ALIKE = 0.5
CITY_KINDS = {
    "joined": mark("City joined"),
    "left": mark("City left"),
    "status": mark("Standing changed"),
    "added": mark("City new in the data"),
    "removed": mark("City no longer in the data"),
}
PRACTICE_KINDS = {"changed": mark("Practice changed"), "removed": mark("Practice removed")}
INDEX_KINDS = {"result": mark("Index result"), "report": mark("Index report")}
CITY_MOVES = ("joined", "left", "status", "added", "removed")


@dataclass(frozen=True)
class FieldChange:
    """One field of an entry, in words: before and after, empty where there was or is nothing."""

    field: str
    label: str
    before: str
    after: str
    many: bool = False


@dataclass(frozen=True)
class Entry:
    """One record that differs, with its fields that do."""

    kind: str
    key: str
    label: str
    place: str
    fields: tuple[FieldChange, ...]

    def held(self, field: str) -> str:
        """What a field says, now or where the record is gone before; empty where it says nothing or is the same."""
        texts = [change.after or change.before for change in self.fields if change.field == field]
        return texts[0] if texts else ""


def _columns(table: str) -> dict[str, Column]:
    return {column.name: column for column in columns_of(TABLES[table])}


def _in_words(column: Column, text: Any, label: Label) -> str:
    if not is_known(text):
        return ""
    facet = "city" if column.name == "city_ids" else column.kind.vocabulary
    if not facet:
        return str(text)
    return LIST_SEPARATOR.join(label(facet, part) for part in str(text).split(LIST_SEPARATOR))


def entries(changes: pd.DataFrame, kinds: Collection[str], table: str, label: Label) -> list[Entry]:
    """The records that differ, in the order of the rows.

    Args:
        changes: of ``queries.changes``, or of ``queries.city_changes``.
        kinds: those meant.
        table: practices or cities.
        label: names the codes.
    """
    columns, names = _columns(table), FIELDS[table]
    listed = changes[changes["kind"].isin(kinds)].rename(
        columns={"city_id": "key", "name": "label", "country": "place"}
    )
    entry_list = []
    for (key, title, place), rows in groupby(dicts_of(listed), lambda row: (row["key"], row["label"], row["place"])):
        group = list(rows)
        fields = tuple(
            FieldChange(
                row["field"],
                _(names[row["field"]]),
                _in_words(columns[row["field"]], row["before"], label),
                _in_words(columns[row["field"]], row["after"], label),
                columns[row["field"]].many,
            )
            for row in group
            if row["field"] in names
        )
        entry_list.append(Entry(group[0]["kind"], key, title, place, fields))
    return entry_list


def _pieces(text: str, many: bool) -> list[str]:
    # A list by its parts; a text by its words, each with the space behind it.
    return re.findall(r"[^;]+;?\s*", text) if many else re.findall(r"\S+\s*", text)


def parts(change: FieldChange) -> tuple[list[Part], list[Part]]:
    """The two texts of a field in pieces: what both say, what is gone, and what is new.

    Words are matched by the longest run that both have, then what is left and right of it (Ratcliff and Metzener
    1988, as in Python's difflib). Texts that have little in common are another text, not a changed one.

    Returns:
        The pieces of the text before and of the text after; joined, they are the texts.
    """
    before, after = _pieces(change.before, change.many), _pieces(change.after, change.many)

    def bare(pieces: list[str]) -> list[str]:
        return [piece.rstrip("; \n\t") for piece in pieces]

    old: list[Part] = []
    new: list[Part] = []
    matched = SequenceMatcher(None, bare(before), bare(after), autojunk=False)
    if not change.many and matched.ratio() < _ALIKE:
        matched = SequenceMatcher(None, [change.before][: len(before)], [change.after][: len(after)])
        before, after = [change.before][: len(before)], [change.after][: len(after)]
    for what, i, j, k, m in matched.get_opcodes():
        kept = what == "equal"
        if i < j:
            old.append(("same" if kept else "gone", "".join(before[i:j])))
        if k < m:
            new.append(("same" if kept else "new", "".join(after[k:m])))
    return old, new


def counts(practices: pd.DataFrame, cities: pd.DataFrame, index: pd.DataFrame) -> dict[str, int]:
    """How much differs.

    Args:
        practices: of ``queries.changes``.
        cities: of ``queries.city_changes``.
        index: of ``queries.index_changes``.

    Returns:
        Practices *added*, *changed*, *seen* (again, and nothing else), *removed*; cities that *joined* and *left*,
        whose *status* changed otherwise, and with other *facts*; Index *results* and *reports* that were added, and
        *corrected* ones of both. Cities that are in the data and not in the network count as *other_cities*.
    """
    by_practice = practices.groupby("kind")["key"].nunique()
    by_city = cities.groupby("kind")["city_id"].nunique()
    added = index[index["kind"] == "added"]["what"].value_counts()
    of_kind = {name: by_practice.get(name, 0) for name in ("added", "changed", "seen", "removed")}
    of_kind |= {name: by_city.get(name, 0) for name in ("joined", "left", "status")}
    of_kind |= {"facts": by_city.get("fact", 0), "other_cities": by_city.get("added", 0) + by_city.get("removed", 0)}
    of_kind |= {"results": added.get("result", 0), "reports": added.get("report", 0)}
    return {name: int(count) for name, count in of_kind.items()} | {"corrected": int((index["kind"] != "added").sum())}


def _counted(words: str, count: int) -> str:
    return words.format(count=number(count))


def state_in_words(since: str, counted: dict[str, int], scope: str = "") -> str:
    """One sentence of all that differs.

    Args:
        since: the day of the older version, in words.
        counted: ``counts``.
        scope: what was compared, in words; empty where it was the whole data.
    """
    practices = ", ".join(
        [
            _counted(
                translate_plural("{count} practice added", "{count} practices added", counted["added"]),
                counted["added"],
            ),
            _("{count} changed").format(count=number(counted["changed"])),
            _("{count} removed").format(count=number(counted["removed"])),
        ]
    )
    cities = [
        _counted(translate_plural("{count} city joined", "{count} cities joined", counted["joined"]), counted["joined"])
    ]
    if counted["left"]:
        cities.append(_("{count} left").format(count=number(counted["left"])))
    others = [
        _counted(
            translate_plural("facts of {count} city changed", "facts of {count} cities changed", counted["facts"]),
            counted["facts"],
        ),
        _counted(
            translate_plural("{count} Index result published", "{count} Index results published", counted["results"]),
            counted["results"],
        ),
        _counted(
            translate_plural("{count} Index report known", "{count} Index reports known", counted["reports"]),
            counted["reports"],
        ),
    ]
    named = [words for words, name in zip(others, ("facts", "results", "reports"), strict=True) if counted[name]]
    last = enumeration([", ".join(cities), *named])
    words = _("Since {day} ({scope}): {practices}; {rest}.") if scope else _("Since {day}: {practices}; {rest}.")
    return words.format(day=since, scope=scope, practices=practices, rest=last)


def seen_in_words(counted: dict[str, int]) -> str:
    """How many practices were only looked at again; empty where none was."""
    if not counted["seen"]:
        return ""
    return _counted(
        translate_plural(
            "{count} more practice was looked at again and is as it was.",
            "{count} more practices were looked at again and are as they were.",
            counted["seen"],
        ),
        counted["seen"],
    )


def uncoded_in_words(practices: pd.DataFrame) -> str:
    """How many of the added practices nobody has coded yet; empty where all are.

    Args:
        practices: of ``queries.changes``.
    """
    added = practices[practices["kind"] == "added"]
    coded = added.loc[(added["field"] == "policy_areas") & added["after"].notna(), "key"]
    count = int(added.loc[~added["key"].isin(coded), "key"].nunique())
    if not count:
        return ""
    return _counted(
        translate_plural(
            "{count} of the added practices has no policy area yet, as nobody has coded it.",
            "{count} of the added practices have no policy area yet, as nobody has coded them.",
            count,
        ),
        count,
    )


def not_recorded_in_words(rows: pd.DataFrame, older: str, newer: str) -> Iterator[str]:
    """Sentences on what one of the versions does not record, one for each table and version.

    Args:
        rows: of ``queries.not_recorded``.
        older, newer: the days of the versions, in words.
    """
    for (table, side), group in rows.groupby(["tbl", "missing_from"], sort=False):
        day = older if side == "before" else newer
        name = _(TABLE_NAMES[str(table)])
        fields = [str(field) for field in group["field"] if is_known(field)]
        if not fields:
            yield _("{table}: not recorded in the data of {day}, so nothing is compared.").format(table=name, day=day)
            continue
        labels = [_(FIELDS.get(str(table), {}).get(field, field)) for field in fields]
        words = _("{table}: {fields} not recorded in the data of {day}; what is recorded now counts as no change.")
        yield words.format(table=name, fields=enumeration(map(in_quotes, labels)), day=day)
