"""Anything shown, as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

import pandas as pd
import streamlit as st

from icc_data import queries
from icc_data.analysis.parameters import LANGUAGE
from icc_data.files.export import DOCUMENTS, FORMATS, PICTURES, Format, Provenance, export, file_name
from icc_data.files.pictures.canvas import CANVASES, SCREEN, Canvas
from icc_data.files.pictures.letters import lacking
from icc_data.files.views import VIEWS, data_address, with_permalinks
from icc_data.i18n import enumeration, language
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from icc_data.queries.selection_words import choices
from icc_data.serving.open_data.offered import is_offered
from pages.shared.address import address, root
from pages.shared.answers import ask, later
from pages.shared.markdown import escaped, with_subject
from pages.shared.menus import menu
from pages.shared.session import VERSION, current
from pages.shared.typed import beginning

LONGEST_WORDS = 200
# Of those that a font lacks: named one by one.
MOST_LETTERS = 10


class Picture(Protocol):
    """Draws a picture."""

    def __call__(self, form: str, facts: Provenance, canvas: Canvas = SCREEN) -> bytes:
        """The picture in a form of ``PICTURES``, with what stands above and below it, for what it is for."""


def provenance(
    title: str, rests_on: Sequence[str] = (), own: str = "", chosen: Sequence[str] | None = None
) -> Provenance:
    """What a file downloaded now says of itself.

    Args:
        title: what it holds.
        rests_on: what was chosen beside the filters, a sentence each.
        chosen: all that was chosen, where that is not what the filters say and ``rests_on``.
        own: what in it is a city's own and not published, a sentence.
    """
    session = current()
    return Provenance(
        title=title,
        selection=[*_by_filters(), *rests_on] if chosen is None else [*chosen],
        address=address(),
        as_of=session.as_of,
        version=ask(queries.meta)["version"],
        own=own,
    )


def _by_filters() -> list[str]:
    session = current()
    return [label for label, _without in choices(session.selection, session.options)]


def download_buttons(
    name: str,
    title: str,
    rows: Callable[[], pd.DataFrame],
    formats: Sequence[str] = ("csv", "xlsx", "json", "parquet"),
    rests_on: Sequence[str] = (),
    own: str = "",
    chosen: Sequence[str] | None = None,
) -> None:
    """A button for each format; the rows are asked for and written only when one is clicked.

    Args:
        name: identifies the rows on their page.
        title: what the rows are, in words: heads the file and names it.
        rows: gives the rows.
        formats: keys of ``export.FORMATS``.
        rests_on, own, chosen: those of ``provenance``.
    """
    kinds = {key: FORMATS[key] for key in formats}
    _buttons(
        f"download-{name}",
        provenance(title, rests_on, own, chosen),
        kinds,
        lambda key, facts: export(rows(), key, facts),
        ":material/download:",
    )


def _buttons(
    name: str, facts: Provenance, kinds: Mapping[str, Format], write: Callable[[str, Provenance], bytes], icon: str
) -> None:
    with st.container(horizontal=True, gap="small"):
        for key, form in kinds.items():
            st.download_button(
                form.label,
                later(partial(write, key, facts)),
                file_name(facts.title, facts, key),
                form.mime,
                key=f"{name}-{key}",
                on_click="ignore",
                icon=icon,
                help=_(form.help),
            )


def picture_buttons(
    name: str,
    title: str,
    picture: Picture,
    notes: Sequence[str] = (),
    chosen: Sequence[str] | None = None,
) -> None:
    """A button for each kind of picture, for what it is for, with words of one's own; drawn when one is clicked.

    Args:
        name: identifies the picture on its page.
        title: what it shows, in words: heads the picture and names the file.
        picture: draws it.
        notes: how it was computed, of how many, and what its signs mean, a sentence each.
        chosen: what was chosen, where that is not what the filters say.
    """
    canvas, own_title, caption = _wanted(name, title)
    facts = replace(provenance(own_title or title, chosen=chosen), notes=[caption, *notes] if caption else notes)
    draw = partial(picture, canvas=canvas)
    _buttons(f"picture-{name}", facts, PICTURES, draw, ":material/image:")


def _wanted(name: str, title: str) -> tuple[Canvas, str, str]:
    """What a picture is for, and the title and the caption that somebody gives it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("Picture for"),
            list(CANVASES),
            format_func=lambda key: _(CANVASES[key].label),
            key=f"canvas-{name}",
            width=240,
            help=_(
                "PowerPoint is a slide in any case. A picture whose letters would be smaller than 6 points in a column "
                "is printed wider. On a slide or a card that has not room for all rows, the first of them are drawn, "
                "and it says how many."
            ),
        )
        own_title = st.text_input(_("Its title"), placeholder=title, key=f"title-{name}", width="stretch")
    own_title = beginning(own_title, LONGEST_WORDS)
    caption = st.text_input(
        _("Its caption"),
        placeholder=_("None"),
        key=f"caption-{name}",
        help=_("Stands below the picture, before how it was computed and the source."),
    )
    caption = beginning(caption, LONGEST_WORDS)
    missing = lacking(f"{own_title} {caption}")
    if missing:
        words = _("A PNG has no letters for {letters}: a box stands for them. An SVG keeps them.")
        st.caption(escaped(words.format(letters=enumeration(missing[:MOST_LETTERS]))))
    return CANVASES[chosen or "screen"], own_title, caption


