"""The peers of a city, country or network, as tables ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from icc_data import queries
from icc_data.analysis import peer_sets, peers, unit_peers
from icc_data.analysis.peer_sets import PeerSet
from icc_data.cells import dicts_of, rows_of
from icc_data.errors import AtlasError
from icc_data.files.views.model import Parameter, Question, UnusableError, Wrong, needs, refuse
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection

if TYPE_CHECKING:
    from icc_data.analysis.comparison import Benchmark
    from icc_data.files.pack.memory import Memory

PEERS = (
    Parameter("peers", "How peers are chosen: nearest, network, country, size, diversity, class, picked; all, region."),
    Parameter("k", "How many of the nearest cities, 1 to 40."),
    Parameter("peer", "A peer picked by hand, where peers=picked.", several=True),
    Parameter("having", "Only cities with practices (practices), or all of them (any)."),
    Parameter("former", "Whether cities that have left the programme are peers: yes or no."),
    Parameter("weight", "What a fact weighs when cities are compared, such as population:2.", several=True),
)


def memory_of(question: Question) -> Memory:
    """What is asked several times for one table, asked once."""
    # The room of the documents loads what draws them, which few tables need.
    from icc_data.files.pack.memory import Memory

    return Memory(question.connection)


def peer_set(question: Question) -> PeerSet:
    """How the peers of a city are chosen.

    Raises:
        UnusableError: an address that a page would pass over in part.
    """
    asked, ignored = peer_sets.read_peer_set(dict(question.params), question.options.values("city"))
    possible: dict[str, Sequence[str]] = {
        "peers": list(peer_sets.RULES),
        "k": [f"1–{peer_sets.MOST_K}"],
        "peer": question.options.values("city"),
        "having": ["practices", "any"],
        "former": ["yes", "no"],
        "weight": [f"{name}:0–{peer_sets.HEAVIEST:g}" for name in peers.FEATURES],
    }
    refuse(ignored, possible)
    return asked


def members_of(memory: Memory, asked: PeerSet, city: str) -> pd.DataFrame:
    """The peers of a city; see ``peer_sets.members``.

    Raises:
        UnusableError: nobody is.
    """
    frame = peer_sets.members(asked, memory.features, city, memory.average_distances)
    return nobody(asked.rule) if frame.empty else frame


def nobody(rule: str) -> pd.DataFrame:
    """Refuse peers of whom there are none.

    Raises:
        UnusableError: always.
    """
    words = f"{_('There is no city to compare with.')} {_('Choose other peers.')}"
    raise UnusableError(Wrong("peers", rule, (), words))


def feature_rows(memory: Memory) -> dict[str, dict[str, object]]:
    """The row of ``peers.features`` of each city."""
    return {str(row["city_id"]): row for row in dicts_of(memory.features)}


def label_in(memory: Memory, facet: str, value: str) -> str:
    """What a value of a facet is called; a city that has left the programme is marked."""
    name = memory.options.label(facet, value)
    if facet != "city":
        return name
    former = dict(zip(memory.features["city_id"], memory.features["former"], strict=True))
    return peers.marked(name, former=bool(former[value]))


def benchmarked(question: Question) -> Benchmark:
    """The place of an address beside its peers, as published.

    Raises:
        UnusableError: it names no place, or nobody to compare it with.
    """
    unit = question.chosen["unit"]
    if unit == "city":
        return _city(question)
    place = next(iter(question.selection.chosen(unit)), "") or needs(unit, question.options.values(unit))
    return _other(question, unit, place)


def _city(question: Question) -> Benchmark:
    from icc_data.files.pack.benchmark import city_benchmark

    city, asked = question.needed_city(), peer_set(question)
    try:
        return city_benchmark(memory_of(question), question.selection, city, asked)
    except AtlasError as error:
        raise UnusableError(Wrong("peers", asked.rule, (), f"{error.title} {error.advice}")) from None


def _other(question: Question, unit: str, place: str) -> Benchmark:
    from icc_data.analysis.comparison import beside_peers
    from icc_data.files.pack.benchmark import without_places

    values = question.options.values(unit)
    asked, ignored = unit_peers.read_unit_peers(dict(question.params), unit, values)
    refuse(ignored, {"peers": list(unit_peers.RULES[unit]), "peer": values})
    regions = unit_peers.regions(rows_of(question.rows_of(queries.cities, Selection())))
    chosen = unit_peers.unit_members(asked, place, values, regions)
    if not chosen:
        nobody(asked.rule)
    within = without_places(question.selection)
    return beside_peers(
        unit,
        place,
        chosen,
        asked.in_words(place, regions),
        areas=question.ask(queries.unit_areas, within, unit),
        measures=question.ask(queries.unit_measures, within, unit),
        results=question.ask(queries.index_results),
        codes=question.options.values("policy_area"),
        label=question.options.label,
    )
