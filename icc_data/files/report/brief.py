"""One policy area on one printed page (PDF, A4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache, partial
from typing import Any

import duckdb
import pandas as pd

from icc_data import queries
from icc_data.analysis import policy_area_facts as profile_words
from icc_data.analysis import shares, years
from icc_data.analysis.time_words import part_words, unfinished
from icc_data.cells import dicts_of, python_value, rows_of
from icc_data.drawing import policy_area_charts as profile_charts
from icc_data.drawing.palette import LIGHT
from icc_data.errors import AtlasError
from icc_data.files.export import Provenance
from icc_data.files.report.document import (
    FOLDER,
    LONGEST_SHOWN,
    cells,
    coding,
    drawing,
    frame,
    practice,
    programme,
    short,
    typeset,
    version,
)
from icc_data.i18n import enumeration, number, percent, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.selection import Options, Selection
from icc_data.queries.selection_words import choices

TEMPLATE = FOLDER / "brief.typ"
CHART_WIDTH = 760
LONGEST_LABEL = 48
LONGEST_DEFINITION = 300


@dataclass(frozen=True)
class Room:
    """How much stands on the page.

    Attributes:
        size: of the letters, points.
        places, examples: how many of each.
        names: how many values a gap names.
        summaries: whether examples have one.
        height: of the chart, pixels of a chart ``CHART_WIDTH`` wide.
        letters: the most that one text may have, where a person wrote it.
    """

    size: float
    places: int
    examples: int
    names: int
    summaries: bool
    height: int
    letters: int


# From generous to sparse; the first that fits on a page is taken. Nothing a person wrote can outgrow the last.
ROOMS = (
    Room(10.0, 8, 3, 12, True, 170, 260),
    Room(9.5, 8, 3, 12, True, 170, 260),
    Room(9.0, 7, 3, 10, True, 150, 240),
    Room(8.5, 6, 3, 8, True, 150, 200),
    Room(8.0, 5, 3, 6, True, 110, 160),
    Room(8.0, 5, 3, 5, False, 110, 110),
    Room(7.5, 3, 3, 3, False, 80, 70),
)


@dataclass(frozen=True)
class _Answers:
    """What the data says of an area, before there are words for it."""

    as_of: int
    area: str
    comparison: Selection
    options: Options
    groups: Mapping[str, str]
    definition: str
    counts: Mapping[str, int]
    years: pd.DataFrame
    values: Mapping[str, pd.DataFrame]
    examples: pd.DataFrame

    @property
    def commitment(self) -> str:
        return self.groups[self.area]

    def label(self, facet: str, code: str) -> str:
        return short(self.options.label(facet, code), LONGEST_LABEL)


def policy_area_brief(
    connection: duckdb.DuckDBPyConnection, comparison: Selection, area: str, provenance: Provenance
) -> bytes:
    """A page on a policy area to print, as PDF.

    Args:
        connection: where to ask.
        comparison: what the area is compared with: a selection that chooses no policy areas.
        area: its code.
        provenance: where the view is, and which data it shows.

    Raises:
        AtlasError: there is no such policy area, no practice to write about, or no room for what there is.
    """
    answers = _asked(connection, comparison, area)
    drawn = cache(partial(_drawing, answers))
    contents = (_content(answers, room, provenance, drawn(room.height)) for room in ROOMS)
    written = typeset(TEMPLATE, contents, provenance, pages=1)
    if written is None:
        raise AtlasError(_("The brief does not fit on a page."), _("Take filters away and try again."))
    return written


def _asked(connection: duckdb.DuckDBPyConnection, comparison: Selection, area: str) -> _Answers:
    options = queries.options(connection)
    if area not in options.values("policy_area"):
        raise AtlasError(_("There is no policy area “{area}”.").format(area=area[:60]), _("Choose one of the list."))
    counts = queries.policy_area(connection, comparison, area)
    if not counts["practices"]:
        raise AtlasError(_("No practice of the selection has this policy area."), _("Take filters away."))
    terms = queries.terms(connection, Selection(), "policy_area").sort_values("position")
    meanings = queries.term_definitions(connection, "policy_area")
    meaning = meanings[meanings["code"] == area]["definition"].iloc[0]
    facets: Any = dict.fromkeys([*profile_words.RANKED_FACETS, *profile_words.GAP_FACETS])
    return _Answers(
        queries.as_of_year(connection),
        area,
        comparison,
        options,
        dict(zip(terms["code"], terms["group"], strict=True)),
        python_value(meaning) or "",
        counts,
        queries.policy_area_by_year(connection, comparison, area),
        {
            facet: shares.of_area(shares.with_chance(queries.crossed(connection, comparison, facet)), area)
            for facet in facets
        },
        queries.policy_area_examples(connection, comparison, area, limit=max(room.examples for room in ROOMS)),
    )


def _content(answers: _Answers, room: Room, provenance: Provenance, drawn: str) -> dict[str, Any]:
    """Everything that the template sets, in words; the drawing of the chart is SVG, empty where there is none."""
    label = answers.label
    name = label("policy_area", answers.area)
    return {
        **frame(
            _("Intercultural Cities Atlas · Policy area brief"),
            name,
            provenance,
            hue=LIGHT.commitments[answers.commitment],
            foot=(programme(), coding(), version(provenance)),
            letters=max(room.letters, LONGEST_SHOWN),
        ),
        "room": asdict(room),
        "definition": short(answers.definition, LONGEST_DEFINITION),
        "commitment": _("It serves the commitment “{commitment}”").format(
            commitment=label("commitment", answers.commitment)
        ),
        "areas": _other_areas(answers),
        "selection": _selection(answers, room),
        "numbers": _numbers(answers.counts, provenance.as_of.year),
        "chart": _chart(answers, name, drawn),
        "rankings": [_ranking(answers, facet, room) for facet in profile_words.RANKED_FACETS],
        "examples": _examples(answers, room),
        "gaps": _gaps(answers, room, provenance.as_of.year),
    }


def _other_areas(answers: _Answers) -> str:
    groups = answers.groups.items()
    others = [area for area, group in groups if group == answers.commitment and area != answers.area]
    names = enumeration(answers.label("policy_area", area) for area in others)
    return _("with {areas}.").format(areas=names) if others else ""


def _selection(answers: _Answers, room: Room) -> str:
    chosen = [words for words, _without in choices(answers.comparison, answers.options)]
    against = translate_plural(
        "Compared with {whole} ({practices} practice).",
        "Compared with {whole} ({practices} practices).",
        answers.counts["all_practices"],
    ).format(whole=profile_words.compared_with(answers.comparison), practices=number(answers.counts["all_practices"]))
    within = _("Within: {choices}.").format(choices=short(" · ".join(chosen), room.letters)) if chosen else ""
    return f"{within} {against}".strip()


def _numbers(counts: Mapping[str, int], as_of: int) -> list[dict[str, str]]:
    share = counts["practices"] / counts["all_practices"]
    return cells(
        [
            (
                _("Practices"),
                number(counts["practices"]),
                _("{share} of {all}").format(share=percent(share, 1), all=number(counts["all_practices"])),
            ),
            (_("Cities"), number(counts["cities"]), _("of {all}").format(all=number(counts["all_cities"]))),
            (_("Countries"), number(counts["countries"]), _("of {all}").format(all=number(counts["all_countries"]))),
            (
                _("Known start year"),
                percent(1 - counts["undated"] / counts["of_any_year"]),
                _("{count} of {all}").format(
                    count=number(counts["of_any_year"] - counts["undated"]), all=number(counts["of_any_year"])
                ),
            ),
            (
                _("Since {year}").format(year=as_of - 2),
                number(counts["recent"]),
                _("of {all} published so far").format(all=number(counts["all_recent"])),
            ),
        ]
    )


def _chart(answers: _Answers, name: str, drawn: str) -> dict[str, str]:
    whole = profile_words.compared_with(answers.comparison)
    paler = _("Paler: a year as published, which may not be the start.") if answers.counts["bare"] else ""
    return {
        "title": _("Practices started in each year"),
        "drawing": drawn,
        "bars": name,
        "line": _("With the same share every year as in {whole}").format(whole=whole),
        "alt": _("Practices of the policy area by year, beside the network"),
        "note": f"{paler} {profile_words.undated(answers.counts)}".strip(),
    }


def _drawing(answers: _Answers, height: int) -> str:
    if not answers.counts["dated"]:
        return ""
    hue = LIGHT.commitments[answers.commitment]
    chart = profile_charts.expected_years(
        answers.years,
        years.in_parts(answers.years, active=False),
        LIGHT,
        colour=hue,
        parts=part_words(active=False),
        unfinished=unfinished(answers.as_of, answers.comparison.year_to),
        brush=False,
        height=height,
    )
    return drawing(chart, CHART_WIDTH)


def _ranking(answers: _Answers, facet: str, room: Room) -> dict[str, Any]:
    titles = {"country": _("Countries that do most"), "city": _("Cities that do most"), "theme": _("Themes with it")}
    none = {"country": _("None names a country."), "city": _("None names a city."), "theme": _("None has a theme.")}
    frame = answers.values[facet]
    found = profile_words.ranking(frame, facet, answers.label, shown=room.places)
    note = found.remainder() if len(found.frame) else none[facet]
    if facet == "theme" and found.has_theme_with_lift():
        note += " " + _("×: times as often as by chance in {whole}; not said where it could be chance.").format(
            whole=profile_words.compared_with(answers.comparison)
        )
    return {
        "title": titles[facet],
        "entries": [
            {
                "label": row.label,
                "words": row.text,
                "length": row.practices / found.frame["practices"].max(),
            }
            for row in rows_of(found.frame)
        ],
        "note": note.strip(),
    }


def _examples(answers: _Answers, room: Room) -> dict[str, Any]:
    return {
        "title": _("Examples to read first"),
        "entries": [practice(row, room.letters) for row in dicts_of(answers.examples.head(room.examples))],
        "note": _(
            "Chosen by how much is known of them (own page, certain year, full text, agreed coding), one a country "
            "before a second: no judgement of quality."
        ),
    }


def _gaps(answers: _Answers, room: Room, as_of: int) -> dict[str, Any]:
    found = [
        {"title": f"{gap.title}:", "words": f"{gap.listed(room.names)} – {gap.note}." if gap.values else gap.note}
        for gap in profile_words.gaps(answers.values, answers.label)
    ]
    found.append({"title": _("Time:"), "words": profile_words.last_start(answers.counts, as_of)})
    if profile_words.unplaced(answers.counts):
        found.append({"title": _("Places:"), "words": profile_words.unplaced(answers.counts)})
    return {"title": _("Gaps (in brackets: practices in other policy areas)"), "entries": found}
