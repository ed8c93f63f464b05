"""How accessible the atlas is, how that was tried, what does not hold, and whom to tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from icc_data.i18n import day, mark
from icc_data.i18n import translate as _
from icc_data.paths import SET
from pages.shared.figures import page_title, panel_title
from pages.shared.markdown import escaped
from pages.shared.session import enter

WRITTEN = date(2026, 11, 26)
GUIDELINES = "https://www.w3.org/TR/WCAG22/"
ISSUES = "https://github.com/streamlit/streamlit/issues/"


@dataclass(frozen=True)
class Limit:
    """Something that does not hold.

    Attributes:
        words: what, and what helps instead.
        issues: numbers of the reports of it to Streamlit, with which the atlas is built.
    """

    words: str
    issues: tuple[int, ...] = ()


TRIED = (
    mark(
        "Every page with axe-core, at every change, in English in light colours and in French in dark ones: nothing "
        "is found but a column of Streamlit’s tables that has no name."
    ),
    mark(
        "Three visits by keyboard alone, in both languages: of a researcher, of a programme manager and of a city "
        "officer, each from the first page to a file in hand."
    ),
    mark("No two links or buttons of a page that lead to different things are called the same."),
    mark(
        "Widths of 390, 768, 1440 and 1920 pixels in light and in dark colours and in both languages, though not "
        "every page in each of them, and little motion where it is asked for; where the parts of five pages stand is "
        "compared at every change."
    ),
    mark(
        "Not yet by people who use a screen reader, magnification or speech every day: what such programs are told "
        "was read from the browser’s accessibility tree instead."
    ),
)
LIMITS = (
    Limit(
        mark(
            "Long tables are drawn as pictures: only the rows on the screen are told, and the menus of their columns "
            "open by mouse alone. Below each opens the same as a plain table, up to its 60th row, and nearly all can "
            "be downloaded as CSV or Excel, where every row can be read."
        ),
        (13332,),
    ),
    Limit(
        mark(
            "Cities on maps and marks of charts answer to the mouse alone. On the page “Map” every city opens from a "
            "list; instead of dragging over years there is a slider, and there are two fields on the timeline; each "
            "chart says in a sentence what is seen on it, and “Data and method” has its rows."
        )
    ),
    Limit(
        mark(
            "Some words of the controls are Streamlit’s own and stay English on French pages, such as “Fullscreen” "
            "and “Show data”."
        ),
        (1353, 16148),
    ),
    Limit(
        mark("The key R, pressed outside a field, loads the page anew; there is no way to turn that off."),
        (4048,),
    ),
    Limit(
        mark(
            "The language of the page, which Streamlit says is English, and the place of the keyboard, which it loses "
            "where it draws a control anew, are put right by the atlas after the fact."
        ),
        (15726,),
    ),
    Limit(
        mark(
            "Titles, summaries and year texts in another language than the page’s are marked with theirs in lists, on "
            "the pages of practices and in plain tables, not in charts and in tables drawn as pictures. Of some "
            "published titles, such as names, nobody can tell the language."
        )
    ),
    Limit(
        mark(
            "PDF documents follow PDF/UA-1 as far as the program that writes them and two other programs check it: "
            "tags, title, language, links, tables, described pictures. The checker veraPDF has not looked at them, and "
            "nobody has tried by ear the order in which they are read. The same documents come as Word."
        )
    ),
)


def _limit(limit: Limit) -> str:
    links = ", ".join(f"[Streamlit #{number}]({ISSUES}{number})" for number in limit.issues)
    return f"- {_(limit.words)}" + (f" ({links})" if links else "")


def how_to_report() -> None:
    """Whom to tell, as whoever runs the atlas has set it."""
    panel_title(_("If something keeps you out"))
    contact = SET["contact"]
    if contact:
        address = contact if "://" in contact else f"mailto:{contact}"
        st.markdown(_("Write to {contact}.").format(contact=f"[{escaped(contact)}](<{address}>)"))
    else:
        st.markdown(_("Whoever runs this atlas has named no contact: please tell those who gave you its address."))
    st.markdown(
        _(
            "What helps: the address of the page, what you wanted to do, what happened, and the browser and the aids "
            "that you use. What you need meanwhile can be sent to you as a file."
        )
    )


enter()
page_title(_("Accessibility"), _("As of {date}").format(date=day(WRITTEN)))
st.markdown(
    _(
        "The atlas is meant for everybody, and aims at level AA of the [Web Content Accessibility Guidelines 2.2]"
        "({address}). It meets them in part: what does not hold stands below."
    ).format(address=GUIDELINES)
)
panel_title(_("How it was tried"))
st.markdown("\n".join(f"- {_(words)}" for words in TRIED))
panel_title(_("What does not hold"))
st.markdown("\n".join(map(_limit, LIMITS)))
how_to_report()
