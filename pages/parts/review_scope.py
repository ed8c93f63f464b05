"""What a review is about: a scope, the years under review, and from how many years on a city is silent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis.review import Review, review
from icc_data.analysis.silence import DEFAULT_SILENCE, SILENCES, silence_words
from icc_data.files.views import VIEWS
from icc_data.i18n import translate as _
from icc_data.queries.ignored import Ignored
from icc_data.queries.review_queries import ReviewPeriod, period_of
from icc_data.queries.selection import Selection
from icc_data.queries.selection_words import choices
from pages.shared.address import bound, go, option, replace_options, say_ignored
from pages.shared.answers import ask
from pages.shared.downloads import AsData
from pages.shared.session import current

PERIOD_PARAM = "period"
SILENCE_PARAM = "silent"
WHOLE, FILTERS = "network", "filters"


@st.cache_resource(max_entries=50, show_spinner=False)
def _review(key: str, _work: Callable[[], Review]) -> Review:
    return _work()


@dataclass(frozen=True)
class Reviewed:
    """What the review is about.

    Attributes:
        scope: the selection without its span of years.
        period: the years under review.
        silence: years without anything known, from which on a city is silent.
        as_of: the year of the data.
    """

    scope: Selection
    period: ReviewPeriod
    silence: int
    as_of: int

    @property
    def is_network(self) -> bool:
        """Whether the scope is the whole network."""
        return self.scope.is_empty

    def words(self) -> str:
        """The scope in words."""
        listed = [label for label, _without in choices(self.scope, current().options)]
        return " · ".join(listed) if listed else _("the whole network")

    def holds_nothing(self) -> bool:
        """Whether neither a practice nor a city is in the scope."""
        return not ask(queries.practice_count, self.scope) and ask(queries.review_cities, self.scope).empty

    def worked_out(self) -> Review:
        """The whole review, from memory where it was worked out before; the same for everybody: not to be changed."""

        def work() -> Review:
            answers = ask(queries.review_answers, self.scope, self.period)
            label = current().options.label
            practices = partial(ask, queries.review_practices, self.scope)
            return review(answers, self.period, label, practices, silence=self.silence, is_network=self.is_network)

        return _review(key=current().key("review", self.scope, self.period, self.silence), _work=work)

    def as_data(self, view: str, **more: str) -> AsData:
        """Where a program gets a table of the review.

        Args:
            view: its name.
            more: what is chosen beside scope and years.
        """
        usual = self.period == ask(queries.default_period)
        period = {} if usual else {PERIOD_PARAM: f"{self.period.first}-{self.period.last}"}
        chosen = {SILENCE_PARAM: str(self.silence), **period}
        reads = VIEWS[view].reads
        return AsData(view, self.scope, {name: value for name, value in chosen.items() if name in reads} | more)

    def params(self, **more: list[str]) -> dict[str, list[str]]:
        """The scope and the years as address parameters, for a link to another part of the review."""
        kept = {
            name: st.query_params.get_all(name) for name in (PERIOD_PARAM, SILENCE_PARAM) if name in st.query_params
        }
        return {**current().selection.to_params(), **kept, **more}


def reviewed() -> Reviewed:
    """What the address asks for; what cannot be used of it is said."""
    session = current()
    silences = [str(years) for years in SILENCES]
    silence = option(SILENCE_PARAM, silences, str(DEFAULT_SILENCE), _("Silent for"))
    return Reviewed(queries.review_scope(session.selection), _period(), int(silence), session.as_of.year)


def _period() -> ReviewPeriod:
    default: ReviewPeriod = ask(queries.default_period)
    asked = st.query_params.get(PERIOD_PARAM)
    if asked is None:
        return default
    low, high = _bounds()
    years = period_of(asked, low, high)
    if years is not None:
        return years
    words = _(
        "The years “{asked}” cannot be reviewed: two years from {first} to {last} are asked for, such as {default}."
    )
    example = f"{default.first}-{default.last}"
    sentence = words.format(asked=asked[:20], first=low, last=high, default=example)
    say_ignored([Ignored(PERIOD_PARAM, asked, sentence)], {PERIOD_PARAM: _("Years under review")})
    return default


def _bounds() -> tuple[int, int]:
    return ask(queries.network)["first_year"], current().as_of.year


def _write_period(years: tuple[int, int]) -> None:
    chosen, default = ReviewPeriod(*years), ask(queries.default_period)
    write_period(None if chosen == default else f"{chosen.first}-{chosen.last}")


def write_period(years: str | None) -> None:
    """Write the years under review to the address; the lists of other years begin on their first page.

    Args:
        years: the first and the last; None for those of the default.
    """
    replace_options([PERIOD_PARAM, "page"], {PERIOD_PARAM: [years]} if years else {})


def _scopes() -> dict[str, str]:
    options, scopes = current().options, {WHOLE: _("The whole network")}
    for facet, words in (("network", _("{name} (network)")), ("country", _("{name} (country)"))):
        for value in options.values(facet):
            scopes[f"{facet}:{value}"] = words.format(name=options.label(facet, value))
    return scopes


def _scope_of(scope: Selection) -> str:
    if scope.is_empty:
        return WHOLE
    for facet in ("network", "country"):
        values = scope.chosen(facet)
        if len(values) == 1 and scope == Selection(**{facet: values}):  # type: ignore[arg-type]
            return f"{facet}:{values[0]}"
    return FILTERS


def _write_scope(chosen: str) -> None:
    if chosen == FILTERS:
        return
    selection = Selection()
    if chosen != WHOLE:
        facet, value = chosen.split(":", 1)
        selection = selection.with_values(facet, [value])
    go(selection)


def controls(about: Reviewed) -> None:
    """The lists to choose scope, years and silence from.

    Args:
        about: what the review is about now.
    """
    scopes = _scopes()
    now = _scope_of(about.scope)
    if now == FILTERS:
        scopes = {FILTERS: _("What the filters choose"), **scopes}
    low, high = _bounds()
    st.selectbox(
        _("Scope"),
        list(scopes),
        format_func=scopes.__getitem__,
        width=260,
        help=_("The whole network, a national network or a country; the filters can choose anything else."),
        **bound("review-scope", now, _write_scope),
    )
    years: Any = (about.period.first, about.period.last)
    st.slider(
        _("Years under review"),
        low,
        high,
        width=220,
        help=_("Compared with as many years just before. At first: the last two years with data."),
        **bound("review-period", years, _write_period),
    )
    words = {str(count): silence_words(count) for count in SILENCES}
    st.selectbox(
        _("A city is silent after"),
        list(words),
        format_func=words.__getitem__,
        width=190,
        **bound("review-silent", str(about.silence), _write_silence),
    )


def _write_silence(years: str) -> None:
    replace_options([SILENCE_PARAM, "page"], {} if years == str(DEFAULT_SILENCE) else {SILENCE_PARAM: [years]})


def years_of_filters(about: Reviewed) -> str:
    """That the years of the filter bar do not count here; empty where none are chosen."""
    selection = current().selection
    if replace(selection, years="active", include_said=True) == about.scope:
        return ""
    return _("The years of the filters do not count here: a review has years of its own.")
