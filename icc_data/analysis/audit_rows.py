"""What a policy audit shows of the areas to work on: bars, and rows for its documents, in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from icc_data.analysis.audit import COUNTED, RATED, SCORED, UNKNOWN, ranked
from icc_data.analysis.own_results import OWN
from icc_data.cells import dicts_of, is_known, python_value
from icc_data.i18n import enumeration, mark, number, translate_plural
from icc_data.i18n import translate as _

NOBODY_LENDS = mark("no peer has published one yet: ask the network")
NOT_KNOWN = mark("not known: rate it")
_BASES = {
    RATED: mark("Our rating"),
    SCORED: mark("Index score"),
    COUNTED: mark("Counted from published practices"),
    UNKNOWN: mark("Not known"),
}


def basis_words() -> dict[str, str]:
    """What each basis of a gap that has a length is called, the surest first."""
    return {basis: _(words) for basis, words in _BASES.items() if basis != UNKNOWN}


def need_bars(
    frame: pd.DataFrame,
    labels: Mapping[str, str],
    editions: Mapping[str, int],
    peers: int,
    own: Collection[str] = (),
) -> pd.DataFrame:
    """The areas as bars; see ``need_rows`` for the arguments.

    Returns:
        In the order of ``ranked``: ``code, label, need`` (0-100, 0 where it is not known), ``text`` (beside the bar),
        ``basis`` (of the gap, in words), ``gap_basis`` (the same with its numbers) and ``lend`` (what peers can lend).
    """
    rows = [
        {
            "code": row["code"],
            "label": labels[row["code"]],
            "need": row["need"] if is_known(row["need"]) else 0.0,
            "text": _beside(row, peers),
            "basis": _(_BASES[row["basis"]]),
            "gap_basis": _gap_words(row, editions.get(row["code"]), row["code"] in own),
            "lend": lend_words(row["lenders"], peers),
        }
        for row in dicts_of(ranked(frame))
    ]
    return pd.DataFrame(rows)


def _beside(row: Mapping[str, Any], peers: int) -> str:
    """The words beside the bar of an area."""
    need = number(row["need"]) if is_known(row["need"]) else _(NOT_KNOWN)
    if not row["lenders"]:
        return _("{need} · ask the network").format(need=need)
    lending = _("{need} · {count} of {all} can lend")
    return lending.format(need=need, count=number(row["lenders"]), all=number(peers))


def need_rows(
    frame: pd.DataFrame,
    labels: Mapping[str, str],
    editions: Mapping[str, int],
    peers: int,
    own: Collection[str] = (),
) -> pd.DataFrame:
    """The areas to work on as rows in the order of ``ranked``, each with the parts of its need.

    Args:
        frame: the answer of ``standing``.
        labels: what each policy area is called.
        editions: the year of the score of each policy area, where it is known.
        peers: how many peers there are.
        own: the policy areas whose score is the city's own and not published.

    Returns:
        ``area`` (what it is called), ``need, gap`` (whole numbers of 100, missing where they are not known),
        ``gap_basis`` (what the gap is taken from, in words), ``importance`` (of 5), ``lend`` (what the peers can lend,
        in words).
    """
    rows = [
        {
            "area": labels[row["code"]],
            "need": round(row["need"]) if is_known(row["need"]) else None,
            "gap": round(row["gap"] * 100) if is_known(row["gap"]) else None,
            "gap_basis": _gap_words(row, editions.get(row["code"]), row["code"] in own),
            "importance": row["importance"],
            "lend": lend_words(row["lenders"], peers),
        }
        for row in dicts_of(ranked(frame))
    ]
    return pd.DataFrame(rows).astype({"need": "Int64", "gap": "Int64"})


def need_headings() -> dict[str, str]:
    """What each column of ``need_rows`` is called, in the language in use."""
    return {
        "area": _("Policy area"),
        "need": _("Need of 100"),
        "gap": _("Gap of 100"),
        "gap_basis": _("The gap is taken from"),
        "importance": _("Importance of 5"),
        "lend": _("Peers with a practice to lend"),
    }


def first_needs(needs: pd.DataFrame, count: int, picked: Collection[str]) -> tuple[pd.DataFrame, str]:
    """The areas that a document lists, and a sentence on those whose need is not known.

    Args:
        needs: the answer of ``need_rows``.
        count: how many of those that need most.
        picked: what the areas of the picked practices are called; they are listed too.

    Returns:
        The rows of ``needs`` that are listed, and the sentence, empty where every need is known.
    """
    neediest = needs[needs["need"].fillna(0) > 0].head(count).index
    rows = needs[needs.index.isin(neediest) | needs["area"].isin(list(picked))]
    return rows, unknown_note(needs[needs["need"].isna()]["area"].tolist())


def unknown_note(areas: Collection[str]) -> str:
    """Which areas have no need that could be known, and what would make it known; empty where there are none.

    Args:
        areas: what they are called.
    """
    if not areas:
        return ""
    words = translate_plural(
        "Not known in {count} area, which has no rating, Index score or published practice: {areas}. To have published "
        "nothing is not to do nothing: rate it, or bring your own Index results.",
        "Not known in {count} areas, which have no rating, Index score or published practice: {areas}. To have "
        "published nothing is not to do nothing: rate them, or bring your own Index results.",
        len(areas),
    )
    return words.format(count=number(len(areas)), areas=enumeration(areas))


def lend_words(lending: int, peers: int) -> str:
    """How many peers can lend a practice; that none can is no reason to leave the area alone.

    Args:
        lending: peers with a practice in the area that the city has no part in.
        peers: how many there are.
    """
    if not lending:
        return _(NOBODY_LENDS)
    return _("{count} of {all}").format(count=number(lending), all=number(peers))


def _gap_words(row: Mapping[str, Any], edition: int | None, own: bool) -> str:
    """What the gap of an area rests on."""
    rating, score = python_value(row["rating"]), python_value(row["score"])
    if rating is not None:
        return _("our rating, {rating}").format(rating=number(rating))
    if score is not None:
        year = _("edition not stated") if edition is None else str(edition)
        name = _(OWN) if own else _("Index score")
        return _("{name}, {score} ({year})").format(name=name, score=number(score), year=year)
    if row["basis"] == UNKNOWN:
        return _(NOT_KNOWN)
    words = translate_plural(
        "counted: {count} published practice, no rating or score",
        "counted: {count} published practices, no rating or score",
        row["practices"],
    )
    return words.format(count=number(row["practices"]))
