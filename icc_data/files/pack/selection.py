"""Any selection of practices as a pack: when they started, what they are about, where, and the practices themselves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd

from icc_data import queries
from icc_data.analysis import coding_words, time_words
from icc_data.analysis.pack_findings import selection_findings
from icc_data.analysis.term_bars import term_bars
from icc_data.drawing import charts
from icc_data.drawing.palette import LIGHT
from icc_data.errors import AtlasError
from icc_data.files.export import Provenance
from icc_data.files.pack.memory import Memory
from icc_data.files.pack.model import Chart, Column, Fact, Facts, Pack, Section, Series, Table, lines
from icc_data.files.pack.parts import practice_entries, sources, title_of, within_words, years_chart
from icc_data.i18n import number, percent
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection

MOST_COUNTRIES = 15


def selection_pack(memory: Memory, selection: Selection, provenance: Provenance) -> Pack:
    """A selection as a pack.

    Args:
        memory: where to ask.
        selection: the practices meant.
        provenance: where the view is, and which data it shows.

    Raises:
        AtlasError: no practice fits.
    """
    counts = queries.overview(memory.connection, selection)
    if not counts["practices"]:
        raise AtlasError(_("No practice fits what is chosen."), _("Take filters away."))
    terms = queries.terms(memory.connection, selection, "policy_area")
    as_of = provenance.as_of.year
    measures = queries.unit_measures(memory.connection, selection, "country")
    countries = measures[measures["practices"] > 0]
    named = len(countries)
    everything = selection.is_empty
    whole = within_words(selection, memory.options) or _("Everything that the atlas holds.")
    findings = selection_findings(
        counts, terms, memory.options.label, as_of, everything=everything, area_chosen=bool(selection.policy_area)
    )
    return Pack(
        kind=_("Intercultural Cities Atlas · Good practices"),
        title=title_of(_("Good practices"), selection, memory.options),
        provenance=provenance,
        scope=(whole,),
        numbers=_numbers(counts, memory.ask(queries.network), named, as_of),
        findings=tuple(findings),
        sections=(
            _years(memory, selection, counts),
            _areas(memory, selection),
            _countries(memory, countries, counts),
            _practices(memory, selection),
        ),
        method=(
            _("A practice counts once in each of its policy areas, so that shares add up to more than 100%."),
            _("A practice of cities in two countries counts in both."),
            _("What is chosen of policy areas does not count where policy areas are compared."),
        ),
        sources=sources(),
        colour=LIGHT.amount,
    )


def _numbers(counts: Mapping[str, int], network: Mapping[str, int], named: int, as_of: int) -> Facts:
    dated = counts["of_any_year"] - counts["undated"]
    in_all = _("of {all} in the atlas")
    dated_of_all = _("{count} of {all}")
    if counts["of_any_year"] != counts["practices"]:
        dated_of_all = _("{count} of {all}, whatever the years")
    first, last = time_words.still_published(as_of)
    return Facts(
        (
            Fact(_("Practices"), number(counts["practices"]), in_all.format(all=number(network["practices"]))),
            Fact(
                _("Cities"),
                number(counts["cities"]),
                _("{count} with practices").format(count=number(counts["cities_with_practices"])),
            ),
            Fact(_("Countries of the cities"), number(counts["countries"]), _named(counts, network, named)),
            Fact(
                _("Known start year"),
                percent(dated / counts["of_any_year"]),
                dated_of_all.format(count=number(dated), all=number(counts["of_any_year"])),
            ),
            Fact(
                _("Started {start}–{end}").format(start=first, end=last),
                number(counts["recent"]),
                _("published so far"),
            ),
        ),
        boxed=True,
    )


def _named(counts: Mapping[str, int], network: Mapping[str, int], named: int) -> str:
    """Beside the countries of the cities: those that practices name, where partners add some; else of how many."""
    if named > counts["countries"]:
        return _("practices name {count}, with their partners’").format(count=number(named))
    return _("of {all} in the atlas").format(all=number(network["countries"]))


def _years(memory: Memory, selection: Selection, counts: Mapping[str, int]) -> Section:
    title = _("When they started")
    told = lines(time_words.undated(counts), time_words.bare(counts))
    if not counts["dated"]:
        return Section(title, told)
    by_year = queries.practices_by_year(memory.connection, selection)
    chart = years_chart(
        by_year,
        active=False,
        title=title,
        alt=_("Practices started per year"),
        notes=(),
        unfinished=time_words.unfinished(memory.as_of_year, selection.year_to),
    )
    return Section(title, (chart, *told))


def _areas(memory: Memory, selection: Selection) -> Section:
    title = _("What they are about")
    terms = queries.terms(memory.connection, selection, "policy_area")
    bars = term_bars(terms, partial(memory.options.label, "policy_area"))
    compared = queries.overview(memory.connection, selection.with_values("policy_area", ()))
    if bars.empty:
        return Section(title, lines(_("None has a policy area."), coding_words.uncoded(compared)))
    groups = memory.ask(queries.terms, Selection(), "policy_area").sort_values("position")
    colours = LIGHT.areas(dict(zip(groups["code"], groups["group"], strict=True)))
    chart = Chart(
        _("Practices by policy area"),
        lambda: charts.ranked_bars(bars, LIGHT, colours=colours, pick=False),
        bars,
        Column("label", _("Policy area")),
        (Series("practices", _("Practices"), LIGHT.amount),),
        "bars",
        "whole",
        _("Practices by policy area"),
        height=310,
        columns=(
            Column("of", _("Of all"), "whole"),
            Column("share", _("Share"), "share"),
            Column("range_words", _("Wilson’s 95% interval")),
            Column("cities", _("Cities"), "whole"),
        ),
    )
    words = _("n = {count} practices; one may have several policy areas.")
    if selection.policy_area:
        words = _("n = {count} practices, with no policy area chosen; one may have several.")
    n = words.format(count=number(int(bars["of"].max())))
    return Section(title, (chart, *lines(n, coding_words.uncoded(compared))))


def _countries(memory: Memory, countries: pd.DataFrame, counts: Mapping[str, int]) -> Section:
    title = _("Where they are")
    rows = countries.sort_values(["practices", "unit"], ascending=[False, True])
    rows = rows.assign(
        label=[memory.options.label("country", code) for code in rows["unit"]],
        share=rows["practices"] / counts["practices"],
    )
    columns = (
        Column("label", _("Country"), weight=2),
        Column("practices", _("Practices"), "whole"),
        Column("share", _("Share"), "share"),
        Column("dated", _("With a start year"), "whole"),
        Column("newest", _("Newest start year"), "year"),
        Column("areas", _("Policy areas"), "whole"),
    )
    unplaced = counts["without_country"]
    note = _("{count} of {all} practices name no country.").format(
        count=number(unplaced), all=number(counts["practices"])
    )
    notes = (note,) if unplaced else ()
    rule = _(
        "Countries that a practice names, those of partner cities too; it counts in each. Shares of {all} practices"
    )
    words = rule.format(all=number(counts["practices"]))
    return Section(title, (Table(_("Practices by country"), rows, columns, notes, MOST_COUNTRIES),), words)


def _practices(memory: Memory, selection: Selection) -> Section:
    sort: queries.Sort = "relevance" if selection.search.words else "newest"
    practices = queries.search(memory.connection, selection, limit=None, sort=sort)
    rule = _("Best match first") if selection.search.words else _("Newest first")
    return Section(_("Practices"), (practice_entries(practices),), rule)
