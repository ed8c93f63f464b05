"""How many examples a property is tried with: a few in a usual run, and all of them where those are asked for."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings

FULL, USUAL = 50, 10
"""Of a property that names no number: in the run of all examples, and in a usual one."""
# The first example is mostly the emptiest there is: so many are tried even of what takes long.
_FEWEST = 3


def examples(number: int, **others: Any) -> settings:
    """The settings of a property that has so many examples where others have ``FULL``.

    To be asked for in the file of the test: which run it is, is not settled before.

    Args:
        number: of examples in the run of all; in a usual run it is as much lower as for the others, not below three.
        others: what else to set, as ``settings`` of hypothesis takes it.
    """
    return settings(max_examples=max(min(number, _FEWEST), number * settings.default.max_examples // FULL), **others)


def in_one_folder(number: int) -> settings:
    """``examples`` that share the folder of their test, to which each writes its files anew."""
    return examples(number, suppress_health_check=[HealthCheck.function_scoped_fixture])
