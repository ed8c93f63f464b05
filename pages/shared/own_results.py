"""A city's own results, beside everybody else's for this visit alone: nothing is stored on the server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

import duckdb
import streamlit as st

from icc_data import queries
from icc_data.analysis.city_facts import practice_count
from icc_data.cells import dicts_of
from icc_data.errors import AtlasError, Problem
from icc_data.files.export import Provenance
from icc_data.files.pictures import chart_picture
from icc_data.files.pictures.canvas import SCREEN, Canvas
from icc_data.i18n import in_quotes, labelled, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.incoming.contributions.apart import read_apart
from icc_data.incoming.contributions.own_results import (
    MOST_MEGABYTES,
    SUFFIXES,
    OwnResults,
    column_words,
    grouped,
    least_scores,
    not_there,
    reason_words,
    row_words,
)
from icc_data.incoming.contributions.results_template import results_template, results_workbook
from icc_data.incoming.contributions.template import city_labels
from icc_data.model.records import IndexScore, Practice
from icc_data.queries.contribution_queries import records_there
from icc_data.queries.selection import Selection
from icc_data.store.own_practices import lay_own_practices
from icc_data.store.own_scores import lay_own_scores
from pages.shared.answers import Answer, ask, asked, later, remember
from pages.shared.downloads import AsData
from pages.shared.figures import chart_says, described, figure, spoken
from pages.shared.labels import area_labels
from pages.shared.markdown import escaped
from pages.shared.method import Method, method_button
from pages.shared.navigation import link_to
from pages.shared.news import announce
from pages.shared.paper import printed_words
from pages.shared.progress import rows_done
from pages.shared.session import Stamp, current, known_cities, known_names

# What each city brought along, and the answers about the one that is looked at: they alone are worth their memory.
_OWN = "_own_results"
_LIVE = "_own_results_live"
# An uploader lets go of its files only where it comes again under another key.
_ROUND = "_own_results_round"
# The uploader in which files came or went that were not looked at yet.
_UNREAD = "_own_results_unread"
MOST_PROBLEMS = 12
# Of problems that are alike.
MOST_VALUES = 3
# A page asks some ten questions, a few of them again and again; other filters ask them anew.
MOST_ANSWERS = 50


@dataclass(frozen=True)
class _Brought:
    """What a city brought along, the way to the data with it, of which data that is, and what it has answered."""

    city_id: str = ""
    own: OwnResults = OwnResults()
    connect: Callable[[], duckdb.DuckDBPyConnection] | None = None
    stamp: Stamp = ()
    answers: dict[str, Any] = field(default_factory=dict)


def _brought(city_id: str) -> _Brought:
    live: _Brought = st.session_state.get(_LIVE, _Brought())
    # Another version of the data, or newer data, is another to be beside.
    if live.city_id == city_id and live.stamp == current().stamp:
        return live
    own = own_results(city_id)
    if own.is_empty:
        return _Brought(city_id, own)
    st.session_state[_LIVE] = _beside_others(city_id, own)
    return _brought(city_id)


def own_results(city_id: str) -> OwnResults:
    """What a city brought along on this visit."""
    kept: dict[str, OwnResults] = st.session_state.get(_OWN, {})
    return kept.get(city_id, OwnResults())


def own_note(city_id: str) -> str:
    """What a document with a city's own results has to say of them; nothing where it brought none along."""
    own = own_results(city_id)
    if own.is_empty:
        return ""
    scores = translate_plural("{count} Index score", "{count} Index scores", len(own.scores))
    words = _(
        "The city’s own results, not published, are in this: {scores} and {practices} of {city}. Its link opens the "
        "view without them and cannot reproduce them."
    )
    return words.format(
        scores=scores.format(count=number(len(own.scores))),
        practices=practice_count(len(own.practices)),
        city=current().options.label("city", city_id),
    )


def published_only(city_id: str, same: AsData) -> AsData | None:
    """Where a program gets a table about a city; None where the city's own results are in it, which have no address."""
    return same if own_results(city_id).is_empty else None


def own_editions(city_id: str) -> frozenset[tuple[int, str]]:
    """The edition and policy area of each score that a city brought along."""
    records = [item.record for item in own_results(city_id).scores]
    return frozenset((item.year, item.policy_area) for item in records if isinstance(item, IndexScore) and item.year)


def ask_own(
    city_id: str, question: Callable[..., Any], selection: Selection | None = None, *args: Any, **options: Any
) -> Any:
    """Ask a question of the data with the city's own results in it, where it brought some along.

    Such an answer is kept with what was brought along, and goes with it; without own results this is ``answers.ask``.
    """
    brought = _brought(city_id)
    if brought.connect is None:
        return ask(question, selection, *args, **options)
    before = () if selection is None else (selection,)
    name = current().key(*asked(question, selection, args, options))
    connect = brought.connect
    return _kept(brought, name, lambda: question(connect(), *before, *args, **options))


