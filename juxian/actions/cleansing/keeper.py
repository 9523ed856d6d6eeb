"""The cleanser's own process: for every file a fork that may do little and does not last.

`python -m juxian.actions.cleansing.keeper FD` takes one end of a pair of sockets for each file over
the socket FD. A file comes as a line of JSON and its bytes, until its sender closes; the answer
goes back the same way. What breaks ends its fork alone. Nothing is written to any disk.
"""

import gc
import json
import os
import resource
import signal
import socket
import sys
from dataclasses import asdict

from juxian.actions.cleansing.unfit import Unfit
from juxian.actions.cleansing.whole import cleansed

SECONDS = 20
ROOM = 900 << 20  # bytes of addresses beside those of the program itself
IDLE = 120  # seconds until it ends; the next file starts another
CHUNK = 1 << 20


def main() -> None:
    control = socket.socket(fileno=int(sys.argv[1]))
    control.settimeout(IDLE)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.freeze()
    while True:
        try:
            sent, given, _flags, _from = socket.recv_fds(control, 1, 1)
        except TimeoutError:
            return
        if not sent:
            return
        if os.fork() == 0:
            control.close()
            _answer(socket.socket(fileno=given[0]))
            os._exit(0)
        os.close(given[0])


def _answer(asker: socket.socket) -> None:
    _limit()
    order, _newline, content = _all_of(asker).partition(b"\n")
    reply, made = _reply(content, json.loads(order)["purpose"])
    asker.sendall(json.dumps(reply).encode() + b"\n" + made)
    asker.close()


def _reply(content: bytes, purpose: str) -> tuple[dict[str, object], bytes]:
    try:
        clean = cleansed(content, purpose=purpose)
    except Unfit as unfit:
        return {"unfit": unfit.reason}, b""
    except MemoryError:
        return {"unfit": "bomb"}, b""
    said = {"media_type": clean.media_type, "pages": clean.pages, "cautions": clean.cautions}
    marking = asdict(clean.marking) if clean.marking else None
    return said | {"size": len(clean.content), "marking": marking}, clean.content


def _limit() -> None:
    """Little time, little memory, no file written, no process begun, no core left behind."""
    with open("/proc/self/statm") as sizes:  # noqa: PTH123 - no import is worth it here
        own = int(sizes.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (own + ROOM, own + ROOM))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(3 * SECONDS)


def _all_of(asker: socket.socket) -> bytes:
    pieces = []
    while piece := asker.recv(CHUNK):
        pieces.append(piece)
    return b"".join(pieces)


if __name__ == "__main__":
    main()
