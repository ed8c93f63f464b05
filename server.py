"""The way in for a server: the dashboard with headers, compressed scripts and addresses that say how it is.

``python server.py`` starts it as the settings say (``python -m icc_data settings``); ``python -m streamlit run
server.py`` starts it with Streamlit's own options. ``streamlit run dashboard.py`` shows the same pages without what is
added here.
"""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from streamlit import config

from icc_data.errors import AtlasError

try:
    from icc_data.paths import DATA_DIRECTORY, DATABASE, PUBLISHED, SET, STATIC
except AtlasError as error:
    sys.exit(str(error))
from icc_data.i18n import preferred
from icc_data.limits import allow_open_files, share_arenas
from icc_data.serving.base import Below
from icc_data.serving.compression import Compressed
from icc_data.serving.headers import Guarded, inline_scripts, policy
from icc_data.serving.health import Health
from icc_data.serving.no_page import OnlyPages
from icc_data.serving.open_data.answers import OpenData
from icc_data.serving.open_data.databases import Databases
from icc_data.serving.open_data.offered import offer
from icc_data.serving.sign_in import SigningIn
from icc_data.serving.spoken import SCRIPT, Spoken, script
from icc_data.serving.uploads import Uploads
from icc_data.store.replica import replica
from pages.shared.faults import page_fault, running_code
from pages.shared.navigation import ADDRESSES, menu
from pages.shared.outgoing import ask_nobody_for_addresses
from pages.shared.server import bear_with_publishing, kept_of_uploads
from pages.shared.sign_in import check_provider, has_signed_in

_PAGE = Path(st.__file__).parent / "static" / "index.html"
_PUBLIC = urlsplit(SET["public_address"])
_NAMED = {"none": "'none'", "self": "'self'"}
_OPTIONS: dict[str, object] = {"server.address": SET["address"], "server.port": int(SET["port"])}
if _PUBLIC.hostname:
    _OPTIONS |= {
        "browser.serverAddress": _PUBLIC.hostname,
        "browser.serverPort": _PUBLIC.port or (443 if _PUBLIC.scheme == "https" else 80),
        "server.baseUrlPath": _PUBLIC.path.strip("/"),
    }

allow_open_files()
share_arenas()
bear_with_publishing()
# Before the server says where it can be found.
ask_nobody_for_addresses()


def _base() -> str:
    """The path below which the atlas lies, as Streamlit or the settings know it."""
    path = _PUBLIC.path if __name__ == "__main__" else config.get_option("server.baseUrlPath")
    return f"/{path.strip('/')}".rstrip("/")


_signing_in: list[Middleware] = []
if SET["sign_in"] == "on":
    try:
        check_provider()
    except AtlasError as error:
        sys.exit(str(error))
    _signing_in = [Middleware(SigningIn, base=_base(), has_signed_in=has_signed_in)]

_replica = replica()
if _replica is not None:
    # Whoever comes first need not wait for the lake.
    _replica.follow()
_health = Health(DATA_DIRECTORY, DATABASE, PUBLISHED, running_code().changed)
_routes: list[BaseRoute] = [Route(f"{_base()}/health", _health.health), Route(f"{_base()}/ready", _health.ready)]
_routes.append(Route(f"{_base()}/{SCRIPT}", script))
_open_data = OpenData(
    Databases(DATA_DIRECTORY, DATABASE, PUBLISHED),
    base=_base(),
    public=f"{SET['public_address'].rstrip('/')}/" if _PUBLIC.hostname else "",
    code=running_code().digest,
    everybody=SET["sign_in"] != "on",
)
_routes += _open_data.routes()
offer()
if PUBLISHED.parent != STATIC:
    # Streamlit serves what lies below static/.
    _tables = StaticFiles(directory=PUBLISHED, check_dir=False, follow_symlink=True)
    _routes.append(Mount(f"{_base()}/app/static/{PUBLISHED.name}", _tables))

app = st.App(
    "dashboard.py",
    routes=_routes,
    middleware=[
        Middleware(Below, base=_base()),
        Middleware(
            Guarded,
            policy=policy(
                inline_scripts(_PAGE.read_text(encoding="utf-8")), _NAMED.get(SET["embedding"], SET["embedding"])
            ),
            secure=_PUBLIC.scheme == "https",
            metrics=SET["metrics"] == "on",
        ),
        *_signing_in,
        Middleware(Uploads, largest=config.get_option("server.maxUploadSize") * 1024**2, kept=kept_of_uploads),
        Middleware(Compressed),
        Middleware(OnlyPages, base=_base(), pages=ADDRESSES, menu=menu),
        Middleware(Spoken, preferred=preferred),
    ],
    on_script_error=page_fault,
)

if __name__ == "__main__":
    app.run(config=_OPTIONS)
