"""What a benchmark says of a place of which little is known, or nothing."""

from __future__ import annotations

import streamlit as st

from icc_data.analysis import comparison
from icc_data.analysis.benchmark import FEWEST_PEERS, FEWEST_PRACTICES
from icc_data.analysis.benchmark_table import score_words
from icc_data.analysis.city_facts import practice_count
from icc_data.analysis.comparison import Benchmark
from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _
from pages.shared.address import note_read
from pages.shared.figures import panel_title
from pages.shared.filter_bar import empty_selection
from pages.shared.markdown import escaped

# Policy areas of the peers that are named beside a city of which little is known.
MOST_DONE = 8


def small_numbers(compared: Benchmark) -> None:
    """Say why only counts can be said, and what stands in no policy area, where that is so."""
    if left_out := comparison.not_coded(compared):
        st.caption(f":material/info: {escaped(left_out)}")
    if compared.practices < FEWEST_PRACTICES:
        words = _("{name} has {practices} here: fewer than {fewest}, so counts are shown, no shares and ranks.")
        sentence = words.format(
            name=escaped(compared.name), practices=practice_count(compared.practices), fewest=FEWEST_PRACTICES
        )
        st.caption(":material/info: " + sentence)
    if compared.with_practices < FEWEST_PEERS:
        words = translate_plural(
            "Only {count} peer has a practice: fewer than {fewest}, so counts are shown, no quartiles and ranks.",
            "Only {count} peers have a practice: fewer than {fewest}, so counts are shown, no quartiles and ranks.",
            compared.with_practices,
        )
        st.caption(":material/info: " + words.format(count=number(compared.with_practices), fewest=FEWEST_PEERS))
    elif compared.median_practices < FEWEST_PRACTICES:
        words = _(
            "The median peer has {median} practices here: fewer than {fewest}, so counts are shown, no shares and "
            "ranks."
        )
        median = score_words(compared.median_practices)
        st.caption(":material/info: " + words.format(median=median, fewest=FEWEST_PRACTICES))


def little_panel(compared: Benchmark) -> None:
    """Of a city with hardly a practice, what its peers do: dots on zero would say nothing."""
    note_read("chart")
    panel_title(_("What its peers do"), _("Policy areas in which most of them have a practice"))
    small_numbers(compared)
    lines = comparison.done_by_peers(compared, MOST_DONE)
    st.markdown("\n".join(f"- {escaped(line)}" for line in lines))


def nothing_to_draw(compared: Benchmark) -> None:
    """Where nobody has a practice, say so, and what to take away: rows of zeros would look like an answer."""
    words = _("Neither {name} nor any of its peers has a practice here, so there is nothing to compare.")
    st.markdown(words.format(name=escaped(compared.name)))
    empty_selection()
