"""How each picture that pages share was computed, in a sentence."""

from __future__ import annotations

from typing import Any

from icc_data import queries
from icc_data.analysis import shares, term_bars
from icc_data.files.views import BY_VOCABULARY
from icc_data.i18n import labelled
from icc_data.i18n import translate as _
from icc_data.queries.comparison import AnySelection
from icc_data.queries.selection import FACETS, Selection
from pages.shared.answers import ask
from pages.shared.downloads import AsData
from pages.shared.method import Method
from pages.shared.pairs import crossed, pairs_of_area
from pages.shared.session import current


def _without_start() -> str:
    return _("They carry no start year that could be read, whatever years are chosen.")


def _may_not_be() -> str:
    return _(
        "A year that stands alone in the programme’s field may not be the start: such years are counted apart (bare), "
        "and the filters can leave them out."
    )


def _known_and_said() -> str:
    return _(
        "known: practices that ran from their start to their end by what was published; where the end is unknown, in "
        "the start year alone. said: those that were said to go on, in the years after that until the year of the "
        "data; the filters can leave them out."
    )


def _count(*, active: bool) -> str:
    return "active" if active else "started"


def practices_by_year(
    counts: dict[str, int], split: Any = "none", *, active: bool = False, selection: Selection | None = None
) -> Method:
    """Practices by the year in which they started or were active.

    Args:
        counts: the answer of ``queries.known_counts`` or ``queries.overview``.
        split: how the years are split.
        active: years of activity instead of start years.
        selection: the practices meant; None for those of the address.
    """
    started = _(
        "Each practice counts in the year in which it started, as read from the programme’s year field and from what "
        "its description says."
    )
    started, running = f"{started} {_may_not_be()}", _known_and_said()
    several = "" if split == "none" else " " + _("A practice with several values of the split counts once in each.")
    return Method(
        title=_("Practices active in each year") if active else _("Practices started per year"),
        sentence=(running if active else started) + several,
        question=queries.practices_by_year,
        selection=selection or current().selection,
        args=(split,),
        options={"active": active},
        counted=counts["dated"],
        of=counts["dated"] + counts["undated"],
        same=AsData("years", selection or current().selection, {"count": _count(active=active), "split": split}),
        why=_without_start(),
    )


def area_by_year(counts: dict[str, int], *, active: bool) -> Method:
    """Policy areas against years."""
    selection = current().selection
    cut = active and (selection.year_from is not None or selection.year_to is not None)
    rows = "" if cut else _("Its rows have all years.")
    return Method(
        title=_("Policy areas through the years"),
        sentence=_(
            "Practices of each policy area by the years in which they started or were active; the picture shows the "
            "chosen years, or the last 25."
        )
        + f" {rows} ".replace("  ", " ")
        + (_known_and_said() if active else _may_not_be()),
        question=queries.practices_by_year,
        selection=selection,
        args=("policy_area",),
        options={"active": active},
        counted=counts["dated"],
        of=counts["dated"] + counts["undated"],
        same=AsData("areas_by_year", selection, {"count": _count(active=active)}),
        why=_without_start(),
    )


def spans(counts: dict[str, int]) -> Method:
    """Each practice from start to end."""
    return Method(
        title=_("Each practice from start to end"),
        sentence=_(
            "A line runs in full colour from a practice’s start year to the last year in which it is known to have run "
            "(known_until: its end, else its start), and paler as far as it was said to go on (last_active_year)."
        ),
        question=queries.spans,
        selection=current().selection,
        options={"limit": None},
        counted=counts["dated"],
        of=counts["dated"] + counts["undated"],
        same=AsData("spans", current().selection),
        why=_without_start(),
    )


def joining(known: int, everyone: int) -> Method:
    """Cities by joining year."""
    return Method(
        title=_("Cities joining the network"),
        sentence=_("Cities of the selection by the year in which they joined the programme or their national network."),
        question=queries.joining,
        selection=current().selection,
        counted=known,
        of=everyone,
        unit=_("cities"),
        same=AsData("joining", current().selection),
        why=_("No source says when they joined."),
    )


