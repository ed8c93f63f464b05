"""The list of actions of a policy audit, to print and to write on (PDF, A4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from icc_data.analysis.audit import NEED_RULE
from icc_data.analysis.audit_rows import first_needs
from icc_data.analysis.borrow import WEIGHTS
from icc_data.cells import dicts_of, is_known, python_value
from icc_data.drawing.palette import LIGHT
from icc_data.files.export import LICENCE, Provenance
from icc_data.files.report.document import (
    FOLDER,
    LONGEST_SHOWN,
    coding,
    frame,
    programme,
    running,
    short,
    typeset,
    version,
    web_address,
)
from icc_data.i18n import enumeration, number, percent, translate_plural
from icc_data.i18n import translate as _

TEMPLATE = FOLDER / "action_list.typ"
FIRST_AREAS = 5
# Letters of one text that a person wrote: what is longer cannot stand on a page as a whole.
LONGEST_TITLE, LONGEST_TEXT = 200, 600
LONGEST_SOURCE = 300
MOST_PEERS = 12


def printed_action_list(
    city: str,
    actions: pd.DataFrame,
    needs: pd.DataFrame,
    peers: Sequence[str],
    rule: str,
    provenance: Provenance,
    *,
    note: str = "",
) -> bytes:
    """The list of actions with room for who does what by when, as PDF.

    Args:
        city: what the city is called.
        actions: the answer of ``proposals.action_rows``.
        needs: the answer of ``audit_rows.need_rows``.
        peers: what the peers are called, the nearest first.
        rule: how they were chosen, in words.
        provenance: where the view is, and which data it shows.
        note: what to bear in mind of the peers; see ``peer_reasons.editions_note``.
    """
    content = {
        **frame(
            _("Intercultural Cities Atlas · Policy audit"),
            _("Action list of {city}").format(city=short(city, LONGEST_SHOWN)),
            provenance,
            hue=LIGHT.amount,
            foot=(programme(), coding(), _(LICENCE), version(provenance)),
            letters=LONGEST_SHOWN,
        ),
        "summary": _summary(actions),
        "peers": f"{_peers(peers, rule)} {note}".rstrip(),
        "method": _method(),
        "needs": _needs(needs, actions),
        "areas": _areas(actions, needs),
        "nothing": _("None was picked.") if actions.empty else "",
        "fields": {"who": _("Who"), "when": _("By when"), "notes": _("Notes")},
    }
    content["running"] = running(content["title"], provenance)
    return typeset(TEMPLATE, content, provenance)


def _summary(actions: pd.DataFrame) -> str:
    areas = actions["area"].nunique() if len(actions) else 0
    picked = translate_plural("{count} practice picked", "{count} practices picked", len(actions))
    within = translate_plural("in {count} policy area", "in {count} policy areas", areas)
    return _("{picked} {within}, with room for who does what by when.").format(
        picked=picked.format(count=number(len(actions))), within=within.format(count=number(areas))
    )


def _peers(peers: Sequence[str], rule: str) -> str:
    if not peers:
        return _("Peers: none.")
    names = [short(name, LONGEST_SHOWN) for name in peers[:MOST_PEERS]]
    if len(peers) > MOST_PEERS:
        names.append(_("{count} more").format(count=number(len(peers) - MOST_PEERS)))
    words = _("Peers: {names}. Chosen as: {rule}.")
    return words.format(rule=short(rule, LONGEST_SHOWN), names=enumeration(names))


def _method() -> str:
    ranked = _(
        "Practices to borrow are those of the peers that the city does not share, ranked by gap ({gap}), similarity "
        "of the cities ({similarity}), recency ({recency}) and completeness of the description ({completeness}); the "
        "team picked among them."
    )
    weights = {name: percent(weight) for name, weight in WEIGHTS.items()}
    return f"{_(NEED_RULE)} {ranked.format(**weights)}"


def _needs(needs: pd.DataFrame, actions: pd.DataFrame) -> dict[str, Any]:
    """The areas that need most and those of the picked practices; how many more there are, and what is not known."""
    listed, unknown = first_needs(needs, FIRST_AREAS, set(actions["area"]) if len(actions) else set())
    others = int(needs.drop(listed.index)["need"].notna().sum())
    words = translate_plural(
        "{count} more area comes after these.", "{count} more areas come after these.", others
    ).format(count=number(others))
    return {
        "title": _("Areas to work on"),
        "heads": [_("Policy area"), _("Need"), _("Gap"), _("Importance"), _("Peers with a practice to lend")],
        "entries": [
            {
                "area": short(row["area"], LONGEST_SHOWN),
                "need": number(row["need"]) if is_known(row["need"]) else "?",
                "length": row["need"] / 100 if is_known(row["need"]) else 0.0,
                "gap": number(row["gap"]) if is_known(row["gap"]) else "",
                "basis": row["gap_basis"],
                "importance": _("{count} of {all}").format(
                    count=number(row["importance"], 0 if row["importance"] % 1 == 0 else 1), all=5
                ),
                "lend": row["lend"],
            }
            for row in dicts_of(listed)
        ],
        "note": " ".join(filter(None, [words if others else "", unknown])),
        "nothing": _("No area has a need by what was rated and weighed."),
    }


def _areas(actions: pd.DataFrame, needs: pd.DataFrame) -> list[dict[str, Any]]:
    """The picked practices, area by area, the one that needs most first."""
    areas: list[dict[str, Any]] = []
    if actions.empty:
        return areas
    for name in dict.fromkeys([*needs["area"], *actions["area"]]):
        picked = dicts_of(actions[actions["area"] == name])
        if picked:
            title = _("Practices to borrow: {area}").format(area=name)
            areas.append({"title": title, "entries": [_action(row) for row in picked]})
    return areas


def _action(row: Mapping[str, Any]) -> dict[str, str]:
    action = {name: python_value(value) for name, value in row.items()}
    place = [action["city"] or _("city not stated"), action["when"] or _("no year published")]
    source = action["source"] or ""
    return {
        "title": short(action["practice"], LONGEST_TITLE),
        "place": short(" · ".join(place), LONGEST_TITLE),
        "summary": short(action["summary"] or "", LONGEST_TEXT),
        "why": short(action["why"] or "", LONGEST_TEXT),
        "address": web_address(source),
        "source": short(source, LONGEST_SOURCE) or _("No source address"),
    }
