"""Practices that cities carry together as the arcs of a map, and in words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from icc_data.cells import is_known, rows_of
from icc_data.drawing.map_views import Box, Zoom, in_europe, turned
from icc_data.drawing.palette import Look, rgb
from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _

# Letters of the titles in a tooltip, which lies over the map and cannot be scrolled.
_LONGEST = 160


def arc_colour(look: Look) -> str:
    """The colour of arcs: no amount has it."""
    return look.commitments["trust"]


def arcs_between(shared: pd.DataFrame, look: Look, chosen: str | None, box: Box) -> list[dict[str, Any]]:
    """Each pair of cities as an arc: from where to where (degrees), how wide (pixels), which colour, what it says.

    Args:
        shared: pairs of the answer of ``queries.shared_practices``; those of which one city has no place are left out.
        look: the user's theme.
        chosen: the city whose arcs stand out.
        box: what the map shows; in one across the antimeridian, arcs cross it too instead of going around the world.
    """
    west, _south, east, _north = box
    middle = (west + east) / 2 if east > 180 else 0
    placed = [row for row in rows_of(shared) if is_known(row.from_latitude) and is_known(row.to_latitude)]
    any_touched = any(chosen in (row.from_id, row.to_id) for row in placed)
    colour, arcs = rgb(arc_colour(look)), []
    for row in placed:
        # With a city chosen, its own arcs stand out and the others step back.
        strong = not any_touched or chosen in (row.from_id, row.to_id)
        count = _("Shared practices: {count}").format(count=number(row.practices))
        arcs.append(
            {
                "from": [turned(row.from_longitude, middle), row.from_latitude],
                "to": [turned(row.to_longitude, middle), row.to_latitude],
                "width": 0.8 + min(row.practices, 6) * 0.5,
                "colour": [*colour, (220 if any_touched else 110) if strong else 25],
                "head": f"{row.from_name} – {row.to_name}",
                "detail": f"{count} · {_beginning(row.titles)}",
            }
        )
    return arcs


def _beginning(titles: str) -> str:
    """As many words of titles as a tooltip has room for, and a sign where there are more."""
    return titles if len(titles) <= _LONGEST else f"{titles[:_LONGEST].rsplit(' ', 1)[0]} …"


def of_city(shared: pd.DataFrame, city_id: str | None) -> pd.DataFrame:
    """The pairs of the answer of ``queries.shared_practices`` to which a city belongs."""
    return shared[(shared["from_id"] == city_id) | (shared["to_id"] == city_id)]


def pairs_in_words(shared: pd.DataFrame, work: pd.DataFrame, zoom: Zoom) -> str:
    """How many pairs of cities the arcs join, by how many practices, and how many lead out of the picture.

    Args:
        shared: the answer of ``queries.shared_practices``.
        work: the answer of ``queries.shared_work``, which lists the titles of each pair.
        zoom: where the map looks.
    """
    joined = {frozenset((row.from_id, row.to_id)) for row in rows_of(shared)}
    titles = {title for row in rows_of(work) if frozenset((row.one, row.other)) in joined for title in row.titles}
    sentence = _("{pairs} carry {practices} together.").format(
        pairs=translate_plural("{count} pair of cities", "{count} pairs of cities", len(joined)).format(
            count=number(len(joined))
        ),
        practices=translate_plural("{count} practice", "{count} practices", len(titles)).format(
            count=number(len(titles))
        ),
    )
    away = 0
    for row in rows_of(shared.dropna(subset=["from_latitude", "to_latitude"])):
        ends = ((row.from_longitude, row.from_latitude), (row.to_longitude, row.to_latitude))
        away += not all(in_europe(*end) for end in ends)
    if zoom == "europe" and away:
        sentence += " " + translate_plural(
            "{count} arc leads out of this view: “World” shows it whole.",
            "{count} arcs lead out of this view: “World” shows them whole.",
            away,
        ).format(count=number(away))
    return sentence


def strongest_pairs(shared: pd.DataFrame, count: int) -> pd.DataFrame:
    """The pairs with the most practices in common, those with one only where none has more.

    Args:
        shared: the answer of ``queries.shared_practices``, the most practices first.
        count: how many at most.
    """
    several = shared[shared["practices"] > 1]
    return (shared if several.empty else several).head(count)
