"""What pandas makes of the rows of each picture of years, beside the marks of the picture."""

from __future__ import annotations

import numpy as np
import pandas as pd

from icc_data.drawing.palette import LIGHT
from tests.helpers.as_drawn import Drawn
from tests.helpers.reproduced import (
    AREA_COLOURS,
    COMMITMENT_COLOURS,
    FEW,
    PALE,
    THIS_YEAR,
    called,
    same,
    shaded_by,
    told,
)

WINDOW = range(THIS_YEAR - 24, THIS_YEAR + 1)


def bars_in_parts(rows: pd.DataFrame, drawn: Drawn, *, active: bool, colour: str = LIGHT.amount) -> None:
    """Practices by year, the sure part at the bottom, the other one paler on top of it."""
    unsure = rows["said" if active else "bare"]
    sure = rows["practices"] - unsure
    bottom = pd.DataFrame({"year": rows["year"], "bottom": 0, "top": sure, "opacity": 1.0})
    top = pd.DataFrame({"year": rows["year"], "bottom": sure, "top": rows["practices"], "opacity": PALE})
    expected = pd.concat([bottom[sure > 0], top[unsure > 0]]).assign(fill=colour)
    same(drawn.marks("rect", 1).assign(year=lambda bars: bars["x"].round()), expected)


def started(rows: pd.DataFrame, drawn: Drawn) -> None:
    bars_in_parts(rows, drawn, active=False)


def active(rows: pd.DataFrame, drawn: Drawn) -> None:
    bars_in_parts(rows, drawn, active=True)


def stacked(rows: pd.DataFrame, drawn: Drawn, groups: dict[str, str], colours: dict[str, str], unsure: str) -> None:
    """Practices by year, group and part; ``groups`` says what each code is called."""
    rows = rows.assign(group=rows["code"].map(groups).fillna("Other countries"))
    counts = rows.groupby(["year", "group"], as_index=False)[["practices", unsure]].sum()
    parts = {1.0: counts["practices"] - counts[unsure], PALE: counts[unsure]}
    expected = pd.concat([counts[["year", "group"]].assign(high=part, opacity=by) for by, part in parts.items()])
    expected = expected[expected["high"] > 0].assign(fill=lambda bars: bars["group"].map(colours))
    bars = drawn.marks("rect", 1)
    bars = bars.assign(year=bars["x"].round(), high=bars["top"] - bars["bottom"], group=told(bars, "Group"))
    same(bars, expected)
    # One on the other, without a gap.
    assert np.isclose(bars.groupby("year")["top"].max(), bars.groupby("year")["high"].sum(), atol=1e-6).all()


def by_commitment(rows: pd.DataFrame, drawn: Drawn) -> None:
    codes = [code for code in rows["code"].unique() if code != "unknown"]
    groups = dict(zip(codes, called("commitment", codes), strict=True)) | {"unknown": "Not stated"}
    stacked(rows, drawn, groups, COMMITMENT_COLOURS | {"Not stated": LIGHT.unknown}, "bare")


def by_country(rows: pd.DataFrame, drawn: Drawn) -> None:
    places = rows[rows["code"] != "unknown"].groupby("code")["practices"].sum()
    largest = list(places.sort_values(ascending=False, kind="stable").index[:6])
    groups = dict(zip(largest, called("country", largest), strict=True)) | {"unknown": "Not stated"}
    colours = dict(zip(called("country", largest), LIGHT.categories, strict=True))
    stacked(rows, drawn, groups, colours | {"Other countries": LIGHT.others, "Not stated": LIGHT.unknown}, "said")


def areas_by_year(rows: pd.DataFrame, drawn: Drawn) -> None:
    shown = rows[rows["year"].isin(WINDOW) & (rows["code"] != "unknown")]
    cells = drawn.marks("rect").assign(year=lambda marks: marks["x"].round())
    same(cells, pd.DataFrame({"year": shown["year"], "y": called("policy_area", shown["code"])}))
    amounts = shown.assign(y=called("policy_area", shown["code"])).set_index(["year", "y"])["practices"]
    shaded_by(cells, amounts.loc[list(zip(cells["year"].astype(int), cells["y"], strict=True))])


