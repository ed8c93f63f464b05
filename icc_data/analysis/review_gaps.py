"""What is missing, in lists that say who can mend it: the city, the programme or this project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from icc_data.analysis.completeness import CITY_FIELDS, PRACTICE_FIELDS, Known
from icc_data.analysis.silence import VOICES, silence_words, with_silence
from icc_data.cells import list_of, rows_of
from icc_data.i18n import NOT_STATED, enumeration, mark, number, translate_plural
from icc_data.i18n import translate as _

MENDERS = {"city": mark("The city"), "programme": mark("The programme"), "project": mark("This project")}
"""Who can mend a gap, by code."""
# By the fields of the lists “missing” of review_cities.sql and review_practices.sql.
CITY_MENDERS = {
    "status": "programme",
    "joined_year": "programme",
    "profile": "programme",
    "population": "city",
    "diversity": "city",
    "coordinates": "project",
}
PRACTICE_MENDERS = {
    "start_year": "city",
    "city": "programme",
    "country": "programme",
    "url": "project",
    "confidence": "project",
    "summary": "project",
    "policy_area": "project",
    "evidence": "project",
}
GAPS = {
    "areas": mark("Policy areas under-served"),
    "silent": mark("Silent cities"),
    "evidence": mark("Old evidence"),
    "profiles": mark("Cities without profile data"),
    "records": mark("Practices with missing fields"),
}
"""The lists, by code."""


Practices = Callable[..., pd.DataFrame]
"""Asks ``queries.review_practices``: a review that tells how many there are on a list needs none of them."""
First = Callable[[int], pd.DataFrame]
"""Gives so many practices that stand first on a list, each once."""


@dataclass(frozen=True)
class GapList:
    """One list of what is missing.

    Attributes:
        name: a key of ``GAPS``.
        rows: makes its rows, where somebody looks at them.
        columns: what its columns are called, in their order; the frame may hold more.
        count: how many things have the gap.
        of: among how many was looked.
        sentence: what the list says.
        called: what the list is called where it is not what its name says.
        first: gives what stands first on it, where that is found without the rest.
    """

    name: str
    rows: Callable[[], pd.DataFrame]
    columns: Mapping[str, str]
    count: int
    of: int
    sentence: str
    called: str = ""
    first: First | None = None

    @cached_property
    def frame(self) -> pd.DataFrame:
        """Its rows, for people and files alike; ``mender`` says who can mend it."""
        return self.rows()

    @property
    def title(self) -> str:
        """What the list is called."""
        return self.called or _(GAPS[self.name])


EVERYBODY = "all"
"""Stands for all who can mend a gap."""


def listed(gap: GapList, mender: str = EVERYBODY) -> pd.DataFrame:
    """The rows of a list.

    Args:
        gap: the list.
        mender: a key of ``MENDERS``, or ``EVERYBODY``.
    """
    frame = gap.frame if mender == EVERYBODY else gap.frame[gap.frame["mender"] == _(MENDERS[mender])]
    return frame.reset_index(drop=True)


def for_file(gap: GapList, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of a list as a file has them: its columns by their names, and the identifier of what each row is about.

    Args:
        gap: the list.
        rows: rows of it.
    """
    identifier = [name for name in ("practice_id", "city_id", "code") if name in rows][:1]
    return rows[[*gap.columns, *(name for name in identifier if name not in gap.columns)]]


def examples(gap: GapList, most: int) -> list[str]:
    """What stands first on a list, in words, and how much more there is.

    Args:
        gap: the list.
        most: how many rows at most.
    """
    first = next(iter(gap.columns))
    rows, count = (gap.first(most), gap.count) if gap.first else (each := _each_once(gap), len(each))
    names = [_example(row, first) for row in rows_of(rows.head(most))]
    more = count - most
    return [*names, _("{count} more").format(count=number(more))] if more > 0 else names


def _each_once(gap: GapList) -> pd.DataFrame:
    rows = gap.frame[gap.frame["voice"] == "silent"] if gap.name == "silent" else gap.frame
    # Who has something for two menders stands on the list twice.
    return rows.drop_duplicates(next(name for name in ("practice_id", "city_id", "code") if name in rows))


def _example(row: Any, first: str) -> str:
    name = str(getattr(row, first))
    if getattr(row, "voice", "") == "silent":
        return _("{name} (since {year})").format(name=name, year=int(row.silent_since))
    return f"{name} ({number(row.practices)})" if first == "area" else name


