"""``python -m icc_data …``: thin shells on the project's own functions."""

from icc_data.cli import data, operation, questions, refresh, reports, snapshots
from icc_data.cli.terminal import app

__all__ = ["app", "data", "operation", "questions", "refresh", "reports", "snapshots"]
