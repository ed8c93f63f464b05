"""Charts on screen: drawn once a selection and theme, clicked and brushed into the address."""

from __future__ import annotations

import html
import pickle
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import nullcontext
from functools import partial
from typing import Any, Literal

import pandas as pd
import streamlit as st

from icc_data.drawing.aloud import read_aloud
from icc_data.drawing.arrow import arrow_rows, names_in
from icc_data.drawing.charts import PICK, YEARS, brushed_years
from icc_data.drawing.map_circles import LegendEntry
from icc_data.drawing.plain import PlainChart, said_once
from icc_data.files.export import Provenance
from icc_data.files.pictures import chart_picture
from icc_data.files.pictures.canvas import SCREEN, Canvas
from icc_data.i18n import labelled
from icc_data.i18n import translate as _
from icc_data.queries.comparison import in_few_words, names
from icc_data.queries.ignored import Ignored
from icc_data.queries.selection import Selection
from pages.shared.address import bound, go, note_read, option, replace_options, say_ignored, set_option
from pages.shared.answers import Answers, remember
from pages.shared.embedding import alone, begin_panel, beside_figure, figure_place, legend_place
from pages.shared.markdown import escaped, spoken_in
from pages.shared.method import Method, method_button
from pages.shared.session import current
from pages.shared.telephone import on_a_telephone

Years = Literal["active", "started"]
_YEARS: dict[str, Years] = {"active": "active", "started": "started"}
# As bytes: Streamlit changes the chart that it is given. All are ready, as those before would have to be packed.
_PICTURES = Answers(ready=500, most=500)


def spoken(chart: Any) -> dict[str, Any]:
    """An Altair chart in Vega-Lite, whose marks say to screen readers what their tooltips say."""
    return read_aloud(chart.to_dict(validate=False))


def _spec(draw: Callable[[], Any]) -> dict[str, Any]:
    drawn = draw()
    if isinstance(drawn, PlainChart):
        spec = drawn.spec()
        named = names_in(spec)
        rows = {name: arrow_rows(frame, named) for name, frame in drawn.frames.items()}
    else:
        spec = drawn.to_dict(validate=False)
        rows = {name: arrow_rows(pd.DataFrame(values)) for name, values in spec.get("datasets", {}).items()}
    # Streamlit passes bytes on as they are; rows it would turn into Arrow again at every run.
    return {**said_once(read_aloud(spec)), "datasets": rows}


def _toggled(selection: Selection, facet: str, value: str) -> Selection:
    if value in selection.chosen(facet):
        return selection.without(facet, value)
    return selection.with_values(facet, (*selection.chosen(facet), value))


def _picked(key: str, facets: dict[str, str]) -> None:
    for point in st.session_state[key].get("selection", {}).get(PICK, [])[:1]:
        selection = current().selection
        for field, facet in facets.items():
            value = point.get(field)
            meant = _YEARS.get(facet)
            if meant is not None and value is not None:
                selection = selection.within(int(value), int(value), meant)
            elif value in current().options.values(facet):
                selection = _toggled(selection, facet, value)
        go(selection)


def _chosen(key: str, on_pick: Callable[[Mapping[str, Any]], None]) -> None:
    for point in st.session_state[key].get("selection", {}).get(PICK, [])[:1]:
        on_pick(point)


def _brushed(key: str, what: Years) -> None:
    years = st.session_state[key].get("selection", {}).get(YEARS, {}).get(YEARS, [])
    if len(years) != 2:
        return
    go(current().selection.within(*brushed_years(*years), what))


def _events(
    name: str,
    args: tuple[Any, ...],
    pick: dict[str, str] | None,
    on_pick: Callable[[Mapping[str, Any]], None] | None,
    brush: Years | None,
) -> dict[str, Any]:
    """What Streamlit is told of clicks on a chart and of dragging over it; all of it as in ``figure``."""
    # A new selection is a new chart: the mark that was clicked does not stay lit on other numbers.
    key = f"{name}-{hash((current().selection, args))}"
    if on_pick:
        on_select = partial(_chosen, key, on_pick)
    else:
        on_select = partial(_picked, key, pick) if pick else partial(_brushed, key, brush or "active")
    return {"key": key, "selection_mode": YEARS if brush else PICK, "on_select": on_select}


