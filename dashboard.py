"""The way in: page config, navigation, the filter bar, and the page that the address asks for."""

from __future__ import annotations

import runpy

import streamlit as st

from icc_data.errors import AtlasError
from icc_data.i18n import translate as _
from icc_data.paths import ROOT, SET
from pages.shared.address import begin_reading, note_read, say_unread
from pages.shared.comparing import comparison_line
from pages.shared.embedding import alone, figure_alone
from pages.shared.faults import data_page, running_code, updated_band
from pages.shared.filter_bar import filter_bar, selection_line
from pages.shared.kept_work import kept_work
from pages.shared.markdown import escaped
from pages.shared.navigation import arrive, foot, pages
from pages.shared.outgoing import ask_nobody_for_addresses
from pages.shared.page_head import page_links
from pages.shared.presenting import presenting
from pages.shared.server import hasten
from pages.shared.session import about_city, inside_dashboard, start
from pages.shared.sign_in import sign_in, sign_out
from pages.shared.speaking import language_links, speak
from pages.shared.style import dress
from pages.shared.tidying import tidying
from pages.shared.unit_choice import city_in_head
from pages.shared.versions import version_band

# Fetched once; the pictures themselves would go along with each run. Streamlit serves them from static/.
ICON = "/app/static/icon.svg"
LOGO = "/app/static/logo.svg"

speak()
st.set_page_config(page_title=_("Intercultural Cities Atlas"), page_icon=ICON, layout="wide")
ask_nobody_for_addresses()
hasten()
if running_code().changed():
    updated_band()
    st.stop()
if SET["sign_in"] == "on" and not sign_in():
    st.stop()
try:
    session = start()
except AtlasError as error:
    data_page(error)
    st.stop()

entries = pages()
page = st.navigation(entries, position="hidden")
arrive(page)
session = about_city(page.url_path)

bare = (page.url_path == "review" and presenting()) or bool(alone())
dress(session.look, bare=bare)
if not bare:
    st.logo(LOGO, size="large", icon_image=ICON)
    language_links(page)
    with st.container(horizontal=True, key="head"):
        page_links(entries, page, session.selection, kept_work())
        city_in_head(page.url_path)
version_band(page)
if session.outdated:
    st.warning(_("The newest data cannot be shown, so this is the last database that was built."))
    # Problems quote what stands in the data, one a line.
    st.caption(escaped(_(session.outdated)).replace("\n", "  \n"))
ignored = st.container(gap=None)
if not bare:
    filter_bar()
    if SET["sign_in"] == "on":
        sign_out()
    selection_line(ignored, page.url_path)
    with st.container():
        comparison_line(page.url_path)
begin_reading()
with inside_dashboard(), figure_alone():
    if "practice" in st.query_params and page.url_path in ("", "practices"):
        note_read("practice")
        # In its place: sent on to its own address, the browser's back button would lead here and on again.
        runpy.run_path(str(ROOT / "pages" / "practice.py"))
    else:
        page.run()
if not bare:
    foot()
    with ignored:
        say_unread()
tidying().note_run(page.url_path)
