"""Run with ``python -m icc_data``."""

import sys

from icc_data.errors import AtlasError

try:
    from icc_data.i18n import of_environment, set_language

    # Before the commands are: what they say of themselves is said as they are made.
    set_language(of_environment())
    from icc_data.cli.commands import application
except AtlasError as error:
    # A setting that cannot be used.
    sys.stderr.write(f"{error}\n")
    sys.exit(2)

application(sys.argv[1:])(prog_name="python -m icc_data")
