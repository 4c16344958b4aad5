"""Loaded by Python at start through PYTHONPATH: notes every attempt to reach another host.

An audit hook sees each connection, datagram and name look-up of the process, whatever
library makes it. Lines go to the file named by ``OUTGOING_RECORD``.
"""

import os
import sys
import traceback
from pathlib import Path

_RECORD = Path(os.environ["OUTGOING_RECORD"])
_OWN = ("127.", "::1", "localhost", "0.0.0.0", "::ffff:127.")
_CALLS = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
}


def _note(event: str, arguments: tuple) -> None:
    if event not in _CALLS:
        return
    target = arguments[_CALLS[event]]
    host = target[0] if isinstance(target, tuple) else target
    if isinstance(host, bytes):
        host = host.decode("utf-8", "replace")
    # No host at all is a listening or a local socket; a path is a socket in the file system.
    if not host or host.startswith("/") or host.startswith(_OWN):
        return
    caller = traceback.extract_stack()[-2]
    with _RECORD.open("a", encoding="utf-8") as record:
        record.write(f"{event} {target!r} from {caller.filename}:{caller.lineno}\n")


sys.addaudithook(_note)
