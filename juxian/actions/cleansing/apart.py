"""Asking the cleanser's own process; the web's processes never parse what somebody gave."""

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import juxian
from juxian.actions.cleansing.unfit import Clean, Unfit
from juxian.regulation.secrecy import Marking

PATIENCE = 60.0  # seconds
CHUNK = 1 << 20
ENOUGH_ENVIRONMENT = ("PATH", "LANG", "LD_LIBRARY_PATH")  # no keys, no database


class _Keeper:
    """At most one process for this one, started when first needed and again when it is gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = 0

    def take(self, end: socket.socket) -> None:
        with self._lock:
            if self._control is None or self._owner != os.getpid():
                self._start()
            try:
                self._send(end)
            except OSError:  # it has ended: after idle time, or by accident
                self._stop()
                self._start()
                self._send(end)

    def _send(self, end: socket.socket) -> None:
        if self._control is None:
            raise AssertionError("not started")
        socket.send_fds(self._control, [b"1"], [end.fileno()])

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "juxian.actions.cleansing.keeper", str(theirs.fileno())],
                cwd=Path(juxian.__file__).parents[1],
                env={key: os.environ[key] for key in ENOUGH_ENVIRONMENT if key in os.environ},
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
            )
        self._control, self._owner = ours, os.getpid()

    def _stop(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None and self._owner == os.getpid():
            self._process.kill()
            self._process.wait()
        self._process = self._control = None

    def is_gone(self) -> bool:
        process = self._process
        return process is None or process.poll() is not None

    def end(self) -> None:
        with self._lock:
            self._stop()


_keeper = _Keeper()
atexit.register(_keeper.end)


def cleansed_apart(content: bytes, *, purpose: str = "") -> Clean:
    """As `whole.cleansed`; Unfit with "bomb" also where the other process ran out of its limits."""
    answer = _asked(content, purpose)
    if not answer and _keeper.is_gone():  # it went to rest just when it was asked
        answer = _asked(content, purpose)
    if not answer:
        raise Unfit("bomb")
    return _read(answer)


def _asked(content: bytes, purpose: str) -> bytes:
    """The answer; nothing where the fork has ended without one."""
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            _keeper.take(theirs)
        ours.settimeout(PATIENCE)
        try:
            ours.sendall(json.dumps({"purpose": purpose}).encode() + b"\n")
            ours.sendall(content)
            ours.shutdown(socket.SHUT_WR)
            return _all_of(ours)
        except OSError:
            return b""


def _all_of(ours: socket.socket) -> bytes:
    pieces = []
    while piece := ours.recv(CHUNK):
        pieces.append(piece)
    return b"".join(pieces)


def _read(answer: bytes) -> Clean:
    head, _newline, content = answer.partition(b"\n")
    said = json.loads(head)
    if "unfit" in said:
        raise Unfit(said["unfit"])
    if said["size"] != len(content):
        raise Unfit("bomb")
    marking = Marking(**said["marking"]) if said["marking"] else None
    return Clean(content, said["media_type"], said["pages"], marking, tuple(said["cautions"]))
