"""Who covers which policy area: the grid, the practices behind one of its numbers, and the same as a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import streamlit as st

from icc_data import queries
from icc_data.analysis import index_takeaways, review_coverage
from icc_data.analysis.review_coverage import Matrix
from icc_data.analysis.silence import silence_definition
from icc_data.cells import dicts_of
from icc_data.drawing.review_charts import Grid, coverage_grid, gap_colour, unsure_colour
from icc_data.i18n import mark, number, translate_plural
from icc_data.i18n import translate as _
from pages.parts.review_scope import Reviewed
from pages.shared.address import bound, option, set_option
from pages.shared.answers import ask, remember
from pages.shared.cards import practice_card
from pages.shared.downloads import address_for_programs, download_buttons
from pages.shared.figures import choice, colour_legend, figure, panel_title, screen_hint
from pages.shared.labels import area_labels
from pages.shared.markdown import escaped
from pages.shared.method import Method
from pages.shared.pager import page_number
from pages.shared.paper import plain_table
from pages.shared.presenting import part_title, presenting, type_size
from pages.shared.selection_figures import uncoded
from pages.shared.session import current

UNITS = {"city": mark("Cities"), "country": mark("Countries"), "network": mark("Networks")}
CELL_PARAM = "cell"
ROWS_A_PAGE, PROJECTED_ROWS = 30, 11
MOST_CARDS = 12


class Shown(NamedTuple):
    """How the grid is shown.

    Attributes:
        unit: what its rows are.
        order: a key of ``review_coverage.ORDERS``.
        group: what the cities stand below: ``none``, ``country`` or ``network``.
        words: what a name has to hold.
    """

    unit: Any
    order: str
    group: Any
    words: str


def coverage_part(about: Reviewed) -> None:
    """The grid with its controls, and the practices of the chosen cell."""
    shown = controls()
    covered = matrix(about, shown.unit)
    rows = shown_rows(about, shown)
    part_title(_("Who covers what"), sizes(covered, shown))
    if rows.empty:
        st.markdown(_("No name holds these words.") if shown.words else _("Nothing is in this scope."))
        return
    per_page = PROJECTED_ROWS if presenting() else ROWS_A_PAGE
    legend(covered)
    if no_gaps := review_coverage.uncoded_words(covered):
        st.caption(f":material/info: {no_gaps}")
    place = st.empty()
    page = page_number("coverage", len(rows), per_page)
    with place.container():
        figure(
            f"review-coverage-{shown.unit}",
            draw,
            about,
            shown,
            page,
            type_size(),
            on_pick=partial(pick, shown),
            wide=True,
            one_of="review-coverage",
            alt=_("A grid of places against policy areas: practices in each, and where there are none"),
            says=index_takeaways.of_coverage(covered, area_labels()),
            method=replace(coverage_method(about, shown), signs=drawn_of(page, per_page, len(rows))),
        )
    if left_out := uncoded(about.scope):
        st.caption(left_out)
    if presenting():
        return
    on_page = rows.iloc[(page - 1) * per_page : page * per_page]
    columns = review_coverage.table_columns(covered.areas, _("Place"), partial(current().options.label, "policy_area"))
    plain_table(on_page, columns, _("Who covers what"), missing="")
    narrow_list(on_page, covered)
    with st.popover(_("Download"), icon=":material/download:"):
        st.caption(_("All rows in this order, with the policy areas as columns."))
        chosen = {"unit": shown.unit, "order": shown.order, "group": shown.group}
        words = {"find": shown.words} if shown.words else {}
        same = about.as_data("review_coverage", **chosen, **words)
        download_buttons("coverage", _("Who covers what"), lambda: same.linked(rows))
        address_for_programs(same)
    with st.container(key="cell-panel"):
        cell_panel(about, shown, covered)


def controls() -> Shown:
    """What the rows are, how they are ordered and grouped, and which names are looked for."""
    orders = {code: _(words) for code, words in review_coverage.ORDERS.items()}
    groups = {"none": _("Not grouped"), "country": _("By country"), "network": _("By network")}
    if presenting():
        return asked(orders, groups)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="controls"):
        unit = choice("unit", _("Rows"), {code: _(words) for code, words in UNITS.items()}, default="city")
        order = choice("order", _("Order"), orders, default="practices", compact=True)
        group = choice("group", _("Group"), groups, default="none", compact=True) if unit == "city" else "none"
        words = st.query_params.get("find", "")
        st.text_input(
            _("Find"),
            type="search",
            placeholder=_("A name"),
            width=200,
            **bound("review-find", words, _write_words),
        )
    return Shown(unit, order, group, words.strip())


def asked(orders: Mapping[str, str], groups: Mapping[str, str]) -> Shown:
    """What the address asks for, for a screen without controls."""
    unit = option("unit", UNITS, "city", _("Rows"))
    order = option("order", orders, "practices", _("Order"))
    group = option("group", groups, "none", _("Group")) if unit == "city" else "none"
    return Shown(unit, order, group, st.query_params.get("find", "").strip())


def _write_words(words: str) -> None:
    set_option("find", words.strip() or None)
    set_option("page", None)


def matrix(about: Reviewed, unit: Any) -> Matrix:
    """The rows of a kind, in no particular order."""

    def work() -> Matrix:
        return review_coverage.matrix(
            ask(queries.review_coverage, about.scope, unit),
            ask(queries.review_units, about.scope, unit),
            partial(current().options.label, unit),
            as_of=about.as_of,
            silence=about.silence,
        )

    return remember(work, "coverage matrix", about.scope, unit, about.silence)


def shown_rows(about: Reviewed, shown: Shown) -> Any:
    """All rows in their order, under the heads of their groups."""

    def work() -> Any:
        covered = matrix(about, shown.unit)
        if shown.group == "none":
            return review_coverage.arranged(covered, shown.order, shown.words)
        groups = review_coverage.groups_of(ask(queries.review_cities, about.scope), shown.group)
        return review_coverage.arranged(covered, shown.order, shown.words, matrix(about, shown.group), groups)

    return remember(work, "coverage rows", about.scope, shown, about.silence)


def sizes(covered: Matrix, shown: Shown) -> str:
    """How many places there are, and how much of the grid is empty."""
    if covered.rows.empty:
        return ""
    empty, every = int(covered.rows["gaps"].sum()), len(covered.rows) * len(covered.areas)
    silent = int((covered.rows["voice"] == "silent").sum())
    nobody = [area for area, count in covered.totals().items() if not count]
    words = _("{empty} of {all} fields are empty; silent: {silent} of {places}").format(
        empty=number(empty), all=number(every), silent=number(silent), places=number(len(covered.rows))
    )
    if nobody:
        words = _("{counts}; nobody: {areas}").format(
            counts=words, areas=", ".join(escaped(current().options.label("policy_area", area)) for area in nobody)
        )
    return words


def legend(covered: Matrix) -> None:
    """What the colours of the fields mean."""
    look = current().look
    unsure = {_("? none of those coded so far"): unsure_colour(look)} if covered.rows["uncoded"].any() else {}
    held = {_("one"): look.ramp[1], _("many"): look.ramp[-1]}
    colour_legend({_("no practice"): gap_colour(look), **unsure, **held})


def draw(about: Reviewed, shown: Shown, page: int, size: int) -> Any:
    """The grid of one page."""
    label = partial(current().options.label, "policy_area")
    per_page = PROJECTED_ROWS if presenting() else ROWS_A_PAGE
    covered, everything = matrix(about, shown.unit), shown_rows(about, shown)
    shown_page = everything.iloc[(page - 1) * per_page : page * per_page]
    rows = review_coverage.with_total(shown_page, review_coverage.totals_of(ask, about.scope), _("All in scope"))
    cells = review_coverage.cells(rows, covered.areas, label)
    keys = review_coverage.row_keys(rows)
    heads = [key for key, head in zip(keys, rows["head"], strict=True) if head]
    grid = Grid(keys, heads, [label(area) for area in covered.areas], list(review_coverage.margin_labels().values()))
    most = int(covered.rows[list(covered.areas)].max().max())
    return coverage_grid(cells, review_coverage.margins(rows), current().look, grid, most=most, type_size=size)


def drawn_of(page: int, per_page: int, rows: int) -> str:
    """Which of all rows a picture of one page draws; empty where it draws them all."""
    if rows <= per_page:
        return ""
    words = _("The figure is of rows {first} to {last} of {all}.")
    first, last = (page - 1) * per_page + 1, min(page * per_page, rows)
    return words.format(first=number(first), last=number(last), all=number(rows))


def pick(shown: Shown, point: Mapping[str, Any]) -> None:
    """Choose the field that was clicked."""
    if not point.get("unit"):
        return
    unit = shown.group if point.get("head") else shown.unit
    set_option(CELL_PARAM, f"{unit}:{point.get('unit')}:{point.get('policy_area')}")


def coverage_method(about: Reviewed, shown: Shown) -> Method:
    """How the grid was counted."""
    return Method(
        title=_("Who covers what"),
        sentence=_(
            "Practices of each place in each policy area; one with several areas or places counts in each. A place "
            "without a practice in an area has a warm field; a grey one with a question mark where practices of it "
            "have no policy area yet, as nobody has coded them. Alike beside each other: hierarchical clustering by "
            "Jaccard’s distance of the areas that two places cover, with optimal leaf ordering (Bar-Joseph and "
            "others 2001). Newest known year: the greatest in which a practice is known to have been active."
        )
        + " "
        + silence_definition(about.as_of, about.silence)
        + " "
        + _("scope_practices: the practices of the whole scope in the area, each once."),
        question=queries.review_coverage,
        selection=about.scope,
        args=(shown.unit,),
        worked_out=lambda rows: review_coverage.with_margins(
            rows, matrix(about, shown.unit), review_coverage.totals_of(ask, about.scope)
        ),
        same=about.as_data("review_cells", unit=shown.unit),
    )


def narrow_list(rows: Any, covered: Matrix) -> None:
    """The same rows in words, which a telephone shows instead of the grid."""
    label = partial(current().options.label, "policy_area")
    lines = []
    for row in dicts_of(rows):
        since = row["silent_since"]
        quiet = _("silent since {year}").format(year=int(since)) if row["voice"] == "silent" else ""
        waiting = review_coverage.uncoded_practices(row["uncoded"])
        words = " · ".join(part for part in (_practices(row["practices"]), waiting, quiet) if part)
        what = review_coverage.line(row, covered.areas, label)
        lines.append(f"**{escaped(row['label'])}** :gray[{words}]  \n:small[{escaped(what)}]")
    with st.container(key="narrow-coverage"):
        st.markdown("\n\n".join(lines))


def _practices(count: int) -> str:
    return translate_plural("{count} practice", "{count} practices", count).format(count=number(count))


def _cell(shown: Shown) -> tuple[str, str | None, str | None]:
    facet, _colon, rest = st.query_params.get(CELL_PARAM, "").partition(":")
    place, _colon, area = rest.partition(":")
    options = current().options
    if facet not in UNITS:
        return shown.unit, None, None
    known_place = place if place in options.values(facet) else None
    known_area = area if area in options.values("policy_area") else None
    return facet, known_place, known_area


def cell_panel(about: Reviewed, shown: Shown, covered: Matrix) -> None:
    """The practices of one place in one policy area, chosen in the grid or from lists."""
    facet, place, area = _cell(shown)
    options = current().options
    panel_title(_("Practices of one place in one policy area"))

    def write(which: str, value: str | None) -> None:
        parts = {"place": place, "area": area, which: value}
        set_option(CELL_PARAM, f"{facet}:{parts['place'] or ''}:{parts['area'] or ''}")

    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="cell"):
        places = list(covered.rows["unit"]) if facet == shown.unit else list(options.values(facet))
        if place is not None and place not in places:
            places = [place, *places]
        st.selectbox(
            _("Place"),
            places,
            index=None,
            format_func=lambda value: options.label(facet, value),
            placeholder=_("Choose one"),
            width=260,
            **bound("cell-place", place, partial(write, "place")),
        )
        st.selectbox(
            _("Policy area"),
            list(covered.areas),
            index=None,
            format_func=lambda value: options.label("policy_area", value),
            placeholder=_("Choose one"),
            width=320,
            **bound("cell-area", area, partial(write, "area")),
        )
    if place is None or area is None:
        screen_hint(_("Choose a field of the grid, or a place and a policy area here."))
        return
    rows = ask(queries.review_cell, about.scope, facet, place, area)
    words = _("{practices} of {place} in {area}").format(
        practices=_practices(len(rows)),
        place=escaped(options.label(facet, place)),
        area=escaped(options.label("policy_area", area)),
    )
    st.markdown(f"**{words}**")
    for row in dicts_of(rows.head(MOST_CARDS)):
        practice_card(row)
    if len(rows) > MOST_CARDS:
        st.caption(_("The newest {shown} of {count}.").format(shown=number(MOST_CARDS), count=number(len(rows))))
