"""The numbers of the selection at a glance, each with how it grew."""

from __future__ import annotations

import html
from typing import Any, NamedTuple

import streamlit as st

from icc_data import queries
from icc_data.analysis import silence, time_words
from icc_data.analysis.uncertainty import FEW
from icc_data.drawing import sparklines
from icc_data.i18n import number, percent, translate_plural
from icc_data.i18n import translate as _
from pages.shared.answers import ask, remember
from pages.shared.session import current

_SPARKLINE_YEARS = 20
_GROWING = ("cities", "practices", "started", "areas")


class _Card(NamedTuple):
    """A number with what it stands beside, and the column of its growth."""

    name: str
    value: str
    note: str
    column: str
    explained: str
    alarm: bool = False


def silent() -> int:
    """How many cities of the selection are silent."""
    scope, as_of = queries.review_scope(current().selection), current().as_of.year
    return remember(lambda: silence.silent_count(ask(queries.review_cities, scope), as_of), "silent", scope)


def last_heard() -> int:
    """The last year of which something is known of them."""
    return current().as_of.year - silence.DEFAULT_SILENCE


def metrics() -> None:
    """The numbers of the selection."""
    numbers = remember(_numbers, "numbers", current().selection)
    with st.container(horizontal=True, gap="small", key="metrics"):
        for card in numbers["cards"]:
            st.metric(**card, delta_color="primary", delta_arrow="off", border=True, height="stretch")
    if numbers["grown"]:
        st.html(numbers["heard"] + _sparklines(numbers["grown"]))
    st.caption(numbers["recent"])


def _numbers() -> dict[str, Any]:
    """What is drawn, in words: each card's arguments, what its small line shows, and what is still to be published."""
    as_of = current().as_of.year
    counts, grown = ask(queries.overview, current().selection), _growth()
    cards = _cards(counts)
    return {
        "cards": [_explained(card, grown) for card in cards],
        "grown": [(card.column, grown.get(card.column)) for card in cards] if _is_drawn(grown) else [],
        "heard": f'<p class="heard">{html.escape(" ".join(_heard(cards, grown)))}</p>' if _is_drawn(grown) else "",
        "recent": time_words.recent(counts, as_of),
    }


def _growth() -> dict[str, Any]:
    """The years that are drawn, each number by year, and what is said of the start years."""
    selection = current().selection
    first, last = selection.years_to_show(ask(queries.network)["first_year"], current().as_of.year, _SPARKLINE_YEARS)
    by_year = ask(queries.growth, selection)
    by_year = by_year[by_year["year"].between(first, last)]
    bare = time_words.bare_starts(int(by_year["started"].sum()), int(by_year["started_bare"].sum()))
    return {**{name: by_year[name].tolist() for name in ("year", *_GROWING)}, "bare": bare}


def _is_drawn(grown: dict[str, Any]) -> bool:
    return len(grown["year"]) > 1


def _sparklines(grown: list[tuple[str, list[int] | None]]) -> str:
    """How each number grew, as a style of its card.

    Args:
        grown: by card, the column of its growth and its values by year; without values it has no picture.
    """
    look = current().look
    pictures = {
        place: sparklines.bars(values, look) if column == "started" else sparklines.line(values, look)
        for place, (column, values) in enumerate(grown, start=1)
        if values
    }
    rules = "".join(
        f'.st-key-metrics > :nth-child({place}) [data-testid="stMetric"]::after '
        f'{{ content: ""; background-image: url("{sparklines.as_address(picture)}"); }}'
        for place, picture in pictures.items()
    )
    return f"<style>{rules}</style>"


def _explained(card: _Card, grown: dict[str, Any]) -> dict[str, Any]:
    """The arguments of ``st.metric``."""
    years, explained = grown["year"], card.explained
    if card.column:
        span = f", {years[0]}–{years[-1]}" if years else ""
        explained = f"{explained}{span}. {grown['bare'] if card.column == 'started' else ''}".strip()
    return {
        "label": f":orange[:material/priority_high: {card.name}]" if card.alarm else card.name,
        "value": card.value,
        "delta": card.note,
        "help": explained,
    }


def _cards(counts: dict[str, int]) -> list[_Card]:
    """Five numbers of the selection, what there is before what is known of it.

    Args:
        counts: the answer of ``queries.overview``.
    """
    as_of = current().as_of.year
    of_practices = translate_plural("{count} of {all} practice", "{count} of {all} practices", counts["of_any_year"])
    dated = counts["of_any_year"] - counts["undated"]
    first, last = time_words.still_published(as_of)
    areas = ask(queries.terms, current().selection, "policy_area")
    few = int((areas["practices"] < FEW).sum())
    silent_cities = silent()
    return [
        _Card(
            _("Cities with a practice"),
            number(counts["cities_with_practices"]),
            translate_plural(
                "of {cities} in {countries} country", "of {cities} in {countries} countries", counts["countries"]
            ).format(cities=number(counts["cities"]), countries=number(counts["countries"])),
            "cities",
            _("Cities of the selection that a practice names. Line: cities with a dated practice so far"),
        ),
        _Card(
            _("Silent cities"),
            number(silent_cities),
            _("nothing known after {year}").format(year=last_heard()),
            "",
            silence.silence_definition(as_of, silence.DEFAULT_SILENCE),
            alarm=silent_cities > 0,
        ),
        _Card(
            _("Practices"),
            number(counts["practices"]),
            _("{count} started in {first}–{last}").format(count=number(counts["recent"]), first=first, last=last),
            "practices",
            _("Published practices. Line: dated practices so far"),
        ),
        _Card(
            _("Known start year"),
            percent(dated / counts["of_any_year"]),
            of_practices.format(count=number(dated), all=number(counts["of_any_year"])),
            "started",
            _(
                "Share of practices whose start year is known, whatever years are chosen; some may not be the start. "
                "Bars: practices started each year"
            ),
        ),
        _Card(
            _("Policy areas"),
            number(counts["areas"]),
            _("{count} with fewer than {few}").format(count=number(few), few=FEW),
            "areas",
            _("Policy areas of the Index with at least one practice. Line: areas reached so far"),
        ),
    ]


def _heard(cards: list[_Card], grown: dict[str, Any]) -> list[str]:
    """What the small lines of the numbers show, in sentences for people who do not see them."""
    words = _("{what}: {first} in {start}, {last} in {end}.")
    return [
        words.format(
            what=card.name,
            first=number(grown[card.column][0]),
            start=grown["year"][0],
            last=number(grown[card.column][-1]),
            end=grown["year"][-1],
        )
        for card in cards
        if card.column and card.column != "started"
    ]