def remember_own(city_id: str, work: Callable[[], Answer], *parts: object) -> Answer:
    """What follows from answers of ``ask_own``, kept with them; ``answers.remember`` where there are no own results.

    Args:
        city_id: whose results.
        work, parts: as in ``answers.remember``.
    """
    brought = _brought(city_id)
    if brought.connect is None:
        return remember(work, *parts)
    result: Answer = _kept(brought, current().key("remembered", *parts), work)
    return result


def _kept(brought: _Brought, name: str, work: Callable[[], Any]) -> Any:
    if name not in brought.answers:
        result = work()
        if len(brought.answers) >= MOST_ANSWERS:
            brought.answers.clear()
        brought.answers[name] = result
    # As with other answers, what a page does with its own leaves the one that is kept as it was.
    return deepcopy(brought.answers[name])


def own_figure(
    city_id: str,
    name: str,
    draw: Callable[..., Any],
    *args: Any,
    alt: str,
    says: str | Callable[[], str],
    said_above: bool = False,
    one_of: str = "",
    method: Method,
) -> None:
    """Put a chart on the page that may hold a city's own results; ``figures.figure`` where it brought none along.

    A picture with own results is not kept for the next time, as others would see it.

    Args:
        city_id: whose results; something else than a city brought none along.
        name, draw, args, alt, says, said_above, one_of, method: as in ``figures.figure``.
    """
    if _brought(city_id).connect is None:
        figure(name, draw, *args, alt=alt, says=says, said_above=said_above, one_of=one_of, method=method)
        return
    chart, look, note = draw(*args), current().look, own_note(city_id)
    sentence = says if isinstance(says, str) else says()

    def picture(form: str, facts: Provenance, canvas: Canvas = SCREEN) -> bytes:
        return chart_picture(chart.to_dict(validate=False), form, look, replace(facts, own=note), canvas)

    if not said_above:
        chart_says(sentence)
    with st.container(key=f"figure-{name}"):
        st.vega_lite_chart(spec=spoken(chart), theme=None, width="stretch", alt=described(alt, sentence))
    method_button(name, method.title, lambda: method, picture)
    st.caption(_("Your own results are in this picture; the rows under “Data and method” are the published ones."))


def _way_to(own: OwnResults) -> Callable[[], duckdb.DuckDBPyConnection]:
    """What gives a connection to the data with what a city brought along in it."""
    scores = [item.record for item in own.scores if isinstance(item.record, IndexScore)]
    practices = _new_practices(own)
    if not practices:
        return lambda: lay_own_scores(current().connection.cursor(), scores)
    beside = lay_own_practices(current().database, practices)
    return (lambda: lay_own_scores(beside.cursor(), scores)) if scores else beside.cursor


def _new_practices(own: OwnResults) -> tuple[Practice, ...]:
    """The practices that a city brought along and that are not there yet."""
    records = [item.record for item in own.practices]
    cities = {city_id for record in records if isinstance(record, Practice) for city_id in record.city_ids}
    if not cities:
        return ()
    return not_there(own, records_there(queries.practices_there(current().connection, sorted(cities))))


def _beside_others(city_id: str, own: OwnResults) -> _Brought:
    """What a city brought along with the way to the data that holds it."""
    if own.is_empty:
        return _Brought(city_id, own)
    count = len(own.scores) + len(own.practices)
    words = translate_plural("Comparing {count} row with the atlas", "Comparing {count} rows with the atlas", count)
    with st.spinner(words.format(count=number(count)), show_time=True):
        return _Brought(city_id, own, _way_to(own), current().stamp)


def _read(city_id: str, files: list[Any]) -> _Brought:
    """Read the files, and lay what they say beside everybody else's."""
    try:
        gazetteer, vocabulary = known_names()
        contents = [(file.name, file.getvalue()) for file in files]
        with st.spinner(_("Reading your tables"), show_time=True), rows_done() as progress:
            own = read_apart(contents, city_id, gazetteer, vocabulary, progress)
    except AtlasError as error:
        return _Brought(city_id, OwnResults(problems=(Problem(files[0].name, 0, "", "", str(error)),)))
    # Where the database cannot be read, that is no fault of the file, and its words name a place on the server.
    return _beside_others(city_id, own)


def _changed(key: str) -> None:
    st.session_state[_UNREAD] = key


def _take(city_id: str, key: str, files: list[Any]) -> None:
    """Read what was just put into an uploader, and draw the page anew with it."""
    if st.session_state.get(_UNREAD) != key:
        return
    if files:
        brought = _read(city_id, files)
        st.session_state[_LIVE] = brought
        st.session_state[_OWN] = {**st.session_state.get(_OWN, {}), city_id: brought.own}
    else:
        _forget(city_id)
    # Whoever clicks elsewhere while files are read stops this run: the next one begins with them again.
    del st.session_state[_UNREAD]
    st.rerun()


