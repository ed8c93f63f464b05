"""The little that the theme cannot say."""

from __future__ import annotations

import json
from pathlib import Path

from icc_data.drawing.palette import Look
from icc_data.i18n import translate as _

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
