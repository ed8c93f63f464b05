"""What an address of a table asks for: the same parameters as on the pages, and errors that say what is possible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from icc_data.analysis.parameters import LANGUAGE, MY_CITY_PARAM, OF_PAGES, of_others
from icc_data.files.views import UnusableError, View, Wrong
from icc_data.i18n import PSEUDO, enumeration, offered
from icc_data.i18n import translate as _
from icc_data.queries.search_box import LONGEST, MOST_WORDS
from icc_data.queries.selection import FACETS, SELECTION_PARAMS, Options, Selection, read_selection
from icc_data.text import nearest

VERSION = "version"
LONGEST_QUERY = 8000
"""Characters of an address after its “?”."""
MOST_PARAMETERS = 300
# Of a text that is quoted in an error, and of a list of what is possible.
_LONGEST_QUOTE, _MOST_LISTED = 60, 400

Params = dict[str, list[str]]
Problem = dict[str, Any]


class RefusedError(Exception):
    """An address that gets no table: the status of the answer, and what is wrong with it."""

    def __init__(self, status: int, *problems: Problem, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, *problems)
        self.status, self.problems, self.headers = status, list(problems), dict(headers or {})


@dataclass(frozen=True)
class Asked:
    """What somebody asked of a table.

    Attributes:
        selection: the practices meant.
        chosen: a value for each choice of the view.
        params: all values of each other parameter of the view that the address has.
        passed_over: parameters of pages that have no bearing on these rows.
    """

    selection: Selection
    chosen: dict[str, str]
    params: Params
    passed_over: tuple[str, ...]


def parameters(query: str) -> Params:
    """The parameters of an address, each with all its values; one without a value is as good as none.

    Raises:
        RefusedError: the address is too long.
    """
    if len(query) > LONGEST_QUERY:
        words = _("The address is too long: at most {count} characters may follow the “?”.")
        raise RefusedError(414, {"message": words.format(count=LONGEST_QUERY)})
    try:
        return parse_qs(query, errors="replace", max_num_fields=MOST_PARAMETERS)
    except ValueError:
        words = _("The address has too many parameters: at most {count}.")
        raise RefusedError(400, {"message": words.format(count=MOST_PARAMETERS)}) from None


def language_of(params: Params) -> str:
    """The language that an address asks for; English where it does not.

    Raises:
        RefusedError: there is no such language.
    """
    code = params.get(LANGUAGE, ["en"])[-1]
    if code not in offered():
        raise RefusedError(400, wrong_value(LANGUAGE, code, languages()))
    return code


def languages() -> list[str]:
    """The codes of the languages that there are."""
    return [code for code in offered() if code != PSEUDO]


def read(view: View, params: Params, options: Options) -> Asked:
    """What an address asks of a view.

    Args:
        view: which.
        params: the parameters of the address.
        options: the values that facets can take.

    Raises:
        RefusedError: a parameter or a value is none that there is; all of them are named.
    """
    selection, ignored = read_selection(params, options)
    accepted = SELECTION_PARAMS | view.reads | {LANGUAGE, VERSION}
    problems = [
        wrong_value(item.name, item.value, possible(item.name, options), _meant(item.name, item.value, options))
        for item in ignored
    ]
    problems += _unknown((name for name in params if name not in accepted), accepted)
    problems += _more_than_one(view, params)
    chosen = view.defaults
    for choice in view.choices:
        for value in params.get(choice.name, [])[-1:]:
            chosen[choice.name] = value
            if value not in choice.values:
                problems.append(wrong_value(choice.name, value, choice.values))
    if problems:
        raise RefusedError(400, *problems)
    if view.filters != SELECTION_PARAMS:
        selection, _none = read_selection({name: params[name] for name in params if name in view.filters}, options)
    idle = view.idle(chosen)
    chosen |= {name: value for name, value in view.defaults.items() if name in idle}
    bearing = (view.filters | view.reads | {LANGUAGE, VERSION}) - idle
    unused = tuple(name for name in params if name not in bearing and name in OF_PAGES | SELECTION_PARAMS)
    own = {one.name: params[one.name] for one in view.parameters if one.name in params}
    return Asked(selection, chosen, own, unused)


def _more_than_one(view: View, params: Params) -> Iterator[Problem]:
    """Parameters that can be one thing and are said to be several: which of them is meant nobody can know."""
    several = {*FACETS, *(one.name for one in view.parameters if one.several)}
    for name in sorted((SELECTION_PARAMS | view.reads | {LANGUAGE, VERSION}) - several):
        values = list(dict.fromkeys(params.get(name, [])))
        if len(values) > 1:
            words = _("“{name}” can only be said once.").format(name=name)
            yield {"parameter": name, "value": values[-1][:_LONGEST_QUOTE], "message": words, "possible": values}


def refusal(error: UnusableError, options: Options) -> RefusedError:
    """What is wrong with the parameters of a table that are no filters.

    Args:
        error: what is wrong.
        options: the values that facets can take.
    """
    return RefusedError(400, *(_problem(wrong, options) for wrong in error.args))


def _problem(wrong: Wrong, options: Options) -> Problem:
    facet = "city" if wrong.name == MY_CITY_PARAM else wrong.name
    near = _meant(facet, wrong.value, options) if wrong.value else ()
    can_be = wrong.possible
    if not can_be and not wrong.sentence and wrong.name in SELECTION_PARAMS:
        can_be = tuple(possible(wrong.name, options))
    problem = wrong_value(wrong.name, wrong.value, can_be, near)
    return problem | ({"message": wrong.sentence} if wrong.sentence else {})


def _unknown(names: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    for name in names:
        if name in OF_PAGES or of_others(name):
            continue
        words = _("There is no parameter “{name}” here.").format(name=name[:_LONGEST_QUOTE])
        words += _did_you_mean(nearest(name[:_LONGEST_QUOTE], {one: (one,) for one in known}, 1))
        yield {"parameter": name[:_LONGEST_QUOTE], "message": words, "possible": sorted(known)}


def wrong_value(name: str, value: str, can_be: Iterable[str], meant: Iterable[str] = ()) -> Problem:
    """That a parameter cannot be what an address says.

    Args:
        name, value: the parameter and what the address says.
        can_be: what it can be.
        meant: values that may have been meant, in words.
    """
    value = value[:_LONGEST_QUOTE]
    words = _("“{name}” cannot be “{value}”.").format(name=name, value=value) + _did_you_mean(meant)
    return {"parameter": name, "value": value, "message": words, "possible": list(can_be)[:_MOST_LISTED]}


def _did_you_mean(names: Iterable[str]) -> str:
    listed = [*names]
    return " " + _("Did you mean {names}?").format(names=enumeration(listed, "or")) if listed else ""


def _meant(name: str, value: str, options: Options) -> list[str]:
    if name not in FACETS:
        return []
    return [options.label(name, near) for near in options.similar(name, value[:_LONGEST_QUOTE])]


def possible(name: str, options: Options) -> list[str]:
    """What a parameter of a selection can be: its values, or what they are like in words.

    Args:
        name: one of ``SELECTION_PARAMS``.
        options: the values that facets can take.
    """
    if name in FACETS:
        return list(options.values(name))
    if name == "q":
        return [_("at most {count} characters and {words} different words").format(count=LONGEST, words=MOST_WORDS - 1)]
    if name in ("from", "to"):
        return [_("a year from 1850 to 2100, “from” not after “to”")]
    return ["active", "started"] if name == "years" else ["yes", "no"]
