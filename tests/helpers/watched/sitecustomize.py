"""Python imports this by itself where its folder is on PYTHONPATH: it writes down where the process connects to.

Every connection, datagram and question for the address of a name is a line of the file that ``ATLAS_WATCH`` names:
the event, and where to. A socket that is a file of this machine leads nowhere else, and is left out.

What the process logs while it runs for a page ends with the last word by which the page's browser calls itself: several
processes of tests ask one dashboard. And where ``ATLAS_USERS`` names a file, the process ends when nobody holds that.
"""

import fcntl
import logging
import os
import signal
import sys
import threading
import time

_log = os.open(os.environ["ATLAS_WATCH"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
_record = logging.getLogRecordFactory()


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"):
        place = arguments[1] if event.startswith(("socket.connect", "socket.send")) else arguments[0]
        if not isinstance(place, str | bytes) or event.startswith("socket.get"):
            os.write(_log, f"{event} {place[0] if isinstance(place, tuple) else place}\n".encode())


def _signed(*arguments: object, **others: object) -> logging.LogRecord:
    record = _record(*arguments, **others)
    streamlit = sys.modules.get("streamlit")
    runner = sys.modules.get("streamlit.runtime.scriptrunner")
    if streamlit and runner and runner.get_script_run_ctx(suppress_warning=True):
        record.msg = f"{record.getMessage()} {streamlit.context.headers.get('User-Agent', '').rpartition(' ')[2]}"
        record.args = ()
    return record


def _end_with(users: str) -> None:
    # Held to the end: who comes in between waits, and finds that there is no dashboard.
    held = os.open(users, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(10)
    os._exit(1)


sys.addaudithook(_watch)
logging.setLogRecordFactory(_signed)
if "ATLAS_USERS" in os.environ:
    threading.Thread(target=_end_with, args=(os.environ.pop("ATLAS_USERS"),), daemon=True).start()
