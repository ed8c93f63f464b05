"""What is published of the Index: editions, overall scores, and the list of all results and reports."""

from __future__ import annotations

from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import index, index_rows, index_takeaways
from icc_data.drawing import index_charts
from icc_data.i18n import NOT_STATED, enumeration
from icc_data.i18n import translate as _
from pages.parts.index_scope import compared, listed
from pages.shared.answers import ask, remember
from pages.shared.downloads import AsData, address_for_programs, download_buttons
from pages.shared.drawn import draw_once
from pages.shared.figures import colour_legend, figure, panel_title
from pages.shared.markdown import escaped
from pages.shared.menus import menu
from pages.shared.method import Method
from pages.shared.navigation import about, address_of, carried
from pages.shared.paper import printed_table
from pages.shared.session import current
from pages.shared.unit_choice import pick_city

# More scores than these are dots without names.
MOST_NAMED = 40
TALLEST = 14
FILES_MENU = "index-files"


def _editions() -> Any:
    return index_rows.coverage_rows(ask(queries.index_editions, compared()))


def _bars() -> Any:
    return index_charts.edition_bars(_editions(), current().look)


def coverage_panel() -> None:
    """How much of each edition is known."""
    look = current().look
    panel_title(_("What is known of each edition"), _("At the right: cities with a score here, of those compared"))
    colour_legend(
        {
            _("cities compared, as the pages of the edition say"): look.unknown,
            _("cities with a report known"): look.less,
            _("cities with a score here"): look.amount,
        }
    )
    figure(
        "index-coverage",
        _bars,
        alt=_("What is known of each edition of the Index"),
        says=lambda: index_takeaways.of_editions_known(_editions()),
        method=Method(
            title=_("What is known of each edition of the Index"),
            sentence=_(
                "Cities with a published score, and cities of which a report is known to exist, by edition; beside "
                "them how many cities the edition compared, of the whole network; from the smallest to the largest "
                "number where its pages differ."
            ),
            question=queries.index_editions,
            selection=compared(),
            same=AsData("index_editions", compared()),
        ),
    )


def _overall() -> Any:
    return index_rows.overall(ask(queries.index_scores, compared()))


def _among(city_id: str | None, frame: Any) -> str | None:
    """A chosen city where it is among those drawn."""
    return city_id if city_id in set(frame["code"]) else None


def _named(city_id: str | None) -> Any:
    frame = index_rows.named_rows(_overall(), ask(queries.index_editions, compared()))
    return index_charts.named_scores(frame, current().look, chosen=_among(city_id, frame))


def _dots(edition: int, city_id: str | None) -> Any:
    frame = index_rows.dot_rows(_overall(), edition)
    median = float(frame["score"].median())
    return index_charts.score_dots(frame, current().look, median=median, chosen=_among(city_id, frame))


def _counts() -> tuple[int, int]:
    """How many overall scores there are, of how many overall results."""
    return len(_overall()), int((ask(queries.index_scores, compared())["policy_area"] == index.OVERALL).sum())


def _of_edition(edition: int) -> Any:
    scores = _overall()
    return scores[scores["year"] == edition]


def overall_panel(edition: int | None, city_id: str | None) -> None:
    """The overall scores: by name where they are few, else a dot a city of one edition."""
    counted, of = remember(_counts, "overall scores", compared())
    method = Method(
        title=_("Overall Index scores"),
        sentence=_(
            "Every published overall score. Cities are only compared within an edition: editions compare different "
            "numbers of cities and ask different questions. Ranks are those that the pages state."
        ),
        question=queries.index_scores,
        selection=compared(),
        same=AsData("index_scores", compared()),
        counted=counted,
        of=of,
        unit=_("overall results"),
        why=_("They are a rank without a score, or less."),
    )
    if not counted:
        panel_title(_("Overall scores"))
        st.caption(":material/info: " + _("No overall score of these cities was found."))
        return
    if counted <= MOST_NAMED or edition is None:
        panel_title(_("Overall scores"), _("From 0 to 100, edition by edition"), _("Click a dot to choose the city"))
        figure(
            "index-overall",
            _named,
            city_id,
            on_pick=pick_city,
            alt=_("Overall Index scores of the cities, by edition"),
            says=lambda: index_takeaways.of_scores(_overall()),
            method=method,
        )
        return
    panel_title(
        _("Overall scores in the edition of {year}").format(year=edition),
        _("A dot a city, from 0 to 100"),
        _("Click one to choose the city"),
    )
    figure(
        "index-dots",
        _dots,
        edition,
        city_id,
        on_pick=pick_city,
        alt=_("Overall Index scores of the cities in one edition"),
        says=lambda: index_takeaways.of_scores(_of_edition(edition)),
        method=method,
    )


def _columns() -> dict[str, str]:
    return {
        "name": _("City"),
        "profile": _("Profile"),
        "country": _("Country"),
        "edition": _("Edition"),
        "score": _("Overall score"),
        "rank": _("Rank"),
        "cities_compared": _("Cities compared"),
        "areas": _("Policy areas with a score"),
        "known": _("Known"),
        "link": _("Source"),
    }


def _register_title() -> str:
    """What is listed, and of whom."""
    cities = listed().city
    if not cities:
        return _("All results and reports")
    names = enumeration(escaped(current().options.label("city", city)) for city in cities)
    return _("Results and reports of {cities}").format(cities=names)


def _register(frame: Any) -> None:
    """The table on a screen and on paper."""
    labels = index_rows.register_rows(frame)
    labels["profile"] = [address_of("city", about(city)) for city in labels["city_id"]]
    columns = _columns()
    st.dataframe(
        labels,
        hide_index=True,
        column_order=list(columns),
        column_config={
            **columns,
            "profile": st.column_config.LinkColumn(columns["profile"], display_text=":material/location_city:"),
            "score": st.column_config.NumberColumn(columns["score"], format="%.0f"),
            "link": st.column_config.LinkColumn(columns["link"], display_text=_("Read it")),
        },
        placeholder=NOT_STATED,
        height=35 * (min(len(labels), TALLEST) + 1) + 3,
        alt=_("Results and reports of the Index"),
    )
    told = {name: words for name, words in columns.items() if name != "profile"}
    printed_table(labels, told, title=_("Results and reports of the Index"))


def register_panel() -> None:
    """Every result and every report, an edition of a city a row."""
    frame = ask(queries.index_register, listed())
    panel_title(_register_title(), _("An edition of a city a row, the newest edition first"))
    if frame.empty:
        st.caption(":material/info: " + _("No result and no report of these cities was found."))
        return
    # The links say what every link carries along.
    draw_once(lambda: _register(frame), "index register", listed(), carried())
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(_("The sign beside a city opens its profile in a new tab."), width="content")
        menu(_("Download"), ":material/download:", FILES_MENU, lambda: _files(frame))


def _files(frame: Any) -> None:
    """The list, and every result behind it, as files."""
    st.caption(_("This list: an edition of a city a row."))
    download_buttons("index-register", _("{what} (Index)").format(what=_register_title()), lambda: frame)
    address_for_programs(AsData("index_register", listed()))
    st.caption(_("Every result, by policy area, with its source and note."))
    download_buttons("index-scores", _("Index results by policy area"), lambda: ask(queries.index_scores, listed()))
    address_for_programs(AsData("index_scores", listed()))
