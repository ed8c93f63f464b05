"""Practices that somebody sends in, beside those of the network, and as a form shows them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _
from icc_data.incoming.contributions.checking import Contribution, Network, Proposal
from icc_data.incoming.contributions.template import FIELDS, city_labels
from icc_data.model.period import Period
from icc_data.model.records import Practice, row_of

# What a form holds: texts, and lists of what was chosen, by column.
Draft = dict[str, Any]


def new_by_city(proposals: Iterable[Proposal], network: Network) -> pd.DataFrame:
    """Where the proposals are: ``city_id, name, country, latitude, longitude`` (degrees), ``practices, titles``."""
    titles: defaultdict[str, list[str]] = defaultdict(list)
    for proposal in proposals:
        for city_id in proposal.practice.city_ids:
            titles[city_id].append(proposal.practice.title)
    rows: list[dict[str, Any]] = [
        {
            "city_id": city.city_id,
            "name": city.name,
            "country": city.country,
            "latitude": city.latitude,
            "longitude": city.longitude,
            "practices": len(sent),
            "titles": "; ".join(sent[:3]),
        }
        for city_id, sent in titles.items()
        if (city := network.gazetteer.by_id(city_id))
    ]
    columns = ["city_id", "name", "country", "latitude", "longitude", "practices", "titles"]
    return pd.DataFrame(rows, columns=columns)


def started(proposals: Iterable[Proposal]) -> dict[int, int]:
    """How many proposals started in each year; those without a start year are left out."""
    years = Counter(proposal.period.start_year for proposal in proposals if proposal.period.start_year)
    return {year: years[year] for year in sorted(filter(None, years))}


def beside_network(new: Mapping[int, int], network: pd.DataFrame, labels: tuple[str, str]) -> pd.DataFrame:
    """Practices started by year, the new ones on top of the network's: ``year, practices, label, rank``.

    Args:
        new: practices by start year.
        network: ``year, practices``.
        labels: what the network's and what the new ones are called.
    """
    old = network[["year", "practices"]].assign(label=labels[0], rank=0)
    added = pd.DataFrame({"year": list(new), "practices": list(new.values())}).assign(label=labels[1], rank=1)
    return pd.concat([old, added], ignore_index=True) if new else old


def period_in_words(period: Period) -> str:
    """What was read from a year text."""
    start, end = period.start_year, period.end_year
    if start and end:
        years = str(start) if start == end else f"{start}–{end}"
        years = _("{years}, ongoing").format(years=years) if period.ongoing else years
    elif start:
        years = _("since {year}, ongoing").format(year=start) if period.ongoing else str(start)
    elif end:
        years = _("until {year}, start not stated").format(year=end)
    else:
        return _("ongoing, start not stated") if period.ongoing else _("no year")
    return years if period.certainty == "certain" else _("{years} (probably)").format(years=years)


def file_summary(contribution: Contribution) -> str:
    """What a file held, in words."""
    taken, refused = len(contribution.proposals), len(contribution.refused)
    words = translate_plural("{count} practice accepted", "{count} practices accepted", taken)
    counts = [words.format(count=number(taken))]
    if refused:
        words = translate_plural("{count} row to mend", "{count} rows to mend", refused)
        counts.append(words.format(count=number(refused)))
    return ", ".join(counts)


def cells_of(draft: Draft) -> dict[str, str]:
    """What stands in a form as a row of practices.csv; a title is always there, be it empty."""
    cells = {"title": ""}
    for column, value in draft.items():
        # The addresses of the evidence stand one a line.
        parts = value.splitlines() if column == "evidence_urls" else value if isinstance(value, list) else [value]
        cells[column] = "; ".join(part.strip() for part in parts if part.strip())
    return cells


def draft_of(practice: Practice, network: Network) -> Draft:
    """A practice as a form holds it; ``cells_of`` and ``check_cells`` give it back."""
    names = {city_id: label for label, city_id in city_labels(network.gazetteer.cities).items()}
    draft: Draft = {}
    for field in FIELDS:
        value = getattr(practice, field.column)
        if field.column == "evidence_urls":
            draft[field.column] = "\n".join(value)
        elif field.rules.many:
            draft[field.column] = [names.get(part, part) for part in value]
        else:
            draft[field.column] = row_of(practice)[field.column]
    return draft
