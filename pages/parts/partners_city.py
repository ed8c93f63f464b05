"""One city: the practices that it carries with others, and who could join it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from icc_data import queries
from icc_data.analysis import partners, peers
from icc_data.analysis.parameters import MY_CITY_PARAM
from icc_data.analysis.sources import best_address
from icc_data.cells import dicts_of, is_known
from icc_data.i18n import number, percent, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from icc_data.text import fold
from pages.shared.answers import ask, remember
from pages.shared.cards import city_link, practice_link, read_at_source, side_by_side, years_in_words
from pages.shared.downloads import AsData, download_menu, linked
from pages.shared.figures import panel_title
from pages.shared.markdown import escaped, spoken_in
from pages.shared.pager import page_number
from pages.shared.peer_facts import feature_row, features
from pages.shared.session import current

PROPOSED = 6
PER_PAGE = 20


def label(city_id: str) -> str:
    """What a city is called."""
    return current().options.label("city", city_id)


def _as_data(view: str, city_id: str) -> AsData:
    return AsData(view, Selection(), {MY_CITY_PARAM: city_id})


def own_partners(city_id: str) -> None:
    """The practices that a city carries with others, each with those cities."""
    rows = remember(
        lambda: dicts_of(partners.shared_practices(ask(queries.borrowable, None, (city_id,)), city_id)),
        "shared practices",
        city_id,
    )
    others = ask(queries.partners, None, city_id)
    panel_title(_("Shared practices"), _("Each with the cities that carry it together"))
    if not rows:
        st.caption(_("No published practice names it beside another city."))
        return
    countries = dict(zip(others["city_id"], others["country"], strict=True))
    first = (page_number("shared", len(rows), PER_PAGE) - 1) * PER_PAGE
    for row in rows[first : first + PER_PAGE]:
        with st.container(border=True, gap="xsmall", key=f"card-shared-{row['practice_id']}"):
            practice_link(row["practice_id"], f"**{spoken_in('en', escaped(row['title']))}**")
            count = len(row["others"])
            words = translate_plural("with {count} other city", "with {count} other cities", count)
            source = best_address(row)
            link = f" · [{read_at_source(row['title'])}](<{source}>)" if source else ""
            st.caption(f"{years_in_words(row)} · {words.format(count=number(count))}{link}")
            with st.container(horizontal=True, gap="small", key=f"others-{row['practice_id']}"):
                for other in sorted(row["others"], key=lambda other: fold(label(other))):
                    city_link(other, f":small[{escaped(label(other))} :gray[{escaped(countries[other])}]]")
    download_menu(
        "own-partners",
        _("Partners of {city}").format(city=label(city_id)),
        lambda: linked(others),
        _as_data("partners", city_id),
    )


def proposal(city_id: str, row: dict[str, Any]) -> None:
    """A likely partner, with the reason and what its score rests on."""
    own, other = (feature_row(city) for city in (city_id, row["city_id"]))
    words = _("Score {score} of 100: {similarity} similar (from {compared} of {all} facts)")
    if is_known(row["area_overlap"]):
        words = _(
            "Score {score} of 100: {similarity} similar (from {compared} of {all} facts), {overlap} of the policy "
            "areas of both in common"
        )
    score = words.format(
        score=number(row["score"] * 100),
        similarity=percent(row["similarity"]),
        overlap=percent(row["area_overlap"]),
        compared=number(row["compared"]),
        all=number(len(peers.FEATURES)),
    )
    with st.container(border=True, gap="xsmall", height="stretch", key=f"card-new-{row['city_id']}"):
        city_link(row["city_id"], f"**{escaped(label(row['city_id']))}**")
        why = peers.reason(own, other, current().options.label)
        st.markdown(f":small[{escaped(why[:1].upper() + why[1:])}]")
        st.caption(f"{score}. {peers.warning(own, other, 1 - row['similarity'])}".rstrip())


def new_partners(city_id: str) -> None:
    """Cities that one could work with, each with the reason."""

    # Who is joined already does not depend on the filters.
    def work() -> pd.DataFrame:
        return partners.proposals(partners.graph(ask(queries.shared_work, Selection())), city_id, features())

    frame = remember(work, "new partners", city_id)
    areas_known = bool(frame["area_overlap"].notna().any())
    rule = (
        _("Not joined yet; half the score is similarity, half the overlap of policy areas")
        if areas_known or frame.empty
        else _("Not joined yet; the score is similarity alone")
    )
    panel_title(_("Likeliest new partners"), rule)
    if frame.empty:
        st.caption(_("Too little is known of this city for a proposal to rest on."))
        return
    if not areas_known:
        words = _("No practice of this city with a policy area is published, so only similarity counts.")
        st.caption(f":material/info: {words}")
    elif not any(frame["common"].map(len)):
        st.caption(":material/info: " + _("It shares no policy area with any of them, so only similarity counts."))
    for row, place in side_by_side(list(dicts_of(frame.head(PROPOSED)))):
        with place:
            proposal(city_id, row)
    download_menu(
        "new-partners",
        _("New partners of {city}").format(city=label(city_id)),
        lambda: linked(frame),
        _as_data("new_partners", city_id),
    )