def spans(rows: pd.DataFrame, drawn: Drawn) -> None:
    shown = rows.head(40)
    assert list(drawn.marks("text")["text"]) == list(shown["title"])
    full, paler = drawn.marks("rect"), drawn.marks("rect", 1)
    expected = pd.DataFrame({"left": shown["start_year"] - 0.4, "right": shown["known_until"] + 0.4})
    same(full.assign(practice=told(full, "Practice")), expected.assign(practice=shown["title"]))
    longer = shown[shown["last_active_year"] > shown["known_until"]]
    expected = pd.DataFrame({"left": longer["known_until"] + 0.4, "right": longer["last_active_year"] + 0.4})
    same(paler, expected.assign(opacity=PALE))
    on = shown[shown["ongoing"] == True]  # noqa: E712
    same(drawn.marks("symbol"), pd.DataFrame({"x": on["last_active_year"] + 0.6, "shape": "triangle-right"}))
    names = [called("commitment", [code])[0] if pd.notna(code) else "" for code in shown["commitment"]]
    assert list(full["fill"]) == [COMMITMENT_COLOURS.get(name, LIGHT.unknown) for name in names]


def joining(rows: pd.DataFrame, drawn: Drawn) -> None:
    known = rows.dropna(subset=["year"])
    bars = drawn.marks("rect").assign(year=lambda marks: marks["x"].round())
    same(bars, pd.DataFrame({"year": known["year"], "bottom": 0, "top": known["cities"]}))
    same(drawn.marks("line"), pd.DataFrame({"x": known["year"], "y": known["cities"].cumsum()}))
    assert drawn.marks("text")["text"].tolist() == [f"{known['cities'].sum()} cities so far"]


def lines(rows: pd.DataFrame, drawn: Drawn, facet: str, value: str, chosen: dict[str, str]) -> pd.DataFrame:
    """Every year of every group as a dot; those of ``chosen`` in colour, those of few practices hollow."""
    shown = rows[rows["year"].isin(WINDOW)]
    shown = shown.assign(
        group=[called(facet, [code])[0] if code != "unknown" else "Not stated" for code in shown["code"]]
    )
    few = (shown["of"] < FEW) if value == "share" else shown["of"] < 0
    dots = drawn.marks("symbol", 1 if few.any() else 0)
    dots = dots.assign(group=told(dots, "Group"), place=told(dots, "Place"))
    expected = shown[~few].assign(x=shown["year"], y=shown[value])[["group", "x", "y"]]
    same(dots, expected)
    assert (dots["opacity"] == dots["group"].isin(list(chosen)).astype(float)).all()
    bold = dots[dots["opacity"] > 0]
    assert (bold["fill"] == bold["group"].map(chosen)).all()
    if few.any():
        hollow = drawn.marks("symbol").assign(group=lambda marks: told(marks, "Group"))
        same(
            hollow,
            shown[few & shown["group"].isin(list(chosen))].assign(x=shown["year"], y=shown[value])[["group", "x", "y"]],
        )
        assert (hollow["fill"] == "transparent").all()
    return shown


def counted_areas(rows: pd.DataFrame, drawn: Drawn) -> None:
    sums = rows[rows["year"].isin(WINDOW)].groupby("code")["practices"].sum()
    (largest,) = called("policy_area", [str(sums.idxmax())])
    shown = lines(rows, drawn, "policy_area", "practices", {largest: LIGHT.categories[0]})
    same(
        drawn.marks("line", 1),
        shown[shown["group"] == largest].assign(x=shown["year"], y=shown["practices"])[["x", "y"]],
    )
    _years_below(shown, drawn)


