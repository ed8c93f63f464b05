"""Any rows as a chart: which kinds suit their columns, which columns go where, and the drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import pandas as pd
from pandas.api import types

from icc_data.drawing.charts import themed
from icc_data.drawing.heatmaps import Shade, Side, heatmap
from icc_data.drawing.palette import Look
from icc_data.drawing.row_labels import ROW_HEIGHT
from icc_data.i18n import translate as _

Role = Literal["number", "year", "time", "text", "other"]
Kind = Literal["bars", "lines", "points", "heatmap"]

KINDS: tuple[Kind, ...] = ("bars", "lines", "points", "heatmap")
MOST_MARKS = 5_000
MOST_BARS = 60
# So many colours there are that everybody can tell apart.
MOST_COLOURS = 7
MOST_WRITTEN_CELLS = 600
_HEIGHT = 340
_YEARS = (1850, 2100)
_AXES: dict[Kind, tuple[tuple[Role, ...], tuple[Role, ...], tuple[Role, ...]]] = {
    "bars": (("text", "year", "time"), ("number",), ("text",)),
    "lines": (("year", "time", "number"), ("number",), ("text",)),
    "points": (("number", "year", "time"), ("number", "year"), ("text",)),
    "heatmap": (("year", "text"), ("text", "year"), ("number",)),
}
_TYPES: dict[Role, str] = {"number": "Q", "year": "Q", "time": "T", "text": "N", "other": "N"}


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
        frame: the rows, their columns called ``x, y, colour`` and, for what else a tooltip says, ``more0`` and so on.
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


def best(frame: pd.DataFrame) -> Picture | None:
    """The picture that suits a result best; None where none does."""
    column_roles = roles(frame)
    leading = next((name for name, role in column_roles.items() if role in ("text", "year", "time")), None)
    order: Sequence[Kind] = KINDS
    if leading is None:
        order = ("points", "lines")
    elif column_roles[leading] == "text" and not frame[leading].is_unique:
        order = ("heatmap", *KINDS)
    return next((picture for kind in order if (picture := suggested(kind, column_roles))), None)


def marks(frame: pd.DataFrame, picture: Picture) -> Marks:
    """The rows that a picture shows, in their order."""
    column_roles = roles(frame)
    places = {"x": picture.x, "y": picture.y, **({"colour": picture.colour} if picture.colour else {})}
    others = [name for name, role in column_roles.items() if role == "text" and name not in places.values()][:3]
    places |= {f"more{number}": name for number, name in enumerate(others)}
    drawn = pd.DataFrame({place: frame[name] for place, name in places.items()})
    for place, name in places.items():
        if column_roles[name] == "text":
            drawn[place] = drawn[place].astype(object).map(str, na_action="ignore").fillna(_("Not stated"))
        elif column_roles[name] == "time":
            drawn[place] = pd.to_datetime(drawn[place])
    needed = [place for place in ("x", "y", "colour") if place in places]
    whole = drawn.dropna(subset=needed)
    kept = whole.head(MOST_MARKS)
    if picture.kind == "bars" and column_roles[picture.x] == "text":
        kept = whole[whole["x"].isin(whole["x"].drop_duplicates().head(MOST_BARS))].head(MOST_MARKS)
    return Marks(kept.reset_index(drop=True), places, len(drawn) - len(whole), len(whole) - len(kept))


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


def draw(
    drawn: Marks,
    column_roles: Mapping[str, Role],
    picture: Picture,
    look: Look,
    hues: Mapping[str, str] | None,
    *,
    legend: bool = False,
) -> Any:
    """The picture as an Altair chart.

    Args:
        drawn: what to draw.
        column_roles: what each column of the result can be.
        picture: the kind and the columns.
        look: the user's theme.
        hues: colour by value of the colour column; None for a single colour.
        legend: whether the chart itself names the colours.
    """
    if picture.kind == "heatmap":
        return _heatmap(drawn, picture, look)
    base = alt.Chart(drawn.frame).encode(tooltip=_tooltip(drawn, column_roles))
    if hues and picture.colour:
        scale = alt.Scale(domain=list(hues), range=list(hues.values()))
        names = alt.Legend(orient="bottom", title=None, columns=4, labelLimit=0) if legend else None
        base = base.encode(color=alt.Color("colour:N", scale=scale, legend=names))
    if picture.kind == "bars":
        return themed(_bars(base, drawn, column_roles, picture, look), look)
    x, y = (_axis(place, drawn, column_roles) for place in ("x", "y"))
    if picture.kind == "lines":
        return themed(base.mark_line(color=look.amount, point=True).encode(x=x, y=y).properties(height=_HEIGHT), look)
    points = base.mark_point(color=look.amount, filled=True, size=60, opacity=0.75)
    return themed(points.encode(x=x, y=y).properties(height=_HEIGHT), look)


def _bars(base: alt.Chart, drawn: Marks, column_roles: Mapping[str, Role], picture: Picture, look: Look) -> Any:
    amount = drawn.titles["y"]
    if column_roles[picture.x] == "text":
        names = alt.Y("x:N", sort=None, title=None, axis=alt.Axis(labelColor=look.text, labelPadding=8))
        axis = alt.Axis(orient="top", grid=True, format="~s", tickMinStep=_step(drawn.frame["y"]))
        length = alt.X("y:Q", title=amount, axis=axis)
        height = ROW_HEIGHT * drawn.frame["x"].nunique() + 40
        return base.mark_bar(color=look.amount, height=14).encode(y=names, x=length).properties(height=height)
    axis = alt.Axis(**_top_title(amount), format="~s", tickMinStep=_step(drawn.frame["y"]))
    height_of = alt.Y("y:Q", title=None, axis=axis)
    bars = base.mark_bar(color=look.amount, binSpacing=2)
    if column_roles[picture.x] == "year":
        bars = bars.transform_calculate(low="datum.x - 0.5", high="datum.x + 0.5")
        along = alt.X("low:Q", bin="binned", title=None, axis=alt.Axis(format="d", tickMinStep=1, grid=False))
        return bars.encode(x=along, x2="high:Q", y=height_of).properties(height=_HEIGHT)
    return bars.encode(x=_axis("x", drawn, column_roles), y=height_of).properties(height=_HEIGHT)


def _step(values: pd.Series[Any]) -> Any:
    return 1 if types.is_integer_dtype(values.dtype) else alt.Undefined


def _top_title(title: str) -> dict[str, Any]:
    return {"title": title, "titleAngle": 0, "titleAlign": "left", "titleY": -8, "titleX": 0}


def _axis(place: str, drawn: Marks, column_roles: Mapping[str, Role]) -> Any:
    role = column_roles[drawn.titles[place]]
    style: dict[str, Any] = {"grid": True, "tickMinStep": _step(drawn.frame[place])}
    if role == "year":
        style["format"] = "d"
    title = drawn.titles[place]
    scale = alt.Scale(zero=False, nice=True, padding=10)
    if place == "x":
        return alt.X(f"x:{_TYPES[role]}", scale=scale, title=title, axis=alt.Axis(**style))
    return alt.Y(f"y:{_TYPES[role]}", scale=scale, title=None, axis=alt.Axis(**style, **_top_title(title)))


def _tooltip(drawn: Marks, column_roles: Mapping[str, Role]) -> list[Any]:
    forms: dict[Role, Any] = {"number": ",.4~f", "year": "d"}
    return [
        alt.Tooltip(
            f"{place}:{_TYPES[column_roles[name]]}", title=name, format=forms.get(column_roles[name], alt.Undefined)
        )
        for place, name in drawn.titles.items()
    ]


def _heatmap(drawn: Marks, picture: Picture, look: Look) -> Any:
    whole = types.is_integer_dtype(drawn.frame["colour"].dtype)
    form = "{:,}" if whole else "{:,.4g}"
    return heatmap(
        drawn.frame.assign(words=drawn.frame["colour"].map(form.format)),
        look,
        Side("x"),
        Side("y"),
        Shade("colour", title=picture.colour, form=",d" if whole else ",.2~f", diverging=picture.colour == "lift"),
        text="words" if len(drawn.frame) <= MOST_WRITTEN_CELLS else None,
    )
