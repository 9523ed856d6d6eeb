"""A whole site for a journey: its own database, files, server process, people and clock."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import psycopg
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings
from psycopg import sql

from juxian.jobs.scratch import scratch_database, shift_clock
from juxian.site.home import ROOT
from tests.house.world import BEIJING, World, build

PROGRAMS = Path(sys.executable).parent
PATIENCE = 60  # seconds for a server to answer


@dataclass
class Site:
    """`folder` is the home of the server; `world` is who was there before anybody came."""

    folder: Path
    address: str
    world: World
    environment: dict[str, str]
    servers: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def stop(self) -> None:
        """The server and its workers are gone in the middle of whatever they did."""
        server = self.servers.pop()
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=PATIENCE)

    def start(self) -> None:
        """It is there again, at the same address."""
        self.servers.append(serve(self.folder, self.environment, self.address))

    def set_clock(self, moment: datetime) -> None:
        """From now on the time runs from this moment, for every connection to the database."""
        shift_clock(datetime.now(BEIJING) - moment)

    def run(self, *words: str) -> str:
        """What the `juxian` command says; CalledProcessError when it fails."""
        command = [str(PROGRAMS / "juxian"), *words]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, check=True, capture_output=True, text=True
        )
        return done.stdout

    @property
    def log(self) -> str:
        return (self.folder / "server.log").read_text(encoding="utf-8")


class QuickArgon2(Argon2PasswordHasher):
    """Passwords that the server checks as its own, made without its patience."""

    time_cost = 1
    memory_cost = 64
    parallelism = 1


@dataclass(frozen=True)
class Ground:
    """What every site of a run starts as a copy of: a database with its people, static files."""

    database: str
    statics: Path
    world: World


@contextmanager
def ground(folder: Path) -> Iterator[Ground]:
    statics = collect_statics(folder)
    name = f"test_juxian_{os.getpid()}_ground"
    quick = [f"{__name__}.{QuickArgon2.__name__}"]
    with scratch_database(name), override_settings(PASSWORD_HASHERS=quick):
        call_command("createcachetable", verbosity=0)
        yield Ground(name, statics, build())


@contextmanager
def standing(folder: Path, on: Ground) -> Iterator[Site]:
    """The site, from its first page until the server is stopped and the database dropped."""
    evidence = folder / "evidence"
    evidence.mkdir(parents=True)
    (folder / "static").symlink_to(on.statics)
    name = f"test_juxian_{os.getpid()}_{folder.name}".lower()
    with override_settings(EVIDENCE_DIR=evidence, MEDIA_ROOT=evidence), copied(on.database, name):
        environment = environment_of(folder)
        site = Site(folder, f"http://127.0.0.1:{free_port()}", deepcopy(on.world), environment)
        try:
            site.start()
            yield site
        finally:
            for server in site.servers:
                server.terminate()
                server.wait(timeout=PATIENCE)


@contextmanager
def copied(ground: str, name: str) -> Iterator[None]:
    """Everything inside happens in a copy of the database, dropped afterwards."""
    execute("CREATE DATABASE {} TEMPLATE {}", name, ground)
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.settings_dict["NAME"] = ground
        execute("DROP DATABASE {} WITH (FORCE)", name)


def execute(statement: str, *names: str) -> None:
    """Say it to the server from a database that nobody copies or drops."""
    connection.close()
    known = connection.settings_dict
    parts = ("HOST", "PORT", "USER", "PASSWORD")
    address = {part.lower(): known[part] for part in parts if known[part]}
    with psycopg.connect(dbname="postgres", autocommit=True, **address) as beside:
        beside.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def environment_of(folder: Path) -> dict[str, str]:
    """The settings of a production server, except that its pages travel without TLS."""
    told = {
        "DATABASE_URL": database_url(),
        "JUXIAN_HOME": str(folder),
        "JUXIAN_DEMO": "1",
        "SECRET_KEY": settings.SECRET_KEY,
        "FIELD_KEYS": ",".join(settings.FIELD_KEYS),
        "PACKS_DIR": str(settings.PACKS_DIR),
        "PYTHONUTF8": "1",
    }
    return {name: value for name, value in os.environ.items() if name != "DEBUG"} | told


def database_url() -> str:
    known = connection.settings_dict
    user, password, host, name = (
        quote(str(known[key] or ""), safe="") for key in ("USER", "PASSWORD", "HOST", "NAME")
    )
    who = f"{user}:{password}@" if password else f"{user}@"
    return f"postgresql://{who}{host}:{known['PORT'] or 5432}/{name}"


def serve(folder: Path, environment: dict[str, str], address: str) -> "subprocess.Popen[bytes]":
    command = [
        str(PROGRAMS / "granian"),
        "juxian.site.wsgi:application",
        "--interface=wsgi",
        f"--port={address.rpartition(':')[2]}",
        "--blocking-threads=8",
        "--no-ws",
        "--log-level=warning",
    ]
    with (folder / "server.log").open("a") as log:
        server = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
        )
    try:
        wait_for(f"{address}/readyz", server)
    except AssertionError:
        server.terminate()
        raise
    return server


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(url, timeout=PATIENCE):  # noqa: S310 - our own address
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"the server does not answer at {url}; see its server.log")


def collect_statics(folder: Path) -> Path:
    """Static files as a server sends them, hashed and compressed; collected once for all sites."""
    environment = os.environ | {"JUXIAN_HOME": str(folder), "JUXIAN_DEMO": "1"}
    command = [str(PROGRAMS / "juxian"), "collectstatic", "--noinput", "-v", "0"]
    subprocess.run(command, env=environment, cwd=ROOT, check=True)
    return folder / "static"
