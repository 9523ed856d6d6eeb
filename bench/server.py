"""The web server under test: two processes, started and stopped as a site starts them."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import processes
from bench.browser import Browser

PROCESSES = 2
THREADS = 4
CLIENTS = 8
PATIENCE = 30
SITE = "juxian.site.wsgi:application"
EMPTY = "bench.empty:application"

MODELS = {
    "gunicorn": (
        "gunicorn",
        "{application}",
        "--bind=127.0.0.1:{port}",
        f"--workers={PROCESSES}",
        f"--threads={THREADS}",
        "--preload",
        "--no-control-socket",
        "--log-level=warning",
    ),
    "granian": (
        "granian",
        "{application}",
        "--interface=wsgi",
        "--host=127.0.0.1",
        "--port={port}",
        f"--workers={PROCESSES}",
        f"--blocking-threads={THREADS}",
        "--no-ws",
        "--log-level=warning",
    ),
}


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `started_in` is seconds until eight clients had their first page."""

    model: str
    port: int
    pid: int
    started_in: float

    @property
    def memory(self) -> int:
        return processes.memory(self.pid)

    @property
    def processor_seconds(self) -> float:
        return processes.processor_seconds(self.pid)


@contextmanager
def serving(
    model: str, *, database: str, log: Path, first_page: str, application: str = SITE
) -> Iterator[Server]:
    port = _free_port()
    program, *rest = (word.format(application=application, port=port) for word in MODELS[model])
    environment = os.environ | {"DATABASE_URL": database, "LOG_LEVEL": "INFO"}
    began = time.perf_counter()
    with log.open("ab") as said:
        process = subprocess.Popen(
            [Path(sys.executable).parent / program, *rest],
            stdout=said,
            stderr=said,
            env=environment,
        )
    try:
        _until_answering(port, first_page, process)
        yield Server(model, port, process.pid, time.perf_counter() - began)
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as finder:
        finder.bind(("127.0.0.1", 0))
        port: int = finder.getsockname()[1]
    return port


def _until_answering(port: int, page: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while not _accepts(port):
        if process.poll() is not None or time.monotonic() > until:
            raise SystemExit("the web server does not start; its log is above")
        time.sleep(0.01)
    call_on(port, page)


def call_on(port: int, page: str) -> None:
    """All clients ask for the page at once."""
    browsers = [Browser(port) for _client in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(lambda browser: browser.get(page), browsers))
    for browser in browsers:
        browser.close()


def _accepts(port: int) -> bool:
    with socket.socket() as caller:
        caller.settimeout(1)
        return caller.connect_ex(("127.0.0.1", port)) == 0
