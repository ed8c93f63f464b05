"""Serve the atlas with as many processes as there are cores behind one port: ``make serve``.

Usage: ``python tools/serve.py [--processes 4] [--open 400]``. Python runs one page at a time in a process; more cores
serve more people only with more processes. An nginx with the configuration that the project ships (``deploy/nginx``)
stands before them at the address and the port of the settings, and keeps each visitor at one of them. A process that
ends is started anew; with this one, all end.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).parents[1]))

from icc_data.errors import AtlasError
from icc_data.settings import read_settings
from tools.find_nginx import find_nginx

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "deploy" / "nginx"
NO_NGINX = """\
Several processes behind one port need nginx, and there is none here. Any one of these helps:
  - install one: "apt-get install nginx" (Debian), "dnf install nginx" (Fedora), "brew install nginx" (macOS);
  - name one that is installed: "NGINX=/path/to/nginx make serve";
  - serve with one process: "make run"."""
FRAME = """\
daemon off;
pid nginx.pid;
error_log logs/atlas-error.log crit;
events {{ worker_connections 4096; }}
http {{
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include servers.conf;
    server {{
        listen {address}:{port};
        server_tokens off;
        large_client_header_buffers 8 64k;
        access_log off;
{places}
    }}
}}
"""
# What a server of the shipped files is called, and how it is reached; the second one's lines give way to the others'.
_FIRST, _PORT, _SECOND = "s1", "8501", "8502"
_PLACES = re.compile(r"^    location / \{\n.*^    \}\n", re.MULTILINE | re.DOTALL)
# Seconds between looks at the processes, until a process has to answer, and until it has ended by itself.
_LOOK, _PATIENCE, _FAREWELL = 0.5, 120.0, 10.0


def free_ports(count: int) -> list[int]:
    """So many ports of this machine that nobody listens on."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports: list[int] = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def of_servers(shipped: str, workers: list[int]) -> str:
    """The shipped file about servers, with each line of its first server once for each of these.

    Args:
        shipped: its text.
        workers: the ports of the processes.
    """
    lines = []
    for line in shipped.splitlines(keepends=True):
        if _PORT in line:
            named = enumerate(workers, start=1)
            lines += [line.replace(_PORT, str(port)).replace(_FIRST, f"s{number}") for number, port in named]
        elif _SECOND not in line:
            lines.append(line)
    return "".join(lines)


def configure(folder: Path, address: str, port: int, workers: list[int], most_open: int) -> None:
    """Write nginx's configuration: what is shipped, with these servers.

    Args:
        folder: an empty one.
        address: of this machine, which is listened on.
        port: likewise.
        workers: the ports of the processes.
        most_open: how many pages may be open at a time.
    """
    (folder / "logs").mkdir()
    servers = (SHIPPED / "atlas-servers.conf").read_text(encoding="utf-8")
    (folder / "servers.conf").write_text(of_servers(servers, workers), encoding="utf-8")
    proxy = (SHIPPED / "atlas-proxy.conf").read_text(encoding="utf-8")
    proxy = proxy.replace("limit_conn atlas_open 400;", f"limit_conn atlas_open {most_open};")
    (folder / "proxy.conf").write_text(proxy, encoding="utf-8")
    (places,) = _PLACES.findall((SHIPPED / "atlas-site.conf").read_text(encoding="utf-8"))
    places = places.replace("/srv/atlas/code/deploy/nginx", str(SHIPPED)).replace("snippets/atlas-proxy", "proxy")
    frame = FRAME.format(address=address, port=port, places=textwrap.indent(places, "    "))
    (folder / "nginx.conf").write_text(frame, encoding="utf-8")


def answers(port: int) -> bool:
    """Whether a process answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


class Workers:
    """The processes of the atlas.

    Args:
        ports: one for each.
    """

    def __init__(self, ports: list[int]) -> None:
        self._running = {port: self._start(port) for port in ports}

    @staticmethod
    def _start(port: int) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "ATLAS_PORT": str(port), "ATLAS_ADDRESS": "127.0.0.1"}
        environment["STREAMLIT_SERVER_HEADLESS"] = "true"
        command = [sys.executable, "server.py"]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)

    def wait(self) -> None:
        """Wait until all of them answer.

        Raises:
            RuntimeError: one ended, or does not answer after two minutes.
        """
        until = time.monotonic() + _PATIENCE
        while not all(answers(port) for port in self._running):
            if time.monotonic() > until or any(one.poll() is not None for one in self._running.values()):
                raise RuntimeError("A process of the atlas did not start.")
            time.sleep(_LOOK)

    def mend(self) -> None:
        """Start those anew that have ended."""
        for port, process in self._running.items():
            if process.poll() is not None:
                print(f"The process at port {port} ended ({process.returncode}) and is started anew.", flush=True)
                self._running[port] = self._start(port)

    def end(self) -> None:
        """End them all."""
        end(*self._running.values())


def end(*processes: subprocess.Popen[bytes]) -> None:
    """Ask processes to end, and end those that do not."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(_FAREWELL)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def serve(address: str, port: int, processes: int, most_open: int) -> int:
    """Serve until nginx ends or this process is told to.

    Args:
        address: of this machine, which is listened on.
        port: likewise.
        processes: how many.
        most_open: how many pages may be open at a time.

    Returns:
        The exit code.
    """
    program = find_nginx()
    if program is None:
        print(NO_NGINX, file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, _leave)
    with tempfile.TemporaryDirectory(prefix="atlas-serve-") as name:
        folder = Path(name)
        # nginx's own processes may be those of a user without rights.
        folder.chmod(0o755)
        ports = free_ports(processes)
        configure(folder, address, port, ports, most_open)
        workers = Workers(ports)
        try:
            workers.wait()
            front = subprocess.Popen(
                [str(program), "-p", name, "-c", "nginx.conf", "-e", "logs/atlas-error.log"], stdin=subprocess.DEVNULL
            )
            try:
                print(f"{processes} processes serve the atlas at http://{address}:{port}", flush=True)
                while front.poll() is None:
                    workers.mend()
                    time.sleep(_LOOK)
                return front.returncode
            finally:
                end(front)
        except KeyboardInterrupt:
            return 0
        finally:
            workers.end()


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--processes", type=int, default=cores(), help="how many (default: one for each core)")
    options.add_argument("--open", type=int, default=400, help="pages that may be open at a time (default: 400)")
    return options


def main() -> int:
    """Read the command line and the settings, and serve."""
    arguments = parser().parse_args()
    try:
        settings = read_settings()
    except AtlasError as error:
        print(error, file=sys.stderr)
        return 1
    address, port = settings["address"].text, int(settings["port"].text)
    return serve(address, port, max(1, arguments.processes), arguments.open)


if __name__ == "__main__":
    sys.exit(main())