def figure(
    name: str,
    draw: Callable[..., Any],
    *args: Any,
    pick: dict[str, str] | None = None,
    on_pick: Callable[[Mapping[str, Any]], None] | None = None,
    brush: Years | None = None,
    wide: bool = False,
    on_phone: Callable[..., Any] | None = None,
    alt: str = "",
    says: str | Callable[[], str] = "",
    said_above: bool = False,
    set_by_page: bool = True,
    one_of: str = "",
    method: Method,
) -> None:
    """Put a chart on the page, with a button that tells how it was computed.

    Args:
        name: identifies the chart; the same name, selection and arguments draw the same picture.
        draw: gives the Altair chart from ``*args``; called only when that picture is not in memory.
        pick: what a click chooses: facet by the field of the clicked mark; of a year, whether practices “started” or
            were “active” in it.
        on_pick: what a click does instead of choosing in a facet; is given the fields of the clicked mark.
        brush: what the years are that dragging over them chooses.
        wide: many columns, that on a narrow screen scroll sideways rather than shrink.
        on_phone: gives the chart from ``*args`` for the screen of a telephone, where it has to be another; files are
            the same everywhere.
        alt: what the picture is, for people who do not see it.
        says: what is seen on it, in a sentence of ``analysis.takeaways`` and its like; empty where there is nothing to
            say. It stands above the picture, and in its description. What gives it is called only when that picture is
            not in memory, and must depend on nothing but name, selection and arguments either.
        said_above: whether the page says it in its own words already, so that only the description repeats it.
        set_by_page: whether the switches above all panels of the page set it.
        one_of: the name by which another page shows it where switches put another chart in its place; that page goes on
            showing what they chose. Empty where it is always this one.
        method: how it was computed.
    """
    session = current()
    events = _events(name, args, pick, on_pick, brush) if pick or on_pick or brush else {}

    def picture(form: str, facts: Provenance, canvas: Canvas = SCREEN) -> bytes:
        return chart_picture(draw(*args).to_dict(validate=False), form, session.look, facts, canvas)

    with figure_place(name, method.title, also=one_of, set_by_page=set_by_page, chosen=method.chosen()) as is_shown:
        if not is_shown:
            return
        sentence = says if isinstance(says, str) else remember(says, "says", name, session.selection, args)
        if not said_above or alone():
            chart_says(sentence)
        words = described(alt, sentence, brush=brush is not None) or None
        shown = on_phone if on_phone and on_a_telephone() else draw
        drawn = session.key(session.look.name, name, session.selection, args, shown is draw)
        spec = pickle.loads(_PICTURES.given(drawn, lambda: pickle.dumps(_spec(lambda: shown(*args)))))
        with st.container(key=f"{'wide' if wide and shown is draw else 'figure'}-{name}"):
            st.vega_lite_chart(spec=spec, theme=None, width="stretch", alt=words, **events)
        if alone() and (method.coverage() or method.signs):
            st.caption(escaped(" ".join(words for words in (method.coverage(), method.signs) if words)))
        method_button(name, method.title, lambda: method, picture, figure=one_of or name)


def described(alt: str, says: str, *, brush: bool = False) -> str:
    """What a chart is called by people who hear the page: what it is, what is seen on it, and what dragging is for.

    Args:
        alt: what it is.
        says: what is seen on it.
        brush: whether years are chosen by dragging, for which there is a slider too.
    """
    instead = _("Instead of dragging over years, move both ends of the slider “{slider}” in the filters.")
    parts = (alt, says, instead.format(slider=_("From and to")) if brush else "")
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)


def chart_says(sentence: str) -> None:
    """What a chart shows, in a sentence that may be empty, between its title and its picture."""
    if sentence:
        st.markdown(f":small[{escaped(sentence)}]")


def colour_legend(colours: Mapping[str, str]) -> None:
    """Name the colours of a chart in a line that wraps as the screen needs it.

    Args:
        colours: colour by label.
    """
    _legend((f"background:{colour}", label) for label, colour in colours.items())


def part_legend(parts: tuple[str, str], colour: str, extra: Mapping[str, str] | None = None) -> None:
    """Name the sure and the paler part of bars in a line that wraps as the screen needs it.

    Args:
        parts: their words.
        colour: of the sure part.
        extra: more colours by label.
    """
    swatches = [(f"background:{colour}", parts[0])]
    # The paler part has an outline on the picture as well.
    swatches.append((f"background:{current().look.pale(colour)};box-shadow:inset 0 0 0 1px {colour}", parts[1]))
    _legend([*swatches, *((f"background:{other}", label) for label, other in (extra or {}).items())])


def size_legend(entries: Iterable[LegendEntry], head: str = "") -> None:
    """Name the circles of a map in a line that wraps as the screen needs it.

    Args:
        entries: the circles.
        head: what they all show.
    """
    circles = [
        (
            f"background:{entry.colour};width:{entry.diameter:.0f}px;height:{entry.diameter:.0f}px;border-radius:50%",
            entry.words,
        )
        for entry in entries
    ]
    _legend([("display:none", labelled(head, "").rstrip()), *circles] if head else circles)


def _legend(entries: Iterable[tuple[str, str]]) -> None:
    items = "".join(
        f'<span class="entry"><span class="swatch" style="{style}"></span>{html.escape(words)}</span>'
        for style, words in entries
    )
    with legend_place():
        st.html(f'<div class="legend">{items}</div>')


