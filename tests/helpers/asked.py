"""An application asked without a server."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from starlette.types import ASGIApp

ResultT = TypeVar("ResultT")


def waited(work: Coroutine[Any, Any, ResultT]) -> ResultT:
    """What work that waits comes to.

    It runs in a thread of its own: a browser's tests leave an event loop running in the first one.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def asked(app: ASGIApp, address: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """The status, headers and content of an answer.

    Args:
        app: the application.
        address: path and query.
        method: of HTTP.
        headers: of the request; an underscore stands for a hyphen.
    """
    path, _, query = address.partition("?")
    pairs = {"host": "example.org"} | {name.replace("_", "-"): text for name, text in headers.items()}
    scope = {
        "type": "http",
        "method": method,
        "scheme": "https",
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.encode(), text.encode()) for name, text in pairs.items()],
    }
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    waited(app(scope, receive, send))
    told = {name.decode(): text.decode() for name, text in sent[0]["headers"]}
    return sent[0]["status"], told, b"".join(message.get("body", b"") for message in sent[1:])
