"""Codes of a frame in words, and the colours that go with them."""

from __future__ import annotations

import pandas as pd

from icc_data import queries
from icc_data.analysis import city_facts
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from pages.shared.answers import ask, remember
from pages.shared.session import current

OTHER_COUNTRIES = "other-countries"


def with_label(frame: pd.DataFrame, column: str, facet: str, label: str = "label") -> pd.DataFrame:
    """The frame with a column that says in words what a column of codes holds."""
    options = current().options
    extra = {OTHER_COUNTRIES: _("Other countries"), "unknown": _("Not stated"), "all": _("All practices")}
    words = [
        extra.get(code) or options.label(facet, code) if isinstance(code, str) else extra["unknown"]
        for code in frame[column]
    ]
    return frame.assign(**{label: words})


def compared_areas(selection: Selection) -> str:
    """That a filter on policy areas does not narrow their comparison; empty where there is none."""
    if not selection.policy_area:
        return ""
    return _("The policy areas of the filter are compared with all others here; the other filters apply.")


def share_details() -> dict[str, str]:
    """What a tooltip says of a share: title by column."""
    return {"share_words": _("Share of all practices"), "range_words": _("Could as well be, by chance")}


def area_groups() -> dict[str, str]:
    """The commitment of each policy area, in the order of the list."""

    def groups() -> dict[str, str]:
        frame = ask(queries.terms, Selection(), "policy_area").sort_values("position")
        return dict(zip(frame["code"], frame["group"], strict=True))

    return remember(groups, "area groups")


def area_labels() -> dict[str, str]:
    """What each policy area is called, in the order of the list."""
    options = current().options
    return {code: options.label("policy_area", code) for code in options.values("policy_area")}


def area_colours() -> dict[str, str]:
    """The colour of each policy area, grouped by commitment."""
    return current().look.areas(area_groups())


def commitment_colours() -> dict[str, str]:
    """The colour of each commitment."""
    return dict(current().look.commitments)


def area_commitments() -> dict[str, str]:
    """The commitment of each policy area, in words."""
    label = current().options.label
    return {area: label("commitment", group) for area, group in area_groups().items()}


def commitments_in_words() -> dict[str, str]:
    """The colour of each commitment by its name, for a legend."""
    label = current().options.label
    return {label("commitment", code): colour for code, colour in commitment_colours().items()}


def index_label(area: str) -> str:
    """What an Index score is about."""
    return city_facts.index_label(area, current().options.label)
