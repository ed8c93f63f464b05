"""An nginx with the configuration that the project ships, in a folder of a test's own and for no longer than it."""

from __future__ import annotations

import re
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from benchmarks.tabs import Session
from tests.browser.dashboards import free_port
from tools.find_nginx import ADVICE, find_nginx

SHIPPED = Path(__file__).parents[2] / "deploy" / "nginx"
PATIENCE = 60
FRAME = """\
daemon off;
pid nginx.pid;
error_log logs/frame.log warn;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include conf.d/*.conf;
    server {{
        listen 127.0.0.1:{plain};
        include snippets/atlas-path.conf;
    }}
}}
"""


@dataclass(frozen=True)
class Nginx:
    """A running nginx: the atlas as a site of its own, and below a path of another one."""

    folder: Path
    site: str
    plain: str
    path: str

    def log(self, name: str = "atlas.log") -> list[str]:
        """The lines of a log."""
        return (self.folder / "logs" / name).read_text(encoding="utf-8").splitlines()


def kept_at(tab: Session) -> str:
    """The name of the server that a browser is told to stay at when a tab opens; "" where it is at that one already."""
    named = re.match(r"atlas_server=(\w+);", tab.set_cookie())
    return named[1] if named else ""


def _moved(text: str, folder: Path, ports: dict[str, str], servers: Sequence[str]) -> str:
    """A shipped file with the ports, folders and servers of a test; all else is as it is shipped."""
    text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE)
    for port, other in ports.items():
        text = text.replace(f"listen {port}", f"listen 127.0.0.1:{other}")
    for port, server in zip(("8501", "8502"), servers, strict=True):
        text = text.replace(f".1:{port}", f".1:{urlsplit(server).port}")
    text = text.replace("/var/log/nginx/", f"{folder}/logs/").replace("/srv/atlas/code/deploy/nginx", str(SHIPPED))
    return re.sub(r"/etc/ssl/(certs|private)/", f"{folder}/", text)


def _certify(folder: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "1", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command += ["-keyout", str(folder / "atlas.key"), "-out", str(folder / "atlas.pem")]
    subprocess.run(command, check=True, capture_output=True)


def _checked(program: Path, folder: Path) -> list[str]:
    command = [str(program), "-p", str(folder), "-c", "nginx.conf", "-e", "logs/frame.log"]
    tried = subprocess.run([*command, "-t"], capture_output=True, encoding="utf-8", check=False)
    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr, tried.stderr
    return command


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until it listens, which it does on all its ports at once."""
    for _ in range(PATIENCE * 20):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        break
    pytest.fail("nginx does not listen.", pytrace=False)


@contextmanager
def running_nginx(folder: Path, servers: Sequence[str]) -> Iterator[Nginx]:
    """Run nginx before two servers of the atlas.

    Args:
        folder: an empty folder for its configuration and logs.
        servers: the addresses of the two.
    """
    program = find_nginx()
    if program is None:
        pytest.fail(ADVICE, pytrace=False)
    plain, tls, redirecting = free_port(), free_port(), free_port()
    for name in ("conf.d", "snippets", "logs"):
        (folder / name).mkdir()
    for file in SHIPPED.iterdir():
        place = "conf.d" if file.name in ("atlas-servers.conf", "atlas-site.conf") else "snippets"
        text = _moved(file.read_text(encoding="utf-8"), folder, {"80;": f"{redirecting};", "443 ": f"{tls} "}, servers)
        (folder / place / file.name).write_text(text, encoding="utf-8")
    _certify(folder)
    (folder / "nginx.conf").write_text(FRAME.format(plain=plain), encoding="utf-8")
    process = subprocess.Popen(_checked(program, folder), stdin=subprocess.DEVNULL)
    try:
        _wait_for(process, plain)
        yield Nginx(
            folder, f"https://127.0.0.1:{tls}", f"http://127.0.0.1:{redirecting}", f"http://127.0.0.1:{plain}/atlas"
        )
    finally:
        process.terminate()
        process.wait(20)