def shares_by_year(selection: Selection, split: Any, *, active: bool, per: Any = "all", together: int = 1) -> Method:
    """Shares of the practices of each year or period.

    Args:
        selection: the practices meant.
        split: what is compared.
        active: years of activity instead of start years.
        per, together: as in ``queries.shares_by_year``.
    """
    counts = ask(queries.known_counts, queries.without_compared(selection, split))
    when = _("were active in each year") if active else _("started in each year")
    if together > 1:
        words = (
            _("were active in each period of {count} years") if active else _("started in each period of {count} years")
        )
        when = words.format(count=together)
    whole = {
        "all": _("of all that did so"),
        "country": _("of all that did so in the same country"),
        "network": _("of all that did so in the same network"),
    }[per]
    sentence = _(
        "Practices of each group that {when}, {whole}. A practice of several groups counts in each, so that shares add "
        "up to more than 100%. What the filter chooses of the groups themselves does not count. low, high: Wilson’s "
        "95% interval (1927)."
    )
    chosen = {"count": _count(active=active), "split": split, "scale": "shares"}
    chosen |= {"panels": per} if per != "all" else {}
    periods = {"together": together} if together > 1 else {}
    chosen |= {"years_a_period": str(together)} if periods else {}
    return Method(
        title=_("Shares of the practices of each period") if periods else _("Shares of the practices of each year"),
        sentence=sentence.format(when=when, whole=whole),
        question=queries.shares_by_year,
        selection=selection,
        args=(split,),
        options={"active": active, "per": per, **periods},
        worked_out=shares.with_interval,
        counted=counts["dated"],
        of=counts["dated"] + counts["undated"],
        same=AsData("years", selection, chosen),
        why=_without_start(),
    )


def terms(vocabulary: str, title: str, frame: Any) -> Method:
    """The terms of a list by practices; ``frame``: the answer of ``queries.terms``."""
    coded, total = term_bars.coverage(frame)
    return Method(
        title=title,
        sentence=_(
            "Practices that carry each term, of all practices of the selection; what it chooses of this list itself "
            "does not count. A practice with several terms counts once in each, so that shares add up to more than "
            "100%. low, high: Wilson’s 95% interval (1927)."
        ),
        question=queries.terms,
        selection=current().selection,
        args=(vocabulary,),
        worked_out=shares.with_interval,
        counted=coded,
        of=total,
        same=AsData(BY_VOCABULARY[vocabulary], current().selection) if vocabulary in BY_VOCABULARY else None,
        why=_("They carry no term of this list."),
    )


def beside_chance() -> str:
    """How what two properties have in common is told from chance."""
    return _(
        "expected: how many practices would have both if the two had nothing to do with each other; lift: how many "
        "have, over that; chance: whether the difference could be chance (p: two-sided mid-p of Fisher’s exact test; "
        "false discovery rate held at 5% over all rows, Benjamini and Hochberg 1995). low, high: Wilson’s 95% "
        "interval of the share."
    )


def area_by_place(selection: Selection, place: Any) -> Method:
    """Policy areas against countries or networks."""
    return Method(
        title=_("Policy areas by place"),
        sentence=_(
            "Practices of each place that carry each policy area, of all practices of the place (of). What the filter "
            "chooses of policy areas and of such places does not count. The picture shows the places with most "
            "practices, its rows all of them."
        )
        + " "
        + beside_chance(),
        question=queries.crossed,
        selection=selection,
        args=(place,),
        same=AsData("places", selection, {"place": place}),
        worked_out=shares.with_chance,
        **_crossed(selection, place),
    )


def together(selection: Selection, vocabulary: Any) -> Method:
    """What stands on the same practices."""
    return Method(
        title=_("What goes together"),
        sentence=_(
            "Practices that carry both terms, of all that carry the second (of). What the filter chooses of these two "
            "lists does not count."
        )
        + " "
        + beside_chance(),
        question=queries.crossed,
        selection=selection,
        args=(vocabulary,),
        same=AsData("together", selection, {"with": vocabulary}),
        worked_out=shares.with_chance,
        **_crossed(selection, vocabulary),
    )


