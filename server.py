"""The way in for a server: the dashboard, as a web application that can carry more than Streamlit's own answers.

``python server.py`` starts it, and so does ``python -m streamlit run server.py`` with Streamlit's options.
``streamlit run dashboard.py`` shows the same pages without what is added here.
"""

from __future__ import annotations

import streamlit as st

from pages.shared.outgoing import ask_nobody_for_addresses

# Before the server says where it can be found.
ask_nobody_for_addresses()

app = st.App("dashboard.py")

if __name__ == "__main__":
    app.run()
