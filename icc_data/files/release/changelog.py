"""What a release says of itself in the changelog of the data, in English and Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextvars import copy_context
from dataclasses import dataclass
from datetime import date

import pandas as pd

from icc_data import queries
from icc_data.analysis import change_rows, changes
from icc_data.cells import dicts_of
from icc_data.i18n import day, set_language, translate
from icc_data.incoming.check import Data
from icc_data.model.identifiers import KEYS
from icc_data.store.comparison import open_comparison
from icc_data.store.versions import Tables

HEAD = """# What changed in the data

One section a release, the newest first, written by `python -m icc_data release`; words that somebody adds below its
lists stay. The texts of the cells before and after stand on the page Review, under “Changed since”.
"""
_SECTION = re.compile(r"^## (\S+)[^\n]*\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Differences:
    """What a release differs in from the version before it.

    Attributes:
        sentence: all of it, counted.
        notes: what one of the versions does not record.
        added: the practices that are new, a line each.
        others: all else that differs, a line each.
    """

    sentence: str
    notes: tuple[str, ...]
    added: tuple[str, ...]
    others: tuple[str, ...]


def differences(before: Tables, since: date, after: Tables, data: Data, until: date) -> Differences:
    """What differs between two versions, in English whatever the language in use.

    Args:
        before, after: the tables of each.
        since, until: the day of each.
        data: the newer version, whose words name cities and terms.
    """
    return copy_context().run(_differences, before, since, after, data, until)


def _differences(before: Tables, since: date, after: Tables, data: Data, until: date) -> Differences:
    set_language("en")
    label = _labels(data)
    with open_comparison(before, after) as opened:
        practices = queries.changes(opened, "practices")
        cities, index = queries.city_changes(opened), queries.index_changes(opened)
        counts = changes.counts(practices, cities, index)
        words = [changes.state_in_words(day(since), counts), changes.uncoded_in_words(practices)]
        words.append(changes.seen_in_words(counts))
        notes = changes.not_recorded_in_words(queries.not_recorded(opened), day(since), day(until))
        return Differences(
            sentence=" ".join(filter(None, words)),
            notes=(*notes, *_of_other_tables(before, after)),
            added=tuple(_lines(change_rows.added_rows(practices, label), ("when",))),
            others=tuple(_lines(change_rows.other_rows(practices, cities, index, label), ("fields",))),
        )


def _of_other_tables(before: Tables, after: Tables) -> Iterator[str]:
    """What differs in the tables that are not compared field by field, counted."""
    for table in ("terms", "policy_area_codings", "amendments"):
        if table in before and table in after:
            old, new = (
                {tuple(row[part] for part in KEYS[table]): row for row in side[table].rows} for side in (before, after)
            )
            added, gone = len(new.keys() - old.keys()), len(old.keys() - new.keys())
            changed = sum(old[key] != new[key] for key in old.keys() & new.keys())
            if added or gone or changed:
                name = translate(changes.TABLE_NAMES[table])
                yield f"{name}: {added} added, {changed} changed, {gone} removed."


def _labels(data: Data) -> Callable[[str, str], str]:
    names = {city.city_id: city.name for city in data.cities}
    return lambda facet, code: names.get(code, code) if facet == "city" else data.vocabulary.label(facet, code)


def _lines(rows: pd.DataFrame, last: Iterable[str]) -> Iterable[str]:
    for row in dicts_of(rows):
        head = f"{row['kind']}: {row['name']}" if "kind" in row else str(row["name"])
        told = ", ".join(str(row[name]) for name in ("place", *last) if row[name])
        yield _plain(f"{head} ({told})" if told else head)


def _plain(text: str) -> str:
    """A text in which Markdown finds no marks of its own."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", " ".join(text.split()))


def section(release: str, until: date, version: str, rows: dict[str, int], differs: Differences | None) -> str:
    """The section of a release.

    Args:
        release: its name.
        until: the day of its data.
        version: the first twelve digits of its data version.
        rows: of each table.
        differs: from the version before it; None for the first version that there is.
    """
    counted = ", ".join(f"{count} {table.replace('_', ' ')}" for table, count in rows.items())
    parts = [f"## {release} ({day_in_words(until)})", f"Data version `{version}`: {counted}."]
    if differs is None:
        parts.append("The first version that is kept: there is nothing to compare it with.")
        return "\n\n".join(parts) + "\n\n"
    parts += [differs.sentence, "\n".join(f"- {note}" for note in differs.notes)]
    for title, lines in (("New practices", differs.added), ("Changed, and gone", differs.others)):
        if lines:
            parts.append(f"### {title} ({len(lines)})\n\n" + "\n".join(f"- {line}" for line in lines))
    return "\n\n".join(filter(None, parts)) + "\n\n"


def day_in_words(value: date) -> str:
    """A day in English, as texts have it: 25 November 2026."""
    return f"{value.day} {value:%B %Y}"


def with_section(text: str, release: str, new: str) -> str:
    """The changelog with the section of a release at its top, in place of one of the same name.

    Args:
        text: the changelog; empty where there is none.
        release: the name.
        new: its section.
    """
    head, old = text or HEAD, ""
    first = _SECTION.search(head)
    if first is not None:
        head, old = head[: first.start()], head[first.start() :]
    kept = "".join(found[0] for found in _SECTION.finditer(old) if found[1] != release)
    return f"{head.rstrip()}\n\n{new}{kept}".rstrip() + "\n"
