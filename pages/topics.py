"""What the practices are about."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import coding_words, crosstabs, grid_takeaways, takeaways, term_bars
from icc_data.analysis.agreement import agreement
from icc_data.analysis.uncertainty import FEW
from icc_data.cells import rows_of
from icc_data.drawing import charts
from icc_data.drawing.heatmaps import Shade, Side, heatmap
from icc_data.i18n import number, percent, translate_plural
from icc_data.i18n import translate as _
from pages.parts.topics_comparison import comparison_panel
from pages.shared import explanations
from pages.shared.address import go
from pages.shared.answers import ask, ask_part, remember
from pages.shared.cards import commitment_card
from pages.shared.comparing import comparing
from pages.shared.figures import choice, colour_legend, figure, page_title, panel_title, takeaway
from pages.shared.filter_bar import empty_selection
from pages.shared.labels import (
    area_colours,
    area_commitments,
    area_groups,
    commitments_in_words,
    compared_areas,
    share_details,
)
from pages.shared.markdown import with_subject
from pages.shared.pairs import pairs
from pages.shared.sections import Section, section, section_ahead
from pages.shared.session import enter

session = enter()
selection = session.selection
label = session.options.label
PLACES = 14
# Every list that the page shows: one question answers for all.
LISTS = ("policy_area", "theme", "target_group", "practice_type", "practice_area", "commitment")


def terms_of(vocabulary: str) -> Any:
    """The terms of a list, an answer of ``queries.terms``."""
    return ask_part(vocabulary, queries.terms_of_lists, selection, LISTS)


def uncoded() -> str:
    """How many practices nobody has coded yet, in words, as the list of policy areas knows it."""

    def work() -> str:
        coded, total = term_bars.coverage(terms_of("policy_area"))
        return coding_words.uncoded({"uncoded": total - coded, "practices": total})

    return remember(work, "uncoded of topics", selection)


def ranked(vocabulary: str, narrow: bool) -> Any:
    """The terms of a list by practices."""
    terms = terms_of(vocabulary)
    return charts.ranked_bars(
        term_bars.term_bars(terms, partial(label, vocabulary), with_cities=not narrow),
        session.look,
        colours=area_colours() if vocabulary == "policy_area" else None,
        groups=area_commitments() if vocabulary == "policy_area" else None,
        chosen=selection.chosen(vocabulary),
        details={**share_details(), "cities": _("Cities"), "countries": _("Countries")},
    )


def ranked_panel(vocabulary: str, title: str, subtitle: str = "", *, narrow: bool = False) -> None:
    """A list with the number of practices that carry none of its terms."""
    terms = terms_of(vocabulary)
    coded, total = term_bars.coverage(terms)
    of_areas = vocabulary == "policy_area"

    def says() -> str:
        # Of policy areas the page has said it above.
        return areas_told() if of_areas else grid_takeaways.of_list(terms, partial(label, vocabulary))

    beside = subtitle or _("Practices, and their share of all practices")
    panel_title(title, beside, _("Click to choose"))
    if coded:
        if of_areas:
            colour_legend(commitments_in_words())
        figure(
            f"terms-{vocabulary}",
            ranked,
            vocabulary,
            narrow,
            pick={"code": vocabulary},
            alt=title,
            says=says,
            said_above=of_areas,
            method=replace(explanations.terms(vocabulary, title, terms), signs=f"{beside}."),
        )
    if coded < total:
        st.caption(
            translate_plural(
                "{count} of {all} practice carries none of these.",
                "{count} of {all} practices carry none of these.",
                total,
            ).format(count=number(total - coded), all=number(total))
        )


def commitments() -> None:
    """The four commitments side by side."""
    served = {row.code: row for row in rows_of(terms_of("commitment"))}
    groups = area_groups()
    order = session.options.values("commitment")
    for column, row in zip(st.columns(len(order), gap="small"), map(served.__getitem__, order), strict=True):
        areas = [area for area, group in groups.items() if group == row.code]
        with column, commitment_card(row.code):
            share = percent(row.share)
            whole = translate_plural("of {all} practice", "of {all} practices", row.of).format(all=number(row.of))
            st.markdown(
                f"<span class='large'>{number(row.practices)}</span> :small[:gray[{whole} · {share}]]",
                unsafe_allow_html=True,
            )
            st.caption(", ".join(label("policy_area", area) for area in areas))
            st.button(
                with_subject(_("Choose these areas"), label("commitment", row.code)),
                key=f"choose-{row.code}",
                type="tertiary",
                icon=":material/filter_alt:",
                on_click=go,
                args=(selection.with_values("policy_area", areas),),
            )
    if left_out := uncoded():
        st.caption(left_out)


def areas_down() -> Side:
    """The rows of a heatmap: policy areas in the order of their list."""
    order = [label("policy_area", code) for code in area_groups()]
    return Side("area", _("Policy area"), order, bold=[label("policy_area", code) for code in selection.policy_area])


def crosstab(place: Any, show: Any) -> Any:
    """Policy areas against countries or networks."""
    cells = crosstabs.cells(largest(place), place, show, label)
    titles = {"counts": _("Practices"), "shares": _("Share of the place’s practices"), "lift": _("Times the usual")}
    columns = Side(
        "column",
        _("Network") if place == "network" else _("Country"),
        crosstabs.columns_by_size(cells),
        grey=crosstabs.small_columns(cells),
    )
    return drawn(
        cells,
        columns,
        Shade(
            crosstabs.SHADES[show],
            titles[show],
            {"counts": ",d", "shares": ".0%", "lift": ".1f"}[show],
            diverging=show == "lift",
            faint="pale",
        ),
        {"practices": _("Practices"), "share_words": titles["shares"]},
    )


def together(vocabulary: Any, show: Any) -> Any:
    """Policy areas with what they go with."""
    cells = crosstabs.cells(pairs(selection, vocabulary), vocabulary, show, label)
    heads = dict(zip(cells["value"], cells["column"], strict=True))
    columns = Side(
        "column",
        _("Theme") if vocabulary == "theme" else _("Policy area"),
        [heads[code] for code in session.options.values(vocabulary) if code in heads],
        grey=crosstabs.small_columns(cells),
    )
    counted = Shade("practices", _("Practices with both"))
    lift = Shade("lift", _("Times as often as by chance"), ".1f", diverging=True, faint="pale")
    return drawn(cells, columns, lift if show == "lift" else counted, {"practices": _("Practices with both")})


def drawn(cells: Any, columns: Side, shade: Shade, tooltip: dict[str, str]) -> Any:
    """Policy areas against columns, each cell with what chance would give."""
    chance = {"expected_words": _("By chance"), "lift_words": _("Beside chance"), "chance_words": _("They meet")}
    return heatmap(
        cells,
        session.look,
        columns,
        areas_down(),
        shade,
        text="text",
        tooltip={**tooltip, **chance},
        pick=["policy_area", "value"],
    )


def places_panel() -> None:
    """Policy areas by place."""
    panel_title(
        _("Policy areas by place"),
        _("In brackets: all practices of the place."),
        _("Click a cell to choose its area and place."),
    )
    with st.container(horizontal=True, gap="medium"):
        place: Any = choice(
            "place", _("Columns"), {"country": _("Countries"), "network": _("Networks")}, default="country"
        )
        options = {"counts": _("Counts"), "shares": _("Shares"), "lift": _("Times the usual")}
        show: Any = choice("cells", _("Cells show"), options, default="counts")
    crossed = pairs(selection, place)
    if crossed.empty:
        none = _("None of these practices with a policy area names such a place.")
        st.caption(f"{none} {uncoded()}".rstrip())
        return
    figure(
        "crosstab",
        crosstab,
        place,
        show,
        pick={"policy_area": "policy_area", "value": place},
        wide=True,
        alt={
            "counts": _("Practices of each policy area, by place"),
            "shares": _("Share of each place’s practices that has each policy area"),
            "lift": _("How many times as common each policy area is in each place as in all"),
        }[show],
        says=lambda: grid_takeaways.of_cells(largest(place), show, grid_takeaways.in_place(label, place)),
        method=replace(explanations.area_by_place(selection, place), signs=place_signs(place, show)),
    )
    most = _("The {count} places with most practices.").format(count=PLACES)
    notes = [most] if crossed["value"].nunique() > PLACES else []
    if show == "shares":
        notes.append(_("Share: practices of the area, of all practices of the place."))
    if show == "lift":
        notes += [_("1: the area is as common in the place as in all practices; 2: twice as common."), pale(crossed)]
    notes.append(small(largest(place), show))
    st.caption(" ".join(filter(None, [*notes, compared_areas(selection), uncoded()])))


def together_panel() -> None:
    """Policy areas that go with themes, or with each other."""
    panel_title(
        _("What goes together"),
        _("In brackets: all practices that have it."),
        _("Click a cell to choose both of its terms."),
    )
    with st.container(horizontal=True, gap="medium"):
        others = {"theme": _("Themes"), "policy_area": _("Policy areas")}
        other: Any = choice("with", _("Policy areas with"), others, default="theme")
        options = {"counts": _("Counts"), "lift": _("Beside chance")}
        show: Any = choice("pairs", _("A pair shows"), options, default="counts")
    crossed = pairs(selection, other)
    if crossed.empty:
        st.caption(_("No two of these stand on the same practice."))
        return
    figure(
        "together",
        together,
        other,
        show,
        pick={"policy_area": "policy_area", "value": other},
        wide=True,
        alt=_("Policy areas and how often they go with each column"),
        says=lambda: grid_takeaways.of_cells(
            grid_takeaways.each_pair_once(crossed), show, grid_takeaways.with_other(label, other)
        ),
        method=replace(explanations.together(selection, other), signs=together_signs(crossed, show)),
    )
    notes = [_("Each cell: practices that have both.")]
    if show == "lift":
        notes = [_("1: the two meet as often as chance would have it; 2: twice as often."), pale(crossed)]
    st.caption(" ".join(filter(None, [*notes, small(crossed, show), compared_areas(selection), uncoded()])))


def largest(place: Any) -> Any:
    """The rows of the places with most practices."""
    return remember(lambda: crosstabs.largest_places(pairs(selection, place), PLACES), "largest", selection, place)


def place_signs(place: Any, show: str) -> str:
    """What a picture of places has to say of its signs where the page is not around it."""
    notes = [_("In brackets: all practices of the place.")]
    if show == "shares":
        notes.append(_("Share: practices of the area, of all practices of the place."))
    if show == "lift":
        notes += [
            _("1: the area is as common in the place as in all practices; 2: twice as common."),
            pale(pairs(selection, place)),
        ]
    return " ".join([*notes, small(largest(place), show)])


def together_signs(crossed: Any, show: str) -> str:
    """The same of a picture of pairs."""
    notes = [_("In brackets: all practices that have it."), _("Each cell: practices that have both.")]
    if show == "lift":
        notes[1:] = [_("1: the two meet as often as chance would have it; 2: twice as often."), pale(crossed)]
    return " ".join([*notes, small(crossed, show)])


def small(crossed: Any, show: str) -> str:
    """That columns rest on few practices, and how they are marked; empty where none does."""
    if not (crossed["of"] < FEW).any():
        return ""
    # A count is what it is; only what is worked out from few carries a star.
    marked = _("Grey") if show == "counts" else _("* and grey")
    words = _("{marked}: the column has fewer than {count} practices in all; read with care.")
    return words.format(marked=marked, count=FEW)


def pale(crossed: Any) -> str:
    """How many of the differences are more than chance, and how the others look."""
    clear = int((~crossed["chance"]).sum())
    if not clear:
        return _("All cells are pale: with so few practices, every difference could be chance.")
    words = _("Pale: the difference could be chance. In {count} of {all} pairs it is more than that.")
    return words.format(count=number(clear), all=number(len(crossed)))


def agreed() -> str:
    """For how many practices two readers agreed, in a sentence; empty where no two have read any."""
    both = agreement(ask(queries.coding_agreement), ask(queries.coding_overlap))
    if not both.practices:
        return ""
    words = _("Two readers agreed on at least one policy area for {share} of {count} practices.")
    return words.format(share=percent(both.in_common / both.practices), count=number(both.practices))


def areas_told() -> str:
    """The areas with most and fewest practices, in a sentence."""

    def work() -> str:
        return takeaways.of_terms(terms_of("policy_area"), partial(label, "policy_area"))

    return remember(work, "takeaway of areas", selection)


def lists_section() -> None:
    """The lists of terms, with how many practices have each."""
    takeaway(areas_told())
    panel_title(
        _("The four commitments"),
        _("Practices that serve each through at least one policy area; a practice can serve several"),
    )
    commitments()
    if compared_areas(selection):
        st.caption(compared_areas(selection))
    left, right = st.columns(2, gap="medium")
    with left:
        ranked_panel("policy_area", _("Policy areas"))
    with right:
        ranked_panel("theme", _("Themes"))
    left, middle, right = st.columns(3, gap="medium")
    with left:
        ranked_panel("target_group", _("Target groups"), _("As on the practice card"), narrow=True)
    with middle:
        ranked_panel("practice_type", _("Practice types"), _("As on the practice card"), narrow=True)
    with right:
        ranked_panel("practice_area", _("Practice areas"), _("As on the practice card"), narrow=True)


def coded_by_whom() -> None:
    """Whose codes all these are, and how far two readers agreed."""
    notes = (
        _("All codes were assigned by this project from titles and summaries."),
        remember(agreed, "agreed"),
        _("The page “Tables and downloads” has their definitions."),
    )
    st.caption(" ".join(filter(None, notes)))


LISTED = tuple(f"terms-{vocabulary}" for vocabulary in LISTS)
SECTIONS = {
    "lists": Section(_("Areas and themes"), lists_section, (), LISTED),
    "places": Section(_("By place"), places_panel, ("place", "cells"), ("crosstab",)),
    "together": Section(_("What goes together"), together_panel, ("with", "pairs"), ("together",)),
}
compared, part = comparing(), section_ahead(SECTIONS)
said = _("What the practices are about, and what goes together")
page_title(_("Topics"), said, part="" if compared else part, filtered=True)
if compared is not None:
    comparison_panel(compared)
elif not empty_selection():
    section(SECTIONS)
    coded_by_whom()
