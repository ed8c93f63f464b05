"""Numbers about the data that stand in texts: each has a name and stands between marks, counted and never typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from statistics import fmean

from icc_data.analysis.agreement import cohen_kappa
from icc_data.errors import AtlasError
from icc_data.i18n import translate as _
from icc_data.incoming.check import Data
from icc_data.model.records import TABLES, PolicyAreaCoding, Practice
from icc_data.store.versions import as_of_date

SHORT_SUMMARY = 20
"""Words below which the description of the data calls a summary short."""

# `<!-- data:practices -->558<!-- /data -->` in Markdown; `version: "2026-Q4" # data:release` in YAML.
_IN_MARKDOWN = re.compile(r"(<!-- data:([a-z_]+) -->)(.*?)(<!-- /data -->)", re.DOTALL)
_IN_YAML = re.compile(r"""(: )"([^"\n]*)"(?=\s+# data:([a-z_]+)$)""", re.MULTILINE)


def numbers(data: Data, release: str, version: str) -> dict[str, str]:
    """What can stand between marks.

    Args:
        data: the records of the release.
        release: its name.
        version: the first twelve digits of its data version.

    Returns:
        Each number by its name, as it is written.
    """
    practices = data.practices
    day = as_of_date(data)
    told: dict[str, object] = {
        "release": release,
        "data_version": version,
        "day": f"{day.day} {day:%B %Y}",
        "date": day.isoformat(),
        **{f"rows_of_{table}": len(data.accepted.get(table, ())) for table in TABLES},
        "practices": len(practices),
        "cities": len(data.cities),
        "cities_with_practices": len({city for practice in practices for city in practice.city_ids}),
        "countries": len({country for practice in practices for country in practice.countries}),
        **_gaps(practices),
        **_agreement(data),
    }
    return {name: str(value) for name, value in told.items()}


def _gaps(practices: Sequence[Practice]) -> dict[str, int]:
    undated = [practice for practice in practices if not practice.when_text]
    return {
        "without_year_text": len(undated),
        "described_only": sum(bool(practice.described_when) for practice in undated),
        "without_city": sum(not practice.city_ids for practice in practices),
        "without_own_page": sum(not practice.url for practice in practices),
        "short_summaries": sum(len((practice.summary or "").split()) < SHORT_SUMMARY for practice in practices),
        "uncoded": sum(not practice.policy_areas for practice in practices),
        "disputed": sum(practice.policy_area_coding == "disputed" for practice in practices),
    }


def _agreement(data: Data) -> dict[str, str]:
    """How far the two readers agree who coded the practices; a dash where nothing can be said.

    As the page Data says it (``queries.coding_agreement``), which asks a database that a release need not wait for.
    """
    given: dict[int, dict[str, set[str]]] = {1: {}, 2: {}}
    for item in data.accepted.get("policy_area_codings", ()):
        if isinstance(item.record, PolicyAreaCoding):
            given[item.record.reader][item.record.practice_id] = set(item.record.policy_areas)
    pairs = [(given[1][practice], given[2][practice]) for practice in given[1].keys() & given[2].keys()]
    if not pairs:
        return {"in_common": "–", "jaccard": "–", "kappa": "–"}
    both, either = sum(len(one & other) for one, other in pairs), sum(len(one | other) for one, other in pairs)
    first, second = sum(len(one - other) for one, other in pairs), sum(len(other - one) for one, other in pairs)
    areas = len(data.vocabulary.codes("policy_area"))
    kappa = cohen_kappa(both, first, second, areas * len(pairs) - either)
    return {
        "in_common": f"{100 * sum(bool(one & other) for one, other in pairs) / len(pairs):.1f}",
        "jaccard": f"{fmean(len(one & other) / len(one | other) if one | other else 1 for one, other in pairs):.2f}",
        "kappa": "–" if kappa is None else f"{kappa:.2f}",
    }


def filled(text: str, told: Mapping[str, str], name: str) -> str:
    """A text with every number between marks as it is now; all else as it is written.

    Args:
        text: of a Markdown or YAML file.
        told: of ``numbers``.
        name: of the file, for the error.

    Raises:
        AtlasError: it asks for a number that there is not.
    """
    unknown = [asked for asked in marks(text) if asked not in told]
    if unknown:
        raise AtlasError(
            _("{name} asks for “{number}” between its marks, and there is no such number of the data.").format(
                name=name, number=unknown[0]
            ),
            _("There are: {names}.").format(names=", ".join(told)),
        )
    text = _IN_MARKDOWN.sub(lambda found: f"{found[1]}{told[found[2]]}{found[4]}", text)
    return _IN_YAML.sub(lambda found: f'{found[1]}"{told[found[3]]}"', text)


def marks(text: str) -> list[str]:
    """The numbers that a text asks for, by name."""
    return [found[2] for found in _IN_MARKDOWN.finditer(text)] + [found[3] for found in _IN_YAML.finditer(text)]


def without_marked(text: str) -> str:
    """A text without what stands between its marks: what somebody wrote by hand."""
    return _IN_MARKDOWN.sub("", text)
