"""Python imports this by itself where its folder is on PYTHONPATH: it writes down where the process connects to.

Every connection, datagram and question for the address of a name is a line of the file that ``ATLAS_WATCH`` names:
the event, and where to. A socket that is a file of this machine leads nowhere else, and is left out.
"""

import os
import sys

_log = os.open(os.environ["ATLAS_WATCH"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"):
        place = arguments[1] if event.startswith(("socket.connect", "socket.send")) else arguments[0]
        if not isinstance(place, str | bytes) or event.startswith("socket.get"):
            os.write(_log, f"{event} {place[0] if isinstance(place, tuple) else place}\n".encode())


sys.addaudithook(_watch)
