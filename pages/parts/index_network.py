"""What a complete set of Index scores says of the network: areas, editions, classes, and who publishes more."""

from __future__ import annotations

from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import index, index_rows, index_takeaways, takeaways
from icc_data.analysis.rank_correlation import FEWEST_PAIRS
from icc_data.cells import rows_of
from icc_data.drawing import city_charts, index_charts
from icc_data.i18n import enumeration, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.index_queries import FEWEST_CITIES
from pages.parts.index_scope import area_label, bounds, compared, distribution
from pages.shared.answers import ask
from pages.shared.downloads import AsData
from pages.shared.figures import choice, figure, panel_title
from pages.shared.markdown import escaped
from pages.shared.method import Method
from pages.shared.session import current

FEWEST_SPOKES = 3
# More columns than these scroll sideways where they have little room.
MOST_NARROW = 5
# Columns left out that are named; of more, their number is said.
MOST_LISTED = 6


def _method(title: str, sentence: str, signs: str, by: queries.Class = "all") -> Method:
    quartiles = _(
        "Quartiles interpolate linearly (Hyndman and Fan 1996, type 7); over fewer than {fewest} cities only their "
        "number is given."
    ).format(fewest=FEWEST_CITIES)
    return Method(
        title=title,
        sentence=f"{sentence} {quartiles}",
        question=queries.index_distribution,
        selection=compared(),
        args=(by,),
        options=bounds(),
        signs=f"{signs}.",
        same=AsData("index_distribution", compared())
        if by == "all"
        else AsData("index_classes", compared(), {"classes": by}),
    )


def _of_city(edition: int, city_id: str | None) -> Any:
    """A chosen city's scores of an edition with their ranks; empty where none is chosen or none is known."""
    scores = ask(queries.index_scores, compared())
    return index.standing(scores, edition, city_id or "")


def _areas(edition: int, city_id: str | None) -> Any:
    """The policy areas with the quartiles of the network and, where a city is chosen that has scores, its own."""
    return index_rows.area_rows(index.of_areas(distribution(), edition), _of_city(edition, city_id), area_label)


def _dots(edition: int, city_id: str | None, name: str | None) -> Any:
    return index_charts.score_bands(
        _areas(edition, city_id),
        current().look,
        own=name or _("Average"),
        heading=_("Rank") if name else _("Cities"),
    )


def _spokes(edition: int, city_id: str | None, name: str | None) -> Any:
    """A city's outline and the median's; without a city, those of the third and the first quartile."""
    order = current().options.values("policy_area")
    frame = index_rows.spoke_rows(_areas(edition, city_id), order, of_city=name is not None)
    own, other = (_("Third quartile"), _("First quartile")) if name is None else (name, _("Median of the cities"))
    return city_charts.radar(frame, current().look, own=own, peers=other, form=".0f")


def areas_panel(edition: int, city_id: str | None) -> None:
    """Where the scores lie in each policy area, as dots on bands and on spokes."""
    own = _of_city(edition, city_id)
    name = None if own.empty or city_id is None else current().options.label("city", city_id)
    areas = index.of_areas(distribution(), edition)
    marks = _("Dot: {own}; line: median; band: middle half of the cities; strongest area first")
    panel_title(
        _("Policy areas in the edition of {year}").format(year=edition),
        marks.format(own=escaped(name) if name else _("average")),
    )
    if areas.empty:
        words = _("No policy area of this edition has scores of {fewest} cities, so only the overall score is shown.")
        st.caption(":material/info: " + words.format(fewest=FEWEST_CITIES))
        return
    if city_id is not None and name is None:
        words = _("{city} has no score of this edition among the cities compared: the dots are averages.")
        st.caption(":material/info: " + words.format(city=escaped(current().options.label("city", city_id))))
    _strongest(areas)
    left, right = st.columns(2, gap="medium")
    asked = (edition, city_id, name)
    says = takeaways.of_index(areas, edition, area_label)
    if name:
        says = index_takeaways.of_standing(name, _areas(edition, city_id))
    with left:
        figure(
            "index-areas",
            _dots,
            *asked,
            alt=_("Index scores by policy area"),
            says=says,
            said_above=name is None,
            method=_method(
                _("Index scores by policy area, edition of {year}").format(year=edition),
                _("The scores of all cities of one edition in each policy area: their average and their quartiles."),
                marks.format(own=name or _("average")),
            ),
        )
    with right:
        if (own["policy_area"].isin(areas["policy_area"]).sum() if name else len(areas)) < FEWEST_SPOKES:
            return
        figure(
            "index-radar",
            _spokes,
            *asked,
            alt=_("Index scores by policy area, on spokes"),
            says=says,
            said_above=True,
            method=_method(
                _("Index scores by policy area, edition of {year}, on spokes").format(year=edition),
                _("Each spoke is a policy area; the outer ring is the largest value drawn."),
                _spokes_words(name).rstrip("."),
            ),
        )
        st.caption(_spokes_words(escaped(name) if name else None))


def _spokes_words(name: str | None) -> str:
    if name is None:
        return _("The same on spokes: half of the cities lie between the two outlines.")
    return _("The same on spokes: {city} and the median of the cities.").format(city=name)


def _strongest(areas: Any) -> None:
    strong, weak = index.extremes(areas)
    if strong.empty:
        return

    def named(frame: Any) -> str:
        words = _("**{area}** (median {median}, {cities})")
        return enumeration(
            words.format(
                area=area_label(row.policy_area), median=number(row.median), cities=index_rows.city_count(row.cities)
            )
            for row in rows_of(frame)
        )

    st.markdown(
        _("Strongest over all these cities: {strong}. Weakest: {weak}.").format(strong=named(strong), weak=named(weak)),
    )


