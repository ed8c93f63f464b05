"""The table of a policy audit: where a city stands in each policy area, as the team fills it in."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from icc_data import queries
from icc_data.analysis import audit
from icc_data.analysis.city_facts import practice_count
from icc_data.cells import dicts_of
from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from pages.shared.address import replace_options
from pages.shared.answers import ask
from pages.shared.cards import commitment_card
from pages.shared.labels import area_groups, area_labels
from pages.shared.markdown import escaped
from pages.shared.own_results import ask_own, remember_own
from pages.shared.paper import headings, printed_table
from pages.shared.session import current


def step(place: int, title: str, subtitle: str = "") -> None:
    """The heading of a step, to which the list of steps leads."""
    st.subheader(f"{place}. {title}", anchor=f"step-{place}")
    if subtitle:
        st.caption(subtitle)


def write_judgement(key: str, judged: audit.Judgement, codes: list[str]) -> None:
    """Write what was edited in the table to the address."""
    ratings, importance = dict(judged.ratings), dict(judged.importance)
    for place, changes in st.session_state[key]["edited_rows"].items():
        for column, values in (("rating", ratings), ("importance", importance)):
            if column in changes and changes[column] is None:
                values.pop(codes[int(place)], None)
            elif column in changes:
                values[codes[int(place)]] = float(changes[column])
    replace_options(audit.JUDGEMENT_PARAMS, audit.Judgement(ratings, importance).to_params())


def columns_of_standing() -> dict[str, Any]:
    """How the table of the second step is shown."""
    whole = st.column_config.NumberColumn
    return {
        "area": st.column_config.TextColumn(_("Policy area"), pinned=True, width=265),
        "rating": whole(_("Our rating"), min_value=0, max_value=100, step=1, format="%d", width=100),
        "importance": whole(_("Importance"), min_value=0, max_value=5, step=1, format="%d", width=115),
        "score": whole(_("Index score"), format="%.0f", help=_("Own results, else the newest published score.")),
        "edition": whole(_("Edition"), format="%d", help=_("The year of the score.")),
        "practices": whole(_("Our practices")),
        "count_median": whole(_("Peers’ median"), format="%.1f", help=_("Practices of the peers in the area.")),
        "lenders": whole(_("Peers to lend"), help=_("Peers with a practice in the area that you have no part in.")),
        "definition": st.column_config.TextColumn(_("What it means"), width="large"),
        "commitment": _("Commitment"),
    }


def meanings() -> dict[str, str]:
    """What each policy area means, in one line."""
    terms = dicts_of(ask(queries.term_definitions, None, "policy_area"))
    return {term["code"]: term["definition"] or "" for term in terms}


def editions(city: str) -> dict[str, int]:
    """The edition of the newest score in each policy area."""
    return audit.editions(ask_own(city, queries.index_history, None, city))


def standing_panel(city: str, peers: tuple[str, ...], frame: pd.DataFrame, judged: audit.Judgement) -> None:
    """The table that the team fills in.

    Args:
        city: whose audit.
        peers: those it is set beside.
        frame: the answer of ``audit.standing``.
        judged: what the team says.
    """
    step(
        2,
        _("Where do we stand?"),
        _(
            "Rate yourselves from 0 (nothing) to 100 (nothing left to do), and say how important each area is (0–5): "
            "click a cell with a pen above it, type, and apply. A number beyond these limits becomes the limit."
        ),
    )
    definitions = meanings()
    _editor(city, frame, judged, definitions)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.popover(_("What the areas mean"), icon=":material/help:"):
            labels = area_labels()
            st.markdown(
                "\n".join(f"- **{labels[code]}:** {escaped(text)}" for code, text in definitions.items() if text)
            )
        st.button(
            _("Clear ratings and importance"),
            key="clear-judgement",
            type="tertiary",
            icon=":material/restart_alt:",
            on_click=replace_options,
            args=(audit.JUDGEMENT_PARAMS, {}),
            disabled=not judged.to_params(),
        )
    st.caption(
        _(
            "An area without a rating counts with its Index score, or without one by the number of its practices; "
            "with none of these nothing is known of it. "
            "What you type stands in the address of this page: reload it, send it, or go back to undo."
        )
    )
    commitments_row(city, peers, frame, area_groups())


def _editor(city: str, frame: pd.DataFrame, judged: audit.Judgement, definitions: dict[str, str]) -> None:
    """The cells to fill in, and on paper the same table."""
    label = current().options.label
    table = audit.standing_table(
        frame,
        judged,
        labels=area_labels(),
        commitments={code: label("commitment", group) for code, group in area_groups().items()},
        years=editions(city),
        definitions=definitions,
    )
    # Another judgement (taken over, cleared, or from another address) is another table.
    key = f"standing-{city}-{hash(repr(judged.to_params()))}"
    config = columns_of_standing()
    # Columns without a single score would be two empty ones.
    order = [name for name in config if name not in ("score", "edition") or table["score"].notna().any()]
    # A form: each number by itself would start the page anew, and what is typed meanwhile would be lost.
    with st.form("standing", border=False):
        st.data_editor(
            table[list(config)],
            hide_index=True,
            disabled=[name for name in config if name not in ("rating", "importance")],
            column_config=config,
            column_order=order,
            key=key,
            height=35 * (len(table) + 1) + 3,
            placeholder="",
            alt=_("Standing by policy area"),
        )
        # On paper, the meanings would leave the numbers no room.
        printed_table(table, headings(config, [name for name in order if name != "definition"]), missing="")
        st.form_submit_button(
            _("Apply ratings and importance"),
            icon=":material/check:",
            type="primary",
            on_click=write_judgement,
            args=(key, judged, list(frame["code"])),
        )


def commitments_row(city: str, peers: tuple[str, ...], frame: pd.DataFrame, groups: dict[str, str]) -> None:
    """The four commitments: what they mean, what the team and the Index say of their areas, practices and peers."""

    def work() -> pd.DataFrame:
        practices = ask_own(city, queries.unit_commitments, Selection(), "city")
        return audit.by_commitment(frame, groups, practices, city, peers)

    parts = tuple(frame[["score", "rating", "need"]].itertuples(index=False))
    table = {row["code"]: row for row in dicts_of(remember_own(city, work, "commitments", peers, parts))}
    terms = [term for term in dicts_of(ask(queries.term_definitions, None, "commitment")) if term["code"] in table]
    for column, term in zip(st.columns(4, gap="small"), terms, strict=False):
        row = table[term["code"]]
        with column, commitment_card(term["code"], term["definition"] or ""):
            mean = translate_plural(
                "mean {score} of 100 in {known} of {areas} area",
                "mean {score} of 100 in {known} of {areas} areas",
                row["areas"],
            ).format(score=number(row["score"]), known=row["known"], areas=row["areas"])
            st.markdown(f":small[{mean if row['known'] else _('no score and no rating yet')}]")
            words = _("{count}; peers’ median {median}") if row["median"] == row["median"] else _("{count}")
            count = words.format(count=practice_count(row["practices"]), median=number(row["median"], 1))
            st.markdown(f":small[{count}]")
