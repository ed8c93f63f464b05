"""What a team has chosen for a city, kept for the visit: the address holds it, and links to other pages leave it out.

The address stays the only memory of what is shown. What stood in it for each city is remembered, and is put back into
it when the visitor comes to the page again with an address that says nothing of it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import streamlit as st

from icc_data.analysis.audit import JUDGEMENT_PARAMS
from icc_data.analysis.peer_sets import PEER_PARAMS
from icc_data.i18n import translate as _
from pages.shared.address import WRITTEN, Params, params, replace_options
from pages.shared.markdown import escaped
from pages.shared.navigation import ARRIVED
from pages.shared.session import current

AREA_PARAM, PICK_PARAM, STEP_PARAM = "area", "pick", "step"
# What a team says and chooses one after the other, maybe faster than the browser learns of the new address.
_QUICK = JUDGEMENT_PARAMS | {AREA_PARAM, PICK_PARAM}
# In the session's state: what of this stood in the address when it was last read or written; the step of each city.
_LATEST, _STEPS = "_kept-latest", "_kept-steps"


@dataclass(frozen=True)
class Work:
    """What a page keeps for each city.

    Attributes:
        page: the page's address.
        groups: address parameters that belong together: an address that says one of a group says all of it.
    """

    page: str
    groups: tuple[frozenset[str], ...]

    @property
    def params(self) -> frozenset[str]:
        """Every address parameter that is kept."""
        return frozenset[str]().union(*self.groups)


AUDIT = Work("audit", (frozenset(JUDGEMENT_PARAMS), frozenset({AREA_PARAM, PICK_PARAM}), frozenset(PEER_PARAMS)))
BENCHMARK = Work("benchmark", (frozenset(PEER_PARAMS),))


@dataclass(frozen=True)
class Taken:
    """How the work on a city stands.

    Attributes:
        begun: whether there is any in the address.
        again: whether it is that of before.
        waiting: work of before that the address does not hold, as after the browser's back button.
    """

    begun: bool
    again: bool
    waiting: Params


def kept_work() -> dict[str, Params]:
    """The work of before on the city that the visit is about, by page, as address parameters."""
    city = current().city or ""
    work = {work.page: _kept(work).get(city, {}) for work in (AUDIT, BENCHMARK)}
    step = st.session_state.get(_STEPS, {}).get(city)
    return {**work, AUDIT.page: {**work[AUDIT.page], STEP_PARAM: [step]}} if step else work


def keep_step(city_id: str, step: str | None) -> None:
    """Remember at which step of its audit a city is, for the links that lead there from other pages.

    Args:
        city_id: the city.
        step: as the address says it; None for the first.
    """
    st.session_state.setdefault(_STEPS, {})[city_id] = step


def latest() -> Params:
    """What the team has said and chosen last, whether or not the browser's address says it already."""
    return dict(st.session_state.get(_LATEST, {}))


def write_work(city_id: str, values: Params, *, instead_of: Collection[str]) -> None:
    """Write what a team says or chooses to the address, and remember it at once.

    What a widget sends along is the address as the browser has it. Who types quicker than the server answers sends
    one that lacks what was typed just before, so this starts from what was written last.

    Args:
        city_id: the city.
        values: the address parameters that are new.
        instead_of: those that they replace.
    """
    here = {name: texts for name, texts in {**latest(), **values}.items() if name in values or name not in instead_of}
    st.session_state[_LATEST] = _only(here, _QUICK)
    replace_options(_QUICK | set(instead_of), here)
    _kept(AUDIT)[city_id] = _only(params(), AUDIT.params)


def _kept(work: Work) -> dict[str, Params]:
    kept: dict[str, Params] = st.session_state.setdefault(f"_kept-{work.page}", {})
    return kept


def _only(asked: Params, names: Collection[str]) -> Params:
    return {name: values for name, values in asked.items() if name in names}


def take_up(city_id: str, work: Work = AUDIT) -> Taken:
    """Put the work of before on a city back into the address where that is needed, and remember what it says now.

    Args:
        city_id: the city.
        work: what is kept, and on which page.
    """
    kept, here, latest = _kept(work), _only(params(), work.params), f"_kept-city-{work.page}"
    mine, state = kept.get(city_id, {}), st.session_state
    arrived, written = state.pop(ARRIVED, False), state.pop(WRITTEN, False)
    before = state.get(latest, city_id)
    state[latest] = city_id
    if before != city_id and not arrived:
        here = _without_others(here, kept.get(before, {}), known=city_id in kept)
    _note_latest(work, here)
    if arrived or before != city_id:
        for group in work.groups:
            here = here if _only(here, group) else {**here, **_only(mine, group)}
        if here != _only(params(), work.params):
            replace_options(work.params, here)
            state.pop(WRITTEN)
        _note_latest(work, here)
    elif not here and mine and not written:
        return Taken(False, False, mine)
    kept[city_id] = here
    return Taken(bool(here), bool(here) and arrived and here == mine, {})


def turn_to_step(step: str | None) -> None:
    """Open another step of the audit; what was typed last goes along, and work that waits goes on waiting.

    Args:
        step: as the address says it; None for the first.
    """
    replace_options(_QUICK | {STEP_PARAM}, {**latest(), **({STEP_PARAM: [step]} if step else {})})
    st.session_state.pop(WRITTEN)


def _note_latest(work: Work, here: Params) -> None:
    if work is AUDIT:
        st.session_state[_LATEST] = _only(here, _QUICK)


def _without_others(here: Params, others: Params, *, known: bool) -> Params:
    """An address without what was chosen for the city that it was about; the rule for peers may be of use again."""
    own = {name: values for name, values in here.items() if others.get(name) != values}
    return own if known else {**_only(here, PEER_PARAMS), **own}


def _start_afresh(city_id: str) -> None:
    _kept(AUDIT).pop(city_id, None)
    st.session_state.pop(_LATEST, None)
    replace_options(AUDIT.params | {STEP_PARAM}, {})


def work_line(city_id: str, taken: Taken) -> None:
    """Say that the work is kept, with the way to begin anew, and to work of before that waits.

    Args:
        city_id: the city.
        taken: the answer of ``take_up``.
    """
    if not (taken.begun or taken.waiting):
        return
    name = escaped(current().options.label("city", city_id))
    words = _("Your work on {name} is kept while you look at other pages and cities.")
    if taken.waiting:
        words = _("There is work of yours on {name} that this address does not hold.")
    elif taken.again:
        words = _("This is your work on {name} of before.")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="kept-work"):
        st.caption(f":material/history: {words.format(name=name)}", width="content")
        if taken.waiting:
            st.button(
                _("Take it up again"),
                key="take-up",
                type="tertiary",
                icon=":material/undo:",
                on_click=replace_options,
                args=(AUDIT.params, taken.waiting),
            )
        st.button(
            _("Start afresh"),
            key="start-afresh",
            type="tertiary",
            icon=":material/restart_alt:",
            on_click=_start_afresh,
            args=(city_id,),
            help=_("Takes ratings, importance, areas, picks and the rule for peers back; uploaded results stay."),
        )
