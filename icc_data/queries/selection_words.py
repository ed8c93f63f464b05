"""A selection in words, choice by choice."""

from __future__ import annotations

from dataclasses import replace

from icc_data.i18n import in_quotes, labelled, translate
from icc_data.queries.selection import FACETS, Options, Selection


def choices(selection: Selection, options: Options) -> list[tuple[str, Selection]]:
    """Each choice of a selection in words, with the selection that is left without it."""
    parts = []
    if selection.q:
        parts.append((in_quotes(selection.q), replace(selection, q="")))
    for name, facet in FACETS.items():
        for value in selection.chosen(name):
            label = labelled(translate(facet.label), options.label(name, value))
            parts.append((label, selection.without(name, value)))
    if selection.year_from is not None or selection.year_to is not None:
        if selection.year_from is None:
            span = translate("until {year}").format(year=selection.year_to)
        elif selection.year_to is None:
            span = translate("since {year}").format(year=selection.year_from)
        else:
            span = f"{selection.year_from}–{selection.year_to}"
        started, undated = selection.years == "started", selection.include_undated
        words = {
            (False, False): translate("Active {span}"),
            (False, True): translate("Active {span} or undated"),
            (True, False): translate("Started {span}"),
            (True, True): translate("Started {span} or undated"),
        }[started, undated]
        parts.append((words.format(span=span), replace(selection, year_from=None, year_to=None)))
    if not selection.include_undated:
        parts.append((translate("Dated only"), replace(selection, include_undated=True)))
    if selection.ongoing_only:
        parts.append((translate("Ongoing only"), replace(selection, ongoing_only=False)))
    if not selection.include_bare:
        parts.append((translate("Without years that stand alone"), replace(selection, include_bare=True)))
    if not selection.include_said:
        parts.append((translate("Active as far as known, not as said"), replace(selection, include_said=True)))
    return parts


def chosen_names(selection: Selection, options: Options) -> list[str]:
    """What is chosen as a heading names it: each value alone, without its facet, then the words and the years."""
    rest, names = selection, []
    for facet in FACETS:
        for value in selection.chosen(facet):
            names.append(options.label(facet, value))
            rest = rest.without(facet, value)
    return names + [words for words, _without in choices(rest, options)]
