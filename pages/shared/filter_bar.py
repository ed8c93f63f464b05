"""The filter bar in the sidebar and the chips of what is chosen; both only read and write the address."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from icc_data import queries
from icc_data.analysis.city_facts import practice_count
from icc_data.analysis.glossary import GLOSSARY, meaning
from icc_data.analysis.parameters import unknown_params
from icc_data.analysis.search_reading import corrections, exclusions_in_words, reading_in_words, syntax_in_words
from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.search_box import exactly
from icc_data.queries.selection import FACETS, Selection, filter_labels
from icc_data.queries.selection_words import choices
from pages.shared.address import bound, go, note_read, params, say_ignored
from pages.shared.answers import ask, remember
from pages.shared.comparing import compare_menu
from pages.shared.markdown import escaped
from pages.shared.news import announce
from pages.shared.session import current

FIRST_FACETS = ("country", "city", "network", "policy_area", "theme")
MORE_FACETS = tuple(name for name in FACETS if name not in FIRST_FACETS)


def _key(name: str) -> str:
    return f"filter-{name}"


def _write_facet(name: str, values: list[str]) -> None:
    go(current().selection.with_values(name, values))


def _write_text(text: str) -> None:
    go(replace(current().selection, q=text.strip()))


def _write_years(first: int, last: int, _changed: object) -> None:
    # The years and what they mean are two widgets and one choice.
    low, high = st.session_state[_key("years")]
    go(
        replace(
            current().selection,
            year_from=None if low <= first else low,
            year_to=None if high >= last else high,
            years=st.session_state[_key("basis")],
        )
    )


def _write_undated(on: bool) -> None:
    go(replace(current().selection, include_undated=on))


def _write_ongoing(on: bool) -> None:
    go(replace(current().selection, ongoing_only=on))


def _write_bare(left_out: bool) -> None:
    go(replace(current().selection, include_bare=not left_out))


def _write_said(on: bool) -> None:
    go(replace(current().selection, include_said=on))


def _offered() -> dict[str, dict[str, str]]:
    """Each facet's values in their order, those that would give nothing last, in words with what they would give."""
    session = current()

    def facet(name: str, counts: dict[str, int]) -> dict[str, str]:
        values = sorted(session.options.values(name), key=lambda value: value not in counts)
        amounts = {value: number(counts[value]) if counts.get(value) else _("none") for value in values}
        return {value: f"{session.options.label(name, value)} ({amounts[value]})" for value in values}

    def offered() -> dict[str, dict[str, str]]:
        counts: dict[str, dict[str, int]] = ask(queries.facet_counts, session.selection)
        return {name: facet(name, counts[name]) for name in FACETS}

    return remember(offered, "offered", session.selection)


def _facet(name: str, offered: dict[str, str]) -> None:
    session = current()
    st.multiselect(
        _(FACETS[name].label),
        list(offered),
        format_func=offered.__getitem__,
        placeholder=_("Any"),
        select_all=False,
        help=meaning(name) if name in GLOSSARY else None,
        **bound(_key(name), list(session.selection.chosen(name)), partial(_write_facet, name)),
    )


def _years(selection: Selection) -> None:
    network, labels = ask(queries.network), filter_labels()
    first, last = network["first_year"], current().as_of.year
    basis = {"active": _("Active"), "started": _("Started")}
    st.segmented_control(
        labels["years"],
        list(basis),
        format_func=basis.__getitem__,
        required=True,
        width="stretch",
        help=_(
            "Active: known to have run in at least one of these years, or said to go on until {year}, the year of the "
            "data. Started: the first year lies among these."
        ).format(year=last),
        **bound(_key("basis"), selection.years, partial(_write_years, first, last)),
    )
    low, high = selection.year_from or first, selection.year_to or last
    span = (min(max(low, first), last), max(min(high, last), first))
    binding = bound(_key("years"), span, partial(_write_years, first, last))
    st.slider(_("From and to"), first, last, label_visibility="collapsed", **binding)
    undated = network["practices"] - network["dated"]
    st.toggle(
        labels["undated"],
        help=_("{count} practices of the network carry no start year.").format(count=number(undated)),
        **bound(_key("undated"), selection.include_undated, _write_undated),
    )
    st.toggle(
        labels["ongoing"],
        help=_("Only practices whose year text or description says that they go on."),
        **bound(_key("ongoing"), selection.ongoing_only, _write_ongoing),
    )
    st.toggle(
        labels["bare"],
        help=_(
            "Of some practices one year alone was published, such as “2016”. It may be the year in which they began, "
            "or that of the page or of one edition."
        ),
        **bound(_key("bare"), not selection.include_bare, _write_bare),
    )
    st.toggle(
        labels["said"],
        help=_(
            "On: a practice that was said to go on counts as active until {year}. Off: only in the years in which it "
            "is known to have run."
        ).format(year=last),
        **bound(_key("said"), selection.include_said, _write_said),
    )


