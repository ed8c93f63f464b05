"""A place beside its peers as a pack."""

from __future__ import annotations

from typing import Any

from icc_data import queries
from icc_data.analysis import comparison, peers
from icc_data.analysis.benchmark import FEWEST_PEERS
from icc_data.analysis.benchmark_table import index_words, score_words
from icc_data.analysis.comparison import Benchmark, beside_peers
from icc_data.analysis.pack_findings import benchmark_findings
from icc_data.analysis.peer_sets import PeerSet, members
from icc_data.cells import rows_of
from icc_data.drawing import city_charts
from icc_data.drawing.palette import LIGHT
from icc_data.errors import AtlasError
from icc_data.files.export import Provenance
from icc_data.files.pack.memory import Memory
from icc_data.files.pack.model import Chart, Column, Kind, Lines, Pack, Section, Series, Table, lines
from icc_data.files.pack.parts import sources, within_words
from icc_data.i18n import enumeration, labelled, number
from icc_data.i18n import translate as _
from icc_data.queries.selection import Options, Selection

MOST_SCORES = 20


def city_benchmark(memory: Memory, within: Selection, city_id: str, asked: PeerSet) -> Benchmark:
    """A city beside its peers, as published.

    Args:
        memory: where to ask.
        within: the practices that count; its places are no matter.
        city_id: the city.
        asked: how its peers are chosen.

    Raises:
        AtlasError: there is no such city, or none that it can be compared with.
    """
    if city_id not in memory.options.values("city"):
        raise AtlasError(_("There is no city “{city}”.").format(city=city_id[:60]), _("Choose one of the list."))
    peer_frame = members(asked, memory.features, city_id, memory.average_distances)
    if peer_frame.empty:
        raise AtlasError(_("There is no city to compare with."), _("Choose other peers."))
    former = dict(zip(memory.features["city_id"], memory.features["former"], strict=True))
    counted = without_places(within)

    def label(facet: str, value: str) -> str:
        name = memory.options.label(facet, value)
        return peers.marked(name, former=former[value]) if facet == "city" else name

    return beside_peers(
        "city",
        city_id,
        tuple(peer_frame.index),
        asked.in_words(),
        areas=memory.ask(queries.unit_areas, counted, "city"),
        measures=memory.ask(queries.unit_measures, counted, "city"),
        results=memory.ask(queries.index_results),
        codes=memory.options.values("policy_area"),
        label=label,
    )


def without_places(selection: Selection) -> Selection:
    """A selection without its places, which say who is compared and not what counts."""
    return selection.with_values("city", ()).with_values("country", ()).with_values("network", ())


def benchmark_pack(compared: Benchmark, within: Selection, options: Options, provenance: Provenance) -> Pack:
    """A place beside its peers as a pack.

    Args:
        compared: both.
        within: the practices that count.
        options: what the values of the facets are called.
        provenance: where the view is, and which data it shows.
    """
    chosen = within_words(without_places(within), options)
    return Pack(
        kind=_("Intercultural Cities Atlas · Benchmark"),
        title=_("{name} beside its peers").format(name=compared.name),
        provenance=provenance,
        scope=tuple(
            sentence
            for sentence in (
                _("Compared with {names}. Peers: {rule}.").format(
                    names=enumeration(compared.peers_named()), rule=compared.rule
                ),
                chosen and _("Only practices that fit the other filters count."),
                chosen,
            )
            if sentence
        ),
        findings=tuple(benchmark_findings(compared)),
        sections=(
            _portfolio(compared),
            _breadth(compared),
            *_index(compared),
            _places(compared),
            _everything(compared),
        ),
        method=_method(),
        sources=sources(),
        colour=LIGHT.amount,
    )


def _method() -> tuple[str, ...]:
    return (
        _(
            "The share of a place’s practices that carry each policy area. Quartiles and percentile ranks are over "
            "the peers with at least one practice; a percentile rank is the share of peers below, those equal "
            "counting half."
        ),
        _("With fewer than {fewest} peers, or practices, counts are given, no shares, quartiles and ranks.").format(
            fewest=FEWEST_PEERS
        ),
        _("Only scores of the same edition of the Index are compared."),
    )


