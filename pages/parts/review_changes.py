"""What changed between two versions of the data: added, changed and removed practices, cities, facts, the Index."""

from __future__ import annotations

import html
from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import change_rows, changes
from icc_data.analysis.changes import Entry, FieldChange
from icc_data.errors import AtlasError
from icc_data.i18n import NOT_STATED, day, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.paths import LAKE
from icc_data.queries.change_queries import Compared
from icc_data.queries.change_scope import comparable, scope_in_words, scope_sentences
from icc_data.queries.ignored import Ignored
from icc_data.queries.selection import Selection
from icc_data.store.snapshots import named
from icc_data.store.version_pairs import Version, meant, usual_pair
from pages.parts.data_downloads import whole_download
from pages.shared.address import say_ignored
from pages.shared.answers import remember
from pages.shared.cards import city_link, result_link
from pages.shared.downloads import AsData, address_for_programs
from pages.shared.figures import choice
from pages.shared.markdown import escaped
from pages.shared.pager import page_number
from pages.shared.paper import printed_table
from pages.shared.presenting import part_title, presenting
from pages.shared.session import NOW, VERSION, current, kept_snapshots, versions_stamp
from pages.shared.versions import all_versions, comparison, version_label

PER_PAGE = 20
# So many lines of large type fit a projector's screen.
PROJECTED_LINES, PROJECTED_NOTES = 10, 3
# “Now (25 November 2026)” in the type of a projector takes so many pixels.
DATED = 370
COMMAND = "python -m icc_data snapshot"


def changes_part(scope: Selection) -> None:
    """The two versions that the address names (``since``, ``until``), and what differs between them.

    Args:
        scope: what is reviewed.
    """
    part_title(_("Changed since"), _("Two versions of the data beside each other, field by field"))
    sentences = scope_sentences(scope, current().options)
    if sentences:
        st.caption("  \n".join(f":material/info: {escaped(sentence)}" for sentence in sentences))
    try:
        versions = all_versions()
        if len(versions) == 1 and LAKE:
            st.info(_("There is no earlier version yet, so there is nothing to compare with."))
            return
        if len(versions) == 1:
            _how_to_begin(_("There is no snapshot of the data yet, so there is nothing to compare with."))
            return
        before, after = _choose(versions)
        if before.version == after.version:
            _how_to_begin(_("Both are the same data: choose another version above."))
            return
        _differences(before, after, scope)
    except AtlasError as error:
        st.error(escaped(error.title))
        st.caption(escaped(error.advice))


def _how_to_begin(words: str) -> None:
    st.info(words)
    if LAKE:
        return
    st.markdown(_("A snapshot keeps the tables as they are today, so that the next review can say what changed:"))
    st.code(COMMAND, language="bash")


def compared() -> Compared | None:
    """The two versions of the address, to ask what differs; None where there are no two.

    Raises:
        AtlasError: one of them cannot be read.
    """
    versions = all_versions()
    before, after = (
        meant(st.query_params.get(name, ""), versions, kept_snapshots()) or usual
        for name, usual in zip(("since", "until"), usual_pair(versions, _looked_at()), strict=True)
    )
    if before.version == after.version:
        return None
    return Compared(comparison(before, after), before.date, after.date)


def _choose(versions: list[Version]) -> tuple[Version, Version]:
    """The two versions: the usual ones, where the address names no others."""
    by_id = {version.id: version for version in versions}
    labels = {version.id: version_label(version, versions) for version in versions}
    for name in ("since", "until"):
        # A date or a data version will do.
        kept = named(st.query_params.get(name, ""), kept_snapshots())
        if kept is not None and kept.id != st.query_params[name]:
            st.query_params[name] = kept.id
    with st.container(horizontal=True, gap="medium", key="controls-versions"):
        usual = usual_pair(versions, _looked_at())
        since = choice("since", _("From"), labels, default=usual[0].id, compact=True, width=DATED)
        until = choice("until", _("To"), labels, default=usual[1].id, compact=True, width=DATED)
    return by_id[since], by_id[until]


