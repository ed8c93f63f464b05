"""The practices that somebody is about to contribute: their list, previewed beside the network's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis.grid_takeaways import of_bars
from icc_data.drawing import charts, maps
from icc_data.errors import AtlasError
from icc_data.files.export import FORMATS, PROGRAMME
from icc_data.i18n import language, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.incoming.contributions.checking import Contribution, Network, Proposal, checked_file, new_ones, repeated
from icc_data.incoming.contributions.preview import beside_network, draft_of, new_by_city, period_in_words, started
from icc_data.paths import SET
from icc_data.queries.selection import Selection
from pages.shared.address import set_option
from pages.shared.answers import ask
from pages.shared.cards import practice_link
from pages.shared.figures import colour_legend, figure, panel_title
from pages.shared.markdown import escaped
from pages.shared.method import Method, method_button
from pages.shared.session import current

Reports = dict[str, Contribution | AtlasError]
MAP_SIZE = {"width": 560, "height": 340}
CARDS_PER_PAGE = 10


@dataclass
class Basket:
    """What somebody has written and sent, for as long as they look at it: the one thing that no address holds.

    Attributes:
        items: the practices.
        reports: the checked files by name.
        draft: what stands in the form, by column.
        editing: the place of the practice that is edited; None where a new one is written.
        before: the practices and files that one step can be taken back to; None where there is nothing to undo.
        uploads: how often files were sent.
    """

    items: tuple[Proposal, ...] = ()
    reports: Reports = field(default_factory=dict)
    draft: dict[str, Any] = field(default_factory=dict)
    editing: int | None = None
    before: tuple[tuple[Proposal, ...], Reports] | None = None
    uploads: int = 0

    def keep(self, items: Iterable[Proposal], reports: Reports) -> None:
        """Change the list of practices and of checked files, so that one step can be taken back."""
        self.before = (self.items, self.reports)
        self.items, self.reports, self.editing = tuple(items), reports, None

    def undo(self) -> None:
        """Take the last change back."""
        if self.before is not None:
            self.items, self.reports = self.before
        self.before = self.editing = None

    def clear_form(self) -> None:
        """Start the form anew."""
        self.draft, self.editing = {}, None


def own_basket() -> Basket:
    """The basket of this visit."""
    basket: Basket = st.session_state.setdefault("contribution", Basket())
    return basket


def mistake(words: str) -> None:
    """Say what is wrong with a field, below it."""
    st.markdown(f":small[:red[:material/error: {escaped(words)}]]")


def remark(words: str) -> None:
    """Say in small grey words how something was understood."""
    st.markdown(f":small[:gray[{escaped(words)}]]")


def where_to_send(practices: int = 0) -> None:
    """Who takes checked files, and the text of a mail that goes with one.

    Args:
        practices: how many are in the checked file; 0 where there is none yet.
    """
    st.caption(recipient(SET["send_to"]))
    if practices:
        with st.popover(_("Text of a mail"), icon=":material/mail:"):
            st.code(mail_text(practices), language=None, wrap_lines=True)


def recipient(send_to: str) -> str:
    """Where a checked file goes, in words and as a link (Markdown).

    Args:
        send_to: what the setting says: a mail address or a page; empty where whoever runs the atlas has named none.
    """
    if send_to:
        address = send_to if "://" in send_to else f"mailto:{send_to}"
        return _("Send the checked file to {contact}.").format(contact=f"[{escaped(send_to)}](<{address}>)")
    words = _(
        "Whoever runs this atlas has not said where checked files go. The pages of the Intercultural Cities programme "
        "name its contact: {address}"
    )
    return words.format(address=PROGRAMME)


def mail_text(practices: int) -> str:
    """What somebody may write who sends a checked file.

    Args:
        practices: how many are in it.
    """
    lines = [
        _("Subject: Good practices of our city for the Intercultural Cities Atlas"),
        _("Dear colleagues,"),
        translate_plural(
            "attached is a file with {count} good practice of ours. It has been checked on the page “Contribute” "
            "of the Intercultural Cities Atlas, and whoever keeps the atlas can take it over as it is.",
            "attached is a file with {count} good practices of ours. It has been checked on the page “Contribute” "
            "of the Intercultural Cities Atlas, and whoever keeps the atlas can take it over as it is.",
            practices,
        ).format(count=number(practices)),
        _("Please tell us where it may be published, or what is missing."),
        _("With kind regards"),
    ]
    return "\n\n".join(lines)


def edit(place: int, network: Network) -> None:
    """Bring a practice of the list into the form."""
    basket = own_basket()
    basket.draft, basket.editing = draft_of(basket.items[place].practice, network), place
    set_option("way", "form")


def twin_notes(proposal: Proposal) -> None:
    """Which practices of the atlas are the same or similar, each with its link."""
    for twin in proposal.twins:
        words = (
            _("In the atlas already, and left out of the checked file")
            if twin.same
            else _("Similar title in the same city")
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.markdown(f":orange-badge[:material/content_copy: {words}]", width="content")
            practice_link(twin.practice.practice_id, escaped(twin.practice.title))


def practice_card(place: int, item: Proposal, first: int | None, network: Network) -> None:
    """A practice of the list: what was read, what was noticed, and what to do with it."""
    practice, basket = item.practice, own_basket()
    with st.container(border=True, gap="xsmall", key=f"proposal-{place}", height="stretch"):
        st.markdown(f"**{place + 1}. {escaped(practice.title)}**")
        cities = [city.name for city in map(network.gazetteer.by_id, practice.city_ids) if city]
        where = ", ".join(cities or practice.countries) or _("city not stated")
        when = _("no year published")
        if practice.when_text:
            when = _("{text}, read as {years}").format(text=practice.when_text, years=period_in_words(item.period))
        st.caption(escaped(f"{where} · {when}"))
        if practice.summary:
            st.markdown(f":small[{escaped(practice.summary)}]")
        codes = [("policy_area", code) for code in practice.policy_areas] + [
            ("theme", code) for code in practice.themes
        ]
        if codes:
            st.markdown(" ".join(f":gray-badge[{network.vocabulary.label(*code, language())}]" for code in codes))
        for note in item.notes:
            st.caption(f":material/info: {escaped(note)}")
        twin_notes(item)
        if first is not None:
            remark(_("The same as number {place} of your practices; it counts once.").format(place=first + 1))
        with st.container(horizontal=True, vertical_alignment="center"):
            source = _("{file}, row {row}").format(file=item.file, row=item.line) if item.file else _("written here")
            st.button(
                _("Edit"),
                key=f"edit-{place}",
                type="tertiary",
                icon=":material/edit:",
                on_click=edit,
                args=(place, network),
            )
            others = [other for number, other in enumerate(basket.items) if number != place]
            st.button(
                _("Remove"),
                key=f"remove-{place}",
                type="tertiary",
                icon=":material/close:",
                on_click=basket.keep,
                args=(others, basket.reports),
            )
            remark(source)


def preview(items: tuple[Proposal, ...], network: Network) -> None:
    """The practices of the list on a map and a timeline, beside those of the network."""
    look, everything = current().look, Selection()
    labels = (_("In the atlas"), _("Your practices"))
    colour_legend(dict(zip(labels, (look.unknown, look.amount), strict=True)))
    left, right = st.columns(2, gap="medium")
    with left:
        panel_title(_("Where they are"), _("Cities of the whole network, whatever is chosen in the filters"))
        cities = new_by_city(items, network)
        deck = maps.contribution_map(ask(queries.cities, everything), cities, look, **MAP_SIZE)
        st.pydeck_chart(deck, height=MAP_SIZE["height"], alt=_("Cities of your practices among those of the network"))
        placed = {city["city_id"] for city in cities.dropna(subset=["latitude"]).to_dict("records")}
        on_map = sum(bool(placed & set(item.practice.city_ids)) for item in items)
        method_button(
            "contribution-map",
            _("Your practices on the map"),
            lambda: Method(
                _("Your practices on the map"),
                _("Cities of your practices in colour, all cities of the network (the rows) in grey."),
                queries.cities,
                everything,
                counted=on_map,
                of=len(items),
                why=_("They name no city whose place is known."),
            ),
        )
    with right:
        panel_title(_("When they started"), _("By start year; your practices stand on top of the network’s"))
        new = started(items)

        def by_year(new: tuple[tuple[int, int], ...]) -> Any:
            frame = beside_network(dict(new), ask(queries.practices_by_year, everything), labels)
            colours = dict(zip(labels, (look.unknown, look.amount), strict=True))
            return charts.year_bars(frame, look, colours=colours, brush=False, height=MAP_SIZE["height"])

        figure(
            "contribution-years",
            by_year,
            tuple(new.items()),
            alt=_("Your practices by start year on top of those of the network"),
            says=of_bars([str(year) for year in new], list(new.values())),
            method=Method(
                _("Your practices by start year"),
                _("Your practices by the year in which they started, on top of the network’s (the rows)."),
                queries.practices_by_year,
                everything,
                counted=sum(new.values()),
                of=len(items),
                why=_("They carry no start year that could be read."),
            ),
        )


def your_practices(network: Network) -> None:
    """What was written and uploaded so far: the file to send, the preview, and each practice."""
    basket = own_basket()
    items = basket.items
    panel_title(
        _("Your practices"),
        _("For you and for now only: nothing is stored, and reloading or closing the page empties the list."),
    )
    fresh, again = new_ones(items), repeated(items)
    if items:
        there = sum(item.is_there for item in items)
        words = translate_plural("**{count}** new practice", "**{count}** new practices", len(fresh))
        parts = [words.format(count=number(len(fresh)))]
        parts += [_("{count} in the atlas already").format(count=number(there))] if there else []
        parts += [_("{count} twice in your list").format(count=number(len(again)))] if again else []
        st.markdown(" · ".join(parts))
    else:
        st.caption(_("None so far. Write one in the form, or check a filled file."))
    with st.container(horizontal=True):
        if fresh:
            st.download_button(
                _("Checked file (CSV)"),
                partial(checked_file, items),
                "icc-good-practices-checked.csv",
                FORMATS["csv"].mime,
                key="checked-file",
                type="primary",
                icon=":material/download:",
                on_click="ignore",
            )
        if items or basket.reports:
            st.button(
                _("Clear all"),
                key="clear-contribution",
                icon=":material/delete:",
                on_click=basket.keep,
                args=((), {}),
            )
        if basket.before is not None:
            st.button(_("Undo"), key="undo-contribution", icon=":material/undo:", on_click=basket.undo)
    if not items:
        return
    where_to_send(len(fresh))
    preview(items, network)
    pages = -(-len(items) // CARDS_PER_PAGE)
    page = st.pagination(pages, key=f"contribution-pages-{pages}") if pages > 1 else 1
    numbered = list(enumerate(items))[(page - 1) * CARDS_PER_PAGE : page * CARDS_PER_PAGE]
    for beside in (numbered[place : place + 2] for place in range(0, len(numbered), 2)):
        for column, (place, item) in zip(st.columns(2, gap="small"), beside, strict=False):
            with column:
                practice_card(place, item, again.get(place), network)
