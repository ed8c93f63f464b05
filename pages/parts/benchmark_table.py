"""Everything of a benchmark in one table on screen, and as files with the rows behind it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from icc_data.analysis import benchmark_table
from icc_data.i18n import NOT_STATED, number
from icc_data.i18n import translate as _
from pages.parts.benchmark_comparison import Benchmark, results, rule_in_words
from pages.shared.downloads import download_buttons
from pages.shared.figures import panel_title
from pages.shared.paper import printed_table

NAMED = 10


def table_panel(found: Benchmark) -> None:
    """All of it, sortable and to download."""
    panel_title(_("Everything in one table"), _("Click a heading to sort"))
    frame = found.table
    shown = benchmark_table.shown_columns(frame)
    styled = benchmark_table.styled(frame, ["kind", "item", *shown])
    st.dataframe(
        styled,
        hide_index=True,
        column_order=shown,
        column_config=_columns(found.name),
        alt=_("Everything in one table"),
        placeholder=NOT_STATED,
        height=35 * (len(frame) + 1) + 3,
    )
    words = benchmark_table.headings(found.name)
    printed_table(frame, {name: words[name] for name in shown}, read=styled)
    _downloads(found)


def _columns(own: str) -> dict[str, Any]:
    words = benchmark_table.headings(own)
    widths = {"own": 80, "rank": 60, "q1": 80, "median": 100, "q3": 80, "percentile": 95, "n": 60, "practices": 75}
    widths |= {"count_median": 110, "peers_with": 105}
    helps = {
        "rank": _("Place among the scores of the edition."),
        "percentile": _("Percentile rank; 50 is the middle."),
        "n": _("Peers whose value is known."),
        "count_median": _("Median of the peers’ numbers of practices."),
        "peers_with": _("Peers with a practice in the area."),
    }
    columns: dict[str, Any] = {
        name: st.column_config.NumberColumn(words[name], width=width, help=helps.get(name))
        for name, width in widths.items()
    }
    return {"label": st.column_config.TextColumn(words["label"], pinned=True, width=265), **columns}


def titled(found: Benchmark, title: str) -> str:
    """The title of a picture or file, with how the peers were chosen."""
    return _("{title} (peers: {rule})").format(title=title, rule=rule_in_words(found.unit, found.value))


def _naming(found: Benchmark, title: str) -> str:
    """The title of a file, with how the peers were chosen and who they are, the first ten of many."""
    names = [found.label(peer) for peer in found.peers[:NAMED]]
    if len(found.peers) > NAMED:
        names.append(_("{count} more").format(count=number(len(found.peers) - NAMED)))
    return _("{title}: {names}").format(title=titled(found, title), names=", ".join(names))


def _downloads(found: Benchmark) -> None:
    """The table, the rows that it can be computed from again, and the scores, as files."""
    with st.popover(_("Download"), icon=":material/download:"):
        st.caption(_("This table"))
        title = _naming(found, _("Benchmark of {name}").format(name=found.name))
        download_buttons("benchmark", title, lambda: benchmark_table.readable(found.table, found.name))
        st.caption(
            _("The rows behind it: {name} and each peer, from which every figure can be computed").format(
                name=found.name
            )
        )
        title = _naming(found, _("Rows behind the benchmark of {name}").format(name=found.name))
        download_buttons("benchmark-rows", title, lambda: found.behind)
        if found.unit == "city":
            st.caption(_("Index scores of both, with their editions and sources"))
            title = _naming(found, _("Index scores beside {name}").format(name=found.name))
            # Asked now: what a visit brought along is not there in the thread that writes a file.
            listed = results(found.value)
            scores = listed[listed["city_id"].isin((found.value, *found.peers))]
            download_buttons("benchmark-scores", title, lambda: scores)
