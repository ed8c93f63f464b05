"""What pandas makes of the rows of each picture of terms and of pairs, beside the marks of the picture."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import spearmanr

from icc_data.analysis.completeness import CITY_FIELDS, PRACTICE_FIELDS
from icc_data.drawing.palette import LIGHT
from tests.helpers.as_drawn import Drawn
from tests.helpers.reproduced import AREA_COLOURS, FEW, called, lightness, same, shaded_by, told


def lengths(drawn: Drawn, names: list[str], amounts: pd.Series[Any], *, place: int = 0) -> pd.DataFrame:
    """Assert that bars from one edge are as long as their amounts are large, and give them."""
    bars = drawn.marks("rect", place)
    assert list(bars["y"]) == names
    assert (bars["left"] == 0).all()
    assert np.allclose(bars["right"] / bars["right"].max(), (amounts / amounts.max()).to_numpy(), atol=1e-6)
    return bars


def ranked(rows: pd.DataFrame, drawn: Drawn, facet: str, column: str = "code", most: int = 99) -> pd.DataFrame:
    """The terms with most practices, each with its number at the end of its bar."""
    top = rows[rows["practices"] > 0].sort_values("practices", ascending=False, kind="stable")
    bars = drawn.marks("rect")
    top = top.head(min(most, len(bars)))
    assert sorted(bars["y"]) == sorted(bars["y"].unique())
    by_name = dict(zip(called(facet, rows[column]), rows["practices"], strict=True))
    amounts = pd.Series([by_name[name] for name in bars["y"]])
    assert list(amounts) == list(top["practices"])
    assert len(bars) == len(top)
    lengths(drawn, list(bars["y"]), amounts)
    assert [words.split(" ")[0] for words in drawn.marks("text")["text"]] == [str(amount) for amount in amounts]
    return bars


def areas(rows: pd.DataFrame, drawn: Drawn, *, fewest: int = 1) -> None:
    enough = rows[rows["practices"] >= fewest]
    bars = ranked(enough, drawn, "policy_area")
    assert list(bars["fill"]) == [AREA_COLOURS[name] for name in bars["y"]]


def terms(rows: pd.DataFrame, drawn: Drawn, facet: str) -> None:
    bars = ranked(rows, drawn, facet)
    assert (bars["fill"] == LIGHT.amount).all()
    assert len(bars) == (rows["practices"] > 0).sum()


def of_area(rows: pd.DataFrame, drawn: Drawn, facet: str) -> None:
    ranked(rows, drawn, facet, "value", 10)
    assert len(drawn.marks("rect")) == 10


def crossed(rows: pd.DataFrame, drawn: Drawn, facet: str, show: str, most: int = 99) -> None:
    """Policy areas against columns, headed by how many practices each has."""
    largest = rows.drop_duplicates("value").nlargest(most, "of")["value"]
    shown = rows[rows["value"].isin(largest)]
    if show == "lift":
        shown = shown[(shown["practices"] > 0) | ~shown["chance"]]
    heads = [f"{name} ({of})" for name, of in zip(called(facet, shown["value"]), shown["of"], strict=True)]
    star = np.where((shown["of"] < FEW) & (show != "counts"), "*", "")
    say = {
        "counts": lambda row: f"{row.practices}" if row.practices else "",
        "shares": lambda row: percent(row.practices / row.of) if row.practices else "",
        "lift": lambda row: f"{row.practices * row.all_practices / row.area_practices / row.of:.1f}",
    }[show]
    texts = [say(row) + (mark if say(row) else "") for row, mark in zip(shown.itertuples(), star, strict=True)]
    expected = pd.DataFrame({"x": heads, "y": called("policy_area", shown["policy_area"]), "text": texts})
    same(drawn.marks("text"), expected)
    cells = drawn.marks("rect")
    same(cells, expected[["x", "y"]])
    lift = shown["practices"] / shown["expected"]
    pale = {"counts": shown["of"] < 0, "shares": shown["of"] < FEW, "lift": (shown["of"] < FEW) | shown["chance"]}[show]
    keyed = pd.DataFrame(
        {"amount": {"counts": shown["practices"], "shares": shown["share"], "lift": lift}[show], "pale": pale}
    ).set_index(pd.MultiIndex.from_frame(expected[["x", "y"]]))
    keyed = keyed.loc[list(zip(cells["x"], cells["y"], strict=True))]
    assert list(cells["opacity"] < 1) == list(keyed["pale"])
    if show != "lift":
        shaded_by(cells, keyed["amount"], most=keyed["amount"][~keyed["pale"]].max())
        return
    # More than by chance in one colour, less in the other, the further from 1 the darker.
    more = (keyed["amount"] > 1).to_numpy()
    for side, amount in ((more, keyed["amount"]), (~more, -keyed["amount"])):
        shaded_by(
            cells[side],
            amount[side].clip(-4, 4).clip(lower=-1, upper=4) if side is more else amount[side].clip(upper=-0.25),
        )


def percent(share: float) -> str:
    """A share as a page writes it."""
    if 0 < share < 0.005:
        return "<1%"
    return ">99%" if 0.995 < share < 1 else f"{share:.0%}"


def compared(rows: pd.DataFrame, drawn: Drawn, *, facet: str = "policy_area") -> None:
    """The shares of Spain and of Italy with their intervals, the difference in points at the end."""
    names = called(facet, rows["code"])
    shown = rows.assign(y=names)[(rows["practices"] > 0) | (rows["other_practices"] > 0)]
    for place, (side, colour, shape) in enumerate(
        (("", LIGHT.categories[0], "circle"), ("other_", LIGHT.categories[1], "diamond"))
    ):
        faint = np.where(shown["clear"], 1.0, 0.55)
        dots = shown.assign(x=shown[f"{side}share"], fill=colour, shape=shape, opacity=faint)
        same(drawn.marks("symbol", place), dots[["y", "x", "fill", "shape", "opacity"]])
        reach = shown.assign(left=shown[f"{side}low"], right=shown[f"{side}high"], stroke=colour)
        same(drawn.marks("rule", place), reach[["y", "left", "right", "stroke"]])
    points = drawn.marks("text").set_index("y")["text"].str.replace("−", "-")
    assert list(points == "") == list(shown.set_index("y").loc[points.index, "few"])
    points = points[points != ""].astype(float)
    expected = (100 * (shown["share"] - shown["other_share"])).set_axis(shown["y"])
    assert ((points - expected[points.index]).abs() <= 0.5001).all()


def known(rows: pd.DataFrame, drawn: Drawn, fields: dict[str, Any], facet: str) -> None:
    """How much is known, a row a field that is not always known."""
    full = rows[rows["place"] == "all"].set_index("field")
    shown = rows[~rows["field"].isin(full[full["known"] == full["total"]].index)]
    extra = {
        "all": "All",
        "others": "Other countries" if facet == "country" else "Other networks",
        "unknown": "Not stated",
    }
    heads = [
        f"{extra.get(place) or called(facet, [place])[0]} ({total})"
        for place, total in zip(shown["place"], shown["total"], strict=True)
    ]
    expected = pd.DataFrame(
        {
            "x": heads,
            "y": [fields[field].label for field in shown["field"]],
            "text": [percent(share) for share in shown["known"] / shown["total"]],
        }
    )
    same(drawn.marks("text"), expected)
    cells = drawn.marks("rect")
    share = (shown["known"] / shown["total"]).set_axis(pd.MultiIndex.from_frame(expected[["x", "y"]]))
    share = share.loc[list(zip(cells["x"], cells["y"], strict=True))]
    solid = (shown["total"] >= FEW).to_numpy()
    shaded_by(cells, share, most=float((shown["known"] / shown["total"])[solid].max()))


known_practices, known_cities = partial(known, fields=PRACTICE_FIELDS), partial(known, fields=CITY_FIELDS)


def matrix(rows: pd.DataFrame, drawn: Drawn) -> None:
    """Pairs of the cities on the axes, each in both directions."""
    assert drawn.across is not None
    both = pd.concat([rows, rows.rename(columns={"one_name": "other_name", "other_name": "one_name"})])
    shown = both[both["one_name"].isin(drawn.across.words) & both["other_name"].isin(drawn.across.words)]
    expected = pd.DataFrame({"y": shown["one_name"], "x": shown["other_name"], "text": shown["practices"].astype(str)})
    same(drawn.marks("text"), expected)
    cells = drawn.marks("rect")
    amounts = shown.set_index(["one_name", "other_name"])["practices"]
    shaded_by(cells, amounts.loc[list(zip(cells["y"], cells["x"], strict=True))])


def connected(rows: pd.DataFrame, drawn: Drawn) -> None:
    """The cities with most partners."""
    partners = pd.concat([rows["one_name"], rows["other_name"]]).value_counts()
    bars = drawn.marks("rect")
    amounts = partners.loc[list(bars["y"])]
    assert list(amounts) == sorted(partners, reverse=True)[: len(bars)]
    lengths(drawn, list(bars["y"]), amounts)
    assert drawn.marks("text")["text"].tolist() == [f"{count} cities" for count in amounts]


def linked(rows: pd.DataFrame, drawn: Drawn, edition: int) -> None:
    """Spearman's correlation of scores and practices, by another implementation."""
    shown = rows[rows["year"] == edition]
    names = {
        "Overall" if code == "overall" else called("policy_area", [code])[0]: of
        for code, of in shown.groupby("policy_area")
    }
    dots, reach = drawn.marks("symbol").set_index("y"), drawn.marks("rule", 1).set_index("y")
    assert len(dots)
    for name, dot in dots.iterrows():
        of = names[str(name)]
        rho = float(spearmanr(of["score"], of["practices"]).statistic)
        assert abs(dot["x"] - rho) < 1e-3
        error = np.sqrt((1 + rho**2 / 2) / (len(of) - 3)) * 1.959964
        ends = np.tanh([np.arctanh(rho) - error, np.arctanh(rho) + error])
        assert np.allclose(reach.loc[name, ["left", "right"]].astype(float), ends, atol=1e-3)
        assert dot["fill"] == (LIGHT.amount if ends[0] > 0 or ends[1] < 0 else LIGHT.unknown)


def told_number(marks: pd.DataFrame, title: str) -> pd.Series[float]:
    """A number that is said of marks, by its title."""
    return told(marks, title).str.rstrip("%").astype(float)


def darker(lower: str, higher: str) -> bool:
    """Whether a shade is darker than another."""
    return lightness(higher) < lightness(lower)