def _cells(by: queries.Class, edition: int | None) -> Any:
    """The cells of a grid with a column an edition (``all``) or a class of one edition; those too few left in."""
    frame = distribution(by)
    return index_rows.cells(frame if edition is None else frame[frame["year"] == edition], by, area_label)


def _grid(by: queries.Class, edition: int | None) -> Any:
    frame, columns = index_rows.drawn(_cells(by, edition))
    title = _("Edition") if by == "all" else _("Class")
    return index_charts.score_cells(frame, current().look, columns=columns, column_title=title)


def _left_blank(grid: Any) -> None:
    blank = index_rows.too_few(grid)
    if blank:
        words = _("Blank or left out, as fewer than {fewest} cities have a score: {columns}.")
        columns = _("{count} columns").format(count=number(len(blank))) if len(blank) > MOST_LISTED else None
        st.caption(words.format(fewest=FEWEST_CITIES, columns=columns or enumeration(blank)))


def editions_panel() -> None:
    """Medians by policy area and edition, each column read for itself."""
    marks = _("Median and number of cities. Read down a column: editions ask other questions and compare other cities")
    panel_title(_("By edition"), marks)
    figure(
        "index-editions",
        _grid,
        "all",
        None,
        wide=len(index_rows.drawn(_cells("all", None))[1]) > MOST_NARROW,
        alt=_("Median Index scores by policy area and edition"),
        says=index_takeaways.of_score_cells(index_rows.drawn(_cells("all", None))[0]),
        method=_method(
            _("Index scores by policy area and edition"),
            _("The median of the scores of all cities in each policy area and edition."),
            marks,
        ),
    )
    _left_blank(_cells("all", None))


def classes_panel(edition: int) -> None:
    """Medians by size and diversity class."""
    marks = _("Median and number of cities, in the classes in which the programme compares cities")
    panel_title(_("Cities of the same class, edition of {year}").format(year=edition), marks)
    kinds = {"size": _("Residents"), "share": _("Share born abroad"), "class": _("Both")}
    by: Any = choice("classes", _("Classes by"), kinds, default="size")
    cells = _cells(by, edition)
    frame, columns = index_rows.drawn(cells)
    if not columns:
        words = _("No class of this edition has scores of {fewest} cities.")
        st.caption(":material/info: " + words.format(fewest=FEWEST_CITIES))
    else:
        figure(
            "index-classes",
            _grid,
            by,
            edition,
            wide=len(columns) > MOST_NARROW,
            alt=_("Median Index scores by policy area and class"),
            says=index_takeaways.of_score_cells(frame),
            method=_method(
                _("Index scores by class of cities, edition of {year}").format(year=edition),
                _(
                    "The median of the scores in each policy area over the cities of a class: below 200,000 residents "
                    "or more; below 10, 10 to 15, 15 to 20, and 20 percent born abroad and more. Cities of which only "
                    "the share of foreign nationals is known are classed by it, apart from the others."
                ),
                marks,
                by,
            ),
        )
        _left_blank(cells)
    unknown = index_rows.unclassed(cells)
    if unknown:
        words = translate_plural(
            "{count} city of this edition is in no class: its residents or share born abroad are not known.",
            "{count} cities of this edition are in no class: their residents or shares born abroad are not known.",
            unknown,
        )
        st.caption(words.format(count=number(unknown)))


def _pairs(edition: int) -> Any:
    return index_rows.correlation_rows(ask(queries.index_publishing, compared()), edition, area_label)


def _intervals(edition: int) -> Any:
    return index_charts.correlation_intervals(_pairs(edition).dropna(subset=["rho"]), current().look)


def publishing_panel(edition: int) -> None:
    """Whether cities that score high in a policy area publish more in it."""
    marks = _("Right of the middle: they do; left: they publish less; line: 95% interval; grey: no clear link")
    panel_title(_("Do cities that score high publish more?"), marks)
    frame = _pairs(edition)
    drawn = frame.dropna(subset=["rho"])
    if drawn.empty:
        words = _("Nothing can be said: that takes {fewest} cities with a score in the same policy area and edition.")
        st.caption(":material/info: " + words.format(fewest=FEWEST_PAIRS))
        return
    figure(
        "index-publishing",
        _intervals,
        edition,
        alt=_("Rank correlation of Index score and number of practices, by policy area"),
        says=index_takeaways.of_links(drawn[drawn["policy_area"] != index.OVERALL]),
        method=Method(
            title=_("Index scores and published practices, edition of {year}").format(year=edition),
            sentence=_(
                "Spearman’s rank correlation, over the cities of one edition, of the score in a policy area with the "
                "number of published practices in it, of whatever year; overall: with all practices. The interval is "
                "Fisher’s with the standard error of Bonett and Wright (2000); nothing is said over fewer than "
                "{fewest} cities or where all have the same number."
            ).format(fewest=FEWEST_PAIRS),
            question=queries.index_publishing,
            selection=compared(),
            signs=f"{_('Do cities that score high publish more?')} {marks}.",
            same=AsData("index_publishing", compared()),
        ),
    )
    words = _("Of {count} such intervals about {chance} would lie clear of the middle by chance alone.")
    told = words.format(count=number(len(drawn)), chance=number(max(1, round(len(drawn) * 0.05))))
    silent = frame[frame["rho"].isna()]
    if not silent.empty:
        words = _("Nothing is said of {areas}: fewer than {fewest} cities, or all with the same number.")
        told += " " + words.format(areas=enumeration(silent["label"]), fewest=FEWEST_PAIRS)
    st.caption(told + " " + _("Practices are what the programme chose to publish, not all that cities do."))
