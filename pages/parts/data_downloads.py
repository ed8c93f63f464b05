"""The data as a whole, whatever is chosen: tables that tell of it, and its files at stable addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

import pandas as pd
import streamlit as st

from icc_data import queries
from icc_data.analysis.parameters import MY_CITY_PARAM
from icc_data.errors import AtlasError
from icc_data.files.export import FORMATS, export, file_name
from icc_data.files.snippets import SNIPPETS, view_snippets
from icc_data.files.views import FOLDER, VIEWS, View
from icc_data.files.views import FORMS as VIEW_FORMS
from icc_data.i18n import enumeration, number
from icc_data.i18n import translate as _
from icc_data.paths import LAKE
from icc_data.queries.selection import Selection
from icc_data.serving.open_data.offered import is_offered
from icc_data.store import datapackage
from pages.shared.address import root
from pages.shared.answers import ask
from pages.shared.downloads import AsData, provenance
from pages.shared.figures import choice, panel_title
from pages.shared.markdown import escaped, with_subject
from pages.shared.navigation import page_names
from pages.shared.session import current

FORMS = ("csv", "parquet", "schema.json")


def whole_note() -> None:
    """Say, where something is chosen, that what follows is not narrowed by it."""
    if not current().selection.is_empty:
        st.caption(":material/info: " + _("This section is about the whole data, whatever is chosen in the filters."))


def whole_download(name: str, title: str, frame: pd.DataFrame, about: Sequence[str] = ()) -> None:
    """Buttons for rows that do not depend on the selection as it is.

    Args:
        name: identifies the rows on their page.
        title: what the rows are, in words: heads the file and names it.
        frame: the rows.
        about: to what of the selection they keep, in sentences.
    """
    facts = replace(provenance(title), selection=[*about])

    def button(key: str) -> None:
        form = FORMATS[key]
        st.download_button(
            form.label,
            lambda: export(frame, key, facts),
            file_name(title, facts, key),
            form.mime,
            key=f"download-{name}-{key}",
            on_click="ignore",
            icon=":material/download:",
            help=_(form.help),
        )

    with st.container(horizontal=True, gap="small"):
        for key in ("csv", "xlsx"):
            button(key)


@st.cache_data(max_entries=1, show_spinner=False)
def _files(key: str) -> dict[str, bytes]:
    return datapackage.package_files(current().directory)


@st.cache_resource(max_entries=2, show_spinner=False)
def _publish(key: str) -> None:
    # Where it fails, the page finds no files of this version and says so.
    try:
        datapackage.publish(target=datapackage.PUBLISHED)
    except AtlasError:
        return


def _size(length: int) -> str:
    return _("{size} kB").format(size=number(max(length / 1000, 1)))


def whole_tables(tables: Mapping[str, str]) -> None:
    """The whole tables: links to their stable addresses or, where they cannot be written, the same files as buttons.

    Args:
        tables: the tables and what they are called.
    """
    panel_title(
        _("The whole tables"), _("For spreadsheets (CSV, UTF-8) and for analysis (Parquet, with types and lists)")
    )
    # The copy of a lake has them already.
    if current().pinned is None and not LAKE:
        _publish(current().key(str(datapackage.PUBLISHED)))
    package = datapackage.published(datapackage.PUBLISHED)
    version = ask(queries.meta)["version"]
    if package is not None and package.get("version") == version:
        _addresses(tables, package)
    else:
        _buttons(tables)
    st.caption(
        _(
            "An empty cell means that no source said so. Lists in a CSV cell are separated by “; ”. The years read "
            "from the year texts are no columns of the practices: they are a table of their own."
        )
    )


def _addresses(tables: Mapping[str, str], package: Mapping[str, Any]) -> None:
    base = urljoin(st.context.url or "http://localhost:8501/", f"app/static/{datapackage.PUBLISHED.name}/")
    files = {resource["path"]: resource for resource in package["resources"]}

    def link(name: str) -> str:
        size = f" :gray[{_size(files[name]['bytes'])}]" if name in files else ""
        return f"[{escaped(name)}]({base}{name}){size}"

    head = [_("Table"), _("Rows"), "CSV", "Parquet", "Table Schema"]
    lines = [
        [label, number(files[f"{table}.csv"]["rows"]), *(link(f"{table}.{form}") for form in FORMS)]
        for table, label in tables.items()
    ]
    with st.container(key="wide-tables"):
        st.markdown("\n".join(f"| {' | '.join(cells)} |" for cells in [head, ["---", "--:", *["---"] * 3], *lines]))
    texts = [name for name in datapackage.TEXTS if (datapackage.PUBLISHED / name).exists()]
    st.markdown(
        _(
            "These addresses stay; what they hold is replaced in one step when the data changes. {descriptor}, "
            "a [Data Package](https://datapackage.org), names the version, and every file with its size and SHA-256, "
            "so that a script sees whether there is something new. Beside it: {texts}."
        ).format(
            descriptor=link(datapackage.DESCRIPTOR),
            texts=enumeration(map(link, texts)),
        )
    )
    panel_title(_("Fetch them with a script"))
    tool = choice("tool", _("Tool"), {name: name for name in SNIPPETS}, default="curl")
    st.code(SNIPPETS[tool].at(base), language=SNIPPETS[tool].language)


def views_as_data() -> None:
    """The lists and figures of the pages at addresses, where this server gives them."""
    if not is_offered() or not root():
        return
    selection = current().selection
    panel_title(
        _("Views as data"),
        _("What the pages show, as tables at addresses that take the same filters, for scripts and spreadsheets"),
    )
    names = page_names()
    for page in dict.fromkeys(view.page for view in VIEWS.values()):
        st.markdown(f"### {escaped(names[page])}")
        for view in VIEWS.values():
            if view.page == page:
                _view_line(view, selection)
    description = f"{root()}{FOLDER}openapi.json"
    st.markdown(
        _(
            "The filters of the pages are in these addresses, and “version” in an address keeps it to a snapshot, so "
            "that its numbers stay the same. A parameter or a value that there is not is refused, with what is "
            "possible. [A description for programs]({address}) (OpenAPI) names everything that can be asked."
        ).format(address=description)
    )
    panel_title(_("Fetch a view with a script"))
    snippets = view_snippets(AsData("practices", selection).address("csv"))
    for tab, (_tool, snippet) in zip(st.tabs([*snippets]), snippets.items(), strict=True):
        with tab:
            st.code(snippet.code, language=snippet.language)


def _view_line(view: View, selection: Selection) -> None:
    """What a table holds, with the addresses of its forms, or what an address has to name for it."""
    city = current().city
    given = {MY_CITY_PARAM: city} if city and MY_CITY_PARAM in view.reads else {}
    title, data = view.title(view.defaults), AsData(view.name, selection, given)
    links = " · ".join(
        f"[{with_subject(form.upper() if form != 'parquet' else 'Parquet', title)}]({data.address(form)})"
        for form in VIEW_FORMS
    )
    lacking = [f"`{name}=`" for name in view.needed if name not in given]
    if lacking:
        words = _("{address}, with {names} in the address")
        links = words.format(address=f"`{FOLDER}{view.name}.csv`", names=enumeration(lacking))
    st.markdown(f"**{escaped(title)}** · {links}  \n:small[:gray[{escaped(_(view.about))}]]")


def _buttons(tables: Mapping[str, str]) -> None:
    words = _(
        "This server could not write the files of this version to the folder that it serves, so they have no "
        "address here. The buttons give the same files."
    )
    if current().pinned is not None:
        words = _("Only the newest data has files at stable addresses. The buttons give those of this version.")
    st.caption(f":material/info: {words}")
    try:
        files = _files(current().key())
    except AtlasError as error:
        st.markdown(escaped(error.title))
        return
    for table, label in tables.items():
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.markdown(f"**{label}**", width=120)
            for name in (f"{table}.{form}" for form in FORMS):
                words = f"{name} · {_size(len(files[name]))}"
                st.download_button(
                    words, files[name], name, key=f"file-{name}", on_click="ignore", icon=":material/download:"
                )
