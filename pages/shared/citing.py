"""How to cite what a page shows: the same in each form, to copy or to keep as a file, at an address that stays true."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from icc_data import queries
from icc_data.files.citation import Citation, apa, bibtex, figure_citation, ris
from icc_data.files.citation_data import csl_json
from icc_data.i18n import translate as _
from icc_data.paths import LAKE
from pages.shared.address import address
from pages.shared.answers import ask
from pages.shared.session import VERSION, current, kept_snapshots

_FILES = (
    ("BibTeX", bibtex, "bib", "application/x-bibtex"),
    ("RIS", ris, "ris", "application/x-research-info-systems"),
    ("CSL-JSON", csl_json, "json", "application/vnd.citationstyles.csl+json"),
)


def citation_forms(name: str, citation: Citation) -> None:
    """A citation as plain text, and in the forms of reference managers, each with a button.

    Args:
        name: identifies what is cited on its page.
        citation: what is cited.
    """
    st.markdown("**APA**")
    st.code(apa(citation), language=None, wrap_lines=True)
    for label, write, _suffix, _mime in _FILES:
        st.markdown(f"**{label}**")
        st.code(write(citation).replace("\r\n", "\n"), language=None, wrap_lines=True)
    with st.container(horizontal=True):
        for label, write, suffix, mime in _FILES:
            st.download_button(
                label,
                write(citation),
                f"{citation.key}.{suffix}",
                mime,
                key=f"{name}-{suffix}",
                on_click="ignore",
                icon=":material/download:",
            )


def pinned_address() -> tuple[str, bool]:
    """The address of this view on the data as it is now, and whether it names the snapshot that keeps that data."""
    session, version = current(), ask(queries.meta)["version"]
    kept = session.pinned or next((one for one in reversed(kept_snapshots()) if one.version == version), None)
    if kept is None and LAKE:
        # The lake keeps it: it is asked for by the same name when it is the newest no more.
        return address(**{VERSION: f"{session.as_of.isoformat()}-{version}"}), True
    return (address(**{VERSION: kept.id}), True) if kept else (address(), False)


def figure_citation_panel(name: str, title: str, selection: Sequence[str]) -> None:
    """How to cite a figure, with the version of its data.

    Args:
        name: identifies the figure on its page.
        title: what it shows.
        selection: what was chosen, in words, one line a choice.
    """
    where, is_pinned = pinned_address()
    words = (
        _("The address names the version of the data: whoever opens it later sees the same numbers.")
        if is_pinned
        else _("No snapshot keeps this version of the data yet: the address shows the data as it is when it is opened.")
    )
    st.caption(words)
    version = ask(queries.meta)["version"]
    citation_forms(f"cite-{name}", figure_citation(title, selection, version, current().as_of, where, date.today()))
