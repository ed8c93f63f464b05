"""What the practices are about."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from icc_data import queries
from icc_data.drawing import charts
from icc_data.frames import rows
from icc_data.i18n import NOT_STATED, number, percent, translate_plural
from icc_data.i18n import translate as _
from pages.shared import explanations
from pages.shared.address import go
from pages.shared.answers import ask
from pages.shared.cards import commitment_card
from pages.shared.figures import choice, figure, panel_title
from pages.shared.filter_bar import empty_selection
from pages.shared.labels import area_colours, area_groups, with_label
from pages.shared.session import enter

session = enter()
selection = session.selection
SMALL_NUMBER = 5
PLACES = 14


def _numbers(row: Any, total: int, narrow: bool) -> str:
    words = f"{number(row.practices)} · {percent(row.practices / total)}"
    cities = translate_plural("{count} city", "{count} cities", row.cities).format(count=number(row.cities))
    return words if narrow else f"{words} · {cities}"


def ranked(vocabulary: str, narrow: bool) -> Any:
    """The terms of a list by practices."""
    frame = with_label(ask(queries.terms, selection, vocabulary), "code", vocabulary)
    frame = frame[frame["practices"] > 0]
    total = int(frame["selected_practices"].max())
    frame["text"] = [_numbers(row, total, narrow) for row in rows(frame)]
    return charts.ranked_bars(
        frame,
        session.look,
        colours=area_colours() if vocabulary == "policy_area" else None,
        details={"cities": _("Cities"), "countries": _("Countries")},
    )


def ranked_panel(vocabulary: str, title: str, subtitle: str = "", *, narrow: bool = False) -> None:
    """A list with the number of practices that carry none of its terms."""
    frame = ask(queries.terms, selection, vocabulary)
    total, coded = int(frame["selected_practices"].max()), int(frame["coded_practices"].max())
    panel_title(title, subtitle or _("Practices and their share of the selection; click to choose"))
    if coded:
        figure(
            f"terms-{vocabulary}",
            ranked,
            vocabulary,
            narrow,
            pick={"code": vocabulary},
            alt=title,
            method=explanations.terms(vocabulary, title),
        )
    if coded < total:
        st.caption(
            _("{count} of {all} practices carry none of these.").format(count=number(total - coded), all=number(total))
        )


def commitments() -> None:
    """The four commitments side by side."""
    frame = ask(queries.commitments, selection)
    groups = area_groups()
    for column, row in zip(st.columns(4, gap="small"), rows(frame), strict=True):
        areas = [area for area, group in groups.items() if group == row.code]
        with column, commitment_card(row.code):
            share = percent(row.practices / row.selected_practices)
            whole = _("of {all} practices").format(all=number(row.selected_practices))
            st.markdown(f"#### {number(row.practices)} :small[:gray[{whole} · {share}]]")
            st.caption(", ".join(session.options.label("policy_area", area) for area in areas))
            st.button(
                _("Choose these areas"),
                key=f"choose-{row.code}",
                type="tertiary",
                icon=":material/filter_alt:",
                on_click=go,
                args=(selection.with_values("policy_area", areas),),
            )


def _crosstab(place: Any) -> pd.DataFrame:
    frame = ask(queries.area_by_place, selection, place)
    largest = frame.drop_duplicates("place").nlargest(PLACES, "place_practices")["place"]
    frame = frame[frame["place"].isin(largest)]
    frame = with_label(frame, "policy_area", "policy_area", "area")
    frame = with_label(frame, "place", place, "place_label")
    frame["column"] = [f"{row.place_label} ({number(row.place_practices)})" for row in rows(frame)]
    return frame


def crosstab(place: Any, show: str) -> Any:
    """Policy areas against countries or networks."""
    frame = _crosstab(place)
    small = (frame["practices"] < SMALL_NUMBER) & (show != "counts")
    words = {
        "counts": [number(n) if n else "" for n in frame["practices"]],
        "shares": [percent(share) if n else "" for share, n in zip(frame["share"], frame["practices"], strict=True)],
        "lift": [number(lift, 1) if n else "" for lift, n in zip(frame["lift"], frame["practices"], strict=True)],
    }[show]
    frame["text"] = [f"{word}*" if word and few else word for word, few in zip(words, small, strict=True)]
    frame["few"] = small
    frame["lift_words"] = [number(lift, 2) for lift in frame["lift"]]
    frame["share_words"] = [percent(share, 1) for share in frame["share"]]
    if show == "lift":
        frame = frame[frame["practices"] > 0]
    value = {"counts": "practices", "shares": "share", "lift": "lift"}[show]
    return charts.heatmap(
        frame,
        session.look,
        x="column",
        y="area",
        x_title=_("Network") if place == "network" else _("Country"),
        y_title=_("Policy area"),
        value=value,
        x_order=list(dict.fromkeys(frame.sort_values("place_practices", ascending=False)["column"])),
        y_order=[session.options.label("policy_area", code) for code in area_groups()],
        value_title={
            "counts": _("Practices"),
            "shares": _("Share of the column's practices"),
            "lift": _("Lift (1 = as in the network)"),
        }[show],
        value_format={"counts": ",d", "shares": ".0%", "lift": ".1f"}[show],
        text="text",
        faint="few",
        tooltip={"practices": _("Practices"), "share_words": _("Share"), "lift_words": _("Lift")},
        diverging=show == "lift",
        pick=["policy_area", "place"],
        row_height=24,
    )


def together(vocabulary: Any) -> Any:
    """Policy areas with what they go with."""
    frame = ask(queries.together, selection, vocabulary)
    frame = with_label(frame, "policy_area", "policy_area", "area")
    frame = with_label(frame, "other", vocabulary, "other_label")
    frame["text"] = [number(n) for n in frame["practices"]]
    frame["lift_words"] = [
        number(lift, 2) if n >= SMALL_NUMBER else NOT_STATED
        for lift, n in zip(frame["lift"], frame["practices"], strict=True)
    ]
    codes = session.options.values(vocabulary)
    return charts.heatmap(
        frame,
        session.look,
        x="other_label",
        y="area",
        x_title=_("Theme") if vocabulary == "theme" else _("Policy area"),
        y_title=_("Policy area"),
        value="practices",
        x_order=[session.options.label(vocabulary, code) for code in codes],
        y_order=[session.options.label("policy_area", code) for code in area_groups()],
        value_title=_("Practices with both"),
        text="text",
        tooltip={"lift_words": _("Lift over chance")},
        pick=["policy_area", "other"],
        row_height=24,
    )


if not empty_selection():
    panel_title(
        _("The four commitments"),
        _("Practices that serve each through at least one policy area; a practice can serve several"),
    )
    commitments()
    left, right = st.columns(2, gap="medium")
    with left:
        ranked_panel("policy_area", _("Policy areas"))
    with right:
        ranked_panel("theme", _("Themes"))

    panel_title(
        _("Policy areas by place"), _("In brackets: the place's practices. Click a cell to choose its area and place.")
    )
    with st.container(horizontal=True, gap="medium"):
        place = choice("place", _("Columns"), {"country": _("Countries"), "network": _("Networks")}, default="country")
        show = choice(
            "cells",
            _("Cells show"),
            {"counts": _("Counts"), "shares": _("Shares"), "lift": _("Lift")},
            default="counts",
        )
    if ask(queries.area_by_place, selection, place).empty:
        st.caption(_("None of these practices names such a place."))
    else:
        figure(
            "crosstab",
            crosstab,
            place,
            show,
            pick={"policy_area": "policy_area", "place": place},
            alt=_("Policy area by place"),
            method=explanations.area_by_place(place),
        )
        st.caption(
            _("The {count} places with most practices.").format(count=PLACES)
            + " "
            + _(
                "Lift: the area's share among the place's practices over its share in the whole network; "
                "2 means twice as common."
            )
            + " "
            + _("* fewer than {count} practices: read with care.").format(count=SMALL_NUMBER)
        )
    panel_title(_("What goes together"), _("Practices that carry both; click a cell to choose both"))
    other = choice(
        "with", _("Policy areas with"), {"theme": _("Themes"), "policy_area": _("Policy areas")}, default="theme"
    )
    if ask(queries.together, selection, other).empty:
        st.caption(_("No two of these stand on the same practice."))
    else:
        figure(
            "together",
            together,
            other,
            pick={"policy_area": "policy_area", "other": other},
            alt=_("Policy areas that go together"),
            method=explanations.together(other),
        )
    left, middle, right = st.columns(3, gap="medium")
    with left:
        ranked_panel("target_group", _("Target groups"), _("As on the practice card; click to choose"), narrow=True)
    with middle:
        ranked_panel("practice_type", _("Practice types"), _("As on the practice card; click to choose"), narrow=True)
    with right:
        ranked_panel("practice_area", _("Practice areas"), _("As on the practice card; click to choose"), narrow=True)
    st.caption(
        _(
            "All codes were assigned by this project from titles and summaries; two readers agreed on at least "
            "one policy area for 98 % of practices. Definitions stand in terms.csv."
        )
    )
