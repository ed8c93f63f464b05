"""A page on a projector: no sidebar and no chrome, large type, one screen a step, arrow keys from step to step."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from icc_data.drawing.review_charts import PROJECTED, TYPE
from icc_data.i18n import number
from icc_data.i18n import translate as _
from pages.shared.address import replace_options, set_option
from pages.shared.figures import panel_title
from pages.shared.session import current

PRESENT_PARAM = "present"
STEP_PARAM = "step"
ON = "1"
# Beside the width of the screen, so that at 1920 pixels small letters, 0.875 rem, have 20.
_STYLE = """<style>
html { font-size: clamp(16px, 1.2vw, 48px) !important; }
:is([data-testid="stHeader"], [data-testid="stSidebar"]) { display: none !important; }
[data-testid="stMainBlockContainer"] { max-width: none; padding: 0.5rem 2rem 2.4rem; }
[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] { gap: 0.35rem; }
:is([class*="st-key-method-"], [data-testid="stElementToolbar"]) { display: none; }
.st-key-steps { position: fixed; bottom: 0; left: 0; z-index: 10; width: 100vw; padding: 0.3rem 2rem; }
.st-key-steps button { min-height: 1.9rem; padding: 0.1rem 0.6rem; }
.st-key-steps { background: BACKGROUND; }
[data-testid="stMetric"] > div { padding: 0.3rem 0.7rem; }
[data-testid="stMetricValue"] { font-size: 1.75rem; line-height: 1.2; }
.st-key-card-findings p { line-height: 1.4; }
.legend { font-size: 0.88rem; }
[data-testid="stCaptionContainer"] p { font-size: 0.88rem; }
</style>"""


def presenting() -> bool:
    """Whether the address asks for the presentation."""
    return st.query_params.get(PRESENT_PARAM) == ON


def type_size() -> int:
    """Pixels of the type on charts."""
    return PROJECTED if presenting() else TYPE


def part_title(title: str, subtitle: str = "") -> None:
    """The heading of a part; on a projector, where the step is headed by its name, only what is counted."""
    if not presenting():
        panel_title(title, subtitle)
    elif subtitle:
        st.caption(subtitle)


def present_button() -> None:
    """The way into the presentation."""
    st.button(
        _("Present"),
        key="present",
        icon=":material/slideshow:",
        help=_("For a projector: one part a screen; arrow keys turn the pages, Esc leaves."),
        on_click=set_option,
        args=(PRESENT_PARAM, ON),
    )


def _turn(step: str) -> None:
    # A step begins on the first page of its list.
    replace_options([STEP_PARAM, "page"], {STEP_PARAM: [step]})


def steps_line(steps: Mapping[str, str], step: str) -> None:
    """The buttons from step to step, each with its key.

    Args:
        steps: what each step is called, in their order.
        step: the one that is shown.
    """
    st.html(_STYLE.replace("BACKGROUND", current().look.background))
    order = list(steps)
    place = order.index(step)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="steps", gap="small"
    ):
        st.button(
            _("Back"),
            key="step-back",
            shortcut="Left",
            disabled=place == 0,
            on_click=_turn,
            args=(order[max(place - 1, 0)],),
        )
        words = _("{place} of {count} · {step}")
        st.markdown(
            f":gray[{words.format(place=number(place + 1), count=number(len(order)), step=steps[step])}]",
            width="content",
        )
        st.button(_("Leave"), key="step-leave", shortcut="Esc", on_click=set_option, args=(PRESENT_PARAM, None))
        st.button(
            _("Next"),
            key="step-next",
            shortcut="Right",
            disabled=place == len(order) - 1,
            on_click=_turn,
            args=(order[min(place + 1, len(order) - 1)],),
        )
