"""Anything shown, as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from icc_data import queries
from icc_data.files.export import DOCUMENTS, FORMATS, PICTURES, Format, Provenance, export, file_name
from icc_data.i18n import translate as _
from icc_data.queries.selection_words import choices
from pages.shared.address import address
from pages.shared.answers import ask, later
from pages.shared.markdown import with_subject
from pages.shared.session import current


def provenance(title: str, rests_on: Sequence[str] = (), own: str = "") -> Provenance:
    """What a file downloaded now says of itself.

    Args:
        title: what it holds.
        rests_on: what was chosen beside the filters, a sentence each.
        own: what in it is a city's own and not published, a sentence.
    """
    session = current()
    return Provenance(
        title=title,
        selection=[label for label, _without in choices(session.selection, session.options)] + [*rests_on],
        address=address(),
        as_of=session.as_of,
        version=ask(queries.meta)["version"],
        own=own,
    )


def download_buttons(
    name: str,
    title: str,
    rows: Callable[[], pd.DataFrame],
    formats: Sequence[str] = ("csv", "xlsx", "json", "parquet"),
    rests_on: Sequence[str] = (),
    own: str = "",
) -> None:
    """A button for each format; the rows are asked for and written only when one is clicked.

    Args:
        name: identifies the rows on their page.
        title: what the rows are, in words: heads the file and names it.
        rows: gives the rows.
        formats: keys of ``export.FORMATS``.
        rests_on: what was chosen beside the filters, a sentence each.
        own: what in them is a city's own and not published, a sentence.
    """
    kinds = {key: FORMATS[key] for key in formats}
    _buttons(
        f"download-{name}",
        provenance(title, rests_on, own),
        kinds,
        lambda key, facts: export(rows(), key, facts),
        ":material/download:",
    )


def _buttons(
    name: str, facts: Provenance, kinds: Mapping[str, Format], write: Callable[[str, Provenance], bytes], icon: str
) -> None:
    with st.container(horizontal=True, gap="small"):
        for key, form in kinds.items():
            st.download_button(
                form.label,
                later(partial(write, key, facts)),
                file_name(facts.title, facts, key),
                form.mime,
                key=f"{name}-{key}",
                on_click="ignore",
                icon=icon,
                help=_(form.help),
            )


def picture_buttons(name: str, title: str, picture: Callable[[str, Provenance], bytes]) -> None:
    """A button for each kind of picture; it is drawn only when one is clicked.

    Args:
        name: identifies the picture on its page.
        title: what it shows, in words: heads the picture and names the file.
        picture: draws it as “svg” or “png”.
    """
    _buttons(f"picture-{name}", provenance(title), PICTURES, picture, ":material/image:")


def download_menu(name: str, title: str, rows: Callable[[], pd.DataFrame]) -> None:
    """A button that opens the download buttons of some rows; see ``download_buttons``."""
    with st.popover(with_subject(_("Download"), title), icon=":material/download:"):
        st.caption(_("Everything that is known, with its sources."))
        download_buttons(name, title, rows)


def document_button(
    name: str, label: str, facts: Provenance, write: Callable[[], bytes], help: str, form: str = "pdf"
) -> None:
    """A button that makes a document when it is clicked, in this run's session and language.

    Args:
        name: the key of the button.
        label: what the button says.
        facts: what the document says of itself; its title names the file.
        write: makes it. Typesetting takes long to load, so it is loaded there.
        help: what it holds.
        form: a key of ``export.DOCUMENTS`` or ``export.FORMATS``.
    """
    icon = ":material/picture_as_pdf:" if form == "pdf" else ":material/description:"
    st.download_button(
        label,
        later(write),
        file_name(facts.title, facts, form),
        (DOCUMENTS | FORMATS)[form].mime,
        key=name,
        on_click="ignore",
        icon=icon,
        help=help,
    )
