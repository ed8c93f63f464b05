"""Words of practices: typed ones through time, and those typical of the selection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import shares, time_words, typical_words, word_shares
from icc_data.analysis.uncertainty import FEW
from icc_data.drawing import charts, word_charts
from icc_data.i18n import enumeration, in_quotes, number, translate_plural
from icc_data.i18n import translate as _
from pages.parts.timeline_counted import any_dated, count_choice
from pages.shared.address import bound, note_read, set_option
from pages.shared.answers import ask, remember
from pages.shared.downloads import AsData
from pages.shared.drawn import draw_once
from pages.shared.embedding import beside_figure
from pages.shared.figures import choice, colour_legend, figure, panel_title
from pages.shared.markdown import escaped
from pages.shared.method import Method
from pages.shared.navigation import link_to
from pages.shared.paper import plain_table
from pages.shared.session import current
from pages.shared.typed import beginning

FIGURES = ("words", "typical-words")
MOST_LINKS = 30


def words_section() -> None:
    """Shares of typed words by year, and the words typical of the selection."""
    note_read("words", "word")
    _through_time()
    _typical()


def _through_time() -> None:
    panel_title(
        _("Words through time"),
        _("Share of the practices whose title or summary holds a word, of all of the same years"),
    )
    typed, counts = st.query_params.get("words", ""), ask(queries.known_counts, current().selection)
    with beside_figure(), st.container(horizontal=True, gap="medium"):
        st.text_input(
            _("Words, parted by commas"),
            placeholder=_("rumours, school, young people"),
            width=360,
            **bound("option-words", typed, lambda text: set_option("words", text.strip() or None)),
        )
        years = {
            count: translate_plural("{count} year", "{count} years", int(count)).format(count=count)
            for count in reversed(word_shares.PERIODS)
        }
        active = count_choice()
        together = int(choice("together", _("Period"), years, default="5"))
    if not any_dated(counts):
        return
    typed = beginning(typed, word_shares.LONGEST)
    words, further = word_shares.entries(typed), word_shares.entries(typed, None)[word_shares.MOST_WORDS :]
    if further:
        said = _("The first {most} words are drawn, not {further}.")
        names = enumeration(map(in_quotes, further))
        st.caption(f":material/info: {escaped(said.format(most=word_shares.MOST_WORDS, further=names))}")
    if not words:
        own = _("Type up to {most} words; several without a comma have to stand in the same text.")
        themes = _("For a theme, choose the section “Years”, split by theme and show shares.")
        st.caption(f"{own.format(most=word_shares.MOST_WORDS)} {themes}")
        return
    rows = line_rows(words, together, active)
    if rows["practices"].sum():
        colour_legend(held_colours(words, rows))
        figure(
            FIGURES[0],
            drawn_lines,
            words,
            together,
            active,
            alt=_("A line a word: the share of each period’s practices that hold it"),
            says=lambda: word_shares.of_lines(rows),
            method=lines_method(words, together, active=active),
        )
    notes = [_lines_signs(words, rows), time_words.undated(counts)]
    st.caption(escaped(" ".join(filter(None, notes))))
    columns = {
        "code": _("Word"),
        "period": _("Period"),
        "share_words": _("Share of all practices of the period"),
        "range_words": _("95% interval"),
    }
    asked = current().selection, words, together, active
    draw_once(lambda: plain_table(rows, columns, _("Words through time")), "words table", *asked)


def _lines_signs(words: list[str], rows: Any) -> str:
    """What the lines of words mean, and which words have none, on the page and wherever their picture goes."""
    shading = _("Shading: 95% interval.") if len(word_shares.held(rows, words)) <= word_charts.MOST_BANDS else ""
    hollow = _("A hollow dot without a line: a period of fewer than {few} practices.").format(few=FEW)
    first, last = time_words.still_published(current().as_of.year)
    unfinished = _("Practices of {first}–{last} are still being published.").format(first=first, last=last)
    return " ".join(filter(None, (word_shares.in_no_text(rows, words), shading, hollow, unfinished)))


def line_rows(words: list[str], together: int, active: bool) -> Any:
    """The shares of words in numbers and words."""
    selection = current().selection

    def work() -> Any:
        return word_shares.lines(ask(queries.words_by_period, selection, words, together=together, active=active))

    return remember(work, "word lines", selection, words, together, active)


def drawn_lines(words: list[str], together: int, active: bool) -> Any:
    """The lines of words."""
    rows = line_rows(words, together, active)
    colours = held_colours(words, rows)
    held = rows[rows["code"].isin(list(colours))]
    return word_charts.word_lines(held, current().look, colours, periods=word_shares.periods(rows))


def held_colours(words: list[str], rows: Any) -> Mapping[str, str]:
    """The colour of each word that is drawn; it stays that where another word is in no text."""
    colours = dict(zip(words, current().look.categories, strict=False))
    return {word: colours[word] for word in word_shares.held(rows, words)}


def lines_method(words: list[str], together: int, *, active: bool) -> Method:
    """How shares of words were computed."""
    counts = ask(queries.known_counts, current().selection)
    return Method(
        title=_("Words through time"),
        sentence=_(
            "Practices whose title or summary holds every word of an entry, whatever its English ending, of all "
            "practices of the same period (of); summaries are in English, titles in English and as published. low, "
            "high: Wilson’s 95% interval (1927)."
        ),
        question=queries.words_by_period,
        selection=current().selection,
        args=(words,),
        options={"together": together, "active": active},
        worked_out=shares.with_interval,
        same=AsData(
            "words",
            current().selection,
            {"words": ", ".join(words), "together": str(together), "count": "active" if active else "started"},
        ),
        counted=counts["dated"],
        of=counts["dated"] + counts["undated"],
        why=_("They carry no start year that could be read, whatever years are chosen."),
        signs=_lines_signs(words, line_rows(words, together, active)),
        rests_on=(_("Words: {words}").format(words=", ".join(words)),),
    )


def _typical() -> None:
    panel_title(
        _("Words typical of these practices"),
        _("Against the summaries of all others; the longer a bar, the surer (z of weighted log-odds)"),
    )
    if ask(queries.practice_count, current().selection) == ask(queries.network)["practices"]:
        st.caption(_("Choose something in the filters: words are typical of it against all other practices."))
        return
    top = typical_rows()
    if top.empty:
        words = _("No word that {few} of these practices hold is clearly more frequent here than in the others.")
        st.caption(words.format(few=FEW))
        return
    figure(
        FIGURES[1],
        drawn_words,
        on_pick=lambda point: set_option("word", str(point.get("code", "")) or None),
        alt=_("Bars: words, the most typical first"),
        says=lambda: typical_words.of_words(top),
        method=words_method(),
    )
    columns = {
        "label": _("Word"),
        "text": "z",
        "held": _("Practices here that hold it"),
        "rest_held": _("Of the others"),
    }
    plain_table(top, columns, _("Words typical of these practices"))
    st.caption(
        _(
            "Only summaries are read, which are in English whatever the language of their source; small words, names "
            "of places and numbers are passed over. What the filters choose by a word or area comes first by itself."
        )
    )
    _behind(list(top["code"]))


def typical_rows() -> Any:
    """The most typical words in numbers and words."""
    selection = current().selection

    def work() -> Any:
        return typical_words.most_typical(ask(queries.typical_words, selection, fewest=FEW))

    return remember(work, "typical rows", selection)


def drawn_words() -> Any:
    """The bars of the most typical words."""
    details = {"held": _("Practices here that hold it"), "rest_held": _("Of the others")}
    chosen = [st.query_params.get("word", "")]
    return charts.ranked_bars(
        typical_rows(), current().look, value="z", value_title="z", chosen=chosen, details=details
    )


def words_method() -> Method:
    """How typical words were found."""
    return Method(
        title=_("Words typical of these practices"),
        sentence=_(
            "times, rest_times: how often a word stands in the summaries of the selection and of all other practices, "
            "of all_times and rest_all_times words; log_odds: the log of the ratio of its odds, where both sides start "
            "from its frequency in all texts, worth {prior} words; z: over its standard error (Monroe, Colaresi and "
            "Quinn 2008). The picture shows the {most} words with the highest z, from {clear} on."
        ).format(
            prior=number(typical_words.PRIOR_WORDS), most=typical_words.MOST, clear=number(typical_words.CLEAR, 2)
        ),
        question=queries.typical_words,
        selection=current().selection,
        options={"fewest": FEW},
        worked_out=typical_words.with_log_odds,
        same=AsData("typical_words", current().selection),
    )


def _behind(words: list[str]) -> None:
    """The practices that hold one of the words, which is chosen here or by a click on its bar."""
    asked = st.query_params.get("word", "")
    word = st.selectbox(
        _("Practices with the word"),
        words,
        placeholder=_("Choose a word"),
        width=260,
        **bound("option-word", asked if asked in words else None, lambda word: set_option("word", word)),
    )
    if word is None:
        return
    rows = ask(queries.practices_with_word, current().selection, word)
    for row in rows.head(MOST_LINKS).itertuples(index=False):
        query = {"practice": [row.practice_id], **current().selection.to_params()}
        link_to("pages/practice.py", label=escaped(row.title), query_params=query)
    if len(rows) > MOST_LINKS:
        st.caption(_("The first {shown} of {count}.").format(shown=MOST_LINKS, count=number(len(rows))))
