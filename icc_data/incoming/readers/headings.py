"""The template's plain headings, and the columns of practices.csv that they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from icc_data.model.columns import LIST_SEPARATOR, columns_of
from icc_data.model.records import Practice
from icc_data.text import fold

# What a contributor can fill, as the template heads it in English and in French.
HEADINGS: dict[str, tuple[str, str]] = {
    "title": ("Title", "Titre"),
    "title_original": ("Title in its original language", "Titre dans sa langue d’origine"),
    "city_ids": ("City", "Ville"),
    "countries": ("Country", "Pays"),
    "when_text": ("Year or period", "Année ou période"),
    "summary": ("Summary", "Résumé"),
    "policy_areas": ("Policy area", "Domaine d’action"),
    "themes": ("Theme", "Thème"),
    "target_groups": ("Target group", "Public visé"),
    "practice_types": ("Type of practice", "Type de pratique"),
    "practice_areas": ("Area of life", "Domaine de la vie"),
    "url": ("Web page of the practice", "Page web de la pratique"),
    "evidence_urls": ("Where it was published", "Où elle a été publiée"),
}
# What a table of practices may head a column with where it has none of the template's words for it.
PLAIN: dict[str, tuple[str, ...]] = {
    "city_ids": ("Cities", "Villes", "Town", "Municipality", "Stadt", "Ciudad", "Città", "Cidade"),
    "when_text": ("Year", "Years", "Année", "Années", "Period", "Période", "Jahr", "Año", "Anno", "Ano"),
}
_NUMBERED = re.compile(r"(?P<words>.+?) \d{1,2}")


def heading(column: str, language: str = "en") -> str:
    """What the template calls a column, in English or (``fr``) in French; the column's own name where it has none."""
    english, french = HEADINGS.get(column, (column, column))
    return french if language == "fr" else english


@cache
def _columns() -> dict[str, str]:
    return {fold(words): column for column, both in HEADINGS.items() for words in (column, *both)}


@lru_cache(maxsize=500)
def column_of(text: str) -> str:
    """The column that a heading means.

    Args:
        text: a heading of the template in either language, with a number where its list has several columns
            (“Policy area 2”), whatever the case and punctuation.

    Returns:
        The column's name; the text itself where it is no heading of the template.
    """
    words = fold(text)
    if words in _columns():
        return _columns()[words]
    column = _columns().get(numbered["words"], "") if (numbered := _NUMBERED.fullmatch(words)) else ""
    return column if column in _lists() else text


@cache
def _lists() -> frozenset[str]:
    return frozenset(column.name for column in columns_of(Practice) if column.many)


def columns_in(header: Iterable[str]) -> tuple[str, ...]:
    """The columns that a header means: those of the same list are one column, unless they are headed alike."""
    headings: set[str] = set()
    columns: list[str] = []
    for text in header:
        column = column_of(text)
        if column not in _lists() or column not in columns or text in headings:
            columns.append(column)
        headings.add(text)
    return tuple(columns)


def plainly_meant(header: Iterable[str]) -> dict[str, str]:
    """The columns that headings of ``PLAIN`` mean in a table of practices, by their folded words; of one column the
    first, and none that the table has in the template's words."""
    headings = list(header)
    columns = set(columns_in(headings))
    meant: dict[str, str] = {}
    for column, words in PLAIN.items():
        plain = [fold(text) for text in headings if fold(text) in map(fold, words)]
        if "title" in columns and column not in columns and plain:
            meant[plain[0]] = column
    return meant


def gathered(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells of a row by the columns that their headings mean, those of one list joined in their order."""
    parts_by_column: dict[str, list[str]] = {}
    for text, cell in cells.items():
        parts_by_column.setdefault(column_of(text), []).append(cell)
    return {
        column: LIST_SEPARATOR.join(filter(str.strip, parts)) if column in _lists() else parts[-1]
        for column, parts in parts_by_column.items()
    }


# What a table of Index results may head its columns with, besides their own names.
SCORE_HEADINGS: dict[str, tuple[str, ...]] = {
    "city_id": ("City", "Ville"),
    # No column of index_scores.csv: it tells which city of that name is meant.
    "countries": ("Country", "Pays"),
    "year": ("Year", "Edition", "Year of the edition", "Année", "Édition"),
    "policy_area": ("Policy area", "Code", "Area", "Domaine d’action", "Domaine"),
    "score": ("Score", "Index score", "Result", "Résultat"),
}
# Names for people beside the codes, which say nothing more.
_LABELS = ("Label", "Name", "Name of the area", "Nom")


def score_columns(header: Iterable[str]) -> dict[str, str] | None:
    """The columns of index_scores.csv that the headings of a table of Index results mean.

    Args:
        header: its headings, whatever their case and punctuation.

    Returns:
        Column by heading, without headings that only name what another column has as a code; a heading that means none
        stays as it is. None where it is no table of Index results.
    """
    column_by_words = {fold(words): column for column, others in SCORE_HEADINGS.items() for words in (column, *others)}
    labels = {fold(words) for words in _LABELS}
    headings = list(header)
    columns = {text: column_by_words.get(fold(text), text) for text in headings if fold(text) not in labels}
    if not {"city_id", "policy_area", "score"} <= set(columns.values()):
        return None
    # Of a code and a name of the area the code counts.
    areas = [text for text, column in columns.items() if column == "policy_area"]
    kept = next((text for text in areas if fold(text) in ("code", "policy area code")), areas[0])
    return {text: column for text, column in columns.items() if column != "policy_area" or text == kept}
