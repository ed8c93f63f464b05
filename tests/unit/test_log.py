"""What the server writes of itself: a line each, with the time, once."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_TOLD = """
import logging
from icc_data.log import write_log
write_log()
write_log()
logger = logging.getLogger("icc_data.store.build")
logger.info("Built %s.", "a\\nb")
try:
    raise ValueError("x")
except ValueError:
    logger.exception("It failed.")
"""


def test_a_message_is_one_line_with_the_time_and_a_traceback_follows_its_own():
    told = subprocess.run([sys.executable, "-c", _TOLD], cwd=ROOT, capture_output=True, text=True, check=True)
    first, second, *traceback = told.stderr.splitlines()
    time = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}"
    assert re.fullmatch(time + r" INFO icc_data\.store\.build: Built a \| b\.", first)
    assert re.fullmatch(time + r" ERROR icc_data\.store\.build: It failed\.", second)
    assert (traceback[0], traceback[-1]) == ("Traceback (most recent call last):", "ValueError: x")
