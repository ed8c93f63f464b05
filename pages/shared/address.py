"""The address of a page: reading what it asks for, and writing to it what somebody chooses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import nullcontext
from typing import Any
from urllib.parse import urlencode, urljoin

import streamlit as st

from icc_data.analysis.parameters import MY_CITY_PARAM, OF_PAGES
from icc_data.i18n import translate_plural
from icc_data.paths import SET
from icc_data.queries.comparison import COMPARE
from icc_data.queries.ignored import Ignored, ignored_in_words, quoted
from icc_data.queries.selection import SELECTION_PARAMS, Selection
from pages.shared.markdown import escaped

Params = dict[str, list[str]]
# A link to the page that it stands on carries this parameter; see ``session.start``.
FOLLOWED = "followed"
# In the session's state where a control of the page, not the browser, has changed the address.
WRITTEN = "_address_written"
# In the session's state: the parameters that this run of the page has looked at, and those that a control has written.
_READ = "_address_read"
_CHOSEN = "_address_chosen"
_MY_CITY = "_my_city"
# In the session's state: where all that does not count is said, while what stands beside the controls is out of sight.
SAID_AT = "_ignored_said_at"


def params() -> Params:
    """The address parameters, every one with all its values."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def begin_reading() -> None:
    """Forget which parameters the run before this one has looked at; some are read for every page."""
    st.session_state[_READ] = {"lang", "version", MY_CITY_PARAM, COMPARE}


def note_read(*names: str) -> None:
    """Note that the page, as it stands, has a use for these parameters, whether or not the address has them."""
    st.session_state.setdefault(_READ, set()).update(names)


def unread_params() -> list[str]:
    """The known parameters of the address that this run of the page has had no use for.

    What a control has written in this visit is not among them: who turns to a view without that control, and may
    turn back, has asked for nothing that is missing.
    """
    read, chosen = st.session_state.get(_READ, set()), st.session_state.get(_CHOSEN, set())
    return [name for name in st.query_params if name in OF_PAGES and name not in read and name not in chosen]


def _note_chosen(*names: str) -> None:
    st.session_state.setdefault(_CHOSEN, set()).update(names)


def address(**options: str) -> str:
    """The whole address of this view, for somebody else.

    Args:
        options: page options to have in it instead of the present ones.
    """
    options_by_name = {**params(), **{name: [value] for name, value in options.items()}}
    query = urlencode([(name, value) for name, values in options_by_name.items() for value in values])
    return (st.context.url or "") + (f"?{query}" if query else "")


def root() -> str:
    """Where the atlas is, with a slash at its end; empty where that is not known."""
    if SET["public_address"]:
        return f"{SET['public_address'].rstrip('/')}/"
    return urljoin(st.context.url, ".") if st.context.url else ""


def note_city(city_id: str | None) -> None:
    """Note which city this run is about, whatever parameter the address names it by."""
    st.session_state[_MY_CITY] = city_id


def my_city() -> dict[str, list[str]]:
    """The city that this run is about, as an address says it; empty where there is none."""
    city_id = st.session_state.get(_MY_CITY)
    return {MY_CITY_PARAM: [city_id]} if city_id else {}


def choose_city(selection: Selection, city_id: str | None) -> None:
    """Write to the address which city the pages about cities are about.

    Args:
        selection: what is chosen.
        city_id: the city; None to forget it, even where a filter would name one.
    """
    note_city(city_id)
    go(selection if city_id else selection.with_values("city", ()))


def go(selection: Selection, page_options: Mapping[str, list[str]] | None = None) -> None:
    """Write a selection (and, if given, the page's options) to the address; the rest of the address stays."""
    st.session_state[WRITTEN] = True
    # Another selection is another list: it begins on its first page.
    kept = {name: values for name, values in params().items() if name not in {*SELECTION_PARAMS, "page", MY_CITY_PARAM}}
    st.query_params.from_dict({**kept, **my_city(), **(page_options or {}), **selection.to_params()})


def set_option(name: str, value: str | None) -> None:
    """Write one page option to the address, or take it out."""
    st.session_state[WRITTEN] = True
    if value is None:
        st.query_params.pop(name, None)
    else:
        _note_chosen(name)
        st.query_params[name] = value


def replace_options(names: Collection[str], values: Mapping[str, list[str]]) -> None:
    """Write several page options at once; the rest of the address stays.

    Args:
        names: the options meant; those that have no value are taken out.
        values: what stands in the address from now on.
    """
    st.session_state[WRITTEN] = True
    _note_chosen(*values)
    kept = {name: texts for name, texts in params().items() if name not in names}
    st.query_params.from_dict({**kept, **values})


def bound(key: str, value: Any, write: Callable[[Any], None]) -> dict[str, Any]:
    """Bind a widget to the address: it shows what the address says, and what is chosen in it is written there.

    Args:
        key: the key of the widget.
        value: what the address says.
        write: writes what is chosen to the address.

    Returns:
        The arguments of the widget that do so: ``key`` and ``on_change``.
    """
    st.session_state[key] = value

    def changed() -> None:
        st.session_state[WRITTEN] = True
        write(st.session_state[key])

    return {"key": key, "on_change": changed}


def option(name: str, values: Collection[str], default: str, label: str) -> str:
    """A page option of the address; something else than what it can be counts as the default, and is said.

    Args:
        name: the parameter.
        values: what it can be.
        default: what it is where the address does not say.
        label: what it is called.
    """
    note_read(name)
    value = st.query_params.get(name, default)
    if value not in values:
        say_ignored([Ignored(name, value)], {name: label})
    return option_ahead(name, values, default)


def option_ahead(name: str, values: Collection[str], default: str) -> str:
    """The same for the title of a page, above the control that says what does not count: said twice, it would be read
    twice.

    Args:
        name, values, default: those of ``option``.
    """
    value = st.query_params.get(name, default)
    return value if value in values else default


def say_ignored(ignored: Iterable[Ignored], labels: Mapping[str, str]) -> None:
    """Say what of the address does not count, where there is anything.

    Args:
        ignored: what does not count.
        labels: what its parameters are called.
    """
    lines = [f":material/info: {escaped(sentence)}" for sentence in ignored_in_words(ignored, labels)]
    if lines:
        with st.session_state.get(SAID_AT) or nullcontext():
            st.caption("  \n".join(lines))


def say_unread() -> None:
    """Say which parameters of the address the page, as it stands, has no use for, where there are any."""
    names = unread_params()
    if names:
        words = translate_plural(
            "On this page, as it stands, there is nothing that {names} could set, so it does not count.",
            "On this page, as it stands, there is nothing that {names} could set, so they do not count.",
            len(names),
        )
        say_ignored([Ignored(names[0], "", words.format(names=quoted(names)))], {})
