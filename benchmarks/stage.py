"""What the parts of ``make bench`` share: how much is measured, the servers that they need, and a browser."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from benchmarks.measured import Size
from benchmarks.tabs import Server, serving
from icc_data.paths import ROOT
from tools.find_browser import ADVICE, find_browser
from tools.pictures import FLAGS

ATLAS = ROOT / "server.py"


class Stage:
    """What parts share. In the smallest form they share servers; else each has fresh ones, as what was served counts.

    Args:
        size: how much is measured.
        practices: how many the largest data has on which questions are asked.
    """

    def __init__(self, size: Size, practices: int) -> None:
        self.size, self.practices = size, practices
        self._held = ExitStack()
        self._servers: dict[str, Server] = {}
        self._browser: Browser | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.close()

    def repetitions(self, usual: int) -> int:
        """How often something is done that is usually done so often."""
        return {Size.SMALLEST: 1, Size.FULL: 30}.get(self.size, usual)

    def atlas(self) -> AbstractContextManager[Server]:
        """The atlas."""
        return self.script(ATLAS)

    def script(self, script: Path) -> AbstractContextManager[Server]:
        """A script of the project's, with its settings.

        Args:
            script: its file.
        """
        return self._server(script, ROOT)

    @contextmanager
    def page(self, script: str) -> Iterator[Server]:
        """A page of Streamlit with its own settings.

        Args:
            script: its code.
        """
        with ExitStack() as stack:
            folder = Path((self._held if self.is_shared else stack).enter_context(tempfile.TemporaryDirectory()))
            file = folder / "page.py"
            file.write_text(script, encoding="utf-8")
            yield stack.enter_context(self._server(file, folder, script))

    @property
    def is_shared(self) -> bool:
        """Whether parts use the same servers."""
        return self.size is Size.SMALLEST

    @contextmanager
    def _server(self, script: Path, folder: Path, name: str = "") -> Iterator[Server]:
        if not self.is_shared:
            with serving(script, folder) as server:
                yield server
            return
        key = name or str(script)
        if key not in self._servers:
            self._servers[key] = self._held.enter_context(serving(script, folder))
        yield self._servers[key]

    def keep_atlas(self, started: AbstractContextManager[Server]) -> Server:
        """Let the parts that come share an atlas that a part has started.

        Args:
            started: the server; ends with the stage.
        """
        self._servers[str(ATLAS)] = server = self._held.enter_context(started)
        return server

    @property
    def viewport(self) -> ViewportSize:
        """How large a page is: in the smallest form a map has fewer dots to be drawn without a graphics card."""
        return {"width": 1000, "height": 500} if self.is_shared else {"width": 1440, "height": 900}

    @contextmanager
    def browser(self) -> Iterator[Browser]:
        """A Chromium that draws as on a machine without a graphics card.

        Raises:
            RuntimeError: there is none.
        """
        if not self.is_shared:
            with _chromium() as browser:
                yield browser
            return
        if self._browser is None:
            self._browser = self._held.enter_context(_chromium())
        yield self._browser


@contextmanager
def _chromium() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        raise RuntimeError(ADVICE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def say(words: str) -> None:
    """Tell whoever waits how far it is; the table alone goes to the standard output."""
    print(words, file=sys.stderr, flush=True)
