"""The entries of files that hold JSON."""

from __future__ import annotations

import json
from pathlib import Path

from icc_data.errors import AtlasError
from icc_data.i18n import translate as _
from icc_data.incoming.readers.files import utf8_text


def json_entries(path: Path) -> list[tuple[int, object]]:
    """Each entry of a JSON file with the line (JSON lines) or the place in the list (JSON) at which it stands.

    Raises:
        AtlasError: the file cannot be opened, is no JSON or holds no list.
    """
    text = utf8_text(path)
    line = 0
    try:
        if path.suffix.lower() == ".jsonl":
            entries = []
            for line, written in enumerate(text.split("\n")):
                if written.strip():
                    entries.append((line + 1, json.loads(written)))
            return entries
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise AtlasError(
            _("{file} is not valid JSON (line {line}, column {column}: {reason}).").format(
                file=path.name, line=line + error.lineno, column=error.colno, reason=error.msg
            ),
            _("Mend that place, or save the table as CSV."),
        ) from None
    except ValueError:
        # Python reads no whole number of more than 4300 digits.
        raise AtlasError(
            _("{file} holds a number of thousands of digits.").format(file=path.name),
            _("Mend that place, or save the table as CSV."),
        ) from None
    except RecursionError:
        raise AtlasError(
            _("{file} is nested too deeply.").format(file=path.name), _("Expected a JSON array of objects.")
        ) from None
    if isinstance(content, dict):
        # A file that the atlas exported has its records under “rows”, beside a list of columns.
        lists = [value for value in (content.get("rows"), *content.values()) if isinstance(value, list)]
        content = lists[0] if lists else [content]
    if not isinstance(content, list):
        raise AtlasError(
            _("{file} holds no list of records.").format(file=path.name), _("Expected a JSON array of objects.")
        )
    return list(enumerate(content, start=1))
