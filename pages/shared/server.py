"""What makes the server of the dashboard answer sooner; measured by benchmarks/rerun.py."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from altair.utils import schemapi
from streamlit import file_util, runtime
from streamlit.elements import layouts
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner_utils import script_run_context

from pages.shared.run_turns import take_turns

_DESCRIPTORS = Path("/dev/fd")
PEERS_FOLD = "peers"
KEPT_FOLDS = frozenset({PEERS_FOLD})
_ELEMENT_ID = "compute_and_register_element_id"
_element_id: Callable[..., str] = vars(layouts)[_ELEMENT_ID]
_NAME_MESSAGE = "populate_hash_if_needed"
_name_message: Callable[[ForwardMsg], None] = vars(script_run_context)[_NAME_MESSAGE]
_TELL_THEME = "_populate_theme_msg"
_tell_theme: Callable[[CustomThemeConfig, str], None] = vars(app_session)[_TELL_THEME]


@st.cache_resource(show_spinner=False)
def hasten() -> None:
    """Do all of this once a server, at its first run."""
    without_delay()
    draw_unchecked()
    keep_folds()
    name_elements_alone()
    read_theme_once()
    take_turns()


def draw_unchecked() -> None:
    """Let Altair draw without holding each part of a chart against Vega-Lite's schema.

    The tests do so for every chart; again for each new selection, it takes most of the time of drawing.
    """
    from pydeck.bindings import deck

    schemapi.disable_debug_mode()
    # pydeck looks for Jupyter, which is not here, anew for each map.
    deck.has_jupyter_extra = lambda: False


def keep_folds() -> None:
    """Let the folds of ``KEPT_FOLDS`` be the same whatever they are called.

    To Streamlit, a fold that tells whether it is open is another one with another label: where what is chosen inside
    changes the label, whoever chooses by keyboard would lose the field that they are in.
    """
    vars(layouts)[_ELEMENT_ID] = _known_by_key


def _known_by_key(kind: str, *, user_key: str | None, key_as_main_identity: Any, **details: Any) -> str:
    by_key = kind == "expander" and user_key in KEPT_FOLDS
    return _element_id(kind, user_key=user_key, key_as_main_identity=by_key or key_as_main_identity, **details)


def name_elements_alone() -> None:
    """Let only messages about elements be named by a digest of what they say.

    The browser knows by that name what it has already. Of a container and of a run it has no use for one, which is a
    third of such a message, and a tenth of a run's messages in all.
    """
    vars(script_run_context)[_NAME_MESSAGE] = _name_element


def _name_element(message: ForwardMsg) -> None:
    if message.delta.HasField("new_element"):
        _name_message(message)


def read_theme_once() -> None:
    """Let the theme be read from the settings once: a server keeps those that it began with.

    At each run Streamlit goes through all of its settings six times to tell the browser of it, which is a twentieth of
    what the overview takes.
    """
    vars(app_session)[_TELL_THEME] = _tell_theme_again


def _tell_theme_again(message: CustomThemeConfig, section: str = "theme") -> None:
    told = _theme(section)
    # A part of which nothing is said stays away.
    if told.ByteSize():
        message.MergeFrom(told)


@cache
def _theme(section: str) -> CustomThemeConfig:
    message = CustomThemeConfig()
    _tell_theme(message, section)
    return message


def bear_with_publishing() -> None:
    """Let the server start while another process puts tables into the folder that is served.

    Streamlit adds up how large that folder is, and ends where a file of it goes away meanwhile.
    """
    file_util.get_directory_size = _size_of


def _size_of(directory: str) -> int:
    total = 0
    for folder, _, names in os.walk(directory):
        for name in names:
            with suppress(OSError):
                total += Path(folder, name).stat().st_size
    return total


def kept_of_uploads(session: str) -> tuple[int, int]:
    """How many bytes of files are kept in memory of one open page, and of all.

    Args:
        session: Streamlit's name of the page, which stands in the address that its files are sent to.
    """
    manager = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    if not isinstance(manager, MemoryUploadedFileManager):
        return 0, 0
    # Others add to it and take away meanwhile.
    by_session = {name: list(files.values()) for name, files in list(manager.file_storage.items())}
    sizes = {name: sum(len(file.data) for file in files) for name, files in by_session.items()}
    return sizes.get(session, 0), sum(sizes.values())


def without_delay() -> int:
    """Set TCP_NODELAY on the process's TCP sockets; what a listening one accepts later inherits it.

    A run of a page is many small messages. Nagle's algorithm (RFC 896) holds them back until the browser has
    acknowledged the ones before, which it puts off by 40 ms (RFC 1122, 4.2.3.2). asyncio turns the algorithm off only
    for sockets made with the protocol's number, and Streamlit's is not.

    Returns:
        How many sockets there were; none where the system does not list a process's descriptors (Windows).
    """
    count = 0
    for entry in list(_DESCRIPTORS.iterdir()) if _DESCRIPTORS.exists() else ():
        if not entry.is_socket():
            continue
        # A connection may have ended meanwhile.
        with suppress(OSError), socket.socket(fileno=os.dup(int(entry.name))) as connection:
            if connection.family in (socket.AF_INET, socket.AF_INET6) and connection.type == socket.SOCK_STREAM:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                count += 1
    return count
