"""A policy area as a pack: what it means, who works on it, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from icc_data import queries
from icc_data.analysis import coding_words, shares, years
from icc_data.analysis import policy_area_facts as facts
from icc_data.analysis.pack_findings import area_findings
from icc_data.analysis.time_words import part_words, unfinished
from icc_data.cells import python_value
from icc_data.drawing import charts
from icc_data.drawing import policy_area_charts as area_charts
from icc_data.drawing.palette import LIGHT
from icc_data.errors import AtlasError
from icc_data.files.export import Provenance
from icc_data.files.pack.memory import Memory
from icc_data.files.pack.model import Chart, Column, Entries, Fact, Facts, Lines, Pack, Section, Series, lines
from icc_data.files.pack.parts import LONGEST_NAME, LONGEST_TEXT, practice_entries, sources, within_words
from icc_data.files.report.document import short
from icc_data.i18n import enumeration, labelled, number, percent, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.selection import Options, Selection

PLACES, EXAMPLES, NAMES = 10, 6, 12


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

    @property
    def colour(self) -> str:
        return LIGHT.commitments[self.commitment]

    @property
    def name(self) -> str:
        return self.label("policy_area", self.area)

    @property
    def whole(self) -> str:
        """What it is compared with."""
        return facts.compared_with(self.comparison)

    def label(self, facet: str, code: str) -> str:
        return short(self.options.label(facet, code), LONGEST_NAME)


def policy_area_pack(memory: Memory, selection: Selection, area: str, provenance: Provenance) -> Pack:
    """A policy area as a pack.

    Args:
        memory: where to ask.
        selection: what the area is compared with, whatever policy areas it chooses.
        area: its code.
        provenance: where the view is, and which data it shows.

    Raises:
        AtlasError: there is no such policy area, or no practice to write about.
    """
    answers = _asked(memory, selection.with_values("policy_area", ()), area)
    as_of = provenance.as_of.year
    return Pack(
        kind=_("Intercultural Cities Atlas · Policy area brief"),
        title=answers.name,
        provenance=provenance,
        scope=tuple(_scope(answers)),
        numbers=_numbers(answers.counts, as_of),
        findings=tuple(area_findings(answers.name, answers.counts, answers.values, answers.label, as_of)),
        sections=(
            _years(answers),
            *(_ranking(answers, facet) for facet in facts.RANKED_FACETS),
            _examples(answers),
            _gaps(answers, as_of),
        ),
        method=tuple(_method(answers)),
        sources=sources(),
        colour=answers.colour,
    )


def _asked(memory: Memory, comparison: Selection, area: str) -> _Answers:
    connection, options = memory.connection, memory.options
    if area not in options.values("policy_area"):
        raise AtlasError(_("There is no policy area “{area}”.").format(area=area[:60]), _("Choose one of the list."))
    counts = queries.policy_area(connection, comparison, area)
    if not counts["practices"]:
        raise AtlasError(_("No practice of the selection has this policy area."), _("Take filters away."))
    terms = memory.ask(queries.terms, Selection(), "policy_area").sort_values("position")
    meanings = memory.ask(queries.term_definitions, "policy_area")
    meaning = meanings[meanings["code"] == area]["definition"].iloc[0]
    facets: Any = dict.fromkeys([*facts.RANKED_FACETS, *facts.GAP_FACETS])
    return _Answers(
        memory.as_of_year,
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
        queries.policy_area_examples(connection, comparison, area, limit=EXAMPLES),
    )


def _scope(answers: _Answers) -> list[str]:
    serves = _("It serves the commitment “{commitment}”").format(
        commitment=answers.label("commitment", answers.commitment)
    )
    others = [area for area, group in answers.groups.items() if group == answers.commitment and area != answers.area]
    names = enumeration(answers.label("policy_area", area) for area in others)
    beside = _("with {areas}.").format(areas=names) if others else ""
    against = translate_plural(
        "Compared with {whole} ({practices} practice).",
        "Compared with {whole} ({practices} practices).",
        answers.counts["all_practices"],
    ).format(whole=answers.whole, practices=number(answers.counts["all_practices"]))
    within = within_words(answers.comparison, answers.options)
    whole = {"uncoded": answers.counts["all_uncoded"], "practices": answers.counts["all_practices"]}
    compared = " ".join(filter(None, (within, against, coding_words.uncoded(whole))))
    return [short(answers.definition, LONGEST_TEXT), f"{serves} {beside}".strip(), compared]


def _method(answers: _Answers) -> list[str]:
    lift = _("×: times as often as by chance in {whole}; not said where it could be chance.")
    return [
        _("A share is that of the practices of a place that have this policy area; n stands beside it."),
        lift.format(whole=answers.whole),
        _("Examples are chosen by how much is known of them, which is no judgement of quality."),
        _("A gap here is one of what the programme published, which need not be one of what cities do."),
    ]


def _numbers(counts: Mapping[str, int], as_of: int) -> Facts:
    dated = counts["of_any_year"] - counts["undated"]
    of = _("of {all}")
    return Facts(
        (
            Fact(
                _("Practices"),
                number(counts["practices"]),
                _("{share} of {all}").format(
                    share=percent(counts["practices"] / counts["all_practices"], 1),
                    all=number(counts["all_practices"]),
                ),
            ),
            Fact(_("Cities"), number(counts["cities"]), of.format(all=number(counts["all_cities"]))),
            Fact(_("Countries"), number(counts["countries"]), of.format(all=number(counts["all_countries"]))),
            Fact(
                _("Known start year"),
                percent(dated / counts["of_any_year"]),
                _("{count} of {all}").format(count=number(dated), all=number(counts["of_any_year"])),
            ),
            Fact(
                _("Since {year}").format(year=as_of - 2),
                number(counts["recent"]),
                _("of {all} published so far").format(all=number(counts["all_recent"])),
            ),
        ),
        boxed=True,
    )


def _years(answers: _Answers) -> Section:
    title, undated = _("Practices started in each year"), facts.undated(answers.counts)
    if not answers.counts["dated"]:
        return Section(title, lines(undated))
    expected = _("With the same share every year as in {whole}").format(whole=answers.whole)

    def draw() -> Any:
        return area_charts.expected_years(
            answers.years,
            years.in_parts(answers.years, active=False),
            LIGHT,
            colour=answers.colour,
            parts=part_words(active=False),
            unfinished=unfinished(answers.as_of, answers.comparison.year_to),
            brush=False,
        )

    paler = _("Paler: a year as published, which may not be the start.") if answers.counts["bare"] else ""
    chart = Chart(
        title,
        draw,
        answers.years,
        Column("year", _("Year"), "year"),
        (Series("practices", answers.name, answers.colour), Series("expected", expected, LIGHT.text)),
        "columns",
        "decimal",
        _("Practices of the policy area by year, beside the network"),
        height=150,
        columns=(Column("all_practices", _("All practices compared with"), "whole"),),
    )
    return Section(title, (chart, *lines(paler, undated)))


def _ranking(answers: _Answers, facet: str) -> Section:
    titles = {
        "country": _("Countries that do most"),
        "city": _("Cities that do most"),
        "theme": _("Themes of its practices"),
    }
    none = {"country": _("None names a country."), "city": _("None names a city."), "theme": _("None has a theme.")}
    of = {"theme": _("Practices of the theme")}.get(facet, _("All its practices"))
    ranking = facts.ranking(answers.values[facet], facet, answers.label, shown=PLACES)
    if ranking.frame.empty:
        return Section(titles[facet], lines(none[facet]))
    chart = Chart(
        titles[facet],
        lambda: charts.ranked_bars(
            ranking.frame.assign(code="all"), LIGHT, colours={"all": answers.colour}, pick=False
        ),
        ranking.frame,
        Column("label", titles[facet]),
        (Series("practices", _("Practices"), answers.colour),),
        "bars",
        "whole",
        titles[facet],
        height=210,
        columns=(Column("of", of, "whole"), Column("text", _("In words"))),
    )
    return Section(titles[facet], (chart, *lines(ranking.remainder())))


def _examples(answers: _Answers) -> Section:
    listed = practice_entries(answers.examples, EXAMPLES)
    entries = Entries(_("Examples to read first"), listed.entries, _(facts.RULE), listed.table)
    return Section(_("Examples to read first"), (entries,))


def _gaps(answers: _Answers, as_of: int) -> Section:
    told = [
        labelled(gap.title, f"{gap.listed(NAMES)} – {gap.note}." if gap.values else gap.note)
        for gap in facts.gaps(answers.values, answers.label)
    ]
    told.append(f"{_('Time:')} {facts.last_start(answers.counts, as_of)}")
    if facts.unplaced(answers.counts):
        told.append(f"{_('Places:')} {facts.unplaced(answers.counts)}")
    return Section(_("Gaps"), (Lines(tuple(told), listed=True),), _("In brackets: all their practices"))
