"""The error that a data folder has problems, without what finds them: whoever only tells of it need not load that."""

from __future__ import annotations

from icc_data.errors import AtlasError, Problem
from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _


class InvalidDataError(AtlasError):
    """The data folder has problems; nothing was built from it."""

    def __init__(self, problems: list[Problem]) -> None:
        first = "\n".join(str(problem) for problem in problems[:10])
        told = translate_plural("The data has {count} problem:", "The data has {count} problems:", len(problems))
        left = translate_plural("… and {count} more.", "… and {count} more.", len(problems) - 10)
        more = ["", left.format(count=number(len(problems) - 10))] if len(problems) > 10 else []
        super().__init__(
            "\n".join([told.format(count=number(len(problems))), first, *more[1:]]),
            _("Run “python -m icc_data check” for the whole list, mend the files and try again."),
        )
        self.problems = problems
