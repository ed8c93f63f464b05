"""What an operator is told who asks people to sign in, and has not said with whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from icc_data.errors import AtlasError
from pages.shared.sign_in import check_provider

SECRETS = """\
[auth]
redirect_uri = "http://127.0.0.1:8501/oauth2callback"
client_id = "atlas"
client_secret = "of the test"
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"
"""


@pytest.fixture
def secrets(tmp_path: Path) -> Iterator[Path]:
    """The file of Streamlit's secrets, which is not there yet."""
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(tmp_path / "secrets.toml")])
    secrets_singleton._reset()
    yield tmp_path / "secrets.toml"
    config.set_option("secrets.files", before)
    secrets_singleton._reset()


@pytest.mark.parametrize(("text", "missing"), [("", "one authentication provider"), (SECRETS, "cookie_secret")])
def test_a_server_that_nobody_could_sign_in_to_says_what_is_missing(secrets: Path, text: str, missing: str):
    if text:
        secrets.write_text(text, encoding="utf-8")
    with pytest.raises(AtlasError, match=missing) as told:
        check_provider()
    assert "docs/deploy.md" in told.value.advice


def test_a_provider_with_all_that_it_needs_will_do(secrets: Path):
    secrets.write_text(SECRETS + 'cookie_secret = "a long secret of the test"\n', encoding="utf-8")
    check_provider()