def _differences(before: Version, after: Version, scope: Selection) -> None:
    opened = comparison(before, after)
    # What was recorded of the same data may differ, so the version alone does not tell.
    pair = (before.id, after.id, *versions_stamp(), comparable(scope))
    practices = remember(lambda: queries.changes(opened, "practices", scope), "practice-changes", *pair)
    cities = remember(lambda: queries.city_changes(opened, scope), "city-changes", *pair)
    index = remember(lambda: queries.index_changes(opened, scope), "index-changes", *pair)
    missing = remember(lambda: queries.not_recorded(opened), "not-recorded", *pair)
    counted = changes.counts(practices, cities, index)
    days = [day(before.date), day(after.date)]
    options = current().options
    st.markdown(f"**{escaped(changes.state_in_words(days[0], counted, scope_in_words(scope, options)))}**")
    notes = [changes.uncoded_in_words(practices), changes.seen_in_words(counted)]
    notes += changes.not_recorded_in_words(missing, *days)
    lines = [line for line in notes if line]
    if before.date > after.date:
        lines.insert(0, _("The first version is the newer one: what reads as added is what the older one lacks."))
    st.caption("  \n".join(f":material/info: {escaped(line)}" for line in lines))
    kinds = _kinds(change_rows.numbers(counted, index))
    if not kinds:
        st.caption(_("Nothing that both versions record differs in practices, cities or the Index."))
        return
    noted = len(lines) + _is_missing(kinds)
    kind = _kind(kinds)
    title = _title(kind, days[0])
    about = scope_sentences(scope, options)
    versions = {name: st.query_params[name] for name in ("since", "until") if name in st.query_params}
    same = AsData("review_changes", comparable(scope), {**versions, "change": kind})
    if kind == "index":
        _index_table(change_rows.index_rows(index, options.label), title, about, same)
        return
    table = "cities" if kind in ("cities", "facts") else "practices"
    entries = partial(change_rows.entries_of, kind, practices, cities, options.label)
    listed = remember(entries, "change-entries", kind, *pair)
    if kind in ("changed", "facts") and not presenting():
        words = _("First what it said on {older}, then on {newer}; struck through is gone, underlined is new.")
        st.caption(words.format(older=days[0], newer=days[1]))
    if not presenting():
        whole_download("changes", title, change_rows.table_rows([*listed]), about)
        address_for_programs(same)
    if presenting():
        _projected(listed, table, max(PROJECTED_LINES - max(noted - PROJECTED_NOTES, 0), 1))
    else:
        _listed(listed, table, before, after)


def _kinds(numbers: dict[str, int]) -> dict[str, str]:
    labels = {
        "added": _("Practices added"),
        "changed": _("Practices changed"),
        "removed": _("Practices removed"),
        "cities": _("Cities"),
        "facts": _("City facts"),
        "index": _("Index"),
    }
    return {name: f"{labels[name]} ({number(count)})" for name, count in numbers.items() if count}


def _is_missing(kinds: dict[str, str]) -> bool:
    """Whether the address asks for a kind of change that there is none of."""
    asked = st.query_params.get("change")
    return asked in change_rows.KINDS and asked not in kinds


def _kind(kinds: dict[str, str]) -> str:
    if _is_missing(kinds):
        asked = st.query_params["change"]
        words = _("Between these versions there is nothing of the kind “{kind}”; this is what there is.")
        say_ignored([Ignored("change", asked, words.format(kind=asked))], {})
        del st.query_params["change"]
    return choice("change", _("Kind of change"), kinds, default=next(iter(kinds)))


def _title(shown: str, since: str) -> str:
    words = {
        "added": _("Practices added since {day}"),
        "changed": _("Practices changed since {day}"),
        "removed": _("Practices removed since {day}"),
        "cities": _("Cities that joined, left or changed their standing since {day}"),
        "facts": _("Facts of cities changed since {day}"),
        "index": _("Index results and reports changed since {day}"),
    }
    return words[shown].format(day=since)


def _moves() -> dict[str, str]:
    return {
        "joined": _("joined the network"),
        "left": _("left the network"),
        "status": _("changed its standing"),
        "added": _("new in the data, not in the network"),
        "removed": _("no longer in the data"),
    }


def _projected(listed: Sequence[Entry], table: str, most: int) -> None:
    """As many of the entries as a projector's screen has lines for below the notes, by their names alone."""
    place = _place_of_city if table == "cities" else _place_of_practice
    lines = [f"- **{escaped(entry.label)}** :gray[{escaped(place(entry))}]" for entry in listed[:most]]
    st.markdown("\n".join(lines))
    left = len(listed) - most
    if left > 0:
        words = translate_plural("… and {count} more", "… and {count} more", left)
        st.caption(words.format(count=number(left)))