def silent_cities(cities: pd.DataFrame, as_of: int, years: int, label: Callable[[str, str], str]) -> GapList:
    """The cities of which nothing is known in the last years, with what they did last; the longest silent first.

    Args:
        cities: the answer of ``queries.review_cities``.
        as_of: the year of the data.
        years: from so many years without anything known on, a city is silent.
        label: what a value of a facet is called.
    """
    told = with_silence(cities, as_of, years)
    order = {voice: place for place, voice in enumerate(VOICES)}
    rows = told[told["voice"] != "heard"]
    rows = rows.assign(place=rows["voice"].map(order)).sort_values(
        ["place", "newest_known", "name"], na_position="last", ignore_index=True
    )
    frame = rows.assign(
        what=[_(VOICES[voice]) for voice in rows["voice"]],
        # Nobody writes to a city that left as to a member.
        standing=[NOT_STATED if code == "unknown" else label("membership_status", code) for code in rows["status"]],
        mender=_(MENDERS["city"]),
    )
    counts = told["voice"].value_counts()
    silent = int(counts.get("silent", 0))
    words = translate_plural(
        "{count} of {all} cities has been silent for {years}: nothing of it is known after {year}.",
        "{count} of {all} cities have been silent for {years}: nothing of them is known after {year}.",
        silent,
    ).format(count=number(silent), all=number(len(told)), years=silence_words(years), year=as_of - years)
    others = _("Below them: cities with only undated practices, which is no silence ({undated}), or none ({none}).")
    return GapList(
        "silent",
        lambda: frame,
        {
            "name": _("City"),
            "country_name": _("Country"),
            "standing": _("Status"),
            "what": _("What is known"),
            "newest_known": _("Newest known year"),
            "silent_since": _("Silent since"),
            "last_title": _("What it did last"),
            "practices": _("Practices"),
            "said_to_go_on": _("Said to go on"),
            "mender": _("For"),
        },
        silent,
        len(told),
        words + " " + others.format(undated=number(counts.get("undated", 0)), none=number(counts.get("none", 0))),
    )


def old_evidence(evidence: pd.DataFrame, practices: Practices, as_of: int, years: int) -> GapList:
    """The practices that are said to go on, though nothing of them is known in the last years.

    Args:
        evidence: the answer of ``queries.review_evidence``.
        practices: asks for the practices.
        as_of: the year of the data.
        years: how old the newest evidence has to be to be old.
    """

    def rows() -> pd.DataFrame:
        old = _old(practices(), as_of - years)
        return old.assign(
            known_year=old["known_year"].astype("Int64"),
            start_year=old["start_year"].astype("Int64"),
            mender=[_(MENDERS["city" if names else "programme"]) for names in old["city_names"]],
        ).sort_values(["known_year", "title"], na_position="last", ignore_index=True)

    old = _old(evidence, as_of - years)
    going, count = (int(frame["practices"].sum()) for frame in (evidence[evidence["ongoing"]], old))
    undated = int(old[old["known_year"].isna()]["practices"].sum())
    words = translate_plural(
        "Of {all} practices said to go on, {count} has no evidence newer than {year}; without a year: {undated}.",
        "Of {all} practices said to go on, {count} have no evidence newer than {year}; without a year: {undated}.",
        count,
    )
    return GapList(
        "evidence",
        rows,
        {
            "title": _("Practice"),
            "city_names": _("City"),
            "when_text": _("As published"),
            "known_year": _("Known until"),
            "mender": _("For"),
        },
        count,
        going,
        words.format(all=number(going), count=number(count), year=as_of - years, undated=number(undated)),
        first=lambda most: practices(until=as_of - years, most=most),
    )


def _old(evidence: pd.DataFrame, year: int) -> pd.DataFrame:
    going = evidence[evidence["ongoing"]]
    return going[(going["known_year"].astype("Int64") <= year).fillna(True).astype(bool)]


def profile_gaps(cities: pd.DataFrame) -> GapList:
    """The cities of which a field is not known, one row a city and mender."""
    frame = _by_mender(cities, CITY_MENDERS, {name: field.label for name, field in CITY_FIELDS.items()})
    count = _lacking(each := cities.assign(practices=1))
    words = translate_plural(
        "{count} of {all} cities lacks something in its profile.",
        "{count} of {all} cities lack something in their profile.",
        count,
    )
    return GapList(
        "profiles",
        lambda: frame.sort_values(["mender_place", "name"], ignore_index=True),
        {
            "name": _("City"),
            "country_name": _("Country"),
            "fields": _("What is not known"),
            "mender": _("For"),
        },
        count,
        len(cities),
        words.format(count=number(count), all=number(len(cities))) + " " + _most(each, CITY_FIELDS),
    )


