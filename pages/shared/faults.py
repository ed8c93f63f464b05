"""What is shown, and written to the log, where a page cannot be."""

from __future__ import annotations

import logging
import secrets
from functools import cache

import streamlit as st

from icc_data.errors import AtlasError
from icc_data.i18n import translate as _
from icc_data.log import write_log
from icc_data.serving.code_state import RunningCode
from pages.shared.markdown import escaped

_logger = logging.getLogger(__name__)


@cache
def running_code() -> RunningCode:
    """The code of this server; the first to ask says from when on it counts."""
    write_log()
    return RunningCode()


def updated_band() -> None:
    """Say that the code was replaced, and show nothing else: new pages do not fit the old modules that run."""
    st.error(_("The atlas was updated: it has to be started anew."))
    st.markdown(_("Whoever runs it restarts the server; then load this page again. The address keeps what you chose."))


def data_page(error: AtlasError) -> None:
    """The page where the data cannot be opened.

    Args:
        error: in words that name no place on the server.
    """
    st.title(_("The atlas cannot open its data"))
    # Problems quote what stands in the data, one a line.
    st.error(escaped(_(error.title)).replace("\n", "  \n"))
    st.markdown(escaped(_(error.advice)))
    st.markdown(
        _(
            "Come back in some minutes: the atlas tries again by itself. Whoever runs it finds what is wrong with "
            "“python -m icc_data status” and in the log of the server."
        )
    )


def page_fault(error: Exception) -> bool:
    """Say in plain words that this page cannot be shown; the log gets the page's address beside what Streamlit writes.

    Args:
        error: what was raised.

    Returns:
        That it has been told: Streamlit says nothing of its own.
    """
    mark = secrets.token_hex(3)
    _logger.error("Fault %s at %s: %s", mark, address(), type(error).__name__)
    if running_code().changed():
        updated_band()
        return True
    st.error(_("Something went wrong in the atlas: this part of the page cannot be shown."))
    st.markdown(
        _(
            "Load the page again. If it stays like this, take away the filters, or go on with another page; whoever "
            "runs the atlas finds what happened in its log under **{mark}**."
        ).format(mark=mark)
    )
    return True


def address() -> str:
    """Where the visitor is: the page and the names of what the address says, without any word that was typed."""
    page = "/".join(("", *(st.context.url or "").split("?")[0].split("/")[3:]))
    names = "&".join(sorted(str(name) for name in st.query_params))
    return f"{page or '/'}?{names}" if names else page or "/"
