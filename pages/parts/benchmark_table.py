"""Everything of a benchmark in one table on screen, and as files with the rows behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from icc_data.analysis import benchmark_table
from icc_data.analysis.comparison import Benchmark, scores_of
from icc_data.analysis.own_results import own_labelled, own_marked
from icc_data.i18n import NOT_STATED
from icc_data.i18n import translate as _
from pages.parts.benchmark_comparison import as_data, results, within
from pages.shared.downloads import address_for_programs, download_buttons, linked
from pages.shared.drawn import draw_once
from pages.shared.figures import panel_title
from pages.shared.markdown import escaped
from pages.shared.menus import menu
from pages.shared.own_results import own_editions, own_note, own_results
from pages.shared.paper import printed_table
from pages.shared.written_cells import with_texts

FILES_MENU = "benchmark-files"
# Pixels of a letter of a table, and around a cell's text.
LETTER, PADDING = 6, 24
# What the words of a row say already; as columns they would be cut off beside the sidebar. Files have them.
SAID_IN_WORDS = ("percentile", "n", "practices", "peers_with")


def table_panel(compared: Benchmark) -> None:
    """All of it, sortable and to download."""
    panel_title(
        _("Everything in one table"),
        _("A share of one policy area has no good end; of Index scores higher is better"),
        hint=_("Click a heading to sort"),
    )
    if own_results(compared.value).is_empty:
        parts = compared.unit, compared.value, compared.peers, compared.rule, within()
        draw_once(lambda: _table(compared), "benchmark table", *parts)
    else:
        _table(compared)
    _downloads(compared)


def _table(compared: Benchmark) -> None:
    """The table on a screen, on a telephone and on paper."""
    frame, words = compared.table, benchmark_table.headings(compared.name)
    columns = benchmark_table.shown_columns(frame)
    cells, read = benchmark_table.as_read(frame, ["kind", "item", *columns])
    names = benchmark_table.row_names(frame)
    with st.container(key="wide-benchmark-table"):
        st.dataframe(
            with_texts(cells, read),
            hide_index=True,
            column_order=[name for name in columns if name not in SAID_IN_WORDS],
            column_config=_columns(words, names, frame["words"]),
            alt=_("Everything in one table"),
            placeholder=NOT_STATED,
            height=35 * (len(frame) + 1) + 3,
        )
    # A telephone shows the rows in words: of the table it has room for the names alone.
    with st.container(key="narrow-benchmark-table"):
        lines = zip(names, frame["words"], strict=True)
        st.markdown("\n\n".join(f"**{escaped(name)}**  \n:small[{escaped(told)}]" for name, told in lines))
    # The first column heads the rows, as on screen.
    columns = ["label", *(name for name in columns if name != "label")]
    title = _("Everything in one table")
    printed_table(frame, {name: words[name] for name in columns}, read=read, title=title)


def _columns(words: Mapping[str, str], labels: Iterable[str], sentences: Iterable[str]) -> dict[str, Any]:
    # On screen a long heading would be cut: a short one has its words in the help.
    words = {**words, "median": _("Median"), "count_median": _("Median count")}
    widths = {"own": _pixels([words["own"]], 75, 150), "rank": 60, "q1": 90, "median": 80, "q3": 90, "percentile": 115}
    widths |= {"n": 60, "practices": 80, "count_median": 115, "peers_with": 110}
    helps = {
        "median": _("Median of the peers."),
        "rank": _("Place among the scores of the edition."),
        "percentile": _("Percentile rank; 50 is the middle, 100 the most. Where numbers are small there is none."),
        "n": _("Peers whose value is known."),
        "count_median": _("Median of the peers’ numbers of practices."),
        "peers_with": _("Peers that have any of it: a practice in the area, or anything that the measure counts."),
    }
    numbers: dict[str, Any] = {
        name: st.column_config.NumberColumn(words[name], width=width, help=helps.get(name))
        for name, width in widths.items()
    }
    texts = {"words": st.column_config.TextColumn(words["words"], width=_pixels(sentences, 230, 330))}
    return {
        "label": st.column_config.TextColumn(words["label"], pinned=True, width=_pixels(labels, 230, 420)),
        **numbers,
        **texts,
    }


def _pixels(texts: Iterable[str], least: int, most: int) -> int:
    """How wide a column has to be for its longest text, within limits."""
    return min(max(least, LETTER * max(map(len, texts), default=0) + PADDING), most)


def _downloads(compared: Benchmark) -> None:
    """The table, the rows that it can be computed from again, and the scores, as files."""
    # Twelve buttons: they are put there once somebody opens the menu.
    menu(_("Download"), ":material/download:", FILES_MENU, lambda: _files(compared))


def _files(compared: Benchmark) -> None:
    own, note = own_editions(compared.value), own_note(compared.value)
    st.caption(_("This table"))
    title = compared.file_title(_("Benchmark of {name}").format(name=compared.name))

    def table() -> pd.DataFrame:
        return own_labelled(compared.table, own)

    download_buttons("benchmark", title, table, own=note)
    address_for_programs(as_data("benchmark", compared))
    st.caption(
        _("The rows behind it: {name} and each peer, from which every figure can be computed").format(
            name=compared.name
        )
    )
    title = compared.file_title(_("Rows behind the benchmark of {name}").format(name=compared.name))
    download_buttons("benchmark-rows", title, lambda: linked(compared.behind, compared.unit), own=note)
    address_for_programs(as_data("benchmark_rows", compared))
    if compared.unit == "city":
        st.caption(_("Index scores of both, with their editions and sources"))
        title = compared.file_title(_("Index scores beside {name}").format(name=compared.name))
        # Asked now: what a visit brought along is not there in the thread that writes a file.
        everything = results(compared.value)

        def scores() -> pd.DataFrame:
            both = scores_of(everything, (compared.value, *compared.peers))
            return own_marked(both, compared.value, own)

        download_buttons("benchmark-scores", title, scores, own=note)
        address_for_programs(as_data("benchmark_scores", compared))
