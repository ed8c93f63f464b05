"""What keeps the server from calling other machines."""

from __future__ import annotations

from streamlit import net_util

_HERE = "127.0.0.1"


def ask_nobody_for_addresses() -> None:
    """Take this machine's own address for the answer to what its addresses are on other networks.

    Streamlit asks checkip.amazonaws.com and connects to 8.8.8.8 to know them: when it starts on every network address
    without a display, to print them, and when a page of another site wants to connect, to see whether the site is this
    machine under another name. It keeps the answers in these two places. Who is meant to connect from another site is
    named in its option ``server.corsAllowedOrigins``.
    """
    net_util._external_ip = net_util._internal_ip = _HERE
