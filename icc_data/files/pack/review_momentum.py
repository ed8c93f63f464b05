"""What grows and what shrinks, as a part of a pack: bars of the difference, and both shares with their interval."""

from __future__ import annotations

import pandas as pd

from icc_data.analysis.index_takeaways import of_movements
from icc_data.analysis.review import Review
from icc_data.analysis.review_momentum import comparable, left_out_words, too_few_words, with_difference
from icc_data.drawing.palette import LIGHT
from icc_data.drawing.review_charts import movement_dots
from icc_data.files.pack.model import Chart, Column, Section, Series, Table, lines
from icc_data.i18n import translate as _
from icc_data.queries.review_queries import ReviewAnswers, ReviewPeriod

# Those at both ends moved most.
MOST_BARS = 14


def momentum_sections(answers: ReviewAnswers, told: Review) -> tuple[Section, ...]:
    """How far the shares of policy areas and themes moved between the periods, or why nothing is said.

    Args:
        answers: of the questions of a review.
        told: what was made of them.
    """
    period = told.period
    if not comparable(answers.momentum) and not comparable(answers.themes):
        return (Section(_("What grows or shrinks"), lines(too_few_words(answers.momentum, period))),)
    lists = {
        _("Policy areas that grow or shrink"): (answers.momentum, told.area_momentum),
        _("Themes that grow or shrink"): (answers.themes, told.theme_momentum),
    }
    return tuple(_section(title, answer, moved, period) for title, (answer, moved) in lists.items())


def _section(title: str, answer: pd.DataFrame, moved: pd.DataFrame, period: ReviewPeriod) -> Section:
    words = _("Share of the practices that started in {period} less the share in {before}")
    rule = words.format(period=period.words, before=period.before.words)
    if not comparable(answer):
        return Section(title, lines(too_few_words(answer, period)), rule)
    differences = with_difference(answer)
    upper = (MOST_BARS + 1) // 2
    ends = moved[(moved.index < upper) | (moved.index >= len(moved) - (MOST_BARS - upper))]
    told = lines(*filter(None, (of_movements(moved), left_out_words(differences, period, len(ends)))))
    if moved.empty:
        return Section(title, told, rule)
    return Section(title, (_chart(ends, title), *told, _table(moved, period, title)), rule)


def _chart(rows: pd.DataFrame, title: str) -> Chart:
    points = 100 * rows["difference"]
    grew, shrank = ~rows["chance"] & (points > 0), ~rows["chance"] & (points < 0)
    frame = rows.assign(grew=points.where(grew), shrank=points.where(shrank), chance_only=points.where(rows["chance"]))
    series = (
        Series("grew", _("grew by more than chance"), LIGHT.amount),
        Series("shrank", _("shrank by more than chance"), LIGHT.less),
        Series("chance_only", _("could be chance"), LIGHT.unknown),
    )
    return Chart(
        _("Difference of the shares, in percentage points"),
        lambda: movement_dots(rows, LIGHT),
        frame,
        Column("label", title),
        tuple(one for one in series if frame[one.column].notna().any()),
        "moves",
        "points",
        _("How far each share moved between the periods, with its 95% interval"),
    )


def _table(moved: pd.DataFrame, period: ReviewPeriod, title: str) -> Table:
    points = {
        "points": 100 * moved["difference"],
        "points_low": 100 * moved["difference_low"],
        "points_high": 100 * moved["difference_high"],
    }
    started = _("Started {period}")
    columns = (
        Column("label", _("Term"), weight=2),
        Column("practices_before", started.format(period=period.before.words), "whole", printed=False),
        Column("of_before", _("Of all then"), "whole", printed=False),
        Column("practices", started.format(period=period.words), "whole", printed=False),
        Column("of", _("Of all"), "whole", printed=False),
        Column("before_words", period.before.words),
        Column("now_words", period.words),
        Column("points", _("Points"), "points"),
        Column("points_low", _("at least"), "points"),
        Column("points_high", _("at most"), "points"),
        Column("chance_words", _("Judged"), weight=1.6),
    )
    return Table(_("{list}: the shares").format(list=title), moved.assign(**points), columns, most=MOST_BARS + 6)
