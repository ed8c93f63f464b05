"""One city in the Index: its results and reports, and its way through the editions."""

from __future__ import annotations

from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import index, index_rows
from icc_data.analysis.city_facts import index_words
from icc_data.analysis.parameters import MY_CITY_PARAM
from icc_data.cells import dicts_of, is_known
from icc_data.drawing import index_charts
from icc_data.i18n import enumeration, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from pages.parts.index_scope import area_label
from pages.shared.answers import ask
from pages.shared.downloads import AsData
from pages.shared.figures import figure, panel_title
from pages.shared.markdown import escaped
from pages.shared.method import Method
from pages.shared.navigation import about, link_to
from pages.shared.session import current


def _history(city_id: str) -> Any:
    return ask(queries.index_history, None, city_id)


def _line(row: dict[str, Any]) -> str:
    source = f" [{_('source')}](<{row['evidence_url']}>)" if is_known(row["evidence_url"]) else ""
    return f"- :small[{index_words(row, current().options.label, lambda score: f'**{score}**')}{source}]"


def _path(way: index.Path) -> Any:
    editions = [str(year) for year in way.editions]
    frame = index_rows.path_rows(way, area_label)
    return index_charts.path_dots(frame, current().look, editions=editions, heading=_("Change"))


def path_panel(city_id: str) -> None:
    """Its way through the editions, over the policy areas scored in all of them."""
    way = index.path(_history(city_id))
    if way is None:
        return
    name = current().options.label("city", city_id)
    panel_title(
        _("{city} from edition to edition").format(city=escaped(name)),
        _("Only policy areas scored in every edition; the area that gained most comes first"),
    )
    steps = enumeration(f"{number(average)} ({year})" for year, average in zip(way.editions, way.averages, strict=True))
    words = translate_plural(
        "Average of the {count} policy area scored in each of {editions} editions: {steps}.",
        "Average of the {count} policy areas scored in each of {editions} editions: {steps}.",
        len(way.areas),
    )
    figure(
        f"index-path-{city_id}",
        lambda: _path(way),
        alt=_("Index scores of {city} by policy area and edition").format(city=name),
        says=words.format(count=number(len(way.areas)), editions=number(len(way.editions)), steps=steps),
        method=Method(
            title=_("Index scores of {city} from edition to edition").format(city=name),
            sentence=_(
                "A city’s scores in the policy areas that have one in every edition in which it has any. The "
                "questions behind an area change between editions, so a small change says little."
            ),
            question=queries.index_history,
            args=(city_id,),
            same=AsData("index_history", Selection(), {MY_CITY_PARAM: city_id}),
        ),
    )
    if way.left_out:
        words = _("Left out, as not scored in every edition: {areas}.")
        st.caption(words.format(areas=enumeration(area_label(area) for area in way.left_out)))


def city_panel(city_id: str) -> None:
    """Its overall results and its reports, each with its source, and the ways on."""
    name = current().options.label("city", city_id)
    panel_title(_("{city} in the Index").format(city=escaped(name)))
    with st.container(horizontal=True, gap="small", key="card-index-city"):
        here = about(city_id)
        profile = _("Profile of {city}").format(city=escaped(name))
        link_to("pages/city.py", label=profile, icon=":material/location_city:", query_params=here)
        peers = _("Beside its peers")
        link_to("pages/benchmark.py", label=peers, icon=":material/leaderboard:", query_params=here)
    history = dicts_of(_history(city_id))
    if not history:
        st.caption(_("No published result and no report was found. The programme gives all scores on request only."))
        return
    main = [row for row in history if row["report_only"] or row["policy_area"] == index.OVERALL]
    others = [row for row in history if row not in main]
    if main:
        st.markdown("\n".join(_line(row) for row in main))
    if others:
        words = _("Results by policy area ({count})").format(count=number(len(others)))
        with st.expander(words, expanded=not main, key="index-area-results"):
            st.markdown("\n".join(_line(row) for row in others))
