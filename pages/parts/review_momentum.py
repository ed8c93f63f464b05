"""Which policy areas and themes grow or shrink."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis.index_takeaways import of_movements
from icc_data.analysis.review_momentum import comparable, left_out_words, too_few_words, with_difference
from icc_data.analysis.uncertainty import FEW
from icc_data.drawing.review_charts import movement_dots
from icc_data.i18n import translate as _
from icc_data.queries.review_queries import ReviewPeriod
from pages.parts.review_scope import Reviewed, write_period
from pages.shared.answers import ask
from pages.shared.figures import choice, colour_legend, figure
from pages.shared.method import Method
from pages.shared.presenting import part_title, presenting, type_size
from pages.shared.session import current

# So many rows of large type fit a projector's screen.
PROJECTED_ROWS = 12
LONGER = (5, 10)


def momentum_part(about: Reviewed) -> None:
    """The shares of both periods, and how far each moved."""
    lists = {"policy_area": _("Policy areas"), "theme": _("Themes")}
    vocabulary: Any = choice("list", _("What moves"), lists, default="policy_area")
    period = about.period
    marks = _("Share of the practices that started in {period} less the share in {before}; line: 95% interval")
    marks = marks.format(period=period.words, before=period.before.words)
    part_title(_("What grows and what shrinks"), marks)
    answer = ask(queries.review_momentum, about.scope, period, vocabulary)
    if not comparable(answer):
        too_few(about, answer)
        return
    rows = drawn_rows(about, vocabulary)
    if rows.empty:
        st.markdown(_("None of them has {few} practices in both periods together.").format(few=FEW))
    else:
        legend()
        figure(
            f"review-momentum-{vocabulary}",
            draw,
            about,
            vocabulary,
            type_size(),
            one_of="review-momentum",
            alt=_("Dots with intervals: how far each share moved between the periods"),
            says=of_movements(all_rows(about, vocabulary)),
            method=replace(
                momentum_method(about, vocabulary),
                signs=" ".join((f"{marks}.", _("Grey: could be chance."), left_out(about, vocabulary, len(rows)))),
            ),
        )
    st.caption(left_out(about, vocabulary, len(rows)))


def all_rows(about: Reviewed, vocabulary: str) -> Any:
    """The rows of everything that is compared."""
    worked_out = about.worked_out()
    return worked_out.area_momentum if vocabulary == "policy_area" else worked_out.theme_momentum


def drawn_rows(about: Reviewed, vocabulary: str) -> Any:
    """The rows of the picture."""
    rows = all_rows(about, vocabulary)
    if not presenting() or len(rows) <= PROJECTED_ROWS:
        return rows
    # Those at both ends moved most.
    upper = (PROJECTED_ROWS + 1) // 2
    return rows[(rows.index < upper) | (rows.index >= len(rows) - (PROJECTED_ROWS - upper))]


def draw(about: Reviewed, vocabulary: str, size: int) -> Any:
    """The dots."""
    return movement_dots(drawn_rows(about, vocabulary), current().look, type_size=size)


def legend() -> None:
    """What the colours mean."""
    look = current().look
    colour_legend(
        {
            _("grew by more than chance"): look.amount,
            _("shrank by more than chance"): look.less,
            _("could be chance"): look.unknown,
        }
    )


def left_out(about: Reviewed, vocabulary: str, shown: int) -> str:
    """How many terms are not shown, and why."""
    differences = with_difference(ask(queries.review_momentum, about.scope, about.period, vocabulary))
    return left_out_words(differences, about.period, shown)


def too_few(about: Reviewed, answer: Any) -> None:
    """Say that nothing can be said, and offer longer periods."""
    st.markdown(too_few_words(answer, about.period))
    with st.container(horizontal=True, gap="small", key="longer"):
        for years in LONGER:
            period = ReviewPeriod(about.as_of - years + 1, about.as_of)
            st.button(
                _("Take the last {years} years").format(years=years),
                key=f"longer-{years}",
                on_click=partial(write_period, f"{period.first}-{period.last}"),
            )


def momentum_method(about: Reviewed, vocabulary: Any) -> Method:
    """How the movements were computed."""
    return Method(
        title=_("What grows and what shrinks"),
        sentence=_(
            "Practices that started in each period and have the term, of all that did (of); the period before has as "
            "many years. low, high: Wilson’s 95% interval of a share; difference_low, difference_high: Newcombe’s "
            "hybrid score interval of the difference (1998). p: two-sided mid-p of Fisher’s exact test; chance: "
            "whether the difference could be chance, the false discovery rate held at 5% over all terms compared "
            "(Benjamini and Hochberg 1995). few: fewer than 5 practices in both periods together, or in all of one: "
            "nothing is said."
        )
        + " "
        + _("Practices that nobody has coded yet are left out."),
        question=queries.review_momentum,
        selection=about.scope,
        args=(about.period, vocabulary),
        worked_out=with_difference,
        same=about.as_data("review_momentum", list=vocabulary),
    )