def shares_of_areas(rows: pd.DataFrame, drawn: Drawn) -> None:
    sums = rows[rows["year"].isin(WINDOW)].groupby("code")["practices"].sum()
    (largest,) = called("policy_area", [str(sums.idxmax())])
    shown = lines(rows, drawn, "policy_area", "share", {largest: LIGHT.categories[0]})
    bold = shown[(shown["group"] == largest) & (shown["of"] >= FEW)]
    same(drawn.marks("line", 1), bold.assign(x=bold["year"], y=bold["share"])[["x", "y"]])
    same(drawn.marks("area"), bold.assign(x=bold["year"], bottom=bold["low"], top=bold["high"])[["x", "bottom", "top"]])
    _years_below(shown, drawn)


def shares_of_periods(rows: pd.DataFrame, drawn: Drawn, *, together: int) -> None:
    """A period bears its last year in the rows, and its point stands above both of its ends."""
    shown = rows[rows["year"].isin(WINDOW) & (rows["code"] != "unknown")]
    largest = shown.groupby("code")["practices"].sum().idxmax()
    bold = shown[(shown["code"] == largest) & (shown["of"] >= FEW)]
    above = [f"{last - together + 1}–{last}" for last in bold["year"]]
    bold = bold.assign(x=above, y=bold["practices"] / bold["of"])
    same(drawn.marks("line", 1), bold[["x", "y"]])
    same(drawn.marks("area"), bold.assign(bottom=bold["low"], top=bold["high"])[["x", "bottom", "top"]])


def _years_below(shown: pd.DataFrame, drawn: Drawn) -> None:
    """How many practices each year has stands below it."""
    once = shown.drop_duplicates("year")
    words = drawn.marks("text", 1)
    same(words, pd.DataFrame({"x": once["year"], "text": once["of"].astype(str)}))


def in_panels(rows: pd.DataFrame, drawn: Drawn, *, facet: str, value: str) -> None:
    """A panel for each of the six places with most practices, all on one scale."""
    shown = rows[rows["year"].isin(WINDOW)]
    sizes = shown.drop_duplicates(["place", "year"]).groupby("place")["of"].sum()
    sizes = sizes.sort_values(ascending=False, kind="stable")
    shown = shown[shown["place"].isin(sizes.index[:6]) & (shown["code"] != "unknown")]
    shown = shown.assign(place=called(facet, shown["place"]), group=called("commitment", shown["code"]))
    few = (shown["of"] < FEW) & (value == "share")
    for kind, hollow in ((0, True), (1, False)) if few.any() else ((0, False),):
        dots = drawn.marks("symbol", kind)
        colour = dots["stroke" if hollow else "fill"]
        dots = dots.assign(place=told(dots, "Place"), group=told(dots, "Group"), colour=colour)
        expected = shown[few == hollow].assign(colour=shown["group"].map(COMMITMENT_COLOURS))
        expected = expected.assign(x=expected["year"], y=expected[value])
        if hollow:
            # Of few practices a share beyond the others is not drawn.
            expected = expected[expected["y"] <= float(dots["y"].max()) + 1e-9]
        same(dots, expected[["place", "group", "x", "y", "colour"]])


def panel_a_group(rows: pd.DataFrame, drawn: Drawn) -> None:
    """A panel an area, each of its years a dot."""
    shown = rows[rows["year"].isin(WINDOW) & (rows["code"] != "unknown")]
    shown = shown.assign(group=called("policy_area", shown["code"]), x=shown["year"], y=shown["practices"])
    same(drawn.marks("symbol").assign(group=lambda dots: told(dots, "Group")), shown[["group", "x", "y"]])
    assert set(drawn.marks("symbol")["fill"]) == {LIGHT.amount}


def rates(rows: pd.DataFrame, drawn: Drawn) -> None:
    assert drawn.up is not None
    top = max(float(words.replace(",", "")) for words in drawn.up.words)
    top = max(top, float(drawn.marks("area")["top"].max()))
    for frame in (drawn.marks("line"), drawn.marks("symbol")):
        same(frame, pd.DataFrame({"x": rows["year"], "y": rows["value"]}))
    ends = pd.DataFrame({"x": rows["year"], "bottom": rows["low"].clip(upper=top), "top": rows["high"].clip(upper=top)})
    same(drawn.marks("area"), ends)
    hollow = pd.Series(drawn.marks("symbol")["fill"] == LIGHT.background)
    assert list(hollow) == list(rows["numerator"] < FEW)


