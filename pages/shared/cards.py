"""Cards of practices, cities, commitments and numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from icc_data.analysis import city_facts
from icc_data.analysis.sources import best_address
from icc_data.analysis.time_words import when_in_words
from icc_data.cells import is_known
from icc_data.i18n import labelled
from icc_data.i18n import translate as _
from icc_data.queries.search_box import highlighted
from pages.shared.markdown import escaped, spoken_in, with_subject
from pages.shared.navigation import FOLLOWED, about, link_to
from pages.shared.session import current

Item = TypeVar("Item")

# How a list of results is shown: goes along to a practice, so that the way on and back is through the same list.
RESULT_OPTIONS = ("view", "sort", "per", "column")


def years_in_words(row: Mapping[str, Any]) -> str:
    """When a practice ran (Markdown), as ``when_in_words`` says it."""
    return escaped(when_in_words(row))


def list_options() -> dict[str, list[str]]:
    """How the address says that a list of results is shown."""
    return {name: values for name in RESULT_OPTIONS if (values := st.query_params.get_all(name))}


def result_link(page: str, label: str, icon: str | None = None, **params: str) -> None:
    """A link to the list of results or to one of them, which takes along what is selected and how it is shown.

    Args:
        page: the page's path, ``practices`` or ``practice``.
        label: in Markdown.
        icon: of the link.
        params: address parameters beside those of the list.
    """
    # A link to the page that it stands on.
    if urlsplit(st.context.url or "").path.endswith(f"/{page}"):
        params[FOLLOWED] = "yes"
    everything = {**current().selection.to_params(), **list_options(), **params}
    link_to(f"pages/{page}.py", label=label, icon=icon, query_params=everything)


def side_by_side(items: Sequence[Item]) -> Iterator[tuple[Item, DeltaGenerator]]:
    """Places for cards in two columns that keep their order on a telephone, where the columns stand below each other.

    Args:
        items: what the cards are of, in order.

    Yields:
        Each of them with the column to draw it in.
    """
    for start in range(0, len(items), 2):
        yield from zip(items[start : start + 2], st.columns(2, gap="medium"), strict=False)


def practice_link(practice_id: str, title: str, icon: str | None = None) -> None:
    """A title that opens the practice's own page; the list of results goes along."""
    result_link("practice", title, icon, practice=practice_id)


def city_link(city_id: str, label: str = "", *, from_profile: bool = False) -> None:
    """A name that opens the city's profile.

    Args:
        city_id: the city.
        label: what the link says, in Markdown; the city's name where it is empty.
        from_profile: whether the link stands on a profile itself.
    """
    words = label or escaped(current().options.label("city", city_id))
    followed = {FOLLOWED: ["yes"]} if from_profile else {}
    link_to("pages/city.py", label=words, query_params={**about(city_id), **followed})


def marked(text: str, words: Collection[str]) -> str:
    """A text in Markdown with the words that were looked for marked."""
    if not words:
        return escaped(text)
    return "".join(
        f":primary-background[**{escaped(piece)}**]" if sought else escaped(piece)
        for piece, sought in highlighted(text, words)
    )


def read_at_source(title: str) -> str:
    """What a link to where a practice is published says (Markdown).

    Args:
        title: of the practice.
    """
    return with_subject(f"{_('Read it at the source')} :material/open_in_new:", title, "en")


def practice_card(row: Mapping[str, Any], words: Collection[str] = (), reason: str = "") -> None:
    """A practice: title, place and time, summary, policy areas, and where to read it.

    Args:
        row: one row of ``queries.practices``.
        words: folded words to mark.
        reason: why it is shown, in Markdown.
    """
    options = current().options
    # As high as the card beside it, where two stand side by side.
    with st.container(border=True, gap="xsmall", height="stretch", key=f"card-{row['practice_id']}"):
        source = best_address(row)
        practice_link(row["practice_id"], f"**{spoken_in('en', marked(row['title'], words))}**")
        place = marked(row["city_names"] or row["country_names"] or _("city not stated"), words)
        lines = [f":small[:gray[{place} · {years_in_words(row)}]]"]
        if is_known(row["summary"]):
            lines.append(f":small[{spoken_in('en', marked(row['summary'], words))}]")
        areas = list(row["policy_areas"]) if is_known(row["policy_areas"]) else []
        badges = " ".join(f":gray-badge[{options.label('policy_area', code)}]" for code in areas)
        themes = [options.label("theme", code) for code in row["themes"]] if words and is_known(row["themes"]) else []
        # A theme stands on the card where it is what was looked for.
        sought = [theme for theme in themes if any(hit for _piece, hit in highlighted(theme, words))]
        badges += "".join(f" :primary-badge[{theme}]" for theme in sought)
        link = f"[{read_at_source(row['title'])}]({source})" if source else _("No source address")
        lines.append(f":small[{badges}  {link}]")
        if reason:
            lines.append(f":small[:gray[{reason}]]")
        # One text: each element costs a message to the browser, and a list has up to a hundred cards.
        st.markdown("\n\n".join(lines))


@dataclass(frozen=True)
class Metric:
    """A number that stands out: what it counts, the number, what it is a part of, and how it was counted."""

    label: str
    value: str
    note: str | None = None
    explanation: str | None = None


def metric_row(metrics: Iterable[Metric], name: str = "metrics") -> None:
    """Numbers that stand out, side by side and equally high.

    Args:
        metrics: the numbers.
        name: of the row, where a page has several.
    """
    with st.container(horizontal=True, gap="small", key=name):
        for metric in metrics:
            st.metric(
                metric.label,
                metric.value,
                metric.note,
                delta_color="off",
                delta_arrow="off",
                border=True,
                help=metric.explanation,
                height="stretch",
            )


def commitment_card(code: str, meaning: str = "", *, beside_others: bool = True, level: int = 3) -> DeltaGenerator:
    """A card under the hue of a commitment, headed by its name.

    Args:
        code: the commitment.
        meaning: what it means, in a smaller line below its name.
        beside_others: whether cards stand in a row, and are to be equally high.
        level: of the heading, one below that of what the cards stand in.

    Returns:
        The card, to be filled.
    """
    card = st.container(border=True, key=f"commitment-{code}", height="stretch" if beside_others else "content")
    small = f"  \n:small[:gray[{escaped(meaning)}]]" if meaning else ""
    card.markdown(f"{'#' * level} {current().options.label('commitment', code)}{small}")
    return card


def _fact(label: str, value: str, note: str = "") -> str:
    return labelled(label, f"**{value}**") + (f" :gray[({note})]" if note else "")


def facts_in_words(city: Mapping[str, Any]) -> list[str]:
    """What is known of a city, one sentence a fact, each with its year; what is unknown is said once at the end.

    Args:
        city: the answer of ``queries.city``.
    """
    facts, missing = city_facts.facts(city, current().options.label)
    lines = [_fact(fact.label, fact.value, fact.note) for fact in facts]
    return [*lines, ":gray[" + labelled(_("Not known"), ", ".join(missing)) + "]"] if missing else lines
