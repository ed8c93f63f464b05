"""The language of a visit, as the address, an earlier choice or the browser says, and the links that change it."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from icc_data.analysis.parameters import LANGUAGE
from icc_data.i18n import PSEUDO, ask_where_unchosen, language, offered, own_name, preferred, set_language
from icc_data.i18n import translate as _
from icc_data.queries.ignored import Ignored
from pages.shared.address import FOLLOWED, params
from pages.shared.copying import copy_link, left_to_subject
from pages.shared.navigation import link_to

# In the session's state: the language that somebody asked for in this visit, and the one that is spoken.
_ASKED = "_language_asked"
_SPOKEN = "_language"


def _of_visit() -> str:
    return str(st.session_state.get(_SPOKEN, "en"))


# What a click does runs before the page, and a part of a page without it.
ask_where_unchosen(_of_visit)


def speak() -> None:
    """Choose the language of this run.

    What an address once asked for holds for every page, whatever link is followed: then the address says it again.
    """
    named = st.query_params.get(LANGUAGE, "")
    if named in offered():
        st.session_state[_ASKED] = named
    asked = st.session_state.get(_ASKED, "")
    if asked and not named:
        st.query_params[LANGUAGE] = asked
    header = st.context.headers.get("Accept-Language") or st.context.locale or ""
    set_language(preferred(asked, header))
    st.session_state[_SPOKEN] = language()


def unspoken() -> list[Ignored]:
    """What the address names as a language and is none that there is, with a sentence; empty where there is nothing."""
    named = st.query_params.get(LANGUAGE, "")
    if not named or named in offered():
        return []
    words = _("There is no language “{name}” here; there are {names}.")
    codes = ", ".join(code for code in offered() if code != PSEUDO)
    return [Ignored(LANGUAGE, named, words.format(name=named[:20], names=codes))]


def language_links(page: StreamlitPage) -> None:
    """Offer the link to this view, and every other language with the same view.

    Args:
        page: the page that is open.
    """
    others = [code for code in offered() if code not in (language(), PSEUDO)]
    with st.container(horizontal=True, gap="small", key="languages", vertical_alignment="center"):
        if not left_to_subject(page.url_path):
            copy_link("head")
        for code in others:
            here = {**params(), LANGUAGE: [code], FOLLOWED: ["yes"]}
            name = own_name(code)
            link_to(page, label=name[:1].upper() + name[1:], query_params=here, width="content")
