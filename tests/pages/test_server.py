"""What makes the server of the dashboard answer sooner."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit import config, file_util
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from pages.shared import server
from pages.shared.server import bear_with_publishing, read_theme_once, without_delay


def sends_at_once(connection: socket.socket) -> bool:
    return bool(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server


def test_a_connection_accepted_later_sends_at_once(listening: socket.socket):
    without_delay()
    with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
        assert sends_at_once(accepted)


def test_a_connection_that_stands_already_sends_at_once(listening: socket.socket):
    with socket.create_connection(listening.getsockname()) as connection, listening.accept()[0] as accepted:
        assert not sends_at_once(accepted)
        without_delay()
        assert sends_at_once(accepted)
        assert sends_at_once(connection)


def test_what_is_no_tcp_socket_is_left_alone_and_stays_open(listening: socket.socket):
    one, other = socket.socketpair()
    with one, other, socket.socket(type=socket.SOCK_DGRAM):
        before = without_delay()
        one.sendall(b"still open")
        assert other.recv(20) == b"still open"
        listening.close()
        assert without_delay() == before - 1


def test_every_descriptor_that_was_looked_at_is_given_back(listening: socket.socket):
    descriptors = Path("/dev/fd")
    before = len(list(descriptors.iterdir()))
    without_delay()
    assert len(list(descriptors.iterdir())) == before


def test_a_file_that_goes_away_while_the_served_folder_is_weighed_is_no_hindrance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(file_util, "get_directory_size", file_util.get_directory_size)
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "practices.csv").write_bytes(b"12345")
    (tmp_path / "tables" / "gone.csv").symlink_to("nowhere")
    with pytest.raises(FileNotFoundError):
        file_util.get_directory_size(str(tmp_path))
    bear_with_publishing()
    assert file_util.get_directory_size(str(tmp_path)) == 5


THEME_PARTS = {"": "theme", "light": "theme.light", "dark": "theme.dark", "sidebar": "theme.sidebar"}


def told_theme() -> CustomThemeConfig:
    """The theme as a run tells the browser of it."""
    whole = CustomThemeConfig()
    for part, section in THEME_PARTS.items():
        vars(app_session)["_populate_theme_msg"](getattr(whole, part) if part else whole, section)
    return whole


@pytest.fixture
def as_streamlit_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell the theme as Streamlit does, until the test says otherwise, with nothing read before."""
    monkeypatch.setattr(app_session, "_populate_theme_msg", vars(server)["_tell_theme"])
    vars(server)["_theme"].cache_clear()


@pytest.mark.usefixtures("as_streamlit_tells")
def test_a_theme_that_is_read_once_is_told_as_streamlit_tells_it():
    by_streamlit = told_theme()
    read_theme_once()
    told_theme()
    assert by_streamlit.light.primary_color
    assert told_theme() == by_streamlit


@pytest.mark.usefixtures("as_streamlit_tells")
def test_the_settings_of_a_theme_are_looked_up_at_the_first_run_alone(monkeypatch: pytest.MonkeyPatch):
    read_theme_once()
    told_theme()
    monkeypatch.setattr(config, "get_options_for_section", lambda _section: pytest.fail("looked up again"))
    assert told_theme().light.primary_color
