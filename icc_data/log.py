"""What the server writes of itself: one line each, with the time; a traceback follows its line."""

from __future__ import annotations

import logging

_ROOMS = ("icc_data", "pages")
_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _OneLine(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """The line, whatever stands in the message."""
        record.message = " | ".join(record.message.splitlines())
        return super().formatMessage(record)


def write_log() -> None:
    """Write what the atlas tells of itself to standard error, once a process."""
    for room in _ROOMS:
        logger = logging.getLogger(room)
        if any(isinstance(handler.formatter, _OneLine) for handler in logger.handlers):
            continue
        handler = logging.StreamHandler()
        handler.setFormatter(_OneLine(_FORM))
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
