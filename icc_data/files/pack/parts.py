"""Parts that several packs have: practices to read, years, key numbers, and where it all comes from."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import pandas as pd

from icc_data.analysis import years as by_years
from icc_data.analysis.sources import best_address
from icc_data.analysis.time_words import part_words
from icc_data.cells import dicts_of
from icc_data.drawing import charts
from icc_data.drawing.palette import LIGHT
from icc_data.files.export import LICENCE
from icc_data.files.pack.model import Chart, Column, Entries, Entry, Series, Table, more
from icc_data.files.report.document import coding, practice, programme, short, web_address
from icc_data.i18n import labelled, number
from icc_data.i18n import translate as _
from icc_data.queries.selection import Options, Selection
from icc_data.queries.selection_words import choices, chosen_names

LONGEST_TEXT, LONGEST_NAME, LONGEST_TITLE = 400, 60, 90
MOST_PRACTICES = 30


def sources() -> tuple[str, ...]:
    """Where every pack comes from, and under which terms."""
    return programme(), coding(), _(LICENCE)


def practice_entries(practices: pd.DataFrame, most: int = MOST_PRACTICES) -> Entries:
    """Practices to read, the first ones on paper and all in a workbook.

    Args:
        practices: an answer of ``queries.practices``.
        most: how many on paper.
    """
    written = [practice(row, LONGEST_TEXT) for row in dicts_of(practices.head(most))]
    entries = [Entry(one["title"], one["place"], one["summary"], one["address"], one["source"]) for one in written]
    return Entries(_("Practices"), tuple(entries), more(len(practices) - len(entries)), practice_table(practices))


def practice_table(practices: pd.DataFrame) -> Table:
    """Practices as typed rows.

    Args:
        practices: an answer of ``queries.practices``.
    """
    rows = practices.assign(source=[best_address(row) or "" for row in dicts_of(practices)])
    columns = (
        Column("title", _("Title"), weight=3),
        Column("city_names", _("Cities"), weight=2),
        Column("country_names", _("Countries")),
        Column("when_text", _("Year as published")),
        Column("start_year", _("Start"), "year"),
        Column("summary", _("Summary"), weight=4),
        Column("source", _("Source"), weight=2),
        Column("practice_id", _("Identifier")),
    )
    return Table(_("Practices"), rows, columns)


def source_entries(urls: Sequence[str], title: str) -> Entries:
    """Addresses called by their hosts, numbered where a host comes again."""
    hosts = [short(urlsplit(url).netloc.removeprefix("www.") or url, LONGEST_NAME) for url in urls]
    names = [
        f"{host} ({number(hosts[:place].count(host) + 1)})" if hosts.count(host) > 1 else host
        for place, host in enumerate(hosts)
    ]
    entries = [Entry(name, address=web_address(url)) for name, url in zip(names, urls, strict=True)]
    return Entries(title, tuple(entries), compact=True)


def years_chart(
    by_year: pd.DataFrame,
    *,
    active: bool,
    title: str,
    alt: str,
    notes: tuple[str, ...],
    unfinished: tuple[int, int] | None,
) -> Chart:
    """Practices by year, the sure part and the paler one.

    Args:
        by_year: an answer of ``queries.practices_by_year`` of which some year is known.
        active: years of activity instead of start years.
        title, alt, notes: of the chart.
        unfinished: the first and last year of which more is still to be published; see ``time_words.unfinished``.
    """
    words = part_words(active=active)
    parts = by_years.in_parts(by_year, active=active)
    every = range(int(by_year["year"].min()), int(by_year["year"].max()) + 1)
    unsure = by_year["said" if active else "bare"]
    both = pd.DataFrame({"year": by_year["year"], "sure": by_year["practices"] - unsure, "unsure": unsure})
    summed = both.groupby("year")[["sure", "unsure"]].sum().reindex(every, fill_value=0)
    frame = summed.rename_axis("year").reset_index()
    series = (Series("sure", words[0], LIGHT.amount), Series("unsure", words[1], LIGHT.pale(LIGHT.amount)))
    return Chart(
        title,
        lambda: charts.year_bars(parts, LIGHT, parts=words, unfinished=unfinished, brush=False),
        frame,
        Column("year", _("Year"), "year"),
        series if frame["unsure"].any() else series[:1],
        "stack",
        "whole",
        alt,
        notes,
        height=150,
    )


def within_words(selection: Selection, options: Options) -> str:
    """What is chosen, in a sentence; empty where nothing is."""
    chosen = [words for words, _without in choices(selection, options)]
    return _("Within: {choices}.").format(choices=short(" · ".join(chosen), LONGEST_TEXT)) if chosen else ""


def title_of(what: str, selection: Selection, options: Options) -> str:
    """A title that says of what it is, such as “Good practices: RPCI (Portugal)”."""
    chosen = " · ".join(chosen_names(selection, options)) or _("the whole network")
    return short(labelled(what, chosen), LONGEST_TITLE)
