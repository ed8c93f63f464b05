"""The state of a scope: what is found, in sentences, and the numbers behind them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis.review import Review
from icc_data.analysis.review_findings import Finding, is_late
from icc_data.analysis.review_state import StateFigure, member_rows, state_definition, state_figures, state_frame
from icc_data.analysis.silence import silence_words
from icc_data.cells import dicts_of
from icc_data.i18n import NOT_STATED, number
from icc_data.i18n import translate as _
from icc_data.queries.review_queries import ReviewPeriod
from pages.parts.review_scope import Reviewed
from pages.shared.cards import Metric, metric_row
from pages.shared.downloads import address_for_programs, download_buttons
from pages.shared.drawn import draw_once
from pages.shared.figures import panel_title
from pages.shared.filter_bar import empty_selection
from pages.shared.markdown import escaped
from pages.shared.method import Method, method_button
from pages.shared.navigation import FOLLOWED, link_to
from pages.shared.paper import printed_table
from pages.shared.presenting import presenting
from pages.shared.session import current

# The figures of the period; the others tell how things stand.
OF_PERIOD = ("started", "sure_start", "active", "cities_active", "joined", "reports")
# Pixels for the longest name of a network, in both languages.
NAMES = 262


def state_part(about: Reviewed) -> None:
    """The findings, the figures, and the members."""
    worked_out = about.worked_out()
    findings_panel(about, worked_out)
    if not worked_out.cities.empty or worked_out.figures[0].now:
        figures_panel(about, worked_out)
    elif not presenting():
        empty_selection()
    if not presenting() and not worked_out.members.empty:
        members_panel(about, worked_out)


def findings_panel(about: Reviewed, worked_out: Review) -> None:
    """Each finding as a link to what it is about."""
    with st.container(key="card-findings", gap="xsmall" if presenting() else "small"):
        for finding in worked_out.findings:
            finding_link(about, finding)


def finding_link(about: Reviewed, finding: Finding) -> None:
    """A finding that opens where it can be looked at.

    Args:
        about: what the review is about.
        finding: the sentence and its target.
    """
    sentence = escaped(finding.sentence)
    words = f":orange[**{sentence}**]" if finding.alarm else sentence
    if finding.note:
        words += f" :gray[{escaped(finding.note)}]"
    icon = ":material/priority_high:" if finding.alarm else ":material/chevron_right:"
    target = {name: list(values) for name, values in finding.target.params.items()}
    if finding.target.page == "review":
        # A presentation goes on in itself.
        on = {"present": ["1"]} if presenting() else {}
        query = about.params(**target, **on) | {FOLLOWED: ["yes"]}
    else:
        query = {**about.scope.to_params(), **target}
    link_to(f"pages/{finding.target.page}.py", label=words, icon=icon, query_params=query)


def _metric(figure: StateFigure) -> Metric:
    label = f":orange[:material/priority_high:] {figure.label}" if figure.alarm else figure.label
    notes = [] if figure.of is None else [figure.whole()]
    if figure.before is not None:
        words = _("{when}: {change}")
        notes.append(words.format(when=figure.at or _("before"), change=figure.change()))
    return Metric(label, number(figure.now), " · ".join(notes) or None, figure.note or None)


def figures_panel(about: Reviewed, worked_out: Review) -> None:
    """The numbers, those of the period beside the period before, then how things stand."""
    period = worked_out.period
    moving = [figure for figure in worked_out.figures if figure.name in OF_PERIOD]
    standing = [figure for figure in worked_out.figures if figure.name not in OF_PERIOD]
    words = _("{period}, beside {before}").format(period=period.words, before=period.before.words)
    panel_title(_("In the period"), words)
    parts = about.scope, about.period, worked_out.silence
    draw_once(lambda: metric_row(map(_metric, moving)), "review moving", *parts)
    silent = _("Whatever the years; silent: nothing is known for {years}")
    panel_title(_("As things stand"), silent.format(years=silence_words(worked_out.silence)))
    draw_once(lambda: metric_row(map(_metric, standing), "metrics-standing"), "review standing", *parts)
    method_button("review-state", _("State of the scope"), lambda: state_method(about, worked_out))


def state_method(about: Reviewed, worked_out: Review) -> Method:
    """How the numbers of the state were counted."""

    def rows(counts: Any) -> Any:
        figures = state_figures(counts, *worked_out.standings, late=is_late(about.period, about.as_of))
        return state_frame(figures, about.period.words, about.period.before.words)

    return Method(
        title=_("State of the scope"),
        sentence=state_definition(),
        question=queries.review_state,
        selection=about.scope,
        args=(about.period,),
        worked_out=rows,
        same=about.as_data("review_state"),
    )


def narrow_members(kind: str, rows: Any, period: ReviewPeriod) -> None:
    """The same rows in words, which a telephone shows instead of the table.

    Args:
        kind: names the table.
        rows: those of ``review_state.member_rows``.
        period: the years under review.
    """
    joined = _("with a practice: {practices} · joined {period}: {now}, {earlier}: {before} · year known of {known}")
    lines = []
    for row in dicts_of(rows):
        words = joined.format(
            practices=row["practices_words"],
            period=period.words,
            now=number(row["joined"]),
            earlier=period.before.words,
            before=number(row["joined_before"]),
            known=number(row["joined_known"]),
        )
        lines.append(f"**{escaped(row['label'])}** :gray[{number(row['cities'])}]  \n:small[{words}]")
    with st.container(key=f"narrow-members-{kind}"):
        st.markdown("\n\n".join(lines))


def _members(worked_out: Review) -> None:
    """A table for the status, and one for the network."""
    period = worked_out.period
    columns = {
        "label": "",
        "practices_words": _("With a practice"),
        "joined": _("Joined {period}").format(period=period.words),
        "joined_before": period.before.words,
        "joined_known": _("Year known"),
    }
    kinds = {
        "membership_status": _("Cities by status"),
        "network": _("Cities by network (a city of several counts in each)"),
    }
    # Beside each other, they would be cut where a language has long headings.
    for kind, title in kinds.items():
        rows = worked_out.members[worked_out.members["kind"] == kind].reset_index(drop=True)
        panel_title(title)
        with st.container(key=f"wide-members-{kind}"):
            st.dataframe(
                rows,
                hide_index=True,
                width="content",
                column_order=list(columns),
                column_config={
                    name: st.column_config.Column(
                        words, pinned=name == "label", width=NAMES if name == "label" else None
                    )
                    for name, words in columns.items()
                },
                placeholder=NOT_STATED,
                height=35 * (len(rows) + 1) + 3,
                alt=title,
            )
        narrow_members(kind, rows, period)
        printed_table(rows, columns | {"label": title}, title=title)


def members_panel(about: Reviewed, worked_out: Review) -> None:
    """Cities by status and by network."""
    draw_once(lambda: _members(worked_out), "review members", about.scope, about.period)
    label = current().options.label
    method_button(
        "review-members",
        _("Cities by status and network"),
        lambda: Method(
            title=_("Cities by status and network"),
            sentence=_("Cities of the scope; with a practice: one of the scope’s practices names the city."),
            question=queries.review_members,
            selection=about.scope,
            args=(about.period,),
            worked_out=lambda frame: member_rows(frame, label).drop(columns="practices_words"),
            same=about.as_data("review_members"),
        ),
    )
    with st.popover(_("Download"), icon=":material/download:"):
        rows = worked_out.members.drop(columns="practices_words")
        download_buttons("review-members", _("Cities by status and network"), lambda: rows)
        address_for_programs(about.as_data("review_members"))