def _listed(listed: Sequence[Entry], table: str, before: Version, after: Version) -> None:
    first = (page_number("changes", len(listed), PER_PAGE) - 1) * PER_PAGE
    values = current().options.values("city")
    for entry in listed[first : first + PER_PAGE]:
        with st.container(border=True, gap="xsmall", key=f"card-change-{entry.kind}-{entry.key}"):
            words = f"**{escaped(entry.label)}**"
            if table == "cities":
                if entry.key in values:
                    city_link(entry.key, words)
                else:
                    st.markdown(words)
                st.markdown(f":small[:gray[{escaped(_place_of_city(entry))}]]")
            else:
                holds = before if entry.kind == "removed" else after
                result_link("practice", words, practice=entry.key, **_in_version(holds))
                st.markdown(f":small[:gray[{escaped(_place_of_practice(entry))}]]")
            st.html(_fields(entry))


def _looked_at() -> str:
    pinned = current().pinned
    return pinned.id if pinned else NOW


def _in_version(version: Version) -> dict[str, str]:
    """What a link needs to lead to a version that is not the one looked at."""
    return {} if version.id == _looked_at() else {VERSION: version.id}


def _place_of_city(entry: Entry) -> str:
    move = _moves().get(entry.kind, "")
    return f"{entry.place} · {move}" if move else entry.place


def _place_of_practice(entry: Entry) -> str:
    label = current().options.label
    cities = [label("city", city) for city in entry.place.split("; ") if city]
    return "; ".join(cities) or entry.held("countries") or _("city not stated")


# Of a record that is new or gone, what tells what it is; the download has every field.
_TELLING = ("summary", "when_text", "policy_areas", "status", "joined_year", "networks", "population")


def _fields(entry: Entry) -> str:
    """The fields of an entry as HTML: old beside new, or of a record that is new or gone what it says."""
    both = any(change.before for change in entry.fields) and any(change.after for change in entry.fields)
    if both or entry.kind in ("changed", "seen", "fact", "status"):
        rows = [_beside(change) for change in entry.fields]
    else:
        rows = [_alone(change) for change in entry.fields if change.field in _TELLING]
    return f'<div class="changes">{"".join(rows)}</div>'


def _alone(change: FieldChange) -> str:
    return f'<div><b>{_escape(change.label)}</b><p class="wide">{_escape(change.after or change.before)}</p></div>'


def _beside(change: FieldChange) -> str:
    old, new = changes.parts(change)
    cells = (_("Before"), old, "del"), (_("After"), new, "ins")
    texts = "".join(
        f'<p data-side="{_escape(side)}" aria-label="{_escape(side)}">{_marked(pieces, tag)}</p>'
        for side, pieces, tag in cells
    )
    return f"<div><b>{_escape(change.label)}</b>{texts}</div>"


def _marked(pieces: Sequence[tuple[str, str]], tag: str) -> str:
    if not pieces:
        return f'<span class="nothing">{NOT_STATED}</span>'
    return "".join(
        _escape(text) if what == "same" else f"<{tag}>{_escape(text.rstrip())}</{tag}>{' ' * text.endswith(' ')}"
        for what, text in pieces
    )


def _escape(text: str) -> str:
    return html.escape(text, quote=True)


def _index_table(rows: Any, title: str, about: Sequence[str], same: AsData) -> None:
    if not presenting():
        whole_download("changes", title, rows, about)
        address_for_programs(same)
    columns = {
        "kind": _("Change"),
        "what": _("What"),
        "name": _("City"),
        "year": _("Edition"),
        "policy_area": _("Area"),
        "score_before": _("Score before"),
        "score_after": _("Score after"),
        "rank_before": _("Rank before"),
        "rank_after": _("Rank after"),
    }
    special = {"evidence_url": st.column_config.LinkColumn(_("Source"), display_text=_("Read it"))}
    special |= {"year": st.column_config.NumberColumn(columns["year"], format="%d")}
    st.dataframe(
        rows,
        hide_index=True,
        column_order=[*columns, "evidence_url"],
        column_config={**columns, **special},
        placeholder=NOT_STATED,
        height=35 * (min(len(rows), PROJECTED_LINES if presenting() else PER_PAGE) + 1) + 3,
        alt=title,
    )
    printed_table(rows, columns, title=title)
