"""What pandas makes of the rows of each picture of cities, peers and scores, beside the marks of the picture."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from icc_data.analysis.audit_rows import basis_words
from icc_data.drawing.palette import LIGHT, rgb
from tests.helpers.as_drawn import Drawn
from tests.helpers.reproduced import CITIES, FEW, TERMS, called, lightness, same, shaded_by, told

AREAS = list(TERMS[TERMS["vocabulary"] == "policy_area"].sort_values("position")["code"])
MEASURES = ("practices", "areas", "themes", "target_groups", "newest", "active", "shared")


def area_names(codes: Any) -> list[str]:
    """What policy areas are called, and what stands beside them in the Index."""
    return ["Overall" if code == "overall" else called("policy_area", [code])[0] for code in codes]


# A city or another place beside its peers


def shares_of(rows: pd.DataFrame) -> tuple[pd.Series[float], pd.DataFrame]:
    """The share of each policy area in the practices of a place, and of each of its peers."""
    shares = rows.assign(share=rows["practices"] / rows["all_practices"])
    table = shares.pivot_table(index=["role", "unit"], columns="code", values="share", fill_value=0.0)
    table = table.reindex(columns=AREAS, fill_value=0.0)
    return table.loc["itself"].iloc[0], table.loc["peer"]


def portfolio(rows: pd.DataFrame, drawn: Drawn) -> None:
    own, peers = shares_of(rows)
    names = called("policy_area", AREAS)
    same(drawn.marks("symbol"), pd.DataFrame({"y": names, "x": own.to_numpy()}))
    same(drawn.marks("rect", 1), pd.DataFrame({"y": names, "x": peers.median().to_numpy()}))
    quartiles = peers.quantile([0.25, 0.75])
    same(
        drawn.marks("rect"),
        pd.DataFrame({"y": names, "left": quartiles.iloc[0].to_numpy(), "right": quartiles.iloc[1].to_numpy()}),
    )
    ranks = 100 * ((peers < own).sum() + (peers == own).sum() / 2) / len(peers)
    ranked = (peers > 0).sum() >= FEW
    for words, rank, is_ranked in zip(drawn.marks("text")["text"], ranks, ranked, strict=True):
        assert not is_ranked or abs(float(words) - rank) <= 0.5001


def peers_only(rows: pd.DataFrame, drawn: Drawn) -> None:
    """Beside own results the rows are the published ones: those of the peers."""
    _own, peers = shares_of(rows)
    same(drawn.marks("rect", 1), pd.DataFrame({"y": called("policy_area", AREAS), "x": peers.median().to_numpy()}))


def breadth(rows: pd.DataFrame, drawn: Drawn, *, of_peers_only: bool = False) -> None:
    """Each row on a scale of its own."""
    roles = rows.set_index("role")[list(MEASURES)]
    peers, own = roles.loc["peer"], roles.loc["itself"]
    assert len(peers) >= FEW
    dots, medians, bands = drawn.marks("symbol"), drawn.marks("rect", 1), drawn.marks("rect")
    assert list(told(dots, "Measure")) == [words.rpartition(": ")[0] for words in dots["y"]]
    for place, measure in enumerate(MEASURES):
        known = peers[measure].dropna()
        q1, median, q3 = known.quantile([0.25, 0.5, 0.75])
        pixels = [bands["left"][place], medians["x"][place], bands["right"][place], dots["x"][place]]
        # Places on a line: pixels are a straight function of the values.
        values = np.array([q1, median, q3, own[measure]])
        if of_peers_only:
            values, pixels = values[:3], pixels[:3]
        slope, start = np.polyfit(values, pixels, 1) if len(set(values)) > 1 else (0.0, pixels[0])
        assert slope >= 0
        assert np.allclose(start + slope * values, pixels, atol=0.01)


def outlines(rows: pd.DataFrame, drawn: Drawn) -> None:
    """A place and the median of its peers on spokes, the middle of the picture being nothing."""
    own, peers = shares_of(rows)
    spokes(drawn, own.to_numpy(), peers.median().to_numpy())


def spokes(drawn: Drawn, own: Any, other: Any) -> None:
    """Assert that two outlines are as far from the middle as their values say."""
    corners = drawn.marks("symbol")
    corners = corners[~corners.duplicated(["fill", "said", "x", "y"])]
    rings = drawn.marks("line")
    middle = (rings["x"].min() + rings["x"].max()) / 2
    angles = 2 * np.pi * np.arange(len(own)) / len(own)
    most, height = max(own.max(), other.max()), None
    for colour, values in ((LIGHT.amount, own), (LIGHT.less, other)):
        shape = corners[corners["fill"] == colour].reset_index(drop=True)
        assert len(shape) == len(values)
        across = (shape["x"] - middle).to_numpy()
        reach = np.abs(across).max() / np.abs(values / most * np.sin(angles)).max()
        height = height or reach
        assert np.isclose(reach, height, rtol=1e-3)
        assert np.allclose(across, reach * values / most * np.sin(angles), atol=0.05)


def cells_of_few(rows: pd.DataFrame, drawn: Drawn) -> None:
    """What a place and each of its few peers have, a column each."""
    table = rows.dropna(subset=["role"]).pivot_table(index="unit", columns="code", values="practices", fill_value=0)
    table = table.reindex(columns=AREAS, fill_value=0).set_axis(called("policy_area", AREAS), axis=1)
    table = table.set_axis(called("city", table.index))
    expected = table.stack().rename("value").reset_index().set_axis(["x", "y", "value"], axis=1)
    words = drawn.marks("text")
    words = words.assign(value=words["text"].str.extract(r"^(\d+)", expand=False).fillna("0").astype(int))
    same(words, expected)


def breadth_of_few(rows: pd.DataFrame, drawn: Drawn) -> None:
    """The measures of a place and of each of its few peers."""
    compared = rows.dropna(subset=["role"])
    names, words = called("city", compared["unit"]), drawn.marks("text")
    for column, label in (
        ("practices", "Practices"),
        ("themes", "Themes covered"),
        ("shared", "Shared with other cities"),
    ):
        row = words[words["y"] == label].set_index("x")["text"]
        assert row.to_dict() == dict(zip(names, compared[column].astype(str), strict=True))


def city_areas(rows: pd.DataFrame, drawn: Drawn) -> None:
    shown = rows.set_index(pd.Index(called("policy_area", rows["code"])))
    bars, ticks = drawn.marks("rect").set_index("y"), drawn.marks("rect", 1).set_index("y")
    shown = shown.loc[bars.index]
    own, network = shown["practices"] / shown["city_practices"], shown["network_practices"] / shown["all_practices"]
    scale = bars["right"].max() / own.max()
    assert np.allclose(bars["right"], own * scale, atol=0.01)
    assert np.allclose(ticks["x"], network * scale, atol=0.01)


def editions(rows: pd.DataFrame, drawn: Drawn) -> None:
    shown = rows.dropna(subset=["year", "score"])
    for kind in ("line", "symbol"):
        same(drawn.marks(kind), pd.DataFrame({"x": shown["year"], "y": shown["score"]}))
    assert drawn.marks("text")["text"].tolist() == [f"{score:.0f}" for score in shown["score"]]


# The Index


def coverage_of_editions(rows: pd.DataFrame, drawn: Drawn) -> None:
    names = [str(int(year)) if pd.notna(year) else "Edition not stated" for year in rows["year"]]
    most = float(rows[["compared", "reported", "scored"]].max().max())
    scale = drawn.marks("rect")["right"].max() / most
    for place, (column, colour) in enumerate(
        (("compared", LIGHT.unknown), ("reported", LIGHT.less), ("scored", LIGHT.amount))
    ):
        known = rows[column].notna().to_numpy()
        expected = pd.DataFrame({"y": np.array(names)[known], "right": rows[column][known] * scale, "fill": colour})
        same(drawn.marks("rect", place), expected)


def named_scores(rows: pd.DataFrame, drawn: Drawn) -> None:
    shown = rows[(rows["policy_area"] == "overall") & rows["score"].notna()]
    same(drawn.marks("symbol"), pd.DataFrame({"y": shown["name"], "x": shown["score"]}))
    same(drawn.marks("text"), pd.DataFrame({"x": shown["score"], "text": [f"{score:g}" for score in shown["score"]]}))


def score_bands(rows: pd.DataFrame, drawn: Drawn, edition: int) -> None:
    shown = rows[(rows["year"] == edition) & (rows["policy_area"] != "overall") & (rows["cities"] >= FEW)]
    names = area_names(shown["policy_area"])
    same(drawn.marks("rect"), shown.assign(y=names, left=shown["q1"], right=shown["q3"])[["y", "left", "right"]])
    same(drawn.marks("rect", 1), shown.assign(y=names, x=shown["median"])[["y", "x"]])
    same(drawn.marks("symbol"), shown.assign(y=names, x=shown["average"])[["y", "x"]])
    same(drawn.marks("text"), shown.assign(y=names, text=shown["cities"].astype(str))[["y", "text"]])


def score_spokes(rows: pd.DataFrame, drawn: Drawn, edition: int) -> None:
    shown = rows[rows["year"] == edition].set_index("policy_area").loc[AREAS]
    spokes(drawn, shown["q3"].to_numpy(), shown["q1"].to_numpy())


def score_dots(rows: pd.DataFrame, drawn: Drawn, edition: int) -> None:
    """A pile of dots is about one score: none is further from its own than a dot is wide."""
    shown = rows[(rows["year"] == edition) & (rows["policy_area"] == "overall")].set_index("name")["score"]
    dots = drawn.marks("symbol")
    scores = shown.loc[list(told(dots, "City"))].to_numpy()
    assert len(dots) == len(shown)
    assert np.allclose(told(dots, "Score").astype(float), scores, atol=0.051)
    assert np.abs(dots["x"] - scores).max() <= 2
    assert not dots.duplicated(["x", "y"]).any()
    assert abs(float(drawn.marks("rule")["x"].iloc[0]) - shown.median()) < 1e-3


def score_cells(rows: pd.DataFrame, drawn: Drawn, *, edition: int | None = None) -> None:
    shown = rows[rows["cities"] >= FEW]
    shown = shown if edition is None else shown[shown["year"] == edition]
    if "size_class" in shown and edition is not None:
        shown = shown[shown[["size_class", "share_class"]].notna().any(axis=1)]
    cells = drawn.marks("rect")
    expected = pd.DataFrame(
        {"y": area_names(shown["policy_area"]), "median": shown["median"], "cities": shown["cities"]}
    )
    read = cells.assign(median=told(cells, "Median").astype(float), cities=told(cells, "Cities").astype(int))
    same(read, expected, room=0.002)
    shaded_by(cells, read["median"])
    assert sorted(drawn.marks("text")["text"]) == sorted(f"{np.floor(median + 0.5):.0f}" for median in shown["median"])


def path(rows: pd.DataFrame, drawn: Drawn) -> None:
    shown = rows[(rows["policy_area"] != "overall") & rows["score"].notna()]
    whole = shown.groupby("policy_area")["year"].nunique()
    shown = shown[shown["policy_area"].isin(whole[whole == shown["year"].nunique()].index)]
    shown = shown.assign(y=area_names(shown["policy_area"]), edition=shown["year"].astype(int).astype(str))
    dots = drawn.marks("symbol").assign(edition=lambda marks: told(marks, "Edition"))
    same(dots, shown.assign(x=shown["score"])[["y", "edition", "x"]])
    assert dots.groupby("edition")["fill"].nunique().max() == 1
    ends = shown.groupby("y")["score"].agg(["min", "max"]).reset_index().set_axis(["y", "left", "right"], axis=1)
    same(drawn.marks("rule"), ends)


# The audit and the review


def needs(rows: pd.DataFrame, drawn: Drawn) -> None:
    gap = (100 - rows["rating"].fillna(rows["score"])) / 100
    gap = gap.fillna((1 / (1 + rows["practices"])).where(rows["practices"] > 0))
    need = (gap * rows["importance"] / 5 * 100).where(rows["importance"] > 0, 0.0)
    names, words = area_names(rows["code"]), basis_words()
    drawn_rows = rows["basis"].isin(list(words)).to_numpy()
    bars = drawn.marks("rect")
    expected = pd.DataFrame({"y": names, "need": need})[drawn_rows]
    scale = bars["right"].max() / need.max()
    same(bars.assign(need=bars["right"] / scale), expected)
    fills = bars.set_index("y")["fill"]
    for name, basis in zip(names, rows["basis"], strict=True):
        assert basis not in words or fills[name] == drawn.swatches[words[basis]]
    order = rows.set_index(pd.Index(names)).loc[list(bars["y"])]
    assert (order.groupby("basis")["need"].diff().dropna() <= 1e-9).all()


def who_covers_what(rows: pd.DataFrame, drawn: Drawn, *, facet: str = "city") -> None:
    assert drawn.up is not None
    areas = rows.drop_duplicates("policy_area")
    whole = areas.assign(
        unit="",
        practices=areas["scope_practices"],
        all_practices=areas["scope_all_practices"],
        areas=(areas["scope_practices"] > 0).sum(),
        newest_known=np.nan,
        silent_since=np.nan,
    )
    shown = pd.concat([whole, rows])
    shown = shown.assign(y=["All in scope" if unit == "" else called(facet, [unit])[0] for unit in shown["unit"]])
    shown = shown[shown["y"].isin(drawn.up.words)].assign(x=lambda cells: area_names(cells["policy_area"]))
    held, none = shown[shown["practices"] > 0], shown[shown["practices"] == 0]
    same(drawn.marks("rect"), none[["x", "y"]])
    same(drawn.marks("rect", 1), held[["x", "y"]])
    told_words = drawn.marks("text")
    same(told_words[told_words["text"] != "?"], held.assign(text=held["practices"].astype(str))[["x", "y", "text"]])
    amounts = held.set_index(["x", "y"])["practices"]
    cells = drawn.marks("rect", 1)
    most = shown[shown["y"] != "All in scope"]["practices"].max()
    shaded_by(cells, amounts.loc[list(zip(cells["x"], cells["y"], strict=True))], most=most)
    beside = drawn.marks("text", 1)
    once = shown.drop_duplicates("y").set_index("y")
    for head, column in (
        ("Practices", "all_practices"),
        ("Areas covered", "areas"),
        ("Newest known year", "newest_known"),
        ("Silent since", "silent_since"),
    ):
        words = beside[(beside["x"] == head) & (beside["text"] != "")].set_index("y")["text"].astype(float)
        assert words.to_dict() == once[column].dropna().astype(float).to_dict()


def movements(rows: pd.DataFrame, drawn: Drawn, *, facet: str = "policy_area") -> None:
    shown = rows.dropna(subset=["difference"])
    shown = shown.assign(
        y=called(facet, shown["code"]),
        change=shown["practices"] / shown["of"] - shown["practices_before"] / shown["of_before"],
    )
    dots, reach = drawn.marks("symbol"), drawn.marks("rule", 1)
    same(dots, shown.assign(x=100 * shown["change"])[["y", "x"]])
    same(
        reach,
        shown.assign(left=100 * shown["difference_low"], right=100 * shown["difference_high"])[["y", "left", "right"]],
    )
    colours = np.where(shown["chance"], LIGHT.unknown, np.where(shown["change"] > 0, LIGHT.amount, LIGHT.less))
    assert dots.set_index("y")["fill"].to_dict() == dict(zip(shown["y"], colours, strict=True))


# Maps


def circles(rows: pd.DataFrame, deck: dict[str, Any], *, layer: str = "cities", column: str = "practices") -> None:
    """A circle a city whose area, not its radius, grows with its number; grey where it has none."""
    placed = rows.dropna(subset=["latitude"]).set_index("city_id")
    (points,) = [pd.DataFrame(one["data"]) for one in deck["layers"] if one["id"] == layer]
    assert sorted(points["city_id"]) == sorted(placed.index)
    of = placed.loc[points["city_id"]]
    assert np.allclose(np.array(points["position"].tolist()), of[["longitude", "latitude"]].to_numpy())
    # No practice is nothing to show; a share of 0 % is.
    some = (of[column] > 0 if column in ("practices", "policy_areas") else of[column].notna()).to_numpy()
    assert some.any()
    assert {tuple(fill[:3]) for fill in points["fill"][~some]} <= {rgb(LIGHT.unknown)}
    areas, amounts = points["radius"][some].to_numpy() ** 2, of[column][some].to_numpy()
    free = areas > areas.min() + 1e-9
    if len(set(amounts[free])) > 1:
        slope, start = np.polyfit(amounts[free], areas[free], 1)
        assert slope > 0
        assert np.allclose(start + slope * amounts[free], areas[free], rtol=1e-6)
    shades = pd.Series([lightness("rgb({}, {}, {})".format(*fill[:3])) for fill in points["fill"][some]])
    assert (shades.groupby(amounts).mean().diff().dropna() <= 0.01).all()


def contributed(rows: pd.DataFrame, deck: dict[str, Any]) -> None:
    old, new = (pd.DataFrame(one["data"]) for one in deck["layers"])
    placed = rows.dropna(subset=["latitude"])
    assert sorted(map(tuple, old["position"])) == sorted(map(tuple, placed[["longitude", "latitude"]].to_numpy()))
    bilbao = CITIES.set_index("city_id").loc["bilbao"]
    assert new["position"].tolist() == [[bilbao["longitude"], bilbao["latitude"]]]


def pairs_on_map(rows: pd.DataFrame, deck: dict[str, Any]) -> None:
    circles(rows, deck)
    (arcs,) = [one["data"] for one in deck["layers"] if one["@@type"] == "ArcLayer"]
    places = {tuple(place) for place in rows[["longitude", "latitude"]].to_numpy()}
    ends = {tuple(arc[end]) for arc in arcs for end in ("from", "to")}
    assert len(ends) > 1
    assert ends <= {(round(x, 9), round(y, 9)) for x, y in places} | places
