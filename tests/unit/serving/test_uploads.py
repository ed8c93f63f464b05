"""Files that visitors send are kept only up to a size, of one page and of all."""

from __future__ import annotations

import contextlib
import tomllib

from starlette.types import Message, Receive, Scope, Send

from icc_data.incoming.contributions.upload import MOST_MEGABYTES
from icc_data.paths import ROOT
from icc_data.serving.uploads import MOST_OF_ALL, MOST_OF_ONE, Uploads
from tests.helpers.asked import waited

LARGEST = 6_000_000


def status(app: Uploads, session: str, method: str = "PUT") -> int:
    answers: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        answers.append(message)

    scope = {"type": "http", "method": method, "path": f"/atlas/_stcore/upload_file/{session}/a-file"}
    waited(app(scope, receive, send))
    return int(answers[0]["status"])


async def taken(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 204})


def keeping(of_one: int, of_all: int) -> Uploads:
    return Uploads(taken, LARGEST, lambda session: (of_one, of_all))


def test_a_file_is_taken_where_there_is_room():
    assert status(keeping(MOST_OF_ONE - LARGEST, MOST_OF_ALL - LARGEST), "one") == 204


def test_a_page_that_keeps_too_much_is_given_no_more():
    assert status(keeping(MOST_OF_ONE - LARGEST + 1, 0), "one") == 413


def test_where_all_pages_keep_too_much_none_is_given_more():
    assert status(keeping(0, MOST_OF_ALL - LARGEST + 1), "one") == 413


def test_taking_a_file_away_is_always_possible():
    assert status(keeping(MOST_OF_ONE, MOST_OF_ALL), "one", "DELETE") == 204


def test_files_on_their_way_count_as_if_they_were_there_until_they_have_come_or_failed():
    statuses: list[int] = []

    async def sends_another(scope: Scope, receive: Receive, send: Send) -> None:
        if len(statuses) < 20:
            statuses.append(0)

            async def note(message: Message) -> None:
                statuses[-1] = int(message["status"]) if "status" in message else statuses[-1]

            await app(scope, receive, note)
        raise ConnectionError

    app = Uploads(sends_another, LARGEST, lambda session: (0, 0))
    for _ in range(2):
        statuses.clear()
        with contextlib.suppress(ConnectionError):
            status(app, "one")
        # Of 48 MB, eight files of 6 MB are on their way when the next is refused.
        assert (len(statuses), statuses[-1]) == (8, 413)


def test_the_server_takes_every_file_that_a_page_may_ask_for_and_hardly_more():
    options = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert MOST_MEGABYTES <= options["server"]["maxUploadSize"] <= 2 * MOST_MEGABYTES
