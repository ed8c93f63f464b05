"""A view to hand round: one button that makes it as PDF, PowerPoint, Excel or Word, when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from icc_data.errors import AtlasError
from icc_data.files.export import DOCUMENTS, FORMATS, Provenance, file_name
from icc_data.i18n import language, mark, set_language
from icc_data.i18n import translate as _
from pages.shared.markdown import escaped
from pages.shared.session import Session, current

if TYPE_CHECKING:
    from icc_data.files.pack import Memory, Pack

# What was made last: one file a visit is worth its memory.
_MADE = "_pack_made"
# What can be chosen: the form, the paper, and what it is called.
CHOICES = {
    "pdf": ("pdf", "a4", mark("PDF, A4")),
    "pdf-wide": ("pdf", "16:9", mark("PDF, 16:9")),
    "pptx": ("pptx", "16:9", mark("PowerPoint")),
    "xlsx": ("xlsx", "a4", mark("Excel")),
    "docx": ("docx", "a4", mark("Word")),
}


@dataclass(frozen=True)
class _Made:
    """A file, and the view and choice that it was made for."""

    view: tuple[str, ...]
    choice: str
    content: bytes


def pack_button(name: str, facts: Provenance, make: Callable[[Memory, Provenance], Pack]) -> None:
    """A button that opens the four kinds of file; one that is chosen is made, with its progress shown, and offered.

    Where it cannot be made, it is said why, and the page stays as it is.

    Args:
        name: identifies the view on its page.
        facts: what the file says of itself; its title names the file.
        make: gives what stands in it. Drawing and writing take long to load, so it is loaded there.
    """
    with st.popover(_("Hand round"), icon=":material/ios_share:", key=f"pack-{name}"):
        st.caption(_("This view as a document: findings, charts, tables, how they were made and their sources."))
        _menu(name, facts, make, current(), language())


@st.fragment
def _menu(
    name: str, facts: Provenance, make: Callable[[Memory, Provenance], Pack], session: Session, spoken: str
) -> None:
    """The kinds of file. A choice runs this part alone: in the session and language of the page."""
    set_language(spoken)
    asked = ""
    with st.container(horizontal=True, gap="small"):
        for choice, (_form, _paper, label) in CHOICES.items():
            if st.button(_(label), key=f"pack-{name}-{choice}"):
                asked = choice
    view = (name, facts.address, facts.version, facts.own, spoken)
    if asked:
        st.session_state.pop(_MADE, None)
        with st.spinner(_("Making it …"), show_time=True):
            content = _made(asked, facts, make, session)
        if content:
            st.session_state[_MADE] = _Made(view, asked, content)
    made = st.session_state.get(_MADE)
    if made is not None and made.view == view:
        _offer(name, made, facts)


def _made(choice: str, facts: Provenance, make: Callable[[Memory, Provenance], Pack], session: Session) -> bytes:
    """The file; nothing where it could not be made, which is said."""
    from icc_data.files.pack import Memory, write

    form, paper, label = CHOICES[choice]
    try:
        return write(make(Memory(session.connection.cursor()), facts), form, paper)
    except AtlasError as error:
        reason = str(error)
    # Whatever goes wrong with a document, the page is not to go with it.
    except Exception as error:  # noqa: BLE001
        reason = _("something unforeseen happened ({kind}). Other kinds of file may work.").format(
            kind=type(error).__name__
        )
    words = _("{kind} could not be made: {reason}").format(kind=_(label), reason=escaped(reason))
    st.error(words, icon=":material/error:")
    return b""


def _offer(name: str, made: _Made, facts: Provenance) -> None:
    form, _paper, label = CHOICES[made.choice]
    st.download_button(
        _("Save {kind} ({size} kB)").format(kind=_(label), size=max(1, len(made.content) // 1000)),
        made.content,
        file_name(facts.title, facts, form),
        (DOCUMENTS | FORMATS)[form].mime,
        key=f"pack-{name}-save",
        on_click="ignore",
        icon=":material/download:",
        type="primary",
    )
