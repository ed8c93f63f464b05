"""The little that the theme cannot say."""

from __future__ import annotations

import json
from pathlib import Path

import streamlit as st

from icc_data.drawing.palette import Look
from icc_data.i18n import language
from icc_data.i18n import translate as _
from pages.shared.drawn import draw_once

# With single spaces in place of lines and indents: Streamlit reads through all of it at every run.
_SHEET = " ".join((Path(__file__).parent / "style.css").read_text(encoding="utf-8").split())


def style(look: Look) -> str:
    """The style sheet, with the theme's colours by name, and each commitment's card under a line in its hue."""
    names = {"muted": look.muted, "on-tint": look.on_tint, "on-primary": look.background, "sea": look.sea}
    names["page"] = look.background
    names["map-on-its-way"] = json.dumps(_("The map is on its way …"), ensure_ascii=False)
    without = _("This browser draws no maps: it has no WebGL, or it is switched off. Lists and tables have the same.")
    names["no-map"] = json.dumps(without, ensure_ascii=False)
    root = "; ".join(f"--{name}: {colour}" for name, colour in names.items())
    lines = [f":root {{ {root} }}"]
    lines += [f".st-key-commitment-{code} {{ border-top: 4px solid {hue}; }}" for code, hue in look.commitments.items()]
    return f"<style>{_SHEET}\n{chr(10).join(lines)}</style>"


def dress(look: Look, *, bare: bool) -> None:
    """Put the style sheet on the page, and tell the browser which language is spoken.

    Args:
        look: the colours of the theme.
        bare: whether the page stands without its head, in whose language nothing is told.
    """
    if bare:
        st.html(style(look))
        return

    def put() -> None:
        # ``serving.spoken`` reads it: the page around stays as the server gave it first. It stands before the sheet, as
        # Streamlit puts a sheet by itself where nothing can be put again from memory.
        st.html(f'<span class="spoken" lang="{language()}"></span>{style(look)}')

    draw_once(put, "dress")