def filter_bar() -> None:
    """Draw the filters of all pages in the sidebar."""
    selection = current().selection
    offered = _offered()
    with st.sidebar:
        st.text_input(
            _("Search"),
            type="search",
            icon=":material/search:",
            placeholder=_("Words in title, summary, city…"),
            **bound(_key("q"), selection.q, _write_text),
        )
        for name in FIRST_FACETS:
            _facet(name, offered[name])
        _years(selection)
        chosen = sum(len(selection.chosen(name)) for name in MORE_FACETS)
        label = _("More filters") if not chosen else _("More filters ({count} chosen)").format(count=chosen)
        more = st.expander(label, expanded=chosen > 0, key="more-filters", on_change="rerun")
        if more.open:
            with more:
                for name in MORE_FACETS:
                    _facet(name, offered[name])


def selection_line(ignored: DeltaGenerator, page: str) -> None:
    """Say what of the address does not count, and how many practices are selected, with chips to take choices away.

    Args:
        ignored: where to say what does not count.
        page: the address of the page.
    """
    session = current()
    with ignored:
        say_ignored([*session.ignored, *unknown_params(params())], filter_labels())
    selection = session.selection
    count, everything = ask(queries.practice_count, selection), ask(queries.network)["practices"]
    announce(
        translate_plural(
            "{count} of {all} practice is chosen.", "{count} of {all} practices are chosen.", everything
        ).format(count=number(count), all=number(everything))
    )
    # In one place, whatever stands there: a browser knows the parts of a page by their count from above, and would draw
    # every chart and map below anew when a line more or less stands before them.
    with st.container():
        if not selection.is_empty:
            _chosen(selection, count, everything, page)


def _chosen(selection: Selection, count: int, everything: int, page: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="selection-line"):
        words = translate_plural("**{count}** of {all} practice", "**{count}** of {all} practices", everything)
        st.markdown(words.format(count=number(count), all=number(everything)), width="content")
        for label, smaller in choices(selection, current().options):
            removed = ask(queries.practice_count, smaller)
            st.button(
                escaped(label),
                key=f"chip-{label}",
                icon=":material/close:",
                on_click=go,
                args=(smaller,),
                help=translate_plural(
                    "Remove: {count} practice without it", "Remove: {count} practices without it", removed
                ).format(count=number(removed)),
            )
        st.button(
            _("Clear all filters"),
            key="clear-all",
            type="tertiary",
            icon=":material/filter_alt_off:",
            on_click=go,
            args=(Selection(),),
        )
        compare_menu(page)
    search_notes(selection)


def typed_reading(selection: Selection) -> pd.DataFrame:
    """What each typed word was taken for, whatever else is chosen: another filter is no reason to look it up anew."""
    reading: pd.DataFrame = ask(queries.search_reading, Selection(q=selection.q))
    return reading


def search_notes(selection: Selection) -> None:
    """Say what typed words were taken for, each correction with a way back to what was typed."""
    if not selection.q:
        return
    reading = typed_reading(selection)
    broken = ask(queries.broken_exclusions, selection)
    said = exclusions_in_words(ask(queries.idle_exclusions, selection), broken)
    for sentence in dict.fromkeys(filter(None, [syntax_in_words(selection.q), *reading_in_words(reading), *said])):
        st.caption(f":material/info: {escaped(sentence)}")
    for typed in corrections(reading):
        words = _("Search exactly for “{typed}”").format(typed=escaped(typed))
        _search_instead(words, f"exactly-{typed}", "undo", selection, exactly(selection.q, [typed]))
    # Where a phrase was typed twice, the first button leaves the second.
    for phrase, text in {phrase: text for _word, phrase, text in reversed(broken)}.items():
        words = _("Exclude “{phrase}”").format(phrase=escaped(phrase))
        _search_instead(words, f"exclude-{phrase}", "format_quote", selection, text)


def _search_instead(label: str, key: str, icon: str, selection: Selection, text: str) -> None:
    st.button(
        label,
        key=key,
        icon=f":material/{icon}:",
        type="tertiary",
        on_click=go,
        args=(replace(selection, q=text),),
    )


def did_you_mean(selection: Selection) -> None:
    """For words that no practice has, offer those that look like them."""
    reading = typed_reading(selection)
    unknown = reading[reading["kind"].isna()]["typed"].tolist()
    for typed, words in ask(queries.suggestions, None, tuple(unknown)).items() if unknown else ():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_("Instead of “{word}”, did you mean").format(word=typed), width="content")
            for word in words:
                st.button(
                    word,
                    key=f"meant-{typed}-{word}",
                    on_click=go,
                    args=(replace(selection, q=selection.search.with_word(typed, word)),),
                )


def empty_selection() -> bool:
    """Where nothing is selected, say what to loosen, with the number of practices each step brings.

    Returns:
        Whether the selection holds no practice.
    """
    selection = current().selection
    if ask(queries.practice_count, selection):
        return False
    # The controls that the address sets come back with the practices.
    note_read(*params())
    with st.container(border=True, key="empty-selection"):
        st.markdown("## " + _("No practice fits all of these choices"))
        did_you_mean(selection)
        st.markdown(_("Take one away to see more:"))
        with st.container(horizontal=True):
            for label, smaller in choices(selection, current().options):
                count = ask(queries.practice_count, smaller)
                if not count:
                    continue
                st.button(
                    _("Without {choice} → {practices}").format(choice=escaped(label), practices=practice_count(count)),
                    key=f"loosen-{label}",
                    on_click=go,
                    args=(smaller,),
                )
            st.button(_("Clear all filters"), key="loosen-all", type="primary", on_click=go, args=(Selection(),))
    return True
