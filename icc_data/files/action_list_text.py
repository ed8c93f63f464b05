"""The list of actions of an audit as Markdown, which word processors open."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from icc_data.analysis.audit import NEED_RULE
from icc_data.analysis.proposals import action_headings
from icc_data.cells import dicts_of, is_known
from icc_data.files.export import Provenance
from icc_data.i18n import day, number
from icc_data.i18n import translate as _

# What would end a link before its address ends.
_NO_LINK = str.maketrans({"<": "%3C", ">": "%3E", " ": "%20", "\n": "%0A"})


def action_list(
    city: str,
    actions: pd.DataFrame,
    priorities: Sequence[tuple[str, float]],
    rests_on: Sequence[str],
    provenance: Provenance,
) -> str:
    """The list of actions in Markdown, which word processors open.

    Args:
        city: what the city is called.
        actions: the answer of ``proposals.action_rows``.
        priorities: (policy area, need of 100) of the areas to work on, in order.
        rests_on: the answer of ``basis``.
        provenance: where it comes from.
    """
    lines = [f"# {_('Policy audit: {city}').format(city=_escaped(city))}", "", day(provenance.accessed), ""]
    lines += [f"## {_('Areas to work on')}", ""]
    lines += [f"{place}. {_escaped(area)} ({number(value)})" for place, (area, value) in enumerate(priorities, start=1)]
    lines += ["", _(NEED_RULE), ""]
    lines += [f"## {_('What this rests on')}", "", *(f"- {_escaped(sentence)}" for sentence in rests_on)]
    lines += ["", f"## {_('Practices to borrow')}", ""]
    words = action_headings()
    for row in dicts_of(actions):
        lines += [f"### {_escaped(str(row['practice']))}", ""]
        lines += [
            f"- **{words[name]}:** {_link(str(value)) if name == 'source' else _escaped(str(value))}"
            for name, value in row.items()
            if name != "practice" and is_known(value) and value != ""
        ]
        lines += [f"- **{words['who']}:** ____________________", f"- **{words['by_when']}:** ____________________", ""]
    if actions.empty:
        lines += [_("None was picked."), ""]
    source = _("Intercultural Cities Atlas, data version {version}, as of {date}.")
    lines += ["---", "", source.format(version=provenance.version, date=day(provenance.as_of))]
    if provenance.address:
        lines += ["", _link(provenance.address)]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    """A text that Markdown shows as it stands, on one line."""
    flat = " ".join(text.split())
    return re.sub(r"[\\`*_{}\[\]#<>|~]|&(?=#?\w+;)", r"\\\g<0>", flat)


def _link(address: str) -> str:
    """An address as a link of Markdown, which ends where the address ends."""
    return f"<{address.translate(_NO_LINK)}>"