def classes(rows: pd.DataFrame, drawn: Drawn, names: list[str]) -> None:
    dots, reach = drawn.marks("symbol"), drawn.marks("rule")
    labels = [f"{name} ({count})" for name, count in zip(names, rows["denominator"], strict=True)]
    assert list(dots["y"]) == labels
    same(dots, pd.DataFrame({"y": labels, "x": rows["value"].to_numpy()}))
    most = float(reach["right"].max())
    same(
        reach,
        pd.DataFrame({"y": labels, "left": rows["low"].to_numpy(), "right": rows["high"].clip(upper=most).to_numpy()}),
    )
    assert list(dots["fill"] == LIGHT.background) == list(rows["numerator"] < FEW)


def by_class_of_country(rows: pd.DataFrame, drawn: Drawn) -> None:
    shown = rows[rows["denominator"] >= FEW].sort_values(["value", "denominator"], ascending=False, kind="stable")
    classes(shown, drawn, called("country", shown["class"]))


def by_size(rows: pd.DataFrame, drawn: Drawn) -> None:
    assert drawn.up is not None
    shown = rows.dropna(subset=["class"]).sort_values("class")
    classes(shown, drawn, [words[: words.rindex(" (")] for words in drawn.up.words])


def compared(rows: pd.DataFrame, drawn: Drawn) -> None:
    """The years of Spain and of Italy."""
    sides = {"Spain": "", "Italy": "other_"}
    both = pd.concat(
        [
            pd.DataFrame(
                {"name": name, "x": rows["year"]}
                | {
                    to: rows[f"{side}{column}"]
                    for to, column in zip(("y", "bottom", "top"), ("share", "low", "high"), strict=True)
                }
            )
            for name, side in sides.items()
        ]
    )
    dots = drawn.marks("symbol").assign(name=lambda marks: told(marks, "Selection"))
    same(dots, both[["name", "x", "y"]])
    colours = dict(zip(sides, LIGHT.categories, strict=False))
    assert (dots["fill"] == dots["name"].map(colours)).all()
    assert dict(zip(dots["name"], dots["shape"], strict=True)) == {"Spain": "circle", "Italy": "diamond"}
    assert dict(zip(*drawn.marks("line")[["stroke", "dash"]].T.to_numpy(), strict=True)) == {
        colours["Spain"]: (1, 0),
        colours["Italy"]: (6, 4),
    }
    band = drawn.marks("area")
    most = float(band["top"].max())
    same(
        band,
        both.assign(bottom=both["bottom"].clip(upper=most), top=both["top"].clip(upper=most))[["x", "bottom", "top"]],
    )


def compared_counts(rows: pd.DataFrame, drawn: Drawn) -> None:
    """How many practices Spain and Italy have by year."""
    both = pd.concat(
        [
            pd.DataFrame({"name": name, "x": rows["year"], "y": rows[f"{side}practices"]})
            for name, side in {"Spain": "", "Italy": "other_"}.items()
        ]
    )
    same(drawn.marks("symbol").assign(name=lambda marks: told(marks, "Selection")), both)


def surviving(rows: pd.DataFrame, drawn: Drawn, *, facet: str = "commitment") -> None:
    """Kaplan and Meier's product over the years, as long as five are at risk."""
    known = rows[rows["at_risk"] >= FEW]
    dots = drawn.marks("symbol")
    for label, curve in dots.groupby(told(dots, "Group")):
        code = next(
            code for code in known["code"].unique() if code in ("all", "unknown") or called(facet, [code])[0] == label
        )
        of = known[known["code"] == code].sort_values("years")
        product = (1 - of["ended"] / of["at_risk"]).cumprod()
        expected = pd.DataFrame({"x": of["years"], "y": product})
        same(curve[curve["x"] > 0.5], expected[expected["x"] > 0])
        assert curve["fill"].nunique() == 1


