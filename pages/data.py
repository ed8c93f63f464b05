"""What the data holds, how complete it is, and where to fetch it."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import completeness, definitions
from icc_data.analysis.glossary import entries
from icc_data.cells import rows_of
from icc_data.files.views import VIEWS
from icc_data.i18n import NOT_STATED, day, enumeration, labelled, number
from icc_data.i18n import translate as _
from icc_data.model.text_language import language_of
from icc_data.queries.selection import FACETS
from icc_data.store.derived_tables import DERIVED
from pages.parts.data_completeness import completeness_section
from pages.parts.data_downloads import views_as_data, whole_download, whole_note, whole_tables
from pages.parts.data_sources import sources_section
from pages.parts.data_versions import versions_section
from pages.shared.answers import ask, remember
from pages.shared.bounded import MOST_ROWS, say_first
from pages.shared.cards import Metric, metric_row
from pages.shared.figures import choice, page_title, panel_title
from pages.shared.markdown import escaped, spoken_in
from pages.shared.pager import page_number
from pages.shared.paper import Spoken, headings, printed_table
from pages.shared.sections import Section, section, section_ahead
from pages.shared.session import enter

session = enter()
YEAR_ROW = 54
YEARS_A_PAGE = 20
version = ask(queries.meta)["version"]
table_rows = ask(queries.table_rows)
TABLES = {
    "practices": _("Practices"),
    "cities": _("Cities"),
    "index_scores": _("Index results"),
    "index_reports": _("Index reports"),
    "terms": _("Terms"),
    "policy_area_codings": _("Codings"),
    "amendments": _("Amendments"),
}
# A data folder from before the codings were kept has none, and one of which nothing was corrected no amendments.
TABLES = {table: label for table, label in TABLES.items() if table_rows[table]}
VOCABULARIES = {name: _(facet.label) for name, facet in FACETS.items()} | {
    "commitment": _("Commitment"),
    "membership_status": _("Membership"),
}


def headline(part: str) -> None:
    """Version and date of the data, and the rows of each table.

    Args:
        part: the words of the section that is open; empty for the usual one.
    """
    words = _("Version {version} · data as of {date}").format(version=version, date=day(session.as_of))
    page_title(_("The data behind the atlas"), words, part=part)
    metric_row(Metric(label, number(table_rows[table])) for table, label in TABLES.items())


def year_section() -> None:
    """How the year texts were read, and those that were not."""
    whole_note()
    counts = ask(queries.year_readings)
    panel_title(
        _("Year texts and what was read from them"),
        _("What is published beside a practice, and what its description says; an unreadable text is never guessed."),
    )
    st.markdown(
        _(
            "Of **{all}** practices, **{texts}** say when they ran, in a year text or in their description, and "
            "{without} do not."
        ).format(
            all=number(counts["practices"]),
            texts=number(counts["practices"] - counts["without_text"]),
            without=number(counts["without_text"]),
        )
    )
    st.markdown(
        "\n".join(
            "- " + labelled(_(label), f"**{number(counts[code])}**")
            for code, label in reversed(completeness.READINGS.items())
        )
    )
    show = choice(
        "texts",
        _("Show"),
        {
            "doubtful": _("Not read for certain"),
            "conflicts": _("Texts that contradict each other"),
            "all": _("All year texts"),
        },
        default="doubtful",
    )
    frame = ask(queries.year_texts, everything=show == "all", conflicts=show == "conflicts")
    if frame.empty:
        nothing = _("Every year text was read for certain.")
        st.caption(_("No two texts contradict each other.") if show == "conflicts" else nothing)
        return
    if show == "conflicts":
        st.caption(
            _(
                "The year text as published and the description name years that cannot both be so. The description "
                "decides where the year text is a lone year or date, or names no start; else the year text does."
            )
        )
    _year_table(frame)
    whole_download("year-texts", _("Year texts"), frame)


def _year_table(frame: Any) -> None:
    columns = {
        "text": st.column_config.TextColumn(_("Year as published"), width="large"),
        "described": st.column_config.TextColumn(_("The description says"), width="medium"),
        "read": st.column_config.TextColumn(_("Read as"), width="small"),
        "form": st.column_config.TextColumn(_("Form"), width="medium"),
        "conflict": st.column_config.CheckboxColumn(_("Contradict"), width="small"),
        "how": st.column_config.TextColumn(_("How sure"), width=260),
        "practices": st.column_config.NumberColumn(_("Practices"), width="small"),
        "titles": st.column_config.TextColumn(_("Titles"), width="large"),
    }
    readings, title = completeness.readings_in_words(frame.head(MOST_ROWS)), _("Year texts and what was read from them")
    with st.container(key="wide-year-texts"):
        st.dataframe(
            readings,
            hide_index=True,
            # Two lines a row: the longest texts are sentences.
            row_height=YEAR_ROW,
            height=min(_height(len(readings), YEAR_ROW), 760),
            alt=title,
            column_config=columns,
        )
        spoken: dict[str, Spoken] = {"text": language_of, "described": "en", "titles": "en"}
        printed_table(readings, headings(columns, columns), title=title, languages=spoken)
    with st.container(key="narrow-year-texts"):
        _year_words(list(rows_of(readings)), headings(columns, columns))
    say_first(len(frame), MOST_ROWS)


def _year_words(readings: list[Any], named: dict[str, str]) -> None:
    """The same rows in words, some a page: a telephone has room for one column of the table, and cuts its texts."""
    first = (page_number("year-texts", len(readings), YEARS_A_PAGE) - 1) * YEARS_A_PAGE
    for row in readings[first : first + YEARS_A_PAGE]:
        told = {
            "described": spoken_in("en", escaped(row.described)),
            "read": escaped(row.read),
            "form": escaped(row.form),
            "how": escaped(row.how),
            "conflict": _("yes") if row.conflict else "",
            "practices": number(row.practices),
            "titles": spoken_in("en", escaped(row.titles)),
        }
        lines = [
            f":small[{labelled(escaped(named[name]), words)}]"
            for name, words in told.items()
            if words and getattr(row, name) != NOT_STATED
        ]
        text = spoken_in(language_of(row.text), escaped(row.text))
        st.markdown("  \n".join([f"**{text}**", *lines]))


def _height(rows: int, of_row: int = 35) -> int:
    return 38 + of_row * rows


def dictionary_section() -> None:
    """Every column of every table, and every term of the closed lists."""
    whole_note()
    panel_title(_("Columns"), _("What each column holds, which cells are valid, and how many are filled"))
    table = choice("table", _("Table"), TABLES, default="practices")
    frame = remember(lambda: completeness.dictionary(table, session.directory), "dictionary", table)
    filled, title = _("Filled, of {count}"), _("Columns of {table}").format(table=TABLES[table])
    columns = {
        "column": st.column_config.TextColumn(_("Column"), width=175),
        "description": st.column_config.TextColumn(_("What it is"), width=400),
        "filled": st.column_config.ProgressColumn(
            filled.format(count=number(table_rows[table])),
            format="%d",
            min_value=0,
            max_value=table_rows[table],
            width=120,
        ),
        "required": st.column_config.CheckboxColumn(_("Required"), width=75),
        "valid": st.column_config.TextColumn(_("A valid cell"), width=420),
    }
    shown = frame[list(columns)]
    st.dataframe(shown, hide_index=True, height=_height(len(frame)), alt=title, column_config=columns)
    printed_table(shown, headings(columns, columns), title=title)
    whole_download("dictionary", title, frame)
    terms_panel()


def terms_panel() -> None:
    """Every term of the closed lists, and what it means."""
    panel_title(_("Terms"), _("The closed lists behind the filters; the table can be searched with its magnifier"))
    terms = definitions.in_their_lists(ask(queries.term_definitions), VOCABULARIES)
    columns = {
        "list": st.column_config.TextColumn(_("List"), width=110),
        "label": st.column_config.TextColumn(_("Term"), width=215),
        "definition": st.column_config.TextColumn(_("Definition"), width=625),
        "practices": st.column_config.NumberColumn(_("Practices"), width=80),
        "code": st.column_config.TextColumn(_("Code"), width=160),
        "commitment": st.column_config.TextColumn(_("Serves the commitment"), width=200),
    }
    title = _("Terms and their definitions")
    st.dataframe(terms[list(columns)], hide_index=True, height=430, alt=title, column_config=columns)
    printed_table(terms, headings(columns, columns), title=title)
    undefined = definitions.undefined_lists(terms)
    if undefined:
        st.caption(_("No definition is written down in these lists: {lists}.").format(lists=enumeration(undefined)))
    whole_download("terms", _("Terms and their definitions"), terms)


def files_section() -> None:
    """The whole tables as files."""
    whole_note()
    whole_tables(TABLES | {name: VIEWS[name].title({}) for name in DERIVED})
    views_as_data()


def words_section() -> None:
    """What the words of the atlas mean."""
    panel_title(_("What the words mean"), _("How the numbers are worked out stands under “Data and method”"))
    st.markdown("\n".join("- " + labelled(f"**{escaped(word)}**", escaped(meaning)) for word, meaning in entries()))


SECTIONS = {
    "completeness": Section(_("Completeness"), completeness_section, ("columns", "city_columns")),
    "years": Section(_("Year texts"), year_section, ("texts", "page")),
    "dictionary": Section(_("Dictionary"), dictionary_section, ("table",)),
    "sources": Section(_("Sources and licence"), partial(sources_section, version), ("cite",)),
    "files": Section(_("Download"), files_section, ("tool",)),
    "versions": Section(_("Versions"), versions_section),
    "words": Section(_("Words"), words_section),
}
headline(section_ahead(SECTIONS))
section(SECTIONS)
