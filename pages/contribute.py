"""Collecting good practices: the template, a form, and a check of filled files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.drawing.palette import mix
from icc_data.errors import AtlasError, Problem
from icc_data.files.export import FORMATS
from icc_data.i18n import enumeration, in_quotes, labelled, language, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.incoming.contributions.apart import check_apart, compare_apart
from icc_data.incoming.contributions.checking import (
    Contribution,
    Network,
    Proposal,
    RefusedRow,
    check_cells,
    compared_with,
    known_places,
    with_twins,
)
from icc_data.incoming.contributions.corrections import corrections, rows_in_place
from icc_data.incoming.contributions.preview import (
    cells_of,
    file_summary,
    period_in_words,
)
from icc_data.incoming.contributions.reasons import read_place
from icc_data.incoming.contributions.template import (
    FIELDS,
    Field,
    city_labels,
    csv_template,
    excel_template,
    how_to_fill,
)
from icc_data.incoming.contributions.upload import MOST_MEGABYTES, MOST_ROWS, SUFFIXES, Progress
from icc_data.incoming.readers.headings import heading
from icc_data.model.period import read_period
from icc_data.model.records import Practice
from icc_data.paths import DATA_DIRECTORY
from icc_data.queries.contribution_queries import records_there
from pages.parts.contribute_list import mistake, own_basket, remark, twin_notes, where_to_send, your_practices
from pages.shared.address import option_ahead
from pages.shared.figures import choice, page_title
from pages.shared.markdown import escaped
from pages.shared.news import announce
from pages.shared.paper import plain_table
from pages.shared.progress import rows_done
from pages.shared.session import data_stamp, enter, here, newest

session = enter()
basket = own_basket()
MOST_ROWS_SHOWN = 200
MOST_PROBLEMS_SHOWN = 25
FORM: tuple[tuple[str, ...], ...] = (("title", "title_original", "when_text", "summary", "url", "evidence_urls"),)
FORM += (tuple(field.column for field in FIELDS if field.column not in FORM[0]),)
FIELD = {field.column: field for field in FIELDS}


@st.cache_resource(max_entries=2, show_spinner=False)
def whole_network(stamp: tuple[int, ...]) -> Network:
    """What contributions are checked against, but for the practices that are there; the same for everybody."""
    return known_places(here(DATA_DIRECTORY))


def practices_of(proposals: Sequence[Proposal]) -> tuple[Practice, ...]:
    """The practices of the newest data that proposals are compared with: those of their cities."""
    if not proposals:
        return ()
    return records_there(queries.practices_there(newest(), compared_with(proposals)))


def template_way(network: Network) -> None:
    """The template to download, and what it asks for."""
    left, right = st.columns([5, 6], gap="large")
    with left:
        with st.container(horizontal=True):
            st.download_button(
                _("Template (Excel)"),
                lambda: excel_template(network.vocabulary, network.gazetteer.cities, _countries(network)),
                "icc-good-practices-template.xlsx",
                FORMATS["xlsx"].mime,
                key="template-xlsx",
                type="primary",
                icon=":material/download:",
                on_click="ignore",
            )
            st.download_button(
                _("Template (CSV)"),
                csv_template(),
                "icc-good-practices-template.csv",
                FORMATS["csv"].mime,
                key="template-csv",
                icon=":material/download:",
                on_click="ignore",
            )
        st.caption(
            _("Excel has lists to choose from. CSV is for exports from another database, with semicolons in lists.")
        )
        st.markdown("\n".join(f"{number}. {rule}" for number, rule in enumerate(how_to_fill(), start=1)))
        where_to_send()
    with right:
        several = {field.column: f" 1–{field.times}" if field.times > 1 else "" for field in FIELDS}
        headings = [heading(field.column, language()) + several[field.column] for field in FIELDS]
        columns = {_("Column"): [f"**{words}**" for words in headings], _("What to write"): [_(f.help) for f in FIELDS]}
        st.table(columns, border="horizontal", hide_index=True)


def _countries(network: Network) -> list[str]:
    return sorted({city.country for city in network.gazetteer.cities})


def _key(column: str) -> str:
    return f"contribute-{column}"


def _write(column: str) -> None:
    basket.draft[column] = st.session_state[_key(column)]


def form_field(field: Field, network: Network) -> None:
    """The widget of a field, with what the draft has in it."""
    column, label = field.column, heading(field.column, language()) + (" *" if field.rules.required else "")
    options: dict[str, Any] = {"key": _key(column), "on_change": _write, "args": (column,)}
    vocabulary = field.rules.kind.vocabulary
    choose = bool(vocabulary) or column in ("city_ids", "countries")
    st.session_state[_key(column)] = basket.draft.get(column, [] if choose else "")
    if vocabulary:
        labels = {
            code: network.vocabulary.label(vocabulary, code, language())
            for code in network.vocabulary.codes(vocabulary)
        }
        meanings = {code: network.vocabulary.definition(vocabulary, code, language()) for code in labels}
        definitions = "".join(f"\n- **{labels[code]}**: {words}" for code, words in meanings.items() if words)
        options["placeholder"] = _("Choose")
        st.multiselect(
            label, list(labels), format_func=labels.__getitem__, help=_(field.help) + "\n" + definitions, **options
        )
        for code in st.session_state[_key(column)]:
            if meanings[code]:
                remark(labelled(labels[code], meanings[code]))
    elif choose:
        names = list(city_labels(network.gazetteer.cities)) if column == "city_ids" else _countries(network)
        options["placeholder"] = _("Choose, or type another name")
        st.multiselect(label, names, help=_(field.help), accept_new_options=True, select_all=False, **options)
    elif column == "summary":
        st.text_area(label, help=_(field.help), height=130, **options)
    elif column == "evidence_urls":
        st.text_area(label, help=_("One address a line."), height=80, placeholder="https://", **options)
    else:
        st.text_input(label, help=_(field.help), live=True, placeholder=field.examples[0], **options)


def field_notes(column: str, network: Network) -> None:
    """What was read from a field."""
    draft = basket.draft
    if column == "when_text" and draft.get(column, "").strip():
        remark(_("Read as: {years}").format(years=period_in_words(read_period(draft[column]))))
    if column == "summary" and (typical := queries.usual_summary(newest())):
        words = _("{count} characters; half of the summaries in the atlas have no more than {typical}.")
        remark(words.format(count=number(len(draft.get(column, ""))), typical=number(typical)))
    if column == "city_ids":
        for place in draft.get(column, []):
            city, words = read_place(place, "; ".join(draft.get("countries", [])), network.gazetteer)
            if city and words:
                remark(words)


def form_way(network: Network) -> None:
    """One practice to write, each field checked as it is left."""
    cells = cells_of(basket.draft)
    checked = check_cells(cells, network)
    checked = replace(checked, proposals=with_twins(checked.proposals, practices_of(checked.proposals)))
    begun = any(cells.values())
    problems: dict[str, list[Problem]] = {}
    for problem in checked.problems if begun else ():
        problems.setdefault(problem.column, []).append(problem)
    for columns, place in zip(FORM, st.columns(2, gap="large"), strict=True):
        with place:
            for column in columns:
                with st.container(gap="xsmall"):
                    form_field(FIELD[column], network)
                    for problem in problems.get(column, ()):
                        named = problem.value and FIELD[column].rules.many
                        mistake(f"{in_quotes(problem.value)} {problem.reason}" if named else problem.reason)
                    field_notes(column, network)
    for proposal in checked.proposals:
        twin_notes(proposal)
    editing = basket.editing
    with st.container(horizontal=True, vertical_alignment="center"):
        label = _("Add to your practices") if editing is None else _("Save the change")
        ready = bool(checked.proposals)
        st.button(
            label,
            key="form-add",
            type="primary",
            icon=":material/add:",
            disabled=not ready,
            on_click=add,
            args=(checked,),
        )
        st.button(
            _("Empty the form"), key="form-clear", type="tertiary", disabled=not begun, on_click=basket.clear_form
        )
        if not ready:
            remark(why_not_yet(checked.problems) if begun else why_not_begun())


def why_not_begun() -> str:
    """What an empty form has to hold before it can be added."""
    needed = [heading(field.column, language()) for field in FIELDS if field.rules.required]
    return _("It can be added as soon as this is filled: {fields}.").format(fields=enumeration(map(in_quotes, needed)))


def why_not_yet(problems: Sequence[Problem]) -> str:
    """How many things keep what was written from being added, and in which fields they are."""
    count = len(problems)
    words = translate_plural("{count} thing to mend above", "{count} things to mend above", count)
    columns = dict.fromkeys(problem.column for problem in problems if problem.column in FIELD)
    fields = enumeration(in_quotes(heading(column, language())) for column in columns)
    told = words.format(count=number(count))
    return labelled(told, fields) if fields else told


def add(checked: Contribution) -> None:
    """Put what was written into the list, in the place of what is edited."""
    items, editing = list(basket.items), basket.editing
    if editing is None or editing >= len(items):
        items += checked.proposals
    else:
        items[editing : editing + 1] = checked.proposals
    basket.keep(items, basket.reports)
    basket.draft = {}


def upload_way(network: Network) -> None:
    """Files to check, and what is wrong with each, in place."""
    kinds = [suffix.removeprefix(".") for suffix in SUFFIXES]
    files = st.file_uploader(
        _("Filled templates, other tables, practice cards, saved pages of the listing or of a practice"),
        type=kinds,
        accept_multiple_files=True,
        max_upload_size=MOST_MEGABYTES,
        key=f"contribution-upload-{basket.uploads}",
    )
    if files:
        with st.spinner(_("Checking…"), show_time=True), rows_done() as progress:
            check_files([(file.name, file.getvalue()) for file in files], network, progress)
        # The next run has an empty uploader: what was sent is checked once, and kept as records only.
        basket.uploads += 1
        st.rerun()
    if not basket.reports:
        words = _(
            "Several files can be checked at once, each of at most {rows} rows and {most} MB. A file of the same name "
            "takes the place of the one before."
        )
        st.caption(words.format(rows=number(MOST_ROWS), most=number(MOST_MEGABYTES)))
    for place, (name, report) in enumerate(basket.reports.items()):
        with st.container(border=True, key=f"report-{place}"):
            file_report(name, report)


def check_files(files: Iterable[tuple[str, bytes]], network: Network, progress: Progress) -> None:
    """Check files; what one of them held replaces what a file of the same name held before."""
    checked: dict[str, Contribution | AtlasError] = {}
    for name, content in files:
        try:
            report: Contribution | AtlasError = checked_file_of(name, content, network, progress)
        except AtlasError as error:
            report = error
        named = report.file if isinstance(report, Contribution) else name
        checked[named if named not in checked else f"{named} ({len(checked) + 1})"] = report
    kept = [item for item in basket.items if item.file not in checked]
    new = [item for report in checked.values() if isinstance(report, Contribution) for item in report.proposals]
    basket.keep(
        [*kept, *new], {**{name: old for name, old in basket.reports.items() if name not in checked}, **checked}
    )


def checked_file_of(name: str, content: bytes, network: Network, progress: Progress) -> Contribution:
    """A file that was checked, and whose practices were compared with those of the same cities.

    Raises:
        AtlasError: the file cannot be used.
    """
    report = check_apart(name, content, network, progress)
    there = practices_of(report.proposals)
    compared = compare_apart(report.file, report.proposals, there, progress) if there else report.proposals
    return replace(report, proposals=compared)


def drop_file(name: str) -> None:
    """Take a checked file and its practices away."""
    reports = {other: report for other, report in basket.reports.items() if other != name}
    basket.keep([item for item in basket.items if item.file != name], reports)


def file_report(name: str, report: Contribution | AtlasError) -> None:
    """What a file held, and everything that is wrong with it."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        words = file_summary(report) if isinstance(report, Contribution) else _("cannot be used")
        announce(labelled(name, words), alarm=isinstance(report, AtlasError))
        st.markdown(f"**{escaped(name)}** · {words}", width="content")
        st.button(
            _("Remove"), key=f"drop-{name}", type="tertiary", icon=":material/close:", on_click=drop_file, args=(name,)
        )
    if isinstance(report, AtlasError):
        mistake(report.title)
        st.caption(escaped(report.advice))
        return
    lines = [problem_line(problem) for problem in report.problems[:MOST_PROBLEMS_SHOWN]]
    st.markdown("  \n".join(f":small[{line}]" for line in lines))
    left = len(report.problems) - MOST_PROBLEMS_SHOWN
    if left > 0:
        words = translate_plural(
            "… and {count} more, in the Excel file below.", "… and {count} more, in the Excel file below.", left
        )
        st.caption(words.format(count=number(left)))
    if report.refused:
        refused_rows(report.refused)
        st.download_button(
            _("What to mend (Excel)"),
            partial(corrections, [report]),
            "icc-good-practices-to-mend.xlsx",
            FORMATS["xlsx"].mime,
            key=f"mend-{name}",
            icon=":material/download:",
            on_click="ignore",
        )


