"""What is missing: five lists, each for who can mend it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import review_gaps
from icc_data.analysis.review_area_gaps import areas_beside_network
from icc_data.analysis.review_gaps import (
    EVERYBODY,
    MENDERS,
    SHARES,
    GapList,
    examples,
    in_percent,
)
from icc_data.analysis.silence import silence_definition, with_silence
from icc_data.i18n import NOT_STATED, enumeration, labelled, number
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from pages.parts.review_scope import Reviewed
from pages.shared.answers import ask
from pages.shared.bounded import MOST_ROWS, say_first
from pages.shared.downloads import address_for_programs, download_buttons, linked
from pages.shared.figures import choice, panel_title
from pages.shared.markdown import escaped, with_subject
from pages.shared.method import Method, method_button
from pages.shared.navigation import about, link_to
from pages.shared.paper import printed_table
from pages.shared.presenting import part_title, presenting

# Rows that fit on a screen without the page becoming endless.
MOST_PIXELS = 560
EXAMPLES = 5
WIDE = ("title", "last_title", "fields", "source", "city_names")
# Of the rows further down that are longer than the first: the width is made for those.
MEDIUM = ("what",)


def gaps_part(about: Reviewed) -> None:
    """The lists, one at a time; on a projector what each says."""
    gaps = about.worked_out().gaps
    if presenting():
        overview(gaps)
        return
    labels = {name: f"{gap.title} · {number(gap.count)}" for name, gap in gaps.items()}
    chosen = gaps[choice("gap", _("List"), labels, default="silent")]
    mender = choose_mender(chosen)
    panel_title(chosen.title)
    st.markdown(chosen.sentence)
    listed(about, chosen, mender)


def overview(gaps: Mapping[str, GapList]) -> None:
    """What each list says, for a projector."""
    part_title(_("What is missing"))
    for name, gap in gaps.items():
        with st.container(border=True, key=f"card-gap-{name}", gap="xsmall"):
            first = enumeration(examples(gap, EXAMPLES))
            lines = [
                f"**{gap.title} · {number(gap.count)}**",
                gap.sentence,
                f":gray[{escaped(first)}]" if first else "",
            ]
            st.markdown("  \n".join(line for line in lines if line))


def choose_mender(gap: GapList) -> str:
    """For whom the list is, where rows are for several."""
    names = {_(label): code for code, label in MENDERS.items()}
    there = [label for label in names if (gap.frame["mender"] == label).any()]
    if len(there) < 2:
        return EVERYBODY
    values = {EVERYBODY: _("Everybody")} | {names[label]: label for label in there}
    return choice("mender", _("Who can mend it"), values, default=EVERYBODY)


@st.fragment
def listed(about: Reviewed, gap: GapList, mender: str) -> None:
    """The rows of a list, with files of them and the way to the one that is chosen."""
    frame = review_gaps.listed(gap, mender)
    if frame.empty:
        st.markdown(_("Nothing is on this list."))
        return
    columns = dict(gap.columns)
    state: Any = st.dataframe(
        in_percent(frame.head(MOST_ROWS)),
        hide_index=True,
        column_order=list(columns),
        column_config=_config(columns),
        placeholder=NOT_STATED,
        height=min(35 * (len(frame) + 1) + 3, MOST_PIXELS),
        on_select="rerun",
        selection_mode="single-row",
        key=f"gap-{gap.name}-{mender}",
        alt=gap.title,
    )
    say_first(len(frame), MOST_ROWS)
    printed_table(frame, columns, title=gap.title)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.popover(with_subject(_("Download"), gap.title), icon=":material/download:"):
            title = gap.title if mender == EVERYBODY else labelled(gap.title, _(MENDERS[mender]))
            download_buttons(f"gap-{gap.name}", title, lambda: linked(review_gaps.for_file(gap, frame)))
            address_for_programs(about.as_data("review_gaps", gap=gap.name, mender=mender))
        method_button(f"gap-{gap.name}", gap.title, lambda: gap_method(about, gap))
        rows_chosen = state["selection"]["rows"] if state else []
        if rows_chosen:
            open_row(frame.iloc[rows_chosen[0]])


def _config(columns: dict[str, str]) -> dict[str, Any]:
    config: dict[str, Any] = {}
    for place, (name, words) in enumerate(columns.items()):
        if name == "source":
            config[name] = st.column_config.LinkColumn(words, display_text=_("open"))
        elif name in SHARES:
            config[name] = st.column_config.NumberColumn(words, format="%.0f%%")
        elif name in ("newest_known", "silent_since", "known_year"):
            config[name] = st.column_config.NumberColumn(words, format="%d")
        else:
            width: Any = "large" if name in WIDE else "medium" if place == 0 or name in MEDIUM else None
            config[name] = st.column_config.Column(words, width=width, pinned=place == 0)
    return config


def open_row(row: Any) -> None:
    """Links to what a row is about."""
    if "city_id" in row:
        params = about(row["city_id"])
        link_to("pages/city.py", label=escaped(row["name"]), icon=":material/location_city:", query_params=params)
    practice = row.get("last_practice") if "city_id" in row else row.get("practice_id")
    if isinstance(practice, str):
        title = row["last_title"] if "city_id" in row else row["title"]
        link_to(
            "pages/practice.py",
            label=escaped(title),
            icon=":material/article:",
            query_params={"practice": [practice]},
        )


def gap_method(about: Reviewed, gap: GapList) -> Method:
    """How a list came about."""
    told: dict[str, tuple[str, Any, Any]] = {
        "areas": (
            _(
                "Practices of the scope that carry each policy area, of all of them (of), beside the whole network. "
                "expected, lift, p and chance as for every lift; low, high: Wilson’s 95% interval of the share."
            ),
            queries.terms,
            lambda rows: areas_beside_network(rows, ask(queries.terms, Selection(), "policy_area")),
        ),
        "silent": (
            silence_definition(about.as_of, about.silence),
            queries.review_cities,
            lambda rows: with_silence(rows, about.as_of, about.silence),
        ),
        "evidence": (
            _(
                "Practices that a text says go on, of which no year after {year} is known: neither start nor end. "
                "known_year: its end, else its start."
            ).format(year=about.as_of - about.silence),
            queries.review_practices,
            None,
        ),
        "profiles": (
            _(
                "Fields of a city that no source tells. Residents and shares are the city’s to publish, membership and "
                "joining year the programme’s, coordinates this project’s."
            ),
            queries.review_cities,
            None,
        ),
        "records": (
            _(
                "Fields of a practice that no source tells. When it began is for its city to say, where it is for the "
                "programme; what was not found or read is for this project."
            ),
            queries.review_practices,
            None,
        ),
    }
    sentence, question, worked_out = told[gap.name]
    return Method(
        title=gap.title,
        sentence=sentence,
        question=question,
        selection=about.scope,
        args=("policy_area",) if gap.name == "areas" else (),
        worked_out=worked_out,
        counted=None,
    )
