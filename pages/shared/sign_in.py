"""Signing in, where the settings ask for it: with Streamlit's own st.login, by the provider in its secrets.toml."""

from __future__ import annotations

import json
from collections.abc import Mapping

import streamlit as st
from streamlit import auth_util
from streamlit.errors import StreamlitAuthError, StreamlitSecretNotFoundError
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from icc_data.errors import AtlasError
from icc_data.i18n import translate as _
from pages.shared.markdown import escaped

_NAMES = ("name", "preferred_username", "email", "sub")


def check_provider() -> None:
    """Look whether people could sign in.

    Raises:
        AtlasError: nobody could, as Streamlit's secrets name no provider or not all of it.
    """
    try:
        auth_util.validate_auth_credentials("default")
    except (StreamlitAuthError, StreamlitSecretNotFoundError) as error:
        reason = " ".join(str(error).split())
        raise AtlasError(
            f"The setting sign_in is on, but nobody could sign in. {reason}",
            "docs/deploy.md says what .streamlit/secrets.toml has to hold.",
        ) from None


def has_signed_in(cookies: Mapping[str, str]) -> bool:
    """Whether these cookies of a browser are those of somebody who has signed in.

    Args:
        cookies: by name; nobody but Streamlit can make those that count, as they are signed.
    """

    def read(name: str) -> bytes | None:
        if name not in cookies:
            return None
        return decode_signed_value(get_cookie_secret(), name, cookies[name].encode("utf-8", "replace"))

    told = auth_util.get_cookie_with_chunks(read, USER_COOKIE_NAME)
    return bool(told) and json.loads(told or b"{}").get("is_logged_in") is True


def sign_in() -> bool:
    """Whether somebody has signed in; where nobody has, the page says so and offers to."""
    if st.user.is_logged_in:
        return True
    st.title(_("Intercultural Cities Atlas"))
    st.markdown(_("This atlas is for people who have been asked in: sign in to go on."))
    st.button(_("Sign in"), on_click=st.login, type="primary")
    return False


def sign_out() -> None:
    """Say below the filters who has signed in, and offer to sign out."""
    name = next((str(st.user[claim]) for claim in _NAMES if st.user.get(claim)), "")
    with st.sidebar:
        st.caption(_("Signed in as {name}.").format(name=escaped(name)))
        st.button(_("Sign out"), on_click=st.logout)
