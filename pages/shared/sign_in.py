"""Signing in, where the settings ask for it: with Streamlit's own st.login, by the provider in its secrets.toml."""

from __future__ import annotations

import streamlit as st

from icc_data.i18n import translate as _


def sign_in() -> bool:
    """Whether somebody has signed in; where nobody has, the page says so and offers to."""
    if st.user.is_logged_in:
        return True
    st.title(_("Intercultural Cities Atlas"))
    st.markdown(_("This atlas is for people who have been asked in: sign in to go on."))
    st.button(_("Sign in"), on_click=st.login, type="primary")
    return False
