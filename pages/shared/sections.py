"""Sections of a page, of which one is shown: of the others nothing is asked and nothing is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from icc_data.i18n import translate as _
from pages.shared.address import bound, note_read, option, option_ahead, params, replace_options
from pages.shared.embedding import alone

PARAM = "section"
# In the session's state: what was chosen in sections that are not shown now, by their words' page and name.
_LEFT = "_options_of_sections"


@dataclass(frozen=True)
class Section:
    """A part of a page that answers one question.

    Attributes:
        words: what it is called.
        draw: puts it on the page.
        options: the address parameters that it reads.
        figures: the names by which an address may ask for its figures.
    """

    words: str
    draw: Callable[[], None]
    options: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


def section_ahead(sections: Mapping[str, Section]) -> str:
    """What the section is called that the address asks for, for the browser's tab; empty for the usual one.

    The title of a page stands above the control that chooses the section and says what does not count.

    Args:
        sections: of the page, by their names in the address; the first is the usual one.
    """
    # Where two selections are compared no section shows, and the one that was comes back when that ends.
    note_read(PARAM)
    name = _of_figure(sections) or option_ahead(PARAM, sections, _meant(sections))
    return "" if name == next(iter(sections)) else sections[name].words


def section(sections: Mapping[str, Section]) -> None:
    """The control that chooses a section of the page, and the section.

    Args:
        sections: of the page, by their names in the address; the first is the usual one.
    """
    asked = _of_figure(sections) or option(PARAM, sections, _meant(sections), _("Section"))
    words = {name: one.words for name, one in sections.items()}
    binding = bound(f"option-{PARAM}", asked, partial(_turn_to, sections, asked))
    # It does not come along where a figure stands alone: it would lead away from it.
    st.segmented_control(_("Section"), list(words), format_func=words.__getitem__, required=True, **binding)
    sections[asked].draw()


def _of_figure(sections: Mapping[str, Section]) -> str:
    """The section that has the figure that the address asks for alone; empty where none has."""
    return next((name for name, one in sections.items() if alone() in one.figures), "")


def _meant(sections: Mapping[str, Section]) -> str:
    """The section that an address means which names none: the last that alone reads one of its parameters.

    Addresses named none where a page showed all of its parts; who had chosen something in a later part was there.
    """
    asked = set(st.query_params)
    for name, one in reversed(list(sections.items())):
        others = {option for other in sections.values() if other is not one for option in other.options}
        if asked & (set(one.options) - others):
            return name
    return next(iter(sections))


def _turn_to(sections: Mapping[str, Section], here: str, chosen: str) -> None:
    """Write another section to the address; what is chosen in the one that is left comes back with it in this visit."""
    kept: dict[tuple[tuple[str, ...], str], dict[str, list[str]]] = st.session_state.setdefault(_LEFT, {})
    page, asked = tuple(sections), params()
    left, next_one = sections[here].options, sections[chosen].options
    kept[page, here] = {name: asked[name] for name in left if name in asked}
    both = {name: asked[name] for name in left if name in next_one and name in asked}
    own = {name: values for name, values in kept.get((page, chosen), {}).items() if name not in left}
    every = {option for one in sections.values() for option in one.options}
    usual = {} if chosen == page[0] else {PARAM: [chosen]}
    replace_options([PARAM, *every], {**own, **both, **usual})
