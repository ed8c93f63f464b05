"""A review as a pack: what was found, the state, who covers what, what is missing, what moves, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from icc_data import queries
from icc_data.analysis import change_rows, changes
from icc_data.analysis.review import Review, review
from icc_data.analysis.review_state import StateFigure, part, state_definition, state_frame
from icc_data.analysis.silence import silence_definition, silence_words
from icc_data.drawing.palette import LIGHT
from icc_data.errors import AtlasError
from icc_data.files.export import Provenance
from icc_data.files.pack.memory import Memory
from icc_data.files.pack.model import Column, Fact, Facts, Kind, Pack, Section, Table, lines
from icc_data.files.pack.parts import sources, title_of, within_words
from icc_data.files.pack.review_coverage import coverage_sections
from icc_data.files.pack.review_momentum import momentum_sections
from icc_data.i18n import day, number
from icc_data.i18n import translate as _
from icc_data.queries.change_queries import Compared
from icc_data.queries.change_scope import scope_in_words, scope_sentences
from icc_data.queries.review_queries import ReviewAnswers, ReviewPeriod
from icc_data.queries.selection import Selection

# Rows of each list on paper; a workbook has all.
MOST_GAPS, MOST_CHANGES = 8, 5
FEW_NETWORKS = 4
# The figures that stand in boxes, in their order.
BOXED = ("started", "cities_active", "joined", "silent", "none")
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("share", "low", "high", "network_share"), "share"),
    **dict.fromkeys(("newest_known", "silent_since", "known_year"), "year"),
    **dict.fromkeys(("practices", "of", "network_practices", "said_to_go_on"), "whole"),
}
_WEIGHTS = {
    **{"name": 1.4, "country_name": 1.3, "city_names": 1.5, "area": 2.0, "what": 1.9},
    **{"title": 3.0, "last_title": 3.0, "fields": 2.0},
}
# Of a list for people who go on with it: too long for paper, or said elsewhere on it.
_NOT_PRINTED = ("source", "said_to_go_on")


@dataclass(frozen=True)
class Asked:
    """What a review is asked of.

    Attributes:
        scope: the selection without its span of years; see ``queries.review_scope``.
        period: the years under review.
        silence: years without anything known, from which on a city is silent.
    """

    scope: Selection
    period: ReviewPeriod
    silence: int


def review_pack(memory: Memory, asked: Asked, compared: Compared | None, provenance: Provenance) -> Pack:
    """A review as a pack.

    Args:
        memory: where to ask.
        asked: what is reviewed.
        compared: two versions of the whole data; None where there are no two.
        provenance: where the view is, and which data it shows.

    Raises:
        AtlasError: no city and no practice is in scope.
    """
    scope, period = asked.scope, asked.period
    answers = queries.review_answers(memory.connection, scope, period)
    if not answers.state["practices"] and not answers.state["cities"]:
        raise AtlasError(_("No city and no practice is in this scope."), _("Take filters away."))
    practices = partial(queries.review_practices, memory.connection, scope)
    told = review(answers, period, memory.options.label, practices, silence=asked.silence, is_network=scope.is_empty)
    return Pack(
        kind=_("Intercultural Cities Atlas · Review"),
        title=title_of(_("Review of {period}").format(period=period.words), scope, memory.options),
        provenance=provenance,
        scope=_scope(memory, asked),
        numbers=_numbers(told),
        findings=tuple(f"{one.sentence} {one.note}".strip() for one in told.findings),
        sections=(
            _state(told),
            *_networks(told),
            *coverage_sections(memory, scope, answers, asked.silence),
            *_gaps(told),
            *momentum_sections(answers, told),
            _changed(memory, scope, compared),
        ),
        method=_method(answers, asked),
        sources=sources(),
        colour=LIGHT.amount,
    )


def _scope(memory: Memory, asked: Asked) -> tuple[str, ...]:
    years = _("Under review: {period}, beside {before}. A city is silent after {years} without anything known.")
    return (
        within_words(asked.scope, memory.options) or _("The whole network."),
        years.format(period=asked.period.words, before=asked.period.before.words, years=silence_words(asked.silence)),
    )


def _numbers(told: Review) -> Facts:
    figures = {figure.name: figure for figure in told.figures}
    return Facts(
        tuple(Fact(figures[name].label, number(figures[name].now), _beside(figures[name])) for name in BOXED),
        boxed=True,
    )


def _beside(figure: StateFigure) -> str:
    notes = [] if figure.of is None else [figure.whole()]
    if figure.before is not None:
        earlier = number(figure.before) if figure.of_before is None else part(figure.before, figure.of_before)
        notes.append(_("{when}: {change}").format(when=figure.at or _("before"), change=earlier))
    return " · ".join(notes)


def _state(told: Review) -> Section:
    period = told.period
    frame = state_frame(told.figures, period.words, period.before.words)
    before = _("In {period}").format(period=period.before.words)
    columns = (
        Column("figure", _("What is counted"), weight=2),
        Column("now", _("Now"), "whole"),
        Column("of", _("Of all"), "whole"),
        Column("before", before, "whole", printed=False),
        Column("of_before", _("Of all, before"), "whole", printed=False),
        Column("compared", _("Before, judged"), weight=1.4, short=before),
        Column("note", _("To be known"), weight=3),
    )
    rule = _(
        "Started, known active, joined and reports: in {period}, beside {before}; the others as things stand, beside "
        "as many years earlier"
    )
    words = rule.format(period=period.words, before=period.before.words)
    by_status = _by_status(told) if _has_many_networks(told) else ()
    return Section(_("State"), (Table(_("State"), frame, columns), *by_status), words)


def _networks(told: Review) -> tuple[Section, ...]:
    title = _("Cities by network")
    by_network = _members(told, "network", title)
    if _has_many_networks(told):
        return (Section(title, by_network),)
    tables = (*_by_status(told), *by_network)
    return (Section(_("Members"), tables),) if tables else ()


def _has_many_networks(told: Review) -> bool:
    # They fill a page; the cities by status then stand below the state, and else with them.
    return int((told.members["kind"] == "network").sum()) > FEW_NETWORKS


def _by_status(told: Review) -> tuple[Table, ...]:
    return _members(told, "membership_status", _("Cities by status"))


def _members(told: Review, kind: str, title: str) -> tuple[Table, ...]:
    rows = told.members[told.members["kind"] == kind].reset_index(drop=True)
    joined = _("Joined {period}")
    columns = (
        Column("label", _("Cities"), weight=2),
        Column("cities", _("In all"), "whole"),
        Column("with_practices", _("With a practice"), "whole"),
        Column("without", _("Without"), "whole"),
        Column("joined", joined.format(period=told.period.words), "whole"),
        Column("joined_before", joined.format(period=told.period.before.words), "whole"),
        Column("joined_known", _("Joining year known"), "whole"),
    )
    notes = (_("A city of several networks counts in each."),) if kind == "network" else ()
    return (Table(title, rows, columns, notes),) if len(rows) else ()


def _gaps(told: Review) -> tuple[Section, ...]:
    """A section a list, its sentence first: each is for somebody else to mend."""
    sections = []
    for gap in told.gaps.values():
        columns = tuple(
            Column(
                name,
                label,
                _KINDS.get(name, "text"),
                _WEIGHTS.get(name, 1),
                printed=name not in _NOT_PRINTED and (name != "country_name" or gap.frame[name].nunique() > 1),
            )
            for name, label in gap.columns.items()
        )
        if gap.frame.empty:
            sections.append(Section(gap.title, lines(gap.sentence)))
        else:
            sections.append(Section(gap.title, (Table(gap.title, gap.frame, columns, most=MOST_GAPS),), gap.sentence))
    return tuple(sections)


def _changed(memory: Memory, scope: Selection, compared: Compared | None) -> Section:
    title = _("Changed since")
    if compared is None:
        return Section(title, lines(_("There is no other version of this data to compare with.")))
    practices = queries.changes(compared.connection, "practices", scope)
    cities = queries.city_changes(compared.connection, scope)
    index = queries.index_changes(compared.connection, scope)
    days = [day(compared.before), day(compared.after)]
    title = _("Changed since {date}").format(date=days[0])
    counted = changes.counts(practices, cities, index)
    missing = changes.not_recorded_in_words(queries.not_recorded(compared.connection), *days)
    state = changes.state_in_words(days[0], counted, scope_in_words(scope, memory.options))
    told = lines(state, changes.uncoded_in_words(practices), changes.seen_in_words(counted), *missing)
    label = memory.options.label
    added = Table(
        _("Practices added"),
        change_rows.added_rows(practices, label),
        (
            Column("name", _("Name"), weight=3),
            Column("place", _("Place"), weight=2),
            Column("when", _("Year as published")),
        ),
        most=MOST_CHANGES,
    )
    others = Table(
        _("Other changes"),
        change_rows.other_rows(practices, cities, index, label),
        (
            Column("kind", _("Change"), weight=1.5),
            Column("name", _("Name"), weight=3),
            Column("place", _("Place"), weight=2),
            Column("fields", _("What differs"), weight=2),
        ),
        most=MOST_CHANGES,
    )
    tables = tuple(table for table in (added, others) if len(table.frame))
    kept = " ".join(scope_sentences(scope, memory.options))
    return Section(title, (*told, *tables), kept or _("The whole data"))


def _method(answers: ReviewAnswers, asked: Asked) -> tuple[str, ...]:
    return (
        state_definition(),
        silence_definition(answers.as_of, asked.silence),
        _("A practice of several places or policy areas counts in each."),
        _(
            "What grows or shrinks: the share of what started in the period less that of the period before, with "
            "Newcombe’s 95% interval (1998); more than chance by Fisher’s exact test (mid-p), false discoveries held "
            "at 5% (Benjamini and Hochberg 1995); nothing is said of fewer than 5."
        ),
    )