def _forget(city_id: str) -> None:
    st.session_state.get(_OWN, {}).pop(city_id, None)
    st.session_state.pop(_LIVE, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def own_results_panel(city_id: str) -> None:
    """Bring own Index results or practices along; they are kept for the city until the page is closed or loaded anew.

    Args:
        city_id: the city that they are about.
    """
    name = escaped(current().options.label("city", city_id))
    own = own_results(city_id)
    begun = not own.is_empty or bool(own.problems)
    if not own.is_empty:
        printed_words(own_note(city_id))
    with st.expander(
        _("Your own results (in use)") if not own.is_empty else _("Your own results"),
        icon=":material/upload_file:",
        key="own-results",
        expanded=begun,
    ):
        st.caption(
            _(
                "Index results or practices of {city} as tables: for this visit only, nothing is stored on the server, "
                "and reloading the page forgets them."
            ).format(city=name)
        )
        _templates(city_id)
        key = f"own-files-{city_id}-{st.session_state.get(_ROUND, 0)}"
        files = st.file_uploader(
            _("Filled tables"),
            type=[suffix.removeprefix(".") for suffix in SUFFIXES],
            accept_multiple_files=True,
            key=key,
            on_change=_changed,
            args=(key,),
            max_upload_size=MOST_MEGABYTES,
        )
        _take(city_id, key, files)
        _say(own)
        if begun:
            st.button(_("Forget them"), key="forget-own", icon=":material/delete:", on_click=_forget, args=(city_id,))


def _templates(city_id: str) -> None:
    areas = {"overall": _("Overall"), **area_labels()}

    def in_templates() -> tuple[dict[str, str], str]:
        terms = dicts_of(ask(queries.term_definitions, None, "policy_area"))
        names = {identifier: name for name, identifier in city_labels(known_cities()).items()}
        return {term["code"]: term["definition"] or "" for term in terms}, names.get(city_id, city_id)

    meanings, city = remember(in_templates, "templates", city_id)
    st.caption(
        _(
            "The template asks for the year of the edition once and for the scores that you have, as 70, 70,5 or 70 %; "
            "rows without a score are passed over."
        )
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.download_button(
            _("Template for Index results (Excel)"),
            lambda: results_workbook(city, areas, meanings),
            f"icc-index-results_{city_id}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key="own-workbook",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            _("Template for Index results (CSV)"),
            later(lambda: results_template(city, areas).encode("utf-8")),
            f"icc-index-results_{city_id}.csv",
            "text/csv",
            key="own-template",
            on_click="ignore",
            icon=":material/download:",
        )
        link_to(
            "pages/contribute.py",
            label=_("Template for practices, on the page Contribute"),
            icon=":material/add_notes:",
        )


def area_results(own: OwnResults) -> bool:
    """Whether scores of policy areas are among a city's own results."""
    records = [item.record for item in own.scores]
    return any(isinstance(record, IndexScore) and record.policy_area != "overall" for record in records)


def _say(own: OwnResults) -> None:
    if not own.is_empty:
        scores = translate_plural("{count} score", "{count} scores", len(own.scores))
        words = _("In use: {scores} and {practices}. They go along to Benchmark and Audit.").format(
            scores=scores.format(count=number(len(own.scores))),
            practices=practice_count(len(own.practices)),
        )
        announce(words)
        st.markdown(f":material/check: {words}")
        if least := least_scores(own):
            words = translate_plural(
                "{count} score is 1 of 100 or less: where a share was meant, as 0.7 for 70 %, write 70.",
                "{count} scores are 1 of 100 or less: where shares were meant, as 0.7 for 70 %, write 70.",
                least,
            )
            st.caption(":material/info: " + words.format(count=number(least)))
    if own.problems:
        count = len(own.problems)
        words = translate_plural("{count} thing could not be used:", "{count} things could not be used:", count)
        words = words.format(count=number(count))
        announce(words, alarm=True)
        st.markdown(f":material/error: {words}")
        alike = grouped(own.problems)
        st.markdown("\n".join(f"- :small[{problem_words(same)}]" for same in alike[:MOST_PROBLEMS]))
        if len(alike) > MOST_PROBLEMS:
            st.caption(_("and {count} more").format(count=number(len(alike) - MOST_PROBLEMS)))


def problem_words(alike: Sequence[Problem]) -> str:
    """Where in a file something is wrong, what stands there, and why it cannot be used.

    Args:
        alike: problems that are the same but for their row and its value.
    """
    first, places = alike[0], [escaped(alike[0].file)]
    lines = [problem.line for problem in alike if problem.line]
    if lines:
        places.append(translate_plural("row {rows}", "rows {rows}", len(lines)).format(rows=row_words(lines)))
    if first.column:
        places.append(_("column “{column}”").format(column=escaped(column_words(first.column))))
    values = list(dict.fromkeys(problem.value[:80] for problem in alike if problem.value))
    told = ", ".join(in_quotes(escaped(value)) for value in values[:MOST_VALUES])
    if len(values) > MOST_VALUES:
        told = _("{values} and {count} more").format(values=told, count=number(len(values) - MOST_VALUES))
    return labelled(f"**{', '.join(places)}** {told}".rstrip(), escaped(reason_words(first)))
