"""Any rows as a chart: which kinds suit their columns, which columns go where, and what of the rows is drawn."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
from pandas.api import types

from icc_data.drawing.palette import Look
from icc_data.i18n import translate as _

Role = Literal["number", "year", "time", "text", "other"]
Kind = Literal["bars", "lines", "points", "heatmap"]

KINDS: tuple[Kind, ...] = ("bars", "lines", "points", "heatmap")
MOST_MARKS = 5_000
MOST_BARS = 60
# So many colours there are that everybody can tell apart.
MOST_COLOURS = 7
# The ends of an interval, by what the column is called: alone or behind the name of the column that they belong to.
ENDS = ("low", "high")
_YEARS = (1850, 2100)
_AXES: dict[Kind, tuple[tuple[Role, ...], tuple[Role, ...], tuple[Role, ...]]] = {
    "bars": (("text", "year", "time"), ("number",), ("text",)),
    "lines": (("year", "time", "number"), ("number",), ("text",)),
    "points": (("number", "year", "time"), ("number", "year"), ("text",)),
    "heatmap": (("year", "text"), ("text", "year"), ("number",)),
}


@dataclass(frozen=True)
class Picture:
    """What to draw: the kind, and the columns along it, up it, and in its colours (empty for none)."""

    kind: Kind
    x: str
    y: str
    colour: str = ""


@dataclass(frozen=True)
class Marks:
    """What is drawn of some rows.

    Attributes:
        frame: the rows, their columns called ``x, y, colour`` and, for what else a tooltip says, ``more0`` and so on;
            ``low, high`` are the ends of an interval around ``y``.
        titles: what each of these columns is called in the result.
        unknown: how many rows are left out because the picture has no place for what they do not know.
        cut: how many rows are left out because they are too many.
    """

    frame: pd.DataFrame
    titles: Mapping[str, str]
    unknown: int = 0
    cut: int = 0


def roles(frame: pd.DataFrame) -> dict[str, Role]:
    """What each column can be in a picture."""
    return {str(name): _role(str(name), frame[name]) for name in frame.columns}


def _role(name: str, values: pd.Series[Any]) -> Role:
    present = values.dropna()
    if types.is_bool_dtype(values.dtype):
        return "text"
    if types.is_integer_dtype(values.dtype):
        named = "year" in name.lower() or name.lower() == "joined"
        return "year" if named and len(present) and present.between(*_YEARS).all() else "number"
    if types.is_float_dtype(values.dtype):
        return "number"
    if types.is_datetime64_any_dtype(values.dtype) or (len(present) and hasattr(present.iloc[0], "isoformat")):
        return "time" if not len(present) or hasattr(present.iloc[0], "year") else "other"
    return "text" if len(present) and isinstance(present.iloc[0], str) else "other"


def columns_for(kind: Kind, column_roles: Mapping[str, Role]) -> tuple[list[str], list[str], list[str]]:
    """The columns that can go along, up, and into the colours of a kind of picture, the likeliest first."""
    along, up, colours = ([name for name, role in column_roles.items() if role in wanted] for wanted in _AXES[kind])
    # Ends of intervals are drawn with what lies between them.
    ends = {end for name in column_roles for end in interval(name, column_roles)}
    along, up, colours = ([name for name in names if name not in ends] or names for names in (along, up, colours))
    if kind in ("lines", "heatmap"):
        along.sort(key=lambda name: _AXES[kind][0].index(column_roles[name]))
    up.sort(key=lambda name: _AXES[kind][1].index(column_roles[name]))
    if kind == "heatmap":
        # What a query is after is mostly its last number; those before say what it rests on.
        colours.reverse()
    return along, up, colours


def suggested(kind: Kind, column_roles: Mapping[str, Role]) -> Picture | None:
    """A picture of a kind, its columns chosen by what they are; None where there are none that suit."""
    along, up, colours = columns_for(kind, column_roles)
    for x in along:
        y = next((name for name in up if name != x), None)
        if y is None:
            continue
        free = [name for name in colours if name not in (x, y)]
        if kind == "heatmap":
            return Picture(kind, x, y, free[0]) if free else None
        # Elsewhere colours come on request only: most often each text has a bar or point of its own.
        coloured = free and (kind == "lines" or (kind == "bars" and column_roles[x] != "text"))
        return Picture(kind, x, y, free[0] if coloured else "")
    return None


def interval(name: str, columns: Collection[str]) -> tuple[str, ...]:
    """The columns that hold the low and the high end of an interval around another one; empty where there are none.

    Args:
        name: the column between them: of “share” they are “share_low” and “share_high”, or “low” and “high”.
        columns: all of the result.
    """
    for pair in (tuple(f"{name}_{end}" for end in ENDS), ENDS):
        if name not in pair and all(end in columns for end in pair):
            return pair
    return ()


def best(frame: pd.DataFrame) -> Picture | None:
    """The picture that suits a result best; None where none does."""
    column_roles = roles(frame)
    leading = next((name for name, role in column_roles.items() if role in ("text", "year", "time")), None)
    order: Sequence[Kind] = KINDS
    if leading is None:
        order = ("points", "lines")
    elif column_roles[leading] == "text" and not frame[leading].is_unique:
        order = ("heatmap", *KINDS)
    elif column_roles[leading] == "text" and len(columns_for("bars", column_roles)[1]) == 2:
        # A name with two numbers: how the one goes with the other.
        order = ("points", *KINDS)
    return next((picture for kind in order if (picture := suggested(kind, column_roles))), None)


def marks(frame: pd.DataFrame, picture: Picture, *, zeros: bool = False) -> Marks:
    """The rows that a picture shows, in their order.

    Args:
        frame: the result.
        picture: the kind and the columns.
        zeros: whether a line is at zero in years without a row, rather than broken.
    """
    column_roles = roles(frame)
    places = {"x": picture.x, "y": picture.y, **({"colour": picture.colour} if picture.colour else {})}
    if picture.kind != "heatmap":
        places |= dict(zip(ENDS, interval(picture.y, column_roles), strict=False))
    others = [name for name, role in column_roles.items() if role == "text" and name not in places.values()][:3]
    places |= {f"more{number}": name for number, name in enumerate(others)}
    drawn = pd.DataFrame({place: frame[name] for place, name in places.items()})
    for place, name in places.items():
        if column_roles[name] == "text":
            drawn[place] = drawn[place].astype(object).map(str, na_action="ignore").fillna(_("Not stated"))
        elif column_roles[name] == "time":
            drawn[place] = pd.to_datetime(drawn[place])
        elif types.is_float_dtype(drawn[place].dtype):
            # No axis reaches there: left to the drawing, such a mark would be missing without a word.
            drawn[place] = drawn[place].replace([math.inf, -math.inf], math.nan)
    needed = [place for place in ("x", "y", "colour") if place in places]
    whole = drawn.dropna(subset=needed)
    kept = whole.head(MOST_MARKS)
    if picture.kind == "bars" and column_roles[picture.x] == "text":
        kept = whole[whole["x"].isin(whole["x"].drop_duplicates().head(MOST_BARS))].head(MOST_MARKS)
    unknown, cut = len(drawn) - len(whole), len(whole) - len(kept)
    kept = kept.reset_index(drop=True)
    if picture.kind == "lines" and column_roles[picture.x] == "year":
        kept = _every_year(kept, zeros=zeros)
    return Marks(kept, places, unknown, cut)


def skips_years(frame: pd.DataFrame, picture: Picture) -> bool:
    """Whether a line of a picture has years without a row between its first and its last one."""
    if picture.kind != "lines" or roles(frame)[picture.x] != "year":
        return False
    drawn = marks(frame, picture).frame
    return bool(drawn["y"].isna().any())


def _every_year(drawn: pd.DataFrame, *, zeros: bool) -> pd.DataFrame:
    """A row for each year of each line; those that are added have no value, or zero."""
    drawn = drawn.assign(y=drawn["y"].convert_dtypes())
    parts = [part for _, part in drawn.groupby("colour", sort=False)] if "colour" in drawn else [drawn]
    added = []
    for part in parts:
        years = set(part["x"].astype(int))
        missing = sorted(set(range(min(years, default=0), max(years, default=0) + 1)) - years)
        rows = pd.DataFrame({"x": missing, "y": [0 if zeros else pd.NA] * len(missing)})
        rows = rows.astype({"x": drawn["x"].dtype, "y": drawn["y"].dtype})
        added.append(rows.assign(colour=part["colour"].iloc[0]) if "colour" in part else rows)
    filled = pd.concat([drawn, *(rows for rows in added if len(rows))], ignore_index=True)
    return filled.sort_values("x", kind="stable", ignore_index=True)


def colours(values: pd.Series[Any], look: Look, meanings: Mapping[str, str]) -> dict[str, str] | None:
    """A colour for each value in its order; None where there are more than can be told apart.

    Args:
        values: texts.
        look: the user's theme.
        meanings: values that have a colour of their own everywhere, such as commitments.
    """
    distinct = list(dict.fromkeys(values))
    if len(distinct) > MOST_COLOURS:
        return None
    if all(value in meanings or value == _("Not stated") for value in distinct):
        return {value: meanings.get(value, look.unknown) for value in distinct}
    return dict(zip(distinct, (*look.categories, look.others), strict=False))
