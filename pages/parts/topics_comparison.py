"""What two selections are about: the share of each term in both, and the difference, on one scale."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import two_selections, two_selections_notes
from icc_data.drawing import compare_charts
from icc_data.i18n import translate as _
from pages.shared.answers import ask, remember
from pages.shared.comparing import Compared, both_table
from pages.shared.figures import choice, colour_legend, figure, panel_title, takeaway
from pages.shared.method import Method
from pages.shared.session import current


def comparison_panel(compared: Compared) -> None:
    """The terms of a list in two selections.

    Args:
        compared: which.
    """
    lists = {
        "policy_area": _("Policy areas"),
        "theme": _("Themes"),
        "target_group": _("Target groups"),
        "practice_type": _("Practice types"),
        "practice_area": _("Practice areas"),
    }
    vocabulary: Any = choice("list", _("What is compared"), lists, default="policy_area")
    frame = rows(compared, vocabulary)
    says = two_selections.of_differences(frame, compared.names)
    takeaway(says)
    panel_title(
        _("{terms}, compared").format(terms=lists[vocabulary]),
        _subtitle(),
    )
    if frame.empty:
        st.caption(_("None of these practices carries a term of this list."))
        return
    colour_legend(compare_charts.dot_swatches(current().look, compared.names))
    figure(
        f"compared-{vocabulary}",
        drawn,
        compared,
        vocabulary,
        alt=_("Two dots a row, {one} and {other}: their shares with intervals").format(
            one=compared.names[0], other=compared.names[1]
        ),
        says=says,
        said_above=True,
        one_of="compared-terms",
        method=method(compared, vocabulary, lists[vocabulary]),
    )
    st.caption(_notes(compared, vocabulary))
    panel_title(_("Both in one table"), _("In the order of the difference: the first selection less the second"))
    both_table(vocabulary, frame, "label", lists[vocabulary], compared, lists[vocabulary])


def _subtitle() -> str:
    return _(
        "Share of the practices of each selection, with its 95% interval; at the end of a row the difference in "
        "percentage points"
    )


def _notes(compared: Compared, vocabulary: Any) -> str:
    """What is to be known of the dots, on the page and wherever their picture goes."""
    frame = rows(compared, vocabulary)
    notes = [
        two_selections_notes.uncoded(frame, compared.names),
        _("Pale: no clear difference, or too few to say."),
        two_selections_notes.intervals(compared.counts),
        two_selections_notes.many_compared(frame),
        two_selections_notes.chosen_terms(compared.one, compared.other, vocabulary),
    ]
    return " ".join(filter(None, notes))


def rows(compared: Compared, vocabulary: Any) -> Any:
    """The terms that either selection has, with everything in words."""

    def worked_out() -> Any:
        answer = ask(queries.compared_terms, compared.one, compared.other, vocabulary)
        return two_selections.term_rows(answer, partial(current().options.label, vocabulary), compared.names)

    return remember(worked_out, "compared terms", compared.one, compared.other, vocabulary)


def drawn(compared: Compared, vocabulary: Any) -> Any:
    """The dots."""
    frame = two_selections.dots(rows(compared, vocabulary), compared.names)
    return compare_charts.two_dots(frame, current().look, compared.names)


def method(compared: Compared, vocabulary: Any, label: str) -> Method:
    """How the terms of two selections were computed."""
    sentence = _(
        "Practices of each selection as it stands that carry each term, of all practices that it holds; what it "
        "chooses of this list itself counts. A practice with several terms counts once in each."
    )
    shapes = _("Circle: {one}; diamond: {other}.").format(one=compared.names[0], other=compared.names[1])
    return Method(
        title=_("{terms}, compared").format(terms=label),
        sentence=f"{sentence} {two_selections_notes.columns_in_words()}",
        question=queries.compared_terms,
        selection=compared.one,
        args=(compared.other, vocabulary),
        worked_out=two_selections.with_difference,
        same=compared.as_data("compared_terms", list=vocabulary),
        signs=f"{_subtitle()}. {shapes} {_notes(compared, vocabulary)}",
        rests_on=compared.rests_on(),
    )
