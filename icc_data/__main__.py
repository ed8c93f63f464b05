"""Run with ``python -m icc_data``."""

from icc_data.cli import app

app(prog_name="python -m icc_data")
