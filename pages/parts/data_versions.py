"""The versions of the data that are kept, each to be opened and to be compared with now."""

from __future__ import annotations

import streamlit as st

from icc_data.i18n import number
from icc_data.i18n import translate as _
from pages.parts.data_downloads import whole_note
from pages.shared.figures import panel_title
from pages.shared.navigation import link_to
from pages.shared.session import VERSION, kept_snapshots
from pages.shared.versions import all_versions, version_label

COMMAND = "python -m icc_data snapshot"


def versions_section() -> None:
    """The snapshots: what each holds, with a link that opens every page over it."""
    whole_note()
    panel_title(
        _("Versions of the data"),
        _("Snapshots never change; opening one shows every page as its data says, and the address keeps it"),
    )
    kept = kept_snapshots()
    if not kept:
        st.info(_("There is no snapshot of the data yet."))
    versions = all_versions()
    for snapshot in reversed(kept):
        (version,) = [one for one in versions if one.id == snapshot.id]
        with st.container(border=True, gap="xsmall", key=f"card-version-{snapshot.id}"):
            link_to(
                "pages/overview.py",
                label=f"**{version_label(version, versions)}**",
                icon=":material/history:",
                query_params={VERSION: [snapshot.id]},
            )
            words = _(
                "Version {version} · taken {taken} · {practices} practices, {cities} cities, {results} Index results"
            )
            st.markdown(
                ":small[:gray["
                + words.format(
                    version=snapshot.name,
                    taken=f"{snapshot.taken:%Y-%m-%d}",
                    practices=number(snapshot.rows.get("practices")),
                    cities=number(snapshot.rows.get("cities")),
                    results=number(snapshot.rows.get("index_scores")),
                )
                + "]]"
            )
    st.markdown(_("A snapshot keeps the tables as they are today:"))
    st.code(COMMAND, language="bash")
