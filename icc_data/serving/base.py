"""The path below which the atlas lies, whether or not what stands before the server takes it away."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send


class Below:
    """An application below a path that can be reached without it as well.

    A proxy may pass requests on with the path or without; checks of the server's health ask for ``/health``, wherever
    people find the atlas.

    Args:
        app: the application, which expects the path in every address.
        base: the path, as ``/atlas``; empty where there is none.
    """

    def __init__(self, app: ASGIApp, base: str) -> None:
        self._app, self._base = app, base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        path = scope.get("path", "")
        if self._base and path and path != self._base and not path.startswith(f"{self._base}/"):
            scope = {**scope, "path": f"{self._base}{path}"}
            if scope.get("raw_path"):
                scope["raw_path"] = self._base.encode() + scope["raw_path"]
        await self._app(scope, receive, send)
