"""How long practices last."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import survival, survival_words
from icc_data.analysis.years import UNKNOWN
from icc_data.drawing import survival_charts
from icc_data.i18n import translate as _
from pages.parts.timeline_counted import any_dated
from pages.shared.answers import ask, remember
from pages.shared.downloads import AsData
from pages.shared.drawn import draw_once
from pages.shared.figures import choice, colour_legend, figure, panel_title
from pages.shared.labels import commitment_colours
from pages.shared.method import Method
from pages.shared.paper import plain_table
from pages.shared.session import current

PARAM = "lasting"
ALL = "none"
FIGURE = "survival"


def survival_section() -> None:
    """How long practices last, all together or told apart by what the address says."""
    if not any_dated(ask(queries.known_counts, current().selection)):
        return
    words = (_("Nothing"), _("Commitment"), _("Policy area"), _("Country"))
    splits = dict(zip(survival.SPLITS, words, strict=True))
    split: Any = choice(PARAM, _("Told apart by"), splits, default=ALL)
    panel_title(title(split), _("Kaplan and Meier’s estimate: ends that are not known yet count as long as is known"))
    selection = current().selection
    codes = drawn_codes(split)
    if not codes:
        st.caption(survival_words.too_few(survival.totals(ask(queries.survival, selection)), split))
        return
    rows = curve_rows(split)
    if split != ALL:
        colour_legend(colours_of(split))
    figure(
        FIGURE,
        drawn,
        split,
        alt=_("Falling steps: the share still running by years after the start; groups: {count}").format(
            count=len(codes)
        ),
        says=lambda: survival_words.of_curves(rows),
        method=method(split),
    )
    bands = _("Bands of so many curves would cover each other; the intervals are in the table.")
    many = len(codes) > survival_charts.MOST_BANDS
    st.caption(" ".join(filter(None, (_signs(split), bands if many else ""))))

    def read() -> None:
        plain_table(*survival_words.table_rows(rows, grouped=len(codes) > 1), title(split))

    draw_once(read, "survival table", selection, split)


def _signs(split: Any) -> str:
    """What is to be known of the curves, on the page and wherever their picture goes."""
    selection = current().selection
    notes = [
        survival_words.known_ends(survival.totals(ask(queries.survival, selection))),
        _at_least(),
        survival_words.ends_where_few(),
        _("A practice with several of these counts once in each.") if split != ALL else "",
        _("Shading: 95% interval.") if len(drawn_codes(split)) <= survival_charts.MOST_BANDS else "",
        survival_words.groups_left_out(ask(queries.survival, selection, split), partial(label, split))
        if split != ALL
        else "",
    ]
    return " ".join(filter(None, notes))


def _at_least() -> str:
    """What is left of the curve without what is only said, in words, without which no picture of it should go about."""
    selection = current().selection
    if not selection.include_said:
        return _("Practices said to go on are left out by the filter, so that this tells of those that ended.")

    def work() -> str:
        known_only = ask(queries.survival, replace(selection, include_said=False))
        return survival_words.without_said(known_only)

    return remember(work, "survival without said", selection)


def title(split: str) -> str:
    """What the picture shows."""
    words = {
        ALL: _("Share of practices still running, by years after their start"),
        "commitment": _("Share of practices still running, by commitment"),
        "policy_area": _("Share of practices still running, by policy area"),
        "country": _("Share of practices still running, by country"),
    }
    return words[split]


def label(split: str, code: str) -> str:
    """What a curve is called."""
    if split == ALL:
        return _("All practices here")
    return _("Not stated") if code == UNKNOWN else current().options.label(split, code)


def curve_rows(split: Any) -> Any:
    """The curves in numbers and words."""
    selection = current().selection

    def work() -> Any:
        return survival.curves(ask(queries.survival, selection, split), drawn_codes(split), partial(label, split))

    return remember(work, "survival rows", selection, split)


def drawn_codes(split: Any) -> list[str]:
    """What the curves are of."""
    selection = current().selection
    work = partial(survival.drawn_codes, ask(queries.survival, selection, split))
    return remember(work, "survival codes", selection, split)


def colours_of(split: Any) -> dict[str, str]:
    """The colour of each curve, by its label."""
    look, own = current().look, commitment_colours() if split == "commitment" else {}
    codes = drawn_codes(split)
    plain = [look.amount] if split == ALL else look.categories
    return {label(split, code): own.get(code) or plain[place] for place, code in enumerate(codes)}


def drawn(split: Any) -> Any:
    """The curves."""
    return survival_charts.survival_curves(curve_rows(split), current().look, colours_of(split))


def method(split: Any) -> Method:
    """How the curves were computed."""
    selection = current().selection
    counts = survival.totals(ask(queries.survival, selection))
    undated = ask(queries.known_counts, selection)["undated"]
    return Method(
        title=title(split),
        sentence=_(
            "years: calendar years after that of the start; at_risk: practices that ran in the year before and of "
            "which it is known whether they ran in this one; ended: those that did not; left: known no further. share: "
            "the product of 1 − ended / at_risk (Kaplan and Meier 1958); low, high: 95% interval with Greenwood’s "
            "variance on the scale of log(−log). known_ends, silent: of the dated ones, those whose end is known, and "
            "those of which nothing is known after the start year."
        ),
        question=queries.survival,
        selection=selection,
        args=(split,),
        worked_out=survival.with_shares,
        counted=counts["dated"] - counts["silent"],
        of=counts["dated"] + undated,
        same=AsData("survival", selection, {PARAM: split}),
        why=_("Nothing is known of them after their start year, or no start year is."),
        signs=_signs(split),
    )
