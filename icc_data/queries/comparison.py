"""Two selections beside each other: what an address says of the other one, and which practices it means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qs, urlencode

from icc_data.i18n import enumeration, translate
from icc_data.queries.ignored import Ignored, quoted
from icc_data.queries.selection import AT_WORK, FACETS, SELECTION_PARAMS, Options, Selection, read_selection
from icc_data.queries.selection_words import choices

COMPARE = "compare"
"""The parameter of the address that holds the other selection, as a query string of its own."""
REST = "rest"
"""What it says where the other practices are all that the selection leaves out."""
REST_FIRST = "rest_first"
"""The same, where these stand first and the selection second."""
_OUTSIDE = "practice NOT IN (SELECT practice FROM practice WHERE <practices>)"
_PARAMETER = re.compile(r"\$([a-z_]+)")
# So many letters of a name stand in a legend.
_LONGEST_NAME = 44
_NAMED = 2


@dataclass(frozen=True)
class Rest:
    """All practices that a selection leaves out; it is asked as a selection is."""

    of: Selection

    def conditions(self, matched: str = "") -> tuple[str, dict[str, Any]]:
        """SQL on the table ``practice`` and its bound parameters; see ``Selection.conditions``."""
        practices, bound = self.of.conditions(matched)
        # A condition on what is not known would be neither true nor false, turned round or not.
        return _OUTSIDE.replace("<practices>", practices), bound

    def city_conditions(self) -> tuple[str, dict[str, Any]]:
        """SQL on the table ``city``: its cities are those with one of these practices."""
        return AT_WORK, {}


AnySelection = Selection | Rest
Lack = Literal["", "one", "other", "same"]


@dataclass(frozen=True)
class Comparison:
    """Two selections beside each other.

    Attributes:
        one: what stands first: the selection of the page, or its rest.
        other: what it is compared with.
    """

    one: AnySelection
    other: AnySelection

    @property
    def selection(self) -> Selection:
        """The selection of the page: what the filters choose."""
        return selection_of(self.one)

    @property
    def with_rest(self) -> bool:
        """Whether one of the two is the rest of the other."""
        return isinstance(self.one, Rest) or isinstance(self.other, Rest)

    @property
    def swapped(self) -> Comparison:
        """The same two the other way round."""
        return Comparison(self.other, self.one)

    @property
    def param(self) -> str:
        """What the address says beside the selection of the page; ``read_comparison`` reads it back.

        Another selection is its own query string, in the order of ``Selection.to_params``.
        """
        if isinstance(self.one, Rest):
            return REST_FIRST
        return REST if isinstance(self.other, Rest) else urlencode(self.other.to_params(), doseq=True)

    @property
    def lack(self) -> Lack:
        """Why there is nothing to compare: one of the two chooses nothing, or both choose the same; empty where not."""
        if self.selection.is_empty:
            return "one"
        if isinstance(self.one, Rest) or isinstance(self.other, Rest):
            return ""
        if self.other.is_empty:
            return "other"
        return "same" if _meaning(self.one) == _meaning(self.other) else ""


def selection_of(practices: AnySelection) -> Selection:
    """The selection that was chosen: the one meant, or that of which the rest is meant."""
    return practices.of if isinstance(practices, Rest) else practices


def _meaning(selection: Selection) -> dict[str, list[str]]:
    params = selection.to_params()
    if not selection.has_years:
        params = {name: values for name, values in params.items() if name not in ("years", "said")}
    return {name: sorted(values) for name, values in params.items()}


def read_comparison(
    params: Mapping[str, list[str]], one: Selection, options: Options
) -> tuple[Comparison | None, list[Ignored]]:
    """Read what a selection is compared with.

    Args:
        params: every parameter of the address with all its values.
        one: the selection of the address itself.
        options: the values that facets can take.

    Returns:
        The comparison, None where the address asks for none, and what of it could not be used. Never raises.
    """
    if COMPARE not in params:
        return None, []
    text = "".join(params[COMPARE][-1:])
    if text == REST:
        return Comparison(one, Rest(one)), []
    if text == REST_FIRST:
        return Comparison(Rest(one), one), []
    try:
        asked = parse_qs(text.removeprefix("?"), max_num_fields=200)
    except ValueError:
        asked = {}
    other, ignored = read_selection(asked, options)
    unknown = [name for name in asked if name not in SELECTION_PARAMS]
    if text and not asked:
        unknown = [text]
    words = translate("A comparison knows no {name}, so it does not count.")
    return Comparison(one, other), [
        *ignored,
        *(Ignored(name, "", words.format(name=quoted([name]))) for name in unknown),
    ]


def other_conditions(other: AnySelection) -> tuple[str, dict[str, Any]]:
    """SQL on the table ``practice`` and its bound parameters, under names that the first selection does not use."""
    return under_other_names(*other.conditions())


def under_other_names(text: str, bound: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """SQL and its bound parameters with names that those of the first selection do not have."""
    return _PARAMETER.sub(r"$other_\1", text), {f"other_{name}": value for name, value in bound.items()}


def names(comparison: Comparison, options: Options) -> tuple[str, str]:
    """What both selections are called in a picture: by what they do not have in common, in few words.

    Args:
        comparison: which two.
        options: the values of the facets, labelled.
    """
    if isinstance(comparison.one, Rest):
        other_name, one_name = names(comparison.swapped, options)
        return one_name, other_name
    one = _short(comparison.one, options)
    if isinstance(comparison.other, Rest):
        return _name(one), translate("The rest of the network")
    other = _short(comparison.other, options)
    own, others = ([words for words in these if words not in those] for these, those in ((one, other), (other, one)))
    return (_name(own), _name(others)) if own and others else (_name(one), _name(other))


def in_few_words(selection: Selection, options: Options) -> str:
    """What a selection is called where there is little room, as in a browser's tab; empty where nothing is chosen.

    Args:
        selection: which.
        options: the values of the facets, labelled.
    """
    return _name(_short(selection, options))


def in_words(other: AnySelection, options: Options) -> str:
    """A selection with every choice, in one line."""
    if isinstance(other, Rest):
        return translate("The rest of the network")
    return " · ".join(label for label, _without in choices(other, options)) or translate("All practices")


def compared_with(comparison: Comparison, options: Options) -> str:
    """What the selection of the page is compared with, in one line; where that stands first, it is said."""
    if isinstance(comparison.one, Rest):
        return translate("The rest of the network, which stands first")
    return in_words(comparison.other, options)


def _short(selection: Selection, options: Options) -> list[str]:
    """The choices in words; of a facet the values alone."""
    words = [selection.q] if selection.q else []
    for facet in FACETS:
        values = [options.label(facet, value) for value in selection.chosen(facet)]
        words += [enumeration(values, "or")] if values else []
    rest = Selection(
        year_from=selection.year_from,
        year_to=selection.year_to,
        years=selection.years,
        include_undated=selection.include_undated,
        ongoing_only=selection.ongoing_only,
        include_bare=selection.include_bare,
        include_said=selection.include_said,
    )
    return words + [label for label, _without in choices(rest, options)]


def _name(parts: list[str]) -> str:
    named = " · ".join(parts)
    if len(named) <= _LONGEST_NAME:
        return named
    if len(parts) > _NAMED and len(" · ".join(parts[:_NAMED])) <= _LONGEST_NAME:
        return " · ".join([*parts[:_NAMED], "…"])
    return named[: _LONGEST_NAME - 1].rstrip(" ·") + "…"
