"""What an address asks for and cannot have: left out, and said in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from icc_data.i18n import in_quotes, translate_plural

# Longer values, such as a whole text pasted into an address, are cut where they are said.
_LONGEST = 60


@dataclass(frozen=True)
class Ignored:
    """A value of the address that does not count.

    Attributes:
        name: the parameter.
        value: what stands there.
        sentence: says why, where there is more to it than that the parameter cannot be this.
    """

    name: str
    value: str
    sentence: str = ""


def quoted(values: Iterable[str]) -> str:
    """Values of an address as a sentence names them."""
    return ", ".join(in_quotes(value[:_LONGEST]) for value in values)


def ignored_in_words(ignored: Iterable[Ignored], labels: Mapping[str, str]) -> list[str]:
    """What does not count, a sentence for all values of what is called the same, and one for each that has its own.

    Args:
        ignored: what does not count.
        labels: what the parameters are called; one that is not among them goes by its name.
    """
    listed = [(labels.get(item.name, item.name), item) for item in ignored]
    together: dict[str, list[str]] = {}
    for label, item in listed:
        if not item.sentence:
            together.setdefault(label, []).append(item.value)
    sentences = {label: _usual(label, values) for label, values in together.items()}
    return list(dict.fromkeys(item.sentence or sentences[label] for label, item in listed))


def _usual(label: str, values: list[str]) -> str:
    words = translate_plural(
        "{values} is not something that “{name}” can be, so it does not count.",
        "{values} are not something that “{name}” can be, so they do not count.",
        len(values),
    )
    return words.format(values=quoted(values), name=label)
