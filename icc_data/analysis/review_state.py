"""The state of a scope in numbers: each with what it is a part of, and with the period before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

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
        before: how many in the period before; None where no period can be told.
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
    note: str = ""
    alarm: bool = False
    events: bool = False

    def value(self) -> str:
        """The number, as a share where there are enough for one: “66 of 218 (30%)”."""
        return number(self.now) if self.of is None else part(self.now, self.of)

    def whole(self) -> str:
        """What the number is a part of, with the share: “of 218 (32%)”."""
        total = self.of or 0
        return _("of {all}").format(all=number(total)) + share_after(self.now, total)

    def change(self) -> str:
        """The number of the period before, and whether the difference could be chance where that can be judged."""
        if self.before is None:
            return NOT_STATED
        differ = counts_differ(self.now, self.before)
        if not self.events or differ is None or self.now == self.before:
            return number(self.before)
        chance = _("more than chance") if differ else _("could be chance")
        return f"{number(self.before)} · {chance}"


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


def state_figures(state: Mapping[str, int], *, silent: int, undated: int, late: bool) -> list[StateFigure]:
    """The state of a scope, the figures of the period first.

    Args:
        state: the answer of ``queries.review_state``.
        silent: how many cities are silent.
        undated: how many cities have only undated practices.
        late: more of what happened in the period is still to be published.
    """
    cities, practices = state["cities"], state["practices"]
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
        StateFigure("silent", _("Cities silent"), silent, cities, alarm=silent > 0),
        StateFigure("none", _("Cities without a practice"), cities - state["with_practices"], cities),
        StateFigure("undated", _("Cities with only undated practices"), undated, cities),
        StateFigure(
            "known_start",
            _("Practices with a known start year"),
            state["dated"],
            practices,
            note=_("A practice without one is in no period, so that this stands beside none."),
        ),
    ]


def state_definition() -> str:
    """How the figures of the state are counted and judged, in sentences."""
    return _(
        "Started: the start year lies in the period. Known active: from start to end, or in the start year alone, "
        "at least one year of the period. The period before has as many years. Differences are judged for what "
        "happens once (starting, joining, reports): could be chance where Wilson's 95 % interval of the one "
        "period's share of both holds one half; not below 5 cases, nor in years of which more is still to be "
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
        ``figure, now, of, before, compared, note``, and ``period, period_before``.
    """
    return pd.DataFrame(
        {
            "figure": [figure.label for figure in figures],
            "now": [figure.now for figure in figures],
            "of": pd.array([figure.of for figure in figures], dtype="Int64"),
            "before": pd.array([figure.before for figure in figures], dtype="Int64"),
            "value": [figure.value() for figure in figures],
            "compared": [figure.change() for figure in figures],
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
