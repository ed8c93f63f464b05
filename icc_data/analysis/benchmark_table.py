"""A benchmark as one table, for screen and file, and the rows that it can be computed from again."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
import pandas as pd

from icc_data.analysis.benchmark import FEWEST_PEERS, GOOD_ENDS, MEASURES, counts_of
from icc_data.cells import dicts_of, is_known, rows_of
from icc_data.i18n import NOT_STATED, number, percent, translate_plural
from icc_data.i18n import translate as _

VALUES = ("own", "q1", "median", "q3")
COUNTS = ("practices", "count_q1", "count_median", "count_q3", "peers_with")
COLUMNS = ("kind", "item", "label", "year", *VALUES, "percentile", "n", "rank", *COUNTS, "words", "good_end")


def table(portfolio: pd.DataFrame, breadth: pd.DataFrame, index: pd.DataFrame) -> pd.DataFrame:
    """All of a benchmark, a row a policy area, measure or Index score.

    Args:
        portfolio: the answer of ``benchmark.portfolio`` with ``label``.
        breadth: the answer of ``benchmark.breadth`` with ``label``.
        index: the answer of ``benchmark.index_comparison`` with ``label``; no rows where there is nothing to compare.

    Returns:
        ``COLUMNS``: ``kind`` is ``policy_area``, ``measure`` or ``index``; ``own`` and the quartiles are shares of
        practices (0-1) of a policy area, the values of a measure, and scores (0-100) of the Index, with ``year``: its
        edition; ``practices`` and the other counts stand with policy areas only; ``words`` says where the place stands,
        with counts where a rank would say more than the numbers bear, and ``good_end`` which end of the scale is good.
    """
    rows = [
        *(_area_row(row) for row in rows_of(portfolio)),
        *(_measure_row(row) for row in rows_of(breadth)),
        *(_index_row(row) for row in rows_of(index)),
    ]
    # A column at once: three frames with other columns each, laid below each other, take three times as long.
    return pd.DataFrame({name: [row.get(name, np.nan) for row in rows] for name in COLUMNS})


def _area_row(row: Any) -> dict[str, Any]:
    shared = ("label", "q1", "median", "q3", "percentile", "n", *COUNTS)
    return {
        **{name: getattr(row, name) for name in shared},
        "kind": "policy_area",
        "item": row.code,
        "own": row.share,
        "words": area_words(row),
        "good_end": _(GOOD_ENDS["policy_area"]),
    }


def _measure_row(row: Any) -> dict[str, Any]:
    shared = ("label", *VALUES, "percentile", "n", "peers_with")
    return {
        **{name: getattr(row, name) for name in shared},
        "kind": "measure",
        "item": row.measure,
        "words": breadth_words(row),
        "good_end": _(GOOD_ENDS[row.measure]),
    }


def _index_row(row: Any) -> dict[str, Any]:
    shared = ("label", "year", "median", "n", "rank")
    return {
        **{name: getattr(row, name) for name in shared},
        "kind": "index",
        "item": row.policy_area,
        "own": row.score,
        "words": _score_rank(row),
        "good_end": _(GOOD_ENDS["index"]),
    }


def rows_behind(areas: pd.DataFrame, measures: pd.DataFrame, units: Collection[str]) -> pd.DataFrame:
    """What a benchmark was computed from: a row a place, with its measures and its practices in each policy area.

    Args:
        areas: the answer of ``queries.unit_areas``.
        measures: the answer of ``queries.unit_measures``.
        units: whose rows, in their order.

    Returns:
        ``unit``, the measures, and ``policy_area_<code>``: practices there; a share is that over ``practices``.
    """
    order, counts = list(units), counts_of(areas)
    columns = {
        f"policy_area_{code}": [counts.get(unit, {}).get(code, 0) for unit in order]
        for code in sorted({code for of_unit in counts.values() for code in of_unit})
    }
    places = {unit: place for place, unit in enumerate(measures["unit"].tolist())}
    rows = measures.iloc[[places[unit] for unit in order]].reset_index(drop=True)
    return pd.concat([rows, pd.DataFrame(columns, index=rows.index)], axis=1)


def with_roles(rows: pd.DataFrame, unit: str, peers: Collection[str]) -> pd.DataFrame:
    """Rows of places with ``role``: ``itself`` of the place, ``peer`` of those it is beside, else nothing.

    Args:
        rows: an answer with ``unit``.
        unit: the place.
        peers: those it is beside.
    """
    roles = dict.fromkeys(peers, "peer") | {unit: "itself"}
    return rows.assign(role=[roles.get(name, "") for name in rows["unit"]])


def with_shares(areas: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """Practices by policy area with ``all_practices`` of the place, and their ``share`` (0-1) of these.

    Args:
        areas: the answer of ``queries.unit_areas``.
        measures: the answer of ``queries.unit_measures``.
    """
    everything = areas["unit"].map(measures.set_index("unit")["practices"])
    return areas.assign(all_practices=everything, share=areas["practices"] / everything)


def kinds() -> dict[str, str]:
    """What each kind of row is called."""
    return {"policy_area": _("Policy area"), "measure": _("Measure"), "index": _("Index")}


def headings(own: str) -> dict[str, str]:
    """What each column of ``table`` is called.

    Args:
        own: what the city, country or network is called.
    """
    return {
        "kind": _("Kind"),
        "item": _("Code"),
        "label": _("What"),
        "year": _("Edition"),
        "own": own,
        "rank": _("Place"),
        "words": _("In words"),
        "q1": _("1st quartile"),
        "median": _("Peers’ median"),
        "q3": _("3rd quartile"),
        "percentile": _("Percentile rank"),
        "good_end": _("Which end is good"),
        "n": _("Peers"),
        "practices": _("Practices"),
        "count_q1": _("1st quartile of practices"),
        "count_median": _("Peers’ practices"),
        "count_q3": _("3rd quartile of practices"),
        "peers_with": _("Peers with any"),
    }


def shown_columns(frame: pd.DataFrame) -> list[str]:
    """The columns of ``table`` that a person is shown, in their order: those that say something of some row."""
    # Which end is good stands beside what it is about: a column of its own would be cut off.
    hidden = ("kind", "item", "year", "count_q1", "count_q3", "good_end")
    return [name for name in headings("") if name not in hidden and frame[name].notna().any()]


def measure_cells(behind: pd.DataFrame) -> pd.DataFrame:
    """What each of a few places has of each measure, as cells.

    Args:
        behind: the answer of ``rows_behind``.

    Returns:
        ``item, unit, value`` (missing of years, which are no amounts) and ``text``, in the order of the measures.
    """
    measures_of = behind.set_index("unit")[list(MEASURES)].astype(float).to_dict("index")
    return pd.DataFrame(
        [
            (measure, unit, np.nan if measure == "newest" else values[measure], measure_words(measure, values[measure]))
            for measure in MEASURES
            for unit, values in measures_of.items()
        ],
        columns=["item", "unit", "value", "text"],
    )


def area_cells(behind: pd.DataFrame, codes: Collection[str]) -> pd.DataFrame:
    """How many practices each of a few places has in each policy area, as cells.

    Args:
        behind: the answer of ``rows_behind``.
        codes: the policy areas, in the order of the rows.

    Returns:
        ``item, unit, value`` and ``text``.
    """
    counts = behind.set_index("unit").to_dict("index")
    cells = [
        (code, unit, int(values.get(f"policy_area_{code}", 0))) for code in codes for unit, values in counts.items()
    ]
    return pd.DataFrame(
        [(code, unit, float(count), number(count)) for code, unit, count in cells],
        columns=["item", "unit", "value", "text"],
    )


def row_names(frame: pd.DataFrame) -> list[str]:
    """What heads each row: its label and, of a measure, which end of it is good.

    Args:
        frame: rows of ``table``.
    """
    ends = frame["good_end"].where(frame["kind"] == "measure")
    return [f"{words} · {end}" if is_known(end) else words for words, end in zip(frame["label"], ends, strict=True)]


def as_read(frame: pd.DataFrame, columns: Collection[str]) -> tuple[pd.DataFrame, list[dict[str, str]]]:
    """The table as a person reads it: shares as percentages, years as years, ranks as whole numbers; where numbers are
    small, practices instead of one's own share of them.

    Args:
        frame: rows of ``table``.
        columns: those to show, in their order; the fewer, the quicker.

    Returns:
        The cells, by which the rows can be sorted; and row by row, by column, how each is written.
    """
    cells, of_rows = _cells(frame, columns)
    forms = _forms()
    told = [
        {name: (form if name in VALUES else forms.get(name, str))(value) for name, value in row.items()}
        for row, form in zip(dicts_of(cells), of_rows, strict=True)
    ]
    return cells, told


def _cells(frame: pd.DataFrame, columns: Collection[str]) -> tuple[pd.DataFrame, list[Callable[[Any], str]]]:
    """The cells that are shown, and how the values of each row are written."""
    # Where no share of the peers is said, the numbers are too small for one's own too: it is counted.
    of_area = frame["kind"].to_numpy() == "policy_area"
    small = of_area & frame["median"].isna().to_numpy()
    names = kinds()
    read = {
        "label": row_names(frame),
        "kind": [names[kind] for kind in frame["kind"]],
        "own": np.where(small, frame["practices"], frame["own"]),
    }
    cells = pd.DataFrame({name: read.get(name, frame[name]) for name in columns}, index=frame.index)
    shares = of_area & ~small
    of_rows: list[Callable[[Any], str]] = [
        _share if is_share else _year if item == "newest" else _decimal
        for is_share, item in zip(shares, frame["item"], strict=True)
    ]
    return cells, of_rows


def _forms() -> dict[str, Callable[[Any], str]]:
    """How the columns are written of which all rows are alike."""
    return {
        **dict.fromkeys(("percentile", "n", "rank", "practices", "peers_with"), _whole),
        **dict.fromkeys(("count_q1", "count_median", "count_q3"), _decimal),
        "year": _year,
    }


def _whole(value: Any) -> str:
    return number(value)


def _share(value: Any) -> str:
    return percent(value)


def _decimal(value: Any) -> str:
    return NOT_STATED if not is_known(value) else number(value, 0 if value == int(value) else 1)


def _year(value: Any) -> str:
    return NOT_STATED if not is_known(value) else str(int(value))


def measure_words(measure: str, value: float) -> str:
    """The value of one of ``benchmark.MEASURES`` in words: a year as a year."""
    assert measure in MEASURES
    return _year(value) if measure == "newest" else _decimal(value)


def area_words(row: Any) -> str:
    """Where a place stands in a policy area, such as “2 practices; 2 of 10 peers have any” or “12% of its
    practices, percentile rank 40”.

    Args:
        row: a row of ``benchmark.portfolio``.
    """
    if row.percentile == row.percentile:
        return _("{share} of its practices, percentile rank {rank}").format(
            share=percent(row.share), rank=number(row.percentile)
        )
    practices = translate_plural("{count} practice", "{count} practices", row.practices)
    return _("{own}; {peers}").format(own=practices.format(count=number(row.practices)), peers=_how_many_have(row))


def _how_many_have(row: Any) -> str:
    """How many of the peers have any of what a row is about."""
    words = translate_plural("{working} of {all} peer has any", "{working} of {all} peers have any", row.peers)
    return words.format(working=number(row.peers_with), all=number(row.peers))


def breadth_words(row: Any) -> str:
    """Where a place stands by a measure: its value with the rank, else with the peers' median or how many have any.

    Args:
        row: a row of ``benchmark.breadth``.
    """
    own = measure_words(row.measure, row.own)
    if row.percentile == row.percentile:
        return _("{value}, percentile rank {rank}").format(value=own, rank=number(row.percentile))
    if row.peers_with >= FEWEST_PEERS and row.median == row.median:
        return _("{value}; the peers’ median is {median}").format(
            value=own, median=measure_words(row.measure, row.median)
        )
    return _("{own}; {peers}").format(own=own, peers=_how_many_have(row)) if row.peers else own


def _score_rank(row: Any) -> str:
    if row.rank != row.rank:
        return score_words(row.score)
    words = _("{score}, rank {rank} of {of}")
    return words.format(score=score_words(row.score), rank=number(row.rank), of=number(row.of))


def edition(year: float | None) -> str:
    """An edition of the Index by its year, or that it is not stated."""
    return str(int(year)) if is_known(year) else _("edition not stated")


def score_words(score: float) -> str:
    """An Index score as it was published."""
    return _decimal(score)


def index_words(row: Any) -> str:
    """A row of ``benchmark.index_comparison`` beside the peers: rank and median, or each score where few have one."""
    if row.median == row.median:
        return _("rank {rank} of {of} with the peers of this edition, whose median is {median}").format(
            rank=number(row.rank), of=number(row.of), median=score_words(row.median)
        )
    if not row.n:
        return _("no peer has a published score in this edition and area")
    return translate_plural("{count} peer: {scores} ({year})", "{count} peers: {scores} ({year})", row.n).format(
        count=number(row.n), scores=", ".join(map(score_words, row.peer_scores)), year=edition(row.year)
    )
