"""Run with ``python -m icc_data``."""

import sys

from icc_data.errors import AtlasError

try:
    from icc_data.cli import app
except AtlasError as error:
    # A setting that cannot be used.
    sys.stderr.write(f"{error}\n")
    sys.exit(2)

app(prog_name="python -m icc_data")
