"""``python -m icc_data …``: thin shells on the project's own functions."""
