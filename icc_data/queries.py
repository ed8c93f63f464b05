"""One function a question: (connection, selection) to a small DataFrame. The SQL stands in ``sql/``."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import duckdb
import pandas as pd

from icc_data.database import SQL_DIRECTORY
from icc_data.i18n import language, mark, translate
from icc_data.selection import FACETS, Option, Options, Selection

Connection = duckdb.DuckDBPyConnection
Split = Literal["none", "policy_area", "commitment", "country"]

SPLITS: tuple[Split, ...] = ("none", "policy_area", "commitment", "country")
SOURCE_KINDS = {
    "programme": mark("Council of Europe page"),
    "report_copy": mark("Copy of a Council of Europe document"),
}


@cache
def sql_text(name: str) -> str:
    """The SQL of a question, as it stands in its file."""
    return (SQL_DIRECTORY / f"{name}.sql").read_text(encoding="utf-8")


def _ask(connection: Connection, name: str, selection: Selection | None = None, **params: Any) -> pd.DataFrame:
    text = sql_text(name)
    if selection is not None:
        practices, bound = selection.conditions()
        cities, city_bound = selection.city_conditions()
        if "{cities}" in text:
            bound = {**bound, **city_bound}
        # Both are fixed SQL of the facets; what the user chose is in the bound parameters.
        text = text.replace("{practices}", practices).replace("{cities}", cities)
        params = {**params, **bound}
    return connection.execute(text, params).df()


def meta(connection: Connection) -> dict[str, str]:
    """What the database says of itself: ``as_of_year``, ``as_of_date`` and ``fingerprint``."""
    return dict(connection.execute("SELECT key, value FROM meta").fetchall())


def as_of_year(connection: Connection) -> int:
    """The year up to which the data speaks; an ongoing practice is active until then."""
    return int(meta(connection)["as_of_year"])


def options(connection: Connection) -> Options:
    """The values of every facet, labelled in the language in use; cities and countries in alphabetical order."""
    frame = _ask(connection, "options", language=language())
    by_facet: dict[str, list[Option]] = {name: [] for name in [*FACETS, "commitment", "membership_status"]}
    for facet, value, label, names, _ in frame.itertuples(index=False):
        if facet in by_facet:
            by_facet[facet].append(Option(value, label, tuple(name for name in names if name)))
    by_facet["documented_by"] = [Option(code, translate(label)) for code, label in SOURCE_KINDS.items()]
    return Options({name: tuple(values) for name, values in by_facet.items()})


def overview(connection: Connection, selection: Selection) -> dict[str, int]:
    """Counts of the selection; years are missing where nothing is dated."""
    return _counts(_ask(connection, "overview", selection, as_of=as_of_year(connection)))


def network(connection: Connection) -> dict[str, int]:
    """Counts of the whole network: practices, dated practices, first year, cities, countries, policy areas."""
    return _counts(_ask(connection, "network"))


def _counts(frame: pd.DataFrame) -> dict[str, int]:
    return {str(name): int(value) for name, value in frame.iloc[0].items() if pd.notna(value)}


def practice_count(connection: Connection, selection: Selection) -> int:
    """How many practices a selection holds."""
    return _counts(_ask(connection, "practice_count", selection))["practices"]


def growth(connection: Connection, selection: Selection) -> pd.DataFrame:
    """By year: practices started, and practices, cities, countries and policy areas reached so far."""
    return _ask(connection, "growth", selection, as_of=as_of_year(connection))


def practices_by_year(
    connection: Connection, selection: Selection, split: Split = "none", *, active: bool = False
) -> pd.DataFrame:
    """Practices started in (or, with ``active``, active during) each year: ``year, code, practices``.

    A practice with several policy areas or countries counts once in each; ``unknown`` stands for none. Years after
    the data's as-of year are left out of the active years.
    """
    return _ask(connection, "practices_by_year", selection, split=split, active=active, as_of=as_of_year(connection))


def spans(connection: Connection, selection: Selection, *, limit: int, offset: int = 0) -> pd.DataFrame:
    """Dated practices from start to last active year, oldest first."""
    return _ask(connection, "spans", selection, limit=limit, offset=offset)


def joining(connection: Connection, selection: Selection) -> pd.DataFrame:
    """Cities by joining year (missing = not known), and cumulated: ``year, cities, cumulated, names``."""
    return _ask(connection, "joining", selection)


def cities(connection: Connection, selection: Selection) -> pd.DataFrame:
    """Every city of the selection with coordinates (degrees), facts and measures."""
    return _ask(connection, "cities", selection)


def shared_practices(connection: Connection, selection: Selection) -> pd.DataFrame:
    """Pairs of cities that carry a practice of the selection together."""
    return _ask(connection, "shared_practices", selection)


def city(connection: Connection, city_id: str) -> dict[str, Any] | None:
    """Everything known of one city, what is unknown as None; None where there is no such city."""
    frame = _ask(connection, "city", city_id=city_id)
    if frame.empty:
        return None
    row = frame.astype(object).where(frame.map(lambda value: not _missing(value)), None).iloc[0]
    return {str(name): value for name, value in row.items()}


def _missing(value: object) -> bool:
    return (
        value is None or value is pd.NaT or value is pd.NA or value != value if not hasattr(value, "__len__") else False
    )


def practices(connection: Connection, selection: Selection, *, limit: int, offset: int = 0) -> pd.DataFrame:
    """The practices of the selection, newest first and undated last."""
    return _ask(connection, "practices", selection, limit=limit, offset=offset)


def terms(connection: Connection, selection: Selection, vocabulary: str) -> pd.DataFrame:
    """The terms of a list with the practices, cities and countries of the selection that have them."""
    return _ask(connection, "terms", selection, vocabulary=vocabulary)


def commitments(connection: Connection, selection: Selection) -> pd.DataFrame:
    """The four commitments with the practices and cities that serve them through a policy area."""
    return _ask(connection, "commitments", selection)


def area_by_place(connection: Connection, selection: Selection, facet: Literal["country", "network"]) -> pd.DataFrame:
    """Policy area × country or network: practices, share of the place's practices, and lift against the network.

    Lift is the area's share among the place's practices over its share among all practices: 1 means as usual.
    """
    return _ask(connection, "area_by_place", selection, facet=facet)


def together(connection: Connection, selection: Selection, vocabulary: Literal["policy_area", "theme"]) -> pd.DataFrame:
    """Policy areas that stand on the same practices as other areas or themes.

    Lift is the number of practices with both over the number expected if the two were independent
    (Brin, Motwani and Silverstein 1997, “Beyond market baskets”).
    """
    return _ask(connection, "together", selection, vocabulary=vocabulary)