def _crossed(selection: Selection, facet: Any) -> dict[str, Any]:
    """How many practices are in a table of policy areas against something else, and why not all."""
    rows = crossed(selection, facet)
    if rows.empty:
        return {}
    counted, everything = int(rows["crossed_practices"].max()), int(rows["all_practices"].max())
    return {"counted": counted, "of": everything, "why": _("They have no policy area, or nothing that it meets here.")}


def cities(selection: AnySelection, rests_on: tuple[str, ...] = (), title: str = "") -> Method:
    """Cities on the map.

    Args:
        selection: the practices meant.
        rests_on: what was chosen beside the filters.
        title: what the map is called, where it stands beside another one.
    """
    frame = ask(queries.cities, selection)
    return Method(
        title=title or _("Cities on the map"),
        sentence=_(
            "Every city of the selection at its coordinates; practices and policy areas count within the selection, "
            "everything else is the newest published figure."
        ),
        question=queries.cities,
        selection=selection,
        counted=int(frame["latitude"].notna().sum()),
        of=len(frame),
        unit=_("cities"),
        same=AsData("cities", selection) if isinstance(selection, Selection) else None,
        rests_on=rests_on,
        why=_("Nobody has published their coordinates."),
    )


def _about(area: str) -> tuple[str, ...]:
    """The policy area, which no filter says, as the practices are those that it is compared with."""
    return (labelled(_(FACETS["policy_area"].label), current().options.label("policy_area", area)),)


def policy_area_by_year(counts: dict[str, int], comparison: Selection, area: str, *, active: bool) -> Method:
    """A policy area by year, beside what it would be with the same share every year.

    Args:
        counts: the answer of ``queries.policy_area``.
        comparison: what the area is compared with.
        area: its code.
        active: years of activity instead of start years.
    """
    return Method(
        title=_("Practices of the policy area by year"),
        sentence=_(
            "Bars: the area’s practices by the year in which they started, or the years in which they were active. "
            "Line: all practices compared with in that year, times the area’s share of them over all years together, "
            "so that bars and line add up to the same."
        )
        + " "
        + (_known_and_said() if active else _may_not_be()),
        question=queries.policy_area_by_year,
        selection=comparison,
        rests_on=_about(area),
        args=(area,),
        options={"active": active},
        counted=counts["dated"],
        of=counts["dated"] + counts["undated"],
        why=_without_start(),
    )


def policy_area_places(counts: dict[str, int], comparison: Selection, area: str, facet: Any) -> Method:
    """The countries or cities of a policy area; the arguments of ``policy_area_by_year``, and the facet."""
    without = counts["without_city" if facet == "city" else "without_country"]
    return Method(
        title=_("Cities that do most") if facet == "city" else _("Countries that do most"),
        sentence=_(
            "Practices of the policy area among all practices of each place (of); a practice of several places counts "
            "once in each. The picture shows those with most, its rows all of them."
        )
        + " "
        + beside_chance(),
        question=queries.crossed,
        selection=comparison,
        rests_on=_about(area),
        args=(facet,),
        options={"area": area},
        worked_out=_of_area(comparison, area, facet),
        counted=counts["practices"] - without,
        of=counts["practices"],
        why=_("They name no city.") if facet == "city" else _("They name no country."),
    )


def policy_area_themes(comparison: Selection, area: str) -> Method:
    """The themes of a policy area; the arguments of ``policy_area_by_year``."""
    return Method(
        title=_("Themes that go with it"),
        sentence=_("Practices of the policy area that have each theme, of all practices of the theme (of).")
        + " "
        + beside_chance(),
        question=queries.crossed,
        selection=comparison,
        rests_on=_about(area),
        args=("theme",),
        options={"area": area},
        worked_out=_of_area(comparison, area, "theme"),
    )


def _of_area(comparison: Selection, area: str, facet: Any) -> Any:
    # Chance is told apart over the table of all areas, so that a pair is judged alike on every page.
    return lambda _rows: pairs_of_area(comparison, area, facet)
