"""The versions of the data that are kept, each to be opened and to be compared with now."""

from __future__ import annotations

import streamlit as st

from icc_data.i18n import number
from icc_data.i18n import translate as _
from icc_data.paths import LAKE
from icc_data.store.snapshots import Snapshot
from pages.parts.data_downloads import whole_note
from pages.shared.figures import panel_title
from pages.shared.navigation import link_to
from pages.shared.session import VERSION, kept_snapshots
from pages.shared.versions import all_versions, version_label

COMMAND = "python -m icc_data snapshot"


def versions_section() -> None:
    """The snapshots and earlier versions of a lake: what each holds, with a link that opens every page over it."""
    whole_note()
    panel_title(
        _("Versions of the data"),
        _("They never change; opening one shows every page as its data says, and the address keeps it"),
    )
    kept = kept_snapshots()
    if not kept:
        st.info(_("There is no earlier version yet.") if LAKE else _("There is no snapshot of the data yet."))
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
            st.markdown(f":small[:gray[{_holds(snapshot)}]]")
    if LAKE:
        st.markdown(_("Every version that is published stays here, to be opened and compared with."))
        return
    st.markdown(_("A snapshot keeps the tables as they are today:"))
    st.code(COMMAND, language="bash")


def _holds(kept: Snapshot) -> str:
    """What a version is called, when it was made, and what it holds; of one of a lake, once it has been opened."""
    taken = f"{kept.taken:%Y-%m-%d}"
    if kept.number and not kept.rows:
        words = _("Version {version} · published {taken} · read when it is opened")
        return words.format(version=kept.name, taken=taken)
    words = (
        _("Version {version} · published {taken} · {practices} practices, {cities} cities, {results} Index results")
        if kept.number
        else _("Version {version} · taken {taken} · {practices} practices, {cities} cities, {results} Index results")
    )
    return words.format(
        version=kept.name,
        taken=taken,
        practices=number(kept.rows.get("practices")),
        cities=number(kept.rows.get("cities")),
        results=number(kept.rows.get("index_scores")),
    )