def linked(rows: pd.DataFrame, unit: str = "") -> pd.DataFrame:
    """Rows of practices or cities with the address of the page of each, on the data that this run looks at.

    Args:
        rows, unit: those of ``with_permalinks``.
    """
    pinned = current().pinned
    return with_permalinks(rows, root(), pinned.id if pinned else "", unit=unit)


@dataclass(frozen=True)
class AsData:
    """Where a table of ``files.views`` gives the same rows.

    Attributes:
        view: its name.
        selection: the practices meant.
        chosen: what is chosen beside the filters, one value or several of each; what is so by default need not be
            named.
    """

    view: str
    selection: Selection
    chosen: Mapping[str, str | Sequence[str]] = field(default_factory=dict)

    def linked(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows with what the table has beside them: the address of the page of what each is about."""
        view = VIEWS[self.view]
        unit = str({**view.defaults, **self.chosen}.get("unit", ""))
        return linked(rows, unit) if view.permalinks else rows

    def address(self, form: str) -> str:
        """The address for a program, in the language and on the data of this run.

        Args:
            form: one of ``views.FORMS``.
        """
        usual = VIEWS[self.view].defaults
        told = {name: [value] if isinstance(value, str) else [*value] for name, value in self.chosen.items()}
        chosen = {name: values for name, values in told.items() if values and values != [usual.get(name)]}
        spoken = {LANGUAGE: [language()]} if language() != "en" else {}
        pinned = current().pinned
        version = {VERSION: [pinned.id]} if pinned else {}
        return data_address(root(), self.view, form, {**self.selection.to_params(), **chosen, **spoken, **version})


def address_for_programs(same: AsData | None) -> None:
    """The address at which a program gets the rows, where this server gives them.

    Args:
        same: where it is; None for rows that have no address.
    """
    if same is None or not is_offered() or not root():
        return
    st.markdown(f"**{_('This view as data')}**")
    st.code(same.address("csv"), language=None, wrap_lines=True)
    st.caption(_("An address for scripts; .json and .parquet in the place of .csv give the same rows."))


def download_menu(
    name: str,
    title: str,
    rows: Callable[[], pd.DataFrame],
    same: AsData | None = None,
    rests_on: Sequence[str] = (),
    own: str = "",
) -> None:
    """A button that opens the download buttons of some rows; see ``download_buttons``.

    Args:
        name, title, rows: those of ``download_buttons``.
        same: where a program gets the same rows; None where it does not.
        rests_on, own: those of ``download_buttons``.
    """

    # Each button is as long as a card: they are put there once somebody opens the menu.
    def fill() -> None:
        st.caption(_("Everything that is known, with its sources."))
        download_buttons(name, title, rows, rests_on=rests_on, own=own)
        address_for_programs(same)

    menu(with_subject(_("Download"), title), ":material/download:", f"files-{name}", fill)


def document_button(
    name: str, label: str, facts: Provenance, write: Callable[[], bytes], help: str, form: str = "pdf"
) -> None:
    """A button that makes a document when it is clicked, in this run's session and language.

    Args:
        name: the key of the button.
        label: what the button says.
        facts: what the document says of itself; its title names the file.
        write: makes it. Typesetting takes long to load, so it is loaded there.
        help: what it holds.
        form: a key of ``export.DOCUMENTS`` or ``export.FORMATS``.
    """
    icon = ":material/picture_as_pdf:" if form == "pdf" else ":material/description:"
    st.download_button(
        label,
        later(write),
        file_name(facts.title, facts, form),
        (DOCUMENTS | FORMATS)[form].mime,
        key=name,
        on_click="ignore",
        icon=icon,
        help=help,
    )
