"""Menus that are filled when somebody opens them."""

from __future__ import annotations

import re

from icc_data.paths import ROOT

# What stands between the brackets of a call may hold brackets itself.
_FILLED_LATER = re.compile(r"\.popover\((?:[^()]|\([^()]*\))*on_change=")


def test_every_menu_that_is_filled_once_it_is_open_keeps_room_for_what_comes():
    places = [
        file.relative_to(ROOT).as_posix()
        for file in sorted((ROOT / "pages").rglob("*.py"))
        if _FILLED_LATER.search(file.read_text("utf-8"))
    ]
    # Its ``menu`` is what keeps the room.
    assert places == ["pages/shared/menus.py"]
