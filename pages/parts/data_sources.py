"""Where the facts were seen, how the codes came about, licence and citation."""

from __future__ import annotations

from datetime import date
from functools import partial
from urllib.parse import urljoin

import streamlit as st

from icc_data import queries
from icc_data.analysis import crosstabs
from icc_data.analysis.agreement import Agreement, agreement, agreement_in_words
from icc_data.files import citation
from icc_data.files.citation_data import csl_json
from icc_data.files.export import LICENCE
from icc_data.i18n import day, labelled, number, percent, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from icc_data.store import datapackage
from pages.parts.data_completeness import PLACES, place_label
from pages.parts.data_downloads import whole_download, whole_note
from pages.shared.answers import ask
from pages.shared.figures import choice, panel_title
from pages.shared.labels import with_label
from pages.shared.paper import headings, printed_table
from pages.shared.session import current


def sources_section(version: str) -> None:
    """Where the facts were seen, how the codes came about, licence and citation.

    Args:
        version: of the data.
    """
    whole_note()
    frame = ask(queries.sources)
    panel_title(
        _("Where the facts were seen"),
        translate_plural("{count} site", "{count} sites", len(frame)).format(count=number(len(frame)))
        + " · "
        + _("each row of the data names its own pages"),
    )
    title = _("Sites on which the facts were seen")
    columns = {
        "site": st.column_config.TextColumn(_("Site")),
        "council": st.column_config.CheckboxColumn(_("Council of Europe")),
        "practices": st.column_config.NumberColumn(_("Practices")),
        "cities": st.column_config.NumberColumn(_("Cities")),
        "index_rows": st.column_config.NumberColumn(_("Index results and reports")),
        "pages": st.column_config.NumberColumn(_("Pages")),
        "last_seen": st.column_config.DateColumn(_("Last seen")),
    }
    st.dataframe(frame, hide_index=True, height=320, alt=title, column_config=columns)
    dated = frame.assign(last_seen=frame["last_seen"].map(day, na_action="ignore"))
    printed_table(dated, headings(columns, columns), title=title)
    whole_download("sources", _("Sources"), frame)
    by_kind = ask(queries.completeness, Selection(), "documented_by", places=PLACES)
    words = [
        labelled(place_label(kind, "documented_by"), number(practices))
        for kind, practices in crosstabs.place_totals(by_kind).items()
        if kind != "all"
    ]
    st.caption(_("Practices by kind of source") + " · " + " · ".join(words))
    left, right = st.columns(2, gap="medium")
    with left:
        _origins(*crosstabs.known_of_all(by_kind, "agreed"))
    with right:
        _licence()
    _cite(version)


def _origins(agreed: int, practices: int) -> None:
    panel_title(_("How the codes came about"))
    both = agreement(ask(queries.coding_agreement), ask(queries.coding_overlap))
    sentences = [
        _("Two readers coded each practice from its title, year and summary without seeing each other’s codes."),
        _("They shared a policy area for {agreed} of {all} practices ({share}).").format(
            agreed=number(agreed), all=number(practices), share=percent(agreed / practices, 1)
        ),
        agreement_in_words(both, partial(current().options.label, "policy_area")),
        _("Where they shared none, the practice carries the codes of both and is marked as disputed."),
    ]
    st.markdown(" ".join(filter(None, sentences)))
    if both.kappa is not None:
        _by_area(both)
    panel_title(_("What the data is not"))
    st.markdown(
        _(
            "It is not complete and not a sample: it holds what the programme chose to publish and what could be found "
            "of it. Cities that publish more are not cities that do more, and old practices may have ended."
        )
    )


def _by_area(both: Agreement) -> None:
    words = _(
        "Kappa is 1 where two readers agree on everything, and 0 where they agree as often as chance alone would have "
        "it (Cohen 1960). It rests on the codes of {count} practices that both have read."
    )
    st.caption(words.format(count=number(both.practices)))
    rows = with_label(both.by_area, "policy_area", "policy_area").sort_values("kappa", kind="stable")
    with st.expander(_("Kappa by policy area")):
        title = _("How far two readers agree, by policy area")
        columns = {
            "label": st.column_config.TextColumn(_("Policy area")),
            "kappa": st.column_config.NumberColumn(_("Kappa"), format="%.2f"),
            "both": st.column_config.NumberColumn(_("Both gave it")),
            "first_only": st.column_config.NumberColumn(_("First alone")),
            "second_only": st.column_config.NumberColumn(_("Second alone")),
            "neither": st.column_config.NumberColumn(_("Neither")),
        }
        frame = rows[list(columns)]
        st.dataframe(frame, hide_index=True, height=38 + 35 * len(rows), alt=title, column_config=columns)
        rounded = frame.assign(kappa=frame["kappa"].map(partial(number, digits=2), na_action="ignore"))
        printed_table(rounded, headings(columns, columns), title=title)
        whole_download("coding-agreement", _("Agreement of the two readers"), rows)


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


def _cite(version: str) -> None:
    panel_title(_("How to cite the data"), _("Name the version: the data changes. Name the source of a row as well."))
    cited = citation.data_citation(version, current().as_of, urljoin(st.context.url or "", "."), date.today())
    forms = {
        "apa": (_("Text"), citation.apa, None),
        "bibtex": ("BibTeX", citation.bibtex, "latex"),
        "ris": ("RIS", citation.ris, None),
        "csl": ("CSL-JSON", csl_json, "json"),
    }
    form = choice("cite", _("Form"), {name: label for name, (label, *_rest) in forms.items()}, default="apa")
    _label, write, language = forms[form]
    st.code(write(cited), language=language, wrap_lines=True)
