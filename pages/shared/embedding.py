"""One figure of a page within somebody else's page: the address names it, and the rest of the page does not show.

The page runs as it always does, out of sight, as only that can tell what the figure is asked with. What stands between
the heading of the figure's panel and the figure, its switches and the legend of its colours, comes along.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from icc_data import queries
from icc_data.analysis.parameters import unknown_params
from icc_data.i18n import day
from icc_data.i18n import translate as _
from icc_data.paths import SET
from icc_data.queries.selection import filter_labels
from pages.shared.address import SAID_AT, note_read, params, say_ignored, say_unread
from pages.shared.answers import ask
from pages.shared.markdown import escaped
from pages.shared.session import current

FIGURE_PARAM = "figure"
# Streamlit's own: it leaves out its menu and the room around a page.
_BY_STREAMLIT = "embed"
_STAGE = "_stage"
_HEIGHT = 640
# What Streamlit wraps around a part is hidden with it, as an empty one would keep its distance to the next. In a narrow
# frame the switches stand below the figure: above it they would fill the frame. Nor does a list for telephones
# stand in for a wide figure there, as on its page.
_STYLE = """<style>
[data-testid="stLayoutWrapper"]:has(> :is(.st-key-backstage, [class*="st-key-wing-"])), [data-testid="stSidebar"] {
  display: none;
}
[data-testid="stMainBlockContainer"] { padding-top: 0.6rem; padding-bottom: 1rem; }
@media (max-width: 640px) {
  [data-testid="stLayoutWrapper"]:has(> [class*="st-key-wing-"]:not([class*="st-key-wing-legend-"])) { order: 1; }
  .stApp [class*="st-key-wide-"] { position: static; height: auto; overflow: auto hidden; visibility: visible; }
}
</style>"""

_SHOWN = """<style>
[data-testid="stLayoutWrapper"]:has(> :is(.st-key-wing-{wing}, .st-key-wing-legend-{wing})) {{ display: flex; }}
</style>"""


@dataclass
class _Stage:
    """Where the figure is to stand.

    Attributes:
        name: the figure that the address asks for.
        head: where its title is put.
        place: where it is put.
        wing: the switches of the panel that the page is at.
        legend: what its colours are.
        wings: how many panels there were.
        filled: whether the figure has come.
    """

    name: str
    head: DeltaGenerator
    place: DeltaGenerator
    wing: DeltaGenerator
    legend: DeltaGenerator
    wings: int = 0
    filled: bool = False


def alone() -> str:
    """The name of the figure that the address asks for alone; empty where it asks for the whole page."""
    return st.query_params.get(FIGURE_PARAM, "")


def _stage() -> _Stage | None:
    stage: _Stage | None = st.session_state.get(_STAGE)
    return stage


def begin_panel() -> None:
    """Note that a panel of the page begins here: the switches of another one do not belong to its figure."""
    stage = _stage()
    if stage is not None:
        stage.wings += 1
        with stage.place:
            stage.wing = st.container(key=f"wing-{stage.wings}")
            stage.legend = st.container(key=f"wing-legend-{stage.wings}")


def beside_figure() -> AbstractContextManager[object]:
    """Where switches stand: beside their figure where it is asked for alone."""
    stage = _stage()
    return nullcontext() if stage is None else stage.wing


def legend_place() -> AbstractContextManager[object]:
    """Where legends stand: directly above their figure where it is asked for alone."""
    stage = _stage()
    return nullcontext() if stage is None else stage.legend


@contextmanager
def figure_place(
    name: str, title: str, *, also: str = "", set_by_page: bool = True, chosen: Sequence[str] = ()
) -> Iterator[bool]:
    """Where a figure stands.

    Args:
        name: of the figure.
        also: another name by which an address may ask for it.
        title: what it shows, for a page that shows nothing else.
        set_by_page: whether the switches above all panels of the page set it.
        chosen: what its practices are chosen by, in words that stand above it where it is alone.

    Yields:
        Whether it is to be drawn.
    """
    stage = _stage()
    if stage is None:
        yield True
    elif stage.filled or stage.name not in (name, also):
        yield False
    else:
        stage.filled = True
        with stage.head:
            for wing in {0, stage.wings} if set_by_page else {stage.wings}:
                st.html(_SHOWN.format(wing=wing))
            st.markdown(f"# {escaped(title)}")
            if chosen:
                st.caption(escaped(" · ".join(chosen)))
        with stage.place:
            yield True


@contextmanager
def figure_alone() -> Iterator[None]:
    """Run a page for the one figure that the address asks for; the whole page where it asks for none."""
    name = alone()
    if not name:
        st.session_state.pop(_STAGE, None)
        yield
        return
    note_read(FIGURE_PARAM)
    st.html(_STYLE)
    st.session_state[SAID_AT] = st.container(gap=None)
    say_ignored([*current().ignored, *unknown_params(params())], filter_labels())
    head, place = st.container(gap="small"), st.container()
    with place:
        wing = st.container(horizontal=True, key="wing-0")
        legend = st.container(key="wing-legend-0")
    stage = _Stage(name, head, place, wing, legend)
    st.session_state[_STAGE] = stage
    try:
        with st.container(key="backstage"):
            yield
        say_unread()
    finally:
        st.session_state.pop(_STAGE, None)
        st.session_state.pop(SAID_AT, None)
    if not stage.filled:
        with head:
            st.markdown(f"# {_('This figure is not here')}")
        words = _("On this page, as it stands, there is no figure “{name}”. Its filters may leave nothing to draw.")
        st.warning(escaped(words.format(name=name[:60])))
    _foot()


def _foot() -> None:
    meta, session = ask(queries.meta), current()
    kept = {name: values for name, values in params().items() if name != FIGURE_PARAM}
    query = urlencode([(name, value) for name, values in kept.items() for value in values])
    whole = (st.context.url or "") + (f"?{query}" if query else "")
    words = _("Source: Intercultural Cities Atlas, data version {version}, as of {day}, CC BY 4.0.").format(
        version=meta["version"], day=day(session.as_of)
    )
    st.caption(f"{escaped(words)} [{_('Open in the atlas')}](<{whole}>)")


def snippet(name: str, title: str) -> str:
    """What somebody pastes into a page of theirs to show a figure there.

    Args:
        name: of the figure.
        title: what it shows, for people who hear the page.
    """
    asked = {**params(), FIGURE_PARAM: [name], _BY_STREAMLIT: ["true"]}
    query = urlencode([(key, value) for key, values in asked.items() for value in values])
    source = html.escape(f"{st.context.url or ''}?{query}")
    return (
        f'<iframe src="{source}" title="{html.escape(title)}"\n'
        f'  width="100%" height="{_HEIGHT}" loading="lazy" style="border: 0"></iframe>'
    )


def embedding_panel(name: str, title: str) -> None:
    """What to paste to show a figure elsewhere, and whether this server lets others do so.

    Args:
        name: of the figure.
        title: what it shows.
    """
    st.code(snippet(name, title), language="html", wrap_lines=True)
    if SET["embedding"] == "none":
        st.caption(
            _(
                "This server lets no other page show it. Whoever runs it can name the sites that may, in the setting "
                "“embedding”."
            )
        )
