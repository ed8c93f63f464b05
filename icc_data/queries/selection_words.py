"""A selection in words, choice by choice."""

from __future__ import annotations

from dataclasses import replace

from icc_data.i18n import translate
from icc_data.queries.selection import FACETS, Options, Selection


def choices(selection: Selection, options: Options) -> list[tuple[str, Selection]]:
    """Each choice of a selection in words, with the selection that is left without it."""
    found = []
    if selection.q:
        found.append((f"“{selection.q}”", replace(selection, q="")))
    for name, facet in FACETS.items():
        for value in selection.chosen(name):
            label = f"{translate(facet.label)}: {options.label(name, value)}"
            found.append((label, selection.without(name, value)))
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
        found.append((words.format(span=span), replace(selection, year_from=None, year_to=None)))
    if not selection.include_undated:
        found.append((translate("Dated only"), replace(selection, include_undated=True)))
    if selection.ongoing_only:
        found.append((translate("Ongoing only"), replace(selection, ongoing_only=False)))
    if not selection.include_bare:
        found.append((translate("Without years that stand alone"), replace(selection, include_bare=True)))
    if not selection.include_said:
        found.append((translate("Active as far as known, not as said"), replace(selection, include_said=True)))
    return found
