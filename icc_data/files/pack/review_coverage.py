"""Who covers which policy area, as parts of a pack: how many places each area has, and the whole grid."""

from __future__ import annotations

from functools import partial

import pandas as pd

from icc_data import queries
from icc_data.analysis import coding_words, review_coverage
from icc_data.analysis.review_coverage import Matrix
from icc_data.drawing import charts
from icc_data.drawing.palette import LIGHT
from icc_data.files.pack.memory import Memory
from icc_data.files.pack.model import Chart, Column, Section, Series, Table, lines
from icc_data.i18n import number, percent
from icc_data.i18n import translate as _
from icc_data.queries.city_queries import Unit
from icc_data.queries.review_queries import ReviewAnswers
from icc_data.queries.selection import Selection

# From so many countries on, they are the rows, and no longer the cities.
SEVERAL = 4
MOST_ROWS = 45


def coverage_sections(memory: Memory, scope: Selection, answers: ReviewAnswers, silence: int) -> tuple[Section, ...]:
    """The places of a scope against the policy areas: its countries where it has several, else its cities; networks.

    Args:
        memory: where to ask.
        scope: what is reviewed.
        answers: of its questions.
        silence: years without anything known, from which on a place is silent.
    """

    def covered(unit: Unit) -> Matrix:
        matrix = review_coverage.matrix(
            queries.review_coverage(memory.connection, scope, unit),
            queries.review_units(memory.connection, scope, unit),
            partial(memory.options.label, unit),
            as_of=answers.as_of,
            silence=silence,
        )
        return review_coverage.ordered(matrix, "practices")

    places, title = covered("country"), _("Countries and policy areas")
    if len(places.rows) < SEVERAL:
        places, title = covered("city"), _("Cities and policy areas")
    networks = covered("network")
    sections = []
    if len(places.rows):
        chart = (_reached(memory, places),)
        told = lines(coding_words.uncoded(answers.state), review_coverage.uncoded_words(places))
        sections = [
            Section(
                _("Who covers what"),
                (*chart, *told),
                _size(places),
            ),
            Section(title, (_grid(memory, scope, places, title),)),
        ]
    if len(networks.rows) >= SEVERAL:
        title = _("Networks and policy areas")
        sections.append(Section(title, (_grid(memory, scope, networks, title),)))
    return tuple(sections)


def _size(covered: Matrix) -> str:
    empty, every = int(covered.rows["gaps"].sum()), len(covered.rows) * len(covered.areas)
    silent = int((covered.rows["voice"] == "silent").sum())
    words = _("{empty} of {all} pairs of a place and a policy area have no practice; silent: {silent} of {places}")
    return words.format(empty=number(empty), all=number(every), silent=number(silent), places=number(len(covered.rows)))


def _reached(memory: Memory, covered: Matrix) -> Chart:
    """How many of the places have a practice in each policy area, those of most first."""
    label, every = partial(memory.options.label, "policy_area"), len(covered.rows)
    counts = sorted(covered.totals().items(), key=lambda item: -item[1])
    frame = pd.DataFrame(
        {
            "code": [code for code, _count in counts],
            "label": [label(code) for code, _count in counts],
            "places": [count for _code, count in counts],
            "of": every,
            "text": [f"{number(count)} · {percent(count / every)}" for _code, count in counts],
        }
    )
    title = _("Places with a practice in each policy area, of {all}").format(all=number(every))
    return Chart(
        title,
        lambda: charts.ranked_bars(frame, LIGHT, value="places", value_title=_("Places"), pick=False),
        frame,
        Column("label", _("Policy area")),
        (Series("places", _("Places"), LIGHT.amount),),
        "bars",
        "whole",
        title,
        height=310,
        columns=(Column("of", _("Of all"), "whole"),),
    )


def _grid(memory: Memory, scope: Selection, covered: Matrix, title: str) -> Table:
    """Practices of each place in each area below those of the whole scope; on paper the areas have numbers."""
    label = partial(memory.options.label, "policy_area")
    totals = review_coverage.totals_of(lambda question, *asked: question(memory.connection, *asked), scope)
    rows = review_coverage.with_total(covered.rows, totals, _("All in scope"))
    is_waiting = bool(covered.rows["uncoded"].any())
    numbered = list(enumerate(covered.areas, start=1))
    columns = (
        Column("label", _("Place"), weight=2),
        *(Column(area, label(area), "held", short=number(place)) for place, area in numbered),
        Column("practices", _("Practices"), "whole", short=_("All")),
        *((Column("uncoded", _("Not coded yet"), "held", short=review_coverage.UNSURE),) if is_waiting else ()),
        Column("newest_known", _("Newest known year"), "year", short=_("Last")),
        Column("silent_since", _("Silent since"), "year", printed=False),
    )
    key = ", ".join(f"{number(place)} {label(area)}" for place, area in numbered)
    notes = (
        _("On paper the policy areas have numbers, and an empty field is a gap: {key}.").format(key=key),
        *((_("?: practices that nobody has coded yet; an empty field beside them need be no gap."),) * is_waiting),
        _("All: practices, each once; last: the newest year in which one is known to have been active."),
    )
    return Table(title, rows, columns, notes, MOST_ROWS)
