"""Two selections beside each other: how a comparison begins, what it stands between, and how it ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis.two_selections import Names
from icc_data.analysis.two_selections_notes import sizes
from icc_data.i18n import number
from icc_data.i18n import translate as _
from icc_data.queries.comparison import COMPARE, AnySelection, Comparison, Rest, compared_with, in_words, names
from icc_data.queries.selection import FACETS, Selection
from icc_data.queries.selection_words import choices
from pages.shared.address import go, replace_options
from pages.shared.answers import ask
from pages.shared.downloads import AsData
from pages.shared.markdown import escaped
from pages.shared.news import announce
from pages.shared.paper import narrow_table, printed_table
from pages.shared.session import current

COMPARING_PAGES = ("map", "timeline", "topics", "practices")
"""The addresses of the pages that show two selections."""
SIDE_PARAM = "side"
"""The parameter that says of which of the two the practices are listed."""
_SAME_FACET = "compare-same-facet"


@dataclass(frozen=True)
class Compared(Comparison):
    """Two selections that a page shows.

    Attributes:
        names: what they are called, in few words.
        counts: the answer of ``queries.compared_counts``.
    """

    names: Names
    counts: Mapping[str, int]

    def as_data(self, view: str, **chosen: str) -> AsData:
        """Where a program gets a table of both.

        Args:
            view: its name.
            chosen: what is chosen beside the two selections.
        """
        return AsData(view, self.selection, {COMPARE: self.param, **chosen})

    def rests_on(self, of: AnySelection | None = None) -> tuple[str, ...]:
        """What a file has to say of the comparison, a sentence each.

        Args:
            of: the one of both that the file is about; None for both, and for the one that stands first.
        """
        options = current().options
        turned = of is self.other and isinstance(of, Selection)
        other = in_words(self.one, options) if turned else compared_with(self, options)
        return _("Compared with: {other}").format(other=other), sizes(self.counts, self.names)


def comparing() -> Compared | None:
    """The two selections of the address; None where it asks for none, or there is nothing to compare."""
    comparison = current().comparison
    if comparison is None or comparison.lack:
        return None
    counts = _counts(comparison)
    if not min(counts["practices"], counts["other_practices"]):
        return None
    return Compared(comparison.one, comparison.other, names(comparison, current().options), counts)


def _counts(comparison: Comparison) -> dict[str, int]:
    counts: dict[str, int] = ask(queries.compared_counts, comparison.one, comparison.other)
    return counts


def compare(comparison: Comparison, page_options: Mapping[str, list[str]] | None = None) -> None:
    """Write two selections, and what else changes with them, to the address."""
    go(comparison.selection, {COMPARE: [comparison.param], **(page_options or {})})


def _swap(comparison: Comparison) -> None:
    """Turn the two round; a list of what is in one alone stays a list of the same practices."""
    turned = {"one": "other", "other": "one"}
    sides = [turned.get(side, side) for side in st.query_params.get_all(SIDE_PARAM)]
    compare(comparison.swapped, {SIDE_PARAM: sides} if sides else {})


def end_comparison() -> None:
    """Take the comparison out of the address; the filters stay."""
    replace_options([COMPARE, "page"], {})


def compare_menu(page: str) -> None:
    """The ways to begin a comparison with what is chosen, on the pages that show one.

    Args:
        page: the address of the page.
    """
    selection = current().selection
    if page not in COMPARING_PAGES or current().comparison is not None:
        return
    with st.popover(_("Compare"), icon=":material/compare_arrows:", key="compare-menu"):
        st.button(
            _("With the rest of the network"),
            key="compare-rest",
            on_click=compare,
            args=(Comparison(selection, Rest(selection)),),
            help=_("All practices that this selection leaves out"),
        )
        _with_same_facet(selection)
        _with_other_years(selection)
        st.button(
            _("Keep this selection and choose another one"),
            key="compare-keep",
            on_click=compare,
            args=(Comparison(selection, selection),),
            help=_("It becomes the second of the two; what you then change in the filters is the first."),
        )


def _with_same_facet(selection: Selection) -> None:
    """Another value of the one filter that has a single one."""
    single = [name for name in FACETS if len(selection.chosen(name)) == 1]
    if len(single) != 1:
        return
    (name,) = single
    counts: dict[str, int] = ask(queries.facet_counts, selection)[name]
    values = [
        value for value in current().options.values(name) if value in counts and value not in selection.chosen(name)
    ]

    def chosen() -> None:
        value = st.session_state[_SAME_FACET]
        if value:
            compare(Comparison(selection, selection.with_values(name, [value])))

    label = current().options.label
    st.selectbox(
        _("With another one: {filter}").format(filter=_(FACETS[name].label)),
        values,
        format_func=lambda value: f"{label(name, value)} ({number(counts[value])})",
        index=None,
        placeholder=_("Choose"),
        key=_SAME_FACET,
        on_change=chosen,
    )


def _with_other_years(selection: Selection) -> None:
    """The years before or after those that are chosen, where one end is open; what is undated is in neither."""
    if (selection.year_from is None) == (selection.year_to is None):
        return
    one = replace(selection, include_undated=False)
    if selection.year_from is not None:
        other = replace(one, year_from=None, year_to=selection.year_from - 1)
        words = _("With the years until {year}").format(year=other.year_to)
    else:
        other = replace(one, year_from=(selection.year_to or 0) + 1, year_to=None)
        words = _("With the years since {year}").format(year=other.year_from)
    st.button(words, key="compare-years", on_click=compare, args=(Comparison(one, other),))


def comparison_line(page: str) -> None:
    """What is compared with, as chips to take away, with buttons to swap the two and to end; what is missing, if any.

    Args:
        page: the address of the page.
    """
    comparison = current().comparison
    if comparison is None:
        return
    options = current().options
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="comparison-line"):
        st.markdown(_("**Compared with**"), width="content")
        if comparison.with_rest:
            st.markdown(escaped(compared_with(comparison, options)), width="content")
            swaps = _("The two change places; the filters stay as they are")
        else:
            _chips(comparison)
            swaps = _("The second selection becomes the first, which the filters change")
        st.button(
            _("Swap"),
            key="compare-swap",
            type="tertiary",
            icon=":material/swap_vert:",
            on_click=_swap,
            args=(comparison,),
            help=swaps,
        )
        st.button(
            _("End comparison"),
            key="compare-end",
            type="tertiary",
            icon=":material/close:",
            on_click=end_comparison,
        )
    if page not in COMPARING_PAGES:
        st.caption(_("The comparison shows on the pages Map, Timeline, Topics and Practices."))
        return
    counts = {} if comparison.lack else _counts(comparison)
    # Of a selection without a practice the page itself says so.
    if comparison.lack or not counts["practices" if isinstance(comparison.one, Rest) else "other_practices"]:
        _say_what_lacks(comparison)
    elif min(counts["practices"], counts["other_practices"]):
        words = sizes(counts, names(comparison, options))
        st.caption(escaped(words))
        announce(words)


def _chips(comparison: Comparison) -> None:
    """The choices of the second selection, each to be taken away."""
    if isinstance(comparison.other, Rest):
        return
    for label, smaller in choices(comparison.other, current().options):
        st.button(
            escaped(label),
            key=f"compared-{label}",
            icon=":material/close:",
            on_click=compare,
            args=(Comparison(comparison.one, smaller),),
            help=_("Take this out of the second selection"),
        )


def _say_what_lacks(comparison: Comparison) -> None:
    """Why there is nothing to compare, and what to do about it."""
    one, other, lack = comparison.selection, comparison.other, comparison.lack
    kept = in_words(other, current().options)
    if lack == "one" and comparison.with_rest:
        words = _("Nothing is chosen, so there is no rest: choose something in the filters to compare with it.")
    elif lack == "one":
        words = _("Nothing is chosen in the filters. Choose what to compare with: {other}.").format(other=kept)
    elif lack == "same":
        words = _("Both selections are the same. Change the filters: what they choose is compared with {other}.")
        words = words.format(other=kept)
    elif lack == "other":
        words = _("The second selection chooses nothing, so there is nothing to compare with.")
    elif comparison.with_rest:
        words = _("The selection holds every practice, so there is no rest to compare it with.")
    else:
        words = _("No practice fits the second selection. Take one of its choices away, or end the comparison.")
    st.info(escaped(words), icon=":material/compare_arrows:")
    announce(words)
    with_rest = one if not one.is_empty else other
    if not comparison.with_rest and isinstance(with_rest, Selection) and not with_rest.is_empty:
        st.button(
            _("Compare {selection} with the rest of the network").format(
                selection=escaped(in_words(with_rest, current().options))
            ),
            key="compare-lacking",
            on_click=partial(compare, Comparison(with_rest, Rest(with_rest))),
        )


def both_table(name: str, rows: Any, column: str, heading: str, compared: Compared, title: str) -> None:
    """One table with both selections: their shares and counts, the difference with its interval, and how it is judged.

    Args:
        name: identifies the table on its page.
        rows: what ``analysis.two_selections.term_rows`` or ``year_rows`` gives.
        column: the column that says what a row is about.
        heading: what that is called.
        compared: the two selections.
        title: what the table is called.
    """
    one, other = compared.names
    columns = {
        column: heading,
        "share_words": one,
        "other_words": other,
        "points": _("Difference"),
        "judged": _("Judged"),
    }
    table_of_both(name, rows.astype({column: str})[list(columns)], columns, title, rows_high=20)


def table_of_both(name: str, frame: Any, columns: Mapping[str, str], title: str, *, rows_high: int) -> None:
    """A table of both selections; where a telephone would show two of its columns, its texts wrap.

    Args:
        name: identifies the table on its page.
        frame: texts.
        columns: what the columns are called, in their order; the first says what a row is about.
        title: what the table is called.
        rows_high: how many rows are seen before it scrolls; a telephone shows no others, without the countries.
    """
    with st.container(key=f"wide-both-{name}"):
        st.dataframe(
            frame,
            hide_index=True,
            column_config=columns,
            height=35 * (min(len(frame), rows_high) + 1) + 3,
            key=f"both-{name}",
            alt=title,
        )
    with st.container(key=f"narrow-both-{name}"):
        narrow_table(frame.head(rows_high), {key: words for key, words in columns.items() if key != "country"}, title)
        if len(frame) > rows_high:
            st.caption(_("The first {shown} of {count}.").format(shown=rows_high, count=number(len(frame))))
    printed_table(frame, columns, title=title)
