"""What the data holds, how complete it is, and where to fetch it."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urljoin

import pandas as pd
import streamlit as st

from icc_data import queries
from icc_data.analysis import completeness
from icc_data.drawing import charts
from icc_data.files import citation
from icc_data.files.export import LICENCE
from icc_data.frames import rows
from icc_data.i18n import day, enumeration, number, percent, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.selection import FACETS, Selection
from icc_data.store import datapackage
from pages.parts.data_downloads import whole_download, whole_note, whole_tables
from pages.shared.answers import ask
from pages.shared.cards import Metric, metric_row
from pages.shared.figures import choice, figure, panel_title
from pages.shared.filter_bar import empty_selection
from pages.shared.method import Method
from pages.shared.session import enter

session = enter()
selection = session.selection
version = ask(queries.meta)["fingerprint"][:12]
table_rows = ask(queries.table_rows)
PLACES = 12
NETWORKS = 14
SMALL_NUMBER = 5
# The height of a chart includes its slanted labels and its legend.
ROW_PIXELS, AROUND_PIXELS = 21, 160
TABLES = {
    "practices": _("Practices"),
    "cities": _("Cities"),
    "index_scores": _("Index results"),
    "index_reports": _("Index reports"),
    "terms": _("Terms"),
}
VOCABULARIES = {name: _(facet.label) for name, facet in FACETS.items()} | {
    "commitment": _("Commitment"),
    "membership_status": _("Membership"),
}


def headline() -> None:
    """Version and date of the data, and the rows of each table."""
    words = _("Version {version} · data as of {date}").format(version=version, date=day(session.as_of))
    st.markdown(f"### {_('The data behind the atlas')}  \n:small[:gray[{words}]]")
    metric_row(Metric(label, number(table_rows[table])) for table, label in TABLES.items())


def _place(code: str, facet: str) -> str:
    others = {"country": _("Other countries"), "network": _("Other networks")}
    extra = {"all": _("All"), "others": others.get(facet, _("Others")), "unknown": _("Not stated")}
    return extra.get(code) or session.options.label(facet, code)


def matrix(question: Any, facet: Any, places: int) -> Any:
    """Fields that are not always known against places: the share known."""
    counted = ask(question, selection, facet, places=places)
    frame = counted[~counted["field"].isin(completeness.always_known(counted))].copy()
    fields = completeness.PRACTICE_FIELDS if question is queries.completeness else completeness.CITY_FIELDS
    frame["row"] = [_(fields[code].label) for code in frame["field"]]
    frame["column"] = [f"{_place(row.place, facet)} ({number(row.total)})" for row in rows(frame)]
    frame["text"] = [percent(row.known / row.total) for row in rows(frame)]
    frame["count"] = [_("{count} of {all}").format(count=number(r.known), all=number(r.total)) for r in rows(frame)]
    frame["meaning"] = [_(fields[code].meaning) for code in frame["field"]]
    frame["few"] = frame["total"] < SMALL_NUMBER
    return charts.heatmap(
        frame,
        session.look,
        x="column",
        y="row",
        value="share",
        x_order=list(dict.fromkeys(frame["column"])),
        y_order=[_(field.label) for field in fields.values()],
        value_title=_("Share known"),
        value_format=".0%",
        text="text",
        faint="few",
        tooltip={"count": _("Known"), "meaning": _("Known means")},
        pick=["place"],
        row_height=ROW_PIXELS + AROUND_PIXELS // max(frame["field"].nunique(), 1),
    )


def matrix_figure(name: str, question: Any, facet: str, places: int, unit: str, total: int) -> None:
    """The picture of a matrix."""
    title = _("How much is known of the {unit}").format(unit=unit)
    figure(
        name,
        matrix,
        question,
        facet,
        places,
        pick={"place": facet},
        wide=True,
        alt=title,
        method=Method(
            title=title,
            sentence=_("The {unit} of a column for which the field is known, over all {unit} of the column.").format(
                unit=unit
            ),
            question=question,
            selection=selection,
            args=(facet,),
            options={"places": places},
            counted=total,
            of=total,
            unit=unit,
        ),
    )


def matrix_panel(name: str, question: Any, facet: str, places: int, unit: str) -> None:
    """A matrix with what its rows mean."""
    fields = completeness.PRACTICE_FIELDS if question is queries.completeness else completeness.CITY_FIELDS
    frame = ask(question, selection, facet, places=places)
    full = completeness.always_known(frame)
    if len(full) < len(fields):
        matrix_figure(f"{name}-{facet}", question, facet, places, unit, int(frame["total"].max()))
        notes = [_("In brackets: the {unit} of the column, by which its shares are counted.").format(unit=unit)]
        if (frame["total"] < SMALL_NUMBER).any():
            notes.append(_("Pale: fewer than {count}, read with care.").format(count=SMALL_NUMBER))
        st.caption(" ".join(notes))
    if full:
        named = enumeration(f"**{_(fields[code].label)}**" for code in fields if code in full)
        st.caption(_("No row, as it is known of every one of these {unit}: {fields}.").format(unit=unit, fields=named))
    with st.expander(_("What “known” means for each field")):
        lines = [f"- **{_(field.label)}**: {_(field.meaning)}" for field in fields.values()]
        st.markdown("\n".join(lines))


def completeness_section() -> None:
    """How complete each field is, of practices and of cities."""
    if empty_selection():
        return
    st.caption(
        _(
            "Why it matters: a count of what is known is only as good as the share that is known. A gap here is a gap "
            "in what was published or found, not in what a city does."
        )
    )
    panel_title(
        _("Practices: share for which each field is known"),
        _("Follows the filters; a practice of several countries counts in each. Click a cell to choose its column."),
    )
    columns = {"country": _("Countries"), "documented_by": _("Source kinds")}
    facet = choice("columns", _("Columns"), columns, default="country")
    matrix_panel("practice-matrix", queries.completeness, facet, PLACES, _("practices"))
    st.caption(_("The original title has no row: only a title published in another language than English has one."))

    panel_title(
        _("Cities: share for which each field is known"),
        _("The cities of the selection; a city of several networks counts in each. Click a cell to choose its column."),
    )
    columns = {"country": _("Countries"), "network": _("Networks")}
    facet = choice("city_columns", _("Columns of cities"), columns, default="country")
    places = NETWORKS if facet == "network" else PLACES
    if ask(queries.city_completeness, selection, facet, places=places).empty:
        st.caption(_("None of these practices names a city."))
    else:
        matrix_panel("city-matrix", queries.city_completeness, facet, places, _("cities"))


def year_section() -> None:
    """How the year texts were read, and those that were not."""
    whole_note()
    counts = ask(queries.year_readings)
    panel_title(
        _("Year texts and what was read from them"),
        _("A text that cannot be read is unknown, never a guess; it stays in the data as published."),
    )
    st.markdown(
        _("Of **{all}** practices, **{texts}** carry a year text and {without} none.").format(
            all=number(counts["practices"]),
            texts=number(counts["practices"] - counts["without_text"]),
            without=number(counts["without_text"]),
        )
    )
    st.markdown(
        "\n".join(
            f"- {_(label)}: **{number(counts[code])}**" for code, label in reversed(completeness.READINGS.items())
        )
    )
    show = choice(
        "texts",
        _("Show"),
        {"doubtful": _("Not read for certain"), "all": _("All year texts")},
        default="doubtful",
    )
    frame = ask(queries.year_texts, everything=show == "all")
    if frame.empty:
        st.caption(_("Every year text was read for certain."))
        return
    st.dataframe(
        completeness.readings_in_words(frame),
        hide_index=True,
        height=min(_height(frame), 760),
        alt=_("Year texts and what was read from them"),
        column_config={
            "text": st.column_config.TextColumn(_("As published"), width="medium"),
            "read": st.column_config.TextColumn(_("Read as"), width="small"),
            "how": st.column_config.TextColumn(_("How sure"), width="medium"),
            "practices": st.column_config.NumberColumn(_("Practices"), width="small"),
            "titles": st.column_config.TextColumn(_("Titles"), width="large"),
        },
    )
    whole_download("year-texts", _("Year texts"), frame)


def _height(frame: pd.DataFrame) -> int:
    return 38 + 35 * len(frame)


@st.cache_data(max_entries=20, show_spinner=False)
def _dictionary(key: str, table: str) -> pd.DataFrame:
    return completeness.dictionary(table)


def dictionary_section() -> None:
    """Every column of every table, and every term of the closed lists."""
    whole_note()
    panel_title(_("Columns"), _("What each column holds, which cells are valid, and how many are filled"))
    table = choice("table", _("Table"), TABLES, default="practices")
    frame = _dictionary(session.key("dictionary"), table)
    filled = _("Filled, of {count}").format(count=number(table_rows[table]))
    st.dataframe(
        frame[["column", "description", "filled", "required", "valid"]],
        hide_index=True,
        height=_height(frame),
        alt=_("Columns of {table}").format(table=TABLES[table]),
        column_config={
            "column": st.column_config.TextColumn(_("Column"), width=175),
            "description": st.column_config.TextColumn(_("What it is"), width=400),
            "filled": st.column_config.ProgressColumn(
                filled, format="%d", min_value=0, max_value=table_rows[table], width=120
            ),
            "required": st.column_config.CheckboxColumn(_("Required"), width=75),
            "valid": st.column_config.TextColumn(_("A valid cell"), width=420),
        },
    )
    whole_download("dictionary", _("Columns of {table}").format(table=TABLES[table]), frame)

    panel_title(_("Terms"), _("The closed lists behind the filters; the table can be searched with its magnifier"))
    terms = ask(queries.term_definitions)
    terms = terms.assign(list=[VOCABULARIES[name] for name in terms["vocabulary"]])
    st.dataframe(
        terms[["list", "label", "definition", "practices", "code", "commitment"]],
        hide_index=True,
        height=430,
        alt=_("Terms and their definitions"),
        column_config={
            "list": st.column_config.TextColumn(_("List"), width=110),
            "label": st.column_config.TextColumn(_("Term"), width=215),
            "definition": st.column_config.TextColumn(_("Definition"), width=625),
            "practices": st.column_config.NumberColumn(_("Practices"), width=80),
            "code": st.column_config.TextColumn(_("Code"), width=160),
            "commitment": st.column_config.TextColumn(_("Serves the commitment"), width=200),
        },
    )
    undefined = terms[terms["definition"].isna()]["list"].unique()
    if len(undefined):
        st.caption(_("No definition is written down in these lists: {lists}.").format(lists=enumeration(undefined)))
    whole_download("terms", _("Terms and their definitions"), terms)


def _of_all(field: str) -> Any:
    frame = ask(queries.completeness, Selection(), "documented_by", places=PLACES)
    return next(row for row in rows(frame) if row.place == "all" and row.field == field)


def sources_section() -> None:
    """Where the facts were seen, how the codes came about, licence and citation."""
    whole_note()
    frame = ask(queries.sources)
    panel_title(
        _("Where the facts were seen"),
        translate_plural("{count} site", "{count} sites", len(frame)).format(count=number(len(frame)))
        + " · "
        + _("each row of the data names its own pages"),
    )
    st.dataframe(
        frame,
        hide_index=True,
        height=320,
        alt=_("Sites on which the facts were seen"),
        column_config={
            "site": st.column_config.TextColumn(_("Site")),
            "council": st.column_config.CheckboxColumn(_("Council of Europe")),
            "practices": st.column_config.NumberColumn(_("Practices")),
            "cities": st.column_config.NumberColumn(_("Cities")),
            "index_rows": st.column_config.NumberColumn(_("Index results and reports")),
            "pages": st.column_config.NumberColumn(_("Pages")),
            "last_seen": st.column_config.DateColumn(_("Last seen")),
        },
    )
    whole_download("sources", _("Sources"), frame)
    kinds = ask(queries.completeness, Selection(), "documented_by", places=PLACES)
    kinds = kinds[kinds["field"] == "evidence"]
    words = [f"{_place(row.place, 'documented_by')}: {number(row.total)}" for row in rows(kinds) if row.place != "all"]
    st.caption(_("Practices by kind of source") + " · " + " · ".join(words))
    left, right = st.columns(2, gap="medium")
    with left:
        _origins()
    with right:
        _licence()
    _cite()


def _origins() -> None:
    agreed = _of_all("agreed")
    panel_title(_("How the codes came about"))
    st.markdown(
        _(
            "Two readers coded each practice from its title, year and summary without seeing each other's codes. "
            "They shared a policy area for {agreed} of {all} practices ({share}); over the 17 policy areas their codes "
            "overlap by 0.76 (mean Jaccard index) and agree with a kappa of 0.79 (Cohen, pooled): lowest for public "
            "space (0.63), highest for commitment and multilingualism (0.88). Where they shared none, the practice "
            "carries the codes of both and is marked as disputed."
        ).format(agreed=number(agreed.known), all=number(agreed.total), share=percent(agreed.share, 1))
    )
    panel_title(_("What the data is not"))
    st.markdown(
        _(
            "It is not complete and not a sample: it holds what the programme chose to publish and what could be found "
            "of it. Cities that publish more are not cities that do more, and old practices may have ended."
        )
    )


def _licence() -> None:
    panel_title(_("Licence"))
    st.markdown(_(LICENCE))
    st.markdown(
        _(
            "Coordinates: [GeoNames](https://www.geonames.org/). Base map: "
            "[Natural Earth](https://www.naturalearthdata.com/), in the public domain. The program itself is under the "
            "MIT licence. The Council of Europe has neither made nor approved this collection."
        )
    )
    with st.expander(_("The terms by origin")):
        st.markdown(datapackage.text("LICENSE.md").partition("\n")[2])


def _cite() -> None:
    panel_title(_("How to cite the data"), _("Name the version: the data changes. Name the source of a row as well."))
    cited = citation.data_citation(version, session.as_of, urljoin(st.context.url or "", "."), date.today())
    forms = {
        "apa": (_("Text"), citation.apa, None),
        "bibtex": ("BibTeX", citation.bibtex, "latex"),
        "ris": ("RIS", citation.ris, None),
    }
    form = choice("cite", _("Form"), {name: label for name, (label, *_rest) in forms.items()}, default="apa")
    _label, write, language = forms[form]
    st.code(write(cited), language=language, wrap_lines=True)


def files_section() -> None:
    """The whole tables as files."""
    whole_note()
    whole_tables(TABLES)


SECTIONS = {
    "completeness": (_("Completeness"), completeness_section),
    "years": (_("Year texts"), year_section),
    "dictionary": (_("Dictionary"), dictionary_section),
    "sources": (_("Sources and licence"), sources_section),
    "files": (_("Download"), files_section),
}

headline()
labels = {name: label for name, (label, _draw) in SECTIONS.items()}
SECTIONS[choice("section", _("Section"), labels, default="completeness")][1]()