def problem_line(problem: Problem) -> str:
    """Where something is wrong and why, in Markdown."""
    place = _("Row {row}").format(row=problem.line) if problem.line else _("File")
    where = f"{place}, {escaped(problem.column)}" if problem.column else place
    value = f" {in_quotes(escaped(problem.value[:80]))}" if problem.value and problem.value != problem.column else ""
    return labelled(f"**{where}**{value}", escaped(problem.reason))


def refused_rows(refused: tuple[RefusedRow, ...]) -> None:
    """The refused rows as they stand in their file, with their bad cells marked."""
    first = refused[:MOST_ROWS_SHOWN]
    bad = f"background-color: {mix(session.look.less, session.look.background, 0.65)}; color: {session.look.text}"
    frame, marks = rows_in_place(first, bad)
    st.dataframe(frame.style.apply(lambda _frame: marks, axis=None), hide_index=True, alt=_("Rows to mend"))
    if frame.columns.is_unique:
        plain_table(frame, {name: name for name in frame.columns}, _("Rows to mend"), missing="", languages={})
    if len(refused) > len(first):
        words = _("The first {shown} of {count} rows to mend; the Excel file has them all.")
        st.caption(words.format(shown=number(len(first)), count=number(len(refused))))


ways = {"template": _("Fill the template"), "form": _("Write one here"), "upload": _("Check a filled file")}
page_title(
    _("Contribute good practices"),
    _("From your city or network, in a form that the atlas can take over"),
    part=ways[option_ahead("way", ways, "template")],
)
way = choice("way", _("How"), ways, default="template")
st.caption(_("The filters at the side do not matter here: what you send is checked against all practices and cities."))
try:
    network = whole_network(data_stamp())
except AtlasError as error:
    st.warning(_("Contributions cannot be checked now: the data files of the atlas have problems."))
    st.caption(escaped(str(error)))
    st.stop()
{"template": template_way, "form": form_way, "upload": upload_way}[way](network)
your_practices(network)