def page_title(
    title: str,
    subtitle: str = "",
    *,
    page: str = "",
    about: str = "",
    part: str = "",
    more: str = "",
    code: str = "",
    hint: str = "",
    filtered: bool = False,
) -> None:
    """The one title of a page, and what the browser calls it: part, subject, page and atlas.

    Args:
        title: in plain words.
        subtitle: in Markdown.
        page: what the page is called where the title names its subject instead.
        about: whom the page is about where the title does not name them, for the browser's tab.
        part: which of its steps or sections is open where the address says it, for the browser's tab: tabs and
            bookmarks of one page are told apart by it.
        more: what stands beside the title, in Markdown.
        code: of the language of the title; empty for that of the page.
        hint: what can be done with the page on a screen, of which paper says nothing; plain words.
        filtered: whether the page is about what the filters choose, or about two selections, so that the browser's tab
            names these.
    """
    about = about or (_subject() if filtered else "")
    st.set_page_config(
        page_title=" · ".join(words for words in (part, about, title, page, _("Intercultural Cities Atlas")) if words)
    )
    lines = _below(subtitle, hint)
    beside = f" :small[:gray[{more}]]" if more else ""
    st.markdown(f"# {spoken_in(code, escaped(title))}{beside}{lines}", unsafe_allow_html=bool(hint))


def _subject() -> str:
    """What is chosen, or both of what is compared, in few words; empty for everything."""
    session = current()
    comparison = session.comparison
    if comparison is not None and not comparison.lack:
        return " / ".join(names(comparison, session.options))
    return in_few_words(session.selection, session.options)


def _below(subtitle: str, hint: str) -> str:
    """The smaller line below a heading."""
    lines = f"  \n:small[:gray[{subtitle}]]" if subtitle else ""
    if hint:
        # Markdown has no words for “not on paper”.
        between = "  \n" if not subtitle else " "
        words = hint if not subtitle or subtitle.endswith(".") else f"· {hint}"
        lines += f"{between}<small class='screen-only'>{html.escape(words)}</small>"
    return lines


def takeaway(sentence: str) -> None:
    """What the pictures of a page show, in a sentence of ``analysis.takeaways`` that may be empty."""
    if sentence:
        with st.container(key="takeaway"):
            st.markdown(escaped(sentence))


def panel_title(title: str, subtitle: str = "", hint: str = "") -> None:
    """The heading of a panel, with what is counted in a smaller line below.

    Args:
        title, subtitle: in Markdown.
        hint: what can be done with the panel on a screen, of which paper says nothing; plain words.
    """
    begin_panel()
    st.markdown(f"## {title}{_below(subtitle, hint)}", unsafe_allow_html=bool(hint))


def screen_hint(words: str) -> None:
    """What can be done on a screen, in small print of which paper says nothing.

    Args:
        words: plain.
    """
    st.html(f'<span class="screen-only">{html.escape(words)}</span>')


def choice(
    name: str,
    label: str,
    values: dict[str, str],
    *,
    default: str,
    compact: bool = False,
    width: int = 230,
    of_figures: bool = True,
) -> str:
    """A switch whose value stands in the address.

    Args:
        name: the address parameter.
        label: what is chosen.
        values: what can be chosen, with its words.
        default: the value that the address need not say.
        compact: a list that opens instead of a row of buttons.
        width: of that list, pixels.
        of_figures: whether it sets figures; what opens another part of the page, or orders a list, does not come along
            where a figure stands alone.

    Returns:
        The value; something else in the address counts as the default, and is said.
    """
    asked = option(name, values, default, label)

    def write(chosen: str | None) -> None:
        set_option(name, None if chosen == default else chosen)
        # What is on a page of a list depends on it.
        set_option("page", None)

    words, binding = values.__getitem__, bound(f"option-{name}", asked, write)
    with beside_figure() if of_figures else nullcontext():
        if compact:
            st.selectbox(label, list(values), format_func=words, width=width, **binding)
        else:
            st.segmented_control(label, list(values), format_func=words, required=True, **binding)
    return asked


def several(
    name: str, label: str, values: dict[str, str], *, most: int, default: str, elsewhere: Collection[str] = ()
) -> list[str]:
    """A list to choose several from, whose values stand in the address.

    Args:
        name: the address parameter.
        label: what is chosen.
        values: what can be chosen, with its words.
        most: how many at most; more in the address do not count.
        default: what counts where nothing is chosen, in words.
        elsewhere: values that mean something under another choice of the page, and are passed over in silence.

    Returns:
        The values, in their order; others in the address are passed over, and this is said.
    """
    note_read(name)
    asked = st.query_params.get_all(name)
    chosen = [value for value in dict.fromkeys(asked) if value in values][:most]
    say_ignored(
        (Ignored(name, value) for value in asked if value not in values and value not in elsewhere), {name: label}
    )

    def write(now: list[str]) -> None:
        replace_options([name], {name: now} if now else {})

    with beside_figure():
        st.multiselect(
            label,
            list(values),
            format_func=values.__getitem__,
            max_selections=most,
            placeholder=default,
            width=420,
            **bound(f"option-{name}", chosen, write),
        )
    return chosen