def record_gaps(evidence: pd.DataFrame, practices: Practices) -> GapList:
    """The practices of which a field is not known, one row a practice and mender; the arguments of ``old_evidence``."""

    def rows() -> pd.DataFrame:
        labels = {name: field.label for name, field in PRACTICE_FIELDS.items()}
        frame = _by_mender(practices(), PRACTICE_MENDERS, labels)
        return frame.sort_values(["mender_place", "city_names", "title"], ignore_index=True)

    count, total = _lacking(evidence), int(evidence["practices"].sum())
    words = translate_plural(
        "{count} of {all} practices lacks a field.",
        "{count} of {all} practices lack a field.",
        count,
    )
    return GapList(
        "records",
        rows,
        {
            "title": _("Practice"),
            "city_names": _("City"),
            "fields": _("What is not known"),
            "mender": _("For"),
            "source": _("Source"),
        },
        count,
        total,
        words.format(count=number(count), all=number(total)) + " " + _most(evidence, PRACTICE_FIELDS),
        first=lambda most: _first_lacking(evidence, practices, most),
    )


def _first_lacking(evidence: pd.DataFrame, practices: Practices, most: int) -> pd.DataFrame:
    """The practices that stand first on the list of ``record_gaps``: all that one mender can mend before the next."""
    labels = {name: field.label for name, field in PRACTICE_FIELDS.items()}
    by_mender: dict[str, list[tuple[str, ...]]] = {mender: [] for mender in MENDERS}
    for missing in sorted({tuple(list_of(cell)) for cell in evidence["missing"]} - {()}):
        menders = _fields_by_mender(missing, PRACTICE_MENDERS, labels)
        by_mender[min(menders, key=list(MENDERS).index)].append(missing)
    found: list[pd.DataFrame] = []
    for lacking in filter(None, by_mender.values()):
        if (room := most - sum(map(len, found))) > 0:
            found.append(practices(lacking=lacking, most=room))
    return pd.concat(found, ignore_index=True) if found else practices(most=0)


def _lacking(counted: pd.DataFrame) -> int:
    return int(counted["practices"][[len(list_of(cell)) > 0 for cell in counted["missing"]]].sum())


def _by_mender(frame: pd.DataFrame, menders: Mapping[str, str], labels: Mapping[str, str]) -> pd.DataFrame:
    rows, fields, whose = [], [], []
    # What a great many lack together is put in words once.
    told: dict[tuple[str, ...], dict[str, str]] = {}
    for place, cell in enumerate(frame["missing"]):
        missing = tuple(list_of(cell))
        if missing not in told:
            told[missing] = _fields_by_mender(missing, menders, labels)
        for mender, names in told[missing].items():
            rows.append(place)
            fields.append(names)
            whose.append(mender)
    order = {mender: place for place, mender in enumerate(MENDERS)}
    return (
        frame.iloc[rows]
        .drop(columns="missing")
        .assign(
            fields=fields,
            mender_code=whose,
            mender=[_(MENDERS[code]) for code in whose],
            mender_place=[order[code] for code in whose],
        )
    )


def _fields_by_mender(
    missing: tuple[str, ...], menders: Mapping[str, str], labels: Mapping[str, str]
) -> dict[str, str]:
    by_mender: dict[str, list[str]] = {}
    for field in missing:
        # Who is no city's has nobody but the programme to ask when it began.
        alone = menders[field] == "city" and "city" in missing
        by_mender.setdefault("programme" if alone else menders[field], []).append(_(labels[field]))
    return {mender: enumeration(names) for mender, names in by_mender.items()}


def _most(counted: pd.DataFrame, fields: Mapping[str, Known]) -> str:
    counts: Counter[str] = Counter()
    for missing, things in zip(counted["missing"], counted["practices"], strict=True):
        counts.update(dict.fromkeys(list_of(missing), int(things)))
    # Of fields that as many lack, the order is that of the page that tells how complete the data is.
    first = sorted(counts, key=lambda name: (-counts[name], list(fields).index(name)))[:3]
    if not first:
        return ""
    named = [f"{_(fields[name].label)} ({number(counts[name])})" for name in first]
    return _("Missing most: {fields}.").format(fields=enumeration(named))


SHARES = ("share", "low", "high", "network_share")
"""The columns of a list that are shares of 1."""


def in_percent(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of a list with its shares as parts of 100, for a screen that writes them as whole percent.

    Args:
        frame: the rows of a ``GapList``.
    """
    return frame.assign(**{name: frame[name] * 100 for name in SHARES if name in frame})
