"""An application, asked over the network as a browser asks it."""

from __future__ import annotations

import asyncio
import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import uvicorn
from starlette.types import ASGIApp


class _Server(uvicorn.Server):
    """One that is at its end as soon as it is told to be: uvicorn looks whether it is every tenth of a second."""

    async def main_loop(self) -> None:
        for tick in count():
            if await self.on_tick(tick):
                return
            await asyncio.sleep(0.005)


@contextmanager
def serving(app: ASGIApp) -> Iterator[int]:
    """A server for an application; gives its port."""
    server = _Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def ask(app: ASGIApp, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    with serving(app) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"} | headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
