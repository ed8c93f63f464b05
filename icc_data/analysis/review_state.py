"""The state of a scope in numbers: each with what it is a part of, and with the period before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from icc_data.analysis.silence import with_silence
from icc_data.analysis.uncertainty import FEW, counts_differ
from icc_data.cells import rows_of
from icc_data.i18n import NOT_STATED, number, percent, translate_plural
from icc_data.i18n import translate as _


@dataclass(frozen=True)
class StateFigure:
    """A number of the state.

    Attributes:
        name: identifies it.
        label: what is counted.
        now: how many, in the period, or as things stand.
        of: among how many; None where it is a count alone.
        before: how many in the period before, or as many years earlier; None where no such time can be told.
        of_before: among how many then; None where it is a count alone.
        at: the time of ``before`` in words, where it is not the period before.
        note: what has to be known to read it.
        alarm: whether it is the figure to act on.
        events: what is counted happens once, in the one period or in the other, and all of it is known by now: only
            then the difference is judged.
    """

    name: str
    label: str
    now: int
    of: int | None = None
    before: int | None = None
    of_before: int | None = None
    at: str = ""
    note: str = ""
    alarm: bool = False
    events: bool = False

    def value(self) -> str:
        """The number, as a share where there are enough for one: “66 of 218 (30%)”."""
        return number(self.now) if self.of is None else part(self.now, self.of)

    def whole(self) -> str:
        """What the number is a part of, with the share: “of 218 (32%)”."""
        total = self.of or 0
        return _("of {all}{share}").format(all=number(total), share=share_after(self.now, total))

    def change(self) -> str:
        """The number before, and whether the difference could be chance where that can be judged."""
        if self.before is None:
            return NOT_STATED
        if self.of_before is not None:
            return part(self.before, self.of_before)
        differ = counts_differ(self.now, self.before)
        if not self.events or differ is None or self.now == self.before:
            return number(self.before)
        chance = _("more than chance") if differ else _("could be chance")
        return f"{number(self.before)} · {chance}"


@dataclass(frozen=True)
class Standing:
    """Of how many cities how many were silent, without a practice or with undated ones alone, at the end of a year."""

    year: int
    cities: int
    silent: int
    none: int
    undated: int


def standing(cities: pd.DataFrame, year: int, silence: int) -> Standing:
    """How cities stand.

    Args:
        cities: the answer of ``queries.review_cities``.
        year: of the data.
        silence: from so many years without anything known on, a city is silent.
    """
    voices = with_silence(cities, year, silence)["voice"].value_counts()
    silent, none, undated = (int(voices.get(voice, 0)) for voice in ("silent", "none", "undated"))
    return Standing(year, len(cities), silent, none, undated)


def standing_then(cities: pd.DataFrame, year: int, silence: int) -> Standing:
    """How cities stood years ago, by what is known of that time now: those that had joined, or may have.

    Args:
        cities: the answer of ``queries.review_cities`` with ``years_back``.
        year: so many years before that of the data.
        silence: as in ``standing``.
    """
    there = cities[~(cities["joined_year"] > year).fillna(False).astype(bool)]
    then = there.assign(practices=there["practices_then"], newest_known=there["newest_known_then"])
    return standing(then, year, silence)


def part(count: int, total: int) -> str:
    """A part of a whole in words; a percentage only where the whole is not small.

    Args:
        count, total: whole numbers.
    """
    words = _("{count} of {all}").format(count=number(count), all=number(total))
    return f"{words} ({percent(count / total)})" if total >= FEW else words


def share_after(count: int, total: int) -> str:
    """The percentage that follows a count and its noun, “ (30%)”; nothing where the whole is small."""
    return f" ({percent(count / total)})" if total >= FEW else ""


def state_figures(state: Mapping[str, int], now: Standing, then: Standing, *, late: bool) -> list[StateFigure]:
    """The state of a scope, the figures of the period first.

    Args:
        state: the answer of ``queries.review_state``.
        now, then: how the cities stand, and stood a period's length earlier.
        late: more of what happened in the period is still to be published.
    """
    return [*_of_period(state, late=late), *_as_things_stand(state, now, then)]


def _of_period(state: Mapping[str, int], *, late: bool) -> list[StateFigure]:
    cities = state["cities"]
    unknown = _("Of {count} cities the joining year is not known.").format(count=number(cities - state["joined_known"]))
    bare = _("Of {count} in the period and {before} before it only a year was published, which may not be the start.")
    return [
        StateFigure(
            "started",
            _("Practices started"),
            state["started"],
            before=state["started_before"],
            note=bare.format(count=number(state["started_bare"]), before=number(state["started_bare_before"])),
            events=not late,
        ),
        StateFigure(
            "sure_start",
            _("Start years that are certain"),
            state["started"] - state["started_bare"],
            state["started"],
            state["started_before"] - state["started_bare_before"],
            state["started_before"],
            note=_("Of what started: said to be the start, and not a year alone."),
        ),
        StateFigure("active", _("Practices known active"), state["active"], before=state["active_before"]),
        StateFigure(
            "cities_active",
            _("Cities with a practice known active"),
            state["cities_active"],
            cities,
            state["cities_active_before"],
        ),
        StateFigure(
            "joined",
            _("Cities joined"),
            state["joined"],
            before=state["joined_before"],
            note=unknown if cities > state["joined_known"] else "",
            events=True,
        ),
        StateFigure(
            "reports",
            _("Index reports"),
            state["reports_now"],
            before=state["reports_before"],
            note=_("{count} in all; {undated} state no edition.").format(
                count=number(state["reports"]), undated=number(state["reports_undated"])
            ),
            events=not late,
        ),
    ]


def _as_things_stand(state: Mapping[str, int], now: Standing, then: Standing) -> list[StateFigure]:
    cities, practices = state["cities"], state["practices"]
    at = _("end of {year}").format(year=then.year)
    by_now = _("Earlier: by what is known of {year} now, of the cities that had joined or may have.")
    note = f"{former_words(state['former'])} {by_now.format(year=then.year)}".strip()
    return [
        StateFigure(
            "silent", _("Cities silent"), now.silent, cities, then.silent, then.cities, at, note, now.silent > 0
        ),
        StateFigure(
            "none",
            _("Cities without a practice"),
            cities - state["with_practices"],
            cities,
            then.none,
            then.cities,
            at,
            _("An undated practice may have been there earlier."),
        ),
        StateFigure(
            "undated",
            _("Cities with only undated practices"),
            now.undated,
            cities,
            then.undated,
            then.cities,
            at,
        ),
        StateFigure(
            "known_start",
            _("Practices with a known start year"),
            state["dated"],
            practices,
            note=_("A practice without one is in no period, so that this stands beside none."),
        ),
    ]


def former_words(count: int) -> str:
    """That who has left is not counted; empty where nobody has."""
    words = translate_plural("{count} former member is not counted.", "{count} former members are not counted.", count)
    return words.format(count=number(count)) if count else ""


def state_definition() -> str:
    """How the figures of the state are counted and judged, in sentences."""
    return _(
        "Started: the start year lies in the period. Known active: from start to end, or in the start year alone, "
        "at least one year of the period. The period before has as many years; how things stand is put beside how they "
        "stood as many years earlier, by what is known of that time now. Former members are not counted. Differences "
        "are judged for what "
        "happens once (starting, joining, reports): could be chance where Wilson’s 95% interval of the one "
        "period’s share of both holds one half; not below 5 cases, nor in years of which more is still to be "
        "published. Percentages only of 5 or more."
    )


def state_sentence(state: Mapping[str, int], silent_cities: int, year: int) -> str:
    """The state of a scope in one sentence.

    Args:
        state: the answer of ``queries.review_state``.
        silent_cities: how many cities are silent.
        year: the last year of which something is known of them.
    """
    if not state["cities"]:
        words = translate_plural(
            "{practices} practice is in scope, and no city.",
            "{practices} practices are in scope, and no city.",
            state["practices"],
        )
        return words.format(practices=number(state["practices"]))
    words = translate_plural(
        "{count} of {all} city{share} has published good practices; of {silent} nothing is known after {year}, and "
        "{none} published none.",
        "{count} of {all} cities{share} have published good practices; of {silent} nothing is known after {year}, and "
        "{none} published none.",
        state["cities"],
    )
    return words.format(
        count=number(state["with_practices"]),
        all=number(state["cities"]),
        share=share_after(state["with_practices"], state["cities"]),
        silent=number(silent_cities),
        year=year,
        none=number(state["cities"] - state["with_practices"]),
    )


def state_frame(figures: list[StateFigure], period: str, before: str) -> pd.DataFrame:
    """The figures as a table for people and files.

    Args:
        figures: what ``state_figures`` gives.
        period, before: both periods in words.

    Returns:
        ``figure, now, of, before, of_before, compared, note``, and ``period, period_before``.
    """
    return pd.DataFrame(
        {
            "figure": [figure.label for figure in figures],
            "now": [figure.now for figure in figures],
            "of": pd.array([figure.of for figure in figures], dtype="Int64"),
            "before": pd.array([figure.before for figure in figures], dtype="Int64"),
            "of_before": pd.array([figure.of_before for figure in figures], dtype="Int64"),
            "value": [figure.value() for figure in figures],
            "compared": [figure.change() + (f", {figure.at}" if figure.at else "") for figure in figures],
            "note": [figure.note for figure in figures],
            "period": period,
            "period_before": before,
        }
    )


def member_rows(members: pd.DataFrame, label: Callable[[str, str], str]) -> pd.DataFrame:
    """Cities by status and by network, for people.

    Args:
        members: the answer of ``queries.review_members``.
        label: what a value of a facet is called.

    Returns:
        The same columns with ``label``, ``without`` (cities without a practice) and ``practices_words``.
    """
    return members.assign(
        label=[_("Not stated") if row.code == "unknown" else label(row.kind, row.code) for row in rows_of(members)],
        without=members["cities"] - members["with_practices"],
        practices_words=[part(row.with_practices, row.cities) for row in rows_of(members)],
    )