def words_by_period(rows: pd.DataFrame, drawn: Drawn) -> None:
    of_one_year = (rows["first_year"] == rows["last_year"]).all()
    periods = [f"{row.first_year}–{row.last_year}" for row in rows.itertuples()]
    rows = rows.assign(x=rows["last_year"] if of_one_year else periods, y=rows["practices"] / rows["of"])
    dots = drawn.marks("symbol").assign(code=lambda marks: told(marks, "Word"))
    if of_one_year:
        dots = dots.assign(x=dots["x"].round())
    some = rows[rows["of"] > 0]
    same(dots, some[["code", "x", "y"]])
    hollow = some.set_index(["code", "x"])["of"] < FEW
    assert list(dots["fill"] == LIGHT.background) == list(hollow.loc[list(zip(dots["code"], dots["x"], strict=True))])
    enough = some[some["of"] >= FEW]
    same(drawn.marks("area"), enough.assign(bottom=enough["low"], top=enough["high"])[["x", "bottom", "top"]])


def typical(rows: pd.DataFrame, drawn: Drawn) -> None:
    top = rows[(rows["z"] >= 1.96) & (rows["practices"] >= FEW)].nlargest(15, "z")
    bars = drawn.marks("rect")
    same(
        bars.assign(right=bars["right"] / bars["right"].max()),
        pd.DataFrame({"y": top["word"], "left": 0.0, "right": top["z"] / top["z"].max()}),
    )
    assert drawn.marks("text")["text"].tolist() == [f"{z:.1f}" for z in top["z"]]


def beside_expected(rows: pd.DataFrame, drawn: Drawn, *, active: bool = False) -> None:
    """An area's bars, and the line of an even share of all practices."""
    bars_in_parts(rows[rows["practices"] > 0], drawn, active=active, colour=AREA_COLOURS["Education"])
    even = rows["all_practices"] * rows["practices"].sum() / rows["all_practices"].sum()
    for kind in ("line", "symbol"):
        same(drawn.marks(kind), pd.DataFrame({"x": rows["year"], "y": even}))


def one_among_years(rows: pd.DataFrame, drawn: Drawn) -> None:
    """All years of an area, those of the one practice in colour."""
    bars = drawn.marks("rect").assign(year=lambda marks: marks["x"].round())
    same(bars, pd.DataFrame({"year": rows["year"], "bottom": 0, "top": rows["practices"]}))
    own = bars[bars["fill"] != LIGHT.unknown]["year"]
    assert len(own)
    assert set(own) == set(bars["year"][bars["year"].between(own.min(), own.max())])


def own_on_top(rows: pd.DataFrame, drawn: Drawn) -> None:
    """What the atlas has in grey; one's own practices, of which this one has no year, on top of it."""
    bars = drawn.marks("rect").assign(year=lambda marks: marks["x"].round(), group=lambda marks: told(marks, "Group"))
    expected = pd.DataFrame({"year": rows["year"], "bottom": 0, "top": rows["practices"], "fill": LIGHT.unknown})
    same(bars[bars["group"] == "In the atlas"], expected)


def of_query(rows: pd.DataFrame, drawn: Drawn) -> None:
    """The first example: practices by start year and commitment."""
    counted = rows.dropna(subset=["start_year", "commitment"])
    bars = drawn.marks("rect").assign(year=lambda marks: marks["x"].round())
    bars = bars.assign(high=bars["top"] - bars["bottom"], group=told(bars, "commitment"))
    expected = pd.DataFrame(
        {"year": counted["start_year"], "high": counted["practices"], "group": counted["commitment"]}
    )
    same(bars, expected)
    assert (bars["fill"] == bars["group"].map(COMMITMENT_COLOURS)).all()
