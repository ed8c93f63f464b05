"""The parameters that an address of the atlas may have: those of the selection, and those that pages read beside it."""

from __future__ import annotations

from collections.abc import Iterable

from icc_data.analysis.audit import JUDGEMENT_PARAMS
from icc_data.analysis.peer_sets import PEER_PARAMS
from icc_data.i18n import translate as _
from icc_data.queries.comparison import COMPARE
from icc_data.queries.ignored import Ignored, quoted
from icc_data.queries.selection import SELECTION_PARAMS, filter_labels
from icc_data.text import nearest

LANGUAGE = "lang"
MY_CITY_PARAM = "my_city"
"""The city that the pages about cities are about."""

PAGE_PARAMS = frozenset(
    {
        "area",
        "base",
        "cell",
        "cells",
        "change",
        "chart",
        "cite",
        "city_columns",
        "classes",
        "colour",
        "column",
        "columns",
        COMPARE,
        "count",
        "edition",
        "figure",
        "find",
        "gap",
        "group",
        "lang",
        "lasting",
        "layer",
        "list",
        "measure",
        "mender",
        "missing",
        MY_CITY_PARAM,
        "order",
        "page",
        "pairs",
        "panels",
        "per",
        "period",
        "pick",
        "place",
        "practice",
        "present",
        "scale",
        "section",
        "show",
        "side",
        "silent",
        "since",
        "sort",
        "split",
        "sql",
        "step",
        "table",
        "texts",
        "timeline",
        "title",
        "together",
        "tool",
        "tour",
        "unit",
        "until",
        "version",
        "view",
        "way",
        "with",
        "word",
        "words",
        "x",
        "y",
        "years_a_period",
        "zoom",
    }
)
"""The parameters that pages read beside those of the selection, of peers and of a judgement."""
OF_PAGES = PEER_PARAMS | JUDGEMENT_PARAMS | PAGE_PARAMS
# What others put into an address for themselves: Streamlit for being part of another site (it keeps these two back
# itself) and for its stored apps; newsletters, advertisers and social media to see who follows a link.
# Nobody typed it and nothing is missing without it, so there is nothing to say.
_OF_OTHERS = frozenset({"embed", "embed_options", "staticAppId", "fbclid", "gclid", "msclkid", "mc_cid", "mc_eid"})
_OF_CAMPAIGNS = "utm_"


def of_others(name: str) -> bool:
    """Whether a parameter is none of the atlas, and says nothing that anybody would miss."""
    return name in _OF_OTHERS or name.startswith(_OF_CAMPAIGNS)


def unknown_params(names: Iterable[str]) -> list[Ignored]:
    """Those parameters of an address that no page knows, each with a sentence that offers the nearest one.

    Args:
        names: the parameters of the address; what Streamlit or a newsletter put there is passed over.
    """
    parameters = sorted(SELECTION_PARAMS | OF_PAGES)
    labels = filter_labels()
    called = {name: (name, labels.get(name, name)) for name in parameters}
    unknown = []
    for name in names:
        if name in called or of_others(name):
            continue
        sentence = _("The atlas knows no {name} in an address, so it does not count.").format(name=quoted([name]))
        meant = nearest(name, called, 1)
        if meant:
            sentence += " " + _("Did you mean {names}?").format(names=quoted(meant))
        unknown.append(Ignored(name, "", sentence))
    return unknown