def _portfolio(compared: Benchmark) -> Section:
    title = _("Portfolio by policy area")
    if compared.few_peers:
        return Section(title, (_few_peers(compared, title),))
    form: Kind = "decimal" if compared.counts_only else "share"
    what = _("Practices") if compared.counts_only else _("Share of its practices")
    frame = comparison.portfolio_dots(compared)

    def draw() -> Any:
        if compared.counts_only:
            return city_charts.dot_bands(
                frame, LIGHT, form=",.0f", own=compared.name, heading=_("Peers with one"), ticks=1
            )
        return city_charts.dot_bands(frame, LIGHT, form=".0%", own=compared.name, heading=_("Rank"))

    chart = Chart(
        title,
        draw,
        frame,
        Column("label", _("Policy area")),
        (
            Series("own", labelled(compared.name, what), LIGHT.amount),
            Series("median", _("Peers’ median"), LIGHT.less),
        ),
        "bars",
        form,
        _("Portfolio of {name} beside its peers").format(name=compared.name),
        height=350,
        columns=(
            Column("q1", _("1st quartile"), form),
            Column("q3", _("3rd quartile"), form),
            Column("practices", _("Practices"), "whole"),
            Column("peers_with", _("Peers with one"), "whole"),
            Column("percentile", _("Percentile rank"), "whole"),
        ),
    )
    band = _("On paper: dot, {name}; line, the peers’ median; band, their first to third quartile.")
    n = _("n = {own} practices; {working} of {peers} peers have any.").format(
        own=number(compared.practices), working=number(compared.with_practices), peers=number(len(compared.peers))
    )
    return Section(title, (chart, *lines(n, band.format(name=compared.name))))


def _few_peers(compared: Benchmark, title: str) -> Chart:
    """The practices of each of few peers, a series each."""
    cells = comparison.portfolio_cells(compared)
    frame = cells.pivot_table(index="label", columns="unit", values="value", sort=False).reset_index()
    places = (compared.value, *compared.peers)
    shades = LIGHT.categories[: len(places)]
    return Chart(
        title,
        lambda: city_charts.count_table(cells, LIGHT, own=compared.name, what=_("Policy area")),
        frame,
        Column("label", _("Policy area")),
        tuple(Series(place, compared.names[place], shade) for place, shade in zip(places, shades, strict=True)),
        "bars",
        "whole",
        _("Portfolio of {name} beside its peers").format(name=compared.name),
    )


def _breadth(compared: Benchmark) -> Section:
    title = _("Breadth, recency, collaboration")
    if compared.few_peers:
        cells = comparison.measure_cells(compared)
        frame = cells.pivot_table(
            index="label", columns="unit", values="text", aggfunc="first", sort=False
        ).reset_index()
        places = (compared.value, *compared.peers)
        columns = (Column("label", _("Measure")), *(Column(place, compared.names[place]) for place in places))
        return Section(title, (Table(title, frame, columns),))
    frame = comparison.measure_dots(compared)
    columns = (
        Column("measure", _("Measure"), weight=2),
        Column("own_text", compared.name),
        Column("median_text", _("Peers’ median")),
        Column("band", _("First to third quartile")),
        Column("percentile", _("Percentile rank"), "whole"),
        Column("n", _("Peers whose value is known"), "whole"),
    )
    return Section(title, (Table(title, frame, columns),), _("Counts over a place’s practices"))


def _index(compared: Benchmark) -> tuple[Section, ...]:
    if compared.unit != "city":
        return ()
    title, rule = _("Intercultural Cities Index"), _("Only scores of the same edition are compared")
    if compared.index.empty:
        return (Section(title, lines(_("No published score of this city was found.")), rule),)
    told = [
        labelled(row.label, f"{score_words(row.score)} · {index_words(row)}")
        for row in rows_of(compared.index.head(MOST_SCORES))
    ]
    return (Section(title, (Lines(tuple(told), listed=True),), rule),)


def _places(compared: Benchmark) -> Section:
    frame = compared.behind.assign(name=compared.behind["unit"].map(compared.names))
    columns = (
        Column("name", _("Place"), weight=2),
        Column("practices", _("Practices"), "whole"),
        Column("areas", _("Policy areas covered"), "whole"),
        Column("themes", _("Themes covered"), "whole"),
        Column("newest", _("Newest practice (start year)"), "year"),
        Column("active", _("Active in the year of the data"), "whole"),
        Column("shared", _("Shared with other cities"), "whole"),
    )
    title = _("The peers, one by one")
    return Section(title, (Table(title, frame, columns, most=41),))


def _everything(compared: Benchmark) -> Section:
    title = _("Everything in one table")
    # Of measures and scores the counts of a policy area are not asked.
    frame = compared.table.astype(dict.fromkeys(("practices", "peers_with"), object))
    columns = (
        Column("label", _("What"), weight=2),
        Column("words", _("In words"), weight=2),
        Column("percentile", _("Percentile rank"), "whole"),
        Column("n", _("Peers"), "whole"),
        Column("practices", _("Practices"), "whole"),
        Column("peers_with", _("Peers with one"), "whole"),
    )
    note = _("Of measures and Index scores more, or later, is better; a share of policy areas has no good end.")
    return Section(title, (Table(title, frame, columns, (note,)),))
